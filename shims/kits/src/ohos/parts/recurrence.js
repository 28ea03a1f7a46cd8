// @concord:kits/recurrence: when an event of a calendar happens.
(function () {
  'use strict';
  const [YEARLY, MONTHLY, WEEKLY, DAILY] = [0, 1, 2, 3];
  const DAY = 86400000;
  // A rule that goes on for ever, or that never fits, is followed so far at most.
  const MOST_STEPS = 20000;

  // Times at which the n-th period after `start` has the event. Days of the week are 1 for Monday to 7.
  function candidates(start, rule, step) {
    const date = new Date(start);
    const interval = Math.max(1, rule.interval ?? 1);
    const at = (year, month, day) => {
      const moved = new Date(start);
      moved.setFullYear(year, month, day);
      return moved.getMonth() === ((month % 12) + 12) % 12 ? moved.getTime() : undefined;
    };
    const listed = (list) => (Array.isArray(list) && list.length > 0 ? list : undefined);
    switch (rule.recurrenceFrequency) {
      case DAILY: {
        const moved = new Date(start);
        moved.setDate(date.getDate() + step * interval);
        return [moved.getTime()];
      }
      case WEEKLY: {
        const monday = date.getDate() - ((date.getDay() + 6) % 7) + step * interval * 7;
        const days = listed(rule.daysOfWeek) ?? [((date.getDay() + 6) % 7) + 1];
        return days.map((day) => {
          const moved = new Date(start);
          moved.setDate(monday + day - 1);
          return moved.getTime();
        });
      }
      case MONTHLY: {
        const days = listed(rule.daysOfMonth) ?? [date.getDate()];
        return days.map((day) => at(date.getFullYear(), date.getMonth() + step * interval, day));
      }
      case YEARLY: {
        const months = listed(rule.monthsOfYear)?.map((month) => month - 1) ?? [date.getMonth()];
        const days = listed(rule.daysOfMonth) ?? [date.getDate()];
        const byDay = listed(rule.daysOfYear)?.map((day) => at(date.getFullYear() + step * interval, 0, 1) + (day - 1) * DAY);
        return byDay ?? months.flatMap((month) => days.map((day) => at(date.getFullYear() + step * interval, month, day)));
      }
      default:
        return [];
    }
  }

  const isSameDay = (one, other) => new Date(one).toDateString() === new Date(other).toDateString();

  // `[start, end]` of each time at which `event` happens between `from` and `to` (ms); the first one only when that is enough.
  function instances(event, from, to, isOneEnough = false) {
    const { startTime, endTime, recurrenceRule: rule } = event;
    const duration = endTime - startTime;
    const isIn = (start) => start <= to && start + duration >= from;
    if (rule === undefined || rule === null) {
      return isIn(startTime) ? [[startTime, endTime]] : [];
    }
    const found = [];
    const last = Math.min(to, rule.expire > 0 ? rule.expire : Infinity);
    let left = rule.count > 0 ? rule.count : Infinity;
    for (let step = 0; step < MOST_STEPS && left > 0; step++) {
      const times = candidates(startTime, rule, step).filter((time) => time !== undefined && time >= startTime).sort((a, b) => a - b);
      for (const start of times) {
        if (start > last || left <= 0) {
          return found;
        }
        left -= 1;
        if (isIn(start) && !(rule.excludedDates ?? []).some((date) => isSameDay(date, start))) {
          found.push([start, start + duration]);
          if (isOneEnough) {
            return found;
          }
        }
      }
    }
    return found;
  }

  return { instances };
})
