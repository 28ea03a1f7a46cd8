//! `concord ark`: run, disassemble and translate Ark bytecode.

use crate::error::{Failure, eprint, print};
use clap::{Args, Subcommand};
use concord_abi::abc::{AbcFile, disassemble as disassemble_file};
use concord_ability::event_loop::{Clock, Ended, EventLoop, RunLimits};
use concord_engine::{Context, Exception};
use concord_runtime::{AbcSource, ErrorReport, Options, Runtime};
use std::cell::{Cell, RefCell};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Arguments of `concord ark`.
#[derive(Args)]
pub struct Ark {
    #[command(subcommand)]
    command: ArkCommand,
}

#[derive(Subcommand)]
enum ArkCommand {
    /// Run a program; it gets a global print(string)
    Run {
        /// Bytecode
        file: PathBuf,
        /// Record to start with
        #[arg(long, value_name = "RECORD")]
        entry: Option<String>,
        /// End the program after so many seconds, with exit code 124
        #[arg(long, value_name = "S")]
        timeout: Option<u64>,
    },
    /// Print a readable listing
    Disasm {
        /// Bytecode
        file: PathBuf,
    },
    /// Print the JavaScript that the bytecode becomes
    Translate {
        /// Bytecode
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Only this record
        #[arg(long, value_name = "RECORD")]
        record: Option<String>,
        /// Print no text: let the engine check it, and count the records
        #[arg(long)]
        check: bool,
    },
}

impl Ark {
    /// Runs the command.
    pub fn run(self) -> Result<u8, Failure> {
        match self.command {
            ArkCommand::Run { file, entry, timeout } => run(&file, entry, timeout.map(Duration::from_secs)),
            ArkCommand::Disasm { file } => disassemble(&file),
            ArkCommand::Translate { files, record, check } => {
                let engine = check.then(Context::new).transpose().map_err(Failure::usage)?;
                let mut code = Ok(0);
                for file in &files {
                    code = code.and(translate(file, record.as_deref(), engine.as_ref()));
                }
                code
            }
        }
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| Failure::Usage(format!("cannot read {}: {error}", path.display())))
}

/// The name under which the runtime knows the one file of `ark run`.
const MODULE: &str = "main";

/// How long the engine may take to end a program whose time is over.
const GRACE: Duration = Duration::from_secs(2);

fn run(path: &Path, entry: Option<String>, timeout: Option<Duration>) -> Result<u8, Failure> {
    let bytes = read(path)?;
    let context = Context::new().map_err(Failure::usage)?;
    let event_loop = EventLoop::new(&context, Clock::Real).map_err(Failure::usage)?;
    event_loop.count_intervals();
    let guest = |error: Exception| Failure::Usage(format!("the engine could not be set up: {}", error.describe()));
    let output = Output::default();
    install_globals(&context, &event_loop, &output).map_err(guest)?;
    let options = Options { tasks: Some(Rc::new(event_loop.clone())), ..Options::default() };
    let runtime = Runtime::new(&context, options).map_err(guest)?;
    let source = AbcSource {
        module: MODULE.to_owned(),
        bundle: String::new(),
        package: String::new(),
        bytes: bytes.leak(),
        source_maps: None,
        package_context: None,
    };
    let malformed = |error| Failure::Usage(format!("{}: {error}", path.display()));
    runtime.add_abc(source).map_err(malformed)?;
    let entry = match entry {
        Some(entry) if runtime.has(MODULE, &entry) => entry,
        Some(entry) => {
            let records = runtime.records(MODULE).map_err(malformed)?;
            return Err(Failure::Usage(format!(
                "{}: there is no record {entry}; {}",
                path.display(),
                some_of(&records)
            )));
        }
        None => only_entry(path, &runtime.records(MODULE).map_err(malformed)?)?,
    };

    let failed = Rc::new(Cell::new(false));
    watch_errors(&context, &event_loop, &runtime, &failed);
    let expired = Arc::new(AtomicBool::new(false));
    if let Some(timeout) = timeout {
        watch_time(&context, &event_loop, timeout, &expired);
    }
    let (started, errors) = (runtime.clone(), event_loop.clone());
    event_loop.post(move |context| {
        let (context, errors) = (context.clone(), errors.clone());
        started.import_then(MODULE, &entry, move |result| {
            if let Err(error) = result {
                errors.report(&context, error);
            }
        });
        Ok(())
    });
    let ended = event_loop.run(&context, RunLimits { until_idle: true, deadline: timeout }).map_err(Failure::usage)?;
    event_loop.close();
    output.flush()?;
    if expired.load(Ordering::Acquire) || ended == Ended::Deadline {
        eprint(&format!("concord: the program did not end within {} s\n", timeout.unwrap_or_default().as_secs()));
        return Ok(124);
    }
    Ok(u8::from(failed.get()))
}

/// The record to start with when nobody says: the only one, or the only one that is called `main`.
fn only_entry(path: &Path, records: &[String]) -> Result<String, Failure> {
    let mains: Vec<&String> = records.iter().filter(|name| name.rsplit('/').next() == Some("main")).collect();
    match (records, mains.as_slice()) {
        ([only], _) => Ok(only.clone()),
        (_, [main]) => Ok((*main).clone()),
        ([], _) => Err(Failure::Usage(format!("{}: there is no code in it", path.display()))),
        _ => Err(Failure::Usage(format!("{}: choose a record with --entry; {}", path.display(), some_of(records)))),
    }
}

/// The first few records, for messages.
fn some_of(records: &[String]) -> String {
    let some: Vec<&str> = records.iter().take(10).map(String::as_str).collect();
    format!("it has {} records, e.g. {}", records.len(), some.join(", "))
}

/// Standard output of the program. Buffered unless a person reads along.
#[derive(Clone)]
struct Output {
    writer: Rc<RefCell<Box<dyn Write>>>,
    error: Rc<RefCell<Option<io::Error>>>,
}

impl Default for Output {
    fn default() -> Self {
        let writer: Box<dyn Write> = match io::stdout().is_terminal() {
            true => Box::new(io::stdout()),
            false => Box::new(BufWriter::new(io::stdout())),
        };
        Output { writer: Rc::new(RefCell::new(writer)), error: Rc::default() }
    }
}

impl Output {
    /// Writes a line; false when nobody reads any more.
    fn line(&self, text: &str) -> bool {
        let mut writer = self.writer.borrow_mut();
        let result = writer.write_all(text.as_bytes()).and_then(|()| writer.write_all(b"\n"));
        match result {
            Ok(()) => true,
            Err(error) => {
                self.error.borrow_mut().get_or_insert(error);
                false
            }
        }
    }

    fn flush(&self) -> Result<(), Failure> {
        let flushed = self.writer.borrow_mut().flush();
        let error = self.error.borrow_mut().take();
        match error.map_or(flushed, Err) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Err(Failure::BrokenPipe),
            Err(error) => Err(Failure::Io { what: "writing to standard output".to_owned(), error }),
        }
    }
}

/// `print`, timers and `console`.
fn install_globals(context: &Context, event_loop: &EventLoop, output: &Output) -> Result<(), Exception> {
    event_loop.install_globals(context)?;
    let global = context.global();
    let (out, ended) = (output.clone(), event_loop.clone());
    let print = context.function("print", 1, move |call| {
        if !out.line(&call.arg(0).to_js_string()?) {
            ended.request_exit(0);
        }
        Ok(call.context.undefined())
    });
    global.define_hidden("print", &print)?;
    let console = context.object();
    for level in ["debug", "log", "info", "warn", "error"] {
        let write = context.function(level, 1, |call| {
            let words: Result<Vec<String>, Exception> = call.args.iter().map(|word| word.to_js_string()).collect();
            eprint(&format!("{}\n", words?.join(" ")));
            Ok(call.context.undefined())
        });
        console.set(level, &write)?;
    }
    global.define_hidden("console", &console)
}

/// An uncaught error ends the program; an unhandled rejection makes it a failed one.
fn watch_errors(context: &Context, event_loop: &EventLoop, runtime: &Runtime, failed: &Rc<Cell<bool>>) {
    let (fail, described) = (failed.clone(), runtime.clone());
    event_loop.set_error_handler(move |_, event_loop, exception| {
        fail.set(true);
        eprint(&report("Uncaught", &described.describe(&exception)));
        event_loop.request_exit(1);
    });
    let (fail, described) = (failed.clone(), runtime.clone());
    context.on_unhandled_rejection(move |_, reason| {
        fail.set(true);
        eprint(&report("Unhandled rejection:", &described.describe(&Exception(reason))));
    });
}

fn report(what: &str, error: &ErrorReport) -> String {
    let name = if error.name.is_empty() { String::new() } else { format!("{}: ", error.name) };
    format!("{what} {name}{}\n{}", error.message, error.stack)
}

/// Ends the program when its time is over, also when it never returns to the main loop.
fn watch_time(context: &Context, event_loop: &EventLoop, timeout: Duration, expired: &Arc<AtomicBool>) {
    let (terminator, remote, expired) = (context.terminator(), event_loop.remote(), expired.clone());
    std::thread::spawn(move || {
        std::thread::sleep(timeout);
        expired.store(true, Ordering::Release);
        terminator.terminate();
        remote.post(|_, event_loop| {
            event_loop.request_exit(124);
            Ok(())
        });
        std::thread::sleep(GRACE);
        eprint("concord: the program could not be ended in time\n");
        std::process::exit(124);
    });
}

fn disassemble(path: &Path) -> Result<u8, Failure> {
    let bytes = read(path)?;
    let malformed = |error| Failure::Usage(format!("{}: {error}", path.display()));
    let file = AbcFile::parse(&bytes).map_err(malformed)?;
    let mut listing = String::new();
    let problems = disassemble_file(&file, None, &mut listing).map_err(Failure::usage)?;
    print(&listing)?;
    match problems {
        0 => Ok(0),
        _ => Err(Failure::Usage(format!(
            "{}: {problems} places could not be read, see the lines with !",
            path.display()
        ))),
    }
}

fn translate(path: &Path, only: Option<&str>, engine: Option<&Context>) -> Result<u8, Failure> {
    let bytes = read(path)?;
    let malformed = |error| Failure::Usage(format!("{}: {error}", path.display()));
    let file = AbcFile::parse(&bytes).map_err(malformed)?;
    let mut records = file.records().map_err(malformed)?;
    if let Some(name) = only {
        let names: Vec<String> = records.iter().map(|record| record.name.to_string()).collect();
        records.retain(|record| record.name == name);
        if records.is_empty() {
            return Err(Failure::Usage(format!("{}: there is no record {name}; {}", path.display(), some_of(&names))));
        }
    }
    let (mut accepted, mut functions, mut failed) = (0, 0, 0);
    for record in records.iter().filter(|record| record.main.is_some()) {
        let complaint = match concord_ark::translate(&file, record, &concord_ark::Options::default()) {
            Ok(translation) => match engine {
                None => {
                    print(&format!("// {}\n{}\n", record.name, translation.text))?;
                    continue;
                }
                Some(engine) => match engine.check_syntax(&translation.text, &record.name) {
                    Ok(()) => {
                        accepted += 1;
                        functions += translation.functions;
                        continue;
                    }
                    Err(refusal) => refused(&refusal),
                },
            },
            Err(error) => error.to_string(),
        };
        failed += 1;
        eprint(&format!("{}: {}: {complaint}\n", path.display(), record.name));
    }
    match failed {
        0 if engine.is_some() => {
            print(&format!("{}: {accepted} records, {functions} functions\n", path.display())).map(|()| 0)
        }
        0 => Ok(0),
        _ if engine.is_some() => Err(Failure::Usage(format!("{}: {failed} records were not accepted", path.display()))),
        _ => Err(Failure::Usage(format!("{}: {failed} records could not be translated", path.display()))),
    }
}

/// What the engine says about text that it does not accept, and the line of the text.
fn refused(refusal: &Exception) -> String {
    let line = refusal.0.get("line").ok().and_then(|line| line.as_f64());
    match line {
        Some(line) => format!("line {line} of the text: {}", refusal.describe()),
        None => refusal.describe(),
    }
}
