//! How much there is of the native system libraries, for `concord apis` and COMPATIBILITY.md.

use concord_ndk::NativeApi;
use concord_runtime::Support;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Numbers of functions and objects of a library.
#[derive(Default)]
struct Counts {
    full: usize,
    partial: usize,
    stub: usize,
    /// What is missing of partial ones, and of how many.
    reasons: BTreeMap<&'static str, Vec<&'static str>>,
}

fn counts() -> BTreeMap<&'static str, Counts> {
    let mut libraries: BTreeMap<&str, Counts> = BTreeMap::new();
    for NativeApi { library, symbol, support, .. } in concord_ndk::apis() {
        let counts = libraries.entry(library).or_default();
        match support {
            Support::Full => counts.full += 1,
            Support::Partial(missing) => {
                counts.partial += 1;
                counts.reasons.entry(missing).or_default().push(symbol);
            }
            Support::Stub => counts.stub += 1,
        }
    }
    libraries
}

/// A line for each library of which there is something.
pub fn table() -> String {
    let used = counts().into_iter().filter(|(_, counts)| counts.full + counts.partial > 0);
    used.map(|(library, Counts { full, partial, stub, .. })| {
        format!("{library:<44} {full:>6} full {partial:>6} partial {stub:>6} stub\n")
    })
    .collect()
}

/// Names that are listed of those that lack the same.
const LISTED: usize = 20;

/// A section of COMPATIBILITY.md.
pub fn markdown() -> String {
    let counts = counts();
    let mut text = String::from(
        "\n## Native libraries\n\n\
         Functions and objects of the NDK, by library. A stub returns an error code or null and is reported; `concord info` says which of them a package \
         needs. `libc.so` and `libace_napi.z.so` are not listed: they are there but for what `concord info` calls missing.\n\n\
         | library | full | partial | stub |\n|---|---:|---:|---:|\n",
    );
    let (used, rest): (Vec<_>, Vec<_>) = counts.iter().partition(|(_, counts)| counts.full + counts.partial > 0);
    for (library, Counts { full, partial, stub, .. }) in &used {
        text.push_str(&format!("| `{library}` | {full} | {partial} | {stub} |\n"));
    }
    let names: Vec<String> = rest.iter().map(|(library, counts)| format!("`{library}` ({})", counts.stub)).collect();
    text.push_str(&format!("\nStubs only: {}.\n\n", names.join(", ")));
    for (library, counts) in used {
        for (missing, symbols) in &counts.reasons {
            let names: Vec<String> = symbols.iter().take(LISTED).map(|symbol| format!("`{symbol}`")).collect();
            let more = symbols.len().saturating_sub(LISTED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            text.push_str(&format!("- `{library}` {}{more}: {missing}\n", names.join(", ")));
        }
    }
    text
}

/// Every symbol.
pub fn json() -> Value {
    let symbols = concord_ndk::apis().into_iter().map(|NativeApi { library, symbol, since, support }| {
        let (level, missing) = match support {
            Support::Full => ("full", None),
            Support::Partial(missing) => ("partial", Some(missing)),
            Support::Stub => ("stub", None),
        };
        json!({ "library": library, "symbol": symbol, "since": since, "support": level, "missing": missing })
    });
    Value::Array(symbols.collect())
}
