// @ohos:dlpPermission: no file is protected against loss of data here, and no app runs in a sandbox for such files.
(function (host, system) {
  'use strict';

  const ActionFlagType = {
    ACTION_VIEW: 1, ACTION_SAVE: 2, ACTION_SAVE_AS: 4, ACTION_EDIT: 8, ACTION_SCREEN_CAPTURE: 16, ACTION_SCREEN_SHARE: 32,
    ACTION_SCREEN_RECORD: 64, ACTION_COPY: 128, ACTION_PRINT: 256, ACTION_EXPORT: 512, ACTION_PERMISSION_CHANGE: 1024,
  };
  const DLPFileAccess = { NO_PERMISSION: 0, READ_ONLY: 1, CONTENT_EDIT: 2, FULL_CONTROL: 3 };
  const SUFFIX = '.dlp';

  const fail = (code, message) => {
    throw new system.BusinessError(code, message);
  };
  const invalid = (name, type) => fail(401, `Parameter error. The type of "${name}" must be ${type}.`);
  const outsideSandbox = () => fail(19100006, 'No permission to call this API, which is available only for DLP sandbox applications.');
  const unauthorised = () => fail(19100018, 'The application is not authorized.');

  function checkUris(docUris) {
    if (!Array.isArray(docUris) || docUris.some((uri) => typeof uri !== 'string')) invalid('docUris', 'Array of string');
    if (docUris.length === 0) fail(19100001, 'Invalid parameter value.');
  }

  return {
    ActionFlagType, DLPFileAccess,

    isDLPFile(fd, callback) {
      if (typeof fd !== 'number') invalid('fd', 'number');
      if (!Number.isInteger(fd) || fd < 0) fail(19100001, 'Invalid parameter value.');
      return system.async(() => false, callback);
    },

    getDLPPermissionInfo: (callback) => system.async(outsideSandbox, callback),

    getOriginalFileName(fileName) {
      if (typeof fileName !== 'string') invalid('fileName', 'string');
      if (!fileName.endsWith(SUFFIX) || fileName.length <= SUFFIX.length || fileName.length > 255) fail(19100001, 'Invalid parameter value.');
      return fileName.slice(0, -SUFFIX.length);
    },

    getDLPSuffix: () => SUFFIX,

    on(type, listener) {
      if (typeof type !== 'string') invalid('type', 'string');
      if (typeof listener !== 'function') invalid('listener', 'function');
      if (type !== 'openDLPFile') fail(19100001, 'Invalid parameter value.');
    },

    off(type, listener) {
      if (typeof type !== 'string') invalid('type', 'string');
      if (listener !== undefined && listener !== null && typeof listener !== 'function') invalid('listener', 'function');
      if (type !== 'openDLPFile') fail(19100001, 'Invalid parameter value.');
    },

    isInSandbox: (callback) => system.async(() => false, callback),
    getDLPSupportedFileTypes: (callback) => system.async(() => [], callback),

    setRetentionState(docUris, callback) {
      checkUris(docUris);
      return system.async(outsideSandbox, callback);
    },

    cancelRetentionState(docUris, callback) {
      checkUris(docUris);
      return system.async(() => undefined, callback);
    },

    /** (bundleName, callback), (callback) */
    getRetentionSandboxList(bundleName, callback) {
      const isCallback = typeof bundleName === 'function';
      if (!isCallback && bundleName !== undefined && typeof bundleName !== 'string') invalid('bundleName', 'string');
      return system.async(() => [], isCallback ? bundleName : callback);
    },

    getDLPFileAccessRecords: (callback) => system.async(() => [], callback),

    startDLPManagerForResult(context, want) {
      if (typeof context !== 'object' || context === null) invalid('context', 'UIAbilityContext');
      if (typeof want !== 'object' || want === null) invalid('want', 'Want');
      if (typeof want.uri !== 'string' || want.uri === '') fail(19100016, 'The uri field is missing in the want parameter.');
      if (want.parameters?.displayName === undefined) fail(19100017, 'The displayName field is missing in the want parameter.');
      return system.async(() => fail(19100011, 'The system ability works abnormally.'));
    },

    setSandboxAppConfig(configInfo) {
      if (typeof configInfo !== 'string') invalid('configInfo', 'string');
      return system.async(unauthorised);
    },

    cleanSandboxAppConfig: () => system.async(unauthorised),
    getSandboxAppConfig: () => system.async(unauthorised),
    isDLPFeatureProvided: () => system.async(() => false),
  };
})
