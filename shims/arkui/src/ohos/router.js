// @ohos:router: the pages of the topmost window.
(function (host, system) {
  'use strict';
  const abilities = system.require('@concord:abilities');
  const enums = system.require('@concord:arkui/enums')('@ohos:router');
  const BusinessError = system.BusinessError;

  // The pages of a window; without one those of the topmost ability's.
  function pagesOf(window) {
    const main = window?.() ?? abilities.top()?.stage?.stage.getMainWindowSync?.();
    if (!main) {
      throw new BusinessError(100001, 'Internal error. The UI execution context is not found: there is no window.');
    }
    return main.internal.pages;
  }

  function check(options, key) {
    if (options === null || typeof options !== 'object' || typeof options[key] !== 'string') {
      throw new BusinessError(401, `Parameter error. The options must have a ${key}.`);
    }
  }

  // What stands for a page in the answers of the router.
  function describe(entry, index) {
    const at = entry.path.lastIndexOf('/') + 1;
    return { index: index + 1, name: entry.path.slice(at), path: entry.path.slice(0, at), params: entry.params ?? {} };
  }

  // A router of a window.
  function routerOf(window) {
    const pages = () => pagesOf(window);
    // Answers that `back` waits for, by `showAlertBeforeBackPage`.
    let alert;

    // The forms (options), (options, mode), (options, callback), (options, mode, callback).
    function go(named, replace) {
      return (options, first, second) => {
        const key = named ? 'name' : 'url';
        check(options, key);
        const callback = [first, second].find((value) => typeof value === 'function');
        const single = first === enums.RouterMode.Single;
        return system.async(() => {
          try {
            pages()[replace ? 'replace' : 'push'](options[key], options.params, named, single);
          } catch (error) {
            if (error?.code === 100001) {
              throw named ? new BusinessError(100004, 'Named route error. The named route does not exist.')
                : new BusinessError(replace ? 200002 : 100002,
                  'Uri error. The URI of the page to redirect is incorrect or does not exist.');
            }
            throw error;
          }
        }, callback);
      };
    }

    function back(first, second) {
      const [target, params] = typeof first === 'number' ? [first, second] : [first?.url, first?.params];
      system.later(() => {
        const stack = pages();
        if (alert) {
          const { message } = alert;
          const nodes = system.require('@concord:arkui/nodes');
          system.require('@ohos:promptAction').showDialog({ message, buttons: [{ text: nodes.word('Cancel'), color: '' },
            { text: nodes.word('OK'), color: '' }] }).then(({ index }) => index === 1 && stack.back(target, params), () => undefined);
          return;
        }
        stack.back(target, params);
      });
    }

    return {
      pushUrl: go(false, false),
      replaceUrl: go(false, true),
      pushNamedRoute: go(true, false),
      replaceNamedRoute: go(true, true),
      push: (options) => void go(false, false)(options).catch(() => undefined),
      replace: (options) => void go(false, true)(options).catch(() => undefined),
      back,
      clear() {
        pages().clear();
      },
      getLength: () => String(pages().entries.length),
      getStackSize: () => pages().entries.length,
      getState() {
        const { entries } = pages();
        return entries.length === 0 ? { index: 0, name: '', path: '', params: {} } : describe(pages().top, entries.length - 1);
      },
      getStateByIndex(index) {
        const entry = pages().entries[index - 1];
        return entry && describe(entry, index - 1);
      },
      getStateByUrl: (url) => pages().entries.flatMap((entry, index) => (entry.path === url ? [describe(entry, index)] : [])),
      getParams: () => pages().top?.params ?? {},
      showAlertBeforeBackPage(options) {
        check(options, 'message');
        alert = { message: options.message };
      },
      hideAlertBeforeBackPage() {
        alert = undefined;
      },
      enableAlertBeforeBackPage(options) {
        check(options, 'message');
        alert = { message: options.message };
        options.success?.({ errMsg: 'enableAlertBeforeBackPage:ok' });
        options.complete?.();
      },
      disableAlertBeforeBackPage(options) {
        alert = undefined;
        options?.success?.({ errMsg: 'disableAlertBeforeBackPage:ok' });
        options?.complete?.();
      },
    };
  }

  // The UIContext of a window asks for a router of its own.
  const exports = { ...enums, ...routerOf() };
  Object.defineProperty(exports, 'of', { value: routerOf, enumerable: false });
  return exports;
})
