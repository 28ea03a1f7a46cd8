use crate::testing::{Scene, scene_of};
use concord_ui::tree::NodeId;
use concord_ui::value::Value;

const HEIGHTS: [f64; 6] = [40.0, 80.0, 30.0, 20.0, 60.0, 50.0];

fn flow(height: f64, columns: &str) -> (Scene, Vec<NodeId>) {
    let mut scene = scene_of("WaterFlow");
    scene.size(scene.root, 200.0, height);
    scene.set(scene.root, "columnsTemplate", &[Value::text(columns)]);
    let items = HEIGHTS
        .iter()
        .map(|height| {
            let item = scene.add(scene.root, "FlowItem");
            scene.set(item, "width", &[Value::text("100%")]);
            scene.set(item, "height", &[Value::Number(*height)]);
            item
        })
        .collect();
    (scene, items)
}

#[test]
fn items_go_to_the_shortest_lane() {
    let (mut scene, items) = flow(200.0, "1fr 1fr");
    scene.frame();
    let expected = [
        (0.0, 0.0, 100.0, 40.0),
        (100.0, 0.0, 100.0, 80.0),
        (0.0, 40.0, 100.0, 30.0),
        (0.0, 70.0, 100.0, 20.0),
        (100.0, 80.0, 100.0, 60.0),
        (0.0, 90.0, 100.0, 50.0),
    ];
    for (item, expected) in items.into_iter().zip(expected) {
        assert_eq!(scene.rect(item), expected);
    }
}

#[test]
fn gaps_lie_between() {
    let (mut scene, items) = flow(150.0, "1fr 1fr 1fr");
    scene.set(scene.root, "columnsGap", &[Value::Number(10.0)]);
    scene.set(scene.root, "rowsGap", &[Value::Number(6.0)]);
    scene.frame();
    assert_eq!(scene.rect(items[1]), (70.0, 0.0, 60.0, 80.0));
    assert_eq!(scene.rect(items[3]), (140.0, 36.0, 60.0, 20.0));
    assert_eq!(scene.rect(items[4]), (0.0, 46.0, 60.0, 60.0));
    assert_eq!(scene.rect(items[5]), (140.0, 62.0, 60.0, 50.0));
}

#[test]
fn an_item_that_grows_moves_those_after_it() {
    let (mut scene, items) = flow(200.0, "1fr 1fr");
    scene.frame();
    scene.set(items[0], "height", &[Value::Number(100.0)]);
    scene.frame();
    assert_eq!(scene.rect(items[2]), (100.0, 80.0, 100.0, 30.0));
}

#[test]
fn the_end_is_reached_and_few_nodes_live() {
    let mut scene = scene_of("WaterFlow");
    scene.size(scene.root, 200.0, 120.0);
    scene.set(scene.root, "columnsTemplate", &[Value::text("1fr 1fr")]);
    let source = scene.add_source(scene.root, "FlowItem", 1000, 40.0);
    scene.listen(scene.root, "onReachEnd");
    scene.frame();
    assert!(scene.host.built <= 10, "{}", scene.host.built);
    scene.heard();
    scene.command(scene.root, "scrollEdge", &[Value::Number(2.0)]);
    scene.frame();
    assert_eq!(scene.heard(), ["onReachEnd"]);
    assert!(scene.tree.frame_children(source).len() <= 10);
    let offset = scene.command(scene.root, "currentOffset", &[]);
    assert_eq!(offset.get("yOffset").as_f64(), Some(19_880.0));
}

#[test]
fn sections_have_lanes_of_their_own() {
    let (mut scene, items) = flow(200.0, "1fr");
    let section = |items: f64, lanes: f64| {
        Value::object([("itemsCount", Value::Number(items)), ("crossCount", Value::Number(lanes))])
    };
    let sections = Value::array([section(1.0, 1.0), section(5.0, 2.0)]);
    scene.command(scene.root, "sections", &[sections]);
    scene.frame();
    assert_eq!(scene.rect(items[0]), (0.0, 0.0, 200.0, 40.0));
    assert_eq!(scene.rect(items[1]), (0.0, 40.0, 100.0, 80.0));
    assert_eq!(scene.rect(items[2]), (100.0, 40.0, 100.0, 30.0));
    assert_eq!(scene.rect(items[3]), (100.0, 70.0, 100.0, 20.0));
}

#[test]
fn items_are_held_within_limits() {
    let mut scene = scene_of("WaterFlow");
    scene.size(scene.root, 200.0, 300.0);
    scene.set(scene.root, "columnsTemplate", &[Value::text("1fr 1fr")]);
    let limits = Value::object([("minHeight", Value::Number(40.0)), ("maxHeight", Value::Number(100.0))]);
    scene.set(scene.root, "itemConstraintSize", &[limits]);
    let items: Vec<_> =
        [20.0, 60.0, 150.0].into_iter().map(|height| scene.add_item(scene.root, "FlowItem", height)).collect();
    scene.frame();
    assert_eq!(items.iter().map(|item| scene.rect(*item).3).collect::<Vec<_>>(), [40.0, 60.0, 100.0]);
}

#[test]
fn content_begins_and_ends_with_free_space() {
    let mut scene = scene_of("WaterFlow");
    scene.size(scene.root, 100.0, 100.0);
    scene.set(scene.root, "contentStartOffset", &[Value::Number(10.0)]);
    scene.set(scene.root, "contentEndOffset", &[Value::Number(20.0)]);
    let items: Vec<_> = (0..4).map(|_| scene.add_item(scene.root, "FlowItem", 50.0)).collect();
    scene.frame();
    assert_eq!(scene.rect(items[0]).1, 10.0);
    scene.command(scene.root, "scrollEdge", &[Value::Number(2.0)]);
    scene.frame();
    assert_eq!(scene.rect(items[3]).1, 30.0);
}

#[test]
fn a_section_can_say_how_large_its_items_are() {
    let mut scene = scene_of("WaterFlow");
    scene.size(scene.root, 100.0, 300.0);
    let handler = Value::Callback(scene.handler("extent"));
    scene.answer("extent", Value::Number(70.0));
    let section = Value::object([("itemsCount", Value::Number(3.0)), ("onGetItemMainSizeByIndex", handler)]);
    scene.set(scene.root, "create", &[Value::object([("sections", Value::array([section]))])]);
    let items: Vec<_> = (0..3).map(|_| scene.add_item(scene.root, "FlowItem", 20.0)).collect();
    scene.frame();
    assert_eq!(items.iter().map(|item| scene.rect(*item).1).collect::<Vec<_>>(), [0.0, 70.0, 140.0]);
}
