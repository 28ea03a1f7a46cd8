// @ohos:file.picker: people choose documents, photos and sounds in a dialog of the desktop. Where there is none it is as if they
// did not want to.
(function (host, system) {
  'use strict';
  const { choose, filterOf, overload, texts } = system.require('@concord:file.chooser');
  const photos = system.require('@ohos:file.photoAccessHelper');

  const DocumentSelectMode = { FILE: 0, FOLDER: 1, MIXED: 2 };
  const DocumentPickerMode = { DEFAULT: 0, DOWNLOAD: 1 };
  const MergeTypeMode = { DEFAULT: 0, AUDIO: 1, VIDEO: 2, DOCUMENT: 3, PICTURE: 4 };
  // By MergeTypeMode.
  const MERGED = [undefined, 'audio/*', 'video/*', 'text/*', 'image/*'];
  const MOST_FILES = 500;
  const SOUNDS = [['', [], ['audio/*']]];

  class DocumentSelectOptions {}
  class DocumentSaveOptions {}
  class AudioSelectOptions {}
  class AudioSaveOptions {}

  function check(number) {
    if (number !== undefined && number !== null && (typeof number !== 'number' || number < 1 || number > MOST_FILES)) {
      throw new system.BusinessError(13900020, `Invalid argument: maxSelectNumber must be 1 to ${MOST_FILES}`);
    }
    return number ?? 1;
  }

  class DocumentViewPicker {
    select(...args) {
      const [options, callback] = overload(args);
      return system.async(() => {
        const most = check(options.maxSelectNumber);
        const merged = MERGED[options.mergeMode];
        const wanted = options.selectMode === DocumentSelectMode.FOLDER ? 'folder' : most > 1 ? 'files' : 'file';
        const filters = merged ? [['', [], [merged]]] : texts(options.fileSuffixFilters).map(filterOf);
        return choose({ wanted, filters, folder: options.defaultFilePathUri }).then((uris) => uris.slice(0, most));
      }, callback);
    }

    save(...args) {
      const [options, callback] = overload(args);
      return system.async(() => {
        if (options.pickerMode === DocumentPickerMode.DOWNLOAD) {
          return choose({ wanted: 'folder' });
        }
        return choose({
          wanted: 'save', names: texts(options.newFileNames), filters: texts(options.fileSuffixChoices).map(filterOf),
          folder: options.defaultFilePathUri,
        });
      }, callback);
    }

    getSelectedIndex() {
      return -1;
    }
  }

  class AudioViewPicker {
    select(...args) {
      const [options, callback] = overload(args);
      return system.async(() => {
        const most = check(options.maxSelectNumber);
        return choose({ wanted: most > 1 ? 'files' : 'file', filters: SOUNDS }).then((uris) => uris.slice(0, most));
      }, callback);
    }

    save(...args) {
      const [options, callback] = overload(args);
      return system.async(() => choose({ wanted: 'save', names: texts(options.newFileNames), filters: SOUNDS }), callback);
    }
  }

  class PhotoSaveOptions {}

  // The older one can save too.
  class PhotoViewPicker extends photos.PhotoViewPicker {
    save(...args) {
      const [options, callback] = overload(args);
      return system.async(() => choose({ wanted: 'save', names: texts(options.newFileNames) }), callback);
    }
  }

  return {
    DocumentSelectMode, DocumentPickerMode, MergeTypeMode, DocumentSelectOptions, DocumentSaveOptions, DocumentViewPicker,
    AudioSelectOptions, AudioSaveOptions, AudioViewPicker, PhotoSaveOptions, PhotoViewPicker,
    PhotoSelectOptions: photos.PhotoSelectOptions, PhotoSelectResult: photos.PhotoSelectResult,
    PhotoViewMIMETypes: photos.PhotoViewMIMETypes,
  };
})
