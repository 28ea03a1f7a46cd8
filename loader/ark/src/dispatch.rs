//! The plain form of functions whose graph has no structure: a loop around a switch over block numbers.

use crate::ast::{BinOp, Case, Expr, Stmt, Var, VarInfo, VarKind};
use crate::cfg::{BlockId, Cfg, Term};
use crate::generate::Generator;
use crate::structure::BlockCode;
use crate::unit::FnId;
use rustc_hash::FxHashMap;

const LOOP: u32 = 0x4000_0000;
const SWITCH: u32 = 0x4000_0001;

/// Writes the function.
pub fn write(
    generator: &mut Generator<'_, '_>,
    _f: FnId,
    cfg: &Cfg,
    code: &mut [BlockCode],
    exception: &FxHashMap<BlockId, Var>,
) -> Vec<Stmt> {
    let mut new = |name: &str| {
        let hint = Some(generator.unit.atoms.intern(name));
        generator.vars.push(VarInfo {
            kind: VarKind::Local,
            hint,
            stable: false,
            guarded: false,
            native: false,
            holds_hole: false,
        });
        (generator.vars.len() - 1) as Var
    };
    let at = new("block");
    let error = new("error");
    let go = |b: BlockId| Stmt::Expr(Expr::assign(Expr::Var(at), Expr::Num(f64::from(b))), 0);
    let mut cases = Vec::new();
    let mut handlers: FxHashMap<BlockId, Vec<BlockId>> = FxHashMap::default();
    for &b in &cfg.rpo {
        let block = &cfg.blocks[b as usize];
        let own = std::mem::take(&mut code[b as usize]);
        let mut body = own.body;
        match block.term {
            Term::Goto(t) => {
                body.push(go(t));
                body.push(Stmt::Continue(LOOP));
            }
            Term::Branch(t, n) => {
                let test = own.condition.unwrap_or(Expr::Bool(true));
                let next = Expr::Cond(Box::new((test, Expr::Num(f64::from(t)), Expr::Num(f64::from(n)))));
                body.push(Stmt::Expr(Expr::assign(Expr::Var(at), next), 0));
                body.push(Stmt::Continue(LOOP));
            }
            Term::Exit => {
                if !matches!(body.last(), Some(Stmt::Return(..) | Stmt::Throw(..))) {
                    body.push(Stmt::Return(None, 0));
                }
            }
        }
        cases.push(Case { tests: vec![Some(Expr::Num(f64::from(b)))], body });
        if let Some((h, _)) = block.handler {
            handlers.entry(h).or_default().push(b);
        }
    }
    let switch = Stmt::Switch(SWITCH, Expr::Var(at), cases);
    let body = if handlers.is_empty() {
        vec![switch]
    } else {
        let mut list: Vec<(BlockId, Vec<BlockId>)> = handlers.into_iter().collect();
        list.sort_unstable();
        let mut catches: Vec<Case> = list
            .into_iter()
            .map(|(h, blocks)| {
                let mut body = vec![];
                if let Some(&v) = exception.get(&h) {
                    body.push(Stmt::Expr(
                        Expr::assign(Expr::Var(v), Expr::Helper("caught", vec![Expr::Var(error)], 0)),
                        0,
                    ));
                }
                body.push(go(h));
                body.push(Stmt::Continue(LOOP));
                Case { tests: blocks.into_iter().map(|b| Some(Expr::Num(f64::from(b)))).collect(), body }
            })
            .collect();
        catches.push(Case { tests: vec![None], body: vec![Stmt::Throw(Expr::Var(error), 0)] });
        vec![Stmt::Try(vec![switch], Some((Some(error), vec![Stmt::Switch(SWITCH + 1, Expr::Var(at), catches)])), None)]
    };
    let _ = BinOp::Add;
    vec![go(0), Stmt::Loop(LOOP, body)]
}
