// @ohos:bluetooth.socket: serial ports over Bluetooth, with the adapter off.
(function (host, system) {
  'use strict';
  const { declare, events, refuse } = system.require('@concord:kits/declared');

  const SppType = { SPP_RFCOMM: 0, SPP_L2CAP: 1, SPP_L2CAP_BLE: 2 };

  const ACCESS_BLUETOOTH = 'ohos.permission.ACCESS_BLUETOOTH';
  const disabled = refuse(2900003, 'Bluetooth disabled.');
  const failed = refuse(2900099, 'Operation failed.');

  return {
    SppType,
    ...declare([ACCESS_BLUETOOTH], {
      'sppListen(name: string, options: object): Promise': disabled,
      'sppConnect(deviceId: string, options: object): Promise': disabled,
    }),
    ...declare([], {
      'getL2capPsm(serverSocket: number)': failed,
      'sppAccept(serverSocket: number): Promise': disabled,
      'getDeviceId(clientSocket: number)': failed,
      'sppCloseServerSocket(socket: number)': failed,
      'sppCloseClientSocket(socket: number)': failed,
      'sppWrite(clientSocket: number, data: buffer)': failed,
      'sppWriteAsync(clientSocket: number, data: buffer): Promise': failed,
      'sppReadAsync(clientSocket: number): Promise': failed,
    }),
    ...events(['sppRead']),
  };
})
