//! What the app's side of containers does: controllers, parts that builders make, and functions that the tree calls.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

/// A page whose contents are those of `build`, in a window; `rest()` waits until everything is shown.
const PAGE: &str = r"
const nodes = require('@concord:arkui/nodes');
const window = nodes.createWindow(1080, 2340);
const out = [];
const rest = async (ms = 40) => { await new Promise((resolve) => setTimeout(resolve, ms)); nodes.flush(); };
class Page extends ViewPU {
  constructor(build) { super(undefined, undefined, -1, undefined); this.contents = build; this.finalizeConstruction(); }
  make(Class, set, inside) {
    this.observeComponentCreation2(() => set(), Class);
    inside?.();
    Class.pop();
  }
  initialRender() { this.contents((...args) => this.make(...args), this); }
  rerender() { this.updateDirtyElements(); }
}
const show = async (build) => { const page = new Page(build); page.appear__(window); await rest(); return page; };
const byId = (id) => nodes.findByKey(id, window);
const frame = (id) => nodes.frame(byId(id));
";

#[track_caller]
fn gives(body: &str, expected: &str) {
    let home = tempfile::tempdir().unwrap();
    let script = format!("{PAGE}{body}\nreturn out.join(' | ');");
    if let Some(text) = common::real_script_in("ui/gallery/entry.hap", home.path(), &script) {
        assert_eq!(text, expected, "{body}");
    }
}

#[test]
fn sizes_that_the_app_knows_are_followed_when_they_change() {
    gives(
        r"
        const sizes = new ChildrenMainSize(40);
        sizes.update(1, 100);
        const scroller = new Scroller();
        await show((make) => make(List, () => {
          List.create({ scroller }); List.width(100); List.height(200); List.childrenMainSize(sizes);
        }, () => { for (let i = 0; i < 20; i++) make(ListItem, () => { ListItem.create(() => {}, false); ListItem.height(i === 1 ? 100 : 40); }); }));
        scroller.scrollTo({ xOffset: 0, yOffset: 400 });
        await rest();
        out.push(scroller.currentOffset().yOffset, scroller.contentSize().height);
        sizes.splice(0, 2, [40, 40]);
        await rest();
        out.push(sizes.childDefaultSize);
        try { sizes.update(-1, 2); } catch (error) { out.push(error.code); }
        ",
        "400 | 860 | 40 | 401",
    );
}

#[test]
fn curves_and_transitions_of_the_app_reach_a_swiper() {
    gives(
        r"
        const controller = new SwiperController();
        let last;
        await show((make) => make(Swiper, () => {
          Swiper.create(controller); Swiper.width(100); Swiper.height(100); Swiper.curve(Curve.Linear); Swiper.duration(100);
          Swiper.onChange((index) => out.push(index));
          Swiper.customContentTransition({ timeout: 1000, transition: (proxy) => { last = proxy; } });
        }, () => { for (let i = 0; i < 3; i++) make(Text, () => { Text.create(`${i}`); }); }));
        controller.showNext();
        await rest(400);
        out.push(last.mainAxisLength, typeof last.finishTransition, controller.isFakeDragging());
        await controller.preloadItems([9]).catch((error) => out.push(error.code));
        await controller.preloadItems([2]);
        ",
        "1 | 100 | function | false | 401",
    );
}

#[test]
fn an_item_shows_what_a_content_has_and_opens_by_hand_of_the_app() {
    gives(
        r"
        const { ListItemSwipeActionDirection } = globalThis;
        const states = [];
        await show((make, page) => make(List, () => { List.create({}); List.width(300); List.height(200); }, () => {
          make(ListItem, () => {
            ListItem.create(() => {}, false); ListItem.height(40); ListItem.id('item');
            ListItem.swipeAction({ end: {
              builder: () => page.make(Row, () => { Row.create(); Row.width(60); Row.height(40); Row.id('action'); }),
              onStateChange: (state) => states.push(state) } });
          });
        }));
        const { frameNodeOf } = require('@concord:arkui/frame-node');
        const node = frameNodeOf(byId('item'));
        ListItemSwipeActionManager.expand(node, ListItemSwipeActionDirection.END);
        await rest(800);
        out.push(nodes.isShown(byId('action')), states.join());
        try { ListItemSwipeActionManager.expand(node, ListItemSwipeActionDirection.START); } catch (error) { out.push(error.code); }
        try { ListItemSwipeActionManager.expand(frameNodeOf(byId('action')), 1); } catch (error) { out.push(error.code); }
        ListItemSwipeActionManager.collapse(node);
        await rest(800);
        out.push(states.join());
        ",
        "true | 1 | 106203 | 100023 | 1,0",
    );
}

#[test]
fn tabs_ask_the_app_for_transitions_and_give_up_what_they_do_not_keep() {
    gives(
        r"
        const controller = new TabsController();
        let built = 0;
        let proxy;
        await show((make) => make(Tabs, () => {
          Tabs.create({ controller }); Tabs.width(300); Tabs.height(300); Tabs.cachedMaxCount(0, TabsCacheMode.CACHE_BOTH_SIDE);
          Tabs.customContentTransition((from, to) => (to === 2 ? { timeout: 5000, transition: (given) => { proxy = given; } } : undefined));
          Tabs.animationDuration(0);
        }, () => { for (let i = 0; i < 3; i++) {
          make(TabContent, () => {
            TabContent.create(() => { built++; Text.create(`${i}`); });
            TabContent.tabBar(i === 0 ? new SubTabBarStyle('a').indicator({ color: Color.Red }) : new BottomTabBarStyle($r_missing(), 'b'));
            TabContent.id(`content${i}`);
          });
        } }));
        out.push(built);
        controller.changeIndex(1);
        await rest(100);
        controller.changeIndex(0);
        await rest(100);
        out.push(built);
        controller.changeIndex(2);
        await rest(100);
        out.push(nodes.isShown(byId('content0')), nodes.isShown(byId('content2')), proxy.to);
        proxy.finishTransition();
        await rest(100);
        out.push(nodes.isShown(byId('content0')), nodes.isShown(byId('content2')));
        "
        .replace("$r_missing()", "{ id: -1, type: 20000, params: ['app.media.none'], bundleName: '', moduleName: '' }")
        .as_str(),
        "1 | 3 | true | true | 2 | false | true",
    );
}
