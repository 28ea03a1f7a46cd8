// @ohos:multimedia.avsession: what plays, for the rest of the machine.
(function (host, system) {
  'use strict';
  const enums = system.require('@concord:avsession.enums');
  const { createAVSession, inside } = system.require('@concord:avsession.session');
  system.require('@concord:avsession.controller');
  const { AVCastPickerHelper } = system.require('@concord:avsession.cast');
  const permissions = system.require('@concord:kits/permissions');

  /** How the app is called in panels. */
  inside.identity = () => ({ name: system.require('@concord:kits/app-label').label });

  /** Does what the app gave to setLaunchAbility. */
  inside.launch = (agent) => {
    if (agent !== undefined) system.require('@ohos:app.ability.wantAgent').trigger(agent, undefined, () => {});
  };

  /** Sessions of other apps are not seen, and those of this one it knows. */
  const onlyWithPermission = () => permissions.demand('ohos.permission.MANAGE_MEDIA_RESOURCES_FOR_PUBLIC');
  const named = ['SessionCreate', 'SessionDestroy', 'TopSessionChange'].flatMap((event) => [`on${event}`, `off${event}`]);

  return {
    ...enums, createAVSession, AVCastPickerHelper,
    isDesktopLyricSupported: () => system.async(() => false),
    on: onlyWithPermission,
    off: onlyWithPermission,
    ...Object.fromEntries(named.map((name) => [name, onlyWithPermission])),
  };
})
