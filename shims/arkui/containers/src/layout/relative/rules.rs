//! What children of a `RelativeContainer` are tied to.

use super::Child;
use concord_ui::common::Common;
use concord_ui::geometry::Axis;
use concord_ui::units::{Length, Unit};
use concord_ui::value::Value;
use rustc_hash::{FxHashMap, FxHashSet};
use std::rc::Rc;

/// A line of `guideLine`.
#[derive(Debug, Clone, PartialEq)]
pub struct Guideline {
    /// Its name.
    pub id: Rc<str>,
    /// Along which axis children can hang on it; the line itself runs across.
    pub axis: Axis,
    /// Distance from the left or upper edge.
    pub start: Option<Length>,
    /// Distance from the right or lower edge.
    pub end: Option<Length>,
}

impl Guideline {
    /// From `{id, direction, position: {start, end}}`.
    pub fn from_value(value: &Value) -> Option<Guideline> {
        let position = value.get("position");
        Some(Guideline {
            id: value.get("id").as_str()?.into(),
            // `Axis.Vertical` is 0: a vertical line is for horizontal anchors.
            axis: if value.get("direction").as_i32() == Some(1) { Axis::Vertical } else { Axis::Horizontal },
            start: Length::from_value(position.get("start"), Unit::Vp),
            end: Length::from_value(position.get("end"), Unit::Vp),
        })
    }
}

/// A line of `barrier`: the outermost edge of several children.
#[derive(Debug, Clone, PartialEq)]
pub struct Barrier {
    /// Its name.
    pub id: Rc<str>,
    /// Along which axis children can hang on it.
    pub axis: Axis,
    /// Whether it lies behind the last of its children, rather than before the first.
    pub far: bool,
    /// Whether the sides change where text runs from right to left.
    pub localized: bool,
    /// The names of the children.
    pub members: Vec<Rc<str>>,
}

impl Barrier {
    /// From `{id, direction | localizedDirection, referencedId}`.
    pub fn from_value(value: &Value) -> Option<Barrier> {
        let localized = value.get("localizedDirection").as_i32();
        let direction = localized.or(value.get("direction").as_i32()).unwrap_or(0);
        let members = value.get("referencedId").as_array().unwrap_or_default();
        Some(Barrier {
            id: value.get("id").as_str()?.into(),
            axis: if matches!(direction, 2 | 3) { Axis::Vertical } else { Axis::Horizontal },
            far: matches!(direction, 1 | 3),
            localized: localized.is_some(),
            members: members.iter().filter_map(|member| member.as_str().map(Rc::from)).collect(),
        })
    }
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Target {
    Container,
    Child(usize),
    Guideline(usize),
    Barrier(usize),
}

/// One tie: to a part of something, 0 being its start and 1 its end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    pub(super) target: Target,
    pub(super) at: f32,
}

/// `ChainStyle`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ChainStyle {
    Spread,
    SpreadInside,
    Packed,
}

/// The ties of a child along one axis.
#[derive(Debug, Clone, Copy)]
pub(super) struct AxisRules {
    pub(super) start: Option<Rule>,
    pub(super) middle: Option<Rule>,
    pub(super) end: Option<Rule>,
    pub(super) bias: f32,
    pub(super) chain: Option<ChainStyle>,
    pub(super) weight: f32,
}

impl AxisRules {
    const NONE: AxisRules = AxisRules { start: None, middle: None, end: None, bias: 0.5, chain: None, weight: 0.0 };

    pub(super) fn all(&self) -> impl Iterator<Item = Rule> {
        [self.start, self.middle, self.end].into_iter().flatten()
    }
}

/// The ties of a child.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    horizontal: AxisRules,
    vertical: AxisRules,
    /// Whether there are any; a child without lies in the upper left corner, margin included.
    pub(super) any: bool,
    /// Whether it hangs on something with `Visibility.None`.
    pub(super) hidden: bool,
}

impl Rules {
    pub(super) fn along(&self, axis: Axis) -> &AxisRules {
        if axis == Axis::Horizontal { &self.horizontal } else { &self.vertical }
    }

    pub(super) fn read(
        common: &Common,
        names: &FxHashMap<Rc<str>, Target>,
        gone: &FxHashSet<Rc<str>>,
        right_to_left: bool,
    ) -> Rules {
        let mut rules = Rules { horizontal: AxisRules::NONE, vertical: AxisRules::NONE, any: false, hidden: false };
        let Some(value) = common.extra.get("alignRules").filter(|value| value.as_object().is_some()) else {
            return rules;
        };
        rules.any = true;
        let localized = !value.get("start").is_nullish() || !value.get("end").is_nullish();
        let mirrored = localized && right_to_left;
        let mut hidden = false;
        let mut read = |name: &str, mirrored: bool| {
            let rule = value.get(name);
            let anchor = rule.get("anchor").as_str()?;
            hidden |= gone.contains(anchor);
            // `HorizontalAlign` and `VerticalAlign`: 1, 2, 3.
            let at = match rule.get("align").as_i32() {
                Some(2) => 0.5,
                Some(3) => 1.0,
                _ => 0.0,
            };
            Some(Rule { target: *names.get(anchor)?, at: if mirrored { 1.0 - at } else { at } })
        };
        let (left, right) = if localized { ("start", "end") } else { ("left", "right") };
        let (start, end) = (read(left, mirrored), read(right, mirrored));
        rules.horizontal.start = if mirrored { end } else { start };
        rules.horizontal.end = if mirrored { start } else { end };
        rules.horizontal.middle = read("middle", mirrored);
        rules.vertical.start = read("top", false);
        rules.vertical.middle = read("center", false);
        rules.vertical.end = read("bottom", false);
        rules.hidden = hidden;
        let bias = |name: &str| value.get("bias").get(name).as_f32().unwrap_or(0.5);
        rules.horizontal.bias = if mirrored { 1.0 - bias("horizontal") } else { bias("horizontal") };
        rules.vertical.bias = bias("vertical");
        if let Some([axis, style]) = common.extra.get("chainMode").and_then(Value::as_array) {
            let style = match style.as_i32() {
                Some(1) => ChainStyle::SpreadInside,
                Some(2) => ChainStyle::Packed,
                _ => ChainStyle::Spread,
            };
            // `Axis.Vertical` is 0.
            let along = if axis.as_i32() == Some(1) { &mut rules.horizontal } else { &mut rules.vertical };
            along.chain = Some(style);
        }
        if let Some(weight) = common.extra.get("chainWeight") {
            rules.horizontal.weight = weight.get("horizontal").as_f32().unwrap_or(0.0).max(0.0);
            rules.vertical.weight = weight.get("vertical").as_f32().unwrap_or(0.0).max(0.0);
        }
        rules
    }
}

/// The chains along an axis: children in a row of which each hangs on the next and the next on it, with a style at the head.
pub(super) fn chains(children: &[Child], axis: Axis, right_to_left: bool) -> Vec<Vec<usize>> {
    let rules = |index: usize| children.get(index).map(|child| child.rules.along(axis));
    let next = |index: usize| {
        let end = rules(index)?.end.filter(|rule| rule.at == 0.0)?;
        let Target::Child(next) = end.target else { return None };
        let back = rules(next)?.start.filter(|rule| rule.at == 1.0)?;
        (back.target == Target::Child(index) && next != index).then_some(next)
    };
    let followed: FxHashSet<usize> = (0..children.len()).filter_map(next).collect();
    let heads = (0..children.len()).filter(|index| !followed.contains(index));
    let mut chains = Vec::new();
    for head in heads {
        let chain: Vec<usize> = std::iter::successors(Some(head), |index| next(*index)).take(children.len()).collect();
        let from_right = axis == Axis::Horizontal && right_to_left;
        let styled = if from_right { chain.last() } else { chain.first() };
        let style = styled.and_then(|index| rules(*index)?.chain);
        let tied = rules(head).is_some_and(|rules| rules.start.is_some())
            && chain.last().and_then(|last| rules(*last)).is_some_and(|rules| rules.end.is_some());
        if chain.len() > 1 && style.is_some() && tied {
            chains.push(chain);
        }
    }
    chains
}

/// Whether children depend on each other in a circle, on whichever axes. The ties within a chain do not count.
pub(super) fn has_circle(children: &[Child], barriers: &[Barrier], names: &FxHashMap<Rc<str>, Target>) -> bool {
    let count = children.len() + barriers.len();
    let mut needs: Vec<FxHashSet<usize>> = vec![FxHashSet::default(); count];
    let index = |target: Target| match target {
        Target::Child(child) => Some(child),
        Target::Barrier(barrier) => Some(children.len() + barrier),
        Target::Container | Target::Guideline(_) => None,
    };
    for axis in Axis::BOTH {
        let mut linked = FxHashSet::default();
        // Either end may be the head here: which one it is does not change what hangs on what.
        for chain in chains(children, axis, false).into_iter().chain(chains(children, axis, true)) {
            for pair in chain.windows(2) {
                if let [a, b] = *pair {
                    linked.extend([(a, b), (b, a)]);
                }
            }
        }
        for (from, child) in children.iter().enumerate() {
            for to in child.rules.along(axis).all().filter_map(|rule| index(rule.target)) {
                if let Some(needs) = needs.get_mut(from).filter(|_| !linked.contains(&(from, to))) {
                    needs.insert(to);
                }
            }
        }
    }
    for (at, barrier) in barriers.iter().enumerate() {
        let members = barrier.members.iter().filter_map(|member| index(*names.get(member)?));
        if let Some(needs) = needs.get_mut(children.len() + at) {
            needs.extend(members);
        }
    }
    order(&needs).is_none()
}

/// An order in which everything comes after what it needs; `None` when there is a circle.
pub(super) fn order(needs: &[FxHashSet<usize>]) -> Option<Vec<usize>> {
    let mut open: Vec<usize> = needs.iter().map(FxHashSet::len).collect();
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); needs.len()];
    for (user, needs) in needs.iter().enumerate() {
        for needed in needs {
            users.get_mut(*needed)?.push(user);
        }
    }
    let mut order: Vec<usize> = (0..needs.len()).filter(|index| open.get(*index) == Some(&0)).collect();
    let mut at = 0;
    while let Some(done) = order.get(at).copied() {
        at += 1;
        for user in users.get(done)? {
            let open = open.get_mut(*user)?;
            *open -= 1;
            if *open == 0 {
                order.push(*user);
            }
        }
    }
    (order.len() == needs.len()).then_some(order)
}
