// @ohos:account.distributedAccount: the account of the person that all devices share, with which nobody has logged in.
(function (host, system) {
  'use strict';
  const { methods, fail } = system.require('@concord:kits/declared');
  const permissions = system.require('@concord:kits/permissions');

  const DistributedAccountStatus = { NOT_LOGGED_IN: 0, LOGGED_IN: 1 };
  const MANAGE_DISTRIBUTED_ACCOUNTS = 'ohos.permission.MANAGE_DISTRIBUTED_ACCOUNTS';
  // Any of these lets an app see the account.
  const READERS = [MANAGE_DISTRIBUTED_ACCOUNTS, 'ohos.permission.GET_DISTRIBUTED_ACCOUNTS', 'ohos.permission.DISTRIBUTED_DATASYNC'];

  function read() {
    if (!READERS.some(permissions.isDeclared)) {
      permissions.demand(MANAGE_DISTRIBUTED_ACCOUNTS);
    }
    return {
      name: 'ohosAnonymousName', id: 'ohosAnonymousUid', event: '', nickname: '', avatar: '',
      status: DistributedAccountStatus.NOT_LOGGED_IN, scalableData: {},
    };
  }

  class DistributedAccountAbility {}
  methods(DistributedAccountAbility, [], {
    'getOsAccountDistributedInfo(): Promise': read,
    'queryOsAccountDistributedInfo(): Promise': read,
  });
  methods(DistributedAccountAbility, [MANAGE_DISTRIBUTED_ACCOUNTS], {
    'setOsAccountDistributedInfo(accountInfo: object): Promise': () => fail(12300001, 'System service exception.'),
    'updateOsAccountDistributedInfo(accountInfo: object): Promise': () => fail(12300001, 'System service exception.'),
  });

  const ability = new DistributedAccountAbility();
  return { DistributedAccountStatus, getDistributedAccountAbility: () => ability };
})
