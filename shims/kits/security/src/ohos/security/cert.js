// @ohos:security.cert
(function (host, system) {
  'use strict';

  const crypto = system.require('@ohos:security.cryptoFramework');

  const CertResult = {
    INVALID_PARAMS: 401, NOT_SUPPORT: 801, ERR_OUT_OF_MEMORY: 19020001, ERR_RUNTIME_ERROR: 19020002, ERR_PARAMETER_CHECK_FAILED: 19020003,
    ERR_CRYPTO_OPERATION: 19030001, ERR_CERT_SIGNATURE_FAILURE: 19030002, ERR_CERT_NOT_YET_VALID: 19030003, ERR_CERT_HAS_EXPIRED: 19030004,
    ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 19030005, ERR_KEYUSAGE_NO_CERTSIGN: 19030006, ERR_KEYUSAGE_NO_DIGITAL_SIGNATURE: 19030007,
    ERR_MAYBE_WRONG_PASSWORD: 19030008, ERR_CERT_UNTRUSTED: 19030009, ERR_CERT_HAS_REVOKED: 19030010, ERR_UNKNOWN_CRITICAL_EXTENSION: 19030011,
    ERR_CERT_HOSTNAME_MISMATCH: 19030012, ERR_CERT_EMAIL_ADDRESS_MISMATCH: 19030013, ERR_CERT_KEYUSAGE_MISMATCH: 19030014,
    ERR_CRL_NOT_FOUND: 19030015, ERR_CRL_NOT_YET_VALID: 19030016, ERR_CRL_HAS_EXPIRED: 19030017, ERR_CRL_SIGNATURE_FAILURE: 19030018,
    ERR_CRL_ISSUER_NOT_FOUND: 19030019, ERR_OCSP_RESPONSE_NOT_FOUND: 19030020, ERR_OCSP_RESPONSE_INVALID: 19030021,
    ERR_OCSP_SIGNATURE_FAILURE: 19030022, ERR_OCSP_CERT_STATUS_UNKNOWN: 19030023, ERR_NETWORK_TIMEOUT: 19030024,
  };
  const EncodingFormat = { FORMAT_DER: 0, FORMAT_PEM: 1, FORMAT_PKCS7: 2 };
  const CertItemType = {
    CERT_ITEM_TYPE_TBS: 0, CERT_ITEM_TYPE_PUBLIC_KEY: 1, CERT_ITEM_TYPE_ISSUER_UNIQUE_ID: 2, CERT_ITEM_TYPE_SUBJECT_UNIQUE_ID: 3,
    CERT_ITEM_TYPE_EXTENSIONS: 4,
  };
  const ExtensionOidType = { EXTENSION_OID_TYPE_ALL: 0, EXTENSION_OID_TYPE_CRITICAL: 1, EXTENSION_OID_TYPE_UNCRITICAL: 2 };
  const ExtensionEntryType = { EXTENSION_ENTRY_TYPE_ENTRY: 0, EXTENSION_ENTRY_TYPE_ENTRY_CRITICAL: 1, EXTENSION_ENTRY_TYPE_ENTRY_VALUE: 2 };
  const EncodingType = { ENCODING_UTF8: 0 };
  const EncodingBaseFormat = { PEM: 0, DER: 1 };
  const RevocationCheckOptions = {
    REVOCATION_CHECK_OPTION_PREFER_OCSP: 0, REVOCATION_CHECK_OPTION_ACCESS_NETWORK: 1, REVOCATION_CHECK_OPTION_FALLBACK_NO_PREFER: 2,
    REVOCATION_CHECK_OPTION_FALLBACK_LOCAL: 3, REVOCATION_CHECK_OPTION_CHECK_INTERMEDIATE_CA_ONLINE: 4,
    REVOCATION_CHECK_OPTION_LOCAL_CRL_ONLY_CHECK_END_ENTITY_CERT: 5, REVOCATION_CHECK_OPTION_IGNORE_NETWORK_ERROR: 6,
  };
  const ValidationPolicyType = { VALIDATION_POLICY_TYPE_X509: 0, VALIDATION_POLICY_TYPE_SSL: 1 };

  // Extensions that a chain can be checked with; another that is critical is not understood.
  const KNOWN_EXTENSIONS = new Set([
    '2.5.29.14', '2.5.29.15', '2.5.29.16', '2.5.29.17', '2.5.29.18', '2.5.29.19', '2.5.29.30', '2.5.29.31', '2.5.29.32', '2.5.29.33', '2.5.29.35',
    '2.5.29.36', '2.5.29.37', '2.5.29.54', '1.3.6.1.5.5.7.1.1',
  ]);

  const fail = (code, message) => {
    throw new system.BusinessError(code, message);
  };
  const invalid = (what) => fail(CertResult.INVALID_PARAMS, `Parameter error. ${what}`);
  const broken = (what) => fail(CertResult.ERR_CRYPTO_OPERATION, what);

  const now = (leaf, ...args) => leaf(undefined, ...args);
  const elsewhere = (leaf, ...args) => new Promise((resolve, reject) => {
    leaf((error, value) => (error === undefined ? resolve(value) : reject(error)), ...args);
  });
  const soon = (work, callback) => system.async(work, callback);

  const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const fromHex = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  const ascii = (text) => Uint8Array.from(text, (character) => character.charCodeAt(0));
  /** Text as the platform gives it out: with a zero at its end. */
  const terminated = (text) => ({ data: ascii(`${text}\0`) });
  const terminatedList = (texts) => ({ data: texts.map((text) => ascii(`${text}\0`)) });
  const big = (hex) => BigInt(`0x${hex === '' ? '0' : hex}`);
  const sha256 = (bytes) => {
    const md = crypto.createMd('SHA256');
    md.updateSync({ data: bytes });
    return md.digestSync().data;
  };

  function bytes(value, name) {
    if (!(value instanceof Uint8Array) || value.length === 0) invalid(`The type of "${name}" must be Uint8Array, not empty.`);
    return value;
  }

  function encodingBlob(value, formats) {
    if (typeof value !== 'object' || value === null) invalid('The type of "inStream" must be EncodingBlob.');
    bytes(value.data, 'inStream.data');
    if (!formats.includes(value.encodingFormat)) invalid('"encodingFormat" is out of range.');
    return value;
  }

  /** Undefined: the older form of a name; the number of UTF-8: the newer one. */
  function isUtf8(encodingType) {
    if (encodingType === undefined) return false;
    if (encodingType !== EncodingType.ENCODING_UTF8) fail(CertResult.ERR_PARAMETER_CHECK_FAILED, 'Parameter check failed. "encodingType" must be ENCODING_UTF8.');
    return true;
  }

  function keyBytes(key) {
    if (typeof key !== 'object' || key === null || typeof key.getEncoded !== 'function') invalid('The type of "key" must be PubKey.');
    return bytes(key.getEncoded().data, 'key');
  }

  /** Seconds since 1970 of `YYMMDDHHMMSSZ` or `YYYYMMDDHHMMSSZ`. */
  function seconds(text) {
    const parts = typeof text === 'string' ? /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/.exec(text) : null;
    if (parts === null) invalid('A date has the form YYMMDDHHMMSSZ or YYYYMMDDHHMMSSZ.');
    const [year, month, day, hour, minute, second] = parts.slice(1).map(Number);
    // Two digits stand for 1950 to 2049.
    const full = parts[1].length === 4 ? year : year < 50 ? 2000 + year : 1900 + year;
    return Date.UTC(full, month - 1, day, hour, minute, second) / 1000;
  }

  function checkMatch(param, name) {
    if (typeof param !== 'object' || param === null) invalid(`The type of "param" must be ${name}.`);
    return param;
  }

  const same = (value, hex) => hex !== null && value instanceof Uint8Array && toHex(value) === hex;

  // --- names

  class X500DistinguishedName {
    #all;

    constructor(all) { this.#all = all; }

    /** getName(), getName(encodingType), getName(type), getName(type, encodingType) */
    getName(type, encodingType) {
      if (typeof type === 'string') {
        isUtf8(encodingType);
        return this.#all.parts.filter(([short]) => short === type).map(([short, value]) => `${short}=${value}`);
      }
      return isUtf8(type) ? this.#all.utf8 : this.#all.line;
    }

    getEncoded() { return { data: fromHex(this.#all.der), encodingFormat: EncodingFormat.FORMAT_DER }; }
  }

  function createX500DistinguishedName(name) {
    if (typeof name !== 'string' || name === '') bytes(name, 'nameDer');
    return soon(() => new X500DistinguishedName(JSON.parse(now(host.name, name))));
  }

  // --- extensions

  class CertExtension {
    #all;

    constructor(all) { this.#all = all; }

    getEncoded() { return { data: fromHex(this.#all.der), encodingFormat: EncodingFormat.FORMAT_DER }; }

    getOidList(valueType) {
      const wanted = {
        [ExtensionOidType.EXTENSION_OID_TYPE_ALL]: () => true,
        [ExtensionOidType.EXTENSION_OID_TYPE_CRITICAL]: (extension) => extension.critical,
        [ExtensionOidType.EXTENSION_OID_TYPE_UNCRITICAL]: (extension) => !extension.critical,
      }[valueType];
      if (wanted === undefined) invalid('"valueType" must be an ExtensionOidType.');
      return { data: this.#all.all.filter(wanted).map(({ oid }) => ascii(oid)) };
    }

    getEntry(valueType, oid) {
      if (!Object.values(ExtensionEntryType).includes(valueType)) invalid('"valueType" must be an ExtensionEntryType.');
      if (typeof oid !== 'object' || oid === null) invalid('The type of "oid" must be DataBlob.');
      const name = String.fromCharCode(...bytes(oid.data, 'oid').subarray(0, 128)).replace(/\0+$/, '');
      const found = this.#all.all.find((extension) => extension.oid === name);
      if (found === undefined) broken('There is no such extension.');
      switch (valueType) {
        case ExtensionEntryType.EXTENSION_ENTRY_TYPE_ENTRY: return { data: fromHex(found.der) };
        case ExtensionEntryType.EXTENSION_ENTRY_TYPE_ENTRY_CRITICAL: return { data: Uint8Array.of(found.critical ? 1 : 0) };
        default: return { data: fromHex(found.value) };
      }
    }

    checkCA() { return this.#all.ca; }
    hasUnsupportedCriticalExtension() { return this.#all.all.some(({ oid, critical }) => critical && !KNOWN_EXTENSIONS.has(oid)); }
  }

  function createCertExtension(inStream, callback) {
    encodingBlob(inStream, [EncodingFormat.FORMAT_DER]);
    return soon(() => new CertExtension(JSON.parse(now(host.extensions, inStream.data))), callback);
  }

  // --- certificates

  let certificateOf;

  const publicKey = ({ key, keyKind }) => {
    if (keyKind === null) broken('The kind of the key is not known.');
    return crypto.createAsyKeyGenerator(keyKind).convertKeySync({ data: fromHex(key) }, null).pubKey;
  };

  /** The signature must be of the key. */
  async function verifySigned(der, key) {
    if (!await elsewhere(host.verify, fromHex(der), key)) broken('The signature is not of this key.');
  }

  const algorithmName = ({ name, oid }) => name ?? broken(`The algorithm ${oid} is not known.`);
  const algorithmParameters = ({ parameters }) => (parameters === null ? fail(CertResult.NOT_SUPPORT, 'The algorithm has no parameters.') : { data: fromHex(parameters) });

  function describeExtensions(extensions) {
    return (extensions?.all ?? []).map(({ oid, critical, value }) => `            ${oid}:${critical ? ' critical' : ''}\n                ${value}`);
  }

  class X509Cert {
    #all;

    constructor(all) { this.#all = all; }

    static {
      certificateOf = (cert) => {
        if (typeof cert !== 'object' || cert === null || !(#all in cert)) invalid('The type of "cert" must be X509Cert.');
        return cert.#all;
      };
    }

    verify(key, callback) {
      const spki = keyBytes(key);
      return soon(() => verifySigned(this.#all.der, spki), callback);
    }

    getEncoded(callback) { return soon(() => ({ data: fromHex(this.#all.der), encodingFormat: EncodingFormat.FORMAT_DER }), callback); }
    getPublicKey() { return publicKey(this.#all); }

    checkValidityWithDate(date) {
      const moment = seconds(date);
      if (moment < this.#all.notBefore.seconds) fail(CertResult.ERR_CERT_NOT_YET_VALID, 'The certificate has not taken effect.');
      if (moment > this.#all.notAfter.seconds) fail(CertResult.ERR_CERT_HAS_EXPIRED, 'The certificate has expired.');
    }

    getVersion() { return this.#all.version; }
    getSerialNumber() { return Number(big(this.#all.serial)); }
    getCertSerialNumber() { return big(this.#all.serial); }
    getIssuerName(encodingType) { return isUtf8(encodingType) ? this.#all.issuer.utf8 : terminated(this.#all.issuer.line); }

    getSubjectName(encodingType) {
      return isUtf8(encodingType) ? { data: ascii(unescape(encodeURIComponent(this.#all.subject.utf8))) } : terminated(this.#all.subject.line);
    }

    getNotBeforeTime() { return this.#all.notBefore.text; }
    getNotAfterTime() { return this.#all.notAfter.text; }
    getSignature() { return { data: fromHex(this.#all.signature) }; }
    getSignatureAlgName() { return algorithmName(this.#all.algorithm); }
    getSignatureAlgOid() { return this.#all.algorithm.oid; }
    getSignatureAlgParams() { return algorithmParameters(this.#all.algorithm); }
    getKeyUsage() { return this.#all.keyUsage === null ? broken('The certificate says nothing of its usage.') : { data: Uint8Array.from(this.#all.keyUsage) }; }
    getExtKeyUsage() { return this.#all.extKeyUsage === null ? broken('The certificate says nothing of its usage.') : terminatedList(this.#all.extKeyUsage); }
    getBasicConstraints() { return this.#all.pathLength ?? -1; }
    getSubjectAltNames() { return X509Cert.#alternatives(this.#all.subjectNames); }
    getIssuerAltNames() { return X509Cert.#alternatives(this.#all.issuerNames); }

    static #alternatives(names) {
      if (names === null) broken('The certificate has no such names.');
      return { data: names.map(({ text, bytes: raw }) => (text === undefined ? fromHex(raw) : ascii(`${text}\0`))) };
    }

    getItem(itemType) {
      const give = (hex) => (hex === null || hex === undefined ? broken('The certificate has no such item.') : { data: fromHex(hex) });
      switch (itemType) {
        case CertItemType.CERT_ITEM_TYPE_TBS: return give(this.#all.body);
        case CertItemType.CERT_ITEM_TYPE_PUBLIC_KEY: return give(this.#all.key);
        case CertItemType.CERT_ITEM_TYPE_ISSUER_UNIQUE_ID: return give(this.#all.issuerId);
        case CertItemType.CERT_ITEM_TYPE_SUBJECT_UNIQUE_ID: return give(this.#all.subjectId);
        case CertItemType.CERT_ITEM_TYPE_EXTENSIONS: return give(this.#all.extensions?.der);
        default: return invalid('"itemType" must be a CertItemType.');
      }
    }

    match(param) { return matches(this.#all, checkMatch(param, 'X509CertMatchParameters')); }
    getCRLDistributionPoint() { return this.#all.crlPoints.length === 0 ? broken('The certificate has no distribution points.') : terminatedList(this.#all.crlPoints); }
    getIssuerX500DistinguishedName() { return new X500DistinguishedName(this.#all.issuer); }
    getSubjectX500DistinguishedName() { return new X500DistinguishedName(this.#all.subject); }

    toString(encodingType) {
      const utf8 = isUtf8(encodingType);
      const { issuer, subject, notBefore, notAfter } = this.#all;
      const name = (all) => (utf8 ? all.utf8.replaceAll(',', ', ') : all.line);
      return [
        'Certificate:', '    Data:', `        Version: ${this.#all.version} (0x${(this.#all.version - 1).toString(16)})`,
        `        Serial Number: 0x${this.#all.serial}`, `        Signature Algorithm: ${this.#all.algorithm.name ?? this.#all.algorithm.oid}`,
        `        Issuer: ${name(issuer)}`, '        Validity', `            Not Before: ${notBefore.text}`, `            Not After : ${notAfter.text}`,
        `        Subject: ${name(subject)}`, '        Subject Public Key Info:', `            ${this.#all.key}`, '        X509v3 extensions:',
        ...describeExtensions(this.#all.extensions), `    Signature Value:\n        ${this.#all.signature}`, '',
      ].join('\n');
    }

    hashCode() { return sha256(fromHex(this.#all.der)); }
    getExtensionsObject() { return this.#all.extensions === null ? broken('The certificate has no extensions.') : new CertExtension(this.#all.extensions); }
  }

  /** Whether a certificate is as described; what is not described does not matter. */
  function matches(all, param) {
    const given = (name, test) => param[name] === undefined || param[name] === null || test(param[name]);
    const list = (value, name) => (Array.isArray(value) ? value : invalid(`The type of "${name}" must be Array.`));
    return given('x509Cert', (cert) => certificateOf(cert).der === all.der)
      && given('issuer', (der) => same(der, all.issuer.der))
      && given('subject', (der) => same(der, all.subject.der))
      && given('serialNumber', (serial) => BigInt(serial) === big(all.serial))
      && given('validDate', (date) => seconds(date) >= all.notBefore.seconds && seconds(date) <= all.notAfter.seconds)
      && given('keyUsage', (usage) => list(usage, 'keyUsage').every((wanted, bit) => !wanted || all.keyUsage?.[bit] === 1))
      && given('publicKey', (key) => same(key.data, all.key))
      && given('publicKeyAlgID', (oid) => oid === all.keyAlgorithm)
      && given('extendedKeyUsage', (oids) => list(oids, 'extendedKeyUsage').every((oid) => all.extKeyUsage === null || all.extKeyUsage.includes(oid)))
      && given('certPolicy', (oids) => list(oids, 'certPolicy').some((oid) => all.policies?.includes(oid)))
      && given('authorityKeyIdentifier', (id) => same(id, all.authorityKeyId))
      && given('subjectKeyIdentifier', (id) => same(id, all.subjectKeyId))
      && given('nameConstraints', (constraints) => same(constraints, all.nameConstraints))
      && given('minPathLenConstraint', (least) => (least < 0 ? !all.isAuthority : all.isAuthority && (all.pathLength === null || all.pathLength >= least)))
      && given('subjectAlternativeNames', (names) => {
        const has = ({ type, name }) => (all.subjectNames ?? []).some((own) => own.type === type && (name === undefined || same(name, own.bytes)));
        return param.matchAllSubjectAltNames === true ? list(names, 'subjectAlternativeNames').every(has) : list(names, 'subjectAlternativeNames').some(has);
      });
  }

  function createX509Cert(inStream, callback) {
    encodingBlob(inStream, [EncodingFormat.FORMAT_DER, EncodingFormat.FORMAT_PEM]);
    return soon(() => new X509Cert(JSON.parse(now(host.certificate, inStream.data))), callback);
  }

  // --- revocation lists

  class X509CRLEntry {
    #all;
    #issuer;
    #isOlder;

    constructor(all, issuer, isOlder) {
      this.#all = all;
      this.#issuer = issuer;
      this.#isOlder = isOlder;
    }

    getEncoded(callback) { return soon(() => ({ data: fromHex(this.#all.der), encodingFormat: EncodingFormat.FORMAT_DER }), callback); }
    getSerialNumber() { return this.#isOlder ? Number(big(this.#all.serial)) : big(this.#all.serial); }
    getCertIssuer(encodingType) { return isUtf8(encodingType) ? this.#issuer.utf8 : terminated(this.#issuer.line); }
    getRevocationDate() { return this.#all.date.text; }
    getExtensions() { return this.#all.extensions === null ? broken('The entry has no extensions.') : { data: fromHex(this.#all.extensions.der) }; }
    hasExtensions() { return this.#all.extensions !== null; }
    getCertIssuerX500DistinguishedName() { return new X500DistinguishedName(this.#issuer); }
    toString() { return `    Serial Number: ${this.#all.serial.toUpperCase()}\n        Revocation Date: ${this.#all.date.text}\n`; }
    hashCode() { return sha256(fromHex(this.#all.der)); }
    getExtensionsObject() { return this.#all.extensions === null ? broken('The entry has no extensions.') : new CertExtension(this.#all.extensions); }
  }

  let revocationsOf;

  class X509CRL {
    #all;
    #isOlder;

    constructor(all, isOlder) {
      this.#all = all;
      this.#isOlder = isOlder;
    }

    static {
      revocationsOf = (crl) => {
        if (typeof crl !== 'object' || crl === null || !(#all in crl)) invalid('The type of "crl" must be X509CRL.');
        return crl.#all;
      };
    }

    #entry(entry) { return new X509CRLEntry(entry, this.#all.issuer, this.#isOlder); }
    #find(serial) { return this.#all.entries.find((entry) => big(entry.serial) === serial); }

    isRevoked(cert) {
      const { issuer, serial } = certificateOf(cert);
      return issuer.der === this.#all.issuer.der && this.#find(big(serial)) !== undefined;
    }

    getType() { return 'X.509'; }
    getEncoded(callback) { return soon(() => ({ data: fromHex(this.#all.der), encodingFormat: EncodingFormat.FORMAT_DER }), callback); }

    verify(key, callback) {
      const spki = keyBytes(key);
      return soon(() => verifySigned(this.#all.der, spki), callback);
    }

    getVersion() { return this.#all.version; }
    getIssuerName(encodingType) { return isUtf8(encodingType) ? this.#all.issuer.utf8 : terminated(this.#all.issuer.line); }
    getLastUpdate() { return this.#all.lastUpdate.text; }
    getNextUpdate() { return this.#all.nextUpdate === null ? broken('The list does not say when the next comes.') : this.#all.nextUpdate.text; }

    getRevokedCert(serialNumber) {
      if (typeof serialNumber !== 'bigint' && !Number.isInteger(serialNumber)) invalid('The type of "serialNumber" must be bigint.');
      const found = this.#find(BigInt(serialNumber));
      return found === undefined ? broken('The certificate is not in the list.') : this.#entry(found);
    }

    getRevokedCertWithCert(cert) {
      const { serial } = certificateOf(cert);
      return this.getRevokedCert(big(serial));
    }

    getRevokedCerts(callback) {
      return soon(() => (this.#all.entries.length === 0 ? broken('The list is empty.') : this.#all.entries.map((entry) => this.#entry(entry))), callback);
    }

    getTBSInfo() { return { data: fromHex(this.#all.body) }; }
    getTbsInfo() { return this.getTBSInfo(); }
    getSignature() { return { data: fromHex(this.#all.signature) }; }
    getSignatureAlgName() { return algorithmName(this.#all.algorithm); }
    getSignatureAlgOid() { return this.#all.algorithm.oid; }
    getSignatureAlgParams() { return algorithmParameters(this.#all.algorithm); }
    getExtensions() { return this.#all.extensions === null ? broken('The list has no extensions.') : { data: fromHex(this.#all.extensions.der) }; }
    match(param) { return matchesList(this.#all, checkMatch(param, 'X509CRLMatchParameters')); }
    getIssuerX500DistinguishedName() { return new X500DistinguishedName(this.#all.issuer); }

    toString(encodingType) {
      const issuer = isUtf8(encodingType) ? this.#all.issuer.utf8.replaceAll(',', ', ') : this.#all.issuer.line;
      return [
        'Certificate Revocation List (CRL):', `        Version ${this.#all.version} (0x${(this.#all.version - 1).toString(16)})`,
        `        Signature Algorithm: ${this.#all.algorithm.name ?? this.#all.algorithm.oid}`, `        Issuer: ${issuer}`,
        `        Last Update: ${this.#all.lastUpdate.text}`, `        Next Update: ${this.#all.nextUpdate?.text ?? 'NONE'}`,
        ...describeExtensions(this.#all.extensions), 'Revoked Certificates:', ...this.#all.entries.map((entry) => this.#entry(entry).toString()), '',
      ].join('\n');
    }

    hashCode() { return sha256(fromHex(this.#all.der)); }
    getExtensionsObject() { return this.#all.extensions === null ? broken('The list has no extensions.') : new CertExtension(this.#all.extensions); }
  }

  function matchesList(all, param) {
    const given = (name, test) => param[name] === undefined || param[name] === null || test(param[name]);
    return given('issuer', (names) => (Array.isArray(names) ? names : invalid('The type of "issuer" must be Array.')).some((der) => same(der, all.issuer.der)))
      && given('x509Cert', (cert) => all.entries.some((entry) => big(entry.serial) === big(certificateOf(cert).serial)))
      && given('updateDateTime', (date) => seconds(date) >= all.lastUpdate.seconds && (all.nextUpdate === null || seconds(date) < all.nextUpdate.seconds))
      && given('maxCRL', (most) => all.number !== null && big(all.number) <= BigInt(most))
      && given('minCRL', (least) => all.number !== null && big(all.number) >= BigInt(least));
  }

  const createList = (isOlder) => (inStream, callback) => {
    encodingBlob(inStream, [EncodingFormat.FORMAT_DER, EncodingFormat.FORMAT_PEM]);
    return soon(() => new X509CRL(JSON.parse(now(host.revocations, inStream.data)), isOlder), callback);
  };

  // --- collections

  let collectionOf;

  class CertCRLCollection {
    #certs;
    #crls;

    constructor(certs, crls) {
      this.#certs = certs;
      this.#crls = crls;
    }

    static {
      collectionOf = (collection) => {
        if (typeof collection !== 'object' || collection === null || !(#certs in collection)) invalid('The type of "certCRLs" must be Array of CertCRLCollection.');
        return { certs: collection.#certs, crls: collection.#crls };
      };
    }

    selectCerts(param, callback) {
      checkMatch(param, 'X509CertMatchParameters');
      return soon(() => this.#certs.filter((cert) => matches(certificateOf(cert), param)), callback);
    }

    selectCRLs(param, callback) {
      checkMatch(param, 'X509CRLMatchParameters');
      return soon(() => this.#crls.filter((crl) => matchesList(revocationsOf(crl), param)), callback);
    }
  }

  function createCertCRLCollection(certs, crls = []) {
    if (!Array.isArray(certs)) invalid('The type of "certs" must be Array.');
    if (!Array.isArray(crls)) invalid('The type of "crls" must be Array.');
    certs.forEach(certificateOf);
    crls.forEach(revocationsOf);
    return new CertCRLCollection([...certs], [...crls]);
  }

  // --- chains

  /** Parameters as the leaf takes them. */
  function demandOf(chain, param) {
    if (typeof param !== 'object' || param === null) invalid('The type of "param" must be CertChainValidationParameters.');
    const { trustAnchors } = param;
    if (!Array.isArray(trustAnchors) || trustAnchors.length === 0) invalid('"trustAnchors" must be an Array, not empty.');
    const anchors = trustAnchors.map((anchor) => {
      if (typeof anchor !== 'object' || anchor === null) invalid('The type of an anchor must be X509TrustAnchor.');
      return {
        cert: anchor.CACert === undefined || anchor.CACert === null ? null : certificateOf(anchor.CACert).der,
        key: anchor.CAPubKey === undefined ? null : toHex(bytes(anchor.CAPubKey, 'CAPubKey')),
        subject: anchor.CASubject === undefined ? null : toHex(bytes(anchor.CASubject, 'CASubject')),
      };
    });
    const collections = param.certCRLs ?? [];
    if (!Array.isArray(collections)) invalid('The type of "certCRLs" must be Array.');
    const options = param.revocationCheckParam?.options ?? [];
    const isSsl = param.policy === ValidationPolicyType.VALIDATION_POLICY_TYPE_SSL;
    if (isSsl && (typeof param.sslHostname !== 'string' || param.sslHostname === '')) invalid('"sslHostname" must be given for this policy.');
    const crls = collections.flatMap((collection) => collectionOf(collection).crls.map((crl) => revocationsOf(crl).der));
    const onlyLeaf = options.includes(RevocationCheckOptions.REVOCATION_CHECK_OPTION_LOCAL_CRL_ONLY_CHECK_END_ENTITY_CERT);
    return JSON.stringify({
      chain: chain.map((cert) => certificateOf(cert).der),
      anchors,
      date: param.date === undefined || param.date === null ? null : seconds(param.date),
      hostname: isSsl ? param.sslHostname : null,
      usage: param.keyUsage ?? [],
      crls,
      revocation: crls.length === 0 ? '' : onlyLeaf ? 'leaf' : 'all',
    });
  }

  async function validateChain(chain, json, anchors) {
    const result = JSON.parse(await elsewhere(host.validate, json));
    if (result.fault !== undefined) fail(result.fault, result.why);
    return { trustAnchor: anchors[result.anchor], entityCert: chain[0] };
  }

  class X509CertChain {
    #certs;

    constructor(certs) { this.#certs = certs; }

    getCertList() { return [...this.#certs]; }

    validate(param, callback) {
      const json = demandOf(this.#certs, param);
      const anchors = [...param.trustAnchors];
      return soon(() => validateChain(this.#certs, json, anchors), callback);
    }

    toString() { return this.#certs.map((cert) => cert.toString()).join('\n'); }
    hashCode() { return sha256(Uint8Array.from(this.#certs.flatMap((cert) => [...fromHex(certificateOf(cert).der)]))); }
  }

  function createX509CertChain(source, callback) {
    if (Array.isArray(source)) {
      if (source.length === 0) invalid('"certs" must not be empty.');
      source.forEach(certificateOf);
      return new X509CertChain([...source]);
    }
    encodingBlob(source, Object.values(EncodingFormat));
    return soon(() => {
      const list = JSON.parse(now(host.certificates, source.data, source.encodingFormat));
      return new X509CertChain(list.map((all) => new X509Cert(all)));
    }, callback);
  }

  function buildX509CertChain(param) {
    if (typeof param !== 'object' || param === null) invalid('The type of "param" must be CertChainBuildParameters.');
    const { certMatchParameters, maxLength, validationParameters } = param;
    checkMatch(certMatchParameters, 'X509CertMatchParameters');
    demandOf([], validationParameters);
    const pool = (validationParameters.certCRLs ?? []).flatMap((collection) => collectionOf(collection).certs);
    const anchors = validationParameters.trustAnchors.map((anchor) => anchor.CACert).filter((cert) => cert !== undefined && cert !== null);
    return soon(async () => {
      const first = pool.find((cert) => matches(certificateOf(cert), certMatchParameters));
      if (first === undefined) broken('No certificate is as described.');
      const der = (cert) => certificateOf(cert).der;
      const request = { first: der(first), pool: [...pool, ...anchors].map(der), most: maxLength ?? 64 };
      const list = JSON.parse(await elsewhere(host.build, JSON.stringify(request)));
      const certs = list.map((all) => new X509Cert(all));
      const validationResult = await validateChain(certs, demandOf(certs, validationParameters), [...validationParameters.trustAnchors]);
      return { certChain: new X509CertChain(certs), validationResult };
    });
  }

  class CertChainValidator {
    #algorithm;

    constructor(algorithm) { this.#algorithm = algorithm; }

    get algorithm() { return this.#algorithm; }

    /** The last certificate of the chain is the one that is trusted. */
    validate(certChain, callback) {
      if (typeof certChain !== 'object' || certChain === null) invalid('The type of "certChain" must be CertChainData.');
      const data = bytes(certChain.data, 'certChain.data');
      const { count, encodingFormat } = certChain;
      if (!Number.isInteger(count) || count < 2 || count > 255) invalid('"count" must be 2 to 255.');
      if (encodingFormat !== EncodingFormat.FORMAT_DER && encodingFormat !== EncodingFormat.FORMAT_PEM) invalid('"encodingFormat" is out of range.');
      return soon(async () => {
        const format = encodingFormat === EncodingFormat.FORMAT_PEM ? 1 : 3;
        const list = JSON.parse(await elsewhere(host.certificates, data, format));
        if (list.length !== count) invalid('"count" is not the number of certificates.');
        const chain = list.map(({ der }) => der);
        const demand = { chain: chain.slice(0, -1), anchors: [{ cert: chain.at(-1), key: null, subject: null }], date: null };
        const result = JSON.parse(await elsewhere(host.validate, JSON.stringify(demand)));
        if (result.fault !== undefined) fail(result.fault, result.why);
      }, callback);
    }
  }

  function createCertChainValidator(algorithm) {
    if (typeof algorithm !== 'string' || algorithm === '') invalid('The type of "algorithm" must be string, not empty.');
    if (algorithm !== 'PKIX') fail(CertResult.NOT_SUPPORT, `There is no algorithm "${algorithm}".`);
    return new CertChainValidator(algorithm);
  }

  // --- PKCS #12 and requests

  const wrongPassword = () => fail(CertResult.ERR_MAYBE_WRONG_PASSWORD, 'The password may be wrong.');

  function readPkcs12(text) {
    const { wrong, key, certificates } = JSON.parse(text);
    return wrong === true ? wrongPassword() : { key, certificates };
  }

  /** The certificate of the key first, then the others. */
  function sorted({ key, certificates }) {
    const own = certificates.findIndex((all) => all.key === key?.public);
    const certs = certificates.map((all) => new X509Cert(all));
    return { cert: own < 0 ? undefined : certs[own], others: certs.filter((_, index) => index !== own) };
  }

  function assemble(contents, config) {
    const { cert, others } = sorted(contents);
    const data = {};
    if (config.needsPrivateKey !== false && contents.key !== null) {
      data.privateKey = config.privateKeyFormat === EncodingBaseFormat.DER ? fromHex(contents.key.der) : contents.key.pem;
    }
    if (config.needsCert !== false && cert !== undefined) data.cert = cert;
    if (config.needsOtherCerts === true) data.otherCerts = others;
    return data;
  }

  /** (data, config) now; (data, password) later */
  function parsePkcs12(data, config) {
    bytes(data, 'data');
    if (typeof config === 'string') {
      const all = { needsPrivateKey: true, needsCert: true, needsOtherCerts: true, privateKeyFormat: EncodingBaseFormat.PEM };
      return soon(async () => assemble(readPkcs12(await elsewhere(host.pkcs12, data, config)), all));
    }
    if (typeof config !== 'object' || config === null || typeof config.password !== 'string') invalid('The type of "config" must be Pkcs12ParsingConfig.');
    return assemble(readPkcs12(now(host.pkcs12, data, config.password)), config);
  }

  function createTrustAnchorsWithKeyStore(keystore, pwd) {
    bytes(keystore, 'keystore');
    if (typeof pwd !== 'string' || pwd === '') invalid('The type of "pwd" must be string, not empty.');
    return soon(async () => {
      const { others } = sorted(readPkcs12(await elsewhere(host.pkcs12, keystore, pwd)));
      if (others.length === 0) broken('The keystore has no certificates of authorities.');
      return others.map((cert) => {
        const all = certificateOf(cert);
        return { CACert: cert, CAPubKey: fromHex(all.key), CASubject: fromHex(all.subject.der) };
      });
    });
  }

  /** { key, password } of a PrivateKeyInfo. */
  function keyOf(keyInfo) {
    if (typeof keyInfo !== 'object' || keyInfo === null) invalid('The type of "keyInfo" must be PrivateKeyInfo.');
    const { key, password } = keyInfo;
    if (typeof key !== 'string' && !(key instanceof Uint8Array)) invalid('The type of "key" must be string or Uint8Array.');
    if (password !== undefined && password !== null && typeof password !== 'string') invalid('The type of "password" must be string.');
    return { key, password };
  }

  function generateCsr(keyInfo, config) {
    const { key, password } = keyOf(keyInfo);
    if (typeof config !== 'object' || config === null) invalid('The type of "config" must be CsrGenerationConfig.');
    if (!(config.subject instanceof X500DistinguishedName)) invalid('The type of "subject" must be X500DistinguishedName.');
    if (!['SHA1', 'SHA256', 'SHA384', 'SHA512'].includes(config.mdName)) invalid('"mdName" must be SHA1, SHA256, SHA384 or SHA512.');
    const attributes = (config.attributes ?? []).map(({ type, value }) => {
      if (typeof type !== 'string' || typeof value !== 'string') invalid('The type of an attribute must be CsrAttribute.');
      return [type, value];
    });
    const request = JSON.stringify({ subject: toHex(config.subject.getEncoded().data), md: config.mdName, attributes });
    const der = now(host.request, request, key, password);
    return config.outFormat === EncodingBaseFormat.DER ? der : now(host.text, 'CERTIFICATE REQUEST', der);
  }

  // --- signed messages

  const CmsContentType = { SIGNED_DATA: 0, ENVELOPED_DATA: 1 };
  const CmsContentDataFormat = { BINARY: 0, TEXT: 1 };
  const CmsFormat = { PEM: 0, DER: 1 };
  const CmsRsaSignaturePadding = { PKCS1_PADDING: 0, PKCS1_PSS_PADDING: 1 };

  class CmsGenerator {
    #signers = [];
    #certificates = [];

    addSigner(certificate, keyInfo, config) {
      const { der } = certificateOf(certificate);
      const { key, password } = keyOf(keyInfo);
      if (typeof config !== 'object' || config === null) invalid('The type of "config" must be CmsSignerConfig.');
      if (!['SHA1', 'SHA256', 'SHA384', 'SHA512'].includes(config.mdName)) invalid('"mdName" must be SHA1, SHA256, SHA384 or SHA512.');
      const padding = config.rsaSignaturePadding ?? CmsRsaSignaturePadding.PKCS1_PADDING;
      if (!Object.values(CmsRsaSignaturePadding).includes(padding)) invalid('"rsaSignaturePadding" must be a CmsRsaSignaturePadding.');
      const signer = {
        certificate: der, key: typeof key === 'string' ? toHex(ascii(key)) : toHex(key), password: password ?? null, md: config.mdName,
        pss: padding === CmsRsaSignaturePadding.PKCS1_PSS_PADDING, attributes: config.addAttr !== false,
        capabilities: config.addAttr !== false && config.addSmimeCapAttr !== false,
      };
      if (!now(host.checkSigner, JSON.stringify(signer))) broken('The key is not the one of the certificate.');
      this.#signers.push(signer);
      if (config.addCert !== false) this.#certificates.push(der);
    }

    addCert(certificate) {
      const { der } = certificateOf(certificate);
      if (this.#certificates.includes(der)) broken('The certificate is there already.');
      this.#certificates.push(der);
    }

    #request(data, options) {
      bytes(data, 'data');
      const { contentDataFormat = CmsContentDataFormat.BINARY, outFormat = CmsFormat.DER, isDetached = false } = options ?? {};
      if (!Object.values(CmsContentDataFormat).includes(contentDataFormat)) invalid('"contentDataFormat" must be a CmsContentDataFormat.');
      if (!Object.values(CmsFormat).includes(outFormat)) invalid('"outFormat" must be a CmsFormat.');
      const isText = contentDataFormat === CmsContentDataFormat.TEXT;
      const request = { signers: this.#signers, certificates: this.#certificates, text: isText, detached: isDetached === true };
      return { request: JSON.stringify(request), isPem: outFormat === CmsFormat.PEM };
    }

    doFinal(data, options) {
      const { request, isPem } = this.#request(data, options);
      return soon(async () => {
        const der = await elsewhere(host.signMessage, request, data);
        return isPem ? now(host.text, 'CMS', der) : der;
      });
    }

    doFinalSync(data, options) {
      const { request, isPem } = this.#request(data, options);
      const der = now(host.signMessage, request, data);
      return isPem ? now(host.text, 'CMS', der) : der;
    }
  }

  for (const name of ['setRecipientEncryptionAlgorithm', 'addRecipientInfo', 'getEncryptedContentData']) {
    CmsGenerator.prototype[name] = system.stub(`@ohos:security.cert:CmsGenerator.${name}`);
  }

  function createCmsGenerator(contentType) {
    if (!Object.values(CmsContentType).includes(contentType)) invalid('"contentType" must be a CmsContentType.');
    if (contentType !== CmsContentType.SIGNED_DATA) fail(CertResult.NOT_SUPPORT, 'Encrypted messages are not supported.');
    return new CmsGenerator();
  }

  return {
    CertResult, EncodingFormat, CertItemType, ExtensionOidType, ExtensionEntryType, EncodingType, EncodingBaseFormat, RevocationCheckOptions,
    ValidationPolicyType,
    CertRevocationFlag: {
      CERT_REVOCATION_PREFER_OCSP: 0, CERT_REVOCATION_CRL_CHECK: 1, CERT_REVOCATION_OCSP_CHECK: 2, CERT_REVOCATION_CHECK_ALL_CERT: 3,
    },
    OcspDigest: { SHA1: 0, SHA224: 1, SHA256: 2, SHA384: 3, SHA512: 4 },
    GeneralNameType: {
      GENERAL_NAME_TYPE_OTHER_NAME: 0, GENERAL_NAME_TYPE_RFC822_NAME: 1, GENERAL_NAME_TYPE_DNS_NAME: 2, GENERAL_NAME_TYPE_X400_ADDRESS: 3,
      GENERAL_NAME_TYPE_DIRECTORY_NAME: 4, GENERAL_NAME_TYPE_EDI_PARTY_NAME: 5, GENERAL_NAME_TYPE_UNIFORM_RESOURCE_ID: 6,
      GENERAL_NAME_TYPE_IP_ADDRESS: 7, GENERAL_NAME_TYPE_REGISTERED_ID: 8,
    },
    KeyUsageType: {
      KEYUSAGE_DIGITAL_SIGNATURE: 0, KEYUSAGE_NON_REPUDIATION: 1, KEYUSAGE_KEY_ENCIPHERMENT: 2, KEYUSAGE_DATA_ENCIPHERMENT: 3,
      KEYUSAGE_KEY_AGREEMENT: 4, KEYUSAGE_KEY_CERT_SIGN: 5, KEYUSAGE_CRL_SIGN: 6, KEYUSAGE_ENCIPHER_ONLY: 7, KEYUSAGE_DECIPHER_ONLY: 8,
    },
    CmsContentType, CmsContentDataFormat, CmsFormat, CmsRsaSignaturePadding,
    CmsKeyAgreeRecipientDigestAlgorithm: { SHA256: 0, SHA384: 1, SHA512: 2 },
    CmsRecipientEncryptionAlgorithm: { AES_128_CBC: 0, AES_192_CBC: 1, AES_256_CBC: 2, AES_128_GCM: 3, AES_192_GCM: 4, AES_256_GCM: 5 },
    CmsCertType: { SIGNER_CERTS: 0, ALL_CERTS: 1 },
    PbesEncryptionAlgorithm: { AES_128_CBC: 0, AES_192_CBC: 1, AES_256_CBC: 2 },
    Pkcs12MacDigestAlgorithm: { SHA256: 0, SHA384: 1, SHA512: 2 },
    createX509Cert, createCertExtension, createX509CRL: createList(false), createX509Crl: createList(true), createCertChainValidator,
    createCertCRLCollection, createX509CertChain, buildX509CertChain, parsePkcs12, createTrustAnchorsWithKeyStore, createX500DistinguishedName,
    generateCsr, createCmsGenerator,
  };
})
