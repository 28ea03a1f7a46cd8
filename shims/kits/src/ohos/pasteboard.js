// @ohos:pasteboard: what was copied last by the app, its text fields or another program (`@concord:clipboard`).
(function (host, system) {
  'use strict';

  const { display } = system.require('@concord:kits');
  const clipboard = system.require('@concord:clipboard');

  const MAX_RECORD_NUM = 512;
  const MIMETYPE_TEXT_HTML = 'text/html';
  const MIMETYPE_TEXT_WANT = 'text/want';
  const MIMETYPE_TEXT_PLAIN = 'text/plain';
  const MIMETYPE_TEXT_URI = 'text/uri';
  const MIMETYPE_PIXELMAP = 'pixelMap';
  const ShareOption = { INAPP: 0, LOCALDEVICE: 1, CROSSDEVICE: 2 };
  const Pattern = { URL: 0, NUMBER: 1, EMAIL_ADDRESS: 2, HTTP_URL: 3, FLIGHT_NUMBER: 4 };
  const FileConflictOptions = { OVERWRITE: 0, SKIP: 1 };
  const ProgressIndicator = { NONE: 0, DEFAULT: 1 };

  const fields = {
    [MIMETYPE_TEXT_HTML]: 'htmlText', [MIMETYPE_TEXT_WANT]: 'want', [MIMETYPE_TEXT_PLAIN]: 'plainText', [MIMETYPE_TEXT_URI]: 'uri',
    [MIMETYPE_PIXELMAP]: 'pixelMap',
  };

  const fail = (code, message) => {
    throw new system.BusinessError(code, message);
  };
  const wrongType = (value, type) => fail(401, `Parameter error. The type of ${display(value)} must be ${type}.`);

  class PasteDataRecord {
    constructor(mimeType, value) {
      this.mimeType = mimeType;
      this.htmlText = undefined;
      this.want = undefined;
      this.plainText = undefined;
      this.uri = undefined;
      this.pixelMap = undefined;
      this.data = {};
      this.addEntry(mimeType, value);
    }

    addEntry(type, value) {
      const field = fields[type];
      if (field === undefined) this.data[type] = value;
      else this[field] = value;
    }

    getValidTypes(types) { return types.filter((type) => this.#get(type) !== undefined); }
    #get(type) { return fields[type] === undefined ? this.data[type] : this[fields[type]]; }
    getData(type) { return system.async(() => this.#get(type)); }
    toPlainText() { return this.plainText ?? this.htmlText?.replace(/<[^>]*>/g, '') ?? this.uri ?? ''; }
    convertToText(callback) { return system.async(() => this.toPlainText(), callback); }
    convertToTextV9(callback) { return this.convertToText(callback); }
  }

  function createRecord(mimeType, value) {
    if (typeof mimeType !== 'string') wrongType(mimeType, 'string');
    if (mimeType.length > 1024) fail(401, 'Parameter error. The length of mimeType cannot be greater than 1024 bytes.');
    if (value === undefined || value === null) wrongType(value, 'ValueType');
    return new PasteDataRecord(mimeType, value);
  }

  class PasteData {
    #records = [];
    #property;

    constructor(records) {
      this.#records = records;
      this.#property = {
        additions: {}, mimeTypes: [], tag: '', timestamp: Date.now(), localOnly: false, shareOption: ShareOption.CROSSDEVICE,
      };
    }

    static copyOf(data) {
      const copy = new PasteData(data.#records.map((record) => Object.assign(createRecord(record.mimeType, ''), record)));
      copy.#property = { ...data.#property };
      return copy;
    }

    #first(field) { return this.#records.find((record) => record[field] !== undefined)?.[field]; }
    #at(index) {
      if (!(index >= 0 && index < this.#records.length)) fail(12900001, 'The index is out of the record.');
      return index;
    }

    addRecord(...args) {
      const record = args[0] instanceof PasteDataRecord ? args[0] : createRecord(...args);
      if (this.#records.length >= MAX_RECORD_NUM) fail(12900002, 'The number of records exceeds the maximum limit.');
      this.#records.unshift(record);
    }

    getMimeTypes() { return [...new Set(this.#records.map((record) => record.mimeType))]; }
    getPrimaryHtml() { return this.#first('htmlText'); }
    getPrimaryWant() { return this.#first('want'); }
    getPrimaryText() { return this.#first('plainText'); }
    getPrimaryUri() { return this.#first('uri'); }
    getPrimaryPixelMap() { return this.#first('pixelMap'); }
    getPrimaryMimeType() { return this.#records[0]?.mimeType; }
    getProperty() { return { ...this.#property, mimeTypes: this.getMimeTypes() }; }
    setProperty(property) {
      if (typeof property !== 'object' || property === null) wrongType(property, 'PasteDataProperty');
      const { additions, tag, localOnly, shareOption } = property;
      Object.assign(this.#property, { additions, tag, localOnly, shareOption });
    }
    getRecord(index) { return this.#records[this.#at(index)]; }
    getRecordAt(index) { return this.getRecord(index); }
    getRecordCount() { return this.#records.length; }
    getTag() { return this.#property.tag; }
    hasType(mimeType) { return this.getMimeTypes().includes(mimeType); }
    hasMimeType(mimeType) { return this.hasType(mimeType); }
    removeRecord(index) { this.#records.splice(this.#at(index), 1); }
    removeRecordAt(index) { this.removeRecord(index); return true; }
    replaceRecord(index, record) {
      if (!(record instanceof PasteDataRecord)) wrongType(record, 'PasteDataRecord');
      this.#records[this.#at(index)] = record;
    }
    replaceRecordAt(index, record) { this.replaceRecord(index, record); return true; }
    addTextRecord(text) { this.addRecord(MIMETYPE_TEXT_PLAIN, text); }
    addHtmlRecord(text) { this.addRecord(MIMETYPE_TEXT_HTML, text); }
    addUriRecord(text) { this.addRecord(MIMETYPE_TEXT_URI, text); }
    addWantRecord(want) { this.addRecord(MIMETYPE_TEXT_WANT, want); }
    pasteStart() {}
    pasteComplete() {}
  }

  function createData(...args) {
    // createData({type: value, …})
    if (args.length === 1 && typeof args[0] === 'object' && args[0] !== null) {
      return new PasteData(Object.entries(args[0]).map(([type, value]) => createRecord(type, value)));
    }
    return new PasteData([createRecord(...args)]);
  }

  class ProgressSignal {
    // Data of the process is there at once: nothing to cancel.
    cancel() {}
  }

  const patterns = {
    [Pattern.URL]: /\b(?:[a-z][a-z0-9+.-]*:\/\/|www\.)\S+/i,
    [Pattern.NUMBER]: /^\s*[+-]?\d+(?:\.\d+)?\s*$/,
    [Pattern.EMAIL_ADDRESS]: /\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b/,
    [Pattern.HTTP_URL]: /\bhttps?:\/\/\S+/i,
    [Pattern.FLIGHT_NUMBER]: /\b[A-Z0-9]{2}\d{3,4}\b/,
  };

  // What the pasteboard calls a form, and what other programs call it.
  const forms = {
    [MIMETYPE_TEXT_PLAIN]: 'text/plain', [MIMETYPE_TEXT_HTML]: 'text/html', [MIMETYPE_TEXT_URI]: 'text/uri-list', [MIMETYPE_PIXELMAP]: 'image/png',
  };
  const FIELDS_OF = Object.fromEntries(Object.entries(forms).map(([ours, theirs]) => [theirs, ours]));
  const unified = () => system.require('@concord:unified-forms');

  // What others have copied, as data: one record, or one for each address.
  function fromForms(values) {
    const given = Object.entries(values).filter(([, value]) => value !== undefined);
    const list = values['text/uri-list'];
    const uris = list === undefined ? [] : unified().addresses(list);
    const [first, ...others] = uris;
    const record = given.length === 0 ? undefined : new PasteDataRecord(FIELDS_OF[given[0][0]] ?? given[0][0], '');
    for (const [type, value] of given) {
      record.addEntry(FIELDS_OF[type] ?? type, type === 'text/uri-list' ? first : value);
    }
    return new PasteData(record === undefined ? [] : [record, ...others.map((uri) => createRecord(MIMETYPE_TEXT_URI, uri))]);
  }

  // The other way round.
  function toForms(data) {
    const uris = Array.from({ length: data.getRecordCount() }, (_, index) => data.getRecord(index).uri).filter((uri) => typeof uri === 'string');
    const made = {
      'text/plain': data.getPrimaryText(), 'text/html': data.getPrimaryHtml(), 'image/png': data.getPrimaryPixelMap(),
      'text/uri-list': uris.length === 0 ? undefined : `${uris.join('\r\n')}\r\n`,
    };
    for (let index = 0; index < data.getRecordCount(); index++) {
      for (const [type, value] of Object.entries(data.getRecord(index).data)) {
        if (/^[\w.+-]+\/[\w.+-]+$/.test(type) && (typeof value === 'string' || value instanceof ArrayBuffer)) made[type] ??= value;
      }
    }
    return made;
  }

  class SystemPasteboard {
    // What the app has put there; undefined when somebody else has.
    #own;
    #changes = 0;
    #listeners = new Set();

    constructor() {
      clipboard.onChange(this, () => this.#changed(undefined));
    }

    #changed(own) {
      this.#own = own;
      this.#changes += 1;
      for (const listener of this.#listeners) system.later(listener);
    }

    #set(data) {
      if (!(data instanceof PasteData)) wrongType(data, 'PasteData');
      const own = PasteData.copyOf(data);
      clipboard.set(data.getProperty().shareOption === ShareOption.INAPP ? {} : toForms(own), this);
      this.#changed(own);
    }

    // What can be had, as the pasteboard names it.
    #types() {
      return this.#own?.getMimeTypes() ?? clipboard.types.map((type) => FIELDS_OF[type] ?? type).filter((type) => type.includes('/') || type in fields);
    }

    // Types of other programs that mean something to apps.
    #wanted() {
      const known = clipboard.types.filter((type) => type in FIELDS_OF);
      // A picture is asked for when there is nothing else: it may be large.
      return known.length > 1 ? known.filter((type) => type !== 'image/png' || !known.includes('text/plain')) : known;
    }

    on(type, callback) {
      if (type !== 'update' || typeof callback !== 'function') wrongType(type, "'update'");
      this.#listeners.add(callback);
    }

    off(type, callback) {
      if (callback === undefined) this.#listeners.clear();
      else this.#listeners.delete(callback);
    }

    getDataSync() {
      if (this.#own !== undefined) return PasteData.copyOf(this.#own);
      return fromForms(Object.fromEntries(this.#wanted().map((type) => [type, clipboard.get(type)])));
    }

    // The same without standing still while another program hands it over.
    async #later() {
      if (this.#own !== undefined) return PasteData.copyOf(this.#own);
      return fromForms(Object.fromEntries(await Promise.all(this.#wanted().map(async (type) => [type, await clipboard.later(type)]))));
    }

    hasDataSync() { return this.#own !== undefined || clipboard.types.length > 0; }
    setDataSync(data) { this.#set(data); }
    clearDataSync() {
      clipboard.set({}, this);
      this.#own = undefined;
    }
    getData(callback) { return system.async(() => this.#later(), callback); }
    getPasteData(callback) { return this.getData(callback); }
    getDataWithProgress(params) {
      return system.async(async () => {
        const data = await this.#later();
        params?.progressListener?.({ progress: 100 });
        return data;
      });
    }
    hasData(callback) { return system.async(() => this.hasDataSync(), callback); }
    hasPasteData(callback) { return this.hasData(callback); }
    clearData(callback) { return system.async(() => this.clearDataSync(), callback); }
    clear(callback) { return this.clearData(callback); }
    setData(data, callback) {
      if (!(data instanceof PasteData)) wrongType(data, 'PasteData');
      return system.async(() => this.#set(data), callback);
    }
    setPasteData(data, callback) { return this.setData(data, callback); }
    getUnifiedDataSync() { return unified().fromForms(toForms(this.getDataSync())); }
    getUnifiedData() { return system.async(async () => unified().fromForms(toForms(await this.#later()))); }
    setUnifiedDataSync(data) {
      if (typeof data?.getRecords !== 'function') wrongType(data, 'UnifiedData');
      this.#set(fromForms(unified().toForms(data)));
    }
    setUnifiedData(data) { return system.async(() => this.setUnifiedDataSync(data)); }
    isRemoteData() { return false; }
    hasRemoteData() { return system.async(() => false); }
    getDataSource() { return ''; }
    hasDataType(mimeType) { return this.#types().includes(mimeType); }
    getMimeTypes() { return system.async(() => this.#types()); }
    getChangeCount() { return this.#changes; }
    detectPatterns(wanted) {
      return system.async(async () => {
        const text = (await this.#later()).getPrimaryText() ?? '';
        return wanted.filter((pattern) => patterns[pattern]?.test(text));
      });
    }
  }

  const systemPasteboard = new SystemPasteboard();

  return {
    MAX_RECORD_NUM, MIMETYPE_TEXT_HTML, MIMETYPE_TEXT_WANT, MIMETYPE_TEXT_PLAIN, MIMETYPE_TEXT_URI, MIMETYPE_PIXELMAP, ShareOption, Pattern,
    FileConflictOptions, ProgressIndicator, ProgressSignal, createData, createRecord, getSystemPasteboard: () => systemPasteboard,
    createPlainTextData: (text) => createData(MIMETYPE_TEXT_PLAIN, text),
    createHtmlData: (text) => createData(MIMETYPE_TEXT_HTML, text),
    createUriData: (text) => createData(MIMETYPE_TEXT_URI, text),
    createWantData: (want) => createData(MIMETYPE_TEXT_WANT, want),
  };
})
