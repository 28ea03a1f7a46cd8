//! What the pointer looks like, and what is dragged with it.

use crate::windows::{drive, drive_in};
use concord_ability::options::DeviceProfile;
use concord_desktop::display::{Display, Event, Limits, WindowOptions};
use concord_tests::compositor::Compositor;
use concord_tests::fixtures;
use concord_tests::wayland::partner::Partner;
use concord_wayland::WaylandDisplay;
use std::time::Duration;

const URIS: &str = "text/uri-list";

#[test]
fn pictures_of_an_app_are_the_pointer() {
    drive(
        &[("ui", "counter/entry.hap")],
        "const pointer = require('@ohos:multimodalInput.pointer').default ?? require('@ohos:multimodalInput.pointer');
         const { createPixelMapSync } = require('@ohos:multimedia.image').default ?? require('@ohos:multimedia.image');
         const green = createPixelMapSync(new Uint8Array(24 * 24 * 4).map((_, at) => (at % 2 === 1 ? 255 : 0)).buffer,
           { size: { width: 24, height: 24 } });
         const { id } = main().getWindowProperties();
         const GREEN = '[0, 255, 0]';
         ask('move 150 500');
         pointer.setCustomCursorSync(id, green, 12, 4);
         equal(pointer.getPointerStyleSync(id), -100);
         // Around the point that it points with.
         await until('the picture', () => ask('pixel 140 498') === GREEN);
         equal([ask('pixel 160 518'), ask('pixel 150 494') === GREEN, ask('pixel 164 500') === GREEN], [GREEN, false, false]);
         await pointer.setCustomCursor(id, { pixelMap: green, focusX: 0, focusY: 0 }, { followSystem: false });
         await until('another point', () => ask('pixel 140 498') !== GREEN && ask('pixel 172 522') === GREEN);
         pointer.setPointerStyleSync(id, pointer.PointerStyle.DEFAULT);
         await until('an arrow', () => ask('pixel 172 522') !== GREEN);
         const code = (f) => { try { f(); return 0; } catch (error) { return error.code; } };
         const large = createPixelMapSync(new ArrayBuffer(300 * 4), { size: { width: 300, height: 1 } });
         equal([large, {}, undefined].map((map) => code(() => pointer.setCustomCursorSync(id, map))), [401, 401, 401]);
         equal([25, -1, 'a'].map((x) => code(() => pointer.setCustomCursorSync(id, green, x, 0))), [401, 401, 401]);
         main().getUIContext().getCursorController().setCustomCursor(green, 0, 0);
         await until('the picture again', () => ask('pixel 172 522') === GREEN);
         main().getUIContext().getCursorController().restoreDefault();
         await until('an arrow', () => ask('pixel 172 522') !== GREEN);",
    );
}

/// Something to drag and to drop on, in the window on the right.
const ZONE: &str = "
    const fs = require('@ohos:file.fs').default ?? require('@ohos:file.fs');
    const udc = require('@ohos:data.unifiedDataChannel').default ?? require('@ohos:data.unifiedDataChannel');
    await until('two windows', () => main().getWindowProperties().windowRect.width === 400);
    const heard = [];
    const path = `${abilities.records[0].context.filesDir}/out.txt`;
    const file = fs.openSync(path, fs.OpenMode.CREATE | fs.OpenMode.READ_WRITE);
    fs.writeSync(file.fd, 'from inside');
    fs.closeSync(file);
    const uri = require('@ohos:file.fileuri').getUriFromPath(path);
    new CustomDialogController({ customStyle: true, builder() {
      Column.create(); Column.width(200); Column.height(200); Column.backgroundColor('#FF0000FF'); Column.draggable(true);
      Column.onDragStart((event) => { event.setData(new udc.UnifiedData(new udc.File({ uri }))); });
      Column.onDragEnd((event) => heard.push(event.getResult()));
      Column.onDrop((event) => {
        const [record] = event.getData().getRecords();
        heard.push(`${record.getType()} ${record.uri} ${fs.readTextSync(new (require('@ohos:file.fileuri').FileUri)(record.uri).path)}`);
        event.setResult(0);
      });
      Column.pop();
    } }).open();
    await until('the zone', () => ask('pixel 600 300') === '[0, 0, 255]');
";

/// Runs the script in the app beside another program, which drags `forms` and takes addresses.
fn drive_beside(forms: &[(&str, &[u8])], script: &str) -> Option<Partner> {
    let (compositor, folder) = (Compositor::start()?, fixtures("ui")?);
    // Programs look for one at their start, and lose it with the last one.
    let _pointer = compositor.pointer();
    let partner = Partner::taking(&compositor.socket(), forms, URIS);
    compositor.wait_until("the other program", |compositor| compositor.windows().len() == 1);
    let packages = vec![folder.join("counter/entry.hap")];
    drive_in(compositor, packages, DeviceProfile::default(), &format!("{ZONE}{script}"));
    Some(partner)
}

#[test]
fn a_file_of_another_program_is_dropped_and_read_under_another_name() {
    let outside = tempfile::tempdir().unwrap();
    let path = outside.path().join("list 1.txt");
    std::fs::write(&path, "Milk").unwrap();
    let list = format!("file://{}/list%201.txt\r\n", outside.path().display());
    let partner = drive_beside(
        &[(URIS, list.as_bytes())],
        "await drag([200, 300], [600, 300], 500);
         await until('a drop', () => heard.length > 0);
         const [kind, address, content] = heard[0].split(' ');
         equal([kind, content], ['general.file', 'Milk']);
         // The app does not learn where it is.
         equal([address.startsWith('file://'), address.includes('/tmp/')], [true, false]);
         // The other program hears that it was taken.
         await rest();",
    );
    let Some(partner) = partner else { return };
    let told = (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(20));
        partner.is_finished()
    });
    assert!(told, "the other program does not hear that its file was taken");
}

#[test]
fn a_file_of_the_app_is_dragged_to_another_program() {
    let partner = drive_beside(
        &[],
        "await drag([600, 300], [200, 300], 500);
         await until('its end', () => heard.length > 0);
         equal(heard, [0]);",
    );
    let Some(partner) = partner else { return };
    let dropped = partner.dropped();
    // By its real name, which the other program can open.
    let [list] = dropped.as_slice() else { panic!("{dropped:?}") };
    assert!(list.starts_with("file:///") && list.trim_end().ends_with("/files/out.txt"), "{list}");
    assert!(!list.contains("dev.concord.counter/data/storage"), "{list}");
}

#[test]
fn other_programs_can_put_dialogs_above_a_window() {
    let Some(compositor) = Compositor::start() else { return };
    let mut display = WaylandDisplay::connect_to(compositor.connect()).unwrap();
    let window = display.open(&WindowOptions {
        title: "Window".into(),
        app_id: "window".into(),
        size: (100, 100),
        limits: Limits::default(),
        parent: None,
        modal: false,
        framed: true,
        transparent: false,
    });
    let mut handles = Vec::new();
    let told = compositor.happens(|_| {
        for event in display.dispatch().unwrap() {
            if let Event::Exported { window: exported, handle } = event {
                handles.push((exported, handle));
            }
        }
        !handles.is_empty()
    });
    assert!(told && handles[0].0 == window && handles[0].1.len() > "wayland:".len(), "{handles:?}");
    assert!(handles[0].1.starts_with("wayland:"), "{handles:?}");
}
