// @ohos:print: printing, for which no printer is there.
(function (host, system) {
  'use strict';
  const { declare, events, fail, refuse } = system.require('@concord:kits/declared');

  const PrintDirectionMode = { DIRECTION_MODE_AUTO: 0, DIRECTION_MODE_PORTRAIT: 1, DIRECTION_MODE_LANDSCAPE: 2 };
  const PrintColorMode = { COLOR_MODE_MONOCHROME: 0, COLOR_MODE_COLOR: 1 };
  const PrintDuplexMode = { DUPLEX_MODE_NONE: 0, DUPLEX_MODE_LONG_EDGE: 1, DUPLEX_MODE_SHORT_EDGE: 2 };
  const PrintPageType = {
    PAGE_ISO_A3: 0, PAGE_ISO_A4: 1, PAGE_ISO_A5: 2, PAGE_JIS_B5: 3, PAGE_ISO_C5: 4, PAGE_ISO_DL: 5, PAGE_LETTER: 6, PAGE_LEGAL: 7,
    PAGE_PHOTO_4X6: 8, PAGE_PHOTO_5X7: 9, PAGE_INT_DL_ENVELOPE: 10, PAGE_B_TABLOID: 11,
  };
  const PrintDocumentAdapterState = {
    PREVIEW_DESTROY: 0, PRINT_TASK_SUCCEED: 1, PRINT_TASK_FAIL: 2, PRINT_TASK_CANCEL: 3, PRINT_TASK_BLOCK: 4,
  };
  const PrintFileCreationState = { PRINT_FILE_CREATED: 0, PRINT_FILE_CREATION_FAILED: 1, PRINT_FILE_CREATED_UNRENDERED: 2 };
  const PrinterState = {
    PRINTER_ADDED: 0, PRINTER_REMOVED: 1, PRINTER_CAPABILITY_UPDATED: 2, PRINTER_CONNECTED: 3, PRINTER_DISCONNECTED: 4,
    PRINTER_RUNNING: 5,
  };
  const PrintJobState = {
    PRINT_JOB_PREPARE: 0, PRINT_JOB_QUEUED: 1, PRINT_JOB_RUNNING: 2, PRINT_JOB_BLOCKED: 3, PRINT_JOB_COMPLETED: 4,
  };
  const PrintJobSubState = {
    PRINT_JOB_COMPLETED_SUCCESS: 0, PRINT_JOB_COMPLETED_FAILED: 1, PRINT_JOB_COMPLETED_CANCELLED: 2,
    PRINT_JOB_COMPLETED_FILE_CORRUPTED: 3, PRINT_JOB_BLOCK_OFFLINE: 4, PRINT_JOB_BLOCK_BUSY: 5, PRINT_JOB_BLOCK_CANCELLED: 6,
    PRINT_JOB_BLOCK_OUT_OF_PAPER: 7, PRINT_JOB_BLOCK_OUT_OF_INK: 8, PRINT_JOB_BLOCK_OUT_OF_TONER: 9, PRINT_JOB_BLOCK_JAMMED: 10,
    PRINT_JOB_BLOCK_DOOR_OPEN: 11, PRINT_JOB_BLOCK_SERVICE_REQUEST: 12, PRINT_JOB_BLOCK_LOW_ON_INK: 13,
    PRINT_JOB_BLOCK_LOW_ON_TONER: 14, PRINT_JOB_BLOCK_REALLY_LOW_ON_INK: 15, PRINT_JOB_BLOCK_BAD_CERTIFICATE: 16,
    PRINT_JOB_BLOCK_DRIVER_EXCEPTION: 17, PRINT_JOB_BLOCK_ACCOUNT_ERROR: 18, PRINT_JOB_BLOCK_PRINT_PERMISSION_ERROR: 19,
    PRINT_JOB_BLOCK_PRINT_COLOR_PERMISSION_ERROR: 20, PRINT_JOB_BLOCK_NETWORK_ERROR: 21,
    PRINT_JOB_BLOCK_SERVER_CONNECTION_ERROR: 22, PRINT_JOB_BLOCK_LARGE_FILE_ERROR: 23, PRINT_JOB_BLOCK_FILE_PARSING_ERROR: 24,
    PRINT_JOB_BLOCK_SLOW_FILE_CONVERSION: 25, PRINT_JOB_RUNNING_UPLOADING_FILES: 26, PRINT_JOB_RUNNING_CONVERTING_FILES: 27,
    PRINT_JOB_BLOCK_FILE_UPLOADING_ERROR: 30, PRINT_JOB_BLOCK_DRIVER_MISSING: 34, PRINT_JOB_BLOCK_INTERRUPT: 35,
    PRINT_JOB_BLOCK_PRINTER_UNAVAILABLE: 98, PRINT_JOB_BLOCK_UNKNOWN: 99,
  };
  const PrintErrorCode = {
    E_PRINT_NONE: 0, E_PRINT_NO_PERMISSION: 201, E_PRINT_INVALID_PARAMETER: 401, E_PRINT_GENERIC_FAILURE: 13100001,
    E_PRINT_RPC_FAILURE: 13100002, E_PRINT_SERVER_FAILURE: 13100003, E_PRINT_INVALID_EXTENSION: 13100004,
    E_PRINT_INVALID_PRINTER: 13100005, E_PRINT_INVALID_PRINT_JOB: 13100006, E_PRINT_FILE_IO: 13100007,
    E_PRINT_TOO_MANY_FILES: 13100010, E_PRINT_SMB_LOGIN_LOCKOUT: 13100012, E_PRINT_SMB_CONNECTION_FAILURE: 13100013,
    E_PRINT_SMB_INVALID_CREDENTIALS: 13100014,
  };
  const ApplicationEvent = { APPLICATION_CREATED: 0, APPLICATION_CLOSED_FOR_STARTED: 1, APPLICATION_CLOSED_FOR_CANCELED: 2 };
  const PrintQuality = { QUALITY_DRAFT: 3, QUALITY_NORMAL: 4, QUALITY_HIGH: 5 };
  const PrintOrientationMode = {
    ORIENTATION_MODE_PORTRAIT: 0, ORIENTATION_MODE_LANDSCAPE: 1, ORIENTATION_MODE_REVERSE_LANDSCAPE: 2,
    ORIENTATION_MODE_REVERSE_PORTRAIT: 3, ORIENTATION_MODE_NONE: 4,
  };
  const PrinterStatus = { PRINTER_IDLE: 0, PRINTER_BUSY: 1, PRINTER_UNAVAILABLE: 2 };
  const PrinterEvent = {
    PRINTER_EVENT_ADDED: 0, PRINTER_EVENT_DELETED: 1, PRINTER_EVENT_STATE_CHANGED: 2, PRINTER_EVENT_INFO_CHANGED: 3,
    PRINTER_EVENT_PREFERENCE_CHANGED: 4, PRINTER_EVENT_LAST_USED_PRINTER_CHANGED: 5,
  };
  const DefaultPrinterType = { DEFAULT_PRINTER_TYPE_SET_BY_USER: 0, DEFAULT_PRINTER_TYPE_LAST_USED_PRINTER: 1 };

  const PRINT = ['ohos.permission.PRINT'];

  const noPrinter = refuse(PrintErrorCode.E_PRINT_INVALID_PRINTER, 'Invalid printer.');
  const noService = refuse(PrintErrorCode.E_PRINT_SERVER_FAILURE, 'Print service failure.');

  // print(files, context?) or print(jobName, adapter, attributes, context)
  function print(first, adapter) {
    const isFiles = Array.isArray(first) && first.length > 0 && first.every((file) => typeof file === 'string');
    const isJob = typeof first === 'string' && typeof adapter?.onStartLayoutWrite === 'function';
    if (!isFiles && !isJob) {
      fail(401, 'Parameter error. Printing needs files, or a name and an adapter.');
    }
    noService();
  }

  return {
    PrintDirectionMode, PrintColorMode, PrintDuplexMode, PrintPageType, PrintDocumentAdapterState, PrintFileCreationState, PrinterState,
    PrintJobState, PrintJobSubState, PrintErrorCode, ApplicationEvent, PrintQuality, PrintOrientationMode, PrinterStatus, PrinterEvent,
    DefaultPrinterType,
    ...declare(PRINT, {
      'print(jobName: array|string, printAdapter?: object, printAttributes?: object, context?: object): Promise': print,
      'addPrinterToDiscovery(printerInformation: object): Promise': noService,
      'updatePrinterInDiscovery(printerInformation: object): Promise': noService,
      'removePrinterFromDiscovery(printerId: string): Promise': noPrinter,
      'getPrinterInformationById(printerId: string): Promise': noPrinter,
      'getAddedPrinters(): Promise': () => [],
    }),
    ...events({ printerChange: PRINT }),
  };
})
