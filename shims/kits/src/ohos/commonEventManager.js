// @ohos:commonEventManager: within the process, as long as there is no session service.
(function (host, system) {
  'use strict';

  const { info } = system.require('@concord:process');
  const { display } = system.require('@concord:kits');

  const NAMES = `
    BOOT_COMPLETED LOCKED_BOOT_COMPLETED SHUTDOWN BATTERY_CHANGED BATTERY_LOW BATTERY_OKAY POWER_CONNECTED POWER_DISCONNECTED
    SCREEN_OFF SCREEN_ON THERMAL_LEVEL_CHANGED ENTER_FORCE_SLEEP EXIT_FORCE_SLEEP ENTER_HIBERNATE EXIT_HIBERNATE TIME_TICK
    TIME_CHANGED DATE_CHANGED TIMEZONE_CHANGED CLOSE_SYSTEM_DIALOGS PACKAGE_ADDED PACKAGE_REPLACED MY_PACKAGE_REPLACED
    PACKAGE_REMOVED BUNDLE_REMOVED PACKAGE_FULLY_REMOVED PACKAGE_CHANGED PACKAGE_RESTARTED PACKAGE_DATA_CLEARED
    PACKAGE_CACHE_CLEARED PACKAGES_SUSPENDED PACKAGES_UNSUSPENDED MY_PACKAGE_SUSPENDED MY_PACKAGE_UNSUSPENDED UID_REMOVED
    PACKAGE_FIRST_LAUNCH PACKAGE_NEEDS_VERIFICATION PACKAGE_VERIFIED EXTERNAL_APPLICATIONS_AVAILABLE
    EXTERNAL_APPLICATIONS_UNAVAILABLE CONFIGURATION_CHANGED LOCALE_CHANGED MANAGE_PACKAGE_STORAGE DRIVE_MODE HOME_MODE
    OFFICE_MODE USER_STARTED USER_BACKGROUND USER_FOREGROUND USER_SWITCHED USER_STARTING USER_UNLOCKED USER_STOPPING USER_STOPPED
    DISTRIBUTED_ACCOUNT_LOGIN DISTRIBUTED_ACCOUNT_LOGOUT DISTRIBUTED_ACCOUNT_TOKEN_INVALID DISTRIBUTED_ACCOUNT_LOGOFF
    WIFI_POWER_STATE WIFI_SCAN_FINISHED WIFI_RSSI_VALUE WIFI_CONN_STATE WIFI_HOTSPOT_STATE WIFI_AP_STA_JOIN WIFI_AP_STA_LEAVE
    WIFI_MPLINK_STATE_CHANGE WIFI_P2P_CONN_STATE WIFI_P2P_STATE_CHANGED WIFI_P2P_PEERS_STATE_CHANGED
    WIFI_P2P_PEERS_DISCOVERY_STATE_CHANGED WIFI_P2P_CURRENT_DEVICE_STATE_CHANGED WIFI_P2P_GROUP_STATE_CHANGED
    BLUETOOTH_HOST_SCAN_MODE_CHANGE NFC_ACTION_ADAPTER_STATE_CHANGED NFC_ACTION_RF_FIELD_ON_DETECTED
    NFC_ACTION_RF_FIELD_OFF_DETECTED DISCHARGING CHARGING DEVICE_IDLE_MODE_CHANGED CHARGE_IDLE_MODE_CHANGED
    POWER_SAVE_MODE_CHANGED USER_ADDED USER_REMOVED ABILITY_ADDED ABILITY_REMOVED ABILITY_UPDATED LOCATION_MODE_STATE_CHANGED
    IVI_SLEEP IVI_PAUSE IVI_STANDBY IVI_LASTMODE_SAVE IVI_VOLTAGE_ABNORMAL IVI_HIGH_TEMPERATURE IVI_EXTREME_TEMPERATURE
    IVI_TEMPERATURE_ABNORMAL IVI_VOLTAGE_RECOVERY IVI_TEMPERATURE_RECOVERY IVI_ACTIVE USB_STATE USB_PORT_CHANGED
    USB_DEVICE_ATTACHED USB_DEVICE_DETACHED USB_ACCESSORY_ATTACHED USB_ACCESSORY_DETACHED DISK_REMOVED DISK_UNMOUNTED
    DISK_MOUNTED DISK_BAD_REMOVAL DISK_UNMOUNTABLE DISK_EJECT VOLUME_REMOVED VOLUME_UNMOUNTED VOLUME_MOUNTED VOLUME_BAD_REMOVAL
    VOLUME_EJECT VISIBLE_ACCOUNTS_UPDATED ACCOUNT_DELETED FOUNDATION_READY AIRPLANE_MODE_CHANGED SPLIT_SCREEN SLOT_CHANGE
    SPN_INFO_CHANGED QUICK_FIX_APPLY_RESULT QUICK_FIX_REVOKE_RESULT USER_INFO_UPDATED HTTP_PROXY_CHANGE SIM_STATE_CHANGED
    CALL_STATE_CHANGED NETWORK_STATE_CHANGED SIGNAL_INFO_CHANGED SCREEN_UNLOCKED SCREEN_LOCKED CONNECTIVITY_CHANGE
    BLUETOOTH_HANDSFREE_AG_CONNECT_STATE_CHANGE MINORSMODE_ON MINORSMODE_OFF DATA_SHARE_READY
    BLUETOOTH_A2DPSOURCE_CONNECT_STATE_CHANGE BLUETOOTH_A2DPSOURCE_AVRCP_CONNECT_STATE_CHANGE
    BLUETOOTH_A2DPSOURCE_CODEC_VALUE_CHANGE BLUETOOTH_A2DPSOURCE_PLAY_STATE_CHANGE BLUETOOTH_SCO_CONNECT_STATE_CHANGE
    BLUETOOTH_REMOTEDEVICE_ACL_STATE_CHANGE BLUETOOTH_REMOTEDEVICE_PAIR_STATE_CHANGE MANAGED_BROWSER_POLICY_CHANGED KIOSK_MODE_ON
    KIOSK_MODE_OFF TABLET_MODE_CHANGED VOLUME_DECRYPTED VOLUME_ENCRYPTED VOLUME_ENCRYPTION_POLICY_SET SKILL_CHANGED
    LID_STATE_CHANGED`.trim().split(/\s+/);

  /** Names follow one pattern but for these families. */
  function valueOf(name) {
    if (name.startsWith('WIFI_P2P_')) return `usual.event.wifi.p2p.${name.slice('WIFI_P2P_'.length)}`;
    if (name === 'WIFI_MPLINK_STATE_CHANGE') return 'usual.event.wifi.mplink.STATE_CHANGE';
    if (name === 'WIFI_AP_STA_JOIN') return 'usual.event.wifi.WIFI_HS_STA_JOIN';
    if (name === 'WIFI_AP_STA_LEAVE') return 'usual.event.wifi.WIFI_HS_STA_LEAVE';
    if (name.startsWith('WIFI_')) return `usual.event.wifi.${name.slice('WIFI_'.length)}`;
    if (name.startsWith('NFC_ACTION_')) return `usual.event.nfc.action.${name.slice('NFC_ACTION_'.length)}`;
    if (name.startsWith('USB_')) return `usual.event.hardware.usb.action.${name}`;
    if (/^(?:DISK|VOLUME)_/.test(name)) return `usual.event.data.${name}`;
    if (name === 'VISIBLE_ACCOUNTS_UPDATED' || name === 'ACCOUNT_DELETED') return `usual.event.data.${name}`;
    if (name.startsWith('DISTRIBUTED_ACCOUNT_')) return `common.event.${name}`;
    if (name === 'SPLIT_SCREEN') return 'common.event.SPLIT_SCREEN';
    return `usual.event.${name}`;
  }

  const Support = Object.fromEntries(NAMES.map((name) => [`COMMON_EVENT_${name}`, valueOf(name)]));
  const reserved = new Set(Object.values(Support));

  const fail = (code, message) => {
    throw new system.BusinessError(code, message);
  };
  const wrongType = (value, type) => fail(401, `Parameter error. The type of ${display(value)} must be ${type}.`);

  const systemEvents = system.require('@concord:kits/system-events');

  /** Subscribers that listen, in the order of subscription. */
  const active = new Map();
  const sticky = new Map();

  class CommonEventSubscriber {
    #info;
    // The event that is being delivered: {code, data, ordered, sticky, aborted, finish}.
    #event;

    constructor(subscribeInfo) {
      this.#info = { ...subscribeInfo, events: [...subscribeInfo.events] };
    }

    static isSubscriber(value) { return typeof value === 'object' && value !== null && #info in value; }
    static infoOf(subscriber) { return subscriber.#info; }

    static deliver(subscriber, event, callback) {
      subscriber.#event = event;
      const { code, data, name, bundleName, parameters } = event;
      callback.call(undefined, { code: 0 }, { event: name, bundleName, code, data, parameters: parameters ?? {} });
    }

    getCodeSync() { return this.#event?.code ?? 0; }
    setCodeSync(code) { if (this.#event?.ordered) this.#event.code = code; }
    getDataSync() { return this.#event?.data ?? ''; }
    setDataSync(data) { if (this.#event?.ordered) this.#event.data = data; }
    setCodeAndDataSync(code, data) { this.setCodeSync(code); this.setDataSync(data); }
    isOrderedCommonEventSync() { return this.#event?.ordered ?? false; }
    isStickyCommonEventSync() { return this.#event?.sticky ?? false; }
    abortCommonEventSync() { if (this.#event?.ordered) this.#event.aborted = true; }
    clearAbortCommonEventSync() { if (this.#event?.ordered) this.#event.aborted = false; }
    getAbortCommonEventSync() { return this.#event?.aborted ?? false; }
    getSubscribeInfoSync() { return { ...this.#info, events: [...this.#info.events] }; }

    finishCommonEvent(callback) {
      const { finish } = this.#event ?? {};
      return system.async(() => finish?.(), callback);
    }
  }
  for (const name of ['getCode', 'setCode', 'getData', 'setData', 'setCodeAndData', 'isOrderedCommonEvent', 'isStickyCommonEvent',
    'abortCommonEvent', 'clearAbortCommonEvent', 'getAbortCommonEvent', 'getSubscribeInfo']) {
    const sync = CommonEventSubscriber.prototype[`${name}Sync`];
    Object.defineProperty(CommonEventSubscriber.prototype, name, {
      value(...args) {
        const callback = typeof args.at(-1) === 'function' ? args.pop() : undefined;
        return system.async(() => sync.apply(this, args), callback);
      },
      writable: true,
      configurable: true,
    });
  }

  function createSubscriberSync(subscribeInfo) {
    if (typeof subscribeInfo !== 'object' || subscribeInfo === null || !Array.isArray(subscribeInfo.events)) {
      wrongType(subscribeInfo, 'CommonEventSubscribeInfo');
    }
    return new CommonEventSubscriber(subscribeInfo);
  }

  function createSubscriber(subscribeInfo, callback) {
    const subscriber = createSubscriberSync(subscribeInfo);
    return system.async(() => subscriber, callback);
  }

  function subscribe(subscriber, callback) {
    if (!CommonEventSubscriber.isSubscriber(subscriber)) wrongType(subscriber, 'CommonEventSubscriber');
    if (typeof callback !== 'function') wrongType(callback, 'function');
    systemEvents.wanted(CommonEventSubscriber.infoOf(subscriber).events);
    active.set(subscriber, callback);
    for (const event of sticky.values()) {
      if (CommonEventSubscriber.infoOf(subscriber).events.includes(event.name)) {
        system.later(() => CommonEventSubscriber.deliver(subscriber, { ...event }, callback));
      }
    }
  }

  function unsubscribe(subscriber, callback) {
    if (!CommonEventSubscriber.isSubscriber(subscriber)) wrongType(subscriber, 'CommonEventSubscriber');
    return system.async(() => {
      active.delete(subscriber);
    }, callback);
  }

  function receivers(event) {
    return [...active].filter(([subscriber]) => {
      const wanted = CommonEventSubscriber.infoOf(subscriber);
      return wanted.events.includes(event.name) && (!wanted.publisherBundleName || wanted.publisherBundleName === info.bundleName);
    });
  }

  function dispatch(event) {
    if (!event.ordered) {
      for (const [subscriber, callback] of receivers(event)) {
        system.later(() => active.has(subscriber) && CommonEventSubscriber.deliver(subscriber, { ...event }, callback));
      }
      return;
    }
    const priority = ([subscriber]) => CommonEventSubscriber.infoOf(subscriber).priority ?? 0;
    const queue = receivers(event).sort((a, b) => priority(b) - priority(a));
    const next = () => {
      if (event.aborted || queue.length === 0) return;
      const [subscriber, callback] = queue.shift();
      let finished = false;
      event.finish = () => {
        if (finished) return;
        finished = true;
        system.later(next);
      };
      CommonEventSubscriber.deliver(subscriber, event, callback);
    };
    system.later(next);
  }

  function publish(event, ...args) {
    if (typeof event !== 'string') wrongType(event, 'string');
    const callback = args.find((arg) => typeof arg === 'function');
    const options = typeof args[0] === 'object' && args[0] !== null ? args[0] : {};
    return system.async(() => {
      if (reserved.has(event)) fail(1500004, 'A third-party application cannot send system common events.');
      const published = {
        name: event, code: options.code ?? 0, data: options.data ?? '', parameters: options.parameters, ordered: options.isOrdered === true,
        sticky: options.isSticky === true, aborted: false, bundleName: options.bundleName ?? '',
      };
      if (published.sticky) sticky.set(event, published);
      dispatch(published);
    }, callback);
  }

  systemEvents.connect((name, parameters, isSticky) => {
    const event = { name, code: 0, data: '', parameters, ordered: false, sticky: isSticky, aborted: false, bundleName: '' };
    if (isSticky) sticky.set(name, event);
    dispatch(event);
  });

  return {
    Support, publish, createSubscriber, createSubscriberSync, subscribe, unsubscribe,
    subscribeToEvent: (event, callback) => {
      const subscriber = createSubscriberSync({ events: [event] });
      subscribe(subscriber, (error, data) => callback(data));
      return subscriber;
    },
    removeStickyCommonEvent: (event, callback) => system.async(() => fail(201, 'Permission denied.'), callback),
    setStaticSubscriberState: (enable, callback) => system.async(() => fail(202, 'Not System Application.'), callback),
  };
})
