//! x
fn main() {
    for p in std::env::args().skip(1) {
        let t = std::time::Instant::now();
        match concord_package::info::inspect(p.as_ref()) {
            Ok(s) => {
                for r in &s {
                    println!("{r}");
                }
                eprintln!("{:?}", t.elapsed());
                if std::env::var("J").is_ok() {
                    println!("{}", serde_json::to_string(&s).unwrap());
                }
            }
            Err(e) => println!("{e}"),
        }
    }
}
