//! The thread that talks to the buses, and the tasks on it.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use zbus::Connection;
use zbus::connection::Builder;

use crate::Addresses;
use crate::channel::Channel;

/// How long a service may take to answer: as long as the bus waits for one that it starts first.
const PATIENCE: Duration = Duration::from_secs(25);

type Task = Pin<Box<dyn Future<Output = ()>>>;
type Job = Box<dyn FnOnce(&Rc<Buses>) -> Task + Send>;

/// The connections, on their thread.
pub(crate) struct Buses {
    /// The bus of the session.
    pub(crate) session: Connection,
    /// The bus of the machine.
    pub(crate) system: Option<Connection>,
}

/// Starts tasks on the thread. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Bus(Channel<Job>);

impl Bus {
    /// Starts a task. Where there is no bus it is dropped, with the replies that it holds.
    pub(crate) fn spawn<F: Future<Output = ()> + 'static>(&self, job: impl FnOnce(Rc<Buses>) -> F + Send + 'static) {
        self.0.send(Box::new(move |buses| Box::pin(job(Rc::clone(buses)))));
    }
}

/// Starts the thread; none when the machine has no more of them.
pub(crate) fn start(addresses: Addresses) -> Option<Bus> {
    let jobs = Channel::new();
    let bus = Bus(jobs.clone());
    let body = move || zbus::block_on(run(&jobs, addresses));
    match std::thread::Builder::new().name("concord-bus".into()).spawn(body) {
        Ok(_) => Some(bus),
        Err(error) => {
            tracing::warn!("no thread for the session bus: {error}; the app runs without the desktop's services");
            None
        }
    }
}

async fn run(jobs: &Channel<Job>, addresses: Addresses) {
    let builder = addresses.session.as_deref().map_or_else(Builder::session, Builder::address);
    let session = builder.method_timeout(PATIENCE).build().await;
    let buses = match session {
        Ok(session) => {
            let builder = addresses.system.as_deref().map_or_else(Builder::system, Builder::address);
            let system = builder.method_timeout(PATIENCE).build().await;
            if let Err(error) = &system {
                tracing::debug!("no system bus: {error}");
            }
            Some(Rc::new(Buses { session, system: system.ok() }))
        }
        Err(error) => {
            tracing::info!("no session bus: {error}; the app runs without the desktop's services");
            None
        }
    };
    let mut tasks: Vec<Task> = Vec::new();
    poll_fn(|cx| poll(jobs, buses.as_ref(), &mut tasks, cx)).await;
}

/// Starts what has been asked for and moves on whatever can. There are a handful of tasks, so all of them are asked.
fn poll(jobs: &Channel<Job>, buses: Option<&Rc<Buses>>, tasks: &mut Vec<Task>, cx: &mut Context<'_>) -> Poll<()> {
    loop {
        let new = jobs.take(cx);
        if new.is_empty() {
            break;
        }
        tasks.extend(new.into_iter().filter_map(|job| buses.map(job)));
    }
    tasks.retain_mut(|task| task.as_mut().poll(cx).is_pending());
    Poll::Pending
}
