//! Attributes that say where the focus goes, and what shows it: `nextFocus`, `tabStop`, `focusScopeId`, `focusScopePriority`,
//! `focusBox`.

use super::focus::Step;
use super::space;
use crate::common::parse_color;
use crate::component::{Method, Setter};
use crate::tree::{NodeId, Tree};
use crate::units::{Environment, Length, Unit};
use crate::value::Value;
use concord_paint::kurbo::{RoundedRect, RoundedRectRadii, Shape, Stroke};
use concord_paint::{Brush, Color, Painter};
use std::rc::Rc;

/// See the module. Unset is what every node does.
#[derive(Debug, Clone, Default)]
pub struct FocusStyle {
    /// `nextFocus`: the `id` of a node by where the focus goes: forward, backward, up, down, left, right.
    pub next: [Option<Rc<str>>; 6],
    /// `tabStop`: Tab stops at the container; Enter goes into it.
    pub tab_stop: bool,
    /// `focusScopeId`: its name, whether Tab passes it in one step, whether arrows leave it.
    pub scope: Option<(Rc<str>, bool, bool)>,
    /// `focusScopePriority`: the scope, and 0, 2000 (first) or 3000 (the one that had it last).
    pub priority: Option<(Rc<str>, i32)>,
    /// `focusBox`.
    pub ring: Option<FocusBox>,
}

/// What is drawn around the node with the focus.
#[derive(Debug, Clone, PartialEq)]
pub struct FocusBox {
    /// How far from the edge; outwards is positive.
    pub margin: Option<Length>,
    /// Its colour.
    pub color: Option<Color>,
    /// Its width.
    pub width: Option<Length>,
}

impl FocusStyle {
    /// The slot of [`FocusStyle::next`] for a step.
    fn slot(step: Step) -> usize {
        match step {
            Step::Next => 0,
            Step::Previous => 1,
            Step::Towards(_, -1) => 2,
            Step::Towards(_, 1) => 3,
            Step::Towards(-1, _) => 4,
            Step::Towards(..) => 5,
        }
    }
}

fn style(tree: &Tree, id: NodeId) -> Option<&FocusStyle> {
    tree.get(id)?.common.input.as_ref()?.focus.as_deref()
}

/// The node that the app has named for a step from a leaf: its own word first, then that of what is around it.
pub(super) fn named(tree: &Tree, root: NodeId, from: NodeId, step: Step) -> Option<NodeId> {
    let slot = FocusStyle::slot(step);
    let names = space::chain(tree, from).into_iter().filter_map(|id| style(tree, id)?.next.get(slot)?.clone());
    names.into_iter().find_map(|name| match name.strip_prefix(BY_NUMBER) {
        Some(number) => tree.by_number(number.parse().ok()?),
        None => tree.find_by_key(root, &name),
    })
}

/// The container with `tabStop` that a leaf is in: the outermost that does not hold `current`.
pub(super) fn tab_stop(tree: &Tree, leaf: NodeId, current: Option<NodeId>) -> Option<NodeId> {
    space::chain(tree, leaf).into_iter().rfind(|id| {
        let inside = current.is_some_and(|current| current != *id && tree.is_inside(current, *id));
        style(tree, *id).is_some_and(|style| style.tab_stop) && !inside
    })
}

/// Whether a node is a container with `tabStop`.
pub(super) fn is_tab_stop(tree: &Tree, id: NodeId) -> bool {
    style(tree, id).is_some_and(|style| style.tab_stop)
}

/// The group that a leaf is in, and whether arrows leave it.
pub(super) fn group(tree: &Tree, leaf: NodeId) -> Option<(NodeId, bool)> {
    space::chain(tree, leaf).into_iter().find_map(|id| {
        let (_, is_group, arrows_leave) = style(tree, id)?.scope.as_ref()?;
        is_group.then_some((id, *arrows_leave))
    })
}

/// The leaf of a scope that gets the focus when the scope is entered.
pub(super) fn preferred(tree: &Tree, container: NodeId, leaves: &[NodeId], last: Option<NodeId>) -> Option<NodeId> {
    let (name, ..) = style(tree, container)?.scope.as_ref()?;
    let rank = |leaf: NodeId| {
        let chain = space::chain(tree, leaf).into_iter().take_while(|id| *id != container);
        chain.into_iter().find_map(|id| {
            let (scope, rank) = style(tree, id)?.priority.as_ref()?;
            (scope == name).then_some(*rank)
        })
    };
    let with = |wanted: i32| leaves.iter().copied().find(|leaf| rank(*leaf) == Some(wanted));
    let last = last.filter(|last| leaves.contains(last) && with(3000).is_some());
    last.or_else(|| with(3000)).or_else(|| with(2000))
}

/// The platform's width and distance; the colour is `interactive_focus` of the theme, that of the brand.
const WIDTH: f32 = 2.0;
const MARGIN: f32 = 2.0;

/// Draws what shows the focus around a box.
pub(crate) fn paint(tree: &Tree, id: NodeId, shape: RoundedRect, painter: &mut Painter) {
    let environment = &tree.environment;
    let ring = style(tree, id).and_then(|style| style.ring.as_ref());
    let length = |length: Option<&Length>, default: f32| {
        f64::from(length.map_or_else(|| environment.vp(default), |length| length.to_px(environment)))
    };
    let width = length(ring.and_then(|ring| ring.width.as_ref()), WIDTH);
    let margin = length(ring.and_then(|ring| ring.margin.as_ref()), MARGIN);
    if width <= 0.0 {
        return;
    }
    let color = ring.and_then(|ring| ring.color).unwrap_or_else(|| default_color(environment));
    let by = margin + width / 2.0;
    let rect = shape.rect().inflate(by, by);
    let grow = |radius: f64| if radius > 0.0 { (radius + by).max(0.0) } else { 0.0 };
    let radii = shape.radii();
    let radii = RoundedRectRadii::new(
        grow(radii.top_left),
        grow(radii.top_right),
        grow(radii.bottom_right),
        grow(radii.bottom_left),
    );
    painter.stroke(rect.to_rounded_rect(radii).to_path(0.1), &Stroke::new(width), &Brush::Solid(color));
}

fn default_color(environment: &Environment) -> Color {
    crate::theme::EMPHASIZE.of(environment)
}

fn change(node: &mut Setter<'_>, change: impl FnOnce(&mut FocusStyle)) -> Value {
    node.repaint(|common| change(common.input.get_or_insert_default().focus.get_or_insert_default()))
}

/// Before the number of a node; no `id` begins with it.
const BY_NUMBER: char = '\0';

fn name(value: &Value) -> Option<Rc<str>> {
    // The library gives the number of a node that the app has named by its object.
    if let Some(number) = value.as_f64() {
        return Some(format!("{BY_NUMBER}{}", number as u64).into());
    }
    value.as_str().filter(|name| !name.is_empty()).map(Rc::from)
}

pub(crate) static METHODS: &[Method] = &[
    Method {
        name: "nextFocus",
        apply: |node, args| {
            let to = args.get(0);
            let next = ["forward", "backward", "up", "down", "left", "right"].map(|way| name(to.get(way)));
            change(node, |style| style.next = next)
        },
    },
    Method {
        name: "tabStop",
        apply: |node, args| change(node, |style| style.tab_stop = args.get(0).as_bool() == Some(true)),
    },
    Method {
        name: "focusScopeId",
        apply: |node, args| {
            let scope = name(args.get(0))
                .map(|id| (id, args.get(1).as_bool() == Some(true), args.get(2).as_bool() != Some(false)));
            change(node, |style| style.scope = scope)
        },
    },
    Method {
        name: "focusScopePriority",
        apply: |node, args| {
            let priority = name(args.get(0)).map(|id| (id, args.get(1).as_i32().unwrap_or(0)));
            change(node, |style| style.priority = priority)
        },
    },
    Method {
        name: "focusBox",
        apply: |node, args| {
            let given = args.get(0);
            // `LengthMetrics` has a value and a unit; the library hands over lengths.
            let length = |name: &str| Length::from_value(given.get(name), Unit::Vp);
            let ring = given.as_object().map(|_| FocusBox {
                margin: length("margin"),
                color: parse_color(given.get("strokeColor")),
                width: length("strokeWidth"),
            });
            change(node, |style| style.ring = ring)
        },
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::gesture::testing::Scene;
    use crate::input::{KeyInput, KeyPhase, focus};

    const TAB: i32 = 2049;
    const RIGHT: i32 = 2015;
    const ENTER: i32 = 2054;
    const ESCAPE: i32 = 2070;

    /// A layer (2) with two groups (3, 4) of two buttons each (31 32, 41 42), one group beside the other.
    fn scene() -> Scene {
        let mut scene = Scene::new();
        scene.add(1, 2, (0.0, 0.0, 400.0, 100.0));
        for (group, x) in [(3, 0.0), (4, 200.0)] {
            scene.add(2, group, (x, 0.0, 200.0, 100.0));
            for index in 1..=2 {
                scene.add(group, group * 10 + index, ((index - 1) as f32 * 100.0, 0.0, 90.0, 90.0));
                scene.on(group * 10 + index, "onClick", "click");
            }
        }
        let window = scene.id(1);
        scene.pass(|pass, _| focus::after_layout(pass, &[window]));
        scene
    }

    fn style(scene: &mut Scene, element: i32) -> &mut FocusStyle {
        scene.node(element).common.input.get_or_insert_default().focus.get_or_insert_default()
    }

    fn press(scene: &mut Scene, code: i32) -> i32 {
        scene.pass(|pass, _| crate::input::key(pass, &KeyInput::new(KeyPhase::Down, code)));
        scene.pass(|pass, _| crate::input::key(pass, &KeyInput::new(KeyPhase::Up, code)));
        scene.tree.input.focus.leaf().and_then(|leaf| Some(scene.tree.get(leaf)?.element)).unwrap_or(0)
    }

    #[test]
    fn what_the_app_names_comes_next() {
        let mut scene = scene();
        scene.node(42).common.id = Some("last".into());
        style(&mut scene, 31).next[0] = Some("last".into());
        assert_eq!(press(&mut scene, TAB), 31);
        assert_eq!(press(&mut scene, TAB), 42);
        assert_eq!(press(&mut scene, TAB), 31, "what is not named follows the order");
    }

    #[test]
    fn tab_stops_at_a_container_and_enter_goes_in() {
        let mut scene = scene();
        style(&mut scene, 3).tab_stop = true;
        assert_eq!(press(&mut scene, TAB), 3);
        assert_eq!(press(&mut scene, TAB), 41, "what is in it is passed over");
        assert_eq!([press(&mut scene, TAB), press(&mut scene, TAB)], [42, 3]);
        assert_eq!(press(&mut scene, ENTER), 31);
        assert_eq!(press(&mut scene, TAB), 32);
        assert_eq!(press(&mut scene, ESCAPE), 3);
        assert_eq!(scene.log(), "", "nothing was clicked");
    }

    #[test]
    fn a_group_is_one_step_and_prefers_what_it_is_told() {
        let mut scene = scene();
        style(&mut scene, 3).scope = Some(("one".into(), true, false));
        style(&mut scene, 32).priority = Some(("one".into(), 2000));
        assert_eq!(press(&mut scene, TAB), 32);
        assert_eq!(press(&mut scene, RIGHT), 32, "arrows do not leave it");
        assert_eq!(press(&mut scene, TAB), 41);
    }
}
