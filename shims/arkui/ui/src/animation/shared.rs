//! `sharedTransition`: something that two pages have in common moves from its place on one to its place on the other. It is
//! drawn above both meanwhile.

use super::property::Property;
use super::{Animation, Curve, Timing};
use crate::component::Method;
use crate::geometry::{Rect, Size};
use crate::tree::{NodeId, Tree};
use crate::value::Value;
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// Nodes that move between pages.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    /// The node of the page that comes, and that of the page that goes, which is not drawn.
    pairs: FxHashMap<NodeId, NodeId>,
}

pub(super) static METHODS: &[Method] = &[Method {
    name: "sharedTransition",
    apply: |node, args| {
        let value = Value::array([args.get(0).clone(), args.get(1).clone()]);
        node.repaint(|common| drop(common.extra.insert("sharedTransition", value)))
    },
}];

/// `SharedTransitionEffectType.Static`: both stay where they are, and fade.
const STATIC: i32 = 0;

/// `duration`, `curve` and `delay` as apps give them, in the form of [`Timing::from_value`]; a second and a straight line by
/// default.
fn timing(options: &Value) -> Timing {
    let mut timing = Timing::from_value(options);
    if options.get("curve").is_nullish() {
        timing.curve = Curve::LINEAR;
    }
    timing
}

impl Shared {
    /// Whether a node is drawn above its page.
    pub(crate) fn is_lifted(&self, id: NodeId) -> bool {
        !self.pairs.is_empty() && self.pairs.contains_key(&id)
    }

    /// Whether another node is drawn in place of this one.
    pub(crate) fn is_hidden(&self, id: NodeId) -> bool {
        !self.pairs.is_empty() && self.pairs.values().any(|hidden| *hidden == id)
    }

    pub(crate) fn lifted(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.pairs.keys().copied()
    }
}

impl Tree {
    /// Lets what the pages `from` and `to` share move; both are laid out.
    pub fn share(&mut self, from: NodeId, to: NodeId) {
        let old = self.shared_in(from);
        if old.is_empty() {
            return;
        }
        for (id, new) in self.shared_in(to) {
            let Some((_, old)) = old.iter().find(|(known, _)| *known == id) else { continue };
            self.share_one(*old, new);
        }
        self.needs_frame = true;
    }

    /// The nodes of a page that it shares, by their ids.
    fn shared_in(&self, page: NodeId) -> Vec<(Rc<str>, NodeId)> {
        let id = |node: NodeId| match self.get(node)?.common.extra.get("sharedTransition")?.as_array()?.first()? {
            Value::String(id) if !id.is_empty() => Some((Rc::clone(id), node)),
            _ => None,
        };
        self.subtree(page).into_iter().filter_map(id).collect()
    }

    fn share_one(&mut self, old: NodeId, new: NodeId) {
        let options = self.get(new).and_then(|node| node.common.extra.get("sharedTransition"));
        let options = options.and_then(|value| value.as_array()?.get(1).cloned()).unwrap_or_default();
        let timing = if self.environment.animations { timing(&options) } else { Timing::instant() };
        let animation = Rc::new(Animation::new(timing, None));
        if options.get("type").as_i32() == Some(STATIC) {
            self.start(new, Property::Opacity, vec![-1.0], &animation);
            return;
        }
        let place = |tree: &Tree, id: NodeId| Rect {
            origin: tree.window_offset(id),
            size: tree.get(id).map_or(Size::ZERO, |node| node.layout.size),
        };
        let (from, to) = (place(self, old), place(self, new));
        let change = [
            from.origin.x - to.origin.x,
            from.origin.y - to.origin.y,
            from.size.width - to.size.width,
            from.size.height - to.size.height,
        ];
        self.start(new, Property::Frame, change.map(f64::from).to_vec(), &animation);
        self.animations.shared.pairs.insert(new, old);
    }

    /// Forgets what has arrived.
    pub(super) fn end_shared(&mut self) {
        if self.animations.shared.pairs.is_empty() {
            return;
        }
        let mut pairs = std::mem::take(&mut self.animations.shared.pairs);
        pairs.retain(|new, _| {
            self.animations.tracks.get(new).is_some_and(|tracks| tracks.iter().any(|track| !track.is_over()))
        });
        self.animations.shared.pairs = pairs;
    }
}
