use crate::geometry::Point;
use crate::layout::Pass;
use crate::testing::Scene;
use crate::tree::NodeId;
use crate::value::Value;

fn tabs(options: Value, labels: usize) -> (Scene, Vec<NodeId>) {
    let mut scene = Scene::new("Tabs");
    scene.size(scene.root, 300.0, 200.0);
    scene.set(scene.root, "create", &[options]);
    scene.set(scene.root, "barHeight", &[Value::Number(50.0)]);
    scene.set(scene.root, "animationDuration", &[Value::Number(0.0)]);
    let contents = (0..labels)
        .map(|index| {
            let content = scene.add(scene.root, "TabContent");
            scene.set(content, "tabBar", &[Value::text(format!("tab {index}"))]);
            scene.add_box(content, 20.0);
            content
        })
        .collect();
    for event in ["onChange", "onTabBarClick"] {
        scene.listen(scene.root, event);
    }
    (scene, contents)
}

fn bar(scene: &Scene) -> NodeId {
    let children = scene.tree.frame_children(scene.root);
    let is_bar = |node: &NodeId| scene.tree.get(*node).is_some_and(|node| node.component.name() == "TabBar");
    children.into_iter().find(is_bar).expect("a bar")
}

fn click(scene: &mut Scene, tab: usize) {
    let item = scene.child(bar(scene), tab);
    let component = scene.tree.get(item).expect("a tab").component;
    component.on_click(&mut Pass::new(&mut scene.tree, &mut scene.host), item, Point::ZERO);
    scene.frame();
}

#[test]
fn contents_lie_beside_the_bar() {
    let (mut scene, contents) = tabs(Value::Undefined, 3);
    scene.frame();
    assert_eq!(scene.rect(contents[0]), (0.0, 50.0, 300.0, 150.0));
    assert_eq!(scene.rect(bar(&scene)), (0.0, 0.0, 300.0, 50.0));
    assert_eq!(scene.rect(scene.child(bar(&scene), 1)), (100.0, 0.0, 100.0, 50.0));
    assert!(!scene.is_shown(contents[1]));
    scene.set(scene.root, "create", &[Value::object([("barPosition", Value::Number(1.0))])]);
    scene.frame();
    assert_eq!(scene.rect(contents[0]), (0.0, 0.0, 300.0, 150.0));
    assert_eq!(scene.rect(bar(&scene)), (0.0, 150.0, 300.0, 50.0));
}

#[test]
fn a_vertical_bar_is_at_the_side() {
    let (mut scene, contents) = tabs(Value::Undefined, 2);
    scene.set(scene.root, "vertical", &[Value::Bool(true)]);
    scene.set(scene.root, "barWidth", &[Value::Number(60.0)]);
    scene.set(scene.root, "barHeight", &[Value::Number(200.0)]);
    scene.frame();
    assert_eq!(scene.rect(contents[0]), (60.0, 0.0, 240.0, 200.0));
    assert_eq!(scene.rect(scene.child(bar(&scene), 1)), (0.0, 100.0, 60.0, 100.0));
}

#[test]
fn a_tab_shows_its_content() {
    let (mut scene, contents) = tabs(Value::Undefined, 3);
    scene.frame();
    click(&mut scene, 1);
    assert_eq!(scene.rect(contents[1]), (0.0, 50.0, 300.0, 150.0));
    assert_eq!(scene.heard(), ["onTabBarClick 1", "onChange 1"]);
    click(&mut scene, 1);
    assert_eq!(scene.heard(), ["onTabBarClick 1"]);
}

#[test]
fn controllers_and_fingers_change_the_page() {
    let (mut scene, _) = tabs(Value::Undefined, 3);
    scene.frame();
    scene.command(scene.root, "changeIndex", &[Value::Number(2.0)]);
    scene.frame();
    scene.command(scene.root, "changeIndex", &[Value::Number(0.0)]);
    scene.frame();
    assert_eq!(scene.heard(), ["onChange 2", "onChange 0"]);
    scene.set(scene.root, "animationDuration", &[Value::Number(300.0)]);
    scene.swipe(scene.root, -240.0, 0.0, 20);
    scene.rest();
    assert_eq!(scene.heard(), ["onChange 1"]);
}

#[test]
fn the_first_index_is_shown_at_once() {
    let (mut scene, contents) = tabs(Value::object([("index", Value::Number(2.0))]), 3);
    scene.frame();
    assert!(scene.is_shown(contents[2]) && !scene.is_shown(contents[0]));
    assert!(scene.heard().is_empty());
}

#[test]
fn tabs_that_do_not_fit_scroll_into_sight() {
    let (mut scene, _) = tabs(Value::Undefined, 20);
    scene.set(scene.root, "barMode", &[Value::Number(0.0)]);
    scene.frame();
    scene.command(scene.root, "changeIndex", &[Value::Number(19.0)]);
    scene.frame();
    scene.frame();
    let (x, _, width, _) = scene.rect(scene.child(bar(&scene), 19));
    assert!(x >= 0.0 && x + width <= 300.5, "{x} {width}");
}

#[test]
fn a_content_that_goes_takes_its_tab_along() {
    let (mut scene, contents) = tabs(Value::Undefined, 3);
    scene.frame();
    scene.tree.destroy(contents[0]);
    scene.frame();
    assert_eq!(scene.tree.frame_children(bar(&scene)).len(), 2);
    assert_eq!(scene.rect(contents[1]), (0.0, 50.0, 300.0, 150.0));
}
