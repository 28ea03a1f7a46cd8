//! What a module does before its body runs.

use crate::ast::{Expr, FuncKind, Stmt, Var};

/// Puts the concurrent functions of a unit before the body of `func_main_0`, where names are chosen for what is in them.
pub fn put_concurrent(main: &mut Expr, concurrent: Vec<(Var, Expr)>) {
    if let Expr::Func(main) = main {
        let statements = concurrent.into_iter().map(|(var, value)| Stmt::Expr(Expr::assign(Expr::Var(var), value), 0));
        main.body.splice(0..0, statements);
    }
}

/// Takes the first `count` of them out again.
pub fn take_concurrent(main: &mut Expr, count: usize) -> Vec<(Var, Expr)> {
    let Expr::Func(main) = main else { return Vec::new() };
    let count = count.min(main.body.len());
    let taken = main.body.drain(..count).filter_map(|statement| match statement {
        Stmt::Expr(Expr::Assign(assignment), _) => match *assignment {
            (Expr::Var(var), value) => Some((var, value)),
            _ => None,
        },
        _ => None,
    });
    taken.collect()
}

/// Takes the statements out of `func_main_0` that the compiler puts first for exported function declarations and `var`s:
/// they only fill export cells and need nothing of the body.
///
/// In bytecode they run with the body, in ECMAScript before any module of a cycle runs. The text does them in the factory,
/// so the runtime chooses when.
pub fn exported_functions(main: &mut Expr, unit: &[Var]) -> Vec<Stmt> {
    let Expr::Func(main) = main else { return Vec::new() };
    let count = main.body.iter().take_while(|statement| is_early(statement, unit)).count();
    main.body.drain(..count).collect()
}

fn is_early(statement: &Stmt, unit: &[Var]) -> bool {
    let Stmt::Expr(Expr::Assign(assignment), _) = statement else { return false };
    let (target, value) = &**assignment;
    let is_cell =
        matches!(target, Expr::Member(object, ..) if matches!(&**object, Expr::Var(var) if unit.contains(var)));
    let is_ready = match value {
        Expr::Undefined => true,
        Expr::Var(var) => unit.contains(var),
        Expr::Func(function) => {
            function.kind == FuncKind::Plain && function.free.iter().all(|variable| unit.contains(variable))
        }
        _ => false,
    };
    is_cell && is_ready
}
