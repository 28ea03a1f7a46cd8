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
const rest = (ms = 50) => new Promise((resolve) => setTimeout(resolve, ms));
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
