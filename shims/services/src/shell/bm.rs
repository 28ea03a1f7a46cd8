//! `bm`: what is known of bundles (messages from bundle_framework `bundle_command.cpp`).

use super::{Device, Output};

pub fn run(args: &[&str], device: &dyn Device) -> Output {
    match args.split_first() {
        Some((&"dump", rest)) => dump(rest, device),
        Some((&"get", rest)) if rest.iter().any(|option| matches!(*option, "-u" | "--udid")) => {
            Output::ok(format!("udid of current device is :\n{}\n", "0".repeat(64)))
        }
        Some((&("install" | "uninstall" | "clean" | "enable" | "disable"), _)) => Output::fail(format!(
            "error: failed to {} bundle.\ncode:9568289\nerror: install permission denied: a single run has no bundle store.\n",
            args[0]
        )),
        None | Some((&("help" | "-h" | "--help"), _)) => Output::ok(
            "usage: bm <command> <options>\nThese are common bm commands list:\n  help         list available commands\n  \
             dump         dump the bundle info\n  get          obtain device udid\n",
        ),
        Some((other, _)) => Output::fail(format!("error: unknown command '{other}'. See 'bm help'.\n")),
    }
}

fn dump(args: &[&str], device: &dyn Device) -> Output {
    match args {
        ["-a" | "--all", ..] => {
            let mut text = String::from("ID: 100:\n");
            for bundle in device.bundles() {
                text.push_str(&format!("\t{bundle}\n"));
            }
            Output::ok(text)
        }
        ["-n" | "--bundle-name", name, ..] => match device.bundle_info(name) {
            Some(info) => Output::ok(format!("{name}:\n{info:#}\n")),
            None => Output::fail("error: failed to get information and the parameters may be wrong.\n"),
        },
        _ => Output::fail("error: you must specify a bundle name with '-n' or '--bundle-name' \n"),
    }
}
