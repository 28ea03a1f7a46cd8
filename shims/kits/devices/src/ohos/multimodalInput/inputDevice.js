// @ohos:multimodalInput.inputDevice: the keyboard and the pointer of the desktop, which are one each.
(function (host, system) {
  'use strict';
  const { declare, events, fail } = system.require('@concord:kits/declared');
  const { KeyCode } = system.require('@ohos:multimodalInput.keyCode');

  const KeyboardType = {
    NONE: 0, UNKNOWN: 1, ALPHABETIC_KEYBOARD: 2, DIGITAL_KEYBOARD: 3, HANDWRITING_PEN: 4, REMOTE_CONTROL: 5,
  };
  const FunctionKey = { CAPS_LOCK: 1 };
  const INPUT_KEYBOARD_CONTROLLER = 'ohos.permission.INPUT_KEYBOARD_CONTROLLER';

  // A display joins all devices of a kind into one, so there is no more to tell.
  const common = { bus: 0, product: 0, vendor: 0, version: 0, phys: '', uniq: '', axisRanges: [] };
  const DEVICES = new Map([
    [0, { id: 0, name: 'Keyboard', sources: ['keyboard'], ...common }],
    [1, { id: 1, name: 'Pointer', sources: ['mouse'], ...common }],
  ]);
  const KEYBOARD = 0;
  const keys = new Set(Object.values(KeyCode));

  const deviceOf = (id) => DEVICES.get(id) ?? fail(401, 'Parameter error. There is no device of this id.');
  const info = (id) => ({ ...deviceOf(id), sources: [...deviceOf(id).sources], axisRanges: [] });
  const typeOf = (id) => (deviceOf(id).id === KEYBOARD ? KeyboardType.ALPHABETIC_KEYBOARD : KeyboardType.NONE);

  function supports(id, codes) {
    deviceOf(id);
    if (codes.length === 0 || codes.length > 5 || !codes.every((code) => typeof code === 'number')) {
      fail(401, 'Parameter error. "keys" must be one to five key codes.');
    }
    return codes.map((code) => id === KEYBOARD && keys.has(code));
  }

  const checkFunctionKey = (key) => {
    if (key !== FunctionKey.CAPS_LOCK) {
      fail(401, 'Parameter error. The function key is unknown.');
    }
  };

  return {
    KeyboardType, FunctionKey,
    ...declare([], {
      'getDeviceList(): Promise': () => [...DEVICES.keys()],
      'getDeviceInfo(deviceId: number): Promise': info,
      'getDeviceInfoSync(deviceId: number)': info,
      'supportKeys(deviceId: number, keys: array): Promise': supports,
      'supportKeysSync(deviceId: number, keys: array)': supports,
      'getKeyboardType(deviceId: number): Promise': typeOf,
      'getKeyboardTypeSync(deviceId: number)': typeOf,
      'getIntervalSinceLastInput(): Promise': () => 0,
      'isFunctionKeyEnabled(functionKey: number): Promise': (key) => {
        checkFunctionKey(key);
        return false;
      },
      // Before API 9.
      'getDeviceIds(): Promise': () => [...DEVICES.keys()],
      'getDevice(deviceId: number): Promise': info,
    }),
    ...declare([INPUT_KEYBOARD_CONTROLLER], {
      'setFunctionKeyEnabled(functionKey: number, enabled: boolean): Promise': (key) => {
        checkFunctionKey(key);
        fail(3900003, 'The keys of the desktop are not set by apps.');
      },
    }),
    ...events(['change']),
  };
})
