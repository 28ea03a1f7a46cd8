// Part of @ohos:i18n: calendars of all kinds, over ICU. Gives a function of what the module shares.
(function (host, system) {
  'use strict';

  const icu = system.require('@concord:i18n.icu');

  // In the order of ICU's numbers.
  const FIELDS = [
    'era', 'year', 'month', 'week_of_year', 'week_of_month', 'date', 'day_of_year', 'day_of_week', 'day_of_week_in_month', 'ap', 'hour',
    'hour_of_day', 'minute', 'second', 'millisecond', 'zone_offset', 'dst_offset', 'year_woy', 'dow_local', 'extended_year', 'julian_day',
    'milliseconds_in_day', 'is_leap_month',
  ];
  const [YEAR, MONTH, DATE, HOUR, MINUTE, SECOND] = [1, 2, 5, 11, 12, 13];
  const DAY = 86400000;
  const TYPES = {
    gregory: 'gregorian', buddhist: 'buddhist', chinese: 'chinese', coptic: 'coptic', ethiopic: 'ethiopic', hebrew: 'hebrew',
    indian: 'indian', islamic_civil: 'islamic-civil', islamic_tbla: 'islamic-tbla', islamic_umalqura: 'islamic-umalqura',
    japanese: 'japanese', persian: 'persian',
  };
  // The names that Intl has for them.
  const INTL = { gregorian: 'gregory' };

  return function ({ localeOf, invalid, wrongType, zoneId }) {
    const fieldOf = (name) => { const field = FIELDS.indexOf(name); return field < 0 ? invalid() : field; };

    class Calendar {
      #calendar;
      #type;
      #zone = zoneId();

      constructor(locale, type) {
        const tag = locale.toString();
        this.#type = TYPES[type] ?? TYPES[new Intl.DateTimeFormat(tag).resolvedOptions().calendar.replaceAll('-', '_')] ?? 'gregorian';
        this.#calendar = icu.needed(icu.calendar(`${locale.baseName}@calendar=${this.#type}`, this.#zone));
      }

      #call(what, ...args) { return icu.calendarCall(this.#calendar, what, ...args); }

      setTime(date) {
        if (!(date instanceof Date) && typeof date !== 'number') wrongType();
        this.#call('setTime', Number(date));
      }

      set(year, month, date, hour, minute, second) {
        if ([year, month, date].some((value) => typeof value !== 'number')) wrongType();
        for (const [field, value] of [[YEAR, year], [MONTH, month], [DATE, date], [HOUR, hour], [MINUTE, minute], [SECOND, second]]) {
          if (typeof value === 'number') this.#call('set', field, value);
        }
      }

      setTimeZone(zone) {
        this.#zone = zoneId(zone);
        this.#call('setZone', this.#zone);
      }

      getTimeZone() { return this.#zone; }
      getFirstDayOfWeek() { return this.#call('firstDay'); }
      setFirstDayOfWeek(value) { this.#call('setFirstDay', value); }
      getMinimalDaysInFirstWeek() { return this.#call('minimalDays'); }
      setMinimalDaysInFirstWeek(value) { this.#call('setMinimalDays', value); }
      getTimeInMillis() { return this.#call('time'); }
      get(field) { return this.#call('get', fieldOf(field)) ?? invalid(); }

      add(field, amount) {
        if (typeof field !== 'string' || typeof amount !== 'number') wrongType();
        this.#call('add', fieldOf(field), amount) ?? invalid();
      }

      getDisplayName(locale) {
        return new Intl.DisplayNames([localeOf(locale).toString()], { type: 'calendar' }).of(INTL[this.#type] ?? this.#type);
      }

      isWeekend(date) { return this.#call('isWeekend', date === undefined ? this.getTimeInMillis() : Number(date)); }

      compareDays(date) {
        if (!(date instanceof Date)) wrongType();
        const difference = (Number(date) - this.getTimeInMillis()) / DAY;
        return difference > 0 ? Math.ceil(difference) : Math.floor(difference);
      }
    }

    return Calendar;
  };
})
