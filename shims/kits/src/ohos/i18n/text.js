// Part of @ohos:i18n: line breaks, indexes and scripts, over ICU. Gives a function of what the module shares.
(function (host, system) {
  'use strict';

  const icu = system.require('@concord:i18n.icu');

  const OTHERS = '\u2026';
  // Before the letter's first character in the orders of Chinese.
  const BOUNDARY = '\ufdd0';

  return function ({ localeOf, wrongType }) {
    class BreakIterator {
      #locale;
      #text = '';
      #places = [0];
      #at = 0;

      constructor(locale) {
        this.#locale = locale.toString();
      }

      setLineBreakText(text) {
        if (typeof text !== 'string') wrongType();
        this.#text = text;
        this.#places = [0, ...icu.needed(icu.lineBreaks(this.#locale, text))];
        this.#at = 0;
      }

      getLineBreakText() { return this.#text; }
      current() { return this.#places[this.#at]; }

      first() {
        this.#at = 0;
        return this.current();
      }

      last() {
        this.#at = this.#places.length - 1;
        return this.current();
      }

      next(index = 1) {
        const at = this.#at + Math.trunc(index);
        this.#at = Math.max(Math.min(at, this.#places.length - 1), 0);
        return at === this.#at ? this.current() : -1;
      }

      previous() { return this.next(-1); }

      following(offset) {
        const at = this.#places.findIndex((place) => place > offset);
        this.#at = at < 0 ? this.#places.length - 1 : at;
        return at < 0 ? -1 : this.current();
      }

      isBoundary(offset) {
        const at = this.#places.indexOf(offset);
        if (at >= 0) this.#at = at;
        else this.following(offset);
        return at >= 0;
      }
    }

    const script = (text) => /^\p{Script=Latin}/u.test(text) ? 'Latn' : /^\p{Script=Han}/u.test(text) ? 'Hani' : undefined;

    class IndexUtil {
      #collator;
      #chinese;
      #labels = [];

      constructor(locale) {
        this.#collator = new Intl.Collator([locale.toString()], { sensitivity: 'base' });
        this.#chinese = locale.language === 'zh';
        this.#add(locale);
      }

      #add(locale) {
        const letters = icu.needed(icu.indexLetters(locale.toString())).map((letter) => letter.toLocaleUpperCase(locale.toString()));
        for (const letter of letters) {
          if (!this.#labels.some((known) => this.#collator.compare(known, letter) === 0)) this.#labels.push(letter);
        }
        this.#labels.sort(this.#collator.compare);
      }

      addLocale(locale) { this.#add(localeOf(locale)); }
      getIndexList() { return [OTHERS, ...this.#labels, OTHERS]; }

      getIndex(text) {
        if (typeof text !== 'string') wrongType();
        const kind = script(text);
        const prefix = this.#chinese && kind === 'Hani' ? BOUNDARY : '';
        const label = this.#labels.findLast((known) => this.#collator.compare(prefix + known, text) <= 0);
        // Letters of another script than the last label come behind all labels.
        const foreign = prefix === '' && label !== undefined && script(label) !== kind && label === this.#labels.at(-1);
        return label === undefined || foreign ? OTHERS : label;
      }
    }

    class Transliterator {
      #id;

      constructor(id) {
        this.#id = id;
      }

      static getAvailableIDs() { return icu.needed(icu.transliterations()); }

      static getInstance(id) {
        if (typeof id !== 'string') wrongType();
        return new Transliterator(id);
      }

      // As on a device, nothing comes of a transliteration that there is not.
      transform(text) { return icu.transliterate(this.#id, String(text)) ?? ''; }
    }

    return { BreakIterator, IndexUtil, Transliterator };
  };
})
