// @ohos:multimedia.cameraPicker: takes a picture with the camera app, which desktops do not have.
(function (host, system) {
  'use strict';
  const { fail } = system.require('@concord:kits');

  class PickerProfile {}

  class PickerResult {
    constructor(resultCode, resultUri, mediaType) {
      Object.assign(this, { resultCode, resultUri, mediaType });
    }
  }
  const PickerMediaType = { PHOTO: 'photo', VIDEO: 'video' };

  /** As when somebody goes back without a picture: nothing else can happen here. */
  function pick(context, mediaTypes, pickerProfile) {
    if (typeof context !== 'object' || context === null) fail(401, 'Parameter error. The context must be a Context.');
    const known = Array.isArray(mediaTypes) && mediaTypes.length > 0 && mediaTypes.every((type) => Object.values(PickerMediaType).includes(type));
    if (!known) fail(401, 'Parameter error. The types must be an array of PickerMediaType.');
    if (typeof pickerProfile !== 'object' || pickerProfile === null) fail(401, 'Parameter error. The profile must be a PickerProfile.');
    return system.async(() => new PickerResult(-1, '', mediaTypes[0]));
  }

  return { PickerProfile, PickerResult, PickerMediaType, pick };
})
