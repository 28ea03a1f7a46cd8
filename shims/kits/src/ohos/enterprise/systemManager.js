// @ohos:enterprise.systemManager: the device as its administrator sees it, which no app is.
(function (host, system) {
  'use strict';
  const { declare, refuse } = system.require('@concord:kits/declared');

  const PolicyType = { DEFAULT: 0, PROHIBIT: 1, UPDATE_TO_SPECIFIC_VERSION: 2, WINDOWS: 3, POSTPONE: 4 };
  const PackageType = { FIRMWARE: 1 };
  const UpdateStatus = { NO_UPDATE_PACKAGE: -4, UPDATE_WAITING: -3, UPDATING: -2, UPDATE_FAILURE: -1, UPDATE_SUCCESS: 0 };
  const NearLinkProtocol = { SSAP: 0, DATA_TRANSFER: 1 };

  const ENTERPRISE_MANAGE_SYSTEM = 'ohos.permission.ENTERPRISE_MANAGE_SYSTEM';
  const notAdmin = refuse(9200001, 'The application is not an administrator application of the device.');

  return {
    PolicyType, PackageType, UpdateStatus, NearLinkProtocol,
    ...declare([ENTERPRISE_MANAGE_SYSTEM], {
      'setNTPServer(admin: object, server: string)': notAdmin,
      'getNTPServer(admin: object)': notAdmin,
      'setOtaUpdatePolicy(admin: object, policy: object)': notAdmin,
      'getOtaUpdatePolicy(admin: object)': notAdmin,
      'notifyUpdatePackages(admin: object, packageInfo: object): Promise': notAdmin,
      'getUpdateResult(admin: object, version: string): Promise': notAdmin,
      'getUpdateAuthData(admin: object): Promise': notAdmin,
      'setAutoUnlockAfterReboot(admin: object, isAllowed: boolean)': notAdmin,
      'getAutoUnlockAfterReboot(admin: object)': notAdmin,
      'addDisallowedNearLinkProtocols(admin: object, protocols: array, accountId: number)': notAdmin,
      'removeDisallowedNearLinkProtocols(admin: object, protocols: array, accountId: number)': notAdmin,
      'getDisallowedNearLinkProtocols(admin: object, accountId: number)': notAdmin,
      'setInstallLocalEnterpriseAppEnabled(admin: object, isEnable: boolean)': notAdmin,
      'getInstallLocalEnterpriseAppEnabled(admin?: object)': notAdmin,
    }),
  };
})
