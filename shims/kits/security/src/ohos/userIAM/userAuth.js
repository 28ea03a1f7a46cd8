// @ohos:userIAM.userAuth: no credential is enrolled and no sensor is there, so everybody is told that.
(function (host, system) {
  'use strict';

  const { demand } = system.require('@concord:kits/permissions');

  const UserAuthType = { PIN: 1, FACE: 2, FINGERPRINT: 4, PRIVATE_PIN: 16, COMPANION_DEVICE: 64 };
  const AuthTrustLevel = { ATL1: 10000, ATL2: 20000, ATL3: 30000, ATL4: 40000 };
  const UserAuthResultCode = {
    SUCCESS: 12500000, FAIL: 12500001, GENERAL_ERROR: 12500002, CANCELED: 12500003, TIMEOUT: 12500004, TYPE_NOT_SUPPORT: 12500005,
    TRUST_LEVEL_NOT_SUPPORT: 12500006, BUSY: 12500007, INVALID_PARAMETERS: 12500008, LOCKED: 12500009, NOT_ENROLLED: 12500010,
    CANCELED_FROM_WIDGET: 12500011, PIN_EXPIRED: 12500013, AUTH_TOKEN_CHECK_FAILED: 12500015, AUTH_TOKEN_EXPIRED: 12500016,
    REUSE_AUTH_RESULT_FAILED: 12500017,
  };
  const TYPES = new Set(Object.values(UserAuthType));
  const LEVELS = new Set(Object.values(AuthTrustLevel));
  const PERMISSION = 'ohos.permission.ACCESS_BIOMETRIC';

  const fail = (code, message) => {
    throw new system.BusinessError(code, message);
  };
  const invalid = (what) => fail(401, `Parameter error. ${what}`);
  const notEnrolled = () => fail(UserAuthResultCode.NOT_ENROLLED, 'The type of credential has not been enrolled.');

  /** A PIN could be enrolled; for the others there is no sensor. */
  function absence(type) {
    if (type === UserAuthType.PIN) notEnrolled();
    fail(UserAuthResultCode.TYPE_NOT_SUPPORT, 'The authentication type is not supported.');
  }

  function checkType(type) {
    if (typeof type !== 'number') invalid('The type of "authType" must be UserAuthType.');
    if (!TYPES.has(type)) fail(UserAuthResultCode.TYPE_NOT_SUPPORT, 'The authentication type is not supported.');
    return type;
  }

  function checkLevel(level) {
    if (typeof level !== 'number') invalid('The type of "authTrustLevel" must be AuthTrustLevel.');
    if (!LEVELS.has(level)) fail(UserAuthResultCode.TRUST_LEVEL_NOT_SUPPORT, 'The authentication trust level is not supported.');
  }

  class UserAuthInstance {
    #types;
    #listeners = { result: undefined, authTip: undefined };
    #isRunning = false;

    constructor(types) { this.#types = types; }

    #check(type) {
      if (type !== 'result' && type !== 'authTip') invalid('"type" must be "result" or "authTip".');
      return type;
    }

    on(type, callback) {
      this.#check(type);
      const isRight = type === 'result' ? typeof callback?.onResult === 'function' : typeof callback === 'function';
      if (!isRight) invalid('"callback" does not fit the event.');
      if (this.#listeners[type] !== undefined) fail(UserAuthResultCode.GENERAL_ERROR, 'The event is subscribed to already.');
      this.#listeners[type] = callback;
    }

    off(type, callback) {
      const listener = this.#listeners[this.#check(type)];
      if (callback !== undefined && callback !== null && listener === undefined) fail(UserAuthResultCode.GENERAL_ERROR, 'The event is not subscribed to.');
      this.#listeners[type] = undefined;
    }

    start() {
      demand(PERMISSION);
      if (this.#isRunning) fail(UserAuthResultCode.GENERAL_ERROR, 'The authentication runs already.');
      this.#isRunning = true;
      const isPin = this.#types.includes(UserAuthType.PIN);
      const result = isPin ? UserAuthResultCode.NOT_ENROLLED : UserAuthResultCode.TYPE_NOT_SUPPORT;
      system.later(() => {
        if (!this.#isRunning) return;
        this.#isRunning = false;
        this.#listeners.result?.onResult({ result });
      });
    }

    cancel() {
      demand(PERMISSION);
      if (!this.#isRunning) fail(UserAuthResultCode.GENERAL_ERROR, 'No authentication runs.');
      this.#isRunning = false;
      system.later(() => this.#listeners.result?.onResult({ result: UserAuthResultCode.CANCELED }));
    }
  }

  return {
    AuthenticationResult: {
      NO_SUPPORT: -1, SUCCESS: 0, COMPARE_FAILURE: 1, CANCELED: 2, TIMEOUT: 3, CAMERA_FAIL: 4, BUSY: 5, INVALID_PARAMETERS: 6, LOCKED: 7,
      NOT_ENROLLED: 8, GENERAL_ERROR: 100,
    },
    ResultCode: {
      SUCCESS: 0, FAIL: 1, GENERAL_ERROR: 2, CANCELED: 3, TIMEOUT: 4, TYPE_NOT_SUPPORT: 5, TRUST_LEVEL_NOT_SUPPORT: 6, BUSY: 7,
      INVALID_PARAMETERS: 8, LOCKED: 9, NOT_ENROLLED: 10,
    },
    FaceTips: {
      FACE_AUTH_TIP_TOO_BRIGHT: 1, FACE_AUTH_TIP_TOO_DARK: 2, FACE_AUTH_TIP_TOO_CLOSE: 3, FACE_AUTH_TIP_TOO_FAR: 4, FACE_AUTH_TIP_TOO_HIGH: 5,
      FACE_AUTH_TIP_TOO_LOW: 6, FACE_AUTH_TIP_TOO_RIGHT: 7, FACE_AUTH_TIP_TOO_LEFT: 8, FACE_AUTH_TIP_TOO_MUCH_MOTION: 9,
      FACE_AUTH_TIP_POOR_GAZE: 10, FACE_AUTH_TIP_NOT_DETECTED: 11,
    },
    FingerprintTips: {
      FINGERPRINT_AUTH_TIP_GOOD: 0, FINGERPRINT_AUTH_TIP_DIRTY: 1, FINGERPRINT_AUTH_TIP_INSUFFICIENT: 2, FINGERPRINT_AUTH_TIP_PARTIAL: 3,
      FINGERPRINT_AUTH_TIP_TOO_FAST: 4, FINGERPRINT_AUTH_TIP_TOO_SLOW: 5,
    },
    UserAuthType, AuthTrustLevel, UserAuthResultCode,
    WindowModeType: { DIALOG_BOX: 1, FULLSCREEN: 2 },
    ReuseMode: {
      AUTH_TYPE_RELEVANT: 1, AUTH_TYPE_IRRELEVANT: 2, CALLER_IRRELEVANT_AUTH_TYPE_RELEVANT: 3, CALLER_IRRELEVANT_AUTH_TYPE_IRRELEVANT: 4,
    },
    UserAuthTipCode: {
      COMPARE_FAILURE: 1, TIMEOUT: 2, TEMPORARILY_LOCKED: 3, PERMANENTLY_LOCKED: 4, WIDGET_LOADED: 5, WIDGET_RELEASED: 6,
      COMPARE_FAILURE_WITH_FROZEN: 7,
    },
    NoticeType: { WIDGET_NOTICE: 1 },
    MAX_ALLOWABLE_REUSE_DURATION: 300000,
    PERMANENT_LOCKOUT_DURATION: 0x7fffffff,

    getAvailableStatus(authType, authTrustLevel) {
      demand(PERMISSION);
      checkType(authType);
      checkLevel(authTrustLevel);
      absence(authType);
    },

    getEnrolledState(authType) {
      demand(PERMISSION);
      absence(checkType(authType));
    },

    getAuthLockState(authType) {
      demand(PERMISSION);
      checkType(authType);
      return system.async(() => absence(authType));
    },

    getUserAuthInstance(authParam, widgetParam) {
      if (typeof authParam !== 'object' || authParam === null) invalid('The type of "authParam" must be AuthParam.');
      if (typeof widgetParam !== 'object' || widgetParam === null) invalid('The type of "widgetParam" must be WidgetParam.');
      const { challenge, authType, authTrustLevel } = authParam;
      if (!(challenge instanceof Uint8Array) || challenge.length > 32) invalid('"challenge" must be a Uint8Array of at most 32 bytes.');
      if (!Array.isArray(authType) || authType.length === 0) invalid('"authType" must be an Array, not empty.');
      for (const type of authType) checkType(type);
      if (new Set(authType).size !== authType.length) invalid('"authType" must not name a type twice.');
      checkLevel(authTrustLevel);
      if (typeof widgetParam.title !== 'string' || widgetParam.title === '' || widgetParam.title.length > 500) invalid('"title" must be a text of 1 to 500 characters.');
      return new UserAuthInstance([...authType]);
    },
  };
})
