// @concord:arkui/navigation/routes: the system's route map, from the name of a destination to its builder.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const pages = system.require('@concord:arkui/pages');
  const bundle = system.require('@concord:bundle-info');

  // `routerMap` of all modules, by name. The module that declares a name first has it.
  let routes;

  function find(name) {
    if (!routes) {
      routes = new Map();
      for (const module of process.modules.keys()) {
        for (const route of bundle.routerMap(module)) {
          if (!routes.has(route.name)) {
            routes.set(route.name, { ...route, owner: module });
          }
        }
      }
    }
    return routes.get(name);
  }

  // src/main/ets/pages/Detail.ets → ets/pages/Detail
  const pathOf = (source) => source.replace(/^.*?src\/main\//, '').replace(/\.(ets|ts|js)$/, '');

  // The builder of a name, a wrapped one; undefined when there is none. Its page is imported first: importing registers it.
  function builder(name) {
    const known = pages.builderOf(name);
    if (known) {
      return known;
    }
    const route = find(name);
    if (!route) {
      return undefined;
    }
    const path = pathOf(route.pageSourceFile);
    const module = [route.moduleName, route.owner].find((owner) => process.modules.has(owner) && process.hasModule(owner, path));
    if (module === undefined) {
      process.log(6, `The route '${name}' names ${route.pageSourceFile}, which is not in module ${route.moduleName}`);
      return undefined;
    }
    process.guest(() => process.importModule(module, path));
    return pages.builderOf(name);
  }

  // What `getConfigInRouteMap` gives.
  function config(name) {
    const route = find(name);
    if (!route) {
      return undefined;
    }
    const data = Object.fromEntries(route.data.map(({ key, value }) => [key, value]));
    return { name: route.name, pageSourceFile: route.pageSourceFile, data };
  }

  return { builder, config };
})
