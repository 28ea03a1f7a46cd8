// @ohos:intl: the engine's Intl with the platform's names and defaults.
(function (host, system) {
  'use strict';

  const { Locale: NativeLocale, NumberFormat, DateTimeFormat, Collator, PluralRules, RelativeTimeFormat } = Intl;
  const { configuration } = system.require('@concord:process');
  const icu = system.require('@concord:i18n.icu');

  const systemLocale = () => configuration.language;

  function localesOf(locale) {
    if (locale === undefined || locale === null || locale === '') return [systemLocale()];
    return Array.isArray(locale) ? locale : [locale];
  }

  /** Options without the empty strings that mean "not given" here. */
  const optionsOf = (options) => Object.fromEntries(
    Object.entries(options ?? {}).filter(([, value]) => value !== '' && value !== undefined && value !== null),
  );

  class LocaleInfo {
    #locale;

    constructor(locale, options) {
      try {
        this.#locale = new NativeLocale(locale === undefined || locale === '' ? systemLocale() : locale, optionsOf(options));
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        throw new system.BusinessError(890001, 'Invalid parameter. Possible causes: Parameter verification failed.');
      }
      const { language, script, region, baseName, caseFirst, calendar, collation, hourCycle, numberingSystem, numeric } = this.#locale;
      Object.assign(this, {
        language, script: script ?? '', region: region ?? '', baseName, caseFirst: caseFirst ?? '', calendar: calendar ?? '',
        collation: collation ?? '', hourCycle: hourCycle ?? '', numberingSystem: numberingSystem ?? '', numeric: numeric ?? false,
      });
    }

    toString() { return this.#locale.toString(); }
    maximize() { return new LocaleInfo(this.#locale.maximize().toString()); }
    minimize() { return new LocaleInfo(this.#locale.minimize().toString()); }
  }

  const WIDTHS = { long: ' unit-width-full-name', narrow: ' unit-width-narrow' };

  class NumberFormatter {
    #format;
    #skeleton;

    constructor(locale, options) {
      const { unitUsage, ...rest } = optionsOf(options);
      this.#format = new NumberFormat(localesOf(locale), rest);
      // A usage (`length-road`) chooses another unit by country, which the engine's Intl cannot.
      if (typeof unitUsage === 'string' && unitUsage !== 'default' && rest.style === 'unit') {
        const digits = this.#format.resolvedOptions().maximumFractionDigits ?? 3;
        this.#skeleton = `unit/${rest.unit} usage/${unitUsage.replace(/^[a-z]+-/, '')}${WIDTHS[rest.unitDisplay] ?? ''} .${'#'.repeat(digits)}`;
      }
    }

    format(number) {
      const converted = this.#skeleton && icu.formatNumber(this.#format.resolvedOptions().locale, this.#skeleton, Number(number));
      return converted ?? this.#format.format(number);
    }

    formatRange(start, end) {
      return this.#format.formatRange?.(start, end) ?? `${this.#format.format(start)}\u2013${this.#format.format(end)}`;
    }
    resolvedOptions() { return this.#format.resolvedOptions(); }
  }

  class DateTimeFormatter {
    #format;

    constructor(locale, options) {
      const { dayPeriod, ...rest } = optionsOf(options);
      this.#format = new DateTimeFormat(localesOf(locale), dayPeriod === undefined ? rest : { ...rest, dayPeriod });
    }

    format(date) { return this.#format.format(date); }
    formatRange(start, end) { return this.#format.formatRange(start, end); }
    resolvedOptions() { return this.#format.resolvedOptions(); }
  }

  class TextCollator {
    #collator;

    constructor(locale, options) {
      this.#collator = new Collator(localesOf(locale), optionsOf(options));
    }

    compare(first, second) { return this.#collator.compare(first, second); }
    resolvedOptions() { return this.#collator.resolvedOptions(); }
  }

  class Plurals {
    #rules;

    constructor(locale, options) {
      this.#rules = new PluralRules(localesOf(locale), optionsOf(options));
    }

    select(n) { return this.#rules.select(n); }
  }

  class RelativeTime {
    #format;

    constructor(locale, options) {
      this.#format = new RelativeTimeFormat(localesOf(locale), optionsOf(options));
    }

    format(value, unit) { return this.#format.format(value, unit); }
    formatToParts(value, unit) { return this.#format.formatToParts(value, unit).map((part) => ({ ...part, unit: part.unit ?? '' })); }
    resolvedOptions() { return this.#format.resolvedOptions(); }
  }

  const named = (Class, name) => Object.defineProperty(Class, 'name', { value: name });

  return {
    Locale: named(LocaleInfo, 'Locale'), NumberFormat: named(NumberFormatter, 'NumberFormat'),
    DateTimeFormat: named(DateTimeFormatter, 'DateTimeFormat'), Collator: named(TextCollator, 'Collator'),
    PluralRules: named(Plurals, 'PluralRules'), RelativeTimeFormat: named(RelativeTime, 'RelativeTimeFormat'),
  };
})
