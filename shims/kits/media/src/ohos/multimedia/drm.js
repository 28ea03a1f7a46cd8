// @ohos:multimedia.drm: a machine without DRM.
(function (host, system) {
  'use strict';
  const { fail } = system.require('@concord:kits');

  const DrmErrorCode = { ERROR_UNKNOWN: 24700101, MAX_SYSTEM_NUM_REACHED: 24700103, MAX_SESSION_NUM_REACHED: 24700104, SERVICE_FATAL_ERROR: 24700201 };
  const PreDefinedConfigName = {
    CONFIG_DEVICE_VENDOR: 'vendor', CONFIG_DEVICE_VERSION: 'version', CONFIG_DEVICE_DESCRIPTION: 'description',
    CONFIG_DEVICE_ALGORITHMS: 'algorithms', CONFIG_DEVICE_UNIQUE_ID: 'deviceUniqueId', CONFIG_SESSION_MAX: 'maxSessionNum',
    CONFIG_SESSION_CURRENT: 'currentSessionNum',
  };
  const MediaKeyType = { MEDIA_KEY_TYPE_OFFLINE: 0, MEDIA_KEY_TYPE_ONLINE: 1 };
  const OfflineMediaKeyStatus = {
    OFFLINE_MEDIA_KEY_STATUS_UNKNOWN: 0, OFFLINE_MEDIA_KEY_STATUS_USABLE: 1, OFFLINE_MEDIA_KEY_STATUS_INACTIVE: 2,
  };
  const CertificateStatus = {
    CERT_STATUS_PROVISIONED: 0, CERT_STATUS_NOT_PROVISIONED: 1, CERT_STATUS_EXPIRED: 2, CERT_STATUS_INVALID: 3, CERT_STATUS_UNAVAILABLE: 4,
  };
  const MediaKeyRequestType = {
    MEDIA_KEY_REQUEST_TYPE_UNKNOWN: 0, MEDIA_KEY_REQUEST_TYPE_INITIAL: 1, MEDIA_KEY_REQUEST_TYPE_RENEWAL: 2,
    MEDIA_KEY_REQUEST_TYPE_RELEASE: 3, MEDIA_KEY_REQUEST_TYPE_NONE: 4, MEDIA_KEY_REQUEST_TYPE_UPDATE: 5,
  };
  const ContentProtectionLevel = {
    CONTENT_PROTECTION_LEVEL_UNKNOWN: 0, CONTENT_PROTECTION_LEVEL_SW_CRYPTO: 1, CONTENT_PROTECTION_LEVEL_HW_CRYPTO: 2,
    CONTENT_PROTECTION_LEVEL_ENHANCED_HW: 3, CONTENT_PROTECTION_LEVEL_MAX: 4,
  };

  const mustName = (name) => {
    if (typeof name !== 'string' || name === '') {
      fail(401, 'Parameter error. Possible causes: 1.Mandatory parameters are left unspecified. 2.Parameter verification failed.');
    }
  };
  const unknown = () => fail(DrmErrorCode.ERROR_UNKNOWN, 'All unknown errors.');

  function isMediaKeySystemSupported(name, mimeType, level) {
    mustName(name);
    if (mimeType !== undefined) mustName(mimeType);
    if (level !== undefined && (typeof level !== 'number' || level <= 0 || level >= ContentProtectionLevel.CONTENT_PROTECTION_LEVEL_MAX)) {
      fail(401, 'Parameter error. Parameter verification failed.');
    }
    return false;
  }

  return {
    DrmErrorCode, PreDefinedConfigName, MediaKeyType, OfflineMediaKeyStatus, CertificateStatus, MediaKeyRequestType, ContentProtectionLevel,
    isMediaKeySystemSupported,
    getMediaKeySystems: () => [],
    getMediaKeySystemUuid: (name) => (mustName(name), unknown()),
    createMediaKeySystem: (name) => (mustName(name), unknown()),
  };
})
