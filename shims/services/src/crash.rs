//! What is known of a crash: collected from the lines that the app process sends while it dies (`concord_syscalls::crash`), told to
//! people, and kept in a file.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::fmt::{self, Display};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};
use std::{fs, io};

/// A crash. Addresses are text (`0x7f12…`), because numbers of JSON do not hold them everywhere.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Crash {
    /// Number of the signal.
    pub signal: i32,
    /// `si_code`.
    pub code: i32,
    /// The process that sent the signal, 0 when it came from a fault.
    #[serde(default)]
    pub sender: i32,
    /// The memory that was touched, or the instruction; its meaning depends on the signal.
    pub address: String,
    /// Process id.
    pub process: i32,
    /// Thread id.
    pub thread: i32,
    /// Name of the thread.
    pub name: String,
    /// Whether it is the thread of script.
    pub main: bool,
    /// Registers by name, the instruction pointer first.
    #[serde(default)]
    pub registers: Map<String, Value>,
    /// The native stack, innermost first.
    #[serde(default)]
    pub frames: Vec<Frame>,
    /// What was said last: by `abort`, an uncaught C++ exception, `set_fatal_message`.
    #[serde(default)]
    pub message: Option<String>,
    /// The stack of script that led to the call of native code, as error stacks look.
    #[serde(default)]
    pub script: Option<String>,
    /// Loaded libraries of the app.
    #[serde(default)]
    pub modules: Vec<Module>,
}

/// A frame of a native stack.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Frame {
    /// Where it is in memory: the faulting instruction, or a return address.
    pub address: String,
    /// The library, empty for code that belongs to none, such as translated script.
    #[serde(default)]
    pub module: String,
    /// Address from the beginning of the library, which `addr2line` understands.
    #[serde(default)]
    pub offset: String,
    /// The function, when its name is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol: Option<String>,
    /// Bytes from the beginning of the function.
    #[serde(default)]
    pub into: u64,
    /// Whether it is code of the app.
    #[serde(default)]
    pub guest: bool,
}

/// A loaded library of the app.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Module {
    /// What the app sees.
    pub path: String,
    /// First address.
    pub begin: String,
    /// Address behind the last.
    pub end: String,
}

impl Display for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.module.is_empty() {
            return f.write_str(&self.address);
        }
        write!(f, "{}+{}", clean(&self.module), self.offset)?;
        match &self.symbol {
            Some(symbol) => write!(f, " ({}+{:#x})", clean(symbol), self.into),
            None => Ok(()),
        }
    }
}

/// Text of the app without what would steer a terminal.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect()
}

/// Frames without a name, outside of the app, that are told one by one: they say little.
const SHOWN: usize = 3;

/// The libraries of frames, each once.
fn modules(frames: &[Frame]) -> String {
    let mut names: Vec<String> = Vec::new();
    for frame in frames {
        let name = if frame.module.is_empty() { "translated script".to_owned() } else { clean(&frame.module) };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

/// A number as `{:#x}` writes it.
fn number(text: &str) -> Option<u64> {
    u64::from_str_radix(text.strip_prefix("0x")?, 16).ok()
}

/// How far below or above the stack pointer an overflow touches memory: more than the largest frame that is usual.
const STACK_REACH: u64 = 256 << 10;
/// Addresses below are fields of a null pointer.
const NULL_REACH: u64 = 64 << 10;

impl Crash {
    /// Whether it is no crash: the process was asked where it is, because its time was over.
    pub fn is_question(&self) -> bool {
        self.signal == nix::libc::SIGQUIT
    }

    /// Names of the signal and of the reason.
    fn signal_name(&self) -> String {
        use nix::libc::{SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGSYS, SIGTRAP};
        let name = match self.signal {
            SIGSEGV => "SIGSEGV",
            SIGBUS => "SIGBUS",
            SIGILL => "SIGILL",
            SIGFPE => "SIGFPE",
            SIGABRT => "SIGABRT",
            SIGTRAP => "SIGTRAP",
            SIGSYS => "SIGSYS",
            other => return format!("signal {other}"),
        };
        // Numbers of `si_code`, from the kernel's asm-generic/siginfo.h.
        let reason = match (self.signal, self.code) {
            (SIGSEGV, 1) => "SEGV_MAPERR",
            (SIGSEGV, 2) => "SEGV_ACCERR",
            (SIGBUS, 1) => "BUS_ADRALN",
            (SIGBUS, 2) => "BUS_ADRERR",
            (SIGBUS, 3) => "BUS_OBJERR",
            (SIGILL, 1) => "ILL_ILLOPC",
            (SIGILL, 2) => "ILL_ILLOPN",
            (SIGILL, 5) => "ILL_PRVOPC",
            (SIGFPE, 1) => "FPE_INTDIV",
            (SIGFPE, 2) => "FPE_INTOVF",
            (SIGFPE, 3) => "FPE_FLTDIV",
            (SIGTRAP, 1) => "TRAP_BRKPT",
            (SIGTRAP, 2) => "TRAP_TRACE",
            (SIGSYS, 1) => "SYS_SECCOMP",
            (_, 0x80) => "SI_KERNEL",
            (_, 0) => "SI_USER",
            (_, -6) => "SI_TKILL",
            (_, code) => return format!("{name} ({code})"),
        };
        format!("{name} ({reason})")
    }

    /// What the numbers mean, as far as one can tell.
    fn likely_cause(&self) -> Option<&'static str> {
        use nix::libc::{SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP};
        let (address, sp) = (number(&self.address)?, self.stack_pointer());
        let reach = sp.map(|sp| address.abs_diff(sp));
        match (self.signal, self.code) {
            (SIGABRT, _) if self.sender == self.process => Some("the app gave up by itself"),
            (_, code) if code <= 0 => Some("sent by a process"),
            (SIGSEGV | SIGBUS, _) if reach.is_some_and(|reach| reach < STACK_REACH) => {
                Some("probably the stack is used up: endless recursion, or too much in local variables")
            }
            (SIGSEGV, 0x80) => Some("an address that no memory can have"),
            (SIGSEGV, _) if address < NULL_REACH => Some("probably a null pointer"),
            (SIGSEGV, 1) => Some("no memory is there"),
            (SIGSEGV, 2) => Some("the memory there is not for that use"),
            (SIGBUS, 2) => Some("the file that is mapped there has become shorter"),
            (SIGFPE, 1) => Some("an integer division by zero, or one whose result does not fit"),
            (SIGILL, _) => Some("no instruction, or a trap that the compiler put where the program must not get"),
            (SIGTRAP, _) => Some("a breakpoint, or a trap that the compiler put where the program must not get"),
            _ => None,
        }
    }

    fn stack_pointer(&self) -> Option<u64> {
        let register = self.registers.get("rsp").or_else(|| self.registers.get("sp"));
        register.and_then(Value::as_str).and_then(number)
    }

    /// Where it happened: the innermost frame of the app, or else the innermost one.
    fn place(&self) -> Option<&Frame> {
        self.frames.iter().find(|frame| frame.guest).or(self.frames.first())
    }

    /// One line: `SIGSEGV (SEGV_MAPERR) at 0x0 in libentry.so+0x1234 (write+0x10), probably a null pointer`.
    pub fn headline(&self) -> String {
        let mut text = self.signal_name();
        if self.code > 0 {
            text.push_str(&format!(" at {}", self.address));
        }
        if let Some(place) = self.place() {
            text.push_str(&format!(" in {place}"));
        }
        match (&self.message, self.likely_cause()) {
            (Some(message), _) => text.push_str(&format!(": {}", clean(message.lines().next().unwrap_or_default()))),
            (None, Some("sent by a process")) if self.sender == self.process => {
                text.push_str(", which the app sent itself")
            }
            (None, Some("sent by a process")) => text.push_str(&format!(", sent by process {}", self.sender)),
            (None, Some(cause)) => text.push_str(&format!(", {cause}")),
            (None, None) => {}
        }
        text
    }

    /// Native frames and those of script, one a line.
    pub fn stack(&self) -> String {
        let mut text = String::new();
        let mut rest = self.frames.as_slice();
        let mut index = 0;
        while let [frame, others @ ..] = rest {
            let same = 1 + others.iter().take_while(|other| other.address == frame.address).count();
            let hidden = rest.iter().take_while(|frame| !frame.guest && frame.symbol.is_none()).count();
            let count = if index > 0 && hidden > SHOWN {
                text.push_str(&format!("    {hidden} frames of {}\n", modules(rest.get(..hidden).unwrap_or_default())));
                hidden
            } else {
                text.push_str(&format!("#{index:02} {frame}\n"));
                if same > 1 {
                    text.push_str(&format!("    and {} more of the same\n", same - 1));
                }
                same
            };
            rest = rest.get(count..).unwrap_or_default();
            index += count;
        }
        if let Some(script) = &self.script {
            script.lines().for_each(|line| text.push_str(&format!("{}\n", clean(line.trim()))));
        }
        text
    }
}

impl Display for Crash {
    /// The whole report, without an end of line after the last line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.headline())?;
        let main = if self.main { ", the thread of script" } else { "" };
        write!(f, "\nThread: {} «{}»{main} of process {}", self.thread, clean(&self.name), self.process)?;
        if let Some(message) = &self.message {
            write!(f, "\nLast words: {}", clean(message).replace('\n', "\n            "))?;
        }
        f.write_str("\nStack:")?;
        for line in self.stack().lines() {
            write!(f, "\n  {line}")?;
        }
        if self.frames.is_empty() {
            f.write_str("\n  not known")?;
        }
        f.write_str("\nRegisters:")?;
        for (index, (name, value)) in self.registers.iter().enumerate() {
            f.write_str(if index % 4 == 0 { "\n " } else { "" })?;
            write!(f, " {name:>3} {:<18}", value.as_str().unwrap_or_default())?;
        }
        if !self.modules.is_empty() {
            f.write_str("\nLibraries of the app:")?;
        }
        for module in &self.modules {
            write!(f, "\n  {}-{} {}", module.begin, module.end, clean(&module.path))?;
        }
        Ok(())
    }
}

/// Reports that are kept of one app.
const KEPT: usize = 10;

/// Keeps a report under the home folder of Concord, in the form of names that the platform's own have:
/// `faultlog/cppcrash-<bundle>-<uid>-<milliseconds since 1970>.log`. The oldest of the same app go when there are more than ten.
///
/// # Errors
/// When the file cannot be written; that old ones cannot be removed is no error.
pub fn keep(home: &Path, bundle: &str, uid: u32, text: &str) -> io::Result<PathBuf> {
    let folder = home.join("faultlog");
    fs::create_dir_all(&folder)?;
    // The packages may not be open yet.
    let bundle = if bundle.is_empty() { "unknown".to_owned() } else { bundle.replace(['/', '\0'], "_") };
    let prefix = format!("cppcrash-{bundle}-{uid}-");
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    let file = folder.join(format!("{prefix}{now}.log"));
    fs::write(&file, text)?;
    let mut mine: Vec<_> = fs::read_dir(&folder)?
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let time: u128 = name.strip_prefix(&prefix)?.strip_suffix(".log")?.parse().ok()?;
            Some((time, entry.path()))
        })
        .collect();
    mine.sort();
    for (_, old) in mine.iter().rev().skip(KEPT) {
        let _ = fs::remove_file(old);
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Event;

    /// The lines as `concord_syscalls::crash` writes them.
    const LINE: &str = r#"{"event":"crash","signal":11,"code":1,"sender":0,"address":"0x8","process":7,"thread":7,"main":true,
        "name":"exe","registers":{"rip":"0x1000","rsp":"0x7fff0000"}}"#;

    fn crash() -> Crash {
        match Event::from_line(LINE) {
            Some(Event::Crash(crash)) => *crash,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn causes_are_told_apart() {
        let mut crash = crash();
        assert_eq!(crash.headline(), "SIGSEGV (SEGV_MAPERR) at 0x8, probably a null pointer");
        crash.address = "0x7ffefff8".to_owned();
        assert!(crash.headline().contains("the stack is used up"), "{}", crash.headline());
        (crash.signal, crash.code, crash.sender) = (nix::libc::SIGSEGV, 0, 5);
        assert_eq!(crash.headline(), "SIGSEGV (SI_USER), sent by process 5");
        (crash.signal, crash.code, crash.message) = (nix::libc::SIGABRT, -6, Some("uncaught\nmore".to_owned()));
        assert_eq!(crash.headline(), "SIGABRT (SI_TKILL): uncaught");
    }

    #[test]
    fn the_place_is_the_apps_own_and_repetition_is_short() {
        let mut crash = crash();
        let frame = |address: &str, module: &str, guest| Frame {
            address: address.to_owned(),
            module: module.to_owned(),
            offset: "0x10".to_owned(),
            guest,
            ..Frame::default()
        };
        crash.frames = vec![frame("0x1", "libc.so.6", false), frame("0x2", "liba.so", true)];
        crash.frames.extend([frame("0x3", "liba.so", true), frame("0x3", "liba.so", true), frame("0x4", "", false)]);
        crash.script = Some("    at f (entry/a.ets:1:2)\n".to_owned());
        assert!(crash.headline().contains(" in liba.so+0x10,"), "{}", crash.headline());
        let stack = "#00 libc.so.6+0x10\n#01 liba.so+0x10\n#02 liba.so+0x10\n    and 1 more of the same\n#04 0x4\nat f (entry/a.ets:1:2)\n";
        assert_eq!(crash.stack(), stack);
        crash.script = None;
        crash.frames.extend([
            frame("0x5", "concord", false),
            frame("0x6", "concord", false),
            frame("0x7", "libx.so", false),
        ]);
        let end = "#02 liba.so+0x10\n    and 1 more of the same\n    4 frames of translated script, concord, libx.so\n";
        assert!(crash.stack().ends_with(end), "{}", crash.stack());
    }

    #[test]
    fn the_newest_reports_are_kept() {
        let home = tempfile::tempdir().expect("a folder");
        for time in 0..20 {
            fs::create_dir_all(home.path().join("faultlog")).expect("a folder");
            fs::write(home.path().join(format!("faultlog/cppcrash-a.b-1-{time}.log")), "").expect("a file");
        }
        fs::write(home.path().join("faultlog/cppcrash-a.b.c-1-1.log"), "").expect("a file");
        let file = keep(home.path(), "a.b", 1, "text").expect("it is kept");
        assert_eq!(fs::read_to_string(&file).expect("it is there"), "text");
        let left = fs::read_dir(home.path().join("faultlog")).expect("a folder").count();
        assert_eq!(left, KEPT + 1, "the other app's report stays");
        assert!(home.path().join("faultlog/cppcrash-a.b-1-19.log").exists());
        assert!(!home.path().join("faultlog/cppcrash-a.b-1-1.log").exists());
    }
}
