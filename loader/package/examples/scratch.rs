use concord_package::*;
fn main() {
    for p in std::env::args().skip(1) {
        let t = std::time::Instant::now();
        match PackageSet::open(&[p.clone().into()], &Options::default()) {
            Ok(s) => {
                println!("{p}: {} {:?} {:?}", s.bundle_name(), t.elapsed(), s.entry().signature());
            }
            Err(e) => println!("{e}"),
        }
    }
}
