//! An assembler for tests: text in the syntax of the listing ([`crate::abc::disassemble`]) becomes an abc file, so that
//! code which today's compiler never emits can be tested end to end.
//!
//! ```
//! let text = r##"
//! record t/main
//!   request 0 "./other"
//!   import 0 {default as other} from request 0
//!   export slot 0 {answer as answer}
//!   method func_main_0 (function)
//!     registers 2 arguments 3
//!     try L0..L1 catch L1
//!   L0:
//!     ldexternalmodulevar 0
//!     callarg0
//!     jeqz done
//!     definefunc 1, #*#f
//!     stmodulevar 0
//!     createobjectwithbuffer ["a", 1, "b", [true, null, 2.5], "c", method #*#f, length 1]
//!   done:
//!     returnundefined
//!   L1:
//!     throw
//!   method #*#f (arrow)
//!     registers 0 arguments 4
//!     lda v3
//!     return
//! "##;
//! let abc = concord_abi::asm::assemble(text, concord_abi::abc::Version::NEWEST).unwrap();
//! assert!(concord_abi::abc::AbcFile::parse(&abc).unwrap().record("t/main").unwrap().is_some());
//! ```
//!
//! - One record per `record` line: `(script)`, `(commonjs)`, `(top-level await)`, `(shared)` may follow, `json "text"`
//!   and `package name` may be in it. Without a trait in brackets it is a module.
//! - `method name (kind)`: none, function, arrow, generator, async, asyncgenerator, asyncarrow, concurrent, each with
//!   `sendable` after it. `call type 0b0101` changes the call type. `registers`/`arguments` are the frame; with the
//!   usual call type the arguments are func, new.target, this and then the formals.
//! - Operands are the normalised ones of [`Op`](crate::isa::Op): immediates, then ids (quoted strings, method names,
//!   bracketed literals), then registers. The narrowest encoding that fits is taken; `wide.` takes the wide form.
//! - `# ` starts a comment. Positions before instructions and debug information, which listings have, are ignored.
//! - `(unmerged)` gives the layout of one module per file, for a single record; version 0.0.0.2 always does, and has the
//!   old encoding.

mod encode;
mod parse;
mod write;

/// Why a text could not be assembled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct AsmError {
    /// Line of the text, from 1; 0 for the file as a whole.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

impl AsmError {
    fn new(line: usize, what: impl Into<String>) -> AsmError {
        AsmError { line, what: what.into() }
    }
}

/// Assembles an abc file of a version.
pub fn assemble(text: &str, version: crate::abc::Version) -> Result<Vec<u8>, AsmError> {
    write::write(&parse::parse(text)?, version)
}

/// Text as UTF-16 code units, so that it may hold lone surrogates.
type Units = Vec<u16>;

/// A record of the text.
#[derive(Debug, Default)]
struct RecordDef {
    line: usize,
    name: String,
    commonjs: bool,
    script: bool,
    top_level_await: bool,
    shared: bool,
    unmerged: bool,
    json: Option<Units>,
    package: Option<String>,
    requests: Vec<(Units, bool)>,
    imports: Vec<(String, String, u16)>,
    namespace_imports: Vec<(String, u16)>,
    local_exports: Vec<(String, String)>,
    indirect_exports: Vec<(String, String, u16)>,
    star_exports: Vec<u16>,
    methods: Vec<MethodDef>,
}

/// A method of the text.
#[derive(Debug)]
struct MethodDef {
    line: usize,
    name: String,
    kind: u8,
    sendable: bool,
    call_type: u8,
    registers: u32,
    arguments: u32,
    tries: Vec<[String; 3]>,
    /// Label and the number of the instruction it stands before.
    labels: Vec<(String, usize)>,
    instructions: Vec<InstructionDef>,
}

/// An instruction of the text.
#[derive(Debug)]
struct InstructionDef {
    line: usize,
    op: crate::isa::Op,
    wide: bool,
    imms: Vec<Imm>,
    ids: Vec<Id>,
    regs: Vec<u16>,
}

#[derive(Debug)]
enum Imm {
    Value(i64),
    Label(String),
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Id {
    String(Units),
    Method(String),
    Literal(Vec<Lit>),
}

/// An entry of a literal array: its tag and what follows it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Lit {
    Byte(u8, u8),
    Half(u8, u16),
    Word(u8, u32),
    Double(u64),
    String(u8, Units),
    Method(u8, String),
    Array(Vec<Lit>),
}
