//! `IndicatorComponent`: the dots or digits of a swiper without one, or of a swiper that is elsewhere on the page.

use super::indicator::{Indicator, Shown};
use super::{State as SwiperState, access, parts};
use crate::pager;
use concord_paint::Painter;
use concord_ui::change::put;
use concord_ui::component::{Component, Method, Setter};
use concord_ui::geometry::{Axis, Point, Size};
use concord_ui::handlers;
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::{Args, Value};
use std::any::Any;

/// See the module.
pub(crate) struct IndicatorComponent;

struct State {
    count: usize,
    index: usize,
    indicator: Indicator,
    no_loop: bool,
    vertical: bool,
    /// The swiper whose pages it shows.
    swiper: Option<NodeId>,
    /// `initialIndex` as it was last given.
    initial: Option<usize>,
}

impl Default for State {
    fn default() -> State {
        State {
            count: COUNT,
            index: 0,
            indicator: Indicator::default(),
            no_loop: false,
            vertical: false,
            swiper: None,
            initial: None,
        }
    }
}

/// How many pages there are where the app says nothing.
const COUNT: usize = 2;

impl State {
    fn shown(&self, tree: &Tree) -> Shown {
        let axis = if self.vertical { Axis::Vertical } else { Axis::Horizontal };
        match self.swiper.and_then(|swiper| tree.state::<SwiperState>(swiper)) {
            Some(swiper) => Shown { axis, ..parts::shown(swiper) },
            None => Shown { count: self.count, selected: self.index, position: self.index as f32, axis },
        }
    }

    fn swiper(&self, tree: &Tree) -> Option<NodeId> {
        self.swiper.filter(|swiper| tree.state::<SwiperState>(*swiper).is_some())
    }
}

/// A swiper has been laid out: the indicator that shows its pages follows.
pub(super) fn follow(tree: &mut Tree, indicator: NodeId, shown: &Shown) {
    let Some(state) = tree.state_mut::<State>(indicator) else { return };
    let count = std::mem::replace(&mut state.count, shown.count);
    let index = std::mem::replace(&mut state.index, shown.selected);
    if count != shown.count {
        tree.mark_measure(indicator);
    }
    if index != shown.selected {
        tree.emit_event(indicator, "onChange", vec![Value::Number(shown.selected as f64)]);
    }
}

/// Shows another page, and tells the app; that of the swiper, if there is one.
fn step(tree: &mut Tree, node: NodeId, forth: bool) {
    let Some(state) = tree.state::<State>(node) else { return };
    if let Some(swiper) = state.swiper(tree) {
        pager::step(tree, swiper, access, if forth { 1.0 } else { -1.0 });
        return;
    }
    let last = state.count.saturating_sub(1);
    let to = match (forth, state.index) {
        (true, index) if index >= last => {
            if state.no_loop {
                last
            } else {
                0
            }
        }
        (true, index) => index + 1,
        (false, 0) => {
            if state.no_loop {
                0
            } else {
                last
            }
        }
        (false, index) => index - 1,
    };
    set(tree, node, to);
}

fn set(tree: &mut Tree, node: NodeId, index: usize) {
    let Some(state) = tree.state_mut::<State>(node) else { return };
    if std::mem::replace(&mut state.index, index) != index {
        tree.emit_event(node, "onChange", vec![Value::Number(index as f64)]);
        tree.mark_measure(node);
    }
}

impl Component for IndicatorComponent {
    fn name(&self) -> &'static str {
        "IndicatorComponent"
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn commands(&self) -> &'static [Method] {
        COMMANDS
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        // Digits are shaped when they are drawn, and measured with the same fonts.
        let _ = pass.tree.fonts();
        let Some(state) = pass.tree.state::<State>(node) else { return Size::ZERO };
        constraint.fit(state.indicator.size(pass.tree, &state.shown(pass.tree)))
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn reacts_to_click(&self, tree: &Tree, node: NodeId) -> bool {
        tree.state::<State>(node).is_some_and(|state| state.indicator.is_dots())
    }

    fn on_click(&self, pass: &mut Pass<'_>, node: NodeId, at: Point) {
        let Some(size) = pass.tree.get(node).map(|node| node.layout.size) else { return };
        let Some(state) = pass.tree.state::<State>(node) else { return };
        let shown = state.shown(pass.tree);
        let right_to_left = shown.axis == Axis::Horizontal && pass.tree.is_right_to_left(node);
        // The row is in the middle of the node.
        let free = (size.along(shown.axis) - state.indicator.size(pass.tree, &shown).along(shown.axis)) / 2.0;
        let along = at.along(shown.axis);
        let along = if right_to_left { size.along(shown.axis) - along } else { along } - free;
        match state.indicator.side_of(pass.tree, &shown, along) {
            std::cmp::Ordering::Less => step(pass.tree, node, false),
            std::cmp::Ordering::Greater => step(pass.tree, node, true),
            std::cmp::Ordering::Equal => {}
        }
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let (Some(state), Some(found)) = (tree.state::<State>(node), tree.get(node)) else { return };
        let shown = state.shown(tree);
        let content = found.layout.content();
        let size = state.indicator.size(tree, &shown);
        let x = content.origin.x + (content.size.width - size.width) / 2.0;
        let y = content.origin.y + (content.size.height - size.height) / 2.0;
        painter.save();
        painter.transform(concord_paint::kurbo::Affine::translate((f64::from(x), f64::from(y))));
        state.indicator.paint(tree, size, &shown, tree.is_right_to_left(node), painter);
        painter.restore();
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        let shown = state.shown(tree);
        out.text("count", shown.count.to_string());
        out.text("index", shown.selected.to_string());
        out.flag("loop", !state.no_loop);
        out.flag("vertical", state.vertical);
    }
}

fn whole(value: &Value) -> Option<usize> {
    value.as_f64().filter(|number| *number >= 0.0).map(|number| number as usize)
}

fn initial_index(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let index = whole(args.get(0)).unwrap_or(0);
    node.restyle(|state: &mut State| {
        if state.initial.replace(index) != Some(index) {
            state.index = index;
        }
    })
}

static COMMANDS: &[Method] = &[
    Method {
        name: "showNext",
        apply: |node, _| {
            step(node.tree, node.node, true);
            Value::Undefined
        },
    },
    Method {
        name: "showPrevious",
        apply: |node, _| {
            step(node.tree, node.node, false);
            Value::Undefined
        },
    },
    Method {
        name: "changeIndex",
        apply: |node, args| {
            let Some(state) = node.tree.state::<State>(node.node) else { return Value::Undefined };
            let count = state.shown(node.tree).count;
            // What is out of range means the first.
            let index = whole(args.get(0)).filter(|index| *index < count).unwrap_or(0);
            match state.swiper(node.tree) {
                Some(swiper) => {
                    pager::go(node.tree, swiper, access, index as f32, args.get(1).as_bool() == Some(true));
                }
                None => set(node.tree, node.node, index),
            }
            Value::Undefined
        },
    },
    // `swiper(node)`: whose pages it shows.
    Method {
        name: "swiper",
        apply: |node, args| {
            let swiper = args.get(0).as_f64().and_then(|number| node.tree.by_number(number as u64));
            if let Some(state) = swiper.and_then(|swiper| node.tree.state_mut::<SwiperState>(swiper)) {
                state.follower = Some(node.node);
            }
            node.restyle(|state: &mut State| put(&mut state.swiper, swiper))
        },
    },
];

static METHODS: &[Method] = &[
    Method { name: "create", apply: |_, _| Value::Undefined },
    Method { name: "initialIndex", apply: initial_index },
    Method {
        name: "count",
        apply: |node, args| {
            let count = whole(args.get(0)).filter(|count| *count > 0).unwrap_or(COUNT);
            node.restyle(|state: &mut State| put(&mut state.count, count))
        },
    },
    Method {
        name: "style",
        apply: |node, args| {
            node.restyle(|state: &mut State| put(&mut state.indicator, Indicator::from_value(args.get(0))))
        },
    },
    Method {
        name: "loop",
        apply: |node, args| {
            node.redraw(|state: &mut State| put(&mut state.no_loop, args.get(0).as_bool() == Some(false)))
        },
    },
    Method {
        name: "vertical",
        apply: |node, args| {
            node.restyle(|state: &mut State| put(&mut state.vertical, args.get(0).as_bool() == Some(true)))
        },
    },
    EVENTS[0],
];

static EVENTS: &[Method] = handlers!["onChange"];

#[cfg(test)]
mod tests {
    use crate::testing::scene_of;
    use concord_ui::geometry::Point;
    use concord_ui::layout::Pass;
    use concord_ui::value::Value;

    #[test]
    fn it_counts_pages_of_its_own() {
        let mut scene = scene_of("IndicatorComponent");
        scene.set(scene.root, "count", &[Value::Number(3.0)]);
        scene.set(scene.root, "initialIndex", &[Value::Number(2.0)]);
        scene.listen(scene.root, "onChange");
        scene.frame();
        // Two small dots, the selected one, and the spaces between them.
        assert_eq!(scene.rect(scene.root), (0.0, 0.0, 40.0, 6.0));
        scene.command(scene.root, "showNext", &[]);
        scene.command(scene.root, "changeIndex", &[Value::Number(1.0)]);
        assert_eq!(scene.heard(), ["onChange 0", "onChange 1"]);
        let component = scene.tree.get(scene.root).expect("a node").component;
        component.on_click(&mut Pass::new(&mut scene.tree, &mut scene.host), scene.root, Point::new(2.0, 9.0));
        assert_eq!(scene.heard(), ["onChange 0"]);
        scene.set(scene.root, "loop", &[Value::Bool(false)]);
        scene.command(scene.root, "showPrevious", &[]);
        assert_eq!(scene.heard(), [""; 0]);
    }

    #[test]
    fn it_shows_the_pages_of_a_swiper() {
        let mut scene = scene_of("Column");
        let (swiper, indicator) = (scene.add(scene.root, "Swiper"), scene.add(scene.root, "IndicatorComponent"));
        scene.size(swiper, 200.0, 100.0);
        for _ in 0..4 {
            scene.add_item(swiper, "Row", 100.0);
        }
        scene.set(swiper, "indicator", &[Value::Bool(false)]);
        let number = Value::Number(scene.tree.number(swiper) as f64);
        scene.command(indicator, "swiper", &[number]);
        scene.listen(indicator, "onChange");
        scene.frame();
        scene.frame();
        assert_eq!(scene.rect(indicator).2, 54.0, "four dots");
        scene.command(indicator, "showNext", &[]);
        scene.rest();
        assert_eq!(scene.heard(), ["onChange 1"]);
    }
}
