//! Writes statements according to a plan.

use super::switch::Switch;
use super::{BlockCode, NodeKind, Plan, Unstructured, level_to_enter};
use crate::ast::{Expr, Stmt, Var, VarInfo, VarKind, Vars};
use crate::cfg::{BlockId, Cfg, PathId, Term};
use crate::dominators::{NONE, Node};
use crate::limits;
use rustc_hash::FxHashMap;

/// Writes the statements of a function according to its plan.
pub struct Writer<'p, 'c> {
    pub(super) plan: &'p Plan,
    pub(super) cfg: &'c Cfg,
    pub(super) code: &'p mut [BlockCode],
    /// Per handler block: the variable that receives the exception, if it is used.
    exception: &'p FxHashMap<BlockId, Var>,
    /// Statements to put at the start of the body of a loop, by header node.
    pub loop_heads: FxHashMap<Node, Vec<Stmt>>,
    /// For fresh variables.
    pub(super) vars: &'p mut Vars,
    open: Vec<bool>,
    /// What stands in the text.
    written: Vec<bool>,
    /// Target and iterable of native loops whose header is written.
    native_heads: FxHashMap<Node, (Expr, Expr)>,
}

impl<'p, 'c> Writer<'p, 'c> {
    /// Prepares writing.
    pub fn new(
        plan: &'p Plan,
        cfg: &'c Cfg,
        code: &'p mut [BlockCode],
        exception: &'p FxHashMap<BlockId, Var>,
        loop_heads: FxHashMap<Node, Vec<Stmt>>,
        vars: &'p mut Vars,
    ) -> Self {
        let open = vec![false; plan.nodes.len()];
        let written = open.clone();
        Writer { plan, cfg, code, exception, loop_heads, vars, open, written, native_heads: FxHashMap::default() }
    }

    /// The whole function.
    pub fn function(&mut self) -> Result<Vec<Stmt>, Unstructured> {
        let mut out = Vec::new();
        let root = self.outer_node(0);
        self.tree(root, &mut out, 0)?;
        Ok(out)
    }

    fn outer_node(&self, n: Node) -> Node {
        match self.plan.loop_node[n as usize] {
            NONE => n,
            l => l,
        }
    }

    /// `node` and everything placed under it.
    fn tree(&mut self, mut node: Node, out: &mut Vec<Stmt>, depth: u32) -> Result<(), Unstructured> {
        if depth > limits::STATEMENT_DEPTH {
            return Err(Unstructured);
        }
        loop {
            // Damaged handlers can lead to a place on two ways that the plan knows as one. Its code is there once; and what
            // follows it would double with every such place.
            if std::mem::replace(&mut self.written[node as usize], true) {
                return Err(Unstructured);
            }
            let chain = self.switch(node);
            let merges = match &chain {
                // Inner ones first, as if the tests stood inside each other.
                Some(chain) => chain.nodes.iter().rev().flat_map(|&n| self.merges_of(n)).collect(),
                None => self.merges_of(node),
            };
            let depth = depth + merges.len() as u32;
            if depth > limits::STATEMENT_DEPTH {
                return Err(Unstructured);
            }
            for &m in &merges {
                self.open[m as usize] = true;
            }
            let Some((&last, firsts)) = merges.split_last() else {
                match self.own_or_switch(node, chain, out, depth)? {
                    Some(next) => {
                        node = next;
                        continue;
                    }
                    None => return Ok(()),
                }
            };
            let mut list = Vec::new();
            if let Some(next) = self.own_or_switch(node, chain, &mut list, depth)? {
                self.tree(next, &mut list, depth + 1)?;
            }
            for &m in firsts {
                self.open[m as usize] = false;
                let mut around = vec![Stmt::Block(m, list)];
                self.tree(m, &mut around, depth)?;
                list = around;
            }
            self.open[last as usize] = false;
            out.push(Stmt::Block(last, list));
            node = last;
        }
    }

    fn own_or_switch(
        &mut self,
        node: Node,
        chain: Option<Switch>,
        out: &mut Vec<Stmt>,
        depth: u32,
    ) -> Result<Option<Node>, Unstructured> {
        match chain {
            Some(chain) => self.write_switch(node, chain, out, depth).map(|()| None),
            None => self.own(node, out, depth),
        }
    }

    fn merges_of(&self, node: Node) -> Vec<Node> {
        self.plan.merges[node as usize].clone()
    }

    /// The node itself. Returns the node whose text follows directly, if any.
    fn own(&mut self, node: Node, out: &mut Vec<Stmt>, depth: u32) -> Result<Option<Node>, Unstructured> {
        match self.plan.nodes[node as usize].kind {
            NodeKind::Loop(h) => {
                let mut body = self.loop_heads.remove(&h).unwrap_or_default();
                self.open[h as usize] = true;
                self.tree(h, &mut body, depth + 1)?;
                self.open[h as usize] = false;
                let Some(native) = self.cfg.loops.get(&h) else {
                    out.push(Stmt::Loop(h, body));
                    return Ok(None);
                };
                let (target, iterable) = self.native_heads.remove(&h).ok_or(Unstructured)?;
                out.push(Stmt::ForOf(h, 0, target, iterable, false, body));
                let exit = self.node_for(self.cfg.blocks[h as usize].path, native.exit)?;
                self.follow(h, exit, out)
            }
            NodeKind::Try(level, _) => {
                let (inner, handler) = match self.plan.successors[node as usize].as_slice() {
                    [a, b] => (*a, *b),
                    _ => return Err(Unstructured),
                };
                let mut body = Vec::new();
                self.jump(node, inner, &mut body, depth + 1)?;
                let h = self.cfg.paths[level as usize].handler;
                let mut clause = Vec::new();
                let variable = match self.exception.get(&h) {
                    None => None,
                    Some(&target) => {
                        let e = fresh(self.vars);
                        clause.push(Stmt::Expr(
                            Expr::assign(Expr::Var(target), Expr::Helper("caught", vec![Expr::Var(e)], 0)),
                            0,
                        ));
                        Some(e)
                    }
                };
                self.jump(node, handler, &mut clause, depth + 1)?;
                out.push(Stmt::Try(body, Some((variable, clause)), None));
                Ok(None)
            }
            NodeKind::Block(b) => {
                let code = std::mem::take(&mut self.code[b as usize]);
                let block = &self.cfg.blocks[b as usize];
                let path = block.path;
                if self.cfg.loops.contains_key(&b) {
                    let Term::Branch(_, body) = block.term else { return Err(Unstructured) };
                    let head = crate::for_of::head(code, &mut || fresh(self.vars)).ok_or(Unstructured)?;
                    self.native_heads.insert(b, head);
                    let body = self.node_for(path, body)?;
                    return self.follow(node, body, out);
                }
                out.extend(code.body);
                match block.term {
                    Term::Exit => Ok(None),
                    Term::Goto(t) => {
                        let t = self.node_for(path, t)?;
                        self.follow(node, t, out)
                    }
                    Term::Branch(t, n) => {
                        let (t, n) = (self.node_for(path, t)?, self.node_for(path, n)?);
                        let condition = code.condition.unwrap_or(Expr::Bool(true));
                        if t == n {
                            if !condition.is_pure() {
                                out.push(Stmt::Expr(condition, 0));
                            }
                            return self.follow(node, t, out);
                        }
                        // Plain jumps go into the `if`; otherwise what comes first in the code does.
                        let jumps_t = self.is_jump(node, t);
                        let jumps_n = self.is_jump(node, n);
                        let (condition, nested, rest) =
                            if jumps_t && !jumps_n { (condition, t, n) } else { (Expr::not(condition), n, t) };
                        let mut branch = Vec::new();
                        self.jump(node, nested, &mut branch, depth + 1)?;
                        out.push(Stmt::If(condition, branch, vec![], 0));
                        self.follow(node, rest, out)
                    }
                }
            }
        }
    }

    pub(super) fn node_for(&self, from: PathId, target: BlockId) -> Result<Node, Unstructured> {
        match level_to_enter(self.cfg, &self.plan.forced, from, target) {
            None => Ok(target),
            Some(level) => self.plan.tries.get(&(level, target)).copied().ok_or(Unstructured),
        }
    }

    fn is_back_edge(&self, from: Node, to: Node) -> bool {
        self.plan.loop_node[to as usize] != NONE
            && self.plan.dom.position[to as usize] <= self.plan.dom.position[from as usize]
    }

    pub(super) fn is_jump(&self, from: Node, to: Node) -> bool {
        self.is_back_edge(from, to) || self.plan.is_merge[self.outer_node(to) as usize]
    }

    /// Goes to `to` at the end of a list: by a jump, or by returning the node that follows.
    fn follow(&mut self, from: Node, to: Node, out: &mut Vec<Stmt>) -> Result<Option<Node>, Unstructured> {
        if self.is_back_edge(from, to) {
            if !self.open[to as usize] {
                return Err(Unstructured);
            }
            out.push(Stmt::Continue(to));
            return Ok(None);
        }
        let target = self.outer_node(to);
        if self.plan.is_merge[target as usize] {
            if !self.open[target as usize] {
                return Err(Unstructured);
            }
            out.push(Stmt::Break(target));
            return Ok(None);
        }
        Ok(Some(target))
    }

    pub(super) fn jump(&mut self, from: Node, to: Node, out: &mut Vec<Stmt>, depth: u32) -> Result<(), Unstructured> {
        if let Some(next) = self.follow(from, to, out)? {
            self.tree(next, out, depth)?;
        }
        Ok(())
    }
}

/// A variable of the text alone.
fn fresh(vars: &mut Vars) -> Var {
    vars.push(VarInfo {
        kind: VarKind::Local,
        hint: None,
        stable: true,
        guarded: false,
        native: false,
        holds_hole: false,
    });
    (vars.len() - 1) as Var
}
