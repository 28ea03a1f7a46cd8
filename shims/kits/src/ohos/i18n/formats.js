// Part of @ohos:i18n: formats by pattern and by skeleton, over ICU. Gives a function of what the module shares.
(function (host, system) {
  'use strict';

  const icu = system.require('@concord:i18n.icu');
  const FONT = 0;

  return function ({ localeOf, invalid, wrongType, zoneId }) {
    const tagOf = (locale) => (locale === undefined || locale === null ? localeOf() : locale).toString();

    class SimpleDateTimeFormat {
      #locale;
      #pattern;

      constructor(locale, pattern) {
        this.#locale = locale;
        this.#pattern = pattern;
        // A wrong pattern is found now.
        if (this.#text(0) === undefined) invalid();
      }

      #text(time) { return icu.formatDate(this.#locale, zoneId(), this.#pattern, time); }

      format(date) {
        if (!(date instanceof Date)) wrongType();
        return this.#text(Number(date)) ?? '';
      }
    }

    class SimpleNumberFormat {
      #locale;
      #skeleton;

      constructor(locale, skeleton) {
        this.#locale = locale;
        this.#skeleton = skeleton;
        if (icu.formatNumber(locale, skeleton, 0) === undefined) invalid();
      }

      format(value) { return icu.formatNumber(this.#locale, this.#skeleton, Number(value)) ?? ''; }
    }

    /** Parts of a number's text when nobody has told them apart: digits before and behind the last sign between them, and the rest. */
    function partsOf(text) {
      const [start, end] = [text.search(/\p{Nd}/u), text.search(/\p{Nd}(?!.*\p{Nd})/u)];
      if (start < 0) return [{ type: 'unit', value: text }];
      const number = text.slice(start, end + 1);
      const [, integer, decimal, fraction] = /^(.*\p{Nd})([.,\u066b])(\p{Nd}+)$/u.exec(number) ?? [null, number, '', ''];
      return [
        { type: 'unit', value: text.slice(0, start) }, { type: 'integer', value: integer }, { type: 'decimal', value: decimal },
        { type: 'fraction', value: fraction }, { type: 'unit', value: text.slice(end + 1) },
      ];
    }

    class StyledNumberFormat {
      #format;
      #options;

      constructor(numberFormat, options) {
        if (typeof numberFormat?.format !== 'function') wrongType();
        this.#format = numberFormat;
        this.#options = options ?? {};
      }

      format(value) {
        const { StyledString } = globalThis;
        if (typeof StyledString !== 'function') throw new system.BusinessError(801, 'Capability not supported. There is no user interface.');
        const parts = typeof this.#format.formatToParts === 'function' ? this.#format.formatToParts(value) : partsOf(this.#format.format(value));
        const kinds = { integer: 'integer', group: 'integer', decimal: 'decimal', fraction: 'fraction' };
        const styles = [];
        let start = 0;
        for (const { type, value: text } of parts) {
          const style = this.#options[kinds[type] ?? 'unit'];
          if (style !== undefined && text.length > 0) styles.push({ start, length: text.length, styledKey: FONT, styledValue: style });
          start += text.length;
        }
        return new StyledString(parts.map(({ value: text }) => text).join(''), styles);
      }
    }

    const text = (value) => (typeof value === 'string' && value !== '' ? value : invalid());

    return {
      SimpleDateTimeFormat, SimpleNumberFormat, StyledNumberFormat,
      getSimpleDateTimeFormatByPattern: (pattern, locale) => new SimpleDateTimeFormat(tagOf(locale), text(pattern)),
      getSimpleDateTimeFormatBySkeleton(skeleton, locale) {
        const tag = tagOf(locale);
        return new SimpleDateTimeFormat(tag, icu.needed(icu.bestPattern(tag, text(skeleton))));
      },
      getSimpleNumberFormatBySkeleton: (skeleton, locale) => new SimpleNumberFormat(tagOf(locale), text(skeleton)),
    };
  };
})
