// @ohos:net.eap: the host logs in to its networks itself; every call fails as where the service is stopped.
(function (host, system) {
  'use strict';

  const permissions = system.require('@concord:kits/permissions');

  const stopped = () => {
    permissions.demand('ohos.permission.MANAGE_ENTERPRISE_WIFI_CONNECTION');
    throw new system.BusinessError(33200009, 'netmanager stop');
  };

  return {
    CustomResult: { RESULT_FAIL: 0, RESULT_NEXT: 1, RESULT_FINISH: 2 },
    EapMethod: {
      EAP_NONE: 0, EAP_PEAP: 1, EAP_TLS: 2, EAP_TTLS: 3, EAP_PWD: 4, EAP_SIM: 5, EAP_AKA: 6, EAP_AKA_PRIME: 7, EAP_UNAUTH_TLS: 8,
    },
    Phase2Method: {
      PHASE2_NONE: 0, PHASE2_PAP: 1, PHASE2_MSCHAP: 2, PHASE2_MSCHAPV2: 3, PHASE2_GTC: 4, PHASE2_SIM: 5, PHASE2_AKA: 6, PHASE2_AKA_PRIME: 7,
    },
    regCustomEapHandler: stopped, unregCustomEapHandler: stopped, replyCustomEapData: stopped, startEthEap: stopped, logOffEthEap: stopped,
  };
})
