//! The names that the library exports, and what each is bound to.

use crate::glibc;
use concord_elf::{Absence, Symbol, SystemLibrary};
use rustc_hash::FxHashMap;
use std::sync::{Arc, OnceLock};

/// The names of the C library: `name kind [target [reason]]`, separated by tabs.
const ROWS: &str = include_str!("../data/libc.tsv");

/// One function or object of ours.
pub(crate) struct Shim {
    /// The name in C.
    pub(crate) name: &'static str,
    /// Where it is.
    pub(crate) address: *const (),
}

// SAFETY: the address is of a function or of a static object; whether the object may be used by several threads is C's affair.
unsafe impl Sync for Shim {}

/// Makes `SHIMS`, the table of what a file has for guests: `shims! { open, stdin = (&raw const STDIN).cast() }`. Functions are named
/// as in C; an object or a function of another name says where it is.
macro_rules! shims {
    ($($name:ident $(= $address:expr)?),* $(,)?) => {
        /// What this file has for guests.
        pub(crate) static SHIMS: &[$crate::table::Shim] = &[$($crate::table::shim!($name $(= $address)?)),*];
    };
}
macro_rules! shim {
    ($name:ident) => {
        $crate::table::Shim { name: stringify!($name), address: $name as *const () }
    };
    ($name:ident = $address:expr) => {
        $crate::table::Shim { name: stringify!($name), address: $address }
    };
}
pub(crate) use {shim, shims};

/// The shims of every file.
static FILES: &[&[Shim]] = &[
    crate::calendar::SHIMS,
    crate::dirent::SHIMS,
    crate::dlfcn::SHIMS,
    crate::err::SHIMS,
    crate::errors::SHIMS,
    crate::fcntl::SHIMS,
    crate::fdsan::SHIMS,
    crate::fortify::SHIMS,
    crate::ftw::SHIMS,
    crate::getopt::SHIMS,
    crate::iconv::SHIMS,
    crate::integers::SHIMS,
    crate::legacy::SHIMS,
    crate::locale::SHIMS,
    crate::math::SHIMS,
    crate::ohos::SHIMS,
    crate::process::SHIMS,
    crate::pthread::SHIMS,
    crate::pwd::SHIMS,
    crate::random::SHIMS,
    crate::random_state::SHIMS,
    crate::refused::SHIMS,
    crate::regex::SHIMS,
    crate::sigchain::SHIMS,
    crate::signal::SHIMS,
    crate::socket::SHIMS,
    crate::stat::SHIMS,
    crate::stdio::FILES[0],
    crate::stdio::FILES[1],
    crate::stdio::FILES[2],
    crate::stdio::FILES[3],
    crate::stdio_files::SHIMS,
    crate::stdlib_env::SHIMS,
    crate::string::SHIMS,
    crate::syscall::SHIMS,
    crate::syslog::SHIMS,
    crate::temp::SHIMS,
    crate::thread_end::SHIMS,
    crate::unistd::SHIMS,
    crate::xattr::SHIMS,
];

/// How a name is bound.
enum Binding {
    /// To a function or object of glibc.
    Glibc(Host),
    /// To ours.
    Shim(usize),
    /// Not at all.
    Absent,
}

/// A name of glibc and its address, once it has been asked for.
struct Host {
    name: &'static str,
    address: OnceLock<Option<usize>>,
}

impl Host {
    fn address(&self) -> Option<usize> {
        *self.address.get_or_init(|| glibc::address(self.name))
    }
}

fn bindings() -> &'static FxHashMap<&'static str, Binding> {
    static BINDINGS: OnceLock<FxHashMap<&'static str, Binding>> = OnceLock::new();
    BINDINGS.get_or_init(|| {
        let shims: FxHashMap<_, _> =
            FILES.iter().copied().flatten().map(|shim| (shim.name, shim.address as usize)).collect();
        let bind = |row: Row| match row.kind {
            "forward" | "data" => {
                Binding::Glibc(Host { name: row.target.unwrap_or(row.name), address: OnceLock::new() })
            }
            "shim" => shims.get(row.name).map_or(Binding::Absent, |&address| Binding::Shim(address)),
            _ => Binding::Absent,
        };
        rows().map(|row| (row.name, bind(row))).collect()
    })
}

/// A line of the data.
#[derive(Clone, Copy)]
struct Row {
    name: &'static str,
    kind: &'static str,
    target: Option<&'static str>,
}

fn rows() -> impl Iterator<Item = Row> {
    ROWS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut columns = line.split('\t');
        let (name, kind) = (columns.next()?, columns.next()?);
        Some(Row { name, kind, target: columns.next().filter(|target| !target.is_empty()) })
    })
}

/// The address of a shim, by its name in C.
pub(crate) fn shim_address(name: &str) -> Option<usize> {
    match bindings().get(name)? {
        Binding::Shim(address) => Some(*address),
        _ => None,
    }
}

struct LibC;

/// `libc.so` and the names that musl's parts have elsewhere.
pub fn library() -> Arc<dyn SystemLibrary> {
    Arc::new(LibC)
}

impl SystemLibrary for LibC {
    fn names(&self) -> &[&str] {
        &["libc.so", "libm.so", "libdl.so", "libpthread.so", "librt.so", "libutil.so", "libcrypt.so", "libresolv.so"]
    }

    fn symbol(&self, name: &str) -> Option<Symbol> {
        Some(match bindings().get(name)? {
            Binding::Shim(address) => Symbol::Address(*address),
            // A host with an older glibc may lack a name that the table counts on.
            Binding::Glibc(host) => host.address().map_or(Symbol::Absent(Absence::Abort), Symbol::Address),
            Binding::Absent => Symbol::Absent(Absence::Abort),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    #[test]
    fn rows_are_sorted_and_of_known_kinds() {
        let names: Vec<_> = rows().map(|row| row.name).collect();
        let unsorted: Vec<_> = names.windows(2).filter(|pair| pair[0] >= pair[1]).collect();
        assert!(unsorted.is_empty(), "twice, or out of order: {unsorted:?}");
        let mut kinds = BTreeMap::new();
        for row in rows() {
            *kinds.entry(row.kind).or_insert(0) += 1;
        }
        println!("{} names: {kinds:?}", names.len());
        assert!(kinds.keys().all(|kind| ["absent", "data", "forward", "shim"].contains(kind)), "{kinds:?}");
    }

    #[test]
    fn every_shim_is_in_the_table_and_in_the_code() {
        let table: BTreeSet<_> = rows().filter(|row| row.kind == "shim").map(|row| row.name).collect();
        let code: Vec<_> = FILES.iter().copied().flatten().map(|shim| shim.name).collect();
        let set: BTreeSet<_> = code.iter().copied().collect();
        assert_eq!(code.len(), set.len(), "a shim is there twice");
        assert_eq!(table.difference(&set).collect::<Vec<_>>(), Vec::<&&str>::new(), "in libc.tsv only");
        assert_eq!(set.difference(&table).collect::<Vec<_>>(), Vec::<&&str>::new(), "in the code only");
    }

    #[test]
    fn what_is_not_ours_is_in_glibc() {
        let missing: Vec<_> = rows()
            .filter(|row| matches!(row.kind, "forward" | "data"))
            .filter(|row| glibc::address(row.target.unwrap_or(row.name)).is_none())
            .map(|row| row.name)
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn names_are_found() {
        let libc = library();
        assert!(matches!(libc.symbol("strlen"), Some(Symbol::Address(_))));
        assert!(matches!(libc.symbol("strlcpy"), Some(Symbol::Address(_))));
        assert_eq!(libc.symbol("restrace"), Some(Symbol::Absent(Absence::Abort)));
        assert_eq!(libc.symbol("no_such_function"), None);
    }
}
