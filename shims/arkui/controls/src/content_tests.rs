//! Content that the app builds instead of a control's own (`contentModifier`).

use crate::testing::{pixels, scene_of};
use concord_ui::Value;
use concord_ui::input::UiState;

#[test]
fn a_control_shows_what_the_app_builds_and_is_as_large() {
    let mut scene = scene_of("Stack");
    let root = scene.root;
    scene.set(root, "alignContent", &[Value::Number(0.0)]);
    let slider = scene.add(root, "Slider");
    scene.set(slider, "create", &[Value::object([("value", Value::Number(40.0))])]);
    let holder = scene.add(slider, "__Builder__");
    let inner = scene.add_box(holder, 20.0);
    scene.size(inner, 50.0, 20.0);
    scene.set(inner, "backgroundColor", &[Value::text("#ff0000")]);
    scene.answer("build", Value::Number(scene.tree.number(holder) as f64));
    let builder = Value::Callback(scene.handler("build"));
    scene.set(slider, "contentModifier", &[builder]);
    scene.frame();
    assert_eq!(scene.rect(slider), (0.0, 0.0, 50.0, 20.0));
    let frame = pixels(&mut scene);
    assert_eq!(frame.pixel(75, 30).to_argb(), 0xffff_0000, "the slider does not draw itself");
    let number = scene.tree.number(slider);
    let told = |value: u32, enabled: bool| {
        [format!("build {{value:{value},min:0,max:100,step:1,enabled:{enabled}}} {number}")]
    };
    assert_eq!(scene.called(), told(40, true));
    // Nothing has changed: nobody is called.
    scene.frame();
    assert_eq!(scene.called(), [""; 0]);
    scene.command(slider, "triggerChange", &[Value::Number(60.0), Value::Number(1.0)]);
    scene.frame();
    assert_eq!(scene.called(), told(60, true));
    scene.set(slider, "enabled", &[Value::Bool(false)]);
    assert!(scene.tree.ui_state(slider).has(UiState::DISABLED));
    scene.frame();
    assert_eq!(scene.called(), told(60, false));
    let component = scene.tree.get(slider).expect("a node").acting();
    assert!(component.pan_axis(&scene.tree, slider).is_none(), "the app says what a finger does");
    scene.set(slider, "contentModifier", &[Value::Undefined]);
    scene.frame();
    assert!(scene.rect(slider).2 > 300.0, "it is a slider again: {:?}", scene.rect(slider));
}
