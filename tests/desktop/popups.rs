//! What leaves the window that it belongs to: menus, popups, dialogs with `showInSubWindow`.

use crate::windows::{drive, drive_in};
use concord_ability::options::DeviceProfile;
use concord_tests::compositor::Compositor;
use concord_tests::fixtures;

/// A window of 300 by 200 in the middle of a screen, and contents larger than that: a blue column with a red part at its end, which
/// counts clicks.
const SMALL: &str = "
    const nodes = require('@concord:arkui/nodes');
    const { bind } = require('@concord:arkui/overlays/bindings');
    const BLUE = '[0, 0, 255]', RED = '[255, 0, 0]';
    ask('tell floating enable');
    await until('its own size', () => main().getWindowProperties().windowRect.width === 300);
    // Not before the compositor knows of its own size.
    await until('its size', () => {
      ask('tell resize set 300 200');
      return main().getWindowProperties().windowRect.height === 200;
    });
    ask('tell move position 100 50');
    await until('its place', () => view('Counter').rect.y === 50);
    await rest();
    const plus = nodes.findByKey('plus');
    let clicks = 0;
    const high = function () {
      Column.create(); Column.width(120); Column.height(330); Column.backgroundColor('#FF0000FF');
      Blank.create(); Blank.pop();
      Column.create(); Column.id('end'); Column.width(120); Column.height(30); Column.backgroundColor('#FFFF0000');
      Column.onClick(() => { clicks += 1; }); Column.pop();
      Column.pop();
    };
    const bounds = (key) => nodes.frame(nodes.findByKey(key));
    // The middle of a part, on the screen.
    const onScreen = (key) => {
      const [x, y, width, height] = bounds(key);
      const { rect } = view('Counter');
      return `${Math.round(rect.x + x + width / 2)} ${Math.round(rect.y + y + height / 2)}`;
    };
    const closed = () => nodes.findByKey('end') === 0;
";

/// Runs the script in the app on a computer, whose menus leave their windows.
fn drive_computer(script: &str) {
    let (Some(compositor), Some(folder)) = (Compositor::start(), fixtures("ui")) else { return };
    let device = DeviceProfile { device_type: "2in1".into(), ..DeviceProfile::default() };
    drive_in(compositor, vec![folder.join("counter/entry.hap")], device, &format!("{SMALL}{script}"));
}

#[test]
fn a_menu_that_is_higher_than_its_window_leaves_it_and_takes_clicks() {
    drive_computer(
        "bind('bindMenu', plus, [high, {}]);
         const open = async () => {
           ask(`click ${onScreen('plus')}`);
           await until('the menu', () => nodes.findByKey('end') !== 0 && ask(`pixel ${onScreen('end')}`) === RED);
         };
         await open();
         // Its end is far below the window.
         equal(bounds('end')[1] > 200, true);
         ask(`click ${onScreen('end')}`);
         await until('a click', () => clicks === 1);
         // Beside it, where there is no window of the app at all.
         ask('click 700 550');
         await until('it is gone', closed);
         await until('nothing is seen of it', () => ask('pixel 150 400') !== BLUE);
         // Beside it, in the window that it belongs to.
         await open();
         ask('click 110 60');
         await until('it is gone', closed);
         equal(clicks, 1);
         // By a key.
         await open();
         await driver.pressBack();
         await until('it is gone', closed);
         equal(views().length, 1);",
    );
}

#[test]
fn a_menu_in_a_menu_lies_beside_it_and_goes_with_it() {
    drive_computer(
        "const { MenuLayer } = require('@concord:arkui/overlays/menu');
         const outer = function () {
           Column.create(); Column.id('outer'); Column.width(120); Column.height(100); Column.backgroundColor('#FF00FF00'); Column.pop();
         };
         ask(`click ${onScreen('plus')}`);
         await until('it is clicked', () => seen().includes('count: 1'));
         new MenuLayer({ window: main(), target: plus, content: outer, options: { placement: 3 } });
         await until('the first', () => ask(`pixel ${onScreen('outer')}`) === '[0, 255, 0]');
         new MenuLayer({ window: main(), target: nodes.findByKey('outer'), content: high, options: { placement: 10 } });
         await until('the second', () => ask(`pixel ${onScreen('end')}`) === RED);
         const [x, , width] = bounds('outer');
         equal(bounds('end')[0] >= x + width, true);
         ask(`click ${onScreen('end')}`);
         await until('a click', () => clicks === 1);
         ask('click 700 550');
         await until('both are gone', () => closed() && nodes.findByKey('outer') === 0);",
    );
}

#[test]
fn a_popup_leaves_its_window_when_the_app_says_so_and_points_at_its_target_from_where_it_is() {
    drive_computer(
        "// At the lower edge of the screen there is no room below.
         ask('tell move position 100 390');
         await until('its place', () => view('Counter').rect.y === 390);
         let shown = true;
         const show = { value: shown, changeEvent: (value) => { shown = value; } };
         bind('bindPopup', plus, [show, { builder: high, placement: 3, showInSubWindow: true, popupColor: '#FF0000FF' }]);
         await until('it is open', () => nodes.findByKey('end') !== 0);
         await until('it is above', () => bounds('end')[1] < bounds('plus')[1] && ask(`pixel ${onScreen('end')}`) === RED);
         const [x, y, width] = bounds('plus');
         // The arrow, between the popup and its target.
         const tip = `${Math.round(100 + x + width / 2)} ${Math.round(390 + y - 7)}`;
         const isBlue = ([red, , blue]) => red < 80 && blue > 150;
         await until('the arrow', () => isBlue(JSON.parse(ask(`pixel ${tip}`))));
         ask('click 700 50');
         await until('it is gone', closed);
         equal(shown, false);
         // The app may keep it: it comes back. Sway shows popups of the window that has the focus only.
         ask('tell [app_id=dev.concord.counter] focus');
         let asked = 0;
         bind('bindPopup', plus, [true, { builder: high, placement: 3, showInSubWindow: true,
           onWillDismiss: ({ dismiss }) => { asked += 1; if (asked === 2) { dismiss(); } } }]);
         await until('it is open', () => nodes.findByKey('end') !== 0 && ask(`pixel ${onScreen('end')}`) === RED);
         ask(`click ${onScreen('plus')}`);
         await until('the app was asked', () => asked === 1);
         equal([closed(), ask(`pixel ${onScreen('end')}`)], [false, RED]);",
    );
}

#[test]
fn a_dialog_leaves_its_window_when_the_app_says_so() {
    drive(
        &[("ui", "counter/entry.hap")],
        &format!(
            "{SMALL}
             ask('tell move position 100 150');
             await until('room', () => view('Counter').rect.y === 150);
             const dialog = new CustomDialogController({{ builder: high, customStyle: true, showInSubWindow: true }});
             dialog.open();
             await until('it is open', () => nodes.findByKey('end') !== 0 && ask(`pixel ${{onScreen('end')}}`) === RED);
             // In the middle of the window, and beyond both of its ends.
             const [, y, , height] = bounds('end');
             equal(y + height, 265);
             ask(`click ${{onScreen('end')}}`);
             await until('a click', () => clicks === 1);
             ask('click 110 160');
             await until('it is gone', closed);
             // Without the wish it stays inside.
             new CustomDialogController({{ builder: high, customStyle: true }}).open();
             await until('it is open', () => nodes.findByKey('end') !== 0 && ask('pixel 250 250') === BLUE);
             equal(ask('pixel 250 140') === BLUE || ask('pixel 250 360') === BLUE, false);"
        ),
    );
}
