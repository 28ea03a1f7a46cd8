// @ohos:zlib
(function (host, system) {
  'use strict';

  const { Checksum, Zip, wrong } = system.require('@concord:zlib.streams');
  const GZip = system.require('@concord:zlib.gzip');

  const ErrorCode = { ERROR_CODE_OK: 0, ERROR_CODE_ERRNO: -1 };
  const CompressLevel = {
    COMPRESS_LEVEL_NO_COMPRESSION: 0, COMPRESS_LEVEL_BEST_SPEED: 1, COMPRESS_LEVEL_BEST_COMPRESSION: 9,
    COMPRESS_LEVEL_DEFAULT_COMPRESSION: -1,
  };
  const CompressStrategy = {
    COMPRESS_STRATEGY_DEFAULT_STRATEGY: 0, COMPRESS_STRATEGY_FILTERED: 1, COMPRESS_STRATEGY_HUFFMAN_ONLY: 2,
    COMPRESS_STRATEGY_RLE: 3, COMPRESS_STRATEGY_FIXED: 4,
  };
  const ParallelStrategy = { PARALLEL_STRATEGY_SEQUENTIAL: 0, PARALLEL_STRATEGY_PARALLEL_DECOMPRESSION: 1 };
  const PathSeparatorStrategy = { PATH_SEPARATOR_STRATEGY_DEFAULT: 0, PATH_SEPARATOR_STRATEGY_REPLACE_BACKSLASH: 1 };
  const MemLevel = { MEM_LEVEL_MIN: 1, MEM_LEVEL_MAX: 9, MEM_LEVEL_DEFAULT: 8 };
  const CompressFlushMode = { NO_FLUSH: 0, PARTIAL_FLUSH: 1, SYNC_FLUSH: 2, FULL_FLUSH: 3, FINISH: 4, BLOCK: 5, TREES: 6 };
  const ReturnStatus = {
    OK: 0, STREAM_END: 1, NEED_DICT: 2, ERRNO: -1, STREAM_ERROR: -2, DATA_ERROR: -3, MEM_ERROR: -4, BUF_ERROR: -5,
  };
  const CompressMethod = { DEFLATED: 8 };
  const OffsetReferencePoint = { SEEK_SET: 0, SEEK_CUR: 1 };

  const text = (value, name) => (typeof value === 'string' && value !== '' ? value : wrong(name, 'a path'));

  function optionsOf(options) {
    const given = options ?? {};
    if (typeof given !== 'object') wrong('options', 'Options');
    for (const [name, choices] of Object.entries({ memLevel: undefined, strategy: CompressStrategy, parallel: ParallelStrategy })) {
      const value = given[name];
      const right = value === undefined || value === null
        || (typeof value === 'number' && (choices === undefined ? value >= 1 && value <= 9 : Object.values(choices).includes(value)));
      if (!right) wrong(`options.${name}`, 'one of its enumeration');
    }
    const level = given.level ?? -1;
    if (!Object.values(CompressLevel).includes(level)) wrong('options.level', 'a CompressLevel');
    return JSON.stringify({
      level, pathSeparatorStrategy: given.pathSeparatorStrategy === 1 ? 1 : 0, keepTopLevelFolder: given.keepTopLevelFolder === true,
    });
  }

  function compress(inFiles, outFile, options, callback) {
    const target = text(outFile, 'outFile');
    const settings = optionsOf(options);
    return system.async(() => host.compressLater(JSON.stringify(inFiles), target, settings), callback);
  }

  const compressFile = (inFile, outFile, options, callback) => compress([text(inFile, 'inFile')], outFile, options, callback);

  function compressFiles(inFiles, outFile, options) {
    if (!Array.isArray(inFiles) || inFiles.length === 0) wrong('inFiles', 'an array of paths');
    return compress(inFiles.map((inFile) => text(inFile, 'inFiles')), outFile, options);
  }

  function decompressFile(inFile, outFile, options, callback) {
    const done = typeof options === 'function' ? options : callback;
    const settings = optionsOf(typeof options === 'function' ? undefined : options);
    const [source, target] = [text(inFile, 'inFile'), text(outFile, 'outFile')];
    return system.async(() => host.decompressLater(source, target, settings), done);
  }

  function getOriginalSize(compressedFile) {
    const source = text(compressedFile, 'compressedFile');
    return system.async(() => host.sizeLater(source));
  }

  return {
    ErrorCode, CompressLevel, CompressStrategy, ParallelStrategy, PathSeparatorStrategy, MemLevel, CompressFlushMode, ReturnStatus,
    CompressMethod, OffsetReferencePoint, compressFile, compressFiles, decompressFile, getOriginalSize,
    zipFile: compressFile, unzipFile: decompressFile,
    createChecksum: () => system.async(() => new Checksum()),
    createChecksumSync: () => new Checksum(),
    createZip: () => system.async(() => new Zip()),
    createZipSync: () => new Zip(),
    createGZip: () => system.async(() => new GZip()),
    createGZipSync: () => new GZip(),
  };
})
