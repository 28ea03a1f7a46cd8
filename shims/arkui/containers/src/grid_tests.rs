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
