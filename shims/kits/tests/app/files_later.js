// What files promise: the asynchronous forms, streams, watchers, archives. Called with the modules; calls `done` with undefined or the error.
(function (fs, zlib, done) {
  'use strict';

  const root = '/data/storage/el2/base/files/later';

  function equal(found, wanted, what) {
    const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)];
    if (a !== b) throw new Error(`${what}: ${a}, not ${b}`);
  }

  async function codeOf(promise) {
    try {
      await promise;
    } catch (error) {
      return error.code ?? String(error);
    }
    return 0;
  }

  const text = (buffer, length) => String.fromCharCode(...new Uint8Array(buffer).subarray(0, length));
  const bytes = (string) => Uint8Array.from(string, (character) => character.charCodeAt(0)).buffer;
  const write = (name, content) => {
    const file = fs.openSync(`${root}/${name}`, fs.OpenMode.CREATE | fs.OpenMode.READ_WRITE | fs.OpenMode.TRUNC);
    fs.writeSync(file.fd, content);
    fs.closeSync(file);
    return `${root}/${name}`;
  };

  const tests = {
    async promises_are_kept_later_and_errors_have_codes() {
      let later = false;
      const opening = fs.open(write('a.txt', 'alpha')).then((file) => { later = true; return file; });
      equal(later, false, 'not yet');
      const file = await opening;
      const buffer = new ArrayBuffer(8);
      equal(await fs.read(file.fd, buffer, { offset: 1 }), 4, 'count');
      equal(text(buffer, 4), 'lpha', 'bytes');
      // A file that is closed while it is read is read all the same.
      const reading = fs.read(file.fd, buffer, { offset: 0 });
      fs.closeSync(file);
      equal(await reading, 5, 'read while it is closed');
      equal(await codeOf(fs.read(file.fd, buffer)), 13900008, 'closed');
      equal(await codeOf(fs.open(`${root}/none`)), 13900002, 'missing');
      equal(await codeOf(fs.open(1)), 13900020, 'wrong type');
      await new Promise((resolve, reject) => {
        fs.stat(`${root}/a.txt`, (error, stat) => (error ? reject(error) : resolve(equal(stat.size, 5, 'callback'))));
      });
    },

    async folders_are_moved_with_lists_of_conflicts() {
      fs.mkdirSync(`${root}/src/sub`, true);
      fs.mkdirSync(`${root}/dst/src/sub`, true);
      write('src/one', '1');
      write('src/sub/two', '2');
      write('dst/src/sub/two', 'old');
      equal(await codeOf(fs.moveDir(`${root}/src`, `${root}/dst`, 0)), 13900032, 'not empty');
      let data;
      await fs.moveDir(`${root}/src`, `${root}/dst`, 1).catch((error) => { data = error.data; });
      equal(data, [{ srcFile: `${root}/src/sub/two`, destFile: `${root}/dst/src/sub/two` }], 'conflicts');
      equal(fs.listFileSync(`${root}/dst`, { recursion: true }), ['/src/one', '/src/sub/two'], 'moved but for the conflict');
      await fs.moveDir(`${root}/src`, `${root}/dst`, 2);
      equal([fs.readTextSync(`${root}/dst/src/sub/two`), fs.accessSync(`${root}/src`)], ['2', false], 'replaced');
      equal(await codeOf(fs.copyDir(`${root}/dst`, `${root}/dst/src`)), 13900020, 'into itself');
    },

    async copies_tell_how_far_they_are_and_end_when_they_are_told_to() {
      const source = `file://com.example.app${write('big', new ArrayBuffer(3 << 20))}`;
      const told = [];
      await fs.copy(source, `file://com.example.app${root}/copy`, { progressListener: (progress) => told.push(progress) });
      equal(told.at(-1), { processedSize: 3 << 20, totalSize: 3 << 20 }, 'progress');
      equal(fs.statSync(`${root}/copy`).size, 3 << 20, 'size');
      const copySignal = new fs.TaskSignal();
      let code;
      try {
        copySignal.cancel();
      } catch (error) {
        code = error.code;
      }
      equal(code, 13900043, 'nothing to cancel');
      // Long enough to be under way.
      fs.truncateSync(`${root}/big`, 64 << 20);
      const copying = fs.copy(source, `file://com.example.app${root}/half`, { copySignal });
      copySignal.cancel();
      equal([await codeOf(copying), fs.accessSync(`${root}/half`)], [13900004, false], 'cancelled');
      equal(await codeOf(fs.copy(`${root}/big`, `${root}/x`)), 13900020, 'no URI');
    },

    async streams_carry_what_is_written_in_order() {
      const writer = fs.createWriteStream(`${root}/stream`);
      const lines = Array.from({ length: 500 }, (_, index) => `line ${index}\n`);
      for (const line of lines) writer.write(line);
      await new Promise((resolve) => { writer.on('finish', resolve); writer.end(); });
      equal(writer.bytesWritten, lines.join('').length, 'bytes');
      writer.close();
      const reader = fs.createReadStream(`${root}/stream`);
      let found = '';
      reader.on('data', ({ data }) => { found += data; });
      await new Promise((resolve) => { reader.on('end', resolve); });
      equal(found === lines.join(''), true, 'content');
      const iterator = await fs.readLines(`${root}/stream`);
      equal([iterator.next(), iterator.next().value], [{ done: false, value: 'line 0\n' }, 'line 1\n'], 'lines');
    },

    async locks_are_seen_by_others() {
      const [first, second] = [fs.openSync(write('locked', '')), fs.openSync(`${root}/locked`)];
      first.tryLock(true);
      let code;
      try {
        second.tryLock(true);
      } catch (error) {
        code = error.code;
      }
      equal(code, 13900034, 'busy');
      const waiting = second.lock(true);
      first.unlock();
      await waiting;
      fs.closeSync(first);
      fs.closeSync(second);
    },

    async watchers_hear_of_what_they_asked_for() {
      const heard = [];
      const next = () => new Promise((resolve) => { wake = resolve; });
      let wake = () => {};
      const watcher = fs.createWatcher(root, 0x100 | 0x200, (event) => { heard.push(event); wake(); });
      const other = fs.createWatcher(root, 0x200, (event) => { heard.push({ other: event.event }); });
      watcher.start();
      other.start();
      const hearing = next();
      const path = write('seen', 'x');
      await hearing;
      equal(heard, [{ fileName: path, event: 0x100, cookie: 0 }], 'made');
      watcher.stop();
      fs.unlinkSync(path);
      await new Promise((resolve) => { setTimeout(resolve, 50); });
      equal(heard.slice(1), [{ other: 0x200 }], 'after the end of one');
      other.stop();
    },

    async atomic_files_show_nothing_before_they_are_finished() {
      const file = new fs.AtomicFile(write('atom', 'old'));
      file.startWrite().write('lost');
      file.failWrite();
      const writer = file.startWrite();
      writer.write('ne');
      equal(fs.readTextSync(`${root}/atom`), 'old', 'before');
      writer.write('w');
      file.finishWrite();
      equal(text(file.readFully(), 3), 'new', 'after');
      equal(fs.listFileSync(root, { filter: { displayName: ['atom*'] } }), ['atom'], 'no draft is left');
    },

    async archives_stay_in_their_folder() {
      fs.mkdirSync(`${root}/tree/deep`, true);
      write('tree/deep/leaf', 'green');
      fs.mkdirSync(`${root}/tree/empty`);
      await zlib.compressFile(`${root}/tree`, `${root}/tree.zip`, { level: 9 });
      fs.mkdirSync(`${root}/out`);
      await zlib.decompressFile(`${root}/tree.zip`, `${root}/out`);
      equal([fs.readTextSync(`${root}/out/deep/leaf`), fs.accessSync(`${root}/out/empty`)], ['green', true], 'unpacked');
      // One file, stored, whose name leads out of the folder.
      const name = '../escaped';
      const crc = await zlib.createChecksumSync().crc32(0, bytes('evil'));
      const number = (value, size) => Array.from({ length: size }, (_, index) => (value >>> (8 * index)) & 255);
      const common = [...number(20, 2), ...number(0, 8), ...number(crc, 4), ...number(4, 4), ...number(4, 4), ...number(name.length, 2), 0, 0];
      const local = [0x50, 0x4b, 3, 4, ...common, ...new Uint8Array(bytes(name)), ...new Uint8Array(bytes('evil'))];
      const central = [0x50, 0x4b, 1, 2, 20, 0, ...common, ...number(0, 14), ...new Uint8Array(bytes(name))];
      const end = [0x50, 0x4b, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0, ...number(central.length, 4), ...number(local.length, 4), 0, 0];
      write('evil.zip', Uint8Array.from([...local, ...central, ...end]).buffer);
      equal(await zlib.getOriginalSize(`${root}/evil.zip`), 4, 'it is an archive');
      equal([await codeOf(zlib.decompressFile(`${root}/evil.zip`, `${root}/out`)), fs.accessSync(`${root}/escaped`)], [900003, false], 'refused');
    },

    async streams_of_zlib_keep_their_place() {
      const zip = zlib.createZipSync();
      const out = new ArrayBuffer(200);
      const source = bytes('piece by piece by piece by piece');
      await zip.deflateInit({ nextIn: source, availableIn: 5, nextOut: out, availableOut: 200 }, -1);
      equal(await zip.deflate({}, zlib.CompressFlushMode.NO_FLUSH), 0, 'first piece');
      equal(await zip.deflate({ availableIn: source.byteLength - 5 }, zlib.CompressFlushMode.FINISH), 1, 'the rest');
      const { totalIn, totalOut } = await zip.getZStream();
      await zip.deflateEnd({});
      equal([totalIn, await codeOf(zip.deflateReset({}))], [source.byteLength, 17800004], 'ended');
      const back = new ArrayBuffer(64);
      await zip.inflateInit({ nextIn: out, availableIn: totalOut, nextOut: back, availableOut: 64 });
      equal([await zip.inflate({}, 0), text(back, totalIn)], [1, text(source, totalIn)], 'inflated');
      equal(await codeOf(zip.uncompress(new ArrayBuffer(8), bytes('nonsense'))), 17800005, 'no data');
      equal(await codeOf(zip.compress(new ArrayBuffer(4), source)), 17800007, 'no room');
      const gzip = zlib.createGZipSync();
      await gzip.gzopen(`${root}/lines.gz`, 'wb');
      equal(await gzip.gzprintf('%s is %05.1f%%\n', 'half', 50), 15, 'printed');
      await gzip.gzclose();
      await gzip.gzopen(`${root}/lines.gz`, 'rb');
      equal([await gzip.gzgets(new ArrayBuffer(40)), await gzip.gzeof()], ['half is 050.0%\n', 0], 'a line');
      await gzip.gzclose();
      equal(await codeOf(gzip.gzopen(`${root}/none/x`, 'rb')), 17800002, 'no file');
    },
  };

  (async () => {
    fs.mkdirSync(root, true);
    for (const [name, test] of Object.entries(tests)) {
      try {
        await test();
      } catch (error) {
        throw new Error(`${name}: ${error.code ?? ''} ${error.message}\n${error.stack}`);
      }
    }
  })().then(() => done(undefined), (error) => done(error.message));
})
