// @concord:arkui/pages: from the name of a page to its root view.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const state = system.require('@concord:arkui/state');
  const contexts = system.require('@concord:arkui/ui-context');
  const { info } = process;

  // {factory, name, info} in the order of registration.
  const routes = [];
  // Old pages give their root directly; by the module and path that was loading.
  const documents = new Map();
  let loading;
  const builders = new Map();

  function registerNamedRoute(factory, name, description) {
    const known = routes.findIndex((route) => route.name === name && route.info?.moduleName === description?.moduleName &&
      route.info?.pagePath === description?.pagePath);
    const route = { factory, name, info: description };
    if (known >= 0) {
      routes[known] = route;
    } else {
      routes.push(route);
    }
  }

  function loadDocument(view) {
    if (loading) {
      documents.set(loading, { Class: view.constructor, first: view });
    }
  }

  const failure = (url) => new system.BusinessError(100001, `Load Page Failed: ${url}, probably caused by reasons as ` +
    'follows:\n1. there is a js error in target page;\n2. invalid moduleName or bundleName in target page.');

  // `pages/Index`, `/pages/Index`, `@bundle:b/m/ets/pages/Index` → [module, path]
  function locate(module, url) {
    const other = /^@bundle:[^/]*\/([^/@]+)(?:@[^/]*)?\/ets\/(.*)$/.exec(url);
    return other ? [other[1], other[2]] : [module, url.replace(/^\/+/, '').replace(/\.(js|ets|ts)$/, '')];
  }

  function find(module, path) {
    return routes.find((route) => route.info?.moduleName === module && route.info?.pagePath === path) ??
      routes.find((route) => route.info?.pagePath === path &&
        (route.info?.integratedHsp === 'true' || route.info?.moduleName === undefined)) ??
      routes.find((route) => route.info?.pageFullPath === `${module}/src/main/ets/${path}`);
  }

  // Makes the root view of a page and builds it. Throws 100001 when there is no such page.
  function open(module, url, storage, ui, parent) {
    const [owner, path] = locate(module, url || firstPage(module));
    const key = `${owner}/${path}`;
    if (!process.modules.has(owner) || !process.hasModule(owner, `ets/${path}`)) {
      throw failure(url);
    }
    return contexts.within(ui, () => {
      loading = key;
      // An old page makes its root while it loads.
      state.withStorage(storage, () => process.guest(() => process.importModule(owner, `ets/${path}`)));
      loading = undefined;
      return build(() => {
        const route = find(owner, path);
        if (route) {
          return route.factory();
        }
        const known = documents.get(key);
        const view = known && (known.first ?? new known.Class(undefined, {}));
        if (known) {
          known.first = undefined;
        }
        return view;
      }, storage, url, parent);
    });
  }

  // A page with a name is known once its file has run; pages of the app that nobody has imported are looked through.
  function routeNamed(name) {
    const known = () => routes.find((candidate) => candidate.name === name && name !== '');
    for (const [module, path] of known() ? [] : unloadedPages()) {
      if (known()) {
        break;
      }
      process.guest(() => process.importModule(module, `ets/${path}`));
    }
    return known();
  }

  function unloadedPages() {
    const loaded = new Set(routes.map(({ info: route }) => `${route?.moduleName}/${route?.pagePath}`));
    return [...process.modules.keys()].flatMap((module) => pagesOf(module).map((path) => [module, path]))
      .filter(([module, path]) => !loaded.has(`${module}/${path}`) && process.hasModule(module, `ets/${path}`));
  }

  function openNamed(name, storage, ui, parent) {
    const route = contexts.within(ui, () => routeNamed(name));
    if (!route) {
      throw failure(name);
    }
    return contexts.within(ui, () => build(route.factory, storage, name, parent));
  }

  // What a page throws while it is made is an error of the app, not of the one who asked for the page.
  function build(factory, storage, url, parent) {
    return state.withStorage(storage, () => {
      let failed = true;
      const view = process.guest(() => {
        const made = factory();
        failed = false;
        return made;
      });
      if (!view && !failed) {
        throw failure(url);
      }
      process.guest(() => view?.appear__(parent));
      return view;
    });
  }

  // The pages that the module's profile lists.
  function pagesOf(module) {
    const text = process.profile(module, process.modules.get(module)?.tree.module.pages ?? '');
    try {
      const { src } = JSON.parse(text);
      return Array.isArray(src) ? src.filter((path) => typeof path === 'string') : [];
    } catch {
      return [];
    }
  }

  const firstPage = (module) => pagesOf(module)[0] ?? '';

  return {
    registerNamedRoute,
    loadDocument,
    registerBuilder: (name, builder) => builders.set(name, builder),
    builderOf: (name) => builders.get(name),
    open,
    openNamed,
    bundleName: info.bundleName,
  };
})
