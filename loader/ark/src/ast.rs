//! The JavaScript that a unit becomes, as a tree. Depth is bounded by the passes that build it (see [`crate::limits`]).

use crate::names::Atom;

/// A variable of the unit: index into [`Vars`].
pub type Var = u32;
/// A statement label, unique within its function.
pub type Label = u32;
/// Source position packed as `line << 12 | column` (both from 1; 0 when unknown); columns saturate.
pub type Loc = u32;

/// Packs a source position.
pub fn loc(line: u32, column: u32) -> Loc {
    (line.min(0xf_ffff) << 12) | column.min(0xfff)
}

/// What a variable is for; decides where it may be declared and how it is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VarKind {
    /// Formal parameter.
    Param,
    /// Register or temporary of one function; never seen by closures.
    Local,
    /// Slot of a lexical environment; closures may capture it.
    Slot,
    /// Alias of a module cell or of the hole, declared at the head of the unit.
    Unit,
    /// Private name of a class.
    Private,
}

/// One variable.
#[derive(Debug, Clone)]
pub struct VarInfo {
    /// What it is for.
    pub kind: VarKind,
    /// Name wished for, from debug information, export tables or the checks that mention it.
    pub hint: Option<Atom>,
    /// Assigned at most once, before every use (so a read gives the same value wherever it is evaluated).
    pub stable: bool,
    /// Functions inside use it only under checks, so that the engine's own check of `let` can do it.
    pub guarded: bool,
    /// Declared where it is first assigned: the engine checks.
    pub native: bool,
    /// Some use has to tell an uninitialised binding from `undefined`: it starts as the hole.
    pub holds_hole: bool,
}

/// Variables of a unit.
pub type Vars = Vec<VarInfo>;

/// Unary operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(dead_code, reason = "the printer knows forms that no pass makes yet")]
pub enum UnOp {
    /// `!`
    Not,
    /// `-`
    Neg,
    /// `~`
    BitNot,
    /// `+`
    Plus,
    /// `typeof`
    Typeof,
    /// `void`
    Void,
    /// `delete`
    Delete,
}

/// Binary operators, logical ones included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the operators speak for themselves")]
pub enum BinOp {
    Add,
    Sub,
    Mul,
    Div,
    Mod,
    Exp,
    Eq,
    Ne,
    StrictEq,
    StrictNe,
    Lt,
    Le,
    Gt,
    Ge,
    Shl,
    Shr,
    Sar,
    And,
    Or,
    Xor,
    In,
    Instanceof,
    LogAnd,
    LogOr,
    Nullish,
}

/// Entry of an array literal.
#[derive(Debug, Clone)]
#[expect(dead_code, reason = "the printer knows forms that no pass makes yet")]
pub enum Element {
    /// Left out (`[,]`).
    Hole,
    /// Value.
    Value(Expr),
    /// `...value`.
    Spread(Expr),
}

/// Property key.
#[derive(Debug, Clone)]
pub enum Key {
    /// Literal name: printed as identifier, number or string.
    Name(Atom),
    /// `[expr]`.
    Computed(Expr),
    /// `#name`.
    Private(Var),
}

/// Member of an object literal.
#[derive(Debug, Clone)]
#[expect(dead_code, reason = "the printer knows forms that no pass makes yet")]
pub enum Prop {
    /// `key: value`.
    Value(Key, Expr),
    /// `key(…) {…}`.
    Method(Key, Func),
    /// `get key() {…}`.
    Getter(Key, Func),
    /// `set key(v) {…}`.
    Setter(Key, Func),
    /// `...value`.
    Spread(Expr),
}

/// An expression.
#[derive(Debug, Clone)]
#[expect(dead_code, reason = "the printer knows forms that no pass makes yet")]
pub enum Expr {
    /// `undefined`.
    Undefined,
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// Number.
    Num(f64),
    /// String.
    Str(Atom),
    /// BigInt literal text.
    BigInt(Atom),
    /// Regular expression: pattern and flags.
    Regex(Atom, Atom),
    /// The hole sentinel.
    Hole,
    /// Local, slot or unit variable.
    Var(Var),
    /// Global binding by its own name.
    Global(Atom),
    /// `this`.
    This,
    /// `new.target`.
    NewTarget,
    /// `arguments`.
    Arguments,
    /// The prelude object `$`.
    Prelude,
    /// The module object `$m`.
    Module,
    /// `super` as the object of a member expression.
    Super,
    /// `object.name`.
    Member(Box<Expr>, Atom, Loc),
    /// `object[key]`.
    Index(Box<(Expr, Expr)>, Loc),
    /// `object.#name`.
    Private(Box<Expr>, Var, Loc),
    /// `callee(args)`.
    Call(Box<Expr>, Vec<Element>, Loc),
    /// `new callee(args)`.
    New(Box<Expr>, Vec<Element>, Loc),
    /// `super(args)`.
    SuperCall(Vec<Element>, Loc),
    /// `$.name(args)`.
    Helper(&'static str, Vec<Expr>, Loc),
    /// `import`-like: `$m.import(specifier)`.
    Unary(UnOp, Box<Expr>),
    /// Binary and logical operators.
    Binary(BinOp, Box<(Expr, Expr)>),
    /// `a ? b : c`.
    Cond(Box<(Expr, Expr, Expr)>),
    /// `target = value`.
    Assign(Box<(Expr, Expr)>),
    /// `target op= value`.
    AssignOp(BinOp, Box<(Expr, Expr)>),
    /// `++target`, `target--` …: increment?, prefix?, target.
    Update(bool, bool, Box<Expr>),
    /// ToNumeric of a value.
    ToNumeric(Box<Expr>),
    /// Numeric value plus 1 (`true`) or minus 1.
    Step(bool, Box<Expr>),
    /// Array literal.
    Array(Vec<Element>),
    /// Object literal.
    Object(Vec<Prop>),
    /// Function expression or arrow function.
    Func(Box<Func>),
    /// Class expression.
    Class(Box<Class>),
    /// `await value`.
    Await(Box<Expr>, Loc),
    /// `yield value` (delegating with `yield*` when true).
    Yield(bool, Box<Expr>, Loc),
    /// A method by itself, with its home object (`undefined` when it has none): `{m() {…}}.m`.
    Method(Box<(Expr, Func)>),
    /// A chain of members and calls in which something is [`Expr::Opt`]: all of it is skipped when that is nullish.
    Chain(Box<Expr>),
    /// Object or callee that is followed by `?.`.
    Opt(Box<Expr>),
    /// `(a, b)`.
    Seq(Vec<Expr>),
    /// A binding that may still be the hole: a variable or module cell, and the name for the ReferenceError.
    Checked(Box<Expr>, Atom),
    /// `#name in object`.
    PrivateIn(Var, Box<Expr>),
    /// Array destructuring target `[a, b = c, ...d]`.
    ArrayPattern(Vec<PatternElement>, Option<Box<Expr>>),
    /// Object destructuring target `{a, ...rest}`.
    ObjectPattern(Vec<(Key, Expr)>, Option<Box<Expr>>),
}

/// Element of an array pattern: target and default, or left out.
pub type PatternElement = Option<(Expr, Option<Expr>)>;

/// What a function is, syntactically.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FuncKind {
    /// `function`.
    Plain,
    /// `=>`.
    Arrow,
    /// Concise method (no prototype, not a constructor).
    Method,
    /// Class constructor.
    Constructor,
}

/// A function.
#[derive(Debug, Clone)]
pub struct Func {
    /// Syntactic kind.
    pub kind: FuncKind,
    /// `async`.
    pub is_async: bool,
    /// `*`.
    pub is_generator: bool,
    /// Value of its `name` property.
    pub name: Option<Atom>,
    /// Name of the function's own binding, when the body needs to reach the function.
    pub own: Option<Var>,
    /// Parameters with default values.
    pub params: Vec<(Expr, Option<Expr>)>,
    /// Rest parameter.
    pub rest: Option<Expr>,
    /// Number of parameters that count for `length`; later ones without a default get `= undefined`.
    pub length: u32,
    /// Body.
    pub body: Vec<Stmt>,
    /// Variables that it declares: parameters, locals, slots (after the passes).
    pub declared: Vec<Var>,
    /// Variables of functions around it that it mentions, also through functions inside (after the passes).
    pub free: Vec<Var>,
    /// Mentions `super.x` (after the passes), also in arrow functions inside.
    pub uses_super: bool,
    /// Nesting of everything inside (after the passes).
    pub height: u32,
}

/// Member of a class body.
#[derive(Debug, Clone)]
pub struct ClassMember {
    /// `static`.
    pub is_static: bool,
    /// What it is.
    pub kind: ClassMemberKind,
}

/// Kinds of class members.
#[derive(Debug, Clone)]
pub enum ClassMemberKind {
    /// Method.
    Method(Key, Func),
    /// Getter.
    Getter(Key, Func),
    /// Setter.
    Setter(Key, Func),
    /// Field; the initialiser is a function whose body returns the value.
    Field(Key, Option<Func>),
    /// `static {…}`: a function whose body is that of the block.
    Block(Func),
}

/// A class expression.
#[derive(Debug, Clone)]
pub struct Class {
    /// Value of its `name` property.
    pub name: Option<Atom>,
    /// Base: none without `extends`.
    pub base: Option<Expr>,
    /// Constructor; none for the default one.
    pub constructor: Option<Func>,
    /// Other members.
    pub members: Vec<ClassMember>,
    /// The class's own binding of its name, that only its members see.
    pub own: Option<Var>,
    /// Private names that it declares.
    pub privates: Vec<Var>,
}

/// `switch` clause: tests (none for `default`) and body.
#[derive(Debug, Clone)]
pub struct Case {
    /// `case x:`; `None` is `default:`.
    pub tests: Vec<Option<Expr>>,
    /// Statements.
    pub body: Vec<Stmt>,
}

/// A statement.
#[derive(Debug, Clone)]
#[expect(dead_code, reason = "the printer knows forms that no pass makes yet")]
pub enum Stmt {
    /// Expression statement.
    Expr(Expr, Loc),
    /// `let a = x, b;` or `const` when true.
    Let(bool, Vec<(Expr, Option<Expr>)>, Loc),
    /// `if`.
    If(Expr, Vec<Stmt>, Vec<Stmt>, Loc),
    /// `label: {…}`.
    Block(Label, Vec<Stmt>),
    /// Plain block.
    Scope(Vec<Stmt>),
    /// `label: for (;;) {…}`; leaves by jumps only.
    Loop(Label, Vec<Stmt>),
    /// `label: for (init; test; update) {…}`; `while` without init and update.
    For(Label, Option<Box<Stmt>>, Option<Expr>, Option<Expr>, Vec<Stmt>),
    /// `label: do {…} while (test)`.
    DoWhile(Label, Vec<Stmt>, Expr),
    /// `label: for (const|let|target of value)`; declaration: 0 none, 1 let, 2 const; await?
    ForOf(Label, u8, Expr, Expr, bool, Vec<Stmt>),
    /// `label: for (const|let|target in value)`.
    ForIn(Label, u8, Expr, Expr, Vec<Stmt>),
    /// `try {…} catch (e) {…} finally {…}`: handler variable, handler, finaliser.
    Try(Vec<Stmt>, Option<(Option<Var>, Vec<Stmt>)>, Option<Vec<Stmt>>),
    /// `switch`.
    Switch(Label, Expr, Vec<Case>),
    /// `break label`.
    Break(Label),
    /// `continue label`.
    Continue(Label),
    /// `return`.
    Return(Option<Expr>, Loc),
    /// `throw`.
    Throw(Expr, Loc),
    /// `debugger`.
    Debugger,
    /// `this = {…}`-like raw marker that prints nothing; carries a fresh scope's variables until placement.
    Declare(Vec<Var>),
}

impl Expr {
    /// `a op b`.
    pub fn binary(op: BinOp, a: Expr, b: Expr) -> Expr {
        Expr::Binary(op, Box::new((a, b)))
    }
    /// `!a`, simplified.
    pub fn not(a: Expr) -> Expr {
        match a {
            Expr::Unary(UnOp::Not, inner) if inner.is_boolean() => *inner,
            Expr::Binary(BinOp::StrictEq, p) => Expr::Binary(BinOp::StrictNe, p),
            Expr::Binary(BinOp::StrictNe, p) => Expr::Binary(BinOp::StrictEq, p),
            Expr::Binary(BinOp::Eq, p) => Expr::Binary(BinOp::Ne, p),
            Expr::Binary(BinOp::Ne, p) => Expr::Binary(BinOp::Eq, p),
            Expr::Bool(b) => Expr::Bool(!b),
            other => Expr::Unary(UnOp::Not, Box::new(other)),
        }
    }
    /// `target = value`.
    pub fn assign(target: Expr, value: Expr) -> Expr {
        Expr::Assign(Box::new((target, value)))
    }
    /// Whether the value is always a boolean.
    pub fn is_boolean(&self) -> bool {
        match self {
            Expr::Bool(_) | Expr::Unary(UnOp::Not | UnOp::Delete, _) | Expr::PrivateIn(..) => true,
            Expr::Binary(op, p) => match op {
                BinOp::Eq
                | BinOp::Ne
                | BinOp::StrictEq
                | BinOp::StrictNe
                | BinOp::Lt
                | BinOp::Le
                | BinOp::Gt
                | BinOp::Ge
                | BinOp::In
                | BinOp::Instanceof => true,
                BinOp::LogAnd | BinOp::LogOr => p.0.is_boolean() && p.1.is_boolean(),
                _ => false,
            },
            Expr::Cond(c) => c.1.is_boolean() && c.2.is_boolean(),
            _ => false,
        }
    }
    /// Whether the value is always a Number (not a BigInt).
    pub fn is_number(&self) -> bool {
        match self {
            Expr::Num(_) | Expr::Unary(UnOp::Plus, _) => true,
            Expr::Binary(BinOp::Shr, _) => true,
            Expr::Binary(BinOp::Sub | BinOp::Mul | BinOp::Div | BinOp::Mod | BinOp::Add, p) => {
                p.0.is_number() && p.1.is_number()
            }
            Expr::Binary(BinOp::And | BinOp::Or | BinOp::Xor | BinOp::Shl | BinOp::Sar, p) => {
                p.0.is_number() || p.1.is_number()
            }
            Expr::Unary(UnOp::Neg | UnOp::BitNot, x) | Expr::ToNumeric(x) | Expr::Step(_, x) => x.is_number(),
            _ => false,
        }
    }
    /// Whether evaluating it cannot be observed and gives the same value at any time while the variables it mentions
    /// are not assigned.
    pub fn is_pure(&self) -> bool {
        match self {
            Expr::Undefined
            | Expr::Null
            | Expr::Bool(_)
            | Expr::Num(_)
            | Expr::Str(_)
            | Expr::BigInt(_)
            | Expr::Hole
            | Expr::Var(_)
            | Expr::This
            | Expr::NewTarget
            | Expr::Prelude
            | Expr::Module => true,
            Expr::Unary(UnOp::Not | UnOp::Typeof | UnOp::Void, x) => x.is_pure(),
            Expr::Binary(BinOp::StrictEq | BinOp::StrictNe | BinOp::LogAnd | BinOp::LogOr | BinOp::Nullish, p) => {
                p.0.is_pure() && p.1.is_pure()
            }
            Expr::Cond(c) => c.0.is_pure() && c.1.is_pure() && c.2.is_pure(),
            _ => false,
        }
    }
    /// Whether it is a literal or variable: cheap to repeat.
    pub fn is_atom(&self) -> bool {
        matches!(
            self,
            Expr::Undefined
                | Expr::Null
                | Expr::Bool(_)
                | Expr::Num(_)
                | Expr::Str(_)
                | Expr::BigInt(_)
                | Expr::Hole
                | Expr::Var(_)
                | Expr::This
                | Expr::NewTarget
                | Expr::Prelude
                | Expr::Module
        )
    }
}
