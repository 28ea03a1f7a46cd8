// @concord:arkui/state/persistent-storage: PersistentStorage, properties of AppStorage that outlive the process.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const { application } = system.require('@concord:arkui/state/storages');
  const store = system.require('@concord:arkui/state/store');

  const NAME = 'PersistentStorage';
  // Key → the variable that follows the property.
  const followers = new Map();
  // Key → the text of its value; what is on disk.
  let stored;
  let pending = false;

  function texts() {
    if (!stored) {
      stored = new Map();
      try {
        for (const [key, text] of Object.entries(JSON.parse(store.read(NAME) ?? '{}'))) {
          stored.set(key, text);
        }
      } catch (error) {
        process.log(5, `the stored state of PersistentStorage is damaged and ignored: ${error.message}`);
      }
    }
    return stored;
  }

  // Values are JSON; Map, Set and Date, which JSON has no form for, say what they are.
  function encode(value) {
    return JSON.stringify(value, function (key, item) {
      const given = this[key];
      if (given instanceof Map) {
        return { $map: [...given.entries()] };
      }
      if (given instanceof Set) {
        return { $set: [...given.values()] };
      }
      return given instanceof Date ? { $date: given.getTime() } : item;
    });
  }

  function decode(text) {
    return JSON.parse(text, (key, item) => {
      if (item && typeof item === 'object') {
        const names = Object.keys(item);
        if (names.length === 1) {
          switch (names[0]) {
            case '$map': return new Map(item.$map);
            case '$set': return new Set(item.$set);
            case '$date': return new Date(item.$date);
            default:
          }
        }
      }
      return item;
    });
  }

  function save(key) {
    try {
      const text = encode(application.get(key));
      if (text === undefined) {
        texts().delete(key);
      } else {
        texts().set(key, text);
      }
    } catch (error) {
      process.log(5, `PersistentStorage cannot store '${key}': ${error.message}`);
      return;
    }
    flushLater();
  }

  // Several changes of one turn are one write.
  function flushLater() {
    if (!pending) {
      pending = true;
      Promise.resolve().then(() => {
        pending = false;
        store.write(NAME, JSON.stringify(Object.fromEntries(texts())));
      });
    }
  }

  class PersistentStorage {
    // What is stored wins over the default; what AppStorage has already wins over both.
    static persistProp(key, defaultValue) {
      if (followers.has(key)) {
        return;
      }
      if (!application.has(key)) {
        let value = defaultValue;
        const text = texts().get(key);
        if (text !== undefined) {
          try {
            value = decode(text);
          } catch (error) {
            process.log(5, `the stored value of '${key}' is damaged; the default is used: ${error.message}`);
          }
        }
        application.setOrCreate(key, value);
      }
      const follower = { sourceChanged: () => save(key) };
      application.property(key).addPeer(follower);
      followers.set(key, follower);
      save(key);
    }

    static persistProps(list) {
      for (const { key, defaultValue } of list ?? []) {
        PersistentStorage.persistProp(key, defaultValue);
      }
    }

    // The property stays in AppStorage.
    static deleteProp(key) {
      const follower = followers.get(key);
      if (follower) {
        followers.delete(key);
        application.property(key).removePeer(follower);
      }
      if (texts().delete(key)) {
        flushLater();
      }
    }

    static keys() {
      return [...followers.keys()];
    }

    static notifyHasChanged(key) {
      save(key);
    }

    // Undocumented, but some apps call it.
    static configureBackend() {}
  }
  PersistentStorage.PersistProp = PersistentStorage.persistProp;
  PersistentStorage.PersistProps = PersistentStorage.persistProps;
  PersistentStorage.DeleteProp = PersistentStorage.deleteProp;
  PersistentStorage.Keys = PersistentStorage.keys;

  return { PersistentStorage };
})
