// @ohos:settings: settings of the device, of which apps may read some.
(function (host, system) {
  'use strict';
  const { declare, fail } = system.require('@concord:kits/declared');
  const process = system.require('@concord:process');

  const domainName = { DEVICE_SHARED: 'global', USER_PROPERTY: 'system' };
  const date = { TIME_FORMAT: 'settings.date.time_format' };
  const display = {
    FONT_SCALE: 'settings.display.font_scale', SCREEN_BRIGHTNESS_STATUS: 'settings.display.screen_brightness_status',
    AUTO_SCREEN_BRIGHTNESS: 'settings.display.auto_screen_brightness', AUTO_SCREEN_BRIGHTNESS_MODE: 1,
    MANUAL_SCREEN_BRIGHTNESS_MODE: 0, SCREEN_OFF_TIMEOUT: 'settings.display.screen_off_timeout',
  };
  const general = {
    ACCELEROMETER_ROTATION_STATUS: 'settings.general.accelerometer_rotation_status',
    DEVICE_NAME: 'settings.general.device_name',
  };
  const input = { ACTIVATED_INPUT_METHOD_SUB_MODE: 'settings.input.activated_input_method_submode' };
  // Names of these are for the system only.
  const [network, phone, sound, TTS, wireless] = [{}, {}, {}, {}, {}];

  const isClock12 = () => {
    try {
      return new Intl.DateTimeFormat(process.configuration.language, { hour: 'numeric' }).resolvedOptions().hour12 === true;
    } catch {
      return false;
    }
  };
  // What is known of the device, by name.
  const VALUES = new Map([
    [date.TIME_FORMAT, () => (isClock12() ? '12' : '24')],
    [display.FONT_SCALE, () => String(process.configuration.fontSizeScale)],
    [general.ACCELEROMETER_ROTATION_STATUS, () => '0'],
    [general.DEVICE_NAME, () => system.require('@ohos:deviceInfo').marketName],
  ]);
  const DOMAINS = new Set(Object.values(domainName));

  const checkDomain = (domain) => {
    if (domain !== undefined && !DOMAINS.has(domain)) {
      fail(401, 'Parameter error. "domainName" must be one of domainName.');
    }
  };
  function value(name, domain) {
    checkDomain(domain);
    return VALUES.get(name)?.();
  }
  const refused = (context, name, text, domain) => {
    checkDomain(domain);
    return fail(201, 'Permission denied. Only the system changes settings.');
  };
  // Nothing of this changes while an app runs.
  const observe = (context, name, domain) => {
    checkDomain(domain);
    return VALUES.has(name);
  };

  // Before API 9, data of an ability under an address.
  const getURI = (name) => `datashare:///com.ohos.settingsdata/entry/settingsdata/SETTINGSDATA?Proxy=true&key=${name}`;

  return {
    domainName, date, display, general, input, network, phone, sound, TTS, wireless,
    ...declare([], {
      'getValue(context: object, name: string, domainName?: string): Promise': (context, name, domain) => value(name, domain) ?? '',
      'getValueSync(context: object, name: string, defValue: string, domainName?: string)': (context, name, other, domain) =>
        value(name, domain) ?? other,
      'setValue(context: object, name: string, value: string, domainName?: string): Promise': refused,
      'setValueSync(context: object, name: string, value: string, domainName?: string)': refused,
      'registerKeyObserver(context: object, name: string, domainName: string, observer: function)': observe,
      'unregisterKeyObserver(context: object, name: string, domainName: string)': observe,
      'openNetworkManagerSettings(context: object): Promise': () => fail(14800000, 'Parameter error.'),
      'getURI(name: string): Promise': getURI,
      'getUriSync(name: string)': getURI,
      'canShowFloating(): Promise': () => true,
      'enableAirplaneMode(enable: boolean): Promise': () => fail(201, 'Permission denied. Only the system changes settings.'),
    }),
  };
})
