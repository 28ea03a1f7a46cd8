// What an app sees of the person's photos. Called with the modules; calls `done` with undefined or the error.
(function (photos, dataShare, fs, done) {
  'use strict';

  function equal(found, wanted, what) {
    const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)];
    if (a !== b) throw new Error(`${what}: ${a}, not ${b}`);
  }

  const predicates = (f) => { const made = new dataShare.DataSharePredicates(); f?.(made); return made; };
  const options = (f) => ({ fetchColumns: ['title', 'size'], predicates: predicates(f) });
  const names = async (result) => (await result.getAllObjects()).map(({ displayName }) => displayName);

  (async () => {
    const helper = photos.getPhotoAccessHelper({});
    const all = await helper.getAssets(options((one) => one.orderByDesc('size')));
    equal([all.getCount(), await names(all)], [3, ['c.mp4', 'b.jpg', 'a.png']], 'by size');
    const first = await all.getFirstObject();
    equal([first.get('size'), first.get('title'), first.photoType, all.isAfterLast()], [300, 'c', 2, false], 'the first');
    let code;
    try {
      first.get('date_added');
    } catch (error) {
      code = error.code;
    }
    equal(code, 14000014, 'a column that was not asked for');
    const pictures = await helper.getAssets(options((one) => one.equalTo('media_type', 1).and().beginWrap().like('display_name', '%.PNG').or()
      .greaterThan('size', 1000).endWrap()));
    equal(await names(pictures), ['a.png'], 'chosen');
    const [picture] = await pictures.getAllObjects();
    const file = fs.openSync(picture.uri);
    equal(fs.statSync(file.fd).size, 100, 'read by its URI');
    fs.closeSync(file);
    try {
      fs.openSync(picture.uri, fs.OpenMode.READ_WRITE);
      code = 0;
    } catch (error) {
      code = error.code;
    }
    equal(code, 13900027, 'not written');
    const albums = await helper.getAlbums(photos.AlbumType.USER, photos.AlbumSubtype.USER_GENERIC);
    const found = (await albums.getAllObjects()).map(({ albumName, imageCount, videoCount }) => [albumName, imageCount, videoCount]).sort();
    equal(found, [['Pictures', 1, 0], ['Trip', 1, 0], ['Videos', 0, 1]], 'albums');
    const heard = [];
    helper.registerChange('file://media/Photo', true, ({ type }) => heard.push(type));
    const request = photos.MediaAssetChangeRequest.createAssetRequest({}, photos.PhotoType.IMAGE, 'png', { title: 'new' });
    request.addResource(photos.ResourceType.IMAGE_RESOURCE, new Uint8Array([1, 2, 3]).buffer);
    await helper.applyChanges(request);
    equal([request.getAsset().displayName, request.getAsset().get('size')], ['new.png', 3], 'saved');
    const uri = await helper.createAsset(photos.PhotoType.IMAGE, 'jpg', { title: 'written' });
    const written = fs.openSync(uri, fs.OpenMode.READ_WRITE);
    fs.writeSync(written.fd, 'picture');
    fs.closeSync(written);
    await photos.MediaAssetChangeRequest.deleteAssets({}, [picture]);
    equal((await names(await helper.getAssets(options((one) => one.orderByAsc('display_name'))))), ['b.jpg', 'c.mp4', 'new.png', 'written.jpg'], 'in the end');
    await new Promise((resolve) => { setTimeout(resolve, 0); });
    equal(heard, [0, 1, 0, 2], 'what was heard');
  })().then(() => done(undefined), (error) => done(`${error.code ?? ''} ${error.message}\n${error.stack}`));
})
