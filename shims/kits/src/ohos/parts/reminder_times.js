// @concord:kits/reminder-times: when a reminder comes.
(function () {
  'use strict';
  const [TIMER, CALENDAR, ALARM] = [0, 1, 2];
  const DAYS = 7;
  // Years in which a date may come again: the 29th of February waits for eight at most.
  const MOST_MONTHS = 12 * 9;

  // 1 for Monday to 7.
  const dayOfWeek = (date) => ((date.getDay() + 6) % DAYS) + 1;
  const isSameDay = (date, time) => date.toDateString() === new Date(time).toDateString();

  function alarm({ hour, minute, daysOfWeek = [] }, now) {
    for (let ahead = 0; ahead <= DAYS; ahead++) {
      const date = new Date(now);
      date.setDate(date.getDate() + ahead);
      date.setHours(hour, minute, 0, 0);
      if (date.getTime() > now && (daysOfWeek.length === 0 || daysOfWeek.includes(dayOfWeek(date)))) {
        return date.getTime();
      }
    }
    return undefined;
  }

  // Days of months repeat every month or in those that are listed, days of the week every week.
  function calendar({ dateTime, repeatMonths = [], repeatDays = [], daysOfWeek = [], endDateTime }, now, excluded) {
    const { year, month, day, hour, minute, second = 0 } = dateTime;
    const first = new Date(year, month - 1, day, hour, minute, second).getTime();
    const end = endDateTime ? new Date(endDateTime.year, endDateTime.month - 1, endDateTime.day, endDateTime.hour, endDateTime.minute).getTime() : Infinity;
    const isFree = (date) => !excluded.some((time) => isSameDay(date, time));
    if (first > now && isFree(new Date(first))) {
      return first;
    }
    if (repeatMonths.length === 0 && repeatDays.length === 0 && daysOfWeek.length === 0) {
      return undefined;
    }
    const start = new Date(Math.max(now, first));
    for (let ahead = 0; ahead < MOST_MONTHS * 31; ahead++) {
      const date = new Date(start.getFullYear(), start.getMonth(), start.getDate() + ahead, hour, minute, second);
      const fits = daysOfWeek.length > 0 ? daysOfWeek.includes(dayOfWeek(date))
        : (repeatMonths.length === 0 || repeatMonths.includes(date.getMonth() + 1)) &&
          (repeatDays.length > 0 ? repeatDays : [day]).includes(date.getDate());
      if (date.getTime() > end) {
        return undefined;
      }
      if (fits && date.getTime() > now && isFree(date)) {
        return date.getTime();
      }
    }
    return undefined;
  }

  return {
    // Milliseconds since 1970 after `now`; undefined when it does not come again.
    nextTime(request, now, excluded) {
      switch (request.reminderType) {
        case TIMER:
          return now + request.triggerTimeInSeconds * 1000;
        case CALENDAR:
          return calendar(request, now, excluded);
        case ALARM:
          return alarm(request, now);
        default:
          return undefined;
      }
    },
  };
})
