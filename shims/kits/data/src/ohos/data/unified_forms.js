// @concord:unified-forms: records of unified data, and the forms in which programs of a desktop hand things to each other: strings by
// MIME type, and a PixelMap as `image/png`. Not a module of the platform.
(function (host, system) {
  'use strict';
  const channel = () => system.require('@ohos:data.unifiedDataChannel').default ?? system.require('@ohos:data.unifiedDataChannel');

  const TEXT = 'text/plain';
  const HTML = 'text/html';
  const URIS = 'text/uri-list';
  const PNG = 'image/png';
  const PIXEL_MAP = 'openharmony.pixel-map';

  const PICTURES = /\.(?:avif|bmp|gif|heic|heif|ico|jpe?g|png|svg|tiff?|webp)$/i;
  const FILMS = /\.(?:3gp|avi|m4v|mkv|mov|mp4|mpe?g|ogv|webm)$/i;
  const SOUNDS = /\.(?:aac|amr|flac|m4a|mid|mp3|oga|ogg|opus|wav)$/i;

  const addresses = (list) => list.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));

  // The record for an address: of a file by its name, of anything else a link.
  function recordOf(uri) {
    const { File, Image, Video, Audio, Folder, Hyperlink } = channel();
    if (!uri.startsWith('file://')) {
      return new Hyperlink({ url: uri, description: '' });
    }
    if (PICTURES.test(uri)) return new Image({ uri, imageUri: uri });
    if (FILMS.test(uri)) return new Video({ uri, videoUri: uri });
    if (SOUNDS.test(uri)) return new Audio({ uri, audioUri: uri });
    if (uri.endsWith('/')) return new Folder({ uri, folderUri: uri });
    return new File({ uri });
  }

  // `UnifiedData` of forms. What can be had in several forms is several records, the most telling first.
  function fromForms(forms) {
    const { UnifiedData, UnifiedRecord, PlainText, HTML: Html } = channel();
    const made = new UnifiedData();
    const uris = addresses(forms[URIS] ?? '');
    uris.forEach((uri) => made.addRecord(recordOf(uri)));
    if (forms[PNG] !== undefined) {
      made.addRecord(new UnifiedRecord(PIXEL_MAP, forms[PNG]));
    }
    if (forms[HTML] !== undefined) {
      made.addRecord(new Html({ htmlContent: forms[HTML], plainContent: forms[TEXT] ?? '' }));
    }
    // Lists of files come with their names as text.
    if (forms[TEXT] !== undefined && uris.length === 0) {
      made.addRecord(new PlainText({ textContent: forms[TEXT] }));
    }
    return made;
  }

  // The same before anything has been read: records that say what there will be.
  function announced(types) {
    const empty = { [TEXT]: '', [HTML]: '' };
    const forms = Object.fromEntries(types.filter((type) => type in empty).map((type) => [type, empty[type]]));
    const made = fromForms(types.includes(URIS) ? {} : forms);
    const { UnifiedRecord, File } = channel();
    if (types.includes(URIS)) {
      made.addRecord(new File({}));
    }
    if (types.includes(PNG)) {
      made.addRecord(new UnifiedRecord(PIXEL_MAP, null));
    }
    return made;
  }

  const text = (value) => (typeof value === 'string' ? value : undefined);

  // Type of a record → what its value adds to the forms.
  const readers = {
    'general.plain-text': (value) => ({ text: text(value?.textContent) ?? text(value) }),
    'general.text': (value) => ({ text: text(value) }),
    'general.hyperlink': (value) => ({ text: text(value?.url), uri: text(value?.url) }),
    'general.html': (value) => ({ text: text(value?.plainContent) || undefined, html: text(value?.htmlContent) }),
    'general.file-uri': (value) => ({ uri: text(value?.oriUri) ?? text(value) }),
    [PIXEL_MAP]: (value) => ({ png: value?.pixelMap ?? (value?.getImageInfoSync ? value : undefined) }),
  };
  const file = (value) => ({ uri: [value?.uri, value?.imageUri, value?.videoUri, value?.audioUri, value?.folderUri].find((uri) => uri) });
  for (const type of ['file', 'image', 'video', 'audio', 'folder']) {
    readers[`general.${type}`] = file;
  }

  // Forms of `UnifiedData`.
  function toForms(data) {
    const texts = [];
    const htmls = [];
    const uris = [];
    let png;
    for (const record of data?.getRecords?.() ?? []) {
      for (const [type, value] of Object.entries(record.getEntries?.() ?? { [record.getType?.()]: record })) {
        const found = readers[type]?.(value) ?? {};
        texts.push(found.text);
        htmls.push(found.html);
        uris.push(found.uri);
        png ??= found.png;
      }
    }
    const joined = (list, separator, end = '') => {
      const there = list.filter((one) => typeof one === 'string' && one !== '');
      return there.length === 0 ? undefined : there.join(separator) + end;
    };
    const forms = { [URIS]: joined(uris, '\r\n', '\r\n'), [HTML]: joined(htmls, '\n'), [TEXT]: joined(texts, '\n'), [PNG]: png };
    return Object.fromEntries(Object.entries(forms).filter(([, value]) => value !== undefined));
  }

  return { fromForms, announced, toForms, addresses };
})
