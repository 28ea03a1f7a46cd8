// @ohos:security.certManager: the stores of certificates are empty, and nothing can be put into them.
(function (host, system) {
  'use strict';

  const { demand } = system.require('@concord:kits/permissions');

  const CMErrorCode = {
    CM_ERROR_NO_PERMISSION: 201, CM_ERROR_NOT_SYSTEM_APP: 202, CM_ERROR_INVALID_PARAMS: 401, CM_ERROR_GENERIC: 17500001,
    CM_ERROR_NO_FOUND: 17500002, CM_ERROR_INCORRECT_FORMAT: 17500003, CM_ERROR_MAX_CERT_COUNT_REACHED: 17500004,
    CM_ERROR_NO_AUTHORIZATION: 17500005, CM_ERROR_DEVICE_ENTER_ADVSECMODE: 17500007, CM_ERROR_PASSWORD_IS_ERR: 17500008,
    CM_ERROR_STORE_PATH_NOT_SUPPORTED: 17500009, CM_ERROR_ACCESS_UKEY_SERVICE_FAILED: 17500010, CM_ERROR_PARAMETER_VALIDATION_FAILED: 17500011,
  };
  const CertType = { CA_CERT_SYSTEM: 0, CA_CERT_USER: 1 };
  const CertScope = { CURRENT_USER: 1, GLOBAL_USER: 2 };
  const PERMISSION = 'ohos.permission.ACCESS_CERT_MANAGER';

  const fail = (code, message) => {
    throw new system.BusinessError(code, message);
  };
  const invalid = (name, type) => fail(401, `Parameter error. The type of "${name}" must be ${type}.`);
  const notFound = () => fail(CMErrorCode.CM_ERROR_NO_FOUND, 'The certificate does not exist.');
  const cannotKeep = () => fail(CMErrorCode.CM_ERROR_GENERIC, 'Internal error. There is no store for certificates.');

  function text(value, name) {
    if (typeof value !== 'string' || value === '') invalid(name, 'string, not empty');
    return value;
  }

  function bytes(value, name) {
    if (!(value instanceof Uint8Array) || value.length === 0) invalid(name, 'Uint8Array, not empty');
    return value;
  }

  const answer = (work, callback) => {
    demand(PERMISSION);
    return system.async(work, callback);
  };

  /** By the address of a certificate. */
  const byUri = (work) => (uri, callback) => {
    text(uri, 'uri');
    return answer(work, callback);
  };

  return {
    CMErrorCode, CertType, CertScope,
    CmKeyPurpose: { CM_KEY_PURPOSE_SIGN: 4, CM_KEY_PURPOSE_VERIFY: 8 },
    CmKeyDigest: {
      CM_DIGEST_NONE: 0, CM_DIGEST_MD5: 1, CM_DIGEST_SHA1: 2, CM_DIGEST_SHA224: 3, CM_DIGEST_SHA256: 4, CM_DIGEST_SHA384: 5,
      CM_DIGEST_SHA512: 6, CM_DIGEST_SM3: 7,
    },
    CmKeyPadding: { CM_PADDING_NONE: 0, CM_PADDING_PSS: 1, CM_PADDING_PKCS1_V1_5: 2 },
    AuthStorageLevel: { EL1: 1, EL2: 2, EL4: 4 },
    CertAlgorithm: { INTERNATIONAL: 1, SM: 2 },
    CertificatePurpose: { PURPOSE_DEFAULT: 0, PURPOSE_ALL: 1, PURPOSE_SIGN: 2, PURPOSE_ENCRYPT: 3 },
    CertFileFormat: { PEM_DER: 0, P7B: 1 },

    /** (keystore, keystorePwd, certAlias, level or callback) */
    installPrivateCertificate(keystore, keystorePwd, certAlias, last) {
      bytes(keystore, 'keystore');
      if (typeof keystorePwd !== 'string') invalid('keystorePwd', 'string');
      if (typeof certAlias !== 'string') invalid('certAlias', 'string');
      return answer(cannotKeep, last);
    },

    uninstallPrivateCertificate: byUri(notFound),
    getPrivateCertificate: byUri(notFound),
    getPublicCertificate: byUri(notFound),
    getUserTrustedCertificate: byUri(notFound),
    isAuthorizedApp: byUri(() => false),
    getPrivateCertificates: () => answer(() => ({ credentialList: [] })),
    getAllUserTrustedCertificates: () => answer(() => ({ certList: [] })),
    getUkeyCertificate: byUri(() => fail(CMErrorCode.CM_ERROR_ACCESS_UKEY_SERVICE_FAILED, 'Access USB key service failed.')),

    init(authUri, spec, callback) {
      text(authUri, 'authUri');
      if (typeof spec !== 'object' || spec === null) invalid('spec', 'CMSignatureSpec');
      return answer(notFound, callback);
    },

    update(handle, data, callback) {
      bytes(handle, 'handle');
      bytes(data, 'data');
      return answer(notFound, callback);
    },

    /** (handle, signature or callback, callback) */
    finish(handle, signature, callback) {
      bytes(handle, 'handle');
      const last = typeof signature === 'function' ? signature : callback;
      if (signature !== undefined && typeof signature !== 'function') bytes(signature, 'signature');
      return answer(notFound, last);
    },

    abort(handle, callback) {
      bytes(handle, 'handle');
      return answer(notFound, callback);
    },

    getCertificateStorePath(property) {
      if (typeof property !== 'object' || property === null) invalid('property', 'CertStoreProperty');
      if (!Object.values(CertType).includes(property.certType)) invalid('certType', 'CertType');
      return fail(CMErrorCode.CM_ERROR_STORE_PATH_NOT_SUPPORTED, 'The device does not support the specified certificate store path.');
    },

    installUserTrustedCertificateSync(cert, certScope) {
      bytes(cert, 'cert');
      if (!Object.values(CertScope).includes(certScope)) invalid('certScope', 'CertScope');
      demand('ohos.permission.ACCESS_ENTERPRISE_USER_TRUSTED_CERT');
      return cannotKeep();
    },

    uninstallUserTrustedCertificateSync(certUri) {
      text(certUri, 'certUri');
      demand('ohos.permission.ACCESS_ENTERPRISE_USER_TRUSTED_CERT');
      return notFound();
    },
  };
})
