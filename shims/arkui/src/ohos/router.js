// @ohos:router: the stack of pages of the topmost window. Pages run their script; nothing is shown.
(function (host, system) {
  'use strict';
  const abilities = system.require('@concord:abilities');
  const enums = system.require('@concord:arkui/enums')('@ohos:router');
  const BusinessError = system.BusinessError;

  // {name, path, params}; the page of loadContent lies below all of them.
  const stack = [];

  function check(options, key) {
    if (options === null || typeof options !== 'object' || typeof options[key] !== 'string') {
      throw new BusinessError(401, `Parameter error. The options must have a ${key}.`);
    }
  }

  function open(options, named) {
    const main = abilities.top()?.stage?.stage.getMainWindowSync?.();
    if (!main) {
      throw new BusinessError(100001, 'Internal error: there is no window.');
    }
    try {
      main.internal.open(named ? options.name : options.url, undefined, named);
    } catch (error) {
      if (error?.code === 100001) {
        throw new BusinessError(named ? 100004 : 100002, named ? 'Named route error. The named route does not exist.'
          : 'Uri error. The URI of the page to redirect is incorrect or does not exist.');
      }
      throw error;
    }
  }

  function entry(options, named) {
    const path = named ? options.name : options.url;
    return { name: path.split('/').pop(), path, params: options.params };
  }

  // The forms (options), (options, mode), (options, callback), (options, mode, callback).
  function go(named, replace) {
    return (options, first, second) => {
      check(options, named ? 'name' : 'url');
      const callback = [first, second].find((value) => typeof value === 'function');
      return system.async(() => {
        const next = entry(options, named);
        if (replace) {
          stack.pop();
        }
        stack.push(next);
        open(options, named);
      }, callback);
    };
  }

  return {
    ...enums,
    pushUrl: go(false, false),
    replaceUrl: go(false, true),
    pushNamedRoute: go(true, false),
    replaceNamedRoute: go(true, true),
    push: (options) => void go(false, false)(options).catch(() => undefined),
    replace: (options) => void go(false, true)(options).catch(() => undefined),
    back() {
      stack.pop();
      const top = stack[stack.length - 1];
      if (top) {
        system.later(() => open({ url: top.path }, false));
      }
    },
    clear() {
      stack.splice(0, stack.length - 1);
    },
    getLength: () => String(stack.length + (stack.length === 0 ? 1 : 0)),
    getStackSize: () => Math.max(1, stack.length),
    getState() {
      const top = stack[stack.length - 1];
      return { index: Math.max(1, stack.length), name: top?.name ?? '', path: top?.path ?? '', params: top?.params ?? {} };
    },
    getStateByIndex: (index) => stack[index - 1],
    getStateByUrl: (url) => stack.filter((item) => item.path === url),
    getParams: () => stack[stack.length - 1]?.params ?? {},
    showAlertBeforeBackPage() {},
    hideAlertBeforeBackPage() {},
    enableAlertBeforeBackPage() {},
    disableAlertBeforeBackPage() {},
  };
})
