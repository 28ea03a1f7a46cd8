// @ohos:file.photoAccessHelper: people choose photos and films in a dialog of the desktop.
(function (host, system) {
  'use strict';
  const { choose, overload } = system.require('@concord:file.chooser');

  const PhotoViewMIMETypes = {
    IMAGE_TYPE: 'image/*', VIDEO_TYPE: 'video/*', IMAGE_VIDEO_TYPE: '*/*', MOVING_PHOTO_IMAGE_TYPE: 'image/movingPhoto',
  };
  const RecommendationType = {
    QR_OR_BAR_CODE: 1, QR_CODE: 2, BAR_CODE: 3, ID_CARD: 4, PROFILE_PICTURE: 5, PASSPORT: 6, BANK_CARD: 7, DRIVER_LICENSE: 8,
    DRIVING_LICENSE: 9, FEATURED_SINGLE_PORTRAIT: 10,
  };
  const PhotoType = { IMAGE: 1, VIDEO: 2 };
  const MOST = 500;
  const USUAL = 50;

  class BaseSelectOptions {}
  class PhotoSelectOptions extends BaseSelectOptions {}

  class PhotoSelectResult {
    constructor(photoUris = [], isOriginalPhoto = false) {
      this.photoUris = photoUris;
      this.isOriginalPhoto = isOriginalPhoto;
    }
  }

  // The MIME types that a dialog shows.
  function typesOf(kind) {
    switch (kind) {
      case PhotoViewMIMETypes.IMAGE_TYPE:
      case PhotoViewMIMETypes.MOVING_PHOTO_IMAGE_TYPE:
        return ['image/*'];
      case PhotoViewMIMETypes.VIDEO_TYPE:
        return ['video/*'];
      default:
        return ['image/*', 'video/*'];
    }
  }

  class PhotoViewPicker {
    select(...args) {
      const [options, callback] = overload(args);
      const { maxSelectNumber: most = USUAL } = options;
      if (typeof most !== 'number' || most < 1 || most > MOST) {
        throw new system.BusinessError(401, `Parameter error. maxSelectNumber must be 1 to ${MOST}.`);
      }
      return system.async(async () => {
        const filters = [['', [], typesOf(options.MIMEType)]];
        const uris = await choose({ wanted: most > 1 ? 'files' : 'file', filters, media: true });
        return new PhotoSelectResult(uris.slice(0, most));
      }, callback);
    }
  }

  return { PhotoViewMIMETypes, RecommendationType, PhotoType, BaseSelectOptions, PhotoSelectOptions, PhotoSelectResult, PhotoViewPicker };
})
