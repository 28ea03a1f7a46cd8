//! UiTest, the inspector and gestures over pages of the gallery fixture, with the real tree.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

/// What the bodies of tests use: the app is started and shows `ButtonPage`.
const DRIVER: &str = r"
const { Driver, ON, On, MatchPattern, PointerMatrix, UiDriver, BY } = require('@ohos:UiTest');
const { delegator } = require('@concord:delegator');
await delegator.startAbility({ bundleName: 'dev.concord.gallery', abilityName: 'EntryAbility' });
const driver = Driver.create();
await driver.waitForComponent(ON.id('page_Index'), 3000);
const stage = require('@concord:abilities').records[0].ability.stage;
const open = async (page) => {
  await stage.loadContent(`pages/${page}`);
  await driver.waitForComponent(ON.id(`page_${page}`), 3000);
  await driver.waitForIdle(100, 2000);
};
const find = (id) => driver.findComponent(ON.id(id));
const textOf = async (id) => (await find(id)).getText();
const codeOf = async (work) => { try { await work(); return 'fine'; } catch (error) { return error.code; } };
await open('ButtonPage');
";

#[track_caller]
fn gives(body: &str, expected: &str) {
    let home = tempfile::tempdir().unwrap();
    let script = format!("{DRIVER}{body}");
    if let Some(text) = common::real_script_in("ui/gallery/entry.hap", home.path(), &script) {
        assert_eq!(text, expected, "{body}");
    }
}

#[test]
fn arguments_are_checked() {
    gives(
        "const codes = [];
         codes.push(await codeOf(() => ON.text(1)), await codeOf(() => ON.text('a', 9)), await codeOf(() => ON.originalText()));
         codes.push(await codeOf(() => driver.click(1)), await codeOf(() => driver.click(-1, 2)), await codeOf(() => driver.click({ x: 1 })));
         codes.push(await codeOf(() => driver.clickAt({ x: 1, y: 2, z: 3 })), await codeOf(() => driver.findComponent('b')));
         codes.push(await codeOf(() => PointerMatrix.create(11, 1)), await codeOf(() => PointerMatrix.create(1, 1001)));
         const matrix = PointerMatrix.create(1, 2);
         matrix.setPoint(0, 0, { x: 1, y: 1 });
         codes.push(await codeOf(() => matrix.setPoint(1, 0, { x: 1, y: 1 })), await codeOf(() => driver.injectMultiPointerAction(matrix)));
         codes.push(await codeOf(() => driver.longClickAt({ x: 1, y: 1 }, 100)), await codeOf(() => driver.findWindow({})));
         return codes.join(' ');",
        "401 401 17000007 401 401 401 17000007 401 401 401 401 401 17000007 401",
    );
}

#[test]
fn calls_that_are_not_waited_for_are_refused() {
    gives(
        "const first = driver.delayMs(100); const code = await codeOf(() => driver.delayMs(1)); await first;
         return `${code} ${await codeOf(() => driver.delayMs(1))}`;",
        "17000002 fine",
    );
}

#[test]
fn what_is_gone_is_lost() {
    gives(
        "const button = await find('b_click'); await open('GesturePage');
         return `${await codeOf(() => button.click())} ${await codeOf(() => driver.assertComponentExist(ON.id('b_click')))}`;",
        "17000004 17000003",
    );
}

#[test]
fn selectors_combine_and_do_not_change() {
    gives(
        "const id = async (on) => (await (await driver.findComponent(on))?.getId()) ?? 'none';
         const button = ON.type('Button');
         const made = [button.text('C', MatchPattern.REG_EXP_ICASE), button.isAfter(ON.id('clicks')), button.isBefore(ON.id('b_small')),
           ON.type('Text').within(ON.id('b_child')), button.inWindow('elsewhere'), button.enabled(false), ON.id('b_', MatchPattern.STARTS_WITH)];
         const found = [];
         for (const on of made) found.push(await id(on));
         return `${found.join(' ')} ${(await driver.findComponents(button)).length}`;",
        "b_circle b_off b_normal b_child_text none none b_normal 11",
    );
}

#[test]
fn older_names_still_work() {
    gives(
        "const old = UiDriver.create(); const button = await old.findComponent(BY.key('b_click'));
         await button.click(); await old.delayMs(100);
         return `${await button.getText()} ${await button.getKey()} ${typeof (await button.getId())} ${await textOf('clicks')}`;",
        "click b_click number 1",
    );
}

#[test]
fn clicks_come_from_fingers_mice_and_the_inspector() {
    gives(
        "const { x, y } = await (await find('b_click')).getBoundsCenter();
         await driver.mouseClick({ x, y }, 0); await driver.penClick({ x, y });
         sendEventByKey('b_click', 10, ''); await driver.delayMs(50);
         return `${await textOf('clicks')} ${sendEventByKey('nothing', 10, '')} ${getInspectorByKey('nothing') === ''}`;",
        "3 false true",
    );
}

#[test]
fn states_re_run_their_styles() {
    // The label of the page does not depend on states; the nodes tell of them.
    gives(
        "const input = require('@concord:arkui/input'); const nodes = require('@concord:arkui/nodes');
         const node = nodes.findByKey('b_click'); const { x, y } = await (await find('b_click')).getBoundsCenter();
         const seen = [input.state(node)];
         input.touch(0, 0, x, y); seen.push(input.state(node)); input.touch(1, 0, x, y); seen.push(input.state(node));
         await (await find('b_toggle')).click(); await driver.delayMs(50);
         seen.push(input.state(nodes.findByKey('b_off')));
         return seen.join(' ');",
        "0 1 0 4",
    );
}

#[test]
fn the_uitest_command_acts_and_dumps() {
    gives(
        "const tool = require('@concord:tools/uitest');
         const run = (...words) => new Promise((resolve) => { tool.run(words, (text, code) => resolve(`${code} ${text.split('\\n')[0]}`)); });
         const { x, y } = await (await find('b_click')).getBoundsCenter();
         const seen = [await run('uiInput', 'click', String(x), String(y)), await run('uiInput', 'click', 'left'), await run('--version')];
         seen.push(await run('dumpLayout', '-p', '/data/storage/el2/base/cache/layout.json'));
         return `${seen.join('; ')}; ${await textOf('clicks')}`;",
        "0 No Error; 1 The arguments must be whole numbers that are not negative.; 0 6.0.2.1; 0 DumpLayout saved to:/data/storage/el2/base/cache/layout.json; 1",
    );
}

#[test]
fn the_inspector_filters_and_cuts() {
    gives(
        "const ui = stage.getMainWindowSync().getUIContext();
         const tree = JSON.parse(ui.getFilteredInspectorTreeById('b_child_row', 1, ['id']));
         const rect = ui.getComponentUtils().getRectangleById('b_click');
         return JSON.stringify([tree.$attrs, tree.$children === undefined, rect.size, await codeOf(() => ui.getFilteredInspectorTree(['nonsense'])),
           await codeOf(() => ui.getComponentUtils().getRectangleById('nothing')), getInspectorTree().$type]);",
        r#"[{"id":"b_child_row"},true,{"width":300,"height":120},401,100001,"root"]"#,
    );
}
