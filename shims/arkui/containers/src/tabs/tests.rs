use crate::testing::{Scene, scene_of};
use concord_ui::geometry::Point;
use concord_ui::layout::Pass;
use concord_ui::tree::NodeId;
use concord_ui::value::Value;

fn tabs(options: Value, labels: usize) -> (Scene, Vec<NodeId>) {
    let mut scene = scene_of("Tabs");
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

/// The style that an object of the app's class keeps.
fn style(scene: &mut Scene, content: NodeId, fields: Vec<(&str, Value)>) {
    let properties = fields.into_iter().map(|(name, value)| (name.into(), value)).collect();
    scene.set(content, "tabBar", &[Value::Object(std::rc::Rc::new(concord_ui::value::Object { properties }))]);
}

fn color(scene: &mut Scene, x: f64, y: f64) -> u32 {
    crate::testing::pixels(scene).pixel((x * 3.0) as u32, (y * 3.0) as u32).to_argb()
}

#[test]
fn a_line_marks_the_selected_tab_and_moves_along() {
    let (mut scene, contents) = tabs(Value::Undefined, 2);
    for content in &contents {
        let indicator = Value::object([
            ("color", Value::Number(f64::from(0xffff_0000_u32))),
            ("width", Value::Number(60.0)),
            ("height", Value::Number(4.0)),
            ("marginTop", Value::Number(6.0)),
        ]);
        let fields =
            vec![("type", Value::text("SubTabBarStyle")), ("content", Value::text("a")), ("_indicator", indicator)];
        style(&mut scene, *content, fields);
    }
    scene.frame();
    let text = scene.child(scene.child(scene.child(bar(&scene), 0), 0), 0);
    let (_, y, _, height) = scene.rect(text);
    let y = f64::from(y + height) + 8.0;
    // Each tab has 150 vp, so that the middle of the line is at 75.
    assert_eq!(color(&mut scene, 75.0, y), 0xffff_0000);
    assert_ne!(color(&mut scene, 225.0, y), 0xffff_0000);
    scene.pull(scene.root, -150.0, 0.0);
    scene.frame();
    assert_eq!(color(&mut scene, 150.0, y), 0xffff_0000, "half way");
}

#[test]
fn the_app_has_a_say_about_the_page() {
    let (mut scene, _) = tabs(Value::Undefined, 3);
    scene.listen(scene.root, "onContentWillChange");
    scene.answer("onContentWillChange", Value::Bool(false));
    scene.frame();
    click(&mut scene, 1);
    scene.command(scene.root, "changeIndex", &[Value::Number(2.0)]);
    scene.frame();
    scene.swipe(scene.root, -240.0, 0.0, 5);
    scene.rest();
    assert_eq!(scene.heard(), ["onTabBarClick 1"]);
    scene.answer("onContentWillChange", Value::Bool(true));
    click(&mut scene, 1);
    assert_eq!(scene.heard(), ["onTabBarClick 1", "onChange 1"]);
}

#[test]
fn contents_hear_when_they_are_shown() {
    let (mut scene, contents) = tabs(Value::Undefined, 2);
    scene.listen(contents[0], "onWillHide");
    scene.listen(contents[1], "onWillShow");
    scene.frame();
    click(&mut scene, 1);
    scene.frame();
    let heard = scene.heard();
    assert!(heard.contains(&"onWillShow".to_owned()) && heard.contains(&"onWillHide".to_owned()), "{heard:?}");
}

#[test]
fn a_transition_of_the_app_shows_both_pages_until_it_ends() {
    let (mut scene, contents) = tabs(Value::Undefined, 2);
    let handler = Value::Callback(scene.handler("transition"));
    scene.set(scene.root, "customContentTransition", &[handler]);
    scene.answer("transition", Value::Number(1000.0));
    scene.frame();
    click(&mut scene, 1);
    scene.frame();
    assert!(scene.is_shown(contents[0]) && scene.is_shown(contents[1]));
    assert_eq!(scene.rect(contents[0]), scene.rect(contents[1]));
    scene.command(scene.root, "finishTransition", &[]);
    scene.frame();
    assert!(!scene.is_shown(contents[0]) && scene.is_shown(contents[1]));
}

#[test]
fn tabs_share_the_middle_of_a_grid() {
    let (mut scene, _) = tabs(Value::Undefined, 2);
    let grid =
        Value::object([("sm", Value::Number(2.0)), ("margin", Value::Number(10.0)), ("gutter", Value::Number(20.0))]);
    scene.set(scene.root, "barGridAlign", &[grid]);
    scene.frame();
    // 300 vp are 4 columns of 55 with margins of 10 and gutters of 20; two columns and a gutter are 130.
    let rects: Vec<_> = (0..2).map(|index| scene.rect(scene.child(bar(&scene), index))).collect();
    assert_eq!(rects.iter().map(|rect| (rect.0, rect.2)).collect::<Vec<_>>(), [(85.0, 65.0), (150.0, 65.0)]);
}

#[test]
fn few_tabs_of_a_bar_that_could_scroll_lie_as_the_app_says() {
    let (mut scene, contents) = tabs(Value::Undefined, 2);
    for content in &contents {
        let item = scene.tree.create_named("TabBarItem", -1).expect("an item");
        let inner = scene.add(item, "Row");
        scene.size(inner, 84.0, 20.0);
        let number = Value::Number(scene.tree.number(item) as f64);
        scene.command(*content, "tabBarItem", &[number]);
    }
    let places = |scene: &mut Scene, style: f64| {
        let options = Value::object([("nonScrollableLayoutStyle", Value::Number(style))]);
        scene.set(scene.root, "barMode", &[Value::Number(0.0), options]);
        scene.frame();
        [0, 1].map(|index| scene.rect(scene.child(bar(scene), index)).0)
    };
    assert_eq!(places(&mut scene, 0.0), [50.0, 150.0], "in the middle");
    assert_eq!(places(&mut scene, 1.0), [0.0, 150.0], "shared");
    assert_eq!(places(&mut scene, 2.0), [0.0, 200.0], "at the edges");
}

#[test]
fn a_bar_goes_away_with_what_scrolls_and_comes_back() {
    let (mut scene, contents) = tabs(Value::object([("barPosition", Value::Number(1.0))]), 1);
    let scroll = scene.add(contents[0], "Scroll");
    scene.size(scroll, 300.0, 100.0);
    scene.add_box(scroll, 1000.0);
    let number = Value::Number(scene.tree.number(scroll) as f64);
    scene.command(scene.root, "follow", &[Value::array([number])]);
    scene.frame();
    scene.pull(scroll, 0.0, -20.0);
    assert_eq!(scene.rect(bar(&scene)).1, 170.0, "with the finger");
    scene.pull(scroll, 0.0, -200.0);
    scene.release(scroll);
    for _ in 0..20 {
        scene.frame();
    }
    assert_eq!(scene.rect(bar(&scene)).1, 200.0, "out of sight");
    scene.rest();
    assert_eq!(scene.rect(bar(&scene)).1, 150.0, "back after a while");
}
