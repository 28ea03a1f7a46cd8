// @ohos:abilityAccessCtrl
(function (host, system) {
  'use strict';

  const { info, modules } = system.require('@concord:process');

  const GrantStatus = { PERMISSION_DENIED: -1, PERMISSION_GRANTED: 0 };
  const PermissionStatus = { DENIED: -1, GRANTED: 0, NOT_DETERMINED: 1, INVALID: 2, RESTRICTED: 3 };
  const PermissionStateChangeType = { PERMISSION_REVOKED_OPER: 0, PERMISSION_GRANTED_OPER: 1 };
  const SwitchType = { CAMERA: 0, MICROPHONE: 1, LOCATION: 2 };
  const SelectedResult = { REJECTED: -1, OPENED: 0, GRANTED: 1 };

  // What a person is asked for; every other declared permission comes with the installation.
  const USER_GRANT = new Set([
    'ACCESS_BLUETOOTH', 'ACCESS_NEARLINK', 'ACTIVITY_MOTION', 'ANSWER_CALL', 'APPROXIMATELY_LOCATION', 'APP_TRACKING_CONSENT', 'CAMERA',
    'DISTRIBUTED_DATASYNC', 'LOCATION', 'LOCATION_IN_BACKGROUND', 'MANAGE_VOICEMAIL', 'MEDIA_LOCATION', 'MICROPHONE', 'READ_AUDIO',
    'READ_CALENDAR', 'READ_CALL_LOG', 'READ_CELL_MESSAGES', 'READ_CONTACTS', 'READ_DOCUMENT', 'READ_HEALTH_DATA', 'READ_IMAGEVIDEO',
    'READ_MEDIA', 'READ_MESSAGES', 'READ_PASTEBOARD', 'READ_WRITE_DESKTOP_DIRECTORY', 'READ_WRITE_DOCUMENTS_DIRECTORY',
    'READ_WRITE_DOWNLOAD_DIRECTORY', 'RECEIVE_MMS', 'RECEIVE_SMS', 'RECEIVE_WAP_MESSAGES', 'SEND_MESSAGES', 'WRITE_AUDIO',
    'WRITE_CALENDAR', 'WRITE_CALL_LOG', 'WRITE_CONTACTS', 'WRITE_DOCUMENT', 'WRITE_IMAGEVIDEO', 'WRITE_MEDIA',
  ].map((name) => `ohos.permission.${name}`));

  const declared = new Set();
  for (const { tree } of modules.values()) {
    for (const permission of tree.module.requestPermissions ?? []) declared.add(permission.name);
  }
  const isGranted = (name) => declared.has(name)
    && (!USER_GRANT.has(name) || info.grants.includes('all') || info.grants.includes(name));

  const fail = (code, message) => {
    throw new system.BusinessError(code, message);
  };

  function check(tokenID, name) {
    if (typeof tokenID !== 'number') fail(401, 'Parameter error. The type of "tokenID" must be number.');
    if (typeof name !== 'string') fail(401, 'Parameter error. The type of "permissionName" must be Permissions.');
    if (tokenID === 0 || !Number.isInteger(tokenID)) fail(12100001, 'Invalid parameter. The tokenID is 0.');
    if (name === '' || name.length > 256) fail(12100001, 'Invalid parameter. The permissionName is empty or too long.');
    return tokenID === info.accessTokenId && isGranted(name) ? GrantStatus.PERMISSION_GRANTED : GrantStatus.PERMISSION_DENIED;
  }

  function checkContext(context) {
    if (typeof context !== 'object' || context === null) fail(401, 'Parameter error. The type of "context" must be Context.');
  }

  function checkList(permissionList) {
    if (!Array.isArray(permissionList)) fail(401, 'Parameter error. The type of "permissionList" must be Array.');
    if (permissionList.length === 0 || permissionList.some((name) => typeof name !== 'string')) fail(12100001, 'Invalid parameter. The permissionList is empty.');
  }

  /** { list, callback }; without a callback all of the list are meant. */
  function checkSubscription(type, permissionList, callback, isCallbackNeeded) {
    if (typeof type !== 'string') fail(401, 'Parameter error. The type of "type" must be string.');
    if (type === 'permissionStateChange') fail(202, 'Not System App. Interface caller is not a system app.');
    if (type !== 'selfPermissionStateChange') fail(401, 'Parameter error. The event is not known.');
    if (!Array.isArray(permissionList)) fail(401, 'Parameter error. The type of "permissionList" must be Array.');
    if (permissionList.length > 1024) fail(12100001, 'Invalid parameter. The permissionList exceeds the size limit.');
    const isMissing = callback === undefined || callback === null;
    if (isMissing ? isCallbackNeeded : typeof callback !== 'function') fail(401, 'Parameter error. The type of "callback" must be function.');
    return { list: [...permissionList].sort().join(), callback: isMissing ? undefined : callback };
  }

  const isSame = (kept, { list, callback }) => kept.list === list && (callback === undefined || kept.callback === callback);

  class AtManager {
    #subscriptions = [];

    verifyAccessTokenSync(tokenID, permissionName) { return check(tokenID, permissionName); }
    checkAccessTokenSync(tokenID, permissionName) { return check(tokenID, permissionName); }

    verifyAccessToken(tokenID, permissionName) {
      const status = check(tokenID, permissionName);
      return system.async(() => status);
    }

    checkAccessToken(tokenID, permissionName) {
      const status = check(tokenID, permissionName);
      return system.async(() => status);
    }

    getSelfPermissionStatus(permissionName) {
      if (typeof permissionName !== 'string' || permissionName === '') fail(12100001, 'Invalid parameter.');
      if (!declared.has(permissionName)) return PermissionStatus.INVALID;
      return isGranted(permissionName) ? PermissionStatus.GRANTED : PermissionStatus.NOT_DETERMINED;
    }

    /** Nobody is asked: what `--grant` does not give is refused. */
    requestPermissionsFromUser(context, permissionList, requestCallback) {
      if (typeof context !== 'object' || context === null) fail(401, 'Parameter error. The type of "context" must be Context.');
      if (!Array.isArray(permissionList)) fail(401, 'Parameter error. The type of "permissionList" must be Array.');
      if (permissionList.length === 0) fail(12100001, 'Invalid parameter. The permissionList is empty.');
      const permissions = [...permissionList];
      return system.async(() => ({
        permissions,
        authResults: permissions.map((name) => (!declared.has(name) ? 2 : isGranted(name) ? 0 : -1)),
        dialogShownResults: permissions.map(() => false),
        errorReasons: permissions.map((name) => (!declared.has(name) ? 1 : 0)),
      }), requestCallback);
    }

    /** As above; what is granted need not be asked for again. */
    requestPermissionOnSetting(context, permissionList) {
      checkContext(context);
      checkList(permissionList);
      if (permissionList.every(isGranted)) fail(12100011, 'All permissions in the permission list have been granted.');
      if (permissionList.some((name) => !declared.has(name) || !USER_GRANT.has(name))) {
        fail(12100014, 'Unexpected permission. You cannot request this type of permission from users via a pop-up window.');
      }
      return system.async(() => permissionList.map((name) => (isGranted(name) ? GrantStatus.PERMISSION_GRANTED : GrantStatus.PERMISSION_DENIED)));
    }

    openPermissionOnSetting(context, permission) {
      checkContext(context);
      if (typeof permission !== 'string' || permission === '') fail(12100001, 'Invalid parameter.');
      return system.async(() => SelectedResult.REJECTED);
    }

    /** Nothing here switches a camera, a microphone or the place off for all apps. */
    requestGlobalSwitch(context, type) {
      checkContext(context);
      if (!Object.values(SwitchType).includes(type)) fail(401, 'Parameter error. The type of "type" must be SwitchType.');
      return system.async(() => fail(12100013, 'The specific global switch is already open.'));
    }

    /** What is granted is decided before the app starts, so nothing ever changes. */
    on(type, permissionList, callback) {
      const subscription = checkSubscription(type, permissionList, callback, true);
      if (this.#subscriptions.some((other) => isSame(other, subscription))) fail(12100004, 'The API is used repeatedly with the same input.');
      if (this.#subscriptions.length >= 200) fail(12100005, 'The registration time has exceeded the limit.');
      this.#subscriptions.push(subscription);
    }

    off(type, permissionList, callback) {
      const subscription = checkSubscription(type, permissionList, callback, false);
      const left = this.#subscriptions.filter((other) => !isSame(other, subscription));
      if (left.length === this.#subscriptions.length) fail(12100004, 'The API is not used in pair with "on".');
      this.#subscriptions = left;
    }
  }

  return {
    GrantStatus, PermissionStatus, PermissionStateChangeType, SwitchType, SelectedResult, AtManager, createAtManager: () => new AtManager(),
  };
})
