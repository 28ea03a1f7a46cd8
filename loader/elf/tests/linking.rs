//! Namespaces, over the small libraries of tests/fixtures/native. Each test is a process of its own (nextest), because some look at what is the process's.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::{EVENTS, MISSING, call, namespace, own_libraries, small_libc, table};
use concord_elf::{Absence, Image, LinkError, Namespace, OpenFlags, Symbol, SymbolScope, locate, modules, unresolved};
use std::sync::Barrier;

const GLOBAL: OpenFlags = OpenFlags { global: true, no_load: false, no_delete: false };

fn plain() -> &'static Namespace {
    namespace(&[&own_libraries()], vec![small_libc()])
}

fn events() -> Vec<i32> {
    std::mem::take(&mut EVENTS.lock().unwrap())
}

#[test]
fn libraries_that_need_each_other() {
    let namespace = plain();
    let library = namespace.open("libcycle_a.so").unwrap();
    assert_eq!(events(), [2, 1], "what is needed is initialised first");
    assert_eq!(call(library.symbol("cycle_sum")) as i32, 11);
    assert_eq!(call(library.symbol("cycle_through_a")) as i32, 10, "found in what it needs");
    let again = namespace.open("/data/libs/libcycle_a.so").unwrap();
    assert_eq!(again.handle(), library.handle());
    assert_eq!(namespace.library(library.handle()).unwrap().path(), "/data/libs/libcycle_a.so");
    namespace.close(&again).unwrap();
    assert!(events().is_empty(), "it was opened twice");
    namespace.close(&library).unwrap();
    assert_eq!(events(), [-1, -2]);
    assert_eq!(modules().iter().count(), 0);
    assert_eq!((modules().additions(), modules().removals()), (2, 2));
    assert!(matches!(namespace.close(&library), Err(LinkError::BadHandle { .. })));
    assert!(matches!(namespace.library(library.handle()), Err(LinkError::BadHandle { .. })));
    let anew = namespace.open("libcycle_b.so").unwrap();
    assert_eq!(events(), [1, 2]);
    assert_eq!(call(anew.symbol("cycle_sum")) as i32, 11);
    namespace.exit();
    assert_eq!(events(), [-2, -1]);
    namespace.exit();
    assert!(events().is_empty(), "an app ends once");
}

#[test]
fn closing_and_opening_again_begins_anew() {
    let namespace = plain();
    for _ in 0..200 {
        let library = namespace.open("libfirst.so").unwrap();
        assert_eq!(call(library.symbol("count_calls")), 1);
        assert_eq!(call(library.symbol("count_calls")), 2);
        namespace.close(&library).unwrap();
    }
    assert_eq!(events().len(), 400);
    // What another one needs stays, and what shall stay stays.
    let first = namespace.open("libfirst.so").unwrap();
    let second = namespace.open("libsecond.so").unwrap();
    call(first.symbol("count_calls"));
    namespace.close(&first).unwrap();
    assert_eq!(call(second.symbol("count_calls")), 2);
    let stays = OpenFlags { no_delete: true, ..OpenFlags::default() };
    namespace.open_with_flags(Some("libfirst.so"), stays).unwrap();
    namespace.close(&second).unwrap();
    namespace.close(&first).unwrap();
    let first = namespace.open("libfirst.so").unwrap();
    assert_eq!(call(first.symbol("count_calls")), 3);
}

#[test]
fn a_hundred_threads_open_at_once() {
    let namespace = plain();
    let barrier = Barrier::new(100);
    std::thread::scope(|scope| {
        for number in 0..100 {
            let barrier = &barrier;
            scope.spawn(move || {
                barrier.wait();
                let name = ["libcycle_a.so", "libcycle_b.so", "libsecond.so", "libtls_user.so"][number % 4];
                for _ in 0..20 {
                    let library = namespace.open(name).unwrap();
                    assert!(modules().iter().any(|module| module.name() == name));
                    let symbol = ["cycle_sum", "cycle_sum", "ask", "user_add"][number % 4];
                    let address = library.symbol(symbol).unwrap();
                    assert!(locate(address).is_some());
                    call(Some(address));
                    namespace.close(&library).unwrap();
                }
            });
        }
    });
    assert_eq!(modules().iter().count(), 0);
    assert_eq!(modules().additions(), modules().removals());
    let events = events();
    for library in [1, 2, 3] {
        let started = events.iter().filter(|event| **event == library).count();
        let stopped = events.iter().filter(|event| **event == -library).count();
        assert!(started > 0 && started == stopped, "{library}: {started} started, {stopped} stopped");
    }
}

#[test]
fn the_first_definition_counts() {
    let namespace = plain();
    let second = namespace.open("libsecond.so").unwrap();
    assert_eq!(call(second.symbol("ask")), 22, "also for the library that has a definition of its own");
    let which = second.symbol("which").unwrap();
    let next = namespace.symbol_for(SymbolScope::Next { caller: which }, "which").unwrap();
    assert_eq!((call(Some(which)), call(Some(next))), (2, 1));
    let default = |name| namespace.symbol_for(SymbolScope::Default { caller: 0 }, name);
    let error = default("only_first").unwrap_err();
    assert_eq!(error.to_string(), "Symbol not found: only_first");
    assert!(namespace.symbol_for(SymbolScope::Default { caller: which }, "only_first").is_ok(), "its own are seen");
    let first = namespace.open_with_flags(Some("libfirst.so"), GLOBAL).unwrap();
    assert_eq!(call(default("only_first").ok()), 11);
    assert_eq!(default("malloc").unwrap(), libc::malloc as *const () as usize);
    let app = namespace.open_with_flags(None, OpenFlags::default()).unwrap();
    assert_eq!(app.symbol("only_first"), first.symbol("only_first"));
    assert_eq!(namespace.library(app.handle()).unwrap().handle(), app.handle());
}

#[test]
fn system_libraries_have_handles() {
    let namespace = plain();
    for name in ["libc.so", "/system/lib64/libc.so"] {
        let libc = namespace.open(name).unwrap();
        assert_eq!(libc.symbol("malloc"), Some(libc::malloc as *const () as usize));
        assert_eq!(libc.symbol("only_first"), None);
        assert_eq!(namespace.library(libc.handle()).unwrap().name(), "libc.so");
        namespace.close(&libc).unwrap();
    }
    for handle in [0, 1, 8, 16 * 1000, usize::MAX, 0x7f00_0000_0000] {
        let error = namespace.library(handle).unwrap_err();
        assert_eq!(error.to_string(), format!("Invalid library handle {handle:#x}"));
    }
    let error = namespace.open("/data/elsewhere/libfirst.so").unwrap_err();
    assert_eq!(
        error.to_string(),
        "Error loading shared library /data/elsewhere/libfirst.so: No such file or directory"
    );
    let no_load = OpenFlags::from_bits(6);
    let error = namespace.open_with_flags(Some("libfirst.so"), no_load).unwrap_err();
    assert_eq!(error.to_string(), "Library libfirst.so is not already loaded");
    namespace.open("libfirst.so").unwrap();
    namespace.open_with_flags(Some("libfirst.so"), no_load).unwrap();
}

#[test]
fn initialisers_may_open_libraries() {
    let namespace = plain();
    let library = namespace.open("libnested.so").unwrap();
    assert_eq!(events(), [3, 4, 2, 1, 5]);
    assert_eq!(call(library.symbol("nested_handle")) as i32, 1);
    namespace.exit();
    assert_eq!(events(), [-1, -2, -3]);
}

#[test]
fn missing_functions_are_named() {
    let absent =
        [("absent_function", Symbol::Absent(Absence::Answer(41))), ("absent_weak", Symbol::Absent(Absence::Abort))];
    let system = vec![small_libc(), table(&["libother.so"], &absent)];
    let namespace = namespace(&[&own_libraries()], system.clone());
    let library = namespace.open("libmissing.so").unwrap();
    assert_eq!(call(library.symbol("weak_is_null")) as i32, 1);
    assert_eq!(call(library.symbol("call_absent")), 42);
    let (missing, aborts) = MISSING.lock().unwrap().pop().unwrap();
    assert_eq!(
        (missing.symbol.as_str(), missing.library.as_deref(), aborts),
        ("absent_function", Some("libother.so"), false)
    );
    assert_eq!(missing.importer, "libmissing.so");
    assert_eq!(namespace.symbol_for(SymbolScope::Default { caller: 0 }, "absent_function").ok(), None);
    // The other one ends the process, whatever it is told.
    assert_eq!(signal_of(|| _ = call(library.symbol("call_missing"))), libc::SIGABRT);
    let image = Image::parse(std::fs::read(own_libraries().join("libmissing.so")).unwrap()).unwrap();
    let named: Vec<_> = unresolved(&image, &system, &[])
        .into_iter()
        .map(|missing| (missing.symbol, missing.library, missing.absence))
        .collect();
    let other = || Some("libother.so".to_owned());
    assert_eq!(named.len(), 4);
    assert!(named.contains(&("no_such_function".to_owned(), None, Some(Absence::Abort))));
    assert!(named.contains(&("absent_function".to_owned(), other(), Some(Absence::Answer(41)))));
    assert!(named.contains(&("absent_weak".to_owned(), None, None)), "only libraries that are needed have weak ones");
    assert!(named.contains(&("nowhere".to_owned(), None, None)));
}

/// The signal that ends a child which calls this.
fn signal_of(child: impl FnOnce()) -> i32 {
    // SAFETY: the child only calls a function of a test library and leaves.
    let pid = unsafe { libc::fork() };
    if pid == 0 {
        child();
        // SAFETY: ends the child.
        unsafe { libc::_exit(0) };
    }
    let mut status = 0;
    // SAFETY: our own child.
    unsafe { libc::waitpid(pid, &raw mut status, 0) };
    if libc::WIFSIGNALED(status) { libc::WTERMSIG(status) } else { 0 }
}

#[test]
fn relocated_tables_are_read_only() {
    let library = plain().open("librelro.so").unwrap();
    assert_eq!(call(library.symbol("relro_sum")), 123_123_123);
    assert_eq!(call(library.symbol("plain_sum")), 321);
    assert_eq!(signal_of(|| _ = call(library.symbol("relro_write"))), libc::SIGSEGV);
    assert_eq!(call(library.symbol("plain_write")), 121);
}

#[test]
fn every_thread_has_its_variables() {
    let namespace = plain();
    let user = namespace.open("libtls_user.so").unwrap();
    let check = || {
        assert_eq!(call(user.symbol("tls_next")), 41);
        assert_eq!(call(user.symbol("tls_zeroes")), 0);
        assert_eq!(call(user.symbol("tls_zeroes")), 1);
        assert_eq!(call(user.symbol("tls_aligned")), 0);
        assert_eq!(call(user.symbol("tls_points")) as i32, 1);
        assert_eq!(call(user.symbol("user_add")), 141);
        assert_eq!(call(user.symbol("user_address")), call(user.symbol("tls_address")));
        assert_eq!(user.symbol("tls_counter"), Some(call(user.symbol("tls_address")) as usize));
    };
    check();
    std::thread::scope(|scope| {
        for _ in 0..50 {
            scope.spawn(check);
        }
    });
    let modules = modules();
    let tls = modules.iter().find(|module| module.name() == "libtls.so").unwrap();
    assert!(tls.tls_module() > 0 && !tls.tls_data().is_null());
    assert_eq!(modules.iter().find(|module| module.name() == "libtls_user.so").unwrap().tls_module(), 0);
}

#[test]
fn addresses_are_found() {
    let namespace = plain();
    let library = namespace.open("libfirst.so").unwrap();
    let address = library.symbol("which").unwrap() + 2;
    let info = namespace.address_info(address).unwrap();
    assert_eq!(info.path(), c"/data/libs/libfirst.so");
    assert_eq!(info.symbol(), Some((c"which", address - 2)));
    // SAFETY: the first page of a library that is loaded.
    assert_eq!(unsafe { std::slice::from_raw_parts(info.base() as *const u8, 4) }, b"\x7fELF");
    let place = locate(address).unwrap();
    assert_eq!((place.name(), place.symbol()), ("libfirst.so", Some(("which", 2))));
    let module = place.module();
    assert_eq!(place.offset(), address - module.bias());
    let code = module.program_headers().iter().find(|header| header.p_flags & libc::PF_X != 0).unwrap();
    assert!((code.p_vaddr..code.p_vaddr + code.p_memsz).contains(&(place.offset() as u64)));
    let here = addresses_are_found as *const () as usize;
    assert!(namespace.address_info(here).is_none() && locate(here).is_none() && locate(0).is_none());
}
