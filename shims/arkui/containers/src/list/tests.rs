use crate::testing::{Scene, scene_of};
use concord_ui::tree::NodeId;
use concord_ui::value::Value;

fn number(number: f64) -> Value {
    Value::Number(number)
}

fn list(width: f64, height: f64) -> Scene {
    let mut scene = scene_of("List");
    scene.size(scene.root, width, height);
    scene
}

fn add_items(scene: &mut Scene, count: usize, height: f64) -> Vec<NodeId> {
    (0..count).map(|_| scene.add_item(scene.root, "ListItem", height)).collect()
}

#[test]
fn items_stack_with_space() {
    let mut scene = list(100.0, 200.0);
    scene.set(scene.root, "create", &[Value::object([("space", number(10.0))])]);
    let items = add_items(&mut scene, 4, 40.0);
    scene.frame();
    for (index, item) in items.into_iter().enumerate() {
        assert_eq!(scene.rect(item), (0.0, index as f32 * 50.0, 100.0, 40.0));
    }
}

#[test]
fn lanes_share_the_cross_axis() {
    let mut scene = list(120.0, 200.0);
    let items = add_items(&mut scene, 4, 40.0);
    scene.set(scene.root, "lanes", &[number(2.0)]);
    scene.frame();
    assert_eq!(scene.rect(items[1]), (60.0, 0.0, 60.0, 40.0));
    assert_eq!(scene.rect(items[2]), (0.0, 40.0, 60.0, 40.0));
    scene.set(scene.root, "lanes", &[number(3.0)]);
    scene.frame();
    assert_eq!(scene.rect(items[2]), (80.0, 0.0, 40.0, 40.0));
    assert_eq!(scene.rect(items[3]), (0.0, 40.0, 40.0, 40.0));
}

#[test]
fn a_horizontal_list_goes_to_the_right() {
    let mut scene = scene_of("List");
    scene.size(scene.root, 100.0, 40.0);
    scene.set(scene.root, "create", &[Value::object([("space", number(5.0))])]);
    scene.set(scene.root, "listDirection", &[number(1.0)]);
    let items: Vec<_> = (0..4)
        .map(|_| {
            let item = scene.add(scene.root, "ListItem");
            let inner = scene.add(item, "Row");
            scene.set(inner, "width", &[number(40.0)]);
            scene.set(inner, "height", &[Value::text("100%")]);
            item
        })
        .collect();
    scene.frame();
    assert_eq!(scene.rect(items[0]), (0.0, 0.0, 40.0, 40.0));
    assert_eq!(scene.rect(items[1]), (45.0, 0.0, 40.0, 40.0));
    assert!(!scene.is_shown(items[3]));
}

#[test]
fn a_divider_takes_its_width() {
    let mut scene = list(200.0, 120.0);
    let items = add_items(&mut scene, 30, 40.0);
    scene.set(scene.root, "divider", &[Value::object([("strokeWidth", number(2.0))])]);
    scene.frame();
    assert_eq!(scene.rect(items[1]), (0.0, 42.0, 200.0, 40.0));
}

#[test]
fn a_list_without_a_height_is_as_high_as_its_items() {
    let mut scene = scene_of("List");
    add_items(&mut scene, 3, 40.0);
    scene.frame();
    assert_eq!(scene.rect(scene.root), (0.0, 0.0, 360.0, 120.0));
    add_items(&mut scene, 30, 40.0);
    scene.frame();
    assert_eq!(scene.rect(scene.root), (0.0, 0.0, 360.0, 780.0));
}

/// A group, its header, its items and its footer.
type Group = (NodeId, NodeId, Vec<NodeId>, NodeId);

/// Three groups of five items of 40 with headers of 30 and footers of 20, in a box of 160.
fn groups() -> (Scene, Vec<Group>) {
    let mut scene = list(200.0, 160.0);
    let groups = (0..3)
        .map(|_| {
            let group = scene.add(scene.root, "ListItemGroup");
            let part = |scene: &mut Scene, name: &str, height: f64| {
                let builder = scene.add(group, "__Builder__");
                let part = scene.add_box(builder, height);
                let number = Value::Number(scene.tree.number(builder) as f64);
                scene.command(group, name, &[number]);
                part
            };
            let header = part(&mut scene, "header", 30.0);
            let footer = part(&mut scene, "footer", 20.0);
            let items = (0..5).map(|_| scene.add_item(group, "ListItem", 40.0)).collect();
            (group, header, items, footer)
        })
        .collect();
    scene.set(scene.root, "sticky", &[number(1.0)]);
    scene.listen(scene.root, "onScrollIndex");
    scene.frame();
    (scene, groups)
}

#[test]
fn headers_come_before_items_and_stick() {
    let (mut scene, groups) = groups();
    let (_, header, items, _) = &groups[0];
    assert_eq!(scene.rect(*header), (0.0, 0.0, 200.0, 30.0));
    assert_eq!(scene.rect(items[0]), (0.0, 30.0, 200.0, 40.0));
    assert_eq!(scene.rect(items[1]), (0.0, 70.0, 200.0, 40.0));
    scene.command(scene.root, "scrollTo", &[Value::object([("yOffset", number(100.0))])]);
    scene.frame();
    assert_eq!(scene.rect(items[2]), (0.0, 10.0, 200.0, 40.0));
    assert_eq!(scene.rect(*header), (0.0, 0.0, 200.0, 30.0));
}

#[test]
fn jumps_find_groups_and_edges() {
    let (mut scene, groups) = groups();
    scene.heard();
    scene.command(scene.root, "scrollToIndex", &[number(2.0), Value::Bool(false), number(0.0)]);
    scene.frame();
    let (_, header, items, footer) = &groups[2];
    assert_eq!(scene.rect(*header), (0.0, 0.0, 200.0, 30.0));
    assert_eq!(scene.rect(items[0]), (0.0, 30.0, 200.0, 40.0));
    assert_eq!(scene.heard(), ["onScrollIndex 2 2 2"]);
    scene.command(scene.root, "scrollEdge", &[number(2.0)]);
    scene.frame();
    assert_eq!(scene.rect(*footer), (0.0, 140.0, 200.0, 20.0));
    scene.command(scene.root, "scrollTo", &[Value::object([("yOffset", number(0.0))])]);
    scene.frame();
    assert_eq!(scene.rect(groups[0].1), (0.0, 0.0, 200.0, 30.0));
}

#[test]
fn only_what_is_in_sight_is_built() {
    let mut scene = list(160.0, 200.0);
    scene.set(scene.root, "cachedCount", &[number(2.0)]);
    let source = scene.add_source(scene.root, "ListItem", 10_000, 40.0);
    scene.frame();
    assert_eq!(scene.host.built, 7);
    scene.command(scene.root, "scrollToIndex", &[number(5000.0)]);
    scene.frame();
    let shown: Vec<_> = scene.tree.frame_children(source).into_iter().filter(|item| scene.is_shown(*item)).collect();
    assert!(shown.iter().any(|item| scene.rect(*item) == (0.0, 0.0, 160.0, 40.0)));
    assert_eq!(shown.len(), 5);
    assert!(scene.host.built <= 20, "{}", scene.host.built);
    assert_eq!(scene.tree.frame_children(source).len(), 9);
}

#[test]
fn long_scrolling_keeps_few_nodes() {
    let mut scene = list(160.0, 200.0);
    let source = scene.add_source(scene.root, "ListItem", 10_000, 40.0);
    scene.frame();
    for _ in 0..200 {
        scene.command(scene.root, "scrollBy", &[number(0.0), number(90.0)]);
        scene.frame();
        assert!(scene.tree.frame_children(source).len() <= 8);
    }
    let offset = scene.command(scene.root, "currentOffset", &[]);
    assert_eq!(offset.get("yOffset").as_f64(), Some(18_000.0));
}

#[test]
fn the_end_of_a_long_list_is_exact() {
    let mut scene = list(160.0, 200.0);
    let source = scene.add_source(scene.root, "ListItem", 10_000, 40.0);
    scene.listen(scene.root, "onReachEnd");
    scene.frame();
    scene.command(scene.root, "scrollEdge", &[number(2.0)]);
    scene.frame();
    assert_eq!(scene.heard(), ["onReachEnd"]);
    assert_eq!(scene.command(scene.root, "isAtEnd", &[]).as_bool(), Some(true));
    let lowest = scene.tree.frame_children(source).into_iter().filter(|item| scene.is_shown(*item));
    let lowest = lowest.map(|item| scene.rect(item).1).fold(0.0, f32::max);
    assert_eq!(lowest, 160.0);
    // And back by hand.
    scene.swipe(scene.root, 0.0, 100.0, 10);
    scene.rest();
    assert_eq!(scene.command(scene.root, "isAtEnd", &[]).as_bool(), Some(false));
}

#[test]
fn fewer_items_than_before_bring_the_list_back() {
    let mut scene = list(160.0, 200.0);
    let source = scene.add_source(scene.root, "ListItem", 1000, 40.0);
    scene.frame();
    scene.command(scene.root, "scrollToIndex", &[number(500.0)]);
    scene.frame();
    scene.tree.set_source(source, 3);
    scene.frame();
    let shown: Vec<_> = scene.tree.frame_children(source).into_iter().filter(|item| scene.is_shown(*item)).collect();
    assert_eq!(shown.len(), 3);
    assert!(shown.iter().any(|item| scene.rect(*item).1 == 0.0));
}

#[test]
fn a_list_is_pulled_over_its_edge_and_comes_back() {
    let mut scene = list(200.0, 120.0);
    let items = add_items(&mut scene, 30, 40.0);
    scene.frame();
    scene.pull(scene.root, 0.0, 50.0);
    assert!(scene.rect(items[0]).1 > 10.0);
    scene.release(scene.root);
    scene.rest();
    assert_eq!(scene.rect(items[0]).1, 0.0);
}

#[test]
fn a_smooth_jump_arrives() {
    let mut scene = list(160.0, 200.0);
    let items = add_items(&mut scene, 100, 40.0);
    scene.frame();
    scene.command(scene.root, "scrollToIndex", &[number(20.0), Value::Bool(true)]);
    scene.frame();
    scene.frame();
    assert!(scene.rect(items[0]).1 > -800.0);
    scene.rest();
    assert_eq!(scene.rect(items[20]).1, 0.0);
}

#[test]
fn a_fling_rests_on_a_row_when_rows_snap() {
    let mut scene = list(160.0, 200.0);
    let items = add_items(&mut scene, 100, 40.0);
    scene.set(scene.root, "scrollSnapAlign", &[number(1.0)]);
    scene.frame();
    scene.swipe(scene.root, 0.0, -70.0, 10);
    scene.rest();
    let first = items.iter().find(|item| scene.is_shown(**item)).copied().expect("an item");
    assert_eq!(scene.rect(first).1, 0.0);
}

#[test]
fn a_list_without_limits_builds_all() {
    let mut scene = scene_of("Scroll");
    scene.size(scene.root, 100.0, 100.0);
    let list = scene.add(scene.root, "List");
    scene.add_source(list, "ListItem", 30, 40.0);
    scene.frame();
    assert_eq!(scene.rect(list), (0.0, 0.0, 100.0, 1200.0));
}

#[test]
fn an_item_is_pulled_aside_by_hand() {
    let mut scene = list(200.0, 120.0);
    let items = add_items(&mut scene, 3, 40.0);
    let item = items[0];
    let content = scene.child(item, 0);
    // What the builder of the app would have made.
    let builder = scene.add(item, "__Builder__");
    let action = scene.add(builder, "Row");
    scene.size(action, 60.0, 40.0);
    scene.set_builder(item, "swipeAction", "end", builder);
    scene.frame();
    scene.swipe(item, -40.0, 0.0, 20);
    scene.rest();
    assert_eq!(scene.rect(content), (-60.0, 0.0, 200.0, 40.0));
    assert_eq!(scene.rect(action), (140.0, 0.0, 60.0, 40.0));
    scene.command(scene.root, "closeAllSwipeActions", &[]);
    scene.rest();
    assert_eq!(scene.rect(content).0, 0.0);
    assert!(!scene.is_shown(action));
}

#[test]
fn groups_build_what_is_in_sight() {
    let mut scene = list(200.0, 160.0);
    let group = scene.add(scene.root, "ListItemGroup");
    let source = scene.add_source(group, "ListItem", 10_000, 40.0);
    scene.frame();
    scene.rest();
    assert!(scene.host.built <= 20, "{}", scene.host.built);
    scene.command(scene.root, "scrollToItemInGroup", &[number(0.0), number(5000.0)]);
    scene.rest();
    let shown: Vec<_> = scene.tree.frame_children(source);
    assert!(shown.iter().any(|item| scene.rect(*item).1 == 0.0));
    assert!(shown.len() <= 20, "{}", shown.len());
    scene.swipe(scene.root, 0.0, -80.0, 10);
    scene.rest();
    assert!(scene.tree.frame_children(source).len() <= 20);
}

fn mouse(scene: &mut Scene, phase: concord_ui::input::TouchPhase, x: f32, y: f32) {
    let position = concord_ui::geometry::Point::new(x * 3.0, y * 3.0);
    let input = concord_ui::input::TouchInput {
        finger: 1000,
        phase,
        position,
        source: concord_ui::input::Source::Mouse,
        tool: concord_ui::input::Tool::Mouse,
        pressure: 0.0,
    };
    scene.touch(scene.root, &input);
}

fn finger(scene: &mut Scene, phase: concord_ui::input::TouchPhase, x: f32, y: f32) {
    let position = concord_ui::geometry::Point::new(x * 3.0, y * 3.0);
    scene.touch(scene.root, &concord_ui::input::TouchInput::finger(0, phase, position));
}

#[test]
fn a_mouse_selects_what_its_box_touches() {
    use concord_ui::input::TouchPhase::{Down, Move, Up};
    let mut scene = list(100.0, 200.0);
    let items = add_items(&mut scene, 4, 40.0);
    scene.set(scene.root, "multiSelectable", &[Value::Bool(true)]);
    scene.set(items[2], "selectable", &[Value::Bool(false)]);
    for item in &items {
        scene.listen(*item, "onSelect");
    }
    scene.frame();
    mouse(&mut scene, Down, 10.0, 50.0);
    mouse(&mut scene, Move, 20.0, 150.0);
    assert_eq!(scene.heard(), ["onSelect true", "onSelect true"], "the second and the fourth, not the third");
    assert!(scene.tree.ui_state(items[1]).has(concord_ui::input::UiState::SELECTED));
    mouse(&mut scene, Move, 20.0, 60.0);
    assert_eq!(scene.heard(), ["onSelect false"]);
    mouse(&mut scene, Up, 20.0, 60.0);
    mouse(&mut scene, Down, 10.0, 190.0);
    assert_eq!(scene.heard(), ["onSelect false"], "a new press takes the selection back");
}

#[test]
fn a_long_press_takes_an_item_to_another_place() {
    use concord_ui::input::TouchPhase::{Down, Move, Up};
    let mut scene = list(100.0, 200.0);
    let each = scene.add(scene.root, "ForEach");
    let items: Vec<NodeId> = (0..4).map(|_| scene.add_item(each, "ListItem", 40.0)).collect();
    let handler = |scene: &Scene, name| Value::Callback(scene.handler(name));
    let handlers = Value::object([("onMoveThrough", handler(&scene, "through")), ("onDrop", handler(&scene, "drop"))]);
    let moved = handler(&scene, "moved");
    scene.set(each, "onMove", &[moved, handlers]);
    scene.frame();
    finger(&mut scene, Down, 50.0, 20.0);
    for _ in 0..40 {
        scene.frame();
    }
    finger(&mut scene, Move, 50.0, 110.0);
    scene.frame();
    assert_eq!(scene.rect(items[0]).1, 90.0, "it follows the finger");
    assert_eq!([1, 2, 3].map(|index| scene.rect(items[index]).1), [0.0, 40.0, 120.0], "others make room");
    scene.pull(scene.root, 0.0, -30.0);
    assert_eq!(scene.rect(items[1]).1, 0.0, "the list does not scroll meanwhile");
    finger(&mut scene, Up, 50.0, 110.0);
    scene.frame();
    assert_eq!(scene.heard(), ["through 0 2", "drop 2", "moved 0 2"]);
    assert_eq!(scene.rect(items[0]).1, 0.0, "the app has not changed its data");
}

#[test]
fn a_finger_that_moves_takes_nothing_out() {
    use concord_ui::input::TouchPhase::{Down, Move};
    let mut scene = list(100.0, 200.0);
    let each = scene.add(scene.root, "ForEach");
    let item = scene.add_item(each, "ListItem", 40.0);
    let moved = Value::Callback(scene.handler("moved"));
    scene.set(each, "onMove", &[moved]);
    scene.frame();
    finger(&mut scene, Down, 50.0, 20.0);
    finger(&mut scene, Move, 50.0, 40.0);
    for _ in 0..40 {
        scene.frame();
    }
    finger(&mut scene, Move, 50.0, 80.0);
    scene.frame();
    assert_eq!(scene.rect(item).1, 0.0);
}

#[test]
fn the_app_shows_what_a_finger_drags() {
    use concord_ui::input::TouchPhase::{Down, Move, Up};
    let mut scene = list(100.0, 200.0);
    add_items(&mut scene, 4, 40.0);
    for event in ["onItemDragStart", "onItemDragMove", "onItemDragLeave", "onItemDrop"] {
        scene.listen(scene.root, event);
    }
    let preview = scene.add(scene.root, "__Builder__");
    let shown = scene.add(preview, "Row");
    scene.size(shown, 20.0, 20.0);
    let number = Value::Number(scene.tree.number(preview) as f64);
    scene.tree.detach(preview);
    scene.frame();
    assert!(scene.tree.append(scene.root, preview));
    scene.answer("onItemDragStart", number);
    finger(&mut scene, Down, 50.0, 20.0);
    for _ in 0..40 {
        scene.frame();
    }
    finger(&mut scene, Move, 50.0, 100.0);
    scene.frame();
    assert_eq!(scene.rect(shown), (40.0, 90.0, 20.0, 20.0));
    finger(&mut scene, Move, 150.0, 100.0);
    finger(&mut scene, Move, 50.0, 130.0);
    finger(&mut scene, Up, 50.0, 130.0);
    let heard = scene.heard();
    assert_eq!(heard, ["onItemDragMove ? 0 2", "onItemDragLeave ? 0", "onItemDrop ? 0 3 true"]);
}

#[test]
fn known_extents_make_offsets_exact() {
    let mut scene = list(100.0, 200.0);
    let source = scene.add_source(scene.root, "ListItem", 1000, 40.0);
    let sizes = Value::object([("default", number(40.0)), ("sizes", Value::array([]))]);
    scene.set(scene.root, "childrenMainSize", &[sizes]);
    scene.frame();
    assert!(scene.tree.source(source).is_some());
    scene.command(scene.root, "scrollTo", &[Value::object([("yOffset", number(20_030.0))])]);
    scene.frame();
    let offset = |scene: &mut Scene| scene.command(scene.root, "currentOffset", &[]).get("yOffset").as_f64();
    assert_eq!(offset(&mut scene), Some(20_030.0));
    let size = scene.command(scene.root, "contentSize", &[]);
    assert_eq!(size.get("height").as_f64(), Some(40_000.0));
    assert!(scene.host.built < 60, "{} items were built", scene.host.built);
    scene.command(scene.root, "scrollTo", &[Value::object([("yOffset", number(1e6))])]);
    scene.frame();
    assert_eq!(offset(&mut scene), Some(39_800.0));
}

#[test]
fn a_chat_begins_at_its_end() {
    let mut scene = list(100.0, 200.0);
    scene.set(scene.root, "stackFromEnd", &[Value::Bool(true)]);
    let few = add_items(&mut scene, 2, 40.0);
    scene.frame();
    assert_eq!(few.iter().map(|item| scene.rect(*item).1).collect::<Vec<_>>(), [120.0, 160.0]);
    let more = add_items(&mut scene, 6, 40.0);
    scene.frame();
    scene.frame();
    assert_eq!(scene.rect(few[0]).1, 0.0, "more than a box begins at its start");
    scene.command(scene.root, "scrollEdge", &[number(2.0)]);
    scene.frame();
    assert_eq!(scene.rect(more[5]).1, 160.0);
    let mut scene = list(100.0, 200.0);
    scene.set(scene.root, "stackFromEnd", &[Value::Bool(true)]);
    let many = add_items(&mut scene, 20, 40.0);
    scene.frame();
    assert_eq!(scene.rect(many[19]).1, 160.0, "the last item is seen first");
}

#[test]
fn what_is_in_sight_stays_when_items_come_before_it() {
    let shown = |keeps: bool| {
        let mut scene = list(100.0, 200.0);
        let source = scene.add_source(scene.root, "ListItem", 100, 40.0);
        scene.set(scene.root, "maintainVisibleContentPosition", &[Value::Bool(keeps)]);
        scene.listen(scene.root, "onScrollIndex");
        scene.frame();
        scene.command(scene.root, "scrollToIndex", &[number(10.0)]);
        scene.frame();
        scene.heard();
        scene.tree.note_splice(source, concord_ui::Splice { at: 0, removed: 0, added: 5 });
        scene.tree.set_source(source, 105);
        scene.frame();
        scene.heard()
    };
    assert!(shown(false).is_empty(), "the same indexes are seen");
    assert_eq!(shown(true), ["onScrollIndex 15 19 17"]);
}

#[test]
fn swipe_actions_tell_how_far_they_are() {
    let mut scene = list(300.0, 200.0);
    let item = scene.add_item(scene.root, "ListItem", 40.0);
    let actions = scene.add(item, "__Builder__");
    let button = scene.add(actions, "Row");
    scene.size(button, 60.0, 40.0);
    let handler = |scene: &Scene, name| Value::Callback(scene.handler(name));
    let made = Value::Number(scene.tree.number(actions) as f64);
    scene.answer("build", made);
    let end = Value::object([
        ("builder", handler(&scene, "build")),
        ("onAction", handler(&scene, "action")),
        ("onStateChange", handler(&scene, "state")),
        ("onEnterActionArea", handler(&scene, "enter")),
        ("onExitActionArea", handler(&scene, "exit")),
        ("actionAreaDistance", number(10.0)),
    ]);
    scene.set(item, "swipeAction", &[Value::object([("end", end)])]);
    scene.frame();
    scene.swipe(item, -50.0, 0.0, 10);
    scene.rest();
    assert_eq!(scene.rect(button).0, 240.0);
    assert_eq!(scene.heard(), ["state 1"]);
    scene.swipe(item, 50.0, 0.0, 10);
    scene.rest();
    assert_eq!(scene.heard(), ["state 0"]);
    assert_eq!(scene.command(item, "expand", &[Value::Bool(true)]).as_bool(), Some(false), "nothing is at the start");
    assert_eq!(scene.command(item, "expand", &[Value::Bool(false)]).as_bool(), Some(true));
    scene.rest();
    assert_eq!(scene.rect(button).0, 240.0);
    scene.heard();
    scene.swipe(item, -80.0, 0.0, 20);
    scene.rest();
    assert_eq!(scene.heard(), ["enter", "state 2", "action", "exit", "state 0"]);
}

#[test]
fn the_app_hears_which_part_of_a_group_is_seen() {
    let mut scene = list(100.0, 100.0);
    let group = scene.add(scene.root, "ListItemGroup");
    let header = scene.add(group, "__Builder__");
    scene.add_box(header, 30.0);
    let header = Value::Number(scene.tree.number(header) as f64);
    scene.command(group, "header", &[header]);
    for _ in 0..5 {
        scene.add_item(group, "ListItem", 40.0);
    }
    scene.listen(scene.root, "onScrollVisibleContentChange");
    scene.frame();
    assert_eq!(scene.heard().len(), 1);
    let info = scene.command(scene.root, "getVisibleListContentInfo", &[number(10.0), number(10.0)]);
    assert_eq!((info.get("index").as_i32(), info.get("itemGroupArea").as_i32()), (Some(0), Some(2)));
    let info = scene.command(scene.root, "getVisibleListContentInfo", &[number(10.0), number(80.0)]);
    assert_eq!((info.get("itemGroupArea").as_i32(), info.get("itemIndexInGroup").as_i32()), (Some(1), Some(1)));
    scene.command(scene.root, "scrollTo", &[Value::object([("yOffset", number(60.0))])]);
    scene.frame();
    assert_eq!(scene.heard().len(), 1);
}
