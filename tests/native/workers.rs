//! A native library that only a worker imports: each engine has exports of its own.

use crate::package::{Package, library};

const CODE: &str = "record &entry/src/main/ets/entryability/EntryAbility&\n\
    \x20 request 0 \"@ohos:worker\"\n\
    \x20 import 0 {default as worker} from request 0\n\
    \x20 export slot 0 {EntryAbility as default}\n\
    \x20 method func_main_0 (function)\n\
    \x20   registers 3 arguments 3\n\
    \x20   ldexternalmodulevar 0\n\
    \x20   ldobjbyname \"ThreadWorker\"\n\
    \x20   sta v0\n\
    \x20   lda.str \"entry/ets/workers/Loader.ets\"\n\
    \x20   sta v1\n\
    \x20   newobjrange 2, v0\n\
    \x20   sta v0\n\
    \x20   definefunc 1, #*#onmessage\n\
    \x20   stobjbyname \"onmessage\", v0\n\
    \x20   definefunc 0, #*#EntryAbility\n\
    \x20   stmodulevar 0\n\
    \x20   returnundefined\n\
    \x20 method #*#EntryAbility (function)\n\
    \x20   registers 0 arguments 3\n\
    \x20   returnundefined\n\
    \x20 method #*#onmessage (function)\n\
    \x20   registers 2 arguments 4\n\
    \x20   tryldglobalbyname \"console\"\n\
    \x20   sta v0\n\
    \x20   lda v5\n\
    \x20   ldobjbyname \"data\"\n\
    \x20   sta v1\n\
    \x20   lda v0\n\
    \x20   ldobjbyname \"info\"\n\
    \x20   callthis1 v0, v1\n\
    \x20   returnundefined\n\
    record &entry/src/main/ets/workers/Loader&\n\
    \x20 request 0 \"@ohos:worker\"\n\
    \x20 request 1 \"@normalized:Y&&&libcrash.so&\"\n\
    \x20 import 0 {default as worker} from request 0\n\
    \x20 import 1 {default as crash} from request 1\n\
    \x20 method func_main_0 (function)\n\
    \x20   registers 2 arguments 3\n\
    \x20   ldexternalmodulevar 1\n\
    \x20   sta v1\n\
    \x20   tryldglobalbyname \"Object\"\n\
    \x20   sta v0\n\
    \x20   ldobjbyname \"getOwnPropertyNames\"\n\
    \x20   callthis1 v0, v1\n\
    \x20   sta v0\n\
    \x20   ldobjbyname \"join\"\n\
    \x20   callthis0 v0\n\
    \x20   sta v1\n\
    \x20   ldexternalmodulevar 0\n\
    \x20   ldobjbyname \"workerPort\"\n\
    \x20   sta v0\n\
    \x20   ldobjbyname \"postMessage\"\n\
    \x20   callthis1 v0, v1\n\
    \x20   returnundefined\n";

#[test]
fn a_worker_loads_a_library_that_nobody_loaded_before() {
    let Some(library) = library() else { return };
    let package = Package::with_code(CODE);
    package.write("libs/x86_64/libcrash.so", &library);
    let (ran, _) = package.run(&["--log", "info"]);
    let log = ran.stdout.clone() + &ran.stderr;
    assert!(log.contains("nullInThread"), "{ran:#?}");
}
