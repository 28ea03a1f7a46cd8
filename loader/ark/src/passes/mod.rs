//! Passes over the tree of one function, after its blocks have been put in place.

pub mod chains;
mod classes;
pub mod conditions;
pub mod declare;
mod defaults;
mod destructure;
mod for_of;
mod heads;
pub mod iterate;
pub mod jumps;
pub mod literals;
pub mod logic;
mod spread;
mod switches;
pub mod tidy;
pub mod update;
pub mod walk;

use crate::ast::Func;
use crate::generate::Generator;

/// All passes, in order.
pub fn function(generator: &mut Generator<'_, '_>, func: &mut Func) {
    jumps::simplify(&mut func.body);
    tidy::checks(&mut func.body, &mut generator.vars);
    update::list(&mut func.body);
    for_of::simplify(&generator.vars, &mut func.body);
    iterate::steps(&mut func.body, &mut generator.unit.atoms);
    literals::list(&mut func.body, &mut generator.unit.atoms);
    spread::recover(&generator.vars, &mut func.body, &mut generator.unit.atoms);
    tidy::copies(&mut func.body, &generator.vars);
    conditions::body(&mut func.body, &generator.vars);
    update::list(&mut func.body);
    destructure::recover(&mut generator.vars, &mut func.body);
    destructure::heads(&generator.vars, &mut func.body);
    heads::recover(&mut generator.vars, &mut func.body);
    defaults::recover(&generator.vars, func);
    destructure::parameters(&generator.vars, func);
    tidy::function(func, &generator.unit.atoms);
    classes::function(&mut generator.vars, &mut generator.unit.atoms, &mut func.body);
    declare::place(&mut generator.vars, func);
}

/// What a function made up by the translator needs.
pub fn wrapper(func: &mut Func) {
    declare::collect(func);
}
