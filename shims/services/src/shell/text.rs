//! Log, parameters, processes and text filters.

use super::{Device, Output, files};
use std::time::{SystemTime, UNIX_EPOCH};

pub fn hilog(args: &[&str], device: &dyn Device) -> Output {
    let mut lines = None;
    let mut levels = None;
    let mut tag = None;
    let mut args_left = args.iter().copied();
    while let Some(option) = args_left.next() {
        match option {
            "-r" => {
                device.clear_log();
                return Output::ok("Log type app,core,init buffer clear successfully\n");
            }
            "-x" | "--exit" => {}
            "-z" | "-n" => lines = args_left.next().and_then(|n| n.parse::<usize>().ok()),
            "-L" | "--level" => levels = args_left.next().map(|l| l.to_ascii_uppercase()),
            "-T" | "--tag" => tag = args_left.next(),
            // Sizes, buffers and the base level: accepted, the ring has one size and keeps every level.
            "-G" | "-b" | "-g" | "-p" | "-Q" | "-w" | "-D" | "-t" => {
                args_left.next();
            }
            _ => {}
        }
    }
    if args.iter().any(|arg| matches!(*arg, "-G" | "-b" | "-p" | "-Q" | "-w")) {
        return Output::default();
    }
    let wanted = |line: &String| {
        levels.as_ref().is_none_or(|levels| {
            levels.split(',').any(|level| level.chars().next().is_some_and(|l| line.contains(&format!(" {l} "))))
        }) && tag.is_none_or(|tag| line.contains(tag))
    };
    let log: Vec<String> = device.log().into_iter().filter(wanted).collect();
    let skip = lines.map_or(0, |n| log.len().saturating_sub(n));
    Output::ok(log[skip..].iter().map(|line| format!("{line}\n")).collect::<String>())
}

pub fn param(args: &[&str], device: &dyn Device) -> Output {
    match args {
        ["get"] => {
            Output::ok(device.parameters().iter().map(|(key, value)| format!("{key} = {value}\n")).collect::<String>())
        }
        ["get", key, ..] => match device.parameter(key) {
            Some(value) => Output::ok(format!("{value}\n")),
            None => Output::fail(format!("Get parameter \"{key}\" fail! errNum is:106!\n")),
        },
        ["set", key, value, ..] => match device.set_parameter(key, value) {
            Ok(()) => Output::ok(format!("Set parameter {key} {value} success\n")),
            Err(why) => Output::fail(format!("Set parameter {key} {value} fail! {why}\n")),
        },
        _ => Output::fail("usage: param get [KEY] | param set KEY VALUE\n"),
    }
}

pub fn processes(name: &str, args: &[&str], device: &dyn Device) -> Output {
    let processes = device.processes();
    match name {
        "ps" => {
            let rows = processes
                .iter()
                .map(|(id, name)| format!("{:<12} {id:>5}     1 0 00:00:00 ?     00:00:00 {name}\n", 20010000));
            Output::ok(format!("UID            PID  PPID C STIME TTY          TIME CMD\n{}", rows.collect::<String>()))
        }
        "pidof" => {
            let ids: Vec<String> = processes
                .iter()
                .filter(|(_, name)| args.contains(&name.as_str()))
                .map(|(id, _)| id.to_string())
                .collect();
            if ids.is_empty() { Output::fail("") } else { Output::ok(format!("{}\n", ids.join(" "))) }
        }
        _ => Output::fail(format!("{name}: Operation not permitted\n")),
    }
}

pub fn echo(args: &[&str]) -> Output {
    match args {
        ["-n", rest @ ..] => Output::ok(rest.join(" ")),
        rest => Output::ok(format!("{}\n", rest.join(" "))),
    }
}

/// Plain substrings: what tests look for are words, and a pattern that needs more is better told than misread.
pub fn grep(args: &[&str], input: &str, device: &dyn Device) -> Output {
    let options: String = args.iter().filter_map(|arg| arg.strip_prefix('-')).collect();
    let mut words = args.iter().copied().filter(|arg| !arg.starts_with('-'));
    let Some(pattern) = words.next() else { return Output { text: "grep: no PATTERN\n".into(), code: 2 } };
    if pattern.contains(['*', '[', '\\', '^', '$', '+']) {
        return Output { text: format!("grep: only plain words are supported, not '{pattern}'\n"), code: 2 };
    }
    let text = match words.next() {
        None => input.to_owned(),
        Some(path) => match files::read_text(path, device) {
            Ok(text) => text,
            Err(message) => return Output { text: format!("grep: {message}\n"), code: 2 },
        },
    };
    let fold = |s: &str| if options.contains('i') { s.to_lowercase() } else { s.to_owned() };
    let alternatives: Vec<String> =
        if options.contains('E') { pattern.split('|').map(fold).collect() } else { vec![fold(pattern)] };
    let found: Vec<&str> = text
        .lines()
        .filter(|line| {
            let line = fold(line);
            alternatives.iter().any(|word| line.contains(word)) != options.contains('v')
        })
        .collect();
    let code = i32::from(found.is_empty());
    if options.contains('q') {
        return Output { text: String::new(), code };
    }
    if options.contains('c') {
        return Output { text: format!("{}\n", found.len()), code };
    }
    Output { text: found.iter().map(|line| format!("{line}\n")).collect(), code }
}

pub fn ends(name: &str, args: &[&str], input: &str, device: &dyn Device) -> Output {
    let mut number = 10;
    let mut text = input.to_owned();
    let mut words = args.iter().copied();
    while let Some(word) = words.next() {
        if word == "-n" {
            number = words.next().and_then(|n| n.parse().ok()).unwrap_or(number);
        } else if let Some(n) = word.strip_prefix('-') {
            number = n.parse().unwrap_or(number);
        } else {
            text = match files::read_text(word, device) {
                Ok(text) => text,
                Err(message) => return Output::fail(format!("{name}: {message}\n")),
            };
        }
    }
    let lines: Vec<&str> = text.lines().collect();
    let kept = match name {
        "head" => &lines[..number.min(lines.len())],
        _ => &lines[lines.len() - number.min(lines.len())..],
    };
    Output::ok(kept.iter().map(|line| format!("{line}\n")).collect::<String>())
}

pub fn count(args: &[&str], input: &str, device: &dyn Device) -> Output {
    let path = args.iter().find(|arg| !arg.starts_with('-'));
    let text = match path.map(|path| files::read_text(path, device)).transpose() {
        Ok(text) => text.unwrap_or_else(|| input.to_owned()),
        Err(message) => return Output::fail(format!("wc: {message}\n")),
    };
    let (lines, words, bytes) = (text.lines().count(), text.split_whitespace().count(), text.len());
    let options: String = args.iter().filter_map(|arg| arg.strip_prefix('-')).collect();
    Output::ok(match options.as_str() {
        "l" => format!("{lines}\n"),
        "w" => format!("{words}\n"),
        "c" => format!("{bytes}\n"),
        _ => format!("{lines} {words} {bytes}\n"),
    })
}

pub fn date(args: &[&str]) -> Output {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    match args {
        [] | ["+%s"] => Output::ok(format!("{seconds}\n")),
        _ => Output::fail("date: the clock of the host is not set from here\n"),
    }
}
