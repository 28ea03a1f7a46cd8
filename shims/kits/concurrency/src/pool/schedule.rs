//! Which thread of the pool runs what. Threads are made when tasks wait, and leave when they had nothing to do for a while.

use super::job::{Event, Job, Ticket};
use super::queue::Queue;
use super::thread;
use concord_ability::event_loop::Remote;
use concord_ability::seed::Seed;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Threads that there may be on the smallest machine.
const LEAST_LIMIT: usize = 3;
/// A thread that was idle for so long leaves, unless it is the last one.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// The pool of a process.
#[derive(Default)]
pub(super) struct Pool {
    state: Mutex<State>,
    numbers: AtomicU64,
}

#[derive(Default)]
struct State {
    queue: Queue<Job>,
    threads: HashMap<u64, Member>,
    /// Runs that have not ended, by number.
    runs: HashMap<u64, Arc<Ticket>>,
}

/// A thread of the pool.
struct Member {
    /// Once its engine has grown.
    remote: Option<Remote>,
    /// Id of the thread for the kernel.
    tid: i32,
    /// What it runs.
    job: Option<Arc<Ticket>>,
    /// It belongs to this long task: it takes no other one.
    kept_for: Option<u64>,
    idle_since: Instant,
}

/// What a thread does next.
pub(super) enum Next {
    Run(Job),
    Wait,
    Leave,
}

/// A thread in a list of what there is.
pub(super) struct ThreadFacts {
    pub(super) tid: i32,
    pub(super) tasks: Vec<u64>,
}

/// A task in such a list.
pub(super) struct TaskFacts {
    pub(super) task: u64,
    pub(super) name: String,
    pub(super) running: Option<Duration>,
    pub(super) canceled: bool,
}

fn limit() -> usize {
    std::thread::available_parallelism().map_or(LEAST_LIMIT, |cores| cores.get().max(LEAST_LIMIT))
}

impl State {
    fn pooled(&self) -> usize {
        self.threads.values().filter(|thread| thread.kept_for.is_none()).count()
    }

    fn quiet(&self) -> bool {
        self.threads.values().all(|thread| thread.job.is_none())
    }

    /// Gives a thread the next task.
    fn take(&mut self, thread: u64) -> Option<Job> {
        let quiet = self.quiet();
        let job = self.queue.pop(quiet)?;
        if let Some(member) = self.threads.get_mut(&thread) {
            member.job = Some(Arc::clone(&job.ticket));
            if job.ticket.long {
                member.kept_for = Some(job.ticket.task);
            }
        }
        Some(job)
    }
}

impl Pool {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A number that nothing else in the pool has.
    pub(super) fn number(&self) -> u64 {
        self.numbers.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Has a task run as soon as a thread is free.
    pub(super) fn submit(self: &Arc<Self>, seed: &Seed, priority: usize, job: Job) {
        let mut state = self.lock();
        state.runs.insert(job.ticket.run, Arc::clone(&job.ticket));
        state.queue.push(priority, job);
        self.employ(seed, &mut state);
    }

    /// Gives waiting tasks to idle threads, and makes threads for the rest.
    fn employ(self: &Arc<Self>, seed: &Seed, state: &mut State) {
        while !state.queue.is_empty() {
            let free = |member: &Member| member.job.is_none() && member.kept_for.is_none() && member.remote.is_some();
            let Some(id) = state.threads.iter().find(|(_, member)| free(member)).map(|(id, _)| *id) else { break };
            let Some(job) = state.take(id) else { break };
            let pool = Arc::clone(self);
            if let Some(remote) = state.threads.get(&id).and_then(|member| member.remote.as_ref()) {
                remote.post(move |context, _| {
                    thread::run(context, &pool, job);
                    Ok(())
                });
            }
        }
        let growing = |state: &State| state.threads.values().filter(|member| member.remote.is_none()).count();
        let wanted = state.queue.len().max(usize::from(!state.queue.is_empty() && state.threads.is_empty()));
        while growing(state) < wanted && state.pooled() < limit() {
            let id = self.number();
            let member = Member { remote: None, tid: 0, job: None, kept_for: None, idle_since: Instant::now() };
            state.threads.insert(id, member);
            let (pool, own) = (Arc::clone(self), seed.clone());
            if let Err(error) = seed.threads.spawn("taskpool", move || thread::live(&own, &pool, id)) {
                tracing::warn!("no thread for the task pool: {error}");
                state.threads.remove(&id);
                break;
            }
        }
    }

    /// The engine of a thread has grown.
    pub(super) fn ready(&self, thread: u64, remote: Remote) -> Next {
        let mut state = self.lock();
        if let Some(member) = state.threads.get_mut(&thread) {
            member.remote = Some(remote);
            member.tid = nix::unistd::gettid().as_raw();
        }
        state.take(thread).map_or(Next::Wait, Next::Run)
    }

    /// A thread has ended a run.
    pub(super) fn finished(self: &Arc<Self>, seed: &Seed, thread: u64, ticket: &Ticket) -> Next {
        let mut state = self.lock();
        state.runs.remove(&ticket.run);
        let Some(member) = state.threads.get_mut(&thread) else { return Next::Leave };
        member.job = None;
        member.idle_since = Instant::now();
        if member.kept_for.is_some() {
            return Next::Wait;
        }
        let next = state.take(thread).map_or(Next::Wait, Next::Run);
        // A task of the idle priority may have waited for this one's end on another thread.
        self.employ(seed, &mut state);
        next
    }

    /// Whether a thread was idle for long enough to leave.
    pub(super) fn may_leave(&self, thread: u64) -> bool {
        let mut state = self.lock();
        let others = state.pooled() > 1;
        let Some(member) = state.threads.get(&thread) else { return true };
        let leaves =
            others && member.job.is_none() && member.kept_for.is_none() && member.idle_since.elapsed() >= PATIENCE;
        if leaves {
            state.threads.remove(&thread);
        }
        leaves
    }

    /// A thread is gone; what it ran fails.
    pub(super) fn gone(self: &Arc<Self>, seed: &Seed, thread: u64) {
        let mut state = self.lock();
        let lost = state.threads.remove(&thread).and_then(|member| member.job);
        if let Some(ticket) = lost {
            state.runs.remove(&ticket.run);
            ticket.tell(Event::Done { result: Err(None), times: super::job::Times::default() });
        }
        // Where no thread can be made, nobody shall wait for ever.
        if state.threads.is_empty() {
            self.employ(seed, &mut state);
            if state.threads.is_empty() {
                while let Some(job) = state.queue.pop(true) {
                    state.runs.remove(&job.ticket.run);
                    job.ticket.tell(Event::Done { result: Err(None), times: super::job::Times::default() });
                }
            }
        }
    }

    /// The last run of a task that has not ended.
    pub(super) fn run_of(&self, task: u64) -> Option<u64> {
        self.lock().runs.values().filter(|ticket| ticket.task == task).map(|ticket| ticket.run).max()
    }

    /// Cancels a run: one that waits does not begin, one that runs is told. False when there is no such run.
    pub(super) fn cancel(&self, run: u64) -> bool {
        let mut state = self.lock();
        let Some(ticket) = state.runs.get(&run).cloned() else { return false };
        ticket.cancel();
        if state.queue.remove(|job| job.ticket.run == run).is_some() {
            state.runs.remove(&run);
            drop(state);
            ticket.tell(Event::Canceled);
        }
        true
    }

    /// Whether the host of a run listens to `sendData`.
    pub(super) fn hear_data(&self, run: u64, hears: bool) {
        if let Some(ticket) = self.lock().runs.get(&run) {
            ticket.hears_data.store(hears, Ordering::Release);
        }
    }

    /// Gives the thread of a long task back.
    pub(super) fn release(&self, task: u64) {
        let mut state = self.lock();
        let kept = state.threads.iter().find(|(_, member)| member.kept_for == Some(task) && member.job.is_none());
        let Some(id) = kept.map(|(id, _)| *id) else { return };
        if let Some(Member { remote: Some(remote), .. }) = state.threads.remove(&id) {
            remote.exit(0);
        }
    }

    /// What there is.
    pub(super) fn facts(&self) -> (Vec<ThreadFacts>, Vec<TaskFacts>) {
        let state = self.lock();
        let grown = state.threads.values().filter(|member| member.remote.is_some());
        let threads = grown.map(|member| ThreadFacts {
            tid: member.tid,
            tasks: member.job.iter().map(|ticket| ticket.task).collect(),
        });
        let tasks = state.runs.values().map(|ticket| TaskFacts {
            task: ticket.task,
            name: ticket.name.clone(),
            running: ticket.started.lock().unwrap_or_else(PoisonError::into_inner).map(|since| since.elapsed()),
            canceled: ticket.is_canceled(),
        });
        (threads.collect(), tasks.collect())
    }
}
