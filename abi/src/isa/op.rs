//! The operations: one variant per meaning, with what it reads and writes.
//!
//! Notation of the variant docs, which are the contract with everyone who consumes decoded code:
//! `imm`, `regs` and `ids` list the normalised operands in the order of [`Instruction`](super::Instruction)'s arrays
//! (no inline-cache slots, ids resolved to file offsets, jump targets as absolute pcs); `acc` is the accumulator.
//! Unless `acc =` or `acc ←` says otherwise an operation leaves the accumulator as it was.
//! `acc ← x` writes it. In `f(v0, acc)` the operands are in the order in which JavaScript would evaluate them.

/// What an operation does to the accumulator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acc {
    /// Neither read nor written.
    Untouched,
    /// Read and left as it was.
    Read,
    /// Overwritten without being read.
    Write,
    /// Read, then overwritten.
    ReadWrite,
}

/// Where control goes after an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// To the next instruction (or to a handler, when it throws).
    Next,
    /// To the target, always.
    Jump,
    /// To the target or to the next instruction.
    Branch,
    /// Out of the method by returning.
    Return,
    /// Nowhere but to a handler: the operation always throws.
    Throw,
}

/// How many consecutive registers the last register operand stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Range {
    /// Just the named one.
    One,
    /// As many as the last immediate says (none at all when it is 0).
    Imm,
    /// One more than the last immediate says.
    ImmPlusOne,
}

macro_rules! operations {
    ($( $(#[doc = $doc:literal])+ $name:ident = $mnemonic:literal, $acc:ident $(, $flow:ident)? $(; $range:ident)?; )*) => {
        /// What an instruction does, independent of operand width: `ldlexvar` and `wide.ldlexvar` are both
        /// [`Op::Ldlexvar`], `callruntime.wideldsendablevar` is [`Op::CallruntimeLdsendablevar`].
        ///
        /// Names are the mnemonics in camel case without dots.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        #[non_exhaustive]
        pub enum Op { $( $(#[doc = $doc])+ $name, )* }

        impl Op {
            /// Every operation.
            pub const ALL: &'static [Op] = &[$( Op::$name, )*];

            /// The mnemonic of the narrow form, e.g. `callruntime.istrue`.
            pub const fn mnemonic(self) -> &'static str {
                match self { $( Op::$name => $mnemonic, )* }
            }
            /// What it does to the accumulator.
            pub const fn acc(self) -> Acc {
                match self { $( Op::$name => Acc::$acc, )* }
            }
            /// Where control goes afterwards.
            pub const fn flow(self) -> Flow {
                match self { $( Op::$name => operations!(@flow $($flow)?), )* }
            }
            /// How many registers the last register operand stands for.
            pub const fn range(self) -> Range {
                match self { $( Op::$name => operations!(@range $($range)?), )* }
            }
        }
    };
    (@flow) => { Flow::Next };
    (@flow $flow:ident) => { Flow::$flow };
    (@range) => { Range::One };
    (@range $range:ident) => { Range::$range };
}

operations! {
    // Constants.
    /// `acc ← NaN`.
    Ldnan = "ldnan", Write;
    /// `acc ← Infinity`.
    Ldinfinity = "ldinfinity", Write;
    /// `acc ← undefined`.
    Ldundefined = "ldundefined", Write;
    /// `acc ← null`.
    Ldnull = "ldnull", Write;
    /// `acc ←` the global `Symbol` function.
    Ldsymbol = "ldsymbol", Write;
    /// `acc ← globalThis`.
    Ldglobal = "ldglobal", Write;
    /// `acc ← true`.
    Ldtrue = "ldtrue", Write;
    /// `acc ← false`.
    Ldfalse = "ldfalse", Write;
    /// `acc ←` the hole: the marker of an uninitialised binding, and "no value" in generated code.
    Ldhole = "ldhole", Write;
    /// `acc ← imm[0]`, a signed 32-bit integer.
    Ldai = "ldai", Write;
    /// `acc ← f64::from_bits(imm[0] as u64)`.
    Fldai = "fldai", Write;
    /// `acc ←` string `ids[0]`.
    LdaStr = "lda.str", Write;
    /// `acc ←` BigInt whose decimal digits (or 0x/0o/0b form) are string `ids[0]`.
    Ldbigint = "ldbigint", Write;
    /// `acc ← new.target` of this call.
    Ldnewtarget = "ldnewtarget", Write;
    /// `acc ← this` of this call.
    Ldthis = "ldthis", Write;
    /// `acc ←` the running function.
    Ldfunction = "ldfunction", Write;

    // Registers.
    /// `acc ← v0`.
    Lda = "lda", Write;
    /// `v0 ← acc`.
    Sta = "sta", Read;
    /// `v0 ← v1` (first register is the destination).
    Mov = "mov", Untouched;

    // Unary operations.
    /// `acc ← typeof acc`.
    Typeof = "typeof", ReadWrite;
    /// `acc ← ToNumber(acc)` (unary plus: throws for BigInt).
    Tonumber = "tonumber", ReadWrite;
    /// `acc ← ToNumeric(acc)` (Number or BigInt).
    Tonumeric = "tonumeric", ReadWrite;
    /// `acc ← -acc`.
    Neg = "neg", ReadWrite;
    /// `acc ← ~acc`: bitwise not, in spite of the name.
    Not = "not", ReadWrite;
    /// `acc ← acc + 1` on a numeric value (BigInt included).
    Inc = "inc", ReadWrite;
    /// `acc ← acc - 1` on a numeric value (BigInt included).
    Dec = "dec", ReadWrite;
    /// `acc ← ToBoolean(acc)`.
    Istrue = "istrue", ReadWrite;
    /// `acc ← !ToBoolean(acc)`.
    Isfalse = "isfalse", ReadWrite;
    /// `acc ← ToBoolean(acc)`: what compilers emit since version 12.
    CallruntimeIstrue = "callruntime.istrue", ReadWrite;
    /// `acc ← !ToBoolean(acc)`.
    CallruntimeIsfalse = "callruntime.isfalse", ReadWrite;
    /// `acc ← ToPropertyKey(acc)`.
    CallruntimeTopropertykey = "callruntime.topropertykey", ReadWrite;

    // Binary operations: the left operand is the register, the right one the accumulator.
    /// `acc ← v0 + acc`.
    Add2 = "add2", ReadWrite;
    /// `acc ← v0 - acc`.
    Sub2 = "sub2", ReadWrite;
    /// `acc ← v0 * acc`.
    Mul2 = "mul2", ReadWrite;
    /// `acc ← v0 / acc`.
    Div2 = "div2", ReadWrite;
    /// `acc ← v0 % acc`.
    Mod2 = "mod2", ReadWrite;
    /// `acc ← v0 == acc`; compilers also use it to test for the hole, which equals only itself.
    Eq = "eq", ReadWrite;
    /// `acc ← v0 != acc` (see [`Op::Eq`] for the hole).
    Noteq = "noteq", ReadWrite;
    /// `acc ← v0 < acc`.
    Less = "less", ReadWrite;
    /// `acc ← v0 <= acc`.
    Lesseq = "lesseq", ReadWrite;
    /// `acc ← v0 > acc`.
    Greater = "greater", ReadWrite;
    /// `acc ← v0 >= acc`.
    Greatereq = "greatereq", ReadWrite;
    /// `acc ← v0 << acc`.
    Shl2 = "shl2", ReadWrite;
    /// `acc ← v0 >>> acc`: the UNSIGNED shift. (Version 0.0.0.2 had the two names the other way round; decoding
    /// already corrects that.)
    Shr2 = "shr2", ReadWrite;
    /// `acc ← v0 >> acc`: the SIGNED shift.
    Ashr2 = "ashr2", ReadWrite;
    /// `acc ← v0 & acc`.
    And2 = "and2", ReadWrite;
    /// `acc ← v0 | acc`.
    Or2 = "or2", ReadWrite;
    /// `acc ← v0 ^ acc`.
    Xor2 = "xor2", ReadWrite;
    /// `acc ← v0 ** acc`.
    Exp = "exp", ReadWrite;
    /// `acc ← v0 in acc`.
    Isin = "isin", ReadWrite;
    /// `acc ← v0 instanceof acc`.
    Instanceof = "instanceof", ReadWrite;
    /// `acc ← v0 !== acc`.
    Strictnoteq = "strictnoteq", ReadWrite;
    /// `acc ← v0 === acc`.
    Stricteq = "stricteq", ReadWrite;

    // Jumps; the target is `imm[0]`.
    /// To `imm[0]`.
    Jmp = "jmp", Untouched, Jump;
    /// To `imm[0]` when acc is `false` or a Number equal to 0. Nothing else jumps, so `undefined`, `null`, `""` and
    /// `NaN` fall through: compilers test with `istrue`/`isfalse` first.
    Jeqz = "jeqz", Read, Branch;
    /// To `imm[0]` when acc is `true` or a Number other than 0. See [`Op::Jeqz`].
    Jnez = "jnez", Read, Branch;
    /// To `imm[0]` when `acc === 0`. No platform VM executes this or the following compare-and-jump forms.
    Jstricteqz = "jstricteqz", Read, Branch;
    /// To `imm[0]` when `acc !== 0`.
    Jnstricteqz = "jnstricteqz", Read, Branch;
    /// To `imm[0]` when `acc == null`.
    Jeqnull = "jeqnull", Read, Branch;
    /// To `imm[0]` when `acc != null`.
    Jnenull = "jnenull", Read, Branch;
    /// To `imm[0]` when `acc === null`.
    Jstricteqnull = "jstricteqnull", Read, Branch;
    /// To `imm[0]` when `acc !== null`.
    Jnstricteqnull = "jnstricteqnull", Read, Branch;
    /// To `imm[0]` when `acc == undefined`.
    Jequndefined = "jequndefined", Read, Branch;
    /// To `imm[0]` when `acc != undefined`.
    Jneundefined = "jneundefined", Read, Branch;
    /// To `imm[0]` when `acc === undefined`.
    Jstrictequndefined = "jstrictequndefined", Read, Branch;
    /// To `imm[0]` when `acc !== undefined`.
    Jnstrictequndefined = "jnstrictequndefined", Read, Branch;
    /// To `imm[0]` when `v0 == acc`.
    Jeq = "jeq", Read, Branch;
    /// To `imm[0]` when `v0 != acc`.
    Jne = "jne", Read, Branch;
    /// To `imm[0]` when `v0 === acc`.
    Jstricteq = "jstricteq", Read, Branch;
    /// To `imm[0]` when `v0 !== acc`.
    Jnstricteq = "jnstricteq", Read, Branch;

    // Leaving the method.
    /// Returns acc.
    Return = "return", Read, Return;
    /// Returns `undefined`.
    Returnundefined = "returnundefined", Untouched, Return;
    /// Throws acc.
    Throw = "throw", Read, Throw;
    /// Throws the TypeError for an iterator without a `throw` method.
    ThrowNotexists = "throw.notexists", Untouched, Throw;
    /// Throws the TypeError for destructuring `undefined` or `null`.
    ThrowPatternnoncoercible = "throw.patternnoncoercible", Untouched, Throw;
    /// Throws the ReferenceError for `delete super.x`.
    ThrowDeletesuperproperty = "throw.deletesuperproperty", Untouched, Throw;
    /// Throws the TypeError for assigning to the constant whose name is the string in v0.
    ThrowConstassignment = "throw.constassignment", Untouched, Throw;
    /// Throws a TypeError unless v0 is an object.
    ThrowIfnotobject = "throw.ifnotobject", Untouched;
    /// Throws the ReferenceError of an uninitialised binding when v0 is the hole; the string in v1 is its name.
    ThrowUndefinedifhole = "throw.undefinedifhole", Untouched;
    /// Throws the ReferenceError of an uninitialised binding when acc is the hole; string `ids[0]` is its name.
    ThrowUndefinedifholewithname = "throw.undefinedifholewithname", Read;
    /// Checks acc as a constructor's `this`: `imm[0]` = 0: throws a ReferenceError when it is still unset (`undefined`
    /// or hole); 1: throws one when it is already set (a second `super()`).
    ThrowIfsupernotcorrectcall = "throw.ifsupernotcorrectcall", Read;

    // Objects, arrays and their literals.
    /// `acc ← {}`.
    Createemptyobject = "createemptyobject", Write;
    /// `acc ← []`.
    Createemptyarray = "createemptyarray", Write;
    /// `acc ←` a new array with the elements of literal array `ids[0]`.
    Createarraywithbuffer = "createarraywithbuffer", Write;
    /// `acc ←` a new object with the key, value pairs of literal array `ids[0]`.
    Createobjectwithbuffer = "createobjectwithbuffer", Write;
    /// `acc ←` `new RegExp(ids[0], flags)`; `imm[0]` holds the flags as bits: 1 g, 2 i, 4 m, 8 s, 16 u, 32 y.
    Createregexpwithliteral = "createregexpwithliteral", Write;
    /// `acc ←` copy of the own enumerable properties of v0 without the keys in the `imm[0] + 1` registers from v1 on.
    Createobjectwithexcludedkeys = "createobjectwithexcludedkeys", Write; ImmPlusOne;
    /// Object spread: copies the own enumerable properties of acc into v0; `acc ← v0`.
    Copydataproperties = "copydataproperties", ReadWrite;
    /// Array spread: appends what acc iterates over to array v0 from index v1 on; `acc ←` the next free index.
    Starrayspread = "starrayspread", ReadWrite;
    /// `__proto__: v0` in a literal: sets the prototype of object acc when v0 is an object or null.
    Setobjectwithproto = "setobjectwithproto", Read;
    /// `acc ←` the (frozen, cached) template object of acc, an array `[raw strings, cooked strings]`.
    Gettemplateobject = "gettemplateobject", ReadWrite;

    // Properties.
    /// `acc ← acc[ids[0]]`.
    Ldobjbyname = "ldobjbyname", ReadWrite;
    /// `v0[ids[0]] = acc`.
    Stobjbyname = "stobjbyname", Read;
    /// `acc ← v0[acc]`: the object is the register, the key the accumulator.
    Ldobjbyvalue = "ldobjbyvalue", ReadWrite;
    /// `v0[v1] = acc`.
    Stobjbyvalue = "stobjbyvalue", Read;
    /// `acc ← acc[imm[0]]`.
    Ldobjbyindex = "ldobjbyindex", ReadWrite;
    /// `v0[imm[0]] = acc`.
    Stobjbyindex = "stobjbyindex", Read;
    /// Defines own property `ids[0]` of v0 with value acc; not enumerable when v0 is a class or a class prototype.
    Stownbyname = "stownbyname", Read;
    /// Defines own property v1 of v0 with value acc (enumerability as [`Op::Stownbyname`]).
    Stownbyvalue = "stownbyvalue", Read;
    /// Defines own element `imm[0]` of v0 with value acc.
    Stownbyindex = "stownbyindex", Read;
    /// [`Op::Stownbyname`], and names the function acc after the key.
    Stownbynamewithnameset = "stownbynamewithnameset", Read;
    /// [`Op::Stownbyvalue`], and names the function acc after the key v1.
    Stownbyvaluewithnameset = "stownbyvaluewithnameset", Read;
    /// Class field: CreateDataPropertyOrThrow(v0, `ids[0]`, acc). The name of version 11.
    Definefieldbyname = "definefieldbyname", Read;
    /// CreateDataPropertyOrThrow(v0, `ids[0]`, acc): fields and object literals since version 12.
    Definepropertybyname = "definepropertybyname", Read;
    /// CreateDataPropertyOrThrow(v1, v0, acc): v0 is the KEY, v1 the OBJECT.
    CallruntimeDefinefieldbyvalue = "callruntime.definefieldbyvalue", Read;
    /// CreateDataPropertyOrThrow(v0, `imm[0]`, acc).
    CallruntimeDefinefieldbyindex = "callruntime.definefieldbyindex", Read;
    /// Defines accessor v1 of object v0 with getter v2 and setter v3 (`undefined` = absent); when acc is true the
    /// functions are named after the key ("get k"). `acc ← v0`.
    Definegettersetterbyvalue = "definegettersetterbyvalue", ReadWrite;
    /// `acc ← delete v0[acc]` (strict: throws when it cannot).
    Delobjprop = "delobjprop", ReadWrite;
    /// `acc ← super[acc]` with receiver v0.
    Ldsuperbyvalue = "ldsuperbyvalue", ReadWrite;
    /// `super[v1] = acc` with receiver v0.
    Stsuperbyvalue = "stsuperbyvalue", Read;
    /// `acc ← super[ids[0]]` with receiver acc.
    Ldsuperbyname = "ldsuperbyname", ReadWrite;
    /// `super[ids[0]] = acc` with receiver v0.
    Stsuperbyname = "stsuperbyname", Read;
    /// `acc ← this[ids[0]]`.
    Ldthisbyname = "ldthisbyname", Write;
    /// `this[ids[0]] = acc`.
    Stthisbyname = "stthisbyname", Read;
    /// `acc ← this[acc]`.
    Ldthisbyvalue = "ldthisbyvalue", ReadWrite;
    /// `this[v0] = acc`.
    Stthisbyvalue = "stthisbyvalue", Read;

    // Private members: slots of the lexical environments hold keys or functions.
    /// Fills the first hole slots of the current environment with `imm[0]` private keys and then the functions of
    /// literal array `ids[0]` (whose last integer is the number of instance methods; > 0 adds a brand key).
    CallruntimeCreateprivateproperty = "callruntime.createprivateproperty", Untouched;
    /// Adds private member (level `imm[0]`, slot `imm[1]`) with value acc to v0; TypeError when present.
    CallruntimeDefineprivateproperty = "callruntime.defineprivateproperty", Read;
    /// `acc ← acc.#x` with #x in environment level `imm[0]`, slot `imm[1]`.
    Ldprivateproperty = "ldprivateproperty", ReadWrite;
    /// `v0.#x = acc` with #x in environment level `imm[0]`, slot `imm[1]`.
    Stprivateproperty = "stprivateproperty", Read;
    /// `acc ← #x in acc` with #x in environment level `imm[0]`, slot `imm[1]`.
    Testin = "testin", ReadWrite;

    // Lexical environments.
    /// Pushes an environment of `imm[0]` slots, all holes. (It also writes the environment to acc; nothing uses that.)
    Newlexenv = "newlexenv", Write;
    /// [`Op::Newlexenv`] with the variable names of literal array `ids[0]` for a debugger.
    Newlexenvwithname = "newlexenvwithname", Write;
    /// Pops the current environment.
    Poplexenv = "poplexenv", Untouched;
    /// `acc ←` slot `imm[1]` of the environment `imm[0]` levels up.
    Ldlexvar = "ldlexvar", Write;
    /// Slot `imm[1]` of the environment `imm[0]` levels up `← acc`.
    Stlexvar = "stlexvar", Read;
    /// Hot patching: `acc ←` patch variable `imm[0]`.
    Ldpatchvar = "ldpatchvar", Write;
    /// Hot patching: patch variable `imm[0] ← acc`.
    Stpatchvar = "stpatchvar", Read;

    // Functions and classes.
    /// `acc ←` closure of method `ids[0]` over the current environment; `imm[0]` is its `length`. (In version 0.0.0.2
    /// `imm[1]` is the kind of function; `Method::kind` already says it.)
    Definefunc = "definefunc", Write;
    /// `acc ←` method `ids[0]` with home object acc; `imm[0]` is its `length`.
    Definemethod = "definemethod", ReadWrite;
    /// `acc ←` class with constructor `ids[0]`, members literal array `ids[1]`, constructor length `imm[0]` and base v0
    /// (hole = no `extends`).
    Defineclasswithbuffer = "defineclasswithbuffer", Write;
    /// `acc ←` array of the arguments from number `imm[0]` on.
    Copyrestargs = "copyrestargs", Write;
    /// `acc ←` the arguments object (strict).
    Getunmappedargs = "getunmappedargs", Write;

    // Calls. `this` is undefined where no operand gives it.
    /// `acc ← acc()`.
    Callarg0 = "callarg0", ReadWrite;
    /// `acc ← acc(v0)`.
    Callarg1 = "callarg1", ReadWrite;
    /// `acc ← acc(v0, v1)`.
    Callargs2 = "callargs2", ReadWrite;
    /// `acc ← acc(v0, v1, v2)`.
    Callargs3 = "callargs3", ReadWrite;
    /// `acc ← acc(…)` with `imm[0]` arguments in the registers from v0 on.
    Callrange = "callrange", ReadWrite; Imm;
    /// `acc ← acc.call(v0)`.
    Callthis0 = "callthis0", ReadWrite;
    /// `acc ← acc.call(v0, v1)`.
    Callthis1 = "callthis1", ReadWrite;
    /// `acc ← acc.call(v0, v1, v2)`.
    Callthis2 = "callthis2", ReadWrite;
    /// `acc ← acc.call(v0, v1, v2, v3)`.
    Callthis3 = "callthis3", ReadWrite;
    /// `acc ← acc.call(v0, …)` with `imm[0]` arguments in the registers after v0.
    Callthisrange = "callthisrange", ReadWrite; ImmPlusOne;
    /// [`Op::Callthis0`]; string `ids[0]` names the callee for error messages.
    Callthis0withname = "callthis0withname", ReadWrite;
    /// [`Op::Callthis1`]; string `ids[0]` names the callee for error messages.
    Callthis1withname = "callthis1withname", ReadWrite;
    /// [`Op::Callthis2`]; string `ids[0]` names the callee for error messages.
    Callthis2withname = "callthis2withname", ReadWrite;
    /// [`Op::Callthis3`]; string `ids[0]` names the callee for error messages.
    Callthis3withname = "callthis3withname", ReadWrite;
    /// [`Op::Callthisrange`]; string `ids[0]` names the callee for error messages.
    Callthisrangewithname = "callthisrangewithname", ReadWrite; ImmPlusOne;
    /// `acc ← acc.apply(v0, v1)`: a call with spread.
    Apply = "apply", ReadWrite;
    /// Field initialiser: `acc.call(v0)`; acc is the result, which nothing uses.
    CallruntimeCallinit = "callruntime.callinit", ReadWrite;
    /// `acc ← new v0(…)`: `imm[0]` registers from v0 on, the constructor first (so `imm[0] - 1` arguments).
    Newobjrange = "newobjrange", Write; Imm;
    /// `acc ← new v0(...acc)`.
    Newobjapply = "newobjapply", ReadWrite;
    /// `acc ← super(…)` with `imm[0]` arguments in the registers from v0 on.
    Supercallthisrange = "supercallthisrange", Write; Imm;
    /// `acc ← super(…)` from an arrow function: acc is the enclosing constructor, `imm[0]` arguments from v0 on.
    Supercallarrowrange = "supercallarrowrange", ReadWrite; Imm;
    /// `acc ← super(...v0)`; acc is the constructor function.
    Supercallspread = "supercallspread", ReadWrite;
    /// `acc ← super(...arguments)` of a default derived constructor; v0 is the constructor function.
    CallruntimeSupercallforwardallargs = "callruntime.supercallforwardallargs", Write;

    // Iteration.
    /// `acc ←` for-in iterator of acc.
    Getpropiterator = "getpropiterator", ReadWrite;
    /// `acc ←` next key of for-in iterator v0, `undefined` at the end.
    Getnextpropname = "getnextpropname", Write;
    /// `acc ← acc[Symbol.iterator]()`, unchecked (a `throw.ifnotobject` follows where needed).
    Getiterator = "getiterator", ReadWrite;
    /// `acc ← acc[Symbol.asyncIterator]()`, or the sync iterator wrapped.
    Getasynciterator = "getasynciterator", ReadWrite;
    /// Calls `v0.return()` when there is one; `acc ←` its result, or `undefined`.
    Closeiterator = "closeiterator", Write;
    /// `acc ← {value: v0, done: v1}`.
    Createiterresultobj = "createiterresultobj", Write;

    // Generators and async functions.
    /// `acc ←` generator object of the running function v0.
    Creategeneratorobj = "creategeneratorobj", Write;
    /// `acc ←` async generator object of the running function v0.
    Createasyncgeneratorobj = "createasyncgeneratorobj", Write;
    /// Leaves generator v0 with result acc; goes on here when resumed. In an async function acc is what
    /// [`Op::Asyncfunctionawaituncaught`] gave.
    Suspendgenerator = "suspendgenerator", ReadWrite;
    /// `acc ←` the value with which generator acc was resumed.
    Resumegenerator = "resumegenerator", ReadWrite;
    /// `acc ←` how generator acc was resumed: 0 return, 1 throw, 2 next.
    Getresumemode = "getresumemode", ReadWrite;
    /// Sets the state of generator acc: 2 suspended at a yield, 4 completed.
    Setgeneratorstate = "setgeneratorstate", Read;
    /// `acc ←` the async function object of this call.
    Asyncfunctionenter = "asyncfunctionenter", Write;
    /// Registers await of acc for async function object (or async generator) v0; a suspend follows.
    Asyncfunctionawaituncaught = "asyncfunctionawaituncaught", ReadWrite;
    /// Resolves the promise of v0 with acc; `acc ←` the promise.
    Asyncfunctionresolve = "asyncfunctionresolve", ReadWrite;
    /// Rejects the promise of v0 with acc; `acc ←` the promise.
    Asyncfunctionreject = "asyncfunctionreject", ReadWrite;
    /// Resolves the current request of async generator v0 with `{value: v1, done: v2}` and leaves the frame; goes on
    /// here when resumed.
    Asyncgeneratorresolve = "asyncgeneratorresolve", Write;
    /// Rejects the current request of async generator v0 with acc.
    Asyncgeneratorreject = "asyncgeneratorreject", ReadWrite;

    // Globals and modules.
    /// `acc ←` global binding `ids[0]`: declarative record, then global object, else ReferenceError.
    Tryldglobalbyname = "tryldglobalbyname", Write;
    /// Stores acc to global binding `ids[0]`, found as by [`Op::Tryldglobalbyname`].
    Trystglobalbyname = "trystglobalbyname", Read;
    /// `acc ← globalThis[ids[0]]`.
    Ldglobalvar = "ldglobalvar", Write;
    /// `globalThis[ids[0]] = acc`.
    Stglobalvar = "stglobalvar", Read;
    /// Declares top-level const `ids[0]` of a script with value acc.
    Stconsttoglobalrecord = "stconsttoglobalrecord", Read;
    /// Declares top-level let or class `ids[0]` of a script with value acc.
    Sttoglobalrecord = "sttoglobalrecord", Read;
    /// `acc ←` namespace object of module request `imm[0]`.
    Getmodulenamespace = "getmodulenamespace", Write;
    /// Local export slot `imm[0] ← acc`.
    Stmodulevar = "stmodulevar", Read;
    /// `acc ←` local export slot `imm[0]`.
    Ldlocalmodulevar = "ldlocalmodulevar", Write;
    /// `acc ←` regular import `imm[0]`.
    Ldexternalmodulevar = "ldexternalmodulevar", Write;
    /// `acc ←` regular import `imm[0]`, whose module is evaluated on first use (`import lazy`).
    CallruntimeLdlazymodulevar = "callruntime.ldlazymodulevar", Write;
    /// `acc ←` promise of `import(acc)`.
    Dynamicimport = "dynamicimport", ReadWrite;

    // Sendable classes and their environments.
    /// [`Op::Defineclasswithbuffer`] for a sendable class: same operands.
    CallruntimeDefinesendableclass = "callruntime.definesendableclass", Write;
    /// `acc ←` the sendable class of the class environment `imm[0]` levels up.
    CallruntimeLdsendableclass = "callruntime.ldsendableclass", Write;
    /// [`Op::Ldexternalmodulevar`] inside a sendable class.
    CallruntimeLdsendableexternalmodulevar = "callruntime.ldsendableexternalmodulevar", Write;
    /// [`Op::Ldlocalmodulevar`] inside a sendable class.
    CallruntimeLdsendablelocalmodulevar = "callruntime.ldsendablelocalmodulevar", Write;
    /// [`Op::CallruntimeLdlazymodulevar`] inside a sendable class.
    CallruntimeLdlazysendablemodulevar = "callruntime.ldlazysendablemodulevar", Write;
    /// Pushes a sendable environment of `imm[0]` slots (kept by the module).
    CallruntimeNewsendableenv = "callruntime.newsendableenv", Untouched;
    /// Slot `imm[1]` of the sendable environment `imm[0]` levels up `← acc`.
    CallruntimeStsendablevar = "callruntime.stsendablevar", Read;
    /// `acc ←` slot `imm[1]` of the sendable environment `imm[0]` levels up.
    CallruntimeLdsendablevar = "callruntime.ldsendablevar", Write;
    /// Reports acc as the result of a concurrent function run by a task pool.
    CallruntimeNotifyconcurrentresult = "callruntime.notifyconcurrentresult", Read;

    // Others.
    /// A breakpoint for a debugger.
    Debugger = "debugger", Untouched;
    /// Nothing.
    Nop = "nop", Untouched;

    // Kept for old files; version 0.0.0.2 decodes to them. Operands that today come in acc are in registers.
    /// `acc ←` the current lexical environment, as a token that only old define instructions took.
    DeprecatedLdlexenv = "deprecated.ldlexenv", Write;
    /// [`Op::Poplexenv`].
    DeprecatedPoplexenv = "deprecated.poplexenv", Untouched;
    /// `acc ← v1.call(v0)`: calls `next` method v1 of iterator v0; TypeError when the result is no object.
    DeprecatedGetiteratornext = "deprecated.getiteratornext", Write;
    /// [`Op::Createarraywithbuffer`].
    DeprecatedCreatearraywithbuffer = "deprecated.createarraywithbuffer", Write;
    /// [`Op::Createobjectwithbuffer`].
    DeprecatedCreateobjectwithbuffer = "deprecated.createobjectwithbuffer", Write;
    /// [`Op::Createobjectwithbuffer`] whose literal holds methods; acc is the environment token.
    DeprecatedCreateobjecthavingmethod = "deprecated.createobjecthavingmethod", ReadWrite;
    /// `acc ← ToNumber(v0)`.
    DeprecatedTonumber = "deprecated.tonumber", Write;
    /// `acc ← ToNumeric(v0)`.
    DeprecatedTonumeric = "deprecated.tonumeric", Write;
    /// `acc ← -v0`.
    DeprecatedNeg = "deprecated.neg", Write;
    /// `acc ← ~v0`.
    DeprecatedNot = "deprecated.not", Write;
    /// `acc ← v0 + 1`.
    DeprecatedInc = "deprecated.inc", Write;
    /// `acc ← v0 - 1`.
    DeprecatedDec = "deprecated.dec", Write;
    /// `acc ← v0()`.
    DeprecatedCallarg0 = "deprecated.callarg0", Write;
    /// `acc ← v0(v1)`.
    DeprecatedCallarg1 = "deprecated.callarg1", Write;
    /// `acc ← v0(v1, v2)`.
    DeprecatedCallargs2 = "deprecated.callargs2", Write;
    /// `acc ← v0(v1, v2, v3)`.
    DeprecatedCallargs3 = "deprecated.callargs3", Write;
    /// `acc ← v0(…)` with `imm[0]` arguments in the registers after v0.
    DeprecatedCallrange = "deprecated.callrange", Write; ImmPlusOne;
    /// `acc ← v0.apply(v1, v2)`.
    DeprecatedCallspread = "deprecated.callspread", Write;
    /// `acc ← v0.call(…)`: the `imm[0]` registers after v0 are `this` and `imm[0] - 1` arguments.
    DeprecatedCallthisrange = "deprecated.callthisrange", Write; ImmPlusOne;
    /// [`Op::Defineclasswithbuffer`] with `regs[0]` = environment token and `regs[1]` = base.
    DeprecatedDefineclasswithbuffer = "deprecated.defineclasswithbuffer", Write;
    /// `acc ←` the value with which generator v0 was resumed.
    DeprecatedResumegenerator = "deprecated.resumegenerator", Write;
    /// `acc ←` how generator v0 was resumed.
    DeprecatedGetresumemode = "deprecated.getresumemode", Write;
    /// `acc ←` template object of v0.
    DeprecatedGettemplateobject = "deprecated.gettemplateobject", Write;
    /// `acc ← delete v0[v1]`.
    DeprecatedDelobjprop = "deprecated.delobjprop", Write;
    /// Leaves generator v0 with result v1; acc afterwards as [`Op::Suspendgenerator`].
    DeprecatedSuspendgenerator = "deprecated.suspendgenerator", Write;
    /// Registers await of v1 for async function object v0.
    DeprecatedAsyncfunctionawaituncaught = "deprecated.asyncfunctionawaituncaught", Write;
    /// Copies own enumerable properties of v1 into v0; `acc ← v0`.
    DeprecatedCopydataproperties = "deprecated.copydataproperties", Write;
    /// Sets the prototype of object v1 to v0.
    DeprecatedSetobjectwithproto = "deprecated.setobjectwithproto", Untouched;
    /// `acc ← v0[v1]`.
    DeprecatedLdobjbyvalue = "deprecated.ldobjbyvalue", Write;
    /// `acc ← super[v1]` with receiver v0.
    DeprecatedLdsuperbyvalue = "deprecated.ldsuperbyvalue", Write;
    /// `acc ← v0[imm[0]]`.
    DeprecatedLdobjbyindex = "deprecated.ldobjbyindex", Write;
    /// Resolves the promise of v0 with v2 (v1 is unused); `acc ←` the promise.
    DeprecatedAsyncfunctionresolve = "deprecated.asyncfunctionresolve", Write;
    /// Rejects the promise of v0 with v2 (v1 is unused); `acc ←` the promise.
    DeprecatedAsyncfunctionreject = "deprecated.asyncfunctionreject", Write;
    /// Slot `imm[1]` of the environment `imm[0]` levels up `← v0`.
    DeprecatedStlexvar = "deprecated.stlexvar", Untouched;
    /// `acc ←` namespace object of the `import * as` whose local name is string `ids[0]`.
    DeprecatedGetmodulenamespace = "deprecated.getmodulenamespace", Write;
    /// Exported local variable named `ids[0] ← acc`.
    DeprecatedStmodulevar = "deprecated.stmodulevar", Read;
    /// `acc ←` module variable named `ids[0]`: a local export when `imm[0]` is not 0, else the import of that local
    /// name.
    DeprecatedLdmodulevar = "deprecated.ldmodulevar", Write;
    /// `acc ← v0[ids[0]]`.
    DeprecatedLdobjbyname = "deprecated.ldobjbyname", Write;
    /// `acc ← super[ids[0]]` with receiver v0.
    DeprecatedLdsuperbyname = "deprecated.ldsuperbyname", Write;
    /// [`Op::Stconsttoglobalrecord`].
    DeprecatedStconsttoglobalrecord = "deprecated.stconsttoglobalrecord", Read;
    /// [`Op::Sttoglobalrecord`] for a `let`.
    DeprecatedStlettoglobalrecord = "deprecated.stlettoglobalrecord", Read;
    /// [`Op::Sttoglobalrecord`] for a class.
    DeprecatedStclasstoglobalrecord = "deprecated.stclasstoglobalrecord", Read;
    /// `acc ←` home object of the running function.
    DeprecatedLdhomeobject = "deprecated.ldhomeobject", Write;
    /// `acc ←` promise of `import(v0)`.
    DeprecatedDynamicimport = "deprecated.dynamicimport", Write;
    /// Rejects the current request of async generator v0 with v1.
    DeprecatedAsyncgeneratorreject = "deprecated.asyncgeneratorreject", Write;
}
