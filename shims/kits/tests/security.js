// Certificates of a root and of a leaf that it has signed and revoked, valid for a hundred years.
(function (require, check) {
  'use strict';

  const cert = require('@ohos:security.cert');
  const crypto = require('@ohos:security.cryptoFramework');
  const ROOT = [
    '-----BEGIN CERTIFICATE-----',
    'MIIBoDCCAUegAwIBAgIUdyAhCQuT/byfxrltO7207/3b4VEwCgYIKoZIzj0EAwIw',
    'LDELMAkGA1UEBhMCREUxDjAMBgNVBAoMBVJvb3RzMQ0wCwYDVQQDDARSb290MCAX',
    'DTI2MTEyMTAzNTQxNloYDzIxMjYxMDI4MDM1NDE2WjAsMQswCQYDVQQGEwJERTEO',
    'MAwGA1UECgwFUm9vdHMxDTALBgNVBAMMBFJvb3QwWTATBgcqhkjOPQIBBggqhkjO',
    'PQMBBwNCAARZ9Nng4x24ac4ifuCbLnPuzgFgHmLEKBOtEAdyE5Hcd5Wlkb9PMb+4',
    'KPJ3uP9dkl14YQslAbeiKj/6v3qW0/rdo0UwQzASBgNVHRMBAf8ECDAGAQH/AgEB',
    'MA4GA1UdDwEB/wQEAwIBBjAdBgNVHQ4EFgQU0usuDjVhbdJH1wRhLpORvwZ2X68w',
    'CgYIKoZIzj0EAwIDRwAwRAIgEm9gT2Bhi/5nx4Vs4XehPOhS+CZvAARsFAy9wESU',
    'R1wCIGvRxQoTVR0R52R8kmFG92OARHS+zoXjWx/cpQbVbX0B',
    '-----END CERTIFICATE-----',
  ].join('\n');
  const LEAF = [
    '-----BEGIN CERTIFICATE-----',
    'MIIB8DCCAZegAwIBAgICEmcwCgYIKoZIzj0EAwIwLDELMAkGA1UEBhMCREUxDjAM',
    'BgNVBAoMBVJvb3RzMQ0wCwYDVQQDDARSb290MCAXDTI2MTEyMTAzNTQxN1oYDzIx',
    'MjYxMDI4MDM1NDE3WjAWMRQwEgYDVQQDDAtleGFtcGxlLm9yZzBZMBMGByqGSM49',
    'AgEGCCqGSM49AwEHA0IABB+YEvRpmUjrHkyF6pR3JVPu9HXiyIqqkx0nfjhHy3wu',
    '1eG9FY0v3e91IL8Eb8PgyVqrLj/S7RrLlMzs9X9MlWSjgbwwgbkwCQYDVR0TBAIw',
    'ADALBgNVHQ8EBAMCBaAwEwYDVR0lBAwwCgYIKwYBBQUHAwEwHAYDVR0RBBUwE4IL',
    'ZXhhbXBsZS5vcmeHBH8AAAEwLAYDVR0fBCUwIzAhoB+gHYYbaHR0cDovL2V4YW1w',
    'bGUub3JnL2xpc3QuY3JsMB0GA1UdDgQWBBT2IXusJ88Atos84EN9zHxJ2b8inDAf',
    'BgNVHSMEGDAWgBTS6y4ONWFt0kfXBGEuk5G/BnZfrzAKBggqhkjOPQQDAgNHADBE',
    'AiAO7+G46O4bPrnH41NOxhraOT7ftIxnXQTW6Zxa10WP0gIgZRQHOTdjqKQ0dtVe',
    'XMK7+6EweRPhTeBpN0CIibF/N1Y=',
    '-----END CERTIFICATE-----',
  ].join('\n');
  const LIST = [
    '-----BEGIN X509 CRL-----',
    'MIHdMIGEAgEBMAoGCCqGSM49BAMCMCwxCzAJBgNVBAYTAkRFMQ4wDAYDVQQKDAVS',
    'b290czENMAsGA1UEAwwEUm9vdBcNMjYxMTIxMDM1NDE3WhgPMjEyNTA2MTUwMzU0',
    'MTdaMBUwEwICEmcXDTI2MTEyMTAzNTQxN1qgDjAMMAoGA1UdFAQDAgEKMAoGCCqG',
    'SM49BAMCA0gAMEUCIAS07eLX5WQK8RNsrbvkEk+96+lfjHwGzPVZpvFaaelJAiEA',
    'wm5zyg+sVEuRycDnwSfs6x1IWvabJuGkwU9M8xMA2uc=',
    '-----END X509 CRL-----',
  ].join('\n');
  // Both, with the leaf's key, under the password "secret".
  const STORE = [
    'MIIGTAIBAzCCBgIGCSqGSIb3DQEHAaCCBfMEggXvMIIF6zCCBKIGCSqGSIb3DQEHBqCCBJMwggSPAgEAMIIEiAYJKoZIhvcNAQcBMFcGCSqGSIb3DQEFDTBK',
    'MCkGCSqGSIb3DQEFDDAcBAj+LKxhSkYX5AICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEKF6Za1MIeKKTSbcjdWNeYKAggQg0ZEI/qklYDPwJm2j',
    'vJ2a28jDvlNYLPqDR9Gl/mwJ7WXlW2CFaD/WeNCt2mANFiv3JJSitDJaszklam2VUTkOHgHoaLM2T78NjjiR3xvMduJ7nWvcs2YNUXb7CiOtPG+fCQA42mzx',
    '0piiy2njv7MnjXydc6Yi6o+OJkwnf8nI1Se8i5z8Ba6LtZzeAGimpAY1abkxoOv+tnmkE069KbuFysy9eFEfQZGFM9eX17uJSaT06Xy+KnwbJ4kSZ9NeZ8Y2',
    'gyi+MYxA6to2zKzEpYM1P8j6eIt6XrzCJ7FzjAHHE5NJWeVmeTAWqxcIzaMut7vaLsITuUoxVoAayTCVJlrVglDI6/z5GWegsdTJs7rvjjlLFkDiasoJIIhc',
    'aKVHhNHbSaJOyQYni4juEwqttoavlncC9lf1LKp37ouhGwYTswc2D7mOqWdMQvIKBqc8N1/YRZE+UQ1GwWZZxQCIDgeVBRj7i3TNGEZ2P6ne6PfDrenVgX6c',
    'rylIgxX7AuXNWN3D2bk1YzxTpFWO6QriRvk942nts/cJ0B7M5wSIs9LJhfpY+WJ315sk4PSGi7x/cqwayb0dDBoRh4fxYpT4yKh+u41jwqQb4TthicBvCDfG',
    'yatm6zQWI+EarCjLZncnhbn/1TtOzbpPS7WfW2jFVVpo17hobvkKVS9VjDAQ2ZR08A/vkwL25vNa2dnUjuYiWhe+6NXYu4yU4P6hIt4kxt2oheUew0HEP2vR',
    'VPp0yAUG1J49f16o9OcBA0r9A4DGVeJ24+qiKFbhybPueIkn0yZmCc8BKBawOY/wUqvq45NcaCTmzmt94aeyo9nXtXN7RaoYXYL5/kJuaTP0XbSNUJN5r9vJ',
    '75GfWpHxCksEoG3/KJFAqOOShqbNza+8pAmDQ1Q2nAy2rg6/9JFoeuh3czSsxZ26+9XIshS6deWBo8D67wZYCTKvnvVJUF97r4lwsVGHMrA2zhWT0ZV8/OZ7',
    'wpQtec4DgPuE0hQWIz26Ixr4nuFVnAlZjNfC/v36GZy4ahkqB30f+VmAE2tzs2UXqgrPhwgSXGMxYQLG1KcnZ52glUKhtTSIvQeVYUX9y7DrGZFAmC4YJsgz',
    'X4CC7FWO6I0+I3TswBgBcxkHkEXStIybzGEkfG4XRKI8Wg0wk8rDTiaL8BM1pUvQvkvDkx1XYRXviT2xS7bC62eHhfZ0TZyFGF6Z9o4grEghBVqChqYJqvyR',
    'inDF1P8wEi1RcnkkkHbAynOArOadM8je0y7+vl/XCyeO/DrZg/rkj517Y465XKchH2ftZ8eDqPZZTlpSutUQN1zOFKlAhgyQA/MBg/oMSrsau2V5PD6lL3t3',
    'ZWpJbHqIWRAZ7RcBLjNNRlzHUx2+VgkJYHzFse7jS3OjD6vYdZAAHlF2md9Ficoqp/C5gcvvMIIBQQYJKoZIhvcNAQcBoIIBMgSCAS4wggEqMIIBJgYLKoZI',
    'hvcNAQwKAQKgge8wgewwVwYJKoZIhvcNAQUNMEowKQYJKoZIhvcNAQUMMBwECPS8KXTJdOAGAgIIADAMBggqhkiG9w0CCQUAMB0GCWCGSAFlAwQBKgQQsc9V',
    'UaJ2dzEDKJFyio7/+ASBkOP55Wo9zkxuD1u1NnwgpCymyit1hnWvQcJS8vl9SpdNWtqPWruwVdzBysGYVT3LTqUBridffJNdZbknYqD6wm7r1qgExiD+/4nu',
    '36h0OqCuOET2nipJycFSgN8pPICO/Zexji0U70ojYzLSUzZzCybwBH1mdb+dSBikOt1MjiTfI5KilojdPkVWVa8/xD3YbjElMCMGCSqGSIb3DQEJFTEWBBRf',
    'BShWmZRpuE7h/XwTv1UARYjznzBBMDEwDQYJYIZIAWUDBAIBBQAEICQAh7s4LveKjT2A7F/8K/pwoo55rByHLWSSq7AK05t1BAj4yfVeK919dgICCAA=',
  ].join('');

  const bytesOf = (text) => Uint8Array.from(text, (character) => character.charCodeAt(0));
  const textOf = (blob) => String.fromCharCode(...blob.data);
  const pem = (text) => ({ data: bytesOf(text), encodingFormat: cert.EncodingFormat.FORMAT_PEM });
  const codeOf = async (work) => {
    try {
      await work();
    } catch (error) {
      return error.code;
    }
    return 0;
  };

  function fromBase64(text) {
    const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    const bytes = [];
    let bits = 0;
    let count = 0;
    for (const digit of text.replace(/=+$/, '')) {
      bits = (bits << 6 | digits.indexOf(digit)) & 0xffffff;
      count += 6;
      if (count >= 8) {
        count -= 8;
        bytes.push(bits >> count & 0xff);
      }
    }
    return Uint8Array.from(bytes);
  }

  async function certificates() {
    const [root, leaf] = [await cert.createX509Cert(pem(ROOT)), await cert.createX509Cert(pem(LEAF))];
    check(leaf.getVersion() === 3 && leaf.getCertSerialNumber() === 4711n, 'version and serial number');
    check(textOf(root.getSubjectName()) === '/C=DE/O=Roots/CN=Root\0', textOf(root.getSubjectName()));
    check(root.getIssuerName(cert.EncodingType.ENCODING_UTF8) === 'C=DE,O=Roots,CN=Root', 'issuer in UTF-8');
    check(leaf.getSignatureAlgName() === 'SHA256withECDSA' && leaf.getSignatureAlgOid() === '1.2.840.10045.4.3.2', 'algorithm');
    check(await codeOf(() => leaf.getSignatureAlgParams()) === 801, 'no parameters');
    check(leaf.getBasicConstraints() === -1 && root.getBasicConstraints() === 1, 'path length');
    check(leaf.getKeyUsage().data.join() === '1,0,1', 'key usage');
    check(textOf({ data: leaf.getExtKeyUsage().data[0] }) === '1.3.6.1.5.5.7.3.1\0', 'extended usage');
    check(textOf({ data: leaf.getSubjectAltNames().data[0] }) === 'example.org\0', 'alternative names');
    check(await codeOf(() => root.getSubjectAltNames()) === 19030001, 'no alternative names');
    check(textOf({ data: leaf.getCRLDistributionPoint().data[0] }) === 'http://example.org/list.crl\0', 'distribution point');
    check(await codeOf(() => leaf.verify(root.getPublicKey())) === 0, 'signed by the root');
    check(await codeOf(() => leaf.verify(leaf.getPublicKey())) === 19030001, 'not signed by itself');
    check(await codeOf(() => leaf.checkValidityWithDate('19700101000000Z')) === 19030003, 'too early');
    check(await codeOf(() => leaf.checkValidityWithDate('99990101000000Z')) === 19030004, 'too late');
    check(await codeOf(() => leaf.checkValidityWithDate('tomorrow')) === 401, 'no date');
    check(leaf.match({ serialNumber: 4711n, subject: leaf.getSubjectX500DistinguishedName().getEncoded().data }), 'match');
    check(!leaf.match({ issuer: leaf.getSubjectX500DistinguishedName().getEncoded().data }), 'no match');
    check(!leaf.match({ x509Cert: root }) && leaf.match({ keyUsage: [true, false, true] }) && !leaf.match({ keyUsage: [false, true] }), 'match of usage');
    check(leaf.hashCode().length === 32 && leaf.toString().includes('/CN=example.org'), 'hash and text');
    const extensions = leaf.getExtensionsObject();
    const oids = extensions.getOidList(cert.ExtensionOidType.EXTENSION_OID_TYPE_ALL).data.map((data) => textOf({ data }));
    check(oids.includes('2.5.29.17') && !extensions.hasUnsupportedCriticalExtension(), oids.join());
    check(root.getExtensionsObject().checkCA() === 1 && extensions.checkCA() === -1, 'authority');
    const again = await cert.createCertExtension(extensions.getEncoded());
    check(again.getEntry(cert.ExtensionEntryType.EXTENSION_ENTRY_TYPE_ENTRY_CRITICAL, { data: bytesOf('2.5.29.17') }).data[0] === 0, 'entry');
    check(await codeOf(() => cert.createX509Cert({ data: bytesOf('nothing'), encodingFormat: 1 })) === 19030001, 'no certificate');
    check(await codeOf(() => cert.createX509Cert({})) === 401, 'no data');
    return { root, leaf };
  }

  async function lists({ root, leaf }) {
    const list = await cert.createX509CRL(pem(LIST));
    check(list.isRevoked(leaf) && !list.isRevoked(root) && list.getType() === 'X.509', 'revoked');
    check(list.getRevokedCert(4711n).getSerialNumber() === 4711n && (await list.getRevokedCerts()).length === 1, 'entries');
    check(await codeOf(() => list.getRevokedCert(1n)) === 19030001, 'no entry');
    check(await codeOf(() => list.verify(root.getPublicKey())) === 0, 'list signed by the root');
    check(list.match({ minCRL: 10n, maxCRL: 10n, x509Cert: leaf }) && !list.match({ minCRL: 11n }), 'match of lists');
    const collection = cert.createCertCRLCollection([root, leaf], [list]);
    check((await collection.selectCerts({ serialNumber: 4711n })).length === 1 && (await collection.selectCRLs({})).length === 1, 'collection');
    return collection;
  }

  async function chains({ root, leaf }, collection) {
    const chain = cert.createX509CertChain([leaf]);
    const trustAnchors = [{ CACert: root }];
    const result = await chain.validate({ trustAnchors });
    check(result.entityCert === leaf && result.trustAnchor === trustAnchors[0], 'valid');
    check(await codeOf(() => chain.validate({ trustAnchors: [{ CACert: leaf }], date: '700101000000Z' })) === 19030003, 'chain not valid yet');
    check(await codeOf(() => cert.createX509CertChain([root]).validate({ trustAnchors: [{ CACert: leaf }] })) === 19030005, 'unknown issuer');
    check(await codeOf(() => chain.validate({ trustAnchors, certCRLs: [collection] })) !== 0, 'revoked in the chain');
    check(await codeOf(() => chain.validate({ trustAnchors, policy: 1, sslHostname: 'example.org' })) === 0, 'host');
    check(await codeOf(() => chain.validate({ trustAnchors, policy: 1, sslHostname: 'example.com' })) === 19030001, 'other host');
    const both = await cert.createX509CertChain(pem(`${LEAF}\n${ROOT}\n`));
    check(both.getCertList().length === 2, 'chain of text');
    const pool = cert.createCertCRLCollection([root, leaf]);
    const built = await cert.buildX509CertChain({ certMatchParameters: { serialNumber: 4711n }, validationParameters: { trustAnchors, certCRLs: [pool] } });
    check(built.certChain.getCertList().length === 2, 'built chain');
    const validator = cert.createCertChainValidator('PKIX');
    const data = bytesOf(`${LEAF}\n${ROOT}\n`);
    check(await codeOf(() => validator.validate({ data, count: 2, encodingFormat: cert.EncodingFormat.FORMAT_PEM })) === 0, 'validator');
    check(await codeOf(() => cert.createCertChainValidator('OTHER')) === 801, 'no such validator');
  }

  async function stores() {
    const store = cert.parsePkcs12(fromBase64(STORE), { password: 'secret', needsOtherCerts: true });
    check(store.privateKey.includes('BEGIN PRIVATE KEY') && store.cert.getCertSerialNumber() === 4711n && store.otherCerts.length === 1, 'key store');
    check(await codeOf(() => cert.parsePkcs12(fromBase64(STORE), { password: 'wrong' })) === 19030008, 'wrong password');
    const anchors = await cert.createTrustAnchorsWithKeyStore(fromBase64(STORE), 'secret');
    check(anchors.length === 1 && textOf(anchors[0].CACert.getSubjectName()).includes('CN=Root'), 'anchors');
    const subject = await cert.createX500DistinguishedName('/C=DE/O=Somebody/CN=me');
    check(subject.getName('CN').join() === 'CN=me' && subject.getName() === '/C=DE/O=Somebody/CN=me', 'name');
    const request = cert.generateCsr({ key: store.privateKey }, { subject, mdName: 'SHA256', attributes: [{ type: 'challengePassword', value: 'x' }] });
    check(request.startsWith('-----BEGIN CERTIFICATE REQUEST-----'), 'request');
    const generator = cert.createCmsGenerator(cert.CmsContentType.SIGNED_DATA);
    generator.addSigner(store.cert, { key: store.privateKey }, { mdName: 'SHA256' });
    check(await codeOf(() => generator.addSigner(store.otherCerts[0], { key: store.privateKey }, { mdName: 'SHA256' })) === 19030001, 'key of another');
    const message = generator.doFinalSync(bytesOf('message'), { outFormat: cert.CmsFormat.PEM });
    check(message.startsWith('-----BEGIN CMS-----') && (await generator.doFinal(bytesOf('message'))).length > 500, 'signed message');
  }

  async function keys() {
    const generator = crypto.createAsyKeyGenerator('ECC256');
    const { pubKey, priKey } = generator.generateKeyPairSync();
    const items = crypto.AsyKeySpecItem;
    const point = { x: pubKey.getAsyKeySpec(items.ECC_PK_X_BN), y: pubKey.getAsyKeySpec(items.ECC_PK_Y_BN) };
    const encoded = crypto.ECCKeyUtil.getEncodedPoint('NID_X9_62_prime256v1', point, 'COMPRESSED');
    check(encoded.length === 33 && crypto.ECCKeyUtil.convertPoint('NID_X9_62_prime256v1', encoded).y === point.y, 'points');
    const params = crypto.ECCKeyUtil.genECCCommonParamsSpec('NID_X9_62_prime256v1');
    const sk = priKey.getAsyKeySpec(items.ECC_SK_BN);
    const spec = { algName: 'ECC', specType: crypto.AsyKeySpecType.KEY_PAIR_SPEC, params, sk, pk: point };
    const pair = crypto.createAsyKeyGeneratorBySpec(spec).generateKeyPairSync();
    check(pair.pubKey.getEncodedPem('X509') === pubKey.getEncodedPem('X509'), 'pair of a specification');
    const other = { ...spec, pk: { x: params.g.x, y: params.g.y } };
    check(await codeOf(() => crypto.createAsyKeyGeneratorBySpec(other).generateKeyPairSync()) === 17630001, 'halves of two keys');
    check(await codeOf(() => pubKey.getAsyKeySpec(items.RSA_N_BN)) === 401, 'item of another algorithm');
    const text = priKey.getEncodedPem('PKCS8', { password: 'secret', cipherName: 'AES-128-CBC' });
    const again = generator.convertPemKeySync(null, text, 'secret');
    check(again.pubKey === null && again.priKey.getPubKeySync().getEncodedPem('X509') === pubKey.getEncodedPem('X509'), 'encrypted key');
    check(await codeOf(() => generator.convertPemKeySync(null, text, 'wrong')) === 17630001, 'wrong password of a key');
    priKey.clearMem();
    check(await codeOf(() => priKey.getEncoded()) === 17630001, 'cleared key');

    const signer = crypto.createSign('ECC256|SHA256');
    signer.initSync(again.priKey);
    const signature = signer.signSync({ data: bytesOf('message') });
    const { r, s } = crypto.SignatureUtils.genEccSignatureSpec(signature.data);
    check(crypto.SignatureUtils.genEccSignature({ r, s }).join() === signature.data.join(), 'parts of a signature');
    const verifier = crypto.createVerify('ECC256|SHA256');
    verifier.initSync(pubKey);
    check(verifier.verifySync({ data: bytesOf('message') }, signature), 'signature');
    check(!verifier.verifySync({ data: bytesOf('massage') }, signature), 'another message');
    check(await codeOf(() => crypto.createSign('ECC256|SHA256').initSync(pubKey)) === 401, 'public key for signing');
    check(await codeOf(() => crypto.createVerify('RSA1024|PKCS1|SHA256').initSync(pubKey)) === 401, 'key of another algorithm');

    const sm2 = crypto.createAsyKeyGenerator('SM2_256').generateKeyPairSync();
    const cipher = crypto.createCipher('SM2_256|SM3');
    cipher.initSync(crypto.CryptoMode.ENCRYPT_MODE, sm2.pubKey, null);
    const sealed = cipher.doFinalSync({ data: bytesOf('message') });
    const parts = crypto.SM2CryptoUtil.getCipherTextSpec(sealed);
    check(parts.hashData.length === 32 && crypto.SM2CryptoUtil.genCipherTextBySpec(parts).data.join() === sealed.data.join(), 'parts of SM2');
    cipher.initSync(crypto.CryptoMode.DECRYPT_MODE, sm2.priKey, null);
    check(textOf(cipher.doFinalSync(sealed)) === 'message', 'SM2');

    const x25519 = crypto.createAsyKeyGenerator('X25519');
    const [a, b] = [x25519.generateKeyPairSync(), x25519.generateKeyPairSync()];
    const agreement = crypto.createKeyAgreement('X25519');
    const secrets = [agreement.generateSecretSync(a.priKey, b.pubKey), agreement.generateSecretSync(b.priKey, a.pubKey)];
    check(secrets[0].data.join() === secrets[1].data.join() && secrets[0].data.length === 32, 'agreement');
    const group = crypto.DHKeyUtil.genDHCommonParamsSpec(2048);
    check(group.g === 2n && group.p.toString(16).length === 512, 'group');

    const kdf = crypto.createKdf('SCRYPT');
    const cost = { algName: 'SCRYPT', passphrase: 'password', salt: bytesOf('NaCl'), n: 1024, r: 8, p: 16, maxMemory: 67108864, keySize: 64 };
    check(kdf.generateSecretSync(cost).data[0] === 0xfd, 'scrypt');
    check(await codeOf(() => kdf.generateSecretSync({ ...cost, n: 2 ** 40 })) === 17630001, 'scrypt with too much memory');
    check(await codeOf(() => crypto.createMd('MD6')) === 401 && await codeOf(() => crypto.createCipher('AES128|XYZ|PKCS7')) === 801, 'unknown algorithms');
    check(await codeOf(() => crypto.createKem(0)) === 801, 'stub');
  }

  return certificates().then(async (both) => {
    await chains(both, await lists(both));
    await stores();
    await keys();
  });
})
