// @concord:avsession.session: AVSession, what an app says of what it plays.
(function (host, system) {
  'use strict';

  const { AVSessionErrorCode, CallState, LoopMode, PlaybackState, AVCastCategory, DeviceType } = system.require('@concord:avsession.enums');
  const { Listeners, addNamedForms } = system.require('@concord:sound.listeners');
  const desktop = system.require('@concord:avsession.desktop');

  const error = (code, message) => new system.BusinessError(code, message);
  const fail = (code, message) => {
    throw error(code, message);
  };
  const invalid = (what) => fail(401, `Parameter error. ${what}`);
  const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
  const { random } = Math;
  const NO_SESSION = 'The session does not exist.';
  const NO_CAST = 'The remote connection is not established.';

  const COMMANDS = [
    'play', 'pause', 'stop', 'playNext', 'playPrevious', 'fastForward', 'rewind', 'seek', 'setSpeed', 'setLoopMode', 'setTargetLoopMode',
    'toggleFavorite', 'playFromAssetId', 'playWithAssetId', 'answer', 'hangUp', 'toggleCallMute',
  ];
  const EVENTS = [
    ...COMMANDS, 'handleKeyEvent', 'outputDeviceChange', 'commonCommand', 'skipToQueueItem', 'castDisplayChange', 'customDataChange',
    'desktopLyricVisibilityChanged', 'desktopLyricStateChanged',
  ];
  const TYPES = ['audio', 'video', 'voice_call', 'video_call', 'photo'];

  /** The only device that there is to play on. */
  const LOCAL = () => ({
    devices: [{
      castCategory: AVCastCategory.CATEGORY_LOCAL, deviceId: '0', deviceName: 'LocalDevice', deviceType: DeviceType.DEVICE_TYPE_LOCAL,
    }],
  });

  /** Where it is now, in ms. */
  function positionOf({ state, speed = 1, position, duration }) {
    if (!isObject(position)) return 0;
    const { elapsedTime = 0, updateTime = 0 } = position;
    if (state !== PlaybackState.PLAYBACK_STATE_PLAY) return elapsedTime;
    const now = elapsedTime + Math.max(0, Date.now() - updateTime) * speed;
    return duration > 0 ? Math.min(now, duration) : now;
  }

  /** What faces beside this one do with sessions. */
  let inside;
  let current;

  class AVSession {
    #id;
    #type;
    #tag;
    #active = false;
    #destroyed = false;
    #listeners = new Listeners();
    #controllers = new Set();
    #metadata = { assetId: '' };
    #playback = { state: PlaybackState.PLAYBACK_STATE_INITIAL };
    #callMetadata = {};
    #callState = { state: CallState.CALL_STATE_IDLE, muted: false };
    #queue = [];
    #queueTitle = '';
    #extras = {};
    #ability;
    #shown;

    constructor(id, type, tag) {
      this.#id = id;
      this.#type = type;
      this.#tag = tag;
    }

    get sessionId() { return this.#id; }
    get sessionType() { return this.#type; }
    get sessionTag() { return this.#tag; }

    #must() {
      if (this.#destroyed) fail(AVSessionErrorCode.ERR_CODE_SESSION_NOT_EXIST, NO_SESSION);
    }

    /** Delivers later; the session has to be there. */
    #do(work, callback) {
      return system.async(() => {
        this.#must();
        return work();
      }, callback);
    }

    #tellControllers(type, value, ...more) {
      for (const controller of this.#controllers) inside.tell(controller, type, value, ...more);
    }

    // --- what is shown by the desktop ---

    #show() {
      const visible = this.#active && !this.#destroyed && (this.#type === 'audio' || this.#type === 'video');
      if (visible && this.#shown === undefined) {
        const { name } = inside.identity();
        this.#shown = desktop.show(name, (command, value) => this.#hear(command, value));
      } else if (!visible && this.#shown !== undefined) {
        this.#shown.close();
        this.#shown = undefined;
      }
      if (this.#shown === undefined) return;
      const { state, speed = 1, volume, maxVolume, loopMode = LoopMode.LOOP_MODE_SEQUENCE } = this.#playback;
      const { assetId, title = '', artist, author, album = '', mediaImage, duration } = this.#metadata;
      const playing = [
        PlaybackState.PLAYBACK_STATE_PLAY, PlaybackState.PLAYBACK_STATE_FAST_FORWARD, PlaybackState.PLAYBACK_STATE_REWIND,
        PlaybackState.PLAYBACK_STATE_BUFFERING,
      ];
      const ended = [
        PlaybackState.PLAYBACK_STATE_INITIAL, PlaybackState.PLAYBACK_STATE_STOP, PlaybackState.PLAYBACK_STATE_COMPLETED,
        PlaybackState.PLAYBACK_STATE_RELEASED, PlaybackState.PLAYBACK_STATE_ERROR, PlaybackState.PLAYBACK_STATE_IDLE,
      ];
      const art = typeof mediaImage === 'string' && /^https?:|^data:/i.test(mediaImage) ? mediaImage : undefined;
      this.#shown.update({
        status: playing.includes(state) ? 'playing' : ended.includes(state) ? 'stopped' : 'paused',
        track: String(assetId), title: String(title), artist: String(artist ?? author ?? ''), album: String(album), art,
        length: duration > 0 ? duration : this.#playback.duration, position: positionOf(this.#playback), speed,
        volume: maxVolume > 0 && typeof volume === 'number' ? Math.min(1, Math.max(0, volume / maxVolume)) : 1,
        loopMode, listened: EVENTS.filter((type) => this.#listeners.has(type)),
      });
    }

    /** What somebody wants with the desktop's buttons. */
    #hear(command, value) {
      switch (command) {
        case 'raise':
          inside.launch(this.#ability);
          break;
        case 'volume':
          // The platform has no such command for what plays here: volumes are those of the machine.
          break;
        default:
          this.#command(command, value);
      }
    }

    #command(command, ...args) { this.#listeners.tell(command, ...args); }

    // --- what the app says ---

    setAVMetadata(data, callback) {
      if (!isObject(data) || typeof data.assetId !== 'string') invalid('The metadata must have an assetId.');
      return this.#do(() => {
        this.#metadata = { ...this.#metadata, ...data };
        this.#show();
        this.#tellControllers('metadataChange', { ...this.#metadata });
      }, callback);
    }

    setAVPlaybackState(state, callback) {
      if (!isObject(state)) invalid('The state must be an AVPlaybackState.');
      if (state.state !== undefined && !Object.values(PlaybackState).includes(state.state)) invalid('The state is not one of PlaybackState.');
      return this.#do(() => {
        this.#playback = { ...this.#playback, ...state };
        this.#show();
        this.#tellControllers('playbackStateChange', { ...this.#playback });
      }, callback);
    }

    setCallMetadata(data, callback) {
      if (!isObject(data)) invalid('The metadata must be a CallMetadata.');
      return this.#do(() => {
        this.#callMetadata = { ...this.#callMetadata, ...data };
        this.#tellControllers('callMetadataChange', { ...this.#callMetadata });
      }, callback);
    }

    setAVCallState(state, callback) {
      if (!isObject(state) || !Object.values(CallState).includes(state.state) || typeof state.muted !== 'boolean') {
        invalid('The state must be an AVCallState.');
      }
      return this.#do(() => {
        this.#callState = { ...state };
        this.#tellControllers('callStateChange', { ...state });
      }, callback);
    }

    setLaunchAbility(ability, callback) {
      if (!isObject(ability)) invalid('The ability must be a WantAgent.');
      return this.#do(() => { this.#ability = ability; }, callback);
    }

    dispatchSessionEvent(event, args, callback) {
      if (typeof event !== 'string' || !isObject(args)) invalid('An event has a name and arguments.');
      return this.#do(() => this.#tellControllers('sessionEvent', event, { ...args }), callback);
    }

    setAVQueueItems(items, callback) {
      if (!Array.isArray(items) || !items.every((item) => typeof item?.itemId === 'number')) invalid('The items must be an array of AVQueueItem.');
      return this.#do(() => {
        this.#queue = [...items];
        this.#tellControllers('queueItemsChange', [...items]);
      }, callback);
    }

    setAVQueueTitle(title, callback) {
      if (typeof title !== 'string') invalid('The title must be a string.');
      return this.#do(() => {
        this.#queueTitle = title;
        this.#tellControllers('queueTitleChange', title);
      }, callback);
    }

    setExtras(extras, callback) {
      if (!isObject(extras)) invalid('The extras must be an object.');
      return this.#do(() => {
        this.#extras = { ...extras };
        this.#tellControllers('extrasChange', { ...extras });
      }, callback);
    }

    sendCustomData(data) {
      return this.#do(() => {
        if (!isObject(data)) invalid('The data must be an object.');
        this.#tellControllers('customDataChange', { ...data });
      });
    }

    getController(callback) { return this.#do(() => inside.makeController(this), callback); }

    getAVCastController(callback) {
      return this.#do(() => fail(AVSessionErrorCode.ERR_CODE_REMOTE_CONNECTION_NOT_EXIST, NO_CAST), callback);
    }

    getOutputDevice(callback) { return this.#do(LOCAL, callback); }

    getOutputDeviceSync() {
      this.#must();
      return LOCAL();
    }

    getAllCastDisplays() { return this.#do(() => []); }

    stopCasting(callback) {
      return system.async(() => fail(AVSessionErrorCode.ERR_CODE_REMOTE_CONNECTION_NOT_EXIST, NO_CAST), callback);
    }

    on(type, callback) {
      if (!EVENTS.includes(type)) invalid(`There is no event '${String(type)}'.`);
      if (typeof callback !== 'function') invalid('The callback must be a function.');
      this.#must();
      this.#listeners.add(type, callback);
      this.#listened();
    }

    off(type, callback) {
      if (!EVENTS.includes(type)) invalid(`There is no event '${String(type)}'.`);
      this.#must();
      this.#listeners.remove(type, callback);
      this.#listened();
    }

    #listened() {
      this.#show();
      this.#tellControllers('validCommandChange', inside.commandsOf(this));
    }

    activate(callback) { return this.#do(() => this.#activate(true), callback); }
    deactivate(callback) { return this.#do(() => this.#activate(false), callback); }

    #activate(active) {
      if (this.#active === active) return;
      this.#active = active;
      this.#show();
      this.#tellControllers('activeStateChange', active);
    }

    destroy(callback) {
      return this.#do(() => {
        this.#destroyed = true;
        this.#active = false;
        this.#show();
        this.#tellControllers('sessionDestroy');
        this.#listeners.clear();
        this.#controllers.clear();
        if (current === this) current = undefined;
      }, callback);
    }

    enableDesktopLyric() { return this.#noLyric(); }
    setDesktopLyricVisible() { return this.#noLyric(); }
    isDesktopLyricVisible() { return this.#noLyric(); }
    setDesktopLyricState() { return this.#noLyric(); }
    getDesktopLyricState() { return this.#noLyric(); }
    #noLyric() { return this.#do(() => fail(AVSessionErrorCode.ERR_CODE_DESKTOP_LYRIC_NOT_SUPPORTED, 'The desktop lyrics feature is not supported.')); }

    static {
      inside = {
        alive: (session) => !session.#destroyed,
        active: (session) => session.#active,
        join: (session, controller) => session.#controllers.add(controller),
        leave: (session, controller) => session.#controllers.delete(controller),
        playback: (session) => ({ ...session.#playback }),
        metadata: (session) => ({ ...session.#metadata }),
        callMetadata: (session) => ({ ...session.#callMetadata }),
        callState: (session) => ({ ...session.#callState }),
        queue: (session) => [...session.#queue],
        queueTitle: (session) => session.#queueTitle,
        extras: (session) => ({ ...session.#extras }),
        ability: (session) => session.#ability,
        position: (session) => Math.trunc(positionOf(session.#playback)),
        commandsOf: (session) => COMMANDS.filter((command) => session.#listeners.has(command)),
        hears: (session, type) => session.#listeners.has(type),
        send: (session, command, ...args) => session.#command(command, ...args),
        LOCAL,
      };
    }
  }
  addNamedForms(AVSession, EVENTS);

  /** Anything that no other session has. */
  const newId = () => Array.from({ length: 32 }, () => Math.trunc(random() * 16).toString(16)).join('');

  function createAVSession(context, tag, type, callback) {
    if (!isObject(context)) invalid('The context must be a Context.');
    if (typeof tag !== 'string' || tag === '') invalid('The tag must be a string.');
    if (!TYPES.includes(type)) invalid('The type is not one of AVSessionType.');
    return system.async(() => {
      if (current !== undefined) fail(AVSessionErrorCode.ERR_CODE_SERVICE_EXCEPTION, 'Session service exception. The app has a session already.');
      current = new AVSession(newId(), type, tag);
      return current;
    }, callback);
  }


  return { AVSession, createAVSession, inside, COMMANDS, fail, invalid, isObject, NO_SESSION };
})
