//! Texts, fields and editors as pages use them, with the real tree: selecting, menus, styled strings, keyboards.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

/// What the bodies of tests use; see `controls.rs`.
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
const page = nodes.findByKey('page_BlankPage');
const show = async (...makes) => {
  new BuilderRoot(function () {
    for (const [Class, make] of makes) {
      this.observeComponentCreation2((elmtId, first) => make(), Class);
    }
  }).build(undefined, page);
  await rest();
};
const find = async (on) => await driver.findComponent(on);
const texts = async (...words) => {
  const found = [];
  for (const word of words) {
    if (await find(ON.text(word))) found.push(word);
  }
  return found.join('+') || 'nothing';
};
const press = async (word) => { await (await find(ON.text(word))).click(); await rest(); };
const hold = async (id) => { await (await find(ON.id(id))).longClick(); await rest(); };
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
fn a_held_text_is_selected_and_copied_by_its_menu() {
    gives(
        "await show([Text, () => { Text.create('word'); Text.id('text'); Text.fontSize(30); Text.copyOption(2);
           Text.onCopy((value) => seen.push(`copied ${value}`));
           Text.onTextSelectionChange((start, end) => seen.push(`${start}-${end}`)); }]);
         await hold('text');
         seen.push(await texts('Cut', 'Copy', 'Paste', 'Select all'));
         await press('Copy');
         seen.push(await texts('Copy'), require('@concord:clipboard').text);
         return seen.join(' ');",
        "0-4 Copy copied word nothing word",
    );
}

#[test]
fn apps_change_the_menu() {
    gives(
        "const menu = { onCreateMenu: (items) => [...items.filter((item) => !item.id.equals(TextMenuItemId.CUT)),
             { content: 'Shout', id: TextMenuItemId.of('shout') }],
           onMenuItemClick: (item, range) => { seen.push(`${item.content} ${range.start}-${range.end}`);
             return item.id.equals(TextMenuItemId.COPY); } };
         await show([TextInput, () => { TextInput.create({ text: 'typed word' }); TextInput.id('field'); TextInput.width('100%');
           TextInput.editMenuOptions(menu); TextInput.onCopy(() => seen.push('copied')); }]);
         await hold('field');
         await press('Select all');
         seen.push(await texts('Cut', 'Copy', 'Shout'));
         await press('Copy');
         seen.push(await texts('Shout'));
         return seen.join('; ');",
        "Select all 6-10; Copy+Shout; Copy 0-10; nothing",
    );
}

#[test]
fn an_editor_holds_texts_components_and_styled_strings() {
    gives(
        "const controller = new RichEditorController();
         await show([RichEditor, () => { RichEditor.create({ controller }); RichEditor.id('editor'); }]);
         seen.push(controller.addTextSpan('before ', { style: { fontSize: 20 } }));
         seen.push(controller.addBuilderSpan(() => { Text.create('inner'); Text.id('inner'); Text.pop(); }));
         seen.push(controller.addTextSpan('after'));
         await rest();
         const x = (id) => nodes.frame(nodes.findByKey(id))[0];
         seen.push(x('inner') > x('editor'), controller.getSpans().length);
         const string = controller.toStyledString({ start: 0, end: 6 });
         seen.push(string.getString(), string.getStyles(0, 6, StyledStringKey.FONT)[0].styledValue.fontSize);
         controller.deleteSpans({ start: 7, end: 8 });
         await rest();
         seen.push(nodes.findByKey('inner') === 0, controller.getSpans().map(({ value }) => value).join('|'));
         return seen.join(' ');",
        "0 1 2 true 3 before 20 true before |after",
    );
}

#[test]
fn styled_strings_go_into_editors_and_come_back() {
    gives(
        "const controller = new RichEditorStyledStringController();
         const string = new MutableStyledString('one two', [{ start: 4, length: 3, styledKey: StyledStringKey.FONT,
           styledValue: new TextStyle({ fontColor: '#ff0000' }) }]);
         controller.setStyledString(string);
         controller.onContentChanged({ onWillChange: (change) => { seen.push(change.replacementString.getString());
           return change.replacementString.getString() !== 'x'; }, onDidChange: (before, after) => seen.push(`${after.start}-${after.end}`) });
         await show([RichEditor, () => { RichEditor.create({ controller }); RichEditor.id('editor'); RichEditor.width('100%'); }]);
         const styles = (value) => value.getStyles(0, value.length).map(({ start, length }) => `${start}+${length}`).join();
         seen.push(controller.getStyledString().getString(), styles(controller.getStyledString()));
         const editor = nodes.findByKey('editor');
         const input = require('@concord:arkui/input');
         input.requestFocus(editor);
         controller.setCaretOffset(7);
         input.text('x'); input.text('!');
         await rest();
         seen.push(controller.getStyledString().getString(), styles(controller.getStyledString()));
         return seen.join(' ');",
        "0-7 one two 4+3 x ! 7-8 one two! 4+4",
    );
}

#[test]
fn html_is_shown_as_text() {
    gives(
        "await show([RichText, () => { RichText.create('<p>Hello <b>world</b></p><p>again</p>'); RichText.id('html');
           RichText.onStart(() => seen.push('start')); RichText.onComplete(() => seen.push('complete')); }]);
         await rest();
         seen.push(JSON.stringify(await (await find(ON.id('html'))).getText()));
         const [, , , height] = nodes.frame(nodes.findByKey('html'));
         seen.push(height > 100);
         return seen.join(' ');",
        "start complete \"Hello world\\nagain\" true",
    );
}

#[test]
fn a_keyboard_of_the_app_rises_and_goes() {
    gives(
        "await show([TextInput, () => { TextInput.create({ text: '' }); TextInput.id('field'); TextInput.width('100%');
           TextInput.customKeyboard(() => { Text.create('KEYS'); Text.height(200); Text.pop(); }); }]);
         const window = stage.getMainWindowSync();
         window.on('keyboardHeightChange', (height) => seen.push(height));
         seen.push(await texts('KEYS'));
         await (await find(ON.id('field'))).click(); await rest();
         seen.push(await texts('KEYS'), window.getWindowAvoidArea(3).bottomRect.height);
         require('@concord:arkui/input').clearFocus(); await rest();
         seen.push(await texts('KEYS'));
         return seen.join(' ');",
        "nothing 600 KEYS 600 0 nothing",
    );
}

#[test]
fn html_and_buffers_keep_styled_strings() {
    gives(
        "const string = await StyledString.fromHtml('<p style=\"text-align:center\">a <b>b</b> &amp; <u>c</u></p><p>d</p>');
         const again = await StyledString.fromHtml(StyledString.toHtml(string));
         const kept = await StyledString.unmarshalling(StyledString.marshalling(string));
         const broken = await StyledString.unmarshalling(new ArrayBuffer(3)).catch((error) => error.code);
         return [JSON.stringify(string.getString()), again.getString() === string.getString(), kept.equals(string), broken].join(' ');",
        "\"a b & c\\nd\" true true 170002",
    );
}

#[test]
fn the_pointer_has_the_shape_of_what_it_is_over_or_of_what_the_app_says() {
    gives(
        "const pointer = require('@ohos:multimodalInput.pointer');
         const input = require('@concord:arkui/input');
         await show([TextInput, () => { TextInput.create({ text: 'word' }); TextInput.id('field'); TextInput.width('100%'); }],
           [Hyperlink, () => { Hyperlink.create('https://example.org/', 'link'); Hyperlink.id('link'); Hyperlink.pop(); }],
           [Button, () => { Button.createWithLabel('button'); Button.id('button'); Button.pop(); }]);
         const over = async (id) => { const { x, y } = await (await find(ON.id(id))).getBoundsCenter(); input.mouse(3, 0, x, y); return input.pointer(); };
         for (const id of ['field', 'link', 'button']) { seen.push(await over(id)); }
         pointer.setPointerStyleSync(1, pointer.PointerStyle.HELP);
         seen.push(input.pointer(), await over('field'), await pointer.getPointerStyle(1));
         const cursor = stage.getMainWindowSync().getUIContext().getCursorController();
         cursor.setCursor(pointer.PointerStyle.MOVE);
         seen.push(await over('link'));
         cursor.restoreDefault();
         pointer.setPointerVisibleSync(false);
         seen.push(input.pointer(), pointer.isPointerVisibleSync());
         try { pointer.setPointerStyleSync(1, 999); } catch (error) { seen.push(error.code); }
         return seen.join(' ');",
        "26 19 0 20 26 20 21 -1 false 401",
    );
}

#[test]
fn texts_say_what_can_be_done_with_them() {
    gives(
        r"const { detect } = require('@concord:arkui/components/data-detector');
          const text = 'Write to ann@example.com or see www.example.com/a, call +86 138 0013 8000 on 2024-05-06 10:30, ' +
            'not 12-34; 北京市海淀区中关村大街27号, 10 Downing Street; http://x.cn/b.';
          const names = ['phone', 'url', 'email', 'address', 'date'];
          const all = detect(text).map(([type, start, end]) => `${names[type]}:${text.slice(start, end)}`);
          return [...all, detect(text, [1]).length, detect('nothing 42 here, v1.2.3').length].join('|');",
        "email:ann@example.com|url:www.example.com/a|phone:+86 138 0013 8000|date:2024-05-06 10:30|\
         address:北京市海淀区中关村大街27号|address:10 Downing Street|url:http://x.cn/b|2|0",
    );
}

#[test]
fn a_tap_on_a_number_opens_its_menu() {
    gives(
        r"const { Text } = globalThis;
          await show([Text, () => { Text.create('1234567890'); Text.id('number'); Text.enableDataDetector(true); }]);
          await (await find(ON.id('number'))).click();
          await rest(500);
          return await texts('Call', 'Send message', 'Open', 'Copy');",
        "Call+Send message+Copy",
    );
}
