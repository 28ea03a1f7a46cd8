// @concord:avsession.controller: AVSessionController, what is seen of a session and told to it.
(function (host, system) {
  'use strict';

  const { AVSessionErrorCode } = system.require('@concord:avsession.enums');
  const { inside, COMMANDS, fail, invalid, isObject, NO_SESSION } = system.require('@concord:avsession.session');

  const EVENTS = [
    'metadataChange', 'playbackStateChange', 'callMetadataChange', 'callStateChange', 'sessionDestroy', 'activeStateChange',
    'validCommandChange', 'outputDeviceChange', 'sessionEvent', 'queueItemsChange', 'queueTitleChange', 'extrasChange', 'customDataChange',
    'desktopLyricVisibilityChanged', 'desktopLyricStateChanged', 'desktopLyricEnabled',
  ];
  /** Events for which keys of the news are chosen. */
  const FILTERED = ['metadataChange', 'playbackStateChange', 'callMetadataChange', 'callStateChange'];

  class AVSessionController {
    #session;
    #id;
    #listeners = new Map();

    constructor(session) {
      this.#session = session;
      this.#id = session.sessionId;
      inside.join(session, this);
    }

    get sessionId() { return this.#id; }

    /** The session; fails when it, or this controller, is gone. */
    #of(withSession = true) {
      const session = this.#session;
      if (session === undefined) fail(AVSessionErrorCode.ERR_CODE_CONTROLLER_NOT_EXIST, 'The session controller does not exist.');
      if (withSession && !inside.alive(session)) fail(AVSessionErrorCode.ERR_CODE_SESSION_NOT_EXIST, NO_SESSION);
      return session;
    }

    /** Of a session that hears commands. */
    #active() {
      const session = this.#of();
      if (!inside.active(session)) fail(AVSessionErrorCode.ERR_CODE_SESSION_INACTIVE, 'The session is not activated.');
      return session;
    }

    #ask(what, callback) { return system.async(() => inside[what](this.#of()), callback); }

    getAVPlaybackState(callback) { return this.#ask('playback', callback); }
    getAVPlaybackStateSync() { return inside.playback(this.#of()); }
    getAVMetadata(callback) { return this.#ask('metadata', callback); }
    getAVMetadataSync() { return inside.metadata(this.#of()); }
    getAVCallState(callback) { return this.#ask('callState', callback); }
    getCallMetadata(callback) { return this.#ask('callMetadata', callback); }
    getAVQueueTitle(callback) { return this.#ask('queueTitle', callback); }
    getAVQueueTitleSync() { return inside.queueTitle(this.#of()); }
    getAVQueueItems(callback) { return this.#ask('queue', callback); }
    getAVQueueItemsSync() { return inside.queue(this.#of()); }
    getLaunchAbility(callback) { return this.#ask('ability', callback); }
    getRealPlaybackPositionSync() { return inside.position(this.#of(false)); }
    isActive(callback) { return this.#ask('active', callback); }
    isActiveSync() { return inside.active(this.#of()); }
    getValidCommands(callback) { return this.#ask('commandsOf', callback); }
    getValidCommandsSync() { return inside.commandsOf(this.#of()); }
    getExtras(callback) { return this.#ask('extras', callback); }

    getExtrasWithEvent(event) {
      return system.async(() => {
        if (typeof event !== 'string' || event === '') fail(AVSessionErrorCode.ERR_CODE_COMMAND_INVALID, 'Invalid session command.');
        return inside.extras(this.#of());
      });
    }

    getOutputDevice(callback) {
      return system.async(() => {
        this.#of(false);
        return inside.LOCAL();
      }, callback);
    }

    getOutputDeviceSync() {
      this.#of(false);
      return inside.LOCAL();
    }

    skipToQueueItem(itemId, callback) {
      if (typeof itemId !== 'number') invalid('The item must be a number.');
      return system.async(() => inside.send(this.#of(), 'skipToQueueItem', itemId), callback);
    }

    sendAVKeyEvent(event, callback) {
      if (!isObject(event)) invalid('The event must be a KeyEvent.');
      return system.async(() => {
        const session = this.#active();
        if (!inside.hears(session, 'handleKeyEvent')) fail(AVSessionErrorCode.ERR_CODE_COMMAND_INVALID, 'Invalid session command.');
        inside.send(session, 'handleKeyEvent', event);
      }, callback);
    }

    sendControlCommand(command, callback) {
      if (!isObject(command) || !COMMANDS.includes(command.command)) invalid('The command must be an AVControlCommand.');
      return system.async(() => {
        const session = this.#active();
        if (!inside.hears(session, command.command)) fail(AVSessionErrorCode.ERR_CODE_COMMAND_INVALID, 'Invalid session command.');
        inside.send(session, command.command, ...(command.parameter === undefined ? [] : [command.parameter]));
      }, callback);
    }

    sendCommonCommand(command, args, callback) {
      if (typeof command !== 'string' || !isObject(args)) invalid('A command has a name and arguments.');
      return system.async(() => {
        const session = this.#active();
        if (!inside.hears(session, 'commonCommand')) fail(AVSessionErrorCode.ERR_CODE_COMMAND_INVALID, 'Invalid session command.');
        inside.send(session, 'commonCommand', command, { ...args });
      }, callback);
    }

    sendCustomData(data) {
      return system.async(() => {
        if (!isObject(data)) invalid('The data must be an object.');
        inside.send(this.#of(), 'customDataChange', { ...data });
      });
    }

    on(type, ...args) {
      if (!EVENTS.includes(type)) invalid(`There is no event '${String(type)}'.`);
      const callback = args.at(-1);
      if (typeof callback !== 'function') invalid('The callback must be a function.');
      const filter = FILTERED.includes(type) ? args[0] : 'all';
      if (filter !== 'all' && !(Array.isArray(filter) && filter.length > 0)) invalid('The filter must be all, or an array of names.');
      this.#of(false);
      const list = this.#listeners.get(type) ?? [];
      this.#listeners.set(type, [...list, { callback, filter }]);
    }

    off(type, callback) {
      if (!EVENTS.includes(type)) invalid(`There is no event '${String(type)}'.`);
      this.#of(false);
      const list = this.#listeners.get(type) ?? [];
      this.#listeners.set(type, typeof callback === 'function' ? list.filter((known) => known.callback !== callback) : []);
    }

    isDesktopLyricEnabled() { return this.#noLyric(); }
    setDesktopLyricVisible() { return this.#noLyric(); }
    isDesktopLyricVisible() { return this.#noLyric(); }
    setDesktopLyricState() { return this.#noLyric(); }
    getDesktopLyricState() { return this.#noLyric(); }

    #noLyric() {
      return system.async(() => {
        this.#of();
        fail(AVSessionErrorCode.ERR_CODE_DESKTOP_LYRIC_NOT_SUPPORTED, 'The desktop lyrics feature is not supported.');
      });
    }

    destroy(callback) {
      return system.async(() => {
        inside.leave(this.#of(false), this);
        this.#session = undefined;
        this.#listeners.clear();
      }, callback);
    }

    static {
      inside.makeController = (session) => new AVSessionController(session);
      // Those who asked for some keys hear of news that have one of them, with those only.
      inside.tell = (controller, type, value, ...more) => {
        for (const { callback, filter } of controller.#listeners.get(type) ?? []) {
          if (filter === 'all') {
            system.later(callback, value, ...more);
            continue;
          }
          const chosen = Object.fromEntries(Object.entries(value).filter(([key]) => filter.includes(key)));
          if (Object.keys(chosen).length > 0) system.later(callback, chosen);
        }
      };
    }
  }

  for (const type of EVENTS) {
    const name = type[0].toUpperCase() + type.slice(1);
    const methods = {
      [`on${name}`](...args) { this.on(type, ...args); },
      [`off${name}`](...args) { this.off(type, ...args); },
    };
    for (const [key, value] of Object.entries(methods)) {
      Object.defineProperty(AVSessionController.prototype, key, { value, writable: true, configurable: true });
    }
  }

  return { AVSessionController };
})
