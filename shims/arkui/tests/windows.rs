//! What lies above pages, and what apps ask of windows and their contexts, with the real tree.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

/// What the bodies of tests use: the app is started and shows `BlankPage`.
const DRIVER: &str = r"
const { Driver, ON } = require('@ohos:UiTest');
const { delegator } = require('@concord:delegator');
await delegator.startAbility({ bundleName: 'dev.concord.gallery', abilityName: 'EntryAbility' });
const driver = Driver.create();
await driver.waitForComponent(ON.id('page_Index'), 3000);
const { ability } = require('@concord:abilities').records[0];
const { stage } = ability;
await stage.loadContent('pages/BlankPage');
const main = stage.getMainWindowSync();
const ui = main.getUIContext();
const prompt = ui.getPromptAction();
const rest = (ms = 1000) => new Promise((resolve) => setTimeout(resolve, ms));
await rest();
const shows = async (text) => (await driver.findComponent(ON.text(text))) !== null;
const codeOf = async (work) => { try { await work(); return 'fine'; } catch (error) { return error.code; } };
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

#[test]
fn back_presses_reach_the_latest_dialog_first() {
    gives(
        "for (const name of ['one', 'two']) {
           ui.showAlertDialog({ title: name, message: name, confirm: { value: 'OK', action() {} }, cancel: () => seen.push(name) });
         }
         await rest();
         await driver.pressBack(); await rest(); await driver.pressBack(); await rest();
         return `${seen} ${await shows('OK')}`;",
        "two,one false",
    );
}

#[test]
fn an_app_may_keep_its_dialog() {
    gives(
        "let action;
         ui.showAlertDialog({ message: 'stay', confirm: { value: 'OK', action() {} },
           onWillDismiss: (dismissal) => { action = dismissal; } });
         await rest(); await driver.pressBack(); await rest();
         seen.push(await shows('stay'), action.reason);
         action.dismiss(); await rest();
         seen.push(await shows('stay'));
         return String(seen);",
        "true,0,false",
    );
}

#[test]
fn toasts_go_by_themselves_and_one_after_the_other() {
    gives(
        "prompt.showToast({ message: 'first' }); prompt.showToast({ message: 'second', duration: 3000 }); await rest();
         seen.push(await shows('first'), await shows('second'));
         await rest(2000); seen.push(await shows('second'));
         await rest(1100); seen.push(await shows('second'));
         const id = await prompt.openToast({ message: 'third' }); await rest();
         prompt.closeToast(id); await rest(); seen.push(await shows('third'));
         seen.push(await codeOf(() => prompt.closeToast(id)), await codeOf(() => prompt.showToast({})));
         return String(seen);",
        "false,true,true,false,false,103401,401",
    );
}

#[test]
fn contents_of_dialogs_are_checked_and_given_back() {
    gives(
        "const { ComponentContent } = require('@ohos:arkui.node');
         const builder = new WrappedBuilder(function () {
           this.observeComponentCreation2(() => Text.create('mine'), Text);
         });
         const content = new ComponentContent(ui, builder);
         const life = { onWillAppear: () => seen.push('will'), onDidAppear: () => seen.push('did'),
           onWillDisappear: () => seen.push('going'), onDidDisappear: () => seen.push('gone') };
         seen.push(await codeOf(() => prompt.openCustomDialog({})), await codeOf(() => prompt.closeCustomDialog(content)));
         await prompt.openCustomDialog(content, life); await rest();
         seen.push(await shows('mine'), await codeOf(() => prompt.openCustomDialog(content)));
         await prompt.closeCustomDialog(content); await rest();
         seen.push(await shows('mine'));
         await prompt.openCustomDialog(content); await rest();
         seen.push(await shows('mine'));
         return String(seen);",
        "103301,103303,will,did,true,103302,going,gone,false,true",
    );
}

#[test]
fn overlays_lie_above_pages_that_come_later() {
    gives(
        "const { ComponentContent } = require('@ohos:arkui.node');
         const content = new ComponentContent(ui, new WrappedBuilder(function () {
           this.observeComponentCreation2(() => { Button.createWithLabel('above'); Button.onClick(() => seen.push('pressed')); }, Button);
           Button.pop();
         }));
         const overlays = ui.getOverlayManager();
         overlays.addComponentContent(content);
         await ui.getRouter().pushUrl({ url: 'pages/ButtonPage' }); await rest();
         await (await driver.findComponent(ON.text('above'))).click(); await rest();
         overlays.hideComponentContent(content); await rest(); seen.push(await shows('above'));
         overlays.showAllComponentContents(); await rest(); seen.push(await shows('above'));
         overlays.removeComponentContent(content); await rest(); seen.push(await shows('above'));
         return String(seen);",
        "pressed,false,true,false",
    );
}

#[test]
fn other_windows_have_a_place_on_the_screen() {
    gives(
        "const other = await stage.createSubWindow('other');
         await other.moveWindowTo(90, 300); await other.resize(600, 900);
         await other.loadContent('pages/ButtonPage');
         seen.push(await shows('b_capsule') || (await driver.findComponent(ON.id('page_ButtonPage'))) !== null);
         await other.showWindow(); await rest();
         const { left, top } = await (await driver.findComponent(ON.id('page_ButtonPage'))).getBounds();
         const { windowOffset, screenOffset } = other.getUIContext().getComponentUtils().getRectangleById('page_ButtonPage');
         const picture = await other.snapshot();
         const { size } = picture.getImageInfoSync();
         seen.push(left, top, windowOffset.x, screenOffset.y, size.width, size.height);
         await other.destroyWindow(); await rest();
         seen.push((await driver.findComponent(ON.id('page_ButtonPage'))) !== null, other.isWindowShowing === undefined);
         return String(seen);",
        "false,90,300,0,300,600,900,false,false",
    );
}

#[test]
fn windows_follow_the_orientation() {
    gives(
        "const listener = ui.getMediaQuery().matchMediaSync('(orientation: landscape)');
         listener.on('change', ({ matches }) => seen.push(`query ${matches}`));
         main.on('windowSizeChange', ({ width, height }) => seen.push(`size ${width}x${height}`));
         const display = require('@ohos:display');
         display.on('change', (id) => seen.push(`display ${id}`));
         await main.setPreferredOrientation(2); await rest();
         seen.push(display.getDefaultDisplaySync().width, display.getDefaultDisplaySync().rotation, ui.getWindowWidthBreakpoint());
         const { size } = ui.getComponentUtils().getRectangleById('page_BlankPage');
         seen.push(size.width, ability.context.config.direction);
         await main.setPreferredOrientation(1); await rest();
         return seen.join(' ');",
        "size 2340x1080 display 0 query true 2340 1 2 2340 1 size 1080x2340 display 0 query false",
    );
}

#[test]
fn dark_mode_reaches_resources_that_are_shown() {
    gives(
        "await stage.loadContent('pages/ResourcePage'); await rest();
         const color = () => JSON.parse(getInspectorByKey('themed')).$attrs.backgroundColor;
         seen.push(color());
         ability.context.getApplicationContext().setColorMode(0); await rest();
         seen.push(color());
         return seen.join(' ');",
        "#FFFFFFFF #FF000000",
    );
}

#[test]
fn contexts_know_their_window() {
    gives(
        "const { UIContext } = require('@ohos:arkui.UIContext');
         const pages = [];
         ui.getUIObserver().on('routerPageUpdate', ({ name, state }) => pages.push(`${name}${state}`));
         await ui.getRouter().pushUrl({ url: 'pages/ButtonPage' }); await rest();
         let frames = 0;
         ui.postFrameCallback({ onFrame() { frames += 1; } }); await rest();
         seen.push(ui === main.getUIContext(), ui instanceof UIContext, ui.isAvailable(), ui.runScopedTask(() => 7), frames);
         seen.push(ui.getWindowWidthBreakpoint(), ui.getWindowHeightBreakpoint(), UIContext.getAllUIContexts().length);
         seen.push(ui.getPromptAction() === ui.getPromptAction(), pages.join('/'));
         return String(seen);",
        "true,true,true,7,1,1,2,1,true,ButtonPage0/BlankPage3/ButtonPage2",
    );
}
