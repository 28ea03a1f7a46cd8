// @ohos:file.photoAccessHelper: people choose photos and films in a dialog of the desktop; apps that may read and add to the person's own
// folders of them.
(function (host, system) {
  'use strict';
  const { choose, overload } = system.require('@concord:file.chooser');
  const { info } = system.require('@concord:process');
  const assets = system.require('@concord:file.assets');
  const fs = system.require('@ohos:file.fs');
  const {
    COLUMNS, PhotoAsset, FetchResult, rows, columnOf, uriOf, create, changed, observers, demandRead, demandWrite, gallery, internal, wrong,
  } = assets;

  const PhotoViewMIMETypes = {
    IMAGE_TYPE: 'image/*', VIDEO_TYPE: 'video/*', IMAGE_VIDEO_TYPE: '*/*', MOVING_PHOTO_IMAGE_TYPE: 'image/movingPhoto',
  };
  const RecommendationType = {
    QR_OR_BAR_CODE: 1, QR_CODE: 2, BAR_CODE: 3, ID_CARD: 4, PROFILE_PICTURE: 5, PASSPORT: 6, BANK_CARD: 7, DRIVER_LICENSE: 8,
    DRIVING_LICENSE: 9, FEATURED_SINGLE_PORTRAIT: 10,
  };
  const PhotoType = { IMAGE: 1, VIDEO: 2 };
  const MOST = 500;
  const USUAL = 50;

  class BaseSelectOptions {}
  class PhotoSelectOptions extends BaseSelectOptions {}

  class PhotoSelectResult {
    constructor(photoUris = [], isOriginalPhoto = false) {
      this.photoUris = photoUris;
      this.isOriginalPhoto = isOriginalPhoto;
    }
  }

  // The MIME types that a dialog shows.
  function typesOf(kind) {
    switch (kind) {
      case PhotoViewMIMETypes.IMAGE_TYPE:
      case PhotoViewMIMETypes.MOVING_PHOTO_IMAGE_TYPE:
        return ['image/*'];
      case PhotoViewMIMETypes.VIDEO_TYPE:
        return ['video/*'];
      default:
        return ['image/*', 'video/*'];
    }
  }

  class PhotoViewPicker {
    select(...args) {
      const [options, callback] = overload(args);
      const { maxSelectNumber: most = USUAL } = options;
      if (typeof most !== 'number' || most < 1 || most > MOST) {
        throw new system.BusinessError(401, `Parameter error. maxSelectNumber must be 1 to ${MOST}.`);
      }
      return system.async(async () => {
        const filters = [['', [], typesOf(options.MIMEType)]];
        const uris = await choose({ wanted: most > 1 ? 'files' : 'file', filters, media: true });
        return new PhotoSelectResult(uris.slice(0, most));
      }, callback);
    }
  }

  const PhotoKeys = {
    URI: 'uri', PHOTO_TYPE: 'media_type', DISPLAY_NAME: 'display_name', SIZE: 'size', DATE_ADDED: 'date_added',
    DATE_MODIFIED: 'date_modified', DURATION: 'duration', WIDTH: 'width', HEIGHT: 'height', DATE_TAKEN: 'date_taken',
    ORIENTATION: 'orientation', FAVORITE: 'is_favorite', TITLE: 'title', DATE_ADDED_MS: 'date_added_ms',
    DATE_MODIFIED_MS: 'date_modified_ms', PHOTO_SUBTYPE: 'subtype', DYNAMIC_RANGE_TYPE: 'dynamic_range_type',
    COVER_POSITION: 'cover_position', BURST_KEY: 'burst_key', LCD_SIZE: 'lcd_size', THM_SIZE: 'thm_size', DETAIL_TIME: 'detail_time',
    DATE_TAKEN_MS: 'date_taken_ms', MEDIA_SUFFIX: 'media_suffix',
  };
  const AlbumKeys = { URI: 'uri', ALBUM_NAME: 'album_name' };
  const AlbumType = { USER: 0, SYSTEM: 1024 };
  const AlbumSubtype = { USER_GENERIC: 1, FAVORITE: 1025, VIDEO: 1026, ANY: 2147483647 };
  const NotifyType = { NOTIFY_ADD: 0, NOTIFY_UPDATE: 1, NOTIFY_REMOVE: 2, NOTIFY_ALBUM_ADD_ASSET: 3, NOTIFY_ALBUM_REMOVE_ASSET: 4 };
  const NotifyChangeType = { NOTIFY_CHANGE_ADD: 0, NOTIFY_CHANGE_UPDATE: 1, NOTIFY_CHANGE_REMOVE: 2 };
  const DefaultChangeUri = { DEFAULT_PHOTO_URI: 'file://media/Photo', DEFAULT_ALBUM_URI: 'file://media/PhotoAlbum' };
  const PhotoSubtype = { DEFAULT: 0, MOVING_PHOTO: 3, BURST: 4 };
  const DynamicRangeType = { SDR: 0, HDR: 1 };
  const DeliveryMode = { FAST_MODE: 0, HIGH_QUALITY_MODE: 1, BALANCE_MODE: 2 };
  const CompatibleMode = { ORIGINAL_FORMAT_MODE: 0, COMPATIBLE_FORMAT_MODE: 1 };
  const ResourceType = { IMAGE_RESOURCE: 1, VIDEO_RESOURCE: 2 };
  const ImageFileType = { JPEG: 1, HEIF: 2 };
  const CompleteButtonText = { TEXT_DONE: 0, TEXT_SEND: 1, TEXT_ADD: 2 };
  const PhotoSource = { ALL: 0, CAMERA: 1, SCREENSHOT: 2 };
  const FilterOperator = {
    EQUAL_TO: 0, NOT_EQUAL_TO: 1, MORE_THAN: 2, LESS_THAN: 3, MORE_THAN_OR_EQUAL_TO: 4, LESS_THAN_OR_EQUAL_TO: 5, BETWEEN: 6,
  };
  const OperationType = {
    EQUAL_TO: 1, NOT_EQUAL_TO: 2, GREATER_THAN: 3, LESS_THAN: 4, GREATER_THAN_OR_EQUAL_TO: 5, LESS_THAN_OR_EQUAL_TO: 6, AND: 7, OR: 8,
    IN: 9, NOT_IN: 10, BEGIN_WRAP: 11, END_WRAP: 12, BETWEEN: 13, NOT_BETWEEN: 14,
  };
  const SingleSelectionMode = { BROWSER_MODE: 0, SELECT_MODE: 1, BROWSER_AND_SELECT_MODE: 2 };
  const MovingPhotoBadgeStateType = { NOT_MOVING_PHOTO: 0, MOVING_PHOTO_ENABLED: 1, MOVING_PHOTO_DISABLED: 2 };
  const GridLevel = { SPACIOUS: 0, STANDARD: 1, COMPACT: 2 };
  const GridPinchModeType = { FULL_FUNCTION_GRID: 0 };
  const SceneType = { GRID_TO_PHOTO_BROWSER: 0, PHOTO_BROWSER_SWIPE: 1 };
  const PlayMode = { DEFAULT: 0, AUTO_PLAY: 1 };
  const PreferredCompatibleMode = { DEFAULT: 0, CURRENT: 1, COMPATIBLE: 2 };
  const MediaAssetPermissionState = { URI_FORMAT_ERROR: 0, FILE_NOT_EXIST: 1, READ_PERMISSION: 2, NO_READ_PERMISSION: 3 };
  const AvailabilityStatus = { AVAILABLE: 'available', UNAVAILABLE: 'unavailable' };
  const PickerColorMode = { AUTO: 0, LIGHT: 1, DARK: 2 };
  // All of its values are the system's.
  const FusionAssetType = {};
  const VideoMode = { DEFAULT: 0, LOG_VIDEO: 1 };

  // Objects that apps fill in.
  const records = Object.fromEntries([
    'ContextRecoveryInfo', 'RecentPhotoOptions', 'RecentPhotoInfo', 'MimeTypeFilter', 'FileSizeFilter', 'VideoDurationFilter',
    'PhotoViewMimeTypeFileSizeFilter', 'OperationItem', 'RequestReadPermissionResult', 'GridPinchMode', 'RecommendationOptions',
    'AutoPlayScene',
  ].map((name) => [name, { [name]: class {} }[name]]));

  const SUFFIXES = { 1: ['jpg', 'jpeg', 'png', 'gif', 'webp', 'bmp', 'heic', 'heif'], 2: ['mp4', 'mkv', 'webm', 'mov', 'avi', '3gp'] };

  /** What predicates ask for: a filter of rows, their order, and how many. */
  function queryOf(options) {
    if (options === null || typeof options !== 'object' || !Array.isArray(options.fetchColumns)) wrong('The options must be FetchOptions');
    const columns = options.fetchColumns.filter((column) => column !== '');
    const unknown = columns.find((column) => !COLUMNS.includes(column));
    if (unknown !== undefined) assets.wrong(`There is no column ${unknown}`);
    const { select } = system.require('@concord:data.select');
    return { columns, apply: (list) => select(options.predicates, list, columnOf) };
  }

  const fetched = (list, query) => new FetchResult(query.apply(list), (row) => new PhotoAsset(row, query.columns));

  class Album {
    #rows;

    constructor(name, type, subtype, list) {
      this.#rows = list;
      this.albumType = type;
      this.albumSubtype = subtype;
      this.albumName = name;
      this.albumUri = `file://media/PhotoAlbum/${encodeURIComponent(name)}`;
      this.count = list.length;
      this.imageCount = list.filter((row) => row.type === PhotoType.IMAGE).length;
      this.videoCount = list.length - this.imageCount;
      this.coverUri = list.length > 0 ? uriOf(list[0]) : '';
    }

    getAssets(options, callback) {
      const query = queryOf(options);
      return system.async(() => {
        demandRead();
        return fetched(this.#rows, query);
      }, callback);
    }

    commitModify(callback) {
      return system.async(() => {
        demandWrite();
        internal();
      }, callback);
    }
  }

  async function albums(type, subtype) {
    const all = await gallery.scanLater();
    if (type === AlbumType.SYSTEM) {
      const videos = new Album('Videos', type, AlbumSubtype.VIDEO, all.filter((row) => row.type === PhotoType.VIDEO));
      const favourites = new Album('Favorites', type, AlbumSubtype.FAVORITE, []);
      return [videos, favourites].filter((album) => subtype === AlbumSubtype.ANY || album.albumSubtype === subtype);
    }
    const folders = new Map();
    for (const row of all) {
      if (!folders.has(row.album)) folders.set(row.album, []);
      folders.get(row.album).push(row);
    }
    return [...folders].map(([name, list]) => new Album(name, AlbumType.USER, AlbumSubtype.USER_GENERIC, list));
  }

  function checkCreation(photoType, extension) {
    if (!Object.values(PhotoType).includes(photoType) || typeof extension !== 'string' || !SUFFIXES[photoType].includes(extension.toLowerCase())) {
      wrong('The photo type and the extension do not fit');
    }
  }

  const NEW = Symbol('an asset that is not there yet');

  class MediaAssetChangeRequest {
    #asset;
    #type;
    #extension;
    #title;
    #resource;
    #row;

    constructor(asset) {
      if (asset === NEW) return;
      if (!rows.has(asset ?? {})) wrong('The asset must be a PhotoAsset');
      this.#asset = asset;
    }

    static #new(type, extension, title, resource) {
      const request = new MediaAssetChangeRequest(NEW);
      request.#type = type;
      request.#extension = extension;
      request.#title = title;
      request.#resource = resource;
      return request;
    }

    static #ofFile(type, fileUri) {
      if (typeof fileUri !== 'string') wrong('The URI must be a string');
      const path = appPath(fileUri);
      const name = path.slice(path.lastIndexOf('/') + 1);
      const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
      if (!SUFFIXES[type].includes(extension)) wrong('The extension is not one of the type');
      if (!fs.accessSync(path)) throw new system.BusinessError(assets.NO_SUCH_FILE, 'No such file');
      return MediaAssetChangeRequest.#new(type, extension, name.slice(0, -extension.length - 1), path);
    }

    static createImageAssetRequest(context, fileUri) { return MediaAssetChangeRequest.#ofFile(PhotoType.IMAGE, fileUri); }
    static createVideoAssetRequest(context, fileUri) { return MediaAssetChangeRequest.#ofFile(PhotoType.VIDEO, fileUri); }

    static createAssetRequest(context, photoType, extension, options) {
      checkCreation(photoType, extension);
      return MediaAssetChangeRequest.#new(photoType, extension.toLowerCase(), options?.title);
    }

    static deleteAssets(context, list) {
      if (!Array.isArray(list)) wrong('The assets must be an array');
      return system.async(async () => {
        demandWrite();
        const all = list.some((item) => typeof item === 'string') ? await gallery.scanLater() : [];
        for (const item of list) {
          const row = typeof item === 'string' ? all.find((known) => uriOf(known) === item) : rows.get(item);
          if (row === undefined) throw new system.BusinessError(14000002, 'The uri format is incorrect or does not exist');
          await gallery.removeLater(row.place);
          changed(NotifyType.NOTIFY_REMOVE, row.uri ?? '');
        }
      });
    }

    getAsset() {
      if (this.#asset === undefined && this.#row === undefined) internal();
      this.#asset ??= new PhotoAsset(this.#row, COLUMNS);
      return this.#asset;
    }

    setTitle(title) {
      if (typeof title !== 'string' || title === '' || /[\\/:*?"'`<>|{}[\]]/.test(title)) wrong('The title is empty or has characters that it must not have');
      this.#title = title;
    }

    setOrientation(orientation) {
      if (![0, 90, 180, 270].includes(orientation)) wrong('The orientation must be 0, 90, 180 or 270');
      internal();
    }

    addResource(type, resource) {
      if (type !== this.#type) wrong('The type of the resource is not that of the asset');
      if (this.#resource !== undefined) throw new system.BusinessError(14000016, 'Operation Not Support');
      if (typeof resource === 'string') {
        const path = appPath(resource);
        if (!fs.accessSync(path)) throw new system.BusinessError(assets.NO_SUCH_FILE, 'No such file');
        this.#resource = path;
      } else if (resource instanceof ArrayBuffer) {
        this.#resource = resource.slice(0);
      } else {
        wrong('The resource must be a URI or an ArrayBuffer');
      }
    }

    getWriteCacheHandler() {
      return system.async(async () => {
        demandWrite();
        if (this.#type === undefined) throw new system.BusinessError(14000016, 'Operation Not Support');
        this.#row ??= await create(this.#type, this.#extension, this.#title);
        return fs.openSync(uriOf(this.#row, true), fs.OpenMode.READ_WRITE).fd;
      });
    }

    static async apply(request) {
      if (request.#type === undefined) {
        if (request.#title !== undefined) await assets.retitle(request.#asset, request.#title);
        return;
      }
      if (request.#resource === undefined && request.#row === undefined) internal();
      request.#row ??= await create(request.#type, request.#extension, request.#title);
      if (request.#resource !== undefined) {
        await gallery.writeLater(request.#row.place, request.#resource);
        changed(NotifyType.NOTIFY_UPDATE, request.#row.uri);
      }
      await assets.refreshed(request.#row);
    }
  }

  function appPath(uri) {
    try {
      return uri.startsWith('file://media/') ? assets.pathOf(uri) : decodeURIComponent(uri.replace(/^file:\/\/[^/]*/, ''));
    } catch {
      return wrong('The URI is not one of a file');
    }
  }

  class PhotoAccessHelper {
    #listeners = { photoChange: [], photoAlbumChange: [] };

    getAssets(options, callback) {
      const query = queryOf(options);
      return system.async(async () => {
        demandRead();
        return fetched(await gallery.scanLater(), query);
      }, callback);
    }

    getBurstAssets(burstKey, options) {
      const query = queryOf(options);
      if (typeof burstKey !== 'string') wrong('The key must be a string');
      return system.async(() => {
        demandRead();
        return fetched([], query);
      });
    }

    getAlbums(type, subtype, ...rest) {
      const callback = rest.find((arg) => typeof arg === 'function');
      const options = typeof rest[0] === 'object' && rest[0] !== null ? rest[0] : undefined;
      if (!Object.values(AlbumType).includes(type) || !Object.values(AlbumSubtype).includes(subtype)) wrong('There is no such type of album');
      return system.async(async () => {
        demandRead();
        const { select } = system.require('@concord:data.select');
        const columns = { uri: 'albumUri', album_name: 'albumName' };
        const list = await albums(type, subtype);
        const chosen = options === undefined ? list : select(options.predicates, list, (album, name) => album[columns[name]] ?? 0);
        return new FetchResult(chosen, (album) => album);
      }, callback);
    }

    createAsset(photoType, extension, ...rest) {
      const callback = rest.find((arg) => typeof arg === 'function');
      const options = typeof rest[0] === 'object' && rest[0] !== null ? rest[0] : {};
      checkCreation(photoType, extension);
      return system.async(async () => {
        demandWrite();
        return uriOf(await create(photoType, extension, options.title), true);
      }, callback);
    }

    createPhotoAsset(photoType, extension, title) { return this.createAsset(photoType, extension, { title }); }

    createAssetWithShortTermPermission(config) {
      checkCreation(config?.photoType, config?.fileNameExtension);
      return system.async(async () => {
        const manager = system.require('@ohos:abilityAccessCtrl').createAtManager();
        if (manager.checkAccessTokenSync(info.accessTokenId, 'ohos.permission.SHORT_TERM_WRITE_IMAGEVIDEO') !== 0) demandWrite();
        return uriOf(await create(config.photoType, config.fileNameExtension, config.title), true);
      });
    }

    // The person says where; the app may write there.
    showAssetsCreationDialog(srcFileUris, photoCreationConfigs) {
      const right = Array.isArray(srcFileUris) && Array.isArray(photoCreationConfigs) && srcFileUris.length === photoCreationConfigs.length;
      if (!right) wrong('The URIs and the configurations must be arrays of the same length');
      return system.async(() => choose({
        wanted: 'save', names: photoCreationConfigs.map(({ title, fileNameExtension }) => `${title ?? 'image'}.${fileNameExtension}`),
      }));
    }

    applyChanges(request) {
      if (!(request instanceof MediaAssetChangeRequest)) wrong('The request must be a MediaChangeRequest');
      return system.async(() => {
        demandWrite();
        return MediaAssetChangeRequest.apply(request);
      });
    }

    registerChange(uri, forChildUris, callback) {
      if (typeof uri !== 'string' || typeof forChildUris !== 'boolean' || typeof callback !== 'function') wrong('uri, forChildUris, callback');
      observers.push({ uri, forChildUris, callback });
    }

    unRegisterChange(uri, callback) {
      const kept = observers.filter((known) => known.uri !== uri || (callback !== undefined && known.callback !== callback));
      observers.splice(0, observers.length, ...kept);
    }

    on(type, callback) {
      if (this.#listeners[type] === undefined || typeof callback !== 'function') wrong('There is no such event');
      demandRead();
      const observer = {
        uri: DefaultChangeUri.DEFAULT_PHOTO_URI, forChildUris: true, known: callback,
        callback: ({ type: kind, uris }) => callback(type === 'photoChange'
          ? { type: kind, assetChangeDatas: uris.map((uri) => ({ assetBeforeChange: null, assetAfterChange: { uri, mediaType: 0, albumUri: '' }, isContentChanged: kind === 1, isDeleted: kind === 2 })), isForRecheck: false }
          : { type: kind, albumChangeDatas: null, isForRecheck: true }),
      };
      this.#listeners[type].push(observer);
      observers.push(observer);
    }

    off(type, callback) {
      if (this.#listeners[type] === undefined) wrong('There is no such event');
      demandRead();
      const gone = this.#listeners[type].filter((observer) => callback === undefined || observer.known === callback);
      this.#listeners[type] = this.#listeners[type].filter((observer) => !gone.includes(observer));
      observers.splice(0, observers.length, ...observers.filter((observer) => !gone.includes(observer)));
    }

    getSupportedPhotoFormats(photoType) {
      if (SUFFIXES[photoType] === undefined) wrong('There is no such type');
      return system.async(() => [...SUFFIXES[photoType]]);
    }

    getPhotoPickerComponentDefaultAlbumName() { return system.async(() => 'Photos'); }

    getRecentPhotoInfo(options) {
      return system.async(async () => {
        const wanted = options?.MIMEType;
        const fits = (row) => wanted === undefined || wanted === PhotoViewMIMETypes.IMAGE_VIDEO_TYPE
          || (wanted === PhotoViewMIMETypes.VIDEO_TYPE) === (row.type === PhotoType.VIDEO);
        const since = options?.period > 0 ? Date.now() - options.period * 1000 : -Infinity;
        const [latest] = (await gallery.scanLater()).filter((row) => fits(row) && row.modified >= since).sort((a, b) => b.modified - a.modified);
        return { dateTaken: latest?.modified ?? -1, identifier: latest === undefined ? '' : String(latest.added) };
      });
    }

    release(callback) { return system.async(() => {}, callback); }
  }

  let requests = 0;
  const cancelled = new Set();

  /** Hands over what `make` makes of the row of an asset; the number of the request. */
  function request(asset, options, handler, make) {
    const row = rows.get(asset ?? {});
    if (row === undefined || typeof options?.deliveryMode !== 'number') wrong('The asset and its options');
    if (typeof handler?.onDataPrepared !== 'function') wrong('The handler must have onDataPrepared');
    return system.async(async () => {
      demandRead();
      requests += 1;
      const id = `${info.accessTokenId}${requests}`;
      system.later(async () => {
        let data;
        try {
          data = await make(row);
        } catch {
          data = undefined;
        }
        if (cancelled.delete(id)) return;
        options.mediaAssetProgressHandler?.onProgress?.(100);
        handler.onDataPrepared(data, new Map());
      });
      return id;
    });
  }

  class MediaAssetManager {
    static requestImage(context, asset, options, handler) { return request(asset, options, handler, (row) => assets.imageOf(row)); }

    static requestImageData(context, asset, options, handler) {
      return request(asset, options, handler, async (row) => {
        const file = await fs.open(uriOf(row));
        try {
          const bytes = new ArrayBuffer(fs.statSync(file.fd).size);
          await fs.read(file.fd, bytes);
          return bytes;
        } finally {
          fs.closeSync(file);
        }
      });
    }

    static requestVideoFile(context, asset, options, fileUri, handler) {
      if (typeof fileUri !== 'string') wrong('The URI must be a string');
      return request(asset, options, handler, async (row) => {
        await fs.copyFile(assets.pathOf(uriOf(row)), appPath(fileUri));
        return true;
      });
    }

    static cancelRequest(context, requestId) {
      if (typeof requestId !== 'string') wrong('The number of the request must be a string');
      return system.async(() => {
        demandRead();
        cancelled.add(requestId);
      });
    }
  }

  function getPhotoAccessHelper(context) {
    if (context === null || typeof context !== 'object') wrong('The context must be that of an ability');
    return new PhotoAccessHelper();
  }

  return {
    PhotoViewMIMETypes, RecommendationType, PhotoType, BaseSelectOptions, PhotoSelectOptions, PhotoSelectResult, PhotoViewPicker, PhotoKeys,
    AlbumKeys, AlbumType, AlbumSubtype, NotifyType, NotifyChangeType, DefaultChangeUri, PhotoSubtype, DynamicRangeType, DeliveryMode,
    CompatibleMode, ResourceType, ImageFileType, CompleteButtonText, PhotoSource, FilterOperator, OperationType, SingleSelectionMode,
    MovingPhotoBadgeStateType, GridLevel, GridPinchModeType, SceneType, PlayMode, VideoMode, PreferredCompatibleMode,
    MediaAssetPermissionState, AvailabilityStatus, PickerColorMode, FusionAssetType, ...records, MediaAssetChangeRequest, MediaAssetManager, getPhotoAccessHelper,
  };
})
