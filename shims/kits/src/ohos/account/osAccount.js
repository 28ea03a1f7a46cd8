// @ohos:account.osAccount: the one person who uses the device.
(function (host, system) {
  'use strict';
  const { declare, events, fail, methods, refuse } = system.require('@concord:kits/declared');

  const OsAccountType = { ADMIN: 0, NORMAL: 1, GUEST: 2 };
  // The first account of a person; accounts have 200000 user ids each.
  const ME = 100;
  const UIDS = 200000;
  const SERIAL = 1;

  const MANAGE_LOCAL_ACCOUNTS = 'ohos.permission.MANAGE_LOCAL_ACCOUNTS';
  const GET_DOMAIN_ACCOUNTS = 'ohos.permission.GET_DOMAIN_ACCOUNTS';
  const INTERACT_ACROSS_LOCAL_ACCOUNTS = 'ohos.permission.INTERACT_ACROSS_LOCAL_ACCOUNTS';
  const DISTRIBUTED_DATASYNC = 'ohos.permission.DISTRIBUTED_DATASYNC';
  const MANAGE_DOMAIN_ACCOUNT_SERVER_CONFIGS = 'ohos.permission.MANAGE_DOMAIN_ACCOUNT_SERVER_CONFIGS';

  const notFound = refuse(12300003, 'Account not found.');
  const unsupported = refuse(801, 'Capability not supported.');
  const idOfUid = (uid) => (Number.isInteger(uid) && uid >= 0 ? Math.floor(uid / UIDS) : fail(12300002, 'Invalid uid.'));

  class AccountManager {
    constructor() {
      Object.assign(this, events({ activate: [MANAGE_LOCAL_ACCOUNTS], activating: [MANAGE_LOCAL_ACCOUNTS], switching: [], switched: [] }));
    }
  }
  methods(AccountManager, [], {
    'checkMultiOsAccountEnabled(): Promise': () => false,
    'isOsAccountConstraintEnabled(constraint: string): Promise': () => false,
    'checkOsAccountTestable(): Promise': () => false,
    'isOsAccountUnlocked(): Promise': () => true,
    'getOsAccountName(): Promise': () => '',
    'getOsAccountLocalId(): Promise': () => ME,
    'getOsAccountLocalIdForUid(uid: number): Promise': idOfUid,
    'getOsAccountLocalIdForUidSync(uid: number)': idOfUid,
    'getActivatedOsAccountLocalIds(): Promise': () => [ME],
    'getForegroundOsAccountLocalId(): Promise': () => ME,
    'getOsAccountType(): Promise': () => OsAccountType.ADMIN,
    'getOsAccountLocalIdForSerialNumber(serialNumber: number): Promise': (serial) => (serial === SERIAL ? ME : notFound()),
    'getSerialNumberForOsAccountLocalId(localId: number): Promise': (id) => (id === ME ? SERIAL : notFound()),
    // Before API 9.
    'isMultiOsAccountEnable(): Promise': () => false,
    'isTestOsAccount(): Promise': () => false,
    'isOsAccountVerified(): Promise': () => true,
    'getOsAccountLocalIdFromUid(uid: number): Promise': idOfUid,
    'getOsAccountTypeFromProcess(): Promise': () => OsAccountType.ADMIN,
    'getOsAccountLocalIdFromProcess(): Promise': () => ME,
    'queryActivatedOsAccountIds(): Promise': () => [ME],
  });
  methods(AccountManager, [MANAGE_LOCAL_ACCOUNTS], {
    'getOsAccountCount(): Promise': () => 1,
    'getOsAccountLocalIdForDomain(domainInfo: object): Promise': notFound,
  });
  methods(AccountManager, [GET_DOMAIN_ACCOUNTS, INTERACT_ACROSS_LOCAL_ACCOUNTS], {
    'getOsAccountDomainInfo(localId: number): Promise': (id) => (id === ME ? null : notFound()),
  });
  methods(AccountManager, [DISTRIBUTED_DATASYNC], {
    'queryDistributedVirtualDeviceId(): Promise': () => '',
  });

  // Accounts of organisations.
  const DomainAccountManager = Object.assign(class DomainAccountManager {}, declare([MANAGE_LOCAL_ACCOUNTS], {
    'updateAccountInfo(oldAccountInfo: object, newAccountInfo: object): Promise': unsupported,
  }));
  const DomainServerConfigManager = Object.assign(class DomainServerConfigManager {}, declare([MANAGE_DOMAIN_ACCOUNT_SERVER_CONFIGS], {
    'addServerConfig(parameters: object): Promise': unsupported,
    'removeServerConfig(configId: string): Promise': unsupported,
    'updateServerConfig(configId: string, parameters: object): Promise': unsupported,
    'getServerConfig(configId: string): Promise': unsupported,
    'getAllServerConfigs(): Promise': unsupported,
    'getAccountServerConfig(domainAccountInfo: object): Promise': unsupported,
  }));

  const manager = new AccountManager();
  return { OsAccountType, DomainAccountManager, DomainServerConfigManager, getAccountManager: () => manager };
})
