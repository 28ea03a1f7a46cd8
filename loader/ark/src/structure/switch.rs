//! `switch`: tests of one value against others, one after the other, each of which jumps when it holds.

use super::write::Writer;
use super::{NodeKind, Unstructured};
use crate::ast::{BinOp, Case, Expr, Stmt, VarKind};
use crate::cfg::Term;
use crate::dominators::{NONE, Node};

/// Labels of `switch` statements; nodes are smaller.
const LABEL: u32 = 0x4000_0000;

/// The tests of a `switch`.
pub struct Switch {
    /// Nodes of the tests.
    pub nodes: Vec<Node>,
    /// Where each test goes when it holds.
    targets: Vec<Node>,
    /// Where the last one goes otherwise.
    otherwise: Node,
}

impl Writer<'_, '_> {
    /// Value and case of a node that tests by `===` and jumps when equal.
    fn test(&self, node: Node) -> Option<(&Expr, &Expr)> {
        let NodeKind::Block(b) = self.plan.nodes.get(node as usize)?.kind else { return None };
        match self.code.get(b as usize)?.condition.as_ref()? {
            Expr::Binary(BinOp::StrictEq, p) => Some((&p.0, &p.1)),
            _ => None,
        }
    }

    /// Target of the jump and of the way on.
    fn ways(&self, node: Node) -> Option<(Node, Node)> {
        let NodeKind::Block(b) = self.plan.nodes.get(node as usize)?.kind else { return None };
        let block = self.cfg.blocks.get(b as usize)?;
        let Term::Branch(t, n) = block.term else { return None };
        if self.cfg.loops.contains_key(&b) {
            return None;
        }
        let (t, n) = (self.node_for(block.path, t).ok()?, self.node_for(block.path, n).ok()?);
        (t != n).then_some((t, n))
    }

    /// The `switch` that begins with a node.
    pub fn switch(&self, first: Node) -> Option<Switch> {
        let (value, _) = self.test(first)?;
        let constant = match value {
            Expr::Var(v) => {
                let info = self.vars.get(*v as usize)?;
                info.stable || matches!(info.kind, VarKind::Local | VarKind::Param)
            }
            other => other.is_atom(),
        };
        if !constant {
            return None;
        }
        let mut found = Switch { nodes: vec![], targets: vec![], otherwise: first };
        let mut node = first;
        while let Some((t, n)) = self.ways(node) {
            found.nodes.push(node);
            found.targets.push(t);
            found.otherwise = n;
            if self.is_jump(node, n) || self.plan.loop_node.get(n as usize) != Some(&NONE) {
                break;
            }
            let NodeKind::Block(b) = self.plan.nodes.get(n as usize)?.kind else { break };
            let same = self.test(n).is_some_and(|(v, _)| same_atom(v, value));
            if !same || !self.code.get(b as usize)?.body.is_empty() {
                break;
            }
            node = n;
        }
        // Tests that all lead to one place are those of `a === 1 || a === 2`.
        let several = found.targets.iter().any(|t| found.targets.first() != Some(t));
        several.then_some(found)
    }

    /// Writes the tests as cases; places that several of them reach are jumped to.
    pub fn write_switch(
        &mut self,
        first: Node,
        switch: Switch,
        out: &mut Vec<Stmt>,
        depth: u32,
    ) -> Result<(), Unstructured> {
        let mut value = None;
        let mut cases: Vec<Case> = Vec::with_capacity(switch.nodes.len() + 1);
        for (&node, &target) in switch.nodes.iter().zip(&switch.targets) {
            let NodeKind::Block(b) = self.plan.nodes[node as usize].kind else { return Err(Unstructured) };
            let code = std::mem::take(&mut self.code[b as usize]);
            out.extend(code.body);
            let Some(Expr::Binary(_, p)) = code.condition else { return Err(Unstructured) };
            value.get_or_insert(p.0);
            let mut body = Vec::new();
            self.jump(node, target, &mut body, depth + 1)?;
            cases.push(Case { tests: vec![Some(p.1)], body });
        }
        let mut body = Vec::new();
        let last = switch.nodes.last().copied().unwrap_or(first);
        self.jump(last, switch.otherwise, &mut body, depth + 1)?;
        cases.push(Case { tests: vec![None], body });
        out.push(Stmt::Switch(LABEL | first, value.ok_or(Unstructured)?, cases));
        Ok(())
    }
}

fn same_atom(a: &Expr, b: &Expr) -> bool {
    match (a, b) {
        (Expr::Var(x), Expr::Var(y)) => x == y,
        (Expr::Bool(x), Expr::Bool(y)) => x == y,
        (Expr::Str(x), Expr::Str(y)) => x == y,
        (Expr::Num(x), Expr::Num(y)) => x.to_bits() == y.to_bits(),
        (Expr::This, Expr::This) => true,
        _ => false,
    }
}
