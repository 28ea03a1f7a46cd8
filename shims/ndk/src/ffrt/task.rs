//! Tasks, and what they wait for: other tasks, or data that other tasks write.

use super::attr::TaskAttr;
use super::queue::Queue;
use super::{OK, QOS_DEFAULT, pool};
use crate::boundary::guarded;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::ffi::{c_int, c_uint, c_void};
use std::sync::atomic::{AtomicI32, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::time::Duration;

/// `ffrt_function_t`
pub(super) type Function = unsafe extern "C" fn(*mut c_void);

/// `ffrt_function_header_t`
#[repr(C)]
pub(super) struct Header {
    execute: Option<Function>,
    destroy: Option<Function>,
    reserved: [u64; 2],
}

/// `ffrt_auto_managed_function_storage_size`
const STORAGE: usize = 64 + size_of::<Header>();
/// Data whose tasks are remembered before those that are done are looked for.
const MANY_DATA: usize = 1024;

/// `ffrt_dependence_t`
#[repr(C)]
#[derive(Clone, Copy)]
pub(super) struct Dependence {
    /// 0 data, 1 task.
    pub(super) kind: c_uint,
    pub(super) item: *const c_void,
}

/// `ffrt_deps_t`
#[repr(C)]
pub(super) struct Dependences {
    pub(super) count: u32,
    pub(super) items: *const Dependence,
}

/// What a task does.
pub(super) enum Body {
    /// An object of the guest's in storage of ours.
    Object(*mut Header),
    /// A function with its argument.
    Function(Function, *mut c_void),
}

// SAFETY: guests hand functions over to be called on other threads, with what they may use there.
unsafe impl Send for Body {}

impl Body {
    /// The object of a guest's, if it can be run.
    ///
    /// # Safety
    /// It lies in storage of ours, or is null.
    pub(super) unsafe fn object(header: *mut Header) -> Option<Body> {
        // SAFETY: by the contract of the function.
        unsafe { header.as_ref() }.and_then(|known| known.execute).map(|_| Body::Object(header))
    }

    fn run(&self) {
        // SAFETY: the guest says that these are functions for such arguments.
        unsafe {
            match *self {
                Body::Object(header) => {
                    if let Some(execute) = (*header).execute {
                        execute(header.cast());
                    }
                }
                Body::Function(function, argument) => function(argument),
            }
        }
    }
}

impl Drop for Body {
    fn drop(&mut self) {
        if let Body::Object(header) = *self {
            // SAFETY: the object is alive until here, in storage that `ffrt_alloc_auto_managed_function_storage_base` gave.
            unsafe {
                if let Some(destroy) = (*header).destroy {
                    destroy(header.cast());
                }
                libc::free(header.cast());
            }
        }
    }
}

#[derive(Default)]
struct State {
    body: Option<Body>,
    /// Tasks that must be done before, and one more until it is submitted whole.
    pending: usize,
    done: bool,
    dependents: Vec<Arc<Task>>,
}

/// A task.
pub(super) struct Task {
    id: u64,
    qos: AtomicI32,
    delay: Duration,
    parent: u64,
    state: Mutex<State>,
    finished: Condvar,
    /// The queue that it is in.
    pub(super) queue: OnceLock<Weak<Queue>>,
}

thread_local! {
    static CURRENT: RefCell<Option<Arc<Task>>> = const { RefCell::new(None) };
}

/// The task of this thread.
pub(super) fn current() -> Option<Arc<Task>> {
    CURRENT.with(|current| current.borrow().clone())
}

/// Tasks that are not done, by the task that made them (0 for none).
static CHILDREN: Mutex<Option<FxHashMap<u64, usize>>> = Mutex::new(None);
static CHILD_DONE: Condvar = Condvar::new();

fn children() -> MutexGuard<'static, Option<FxHashMap<u64, usize>>> {
    CHILDREN.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Task {
    pub(super) fn new(body: Body, attr: &TaskAttr) -> Arc<Task> {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let current = current();
        let inherited = current.as_ref().map_or(QOS_DEFAULT, |task| task.qos.load(Ordering::Relaxed));
        Arc::new(Task {
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            qos: AtomicI32::new(if attr.qos < 0 { inherited } else { attr.qos }),
            delay: Duration::from_micros(attr.delay),
            parent: current.map_or(0, |task| task.id),
            state: Mutex::new(State { body: Some(body), pending: 1, ..State::default() }),
            finished: Condvar::new(),
            queue: OnceLock::new(),
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The delay that was asked for.
    pub(super) fn delay(&self) -> Duration {
        self.delay
    }

    /// Does what it is for, if nobody has done or cancelled that, and lets those go on that wait for it.
    pub(super) fn run(self: &Arc<Task>) {
        let body = self.state().body.take();
        if let Some(body) = body {
            let outer = CURRENT.replace(Some(Arc::clone(self)));
            body.run();
            drop(body);
            CURRENT.set(outer);
        }
        self.finish();
    }

    /// Gives it up; false when it has begun.
    pub(super) fn cancel(&self) -> bool {
        let body = self.state().body.take();
        let cancelled = body.is_some();
        drop(body);
        if cancelled {
            self.finish();
        }
        cancelled
    }

    fn finish(&self) {
        let dependents = {
            let mut state = self.state();
            if std::mem::replace(&mut state.done, true) {
                return;
            }
            std::mem::take(&mut state.dependents)
        };
        self.finished.notify_all();
        for dependent in dependents {
            dependent.release();
        }
        if self.queue.get().is_none() {
            if let Some(count) = children().as_mut().and_then(|children| children.get_mut(&self.parent)) {
                *count = count.saturating_sub(1);
            }
            CHILD_DONE.notify_all();
        }
    }

    /// One thing less to wait for.
    fn release(self: &Arc<Task>) {
        let ready = {
            let mut state = self.state();
            state.pending = state.pending.saturating_sub(1);
            state.pending == 0
        };
        if ready {
            let task = Arc::clone(self);
            let job: pool::Job = Box::new(move || task.run());
            if self.delay.is_zero() { pool::spawn(job) } else { pool::spawn_after(self.delay, job) }
        }
    }

    /// Waits until it is done.
    pub(super) fn wait(&self) {
        let mut state = self.state();
        while !state.done {
            state = self.finished.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn is_done(&self) -> bool {
        self.state().done
    }

    /// Gives a reference to a guest.
    pub(super) fn into_guest(self: Arc<Task>) -> *mut Task {
        Arc::into_raw(self).cast_mut()
    }

    /// Another reference to what a guest holds.
    ///
    /// # Safety
    /// The guest holds a reference, or passes null.
    pub(super) unsafe fn of_guest(task: *const Task) -> Option<Arc<Task>> {
        if task.is_null() {
            return None;
        }
        // SAFETY: by the contract of the function.
        unsafe {
            Arc::increment_strong_count(task);
            Some(Arc::from_raw(task))
        }
    }
}

/// The tasks that use a piece of data.
#[derive(Default)]
struct Users {
    /// The last that writes it.
    writer: Option<Arc<Task>>,
    /// Those that read what it wrote.
    readers: Vec<Arc<Task>>,
}

/// Users of data, by the task that made them and the address.
static DATA: Mutex<Option<FxHashMap<(u64, usize), Users>>> = Mutex::new(None);

/// The items of a list of dependences.
///
/// # Safety
/// The list is null or there.
unsafe fn items<'a>(list: *const Dependences) -> &'a [Dependence] {
    // SAFETY: by the contract of the function.
    match unsafe { list.as_ref() } {
        // SAFETY: as above.
        Some(list) if !list.items.is_null() => unsafe { std::slice::from_raw_parts(list.items, list.count as usize) },
        _ => &[],
    }
}

/// The tasks that a list names, or that write the data that it names.
///
/// # Safety
/// The list is null or there, and the guest holds its tasks.
unsafe fn before(list: *const Dependences, parent: u64, data: &FxHashMap<(u64, usize), Users>) -> Vec<Arc<Task>> {
    let find = |item: &Dependence| match item.kind {
        // SAFETY: by the contract of the function.
        1 => unsafe { Task::of_guest(item.item.cast::<Task>()) },
        _ => data.get(&(parent, item.item as usize)).and_then(|users| users.writer.clone()),
    };
    // SAFETY: by the contract of the function.
    unsafe { items(list) }.iter().filter_map(find).collect()
}

/// # Safety
/// Lists are null or there.
unsafe fn submit(body: Body, reads: *const Dependences, writes: *const Dependences, attr: &TaskAttr) -> Arc<Task> {
    let task = Task::new(body, attr);
    *children().get_or_insert_default().entry(task.parent).or_insert(0) += 1;
    let mut waits_for = Vec::new();
    {
        let mut data = DATA.lock().unwrap_or_else(PoisonError::into_inner);
        let data = data.get_or_insert_default();
        if data.len() > MANY_DATA {
            data.retain(|_, users| users.writer.iter().chain(&users.readers).any(|task| !task.is_done()));
        }
        // SAFETY: by the contract of the function.
        unsafe {
            waits_for.extend(before(reads, task.parent, data));
            for item in items(reads).iter().filter(|item| item.kind == 0) {
                let users = data.entry((task.parent, item.item as usize)).or_default();
                users.readers.retain(|reader| !reader.is_done());
                users.readers.push(Arc::clone(&task));
            }
            for item in items(writes).iter().filter(|item| item.kind == 0) {
                let users = data.entry((task.parent, item.item as usize)).or_default();
                waits_for.extend(users.writer.replace(Arc::clone(&task)));
                waits_for.append(&mut users.readers);
            }
        }
    }
    for earlier in waits_for.into_iter().filter(|earlier| !Arc::ptr_eq(earlier, &task)) {
        let mut state = earlier.state();
        if !state.done {
            task.state().pending += 1;
            state.dependents.push(Arc::clone(&task));
        }
    }
    task.release();
    task
}

/// Storage for an object of the guest's, which is freed after the task has run.
pub(super) extern "C" fn ffrt_alloc_auto_managed_function_storage_base(_kind: c_uint) -> *mut c_void {
    // SAFETY: calloc takes any size.
    unsafe { libc::calloc(1, STORAGE) }
}

/// # Safety
/// As in C: the object lies in storage of ours, lists and attributes are null or there.
pub(super) unsafe extern "C" fn ffrt_submit_base(
    object: *mut Header,
    reads: *const Dependences,
    writes: *const Dependences,
    attr: *const TaskAttr,
) {
    // SAFETY: by the contract of the function.
    unsafe { ffrt_task_handle_destroy(ffrt_submit_h_base(object, reads, writes, attr)) };
}

/// # Safety
/// As for [`ffrt_submit_base`].
pub(super) unsafe extern "C" fn ffrt_submit_h_base(
    object: *mut Header,
    reads: *const Dependences,
    writes: *const Dependences,
    attr: *const TaskAttr,
) -> *mut Task {
    guarded("ffrt_submit_h_base", std::ptr::null_mut(), || {
        // SAFETY: by the contract of the function.
        unsafe {
            let Some(body) = Body::object(object) else { return std::ptr::null_mut() };
            submit(body, reads, writes, &TaskAttr::of(attr)).into_guest()
        }
    })
}

/// # Safety
/// As in C: lists and attributes are null or there.
pub(super) unsafe extern "C" fn ffrt_submit_f(
    function: Option<Function>,
    argument: *mut c_void,
    reads: *const Dependences,
    writes: *const Dependences,
    attr: *const TaskAttr,
) {
    // SAFETY: by the contract of the function.
    unsafe { ffrt_task_handle_destroy(ffrt_submit_h_f(function, argument, reads, writes, attr)) };
}

/// # Safety
/// As for [`ffrt_submit_f`].
pub(super) unsafe extern "C" fn ffrt_submit_h_f(
    function: Option<Function>,
    argument: *mut c_void,
    reads: *const Dependences,
    writes: *const Dependences,
    attr: *const TaskAttr,
) -> *mut Task {
    guarded("ffrt_submit_h_f", std::ptr::null_mut(), || {
        let Some(function) = function else { return std::ptr::null_mut() };
        // SAFETY: by the contract of the function.
        unsafe { submit(Body::Function(function, argument), reads, writes, &TaskAttr::of(attr)).into_guest() }
    })
}

/// # Safety
/// As in C: the guest holds the task.
pub(super) unsafe extern "C" fn ffrt_task_handle_inc_ref(task: *mut Task) -> u32 {
    // SAFETY: by the contract of the function.
    let Some(held) = (unsafe { Task::of_guest(task) }) else { return 0 };
    let count = Arc::strong_count(&held);
    // The guest's own from now on.
    std::mem::forget(held);
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// # Safety
/// As in C: the guest holds the task, and gives one reference up.
pub(super) unsafe extern "C" fn ffrt_task_handle_dec_ref(task: *mut Task) -> u32 {
    guarded("ffrt_task_handle_dec_ref", 0, || {
        if task.is_null() {
            return 0;
        }
        // SAFETY: by the contract of the function.
        let held = unsafe { Arc::from_raw(task.cast_const()) };
        u32::try_from(Arc::strong_count(&held) - 1).unwrap_or(u32::MAX)
    })
}

/// # Safety
/// As for [`ffrt_task_handle_dec_ref`].
pub(super) unsafe extern "C" fn ffrt_task_handle_destroy(task: *mut Task) {
    // SAFETY: by the contract of the function.
    unsafe { ffrt_task_handle_dec_ref(task) };
}

/// Waits for one task.
///
/// # Safety
/// As in C: the guest holds the task.
pub(super) unsafe extern "C" fn ffrt_task_wait(task: *mut Task) {
    // SAFETY: by the contract of the function.
    if let Some(task) = unsafe { Task::of_guest(task) } {
        task.wait();
    }
}

/// # Safety
/// As in C: the list is null or there.
pub(super) unsafe extern "C" fn ffrt_wait_deps(list: *const Dependences) {
    guarded("ffrt_wait_deps", (), || {
        let parent = current().map_or(0, |task| task.id);
        let found = {
            let data = DATA.lock().unwrap_or_else(PoisonError::into_inner);
            // SAFETY: by the contract of the function.
            data.as_ref().map(|data| unsafe { before(list, parent, data) })
        };
        found.into_iter().flatten().for_each(|task| task.wait());
    });
}

/// Waits for all tasks that this one, or code outside of tasks, has submitted.
pub(super) extern "C" fn ffrt_wait() {
    guarded("ffrt_wait", (), || {
        let parent = current().map_or(0, |task| task.id);
        let mut all = children();
        while all.as_ref().and_then(|children| children.get(&parent)).is_some_and(|count| *count > 0) {
            all = CHILD_DONE.wait(all).unwrap_or_else(PoisonError::into_inner);
        }
        if let Some(children) = all.as_mut() {
            children.remove(&parent);
        }
    });
}

pub(super) extern "C" fn ffrt_this_task_update_qos(qos: c_int) -> c_int {
    if let Some(task) = current() {
        task.qos.store(qos, Ordering::Relaxed);
    }
    OK
}

pub(super) extern "C" fn ffrt_this_task_get_qos() -> c_int {
    current().map_or(QOS_DEFAULT, |task| task.qos.load(Ordering::Relaxed))
}

pub(super) extern "C" fn ffrt_this_task_get_id() -> u64 {
    current().map_or(0, |task| task.id)
}
