//! Engines on threads of native code, contexts, loops: what `tests/fixtures/native/environments` writes down.

use crate::package::Package;
use concord_tests::fixtures;
use std::fs;

const ABILITY: &str = "record &entry/src/main/ets/entryability/EntryAbility&\n\
    \x20 request 0 \"@normalized:Y&&&libenvironments.so&\"\n\
    \x20 import 0 {default as library} from request 0\n\
    \x20 method func_main_0 (function)\n\
    \x20   registers 0 arguments 3\n\
    \x20   returnundefined\n";

/// 23 one runtime per thread, 24 no such runtime, 9 failure, 1 invalid, 16 ended.
const THREAD: &str = "create 0 second 23\n\
    module 0\n\
    serialize 0\n\
    tick, stop 0\n\
    run 0 again 0\n\
    another thread's loop 9\n\
    destroy 0 null 1 again 24\n\
    deserialize 0 answer 42 delete 0\n";

#[test]
fn threads_and_contexts_of_native_code() {
    let Some(folder) = fixtures("native/environments") else { return };
    let package = Package::with_code(ABILITY);
    package.write("libs/x86_64/libenvironments.so", &fs::read(folder.join("libenvironments.so")).expect("the library"));
    let (ran, _) = package.run(&[]);
    let log = package.concord.home().join(".local/share/concord/data/100/dev.concord.native/el2/base/files/log");
    let log = fs::read_to_string(log).unwrap_or_else(|error| panic!("{error}: {ran:#?}"));
    let expected = format!(
        "/data/storage/el1/bundle/libs/x86_64/libenvironments.so\n\
         on the main thread 23 run 9\n\
         {THREAD}{THREAD}\
         context 0 same global 0 of a context 1\n\
         switch 0 destroy 1 back 0 destroy 0 first 1 use 16\n\
         sendable 1 ordinary 0\n"
    );
    assert_eq!(log, expected, "{ran:#?}");
}
