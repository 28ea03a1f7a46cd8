// @ohos:security.certManagerDialog: there is no dialog for certificates here.
(function (host, system) {
  'use strict';

  const { demand } = system.require('@concord:kits/permissions');

  const CertificateDialogErrorCode = {
    ERROR_GENERIC: 29700001, ERROR_OPERATION_CANCELED: 29700002, ERROR_OPERATION_FAILED: 29700003, ERROR_DEVICE_NOT_SUPPORTED: 29700004,
    ERROR_NOT_COMPLY_SECURITY_POLICY: 29700005, ERROR_PARAMETER_VALIDATION_FAILED: 29700006, ERROR_NO_AVAILABLE_CERTIFICATE: 29700007,
  };

  const invalid = (name, type) => {
    throw new system.BusinessError(401, `Parameter error. The type of "${name}" must be ${type}.`);
  };

  /** A function that checks what it is given and then says that the device has no such dialog. */
  const dialog = (...checks) => (context, ...args) => {
    demand('ohos.permission.ACCESS_CERT_MANAGER');
    if (typeof context !== 'object' || context === null) invalid('context', 'Context');
    checks.forEach(([name, type, isRight], index) => isRight(args[index]) || invalid(name, type));
    return system.async(() => {
      throw new system.BusinessError(CertificateDialogErrorCode.ERROR_DEVICE_NOT_SUPPORTED, 'The API is not supported on this device.');
    });
  };
  const number = (name, type) => [name, type, (value) => typeof value === 'number'];
  const bytes = (name) => [name, 'Uint8Array', (value) => value instanceof Uint8Array];
  const text = (name) => [name, 'string', (value) => typeof value === 'string'];
  const object = (name, type) => [name, type, (value) => typeof value === 'object' && value !== null];

  return {
    CertificateDialogErrorCode,
    CertificateDialogPageType: { PAGE_MAIN: 1, PAGE_CA_CERTIFICATE: 2, PAGE_CREDENTIAL: 3, PAGE_INSTALL_CERTIFICATE: 4 },
    CertificateType: { CA_CERT: 1, CREDENTIAL_USER: 2, CREDENTIAL_APP: 3, CREDENTIAL_UKEY: 4, CREDENTIAL_SYSTEM: 5 },
    CertificateScope: { NOT_SPECIFIED: 0, CURRENT_USER: 1, GLOBAL_USER: 2 },
    openCertificateManagerDialog: dialog(number('pageType', 'CertificateDialogPageType')),
    openInstallCertificateDialog: dialog(number('certType', 'CertificateType'), number('certScope', 'CertificateScope'), bytes('cert')),
    openAuthorizeDialog: dialog(),
    openCertificateDetailDialog: dialog(bytes('cert'), object('property', 'CertificateDialogProperty')),
    openUninstallCertificateDialog: dialog(number('certType', 'CertificateType'), text('certUri')),
    openUkeyAuthDialog: dialog(object('ukeyAuthRequest', 'UkeyAuthRequest')),
    supportsCACertDialog: () => false,
  };
})
