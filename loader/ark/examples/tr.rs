//! dev
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let d = std::fs::read(&a[1]).unwrap();
    let f = concord_abi::abc::AbcFile::parse(&d).unwrap();
    let only = a.get(2);
    for r in f.records().unwrap() {
        if r.main.is_none() || only.is_some_and(|o| *o != r.name) {
            continue;
        }
        match concord_ark::translate(&f, &r, &Default::default()) {
            Ok(t) => {
                println!("{}", t.text);
                eprintln!("dispatch {} functions {}", t.dispatch_loops, t.functions);
            }
            Err(e) => eprintln!("{}: {e}", r.name),
        }
    }
}
