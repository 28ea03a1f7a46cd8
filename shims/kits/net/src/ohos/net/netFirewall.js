// @ohos:net.netFirewall: the host's firewall is not an app's to change; every call fails as where the service is not there.
(function (host, system) {
  'use strict';

  const permissions = system.require('@concord:kits/permissions');

  const call = (permission, ...types) => (...args) => {
    if (types.some((type, index) => typeof args[index] !== type || args[index] === null)) {
      throw new system.BusinessError(401, 'Parameter error.');
    }
    return system.async(() => {
      permissions.demand(`ohos.permission.${permission}`);
      throw new system.BusinessError(2100002, 'Operation failed. Cannot connect to service.');
    });
  };

  return {
    NetFirewallRuleDirection: { RULE_IN: 1, RULE_OUT: 2 },
    FirewallRuleAction: { RULE_ALLOW: 0, RULE_DENY: 1 },
    NetFirewallRuleType: { RULE_IP: 1, RULE_DOMAIN: 2, RULE_DNS: 3 },
    NetFirewallOrderField: { ORDER_BY_RULE_NAME: 1, ORDER_BY_RECORD_TIME: 100 },
    NetFirewallOrderType: { ORDER_ASC: 1, ORDER_DESC: 100 },
    setNetFirewallPolicy: call('MANAGE_NET_FIREWALL', 'number', 'object'),
    getNetFirewallPolicy: call('GET_NET_FIREWALL', 'number'),
    addNetFirewallRule: call('MANAGE_NET_FIREWALL', 'object'),
    updateNetFirewallRule: call('MANAGE_NET_FIREWALL', 'object'),
    removeNetFirewallRule: call('MANAGE_NET_FIREWALL', 'number', 'number'),
    getNetFirewallRules: call('GET_NET_FIREWALL', 'number', 'object'),
    getNetFirewallRule: call('GET_NET_FIREWALL', 'number', 'number'),
  };
})
