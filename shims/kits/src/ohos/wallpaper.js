// @ohos:wallpaper: the picture behind everything is the desktop's.
(function (host, system) {
  'use strict';
  const { declare, events, fail } = system.require('@concord:kits/declared');

  const WallpaperType = { WALLPAPER_SYSTEM: 0, WALLPAPER_LOCKSCREEN: 1 };
  const SET_WALLPAPER = ['ohos.permission.SET_WALLPAPER'];
  const checkType = (type) => {
    if (!Object.values(WallpaperType).includes(type)) {
      fail(401, 'Parameter error. "wallpaperType" must be one of WallpaperType.');
    }
  };
  const refused = (...args) => {
    checkType(args.at(-1));
    fail(801, 'Capability not supported. The wallpaper is the desktop\'s.');
  };
  const answer = (value) => (type) => {
    checkType(type);
    return value;
  };

  return {
    WallpaperType,
    ...declare(SET_WALLPAPER, {
      'setImage(source: string|object, wallpaperType: number): Promise': refused,
      'setWallpaper(source: string|object, wallpaperType: number): Promise': refused,
      'restore(wallpaperType: number): Promise': refused,
      'reset(wallpaperType: number): Promise': refused,
    }),
    ...declare([], {
      'getColorsSync(wallpaperType: number)': answer([]),
      'getColors(wallpaperType: number): Promise': answer([]),
      'getIdSync(wallpaperType: number)': answer(0),
      'getId(wallpaperType: number): Promise': answer(0),
      'getMinHeightSync()': () => 0,
      'getMinHeight(): Promise': () => 0,
      'getMinWidthSync()': () => 0,
      'getMinWidth(): Promise': () => 0,
      'isChangeAllowed(): Promise': () => false,
      'isChangePermitted(): Promise': () => false,
      'isUserChangeAllowed(): Promise': () => false,
      'isOperationAllowed(): Promise': () => false,
    }),
    ...events(['colorChange']),
  };
})
