// @ohos:notificationManager: what apps publish is shown by the desktop, where there is one, and listed here.
(function (host, system) {
  'use strict';
  const desktop = system.require('@concord:kits/shown-notifications');
  const { info } = system.require('@concord:process');
  const app = system.require('@concord:kits/app-label');

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
  // Levels of slots that are named by their type only.
  const LEVELS = new Map([
    [SlotType.SOCIAL_COMMUNICATION, SlotLevel.LEVEL_HIGH], [SlotType.SERVICE_INFORMATION, SlotLevel.LEVEL_HIGH],
    [SlotType.CONTENT_INFORMATION, SlotLevel.LEVEL_LOW], [SlotType.LIVE_VIEW, SlotLevel.LEVEL_DEFAULT],
    [SlotType.CUSTOMER_SERVICE, SlotLevel.LEVEL_DEFAULT], [SlotType.OTHER_TYPES, SlotLevel.LEVEL_MIN],
  ]);
  // `action` of the message itself; buttons have their index.
  const DEFAULT_ACTION = 'default';
  const MOST_BUTTONS = 3;
  const LARGEST_BADGE = 99;

  const fail = (code, message) => {
    throw new system.BusinessError(code, message);
  };
  const callbackOf = (args) => args.find((arg) => typeof arg === 'function');
  const answer = (args, f) => system.async(f, callbackOf(args));
  const isObject = (value) => typeof value === 'object' && value !== null;

  // By keys, in the order of publishing.
  const shown = new Map();
  const slots = new Map();
  let enabled = false;
  let badge = 0;
  let listening = false;

  const keyOf = (id, label) => JSON.stringify([label ?? '', id]);

  // The part of a content that its type names, and the lines that a desktop shows of it.
  const CONTENTS = new Map([
    [ContentType.NOTIFICATION_CONTENT_BASIC_TEXT, ['normal', (content) => [content.title, content.text]]],
    [ContentType.NOTIFICATION_CONTENT_LONG_TEXT,
      ['longText', (content) => [content.expandedTitle || content.title, content.longText || content.text]]],
    [ContentType.NOTIFICATION_CONTENT_PICTURE,
      ['picture', (content) => [content.expandedTitle || content.title, content.briefText || content.text]]],
    [ContentType.NOTIFICATION_CONTENT_MULTILINE,
      ['multiLine', (content) => [content.longTitle || content.title, ...[content.lines ?? content.text].flat()]]],
  ]);

  const invalidContent = () => fail(401, 'Parameter error. The content does not fit its type, or its title or text is missing.');

  function partOf(content) {
    const type = content.notificationContentType ?? content.contentType;
    if (type === ContentType.NOTIFICATION_CONTENT_SYSTEM_LIVE_VIEW || type === ContentType.NOTIFICATION_CONTENT_LIVE_VIEW) {
      fail(1600014, 'No permission.');
    }
    const [name, lines] = CONTENTS.get(type) ?? invalidContent();
    const part = content[name];
    if (!isObject(part) || typeof part.title !== 'string' || part.title === '' || typeof part.text !== 'string' || part.text === '') {
      invalidContent();
    }
    return { part, lines: lines(part) };
  }

  function slotOf(type) {
    if (!slots.has(type)) {
      slots.set(type, { notificationType: type, notificationLevel: LEVELS.get(type), enabled: true });
    }
    return slots.get(type);
  }

  function progressOf(template) {
    const { progressValue, progressMaxValue = 100 } = template?.data ?? {};
    return typeof progressValue === 'number' ? (progressValue / progressMaxValue) * 100 : undefined;
  }

  function show(key, request, { part, lines }, level) {
    if (!listening) {
      listening = true;
      desktop.listen(happened);
    }
    const [title, ...rest] = lines;
    const buttons = Array.isArray(request.actionButtons) ? request.actionButtons.slice(0, MOST_BUTTONS) : [];
    desktop.show({
      key, title: String(title), text: [...rest, part.additionalText].filter((line) => line !== undefined && line !== '').join('\n'),
      appName: app.label, buttons: buttons.map((button) => String(button?.title ?? '')), pressable: request.wantAgent !== undefined,
      urgency: level <= SlotLevel.LEVEL_LOW ? -1 : 0, silent: level <= SlotLevel.LEVEL_LOW, progress: progressOf(request.template),
    }, part.picture ?? request.largeIcon);
  }

  // Somebody pressed a message or put it away.
  function happened({ key, action }) {
    const request = shown.get(key);
    if (!request) {
      return;
    }
    if (action === undefined) {
      shown.delete(key);
      return;
    }
    const agent = action === DEFAULT_ACTION ? request.wantAgent : request.actionButtons?.[Number(action)]?.wantAgent;
    if (agent) {
      const wantAgent = system.require('@ohos:app.ability.wantAgent');
      const extra = action === DEFAULT_ACTION ? undefined : { code: 0, extraInfos: request.actionButtons[Number(action)].extras };
      try {
        wantAgent.trigger(agent, extra, () => undefined);
      } catch {
        // Not an agent: there is nothing to start.
      }
    }
    if (request.tapDismissed !== false && request.isOngoing !== true) {
      remove(key);
    }
  }

  function remove(key) {
    if (shown.delete(key)) {
      desktop.withdraw(key);
      return true;
    }
    return false;
  }

  function setBadge(number) {
    badge = Math.max(0, Math.trunc(number));
    desktop.setBadge(Math.min(badge, LARGEST_BADGE));
  }

  function publish(request, ...rest) {
    if (!isObject(request) || !isObject(request.content)) {
      fail(401, 'Parameter error. The type of request must be NotificationRequest.');
    }
    const content = partOf(request.content);
    const type = request.notificationSlotType ?? request.slotType ?? SlotType.OTHER_TYPES;
    if (!LEVELS.has(type)) {
      fail(401, 'Parameter error. The slot type is unknown.');
    }
    return answer(rest, () => {
      if (!enabled) fail(1600004, 'Notification is not enabled.');
      const slot = slotOf(type);
      if (slot.enabled === false) fail(1600005, 'Notification slot is not enabled.');
      const id = request.id ?? 0;
      const key = keyOf(id, request.label);
      const again = shown.has(key);
      shown.delete(key);
      shown.set(key, {
        ...request, id, deliveryTime: request.deliveryTime ?? Date.now(), notificationSlotType: type,
        creatorBundleName: info.bundleName, creatorPid: info.pid, creatorUid: info.uid,
      });
      show(key, request, content, again && request.isAlertOnce === true ? SlotLevel.LEVEL_LOW : slot.notificationLevel);
      if (typeof request.badgeNumber === 'number' && request.badgeNumber > 0) {
        setBadge(badge + request.badgeNumber);
      }
      if (typeof request.autoDeletedTime === 'number' && request.autoDeletedTime > Date.now()) {
        setTimeout(() => remove(key), request.autoDeletedTime - Date.now());
      }
    });
  }

  function cancel(id, ...rest) {
    if (typeof id !== 'number') fail(401, 'Parameter error. The type of id must be number.');
    const label = typeof rest[0] === 'string' ? rest[0] : undefined;
    return answer(rest, () => {
      if (!remove(keyOf(id, label))) fail(1600007, 'The notification does not exist.');
    });
  }

  function addSlot(type, ...rest) {
    const slot = isObject(type) ? type : { notificationType: type };
    const known = slot.notificationType ?? slot.type;
    return answer(rest, () => {
      if (!LEVELS.has(known)) fail(401, 'Parameter error. The slot type is unknown.');
      slots.set(known, { notificationType: known, notificationLevel: slot.level ?? LEVELS.get(known), enabled: true, ...slot });
    });
  }

  function checkNumber(name, value) {
    if (typeof value !== 'number' || !Number.isFinite(value)) fail(401, `Parameter error. The type of ${name} must be number.`);
  }

  return {
    SlotType, ContentType, SlotLevel, PriorityNotificationType, publish, cancel, addSlot,
    cancelAll: (...args) => answer(args, () => [...shown.keys()].forEach(remove)),
    cancelGroup(name, ...args) {
      if (typeof name !== 'string') fail(401, 'Parameter error. The type of groupName must be string.');
      return answer(args, () => {
        for (const [key, request] of [...shown]) {
          if (request.groupName === name) remove(key);
        }
      });
    },
    getSlot: (type, ...args) => answer(args, () => slots.get(type)),
    getSlots: (...args) => answer(args, () => [...slots.values()]),
    removeSlot: (type, ...args) => answer(args, () => {
      slots.delete(type);
    }),
    removeAllSlots: (...args) => answer(args, () => slots.clear()),
    isNotificationEnabled: (...args) => answer(args, () => enabled),
    isNotificationEnabledSync: () => enabled,
    // Nobody is asked: desktops have switches of their own.
    requestEnableNotification: (...args) => answer(args, () => {
      enabled = true;
    }),
    getActiveNotificationCount: (...args) => answer(args, () => shown.size),
    getActiveNotifications: (...args) => answer(args, () => [...shown.values()]),
    isSupportTemplate: (name, ...args) => answer(args, () => name === 'downloadTemplate'),
    isDistributedEnabled: (...args) => answer(args, () => false),
    setBadgeNumber(number, ...args) {
      checkNumber('badgeNumber', number);
      return answer(args, () => setBadge(number));
    },
    getBadgeNumber: (...args) => answer(args, () => badge),
    getNotificationSetting: () => system.async(() => ({ vibrationEnabled: true, soundEnabled: true })),
    openNotificationSettings: () => system.async(() => undefined),
  };
})
