use crate::testing::{Scene, scene_of};
use concord_ui::tree::NodeId;
use concord_ui::value::Value;

/// A navigation of a size in vp with a home page, and a destination in a builder's node.
fn navigation(width: f64, mode: f64) -> (Scene, NodeId, NodeId) {
    let mut scene = scene_of("Navigation");
    scene.size(scene.root, width, 400.0);
    scene.set(scene.root, "mode", &[Value::Number(mode)]);
    let home = scene.add_box(scene.root, 30.0);
    let holder = scene.add(scene.root, "__Builder__");
    let destination = scene.add(holder, "NavDestination");
    scene.add_box(destination, 20.0);
    for event in ["onNavBarStateChange", "onNavigationModeChange"] {
        scene.listen(scene.root, event);
    }
    (scene, home, destination)
}

fn show(scene: &mut Scene, shown: &[NodeId]) {
    let numbers = shown.iter().map(|node| Value::Number(scene.tree.number(*node) as f64));
    let numbers = Value::array(numbers.collect::<Vec<_>>());
    scene.command(scene.root, "stack", &[numbers]);
    scene.frame();
}

fn part(scene: &Scene, owner: NodeId, name: &str) -> Option<NodeId> {
    let is = |node: &NodeId| scene.tree.get(*node).is_some_and(|node| node.component.name() == name);
    scene.tree.frame_children(owner).into_iter().find(is)
}

#[test]
fn a_destination_covers_the_home_page() {
    let (mut scene, home, destination) = navigation(300.0, 0.0);
    scene.frame();
    assert!(scene.is_shown(home) && !scene.is_shown(destination));
    assert_eq!(scene.rect(home), (0.0, 0.0, 300.0, 30.0));
    show(&mut scene, &[destination]);
    assert!(!scene.is_shown(home) && scene.is_shown(destination));
    assert_eq!(scene.rect(destination), (0.0, 0.0, 300.0, 400.0));
    assert!(scene.heard().contains(&"onNavBarStateChange false".to_owned()));
    show(&mut scene, &[]);
    assert!(scene.is_shown(home) && !scene.is_shown(destination));
}

#[test]
fn a_dialog_leaves_the_home_page_in_sight() {
    let (mut scene, home, destination) = navigation(300.0, 0.0);
    scene.set(destination, "mode", &[Value::Number(1.0)]);
    show(&mut scene, &[destination]);
    assert!(scene.is_shown(home) && scene.is_shown(destination));
}

#[test]
fn wide_windows_show_both() {
    let (mut scene, home, destination) = navigation(700.0, 2.0);
    show(&mut scene, &[destination]);
    assert_eq!(scene.rect(home), (0.0, 0.0, 240.0, 30.0));
    assert_eq!(scene.rect(destination), (240.0, 0.0, 460.0, 400.0));
    scene.set(scene.root, "navBarPosition", &[Value::Number(1.0)]);
    scene.set(scene.root, "navBarWidth", &[Value::text("50%")]);
    scene.frame();
    // The content keeps its 360 vp.
    assert_eq!(scene.rect(destination), (0.0, 0.0, 360.0, 400.0));
    assert_eq!(scene.rect(home).0, 360.0);
    scene.set(scene.root, "hideNavBar", &[Value::Bool(true)]);
    scene.frame();
    assert!(!scene.is_shown(home));
    assert_eq!(scene.rect(destination), (0.0, 0.0, 700.0, 400.0));
}

#[test]
fn narrow_windows_do_not_split() {
    let (mut scene, home, destination) = navigation(599.0, 2.0);
    show(&mut scene, &[destination]);
    assert!(!scene.is_shown(home));
    scene.set(scene.root, "navBarWidthRange", &[Value::array([Value::Number(200.0), Value::Number(300.0)])]);
    scene.set(scene.root, "minContentWidth", &[Value::Number(300.0)]);
    scene.frame();
    assert_eq!(scene.rect(home), (0.0, 0.0, 200.0, 30.0));
}

#[test]
fn title_bars_are_as_high_as_their_mode() {
    let (mut scene, home, destination) = navigation(300.0, 0.0);
    scene.set(scene.root, "title", &[Value::text("home")]);
    for (mode, sub, height) in [(0, false, 112.0), (1, true, 138.0), (2, false, 56.0), (2, true, 82.0)] {
        scene.set(scene.root, "titleMode", &[Value::Number(mode.into())]);
        let sub = if sub { Value::text("sub") } else { Value::Undefined };
        scene.set(scene.root, "subTitle", &[sub]);
        scene.frame();
        assert_eq!(scene.rect(home).1, height, "mode {mode}");
    }
    scene.set(scene.root, "hideTitleBar", &[Value::Bool(true)]);
    scene.frame();
    assert_eq!(scene.rect(home).1, 0.0);
    show(&mut scene, &[destination]);
    let content = |scene: &Scene| scene.rect(*scene.tree.frame_children(destination).first().expect("content")).1;
    assert_eq!(content(&scene), 56.0);
    scene.set(destination, "hideBackButton", &[Value::Bool(true)]);
    scene.frame();
    // Without a title there is nothing to show then.
    assert_eq!(content(&scene), 0.0);
}

#[test]
fn tool_bars_lie_at_the_bottom() {
    let (mut scene, _, destination) = navigation(300.0, 0.0);
    let item = |text: &str| Value::object([("value", Value::text(text))]);
    scene.set(destination, "toolbarConfiguration", &[Value::array([item("one"), item("two"), item("three")])]);
    show(&mut scene, &[destination]);
    let bar = part(&scene, destination, "ToolBar").expect("a tool bar");
    assert_eq!(scene.rect(bar), (0.0, 344.0, 300.0, 56.0));
    assert_eq!(scene.rect(scene.child(bar, 1)), (100.0, 344.0, 100.0, 56.0));
    scene.set(destination, "hideToolBar", &[Value::Bool(true)]);
    scene.frame();
    assert!(part(&scene, destination, "ToolBar").is_none());
}

#[test]
fn the_line_beside_the_bar_is_dragged_within_its_range() {
    let (mut scene, home, _) = navigation(800.0, 1.0);
    let range = [200.0, 300.0].map(Value::Number);
    scene.set(scene.root, "navBarWidthRange", &[Value::array(range)]);
    scene.set(scene.root, "navBarWidth", &[Value::Number(240.0)]);
    scene.frame();
    assert_eq!(scene.rect(home).2, 240.0);
    let divider = part(&scene, scene.root, "NavigationDivider").expect("a divider");
    scene.pull(divider, 40.0, 0.0);
    assert_eq!(scene.rect(home).2, 280.0);
    scene.pull(divider, 100.0, 0.0);
    assert_eq!(scene.rect(home).2, 300.0);
    scene.set(scene.root, "mode", &[Value::Number(0.0)]);
    scene.frame();
    assert!(part(&scene, scene.root, "NavigationDivider").is_none());
}

#[test]
fn a_placeholder_lies_beside_the_bar_until_there_is_a_destination() {
    let (mut scene, home, destination) = navigation(800.0, 1.0);
    let holder = scene.add(scene.root, "__Builder__");
    let placeholder = scene.add(holder, "Column");
    let number = Value::Number(scene.tree.number(holder) as f64);
    scene.command(scene.root, "placeholder", &[number]);
    scene.frame();
    assert_eq!(scene.rect(placeholder), (240.0, 0.0, 560.0, 400.0));
    assert_eq!(scene.rect(home).1, 0.0, "it is no part of the home page");
    show(&mut scene, &[destination]);
    assert!(!scene.is_shown(placeholder));
}

#[test]
fn bars_go_away_while_content_scrolls_on() {
    let (mut scene, _, destination) = navigation(300.0, 0.0);
    let scroll = scene.add(destination, "Scroll");
    scene.size(scroll, 300.0, 300.0);
    scene.add_box(scroll, 2000.0);
    scene.set(destination, "title", &[Value::text("title")]);
    show(&mut scene, &[destination]);
    let number = Value::Number(scene.tree.number(scroll) as f64);
    scene.command(destination, "follow", &[Value::array([number])]);
    scene.frame();
    let bar = part(&scene, destination, "TitleBar").expect("a bar");
    let top = |scene: &Scene| scene.rect(bar).1;
    assert_eq!(top(&scene), 0.0);
    scene.pull(scroll, 0.0, -20.0);
    scene.frame();
    scene.frame();
    assert!(top(&scene) < -10.0 && top(&scene) > -30.0, "{}", top(&scene));
    scene.pull(scroll, 0.0, -60.0);
    scene.release(scroll);
    scene.rest();
    assert_eq!(top(&scene), -56.0);
    scene.command(scroll, "scrollEdge", &[Value::Number(0.0)]);
    scene.rest();
    scene.frame();
    assert_eq!(top(&scene), 0.0);
}

#[test]
fn contents_lie_below_a_stacked_bar() {
    let (mut scene, _, destination) = navigation(300.0, 0.0);
    let inner = scene.child(destination, 0);
    let options = Value::object([("barStyle", Value::Number(1.0))]);
    scene.set(destination, "title", &[Value::text("title"), options]);
    show(&mut scene, &[destination]);
    assert_eq!(scene.rect(inner).1, 0.0);
}
