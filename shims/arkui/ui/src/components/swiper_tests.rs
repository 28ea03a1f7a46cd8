use crate::testing::Scene;
use crate::tree::NodeId;
use crate::value::Value;

fn swiper(width: f64, height: f64) -> (Scene, Vec<NodeId>) {
    let mut scene = Scene::new("Swiper");
    scene.size(scene.root, width, height);
    scene.set(scene.root, "duration", &[Value::Number(100.0)]);
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
    let mut scene = Scene::new("Swiper");
    scene.size(scene.root, 120.0, 80.0);
    let source = scene.add_source(scene.root, "Column", 1000, 40.0);
    scene.frame();
    assert_eq!(scene.host.built, 3);
    scene.command(scene.root, "changeIndex", &[Value::Number(500.0)]);
    scene.frame();
    assert_eq!(scene.tree.frame_children(source).len(), 3);
}
