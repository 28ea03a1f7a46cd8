//! What apps can do with windows, and what a desktop does with them. The app runs in this process and a script looks at both
//! sides: `ask('views')` is what sway knows of its windows, `ask('tell …')` tells it what to do.

use crate::fixtures;
use concord_ability::options::DeviceProfile;
use concord_tests::compositor::{Compositor, OUTPUT, Pointer};
use concord_tests::drive::{Drive, Screen};
use concord_wayland::WaylandDisplay;
use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;

/// What scripts begin with.
const TOOLS: &str = "
    const abilities = require('@concord:abilities');
    // Scripts see the end of the last ability.
    require('@concord:process').finish = () => {};
    const window = require('@ohos:window');
    const views = () => JSON.parse(ask('views'));
    const view = (name) => views().find((one) => one.name === name);
    const stages = () => abilities.stages();
    const main = () => stages()[0].getMainWindowSync();
    // Sway and the app have to keep pace with the pointer.
    const drag = async ([x, y], [toX, toY], pause = 0) => {
      ask(`move ${x} ${y}`);
      await wait(100);
      ask('press');
      await wait(100);
      for (let step = 1; step <= 8; step++) {
        ask(`move ${Math.round(x + ((toX - x) * step) / 8)} ${Math.round(y + ((toY - y) * step) / 8)}`);
        await wait(50);
      }
      // Who gets it has to say that it does.
      await wait(pause);
      ask('release');
    };
    const rect = ({ x, y, width, height }) => [x, y, width, height];
    await until('a window', () => views().length > 0 && main().getWindowStatus() === 4);
";

/// Runs the app `packages` in a compositor and the script in the app; nothing where there is no compositor or no fixture.
pub(crate) fn drive(packages: &[(&str, &str)], script: &str) {
    let Some(compositor) = Compositor::start() else { return };
    let mut files = Vec::new();
    for (group, file) in packages {
        let Some(folder) = fixtures(group) else { return };
        files.push(folder.join(file));
    }
    drive_in(compositor, files, DeviceProfile::default(), script);
}

pub(crate) fn drive_in(compositor: Compositor, packages: Vec<PathBuf>, device: DeviceProfile, script: &str) {
    let pointer = RefCell::new(compositor.pointer());
    let display = WaylandDisplay::connect_to(compositor.connect()).unwrap();
    let ask = Rc::new(move |question: &str| answer(&compositor, &mut pointer.borrow_mut(), question));
    let drive = Drive {
        packages,
        parameters: Vec::new(),
        device: DeviceProfile { width: 300, height: 400, density: 1.0, free_windows: true, ..device },
        fonts: None,
        log: false,
        desktop: None,
    };
    let home = tempfile::tempdir().unwrap();
    let screen = Screen { display: Box::new(display), ask };
    if let Err(failed) = drive.run_on(home.path(), &format!("{TOOLS}{script}"), screen) {
        panic!("{}", failed.reason);
    }
}

fn answer(compositor: &Compositor, pointer: &mut Pointer, question: &str) -> String {
    let (verb, rest) = question.split_once(' ').unwrap_or((question, ""));
    let numbers: Vec<u32> = rest.split(' ').filter_map(|number| number.parse().ok()).collect();
    match (verb, numbers.as_slice()) {
        ("views", _) => serde_json::Value::Array(compositor.views()).to_string(),
        ("tell", _) => {
            compositor.tell(rest);
            String::new()
        }
        ("click", [x, y]) => {
            pointer.click(*x, *y);
            String::new()
        }
        ("move", [x, y]) => {
            pointer.move_to(*x, *y);
            String::new()
        }
        ("press" | "release", []) => {
            pointer.button(verb == "press");
            String::new()
        }
        ("pixel", [x, y]) => {
            let pixels = crate::pixels(&compositor.picture());
            let at = (*y * OUTPUT.0 + *x) as usize * 3;
            pixels.get(at..at + 3).map_or_else(|| "outside".into(), |pixel| format!("{pixel:?}"))
        }
        _ => panic!("the script asks for {question}"),
    }
}

const ABILITY: [(&str, &str); 3] = [
    ("ability", "ability/hap/entry.hap"),
    ("ability", "ability/hap/feature.hap"),
    ("ability", "ability/hap/library.hsp"),
];

#[test]
fn every_ability_has_a_window_and_ends_with_it() {
    drive(
        &ABILITY,
        "const want = { bundleName: 'dev.concord.ability', moduleName: 'entry', abilityName: 'MultiAbility' };
         abilities.start(want, {});
         await until('a second window', () => views().length === 2);
         await until('its page', () => stages().length === 2 && stages()[1].getMainWindowSync().isWindowShowing());
         equal(abilities.running().map(({ state }) => state), ['FOREGROUND', 'FOREGROUND']);
         const [first, second] = stages().map((stage) => stage.getMainWindowSync());
         await until('both share the screen', () => first.getWindowProperties().windowRect.width === 400);
         equal(second.getWindowProperties().windowRect.width, 400);
         ask(`tell [con_id=${views()[1].id}] kill`);
         await until('one window', () => views().length === 1);
         await until('one ability', () => abilities.running().length === 1);
         equal(abilities.running()[0].ability, 'EntryAbility');
         equal(abilities.running()[0].state, 'FOREGROUND');
         await until('the first has it all', () => first.getWindowProperties().windowRect.width === 800);",
    );
}

#[test]
fn an_app_sizes_names_and_limits_its_window_and_hears_of_it() {
    drive(
        &[("ui", "counter/entry.hap")],
        "const heard = [];
         main().on('windowSizeChange', ({ width, height }) => heard.push(`${width}x${height}`));
         ask('tell floating enable');
         await until('its own size', () => main().getWindowProperties().windowRect.width === 300);
         await main().resize(350, 250);
         equal(main().getWindowProperties().windowRect.height, 250);
         await until('the size in sway', () => view('Counter').rect.width === 350 && view('Counter').rect.height === 250);
         equal(heard.at(-1), '350x250');
         await main().setWindowLimits({ minWidth: 400, minHeight: 200 });
         await until('it is as wide as it must be', () => view('Counter').rect.width === 400);
         await main().setWindowTitle('Something else');
         await until('the title', () => view('Something else'));
         equal(view('Something else').app_id, 'dev.concord.counter');
         ask('tell resize set 500 450');
         await until('the size that sway gives', () => main().getWindowProperties().windowRect.width === 500);",
    );
}

#[test]
fn states_of_a_window_reach_the_app() {
    drive(
        &[("ui", "counter/entry.hap")],
        "const events = [], states = [], stage = [];
         main().on('windowEvent', (event) => events.push(event));
         main().on('windowStatusChange', (state) => states.push(state));
         stages()[0].on('windowStageEvent', (event) => stage.push(event));
         ask('tell fullscreen enable');
         await until('full screen', () => main().getWindowStatus() === window.WindowStatusType.FULL_SCREEN);
         ask('tell fullscreen disable');
         await until('a window again', () => main().getWindowStatus() === window.WindowStatusType.FLOATING);
         equal(states, [1, 4]);
         const { WINDOW_ACTIVE, WINDOW_INACTIVE, WINDOW_SHOWN, WINDOW_HIDDEN } = window.WindowEventType;
         ask('tell focus parent');
         await until('another has the focus', () => events.includes(WINDOW_INACTIVE));
         ask('tell focus child');
         await until('it has the focus', () => events.at(-1) === WINDOW_ACTIVE);
         events.length = stage.length = 0;
         await main().minimize();
         await until('it is in the background', () => abilities.running()[0].state === 'BACKGROUND');
         equal([main().getWindowStatus(), main().isWindowShowing()], [window.WindowStatusType.MINIMIZE, false]);
         equal(events, [WINDOW_INACTIVE, WINDOW_HIDDEN]);
         equal(stage.filter((event) => event === 6 || event === 4), [6, 4]);
         // sway does not minimise: whoever clicks into it wants it back.
         ask('click 100 100');
         await until('it is back', () => abilities.running()[0].state === 'FOREGROUND');
         equal([events.includes(WINDOW_SHOWN), main().getWindowStatus()], [true, window.WindowStatusType.FLOATING]);
         equal(stage.filter((event) => event === 1 || event === 5), [1, 5]);",
    );
}

#[test]
fn sub_windows_with_a_frame_are_windows_and_others_lie_in_one() {
    drive(
        &[("ui", "counter/entry.hap")],
        "const free = await stages()[0].createSubWindowWithOptions('tools', { title: 'Tools', decorEnabled: true });
         await free.resize(200, 150);
         await free.setUIContent('pages/Index');
         await free.showWindow();
         await until('a window of its own', () => view('Tools'));
         equal(view('Tools').type, 'floating_con');
         let asked = 0;
         free.on('subWindowClose', () => { asked += 1; return asked === 1; });
         ask(`tell [con_id=${view('Tools').id}] kill`);
         await until('the app keeps it', () => asked === 1);
         equal(views().length, 2);
         ask(`tell [con_id=${view('Tools').id}] kill`);
         await until('it is gone', () => views().length === 1);
         equal(abilities.running().length, 1);
         const inside = await stages()[0].createSubWindow('inside');
         await inside.moveWindowTo(100, 200);
         await inside.resize(60, 40);
         await inside.setUIContent('pages/Index');
         inside.setWindowBackgroundColor('#FF00FF00');
         await inside.showWindow();
         await until('it is seen in the other', () => ask('pixel 110 235') === '[0, 255, 0]');
         equal(views().length, 1);
         await inside.destroyWindow();
         await until('it is gone', () => ask('pixel 110 235') !== '[0, 255, 0]');",
    );
}

#[test]
fn displays_are_the_monitors() {
    let (Some(compositor), Some(folder)) = (Compositor::start(), fixtures("ui")) else { return };
    let device = DeviceProfile { device_type: "2in1".into(), ..DeviceProfile::default() };
    drive_in(
        compositor,
        vec![folder.join("counter/entry.hap")],
        device,
        "const display = require('@ohos:display');
         const heard = [];
         for (const event of ['add', 'remove', 'change']) {
           display.on(event, (id) => heard.push(`${event} ${id}`));
         }
         const only = display.getDefaultDisplaySync();
         equal([only.name, only.width, only.height, only.densityPixels, only.orientation], ['HEADLESS-1', 800, 600, 1, 1]);
         ask('tell create_output');
         await until('a second monitor', () => heard.includes('add 1'));
         ask('tell output HEADLESS-2 resolution 600x1000 scale 2');
         const second = () => display.getDisplayByIdSync(1);
         await until('its size', () => second().width === 600 && second().densityPixels === 2);
         equal([second().height, second().orientation, (await display.getAllDisplays()).length], [1000, 0, 2]);
         equal(main().getWindowProperties().displayId, 0);
         // All of the window is laid out again at the density of the monitor that it comes to.
         ask('tell [app_id=dev.concord.counter] move container to output HEADLESS-2');
         await until('it is there', () => main().getWindowProperties().displayId === 1);
         await until('its density', () => main().getUIContext().vp2px(10) === 20);
         equal(main().getWindowProperties().windowRect.width, 600);
         equal(display.getDefaultDisplaySync().name, 'HEADLESS-2');
         ask('tell [app_id=dev.concord.counter] move container to output HEADLESS-1');
         await until('the window is back', () => main().getWindowProperties().displayId === 0);
         await until('its density', () => main().getUIContext().vp2px(10) === 10);",
    );
}

#[test]
fn a_window_has_its_own_frame_where_the_desktop_draws_none() {
    drive(
        &[("ui", "counter/entry.hap")],
        "ask('tell floating enable');
         ask('tell border csd');
         const TITLE = 36;
         const around = () => rect(view('Counter').rect);
         ask('tell move position 200 100');
         await until('the frame', () => view('Counter').rect.height === main().getWindowProperties().windowRect.height + TITLE);
         await until('its place', () => around()[0] === 200 && around()[1] === 100);
         const [, , width, height] = around();
         await until('the title bar', () => ask('pixel 300 110') === '[241, 243, 245]');
         // Pulled at the title.
         await drag([300, 110], [340, 150]);
         // It begins to move when the pointer has left the place where it went down.
         await until('it moves', () => around()[0] > 220 && around()[1] > 120);
         const [left, top] = around();
         // Pulled at its upper edge; sway hears of no pointer outside of a window.
         await drag([left + 150, top + 1], [left + 150, top - 29]);
         await until('it grows', () => around()[3] > height + 20);
         const grown = around()[3];
         await until('the content, too', () => main().getWindowProperties().windowRect.height === grown - TITLE);
         ask('tell fullscreen enable');
         await until('no frame', () => main().getWindowProperties().windowRect.height === 600);
         ask('tell fullscreen disable');
         await until('the frame', () => main().getWindowProperties().windowRect.height === grown - TITLE);
         // The first button puts it away, the last one closes it.
         const button = (index) => `${around()[0] + width - 120 + index * 40 + 20} ${around()[1] + 18}`;
         ask(`click ${button(0)}`);
         await until('it is in the background', () => abilities.running()[0].state === 'BACKGROUND');
         ask(`click ${left + 100} ${top + 200}`);
         await until('it is back', () => abilities.running()[0].state === 'FOREGROUND');
         await until('its frame', () => around()[3] === grown);
         ask(`click ${button(2)}`);
         await until('it is gone', () => abilities.running().length === 0);",
    );
}

#[test]
fn a_start_window_is_seen_until_there_is_a_page() {
    drive(
        &ABILITY,
        "// This one never has a page.
         const want = { bundleName: 'dev.concord.ability', moduleName: 'entry', abilityName: 'ResultAbility', parameters: { mode: 'none' } };
         abilities.start(want, {});
         await until('a second window', () => views().length === 2);
         await until('its start window', () => ask('pixel 450 50') === '[255, 255, 255]');
         await until('its icon', () => ask('pixel 600 300') !== '[255, 255, 255]');
         const [first, second] = stages().map((stage) => stage.getMainWindowSync());
         await second.setUIContent('pages/Index');
         await until('the page', () => ask('pixel 600 300') === '[255, 255, 255]');",
    );
}
