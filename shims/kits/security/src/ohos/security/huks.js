// @ohos:security.huks
(function (host, system) {
  'use strict';

  const constants = system.require('@concord:security/huks-constants');
  const store = system.require('@concord:security/keystore');
  const crypto = system.require('@ohos:security.cryptoFramework');
  const { isDeclared } = system.require('@concord:kits/permissions');
  const { HuksTag: Tag, HuksExceptionErrCode: Code, HuksKeyAlg: Alg, HuksKeyPurpose: Purpose, HuksKeyPadding: Padding } = constants;
  const { HuksCipherMode: Mode, HuksKeyDigest: Digest, HuksTagType, HuksKeyFlag: Flag } = constants;

  const KIND = 'huks';
  const MOST_SESSIONS = 15;
  const MOST_PARAMS = 64;
  const MOST_BYTES = 64 * 1024 * 1024;
  const TAGS = new Set(Object.values(Tag));

  const fail = (code, message) => {
    throw new system.BusinessError(code, message);
  };
  const illegal = (what) => fail(Code.HUKS_ERR_CODE_ILLEGAL_ARGUMENT, `Parameter error. ${what}`);
  const missing = (what) => fail(Code.HUKS_ERR_CODE_MISSING_CRYPTO_ALG_ARGUMENT, `The parameter ${what} is missing.`);
  const unfit = (what) => fail(Code.HUKS_ERR_CODE_INVALID_CRYPTO_ALG_ARGUMENT, `The parameter ${what} is invalid.`);
  const absent = () => fail(Code.HUKS_ERR_CODE_ITEM_NOT_EXIST, 'The key or the session does not exist.');
  const cannot = (what) => fail(Code.HUKS_ERR_CODE_FEATURE_NOT_SUPPORTED, `${what} is not supported.`);

  /** Errors of what is used as those of this module. */
  function translate(error) {
    if (!(error instanceof system.BusinessError)) throw error;
    if (error.code === 1 || error.code === 2) fail(Code.HUKS_ERR_CODE_FILE_OPERATION_FAIL, error.message);
    if (error.code === 17620001) fail(Code.HUKS_ERR_CODE_INSUFFICIENT_MEMORY, error.message);
    if (error.code === 801) fail(Code.HUKS_ERR_CODE_FEATURE_NOT_SUPPORTED, error.message);
    if (error.code === 17630001 || error.code === 401) fail(Code.HUKS_ERR_CODE_CRYPTO_FAIL, error.message);
    throw error;
  }

  // --- parameters

  function checkAlias(value) {
    if (typeof value !== 'string' || value === '') illegal('The type of "keyAlias" must be string, not empty.');
    if (value.length > 128) illegal('"keyAlias" has at most 128 characters.');
    return value;
  }

  function checkBytes(value, name) {
    if (!(value instanceof Uint8Array)) illegal(`The type of "${name}" must be Uint8Array.`);
    if (value.length > MOST_BYTES) illegal(`"${name}" is too long.`);
    return value.slice();
  }

  /** [tag, value] of the properties, checked and copied. */
  function checkParams(properties) {
    if (properties === undefined || properties === null) return [];
    if (!Array.isArray(properties) || properties.length > MOST_PARAMS) illegal('The type of "properties" must be Array of HuksParam.');
    return properties.map((param) => {
      if (typeof param !== 'object' || param === null || !TAGS.has(param.tag)) illegal('"tag" must be a HuksTag.');
      const { tag, value } = param;
      switch (tag & (15 << 28)) {
        case HuksTagType.HUKS_TAG_TYPE_BYTES:
          return [tag, checkBytes(value, 'value')];
        case HuksTagType.HUKS_TAG_TYPE_BOOL:
          if (typeof value !== 'boolean') illegal('The type of "value" must be boolean for this tag.');
          return [tag, value];
        case HuksTagType.HUKS_TAG_TYPE_ULONG:
          if (typeof value !== 'bigint' && typeof value !== 'number') illegal('The type of "value" must be bigint for this tag.');
          return [tag, value];
        default:
          if (typeof value !== 'number' || !Number.isInteger(value)) illegal('The type of "value" must be number for this tag.');
          return [tag, value];
      }
    });
  }

  function checkOptions(options) {
    if (typeof options !== 'object' || options === null) illegal('The type of "options" must be HuksOptions.');
    const list = checkParams(options.properties);
    const data = options.inData === undefined || options.inData === null ? new Uint8Array(0) : checkBytes(options.inData, 'inData');
    return { list, params: new Map(list), data };
  }

  // --- algorithms

  const nameOfDigest = {
    [Digest.HUKS_DIGEST_MD5]: 'MD5', [Digest.HUKS_DIGEST_SM3]: 'SM3', [Digest.HUKS_DIGEST_SHA1]: 'SHA1', [Digest.HUKS_DIGEST_SHA224]: 'SHA224',
    [Digest.HUKS_DIGEST_SHA256]: 'SHA256', [Digest.HUKS_DIGEST_SHA384]: 'SHA384', [Digest.HUKS_DIGEST_SHA512]: 'SHA512',
  };
  const digestOf = (params) => nameOfDigest[params.get(Tag.HUKS_TAG_DIGEST)];
  const nameOfMode = {
    [Mode.HUKS_MODE_ECB]: 'ECB', [Mode.HUKS_MODE_CBC]: 'CBC', [Mode.HUKS_MODE_CTR]: 'CTR', [Mode.HUKS_MODE_OFB]: 'OFB', [Mode.HUKS_MODE_CFB]: 'CFB',
    [Mode.HUKS_MODE_CCM]: 'CCM', [Mode.HUKS_MODE_GCM]: 'GCM',
  };

  const bits = (...sizes) => (size) => sizes.includes(size);
  /** Symmetric: name of the generator of cryptoFramework. Pair: the same for asymmetric keys. Sizes in bits. */
  const ALGORITHMS = {
    [Alg.HUKS_ALG_AES]: { symmetric: (size) => `AES${size}`, sizes: bits(128, 192, 256), family: 'AES' },
    [Alg.HUKS_ALG_SM4]: { symmetric: () => 'SM4_128', sizes: bits(128), family: 'SM4' },
    [Alg.HUKS_ALG_DES]: { symmetric: () => 'DES64', sizes: bits(64), family: 'DES' },
    [Alg.HUKS_ALG_3DES]: { symmetric: () => '3DES192', sizes: bits(192), family: '3DES' },
    [Alg.HUKS_ALG_HMAC]: { symmetric: () => 'HMAC', sizes: (size) => size > 0 && size <= 1024 && size % 8 === 0, raw: true },
    [Alg.HUKS_ALG_RSA]: { pair: (size) => `RSA${size}`, sizes: bits(512, 768, 1024, 2048, 3072, 4096) },
    [Alg.HUKS_ALG_ECC]: { pair: (size) => `ECC${size}`, sizes: bits(224, 256, 384, 521), agrees: true },
    [Alg.HUKS_ALG_ECDH]: { pair: (size) => `ECC${size}`, sizes: bits(224, 256, 384, 521), agrees: true },
    [Alg.HUKS_ALG_DSA]: { pair: (size) => `DSA${size}`, sizes: bits(1024, 2048, 3072) },
    [Alg.HUKS_ALG_SM2]: { pair: () => 'SM2_256', sizes: bits(256) },
    [Alg.HUKS_ALG_X25519]: { pair: () => 'X25519', sizes: bits(256), agrees: true, plain: true },
    [Alg.HUKS_ALG_ED25519]: { pair: () => 'Ed25519', sizes: bits(256), plain: true },
    [Alg.HUKS_ALG_DH]: { pair: (size) => `DH_ffdhe${size}`, sizes: bits(2048, 3072, 4096), agrees: true },
  };

  /** The algorithm of parameters, with the size of the key in bits. */
  function algorithmOf(params, sizeOfData) {
    const alg = params.get(Tag.HUKS_TAG_ALGORITHM);
    if (alg === undefined) missing('HUKS_TAG_ALGORITHM');
    const algorithm = ALGORITHMS[alg];
    if (algorithm === undefined) unfit('HUKS_TAG_ALGORITHM');
    const size = params.get(Tag.HUKS_TAG_KEY_SIZE) ?? sizeOfData;
    if (size === undefined) missing('HUKS_TAG_KEY_SIZE');
    if (!algorithm.sizes(size)) unfit('HUKS_TAG_KEY_SIZE');
    return { ...algorithm, alg, size };
  }

  function demandPurpose(params) {
    const purpose = params.get(Tag.HUKS_TAG_PURPOSE);
    if (purpose === undefined) missing('HUKS_TAG_PURPOSE');
    if (purpose <= 0 || purpose >= 512) unfit('HUKS_TAG_PURPOSE');
    return purpose;
  }

  /** Nobody can show who they are here, so no key can be tied to that. */
  function demandNoAuthentication(params) {
    if (params.has(Tag.HUKS_TAG_USER_AUTH_TYPE) || params.has(Tag.HUKS_TAG_KEY_AUTH_ACCESS_TYPE)) {
      fail(Code.HUKS_ERR_CODE_CREDENTIAL_NOT_EXIST, 'No credential is enrolled, so no key can be bound to one.');
    }
    if (params.get(Tag.HUKS_TAG_IS_DEVICE_PASSWORD_SET) === true) {
      fail(Code.HUKS_ERR_CODE_DEVICE_PASSWORD_UNSET, 'No password of the device is set.');
    }
  }

  // --- keys: a record is { params: [[tag, value]], secret, pub, pri } with bytes as base 16

  const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const fromHex = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));

  const pack = (value) => (value instanceof Uint8Array ? { b: toHex(value) } : typeof value === 'bigint' ? { n: `${value}` } : value);
  const unpack = (value) => (value?.b !== undefined ? fromHex(value.b) : value?.n !== undefined ? BigInt(value.n) : value);

  /** Keys that live as long as the process (HUKS_STORAGE_TEMP). */
  const temporary = new Map();

  function readKey(alias) {
    if (temporary.has(alias)) return temporary.get(alias);
    let bytes;
    try {
      bytes = store.read(KIND, alias);
    } catch (error) {
      translate(error);
    }
    if (bytes === undefined) return undefined;
    const record = JSON.parse(store.text(bytes));
    return { ...record, params: record.params.map(([tag, value]) => [tag, unpack(value)]) };
  }

  function writeKey(alias, list, flag, material) {
    const kept = new Map(list.filter(([tag]) => tag !== Tag.HUKS_TAG_KEY_OVERRIDE));
    kept.set(Tag.HUKS_TAG_KEY_FLAG, flag);
    if (new Map(list).get(Tag.HUKS_TAG_KEY_OVERRIDE) === false && readKey(alias) !== undefined) {
      fail(Code.HUKS_ERR_CODE_KEY_ALREADY_EXIST, 'The key exists already.');
    }
    const record = { params: [...kept], ...material };
    const storage = kept.get(Tag.HUKS_TAG_KEY_STORAGE_FLAG) ?? kept.get(Tag.HUKS_TAG_DERIVED_AGREED_KEY_STORAGE_FLAG);
    if (storage === constants.HuksKeyStorageType.HUKS_STORAGE_TEMP) {
      temporary.set(alias, record);
      return;
    }
    const text = JSON.stringify({ ...record, params: record.params.map(([tag, value]) => [tag, pack(value)]) });
    try {
      store.write(KIND, alias, text);
    } catch (error) {
      translate(error);
    }
    temporary.delete(alias);
  }

  const demandKey = (alias) => readKey(alias) ?? absent();

  const generatorOf = ({ pair, size }) => crypto.createAsyKeyGenerator(pair(size));
  const symKeyOf = ({ symmetric, size }, hex) => crypto.createSymKeyGenerator(symmetric(size)).convertKeySync({ data: fromHex(hex) });

  function pairOf(algorithm, record) {
    const blob = (hex) => (hex === undefined ? null : { data: fromHex(hex) });
    return generatorOf(algorithm).convertKeySync(blob(record.pub), blob(record.pri));
  }

  const materialOf = ({ pubKey, priKey }) => ({
    pub: pubKey === null ? undefined : toHex(pubKey.getEncoded().data),
    pri: priKey === null ? undefined : toHex(priKey.getEncoded().data),
  });

  // The keys of Curve25519 are plain bytes outside; inside they are DER like the others.
  const PLAIN_SPECS = { X25519: 'X25519', Ed25519: 'Ed25519' };
  const little = (bytes) => BigInt(`0x${toHex(bytes.slice().reverse()) || '0'}`);

  function plainPair({ pair }, pk, sk) {
    const algName = PLAIN_SPECS[pair()];
    const specType = sk === undefined ? crypto.AsyKeySpecType.PUBLIC_KEY_SPEC : crypto.AsyKeySpecType.PRIVATE_KEY_SPEC;
    const spec = sk === undefined ? { algName, specType, pk: little(pk) } : { algName, specType, sk: little(sk) };
    const generator = crypto.createAsyKeyGeneratorBySpec(spec);
    if (sk === undefined) return { pubKey: generator.generatePubKeySync(), priKey: null };
    const priKey = generator.generatePriKeySync();
    return { pubKey: priKey.getPubKeySync(), priKey };
  }

  /** A public key as apps give and get it. */
  const importPublic = (algorithm, bytes) => (algorithm.plain && bytes.length === 32
    ? plainPair(algorithm, bytes)
    : generatorOf(algorithm).convertKeySync({ data: bytes }, null));
  const exportPublic = (algorithm, key) => {
    const { data } = key.getEncoded();
    return algorithm.plain ? data.slice(-32) : data;
  };

  /** The platform's structure of private keys: numbers of 32 bits, little-endian, then the parts. */
  function importPair(algorithm, bytes, isPairWanted) {
    if (algorithm.plain && !isPairWanted && bytes.length === 32) return plainPair(algorithm, undefined, bytes);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const counts = algorithm.alg === Alg.HUKS_ALG_DSA ? 5 : 3;
    if (bytes.length < 8 + 4 * counts) fail(Code.HUKS_ERR_CODE_CRYPTO_FAIL, 'The structure of the key is damaged.');
    const [kind, size] = [view.getUint32(0, true), view.getUint32(4, true)];
    if (kind !== algorithm.alg || size !== algorithm.size) unfit('inData');
    let place = 8 + 4 * counts;
    const parts = Array.from({ length: counts }, (_, index) => {
      const length = view.getUint32(8 + 4 * index, true);
      const part = bytes.subarray(place, place + length);
      if (part.length !== length) fail(Code.HUKS_ERR_CODE_CRYPTO_FAIL, 'The structure of the key is damaged.');
      place += length;
      return part;
    });
    const big = (part) => BigInt(`0x${toHex(part) || '0'}`);
    const type = crypto.AsyKeySpecType.KEY_PAIR_SPEC;
    const bySpec = (spec) => crypto.createAsyKeyGeneratorBySpec({ specType: type, ...spec }).generateKeyPairSync();
    const common = (algName, values) => ({ algName, specType: crypto.AsyKeySpecType.COMMON_PARAMS_SPEC, ...values });
    switch (algorithm.alg) {
      case Alg.HUKS_ALG_RSA: {
        const [n, e, d] = parts;
        const exponent = e.length === 0 ? 65537n : big(e);
        return bySpec({ algName: 'RSA', params: common('RSA', { n: big(n) }), sk: big(d), pk: exponent });
      }
      case Alg.HUKS_ALG_ECC: case Alg.HUKS_ALG_ECDH: case Alg.HUKS_ALG_SM2: {
        const names = { 224: 'NID_secp224r1', 256: 'NID_X9_62_prime256v1', 384: 'NID_secp384r1', 521: 'NID_secp521r1' };
        const params = crypto.ECCKeyUtil.genECCCommonParamsSpec(algorithm.alg === Alg.HUKS_ALG_SM2 ? 'NID_sm2' : names[size]);
        const [x, y, z] = parts;
        if (x.length === 0) {
          const spec = { algName: params.algName, specType: crypto.AsyKeySpecType.PRIVATE_KEY_SPEC, params, sk: big(z) };
          const priKey = crypto.createAsyKeyGeneratorBySpec(spec).generatePriKeySync();
          return { pubKey: priKey.getPubKeySync(), priKey };
        }
        return bySpec({ algName: params.algName, params, sk: big(z), pk: { x: big(x), y: big(y) } });
      }
      case Alg.HUKS_ALG_DSA: {
        const [x, y, p, q, g] = parts;
        return bySpec({ algName: 'DSA', params: common('DSA', { p: big(p), q: big(q), g: big(g) }), sk: big(x), pk: big(y) });
      }
      case Alg.HUKS_ALG_X25519: case Alg.HUKS_ALG_ED25519:
        return plainPair(algorithm, parts[0], parts[1]);
      default:
        return cannot('Import of such key pairs');
    }
  }

  // --- managing keys

  /** Checks now, works later; what the work throws is delivered. */
  const action = (work, callback) => system.async(async () => {
    try {
      return await work();
    } catch (error) {
      return translate(error);
    }
  }, callback);

  function generateKeyItem(keyAlias, options, callback) {
    const alias = checkAlias(keyAlias);
    const { list, params } = checkOptions(options);
    return action(async () => {
      const algorithm = algorithmOf(params);
      demandPurpose(params);
      demandNoAuthentication(params);
      const type = params.get(Tag.HUKS_TAG_KEY_GENERATE_TYPE) ?? constants.HuksKeyGenerateType.HUKS_KEY_GENERATE_TYPE_DEFAULT;
      if (type !== constants.HuksKeyGenerateType.HUKS_KEY_GENERATE_TYPE_DEFAULT) cannot('Generating keys by agreement or derivation in one step');
      if (algorithm.symmetric !== undefined) {
        const random = crypto.createRandom().generateRandomSync(algorithm.size / 8);
        writeKey(alias, list, Flag.HUKS_KEY_FLAG_GENERATE_KEY, { secret: toHex(random.data) });
      } else {
        const pair = await generatorOf(algorithm).generateKeyPair();
        writeKey(alias, list, Flag.HUKS_KEY_FLAG_GENERATE_KEY, materialOf(pair));
      }
    }, callback);
  }

  /** Stores a key that comes from outside. */
  function importMaterial(alias, list, params, data) {
    const isSymmetric = ALGORITHMS[params.get(Tag.HUKS_TAG_ALGORITHM)]?.symmetric !== undefined;
    const algorithm = algorithmOf(params, isSymmetric ? data.length * 8 : undefined);
    demandPurpose(params);
    demandNoAuthentication(params);
    if (data.length === 0) illegal('"inData" is missing.');
    if (isSymmetric) {
      if (data.length * 8 !== algorithm.size) unfit('HUKS_TAG_KEY_SIZE');
      const sized = [...new Map(list).set(Tag.HUKS_TAG_KEY_SIZE, algorithm.size)];
      return writeKey(alias, sized, Flag.HUKS_KEY_FLAG_IMPORT_KEY, { secret: toHex(data) });
    }
    const types = constants.HuksImportKeyType;
    const type = params.get(Tag.HUKS_TAG_IMPORT_KEY_TYPE) ?? types.HUKS_KEY_TYPE_PUBLIC_KEY;
    const pair = type === types.HUKS_KEY_TYPE_PUBLIC_KEY
      ? importPublic(algorithm, data)
      : importPair(algorithm, data, type === types.HUKS_KEY_TYPE_KEY_PAIR);
    return writeKey(alias, list, Flag.HUKS_KEY_FLAG_IMPORT_KEY, materialOf(pair));
  }

  function importKeyItem(keyAlias, options, callback) {
    const alias = checkAlias(keyAlias);
    const { list, params, data } = checkOptions(options);
    return action(() => importMaterial(alias, list, params, data), callback);
  }

  /**
   * The material is encrypted with a key, which is encrypted with what the wrapping key and a passing key agree on. inData is a row of
   * parts, each after its length in 32 bits, little-endian.
   */
  function importWrappedKeyItem(keyAlias, wrappingKeyAlias, options, callback) {
    const alias = checkAlias(keyAlias);
    const wrappingAlias = checkAlias(wrappingKeyAlias);
    const { list, params, data } = checkOptions(options);
    return action(async () => {
      const record = demandKey(wrappingAlias);
      const wrapping = new Map(record.params);
      const suite = params.get(Tag.HUKS_TAG_UNWRAP_ALGORITHM_SUITE);
      if (suite === undefined) missing('HUKS_TAG_UNWRAP_ALGORITHM_SUITE');
      const suites = constants.HuksUnwrapSuite;
      const fits = { [suites.HUKS_UNWRAP_SUITE_X25519_AES_256_GCM_NOPADDING]: 'X25519', [suites.HUKS_UNWRAP_SUITE_ECDH_AES_256_GCM_NOPADDING]: 'ECC' }[suite];
      if (fits === undefined) cannot('This suite for wrapped keys');
      const algorithm = algorithmOf(wrapping);
      if (!algorithm.agrees || !algorithm.pair(algorithm.size).startsWith(fits)) unfit('HUKS_TAG_UNWRAP_ALGORITHM_SUITE');
      if ((wrapping.get(Tag.HUKS_TAG_PURPOSE) & Purpose.HUKS_KEY_PURPOSE_UNWRAP) === 0) unfit('HUKS_TAG_PURPOSE');
      const parts = [];
      const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
      for (let place = 0; place < data.length;) {
        if (place + 4 > data.length || parts.length > 10) illegal('"inData" is damaged.');
        const length = view.getUint32(place, true);
        const part = data.subarray(place + 4, place + 4 + length);
        if (part.length !== length) illegal('"inData" is damaged.');
        parts.push(part);
        place += 4 + length;
      }
      if (parts.length !== 10) illegal('"inData" has ten parts.');
      const [peer, kekAad, kekNonce, kekTag, sealedKek, aad, nonce, tag, , sealed] = parts;
      const shared = await agree(algorithm, record, peer);
      const kek = openGcm(shared.slice(0, 32), kekNonce, kekAad, kekTag, sealedKek);
      importMaterial(alias, list, params, openGcm(kek, nonce, aad, tag, sealed));
    }, callback);
  }

  function openGcm(key, iv, aad, authTag, data) {
    const cipher = crypto.createCipher('AES256|GCM|NoPadding');
    const sym = crypto.createSymKeyGenerator('AES256').convertKeySync({ data: key });
    const spec = { algName: 'GcmParamsSpec', iv: { data: iv }, aad: { data: aad }, authTag: { data: authTag } };
    cipher.initSync(crypto.CryptoMode.DECRYPT_MODE, sym, spec);
    return cipher.doFinalSync({ data })?.data ?? new Uint8Array(0);
  }

  function deleteKeyItem(keyAlias, options, callback) {
    const alias = checkAlias(keyAlias);
    checkOptions(options);
    return action(() => {
      const wasTemporary = temporary.delete(alias);
      if (!store.remove(KIND, alias) && !wasTemporary) absent();
    }, callback);
  }

  function exportKeyItem(keyAlias, options, callback) {
    const alias = checkAlias(keyAlias);
    checkOptions(options);
    return action(() => {
      const record = demandKey(alias);
      const algorithm = algorithmOf(new Map(record.params));
      if (algorithm.symmetric !== undefined) cannot('Export of symmetric keys');
      return { outData: exportPublic(algorithm, pairOf(algorithm, { pub: record.pub }).pubKey) };
    }, callback);
  }

  function getKeyItemProperties(keyAlias, options, callback) {
    const alias = checkAlias(keyAlias);
    checkOptions(options);
    return action(() => ({ properties: demandKey(alias).params.map(([tag, value]) => ({ tag, value })) }), callback);
  }

  function hasKeyItem(keyAlias, options, callback) {
    const alias = checkAlias(keyAlias);
    checkOptions(options);
    return action(() => readKey(alias) !== undefined, callback);
  }

  function isKeyItemExist(keyAlias, options, callback) {
    const alias = checkAlias(keyAlias);
    checkOptions(options);
    return action(() => readKey(alias) !== undefined || absent(), callback);
  }

  function listAliases(options) {
    checkOptions(options);
    return action(() => ({ keyAliases: [...new Set([...store.list(KIND).map(([name]) => name), ...temporary.keys()])].sort() }));
  }

  // --- sessions

  const sessions = new Map();
  let nextHandle = 1;

  const empty = (data) => (data === null || data === undefined ? new Uint8Array(0) : data.data);
  const join = (parts) => {
    const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
    parts.reduce((place, part) => (whole.set(part, place), place + part.length), 0);
    return whole;
  };

  /** Ciphers of blocks: { update, finish }. */
  function symmetricSession(algorithm, record, params, encrypt) {
    const mode = nameOfMode[params.get(Tag.HUKS_TAG_BLOCK_MODE)];
    if (mode === undefined) missing('HUKS_TAG_BLOCK_MODE');
    const padding = params.get(Tag.HUKS_TAG_PADDING) ?? Padding.HUKS_PADDING_NONE;
    if (![Padding.HUKS_PADDING_NONE, Padding.HUKS_PADDING_PKCS5, Padding.HUKS_PADDING_PKCS7].includes(padding)) unfit('HUKS_TAG_PADDING');
    const cipher = crypto.createCipher(`${algorithm.symmetric(algorithm.size)}|${mode}|${padding === Padding.HUKS_PADDING_NONE ? 'NoPadding' : 'PKCS7'}`);
    const blob = (tag, name) => ({ data: params.get(tag) ?? (name === undefined ? new Uint8Array(0) : missing(name)) });
    const tagged = mode === 'GCM' || mode === 'CCM';
    let spec = null;
    if (tagged) {
      const authTag = encrypt ? { data: new Uint8Array(params.get(Tag.HUKS_TAG_AE_TAG_LEN) ?? 16) } : blob(Tag.HUKS_TAG_AE_TAG, 'HUKS_TAG_AE_TAG');
      const nonce = blob(Tag.HUKS_TAG_NONCE, 'HUKS_TAG_NONCE');
      spec = { algName: mode === 'GCM' ? 'GcmParamsSpec' : 'CcmParamsSpec', iv: nonce, aad: blob(Tag.HUKS_TAG_ASSOCIATED_DATA), authTag };
    } else if (mode !== 'ECB') {
      spec = { algName: 'IvParamsSpec', iv: blob(Tag.HUKS_TAG_IV, 'HUKS_TAG_IV') };
    }
    cipher.initSync(encrypt ? crypto.CryptoMode.ENCRYPT_MODE : crypto.CryptoMode.DECRYPT_MODE, symKeyOf(algorithm, record.secret), spec);
    // CCM wants the message in one piece.
    const parts = [];
    return {
      update: (data) => (mode === 'CCM' ? (parts.push(data), new Uint8Array(0)) : empty(cipher.updateSync({ data }))),
      finish: (data) => empty(cipher.doFinalSync(mode === 'CCM' ? { data: join([...parts, data]) } : data.length === 0 ? null : { data })),
    };
  }

  /** What takes the whole message at its end. */
  function wholeSession(work) {
    const parts = [];
    let size = 0;
    return {
      update(data) {
        size += data.length;
        if (size > MOST_BYTES) fail(Code.HUKS_ERR_CODE_INSUFFICIENT_MEMORY, 'The message is too long.');
        parts.push(data);
        return new Uint8Array(0);
      },
      finish: (data) => work(join([...parts, data])),
    };
  }

  function sealSession(algorithm, record, params, encrypt) {
    const { pubKey, priKey } = pairOf(algorithm, encrypt ? { pub: record.pub } : { pri: record.pri });
    const digest = digestOf(params);
    let name;
    if (algorithm.alg === Alg.HUKS_ALG_SM2) {
      name = `SM2_256|${digest ?? 'SM3'}`;
    } else {
      const paddings = {
        [Padding.HUKS_PADDING_NONE]: 'NoPadding', [Padding.HUKS_PADDING_PKCS1_V1_5]: 'PKCS1',
        [Padding.HUKS_PADDING_OAEP]: `PKCS1_OAEP|${digest ?? 'SHA1'}|MGF1_${digest ?? 'SHA1'}`,
      };
      name = `RSA${algorithm.size}|${paddings[params.get(Tag.HUKS_TAG_PADDING)] ?? unfit('HUKS_TAG_PADDING')}`;
    }
    const cipher = crypto.createCipher(name);
    cipher.initSync(encrypt ? crypto.CryptoMode.ENCRYPT_MODE : crypto.CryptoMode.DECRYPT_MODE, encrypt ? pubKey : priKey, null);
    return wholeSession(async (data) => (await cipher.doFinal({ data })).data);
  }

  function signName(algorithm, params) {
    const digest = digestOf(params);
    if (algorithm.alg === Alg.HUKS_ALG_ED25519) return 'Ed25519';
    if (algorithm.alg === Alg.HUKS_ALG_SM2) return 'SM2_256|SM3';
    if (params.get(Tag.HUKS_TAG_DIGEST) === undefined) missing('HUKS_TAG_DIGEST');
    if (algorithm.alg !== Alg.HUKS_ALG_RSA) return `${algorithm.pair(algorithm.size)}|${digest ?? 'NoHash'}`;
    if (params.get(Tag.HUKS_TAG_PADDING) === Padding.HUKS_PADDING_PSS) return `RSA${algorithm.size}|PSS|${digest}|MGF1_${digest}`;
    return `RSA${algorithm.size}|PKCS1|${digest ?? 'NoHash'}`;
  }

  function saltOf(algorithm, params, set) {
    const types = constants.HuksRsaPssSaltLenType;
    if (params.get(Tag.HUKS_TAG_RSA_PSS_SALT_LEN_TYPE) === types.HUKS_RSA_PSS_SALT_LEN_MAX) set(crypto.SignSpecItem.PSS_SALT_LEN_NUM, -3);
  }

  function signSession(algorithm, record, params) {
    const { priKey } = pairOf(algorithm, { pri: record.pri });
    const sign = crypto.createSign(signName(algorithm, params));
    saltOf(algorithm, params, (item, value) => sign.setSignSpec(item, value));
    sign.initSync(priKey);
    return wholeSession(async (data) => (await sign.sign({ data })).data);
  }

  function verifySession(algorithm, record, params) {
    const { pubKey } = pairOf(algorithm, { pub: record.pub });
    const verify = crypto.createVerify(signName(algorithm, params));
    saltOf(algorithm, params, (item, value) => verify.setVerifySpec(item, value));
    verify.initSync(pubKey);
    const parts = [];
    return {
      update: (data) => (parts.push(data), new Uint8Array(0)),
      // The end of the session brings the signature.
      async finish(signature) {
        const isRight = await verify.verify({ data: join(parts) }, { data: signature });
        if (!isRight) fail(Code.HUKS_ERR_CODE_CRYPTO_FAIL, 'The signature is wrong.');
        return new Uint8Array(0);
      },
    };
  }

  function macSession(algorithm, record, params) {
    const digest = digestOf(params) ?? (algorithm.alg === Alg.HUKS_ALG_SM3 ? 'SM3' : missing('HUKS_TAG_DIGEST'));
    const mac = crypto.createMac(digest);
    mac.initSync(crypto.createSymKeyGenerator('HMAC').convertKeySync({ data: fromHex(record.secret) }));
    return {
      update: (data) => (mac.updateSync({ data }), new Uint8Array(0)),
      finish(data) {
        mac.updateSync({ data });
        return mac.doFinalSync().data;
      },
    };
  }

  async function agree(algorithm, record, peer) {
    const { priKey } = pairOf(algorithm, { pri: record.pri });
    const { pubKey } = importPublic(algorithm, peer);
    const name = algorithm.pair(algorithm.size);
    return (await crypto.createKeyAgreement(name).generateSecret(priKey, pubKey)).data;
  }

  /** Keeps what was agreed or derived under an alias when the parameters of the end ask for it; else it is given out. */
  function deliver(secret, { list, params }, flag) {
    const alias = params.get(Tag.HUKS_TAG_KEY_ALIAS);
    const storage = params.get(Tag.HUKS_TAG_DERIVED_AGREED_KEY_STORAGE_FLAG) ?? params.get(Tag.HUKS_TAG_KEY_STORAGE_FLAG);
    if (alias === undefined || storage === constants.HuksKeyStorageType.HUKS_STORAGE_KEY_EXPORT_ALLOWED || storage === undefined) return secret;
    const target = ALGORITHMS[params.get(Tag.HUKS_TAG_ALGORITHM)];
    const size = params.get(Tag.HUKS_TAG_KEY_SIZE) ?? secret.length * 8;
    if (target?.symmetric === undefined || !target.sizes(size) || size > secret.length * 8) unfit('HUKS_TAG_KEY_SIZE');
    const kept = new Map(list).set(Tag.HUKS_TAG_KEY_SIZE, size);
    kept.delete(Tag.HUKS_TAG_KEY_ALIAS);
    writeKey(checkAlias(store.text(alias)), [...kept], flag, { secret: toHex(secret.subarray(0, size / 8)) });
    return new Uint8Array(0);
  }

  function agreeSession(algorithm, record) {
    let secret;
    return {
      async update(peer) {
        secret = await agree(algorithm, record, peer);
        return new Uint8Array(0);
      },
      async finish(peer, options) {
        secret ??= peer.length > 0 ? await agree(algorithm, record, peer) : missing('inData');
        return deliver(secret, options, Flag.HUKS_KEY_FLAG_AGREE_KEY);
      },
    };
  }

  function deriveSession(record, params) {
    const digest = digestOf(params) ?? missing('HUKS_TAG_DIGEST');
    const size = params.get(Tag.HUKS_TAG_DERIVE_KEY_SIZE) ?? missing('HUKS_TAG_DERIVE_KEY_SIZE');
    const salt = params.get(Tag.HUKS_TAG_SALT) ?? new Uint8Array(0);
    const key = fromHex(record.secret);
    return {
      update: () => new Uint8Array(0),
      async finish(data, options) {
        let spec;
        let name;
        switch (params.get(Tag.HUKS_TAG_ALGORITHM)) {
          case Alg.HUKS_ALG_HKDF:
            name = `HKDF|${digest}|EXTRACT_AND_EXPAND`;
            spec = { algName: 'HKDF', key, salt, info: params.get(Tag.HUKS_TAG_INFO) ?? new Uint8Array(0), keySize: size };
            break;
          case Alg.HUKS_ALG_PBKDF2:
            name = `PBKDF2|${digest}`;
            spec = { algName: 'PBKDF2', password: key, salt, iterations: params.get(Tag.HUKS_TAG_ITERATION) ?? missing('HUKS_TAG_ITERATION'), keySize: size };
            break;
          default:
            unfit('HUKS_TAG_ALGORITHM');
        }
        const secret = (await crypto.createKdf(name).generateSecret(spec)).data;
        return deliver(secret, options, Flag.HUKS_KEY_FLAG_DERIVE_KEY);
      },
    };
  }

  function openSession(record, used) {
    const own = new Map(record.params);
    const algorithm = algorithmOf(own);
    // What the use does not say, the key does.
    const params = new Map([...own].filter(([tag]) => tag !== Tag.HUKS_TAG_ALGORITHM && tag !== Tag.HUKS_TAG_PURPOSE));
    for (const [tag, value] of used) params.set(tag, value);
    const purpose = used.get(Tag.HUKS_TAG_PURPOSE);
    if (purpose === undefined) missing('HUKS_TAG_PURPOSE');
    if ((own.get(Tag.HUKS_TAG_PURPOSE) & purpose) !== purpose) unfit('HUKS_TAG_PURPOSE');
    const isSymmetric = record.secret !== undefined;
    const demand = (half) => (isSymmetric ? 'secret' : half) in record && record[half] !== undefined ? record : unfit('HUKS_TAG_PURPOSE');
    switch (purpose) {
      case Purpose.HUKS_KEY_PURPOSE_ENCRYPT: case Purpose.HUKS_KEY_PURPOSE_DECRYPT: {
        const encrypt = purpose === Purpose.HUKS_KEY_PURPOSE_ENCRYPT;
        if (isSymmetric) return algorithm.raw ? unfit('HUKS_TAG_PURPOSE') : symmetricSession(algorithm, record, params, encrypt);
        return sealSession(algorithm, demand(encrypt ? 'pub' : 'pri'), params, encrypt);
      }
      case Purpose.HUKS_KEY_PURPOSE_SIGN: return signSession(algorithm, demand('pri'), params);
      case Purpose.HUKS_KEY_PURPOSE_VERIFY: return verifySession(algorithm, demand('pub'), params);
      case Purpose.HUKS_KEY_PURPOSE_MAC: return isSymmetric ? macSession(algorithm, record, params) : unfit('HUKS_TAG_PURPOSE');
      case Purpose.HUKS_KEY_PURPOSE_AGREE: return algorithm.agrees ? agreeSession(algorithm, demand('pri')) : unfit('HUKS_TAG_PURPOSE');
      case Purpose.HUKS_KEY_PURPOSE_DERIVE: return isSymmetric ? deriveSession(record, params) : unfit('HUKS_TAG_PURPOSE');
      default: return unfit('HUKS_TAG_PURPOSE');
    }
  }

  function initSession(keyAlias, options, callback) {
    const alias = checkAlias(keyAlias);
    const { params } = checkOptions(options);
    return action(() => {
      const record = demandKey(alias);
      const session = openSession(record, params);
      // The oldest gives way.
      if (sessions.size >= MOST_SESSIONS) sessions.delete(sessions.keys().next().value);
      const handle = nextHandle++;
      sessions.set(handle, session);
      return { handle, challenge: crypto.createRandom().generateRandomSync(32).data };
    }, callback);
  }

  function checkHandle(handle) {
    if (typeof handle !== 'number') illegal('The type of "handle" must be number.');
    return handle;
  }

  /** (handle, options, token or callback, callback) */
  function step(last) {
    return (handle, options, third, fourth) => {
      checkHandle(handle);
      const callback = typeof third === 'function' ? third : fourth;
      if (third !== undefined && third !== null && typeof third !== 'function') checkBytes(third, 'token');
      const checked = checkOptions(options);
      return action(async () => {
        const session = sessions.get(handle) ?? absent();
        if (last) sessions.delete(handle);
        try {
          return { outData: await (last ? session.finish(checked.data, checked) : session.update(checked.data)) };
        } catch (error) {
          sessions.delete(handle);
          throw error;
        }
      }, callback);
    };
  }

  function abortSession(handle, options, callback) {
    checkHandle(handle);
    checkOptions(options);
    return action(() => {
      if (!sessions.delete(handle)) absent();
    }, callback);
  }

  // --- what needs more than a keystore

  const notSystem = () => action(() => fail(Code.HUKS_ERR_CODE_NOT_SYSTEM_APP, 'Permission verification failed. A non-system application calls a system API.'));

  function attestKeyItem(keyAlias, options, callback) {
    checkAlias(keyAlias);
    checkOptions(options);
    return action(() => {
      if (!isDeclared('ohos.permission.ATTEST_KEY')) fail(201, 'Permission denied. The application does not have ohos.permission.ATTEST_KEY.');
      cannot('Attestation of keys');
    }, callback);
  }

  function anonAttestKeyItem(keyAlias, options, callback) {
    const alias = checkAlias(keyAlias);
    checkOptions(options);
    return action(() => {
      demandKey(alias);
      cannot('Attestation of keys');
    }, callback);
  }

  return {
    ...constants,
    generateKeyItem, deleteKeyItem, importKeyItem, importWrappedKeyItem, exportKeyItem, getKeyItemProperties, isKeyItemExist, hasKeyItem,
    listAliases, initSession, updateSession: step(false), finishSession: step(true), abortSession, attestKeyItem, anonAttestKeyItem,
    generateKeyItemAsUser: notSystem, deleteKeyItemAsUser: notSystem, importKeyItemAsUser: notSystem, importWrappedKeyItemAsUser: notSystem,
    exportKeyItemAsUser: notSystem, getKeyItemPropertiesAsUser: notSystem, hasKeyItemAsUser: notSystem, initSessionAsUser: notSystem,
    attestKeyItemAsUser: notSystem, anonAttestKeyItemAsUser: notSystem,
    getSdkVersion(options) {
      checkOptions(options);
      return '2.0.0.4';
    },
  };
})
