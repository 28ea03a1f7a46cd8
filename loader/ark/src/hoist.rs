//! What a module does before its body runs.

use crate::ast::{Expr, FuncKind, Stmt, Var};

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
        Expr::Func(function) => {
            function.kind == FuncKind::Plain && function.free.iter().all(|variable| unit.contains(variable))
        }
        _ => false,
    };
    is_cell && is_ready
}
