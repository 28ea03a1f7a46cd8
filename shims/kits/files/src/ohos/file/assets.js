// @concord:file.assets: photos, films and albums of @ohos:file.photoAccessHelper.
(function (_, system) {
  'use strict';

  const { fail } = system.require('@concord:kits');
  const { info } = system.require('@concord:process');
  const gallery = system.require('@concord:file.gallery');
  const fs = system.require('@ohos:file.fs');

  const INVALID = 13900020;
  const NO_SUCH_FILE = 13900002;
  const WRONG_MEMBER = 14000014;
  const INTERNAL = 14000011;

  const internal = () => fail(INTERNAL, 'System inner fail');
  const wrong = (what) => fail(401, `Parameter error. ${what}`);

  /** 201 unless the app has declared a permission and the person has granted it. */
  function demand(name) {
    const manager = system.require('@ohos:abilityAccessCtrl').createAtManager();
    if (manager.checkAccessTokenSync(info.accessTokenId, name) !== 0) {
      fail(201, `Permission denied. The application does not have ${name}.`);
    }
  }

  const demandRead = () => demand('ohos.permission.READ_IMAGEVIDEO');
  const demandWrite = () => demand('ohos.permission.WRITE_IMAGEVIDEO');

  const COLUMNS = [
    'uri', 'media_type', 'display_name', 'size', 'date_added', 'date_modified', 'duration', 'width', 'height', 'date_taken', 'orientation',
    'is_favorite', 'title', 'date_added_ms', 'date_modified_ms', 'subtype', 'dynamic_range_type', 'cover_position', 'burst_key', 'lcd_size',
    'thm_size', 'detail_time', 'date_taken_ms', 'media_suffix',
  ];
  // Every asset has these, whatever was asked for.
  const ALWAYS = ['uri', 'media_type', 'display_name'];

  const dot = (name) => { const at = name.lastIndexOf('.'); return at > 0 ? at : name.length; };
  const titleOf = (name) => name.slice(0, dot(name));
  const twoDigits = (number) => String(number).padStart(2, '0');

  function detailTime(milliseconds) {
    const date = new Date(milliseconds);
    const day = [date.getFullYear(), twoDigits(date.getMonth() + 1), twoDigits(date.getDate())].join(':');
    return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':')}`;
  }

  // asset → the row of its file.
  const rows = new WeakMap();

  function sizeOf(row) {
    if (row.dimensions === undefined) {
      row.dimensions = { width: 0, height: 0 };
      if (row.type === 1) {
        try {
          row.dimensions = imageOf(row).getImageInfoSync(0).size;
        } catch {
          // No picture that can be read.
        }
      }
    }
    return row.dimensions;
  }

  function imageOf(row) {
    const file = fs.openSync(uriOf(row));
    try {
      const bytes = new ArrayBuffer(fs.statSync(file.fd).size);
      fs.readSync(file.fd, bytes);
      return system.require('@ohos:multimedia.image').createImageSource(bytes) ?? internal();
    } finally {
      fs.closeSync(file);
    }
  }

  function uriOf(row, writable = false) {
    if (row.uri === undefined || writable) row.uri = gallery.share(row.place, writable);
    return row.uri;
  }

  function columnOf(row, name) {
    switch (name) {
      case 'uri': return uriOf(row);
      case 'media_type': return row.type;
      case 'display_name': return row.name;
      case 'size': return row.size;
      case 'date_added': return Math.floor(row.added / 1000);
      case 'date_modified': return Math.floor(row.modified / 1000);
      case 'date_taken': return Math.floor(row.modified / 1000);
      case 'date_added_ms': return row.added;
      case 'date_modified_ms': return row.modified;
      case 'date_taken_ms': return row.modified;
      case 'detail_time': return detailTime(row.modified);
      case 'title': return row.title ?? titleOf(row.name);
      case 'media_suffix': return row.name.slice(dot(row.name) + 1).toLowerCase();
      case 'width': return sizeOf(row).width;
      case 'height': return sizeOf(row).height;
      case 'lcd_size': case 'thm_size': return `${sizeOf(row).width}:${sizeOf(row).height}`;
      case 'burst_key': return '';
      // duration, orientation, is_favorite, subtype, dynamic_range_type, cover_position
      default: return 0;
    }
  }

  // Who wants to know of changes.
  const observers = [];

  function changed(type, uri) {
    for (const { uri: wanted, forChildUris, callback } of [...observers]) {
      if (wanted === uri || (forChildUris && uri.startsWith(wanted)) || wanted === 'file://media/Photo') {
        system.later(callback, { type, uris: [uri], extraUris: [] });
      }
    }
  }

  class PhotoAsset {
    #columns;
    #title;

    constructor(row, columns) {
      rows.set(this, row);
      this.#columns = new Set([...ALWAYS, ...columns]);
      this.uri = uriOf(row);
      this.photoType = row.type;
      this.displayName = row.name;
    }

    get(member) {
      if (typeof member !== 'string' || !COLUMNS.includes(member)) fail(WRONG_MEMBER, 'The provided member must be a property name of PhotoKey');
      if (!this.#columns.has(member)) fail(WRONG_MEMBER, `The column ${member} was not fetched`);
      if (member === 'title' && this.#title !== undefined) return this.#title;
      return columnOf(rows.get(this), member);
    }

    set(member, value) {
      if (member !== 'title') fail(WRONG_MEMBER, 'The provided member must be a property name of PhotoKey that can be set');
      if (typeof value !== 'string' || value === '') wrong('The title must be a string');
      this.#title = value;
    }

    commitModify(callback) {
      return system.async(async () => {
        demandWrite();
        if (this.#title !== undefined) await retitle(this, this.#title);
      }, callback);
    }

    getThumbnail(...args) {
      const callback = args.find((arg) => typeof arg === 'function');
      const size = typeof args[0] === 'object' && args[0] !== null ? args[0] : { width: 256, height: 256 };
      return system.async(async () => {
        demandRead();
        const row = rows.get(this);
        if (row.type !== 1) internal();
        const source = imageOf(row);
        const real = source.getImageInfoSync(0).size;
        const scale = Math.min(size.width / real.width, size.height / real.height, 1);
        if (!(scale > 0)) fail(INVALID, 'Invalid argument');
        const desiredSize = { width: Math.max(Math.round(real.width * scale), 1), height: Math.max(Math.round(real.height * scale), 1) };
        return source.createPixelMap({ desiredSize });
      }, callback);
    }

    clone(title) {
      if (typeof title !== 'string' || title === '') wrong('The title must be a string');
      return system.async(async () => {
        demandWrite();
        const row = rows.get(this);
        const copy = await create(row.type, row.name.slice(dot(row.name) + 1), title);
        await gallery.writeLater(copy.place, pathOf(uriOf(row)));
        return new PhotoAsset(await refreshed(copy), COLUMNS);
      });
    }
  }

  /** The app's name of a file of the gallery. */
  const pathOf = (uri) => `/data/storage/el2/media${decodeURIComponent(uri.slice('file://media'.length))}`;

  async function refreshed(row) {
    const found = (await gallery.scanLater()).find(({ place }) => place === row.place);
    return Object.assign(row, found, { dimensions: undefined });
  }

  async function retitle(asset, title) {
    const row = rows.get(asset);
    row.place = await gallery.renameLater(row.place, title).catch((error) => fail(INVALID, error.message));
    row.name = row.place.slice(row.place.lastIndexOf('/') + 1);
    row.title = undefined;
    row.uri = undefined;
    asset.uri = uriOf(row, true);
    asset.displayName = row.name;
    changed(1, asset.uri);
  }

  /** A new file of the gallery. */
  async function create(type, extension, title) {
    const now = new Date();
    const day = `${now.getFullYear()}${twoDigits(now.getMonth() + 1)}${twoDigits(now.getDate())}`;
    const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(twoDigits).join('');
    const name = title ?? `${type === 2 ? 'VID' : 'IMG'}_${day}_${time}`;
    const place = await gallery.createLater(type, name, extension);
    const row = { place, name: place.slice(place.lastIndexOf('/') + 1), type, size: 0, added: now.getTime(), modified: now.getTime(), album: '' };
    uriOf(row, true);
    changed(0, row.uri);
    return row;
  }

  class FetchResult {
    #items;
    #make;
    #at = -1;
    #closed = false;

    constructor(items, make) {
      this.#items = items;
      this.#make = make;
    }

    #check() {
      if (this.#closed) fail(INVALID, 'Invalid argument. The result is closed');
    }

    #get(index) {
      this.#check();
      if (!(index >= 0 && index < this.#items.length)) fail(INVALID, 'Invalid argument. There is no such object');
      this.#at = index;
      return this.#make(this.#items[index]);
    }

    getCount() {
      this.#check();
      return this.#items.length;
    }

    isAfterLast() {
      this.#check();
      return this.#at >= this.#items.length - 1;
    }

    close() {
      this.#closed = true;
      this.#items = [];
    }

    getFirstObject(callback) { return system.async(() => this.#get(0), callback); }
    getNextObject(callback) { return system.async(() => this.#get(this.#at + 1), callback); }
    getLastObject(callback) { return system.async(() => this.#get(this.#items.length - 1), callback); }

    getObjectByPosition(index, callback) {
      if (typeof index !== 'number') wrong('The index must be a number');
      return system.async(() => this.#get(index), callback);
    }

    getAllObjects(callback) {
      return system.async(() => {
        this.#check();
        return this.#items.map((item) => this.#make(item));
      }, callback);
    }

    contains(object) {
      return system.async(() => this.#items.some((item) => this.#make(item).uri === object?.uri));
    }

    getIndex(object) {
      return system.async(() => this.#items.findIndex((item) => this.#make(item).uri === object?.uri));
    }

    getObjectsByIndexSet(indexes) {
      if (!Array.isArray(indexes)) wrong('The indexes must be an array');
      return system.async(() => indexes.filter((index) => index >= 0 && index < this.#items.length).map((index) => this.#make(this.#items[index])));
    }
  }

  return {
    COLUMNS, PhotoAsset, FetchResult, rows, columnOf, uriOf, create, retitle, changed, observers, demandRead, demandWrite, imageOf, pathOf,
    refreshed, internal, wrong, gallery, NO_SUCH_FILE, INVALID,
  };
})
