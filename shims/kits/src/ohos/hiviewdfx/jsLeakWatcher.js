// @ohos:hiviewdfx.jsLeakWatcher: objects that should have gone.
(function (host, system) {
  'use strict';
  const { declare, fail } = system.require('@concord:kits/declared');

  let isEnabled = false;
  // {hash, name, msg, reference} of what is watched.
  let watched = [];
  let nextHash = 1;

  const alive = () => {
    watched = watched.filter(({ reference }) => reference.deref() !== undefined);
    return watched.map(({ hash, name, msg }) => ({ hash, name, msg }));
  };

  return declare([], {
    'enable(isEnable: boolean)': (on) => {
      isEnabled = on;
      watched = on ? watched : [];
    },
    'watch(obj: object, msg: string)': (object, msg) => {
      if (isEnabled) {
        watched.push({ hash: nextHash++, name: object.constructor?.name ?? 'Object', msg, reference: new WeakRef(object) });
      }
    },
    // Those that are still there, as JSON.
    'check()': () => (isEnabled ? JSON.stringify(alive()) : ''),
    // Writes the list; the engine writes no picture of its heap.
    'dump(filePath: string)': (path) => {
      if (!isEnabled) {
        return [];
      }
      const fs = system.require('@ohos:file.fs');
      const name = `${system.require('@concord:process').info.pid}-${Date.now()}.jsleaklist`;
      let file;
      try {
        file = fs.openSync(`${path}/${name}`, fs.OpenMode.CREATE | fs.OpenMode.WRITE_ONLY);
        fs.writeSync(file.fd, JSON.stringify({ version: '2.0.0', leakObjList: alive() }));
      } catch {
        fail(401, 'Parameter error. "filePath" must be a folder of the app.');
      } finally {
        if (file !== undefined) {
          fs.closeSync(file);
        }
      }
      return [name];
    },
    'enableLeakWatcher(isEnabled: boolean, configs: array, callback: function)': (on, configs) => {
      const kinds = ['CustomComponent', 'Window', 'NodeContainer', 'XComponent', 'Ability'];
      if (!configs.every((kind) => kinds.includes(kind))) {
        fail(10801001, 'Parameter error. The kind of object is unknown.');
      }
      isEnabled = on;
    },
  });
})
