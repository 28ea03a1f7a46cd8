// @ohos:usbManager: USB devices, of which apps see none.
(function (host, system) {
  'use strict';
  const { declare, refuse } = system.require('@concord:kits/declared');

  const USBRequestTargetType = {
    USB_REQUEST_TARGET_DEVICE: 0, USB_REQUEST_TARGET_INTERFACE: 1, USB_REQUEST_TARGET_ENDPOINT: 2, USB_REQUEST_TARGET_OTHER: 3,
  };
  const USBControlRequestType = { USB_REQUEST_TYPE_STANDARD: 0, USB_REQUEST_TYPE_CLASS: 1, USB_REQUEST_TYPE_VENDOR: 2 };
  const USBRequestDirection = { USB_REQUEST_DIR_TO_DEVICE: 0, USB_REQUEST_DIR_FROM_DEVICE: 0x80 };
  const UsbTransferFlags = {
    USB_TRANSFER_SHORT_NOT_OK: 0, USB_TRANSFER_FREE_BUFFER: 1, USB_TRANSFER_FREE_TRANSFER: 2, USB_TRANSFER_ADD_ZERO_PACKET: 3,
  };
  const UsbTransferStatus = {
    TRANSFER_COMPLETED: 0, TRANSFER_ERROR: 1, TRANSFER_TIMED_OUT: 2, TRANSFER_CANCELED: 3, TRANSFER_STALL: 4,
    TRANSFER_NO_DEVICE: 5, TRANSFER_OVERFLOW: 6,
  };
  const UsbEndpointTransferType = { TRANSFER_TYPE_ISOCHRONOUS: 0x1, TRANSFER_TYPE_BULK: 0x2, TRANSFER_TYPE_INTERRUPT: 0x3 };
  const noDevice = refuse(14400001, 'Access right denied. Call requestRight to get the USBDevicePipe access right first.');
  const noAccessory = refuse(14401001, 'The target USBAccessory not matched.');
  // What transfers over a pipe that was never opened answer.
  const FAILED = -1;

  return {
    USBRequestTargetType, USBControlRequestType, USBRequestDirection, UsbTransferFlags, UsbTransferStatus,
    UsbEndpointTransferType,
    ...declare([], {
      'getDevices()': () => [],
      'connectDevice(device: object)': noDevice,
      'hasRight(deviceName: string)': () => false,
      'requestRight(deviceName: string): Promise': () => false,
      'removeRight(deviceName: string)': () => false,
      'claimInterface(pipe: object, iface: object, force?: boolean)': () => FAILED,
      'releaseInterface(pipe: object, iface: object)': () => FAILED,
      'setConfiguration(pipe: object, config: object)': () => FAILED,
      'setInterface(pipe: object, iface: object)': () => FAILED,
      'getRawDescriptor(pipe: object)': noDevice,
      'getFileDescriptor(pipe: object)': () => FAILED,
      'usbControlTransfer(pipe: object, requestparam: object, timeout?: number): Promise': () => FAILED,
      'bulkTransfer(pipe: object, endpoint: object, buffer: buffer, timeout?: number): Promise': () => FAILED,
      'resetUsbDevice(pipe: object)': noDevice,
      'controlTransfer(pipe: object, controlparam: object, timeout?: number): Promise': () => FAILED,
      'closePipe(pipe: object)': () => FAILED,
      'hasAccessoryRight(accessory: object)': noAccessory,
      'requestAccessoryRight(accessory: object): Promise': noAccessory,
      'cancelAccessoryRight(accessory: object)': noAccessory,
      'getAccessoryList()': () => [],
      'openAccessory(accessory: object)': noAccessory,
      'closeAccessory(accessoryHandle: object)': noAccessory,
      'usbSubmitTransfer(transfer: object)': noDevice,
      'usbCancelTransfer(transfer: object)': noDevice,
    }),
  };
})
