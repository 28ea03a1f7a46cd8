// @ohos:net.networkSecurity
(function (host, system) {
  'use strict';

  const client = system.require('@concord:net/client');

  const CertType = { CERT_TYPE_PEM: 0, CERT_TYPE_DER: 1 };
  const MESSAGES = {
    2305001: 'Unspecified error.', 2305002: 'Unable to get issuer certificate.', 2305006: 'Unable to decode issuer public key.',
    2305007: 'Certificate signature failure.', 2305009: 'Certificate is not yet valid.', 2305010: 'Certificate has expired.',
    2305018: 'Self-signed certificate.', 2305024: 'Invalid certificate authority (CA).', 2305027: 'Certificate is untrusted.',
  };

  const fail = (code, message) => {
    throw new system.BusinessError(code, message);
  };

  function blob(value) {
    const data = value?.data;
    if (typeof value !== 'object' || value === null || !Object.values(CertType).includes(value.type)
      || (typeof data !== 'string' && !client.isBuffer(data))) fail(401, 'Parameter error.');
    return data;
  }

  function verify(cert, caCert) {
    const code = host.verify(cert, caCert);
    return code === 0 ? 0 : fail(code, MESSAGES[code] ?? MESSAGES[2305001]);
  }

  const given = (cert, caCert) => [blob(cert), caCert === undefined || caCert === null ? undefined : blob(caCert)];

  return {
    CertType,
    certVerification(cert, caCert) {
      const blobs = given(cert, caCert);
      return system.async(() => verify(...blobs));
    },
    certVerificationSync: (cert, caCert) => verify(...given(cert, caCert)),
    isCleartextPermitted() {
      client.demandInternet();
      return client.cleartext('');
    },
    isCleartextPermittedByHostName(hostName) {
      client.demandInternet();
      return client.cleartext(String(hostName));
    },
  };
})
