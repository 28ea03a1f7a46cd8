fn main() {
    let p = std::env::args().nth(1).unwrap();
    let d = std::fs::read(p).unwrap();
    let f = concord_abi::abc::AbcFile::parse(&d).unwrap();
    let mut s = String::new();
    concord_abi::abc::disassemble(&f, None, &mut s).unwrap();
    println!("{s}");
}
