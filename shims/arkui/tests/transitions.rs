//! What pages, destinations and dialogs look like while they come and go, on the virtual clock.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

/// The app shows `BlankPage`. `at(ms)` waits; `bounds(id)` is where a node is seen.
const APP: &str = r"
const { Driver, ON } = require('@ohos:UiTest');
const { delegator } = require('@concord:delegator');
await delegator.startAbility({ bundleName: 'dev.concord.gallery', abilityName: 'EntryAbility' });
const driver = Driver.create();
await driver.waitForComponent(ON.id('page_Index'), 3000);
const nodes = require('@concord:arkui/nodes');
const { stage } = require('@concord:abilities').records[0].ability;
await stage.loadContent('pages/BlankPage');
const ui = stage.getMainWindowSync().getUIContext();
const at = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
await at(100);
const seen = [];
const parts = [];
class Fresh extends ViewPU {
  initialRender() {
    this.observeComponentCreation2(() => { Column.create(); Column.id('fresh'); Column.width('100%'); Column.height('100%'); }, Column);
    Column.pop();
  }
  rerender() { this.updateDirtyElements(); }
}
class Sliding extends Fresh {
  pageTransition() {
    PageTransition.create();
    this.observeComponentCreation2(() => {
      PageTransitionEnter.create({ type: RouteType.Push, duration: 1000 });
      PageTransitionEnter.slide(SlideEffect.Bottom);
      PageTransitionEnter.onEnter((type, part) => parts.push(part));
    }, null);
    this.observeComponentCreation2(() => { PageTransitionExit.create({ duration: 0 }); }, null);
    PageTransition.pop();
  }
}
for (const [name, Page] of [['fresh', Fresh], ['sliding', Sliding]]) {
  registerNamedRoute(() => new Page(undefined, {}), name, { bundleName: 'dev.concord.gallery', moduleName: 'entry',
    pagePath: `pages/${name}`, pageFullPath: `entry/src/main/ets/pages/${name}`, integratedHsp: 'false' });
}
const bounds = async (id) => (await driver.findComponent(ON.id(id)))?.getBounds();
";

#[track_caller]
fn gives(body: &str, expected: &str) {
    let home = tempfile::tempdir().unwrap();
    let script = format!("{APP}{body}");
    if let Some(text) = common::real_script_in("ui/gallery/entry.hap", home.path(), &script) {
        assert_eq!(text, expected, "{body}");
    }
}

#[test]
fn a_page_slides_over_the_one_below() {
    gives(
        "await ui.getRouter().pushNamedRoute({ name: 'fresh' });
         await at(100);
         const half = await bounds('fresh');
         seen.push(half.left > 0 && half.left < 1080, nodes.isShown(nodes.findByKey('page_BlankPage')));
         await at(1000);
         seen.push((await bounds('fresh')).left, nodes.isShown(nodes.findByKey('page_BlankPage')));
         ui.getRouter().back(); await at(100);
         seen.push(nodes.findByKey('fresh') !== 0); await at(1000); seen.push(nodes.findByKey('fresh') === 0);
         return String(seen);",
        "true,true,0,false,true,true",
    );
}

#[test]
fn a_page_says_how_it_comes() {
    gives(
        "await ui.getRouter().pushNamedRoute({ name: 'sliding' });
         await at(400);
         const half = await bounds('fresh');
         seen.push(half.left, half.top > 300 && half.top < 2000);
         await at(2000);
         seen.push((await bounds('fresh')).top, parts.at(0), parts.at(-1), parts.length > 10, parts.every((part, index) => index === 0 || part >= parts[index - 1]));
         return String(seen);",
        "0,true,0,0,1,true,true",
    );
}

#[test]
fn a_dialog_fades_in_and_out() {
    gives(
        "const start = Date.now();
         const since = (name) => () => seen.push(`${name} ${Date.now() - start > 200 ? 'later' : 'at once'}`);
         ui.showAlertDialog({ message: 'here', confirm: { value: 'OK', action() {} }, onWillAppear: since('will appear'),
           onDidAppear: since('did appear'), onDidDisappear: since('did disappear') });
         await at(600);
         await driver.pressBack(); await at(50);
         seen.push((await driver.findComponent(ON.text('here'))) !== null); await at(600);
         seen.push((await driver.findComponent(ON.text('here'))) !== null);
         return seen.join();",
        "will appear at once,did appear later,true,did disappear later,false",
    );
}

#[test]
fn matrices_of_apps_move_what_is_drawn() {
    gives(
        "const matrix4 = require('@ohos:matrix4');
         const moved = matrix4.identity().scale({ x: 2, y: 2 }).translate({ x: 10, y: 20 });
         seen.push(moved.transformPoint([5, 5]));
         const turned = matrix4.identity().rotate({ z: 1, angle: 90 });
         seen.push(turned.transformPoint([1, 0]).map(Math.round), turned.copy().combine(turned).transformPoint([1, 0]).map(Math.round));
         seen.push(moved.copy().invert().transformPoint([20, 30]));
         const points = (...all) => all.map(([x, y]) => ({ x, y }));
         const poly = matrix4.identity().setPolyToPoly({ pointCount: 4, src: points([0, 0], [1, 0], [1, 1], [0, 1]),
           dst: points([0, 0], [2, 0], [2, 3], [0, 3]) });
         seen.push(poly.transformPoint([0.5, 0.5]));
         return seen.join(';');",
        "20,30;0,1;-1,0;5,5;1,1.5",
    );
}
