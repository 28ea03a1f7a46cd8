use crate::testing::{Scene, scene_of};
use concord_ui::tree::NodeId;
use concord_ui::value::Value;

fn swiper(width: f64, height: f64) -> (Scene, Vec<NodeId>) {
    let mut scene = scene_of("Swiper");
    scene.size(scene.root, width, height);
    scene.set(scene.root, "duration", &[Value::Number(100.0)]);
    scene.set(scene.root, "curve", &[Value::text("linear")]);
    let pages = (0..4)
        .map(|_| {
            let page = scene.add(scene.root, "Row");
            scene.set(page, "width", &[Value::text("100%")]);
            scene.set(page, "height", &[Value::text("100%")]);
            page
        })
        .collect();
    scene.listen(scene.root, "onChange");
    (scene, pages)
}

fn no_loop(scene: &mut Scene) {
    scene.set(scene.root, "loop", &[Value::Bool(false)]);
    scene.frame();
}

#[test]
fn commands_turn_pages_and_stop_at_the_ends() {
    let (mut scene, pages) = swiper(240.0, 120.0);
    no_loop(&mut scene);
    assert_eq!(scene.rect(pages[0]), (0.0, 0.0, 240.0, 120.0));
    scene.command(scene.root, "showPrevious", &[]);
    scene.rest();
    assert!(scene.heard().is_empty());
    scene.command(scene.root, "showNext", &[]);
    scene.frame();
    scene.frame();
    assert!(scene.rect(pages[0]).0 < 0.0 && scene.rect(pages[1]).0 > 0.0);
    scene.rest();
    assert_eq!(scene.rect(pages[1]), (0.0, 0.0, 240.0, 120.0));
    scene.command(scene.root, "changeIndex", &[Value::Number(3.0), Value::Bool(false)]);
    scene.frame();
    assert_eq!(scene.rect(pages[3]), (0.0, 0.0, 240.0, 120.0));
    scene.command(scene.root, "showNext", &[]);
    scene.rest();
    assert_eq!(scene.heard(), ["onChange 1", "onChange 3"]);
}

#[test]
fn a_swipe_turns_one_page() {
    let (mut scene, _) = swiper(240.0, 120.0);
    no_loop(&mut scene);
    scene.swipe(scene.root, -190.0, 0.0, 20);
    scene.rest();
    scene.swipe(scene.root, 190.0, 0.0, 20);
    scene.rest();
    assert_eq!(scene.heard(), ["onChange 1", "onChange 0"]);
}

#[test]
fn the_last_is_followed_by_the_first() {
    let (mut scene, pages) = swiper(240.0, 120.0);
    scene.frame();
    scene.command(scene.root, "showPrevious", &[]);
    scene.rest();
    assert_eq!(scene.rect(pages[3]), (0.0, 0.0, 240.0, 120.0));
    scene.command(scene.root, "showNext", &[]);
    scene.rest();
    assert_eq!(scene.rect(pages[0]), (0.0, 0.0, 240.0, 120.0));
    assert_eq!(scene.heard(), ["onChange 3", "onChange 0"]);
}

#[test]
fn several_pages_share_the_box() {
    let (mut scene, pages) = swiper(210.0, 60.0);
    scene.set(scene.root, "displayCount", &[Value::Number(2.0)]);
    scene.set(scene.root, "itemSpace", &[Value::Number(10.0)]);
    no_loop(&mut scene);
    assert_eq!(scene.rect(pages[0]), (0.0, 0.0, 100.0, 60.0));
    assert_eq!(scene.rect(pages[1]), (110.0, 0.0, 100.0, 60.0));
}

#[test]
fn margins_show_the_neighbours() {
    let (mut scene, pages) = swiper(200.0, 60.0);
    scene.set(scene.root, "prevMargin", &[Value::Number(20.0)]);
    scene.set(scene.root, "nextMargin", &[Value::Number(20.0)]);
    scene.frame();
    assert_eq!(scene.rect(pages[0]), (20.0, 0.0, 160.0, 60.0));
    assert_eq!(scene.rect(pages[1]).0, 180.0);
    assert_eq!(scene.rect(pages[3]).0, -140.0);
}

#[test]
fn the_index_follows_the_app() {
    let (mut scene, pages) = swiper(120.0, 80.0);
    scene.set(scene.root, "vertical", &[Value::Bool(true)]);
    scene.set(scene.root, "index", &[Value::Number(1.0)]);
    scene.frame();
    assert_eq!(scene.rect(pages[1]), (0.0, 0.0, 120.0, 80.0));
    scene.set(scene.root, "index", &[Value::Number(2.0)]);
    scene.frame();
    assert_eq!(scene.rect(pages[2]), (0.0, 0.0, 120.0, 80.0));
    scene.swipe(scene.root, 0.0, -64.0, 20);
    scene.rest();
    assert_eq!(scene.rect(pages[3]), (0.0, 0.0, 120.0, 80.0));
    // The same value again is no wish.
    scene.set(scene.root, "index", &[Value::Number(2.0)]);
    scene.frame();
    assert_eq!(scene.rect(pages[3]), (0.0, 0.0, 120.0, 80.0));
}

#[test]
fn time_turns_pages() {
    let (mut scene, _) = swiper(120.0, 80.0);
    scene.set(scene.root, "autoPlay", &[Value::Bool(true)]);
    scene.set(scene.root, "interval", &[Value::Number(1000.0)]);
    scene.frame();
    for _ in 0..150 {
        scene.frame();
    }
    assert_eq!(scene.heard(), ["onChange 1", "onChange 2"]);
}

#[test]
fn pages_of_a_source_are_built_when_they_are_near() {
    let mut scene = scene_of("Swiper");
    scene.size(scene.root, 120.0, 80.0);
    let source = scene.add_source(scene.root, "Column", 1000, 40.0);
    scene.frame();
    assert_eq!(scene.host.built, 3);
    scene.command(scene.root, "changeIndex", &[Value::Number(500.0)]);
    scene.frame();
    assert_eq!(scene.tree.frame_children(source).len(), 3);
}

#[test]
fn a_spring_turns_pages_where_the_app_says_no_curve() {
    let (mut scene, pages) = swiper(240.0, 120.0);
    scene.set(scene.root, "curve", &[Value::Undefined]);
    no_loop(&mut scene);
    scene.command(scene.root, "showNext", &[]);
    for _ in 0..8 {
        scene.frame();
    }
    let at = scene.rect(pages[1]).0;
    assert!(at > 0.0 && at < 200.0, "after 133 ms of a duration of 100 ms it is still on its way: {at}");
    scene.rest();
    assert_eq!(scene.rect(pages[1]).0, 0.0);
}

#[test]
fn the_app_hears_what_is_selected_and_what_moves() {
    let (mut scene, _) = swiper(240.0, 120.0);
    for event in ["onSelected", "onUnselected", "onScrollStateChanged", "onContentDidScroll"] {
        scene.listen(scene.root, event);
    }
    no_loop(&mut scene);
    scene.swipe(scene.root, -190.0, 0.0, 2);
    scene.rest();
    let heard = scene.heard();
    let moved = |line: &&String| line.starts_with("onContentDidScroll");
    let told: Vec<&String> = heard.iter().filter(|line| !moved(line)).collect();
    assert_eq!(
        told,
        [
            "onScrollStateChanged 1",
            "onScrollStateChanged 2",
            "onUnselected 0",
            "onSelected 1",
            "onChange 1",
            "onScrollStateChanged 0"
        ]
    );
    // Index of the page in sight, a page, where it is in pages, how large pages are.
    let first = heard.iter().find(moved).map(String::as_str);
    assert!(
        first.is_some_and(|line| line.starts_with("onContentDidScroll 0 0 -0.") && line.ends_with(" 240")),
        "{first:?}"
    );
}

#[test]
fn groups_are_turned_whole() {
    let (mut scene, pages) = swiper(240.0, 120.0);
    let fifth = scene.add(scene.root, "Row");
    scene.set(scene.root, "displayCount", &[Value::Number(2.0), Value::Bool(true)]);
    no_loop(&mut scene);
    scene.command(scene.root, "showNext", &[]);
    scene.rest();
    assert_eq!(scene.rect(pages[2]).0, 0.0);
    scene.command(scene.root, "showNext", &[]);
    scene.rest();
    assert_eq!(scene.rect(fifth).0, 0.0, "the last group has one page and an empty place");
    assert_eq!(scene.heard(), ["onChange 2", "onChange 4"]);
}

#[test]
fn pages_can_have_their_own_sizes() {
    let mut scene = scene_of("Swiper");
    scene.size(scene.root, 200.0, 60.0);
    scene.set(scene.root, "displayCount", &[Value::text("auto")]);
    scene.set(scene.root, "itemSpace", &[Value::Number(10.0)]);
    let pages: Vec<NodeId> = [50.0, 80.0, 120.0]
        .into_iter()
        .map(|width| {
            let page = scene.add(scene.root, "Row");
            scene.size(page, width, 60.0);
            page
        })
        .collect();
    scene.set(scene.root, "loop", &[Value::Bool(false)]);
    scene.frame();
    scene.frame();
    assert_eq!(pages.iter().map(|page| scene.rect(*page).0).collect::<Vec<_>>(), [0.0, 60.0, 150.0]);
    scene.command(scene.root, "showNext", &[]);
    scene.rest();
    assert_eq!(scene.rect(pages[1]).0, 0.0);
}

#[test]
fn blank_at_the_ends_can_be_left_out() {
    let (mut scene, pages) = swiper(200.0, 60.0);
    scene.set(scene.root, "prevMargin", &[Value::Number(20.0), Value::Bool(true)]);
    scene.set(scene.root, "nextMargin", &[Value::Number(20.0), Value::Bool(true)]);
    no_loop(&mut scene);
    assert_eq!(scene.rect(pages[0]).0, 0.0);
    scene.command(scene.root, "changeIndex", &[Value::Number(1.0)]);
    scene.frame();
    assert_eq!(scene.rect(pages[1]).0, 20.0);
    scene.command(scene.root, "changeIndex", &[Value::Number(3.0)]);
    scene.frame();
    assert_eq!(scene.rect(pages[3]).0, 40.0);
}

#[test]
fn arrows_and_dots_turn_pages() {
    let (mut scene, _) = swiper(240.0, 120.0);
    scene.set(scene.root, "displayArrow", &[Value::Bool(true)]);
    no_loop(&mut scene);
    let part = |scene: &Scene, name: &str| {
        let children = scene.tree.frame_children(scene.root);
        children.into_iter().find(|child| scene.tree.get(*child).is_some_and(|child| child.component.name() == name))
    };
    let arrow = part(&scene, "SwiperRightArrow").expect("an arrow");
    assert!(
        !scene.is_shown(part(&scene, "SwiperLeftArrow").expect("an arrow")),
        "there is nothing before the first page"
    );
    scene.click(arrow, 2.0, 2.0);
    scene.rest();
    let dots = part(&scene, "SwiperIndicator").expect("dots");
    // Dots of 6 vp, 8 vp apart; the second is selected and 12 vp wide: the third begins at 34 vp.
    scene.click(dots, 35.0, 3.0);
    scene.rest();
    scene.click(dots, 1.0, 3.0);
    scene.rest();
    assert_eq!(scene.heard(), ["onChange 1", "onChange 2", "onChange 1"]);
    scene.set(scene.root, "indicatorInteractive", &[Value::Bool(false)]);
    assert!(scene.tree.get(dots).is_some_and(|node| !node.component.reacts_to_click(&scene.tree, dots)));
}

#[test]
fn a_page_stays_in_sight_when_others_come_before_it() {
    let (mut scene, pages) = swiper(240.0, 120.0);
    scene.set(scene.root, "maintainVisibleContentPosition", &[Value::Bool(true)]);
    scene.command(scene.root, "changeIndex", &[Value::Number(1.0)]);
    scene.frame();
    let first = scene.tree.create_named("Row", -1).expect("a row");
    assert!(scene.tree.insert(scene.root, first, 0));
    scene.frame();
    assert_eq!(scene.rect(pages[1]).0, 0.0);
    assert_eq!(scene.command(scene.root, "isFakeDragging", &[]).as_bool(), Some(false));
}

#[test]
fn the_app_can_drag() {
    let (mut scene, pages) = swiper(240.0, 120.0);
    no_loop(&mut scene);
    assert_eq!(scene.command(scene.root, "fakeDragBy", &[Value::Number(-10.0)]).as_bool(), Some(false));
    assert_eq!(scene.command(scene.root, "startFakeDrag", &[]).as_bool(), Some(true));
    assert_eq!(scene.command(scene.root, "fakeDragBy", &[Value::Number(-150.0)]).as_bool(), Some(true));
    scene.frame();
    assert_eq!(scene.rect(pages[0]).0, -150.0);
    scene.command(scene.root, "stopFakeDrag", &[]);
    scene.rest();
    assert_eq!(scene.heard(), ["onChange 1"]);
}

#[test]
fn a_swiper_at_its_end_lets_the_one_around_go_on() {
    let mut scene = scene_of("Swiper");
    scene.size(scene.root, 240.0, 120.0);
    scene.set(scene.root, "loop", &[Value::Bool(false)]);
    let inner = scene.add(scene.root, "Swiper");
    let second = scene.add(scene.root, "Row");
    for _ in 0..2 {
        scene.add(inner, "Row");
    }
    scene.set(inner, "loop", &[Value::Bool(false)]);
    scene.set(inner, "index", &[Value::Number(1.0)]);
    scene.set(inner, "nestedScroll", &[Value::Number(1.0)]);
    scene.frame();
    scene.frame();
    scene.swipe(inner, -190.0, 0.0, 10);
    scene.rest();
    assert_eq!(scene.rect(second).0, 0.0);
}

#[test]
fn pages_can_be_built_before_they_are_seen() {
    let mut scene = scene_of("Swiper");
    scene.size(scene.root, 120.0, 80.0);
    let source = scene.add_source(scene.root, "Column", 10, 40.0);
    scene.set(scene.root, "loop", &[Value::Bool(false)]);
    scene.set(scene.root, "cachedCount", &[Value::Number(0.0)]);
    scene.frame();
    assert_eq!(scene.tree.frame_children(source).len(), 1);
    let items = |items: &[f64]| Value::array(items.iter().map(|item| Value::Number(*item)).collect::<Vec<_>>());
    assert_eq!(scene.command(scene.root, "preloadItems", &[items(&[2.0, 3.0])]).as_bool(), Some(true));
    scene.frame();
    assert_eq!(scene.tree.frame_children(source).len(), 3);
    assert_eq!(scene.command(scene.root, "preloadItems", &[items(&[10.0])]).as_bool(), Some(false));
}
