//! The areas that bars of the system cover: `expandSafeArea`, `ignoreLayoutSafeArea`; and `pixelRound`.

use crate::change::put;
use crate::component::{Method, Setter};
use crate::geometry::{Edges, Rect};
use crate::tree::{NodeId, Tree};
use crate::value::{Args, Value};

/// Edges of a node, as bits: top, bottom, start, end.
pub type EdgeSet = u8;

const TOP: EdgeSet = 1;
const BOTTOM: EdgeSet = 2;
const START: EdgeSet = 4;
const END: EdgeSet = 8;
const ALL: EdgeSet = 15;

/// How edges lie on pixels: top, bottom, start and end, by `PixelRoundCalcPolicy`: 0 the nearest, 1 up, 2 down.
pub type PixelRound = [u8; 4];

/// What a node does with the areas of the system, and with pixels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SafeArea {
    /// `expandSafeArea`: what is drawn of the node goes on to these edges of the window.
    pub expand: EdgeSet,
    /// `ignoreLayoutSafeArea`: it is laid out as if nothing covered these edges.
    pub ignore: EdgeSet,
    /// `pixelRound`.
    pub round: PixelRound,
}

/// How far from an edge of the safe area still lies on it, px.
const NEAR: f32 = 1.0;

impl Tree {
    /// Says what the bars of the system cover of a window, px; nothing unless it is said.
    pub fn set_avoid_area(&mut self, root: NodeId, area: Edges) {
        if self.avoid_areas.insert(root, area) != Some(area) {
            // Pages are laid out within.
            for child in self.frame_children(root) {
                self.mark_measure(child);
            }
            self.mark_measure(root);
        }
    }

    /// What the bars of the system cover of the window that a node is in, px.
    pub fn avoid_area(&self, id: NodeId) -> Edges {
        if self.avoid_areas.is_empty() {
            return self.environment.avoid_area;
        }
        let root = std::iter::successors(Some(id), |id| self.get(*id)?.parent()).last();
        root.and_then(|root| self.avoid_areas.get(&root).copied()).unwrap_or(self.environment.avoid_area)
    }

    /// How far a node is drawn beyond its frame because of `expandSafeArea`, px: to those edges of the window that it would
    /// touch if nothing covered them.
    pub fn expansion(&self, id: NodeId) -> Edges {
        let none = Edges::default();
        let Some(node) = self.get(id).filter(|node| node.common.safe_area.expand != 0) else { return none };
        let avoid = self.avoid_area(id);
        if avoid == none {
            return none;
        }
        let root = std::iter::successors(Some(id), |id| self.get(*id)?.parent()).last();
        let Some(window) = root.and_then(|root| self.get(root)) else { return none };
        let (at, size) = (self.window_offset(id), node.layout.size);
        let frame = Rect { origin: at - window.layout.offset, size };
        let whole = window.layout.size;
        let edges = node.common.safe_area.expand;
        let (left, right) = if self.is_right_to_left(id) { (END, START) } else { (START, END) };
        let beyond = |edge: EdgeSet, covered: f32, distance: f32| {
            let touches = edges & edge != 0 && covered > 0.0 && distance <= covered + NEAR;
            if touches { distance.max(0.0) } else { 0.0 }
        };
        Edges {
            left: beyond(left, avoid.left, frame.origin.x),
            top: beyond(TOP, avoid.top, frame.origin.y),
            right: beyond(right, avoid.right, whole.width - frame.right()),
            bottom: beyond(BOTTOM, avoid.bottom, whole.height - frame.bottom()),
        }
    }

    /// What of the window's covered edges counts for a node's layout.
    pub fn avoid_area_of_layout(&self, id: NodeId) -> Edges {
        let mut avoid = self.avoid_area(id);
        let ignored = self.get(id).map_or(0, |node| node.common.safe_area.ignore);
        let (left, right) = if self.environment.right_to_left { (END, START) } else { (START, END) };
        for (edge, side) in
            [(TOP, &mut avoid.top), (BOTTOM, &mut avoid.bottom), (left, &mut avoid.left), (right, &mut avoid.right)]
        {
            if ignored & edge != 0 {
                *side = 0.0;
            }
        }
        avoid
    }
}

impl SafeArea {
    /// The frame of a node on whole pixels; coordinates are those of the window.
    pub fn round_to_pixels(&self, frame: Rect, right_to_left: bool) -> Rect {
        if self.round == [0; 4] {
            return crate::layout::round_to_pixels(frame);
        }
        let round = |policy: u8, at: f32| match policy {
            1 => at.ceil(),
            2 => at.floor(),
            _ => at.round(),
        };
        let [top, bottom, start, end] = self.round;
        let (left, right) = if right_to_left { (end, start) } else { (start, end) };
        let (x, y) = (round(left, frame.origin.x), round(top, frame.origin.y));
        Rect::new(x, y, round(right, frame.right()) - x, round(bottom, frame.bottom()) - y)
    }
}

fn set(node: &mut Setter<'_>, change: impl FnOnce(&mut SafeArea) -> bool) -> Value {
    node.resize(|common| change(&mut common.safe_area))
}

/// `(types, edges)`: the edges, when the system's bars are among the types; both may be left out.
fn edges(args: Args<'_>) -> EdgeSet {
    let of_system = args.get(0).as_array().is_none_or(|types| types.iter().any(|kind| kind.as_i32() == Some(0)));
    if !of_system {
        return 0;
    }
    let Some(edges) = args.get(1).as_array() else { return ALL };
    edges.iter().fold(0, |set, edge| {
        set | match edge.as_i32() {
            Some(0) => TOP,
            Some(1) => BOTTOM,
            Some(2) => START,
            Some(3) => END,
            // `LayoutSafeAreaEdge` has names for several.
            Some(4) => TOP | BOTTOM,
            Some(5) => START | END,
            Some(6) => ALL,
            _ => 0,
        }
    })
}

pub(super) static METHODS: &[Method] = &[
    Method {
        name: "expandSafeArea",
        apply: |node, args| {
            let edges = edges(args);
            set(node, |area| put(&mut area.expand, edges))
        },
    },
    Method {
        name: "ignoreLayoutSafeArea",
        apply: |node, args| {
            let edges = edges(args);
            set(node, |area| put(&mut area.ignore, edges))
        },
    },
    Method {
        name: "pixelRound",
        apply: |node, args| {
            let policy = |name: &str| args.get(0).get(name).as_i32().and_then(|policy| u8::try_from(policy).ok());
            let round = ["top", "bottom", "start", "end"].map(|name| policy(name).unwrap_or(0));
            set(node, |area| put(&mut area.round, round))
        },
    },
];
