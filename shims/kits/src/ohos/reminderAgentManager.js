// @ohos:reminderAgentManager: reminders, which come as notifications while the app runs; those that were due meanwhile come when it starts.
(function (host, system) {
  'use strict';
  const { declare, fail } = system.require('@concord:kits/declared');
  const { nextTime } = system.require('@concord:kits/reminder-times');
  const notifications = () => system.require('@ohos:notificationManager');

  const ActionButtonType = { ACTION_BUTTON_TYPE_CLOSE: 0, ACTION_BUTTON_TYPE_SNOOZE: 1 };
  const ReminderType = { REMINDER_TYPE_TIMER: 0, REMINDER_TYPE_CALENDAR: 1, REMINDER_TYPE_ALARM: 2 };
  const RingChannel = { RING_CHANNEL_ALARM: 0, RING_CHANNEL_MEDIA: 1, RING_CHANNEL_NOTIFICATION: 2 };
  const PUBLISH_AGENT_REMINDER = ['ohos.permission.PUBLISH_AGENT_REMINDER'];
  const MOST_REMINDERS = 30;
  // The longest time that a timer can wait for.
  const LONGEST_TIMER = 2147483647;
  const SERVICE_INFORMATION = 2;

  const records = system.require('@concord:kits/records')('reminders', () => ({ next: 1, reminders: [] }));
  const wrong = (what) => fail(401, `Parameter error. ${what}`);
  const notFound = () => fail(1700003, 'The reminder does not exist.');
  const inRange = (value, least, most) => Number.isInteger(value) && value >= least && value <= most;

  const CHECKS = {
    [ReminderType.REMINDER_TYPE_TIMER]: ({ triggerTimeInSeconds }) => triggerTimeInSeconds > 0 || wrong('"triggerTimeInSeconds" must be more than 0.'),
    [ReminderType.REMINDER_TYPE_CALENDAR]: ({ dateTime }) => (inRange(dateTime?.year, 1970, 9999) && inRange(dateTime.month, 1, 12) &&
      inRange(dateTime.day, 1, 31) && inRange(dateTime.hour, 0, 23) && inRange(dateTime.minute, 0, 59)) || wrong('"dateTime" is no date.'),
    [ReminderType.REMINDER_TYPE_ALARM]: ({ hour, minute, daysOfWeek }) => (inRange(hour, 0, 23) && inRange(minute, 0, 59) &&
      (daysOfWeek ?? []).every((day) => inRange(day, 1, 7))) || wrong('"hour", "minute" or "daysOfWeek" is out of range.'),
  };

  function check(request) {
    (CHECKS[request.reminderType] ?? (() => wrong('"reminderType" must be one of ReminderType.')))(request);
    if ((request.actionButton ?? []).length > 3) {
      wrong('There may be three buttons.');
    }
    return JSON.parse(JSON.stringify(request));
  }

  const timers = new Map();
  function disarm(id) {
    clearTimeout(timers.get(id));
    timers.delete(id);
  }

  function arm({ id, due }) {
    disarm(id);
    const wait = Math.max(0, due - Date.now());
    timers.set(id, setTimeout(() => (wait > LONGEST_TIMER ? arm({ id, due }) : fire(id)), Math.min(wait, LONGEST_TIMER)));
  }

  function show({ id, request }) {
    const { title, content, notificationId, slotType } = request;
    notifications().publish({
      id: notificationId ?? id,
      notificationSlotType: slotType ?? SERVICE_INFORMATION,
      content: { notificationContentType: 0, normal: { title: title || ' ', text: content || ' ' } },
    }, (error) => error && system.report(`@ohos:reminderAgentManager: ${error.message}`));
  }

  // Timers come once, and so do alarms without days.
  const repeats = ({ reminderType, daysOfWeek = [] }) => reminderType === ReminderType.REMINDER_TYPE_CALENDAR ||
    (reminderType === ReminderType.REMINDER_TYPE_ALARM && daysOfWeek.length > 0);

  // It is time: shows it, and says when it comes next.
  function fire(id) {
    timers.delete(id);
    const reminder = records.change(({ reminders }) => {
      const index = reminders.findIndex((other) => other.id === id);
      const found = reminders[index];
      if (found === undefined) {
        return undefined;
      }
      const { snoozeTimes, timeInterval } = found.request;
      const { snoozed = 0 } = found;
      const again = snoozed < (snoozeTimes ?? 0) && timeInterval > 0 ? Date.now() + timeInterval * 1000 : undefined;
      const due = again ?? (repeats(found.request) ? nextTime(found.request, Date.now(), found.excluded) : undefined);
      if (due === undefined) {
        reminders.splice(index, 1);
      } else {
        Object.assign(found, { due, snoozed: again === undefined ? 0 : snoozed + 1 });
      }
      return { ...found, isOver: due === undefined };
    });
    if (reminder !== undefined) {
      show(reminder);
      if (!reminder.isOver) {
        arm(reminder);
      }
    }
  }

  function publish(wanted) {
    const request = check(wanted);
    const due = nextTime(request, Date.now(), []) ?? wrong('The reminder would never come.');
    const reminder = records.change((all) => {
      if (all.reminders.length >= MOST_REMINDERS) {
        fail(1700002, 'The number of reminders exceeds the limit.');
      }
      const created = { id: all.next++, request, due, excluded: [] };
      all.reminders.push(created);
      return created;
    });
    arm(reminder);
    return reminder.id;
  }

  const changed = (id, f) => records.change(({ reminders }) => f(reminders.find((other) => other.id === id) ?? notFound(), reminders));
  const found = (id) => records.get().reminders.find((other) => other.id === id) ?? notFound();

  function update(id, wanted) {
    const request = check(wanted);
    const due = nextTime(request, Date.now(), []) ?? wrong('The reminder would never come.');
    arm(changed(id, (reminder) => Object.assign(reminder, { request, due, snoozed: 0 })));
  }

  function cancel(id) {
    changed(id, (reminder, reminders) => reminders.splice(reminders.indexOf(reminder), 1));
    disarm(id);
  }

  function cancelAll() {
    records.change((all) => {
      all.reminders = [];
    });
    [...timers.keys()].forEach(disarm);
  }

  const isCalendar = ({ request }) => request.reminderType === ReminderType.REMINDER_TYPE_CALENDAR;
  function exclude(id, date) {
    if (!(date instanceof Date) || Number.isNaN(date.getTime())) {
      wrong('The type of "date" must be Date.');
    }
    arm(changed(id, (reminder) => {
      if (!isCalendar(reminder)) {
        wrong('The reminder is none of a calendar.');
      }
      reminder.excluded.push(date.getTime());
      reminder.due = nextTime(reminder.request, Date.now(), reminder.excluded) ?? reminder.due;
      return reminder;
    }));
  }

  // Reminders of an earlier run.
  records.get().reminders.forEach(arm);

  return {
    ActionButtonType, ReminderType, RingChannel,
    ...declare(PUBLISH_AGENT_REMINDER, {
      'publishReminder(reminderReq: object): Promise': publish,
      'updateReminder(reminderId: number, reminderReq: object): Promise': update,
      'addExcludeDate(reminderId: number, date: object): Promise': exclude,
      'deleteExcludeDates(reminderId: number): Promise': (id) => changed(id, (reminder) => {
        reminder.excluded = [];
      }),
      'getExcludeDates(reminderId: number): Promise': (id) => found(id).excluded.map((time) => new Date(time)),
      'getAllValidReminders(): Promise': () => records.get().reminders.map(({ id, request }) => ({ reminderId: id, reminderReq: request })),
    }),
    ...declare([], {
      'cancelReminder(reminderId: number): Promise': cancel,
      'getValidReminders(): Promise': () => records.get().reminders.map(({ request }) => request),
      'cancelAllReminders(): Promise': cancelAll,
      'addNotificationSlot(slot: object): Promise': ({ notificationType, type }) => notifications().addSlot(notificationType ?? type),
      'removeNotificationSlot(slotType: number): Promise': (type) => notifications().removeSlot(type),
    }),
  };
})
