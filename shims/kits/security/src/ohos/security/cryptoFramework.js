// @ohos:security.cryptoFramework
(function (host, system) {
  'use strict';

  const { BusinessError } = system;

  const Result = {
    INVALID_PARAMS: 401, NOT_SUPPORT: 801, ERR_OUT_OF_MEMORY: 17620001, ERR_RUNTIME_ERROR: 17620002, ERR_PARAMETER_CHECK_FAILED: 17620003,
    ERR_INVALID_CALL: 17620004, ERR_CRYPTO_OPERATION: 17630001,
  };
  const CryptoMode = { ENCRYPT_MODE: 0, DECRYPT_MODE: 1 };
  const CipherSpecItem = {
    OAEP_MD_NAME_STR: 100, OAEP_MGF_NAME_STR: 101, OAEP_MGF1_MD_STR: 102, OAEP_MGF1_PSRC_UINT8ARR: 103, SM2_MD_NAME_STR: 104,
  };
  const SignSpecItem = {
    PSS_MD_NAME_STR: 100, PSS_MGF_NAME_STR: 101, PSS_MGF1_MD_STR: 102, PSS_SALT_LEN_NUM: 103, PSS_TRAILER_FIELD_NUM: 104,
    SM2_USER_ID_UINT8ARR: 105, ML_DSA_DETERMINISTIC_BOOL: 106, ML_DSA_MU_BOOL: 107, ML_DSA_CONTEXT_UINT8ARR: 108,
  };
  const AsyKeySpecItem = {
    DSA_P_BN: 101, DSA_Q_BN: 102, DSA_G_BN: 103, DSA_SK_BN: 104, DSA_PK_BN: 105,
    ECC_FP_P_BN: 201, ECC_A_BN: 202, ECC_B_BN: 203, ECC_G_X_BN: 204, ECC_G_Y_BN: 205, ECC_N_BN: 206, ECC_H_NUM: 207, ECC_SK_BN: 208,
    ECC_PK_X_BN: 209, ECC_PK_Y_BN: 210, ECC_FIELD_TYPE_STR: 211, ECC_FIELD_SIZE_NUM: 212, ECC_CURVE_NAME_STR: 213,
    RSA_N_BN: 301, RSA_SK_BN: 302, RSA_PK_BN: 303,
    DH_P_BN: 401, DH_G_BN: 402, DH_L_NUM: 403, DH_SK_BN: 404, DH_PK_BN: 405,
    ED25519_SK_BN: 501, ED25519_PK_BN: 502, X25519_SK_BN: 601, X25519_PK_BN: 602,
  };
  const AsyKeyDataItem = {
    ML_DSA_PRIVATE_SEED: 0, ML_DSA_PRIVATE_RAW: 1, ML_DSA_PUBLIC_RAW: 2, ML_KEM_PRIVATE_SEED: 3, ML_KEM_PRIVATE_RAW: 4, ML_KEM_PUBLIC_RAW: 5,
    EC_PRIVATE_K: 6, EC_PRIVATE_04_X_Y_K: 7, EC_PUBLIC_X_Y: 8, EC_PUBLIC_04_X_Y: 9, EC_PUBLIC_COMPRESS_X: 10,
  };
  const AsyKeySpecType = { COMMON_PARAMS_SPEC: 0, PRIVATE_KEY_SPEC: 1, PUBLIC_KEY_SPEC: 2, KEY_PAIR_SPEC: 3 };
  const KemAlgNameId = { ML_KEM_512: 0, ML_KEM_768: 1, ML_KEM_1024: 2 };

  const fail = (code, message) => {
    throw new BusinessError(code, message);
  };
  const invalid = (what) => fail(Result.INVALID_PARAMS, `Parameter error. ${what}`);
  const broken = (what) => fail(Result.ERR_CRYPTO_OPERATION, what);

  /** Calls a leaf now. */
  const now = (leaf, ...args) => leaf(undefined, ...args);
  /** Calls a leaf on another thread; a promise. */
  const elsewhere = (leaf, ...args) => new Promise((resolve, reject) => {
    leaf((error, value) => (error === undefined ? resolve(value) : reject(error)), ...args);
  });

  const NOTHING = new Uint8Array(0);

  function text(value, name) {
    if (typeof value !== 'string' || value === '' || value.length > 128) invalid(`The type of "${name}" must be string, not empty.`);
    return value;
  }

  function bytes(value, name) {
    if (!(value instanceof Uint8Array)) invalid(`The type of "${name}" must be Uint8Array.`);
    return value;
  }

  function blob(value, name) {
    if (typeof value !== 'object' || value === null) invalid(`The type of "${name}" must be DataBlob.`);
    return bytes(value.data, `${name}.data`);
  }

  const optionalBlob = (value, name) => (value === null || value === undefined ? NOTHING : blob(value, name));

  function number(value, name) {
    if (typeof value !== 'number' || !Number.isInteger(value)) invalid(`The type of "${name}" must be an integer.`);
    return value;
  }

  /** Runs what is cheap now and delivers it as asynchronous functions do; arguments have been checked. */
  const soon = (work, callback) => system.async(work, callback);

  /** A big number as hexadecimal text. */
  function hexOf(value, name) {
    if (typeof value !== 'bigint' || value < 0n) invalid(`The type of "${name}" must be bigint, not negative.`);
    return value.toString(16);
  }

  const big = (hex) => BigInt(`0x${hex === '' ? '0' : hex}`);

  // --- random numbers, digests, codes

  class Random {
    get algName() { return 'CTR_DRBG'; }

    generateRandom(len, callback) {
      number(len, 'len');
      if (len <= 0) invalid('"len" must be positive.');
      return soon(() => ({ data: now(host.random, len) }), callback);
    }

    generateRandomSync(len) {
      number(len, 'len');
      if (len <= 0) invalid('"len" must be positive.');
      return { data: now(host.random, len) };
    }

    setSeed(seed) { blob(seed, 'seed'); }
    enableHardwareEntropy() {}
  }

  class Md {
    #name;
    #state;

    constructor(name) {
      this.#name = name;
      this.#state = host.hash(name);
    }

    get algName() { return this.#name; }

    update(input, callback) {
      blob(input, 'input');
      return soon(() => this.updateSync(input), callback);
    }

    updateSync(input) { host.absorb(this.#state, blob(input, 'input')); }
    digest(callback) { return soon(() => this.digestSync(), callback); }
    digestSync() { return { data: host.finish(this.#state) }; }
    getMdLength() { return host.hashSize(this.#name); }
  }

  const DIGESTS = new Set(['MD5', 'SHA1', 'SHA224', 'SHA256', 'SHA384', 'SHA512', 'SM3', 'SHA3-256', 'SHA3-384', 'SHA3-512']);

  function createMd(algName) {
    if (!DIGESTS.has(text(algName, 'algName'))) invalid(`There is no digest "${algName}".`);
    return new Md(algName);
  }

  class Mac {
    #name;
    #start;
    #length;
    #state;

    constructor(name, start, length) {
      this.#name = name;
      this.#start = start;
      this.#length = length;
    }

    get algName() { return this.#name; }

    init(key, callback) {
      rawOf(key);
      return soon(() => this.initSync(key), callback);
    }

    initSync(key) { this.#state = this.#start(rawOf(key)); }

    update(input, callback) {
      blob(input, 'input');
      return soon(() => this.updateSync(input), callback);
    }

    updateSync(input) {
      const data = blob(input, 'input');
      if (this.#state === undefined) broken('The Mac is not initialised.');
      host.absorb(this.#state, data);
    }

    doFinal(callback) { return soon(() => this.doFinalSync(), callback); }

    doFinalSync() {
      if (this.#state === undefined) broken('The Mac is not initialised.');
      return { data: host.finish(this.#state) };
    }

    getMacLength() {
      if (this.#state === undefined) broken('The Mac is not initialised.');
      return this.#length;
    }
  }

  function createMac(spec) {
    if (typeof spec === 'object' && spec !== null && text(spec.algName, 'algName') === 'CMAC') {
      const sizes = { AES128: 16, AES192: 24, AES256: 32 };
      const size = sizes[text(spec.cipherName, 'cipherName')];
      if (size === undefined) invalid(`There is no cipher "${spec.cipherName}" for CMAC.`);
      return new Mac('CMAC', (key) => {
        if (key.length !== size) broken('The key does not fit the cipher of the Mac.');
        return host.cmac(key);
      }, 16);
    }
    const isSpec = typeof spec === 'object' && spec !== null;
    if (isSpec && spec.algName !== 'HMAC') invalid(`There is no Mac "${spec.algName}".`);
    const name = text(isSpec ? spec.mdName : spec, 'algName');
    if (!DIGESTS.has(name)) invalid(`There is no digest "${name}".`);
    return new Mac(isSpec ? 'HMAC' : name, (key) => host.hmac(name, key), host.hashSize(name));
  }

  // --- symmetric keys

  let rawOf;

  class SymKey {
    #name;
    #raw;

    constructor(name, raw) {
      this.#name = name;
      this.#raw = raw;
    }

    static {
      rawOf = (key) => {
        if (typeof key !== 'object' || key === null || !(#raw in key)) invalid('The type of "key" must be SymKey.');
        return key.#raw;
      };
    }

    get algName() { return this.#name; }
    get format() { return 'RAW'; }
    getEncoded() { return { data: this.#raw.slice() }; }
    getKeySize() { return this.#raw.length * 8; }
    clearMem() { this.#raw.fill(0); }
  }

  // Name of the generator: bytes of a key. A key of HMAC may have any length.
  const SYMMETRIC = {
    AES128: 16, AES192: 24, AES256: 32, '3DES192': 24, DES64: 8, SM4_128: 16, ChaCha20: 32, HMAC: 0,
    'HMAC|SHA1': 20, 'HMAC|SHA224': 28, 'HMAC|SHA256': 32, 'HMAC|SHA384': 48, 'HMAC|SHA512': 64, 'HMAC|SM3': 32, 'HMAC|MD5': 16,
    'HMAC|SHA3-256': 32, 'HMAC|SHA3-384': 48, 'HMAC|SHA3-512': 64,
  };

  class SymKeyGenerator {
    #name;

    constructor(name) { this.#name = name; }

    get algName() { return this.#name; }

    get #keyName() {
      const { length } = this.#name;
      return this.#name.startsWith('HMAC') && length > 4 ? 'HMAC' : this.#name;
    }

    generateSymKey(callback) { return soon(() => this.generateSymKeySync(), callback); }

    generateSymKeySync() {
      if (SYMMETRIC[this.#name] === 0) invalid('A key of HMAC is generated for a digest, e.g. "HMAC|SHA256".');
      return new SymKey(this.#keyName, now(host.random, SYMMETRIC[this.#name]));
    }

    convertKey(key, callback) {
      this.#check(key);
      return soon(() => this.convertKeySync(key), callback);
    }

    convertKeySync(key) { return new SymKey(this.#keyName, this.#check(key).slice()); }

    #check(key) {
      const data = blob(key, 'key');
      const isHmac = this.#name.startsWith('HMAC');
      if (isHmac ? data.length < 1 || data.length > 4096 : data.length !== SYMMETRIC[this.#name]) {
        invalid(`A key of ${this.#name} has ${isHmac ? '1 to 4096' : SYMMETRIC[this.#name]} bytes.`);
      }
      return data;
    }
  }

  function createSymKeyGenerator(algName) {
    if (!Object.hasOwn(SYMMETRIC, text(algName, 'algName'))) fail(Result.NOT_SUPPORT, `There are no keys "${algName}".`);
    return new SymKeyGenerator(algName);
  }

  // --- asymmetric keys

  let privateOf;
  let publicOf;
  let isPrivate;
  let isPublic;

  /** Item: member of what `host.numbers` gives. */
  const NUMBERS = {
    DSA: { 101: 'p', 102: 'q', 103: 'g', 104: 'sk', 105: 'pk' },
    EC: {
      201: 'p', 202: 'a', 203: 'b', 204: 'gx', 205: 'gy', 206: 'n', 207: 'h', 208: 'sk', 209: 'x', 210: 'y', 211: 'field', 212: 'bits', 213: 'name',
    },
    RSA: { 301: 'n', 302: 'sk', 303: 'pk' },
    DH: { 401: 'p', 402: 'g', 403: 'l', 404: 'sk', 405: 'pk' },
    Ed25519: { 501: 'sk', 502: 'pk' },
    X25519: { 601: 'sk', 602: 'pk' },
  };
  NUMBERS.SM2 = NUMBERS.EC;
  const ITEMS = new Set(Object.values(AsyKeySpecItem));

  function specItem(all, item, isPrivateKey) {
    if (!ITEMS.has(item)) invalid('"itemType" must be an AsyKeySpecItem.');
    const name = NUMBERS[all.algorithm][item];
    if (name === undefined) invalid(`A key of ${all.algorithm} has no item ${item}.`);
    if (name === 'field') return 'Fp';
    // A private key of RSA knows its public number; of the others it gives out no public half.
    const hidden = isPrivateKey ? ['x', 'y'].includes(name) || (name === 'pk' && all.algorithm !== 'RSA') : name === 'sk';
    if (hidden || all[name] === undefined) invalid(`This half of a key has no item ${item}.`);
    if (name === 'name' || typeof all[name] === 'number') return all[name];
    return big(all[name]);
  }

  function keyData(all, item, isPrivateKey) {
    const size = Math.ceil((all.bits ?? 0) / 8);
    const raw = (hex) => Uint8Array.from(hex.padStart(2 * size, '0').match(/../g), (pair) => parseInt(pair, 16));
    if (all.algorithm !== 'EC' && all.algorithm !== 'SM2') fail(Result.ERR_PARAMETER_CHECK_FAILED, 'The key is no key of a curve.');
    const parts = { 6: ['sk'], 7: ['04', 'x', 'y', 'sk'], 8: ['x', 'y'], 9: ['04', 'x', 'y'], 10: ['sign', 'x'] }[item];
    if (parts === undefined || (item === 6 || item === 7) !== isPrivateKey) {
      fail(Result.ERR_PARAMETER_CHECK_FAILED, 'The item does not fit the key.');
    }
    const sign = /[13579bdf]$/.test(all.y) ? 3 : 2;
    return Uint8Array.from(parts.flatMap((part) => (part === '04' ? [4] : part === 'sign' ? [sign] : [...raw(all[part])])));
  }

  class PubKey {
    #handle;
    #all;

    constructor(handle) { this.#handle = handle; }

    static {
      isPublic = (key) => typeof key === 'object' && key !== null && #handle in key;
      publicOf = (key) => {
        if (!isPublic(key)) invalid('The type of "pubKey" must be PubKey.');
        return key.#handle;
      };
    }

    get #numbers() { return this.#all ??= JSON.parse(now(host.numbers, this.#handle, undefined)); }
    get algName() { return this.#numbers.algorithm; }
    get format() { return 'X.509'; }
    getEncoded() { return { data: now(host.publicBytes, this.#handle, 'X509') }; }
    getEncodedDer(format) { return { data: now(host.publicBytes, this.#handle, text(format, 'format')) }; }
    getEncodedPem(format) { return now(host.publicText, this.#handle, text(format, 'format')); }
    getAsyKeySpec(itemType) { return specItem(this.#numbers, itemType, false); }
    getKeySize() { return this.#numbers.size; }
    getKeyData(itemType) { return soon(() => this.getKeyDataSync(itemType)); }
    getKeyDataSync(itemType) { return keyData(this.#numbers, itemType, false); }
  }

  class PriKey {
    #handle;
    #algName;

    constructor(handle) {
      this.#handle = handle;
      this.#algName = this.#numbers().algorithm;
    }

    static {
      isPrivate = (key) => typeof key === 'object' && key !== null && #handle in key;
      privateOf = (key) => {
        if (!isPrivate(key)) invalid('The type of "priKey" must be PriKey.');
        return key.#handle;
      };
    }

    #numbers() { return JSON.parse(now(host.numbers, undefined, this.#handle)); }
    get algName() { return this.#algName; }
    get format() { return 'PKCS#8'; }
    getEncoded() { return { data: now(host.privateBytes, this.#handle, 'PKCS8') }; }
    getEncodedDer(format) { return { data: now(host.privateBytes, this.#handle, text(format, 'format')) }; }

    getEncodedPem(format, config) {
      text(format, 'format');
      if (config === undefined || config === null) return now(host.privateText, this.#handle, format);
      return now(host.privateText, this.#handle, format, text(config.password, 'password'), text(config.cipherName, 'cipherName'));
    }

    getAsyKeySpec(itemType) { return specItem(this.#numbers(), itemType, true); }
    getKeySize() { return this.#numbers().size; }
    getPubKey() { return soon(() => this.getPubKeySync()); }
    getPubKeySync() { return new PubKey(now(host.publicOf, this.#handle)); }
    getKeyData(itemType) { return soon(() => this.getKeyDataSync(itemType)); }
    getKeyDataSync(itemType) { return keyData(this.#numbers(), itemType, true); }
    clearMem() { this.#handle = undefined; }
  }

  /** A half that is missing is null. */
  function keyPair({ pub, pri }) {
    return {
      priKey: pri === undefined ? null : new PriKey(pri),
      pubKey: pub === undefined ? null : new PubKey(pub),
    };
  }

  class AsyKeyGenerator {
    #name;

    constructor(name) { this.#name = name; }

    get algName() { return this.#name; }
    generateKeyPair(callback) { return soon(async () => keyPair(await elsewhere(host.generate, this.#name)), callback); }
    generateKeyPairSync() { return keyPair(now(host.generate, this.#name)); }

    #halves(pubKey, priKey) {
      const half = (value, name) => (value === null || value === undefined ? undefined : blob(value, name));
      const halves = [half(pubKey, 'pubKey'), half(priKey, 'priKey')];
      if (halves[0] === undefined && halves[1] === undefined) invalid('One of "pubKey" and "priKey" must be given.');
      return halves;
    }

    convertKey(pubKey, priKey, callback) {
      const halves = this.#halves(pubKey, priKey);
      return soon(() => keyPair(now(host.convert, this.#name, ...halves)), callback);
    }

    convertKeySync(pubKey, priKey) { return keyPair(now(host.convert, this.#name, ...this.#halves(pubKey, priKey))); }

    #texts(pubKey, priKey, password) {
      const half = (value, name) => {
        if (value === null || value === undefined) return undefined;
        if (typeof value !== 'string') invalid(`The type of "${name}" must be string.`);
        return value;
      };
      const halves = [half(pubKey, 'pubKey'), half(priKey, 'priKey'), half(password, 'password')];
      if (halves[0] === undefined && halves[1] === undefined) invalid('One of "pubKey" and "priKey" must be given.');
      return halves;
    }

    convertPemKey(pubKey, priKey, password) {
      const texts = this.#texts(pubKey, priKey, password);
      return soon(async () => keyPair(await elsewhere(host.convertText, this.#name, ...texts)));
    }

    convertPemKeySync(pubKey, priKey, password) {
      return keyPair(now(host.convertText, this.#name, ...this.#texts(pubKey, priKey, password)));
    }
  }

  function createAsyKeyGenerator(algName) {
    now(host.checkKind, text(algName, 'algName'));
    return new AsyKeyGenerator(algName);
  }

  /** What a specification says, as JSON for the leaf. */
  function numbersOf(spec, wanted) {
    const { algName } = spec;
    const params = spec.specType === AsyKeySpecType.COMMON_PARAMS_SPEC || spec.params === undefined ? spec : spec.params;
    const all = { algorithm: algName };
    const take = (from, ...names) => {
      for (const name of names) all[name] = hexOf(from?.[name], name);
    };
    if (algName === 'RSA') take(params, 'n');
    if (algName === 'DSA') take(params, 'p', 'q', 'g');
    if (algName === 'DH') {
      take(params, 'p', 'g');
      all.bits = number(params.l, 'l');
    }
    if (algName === 'ECC' || algName === 'SM2') {
      if (params?.field?.fieldType !== 'Fp') invalid('"field.fieldType" must be "Fp".');
      all.p = hexOf(params.field.p, 'field.p');
      take(params, 'a', 'b', 'n');
      all.gx = hexOf(params.g?.x, 'g.x');
      all.gy = hexOf(params.g?.y, 'g.y');
    }
    const isCurve = algName === 'ECC' || algName === 'SM2';
    if (wanted.sk) take(spec, 'sk');
    if (wanted.pk && isCurve) {
      all.x = hexOf(spec.pk?.x, 'pk.x');
      all.y = hexOf(spec.pk?.y, 'pk.y');
    } else if (wanted.pk) {
      take(spec, 'pk');
    }
    return JSON.stringify(all);
  }

  // Kinds of specifications that generators take; RSA and DSA make no key of a private number alone.
  const SPEC_TYPES = {
    RSA: [2, 3], DSA: [0, 2, 3], ECC: [0, 1, 2, 3], SM2: [0, 1, 2, 3], DH: [0, 1, 2, 3], Ed25519: [1, 2, 3], X25519: [1, 2, 3],
  };

  class AsyKeyGeneratorBySpec {
    #name;
    #type;
    #json;

    constructor(spec) {
      this.#name = spec.algName;
      this.#type = spec.specType;
      this.#json = numbersOf(spec, { sk: this.#type === 1 || this.#type === 3, pk: this.#type === 2 || this.#type === 3 });
    }

    get algName() { return this.#name; }

    #demand(...types) {
      if (!types.includes(this.#type)) invalid('The specification does not say enough for this key.');
    }

    generateKeyPair(callback) {
      return soon(async () => {
        this.#demand(0, 3);
        return keyPair(await elsewhere(host.fromNumbers, this.#json));
      }, callback);
    }

    generateKeyPairSync() {
      this.#demand(0, 3);
      return keyPair(now(host.fromNumbers, this.#json));
    }

    generatePriKey(callback) {
      return soon(async () => {
        this.#demand(1, 3);
        return keyPair(await elsewhere(host.fromNumbers, this.#json)).priKey;
      }, callback);
    }

    generatePriKeySync() {
      this.#demand(1, 3);
      return keyPair(now(host.fromNumbers, this.#json)).priKey;
    }

    generatePubKey(callback) {
      return soon(async () => {
        this.#demand(2, 3);
        return keyPair(await elsewhere(host.fromNumbers, this.#json)).pubKey;
      }, callback);
    }

    generatePubKeySync() {
      this.#demand(2, 3);
      return keyPair(now(host.fromNumbers, this.#json)).pubKey;
    }
  }

  function createAsyKeyGeneratorBySpec(asyKeySpec) {
    if (typeof asyKeySpec !== 'object' || asyKeySpec === null) invalid('The type of "asyKeySpec" must be AsyKeySpec.');
    const types = SPEC_TYPES[text(asyKeySpec.algName, 'algName')];
    if (types === undefined) fail(Result.NOT_SUPPORT, `There are no keys "${asyKeySpec.algName}".`);
    if (!types.includes(asyKeySpec.specType)) invalid('"specType" does not fit the algorithm.');
    return new AsyKeyGeneratorBySpec(asyKeySpec);
  }

  // --- ciphers

  // Name of the cipher: [family, bytes of the key, bytes of a block].
  const CIPHERS = {
    AES128: ['AES', 16], AES192: ['AES', 24], AES256: ['AES', 32], AES: ['AES', 0], SM4_128: ['SM4', 16], SM4: ['SM4', 16],
    '3DES192': ['3DES', 24], '3DES': ['3DES', 24], DES64: ['DES', 8], DES: ['DES', 8],
  };
  const MODES = {
    AES: new Set(['ECB', 'CBC', 'CTR', 'OFB', 'CFB', 'CFB1', 'CFB8', 'CFB128', 'GCM', 'CCM']),
    SM4: new Set(['ECB', 'CBC', 'CTR', 'OFB', 'CFB', 'CFB128', 'GCM', 'CCM']),
    '3DES': new Set(['ECB', 'CBC', 'OFB', 'CFB', 'CFB1', 'CFB8', 'CFB64']),
    DES: new Set(['ECB', 'CBC', 'OFB', 'CFB', 'CFB1', 'CFB8', 'CFB64']),
  };
  const PADDINGS = new Set(['NoPadding', 'PKCS5', 'PKCS7']);

  function mode(value) {
    if (value !== CryptoMode.ENCRYPT_MODE && value !== CryptoMode.DECRYPT_MODE) invalid('"opMode" must be a CryptoMode.');
    return value;
  }

  class SymmetricCipher {
    #name;
    #family;
    #size;
    #mode;
    #padding;
    #state;
    #encrypt = true;

    constructor(name, [family, size], modeName, padding) {
      this.#name = name;
      this.#family = family;
      this.#size = size;
      this.#mode = modeName;
      this.#padding = padding;
    }

    get algName() { return this.#name; }

    init(opMode, key, params, callback) {
      mode(opMode);
      rawOf(key);
      return soon(() => this.initSync(opMode, key, params), callback);
    }

    initSync(opMode, key, params) {
      this.#encrypt = mode(opMode) === CryptoMode.ENCRYPT_MODE;
      const raw = rawOf(key);
      this.#state = undefined;
      if (this.#size !== 0 && raw.length !== this.#size) invalid('The key does not fit the cipher.');
      const tagged = this.#mode === 'GCM' || this.#mode === 'CCM';
      const needs = tagged ? `${this.#mode[0]}${this.#mode.slice(1).toLowerCase()}ParamsSpec` : 'IvParamsSpec';
      const given = params ?? undefined;
      if (this.#mode !== 'ECB' && (given === undefined || given.algName !== needs)) invalid(`"params" must be ${needs}.`);
      const iv = this.#mode === 'ECB' ? NOTHING : blob(given.iv, 'iv');
      const aad = tagged ? optionalBlob(given.aad, 'aad') : NOTHING;
      const tag = tagged ? optionalBlob(given.authTag, 'authTag') : NOTHING;
      if (tagged && !this.#encrypt && tag.length === 0) invalid('"authTag" must be given for decryption.');
      this.#state = host.cipher(this.#family, this.#mode, this.#padding, this.#encrypt, raw, iv, aad, tag);
    }

    update(data, callback) {
      blob(data, 'data');
      return soon(() => this.updateSync(data), callback);
    }

    updateSync(data) {
      const input = blob(data, 'data');
      if (this.#state === undefined) broken('The cipher is not initialised.');
      const output = host.cipherUpdate(this.#state, input);
      return output.length === 0 ? null : { data: output };
    }

    doFinal(data, callback) {
      optionalBlob(data, 'data');
      return soon(() => this.doFinalSync(data), callback);
    }

    doFinalSync(data) {
      const input = optionalBlob(data, 'data');
      if (this.#state === undefined) broken('The cipher is not initialised.');
      const state = this.#state;
      this.#state = undefined;
      const output = host.cipherFinish(state, input);
      return output.length === 0 ? null : { data: output };
    }

    setCipherSpec() { fail(Result.NOT_SUPPORT, 'Symmetric ciphers have no such specification.'); }
    getCipherSpec() { fail(Result.NOT_SUPPORT, 'Symmetric ciphers have no such specification.'); }
  }

  class AsymmetricCipher {
    #name;
    #scheme;
    #label = NOTHING;
    #encrypt = true;
    #key;

    constructor(name, scheme) {
      this.#name = name;
      this.#scheme = scheme;
    }

    get algName() { return this.#name; }

    init(opMode, key, params, callback) {
      mode(opMode);
      if (!isPublic(key) && !isPrivate(key)) invalid('The type of "key" must be Key.');
      return soon(() => this.initSync(opMode, key, params), callback);
    }

    initSync(opMode, key) {
      this.#encrypt = mode(opMode) === CryptoMode.ENCRYPT_MODE;
      if (!isPublic(key) && !isPrivate(key)) invalid('The type of "key" must be Key.');
      const fits = this.#encrypt ? isPublic(key) : isPrivate(key);
      if (!fits || key.algName !== this.#scheme.algorithm) invalid('The key does not fit the cipher.');
      this.#key = key;
    }

    update() { return soon(() => this.updateSync()); }
    updateSync() { fail(Result.ERR_RUNTIME_ERROR, 'Asymmetric ciphers take the message in one piece.'); }

    #arguments(data) {
      const input = optionalBlob(data, 'data');
      if (this.#key === undefined) broken('The cipher is not initialised.');
      const key = this.#encrypt ? publicOf(this.#key) : privateOf(this.#key);
      return [this.#encrypt ? host.encrypt : host.decrypt, JSON.stringify(this.#scheme), key, this.#label, input];
    }

    doFinal(data, callback) {
      optionalBlob(data, 'data');
      return soon(async () => ({ data: await elsewhere(...this.#arguments(data)) }), callback);
    }

    doFinalSync(data) { return { data: now(...this.#arguments(data)) }; }

    #demand(item, wanted) {
      if (!Object.values(CipherSpecItem).includes(item)) invalid('"itemType" must be a CipherSpecItem.');
      const fits = item === CipherSpecItem.SM2_MD_NAME_STR ? this.#scheme.algorithm === 'SM2' : this.#scheme.padding === 'PKCS1_OAEP';
      if (!fits) fail(Result.NOT_SUPPORT, 'The cipher has no such specification.');
      if (wanted !== undefined && item !== wanted) fail(Result.NOT_SUPPORT, 'This specification cannot be set.');
    }

    setCipherSpec(itemType, itemValue) {
      const value = bytes(itemValue, 'itemValue');
      this.#demand(itemType, CipherSpecItem.OAEP_MGF1_PSRC_UINT8ARR);
      this.#label = value.slice();
    }

    getCipherSpec(itemType) {
      this.#demand(itemType);
      switch (itemType) {
        case CipherSpecItem.OAEP_MGF_NAME_STR: return 'MGF1';
        case CipherSpecItem.OAEP_MGF1_MD_STR: return this.#scheme.mgf;
        case CipherSpecItem.OAEP_MGF1_PSRC_UINT8ARR: return this.#label.slice();
        default: return this.#scheme.md;
      }
    }
  }

  const RSA_NAME = /^RSA(?:512|768|1024|2048|3072|4096|8192)?$/;
  const unsupported = (name) => fail(Result.NOT_SUPPORT, `There is no algorithm "${name}".`);

  /** ChaCha20 has no mode and no padding. */
  class ChaCha20Cipher extends SymmetricCipher {
    constructor(name) { super(name, ['ChaCha20', 32], 'stream', false); }
  }

  function createCipher(transformation) {
    const parts = text(transformation, 'transformation').split('|');
    const [name, ...rest] = parts;
    if (RSA_NAME.test(name)) {
      const [padding, md, mgf, ...more] = rest;
      const plain = padding === 'PKCS1' || padding === 'NoPadding';
      if (plain && rest.length === 1) return new AsymmetricCipher(transformation, { algorithm: 'RSA', padding });
      if (padding !== 'PKCS1_OAEP' || !DIGESTS.has(md) || !DIGESTS.has(mgf?.replace(/^MGF1_/, '')) || more.length > 0) unsupported(transformation);
      return new AsymmetricCipher(transformation, { algorithm: 'RSA', padding, md, mgf: mgf.slice(5) });
    }
    if (name === 'SM2' || name === 'SM2_256') {
      if (rest.length !== 1 || !DIGESTS.has(rest[0])) unsupported(transformation);
      return new AsymmetricCipher(transformation, { algorithm: 'SM2', padding: '', md: rest[0] });
    }
    if (transformation === 'ChaCha20') return new ChaCha20Cipher(transformation);
    const kind = Object.hasOwn(CIPHERS, name) ? CIPHERS[name] : unsupported(transformation);
    const [modeName, padding] = rest;
    if (rest.length !== 2 || !MODES[kind[0]].has(modeName) || !PADDINGS.has(padding)) unsupported(transformation);
    return new SymmetricCipher(transformation, kind, modeName, padding !== 'NoPadding');
  }

  // --- signatures

  /** `RSA2048|PSS|SHA256|MGF1_SHA256`, `ECC256|SHA256`, `DSA|SHA1`, `SM2_256|SM3`, `Ed25519`, with `OnlySign`, `OnlyVerify`, `Recover`. */
  function signScheme(algName, ways) {
    const [name, ...rest] = text(algName, 'algName').split('|');
    const way = ways.includes(rest.at(-1)) ? rest.pop() : undefined;
    const digest = (md) => {
      if (md === 'NoHash') return null;
      return DIGESTS.has(md) ? md : unsupported(algName);
    };
    const scheme = { algorithm: '', padding: '', md: null, mgf: null, salt: -1 };
    if (RSA_NAME.test(name)) {
      const [padding, md, mgf] = rest;
      scheme.algorithm = 'RSA';
      scheme.padding = padding;
      scheme.md = digest(md);
      if (padding === 'PSS' && rest.length === 3 && scheme.md !== null) scheme.mgf = digest(mgf.replace(/^MGF1_/, '')) ?? unsupported(algName);
      else if (padding !== 'PKCS1' || rest.length !== 2) unsupported(algName);
      if (way === 'Recover' && padding !== 'PKCS1') unsupported(algName);
    } else if (/^ECC(?:224|256|384|521|_Secp256k1)?$/i.test(name) || /^DSA(?:1024|2048|3072)?$/.test(name)) {
      if (rest.length !== 1) unsupported(algName);
      scheme.algorithm = name.startsWith('ECC') ? 'ECC' : 'DSA';
      scheme.md = digest(rest[0]);
    } else if (name === 'SM2' || name === 'SM2_256') {
      if (rest.length !== 1 || rest[0] !== 'SM3') unsupported(algName);
      scheme.algorithm = 'SM2';
      scheme.md = 'SM3';
    } else if (name === 'Ed25519' && rest.length === 0) {
      scheme.algorithm = 'Ed25519';
    } else {
      unsupported(algName);
    }
    return { scheme, way };
  }

  const keyNames = { RSA: 'RSA', ECC: 'EC', DSA: 'DSA', SM2: 'SM2', Ed25519: 'Ed25519' };

  /** What Sign and Verify share: the algorithm, its specification and the message so far. */
  class Signature {
    #name;
    #scheme;
    #way;
    #key;
    #hash;
    #userId;

    constructor(name, { scheme, way }) {
      this.#name = name;
      this.#scheme = scheme;
      this.#way = way;
    }

    get algName() { return this.#name; }
    get json() { return JSON.stringify(this.#scheme); }
    get key() { return this.#key; }
    get way() { return this.#way; }

    /** Whether the bytes are signed as they come. */
    get #isRaw() { return this.#way !== undefined || this.#scheme.md === null; }

    begin(key) {
      if (key.algName !== keyNames[this.#scheme.algorithm]) invalid('The key does not fit the algorithm.');
      this.#key = key;
      this.#restart();
    }

    #restart() {
      this.#hash = undefined;
      if (this.#isRaw) return;
      this.#hash = host.hash(this.#scheme.md);
      if (this.#scheme.algorithm !== 'SM2') return;
      const [pub, pri] = isPublic(this.#key) ? [publicOf(this.#key), undefined] : [undefined, privateOf(this.#key)];
      host.absorb(this.#hash, now(host.identity, pub, pri, this.#userId));
    }

    update(data) {
      const input = blob(data, 'data');
      if (this.#key === undefined) broken('The key is missing: init comes first.');
      if (this.#isRaw) broken('This algorithm takes the message in one piece.');
      if (this.#hash === undefined) this.#restart();
      host.absorb(this.#hash, input);
    }

    /** The bytes that are signed. The next message begins after that. */
    finish(data) {
      const input = optionalBlob(data, 'data');
      if (this.#key === undefined) broken('The key is missing: init comes first.');
      if (this.#isRaw) {
        const isFitting = this.#scheme.md === null || this.#scheme.algorithm === 'Ed25519' || input.length === host.hashSize(this.#scheme.md);
        if (!isFitting) broken('The digest has the wrong length.');
        return input;
      }
      if (this.#hash === undefined) this.#restart();
      const hash = this.#hash;
      this.#hash = undefined;
      host.absorb(hash, input);
      return host.finish(hash);
    }

    #demand(item) {
      if (!Object.values(SignSpecItem).includes(item)) invalid('"itemType" must be a SignSpecItem.');
      const isId = item === SignSpecItem.SM2_USER_ID_UINT8ARR;
      const fits = isId ? this.#scheme.algorithm === 'SM2' : item < SignSpecItem.SM2_USER_ID_UINT8ARR && this.#scheme.padding === 'PSS';
      if (!fits) fail(Result.NOT_SUPPORT, 'The algorithm has no such specification.');
    }

    setSpec(item, value) {
      if (item === SignSpecItem.SM2_USER_ID_UINT8ARR) {
        this.#demand(item);
        this.#userId = bytes(value, 'itemValue').slice();
        if (this.#key !== undefined) this.#restart();
        return;
      }
      number(value, 'itemValue');
      this.#demand(item);
      if (item !== SignSpecItem.PSS_SALT_LEN_NUM) fail(Result.NOT_SUPPORT, 'This specification cannot be set.');
      if (value < -3) invalid('The length of the salt must not be below -3.');
      this.#scheme.salt = value;
    }

    getSpec(item) {
      this.#demand(item);
      switch (item) {
        case SignSpecItem.PSS_MD_NAME_STR: return this.#scheme.md;
        case SignSpecItem.PSS_MGF_NAME_STR: return 'MGF1';
        case SignSpecItem.PSS_MGF1_MD_STR: return this.#scheme.mgf;
        case SignSpecItem.PSS_SALT_LEN_NUM: return this.#scheme.salt === -1 ? host.hashSize(this.#scheme.md) : this.#scheme.salt;
        case SignSpecItem.PSS_TRAILER_FIELD_NUM: return 1;
        default: return fail(Result.NOT_SUPPORT, 'This specification cannot be read.');
      }
    }
  }

  class Sign {
    #of;

    constructor(name, scheme) { this.#of = new Signature(name, scheme); }

    get algName() { return this.#of.algName; }

    init(priKey, callback) {
      privateOf(priKey);
      return soon(() => this.#of.begin(priKey), callback);
    }

    initSync(priKey) {
      privateOf(priKey);
      this.#of.begin(priKey);
    }

    update(data, callback) {
      blob(data, 'data');
      return soon(() => this.#of.update(data), callback);
    }

    updateSync(data) { this.#of.update(data); }

    #arguments(data) {
      const input = this.#of.finish(data);
      return [host.sign, this.#of.json, privateOf(this.#of.key), input];
    }

    sign(data, callback) {
      optionalBlob(data, 'data');
      return soon(async () => ({ data: await elsewhere(...this.#arguments(data)) }), callback);
    }

    signSync(data) { return { data: now(...this.#arguments(data)) }; }
    setSignSpec(itemType, itemValue) { this.#of.setSpec(itemType, itemValue); }
    getSignSpec(itemType) { return this.#of.getSpec(itemType); }
  }

  class Verify {
    #of;

    constructor(name, scheme) { this.#of = new Signature(name, scheme); }

    get algName() { return this.#of.algName; }

    init(pubKey, callback) {
      publicOf(pubKey);
      return soon(() => this.#of.begin(pubKey), callback);
    }

    initSync(pubKey) {
      publicOf(pubKey);
      this.#of.begin(pubKey);
    }

    update(data, callback) {
      blob(data, 'data');
      return soon(() => this.#of.update(data), callback);
    }

    updateSync(data) { this.#of.update(data); }

    #arguments(data, signatureData) {
      const signature = blob(signatureData, 'signatureData');
      const input = this.#of.finish(data);
      return [host.verify, this.#of.json, publicOf(this.#of.key), input, signature];
    }

    verify(data, signatureData, callback) {
      optionalBlob(data, 'data');
      blob(signatureData, 'signatureData');
      return soon(() => elsewhere(...this.#arguments(data, signatureData)), callback);
    }

    verifySync(data, signatureData) { return now(...this.#arguments(data, signatureData)); }

    recover(signatureData) {
      blob(signatureData, 'signatureData');
      return soon(() => this.recoverSync(signatureData));
    }

    recoverSync(signatureData) {
      const signature = blob(signatureData, 'signatureData');
      if (this.#of.way !== 'Recover') fail(Result.NOT_SUPPORT, 'Only an algorithm with "Recover" recovers.');
      if (this.#of.key === undefined) broken('The key is missing: init comes first.');
      return { data: now(host.recover, this.#of.json, publicOf(this.#of.key), signature) };
    }

    setVerifySpec(itemType, itemValue) { this.#of.setSpec(itemType, itemValue); }
    getVerifySpec(itemType) { return this.#of.getSpec(itemType); }
  }

  // --- agreement and derivation

  class KeyAgreement {
    #name;
    #algorithm;

    constructor(name, algorithm) {
      this.#name = name;
      this.#algorithm = algorithm;
    }

    get algName() { return this.#name; }

    #keys(priKey, pubKey) {
      const keys = [privateOf(priKey), publicOf(pubKey)];
      if (priKey.algName !== this.#algorithm || pubKey.algName !== this.#algorithm) invalid('The keys do not fit the algorithm.');
      return keys;
    }

    generateSecret(priKey, pubKey, callback) {
      const keys = this.#keys(priKey, pubKey);
      return soon(async () => ({ data: await elsewhere(host.agree, ...keys) }), callback);
    }

    generateSecretSync(priKey, pubKey) { return { data: now(host.agree, ...this.#keys(priKey, pubKey)) }; }
  }

  function createKeyAgreement(algName) {
    const kinds = [[/^ECC(?:224|256|384|521|_Secp256k1)?$/i, 'EC'], [/^X25519$/, 'X25519'], [/^DH(?:_(?:modp|ffdhe)\d+)?$/, 'DH']];
    const kind = kinds.find(([pattern]) => pattern.test(text(algName, 'algName'))) ?? unsupported(algName);
    return new KeyAgreement(algName, kind[1]);
  }

  const utf8 = (value) => (typeof value === 'string' ? value : bytes(value, 'key'));

  function size(value, name = 'keySize') {
    if (number(value, name) <= 0) invalid(`"${name}" must be positive.`);
    return value;
  }

  const KDFS = {
    PBKDF2: {
      modes: [],
      spec: ({ hash }, params) => [
        { kind: 'pbkdf2', hash, iterations: size(params.iterations, 'iterations'), size: size(params.keySize) },
        utf8(params.password), bytes(params.salt, 'salt'), NOTHING,
      ],
    },
    HKDF: {
      modes: ['EXTRACT_AND_EXPAND', 'EXTRACT_ONLY', 'EXPAND_ONLY'],
      spec: ({ hash, way }, params) => [
        { kind: 'hkdf', hash, mode: way ?? 'EXTRACT_AND_EXPAND', size: size(params.keySize) },
        utf8(params.key), way === 'EXPAND_ONLY' ? NOTHING : bytes(params.salt, 'salt'), way === 'EXTRACT_ONLY' ? NOTHING : bytes(params.info, 'info'),
      ],
    },
    X963KDF: {
      modes: [],
      spec: ({ hash }, params) => [
        { kind: 'x963', hash, size: size(params.keySize) }, utf8(params.key), NOTHING, bytes(params.info, 'info'),
      ],
    },
    SCRYPT: {
      modes: [],
      spec: (_, params) => [
        {
          kind: 'scrypt', n: size(params.n, 'n'), r: size(params.r, 'r'), p: size(params.p, 'p'), memory: size(params.maxMemory, 'maxMemory'),
          size: size(params.keySize),
        },
        utf8(params.passphrase), bytes(params.salt, 'salt'), NOTHING,
      ],
    },
  };

  class Kdf {
    #name;
    #kind;
    #options;

    constructor(name, kind, options) {
      this.#name = name;
      this.#kind = kind;
      this.#options = options;
    }

    get algName() { return this.#name; }

    #arguments(params) {
      if (typeof params !== 'object' || params === null) invalid('The type of "params" must be KdfSpec.');
      if (params.algName !== this.#kind) invalid(`"params" must be of ${this.#kind}.`);
      const [spec, ...inputs] = KDFS[this.#kind].spec(this.#options, params);
      return [host.derive, JSON.stringify(spec), ...inputs];
    }

    generateSecret(params, callback) {
      const leaf = this.#arguments(params);
      return soon(async () => ({ data: await elsewhere(...leaf) }), callback);
    }

    generateSecretSync(params) { return { data: now(...this.#arguments(params)) }; }
  }

  function createKdf(algName) {
    const [name, hash, way, ...more] = text(algName, 'algName').split('|');
    const kind = Object.hasOwn(KDFS, name) ? KDFS[name] : unsupported(algName);
    if (name === 'SCRYPT') {
      if (hash !== undefined) unsupported(algName);
    } else if (!DIGESTS.has(hash) || (way !== undefined && !kind.modes.includes(way)) || more.length > 0) {
      unsupported(algName);
    }
    return new Kdf(algName, name, { hash, way });
  }

  // --- helpers

  const ECCKeyUtil = class ECCKeyUtil {
    static genECCCommonParamsSpec(curveName) {
      const facts = JSON.parse(now(host.curve, text(curveName, 'curveName')));
      return {
        algName: curveName === 'NID_sm2' ? 'SM2' : 'ECC', specType: AsyKeySpecType.COMMON_PARAMS_SPEC,
        field: { fieldType: 'Fp', p: big(facts.p) }, a: big(facts.a), b: big(facts.b), g: { x: big(facts.gx), y: big(facts.gy) }, n: big(facts.n), h: facts.h,
      };
    }

    static convertPoint(curveName, encodedPoint) {
      text(curveName, 'curveName');
      const point = now(host.point, curveName, bytes(encodedPoint, 'encodedPoint'), false);
      const half = (point.length - 1) / 2;
      const hex = (part) => Array.from(part, (byte) => byte.toString(16).padStart(2, '0')).join('');
      return { x: big(hex(point.subarray(1, 1 + half))), y: big(hex(point.subarray(1 + half))) };
    }

    static getEncodedPoint(curveName, point, format) {
      const { bits } = JSON.parse(now(host.curve, text(curveName, 'curveName')));
      if (typeof point !== 'object' || point === null) invalid('The type of "point" must be Point.');
      if (format !== 'COMPRESSED' && format !== 'UNCOMPRESSED') invalid('"format" must be "COMPRESSED" or "UNCOMPRESSED".');
      const digits = 2 * Math.ceil(bits / 8);
      const part = (value, name) => {
        const hex = hexOf(value, name).padStart(digits, '0');
        if (hex.length > digits) broken('The point is not on the curve.');
        return hex.match(/../g).map((pair) => parseInt(pair, 16));
      };
      const encoded = Uint8Array.from([4, ...part(point.x, 'point.x'), ...part(point.y, 'point.y')]);
      return now(host.point, curveName, encoded, format === 'COMPRESSED');
    }
  };

  const DHKeyUtil = class DHKeyUtil {
    static genDHCommonParamsSpec(pLen, skLen = 0) {
      if (number(pLen, 'pLen') < 512 || pLen > 10000) invalid('"pLen" must be 512 to 10000.');
      if (number(skLen, 'skLen') < 0 || skLen >= pLen) invalid('"skLen" must be below "pLen".');
      const { p, g, l } = JSON.parse(now(host.group, pLen, skLen));
      return { algName: 'DH', specType: AsyKeySpecType.COMMON_PARAMS_SPEC, p: big(p), g: big(g), l };
    }
  };

  function sm2Mode(value) {
    if (value !== undefined && value !== 'C1C3C2') invalid('"mode" must be "C1C3C2".');
  }

  const SM2CryptoUtil = class SM2CryptoUtil {
    static genCipherTextBySpec(spec, modeName) {
      if (typeof spec !== 'object' || spec === null) invalid('The type of "spec" must be SM2CipherTextSpec.');
      sm2Mode(modeName);
      const coordinates = JSON.stringify({ x: hexOf(spec.xCoordinate, 'xCoordinate'), y: hexOf(spec.yCoordinate, 'yCoordinate') });
      return { data: now(host.sm2Write, coordinates, bytes(spec.hashData, 'hashData'), bytes(spec.cipherTextData, 'cipherTextData')) };
    }

    static getCipherTextSpec(cipherText, modeName) {
      const input = blob(cipherText, 'cipherText');
      sm2Mode(modeName);
      const parts = JSON.parse(now(host.sm2Read, input));
      return {
        xCoordinate: big(parts.x), yCoordinate: big(parts.y), cipherTextData: Uint8Array.from(parts.data), hashData: Uint8Array.from(parts.hash),
      };
    }
  };

  const checkFailed = (what) => fail(Result.ERR_PARAMETER_CHECK_FAILED, what);

  const SignatureUtils = class SignatureUtils {
    static genEccSignatureSpec(data) {
      if (!(data instanceof Uint8Array) || data.length === 0 || data.length > 4096) checkFailed('"data" must be a signature.');
      const { r, s } = JSON.parse(now(host.pairRead, data));
      return { r: big(r), s: big(s) };
    }

    static genEccSignature(spec) {
      const isNumber = (value) => typeof value === 'bigint' && value > 0n && value < 1n << 1024n;
      if (!isNumber(spec?.r) || !isNumber(spec?.s)) checkFailed('"r" and "s" must be positive numbers.');
      return now(host.pairWrite, spec.r.toString(16), spec.s.toString(16));
    }
  };

  return {
    Result, CryptoMode, CipherSpecItem, SignSpecItem, AsyKeySpecItem, AsyKeyDataItem, AsyKeySpecType, KemAlgNameId,
    createRandom: () => new Random(),
    createMd, createMac, createSymKeyGenerator, createAsyKeyGenerator, createAsyKeyGeneratorBySpec, createCipher,
    createSign: (algName) => new Sign(algName, signScheme(algName, ['OnlySign'])),
    createVerify: (algName) => new Verify(algName, signScheme(algName, ['OnlyVerify', 'Recover'])),
    createKeyAgreement, createKdf, ECCKeyUtil, DHKeyUtil, SM2CryptoUtil, SignatureUtils,
  };
})
