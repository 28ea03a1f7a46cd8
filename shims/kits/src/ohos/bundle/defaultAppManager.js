// @ohos:bundle.defaultAppManager: programs for files and links are chosen by the desktop, and the app is not asked about.
(function (host, system) {
  'use strict';
  const { declare } = system.require('@concord:kits/declared');

  const ApplicationType = {
    BROWSER: 'Web Browser', IMAGE: 'Image Gallery', AUDIO: 'Audio Player', VIDEO: 'Video Player', PDF: 'PDF Viewer', WORD: 'Word Viewer',
    EXCEL: 'Excel Viewer', PPT: 'PPT Viewer', EMAIL: 'Email',
  };

  return {
    ApplicationType,
    ...declare([], {
      'isDefaultApplication(type: string): Promise': () => false,
      'isDefaultApplicationSync(type: string)': () => false,
    }),
  };
})
