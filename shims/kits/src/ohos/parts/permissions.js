// @concord:kits/permissions: what an app has to declare before it calls.
(function (host, system) {
  'use strict';
  const { modules } = system.require('@concord:process');

  const isDeclared = (name) => [...modules.values()].some(({ tree }) =>
    (tree.module.requestPermissions ?? []).some((permission) => permission.name === name));

  return {
    isDeclared,
    // Throws 201 when the app has not declared a permission that comes with the installation.
    demand(name) {
      if (!isDeclared(name)) {
        throw new system.BusinessError(201, `Permission denied. The application does not have ${name}.`);
      }
    },
  };
})
