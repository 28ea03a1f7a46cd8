//! Files of version 0.0.0.2: other opcodes, one module per file, literal arrays by index.

use concord_abi::abc::{AbcFile, FunctionKind, Literal, Version, disassemble};
use concord_abi::asm::assemble;
use concord_abi::isa::{Encoding, Op};

const MODULE: &str = r#"
record pages/index
  request 0 "@ohos:util"
  import 0 {default as util} from request 0
  export slot 0 {answer as answer}
  method func_main_0 (function)
    registers 8 arguments 3
    deprecated.ldlexenv
    sta v0
    definefunc 1, 3, #1#gen
    sta v1
    deprecated.callarg0 v1
    deprecated.stmodulevar "answer"
    deprecated.ldmodulevar "util", 0
    deprecated.createarraywithbuffer [1, "two", 2.5]
    sta v2
    deprecated.defineclasswithbuffer 0, #2#A, ["m", method #3#m, length 2, 1], v0, v3
    newobjrange 2, v5
    ldlexvar 1, 2
    ldlexvar 300, 2
    ashr2 v1
    jnez end
    deprecated.ldobjbyname "x", v1
  end:
    returnundefined
  method #1#gen (generator)
    registers 1 arguments 3
    creategeneratorobj v1
    sta v0
    deprecated.suspendgenerator v0, v0
    returnundefined
  method #2#A (none)
    registers 0 arguments 3
    returnundefined
  method #3#m (none)
    registers 0 arguments 5
    returnundefined
"#;

#[test]
fn a_module_is_read() {
    let bytes = assemble(MODULE, Version::LEGACY).unwrap();
    let file = AbcFile::parse(&bytes).unwrap();
    assert_eq!((file.version(), file.encoding()), (Version::LEGACY, Encoding::Legacy));
    let records = file.records().unwrap();
    let [record] = records.as_slice() else { panic!("{records:?}") };
    let module = record.module.as_ref().unwrap();
    assert_eq!((record.name.as_ref(), module.requests[0].as_ref()), ("pages/index", "@ohos:util"));
    assert_eq!((module.imports[0].local.as_ref(), module.local_exports[0].slot), ("util", 0));
    // Whatever name it is asked for.
    assert_eq!(file.record("entry").unwrap().unwrap().class, record.class);

    let main = file.method(record.main.unwrap()).unwrap();
    let code = file.code(&main).unwrap();
    let ops: Vec<Op> = code.instructions.iter().map(|i| i.op).collect();
    assert_eq!(ops[..3], [Op::DeprecatedLdlexenv, Op::Sta, Op::Definefunc]);
    let find = |op| code.instructions.iter().find(|i| i.op == op).unwrap();
    // The operands are corrected both ways.
    assert_eq!((find(Op::Newobjrange).imms(), find(Op::Newobjrange).registers()), (&[2][..], &[5][..]));
    assert_eq!(find(Op::Ashr2).registers(), [1]);

    // The instruction that defines it says what kind of function it is.
    let generator = file.method(find(Op::Definefunc).ids[0]).unwrap();
    assert_eq!((generator.name.as_ref(), generator.kind), ("#1#gen", FunctionKind::Generator));
    assert_eq!(main.kind, FunctionKind::None);

    let array = file.literal_array(find(Op::DeprecatedCreatearraywithbuffer).ids[0]).unwrap();
    assert!(matches!(array[..], [Literal::Integer(1), Literal::String(_), Literal::Double(2.5)]));
    let class = find(Op::DeprecatedDefineclasswithbuffer);
    assert_eq!((class.imms(), class.registers()), (&[0][..], &[0, 3][..]));
    let members = file.literal_array(class.ids[1]).unwrap();
    assert!(matches!(members[1..], [Literal::Method(_), Literal::MethodAffiliate(2), Literal::Integer(1)]));
}

#[test]
fn its_listing_assembles_again() {
    let bytes = assemble(MODULE, Version::LEGACY).unwrap();
    let mut listing = String::new();
    disassemble(&AbcFile::parse(&bytes).unwrap(), None, &mut listing).unwrap();
    assert!(listing.contains("  newobjrange 2, v5\n"), "{listing}");
    assert!(listing.contains("ldlexvar 300, 2"), "{listing}");
    let again = assemble(&listing, Version::LEGACY).unwrap();
    let mut second = String::new();
    disassemble(&AbcFile::parse(&again).unwrap(), None, &mut second).unwrap();
    assert_eq!(listing, second);
}

#[test]
fn a_script_has_no_module_record() {
    let text = "record x (script)\n  method func_main_0 (function)\n    registers 0 arguments 3\n    returnundefined\n";
    let bytes = assemble(text, Version::LEGACY).unwrap();
    let record = AbcFile::parse(&bytes).unwrap().record("anything").unwrap().unwrap();
    assert!(record.module.is_none() && record.main.is_some() && !record.commonjs);
}
