// @ohos:i18n: over the engine's Intl, and its library of locales (ICU) where Intl shows too little.
(function (host, system) {
  'use strict';

  const icu = system.require('@concord:i18n.icu');
  const convert = system.require('@concord:i18n.units');
  const { configuration } = system.require('@concord:process');

  const WeekDay = { MON: 1, TUE: 2, WED: 3, THU: 4, FRI: 5, SAT: 6, SUN: 7 };
  const TemperatureType = { CELSIUS: 1, FAHRENHEIT: 2, KELVIN: 3 };
  const NormalizerMode = { NFC: 1, NFD: 2, NFKC: 3, NFKD: 4 };

  const RTL_SCRIPTS = new Set(['Arab', 'Hebr', 'Thaa', 'Syrc', 'Nkoo', 'Adlm', 'Rohg']);
  const FAHRENHEIT_REGIONS = new Set(['US', 'BS', 'BZ', 'KY', 'PW']);

  const invalid = (message = 'Invalid parameter. Possible causes: Parameter verification failed.') => {
    throw new system.BusinessError(890001, message);
  };

  const wrongType = () => {
    throw new system.BusinessError(401, 'Parameter error. Possible causes: 1.Mandatory parameters are left unspecified; 2.Incorrect parameter types.');
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

  // Those that devices offer.
  const LANGUAGES = [
    'zh-Hans', 'zh-Hant', 'en-US', 'en-GB', 'ar', 'as', 'az', 'be', 'bg', 'bn', 'bo', 'bs', 'ca', 'cs', 'da', 'de', 'el', 'es-ES', 'es-US', 'et',
    'eu', 'fa', 'fi', 'fil', 'fr', 'gl', 'gu', 'he', 'hi', 'hr', 'hu', 'hy', 'id', 'it', 'ja', 'jv', 'ka', 'kk', 'km', 'kn', 'ko', 'lo', 'lt', 'lv',
    'mai', 'mi', 'mk', 'ml', 'mn', 'mr', 'ms', 'my', 'nb', 'ne', 'nl', 'or', 'pa', 'pl', 'pt-BR', 'pt-PT', 'ro', 'ru', 'si', 'sk', 'sl',
    'sr-Latn', 'sv', 'sw', 'ta', 'te', 'th', 'tl', 'tr', 'ug', 'uk', 'ur', 'uz', 'vi',
  ];

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
    static getSystemLanguages() { return [...LANGUAGES]; }
    static getSystemCountries(language) {
      if (typeof language !== 'string') wrongType();
      localeOf(language);
      return icu.needed(icu.regions());
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
    static getAvailableZoneCityIDs() { return [...cities().keys()]; }
    static getTimezoneFromCity(cityID) { return new TimeZone(cities().get(cityID) ?? invalid()); }

    static getCityDisplayName(cityID, locale) {
      const zone = cities().get(cityID);
      return zone === undefined ? '' : icu.needed(icu.formatDate(localeOf(locale).toString(), zone, 'VVV', 0));
    }

    static getTimezonesByLocation(longitude, latitude) {
      if (typeof longitude !== 'number' || typeof latitude !== 'number') wrongType();
      if (!(longitude >= -180 && longitude < 180 && latitude >= -90 && latitude < 90)) invalid();
      const radians = (degrees) => (degrees * Math.PI) / 180;
      // Cosine of the angle between two places: the largest is the nearest.
      const nearness = ([, otherLatitude, otherLongitude]) => Math.sin(radians(latitude)) * Math.sin(radians(otherLatitude))
        + Math.cos(radians(latitude)) * Math.cos(radians(otherLatitude)) * Math.cos(radians(longitude - otherLongitude));
      let nearest;
      for (const place of icu.zones()) {
        if (nearest === undefined || nearness(place) > nearness(nearest)) nearest = place;
      }
      return nearest === undefined ? [] : [new TimeZone(nearest[0])];
    }

    getZoneRules() { return new ZoneRules(this); }
    static getAppDefaultTimeZone() { return getTimeZone(defaultZone()); }
    static setAppDefaultTimeZoneById(id) { appZone = getTimeZone(id).getID(); }
  }

  let knownCities;

  /** City → zone: the last part of a zone's name. */
  function cities() {
    knownCities ??= new Map(TimeZone.getAvailableIDs().filter((id) => id.includes('/') && !id.startsWith('Etc/'))
      .map((id) => [id.slice(id.lastIndexOf('/') + 1).replaceAll('_', ' '), id]));
    return knownCities;
  }

  class ZoneOffsetTransition {
    #time;
    #before;
    #after;

    constructor(time, before, after) {
      this.#time = time;
      this.#before = before;
      this.#after = after;
    }

    getMilliseconds() { return this.#time; }
    getOffsetBefore() { return this.#before; }
    getOffsetAfter() { return this.#after; }
  }

  class ZoneRules {
    #zone;

    constructor(zone) {
      this.#zone = zone;
    }

    /** Without another change the moment itself, with the same offset before and after. */
    nextTransition(date = Date.now()) {
      const calendar = icu.needed(icu.calendar('en', this.#zone.getID()));
      icu.calendarCall(calendar, 'setTime', Number(date));
      const time = icu.calendarCall(calendar, 'nextTransition');
      if (time === undefined) return new ZoneOffsetTransition(0, this.#zone.getOffset(date), this.#zone.getOffset(date));
      return new ZoneOffsetTransition(time, this.#zone.getOffset(time - 1), this.#zone.getOffset(time));
    }
  }

  function getTimeZone(id) {
    if (id === undefined) return new TimeZone(defaultZone());
    try {
      return new TimeZone(new Intl.DateTimeFormat('en', { timeZone: id }).resolvedOptions().timeZone);
    } catch {
      return new TimeZone('UTC');
    }
  }

  const shared = { localeOf, invalid, wrongType, zoneId: (id) => getTimeZone(id).getID() };
  const Calendar = system.require('@concord:i18n.calendar')(shared);
  const { BreakIterator, IndexUtil, Transliterator } = system.require('@concord:i18n.text')(shared);
  const HolidayManager = system.require('@concord:i18n.holidays')(shared);
  const formats = system.require('@concord:i18n.formats')(shared);

  class Normalizer {
    #form;

    constructor(mode) {
      this.#form = Object.keys(NormalizerMode).find((name) => NormalizerMode[name] === mode)
        ?? invalid();
    }

    static getInstance(mode) { return new Normalizer(mode); }
    normalize(text) { return text.normalize(this.#form); }
  }

  const WIDTHS = { long: 'unit-width-full-name', short: 'unit-width-short', narrow: 'unit-width-narrow' };

  class I18NUtil {
    static unitConvert(fromUnit, toUnit, value, locale, style = 'short') {
      if (typeof fromUnit?.unit !== 'string' || typeof toUnit?.unit !== 'string' || typeof value !== 'number') return '';
      const converted = convert(fromUnit, toUnit, value);
      const skeleton = `unit/${toUnit.unit} ${WIDTHS[style] ?? WIDTHS.short} .###`;
      return converted === undefined ? '' : icu.formatNumber(localeOf(locale).toString(), skeleton, converted) ?? '';
    }

    static getThreeLetterLanguage(locale) {
      if (typeof locale !== 'string') wrongType();
      return icu.threeLetterLanguage(localeOf(locale).toString()) ?? invalid();
    }

    static getThreeLetterRegion(locale) {
      if (typeof locale !== 'string') wrongType();
      const tag = /^[A-Za-z]{2}$/.test(locale) ? `und-${locale.toUpperCase()}` : locale;
      return icu.threeLetterRegion(localeOf(tag).toString()) ?? invalid();
    }

    /** Each part of a path reads from left to right, the parts in the direction of the locale. */
    static getUnicodeWrappedFilePath(path, delimiter = '/', locale = current()) {
      if (typeof path !== 'string' || typeof delimiter !== 'string' || delimiter === '') invalid();
      if (!isRTL(locale.toString())) return path;
      return path.split(delimiter).map((part) => (part === '' ? '' : `\u2066${part}\u2069`)).join(`\u200f${delimiter}\u200f`);
    }

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
    BreakIterator, IndexUtil, Transliterator, HolidayManager, ZoneRules, ZoneOffsetTransition, ...formats,
    getCalendar: (locale, type) => new Calendar(localeOf(locale), type),
    getLineInstance: (locale) => new BreakIterator(localeOf(locale)),
    getInstance: (locale) => new IndexUtil(localeOf(locale)),
    getDisplayCountry: System.getDisplayCountry, getDisplayLanguage: System.getDisplayLanguage, getSystemLanguage: System.getSystemLanguage,
    getSystemRegion: System.getSystemRegion, getSystemLocale: System.getSystemLocale, is24HourClock: System.is24HourClock,
    getPreferredLanguageList: System.getPreferredLanguageList, getFirstPreferredLanguage: System.getFirstPreferredLanguage,
  };
})
