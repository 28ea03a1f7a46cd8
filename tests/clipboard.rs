//! What is copied within an app: fields and pasteboards have the same. Other programs have a part in `desktop.rs`.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use concord_ability::options::DeviceProfile;
use concord_tests::drive::Drive;
use concord_tests::fixtures;

/// Runs a script in an app; what it throws fails the test.
#[track_caller]
fn runs(script: &str) {
    let Some(folder) = fixtures("ui") else { return };
    let home = tempfile::tempdir().unwrap();
    let drive = Drive {
        packages: vec![folder.join("todo/entry.hap")],
        parameters: Vec::new(),
        device: DeviceProfile::default(),
        fonts: None,
        log: false,
        desktop: None,
    };
    let same = "const same = (is, wanted) => { if (is !== wanted) throw new Error(`${is} is not ${wanted}`); };";
    if let Err(failed) = drive.run(home.path(), &format!("{same}\n{script}")) {
        panic!("{}", failed.reason);
    }
}

#[test]
fn fields_and_pasteboards_share_what_is_copied() {
    runs(
        "const board = require('@ohos:pasteboard').getSystemPasteboard();
         const clipboard = require('@concord:clipboard');
         const input = require('@concord:arkui/input');
         let updates = 0;
         board.on('update', () => { updates += 1; });
         const combine = async (code) => { input.key(0, 2072); input.key(0, code); input.key(1, code); input.key(1, 2072); await rest(); };
         await type('draft', 'word'); await combine(2017); await combine(2019);
         same((await board.getData()).getPrimaryText(), 'word');
         same(board.hasDataType('text/plain'), true);
         same(board.getUnifiedDataSync().getRecords()[0].textContent, 'word');
         same(updates, 1);
         const data = require('@ohos:pasteboard').createData('text/html', '<b>bold</b>');
         data.addRecord('text/plain', 'bold');
         data.addRecord('text/uri', 'file://docs/a.txt');
         board.setDataSync(data);
         await combine(2038);
         same(await (await find('draft')).getText(), 'bold');
         same([...clipboard.types].sort().join(), 'text/html,text/plain,text/uri-list');
         same(clipboard.get('text/uri-list'), 'file://docs/a.txt\\r\\n');
         same(board.getDataSync().getPrimaryHtml(), '<b>bold</b>');
         same(board.getUnifiedDataSync().getTypes().join(), 'general.file,general.html');
         same(updates, 2);
         board.clearDataSync();
         same(board.hasDataSync(), false);
         same(clipboard.types.length, 0);",
    );
}

#[test]
fn pictures_are_files_to_others_and_pixels_to_apps() {
    runs(
        "const pasteboard = require('@ohos:pasteboard');
         const image = require('@ohos:multimedia.image');
         const clipboard = require('@concord:clipboard');
         const board = pasteboard.getSystemPasteboard();
         const picture = image.createPixelMapSync({ size: { width: 3, height: 2 } });
         await board.setData(pasteboard.createData(pasteboard.MIMETYPE_PIXELMAP, picture));
         same(clipboard.types.join(), 'image/png');
         const file = clipboard.bytes('image/png');
         same(String.fromCharCode(...new Uint8Array(file).slice(1, 4)), 'PNG');
         // As if another program had it.
         const forms = { 'image/png': file, 'application/x-other': new ArrayBuffer(1) };
         clipboard.connect({ types: Object.keys(forms), get: (type) => forms[type], later: async (type) => forms[type] }, {});
         const size = (await board.getData()).getPrimaryPixelMap().getImageInfoSync().size;
         same(`${size.width}x${size.height}`, '3x2');
         same((await board.getMimeTypes()).join(), 'pixelMap,application/x-other');",
    );
}

#[test]
fn unified_data_goes_over_in_the_forms_that_programs_know() {
    runs(
        "const { UnifiedData, PlainText, HTML, Image, File } = require('@ohos:data.unifiedDataChannel');
         const unified = require('@concord:unified-forms');
         const data = new UnifiedData(new PlainText({ textContent: 'one' }));
         data.addRecord(new HTML({ htmlContent: '<i>two</i>', plainContent: 'two' }));
         data.addRecord(new Image({ imageUri: 'file://docs/p.png' }));
         data.addRecord(new File({ uri: 'file://docs/f.txt' }));
         const forms = unified.toForms(data);
         same(JSON.stringify(forms), JSON.stringify({ 'text/uri-list': 'file://docs/p.png\\r\\nfile://docs/f.txt\\r\\n', 'text/html': '<i>two</i>',
           'text/plain': 'one\\ntwo' }));
         same(unified.fromForms(forms).getTypes().join(), 'general.image,general.file,general.html');
         same(unified.fromForms({ 'text/uri-list': '#\\r\\nhttps://example.org/' }).getRecords()[0].url, 'https://example.org/');
         same(unified.announced(['text/uri-list', 'text/plain']).getTypes().join(), 'general.file');",
    );
}
