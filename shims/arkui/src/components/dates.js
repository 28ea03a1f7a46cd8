// @concord:arkui/components/dates: dates and times of pickers. The tree knows days and times as their parts; dates of the app are
// made here, and what languages and the lunar calendar say of them comes from the engine's Intl.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');

  const isDate = (value) => value instanceof Date && !Number.isNaN(value.getTime());
  const dayOf = (date) => (isDate(date) ? { year: date.getFullYear(), month: date.getMonth(), day: date.getDate() } : undefined);
  const timeOf = (date) => (isDate(date) ? { hour: date.getHours(), minute: date.getMinutes(), second: date.getSeconds() } : undefined);

  const fromDay = ({ year, month, day }) => {
    const now = new Date();
    return new Date(year, month, day, now.getHours(), now.getMinutes(), now.getSeconds());
  };
  const fromTime = ({ hour, minute, second }) => {
    const now = new Date();
    return new Date(now.getFullYear(), now.getMonth(), now.getDate(), hour, minute, second);
  };

  // `date`, `{value: date, changeEvent}`, or nothing: now.
  function selected(value, change, read, make) {
    const plain = isDate(value) || value === undefined || value === null;
    const told = (plain ? undefined : value.changeEvent ?? value.$value) ?? change;
    const date = (plain ? value : value.value) ?? new Date();
    return typeof told === 'function' ? { value: read(date), changeEvent: (parts) => told(make(parts)) } : read(date);
  }

  const DAY = 86_400_000;
  const NOON = DAY / 2;
  const UTC = { timeZone: 'UTC' };
  // Languages whose order is not that of their medium dates.
  const ORDERS = { ug: ['year', 'day', 'month'], ar: 'year month day'.split(' '), fa: 'year month day'.split(' '),
    ur: 'year month day'.split(' '), iw: 'year month day'.split(' '), he: 'year month day'.split(' ') };
  const known = new Map();

  // How the language of the app writes dates: {order, months, year, day, halves, weekdays}; the last two are texts that follow
  // numbers, names of the halves of the day, and short names of the days of the week from Sunday on.
  function language() {
    const locale = process.configuration.language;
    if (known.has(locale)) {
      return known.get(locale);
    }
    const format = (options) => new Intl.DateTimeFormat(locale, { ...UTC, numberingSystem: 'latn', ...options });
    const partsOf = (options, date) => format(options).formatToParts(date);
    const date = new Date(Date.UTC(2023, 10, 25, 12));
    const suffix = (options, type) => {
      const parts = partsOf(options, date);
      const at = parts.findIndex((part) => part.type === type);
      return parts[at + 1]?.type === 'literal' ? parts[at + 1].value.trim() : '';
    };
    const made = {
      order: ORDERS[locale.split('-')[0]] ?? partsOf({ dateStyle: 'medium' }, date).map((part) => part.type)
        .filter((type) => ['year', 'month', 'day'].includes(type)),
      months: Array.from({ length: 12 }, (_, month) => format({ month: 'short' }).format(new Date(Date.UTC(2023, month, 15)))),
      year: suffix({ year: 'numeric' }, 'year'),
      day: suffix({ day: 'numeric' }, 'day'),
      halves: [1, 13].map((hour) => partsOf({ hour: 'numeric', hour12: true }, new Date(Date.UTC(2023, 0, 1, hour)))
        .find((part) => part.type === 'dayPeriod')?.value ?? (hour < 12 ? 'AM' : 'PM')),
      // 2023 begins with a Sunday.
      weekdays: Array.from({ length: 7 }, (_, day) => format({ weekday: 'narrow' }).format(new Date(Date.UTC(2023, 0, 1 + day)))),
    };
    known.set(locale, made);
    return made;
  }

  // The months of the lunar calendar from one day to another, see `lunarMonths` of date_picker.rs.
  function lunarMonths(start, end) {
    const format = new Intl.DateTimeFormat('en-u-ca-chinese', { ...UTC, year: 'numeric', month: 'numeric', day: 'numeric' });
    const read = (ordinal) => {
      const parts = Object.fromEntries(format.formatToParts(new Date(ordinal * DAY + NOON)).map(({ type, value }) => [type, value]));
      return { year: Number(parts.relatedYear ?? parts.year), month: parseInt(parts.month, 10),
        leap: /bis|[^0-9]/.test(parts.month) ? 1 : 0, day: Number(parts.day) };
    };
    const ordinal = ({ year, month, day }) => Math.floor(Date.UTC(year, month, day) / DAY);
    const last = ordinal(end);
    let first = ordinal(start);
    first -= read(first).day - 1;
    const found = [];
    while (first <= last && found.length < 5 * 5000) {
      const { year, month, leap } = read(first);
      const days = read(first + 29).day === 1 ? 29 : 30;
      found.push(year, month, leap, days, first);
      first += days;
    }
    return found;
  }

  return { dayOf, timeOf, fromDay, fromTime, selected, language, lunarMonths };
})
