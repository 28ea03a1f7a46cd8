//! The encodings: opcode, operation and operand layout of every instruction, today's and those of version 0.0.0.2.
//!
//! Facts: openharmony/arkcompiler_runtime_core `isa/isa.yaml` (all versions since 9.0.0.0 are subsets of today's
//! numbering, except the preview versions 11.0.0.0 and 11.0.1.0, which are refused), and for version 0.0.0.2
//! openharmony/arkcompiler_ets_runtime `jspandafile/bytecode_inst` with its translation to today's instructions.

use super::Op;

/// One operand as encoded; multi-byte operands are little-endian, `…4` pairs share a byte (first in the low half).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operand {
    /// Inline-cache slot: skipped.
    Ic8,
    /// Inline-cache slot: skipped.
    Ic16,
    /// A byte that has no meaning for us.
    Drop8,
    /// Two bytes that have no meaning for us.
    Drop16,
    /// Unsigned immediate.
    Imm4,
    /// Unsigned immediate.
    Imm8,
    /// Unsigned immediate.
    Imm16,
    /// Unsigned immediate.
    Imm32,
    /// Unsigned immediate, one too large (0.0.0.2 counts `new.target` among the arguments of `new`).
    Imm16LessOne,
    /// Not encoded: the kind of function that a define instruction of 0.0.0.2 makes (see `FunctionKind::from_bits`).
    Kind(u8),
    /// Signed immediate.
    Signed32,
    /// Bits of a double.
    Double,
    /// Signed distance from the start of the instruction.
    Jump8,
    /// Signed distance from the start of the instruction.
    Jump16,
    /// Signed distance from the start of the instruction.
    Jump32,
    /// Register.
    V4,
    /// Register.
    V8,
    /// Register.
    V16,
    /// Register, one too low (0.0.0.2: the constructor, followed by `new.target`).
    V8Next,
    /// Index into the region's table of strings, methods and literal arrays: a string.
    String16,
    /// The same: a method.
    Method16,
    /// The same: a literal array.
    Literal16,
    /// File offset of a string.
    String32,
    /// Index into the file's table of literal arrays.
    LiteralIndex16,
}

/// How one opcode is encoded.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Encoding {
    /// Byte after the prefix, or the first byte.
    pub opcode: u8,
    /// What it does.
    pub op: Op,
    /// Operands in encoding order.
    pub operands: &'static [Operand],
}

macro_rules! encodings {
    ($($name:ident { $($opcode:literal $op:ident $($operand:ident $(($arg:literal))?)*;)* })*) => {$(
        static $name: &[Encoding] = &[$(
            Encoding { opcode: $opcode, op: Op::$op, operands: &[$(Operand::$operand $(($arg))?),*] },
        )*];
    )*};
}

/// A page of up to 256 opcodes behind one prefix.
#[derive(Debug)]
pub(crate) struct Page {
    /// Prefix byte; `None` for the first level.
    pub prefix: Option<u8>,
    /// Its encodings.
    pub encodings: &'static [Encoding],
    by_opcode: [u16; 256],
}

impl Page {
    const fn new(prefix: Option<u8>, encodings: &'static [Encoding]) -> Page {
        let mut by_opcode = [u16::MAX; 256];
        let mut i = 0;
        while i < encodings.len() {
            by_opcode[encodings[i].opcode as usize] = i as u16;
            i += 1;
        }
        Page { prefix, encodings, by_opcode }
    }

    /// The encoding of an opcode.
    pub fn get(&self, opcode: u8) -> Option<&'static Encoding> {
        self.encodings.get(usize::from(self.by_opcode[usize::from(opcode)]))
    }
}

/// Today's encoding, first level first.
pub(crate) static CURRENT: [Page; 5] = [
    Page::new(None, PLAIN),
    Page::new(Some(0xfe), THROW),
    Page::new(Some(0xfd), WIDE),
    Page::new(Some(0xfc), DEPRECATED),
    Page::new(Some(0xfb), CALLRUNTIME),
];

/// The encoding of version 0.0.0.2.
pub(crate) static LEGACY: [Page; 2] = [Page::new(None, LEGACY_PLAIN), Page::new(Some(0xff), LEGACY_ECMA)];

encodings! {
    PLAIN {
        0x00 Ldundefined;
        0x01 Ldnull;
        0x02 Ldtrue;
        0x03 Ldfalse;
        0x04 Createemptyobject;
        0x05 Createemptyarray Ic8;
        0x06 Createarraywithbuffer Ic8 Literal16;
        0x07 Createobjectwithbuffer Ic8 Literal16;
        0x08 Newobjrange Ic8 Imm8 V8;
        0x09 Newlexenv Imm8;
        0x0a Add2 Ic8 V8;
        0x0b Sub2 Ic8 V8;
        0x0c Mul2 Ic8 V8;
        0x0d Div2 Ic8 V8;
        0x0e Mod2 Ic8 V8;
        0x0f Eq Ic8 V8;
        0x10 Noteq Ic8 V8;
        0x11 Less Ic8 V8;
        0x12 Lesseq Ic8 V8;
        0x13 Greater Ic8 V8;
        0x14 Greatereq Ic8 V8;
        0x15 Shl2 Ic8 V8;
        0x16 Shr2 Ic8 V8;
        0x17 Ashr2 Ic8 V8;
        0x18 And2 Ic8 V8;
        0x19 Or2 Ic8 V8;
        0x1a Xor2 Ic8 V8;
        0x1b Exp Ic8 V8;
        0x1c Typeof Ic8;
        0x1d Tonumber Ic8;
        0x1e Tonumeric Ic8;
        0x1f Neg Ic8;
        0x20 Not Ic8;
        0x21 Inc Ic8;
        0x22 Dec Ic8;
        0x23 Istrue;
        0x24 Isfalse;
        0x25 Isin Ic8 V8;
        0x26 Instanceof Ic8 V8;
        0x27 Strictnoteq Ic8 V8;
        0x28 Stricteq Ic8 V8;
        0x29 Callarg0 Ic8;
        0x2a Callarg1 Ic8 V8;
        0x2b Callargs2 Ic8 V8 V8;
        0x2c Callargs3 Ic8 V8 V8 V8;
        0x2d Callthis0 Ic8 V8;
        0x2e Callthis1 Ic8 V8 V8;
        0x2f Callthis2 Ic8 V8 V8 V8;
        0x30 Callthis3 Ic8 V8 V8 V8 V8;
        0x31 Callthisrange Ic8 Imm8 V8;
        0x32 Supercallthisrange Ic8 Imm8 V8;
        0x33 Definefunc Ic8 Method16 Imm8;
        0x34 Definemethod Ic8 Method16 Imm8;
        0x35 Defineclasswithbuffer Ic8 Method16 Literal16 Imm16 V8;
        0x36 Getnextpropname V8;
        0x37 Ldobjbyvalue Ic8 V8;
        0x38 Stobjbyvalue Ic8 V8 V8;
        0x39 Ldsuperbyvalue Ic8 V8;
        0x3a Ldobjbyindex Ic8 Imm16;
        0x3b Stobjbyindex Ic8 V8 Imm16;
        0x3c Ldlexvar Imm4 Imm4;
        0x3d Stlexvar Imm4 Imm4;
        0x3e LdaStr String16;
        0x3f Tryldglobalbyname Ic8 String16;
        0x40 Trystglobalbyname Ic8 String16;
        0x41 Ldglobalvar Ic16 String16;
        0x42 Ldobjbyname Ic8 String16;
        0x43 Stobjbyname Ic8 String16 V8;
        0x44 Mov V4 V4;
        0x45 Mov V8 V8;
        0x46 Ldsuperbyname Ic8 String16;
        0x47 Stconsttoglobalrecord Ic16 String16;
        0x48 Sttoglobalrecord Ic16 String16;
        0x49 Ldthisbyname Ic8 String16;
        0x4a Stthisbyname Ic8 String16;
        0x4b Ldthisbyvalue Ic8;
        0x4c Stthisbyvalue Ic8 V8;
        0x4d Jmp Jump8;
        0x4e Jmp Jump16;
        0x4f Jeqz Jump8;
        0x50 Jeqz Jump16;
        0x51 Jnez Jump8;
        0x52 Jstricteqz Jump8;
        0x53 Jnstricteqz Jump8;
        0x54 Jeqnull Jump8;
        0x55 Jnenull Jump8;
        0x56 Jstricteqnull Jump8;
        0x57 Jnstricteqnull Jump8;
        0x58 Jequndefined Jump8;
        0x59 Jneundefined Jump8;
        0x5a Jstrictequndefined Jump8;
        0x5b Jnstrictequndefined Jump8;
        0x5c Jeq V8 Jump8;
        0x5d Jne V8 Jump8;
        0x5e Jstricteq V8 Jump8;
        0x5f Jnstricteq V8 Jump8;
        0x60 Lda V8;
        0x61 Sta V8;
        0x62 Ldai Signed32;
        0x63 Fldai Double;
        0x64 Return;
        0x65 Returnundefined;
        0x66 Getpropiterator;
        0x67 Getiterator Ic8;
        0x68 Closeiterator Ic8 V8;
        0x69 Poplexenv;
        0x6a Ldnan;
        0x6b Ldinfinity;
        0x6c Getunmappedargs;
        0x6d Ldglobal;
        0x6e Ldnewtarget;
        0x6f Ldthis;
        0x70 Ldhole;
        0x71 Createregexpwithliteral Ic8 String16 Imm8;
        0x72 Createregexpwithliteral Ic16 String16 Imm8;
        0x73 Callrange Ic8 Imm8 V8;
        0x74 Definefunc Ic16 Method16 Imm8;
        0x75 Defineclasswithbuffer Ic16 Method16 Literal16 Imm16 V8;
        0x76 Gettemplateobject Ic8;
        0x77 Setobjectwithproto Ic8 V8;
        0x78 Stownbyvalue Ic8 V8 V8;
        0x79 Stownbyindex Ic8 V8 Imm16;
        0x7a Stownbyname Ic8 String16 V8;
        0x7b Getmodulenamespace Imm8;
        0x7c Stmodulevar Imm8;
        0x7d Ldlocalmodulevar Imm8;
        0x7e Ldexternalmodulevar Imm8;
        0x7f Stglobalvar Ic16 String16;
        0x80 Createemptyarray Ic16;
        0x81 Createarraywithbuffer Ic16 Literal16;
        0x82 Createobjectwithbuffer Ic16 Literal16;
        0x83 Newobjrange Ic16 Imm8 V8;
        0x84 Typeof Ic16;
        0x85 Ldobjbyvalue Ic16 V8;
        0x86 Stobjbyvalue Ic16 V8 V8;
        0x87 Ldsuperbyvalue Ic16 V8;
        0x88 Ldobjbyindex Ic16 Imm16;
        0x89 Stobjbyindex Ic16 V8 Imm16;
        0x8a Ldlexvar Imm8 Imm8;
        0x8b Stlexvar Imm8 Imm8;
        0x8c Tryldglobalbyname Ic16 String16;
        0x8d Trystglobalbyname Ic16 String16;
        0x8e Stownbynamewithnameset Ic8 String16 V8;
        0x8f Mov V16 V16;
        0x90 Ldobjbyname Ic16 String16;
        0x91 Stobjbyname Ic16 String16 V8;
        0x92 Ldsuperbyname Ic16 String16;
        0x93 Ldthisbyname Ic16 String16;
        0x94 Stthisbyname Ic16 String16;
        0x95 Ldthisbyvalue Ic16;
        0x96 Stthisbyvalue Ic16 V8;
        0x97 Asyncgeneratorreject V8;
        0x98 Jmp Jump32;
        0x99 Stownbyvaluewithnameset Ic8 V8 V8;
        0x9a Jeqz Jump32;
        0x9b Jnez Jump16;
        0x9c Jnez Jump32;
        0x9d Jstricteqz Jump16;
        0x9e Jnstricteqz Jump16;
        0x9f Jeqnull Jump16;
        0xa0 Jnenull Jump16;
        0xa1 Jstricteqnull Jump16;
        0xa2 Jnstricteqnull Jump16;
        0xa3 Jequndefined Jump16;
        0xa4 Jneundefined Jump16;
        0xa5 Jstrictequndefined Jump16;
        0xa6 Jnstrictequndefined Jump16;
        0xa7 Jeq V8 Jump16;
        0xa8 Jne V8 Jump16;
        0xa9 Jstricteq V8 Jump16;
        0xaa Jnstricteq V8 Jump16;
        0xab Getiterator Ic16;
        0xac Closeiterator Ic16 V8;
        0xad Ldsymbol;
        0xae Asyncfunctionenter;
        0xaf Ldfunction;
        0xb0 Debugger;
        0xb1 Creategeneratorobj V8;
        0xb2 Createiterresultobj V8 V8;
        0xb3 Createobjectwithexcludedkeys Imm8 V8 V8;
        0xb4 Newobjapply Ic8 V8;
        0xb5 Newobjapply Ic16 V8;
        0xb6 Newlexenvwithname Imm8 Literal16;
        0xb7 Createasyncgeneratorobj V8;
        0xb8 Asyncgeneratorresolve V8 V8 V8;
        0xb9 Supercallspread Ic8 V8;
        0xba Apply Ic8 V8 V8;
        0xbb Supercallarrowrange Ic8 Imm8 V8;
        0xbc Definegettersetterbyvalue V8 V8 V8 V8;
        0xbd Dynamicimport;
        0xbe Definemethod Ic16 Method16 Imm8;
        0xbf Resumegenerator;
        0xc0 Getresumemode;
        0xc1 Gettemplateobject Ic16;
        0xc2 Delobjprop V8;
        0xc3 Suspendgenerator V8;
        0xc4 Asyncfunctionawaituncaught V8;
        0xc5 Copydataproperties V8;
        0xc6 Starrayspread V8 V8;
        0xc7 Setobjectwithproto Ic16 V8;
        0xc8 Stownbyvalue Ic16 V8 V8;
        0xc9 Stsuperbyvalue Ic8 V8 V8;
        0xca Stsuperbyvalue Ic16 V8 V8;
        0xcb Stownbyindex Ic16 V8 Imm16;
        0xcc Stownbyname Ic16 String16 V8;
        0xcd Asyncfunctionresolve V8;
        0xce Asyncfunctionreject V8;
        0xcf Copyrestargs Imm8;
        0xd0 Stsuperbyname Ic8 String16 V8;
        0xd1 Stsuperbyname Ic16 String16 V8;
        0xd2 Stownbyvaluewithnameset Ic16 V8 V8;
        0xd3 Ldbigint String16;
        0xd4 Stownbynamewithnameset Ic16 String16 V8;
        0xd5 Nop;
        0xd6 Setgeneratorstate Imm8;
        0xd7 Getasynciterator Ic8;
        0xd8 Ldprivateproperty Ic8 Imm16 Imm16;
        0xd9 Stprivateproperty Ic8 Imm16 Imm16 V8;
        0xda Testin Ic8 Imm16 Imm16;
        0xdb Definefieldbyname Ic8 String16 V8;
        0xdc Definepropertybyname Ic8 String16 V8;
        0xdd Callthis0withname Ic8 String16 V8;
        0xde Callthis1withname Ic8 String16 V8 V8;
        0xdf Callthis2withname Ic8 String16 V8 V8 V8;
        0xe0 Callthis3withname Ic8 String16 V8 V8 V8 V8;
        0xe1 Callthisrangewithname Ic8 Imm8 String16 V8;
    }
    THROW {
        0x00 Throw;
        0x01 ThrowNotexists;
        0x02 ThrowPatternnoncoercible;
        0x03 ThrowDeletesuperproperty;
        0x04 ThrowConstassignment V8;
        0x05 ThrowIfnotobject V8;
        0x06 ThrowUndefinedifhole V8 V8;
        0x07 ThrowIfsupernotcorrectcall Imm8;
        0x08 ThrowIfsupernotcorrectcall Imm16;
        0x09 ThrowUndefinedifholewithname String16;
    }
    WIDE {
        0x00 Createobjectwithexcludedkeys Imm16 V8 V8;
        0x01 Newobjrange Imm16 V8;
        0x02 Newlexenv Imm16;
        0x03 Newlexenvwithname Imm16 Literal16;
        0x04 Callrange Imm16 V8;
        0x05 Callthisrange Imm16 V8;
        0x06 Supercallthisrange Imm16 V8;
        0x07 Supercallarrowrange Imm16 V8;
        0x08 Ldobjbyindex Imm32;
        0x09 Stobjbyindex V8 Imm32;
        0x0a Stownbyindex V8 Imm32;
        0x0b Copyrestargs Imm16;
        0x0c Ldlexvar Imm16 Imm16;
        0x0d Stlexvar Imm16 Imm16;
        0x0e Getmodulenamespace Imm16;
        0x0f Stmodulevar Imm16;
        0x10 Ldlocalmodulevar Imm16;
        0x11 Ldexternalmodulevar Imm16;
        0x12 Ldpatchvar Imm16;
        0x13 Stpatchvar Imm16;
        0x14 Callthisrangewithname Imm16 String16 V8;
    }
    DEPRECATED {
        0x00 DeprecatedLdlexenv;
        0x01 DeprecatedPoplexenv;
        0x02 DeprecatedGetiteratornext V8 V8;
        0x03 DeprecatedCreatearraywithbuffer LiteralIndex16;
        0x04 DeprecatedCreateobjectwithbuffer LiteralIndex16;
        0x05 DeprecatedTonumber V8;
        0x06 DeprecatedTonumeric V8;
        0x07 DeprecatedNeg V8;
        0x08 DeprecatedNot V8;
        0x09 DeprecatedInc V8;
        0x0a DeprecatedDec V8;
        0x0b DeprecatedCallarg0 V8;
        0x0c DeprecatedCallarg1 V8 V8;
        0x0d DeprecatedCallargs2 V8 V8 V8;
        0x0e DeprecatedCallargs3 V8 V8 V8 V8;
        0x0f DeprecatedCallrange Imm16 V8;
        0x10 DeprecatedCallspread V8 V8 V8;
        0x11 DeprecatedCallthisrange Imm16 V8;
        0x12 DeprecatedDefineclasswithbuffer Method16 LiteralIndex16 Imm16 V8 V8;
        0x13 DeprecatedResumegenerator V8;
        0x14 DeprecatedGetresumemode V8;
        0x15 DeprecatedGettemplateobject V8;
        0x16 DeprecatedDelobjprop V8 V8;
        0x17 DeprecatedSuspendgenerator V8 V8;
        0x18 DeprecatedAsyncfunctionawaituncaught V8 V8;
        0x19 DeprecatedCopydataproperties V8 V8;
        0x1a DeprecatedSetobjectwithproto V8 V8;
        0x1b DeprecatedLdobjbyvalue V8 V8;
        0x1c DeprecatedLdsuperbyvalue V8 V8;
        0x1d DeprecatedLdobjbyindex V8 Imm32;
        0x1e DeprecatedAsyncfunctionresolve V8 V8 V8;
        0x1f DeprecatedAsyncfunctionreject V8 V8 V8;
        0x20 DeprecatedStlexvar Imm4 Imm4 V8;
        0x21 DeprecatedStlexvar Imm8 Imm8 V8;
        0x22 DeprecatedStlexvar Imm16 Imm16 V8;
        0x23 DeprecatedGetmodulenamespace String32;
        0x24 DeprecatedStmodulevar String32;
        0x25 DeprecatedLdobjbyname String32 V8;
        0x26 DeprecatedLdsuperbyname String32 V8;
        0x27 DeprecatedLdmodulevar String32 Imm8;
        0x28 DeprecatedStconsttoglobalrecord String32;
        0x29 DeprecatedStlettoglobalrecord String32;
        0x2a DeprecatedStclasstoglobalrecord String32;
        0x2b DeprecatedLdhomeobject;
        0x2c DeprecatedCreateobjecthavingmethod LiteralIndex16;
        0x2d DeprecatedDynamicimport V8;
        0x2e DeprecatedAsyncgeneratorreject V8 V8;
    }
    CALLRUNTIME {
        0x00 CallruntimeNotifyconcurrentresult;
        0x01 CallruntimeDefinefieldbyvalue Ic8 V8 V8;
        0x02 CallruntimeDefinefieldbyindex Ic8 Imm32 V8;
        0x03 CallruntimeTopropertykey;
        0x04 CallruntimeCreateprivateproperty Imm16 Literal16;
        0x05 CallruntimeDefineprivateproperty Ic8 Imm16 Imm16 V8;
        0x06 CallruntimeCallinit Ic8 V8;
        0x07 CallruntimeDefinesendableclass Ic16 Method16 Literal16 Imm16 V8;
        0x08 CallruntimeLdsendableclass Imm16;
        0x09 CallruntimeLdsendableexternalmodulevar Imm8;
        0x0a CallruntimeLdsendableexternalmodulevar Imm16;
        0x0b CallruntimeNewsendableenv Imm8;
        0x0c CallruntimeNewsendableenv Imm16;
        0x0d CallruntimeStsendablevar Imm4 Imm4;
        0x0e CallruntimeStsendablevar Imm8 Imm8;
        0x0f CallruntimeStsendablevar Imm16 Imm16;
        0x10 CallruntimeLdsendablevar Imm4 Imm4;
        0x11 CallruntimeLdsendablevar Imm8 Imm8;
        0x12 CallruntimeLdsendablevar Imm16 Imm16;
        0x13 CallruntimeIstrue Ic8;
        0x14 CallruntimeIsfalse Ic8;
        0x15 CallruntimeLdlazymodulevar Imm8;
        0x16 CallruntimeLdlazymodulevar Imm16;
        0x17 CallruntimeLdlazysendablemodulevar Imm8;
        0x18 CallruntimeLdlazysendablemodulevar Imm16;
        0x19 CallruntimeSupercallforwardallargs V8;
        0x1a CallruntimeLdsendablelocalmodulevar Imm8;
        0x1b CallruntimeLdsendablelocalmodulevar Imm16;
    }
    LEGACY_PLAIN {
        0x01 Mov V4 V4;
        0x18 LdaStr String32;
        0x22 Jmp Jump8;
        0x23 Jmp Jump16;
        0x24 Jmp Jump32;
        0x2d Jeqz Jump8;
        0x2e Jeqz Jump16;
        0x2f Jnez Jump8;
        0x30 Jnez Jump16;
        0xa0 Mov V8 V8;
        0xa1 Mov V16 V16;
        0xa2 Lda V8;
        0xa3 Sta V8;
        0xa4 Ldai Signed32;
        0xa5 Fldai Double;
        0xa6 Return;
    }
    LEGACY_ECMA {
        0x00 Ldnan;
        0x01 Ldinfinity;
        0x02 Ldglobal;
        0x03 Ldundefined;
        0x04 Ldnull;
        0x05 Ldsymbol;
        0x06 Ldglobal;
        0x07 Ldtrue;
        0x08 Ldfalse;
        0x09 Throw;
        0x0a Typeof;
        0x0b DeprecatedLdlexenv;
        0x0c DeprecatedPoplexenv;
        0x0d Getunmappedargs;
        0x0e Getpropiterator;
        0x0f Asyncfunctionenter;
        0x10 Ldhole;
        0x11 Returnundefined;
        0x12 Createemptyobject;
        0x13 Createemptyarray;
        0x14 Getiterator;
        0x15 ThrowNotexists;
        0x16 ThrowPatternnoncoercible;
        0x17 DeprecatedLdhomeobject;
        0x18 ThrowDeletesuperproperty;
        0x19 Debugger;
        0x1a Add2 V8;
        0x1b Sub2 V8;
        0x1c Mul2 V8;
        0x1d Div2 V8;
        0x1e Mod2 V8;
        0x1f Eq V8;
        0x20 Noteq V8;
        0x21 Less V8;
        0x22 Lesseq V8;
        0x23 Greater V8;
        0x24 Greatereq V8;
        0x25 Shl2 V8;
        0x26 Ashr2 V8;
        0x27 Shr2 V8;
        0x28 And2 V8;
        0x29 Or2 V8;
        0x2a Xor2 V8;
        0x2b DeprecatedTonumber V8;
        0x2c DeprecatedNeg V8;
        0x2d DeprecatedNot V8;
        0x2e DeprecatedInc V8;
        0x2f DeprecatedDec V8;
        0x30 Exp V8;
        0x31 Isin V8;
        0x32 Instanceof V8;
        0x33 Strictnoteq V8;
        0x34 Stricteq V8;
        0x35 DeprecatedResumegenerator V8;
        0x36 DeprecatedGetresumemode V8;
        0x37 Creategeneratorobj V8;
        0x38 ThrowConstassignment V8;
        0x39 DeprecatedGettemplateobject V8;
        0x3a Getnextpropname V8;
        0x3b DeprecatedCallarg0 V8;
        0x3c ThrowIfnotobject V8;
        0x3e Closeiterator V8;
        0x40 Supercallspread V8;
        0x41 DeprecatedDelobjprop V8 V8;
        0x42 Newobjapply Drop8 V8;
        0x43 Createiterresultobj V8 V8;
        0x44 DeprecatedSuspendgenerator V8 V8;
        0x45 DeprecatedAsyncfunctionawaituncaught V8 V8;
        0x46 ThrowUndefinedifhole V8 V8;
        0x47 DeprecatedCallarg1 V8 V8;
        0x48 DeprecatedCopydataproperties V8 V8;
        0x49 Starrayspread V8 V8;
        0x4a DeprecatedGetiteratornext V8 V8;
        0x4b DeprecatedSetobjectwithproto V8 V8;
        0x4c DeprecatedLdobjbyvalue V8 V8;
        0x4d Stobjbyvalue V8 V8;
        0x4e Stownbyvalue V8 V8;
        0x4f DeprecatedLdsuperbyvalue V8 V8;
        0x50 Stsuperbyvalue V8 V8;
        0x51 DeprecatedLdobjbyindex V8 Imm32;
        0x52 Stobjbyindex V8 Imm32;
        0x53 Stownbyindex V8 Imm32;
        0x54 DeprecatedCallspread V8 V8 V8;
        0x55 DeprecatedAsyncfunctionresolve V8 V8 V8;
        0x56 DeprecatedAsyncfunctionreject V8 V8 V8;
        0x57 DeprecatedCallargs2 V8 V8 V8;
        0x58 DeprecatedCallargs3 V8 V8 V8 V8;
        0x59 Definegettersetterbyvalue V8 V8 V8 V8;
        0x5a Newobjrange Imm16LessOne V8Next;
        0x5b DeprecatedCallrange Imm16 V8;
        0x5c DeprecatedCallthisrange Imm16 V8;
        0x5d Supercallarrowrange Imm16 V8;
        0x5e Createobjectwithexcludedkeys Imm16 V8 V8;
        0x5f Definefunc Method16 Imm16 Kind(1) Drop8;
        0x60 Definefunc Method16 Imm16 Kind(2) Drop8;
        0x61 Definefunc Method16 Imm16 Kind(3) Drop8;
        0x62 Definefunc Method16 Imm16 Kind(4) Drop8;
        0x63 Definemethod Method16 Imm16 Drop8;
        0x64 Newlexenv Imm16;
        0x65 Copyrestargs Imm16;
        0x66 DeprecatedCreatearraywithbuffer LiteralIndex16;
        0x67 DeprecatedCreateobjecthavingmethod LiteralIndex16;
        0x68 ThrowIfsupernotcorrectcall Imm16;
        0x69 DeprecatedCreateobjectwithbuffer LiteralIndex16;
        0x6a Ldlexvar Imm4 Imm4;
        0x6b Ldlexvar Imm8 Imm8;
        0x6c Ldlexvar Imm16 Imm16;
        0x6d DeprecatedStlexvar Imm4 Imm4 V8;
        0x6e DeprecatedStlexvar Imm8 Imm8 V8;
        0x6f DeprecatedStlexvar Imm16 Imm16 V8;
        0x70 DeprecatedDefineclasswithbuffer Method16 LiteralIndex16 Imm16 V8 V8;
        0x71 DeprecatedGetmodulenamespace String32;
        0x72 DeprecatedStmodulevar String32;
        0x73 Tryldglobalbyname String32;
        0x74 Trystglobalbyname String32;
        0x75 Ldglobalvar String32;
        0x76 Stglobalvar String32;
        0x77 DeprecatedLdobjbyname String32 V8;
        0x78 Stobjbyname String32 V8;
        0x79 Stownbyname String32 V8;
        0x7a DeprecatedLdsuperbyname String32 V8;
        0x7b Stsuperbyname String32 V8;
        0x7c DeprecatedLdmodulevar String32 Imm8;
        0x7d Createregexpwithliteral String32 Imm8;
        0x7e Istrue;
        0x7f Isfalse;
        0x80 DeprecatedStconsttoglobalrecord String32;
        0x81 DeprecatedStlettoglobalrecord String32;
        0x82 DeprecatedStclasstoglobalrecord String32;
        0x83 Stownbyvaluewithnameset V8 V8;
        0x84 Stownbynamewithnameset String32 V8;
        0x85 Ldfunction;
        0x86 Newlexenv Imm16 Drop16;
        0x87 Ldbigint String32;
        0x88 DeprecatedTonumeric V8;
        0x89 Createasyncgeneratorobj V8;
        0x8a Asyncgeneratorresolve V8 V8 V8;
        0x8b Definefunc Method16 Imm16 Kind(5) Drop8;
        0x8c DeprecatedDynamicimport V8;
        0x8d Ldpatchvar Imm16;
        0x8e Stpatchvar Imm16;
        0x8f DeprecatedAsyncgeneratorreject V8 V8;
    }
}
