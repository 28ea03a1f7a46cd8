// @ohos:fileshare: what people have chosen stays with the app when it asks for that.
(function (host, system) {
  'use strict';

  const { fail } = system.require('@concord:kits');
  const permissions = system.require('@concord:kits/permissions');

  const OperationMode = { READ_MODE: 1, WRITE_MODE: 2, CREATE_MODE: 4, DELETE_MODE: 8, RENAME_MODE: 16 };
  const PolicyErrorCode = { PERSISTENCE_FORBIDDEN: 1, INVALID_MODE: 2, INVALID_PATH: 3, PERMISSION_NOT_PERSISTED: 4 };
  const PolicyType = { TEMPORARY_TYPE: 0, PERSISTENT_TYPE: 1 };
  const EVERY_MODE = 31;
  // As many as a device takes at a time.
  const MOST = 500;
  const DOCUMENTS = 'file://docs';

  class PolicyInfo {}
  class PolicyErrorResult {
    constructor(uri, code, message) {
      this.uri = uri;
      this.code = code;
      this.message = message;
    }
  }

  const MESSAGES = {
    [PolicyErrorCode.PERSISTENCE_FORBIDDEN]: 'The file was not handed to the application, its permission cannot be kept.',
    [PolicyErrorCode.INVALID_MODE]: 'The operation mode is invalid.',
    [PolicyErrorCode.INVALID_PATH]: 'The file does not exist, or the URI is not one of a document.',
    [PolicyErrorCode.PERMISSION_NOT_PERSISTED]: 'The permission was not persisted.',
  };

  /** The app's name of a document. */
  function pathOf(uri) {
    if (!uri.startsWith(`${DOCUMENTS}/`)) return undefined;
    try {
      return decodeURIComponent(uri.slice(DOCUMENTS.length));
    } catch {
      return undefined;
    }
  }

  const isPolicy = (policy) => typeof policy?.uri === 'string' && Number.isInteger(policy.operationMode);

  function check(policies) {
    permissions.demand('ohos.permission.FILE_ACCESS_PERSIST');
    if (!Array.isArray(policies) || policies.length === 0 || policies.length > MOST || !policies.every(isPolicy)) {
      fail(401, `Parameter error. policies must be an array of 1 to ${MOST} PolicyInfo`);
    }
  }

  /** A function of policies; `act` gives what is wrong with one, or 0. */
  const each = (act) => (policies) => {
    check(policies);
    return system.async(() => {
      const wrong = policies.flatMap(({ uri, operationMode }) => {
        const path = pathOf(uri);
        const valid = operationMode > 0 && operationMode <= EVERY_MODE;
        const code = !valid ? PolicyErrorCode.INVALID_MODE : path === undefined ? PolicyErrorCode.INVALID_PATH : act(path, operationMode);
        return code === 0 ? [] : [new PolicyErrorResult(uri, code, MESSAGES[code])];
      });
      if (wrong.length > 0) throw new system.BusinessError(13900001, 'Operation not permitted', wrong);
    });
  };

  const writes = (mode) => (mode & ~OperationMode.READ_MODE) !== 0;

  return {
    OperationMode, PolicyErrorCode, PolicyType, PolicyInfo, PolicyErrorResult,
    persistPermission: each((path, mode) => host.persist(path, writes(mode))),
    revokePermission: each((path) => host.revoke(path)),
    activatePermission: each((path, mode) => host.activate(path, writes(mode))),
    deactivatePermission: each((path) => host.deactivate(path)),
    checkPersistentPermission: (policies) => {
      check(policies);
      return system.async(() => policies.map(({ uri, operationMode }) => {
        const path = pathOf(uri);
        return path !== undefined && host.isPersistent(path, writes(operationMode));
      }));
    },
  };
})
