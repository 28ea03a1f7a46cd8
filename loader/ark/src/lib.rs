//! From Ark bytecode to structured JavaScript.
//!
//! [`translate`] turns one module record into one expression; `README.md` beside this crate says how.
#![forbid(unsafe_code)]

mod ast;
mod cfg;
mod destructure;
mod dispatch;
mod dominators;
mod fold;
mod for_of;
mod generate;
mod hoist;
mod limits;
mod names;
mod passes;
mod prelude;
mod print;
mod resolve;
mod resume;
mod scopes;
mod slots;
mod structure;
mod unit;
mod webs;

use concord_abi::abc::{AbcError, AbcFile, Record};
pub use prelude::PRELUDE;
pub use print::Position;
use std::borrow::Cow;

/// Why a record could not be translated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} at offset {offset:#x}")]
pub struct TranslateError {
    /// File offset of what is at fault.
    pub offset: u32,
    /// What is wrong.
    pub what: Cow<'static, str>,
}

impl TranslateError {
    pub(crate) fn new(offset: u32, what: &'static str) -> Self {
        TranslateError { offset, what: what.into() }
    }
}

impl From<AbcError> for TranslateError {
    fn from(e: AbcError) -> Self {
        TranslateError { offset: e.offset, what: e.what }
    }
}

/// How to translate.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Options {}

/// A translated record.
#[derive(Debug, Clone)]
pub struct Translation {
    /// One strict-mode expression: `(function ($, $m) {…; return function func_main_0(…) {…}; })`.
    pub text: String,
    /// Positions of the text, ascending by line and column; what lies between two belongs to the earlier one.
    pub positions: Vec<Position>,
    /// Source file that debug information names.
    pub source_file: Option<String>,
    /// Whether `func_main_0` is an async function.
    pub has_top_level_await: bool,
    /// Functions in the text.
    pub functions: usize,
    /// Functions without structure, written as dispatch loops.
    pub dispatch_loops: usize,
}

/// Translates a record. Records without code (JSON modules) are an error.
pub fn translate<'a>(
    file: &AbcFile<'a>,
    record: &Record<'a>,
    _options: &Options,
) -> Result<Translation, TranslateError> {
    let Some(main) = record.main else {
        return Err(TranslateError::new(record.class, "the record has no func_main_0"));
    };
    let mut dispatch: Vec<unit::FnId> = Vec::new();
    let mut irregular = false;
    // Each round may find functions that nest too deeply, or environments that need objects.
    for _ in 0..4 {
        let mut unit = unit::Unit::load(file, record, main, &dispatch)?;
        let plans: Vec<Option<structure::Plan>> = unit
            .functions
            .iter()
            .enumerate()
            .map(|(i, f)| if dispatch.contains(&(i as unit::FnId)) { None } else { structure::plan(&f.cfg).ok() })
            .collect();
        let dispatch_loops = plans.iter().filter(|p| p.is_none()).count();
        let facts = slots::analyse(&mut unit, &plans);
        unit.irregular |= irregular;
        irregular = unit.irregular;
        let functions = unit.functions.len();
        let top_level_await = unit.functions.first().is_some_and(|f| f.is_async);
        let source_file = unit.functions.first().and_then(|f| f.debug.source_file.as_ref().map(|s| s.to_string()));
        let mut generator = generate::Generator::new(unit, plans, facts);
        let length = {
            let (_, formals) = generator.unit.functions[0].formals();
            formals
        };
        let mut main = generator.function(0, ast::FuncKind::Plain, length, false)?;
        if !generator.failed.is_empty() {
            dispatch.append(&mut generator.failed);
            continue;
        }
        if let ast::Expr::Func(f) = &main
            && f.height > limits::TOTAL_HEIGHT
        {
            return Err(TranslateError::new(record.class, "the record nests too deeply"));
        }
        let heads = generator.cells.iter().chain(&generator.concurrent);
        let unit_vars: Vec<ast::Var> = heads.map(|c| c.0).collect();
        let concurrent = std::mem::take(&mut generator.concurrent);
        let concurrent_functions = concurrent.len();
        hoist::put_concurrent(&mut main, concurrent);
        let names =
            resolve::resolve(&generator.vars, &generator.unit.atoms, &generator.global_names, &unit_vars, &main);
        let mut printer = print::Printer::new(&generator.unit.atoms, &names);
        printer.head("(function ($, $m) {");
        printer.end_line();
        printer.head("\"use strict\";");
        printer.end_line();
        printer.head("const hole = $.hole;");
        let concurrent = hoist::take_concurrent(&mut main, concurrent_functions);
        for (var, value) in generator.cells.iter().chain(&concurrent) {
            printer.end_line();
            printer.head("const ");
            printer.head(names.get(*var));
            printer.head(" = ");
            printer.expr(value, 2);
            printer.head(";");
        }
        // ECMAScript makes exported functions when a module is linked, so that cyclic imports may call them.
        let early = hoist::exported_functions(&mut main, &unit_vars);
        printer.statements(&early);
        printer.end_line();
        printer.head("return ");
        printer.expr(&main, 2);
        printer.head(";");
        printer.end_line();
        printer.head("})");
        return Ok(Translation {
            text: printer.out,
            positions: printer.positions,
            source_file,
            has_top_level_await: top_level_await,
            functions,
            dispatch_loops,
        });
    }
    Err(TranslateError::new(main, "the functions of the record nest too deeply"))
}

/// Translates every record of a file that has code, in file order.
pub fn translate_all<'f, 'a>(
    file: &'f AbcFile<'a>,
    options: &'f Options,
) -> Result<impl Iterator<Item = (Record<'a>, Result<Translation, TranslateError>)> + use<'f, 'a>, TranslateError> {
    let records = file.records()?;
    Ok(records.into_iter().filter(|r| r.main.is_some()).map(move |r| {
        let t = translate(file, &r, options);
        (r, t)
    }))
}
