//! Components that native code draws: what `tests/fixtures/native/xcomponent` writes down, and what is on the screen.

use crate::package::Package;
use concord_tests::fixtures;
use std::fs;

/// An ability with one page, whose place another one takes five seconds later.
const ABILITY: &str = "record &entry/src/main/ets/entryability/EntryAbility&\n\
    \x20 export slot 0 {EntryAbility as default}\n\
    \x20 method func_main_0 (function)\n\
    \x20   registers 0 arguments 3\n\
    \x20   definefunc 0, #*#EntryAbility\n\
    \x20   stmodulevar 0\n\
    \x20   returnundefined\n\
    \x20 method #*#EntryAbility (function)\n\
    \x20   registers 0 arguments 3\n\
    \x20   definefunc 1, #*#onWindowStageCreate\n\
    \x20   stobjbyname \"onWindowStageCreate\", v2\n\
    \x20   returnundefined\n\
    \x20 method #*#onWindowStageCreate (function)\n\
    \x20   registers 2 arguments 4\n\
    \x20   lda.str \"pages/Index\"\n\
    \x20   sta v0\n\
    \x20   lda v5\n\
    \x20   ldobjbyname \"loadContent\"\n\
    \x20   callthis1 v5, v0\n\
    \x20   definefunc 2, #*#leave\n\
    \x20   sta v0\n\
    \x20   ldai 5000\n\
    \x20   sta v1\n\
    \x20   tryldglobalbyname \"setTimeout\"\n\
    \x20   callargs3 v0, v1, v5\n\
    \x20   returnundefined\n\
    \x20 method #*#leave (function)\n\
    \x20   registers 1 arguments 4\n\
    \x20   lda.str \"pages/Other\"\n\
    \x20   sta v0\n\
    \x20   lda v4\n\
    \x20   ldobjbyname \"loadContent\"\n\
    \x20   callthis1 v4, v0\n\
    \x20   returnundefined\n";

/// A page that registers itself. `render` are the instructions that build it, and what else the record has.
fn page(name: &str, render: &str) -> String {
    format!(
        "record &entry/src/main/ets/pages/{name}&\n\
         \x20 method func_main_0 (function)\n\
         \x20   registers 4 arguments 3\n\
         \x20   definefunc 0, #*#factory\n\
         \x20   sta v0\n\
         \x20   lda.str \"\"\n\
         \x20   sta v1\n\
         \x20   createobjectwithbuffer [\"bundleName\", \"dev.concord.native\", \"moduleName\", \"entry\", \"pagePath\", \"pages/{name}\"]\n\
         \x20   sta v2\n\
         \x20   tryldglobalbyname \"registerNamedRoute\"\n\
         \x20   callargs3 v0, v1, v2\n\
         \x20   returnundefined\n\
         \x20 method #*#factory (function)\n\
         \x20   registers 4 arguments 3\n\
         \x20   tryldglobalbyname \"ViewPU\"\n\
         \x20   sta v0\n\
         \x20   ldundefined\n\
         \x20   sta v1\n\
         \x20   createemptyobject\n\
         \x20   sta v2\n\
         \x20   lda v0\n\
         \x20   newobjrange 3, v0\n\
         \x20   sta v3\n\
         \x20   definefunc 0, #*#render\n\
         \x20   stobjbyname \"initialRender\", v3\n\
         \x20   lda v3\n\
         \x20   return\n\
         \x20 method #*#render (function)\n\
         {render}"
    )
}

/// A component of 100 by 50 vp whose library is `libxcomponent.so`.
const COMPONENT: &str = "   registers 4 arguments 3\n\
    \x20   definefunc 2, #*#describe\n\
    \x20   sta v0\n\
    \x20   tryldglobalbyname \"XComponent\"\n\
    \x20   sta v1\n\
    \x20   lda v6\n\
    \x20   ldobjbyname \"observeComponentCreation2\"\n\
    \x20   callthis2 v6, v0, v1\n\
    \x20   lda v1\n\
    \x20   ldobjbyname \"pop\"\n\
    \x20   callthis0 v1\n\
    \x20   returnundefined\n\
    \x20 method #*#describe (function)\n\
    \x20   registers 3 arguments 5\n\
    \x20   tryldglobalbyname \"XComponent\"\n\
    \x20   sta v0\n\
    \x20   createobjectwithbuffer [\"id\", \"drawing\", \"type\", 0, \"libraryname\", \"xcomponent\"]\n\
    \x20   sta v1\n\
    \x20   lda v0\n\
    \x20   ldobjbyname \"create\"\n\
    \x20   callthis1 v0, v1\n\
    \x20   ldai 100\n\
    \x20   sta v1\n\
    \x20   lda v0\n\
    \x20   ldobjbyname \"width\"\n\
    \x20   callthis1 v0, v1\n\
    \x20   ldai 50\n\
    \x20   sta v1\n\
    \x20   lda v0\n\
    \x20   ldobjbyname \"height\"\n\
    \x20   callthis1 v0, v1\n\
    \x20   lda.str \"drawing\"\n\
    \x20   sta v1\n\
    \x20   lda v0\n\
    \x20   ldobjbyname \"id\"\n\
    \x20   callthis1 v0, v1\n\
    \x20   ldtrue\n\
    \x20   sta v1\n\
    \x20   lda v0\n\
    \x20   ldobjbyname \"focusable\"\n\
    \x20   callthis1 v0, v1\n\
    \x20   ldtrue\n\
    \x20   sta v1\n\
    \x20   lda v0\n\
    \x20   ldobjbyname \"focusOnTouch\"\n\
    \x20   callthis1 v0, v1\n\
    \x20   returnundefined\n";

const NOTHING: &str = "   registers 0 arguments 3\n\
    \x20   returnundefined\n";

fn code() -> String {
    [ABILITY, &page("Other", NOTHING), &page("Index", COMPONENT)].concat()
}

fn package() -> Option<Package> {
    let folder = fixtures("native/xcomponent")?;
    let package = Package::with_code(&code());
    package.write("libs/x86_64/libxcomponent.so", &fs::read(folder.join("libxcomponent.so")).expect("the library"));
    Some(package)
}

fn log(package: &Package) -> String {
    let log = package.concord.home().join(".local/share/concord/data/100/dev.concord.native/el2/base/files/log");
    fs::read_to_string(log).unwrap_or_default()
}

#[test]
fn native_code_hears_of_its_component() {
    let Some(package) = package() else { return };
    let (ran, _) = package.run(&[]);
    let expected = "component 1\n\
        created drawing 7 300x150 at 390,0 other window -1\n\
        changed 300x150\n\
        frames 1\n\
        destroyed 1\n";
    assert_eq!(log(&package), expected, "{ran:#?}");
}

#[test]
fn a_page_goes_on_without_the_library() {
    let package = Package::with_code(&code());
    let (ran, _) = package.run(&[]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert!((ran.stdout.clone() + &ran.stderr).contains("XComponent: "), "{ran:#?}");
}

#[test]
fn what_native_code_draws_is_shown() {
    let Some(package) = package() else { return };
    let (script, picture) = (package.concord.home().join("script.jsonl"), package.concord.home().join("picture.png"));
    let header = r#"{"format":"concord-input","version":1,"bundle":"dev.concord.native","size":[360,780],"scale":3.0}"#;
    let pixel = |steps: &str| {
        fs::write(&script, format!("{header}\n{steps}")).expect("the script is written");
        let (folder, script, picture) = (package.path(), script.display().to_string(), picture.display().to_string());
        let args = ["run", "--headless", &folder, "--replay", &script, "--screenshot", &picture];
        let ran = package.concord.run_within(&args, concord_tests::PATIENCE);
        let png = fs::File::open(&picture).unwrap_or_else(|error| panic!("{error}: {ran:#?}"));
        let mut reader = png::Decoder::new(std::io::BufReader::new(png)).read_info().expect("a picture");
        let mut data = vec![0; reader.output_buffer_size().expect("a size")];
        let info = reader.next_frame(&mut data).expect("pixels");
        let at = 75 * info.line_size + 540 * info.color_type.samples();
        data[at..at + 3].to_vec()
    };
    assert_eq!(pixel(r#"{"at":500,"do":"leave"}"#), [255, 0, 0]);
    let tap = r#"{"at":500,"do":"tap","on":{"id":"drawing"},"held":80}"#;
    let keys = r#"{"at":700,"do":"key","key":"A","held":50}"#;
    assert_eq!(pixel(&format!("{tap}\n{keys}\n{{\"at\":900,\"do\":\"leave\"}}")), [0, 0, 255]);
    let log = log(&package);
    let expected = "focus 1\ntouch 0 at 150,75 of 1\ntouch 1 at 150,75 of 1\nkey 0 2017\nkey 1 2017\n";
    assert!(log.ends_with(expected), "{log}");
}
