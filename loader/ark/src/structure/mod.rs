//! Structured control flow from the dominator tree (Ramsey, "Beyond Relooper", 2022).
//!
//! Two things are added to the paper. Exception regions are nodes of the graph: every edge into a region goes through
//! a node whose successors are the entry and the handler. And code that a loop or region dominates but that does not
//! belong into it is placed after it, instead of inside.

use crate::ast::{Expr, Stmt};
use crate::cfg::{BlockId, Cfg, PathId, Term};
use crate::dominators::{self, Dominators, NONE, Node};
use crate::for_of::Place;
use rustc_hash::{FxHashMap, FxHashSet};

mod switch;
mod write;

pub use write::Writer;

/// Code of a block: statements, and the condition of a branch (true when the jump is taken).
#[derive(Debug, Default)]
pub struct BlockCode {
    /// Statements without the final jump.
    pub body: Vec<Stmt>,
    /// Condition of a branch.
    pub condition: Option<Expr>,
}

/// Why a function could not be structured; it becomes a dispatch loop then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unstructured;

/// Where each block ends up, computed before any text is made.
#[derive(Debug)]
pub struct Plan {
    nodes: Vec<NodeInfo>,
    successors: Vec<Vec<Node>>,
    dom: Dominators,
    /// Children that are placed with a label, in order.
    merges: Vec<Vec<Node>>,
    /// Whether a node is reached by labelled breaks rather than standing where its only predecessor ends.
    is_merge: Vec<bool>,
    /// Loop node of each loop header.
    loop_node: Vec<Node>,
    /// Innermost loop header around the *text* of each node, [`NONE`] outside of loops.
    text_loop: Vec<Node>,
    /// Enclosing loop header of each loop header.
    outer_loop: Vec<Node>,
    tries: FxHashMap<(PathId, BlockId), Node>,
    forced: FxHashSet<(PathId, BlockId)>,
}

#[derive(Debug, Clone, Copy)]
enum NodeKind {
    Block(BlockId),
    /// Region level and the block where it is entered.
    Try(PathId, BlockId),
    /// `for (;;)` around a header node.
    Loop(Node),
}

#[derive(Debug, Clone, Copy)]
struct NodeInfo {
    kind: NodeKind,
    /// Region in which the node itself stands.
    at: PathId,
    /// Code position, for keeping text in source order.
    order: u32,
}

/// Builds the plan of a function.
pub fn plan(cfg: &Cfg) -> Result<Plan, Unstructured> {
    let mut forced: FxHashSet<(PathId, BlockId)> = FxHashSet::default();
    for _ in 0..24 {
        match attempt(cfg, forced.clone())? {
            Ok(plan) => return Ok(plan),
            Err(more) => {
                let before = forced.len();
                forced.extend(more);
                if forced.len() == before {
                    return Err(Unstructured);
                }
            }
        }
    }
    Err(Unstructured)
}

struct Graph<'c> {
    cfg: &'c Cfg,
    nodes: Vec<NodeInfo>,
    successors: Vec<Vec<Node>>,
    tries: FxHashMap<(PathId, BlockId), Node>,
    forced: FxHashSet<(PathId, BlockId)>,
}

impl Graph<'_> {
    /// The node that an edge from region `from` to `target` leads to.
    fn enter(&mut self, from: PathId, target: BlockId) -> Node {
        match level_to_enter(self.cfg, &self.forced, from, target) {
            None => target,
            Some(level) => self.region(level, target),
        }
    }

    /// The node to go to once inside of region level `level`.
    fn enter_below(&mut self, level: PathId, target: BlockId) -> Node {
        let mut next = self.cfg.blocks[target as usize].path;
        if next == level {
            return target;
        }
        while self.cfg.paths[next as usize].parent != level && next != 0 {
            next = self.cfg.paths[next as usize].parent;
        }
        if next == 0 { target } else { self.region(next, target) }
    }

    fn region(&mut self, level: PathId, target: BlockId) -> Node {
        {
            {
                if let Some(&n) = self.tries.get(&(level, target)) {
                    return n;
                }
                let n = self.nodes.len() as Node;
                let parent = self.cfg.paths[level as usize].parent;
                self.nodes.push(NodeInfo { kind: NodeKind::Try(level, target), at: parent, order: target });
                self.successors.push(vec![]);
                self.tries.insert((level, target), n);
                n
            }
        }
    }
}

/// Outermost region level between `from` and the region of `target` that has to be entered.
fn level_to_enter(cfg: &Cfg, forced: &FxHashSet<(PathId, BlockId)>, from: PathId, target: BlockId) -> Option<PathId> {
    let to = cfg.blocks[target as usize].path;
    // Deepest common level.
    let (mut a, mut b) = (from, to);
    while a != b {
        if cfg.paths[a as usize].depth >= cfg.paths[b as usize].depth {
            a = cfg.paths[a as usize].parent;
        } else {
            b = cfg.paths[b as usize].parent;
        }
    }
    let mut common = a;
    while common != 0 && forced.contains(&(common, target)) {
        common = cfg.paths[common as usize].parent;
    }
    if common == to {
        return None;
    }
    let mut level = to;
    while cfg.paths[level as usize].parent != common {
        level = cfg.paths[level as usize].parent;
    }
    Some(level)
}

/// One try: a plan, or region entries that have to be forced first.
fn attempt(
    cfg: &Cfg,
    forced: FxHashSet<(PathId, BlockId)>,
) -> Result<Result<Plan, Vec<(PathId, BlockId)>>, Unstructured> {
    let count = cfg.blocks.len();
    let mut g = Graph {
        cfg,
        nodes: (0..count)
            .map(|b| NodeInfo { kind: NodeKind::Block(b as BlockId), at: cfg.blocks[b].path, order: b as u32 })
            .collect(),
        successors: vec![vec![]; count],
        tries: FxHashMap::default(),
        forced,
    };
    for &b in &cfg.rpo {
        let block = &cfg.blocks[b as usize];
        let mut list = Vec::with_capacity(2);
        match block.term {
            Term::Goto(t) => list.push(g.enter(block.path, t)),
            // The branch not taken comes first in the text.
            Term::Branch(t, n) => {
                list.push(g.enter(block.path, n));
                let t = g.enter(block.path, t);
                if !list.contains(&t) {
                    list.push(t);
                }
            }
            Term::Exit => {}
        }
        g.successors[b as usize] = list;
    }
    // Region nodes may add more region nodes; each pair of level and entry at most once.
    let mut next = count;
    while next < g.nodes.len() {
        if let NodeKind::Try(level, entry) = g.nodes[next].kind {
            let inner = g.enter_below(level, entry);
            let handler = cfg.paths[level as usize].handler;
            let at = g.nodes[next].at;
            let handler = g.enter(at, handler);
            g.successors[next] = vec![inner, handler];
        }
        next += 1;
        if next > count * 8 + 64 {
            return Err(Unstructured);
        }
    }
    let dom = dominators::compute(&g.successors).ok_or(Unstructured)?;
    place(cfg, g, dom)
}

fn dominates(dom: &Dominators, a: Node, b: Node) -> bool {
    let mut x = b;
    while dom.position[x as usize] > dom.position[a as usize] {
        x = dom.idom[x as usize];
    }
    x == a
}

fn place(cfg: &Cfg, g: Graph<'_>, dom: Dominators) -> Result<Result<Plan, Vec<(PathId, BlockId)>>, Unstructured> {
    let Graph { mut nodes, mut successors, tries, forced, .. } = g;
    let base = nodes.len();
    let mut budget = 4_000_000usize + base * 64;
    // Loops: headers, natural members, extent in code order.
    let mut latches: FxHashMap<Node, Vec<Node>> = FxHashMap::default();
    let mut forward_in = vec![0u32; base];
    for &n in &dom.order {
        for &s in &successors[n as usize] {
            if dom.position[s as usize] <= dom.position[n as usize] {
                if !dominates(&dom, s, n) {
                    return Err(Unstructured);
                }
                latches.entry(s).or_default().push(n);
            } else {
                forward_in[s as usize] += 1;
            }
        }
    }
    let mut preds: Vec<Vec<Node>> = vec![vec![]; base];
    for &n in &dom.order {
        for &s in &successors[n as usize] {
            preds[s as usize].push(n);
        }
    }
    // Innermost loop of each node by natural membership; headers from the inside out (later in order first).
    let mut headers: Vec<Node> = latches.keys().copied().collect();
    headers.sort_unstable_by_key(|&h| std::cmp::Reverse(dom.position[h as usize]));
    let mut natural: Vec<Node> = vec![NONE; base];
    let mut outer_loop: Vec<Node> = vec![NONE; base];
    let mut extent: Vec<u32> = vec![0; base];
    // Nodes collapse into the header of the loop that holds them, inner loops first.
    let mut collapsed: Vec<Node> = (0..base as Node).collect();
    for &h in &headers {
        let mut end = nodes[h as usize].order;
        natural[h as usize] = h;
        let mut work: Vec<Node> = latches[&h].clone();
        while let Some(n) = work.pop() {
            budget = budget.checked_sub(1).ok_or(Unstructured)?;
            let n = find(&mut collapsed, n);
            if n == h {
                continue;
            }
            collapsed[n as usize] = h;
            if natural[n as usize] == n {
                outer_loop[n as usize] = h;
                end = end.max(extent[n as usize]);
            } else {
                natural[n as usize] = h;
                end = end.max(nodes[n as usize].order);
            }
            work.extend(preds[n as usize].iter().copied());
        }
        extent[h as usize] = end;
    }
    // Tree of nodes with loop nodes in between.
    let total = base + headers.len();
    let mut loop_node = vec![NONE; total];
    for &h in headers.iter().rev() {
        let info = nodes[h as usize];
        loop_node[h as usize] = nodes.len() as Node;
        nodes.push(NodeInfo { kind: NodeKind::Loop(h), at: info.at, order: info.order });
        successors.push(vec![h]);
    }
    outer_loop.resize(total, NONE);
    let mut text_loop = vec![NONE; total];
    let mut parent = vec![NONE; total];
    let mut is_merge = vec![false; total];
    let mut merges: Vec<Vec<Node>> = vec![vec![]; total];
    let mut force = Vec::new();
    for &n in dom.order.iter() {
        let is_header = loop_node[n as usize] != NONE;
        // Loop whose text shall hold this node (for a header: its loop node).
        let mut want = if is_header { outer_loop[n as usize] } else { natural[n as usize] };
        if n != 0 {
            // Code that cannot come back to the loop still belongs into it when it lies within it in the code.
            let mut d = text_loop[dom.idom[n as usize] as usize];
            while d != NONE && d != want {
                budget = budget.checked_sub(1).ok_or(Unstructured)?;
                let place = native_place(cfg, &nodes, d, n);
                if place != Place::Outside
                    && (place == Place::Inside || nodes[n as usize].order <= extent[d as usize])
                    && nodes[n as usize].order >= nodes[d as usize].order
                    && encloses(&outer_loop, want, d)
                    && preds[n as usize].iter().all(|&p| {
                        dom.position[p as usize] > dom.position[n as usize]
                            || encloses(&outer_loop, d, text_loop[p as usize])
                    })
                {
                    want = d;
                    break;
                }
                d = outer_loop[d as usize];
            }
        }
        let placed = if is_header { loop_node[n as usize] } else { n };
        text_loop[placed as usize] = want;
        if is_header {
            text_loop[n as usize] = n;
            parent[n as usize] = placed;
            outer_loop[n as usize] = want;
        }
        if n == 0 {
            continue;
        }
        let at = nodes[n as usize].at;
        // Everything that jumps here has to stand under the node that this one is attached to.
        let holds = |a: Node, parent: &[Node], budget: &mut usize| {
            preds[n as usize].iter().filter(|&&p| dom.position[p as usize] < dom.position[n as usize]).all(|&p| {
                let mut x = p;
                while x != a && x != NONE && *budget > 0 {
                    *budget -= 1;
                    x = up(parent, &dom, x);
                }
                x == a
            })
        };
        let mut a = dom.idom[n as usize];
        let mut found = NONE;
        let mut relaxed = NONE;
        while a != NONE {
            budget = budget.checked_sub(1).ok_or(Unstructured)?;
            let entered = matches!(nodes[a as usize].kind, NodeKind::Try(_, _))
                && successors[a as usize].first() == Some(&n)
                && forward_in[n as usize] == 1;
            if entered
                || (nodes[a as usize].at == at && text_loop[a as usize] == want && holds(a, &parent, &mut budget))
            {
                found = a;
                break;
            }
            if relaxed == NONE
                && nodes[a as usize].at == at
                && encloses(&outer_loop, text_loop[a as usize], want)
                && holds(a, &parent, &mut budget)
            {
                relaxed = a;
            }
            a = up(&parent, &dom, a);
        }
        if found == NONE && natural_loop(&natural, &outer_loop, n, is_header) != want {
            found = relaxed;
            if found != NONE {
                text_loop[placed as usize] = text_loop[found as usize];
                if is_header {
                    outer_loop[n as usize] = text_loop[found as usize];
                }
            }
        }
        if found == NONE {
            if at == 0 {
                return Err(Unstructured);
            }
            force.push(match nodes[n as usize].kind {
                NodeKind::Block(b) => (at, b),
                NodeKind::Try(_, b) => (at, b),
                NodeKind::Loop(_) => return Err(Unstructured),
            });
            continue;
        }
        parent[placed as usize] = found;
        let single = forward_in[n as usize] == 1 && successors[found as usize].contains(&n);
        is_merge[placed as usize] = !single;
        if !single {
            merges[found as usize].push(placed);
        }
    }
    if !force.is_empty() {
        return Ok(Err(force));
    }
    let key = |n: &Node| match nodes[*n as usize].kind {
        NodeKind::Loop(h) => dom.position[h as usize],
        _ => dom.position[*n as usize],
    };
    for m in &mut merges {
        m.sort_unstable_by_key(key);
    }
    let _ = cfg;
    Ok(Ok(Plan { nodes, successors, dom, merges, is_merge, loop_node, text_loop, outer_loop, tries, forced }))
}

/// Where a node that does not lead back to loop `d` stands, when the loop is a native one.
fn native_place(cfg: &Cfg, nodes: &[NodeInfo], d: Node, n: Node) -> Place {
    let Some(native) = cfg.loops.get(&d) else { return Place::Either };
    match nodes[n as usize].kind {
        NodeKind::Block(b) | NodeKind::Try(_, b) => native.places.get(b as usize).copied().unwrap_or(Place::Outside),
        NodeKind::Loop(_) => Place::Outside,
    }
}

fn natural_loop(natural: &[Node], outer: &[Node], n: Node, is_header: bool) -> Node {
    if is_header { outer[n as usize] } else { natural[n as usize] }
}

/// The node above `a`; nodes whose place is not settled yet count as standing under their dominator.
fn up(parent: &[Node], dom: &Dominators, a: Node) -> Node {
    match parent[a as usize] {
        NONE => dom.idom.get(a as usize).copied().filter(|&i| i != a).unwrap_or(NONE),
        p => p,
    }
}

fn find(collapsed: &mut [Node], mut n: Node) -> Node {
    while collapsed[n as usize] != n {
        let next = collapsed[n as usize];
        collapsed[n as usize] = collapsed[next as usize];
        n = next;
    }
    n
}

/// Whether loop `a` is `b` or around it ([`NONE`] is around everything).
fn encloses(outer: &[Node], a: Node, mut b: Node) -> bool {
    loop {
        if a == b {
            return true;
        }
        if b == NONE {
            return false;
        }
        b = outer[b as usize];
    }
}

impl Plan {
    /// Innermost loop header (as a block) around the text of a block; `None` outside of loops. A region entered anew in
    /// each round is represented by the block where it is entered.
    pub fn loop_of(&self, block: BlockId) -> Option<Node> {
        let l = self.text_loop[block as usize];
        (l != NONE).then_some(l)
    }
    /// Whether the text of `block` lies inside the loop `header`.
    pub fn inside(&self, block: BlockId, header: Node) -> bool {
        encloses(&self.outer_loop, header, self.text_loop[block as usize])
    }
    /// Whether `block` was reached by the plan at all.
    pub fn reached(&self, block: BlockId) -> bool {
        self.dom.position.get(block as usize).is_some_and(|&p| p != NONE)
    }
    /// Whether `block` is the header of a loop.
    pub fn is_loop(&self, block: BlockId) -> bool {
        self.loop_node.get(block as usize).is_some_and(|&n| n != NONE)
    }
}
