//! Controls as pages use them, with the real tree: what apps build in their place.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

/// What the bodies of tests use: `show(build)` builds below a blank page, `text(id)` and `rect(id)` (in vp) look at it.
const DRIVER: &str = r"
const { Driver, ON } = require('@ohos:UiTest');
const { delegator } = require('@concord:delegator');
await delegator.startAbility({ bundleName: 'dev.concord.gallery', abilityName: 'EntryAbility' });
const driver = Driver.create();
await driver.waitForComponent(ON.id('page_Index'), 3000);
const { stage } = require('@concord:abilities').records[0].ability;
await stage.loadContent('pages/BlankPage');
const rest = (ms = 1000) => new Promise((resolve) => setTimeout(resolve, ms));
await rest();
const nodes = require('@concord:arkui/nodes');
const { BuilderRoot } = require('@concord:arkui/views/builder-root');
const blank = (await driver.findComponent(ON.id('page_BlankPage')));
const page = nodes.findByKey('page_BlankPage');
const show = async (build) => { new BuilderRoot(build).build(undefined, page); await rest(); };
// An element, as compiled builders make one.
const element = (owner, Class, make) => {
  owner.observeComponentCreation2((elmtId, first, params) => make(params), Class);
};
const text = async (id) => (await (await driver.findComponent(ON.id(id)))?.getText()) ?? 'gone';
const click = async (id) => { await (await driver.findComponent(ON.id(id))).click(); await rest(); };
const rect = (id) => nodes.frame(nodes.findByKey(id)).slice(2).map((px) => px / 3).join('x');
const seen = [];
";

#[track_caller]
fn gives(body: &str, expected: &str) {
    let home = tempfile::tempdir().unwrap();
    let script = format!("{DRIVER}{body}");
    if let Some(text) = common::real_script_in("ui/gallery/entry.hap", home.path(), &script) {
        assert_eq!(text, expected, "{body}");
    }
}

/// A modifier whose builder shows a text of `line(configuration)`, which calls `press(configuration)` when it is clicked.
const MODIFIER: &str = r"
const { wrapBuilder } = require('@concord:arkui/views/builders');
const modifier = (line, press) => {
  const builder = wrapBuilder(function (config) {
    const __config__ = config;
    this.observeComponentCreation2((elmtId, first, config = __config__) => {
      Text.create(line(config)); Text.id('inner'); Text.width(120); Text.height(30); Text.onClick(() => press?.(config));
    }, Text);
    Text.pop();
  });
  return { applyContent: () => builder };
};
";

#[test]
fn a_slider_shows_what_the_app_builds_and_follows_its_value() {
    gives(
        &format!(
            "{MODIFIER}
         const own = modifier((c) => `${{c.value}} of ${{c.max}} ${{c.enabled}}`, (c) => {{
           seen.push(c.contentModifier === own); c.triggerChange(c.value + 10, 1); }});
         await show(function () {{ element(this, Slider, () => {{
           Slider.create({{ value: 20, max: 50 }}); Slider.id('slider'); Slider.contentModifier(own);
           Slider.onChange((value, mode) => seen.push(`${{value}}/${{mode}}`)); }}); }});
         seen.push(await text('inner'), rect('slider'));
         await click('inner'); seen.push(await text('inner'));
         return seen.join(' ');"
        ),
        "20 of 50 true 120x30 true 30/1 30 of 50 true",
    );
}

#[test]
fn a_button_is_clicked_by_what_is_in_it() {
    gives(
        &format!(
            "{MODIFIER}
         const own = modifier((c) => `${{c.label}} ${{c.pressed}}`, (c) => c.triggerClick(10, 5));
         await show(function () {{ element(this, Button, () => {{
           Button.createWithLabel('Go'); Button.contentModifier(own);
           Button.onClick((event) => seen.push(event.x, event.y)); }}); }});
         seen.push(await text('inner')); await click('inner');
         return seen.join(' ');"
        ),
        "Go false 10 5",
    );
}

#[test]
fn options_of_a_select_are_built_while_its_menu_is_open() {
    gives(
        &format!(
            "{MODIFIER}
         const own = modifier((c) => `${{c.index}} ${{c.value}} ${{c.selected}}`, (c) => c.triggerSelect(c.index, c.value));
         await show(function () {{ element(this, Select, () => {{
           Select.create([{{ value: 'a' }}, {{ value: 'b' }}]); Select.id('select'); Select.selected(0);
           Select.menuItemContentModifier(own);
           Select.onSelect((index, value) => seen.push(`${{index}}=${{value}}`)); }}); }});
         await click('select');
         const inner = await driver.findComponents(ON.id('inner'));
         for (const one of inner) seen.push(await one.getText());
         await inner[1].click(); await rest();
         seen.push(await text('select'), (await driver.findComponents(ON.id('inner')))?.length ?? 0);
         return seen.join(',');"
        ),
        "0 a true,1 b false,1=b,b,0",
    );
}

/// The node of a component below the window, by its name, in the tree of the inspector.
const FIND: &str = r"
const window = require('@concord:arkui/windows').windows;
const all = (node, type) => [...(nodes.type(node) === type ? [node] : []), ...nodes.children(node).flatMap((child) => all(child, type))];
const byType = (type) => all([...window][0].internal.root(), type);
const press = async (words) => { await (await driver.findComponent(ON.text(words))).click(); await rest(); };
";

#[test]
fn a_date_is_picked_in_a_dialog() {
    gives(
        &format!(
            "{FIND}
         const note = (name) => (value) => seen.push(`${{name}} ${{value instanceof Date ? value.toDateString() : JSON.stringify(value)}}`);
         DatePickerDialog.show({{ selected: new Date(2024, 1, 10, 9, 30), start: new Date(2000, 0, 1), lunar: true, lunarSwitch: true,
           onAccept: note('accept'), onDateAccept: note('date'), onCancel: () => seen.push('cancel') }});
         await rest();
         const [picker] = byType('DatePicker');
         seen.push(JSON.parse(nodes.inspect(picker)).$attrs.columns);
         await press('OK');
         DatePickerDialog.show({{ onCancel: () => seen.push('cancel') }}); await rest(); await press('Cancel');
         seen.push(byType('DatePicker').length);
         return seen.join(';');"
        ),
        "正月 初一 2024;accept {\"year\":2024,\"month\":1,\"day\":10};date Sat Feb 10 2024;cancel;0",
    );
}

#[test]
fn texts_and_times_are_picked_in_dialogs() {
    gives(
        &format!(
            "{FIND}
         const note = (name) => (value) => seen.push(`${{name}} ${{JSON.stringify(value)}}`);
         TextPickerDialog.show({{ range: [['a', 'b'], ['c', 'd']], selected: [1, 0], onAccept: note('text') }});
         await rest(); await press('OK');
         TimePickerDialog.show({{ selected: new Date(2024, 1, 10, 13, 5), useMilitaryTime: true, onAccept: note('time') }});
         await rest(); await press('OK');
         return seen.join(';');"
        ),
        "text {\"value\":[\"b\",\"c\"],\"index\":[1,0]};time {\"hour\":13,\"minute\":5,\"second\":0}",
    );
}

#[test]
fn a_calendar_opens_beside_its_picker_and_in_a_dialog() {
    gives(
        &format!(
            "{FIND}
         await show(function () {{ element(this, CalendarPicker, () => {{
           CalendarPicker.create({{ selected: new Date(2024, 1, 28), end: new Date(2024, 2, 5) }}); CalendarPicker.id('picker');
           CalendarPicker.edgeAlign(CalendarAlign.START);
           CalendarPicker.onChange((date) => seen.push(date.toDateString())); }}); }});
         seen.push(await text('picker'));
         const [x, y, width, height] = nodes.frame(nodes.findByKey('picker'));
         await driver.click(Math.round(x + width - 20), Math.round(y + 10)); await rest();
         await driver.click(Math.round(x + 20), Math.round(y + height / 2)); await rest();
         const month = () => JSON.parse(nodes.inspect(byType('CalendarMonth')[0])).$attrs;
         await press('›');
         seen.push(month().selected, month().shown, nodes.frame(byType('CalendarMonth')[0])[1] > y + height);
         // March 2024 begins with a Friday.
         const [left, top, wide, high] = nodes.frame(byType('CalendarMonth')[0]);
         await driver.click(Math.round(left + wide * 5.5 / 7), Math.round(top + high * 1.5 / 7)); await rest();
         await press('OK');
         seen.push(await text('picker'), byType('CalendarMonth').length);
         CalendarPickerDialog.show({{ selected: new Date(2024, 1, 28), onAccept: (date) => seen.push(`accept ${{date.toDateString()}}`) }});
         await rest(); await press('OK');
         return seen.join(';');"
        ),
        "2024/02/28;Thu Feb 29 2024;2024/02/29;2024/03/01;true;Fri Mar 01 2024;2024/03/01;0;accept Wed Feb 28 2024",
    );
}

#[test]
fn menus_of_items_open_in_the_middle_of_their_own() {
    gives(
        &format!(
            "{FIND}
         const line = (owner, options, more) => element(owner, MenuItem, () => {{ MenuItem.create(options); more?.(); }});
         await show(function () {{
           this.observeComponentCreation2(() => {{ Menu.create(); Menu.subMenuExpandingMode(SubMenuExpandingMode.EMBEDDED_EXPAND); }}, Menu);
           line(this, {{ content: 'more' }}, () => MenuItem.subMenuBuilder(() => {{ MenuItem.create({{ content: 'inner' }}); MenuItem.pop(); }}));
           MenuItem.pop();
           line(this, {{ content: 'last' }});
           MenuItem.pop();
           Menu.pop(); }});
         const order = () => byType('Text').map((node) => JSON.parse(nodes.inspect(node)).$attrs.content)
           .filter((words) => ['more', 'inner', 'last'].includes(words)).join();
         seen.push(order());
         await press('more'); seen.push(order());
         await press('more'); seen.push(order());
         return seen.join(';');"
        ),
        "more,last;more,inner,last;more,last",
    );
}

#[test]
fn the_platforms_buttons_tell_what_pressing_them_allows() {
    gives(
        "await show(function () { element(this, SaveButton, () => {
           SaveButton.create({ text: SaveDescription.SAVE }); SaveButton.id('save'); SaveButton.setText('Keep it');
           SaveButton.onClick((event, result, error) => seen.push(result, error.code)); }); });
         seen.push(await text('save')); await click('save');
         return seen.join(' ');",
        "Keep it 0 0",
    );
}

#[test]
fn a_back_press_closes_the_menu_of_a_select() {
    gives(
        &format!(
            "{FIND}
         await show(function () {{ element(this, Select, () => {{ Select.create([{{ value: 'a' }}]); Select.id('select'); }}); }});
         await click('select'); seen.push(byType('SelectMenu').length);
         await driver.pressBack(); await rest(); seen.push(byType('SelectMenu').length, byType('Select').length);
         return seen.join(' ');"
        ),
        "1 0 1",
    );
}
