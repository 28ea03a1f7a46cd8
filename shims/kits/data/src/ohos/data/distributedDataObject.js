// @ohos:data.distributedDataObject: objects of this device. There is no other one, so nothing comes from elsewhere.
(function (host, system) {
  'use strict';

  const EVENTS = ['change', 'status', 'progressChanged'];
  const MOST_SESSION = 128;
  /** What was saved, by session. */
  const saved = new Map();

  function fail(code, message) {
    throw new system.BusinessError(code, message);
  }

  const invalid = (what) => fail(401, `Parameter error. ${what}`);

  function genSessionId() {
    return Array.from({ length: 10 }, () => Math.floor(Math.random() * 10)).join('');
  }

  function asset(given) {
    const fits = typeof given === 'object' && given !== null && ['name', 'uri', 'path'].every((key) => typeof given[key] === 'string');
    if (!fits || given.uri === '') fail(15400003, 'Parameter error. The asset is not valid.');
  }

  class DataObject {
    #session = '';
    #observers = new Map(EVENTS.map((event) => [event, new Set()]));
    #version = 0;

    setSessionId(...args) {
      const callback = typeof args.at(-1) === 'function' ? args.pop() : undefined;
      const [session = ''] = args;
      if (typeof session !== 'string' || session.length > MOST_SESSION || !/^[A-Za-z0-9_]*$/.test(session)) {
        invalid(`The sessionId must be at most ${MOST_SESSION} letters, digits and underscores.`);
      }
      return system.async(() => {
        this.#session = session;
        // Somebody of this process who joins a session gets what was saved in it.
        const kept = session === '' ? undefined : saved.get(session);
        if (kept !== undefined) Object.assign(this, structuredCopy(kept));
      }, callback);
    }

    #of(event) {
      return this.#observers.get(event) ?? invalid(`The type must be one of ${EVENTS.join(', ')}.`);
    }

    on(event, callback) {
      const observers = this.#of(event);
      if (typeof callback !== 'function') invalid('The type of callback must be function.');
      observers.add(callback);
    }

    off(event, callback) {
      const observers = this.#of(event);
      if (callback === undefined || callback === null) observers.clear();
      else if (typeof callback === 'function') observers.delete(callback);
      else invalid('The type of callback must be function.');
    }

    save(deviceId, callback) {
      if (typeof deviceId !== 'string') invalid('The type of deviceId must be string.');
      return system.async(() => {
        if (this.#session === '') fail(15400001, 'Failed to create the in-memory database: the object has no session.');
        saved.set(this.#session, structuredCopy(this));
        this.#version += 1;
        return { sessionId: this.#session, version: this.#version, deviceId };
      }, callback);
    }

    revokeSave(callback) {
      return system.async(() => {
        saved.delete(this.#session);
        return { sessionId: this.#session };
      }, callback);
    }

    bindAssetStore(assetKey, bindInfo, callback) {
      if (typeof assetKey !== 'string' || typeof bindInfo !== 'object' || bindInfo === null) invalid('The assetKey must be a string, the bindInfo a BindInfo.');
      return system.async(() => {}, callback);
    }

    setAsset(assetKey, uri) {
      if (typeof assetKey !== 'string' || assetKey === '' || typeof uri !== 'string' || uri === '') fail(15400003, 'Parameter error. The asset is not valid.');
      return this.setAssets(assetKey, [uri]);
    }

    setAssets(assetKey, uris) {
      const fits = typeof assetKey === 'string' && assetKey !== '' && Array.isArray(uris) && uris.length > 0 && uris.length <= 50
        && uris.every((uri) => typeof uri === 'string' && uri !== '');
      if (!fits) fail(15400003, 'Parameter error. The assets are not valid.');
      return system.async(() => {
        if (this.#session !== '') fail(15400004, 'The sessionId has been set.');
      });
    }
  }

  const structuredCopy = (object) => JSON.parse(JSON.stringify(object));

  function create(context, source) {
    if (typeof context !== 'object' || context === null) invalid('The context is not valid.');
    if (typeof source !== 'object' || source === null) invalid('The type of source must be object.');
    for (const [key, value] of Object.entries(source)) {
      if (typeof value === 'object' && value !== null && 'uri' in value && 'modifyTime' in value) asset(value);
      if (typeof value === 'function') invalid(`The member ${key} is a function.`);
    }
    return Object.assign(new DataObject(), structuredCopy(source));
  }

  /** The object of older apps, with the session as its own. */
  function createDistributedObject(source) {
    return create({}, source);
  }

  return { create, genSessionId, createDistributedObject, DataObject };
})
