// @ohos:i18n: the part that the engine's Intl and Unicode tables carry.
(function (host, system) {
  'use strict';

  const { configuration } = system.require('@concord:process');

  const WeekDay = { MON: 1, TUE: 2, WED: 3, THU: 4, FRI: 5, SAT: 6, SUN: 7 };
  const TemperatureType = { CELSIUS: 1, FAHRENHEIT: 2, KELVIN: 3 };
  const NormalizerMode = { NFC: 1, NFD: 2, NFKC: 3, NFKD: 4 };

  const RTL_SCRIPTS = new Set(['Arab', 'Hebr', 'Thaa', 'Syrc', 'Nkoo', 'Adlm', 'Rohg']);
  const FAHRENHEIT_REGIONS = new Set(['US', 'BS', 'BZ', 'KY', 'PW']);

  const invalid = (message = 'Invalid parameter. Possible causes: Parameter verification failed.') => {
    throw new system.BusinessError(890001, message);
  };

  function localeOf(tag) {
    try {
      return new Intl.Locale(tag === undefined || tag === '' ? configuration.language : tag);
    } catch {
      return invalid();
    }
  }

  const current = () => localeOf(configuration.language);

  function displayName(kind, code, locale, sentenceCase) {
    let name;
    try {
      name = new Intl.DisplayNames([localeOf(locale).toString()], { type: kind }).of(code);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return invalid();
    }
    return sentenceCase === false ? name : name.charAt(0).toUpperCase() + name.slice(1);
  }

  const isRTL = (tag) => RTL_SCRIPTS.has(localeOf(tag).maximize().script);

  let appLanguage;

  class System {
    static getDisplayCountry(country, locale, sentenceCase = true) {
      return displayName('region', localeOf(`und-${country}`).region ?? country, locale, sentenceCase);
    }
    static getDisplayLanguage(language, locale, sentenceCase = true) { return displayName('language', language, locale, sentenceCase); }
    static getSystemLanguage() {
      // Chinese is two languages to the system.
      return current().language === 'zh' ? `zh-${current().maximize().script}` : current().language;
    }
    static getSystemRegion() { return current().maximize().region ?? ''; }
    static getSystemLocale() { return configuration.language; }
    static getSystemLocaleInstance() { return current(); }
    static is24HourClock() {
      return new Intl.DateTimeFormat(configuration.language, { hour: 'numeric' }).resolvedOptions().hour12 === false;
    }
    static getPreferredLanguageList() { return [configuration.language]; }
    static getFirstPreferredLanguage() { return configuration.language; }
    static getAppPreferredLanguage() { return appLanguage ?? configuration.language; }
    static setAppPreferredLanguage(language) { appLanguage = language === 'default' ? undefined : localeOf(language).toString(); }
    static getUsingLocalDigit() { return false; }
    static getSimplifiedLanguage(tag) { return localeOf(tag).minimize().toString(); }
    static isSuggested(language, region) {
      const wanted = localeOf(language);
      return wanted.maximize().region === (region ?? wanted.maximize().region);
    }
    static getTemperatureType() { return FAHRENHEIT_REGIONS.has(System.getSystemRegion()) ? TemperatureType.FAHRENHEIT : TemperatureType.CELSIUS; }
    static getTemperatureName(type) {
      return Object.keys(TemperatureType).find((name) => TemperatureType[name] === type)?.toLowerCase() ?? invalid();
    }
    static getFirstDayOfWeek() { return firstDayOf(current()); }
  }

  /** 1 is Monday. */
  function firstDayOf(locale) {
    return (locale.weekInfo ?? locale.getWeekInfo?.())?.firstDay ?? 1;
  }

  const test = (pattern) => (text) => typeof text === 'string' && text !== '' && pattern.test(String.fromCodePoint(text.codePointAt(0)));

  const categories = {
    Lu: 'U_UPPERCASE_LETTER', Ll: 'U_LOWERCASE_LETTER', Lt: 'U_TITLECASE_LETTER', Lm: 'U_MODIFIER_LETTER', Lo: 'U_OTHER_LETTER',
    Mn: 'U_NON_SPACING_MARK', Me: 'U_ENCLOSING_MARK', Mc: 'U_COMBINING_SPACING_MARK', Nd: 'U_DECIMAL_DIGIT_NUMBER', Nl: 'U_LETTER_NUMBER',
    No: 'U_OTHER_NUMBER', Zs: 'U_SPACE_SEPARATOR', Zl: 'U_LINE_SEPARATOR', Zp: 'U_PARAGRAPH_SEPARATOR', Cc: 'U_CONTROL_CHAR',
    Cf: 'U_FORMAT_CHAR', Co: 'U_PRIVATE_USE_CHAR', Cs: 'U_SURROGATE', Pd: 'U_DASH_PUNCTUATION', Ps: 'U_START_PUNCTUATION',
    Pe: 'U_END_PUNCTUATION', Pc: 'U_CONNECTOR_PUNCTUATION', Po: 'U_OTHER_PUNCTUATION', Sm: 'U_MATH_SYMBOL', Sc: 'U_CURRENCY_SYMBOL',
    Sk: 'U_MODIFIER_SYMBOL', So: 'U_OTHER_SYMBOL', Pi: 'U_INITIAL_PUNCTUATION', Pf: 'U_FINAL_PUNCTUATION',
  };
  const categoryTests = Object.keys(categories).map((name) => [new RegExp(`^\\p{${name}}`, 'u'), categories[name]]);

  class Unicode {
    static isDigit = test(/^\p{Nd}/u);
    static isSpaceChar = test(/^\p{Z}/u);
    static isWhitespace = test(/^[\s\u001c-\u001f]/u);
    static isRTL = test(/^[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u);
    static isIdeograph = test(/^\p{Ideographic}/u);
    static isLetter = test(/^\p{L}/u);
    static isLowerCase = test(/^\p{Lowercase}/u);
    static isUpperCase = test(/^\p{Uppercase}/u);
    static getType(text) {
      const character = typeof text === 'string' && text !== '' ? String.fromCodePoint(text.codePointAt(0)) : '';
      return categoryTests.find(([pattern]) => pattern.test(character))?.[1] ?? 'U_GENERAL_OTHER_TYPES';
    }
  }

  /** Milliseconds that local time in a zone is ahead of UTC at a moment. */
  function offsetAt(zone, time) {
    const parts = new Intl.DateTimeFormat('en-US', {
      timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    }).formatToParts(time);
    const part = (type) => Number(parts.find((one) => one.type === type).value);
    const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
    return local - Math.floor(time / 1000) * 1000;
  }

  let appZone;
  const defaultZone = () => appZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;

  class TimeZone {
    #id;

    constructor(id) {
      this.#id = id;
    }

    getID() { return this.#id; }

    getDisplayName(locale, isDST) {
      const tag = typeof locale === 'string' ? localeOf(locale).toString() : configuration.language;
      const parts = new Intl.DateTimeFormat(tag, { timeZone: this.#id, timeZoneName: 'long' }).formatToParts(Date.now());
      return parts.find((part) => part.type === 'timeZoneName').value;
    }

    getRawOffset() {
      const year = new Date().getUTCFullYear();
      // Summer time is ahead of standard time, on either hemisphere.
      return Math.min(offsetAt(this.#id, Date.UTC(year, 0, 1)), offsetAt(this.#id, Date.UTC(year, 6, 1)));
    }

    getOffset(date = Date.now()) { return offsetAt(this.#id, Number(date)); }
    isDaylightSavingTime(date = Date.now()) { return this.getOffset(date) !== this.getRawOffset(); }
    static getAvailableIDs() { return Intl.supportedValuesOf?.('timeZone') ?? [defaultZone()]; }
    static getAppDefaultTimeZone() { return getTimeZone(defaultZone()); }
    static setAppDefaultTimeZoneById(id) { appZone = getTimeZone(id).getID(); }
  }

  function getTimeZone(id) {
    if (id === undefined) return new TimeZone(defaultZone());
    try {
      return new TimeZone(new Intl.DateTimeFormat('en', { timeZone: id }).resolvedOptions().timeZone);
    } catch {
      return new TimeZone('UTC');
    }
  }

  const DAY = 86400000;

  /** The Gregorian calendar. Times are kept as UTC milliseconds; fields are those of the calendar's zone. */
  class Calendar {
    #time = Date.now();
    #zone = getTimeZone();
    #locale;
    #firstDay;
    #minimalDays = 1;

    constructor(locale) {
      this.#locale = locale;
      // 1 is Sunday here.
      this.#firstDay = (firstDayOf(locale) % 7) + 1;
    }

    #local() { return new Date(this.#time + this.#zone.getOffset(this.#time)); }

    #setLocal(local) {
      const guess = local - this.#zone.getOffset(local);
      this.#time = local - this.#zone.getOffset(guess);
    }

    setTime(date) {
      if (!(date instanceof Date) && typeof date !== 'number') {
        throw new system.BusinessError(401, 'Parameter error. Possible causes: 1.Mandatory parameters are left unspecified.');
      }
      this.#time = Number(date);
    }

    set(year, month, date, hour, minute, second) {
      const local = this.#local();
      this.#setLocal(Date.UTC(
        year, month, date, hour ?? local.getUTCHours(), minute ?? local.getUTCMinutes(), second ?? local.getUTCSeconds(),
        local.getUTCMilliseconds(),
      ));
    }

    setTimeZone(zone) { this.#zone = getTimeZone(zone); }
    getTimeZone() { return this.#zone.getID(); }
    getFirstDayOfWeek() { return this.#firstDay; }
    setFirstDayOfWeek(value) { this.#firstDay = value; }
    getMinimalDaysInFirstWeek() { return this.#minimalDays; }
    setMinimalDaysInFirstWeek(value) { this.#minimalDays = value; }
    getTimeInMillis() { return this.#time; }

    #week(dayOfPeriod, dayOfWeek) {
      const offset = (dayOfWeek - this.#firstDay + 7) % 7;
      const firstWeekday = (offset - (dayOfPeriod - 1) % 7 + 7) % 7;
      const first = 7 - firstWeekday >= this.#minimalDays ? 1 : 0;
      return Math.floor((dayOfPeriod - 1 + firstWeekday) / 7) + first;
    }

    get(field) {
      const local = this.#local();
      const dayOfWeek = local.getUTCDay() + 1;
      const dayOfYear = Math.floor((local - Date.UTC(local.getUTCFullYear(), 0, 1)) / DAY) + 1;
      switch (field) {
        case 'era': return local.getUTCFullYear() > 0 ? 1 : 0;
        case 'year': case 'extended_year': case 'year_woy': return local.getUTCFullYear();
        case 'month': return local.getUTCMonth();
        case 'date': return local.getUTCDate();
        case 'hour': return local.getUTCHours() % 12;
        case 'hour_of_day': return local.getUTCHours();
        case 'minute': return local.getUTCMinutes();
        case 'second': return local.getUTCSeconds();
        case 'millisecond': return local.getUTCMilliseconds();
        case 'milliseconds_in_day': return Number(local) - Math.floor(local / DAY) * DAY;
        case 'zone_offset': return this.#zone.getRawOffset();
        case 'dst_offset': return this.#zone.getOffset(this.#time) - this.#zone.getRawOffset();
        case 'day_of_week': return dayOfWeek;
        case 'dow_local': return (dayOfWeek - this.#firstDay + 7) % 7 + 1;
        case 'day_of_year': return dayOfYear;
        case 'week_of_month': return this.#week(local.getUTCDate(), dayOfWeek);
        case 'week_of_year': return this.#week(dayOfYear, dayOfWeek);
        case 'day_of_week_in_month': return Math.floor((local.getUTCDate() - 1) / 7) + 1;
        case 'julian_day': return Math.floor(local / DAY) + 2440588;
        case 'is_leap_month': return 0;
        default: return invalid();
      }
    }

    add(field, amount) {
      const units = {
        date: DAY, week_of_month: 7 * DAY, week_of_year: 7 * DAY, hour: 3600000, hour_of_day: 3600000, minute: 60000, second: 1000,
        millisecond: 1,
      };
      if (field === 'year' || field === 'month') {
        const local = this.#local();
        const months = field === 'year' ? amount * 12 : amount;
        const first = Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + months, 1);
        const days = new Date(Date.UTC(new Date(first).getUTCFullYear(), new Date(first).getUTCMonth() + 1, 0)).getUTCDate();
        this.#setLocal(first + (Math.min(local.getUTCDate(), days) - 1) * DAY + this.get('milliseconds_in_day'));
      } else if (units[field] === DAY || units[field] === 7 * DAY) {
        this.#setLocal(Number(this.#local()) + amount * units[field]);
      } else if (units[field] !== undefined) {
        this.#time += amount * units[field];
      } else {
        invalid();
      }
    }

    getDisplayName(locale) {
      return new Intl.DisplayNames([localeOf(locale).toString()], { type: 'calendar' }).of('gregory');
    }

    isWeekend(date) {
      const day = date === undefined ? this.#local().getUTCDay() : new Date(Number(date) + this.#zone.getOffset(Number(date))).getUTCDay();
      const weekend = (this.#locale.weekInfo ?? this.#locale.getWeekInfo?.())?.weekend ?? [6, 7];
      return weekend.includes(day === 0 ? 7 : day);
    }

    compareDays(date) {
      const difference = (Number(date) - this.#time) / DAY;
      return difference > 0 ? Math.ceil(difference) : Math.floor(difference);
    }
  }

  class Normalizer {
    #form;

    constructor(mode) {
      this.#form = Object.keys(NormalizerMode).find((name) => NormalizerMode[name] === mode)
        ?? invalid();
    }

    static getInstance(mode) { return new Normalizer(mode); }
    normalize(text) { return text.normalize(this.#form); }
  }

  class I18NUtil {
    static getDateOrder(locale) {
      const letters = { year: 'y', month: 'L', day: 'd' };
      return new Intl.DateTimeFormat(localeOf(locale).toString(), { year: 'numeric', month: 'numeric', day: 'numeric' })
        .formatToParts(0).filter((part) => letters[part.type] !== undefined).map((part) => letters[part.type]).join('-');
    }

    static getTimePeriodName(hour, locale) {
      if (!(hour >= 0 && hour <= 23)) return '';
      return new Intl.DateTimeFormat(localeOf(locale).toString(), { hour: 'numeric', dayPeriod: 'long', timeZone: 'UTC' })
        .formatToParts(hour * 3600000).find((part) => part.type === 'dayPeriod')?.value ?? '';
    }

    static getBestMatchLocale(locale, list) {
      const wanted = localeOf(locale).maximize();
      const score = (tag) => {
        const { language, script, region } = localeOf(tag).maximize();
        if (language !== wanted.language || script !== wanted.script) return 0;
        return region === wanted.region ? 2 : 1;
      };
      const best = [...list].sort((a, b) => score(b) - score(a))[0];
      return best !== undefined && score(best) > 0 ? best : '';
    }
  }

  return {
    WeekDay, TemperatureType, NormalizerMode, System, Unicode, TimeZone, Calendar, Normalizer, I18NUtil, isRTL, getTimeZone,
    getCalendar: (locale, type) => new Calendar(localeOf(locale)),
    getDisplayCountry: System.getDisplayCountry, getDisplayLanguage: System.getDisplayLanguage, getSystemLanguage: System.getSystemLanguage,
    getSystemRegion: System.getSystemRegion, getSystemLocale: System.getSystemLocale, is24HourClock: System.is24HourClock,
    getPreferredLanguageList: System.getPreferredLanguageList, getFirstPreferredLanguage: System.getFirstPreferredLanguage,
  };
})
