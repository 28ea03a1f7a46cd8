// @ohos:data.unifiedDataChannel: data with types that several understand: what is dragged, shared, and kept in the data hub. The
// hub belongs to the process.
(function (host, system) {
  'use strict';
  const { BusinessError } = system;

  const ShareOptions = { IN_APP: 0, CROSS_APP: 1 };
  const UriPermission = { NONE: 0, READ: 1, WRITE: 2, PERSIST: 3 };
  const Intention = { DATA_HUB: 'DataHub', DRAG: 'Drag', SYSTEM_SHARE: 'SystemShare', PICKER: 'Picker', MENU: 'Menu' };
  const Visibility = { ALL: 0, OWN_PROCESS: 1 };
  const FileConflictOptions = { OVERWRITE: 0, SKIP: 1 };
  const ProgressIndicator = { NONE: 0, DEFAULT: 1 };
  const ListenerStatus = { FINISHED: 0, PROCESSING: 1, CANCELED: 2, INNER_ERROR: 200, INVALID_PARAMETERS: 201, DATA_NOT_FOUND: 202,
    SYNC_FAILED: 203, COPY_FILE_FAILED: 204 };

  const invalid = (text) => new BusinessError(401, `Parameter error. ${text}`);

  const typeArg = (type) => {
    if (typeof type !== 'string' || type === '') {
      throw invalid('The type must be a string that is not empty.');
    }
    return type;
  };

  class UnifiedRecord {
    #type = 'general.entity';
    #value;
    /** Nothing has said yet what this is. */
    #blank = true;
    #entries = new Map();

    constructor(...given) {
      if (given.length === 0) {
        return;
      }
      if (given.length === 1) {
        throw invalid('Mandatory parameters are left unspecified.');
      }
      [this.#type, this.#value] = [typeArg(given[0]), given[1]];
      this.#blank = false;
    }

    getType() { return this.type_?.() ?? this.#type; }

    /** What was given; of the kinds below an object of `uniformDataStruct`. */
    getValue() { return this.struct_?.() ?? this.#value; }

    getTypes() {
      return [...new Set([this.getType(), ...this.#entries.keys()])];
    }

    addEntry(type, value) {
      typeArg(type);
      if (this.#blank && this.type_ === undefined) {
        [this.#type, this.#value, this.#blank] = [type, value, false];
      } else {
        this.#entries.set(type, value);
      }
    }

    getEntry(type) {
      return typeArg(type) === this.getType() && !this.#entries.has(type) ? this.getValue() : this.#entries.get(type);
    }

    getEntries() {
      return Object.fromEntries(this.getTypes().map((type) => [type, this.getEntry(type)]));
    }

    /** A record of its own with the same contents: of a kind below, if its type has one. */
    static copy(record) {
      const Class = record.type_ === undefined ? KINDS.get(record.#type) : record.constructor;
      let made;
      if (Class === undefined) {
        made = record.#blank ? new UnifiedRecord() : new UnifiedRecord(record.#type, copied(record.#value));
      } else {
        const shape = record.type_ === undefined ? record.#value : record;
        made = typeof shape === 'object' && shape !== null ? new Class(shape) : new UnifiedRecord(record.#type, shape);
      }
      record.#entries.forEach((value, type) => made.#entries.set(type, copied(value)));
      return made;
    }
  }

  /** Of data a copy; pictures and the like are themselves. */
  function copied(value) {
    if (value instanceof ArrayBuffer) return value.slice(0);
    if (ArrayBuffer.isView(value)) return value.slice();
    const plain = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
    return plain ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, copied(one)])) : value;
  }

  /** Type → kind of record. */
  const KINDS = new Map();

  // A kind of record: its type, and its members with what they are without a word about them.
  function kind(name, type, Base, members) {
    const all = { ...Base.members_, ...members };
    const Class = { [name]: class extends Base {
      constructor(given) {
        super();
        for (const [member, value] of Object.entries(members)) {
          this[member] = copied(given?.[member]) ?? (typeof value === 'function' ? value() : value);
        }
      }
    } }[name];
    Class.members_ = all;
    Class.prototype.type_ = () => type;
    Class.prototype.struct_ = function struct() {
      return { uniformDataType: this.getType(), ...Object.fromEntries(Object.keys(all).map((member) => [member, this[member]])) };
    };
    for (const key of ['members_', 'type_', 'struct_']) {
      Object.defineProperty(key === 'members_' ? Class : Class.prototype, key, { enumerable: false });
    }
    KINDS.set(type, Class);
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
  ApplicationDefinedRecord.prototype.type_ = function type() {
    return this.applicationDefinedType || 'ApplicationDefinedType';
  };
  // A PixelMap stands for itself, unless the record has its bytes.
  KINDS.delete('openharmony.pixel-map');

  class UnifiedDataProperties {
    #timestamp = new Date();
    extras = {};
    tag = '';
    shareOptions = ShareOptions.CROSS_APP;
    getDelayData = undefined;
    uriAuthorizationPolicies = undefined;

    get timestamp() { return new Date(this.#timestamp); }

    static copy(properties) {
      const made = Object.assign(new UnifiedDataProperties(), properties);
      made.extras = copied(properties.extras);
      made.#timestamp = properties.#timestamp;
      return made;
    }
  }

  class UnifiedData {
    #records = [];
    #properties = new UnifiedDataProperties();

    constructor(first) {
      if (first !== undefined) {
        this.addRecord(first);
      }
    }

    get properties() { return this.#properties; }

    set properties(given) {
      if (!(given instanceof UnifiedDataProperties)) {
        throw invalid('The properties must be UnifiedDataProperties.');
      }
      this.#properties = given;
    }

    addRecord(added) {
      if (!(added instanceof UnifiedRecord)) {
        throw invalid('The record must be a UnifiedRecord.');
      }
      this.#records.push(added);
    }

    // Records of the same thing in several forms become one record with entries.
    static merge(data) {
      const [first, ...others] = data.#records;
      for (const other of others) {
        for (const [type, value] of Object.entries(other.getEntries())) {
          if (!first.getTypes().includes(type)) {
            first.addEntry(type, value);
          }
        }
      }
      data.#records = [first];
    }

    /** What the hub keeps is not what the app goes on changing. */
    static copy(data) {
      const made = new UnifiedData();
      made.#records = data.#records.map(UnifiedRecord.copy);
      made.#properties = UnifiedDataProperties.copy(data.#properties);
      return made;
    }

    getRecords() { return [...this.#records]; }
    getTypes() { return [...new Set(this.#records.flatMap((one) => one.getTypes()))]; }

    hasType(type) {
      if (typeof type !== 'string') {
        throw invalid('The type must be a string.');
      }
      return this.getTypes().includes(type);
    }
  }

  /** Bytes of a value, about. */
  function sizeOf(value) {
    if (value === undefined || value === null) return 0;
    if (typeof value === 'string') return value.length;
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value.byteLength;
    if (typeof value === 'object') return Object.values(value).reduce((sum, one) => sum + sizeOf(one), 0);
    return 8;
  }

  class Summary {
    constructor(data) {
      this.summary = {};
      for (const [type, value] of data.getRecords().flatMap((one) => Object.entries(one.getEntries()))) {
        this.summary[type] = (this.summary[type] ?? 0) + sizeOf(value);
      }
      this.totalSize = Object.values(this.summary).reduce((sum, size) => sum + size, 0);
      this.overview = { ...this.summary };
    }
  }

  // --- the data hub: key → {data, intention}

  const hub = new Map();
  let last = 0;
  // Far above what apps keep at once.
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
    // What is dragged goes its own way.
    const { DRAG, ...open } = Intention;
    if (key === undefined && !Object.values(open).includes(intention)) {
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

  // Which apps may have what is dragged out of this one.
  let shared;

  function sharing(intention) {
    if (intention !== 'Drag') {
      throw invalid('The intention must be Drag.');
    }
    system.require('@concord:kits/permissions').demand('ohos.permission.MANAGE_UDMF_APP_SHARE_OPTION');
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
        hub.set(key, { data: UnifiedData.copy(data), intention });
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
        kept.data = UnifiedData.copy(data);
      }, callback);
    },
    queryData(options, callback) {
      const wanted = check(options);
      return system.async(() => found(wanted).map(([, { data }]) => UnifiedData.copy(data)), callback);
    },
    deleteData(options, callback) {
      const wanted = check(options);
      return system.async(() => found(wanted).map(([key, { data }]) => {
        hub.delete(key);
        return data;
      }), callback);
    },
    convertRecordsToEntries(data) {
      UnifiedData.merge(dataOf(data));
    },
    setAppShareOptions(intention, shareOptions) {
      sharing(intention);
      if (!Object.values(ShareOptions).includes(shareOptions)) {
        throw invalid('The shareOptions must be ShareOptions.');
      }
      if (shared !== undefined) {
        throw new BusinessError(20400001, 'Settings already exist. To reconfigure, remove the existing sharing options.');
      }
      shared = shareOptions;
    },
    removeAppShareOptions(intention) {
      sharing(intention);
      shared = undefined;
    },
    ShareOptions, UriPermission, Intention, Visibility, FileConflictOptions, ProgressIndicator, ListenerStatus, UnifiedDataProperties, UnifiedData,
    Summary, UnifiedRecord, Text, PlainText, Hyperlink, HTML, File, Image, Video, Audio, Folder, SystemDefinedRecord, SystemDefinedForm,
    SystemDefinedAppItem, SystemDefinedPixelMap, ApplicationDefinedRecord,
  };
  return unifiedDataChannel;
})
