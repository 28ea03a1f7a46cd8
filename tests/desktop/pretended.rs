//! A display that is none: it does what a test says, also what the compositors of the tests cannot do.

use crate::fixtures;
use concord_ability::options::DeviceProfile;
use concord_desktop::display::{
    Cursor, Display, DisplayError, Event, FrameAction, Limits, Output, OutputId, Picture, PixelRect, Placement,
    PointerIcon, Pointing, WindowId, WindowOptions,
};
use concord_desktop::exchange::{Channel, Delivery, DragAction, Offer};
use concord_desktop::text_field::TextField;
use concord_tests::drive::{Drive, Screen};
use serde_json::json;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::rc::Rc;

/// What app and test share.
#[derive(Default)]
struct Shared {
    windows: BTreeMap<u32, Known>,
    outputs: Vec<Output>,
    events: Vec<Event>,
    dark: bool,
    last: u32,
}

struct Known {
    options: WindowOptions,
    acts: Vec<String>,
    /// px of the last picture, and how its middle looks.
    picture: Option<((u32, u32), [u8; 4])>,
    /// Edges of the icons, and how the middle of the last looks.
    icons: (Vec<u32>, [u8; 4]),
}

struct Pretended {
    shared: Rc<RefCell<Shared>>,
    /// A byte in it wakes the app up.
    heard: UnixStream,
}

fn middle(picture: Picture<'_>) -> [u8; 4] {
    let at = (picture.height / 2 * picture.width + picture.width / 2) as usize * 4;
    picture.rgba[at..at + 4].try_into().unwrap()
}

impl Pretended {
    fn with(&mut self, window: WindowId, work: impl FnOnce(&mut Known)) {
        if let Some(known) = self.shared.borrow_mut().windows.get_mut(&window.0) {
            work(known);
        }
    }
}

impl Display for Pretended {
    fn descriptor(&self) -> BorrowedFd<'_> {
        self.heard.as_fd()
    }

    fn dispatch(&mut self) -> Result<Vec<Event>, DisplayError> {
        let _ = self.heard.read(&mut [0; 64]);
        Ok(std::mem::take(&mut self.shared.borrow_mut().events))
    }

    fn due(&self) -> Option<u64> {
        None
    }

    fn outputs(&self) -> Vec<Output> {
        self.shared.borrow().outputs.clone()
    }

    fn open(&mut self, options: &WindowOptions) -> WindowId {
        let mut shared = self.shared.borrow_mut();
        shared.last += 1;
        let id = shared.last;
        let known = Known { options: options.clone(), acts: Vec::new(), picture: None, icons: Default::default() };
        shared.windows.insert(id, known);
        let event = placed(id, options.size, 1.0, true, false, 0);
        shared.events.push(event);
        WindowId(id)
    }

    fn close(&mut self, window: WindowId) {
        self.shared.borrow_mut().windows.remove(&window.0);
    }

    fn set_title(&mut self, window: WindowId, title: &str) {
        self.with(window, |known| title.clone_into(&mut known.options.title));
    }

    fn act(&mut self, window: WindowId, action: FrameAction) {
        self.with(window, |known| known.acts.push(format!("{action:?}")));
    }

    fn resize(&mut self, _window: WindowId, _size: (u32, u32)) {}

    fn set_limits(&mut self, window: WindowId, limits: Limits) {
        self.with(window, |known| known.options.limits = limits);
    }

    fn raise(&mut self, window: WindowId) {
        self.with(window, |known| known.acts.push("Raise".into()));
    }

    fn icon_sizes(&self) -> Vec<u32> {
        vec![16, 64]
    }

    fn set_icon(&mut self, window: WindowId, pictures: &[Picture<'_>]) -> Result<(), DisplayError> {
        let edges = pictures.iter().map(|picture| picture.width).collect();
        self.with(window, |known| known.icons = (edges, pictures.last().map_or([0; 4], |last| middle(*last))));
        Ok(())
    }

    fn set_dark(&mut self, dark: bool) {
        self.shared.borrow_mut().dark = dark;
    }

    fn is_ready(&self, _window: WindowId) -> bool {
        true
    }

    fn present(&mut self, window: WindowId, picture: Picture<'_>, _damage: &[PixelRect]) -> Result<(), DisplayError> {
        self.with(window, |known| known.picture = Some(((picture.width, picture.height), middle(picture))));
        Ok(())
    }

    fn set_cursor(&mut self, _cursor: Cursor) {}

    fn offer(&mut self, _channel: Channel, _offer: Offer) {}

    fn offered(&self, _channel: Channel) -> Vec<String> {
        Vec::new()
    }

    fn receive(&mut self, _channel: Channel, _mime: &str) -> Option<Delivery> {
        None
    }

    fn accept_drag(&mut self, _action: Option<DragAction>) {}

    fn finish_drag(&mut self, _taken: bool) {}

    fn start_drag(&mut self, window: WindowId, offer: Offer, _: bool, icon: Option<PointerIcon<'_>>) -> bool {
        let types: Vec<&str> = offer.forms.iter().map(|form| form.mime.as_str()).collect();
        let seen = if icon.is_some() { "seen" } else { "unseen" };
        self.with(window, |known| known.acts.push(format!("Drag {} {seen}", types.join(" "))));
        true
    }

    fn set_text_field(&mut self, _field: Option<&TextField>) {}
}

fn placed(window: u32, size: (u32, u32), scale: f64, active: bool, suspended: bool, output: u32) -> Event {
    let placement = Placement {
        size,
        position: None,
        scale,
        maximized: false,
        fullscreen: false,
        active,
        suspended,
        output: Some(OutputId(output)),
    };
    Event::Placed { window: WindowId(window), placement }
}

fn monitor(id: u32, pixels: (u32, u32), scale: f64) -> Output {
    Output {
        id: OutputId(id),
        name: format!("DP-{id}"),
        position: (0, 0),
        pixels,
        turned: 0,
        scale,
        refresh: 143.9,
        millimetres: (508, 254),
    }
}

/// Answers `windows`, and does `finger down|move|cancel X Y` in the first window, `dropped`, `place WINDOW WIDTH HEIGHT SCALE active|inactive seen|unseen OUTPUT`, `monitors N`, `close WINDOW`.
fn answer(shared: &RefCell<Shared>, wake: &UnixStream, question: &str) -> String {
    let words: Vec<&str> = question.split(' ').collect();
    let number = |index: usize| words[index].parse::<f64>().unwrap();
    let whole = |index: usize| number(index) as u32;
    let mut shared = shared.borrow_mut();
    match words[0] {
        "windows" => {
            let list = shared.windows.iter().map(|(id, known)| {
                let WindowOptions { title, limits, parent, modal, framed, transparent, .. } = &known.options;
                json!({
                    "id": id, "title": title, "min": limits.min, "max": limits.max, "parent": parent.map(|parent| parent.0),
                    "modal": modal, "framed": framed, "transparent": transparent, "acts": known.acts,
                    "picture": known.picture.map(|(size, _)| size), "middle": known.picture.map(|(_, color)| color),
                    "icons": known.icons.0, "icon": known.icons.1, "dark": shared.dark,
                })
            });
            return json!(list.collect::<Vec<_>>()).to_string();
        }
        "place" => {
            let size = (whole(2), whole(3));
            shared.events.push(placed(whole(1), size, number(4), words[5] == "active", words[6] == "unseen", whole(7)));
        }
        "monitors" => {
            shared.outputs = vec![monitor(0, (1920, 1080), 1.0), monitor(1, (2560, 1440), 1.5)];
            shared.outputs.truncate(whole(1) as usize);
            shared.events.push(Event::Outputs);
        }
        "finger" => {
            let at = (number(2), number(3));
            let what = match words[1] {
                "down" => Pointing::TouchDown { finger: 3, at },
                "move" => Pointing::TouchMove { finger: 3, at },
                _ => Pointing::TouchCancel,
            };
            shared.events.push(Event::Pointing { window: WindowId(1), time: 0, what });
        }
        "dropped" => shared.events.push(Event::DragEnded { action: Some(DragAction::Copy) }),
        "close" => shared.events.push(Event::Close { window: WindowId(whole(1)) }),
        _ => panic!("the script asks for {question}"),
    }
    let _ = (&*wake).write_all(&[1]);
    String::new()
}

fn drive(package: &str, script: &str) {
    let Some(folder) = fixtures("ui") else { return };
    let (heard, wake) = UnixStream::pair().unwrap();
    heard.set_nonblocking(true).unwrap();
    let shared = Rc::new(RefCell::new(Shared { outputs: vec![monitor(0, (1920, 1080), 1.0)], ..Shared::default() }));
    let display = Pretended { shared: Rc::clone(&shared), heard };
    let drive = Drive {
        packages: vec![folder.join(package)],
        parameters: Vec::new(),
        device: DeviceProfile {
            device_type: "2in1".into(),
            width: 300,
            height: 400,
            density: 1.0,
            free_windows: true,
            ..DeviceProfile::default()
        },
        fonts: None,
        log: false,
        desktop: None,
    };
    let tools = "
        const abilities = require('@concord:abilities');
        // Scripts see the end of the last ability.
        require('@concord:process').finish = () => {};
        const windows = () => JSON.parse(ask('windows'));
        const main = () => abilities.stages()[0].getMainWindowSync();
        const state = () => abilities.running()[0].state;
    ";
    let home = tempfile::tempdir().unwrap();
    let ask = Rc::new(move |question: &str| answer(&shared, &wake, question));
    let screen = Screen { display: Box::new(display), ask };
    if let Err(failed) = drive.run_on(home.path(), &format!("{tools}{script}"), screen) {
        panic!("{}", failed.reason);
    }
}

#[test]
fn an_ability_whose_window_nobody_sees_is_in_the_background() {
    drive(
        "counter/entry.hap",
        "await until('it runs', () => state() === 'FOREGROUND');
         ask('place 1 300 400 1 inactive unseen 0');
         await until('it is in the background', () => state() === 'BACKGROUND');
         equal([windows()[0].acts, main().isWindowShowing()], [[], false]);
         ask('place 1 300 400 1 active seen 0');
         await until('it is back', () => state() === 'FOREGROUND');
         // The app itself: the desktop is asked to put it away, and to call it back.
         await abilities.records[0].context.moveAbilityToBackground();
         await until('it is in the background', () => state() === 'BACKGROUND');
         equal(windows()[0].acts, ['Minimize']);
         ask('place 1 300 400 1 inactive seen 0');
         await wait(100);
         abilities.start({ bundleName: 'dev.concord.counter', abilityName: 'EntryAbility' }, {});
         await until('it is asked for', () => windows()[0].acts.includes('Raise'));
         ask('place 1 300 400 1 active seen 0');
         await until('it is there', () => state() === 'FOREGROUND' && main().getWindowStatus() === 4);",
    );
}

#[test]
fn windows_are_drawn_at_the_scale_of_their_monitor_and_laid_out_at_the_largest() {
    drive(
        "counter/entry.hap",
        "await until('a picture', () => windows()[0].picture?.[0] === 300);
         ask('place 1 301 401 1.5 active seen 0');
         await until('a larger picture', () => windows()[0].picture[0] === 452);
         equal([windows()[0].picture, main().getUIContext().vp2px(10)], [[452, 602], 15]);
         const sub = await abilities.stages()[0].createSubWindowWithOptions('sub', { title: 'Sub', decorEnabled: true, isModal: true });
         await sub.setUIContent('pages/Index');
         await sub.resize(300, 150);
         await sub.showWindow();
         await until('its picture', () => windows()[1]?.picture);
         const { title, parent, modal, framed, transparent } = windows()[1];
         equal([title, parent, modal, framed, transparent], ['Sub', 1, true, true, false]);
         ask('place 2 200 100 1 active seen 0');
         // Half as many pixels, at the density of the other.
         await until('its size', () => sub.getWindowProperties().windowRect.width === 300);
         await until('its picture', () => windows()[1].picture[0] === 200);
         await sub.destroyWindow();
         await until('it is gone', () => windows().length === 1);",
    );
}

#[test]
fn a_window_has_the_title_icon_limits_and_colours_that_the_app_says() {
    drive(
        "counter/entry.hap",
        "await until('an icon', () => windows()[0].icons.length > 0);
         const { title, icons, icon, min, framed, dark } = windows()[0];
         equal([title, icons, icon[3], min, framed, dark], ['Counter', [16, 64], 255, [120, 120], true, false]);
         await abilities.records[0].context.setMissionLabel('A mission');
         await main().setWindowLimits({ minWidth: 200, maxHeight: 500 });
         equal([windows()[0].title, windows()[0].min, windows()[0].max], ['A mission', [200, 120], [0, 500]]);
         abilities.records[0].context.setColorMode(0);
         await until('dark', () => windows()[0].dark);
         let keeps = true;
         abilities.stages()[0].on('windowStageClose', () => keeps);
         ask('close 1');
         await wait(200);
         equal(windows().length, 1);
         keeps = false;
         ask('close 1');
         await until('it is gone', () => windows().length === 0);",
    );
}

#[test]
fn an_ability_that_ends_before_it_is_seen_leaves_no_start_window() {
    drive(
        "counter/entry.hap",
        "await until('it runs', () => state() === 'FOREGROUND');
         const ability = { bundleName: 'dev.concord.counter', abilityName: 'EntryAbility' };
         // As often as it is asked for.
         abilities.records[0].info.launchType = 1;
         const before = abilities.records.length;
         abilities.start(ability, {});
         await until('a second window', () => windows().length === 2 && abilities.records.length > before);
         abilities.terminate(abilities.records[before]);
         await until('it is gone', () => windows().length === 1 && abilities.records.length === before);",
    );
}

#[test]
fn monitors_come_and_go() {
    drive(
        "counter/entry.hap",
        "const display = require('@ohos:display');
         const heard = [];
         for (const event of ['add', 'remove', 'change']) {
           display.on(event, (id) => heard.push(`${event} ${id}`));
         }
         const { name, refreshRate, xDPI, densityDPI } = display.getDefaultDisplaySync();
         equal([name, refreshRate, xDPI, densityDPI], ['DP-0', 144, 96, 160]);
         ask('monitors 2');
         await until('another', () => heard.includes('add 1'));
         equal((await display.getAllDisplays()).map(({ width, densityPixels }) => [width, densityPixels]), [[1920, 1], [2560, 1.5]]);
         ask('monitors 1');
         await until('it is gone', () => heard.includes('remove 1'));
         let code = 0;
         try {
           display.getDisplayByIdSync(1);
         } catch (error) {
           code = error.code;
         }
         equal(code, 1400003);",
    );
}

#[test]
fn a_finger_drags_out_of_a_window() {
    drive(
        "counter/entry.hap",
        "await until('a picture', () => windows()[0].picture?.[0] === 300);
         const udc = require('@ohos:data.unifiedDataChannel').default ?? require('@ohos:data.unifiedDataChannel');
         const heard = [];
         new CustomDialogController({ customStyle: true, builder() {
           Column.create(); Column.id('zone'); Column.width(100); Column.height(100); Column.draggable(true);
           Column.onDragStart((event) => { event.setData(new udc.UnifiedData(new udc.PlainText({ textContent: 'words' }))); });
           Column.onDragEnd((event) => heard.push(event.getResult()));
           Column.pop();
         } }).open();
         const { x, y } = await place('zone');
         await rest();
         ask(`finger down ${x} ${y}`);
         // As long as it takes to pick something up.
         await wait(1000);
         for (let left = x; left > 0; left -= 20) {
           ask(`finger move ${left} ${y}`);
           await wait(20);
         }
         equal(windows()[0].acts, []);
         ask(`finger move -5 ${y}`);
         await until('the desktop goes on with it', () => windows()[0].acts.includes('Drag text/plain seen'));
         // Which ends what the window hears of the finger.
         ask('finger cancel 0 0');
         ask('dropped');
         await until('its end', () => heard.length === 1);
         equal(heard, [0]);",
    );
}
