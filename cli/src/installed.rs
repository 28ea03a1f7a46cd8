//! `concord run <bundle>[/<ability>] [FILE|URI…]`: starts an installed app, or hands what is asked to the one that runs.

use crate::error::{Failure, eprint};
use crate::install::{failure, runtime_dir, store};
use concord_ability::want::Want;
use concord_bus::{ApplicationCall, serve_application};
use concord_package::{Options, PackageSet};
use concord_services::bundles::{Bundle, Claim, StoreError, Target, check_bundle_name, claim, dbus_name, opening};
use concord_services::exports::shortcuts;
use concord_services::protocol::{Order, StartOrder};
use concord_syscalls::app_process::{Mailbox, block_signals};
use serde_json::{Map, Value};
use std::io;
use std::os::unix::fs::FileTypeExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc;
use std::time::Duration;

/// How long a process that the bus has started waits for what it is to do.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is asked of an installed app.
pub struct Request {
    bundle: Bundle,
    ability: Option<String>,
    targets: Vec<Target>,
}

/// Further details of a start that is not for a file.
#[derive(Default)]
pub struct Details {
    /// Parameters of the Want.
    pub parameters: Map<String, Value>,
    /// URI of the Want.
    pub uri: Option<String>,
    /// Action of the Want.
    pub action: Option<String>,
    /// Module of the ability.
    pub module: Option<String>,
    /// Shortcut of the menu entry.
    pub shortcut: Option<String>,
}

/// Understands the words of a command line: none when they name packages.
pub fn request(words: &[PathBuf], ability: Option<&str>) -> Result<Option<Request>, Failure> {
    let Some((first, rest)) = words.split_first() else { return Ok(None) };
    let Some(name) = first.to_str().filter(|_| !first.exists()) else { return Ok(None) };
    let (name, with_name) = name.split_once('/').map_or((name, None), |(name, ability)| (name, Some(ability)));
    let is_package = [".hap", ".hsp", ".app"].iter().any(|end| name.ends_with(end));
    if is_package || check_bundle_name(name).is_err() {
        return Ok(None);
    }
    let bundle = store()?.get(name).map_err(|error| match error {
        StoreError::NotInstalled { .. } => {
            Failure::Usage(format!("{}: no such file or folder, and {error}", first.display()))
        }
        other => failure(other),
    })?;
    let targets = rest.iter().map(|word| Target::parse(&word.to_string_lossy())).collect::<Result<_, _>>();
    let ability = with_name.or(ability).map(str::to_owned);
    Ok(Some(Request { bundle, ability, targets: targets.map_err(Failure::Usage)? }))
}

impl Request {
    /// The packages to run.
    pub fn packages(&self) -> Vec<PathBuf> {
        self.bundle.packages()
    }

    fn name(&self) -> &str {
        &self.bundle.record.bundle_name
    }

    fn open(&self) -> Result<PackageSet, Failure> {
        PackageSet::open(&self.packages(), &Options::default()).map_err(Failure::usage)
    }

    /// What to start, one after the other; at least one.
    pub fn orders(&self, details: Details) -> Result<Vec<StartOrder>, Failure> {
        let set = self.open()?;
        if let Some(id) = &details.shortcut {
            return Ok(vec![shortcut(&set, id)?]);
        }
        if self.targets.is_empty() {
            let mut start = plain(&set, self.ability.as_deref(), details.module.as_deref())?;
            start.want.parameters = details.parameters;
            start.want.uri = details.uri.unwrap_or_default();
            start.want.action = details.action.unwrap_or_default();
            return Ok(vec![start]);
        }
        let open = |target| opening(&set, target, self.ability.as_deref()).map_err(failure);
        self.targets.iter().map(open).collect()
    }

    /// What the desktop asks for through the bus.
    fn called(&self, call: &ApplicationCall, token: Option<String>) -> Result<Vec<StartOrder>, Failure> {
        let set = self.open()?;
        let mut orders = match call {
            ApplicationCall::Activate => vec![plain(&set, None, None)?],
            ApplicationCall::Action(id) => vec![shortcut(&set, id)?],
            ApplicationCall::Open(uris) => {
                let open = |uri: &String| {
                    let target = Target::parse(uri).map_err(Failure::Usage)?;
                    opening(&set, &target, None).map_err(failure)
                };
                uris.iter().map(open).collect::<Result<Vec<_>, _>>()?
            }
        };
        if let Some(first) = orders.first_mut() {
            first.token = token;
        }
        Ok(orders)
    }
}

/// The start of an ability: the named one, else the main one.
fn plain(set: &PackageSet, ability: Option<&str>, module: Option<&str>) -> Result<StartOrder, Failure> {
    let none = |what: String| Failure::Usage(format!("{} has {what}", set.bundle_name()));
    let package = match (ability, module) {
        (_, Some(module)) => set.module(module).ok_or_else(|| none(format!("no module `{module}`")))?,
        (Some(name), None) => {
            let with = set.packages().iter().find(|package| package.module().ability(name).is_some());
            with.ok_or_else(|| none(format!("no ability `{name}`; `concord list` shows what there is")))?
        }
        (None, None) => set.entry(),
    };
    let main = || package.module().main_ability().map(|ability| ability.name.clone());
    let name =
        ability.map(str::to_owned).or_else(main).ok_or_else(|| none("no ability that could be started".to_owned()))?;
    let module_name = package.module().module.name.clone();
    let want = Want { module_name, ..Want::ability(set.bundle_name(), name) };
    Ok(StartOrder { want, ..StartOrder::default() })
}

fn shortcut(set: &PackageSet, id: &str) -> Result<StartOrder, Failure> {
    let found = shortcuts(set).into_iter().find(|shortcut| shortcut.id == id);
    let found = found.ok_or_else(|| Failure::Usage(format!("{} has no shortcut `{id}`", set.bundle_name())))?;
    Ok(StartOrder { want: found.want, ..StartOrder::default() })
}

/// Starts an app with the first request; a process that is started gets the others, and what the desktop asks later.
///
/// `alone` is for runs that nobody else shares. `start` runs the app to its end: it starts a process with a request, and calls
/// back with its mailbox before it waits.
pub fn run(
    request: Request,
    details: Details,
    alone: bool,
    start: impl FnOnce(Vec<PathBuf>, StartOrder, &mut dyn FnMut(Mailbox)) -> Result<u8, Failure>,
) -> Result<u8, Failure> {
    let orders = request.orders(details)?;
    let home = store()?.home().to_owned();
    let claimed = if alone { Claim::Unknown } else { claim(runtime_dir().as_deref(), &home, request.name()) };
    let instance = match claimed {
        Claim::Running(mut running) => {
            // A process that is started finds the launcher's token in its environment; the one that runs is told.
            let mut token = std::env::var("XDG_ACTIVATION_TOKEN").ok();
            for order in orders {
                let order = StartOrder { token: token.take(), ..order };
                let refused =
                    |error| Failure::Usage(format!("{} runs, but does not take requests: {error}", request.name()));
                running.send(&Order::from(order)).map_err(refused)?;
            }
            return Ok(0);
        }
        Claim::First(instance) => Some(instance),
        Claim::Unknown => None,
    };
    let _held = request.bundle.hold().map_err(Failure::io(format!("starting {}", request.name())))?;
    let mut orders = orders.into_iter();
    let Some(first) = orders.next() else { return Ok(0) };
    let packages = request.packages();
    let (mut instance, mut serving) = (instance, None);
    let request = std::sync::Arc::new(request);
    let end = start(packages, first, &mut |mailbox| {
        for order in orders.by_ref() {
            tell(&mailbox, &Order::from(order));
        }
        let Some(instance) = instance.take() else { return };
        let requests = mailbox.clone();
        match instance.serve(move |order| requests.send(&order.to_line())) {
            Ok(served) => serving = Some(served),
            Err(error) => tracing::warn!("requests of others are not heard: {error}"),
        }
        if let Some(name) = dbus_name(request.name()) {
            let request = std::sync::Arc::clone(&request);
            let deliver = move |call: ApplicationCall, token| match request.called(&call, token) {
                Ok(orders) => orders.into_iter().for_each(|order| tell(&mailbox, &Order::from(order))),
                Err(error) => eprint(&format!("concord: {error}\n")),
            };
            serve_application(name, deliver, |taken| {
                if let Err(error) = taken {
                    tracing::debug!("not on the session bus: {error}");
                }
            });
        }
    });
    drop(serving);
    end
}

fn tell(mailbox: &Mailbox, order: &Order) {
    if let Err(error) = mailbox.send(&order.to_line()) {
        eprint(&format!("concord: the app does not take requests: {error}\n"));
    }
}

/// Started by the session bus: takes the app's name, waits for what is asked first, and starts the app with it.
pub fn activated(
    mut request: Request,
    start: impl FnOnce(Vec<PathBuf>, StartOrder, &mut dyn FnMut(Mailbox)) -> Result<u8, Failure>,
) -> Result<u8, Failure> {
    find_display()?;
    let Some(name) = dbus_name(request.name()).map(str::to_owned) else {
        return Err(Failure::Usage(format!("`{}` cannot be a name on the session bus", request.name())));
    };
    // The thread of the bus must not be ended by them.
    block_signals().map_err(Failure::io("blocking signals"))?;
    request.targets.clear();
    let request = std::sync::Arc::new(request);
    let (sender, orders) = mpsc::channel::<StartOrder>();
    let (told, ready) = mpsc::channel();
    let asked = std::sync::Arc::clone(&request);
    let deliver = move |call: ApplicationCall, token| match asked.called(&call, token) {
        Ok(list) => list.into_iter().for_each(|order| drop(sender.send(order))),
        Err(error) => eprint(&format!("concord: {error}\n")),
    };
    serve_application(&name, deliver, move |taken| drop(told.send(taken)));
    match ready.recv_timeout(PATIENCE) {
        Ok(Ok(())) => {}
        Ok(Err(error)) => return Err(Failure::Usage(format!("{name} cannot be served on the session bus: {error}"))),
        Err(_) => return Err(Failure::Usage("the session bus does not answer".to_owned())),
    }
    let Ok(first) = orders.recv_timeout(PATIENCE) else { return Ok(0) };
    let home = store()?.home().to_owned();
    let instance = match claim(runtime_dir().as_deref(), &home, &name) {
        // Somebody has started it without the bus meanwhile.
        Claim::Running(mut running) => {
            let refused =
                |error: io::Error| Failure::Usage(format!("{name} runs, but does not take requests: {error}"));
            running.send(&Order::from(first)).map_err(refused)?;
            while let Ok(order) = orders.try_recv() {
                running.send(&Order::from(order)).map_err(refused)?;
            }
            return Ok(0);
        }
        Claim::First(instance) => Some(instance),
        Claim::Unknown => None,
    };
    let _held = request.bundle.hold().map_err(Failure::io(format!("starting {name}")))?;
    let (mut instance, mut serving, mut orders) = (instance, None, Some(orders));
    let end = start(request.packages(), first, &mut |mailbox| {
        let requests = mailbox.clone();
        serving =
            instance.take().and_then(|instance| instance.serve(move |order| requests.send(&order.to_line())).ok());
        let Some(orders) = orders.take() else { return };
        let forward = move || orders.into_iter().for_each(|order| tell(&mailbox, &Order::from(order)));
        if let Err(error) = std::thread::Builder::new().name("orders".to_owned()).spawn(forward) {
            tracing::warn!("later requests are not heard: {error}");
        }
    });
    drop(serving);
    end
}

/// Services of the bus may lack the name of the display that the session has. Where there is one, this starts again with it.
fn find_display() -> Result<(), Failure> {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if set("WAYLAND_DISPLAY") || set("WAYLAND_SOCKET") || set("CONCORD_DISPLAY") {
        return Ok(());
    }
    let Some(display) = runtime_dir().as_deref().and_then(a_display) else { return Ok(()) };
    let error = Command::new("/proc/self/exe").args(std::env::args_os().skip(1)).env("WAYLAND_DISPLAY", display).exec();
    Err(Failure::Io { what: "starting again on the display".to_owned(), error })
}

/// The first socket of a compositor.
fn a_display(runtime: &Path) -> Option<String> {
    let entries = std::fs::read_dir(runtime).ok()?.flatten();
    let sockets = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_socket()));
    let names = sockets.filter_map(|entry| entry.file_name().into_string().ok());
    names.filter(|name| name.starts_with("wayland-")).min()
}
