//! What a person does to nodes of a page: menus, tips, drags, and what tests hear of it; with the real tree and UiTest.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

/// What the bodies of tests use: an empty page with a box of 100 vp, `target`, in its middle.
const PAGE: &str = r"
const { Driver, ON, MouseButton } = require('@ohos:UiTest');
const { delegator } = require('@concord:delegator');
const { typeNode } = require('@ohos:arkui.node');
const { nodeOf } = require('@concord:arkui/frame-node');
const nodes = require('@concord:arkui/nodes');
await delegator.startAbility({ bundleName: 'dev.concord.gallery', abilityName: 'EntryAbility' });
const driver = Driver.create();
await driver.waitForComponent(ON.id('page_Index'), 3000);
const { stage } = require('@concord:abilities').records[0].ability;
await stage.loadContent('pages/BlankPage');
const ui = stage.getMainWindowSync().getUIContext();
const rest = (ms = 50) => new Promise((resolve) => setTimeout(resolve, ms));
const shows = async (text) => (await driver.findComponent(ON.text(text))) !== null;
const seen = [];
await rest();
const add = (id, x = 100, y = 300) => {
  const box = typeNode.createNode(ui, 'Column');
  box.initialize().id(id).width(100).height(100).position({ x, y }).backgroundColor('#ff0000');
  nodes.append(nodeOf(ui.getPageRootNode()), nodeOf(box));
  return box;
};
const target = add('target');
await rest();
const center = async (id) => (await driver.findComponent(ON.id(id))).getBoundsCenter();
const menu = (text) => function () { globalThis.Text.create(text); };
";

#[track_caller]
fn gives(body: &str, expected: &str) {
    let home = tempfile::tempdir().unwrap();
    let script = format!("{PAGE}{body}");
    if let Some(text) = common::real_script_in("ui/gallery/entry.hap", home.path(), &script) {
        assert_eq!(text, expected, "{body}");
    }
}

#[test]
fn the_right_button_opens_a_menu_and_the_app_hears_of_it_too() {
    gives(
        "target.attribute.onMouse((event) => seen.push(event.button)).bindContextMenu(menu('in the menu'), 0);
         await driver.mouseClick(await center('target'), MouseButton.MOUSE_BUTTON_RIGHT);
         await rest();
         return `${seen.includes(2)} ${await shows('in the menu')}`;",
        "true true",
    );
}

#[test]
fn a_long_press_shows_the_component_beside_its_menu() {
    gives(
        "target.attribute.bindContextMenu(menu('below'), 1, { preview: 1, onAppear: () => seen.push('appeared') });
         const pictures = async () => ((await driver.findComponents(ON.type('Image'))) ?? []).length;
         seen.push(await pictures());
         await driver.longClickAt(await center('target'), 1500);
         await rest();
         const [image] = await driver.findComponents(ON.type('Image'));
         const { left, right } = await image.getBounds();
         seen.push(await pictures(), right - left, await shows('below'));
         return String(seen);",
        // 100 vp are 300 px, shown 1.1 times as large.
        "0,appeared,1,330,true",
    );
}

#[test]
fn a_builder_is_told_how_its_menu_was_opened() {
    gives(
        "target.attribute.bindContextMenuWithResponse(function (response) { globalThis.Text.create(`by ${response}`); }, {});
         await driver.mouseClick(await center('target'), MouseButton.MOUSE_BUTTON_RIGHT);
         await rest();
         return String(await shows('by 0'));",
        "true",
    );
}

#[test]
fn tips_come_while_the_mouse_rests() {
    gives(
        "target.attribute.bindTips('a tip').onHover(() => seen.push('hover'));
         await driver.mouseMoveTo(await center('target'));
         await rest(500); seen.push(await shows('a tip'));
         await rest(400); seen.push(await shows('a tip'));
         await driver.mouseMoveTo({ x: 5, y: 5 });
         await rest(600); seen.push(await shows('a tip'));
         return String(seen);",
        "hover,false,true,hover,false",
    );
}

#[test]
fn a_test_drags_one_component_to_another() {
    gives(
        "const goal = add('goal', 200, 100);
         const records = [];
         target.attribute.draggable(true).onDragStart((event) => { event.setData({ getRecords: () => records }); return { extraInfo: 'x' }; })
           .onPreDrag((status) => seen.push(status));
         goal.attribute.onDrop((event, extra) => { seen.push(JSON.parse(extra).customDragInfo, event.getData().getRecords() === records,
           event.getPreviewRect().width > 0); });
         await (await driver.findComponent(ON.id('target'))).dragTo(await driver.findComponent(ON.id('goal')));
         await rest();
         return String(seen);",
        "0,1,2,3,x,true,true,4,5",
    );
}

#[test]
fn a_target_springs_open_when_something_rests_above_it() {
    gives(
        "const input = require('@concord:arkui/input');
         const goal = add('goal', 200, 100);
         target.attribute.draggable(true).onDragStart((event) => event.setData({ getRecords: () => [] }));
         goal.attribute.onDragSpringLoading((context) => seen.push(context.state), { updateNotifyCount: 1 });
         const from = await center('target'); const to = await center('goal');
         input.touch(0, 0, from.x, from.y); await rest(600);
         input.touch(2, 0, from.x + 60, from.y); input.touch(2, 0, to.x, to.y);
         await rest(450); seen.push('waits');
         await rest(500);
         input.touch(1, 0, to.x, to.y);
         return String(seen);",
        // BEGIN, UPDATE, END
        "waits,0,1,2",
    );
}

#[test]
fn the_app_starts_a_drag_itself() {
    gives(
        "const input = require('@concord:arkui/input');
         const { executeDrag } = require('@ohos:arkui.dragController');
         const goal = add('goal', 200, 100);
         goal.attribute.onDrop((event) => { event.setResult(0); seen.push('drop'); });
         const from = await center('target'); const to = await center('goal');
         let refused = 0;
         await executeDrag(menu('dragged'), { pointerId: 0, data: {} }).catch(({ code }) => { refused = code; });
         input.touch(0, 0, from.x, from.y);
         const ended = executeDrag(menu('dragged'), { pointerId: 0, data: { getRecords: () => [] }, extraParams: 'more' });
         await rest();
         input.touch(2, 0, to.x, to.y); input.touch(1, 0, to.x, to.y);
         const { event, extraParams } = await ended;
         return [refused, ...seen, event.getResult(), extraParams].join();",
        "100001,drop,0,more",
    );
}

#[test]
fn tests_hear_of_events_of_components() {
    gives(
        "target.attribute.onClick(() => seen.push('click'));
         const observer = driver.createUIEventObserver();
         observer.once('componentEventOccur', 1, { on: ON.id('target') }, ({ componentId, componentEventType }) =>
           seen.push(`${componentId} ${componentEventType}`));
         for (let round = 0; round < 2; round++) { await (await driver.findComponent(ON.id('target'))).click(); await rest(); }
         return String(seen);",
        "click,target 1,click",
    );
}
