// Part of @ohos:i18n: holidays of a calendar file (RFC 5545). Gives a function of what the module shares.
(function (host, system) {
  'use strict';

  const LONGEST = 16 * 1024 * 1024;

  /** Lines of a file, of which long ones are folded. */
  const linesOf = (text) => text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/);

  /** `NAME;PARAMETER=x:value` → name, parameters, value. */
  function property(line) {
    const [, head, value] = /^((?:[^:"]|"[^"]*")*):(.*)$/.exec(line) ?? [];
    if (head === undefined) return undefined;
    const [name, ...parameters] = head.split(';');
    const pairs = parameters.map((parameter) => { const at = parameter.indexOf('='); return [parameter.slice(0, at).toUpperCase(), parameter.slice(at + 1)]; });
    return { name: name.toUpperCase(), parameters: Object.fromEntries(pairs), value };
  }

  const unescaped = (text) => text.replace(/\\([nN,;\\])/g, (_, character) => (character.toLowerCase() === 'n' ? '\n' : character));

  function dateOf(text) {
    const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})/.exec(text) ?? [];
    return year === undefined ? undefined : new Date(Number(year), Number(month) - 1, Number(day));
  }

  function eventsOf(text) {
    const events = [];
    let event;
    for (const line of linesOf(text)) {
      const found = property(line);
      if (found === undefined) continue;
      const { name, parameters, value } = found;
      if (name === 'BEGIN' && value.toUpperCase() === 'VEVENT') event = { localNames: [] };
      else if (event === undefined) continue;
      else if (name === 'END' && value.toUpperCase() === 'VEVENT') {
        if (event.start !== undefined) events.push(event);
        event = undefined;
      } else if (name === 'DTSTART') event.start = dateOf(value);
      else if (name === 'DTEND') event.end = dateOf(value);
      else if (name === 'RRULE') event.yearly = /FREQ=YEARLY/i.test(value);
      else if (name === 'SUMMARY') {
        const [language] = [parameters.LANGUAGE];
        if (event.baseName === undefined) event.baseName = unescaped(value);
        if (language !== undefined) event.localNames.push({ language, name: unescaped(value) });
      }
    }
    return events;
  }

  return function ({ invalid, wrongType }) {
    return class HolidayManager {
      #events;

      constructor(icsPath) {
        if (typeof icsPath !== 'string') wrongType();
        const fs = system.require('@ohos:file.fs');
        try {
          if (fs.statSync(icsPath).size > LONGEST) invalid();
          this.#events = eventsOf(fs.readTextSync(icsPath));
        } catch {
          invalid();
        }
      }

      /** Days of a year: [event, date]. An event ends before its end, or lasts one day. */
      #days(year) {
        return this.#events.flatMap((event) => {
          const days = [];
          const shift = event.yearly && event.start.getFullYear() <= year ? year - event.start.getFullYear() : 0;
          const day = new Date(event.start.getFullYear() + shift, event.start.getMonth(), event.start.getDate());
          const length = event.end === undefined ? 1 : Math.max(Math.round((event.end - event.start) / 86400000), 1);
          for (let index = 0; index < Math.min(length, 366); index++) {
            if (day.getFullYear() === year) days.push([event, new Date(day)]);
            day.setDate(day.getDate() + 1);
          }
          return days;
        });
      }

      isHoliday(date = new Date()) {
        if (!(date instanceof Date)) wrongType();
        return this.#days(date.getFullYear()).some(([, day]) => day.getMonth() === date.getMonth() && day.getDate() === date.getDate());
      }

      getHolidayInfoItemArray(year = new Date().getFullYear()) {
        if (typeof year !== 'number') wrongType();
        if (!Number.isInteger(year)) invalid();
        return this.#days(year).map(([event, day]) => ({
          baseName: event.baseName ?? '', year, month: day.getMonth() + 1, day: day.getDate(), localNames: event.localNames.map((name) => ({ ...name })),
        }));
      }
    };
  };
})
