// @ohos:data.unifiedDataChannel: data with types that several understand: what is dragged, shared, and kept in the data hub. The
// hub belongs to the process.
(function (host, system) {
  'use strict';
  const { BusinessError } = system;

  const ShareOptions = { IN_APP: 0, CROSS_APP: 1 };
  const UriPermission = { NONE: 0, READ: 1, WRITE: 2, PERSIST: 3 };
  const Intention = { DATA_HUB: 'DataHub', SYSTEM_SHARE: 'SystemShare', PICKER: 'Picker', MENU: 'Menu' };
  const Visibility = { ALL: 0, OWN_PROCESS: 1 };
  const FileConflictOptions = { OVERWRITE: 0, SKIP: 1 };
  const ProgressIndicator = { NONE: 0, DEFAULT: 1 };
  const ListenerStatus = { FINISHED: 0, PROCESSING: 1, CANCELED: 2, INNER_ERROR: 200, INVALID_PARAMETERS: 201, DATA_NOT_FOUND: 202,
    SYNC_FAILED: 203, COPY_FILE_FAILED: 204 };

  const invalid = (text) => new BusinessError(401, `Parameter error. ${text}`);

  class UnifiedRecord {
    #type = 'general.entity';
    #value;
    #entries = new Map();

    constructor(type, value) {
      if (type === undefined && value === undefined) {
        return;
      }
      if (typeof type !== 'string' || type === '' || value === undefined) {
        throw invalid('The type must be a string that is not empty, and the value must be given.');
      }
      this.#type = type;
      this.#value = value;
    }

    getType() { return this.type_?.() ?? this.#type; }
    getValue() { return this.#value ?? this; }

    getTypes() {
      return [...new Set([this.getType(), ...this.#entries.keys()])];
    }

    addEntry(type, value) {
      if (typeof type !== 'string' || type === '') {
        throw invalid('The type must be a string that is not empty.');
      }
      this.#entries.set(type, value);
    }

    getEntry(type) {
      return type === this.getType() && !this.#entries.has(type) ? this.getValue() : this.#entries.get(type);
    }

    getEntries() {
      return Object.fromEntries(this.getTypes().map((type) => [type, this.getEntry(type)]));
    }
  }

  // A kind of record: its type, and its members with what they are without a word about them.
  function kind(name, type, Base, members) {
    const Class = { [name]: class extends Base {
      constructor(given) {
        super();
        for (const [member, value] of Object.entries(members)) {
          this[member] = given?.[member] ?? (typeof value === 'function' ? value() : value);
        }
      }
    } }[name];
    Class.prototype.type_ = () => type;
    return Class;
  }

  const record = () => ({});
  const bytes = () => new Uint8Array(0);
  const Text = kind('Text', 'general.text', UnifiedRecord, { details: record });
  const PlainText = kind('PlainText', 'general.plain-text', Text, { textContent: '', abstract: '' });
  const Hyperlink = kind('Hyperlink', 'general.hyperlink', Text, { url: '', description: '' });
  const HTML = kind('HTML', 'general.html', Text, { htmlContent: '', plainContent: '' });
  const File = kind('File', 'general.file', UnifiedRecord, { uri: '', details: record });
  const Image = kind('Image', 'general.image', File, { imageUri: '' });
  const Video = kind('Video', 'general.video', File, { videoUri: '' });
  const Audio = kind('Audio', 'general.audio', File, { audioUri: '' });
  const Folder = kind('Folder', 'general.folder', File, { folderUri: '' });
  const SystemDefinedRecord = kind('SystemDefinedRecord', 'SystemDefinedType', UnifiedRecord, { details: record });
  const SystemDefinedForm = kind('SystemDefinedForm', 'openharmony.form', SystemDefinedRecord,
    { formId: 0, formName: '', module: '', bundleName: '', abilityName: '' });
  const SystemDefinedAppItem = kind('SystemDefinedAppItem', 'openharmony.app-item', SystemDefinedRecord,
    { appId: '', appName: '', appIconId: '', appLabelId: '', bundleName: '', abilityName: '' });
  const SystemDefinedPixelMap = kind('SystemDefinedPixelMap', 'openharmony.pixel-map', SystemDefinedRecord, { rawData: bytes });
  const ApplicationDefinedRecord = kind('ApplicationDefinedRecord', 'ApplicationDefinedType', UnifiedRecord,
    { applicationDefinedType: '', rawData: bytes });
  ApplicationDefinedRecord.prototype.getType = function getType() {
    return this.applicationDefinedType || 'ApplicationDefinedType';
  };

  class UnifiedDataProperties {
    extras = {};
    tag = '';
    timestamp = new Date();
    shareOptions = ShareOptions.CROSS_APP;
  }

  class UnifiedData {
    #records = [];
    properties = new UnifiedDataProperties();

    constructor(first) {
      if (first !== undefined) {
        this.addRecord(first);
      }
    }

    addRecord(added) {
      if (!(added instanceof UnifiedRecord)) {
        throw invalid('The record must be a UnifiedRecord.');
      }
      this.#records.push(added);
    }

    // Records of the same thing in several forms become one record with entries.
    merge_() {
      const [first, ...others] = this.#records;
      others.forEach((other) => first.addEntry(other.getType(), other.getValue()));
      this.#records = [first];
    }

    getRecords() { return [...this.#records]; }
    getTypes() { return [...new Set(this.#records.flatMap((one) => one.getTypes()))]; }
    hasType(type) { return this.getTypes().includes(type); }
  }

  class Summary {
    constructor(data) {
      this.summary = {};
      for (const one of data.getRecords()) {
        this.summary[one.getType()] = (this.summary[one.getType()] ?? 0) + JSON.stringify(one).length;
      }
      this.totalSize = Object.values(this.summary).reduce((sum, size) => sum + size, 0);
      this.overview = { ...this.summary };
    }
  }

  // --- the data hub: key → {data, intention}

  const hub = new Map();
  let last = 0;
  // Whatever is kept outlives one run of nobody, so this is far above what apps keep at once.
  const MOST = 4096;

  function check(options) {
    if (typeof options !== 'object' || options === null) {
      throw invalid('The options must be an object.');
    }
    const { key, intention } = options;
    const inKey = typeof key === 'string' ? /^udmf:\/\/([^/]+)\/[^/]+\/[^/]+$/.exec(key)?.[1] : undefined;
    if (key !== undefined && inKey === undefined) {
      throw invalid('The key is none.');
    }
    if (key === undefined && !Object.values(Intention).includes(intention)) {
      throw invalid('Either a key or an intention must be given.');
    }
    return { key, intention };
  }

  function dataOf(value) {
    if (!(value instanceof UnifiedData) || value.getRecords().length === 0) {
      throw invalid('The data must be a UnifiedData with a record.');
    }
    return value;
  }

  const found = ({ key, intention }) => [...hub].filter(([name, kept]) =>
    (key === undefined || name === key) && (intention === undefined || kept.intention === intention));

  const unifiedDataChannel = {
    insertData(options, data, callback) {
      const { intention } = check(options);
      dataOf(data);
      return system.async(() => {
        if (hub.size >= MOST) {
          throw new BusinessError(20400001, 'Settings already exist.');
        }
        last += 1;
        const { info } = system.require('@concord:process');
        const key = `udmf://${intention}/${info.bundleName}/${String(last).padStart(32, '0')}`;
        hub.set(key, { data, intention });
        return key;
      }, callback);
    },
    updateData(options, data, callback) {
      const { key } = check(options);
      dataOf(data);
      return system.async(() => {
        const kept = hub.get(key);
        if (!kept) {
          throw invalid('There is no data with this key.');
        }
        kept.data = data;
      }, callback);
    },
    queryData(options, callback) {
      const wanted = check(options);
      return system.async(() => found(wanted).map(([, { data }]) => data), callback);
    },
    deleteData(options, callback) {
      const wanted = check(options);
      return system.async(() => found(wanted).map(([key, { data }]) => {
        hub.delete(key);
        return data;
      }), callback);
    },
    convertRecordsToEntries(data) {
      dataOf(data).merge_();
    },
    setAppShareOptions() {},
    removeAppShareOptions() {},
    ShareOptions, UriPermission, Intention, Visibility, FileConflictOptions, ProgressIndicator, ListenerStatus, UnifiedDataProperties, UnifiedData,
    Summary, UnifiedRecord, Text, PlainText, Hyperlink, HTML, File, Image, Video, Audio, Folder, SystemDefinedRecord, SystemDefinedForm,
    SystemDefinedAppItem, SystemDefinedPixelMap, ApplicationDefinedRecord,
  };
  return unifiedDataChannel;
})
