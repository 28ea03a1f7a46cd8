// @concord:devices/ndef: messages of the NFC Data Exchange Format (NFC Forum NDEF 1.0, RTD Text 1.0, RTD URI 1.0).
(function (host, system) {
  'use strict';
  const { declare, fail } = system.require('@concord:kits/declared');
  const { TextEncoder } = system.require('@ohos:util');

  const [EMPTY, WELL_KNOWN, MEDIA, EXTERNAL] = [0, 1, 2, 4];
  const [TEXT, URI] = [[0x54], [0x55]];
  const APPLICATION = 'ohos.com:pkg';
  // Beginnings of addresses, by the code that stands for each.
  const PREFIXES = [
    '', 'http://www.', 'https://www.', 'http://', 'https://', 'tel:', 'mailto:', 'ftp://anonymous:anonymous@', 'ftp://ftp.', 'ftps://',
    'sftp://', 'smb://', 'nfs://', 'ftp://', 'dav://', 'news:', 'telnet://', 'imap:', 'rtsp://', 'urn:', 'pop:', 'sip:', 'sips:', 'tftp:',
    'btspp://', 'btl2cap://', 'btgoep://', 'tcpobex://', 'irdaobex://', 'file://', 'urn:epc:id:', 'urn:epc:tag:', 'urn:epc:pat:',
    'urn:epc:raw:', 'urn:epc:', 'urn:nfc:',
  ];
  // First, last, in chunks, short, with an identifier; the rest of the byte is the kind of name.
  const [MB, ME, CF, SR, IL, TNF] = [0x80, 0x40, 0x20, 0x10, 0x08, 0x07];

  const bytes = (text) => [...new TextEncoder().encodeInto(text)];
  const isByte = (value) => Number.isInteger(value) && value >= 0 && value <= 255;
  const malformed = (what) => fail(401, `Parameter error. ${what}`);

  function checkBytes(name, list) {
    if (!Array.isArray(list) || !list.every(isByte)) {
      malformed(`"${name}" must be numbers from 0 to 255.`);
    }
    return [...list];
  }
  const filled = (name, text) => (text === '' ? malformed(`"${name}" is empty.`) : text);
  const record = (tnf, rtdType, payload, id = []) => ({ tnf, rtdType: [...rtdType], id, payload });

  function makeUriRecord(uri) {
    filled('uri', uri);
    const code = PREFIXES.findLastIndex((prefix) => prefix !== '' && uri.startsWith(prefix));
    const longest = PREFIXES.reduce((best, prefix, index) =>
      (uri.startsWith(prefix) && prefix.length > PREFIXES[best].length ? index : best), Math.max(code, 0));
    return record(WELL_KNOWN, URI, [longest, ...bytes(uri.slice(PREFIXES[longest].length))]);
  }

  function makeTextRecord(text, locale) {
    const language = bytes(filled('locale', locale));
    // Bit 7 says UTF-16, the lower six say how long the language is.
    if (language.length > 0x3f) {
      malformed('"locale" is too long.');
    }
    return record(WELL_KNOWN, TEXT, [language.length, ...language, ...bytes(text)]);
  }

  function makeExternalRecord(domainName, type, externalData) {
    const domain = filled('domainName', domainName.trim().toLowerCase());
    return record(EXTERNAL, bytes(`${domain}:${filled('type', type.trim().toLowerCase())}`), checkBytes('externalData', externalData));
  }

  function encode({ tnf, rtdType, id, payload }, first, last) {
    const isShort = payload.length < 256;
    const head = (first ? MB : 0) | (last ? ME : 0) | (isShort ? SR : 0) | (id.length > 0 ? IL : 0) | (tnf & TNF);
    const length = isShort ? [payload.length] : [24, 16, 8, 0].map((shift) => (payload.length >>> shift) & 0xff);
    return [head, rtdType.length, ...length, ...(id.length > 0 ? [id.length] : []), ...rtdType, ...id, ...payload];
  }

  function decode(data) {
    let at = 0;
    const take = (count) => {
      if (at + count > data.length) {
        malformed('The message ends too early.');
      }
      return data.slice(at, at += count);
    };
    const records = [];
    let chunked;
    for (let head = 0; (head & ME) === 0;) {
      [head] = take(1);
      if (((head & MB) !== 0) !== (records.length === 0 && chunked === undefined)) {
        malformed('The message has no beginning, or two.');
      }
      const [typeLength] = take(1);
      const length = take((head & SR) !== 0 ? 1 : 4).reduce((sum, byte) => sum * 256 + byte, 0);
      const [idLength] = (head & IL) !== 0 ? take(1) : [0];
      const [type, id, payload] = [take(typeLength), take(idLength), take(length)];
      if (chunked === undefined) {
        chunked = record(head & TNF, type, payload, id);
      } else {
        chunked.payload.push(...payload);
      }
      if ((head & CF) === 0) {
        records.push(chunked);
        chunked = undefined;
      }
    }
    return records;
  }

  class NdefMessage {
    #records;

    constructor(records) {
      this.#records = records;
    }

    getNdefRecords() {
      return this.#records;
    }
  }

  function createNdefMessage(data) {
    if (data.length === 0) {
      malformed('The message is empty.');
    }
    if (data.every(isByte)) {
      return new NdefMessage(decode([...data]));
    }
    return new NdefMessage(data.map((item) => {
      const { tnf, rtdType, id, payload } = item ?? {};
      if (!Number.isInteger(tnf) || tnf < EMPTY || tnf > TNF) {
        malformed('"tnf" must be one of TnfType.');
      }
      return record(tnf, checkBytes('rtdType', rtdType), checkBytes('payload', payload), checkBytes('id', id ?? []));
    }));
  }

  function messageToBytes(message) {
    if (!(message instanceof NdefMessage)) {
      malformed('"ndefMessage" must be a NdefMessage.');
    }
    const records = message.getNdefRecords();
    return records.flatMap((item, index) => encode(item, index === 0, index === records.length - 1));
  }

  return declare([], {
    'makeUriRecord(uri: string)': makeUriRecord,
    'makeTextRecord(text: string, locale: string)': makeTextRecord,
    'makeMimeRecord(mimeType: string, mimeData: array)': (mimeType, mimeData) =>
      record(MEDIA, bytes(filled('mimeType', mimeType)), checkBytes('mimeData', mimeData)),
    'makeExternalRecord(domainName: string, type: string, externalData: array)': makeExternalRecord,
    'makeApplicationRecord(bundleName: string)': (bundleName) => record(EXTERNAL, bytes(APPLICATION), bytes(filled('bundleName', bundleName))),
    'createNdefMessage(data: array)': createNdefMessage,
    'messageToBytes(ndefMessage: object)': messageToBytes,
  });
})
