use crate::testing::{Scene, scene_of};
use concord_ui::tree::NodeId;
use concord_ui::value::Value;

fn grid(width: f64, height: f64, columns: &str, rows: Option<&str>) -> Scene {
    let mut scene = scene_of("Grid");
    scene.size(scene.root, width, height);
    scene.set(scene.root, "columnsTemplate", &[Value::text(columns)]);
    if let Some(rows) = rows {
        scene.set(scene.root, "rowsTemplate", &[Value::text(rows)]);
    }
    scene
}

fn add(scene: &mut Scene, count: usize, height: f64) -> Vec<NodeId> {
    (0..count).map(|_| scene.add_item(scene.root, "GridItem", height)).collect()
}

#[test]
fn tracks_and_gaps() {
    let mut scene = grid(240.0, 100.0, "1fr 2fr 1fr", Some("1fr 1fr"));
    for gap in ["columnsGap", "rowsGap"] {
        scene.set(scene.root, gap, &[Value::Number(10.0)]);
    }
    let items = add(&mut scene, 6, 10.0);
    scene.frame();
    assert_eq!(scene.rect(items[0]), (0.0, 0.0, 55.0, 45.0));
    assert_eq!(scene.rect(items[1]), (65.0, 0.0, 110.0, 45.0));
    assert_eq!(scene.rect(items[2]), (185.0, 0.0, 55.0, 45.0));
    assert_eq!(scene.rect(items[3]), (0.0, 55.0, 55.0, 45.0));
    scene.set(scene.root, "columnsTemplate", &[Value::text("1fr 1fr")]);
    scene.frame();
    assert_eq!(scene.rect(items[1]), (125.0, 0.0, 115.0, 45.0));
}

#[test]
fn items_span_cells() {
    let mut scene = grid(240.0, 80.0, "1fr 1fr 1fr", Some("1fr 1fr"));
    let items = add(&mut scene, 3, 10.0);
    let spans = [[0, 1, 0, 0], [2, 2, 0, 1], [0, 0, 1, 1]];
    for (item, span) in items.iter().zip(spans) {
        for (name, at) in ["columnStart", "columnEnd", "rowStart", "rowEnd"].into_iter().zip(span) {
            scene.set(*item, name, &[Value::Number(f64::from(at))]);
        }
    }
    scene.frame();
    assert_eq!(scene.rect(items[0]), (0.0, 0.0, 160.0, 40.0));
    assert_eq!(scene.rect(items[1]), (160.0, 0.0, 80.0, 80.0));
    assert_eq!(scene.rect(items[2]), (0.0, 40.0, 80.0, 40.0));
}

#[test]
fn one_template_scrolls() {
    let mut scene = grid(240.0, 150.0, "1fr 1fr 1fr 1fr", None);
    let items = add(&mut scene, 40, 50.0);
    scene.frame();
    assert_eq!(scene.rect(items[5]), (60.0, 50.0, 60.0, 50.0));
    scene.command(scene.root, "scrollTo", &[Value::object([("yOffset", Value::Number(100.0))])]);
    scene.frame();
    assert_eq!(scene.rect(items[8]), (0.0, 0.0, 60.0, 50.0));
    scene.command(scene.root, "scrollToIndex", &[Value::Number(39.0), Value::Bool(false), Value::Number(2.0)]);
    scene.frame();
    assert_eq!(scene.rect(items[39]), (180.0, 100.0, 60.0, 50.0));
}

#[test]
fn an_irregular_item_takes_a_line() {
    let mut scene = grid(120.0, 100.0, "1fr 1fr", None);
    let options = Value::object([
        ("regularSize", Value::array([Value::Number(1.0), Value::Number(1.0)])),
        ("irregularIndexes", Value::array([Value::Number(0.0), Value::Number(3.0)])),
    ]);
    scene.set(scene.root, "create", &[Value::Undefined, options]);
    let items = add(&mut scene, 6, 20.0);
    scene.frame();
    assert_eq!(scene.rect(items[0]), (0.0, 0.0, 120.0, 20.0));
    assert_eq!(scene.rect(items[1]), (0.0, 20.0, 60.0, 20.0));
    assert_eq!(scene.rect(items[2]), (60.0, 20.0, 60.0, 20.0));
    assert_eq!(scene.rect(items[3]), (0.0, 40.0, 120.0, 20.0));
    assert_eq!(scene.rect(items[5]), (60.0, 60.0, 60.0, 20.0));
}

#[test]
fn templates_fill_by_themselves() {
    let mut scene = grid(200.0, 60.0, "repeat(auto-fill, 60)", None);
    let items = add(&mut scene, 6, 20.0);
    scene.frame();
    assert_eq!(scene.rect(items[2]), (120.0, 0.0, 60.0, 20.0));
    assert_eq!(scene.rect(items[3]), (0.0, 20.0, 60.0, 20.0));
}

#[test]
fn a_tall_item_ties_its_lines_together() {
    let mut scene = grid(120.0, 100.0, "1fr 1fr", None);
    let items = add(&mut scene, 5, 30.0);
    let tall = scene.child(items[0], 0);
    scene.set(tall, "height", &[Value::Number(80.0)]);
    for (name, at) in [("rowStart", 0.0), ("rowEnd", 1.0)] {
        scene.set(items[0], name, &[Value::Number(at)]);
    }
    scene.frame();
    assert_eq!(scene.rect(items[0]), (0.0, 0.0, 60.0, 80.0));
    assert_eq!(scene.rect(items[1]).0, 60.0);
    assert_eq!((scene.rect(items[2]).0, scene.rect(items[2]).1), (60.0, 40.0));
    assert_eq!(scene.rect(items[3]).1, 80.0);
}

#[test]
fn a_long_grid_builds_what_is_in_sight() {
    let mut scene = grid(240.0, 150.0, "1fr 1fr 1fr 1fr", None);
    let source = scene.add_source(scene.root, "GridItem", 10_000, 50.0);
    scene.frame();
    assert_eq!(scene.host.built, 16);
    scene.command(scene.root, "scrollEdge", &[Value::Number(2.0)]);
    scene.frame();
    assert!(scene.tree.frame_children(source).len() <= 16);
    assert!(scene.host.built <= 40, "{}", scene.host.built);
}

#[test]
fn cells_follow_attributes_that_change() {
    let mut scene = grid(120.0, 100.0, "1fr 1fr", None);
    let items = add(&mut scene, 3, 20.0);
    scene.frame();
    assert_eq!(scene.rect(items[1]), (60.0, 0.0, 60.0, 20.0));
    for (name, at) in [("columnStart", 0.0), ("columnEnd", 1.0)] {
        scene.set(items[0], name, &[Value::Number(at)]);
    }
    scene.frame();
    assert_eq!(scene.rect(items[0]), (0.0, 0.0, 120.0, 20.0));
    assert_eq!(scene.rect(items[1]), (0.0, 20.0, 60.0, 20.0));
}

#[test]
fn the_focus_goes_from_the_end_of_a_line_to_the_next() {
    use concord_ui::input::focus::{Step, after_layout, step};
    use concord_ui::layout::Pass;
    let focused = |wraps: f64| {
        let mut scene = scene_of("Column");
        let grid = scene.add(scene.root, "Grid");
        scene.size(grid, 200.0, 200.0);
        scene.set(grid, "columnsTemplate", &[Value::text("1fr 1fr")]);
        let buttons: Vec<NodeId> = (0..4)
            .map(|_| {
                let item = scene.add(grid, "GridItem");
                let button = scene.add(item, "Button");
                scene.size(button, 50.0, 30.0);
                button
            })
            .collect();
        scene.set(grid, "focusWrapMode", &[Value::Number(wraps)]);
        scene.frame();
        let root = scene.root;
        let pass = &mut Pass::new(&mut scene.tree, &mut scene.host);
        after_layout(pass, &[root]);
        concord_ui::input::request_focus(pass, buttons[1]).expect("a focus");
        for _ in 0..2 {
            step(pass, Step::Towards(1, 0));
        }
        buttons.iter().position(|button| scene.tree.is_focused(*button))
    };
    assert_eq!(focused(0.0), Some(1), "there is nothing to the right");
    assert_eq!(focused(1.0), Some(2), "the next line comes behind");
}

#[test]
fn the_app_says_what_the_bar_of_a_grid_shows() {
    let mut scene = grid(100.0, 100.0, "1fr", None);
    add(&mut scene, 10, 40.0);
    scene.listen(scene.root, "onScrollBarUpdate");
    scene.answer(
        "onScrollBarUpdate",
        Value::object([("totalOffset", Value::Number(500.0)), ("totalLength", Value::Number(3000.0))]),
    );
    scene.frame();
    let scroll = scene.tree.scroll(scene.root).expect("it scrolls");
    assert_eq!(scroll.bar_says, Some((500.0, 3000.0)));
}

#[test]
fn items_of_a_grid_make_room_for_one_that_is_dragged() {
    use concord_ui::geometry::Point;
    use concord_ui::input::{TouchInput, TouchPhase};
    let mut scene = grid(100.0, 100.0, "1fr 1fr", None);
    let root = scene.root;
    add(&mut scene, 4, 40.0);
    let preview = scene.add(root, "__Builder__");
    let number = Value::Number(scene.tree.number(preview) as f64);
    scene.tree.detach(preview);
    scene.listen(root, "onItemDragStart");
    scene.answer("onItemDragStart", number);
    scene.set(root, "editMode", &[Value::Bool(true)]);
    scene.set(root, "supportAnimation", &[Value::Bool(true)]);
    scene.frame();
    let third = scene.child(root, 2);
    assert_eq!(scene.rect(third), (0.0, 40.0, 50.0, 40.0));
    let at = |x: f32, y: f32| Point::new(x * 3.0, y * 3.0);
    scene.touch(root, &TouchInput::finger(0, TouchPhase::Down, at(20.0, 20.0)));
    for _ in 0..40 {
        scene.frame();
    }
    scene.touch(root, &TouchInput::finger(0, TouchPhase::Move, at(70.0, 60.0)));
    scene.frame();
    scene.frame();
    let (x, y, ..) = scene.rect(third);
    assert!(x > 1.0 && x < 49.0 && y > 1.0 && y < 39.0, "on its way to the second place: {x} {y}");
    scene.rest();
    assert_eq!(scene.rect(third), (50.0, 0.0, 50.0, 40.0));
    assert_eq!(scene.rect(scene.child(root, 0)), (50.0, 40.0, 50.0, 40.0), "the place that it would get");
}

#[test]
fn items_of_a_grid_are_dragged_in_edit_mode_only() {
    use concord_ui::geometry::Point;
    use concord_ui::input::{TouchInput, TouchPhase};
    let heard = |edits: bool| {
        let mut scene = grid(100.0, 100.0, "1fr 1fr", None);
        add(&mut scene, 4, 40.0);
        let preview = scene.add(scene.root, "__Builder__");
        let number = Value::Number(scene.tree.number(preview) as f64);
        scene.tree.detach(preview);
        scene.listen(scene.root, "onItemDragStart");
        scene.answer("onItemDragStart", number);
        scene.listen(scene.root, "onItemDrop");
        scene.set(scene.root, "editMode", &[Value::Bool(edits)]);
        scene.frame();
        let root = scene.root;
        let at = |x: f32, y: f32| Point::new(x * 3.0, y * 3.0);
        scene.touch(root, &TouchInput::finger(0, TouchPhase::Down, at(20.0, 20.0)));
        for _ in 0..40 {
            scene.frame();
        }
        scene.touch(root, &TouchInput::finger(0, TouchPhase::Move, at(70.0, 60.0)));
        scene.frame();
        scene.touch(root, &TouchInput::finger(0, TouchPhase::Up, at(70.0, 60.0)));
        scene.heard()
    };
    assert!(heard(false).is_empty());
    assert_eq!(heard(true), ["onItemDrop ? 0 3 true"]);
}
