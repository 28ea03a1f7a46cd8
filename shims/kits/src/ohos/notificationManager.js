// @ohos:notificationManager: notifications are kept by the process and shown to nobody.
(function (host, system) {
  'use strict';

  const SlotType = {
    UNKNOWN_TYPE: 0, SOCIAL_COMMUNICATION: 1, SERVICE_INFORMATION: 2, CONTENT_INFORMATION: 3, LIVE_VIEW: 4, CUSTOMER_SERVICE: 5,
    OTHER_TYPES: 0xffff,
  };
  const ContentType = {
    NOTIFICATION_CONTENT_BASIC_TEXT: 0, NOTIFICATION_CONTENT_LONG_TEXT: 1, NOTIFICATION_CONTENT_PICTURE: 2,
    NOTIFICATION_CONTENT_CONVERSATION: 3, NOTIFICATION_CONTENT_MULTILINE: 4, NOTIFICATION_CONTENT_SYSTEM_LIVE_VIEW: 5,
    NOTIFICATION_CONTENT_LIVE_VIEW: 6,
  };
  const SlotLevel = { LEVEL_NONE: 0, LEVEL_MIN: 1, LEVEL_LOW: 2, LEVEL_DEFAULT: 3, LEVEL_HIGH: 4 };
  const PriorityNotificationType = {
    OTHER: 'OTHER', PRIMARY_CONTACT: 'PRIMARY_CONTACT', AT_ME: 'AT_ME', URGENT_MESSAGE: 'URGENT_MESSAGE',
    SCHEDULE_REMINDER: 'SCHEDULE_REMINDER',
  };

  const fail = (code, message) => {
    throw new system.BusinessError(code, message);
  };
  const callbackOf = (args) => args.find((arg) => typeof arg === 'function');
  const answer = (args, f) => system.async(f, callbackOf(args));

  const shown = new Map();
  const slots = new Map();
  let enabled = false;
  let badge = 0;

  const keyOf = (id, label) => JSON.stringify([label ?? '', id]);

  function publish(request, ...rest) {
    if (typeof request !== 'object' || request === null || typeof request.content !== 'object' || request.content === null) {
      fail(401, 'Parameter error. The type of request must be NotificationRequest.');
    }
    return answer(rest, () => {
      if (!enabled) fail(1600004, 'Notification is not enabled.');
      const id = request.id ?? 0;
      shown.set(keyOf(id, request.label), { ...request, id, deliveryTime: Date.now() });
    });
  }

  function cancel(id, ...rest) {
    if (typeof id !== 'number') fail(401, 'Parameter error. The type of id must be number.');
    const label = typeof rest[0] === 'string' ? rest[0] : undefined;
    return answer(rest, () => {
      if (!shown.delete(keyOf(id, label))) fail(1600007, 'The notification does not exist.');
    });
  }

  function addSlot(type, ...rest) {
    const slot = typeof type === 'object' ? type : { notificationType: type };
    return answer(rest, () => {
      if (!Object.values(SlotType).includes(slot.notificationType)) fail(401, 'Parameter error. The slot type is unknown.');
      slots.set(slot.notificationType, { notificationLevel: SlotLevel.LEVEL_DEFAULT, enabled: true, ...slot });
    });
  }

  return {
    SlotType, ContentType, SlotLevel, PriorityNotificationType, publish, cancel, addSlot,
    cancelAll: (...args) => answer(args, () => shown.clear()),
    cancelGroup: (name, ...args) => answer(args, () => {
      for (const [key, request] of shown) {
        if (request.groupName === name) shown.delete(key);
      }
    }),
    getSlot: (type, ...args) => answer(args, () => slots.get(type)),
    getSlots: (...args) => answer(args, () => [...slots.values()]),
    removeSlot: (type, ...args) => answer(args, () => {
      slots.delete(type);
    }),
    removeAllSlots: (...args) => answer(args, () => slots.clear()),
    isNotificationEnabled: (...args) => answer(args, () => enabled),
    isNotificationEnabledSync: () => enabled,
    // Nobody is there to refuse.
    requestEnableNotification: (...args) => answer(args, () => {
      enabled = true;
    }),
    getActiveNotificationCount: (...args) => answer(args, () => shown.size),
    getActiveNotifications: (...args) => answer(args, () => [...shown.values()]),
    isSupportTemplate: (name, ...args) => answer(args, () => name === 'downloadTemplate'),
    isDistributedEnabled: (...args) => answer(args, () => false),
    setBadgeNumber: (number, ...args) => answer(args, () => {
      badge = number;
    }),
    getBadgeNumber: (...args) => answer(args, () => badge),
    getNotificationSetting: () => system.async(() => ({ vibrationEnabled: true, soundEnabled: true })),
    openNotificationSettings: () => system.async(() => undefined),
  };
})
