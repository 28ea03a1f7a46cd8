// @concord:want: Want objects and how they find abilities.
(function (host, system) {
  'use strict';

  // A copy as it arrives in another process: plain data only.
  function copyValue(value, depth) {
    if (depth > 64) {
      return undefined;
    }
    switch (typeof value) {
      case 'string':
      case 'number':
      case 'boolean':
        return value;
      case 'bigint':
        return Number(value);
      case 'object':
        if (value === null) {
          return null;
        }
        if (Array.isArray(value)) {
          return value.map((item) => copyValue(item, depth + 1)).filter((item) => item !== undefined);
        }
        return copyObject(value, depth + 1);
      default:
        return undefined;
    }
  }

  function copyObject(object, depth) {
    const copy = {};
    for (const key of Object.keys(object)) {
      const value = copyValue(object[key], depth);
      if (value !== undefined) {
        copy[key] = value;
      }
    }
    return copy;
  }

  const text = (value) => (typeof value === 'string' ? value : '');

  // The form in which the target sees a want: every field is there.
  function normalize(want) {
    return {
      deviceId: text(want.deviceId),
      bundleName: text(want.bundleName),
      abilityName: text(want.abilityName),
      moduleName: text(want.moduleName),
      uri: text(want.uri),
      type: text(want.type),
      flags: typeof want.flags === 'number' ? want.flags : 0,
      action: text(want.action),
      parameters: want.parameters && typeof want.parameters === 'object' ? copyObject(want.parameters, 0) : {},
      entities: Array.isArray(want.entities) ? want.entities.filter((entity) => typeof entity === 'string') : [],
    };
  }

  // MIME types of file suffixes, for skills with a type and wants with only a URI.
  const SUFFIXES = {
    png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif', webp: 'image/webp', svg: 'image/svg+xml',
    bmp: 'image/bmp', mp3: 'audio/mpeg', wav: 'audio/wav', ogg: 'audio/ogg', m4a: 'audio/mp4', mp4: 'video/mp4',
    mkv: 'video/x-matroska', webm: 'video/webm', txt: 'text/plain', html: 'text/html', htm: 'text/html', css: 'text/css',
    csv: 'text/csv', xml: 'text/xml', json: 'application/json', pdf: 'application/pdf', zip: 'application/zip',
    doc: 'application/msword', xls: 'application/vnd.ms-excel', ppt: 'application/vnd.ms-powerpoint',
  };

  function typeOfUri(uri) {
    const suffix = /\.([A-Za-z0-9]+)(?:[?#].*)?$/.exec(uri);
    return suffix ? SUFFIXES[suffix[1].toLowerCase()] ?? '' : '';
  }

  function matchType(wanted, offered) {
    if (offered === '' || wanted === '') {
      return offered === wanted;
    }
    if (offered === '*/*' || wanted === '*/*') {
      return true;
    }
    const [a, b] = [wanted.toLowerCase(), offered.toLowerCase()];
    if (a.endsWith('/*')) {
      return b.startsWith(a.slice(0, -1));
    }
    return b.endsWith('/*') ? a.startsWith(b.slice(0, -1)) : a === b;
  }

  function matchUri(uri, skill) {
    const scheme = text(skill.scheme).toLowerCase();
    if (scheme === '') {
      return uri === '';
    }
    const parts = /^([^:]*):(?:\/\/([^/?#]*))?([^?#]*)/.exec(uri);
    if (!parts) {
      return uri.toLowerCase() === scheme;
    }
    if (parts[1].toLowerCase() !== scheme) {
      return false;
    }
    const host = text(skill.host).toLowerCase();
    if (host === '') {
      return true;
    }
    const port = text(skill.port) || (typeof skill.port === 'number' ? String(skill.port) : '');
    if ((parts[2] ?? '').toLowerCase() !== (port ? `${host}:${port}` : host)) {
      return false;
    }
    const path = parts[3].replace(/^\//, '').toLowerCase();
    const conditions = [
      [skill.path, (value) => path === value],
      [skill.pathStartWith, (value) => path.startsWith(value)],
      [skill.pathRegex, (value) => fullMatch(value, path)],
    ].filter(([value]) => text(value) !== '');
    return conditions.length === 0 || conditions.some(([value, test]) => test(value.replace(/^\//, '').toLowerCase()));
  }

  function fullMatch(pattern, path) {
    try {
      return new RegExp(`^(?:${pattern})$`).test(path);
    } catch {
      return false;
    }
  }

  function matchUriAndType(want, uris) {
    if (want.uri === '' && want.type === '') {
      return uris.length === 0 || uris.some((uri) => !text(uri.scheme) && !text(uri.type));
    }
    if (want.type === '') {
      const guessed = want.uri.startsWith('mailto:') ? '' : typeOfUri(want.uri);
      return uris.some((uri) => matchUri(want.uri, uri) &&
        (!text(uri.type) || (guessed !== '' && matchType(guessed, uri.type))));
    }
    if (want.uri === '') {
      return uris.some((uri) => !text(uri.scheme) && matchType(want.type, text(uri.type)));
    }
    return uris.some((uri) => matchUri(want.uri, uri) && matchType(want.type, text(uri.type)));
  }

  // Whether one entry of an ability's `skills` accepts a normalized want without names.
  function matchSkill(want, skill) {
    const actions = skill.actions ?? [];
    const entities = skill.entities ?? [];
    return actions.length > 0 && (want.action === '' || actions.includes(want.action)) &&
      want.entities.every((entity) => entities.includes(entity)) && matchUriAndType(want, skill.uris ?? []);
  }

  return { normalize, copyObject, matchSkill };
})
