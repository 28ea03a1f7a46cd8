//! dev: batch OUTDIR files... ; writes OUTDIR/<dir>-<file>.<record>.js and a json line per record
use std::io::Write;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    for p in &a[2..] {
        let d = std::fs::read(p).unwrap();
        let f = concord_abi::abc::AbcFile::parse(&d).unwrap();
        let mut n = 0;
        for r in f.records().unwrap() {
            if r.main.is_none() {
                continue;
            }
            let t0 = std::time::Instant::now();
            match concord_ark::translate(&f, &r, &Default::default()) {
                Ok(t) => {
                    let o = format!("{}/{}.{}.js", a[1], p.trim_start_matches('/').replace('/', "__"), n);
                    let mut w = std::fs::File::create(&o).unwrap();
                    let g: Vec<String> = vec![];
                    writeln!(w, "{}", t.text).unwrap();
                    println!(
                        "OK\t{}\t{}\t{}\t{}\t{}\t{}\t{:?}",
                        p,
                        r.name,
                        o,
                        r.module.is_some(),
                        g.join(","),
                        t.dispatch_loops,
                        t0.elapsed()
                    );
                }
                Err(e) => println!("ERR\t{}\t{}\t{}", p, r.name, e),
            }
            n += 1;
        }
    }
}
