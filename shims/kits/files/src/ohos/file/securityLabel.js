// @ohos:file.securityLabel: kept as an extended attribute, which host and guest see alike.
(function (host, system) {
  'use strict';

  const { fail } = system.require('@concord:kits');
  const fs = system.require('@ohos:file.fs');

  const LEVELS = ['s0', 's1', 's2', 's3', 's4'];
  const KEY = 'user.security';
  const USUAL = 's3';
  const NOT_PERMITTED = 13900001;
  // What a file system says when there is no such attribute, or when it has none at all.
  const NO_DATA = [13900031, 13900037];

  const levelOf = (text) => (LEVELS.includes(text) ? text : USUAL);

  function check(path, type) {
    if (typeof path !== 'string' || path === '' || !LEVELS.includes(type)) fail(13900020, 'Invalid argument');
  }

  function raise(old, type) {
    if (LEVELS.indexOf(type) < LEVELS.indexOf(old)) fail(NOT_PERMITTED, 'Operation not permitted');
  }

  const absent = (error) => {
    if (!NO_DATA.includes(error.code)) throw error;
    return '';
  };

  function read(path) {
    try {
      return fs.getxattrSync(path, KEY);
    } catch (error) {
      return absent(error);
    }
  }

  const getSecurityLabelSync = (path) => levelOf(read(path));

  function setSecurityLabelSync(path, type) {
    check(path, type);
    const old = read(path);
    if (old !== '') raise(old, type);
    fs.setxattrSync(path, KEY, type);
  }

  async function set(path, type) {
    check(path, type);
    const old = await fs.getxattr(path, KEY).catch(absent);
    if (old !== '') raise(old, type);
    await fs.setxattr(path, KEY, type);
  }

  return {
    getSecurityLabelSync,
    setSecurityLabelSync,
    getSecurityLabel: (path, callback) =>
      system.async(async () => levelOf(await fs.getxattr(path, KEY).catch(absent)), callback),
    setSecurityLabel: (path, type, callback) => system.async(() => set(path, type), callback),
  };
})
