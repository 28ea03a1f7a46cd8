// @ohos:usbManager.serial: serial ports over USB, of which apps see none.
(function (host, system) {
  'use strict';
  const { declare, refuse } = system.require('@concord:kits/declared');

  const BaudRates = {
    BAUDRATE_50: 50, BAUDRATE_75: 75, BAUDRATE_110: 110, BAUDRATE_134: 134, BAUDRATE_150: 150, BAUDRATE_200: 200,
    BAUDRATE_300: 300, BAUDRATE_600: 600, BAUDRATE_1200: 1200, BAUDRATE_1800: 1800, BAUDRATE_2400: 2400, BAUDRATE_4800: 4800,
    BAUDRATE_9600: 9600, BAUDRATE_19200: 19200, BAUDRATE_38400: 38400, BAUDRATE_57600: 57600, BAUDRATE_115200: 115200,
    BAUDRATE_230400: 230400, BAUDRATE_460800: 460800, BAUDRATE_500000: 500000, BAUDRATE_576000: 576000, BAUDRATE_921600: 921600,
    BAUDRATE_1000000: 1000000, BAUDRATE_1152000: 1152000, BAUDRATE_1500000: 1500000, BAUDRATE_2000000: 2000000,
    BAUDRATE_2500000: 2500000, BAUDRATE_3000000: 3000000, BAUDRATE_3500000: 3500000, BAUDRATE_4000000: 4000000,
  };
  const DataBits = { DATABIT_8: 8, DATABIT_7: 7, DATABIT_6: 6, DATABIT_5: 5 };
  const Parity = { PARITY_NONE: 0, PARITY_ODD: 1, PARITY_EVEN: 2, PARITY_MARK: 3, PARITY_SPACE: 4 };
  const StopBits = { STOPBIT_1: 0, STOPBIT_2: 1 };
  const noPort = refuse(31400003, 'Serial port does not exist.');

  return {
    BaudRates, DataBits, Parity, StopBits,
    ...declare([], {
      'getPortList()': () => [],
      'hasSerialRight(portId: number)': noPort,
      'requestSerialRight(portId: number): Promise': noPort,
      'cancelSerialRight(portId: number)': noPort,
      'open(portId: number)': noPort,
      'close(portId: number)': noPort,
      'getAttribute(portId: number)': noPort,
      'setAttribute(portId: number, attribute: object)': noPort,
      'read(portId: number, buffer: buffer, timeout?: number): Promise': noPort,
      'readSync(portId: number, buffer: buffer, timeout?: number)': noPort,
      'write(portId: number, buffer: buffer, timeout?: number): Promise': noPort,
      'writeSync(portId: number, buffer: buffer, timeout?: number)': noPort,
    }),
  };
})
