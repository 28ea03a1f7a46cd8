//! The command line as a new user meets it.

use concord_tests::Concord;

fn concord() -> Concord {
    Concord::new(env!("CARGO_BIN_EXE_concord"))
}

#[test]
fn no_arguments_is_bad_usage_and_shows_help() {
    let ran = concord().run::<&str>(&[]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("Usage: concord <COMMAND>"), "{}", ran.stderr);
    assert_eq!(ran.stdout, "");
}

#[test]
fn help_goes_to_standard_output() {
    let ran = concord().run(&["--help"]);
    assert_eq!(ran.code, 0);
    assert!(ran.stdout.contains("Exit codes:"), "{}", ran.stdout);
    assert_eq!(ran.stderr, "");
}

#[test]
fn a_missing_file_is_named() {
    for command in ["run", "test", "info"] {
        let ran = concord().run(&[command, "/no/such/app.hap"]);
        assert_eq!(ran.code, 2, "{command}: {}", ran.stderr);
        assert!(ran.stderr.contains("/no/such/app.hap"), "{command}: {}", ran.stderr);
    }
}

#[test]
fn bad_values_are_refused_with_what_is_expected() {
    let ran = concord().run(&["run", "--size", "huge", "x.hap"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("WIDTHxHEIGHT"), "{}", ran.stderr);
    let ran = concord().run(&["test", "--timeout", "0", "x.hap"]);
    assert_eq!(ran.code, 2);
}
