// @ohos:file.environment: the folders of the person, which the app sees when it was granted their permission.
(function (host, system) {
  'use strict';

  const { info } = system.require('@concord:process');

  function folder(name, permission) {
    const granted = system.require('@ohos:abilityAccessCtrl').createAtManager()
      .checkAccessTokenSync(info.accessTokenId, `ohos.permission.READ_WRITE_${permission}_DIRECTORY`) === 0;
    const usual = `/storage/Users/currentUser/${name}`;
    return granted ? host.share(name) ?? usual : usual;
  }

  return {
    getUserDownloadDir: () => folder('Download', 'DOWNLOAD'),
    getUserDesktopDir: () => folder('Desktop', 'DESKTOP'),
    getUserDocumentDir: () => folder('Documents', 'DOCUMENTS'),
  };
})
