//! `Stepper` and `StepperItem`: pages one after the other, with buttons for the one before and the next below them.

use super::{Bound, DISABLED, EMPHASIZE};
use concord_paint::Painter;
use concord_ui::component::{Component, Method, Setter};
use concord_ui::font::Font;
use concord_ui::geometry::{Point, Rect, Size};
use concord_ui::handlers;
use concord_ui::inspector::Attributes;
use concord_ui::label::Label;
use concord_ui::layout::{Constraint, ContentConstraint, Ideal, Pass, place_aligned};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Length, Unit};
use concord_ui::value::{Args, Callback, Value};
use concord_ui::words::word;
use std::any::Any;
use std::rc::Rc;

/// See the module.
pub(crate) struct Stepper;

/// A page of it.
pub(crate) struct StepperItem;

/// `ItemState`, by the platform's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Status {
    /// The next page may be shown.
    #[default]
    Normal,
    /// It may not.
    Disabled,
    /// Nor while something goes on.
    Waiting,
    /// All that follow may be left out.
    Skip,
}

#[derive(Default)]
struct Item {
    before: Option<Rc<str>>,
    next: Option<Rc<str>>,
    status: Status,
}

#[derive(Default)]
struct State {
    index: usize,
    /// `index` as it was last given.
    given: Option<usize>,
    count: usize,
    bound: Option<Callback>,
    labels: [Label; 2],
    /// What the labels say.
    texts: [Rc<str>; 2],
}

/// Values of `stepper_pattern` in the theme: the height of the bar with the buttons in vp, their font in fp, and their words.
const BAR: f32 = 48.0;
const SIDE: f32 = 16.0;
const FONT: Length = Length::Plain(16.0, Unit::Fp);
const BACK: &str = "Back";
const NEXT: &str = "Next";
const START: &str = "Start";
const SKIP: &str = "Skip";

fn items(tree: &Tree, node: NodeId) -> Vec<NodeId> {
    let children = tree.frame_children(node).into_iter();
    children.filter(|child| tree.state::<Item>(*child).is_some()).collect()
}

/// The words of both buttons for the page in sight; empty for none.
fn words(tree: &Tree, node: NodeId, items: &[NodeId]) -> [Rc<str>; 2] {
    let index = tree.state::<State>(node).map_or(0, |state| state.index);
    let item = items.get(index).and_then(|item| tree.state::<Item>(*item));
    let Some(item) = item else { return ["".into(), "".into()] };
    let or = |given: &Option<Rc<str>>, default: &str| {
        given.clone().unwrap_or_else(|| word(&tree.environment.locale, default).into())
    };
    let before = if index == 0 { "".into() } else { or(&item.before, BACK) };
    let next = match item.status {
        Status::Skip => or(&item.next, SKIP),
        // What goes on says so by there being nothing to press.
        Status::Waiting => "".into(),
        _ if index + 1 == items.len() => or(&item.next, START),
        _ => or(&item.next, NEXT),
    };
    [before, next]
}

fn show(tree: &mut Tree, node: NodeId, index: usize, event: &str) {
    let Some(state) = tree.state_mut::<State>(node) else { return };
    let before = std::mem::replace(&mut state.index, index);
    let bound = state.bound.clone();
    let (before, now) = (Value::Number(before as f64), Value::Number(index as f64));
    if let Some(bound) = bound {
        tree.emit(&bound, vec![now.clone()]);
    }
    tree.emit_event(node, "onChange", vec![before.clone(), now.clone()]);
    tree.emit_event(node, event, vec![before, now]);
    tree.mark_measure(node);
}

impl Component for Stepper {
    fn name(&self) -> &'static str {
        "Stepper"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let environment = pass.tree.environment.clone();
        let fonts = pass.tree.fonts();
        let items = items(pass.tree, node);
        let most = Size::new(environment.vp(360.0), environment.vp(360.0));
        let or = |extent: f32, default: f32| if extent.is_finite() { extent } else { default };
        let size =
            constraint.fit(Size::new(or(constraint.max.width, most.width), or(constraint.max.height, most.height)));
        let page = Size::new(size.width, (size.height - environment.vp(BAR)).max(0.0));
        let Some(state) = pass.tree.state_mut::<State>(node) else { return size };
        state.count = items.len();
        state.index = state.index.min(items.len().saturating_sub(1));
        let index = state.index;
        if let Some(item) = items.get(index) {
            let ideal = Ideal { width: Some(page.width), height: Some(page.height) };
            pass.measure(*item, &Constraint { min: Size::ZERO, max: page, percent: page, ideal });
        }
        let words = words(pass.tree, node, &items);
        let Some(state) = pass.tree.state_mut::<State>(node) else { return size };
        for ((label, known), text) in state.labels.iter_mut().zip(&mut state.texts).zip(words) {
            if *known != text {
                *known = Rc::clone(&text);
                label.forget();
            }
            label.measure(&fonts, size.width / 2.0, 1, || {
                (text.to_string(), Font::default().style(&environment, &FONT, EMPHASIZE.of(&environment), 500))
            });
        }
        size
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        let index = pass.tree.state::<State>(node).map_or(0, |state| state.index);
        if let Some(item) = items(pass.tree, node).get(index) {
            pass.place_child(*item, content.origin);
        }
    }

    fn environment_changed(&self, tree: &mut Tree, node: NodeId) {
        if let Some(state) = tree.state_mut::<State>(node) {
            state.labels.iter_mut().for_each(Label::forget);
        }
    }

    fn paint_above(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let (Some(state), Some(found)) = (tree.state::<State>(node), tree.get(node)) else { return };
        let environment = &tree.environment;
        let content = found.layout.content();
        let (bar, side) = (environment.vp(BAR), environment.vp(SIDE));
        let right_to_left = tree.is_right_to_left(node);
        let items = items(tree, node);
        let item = items.get(state.index).and_then(|item| tree.state::<Item>(*item));
        for (number, label) in state.labels.iter().enumerate() {
            if state.texts.get(number).is_none_or(|text| text.is_empty()) {
                continue;
            }
            let size = label.size();
            let at_left = (number == 0) != right_to_left;
            let x = if at_left { side } else { content.size.width - side - size.width };
            let origin = content.origin + Point::new(x, content.size.height - bar);
            let dim = number == 1 && item.is_some_and(|item| item.status == Status::Disabled);
            if dim {
                painter.push_layer(concord_paint::LayerStyle { opacity: DISABLED, ..Default::default() });
            }
            label.paint(painter, &Rect { origin, size: Size::new(size.width, bar) });
            if dim {
                painter.pop_layer();
            }
        }
    }

    fn reacts_to_click(&self, _tree: &Tree, _node: NodeId) -> bool {
        true
    }

    fn on_click(&self, pass: &mut Pass<'_>, node: NodeId, at: Point) {
        let bar = pass.tree.environment.vp(BAR);
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        if at.y < content.bottom() - bar {
            return;
        }
        let at_left = at.x < content.origin.x + content.size.width / 2.0;
        let back = at_left != pass.tree.is_right_to_left(node);
        let items = items(pass.tree, node);
        let Some(index) = pass.tree.state::<State>(node).map(|state| state.index) else { return };
        let status = items.get(index).and_then(|item| pass.tree.state::<Item>(*item)).map(|item| item.status);
        match (back, status) {
            (true, Some(_)) if index > 0 => show(pass.tree, node, index - 1, "onPrevious"),
            (false, Some(Status::Skip)) => {
                pass.tree.emit_event(node, "onSkip", Vec::new());
            }
            (false, Some(Status::Normal)) if index + 1 < items.len() => show(pass.tree, node, index + 1, "onNext"),
            (false, Some(Status::Normal)) => {
                pass.tree.emit_event(node, "onFinish", Vec::new());
            }
            _ => {}
        }
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        out.text("index", state.index.to_string());
    }
}

impl Component for StepperItem {
    fn name(&self) -> &'static str {
        "StepperItem"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(Item::default())
    }

    fn methods(&self) -> &'static [Method] {
        ITEM_METHODS
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        pass.measure_stacked(node, constraint)
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let alignment = pass.tree.get(node).and_then(|node| node.common.align).unwrap_or_default();
        place_aligned(pass, node, alignment);
    }
}

fn create(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let bound = Bound::member(args.get(0), "index");
    let index = bound.value.as_f64().filter(|index| *index >= 0.0).map_or(0, |index| index as usize);
    node.restyle(|state: &mut State| {
        state.bound = bound.change;
        if state.given.replace(index) != Some(index) {
            state.index = index;
        }
    })
}

fn told(node: &mut Setter<'_>, change: impl FnOnce(&mut Item)) -> Value {
    node.restyle(|item: &mut Item| change(item))
}

static METHODS: &[Method] =
    &[Method { name: "create", apply: create }, EVENTS[0], EVENTS[1], EVENTS[2], EVENTS[3], EVENTS[4]];

static EVENTS: &[Method] = handlers!["onFinish", "onSkip", "onChange", "onNext", "onPrevious"];

static ITEM_METHODS: &[Method] = &[
    Method { name: "create", apply: super::without_effect },
    Method {
        name: "prevLabel",
        apply: |node, args| told(node, |item| item.before = args.get(0).as_str().map(Rc::from)),
    },
    Method { name: "nextLabel", apply: |node, args| told(node, |item| item.next = args.get(0).as_str().map(Rc::from)) },
    Method {
        name: "status",
        apply: |node, args| {
            told(node, |item| {
                item.status = match args.get(0).as_i32() {
                    Some(1) => Status::Disabled,
                    Some(2) => Status::Waiting,
                    Some(3) => Status::Skip,
                    _ => Status::Normal,
                };
            })
        },
    },
];

#[cfg(test)]
mod tests {
    use crate::testing::scene_of;
    use concord_ui::geometry::Point;
    use concord_ui::layout::Pass;
    use concord_ui::value::Value;

    #[test]
    fn pages_follow_each_other_by_the_buttons_below() {
        let mut scene = scene_of("Stepper");
        let root = scene.root;
        scene.size(root, 200.0, 300.0);
        scene.set(root, "create", &[Value::object([("index", Value::Number(0.0))])]);
        let pages: Vec<_> = (0..3).map(|_| scene.add(root, "StepperItem")).collect();
        for event in ["onNext", "onPrevious", "onFinish", "onSkip"] {
            scene.listen(root, event);
        }
        scene.frame();
        assert_eq!(scene.rect(pages[0]), (0.0, 0.0, 200.0, 252.0));
        let press = |scene: &mut concord_ui::testing::Scene, x: f32| {
            let component = scene.tree.get(root).expect("a node").component;
            let at = Point::new(x * 3.0, 280.0 * 3.0);
            component.on_click(&mut Pass::new(&mut scene.tree, &mut scene.host), root, at);
            scene.frame();
        };
        press(&mut scene, 180.0);
        assert!(!scene.is_shown(pages[0]) && scene.is_shown(pages[1]));
        press(&mut scene, 20.0);
        press(&mut scene, 20.0);
        assert_eq!(scene.heard(), ["onNext 0 1", "onPrevious 1 0"]);
        scene.set(pages[0], "status", &[Value::Number(1.0)]);
        press(&mut scene, 180.0);
        scene.set(pages[0], "status", &[Value::Number(3.0)]);
        press(&mut scene, 180.0);
        assert_eq!(scene.heard(), ["onSkip"]);
        scene.set(root, "create", &[Value::object([("index", Value::Number(2.0))])]);
        scene.frame();
        press(&mut scene, 180.0);
        assert_eq!(scene.heard(), ["onFinish"]);
    }
}
