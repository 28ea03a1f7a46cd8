(function (fs) {
  'use strict';

  const check = (condition, message) => {
    if (!condition) throw new Error(`assertion failed: ${message}`);
  };
  const codeOf = (f) => {
    try {
      f();
    } catch (error) {
      return error.code;
    }
    return 0;
  };
  const { READ_WRITE, CREATE, TRUNC, APPEND, READ_ONLY, WRITE_ONLY } = fs.OpenMode;

  const root = '/data/storage/el2/base/files/t';
  fs.mkdirSync(`${root}/a/b`, true);
  check(codeOf(() => fs.mkdirSync(`${root}/a`)) === 13900015, 'exists');
  check(codeOf(() => fs.mkdirSync(`${root}/x/y`)) === 13900002, 'no parent');

  const file = fs.openSync(`${root}/kept.txt`, READ_WRITE | CREATE | TRUNC);
  check(fs.writeSync(file.fd, 'h\u00e9llo') === 6 && file.name === 'kept.txt', 'write');
  const buffer = new ArrayBuffer(10);
  check(fs.readSync(file.fd, buffer, { offset: 1 }) === 5, 'read at an offset');
  check(new Uint8Array(buffer)[0] === 0xc3, 'bytes');
  check(fs.lseek(file.fd, 2, fs.WhenceType.SEEK_SET) === 2, 'seek');
  check(codeOf(() => fs.lseek(file.fd, -1, fs.WhenceType.SEEK_SET)) === 13900020, 'seek before the start');
  const copy = fs.dup(file.fd);
  check(fs.readSync(copy.fd, buffer) === 4, 'a duplicate shares the position');
  fs.closeSync(copy);
  file.tryLock(true);
  file.unlock();
  fs.fsyncSync(file.fd);
  fs.closeSync(file);
  check(codeOf(() => fs.closeSync(file)) === 13900008, 'closed twice');
  const appended = fs.openSync(`${root}/kept.txt`, WRITE_ONLY | APPEND);
  fs.writeSync(appended.fd, '!');
  fs.closeSync(appended);
  check(fs.readTextSync(`${root}/kept.txt`) === 'h\u00e9llo!', 'append');

  const stat = fs.statSync(`${root}/kept.txt`);
  check(stat.isFile() && stat.size === 7 && typeof stat.ino === 'bigint' && Math.abs(stat.mtime - Date.now() / 1000) < 120, 'stat');
  check(fs.statSync(`${root}/a`).isDirectory() && fs.accessSync(root) && !fs.accessSync(`${root}/none`), 'access');
  fs.symlinkSync(`${root}/kept.txt`, `${root}/link`);
  check(fs.lstatSync(`${root}/link`).isSymbolicLink() && fs.readTextSync(`${root}/link`).length === 6, 'symbolic link');
  fs.copyFileSync(`${root}/kept.txt`, `${root}/a/copy.txt`);
  fs.moveFileSync(`${root}/a/copy.txt`, `${root}/a/b/moved.txt`);
  check(fs.listFileSync(root, { recursion: true }).sort().join() === '/a/b/moved.txt,/kept.txt,/link', 'list');
  check(fs.listFileSync(root, { filter: { suffix: ['.txt'] } }).filter((name) => name.endsWith('.txt')).join() === 'kept.txt', 'filter');
  fs.truncateSync(`${root}/a/b/moved.txt`, 1);
  fs.utimes(`${root}/a/b/moved.txt`, 1600000000000);
  check(fs.statSync(`${root}/a/b/moved.txt`).mtime === 1600000000, 'utimes');
  const temporary = fs.mkdtempSync(`${root}/tmpXXXXXX`);
  check(temporary !== `${root}/tmpXXXXXX` && fs.statSync(temporary).isDirectory(), 'mkdtemp');
  fs.rmdirSync(`${root}/a`);
  check(!fs.accessSync(`${root}/a`), 'rmdir');

  const stream = fs.createStreamSync(`${root}/stream`, 'w+');
  stream.writeSync('abcdef');
  check(stream.readSync(buffer, { offset: 2, length: 3 }) === 3 && new Uint8Array(buffer)[0] === 0x63, 'stream');
  stream.closeSync();
  const random = fs.createRandomAccessFileSync(`${root}/stream`, READ_WRITE);
  random.setFilePointer(4);
  check(random.readSync(new ArrayBuffer(2)) === 2 && random.filePointer === 6, 'random access');
  random.close();

  // Not out of the app's storage.
  check(codeOf(() => fs.openSync('/etc/passwd')) === 13900002, 'files of the machine');
  check(codeOf(() => fs.openSync('/data/storage/../../../outside.txt', READ_WRITE | CREATE)) === 13900002, 'climbing');
  check(codeOf(() => fs.openSync('relative')) === 13900002 && codeOf(() => fs.openSync('a\0b')) !== 0, 'odd names');
  check(codeOf(() => fs.openSync(root, WRITE_ONLY)) === 13900019 && codeOf(() => fs.openSync(5)) === 13900020, 'bad calls');
  check(codeOf(() => fs.readSync(999, buffer)) === 13900008, 'a foreign descriptor');
  const only = fs.openSync(`${root}/kept.txt`, READ_ONLY);
  check(codeOf(() => fs.writeSync(only.fd, 'x')) === 13900008, 'read only');
  fs.closeSync(only);
  return 'done';
})
