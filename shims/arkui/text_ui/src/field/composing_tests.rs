//! Input methods in fields: what the app hears of text that is not written yet.

use crate::testing::{Scene, scene_of};
use concord_ui::input::input_method::{self, typed};
use concord_ui::input::{self, request_focus};
use concord_ui::layout::Pass;
use concord_ui::value::Value;
use concord_ui::{NodeId, inspector};

const EVENTS: [&str; 3] = ["onChange", "onDidInsert", "onEditChange"];

fn field(name: &str, text: &str) -> (Scene, NodeId) {
    let mut scene = scene_of("Column");
    let node = scene.add(scene.root, name);
    scene.size(node, 200.0, 40.0);
    scene.set(node, "create", &[Value::object([("text", Value::text(text))])]);
    scene.frame();
    on(&mut scene, |pass| request_focus(pass, node)).expect("a field takes the focus");
    scene.frame();
    for event in EVENTS {
        scene.listen(node, event);
    }
    scene.heard();
    (scene, node)
}

fn on<R>(scene: &mut Scene, act: impl FnOnce(&mut Pass<'_>) -> R) -> R {
    act(&mut Pass::new(&mut scene.tree, &mut scene.host))
}

fn compose(scene: &mut Scene, text: &str, caret: Option<usize>) {
    assert!(on(scene, |pass| input_method::compose(pass, text, caret)));
    scene.frame();
}

fn content(scene: &Scene, node: NodeId) -> String {
    inspector::attributes(&scene.tree, node).0["content"].as_str().unwrap_or_default().to_owned()
}

/// `onChange` without its options, and the others.
fn heard(scene: &mut Scene) -> Vec<String> {
    let short = |event: &String| event.split(" {rangeBefore").next().unwrap_or_default().to_owned();
    scene.heard_in_full().iter().map(short).collect()
}

#[test]
fn what_is_composed_stands_beside_the_text() {
    let (mut scene, node) = field("TextInput", "ab");
    compose(&mut scene, "ni", None);
    assert_eq!(content(&scene, node), "abni");
    assert_eq!(heard(&mut scene), ["onChange 'ab' {offset:2,value:'ni'}"]);
    let (_, around, _) = typed(&scene.tree).expect("it is typed into");
    assert_eq!((around.text.as_str(), around.caret), ("ab", 2));
    compose(&mut scene, "nih", Some(1));
    heard(&mut scene);
    let range = scene.command(node, "selectionRange", &[]);
    assert_eq!(range.get("start").as_i32(), Some(3), "the caret is where the input method has it");
    // What is written is asked for and told once, and takes the place of what was shown.
    scene.listen(node, "onWillInsert");
    assert!(on(&mut scene, |pass| input::text(pass, "你")));
    scene.frame();
    assert_eq!(scene.called(), ["onWillInsert {insertOffset:2,insertValue:'你'}"]);
    assert_eq!(
        heard(&mut scene),
        ["onChange 'ab你' {offset:-1,value:''}", "onDidInsert {insertOffset:3,insertValue:'你'}"]
    );
    assert_eq!(content(&scene, node), "ab你");
}

#[test]
fn composing_may_be_given_up_refused_or_left() {
    let (mut scene, node) = field("TextArea", "ab");
    compose(&mut scene, "x", None);
    compose(&mut scene, "", None);
    assert_eq!(content(&scene, node), "ab");
    heard(&mut scene);
    // The app does not want it.
    scene.listen(node, "onWillInsert");
    scene.answer("onWillInsert", Value::Bool(false));
    compose(&mut scene, "x", None);
    on(&mut scene, |pass| input::text(pass, "X"));
    scene.frame();
    assert_eq!(content(&scene, node), "ab");
    // What is composed when the focus goes stays.
    compose(&mut scene, "left", None);
    heard(&mut scene);
    on(&mut scene, input::clear_focus);
    scene.frame();
    assert_eq!(content(&scene, node), "ableft");
    assert_eq!(heard(&mut scene), ["onChange 'ableft' {offset:-1,value:''}", "onEditChange false"]);
    assert!(typed(&scene.tree).is_none());
}

#[test]
fn a_page_that_is_run_again_does_not_disturb_it() {
    let (mut scene, node) = field("TextInput", "ab");
    compose(&mut scene, "ni", None);
    scene.set(node, "create", &[Value::object([("text", Value::text("ab"))])]);
    scene.frame();
    assert_eq!(content(&scene, node), "abni");
    scene.set(node, "enablePreviewText", &[Value::Bool(false)]);
    compose(&mut scene, "", None);
    compose(&mut scene, "nih", None);
    assert_eq!(content(&scene, node), "abni", "nothing new is shown");
}

#[test]
fn input_methods_take_text_away() {
    let (mut scene, node) = field("TextInput", "a你b");
    assert!(on(&mut scene, |pass| input_method::delete_around(pass, 4, 0)));
    scene.frame();
    assert_eq!(content(&scene, node), "a");
}

#[test]
fn secrets_are_told_to_nobody() {
    let (mut scene, node) = field("TextInput", "secret");
    scene.set(node, "type", &[Value::Number(7.0)]);
    scene.frame();
    let (_, around, place) = typed(&scene.tree).expect("it is typed into");
    assert!(around.kind.is_hidden() && around.text.is_empty());
    assert!(place.size.height > 0.0 && place.origin.x > 0.0);
    scene.command(node, "setTextSelection", &[Value::Number(0.0), Value::Number(6.0)]);
    scene.frame();
    let component = scene.tree.get(node).expect("a field").component;
    assert_eq!(component.selected_text(&scene.tree, node), None);
}

#[test]
fn a_rich_editor_composes_too() {
    let mut scene = scene_of("Column");
    let node = scene.add(scene.root, "RichEditor");
    scene.size(node, 200.0, 100.0);
    scene.set(node, "create", &[Value::object([])]);
    scene.command(node, "addTextSpan", &[Value::text("ab"), Value::Undefined]);
    scene.frame();
    on(&mut scene, |pass| request_focus(pass, node)).expect("an editor takes the focus");
    scene.listen(node, "onDidIMEInput");
    compose(&mut scene, "ni", None);
    assert_eq!(content(&scene, node), "abni");
    let (_, around, _) = typed(&scene.tree).expect("it is typed into");
    assert_eq!((around.text.as_str(), around.caret, around.multi_line), ("ab", 2, true));
    on(&mut scene, |pass| input::text(pass, "你好"));
    assert_eq!(content(&scene, node), "ab你好");
    assert_eq!(scene.heard_in_full(), ["onDidIMEInput {start:2,end:4}"]);
}
