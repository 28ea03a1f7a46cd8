//! What a thread needs to run code of the app: the packages, the system modules, the files, the log. The thread of the app itself
//! is grown from it, and so are those that the app makes (workers, the task pool, `napi_create_ark_runtime`).

use std::any::{Any, TypeId};
use std::rc::Rc;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use concord_engine::Context;
use concord_package::{Package, PackageSet};
use concord_runtime::{AbcSource, NativeLibraries, Options, Registry, Runtime};
use concord_syscalls::VirtualPaths;
use rustc_hash::FxHashMap;

use crate::app::AppError;
use crate::event_loop::{Clock, EventLoop, Remote};
use crate::hosts::{ExitHost, Hosts, NoShell, NoWindows, TestObserver};
use crate::log::LogSink;
use crate::options::AppOptions;
use crate::state::AppState;
use crate::threads::EngineThreads;

/// May be sent to other threads, unlike what grows from it.
#[derive(Clone)]
pub struct Seed {
    /// Packages of the app.
    pub packages: Arc<PackageSet>,
    /// How the process was started.
    pub options: AppOptions,
    /// Names of the app's files.
    pub paths: Arc<VirtualPaths>,
    /// System modules.
    pub registry: Registry,
    /// Native libraries of the app.
    pub native_libraries: Option<Arc<dyn NativeLibraries>>,
    /// Where the lines of the console go.
    pub log: Arc<dyn LogSink>,
    /// The loop of the app's own thread.
    pub main: Remote,
    /// The other threads.
    pub threads: EngineThreads,
    /// Bytecode of each package, once it was read.
    code: Arc<Vec<OnceLock<Option<&'static [u8]>>>>,
    common: Arc<Mutex<FxHashMap<TypeId, Arc<dyn Any + Send + Sync>>>>,
}

/// An engine with the modules of the app on a thread of its own: no abilities, no windows.
pub struct ThreadRuntime {
    /// Its global object.
    pub context: Context,
    /// Its loop, which somebody has to run.
    pub event_loop: EventLoop,
    /// Its modules.
    pub runtime: Runtime,
    native_libraries: Option<Arc<dyn NativeLibraries>>,
}

/// Tests report from the main thread.
struct NoObserver;

impl TestObserver for NoObserver {
    fn status(&self, _message: &str) {}

    fn finished(&self, _message: &str, _code: i64) {}
}

/// Ends the process from another thread than its main one.
struct MainExit(Remote);

impl ExitHost for MainExit {
    fn exit(&self, code: i32) {
        self.0.post(move |context, _| {
            if let Some(state) = AppState::of(context) {
                state.exit(context, code);
            }
            Ok(())
        });
    }
}

impl Seed {
    /// The seed of a process whose main loop `main` reaches.
    pub fn new(options: AppOptions, paths: VirtualPaths, registry: Registry, hosts: &Hosts, main: Remote) -> Seed {
        Seed {
            code: Arc::new(options.packages.packages().iter().map(|_| OnceLock::new()).collect()),
            packages: Arc::clone(&options.packages),
            options,
            paths: Arc::new(paths),
            registry,
            native_libraries: hosts.native_libraries.clone(),
            log: Arc::clone(&hosts.log),
            main,
            threads: EngineThreads::default(),
            common: Arc::default(),
        }
    }

    /// What the threads of the process have in common, one of each type.
    pub fn common<T: Any + Send + Sync + Default>(&self) -> Arc<T> {
        let mut common = self.common.lock().unwrap_or_else(PoisonError::into_inner);
        let one = common.entry(TypeId::of::<T>()).or_insert_with(|| Arc::<T>::default());
        // The key is the type, so this never makes another one.
        Arc::clone(one).downcast().unwrap_or_default()
    }

    /// An engine of its own for the thread that calls. It sees the app's files and device; desktop and windows are those of a
    /// machine without any.
    ///
    /// # Errors
    /// When there is no engine, no descriptor for the loop, or the bytecode is damaged.
    pub fn grow(&self) -> Result<ThreadRuntime, AppError> {
        let context = Context::new()?;
        let event_loop = EventLoop::new(&context, Clock::Real)?;
        let hosts = Hosts {
            log: Arc::clone(&self.log),
            observer: Box::new(NoObserver),
            shell: Box::new(NoShell),
            windows: Box::new(NoWindows),
            exit: Some(Box::new(MainExit(self.main.clone()))),
            desktop: concord_desktop::Host::default(),
            native_libraries: self.native_libraries.clone(),
        };
        let state = AppState::new(self.clone(), hosts, event_loop.clone(), self.options.device.clone());
        context.set_host_data(Rc::new(state));
        event_loop.install_globals(&context).map_err(|exception| AppError::Support(exception.describe()))?;
        let runtime = self.runtime(&context, &event_loop)?;
        Ok(ThreadRuntime { context, event_loop, runtime, native_libraries: self.native_libraries.clone() })
    }

    /// The modules of the app in a context.
    pub(crate) fn runtime(&self, context: &Context, event_loop: &EventLoop) -> Result<Runtime, AppError> {
        let support = |exception: concord_engine::Exception| AppError::Support(exception.describe());
        let options = Options {
            registry: self.registry.clone(),
            native_libraries: self.native_libraries.clone(),
            tasks: Some(Rc::new(event_loop.clone())),
            ..Options::default()
        };
        let runtime = Runtime::new(context, options).map_err(support)?;
        crate::console::install_for(context, Arc::clone(&self.log)).map_err(support)?;
        for (index, package) in self.packages.packages().iter().enumerate() {
            self.add_package(&runtime, index, package)?;
        }
        Ok(runtime)
    }

    /// The bytecode of a package. It is used until the process ends, by all threads, and so are all packages.
    fn code(&self, index: usize, package: &Package) -> Result<Option<&'static [u8]>, AppError> {
        let Some(place) = self.code.get(index) else { return Ok(None) };
        if let Some(code) = place.get() {
            return Ok(*code);
        }
        let code = package.abc()?.map(|abc| -> &'static [u8] { Box::leak(Box::new(abc)) });
        Ok(*place.get_or_init(|| code))
    }

    fn add_package(&self, runtime: &Runtime, index: usize, package: &Package) -> Result<(), AppError> {
        let Some(bytes) = self.code(index, package)? else { return Ok(()) };
        let module = &package.module();
        let packages = Arc::clone(&self.packages);
        runtime.add_abc(AbcSource {
            module: module.module.name.clone(),
            bundle: module.app.bundle_name.clone(),
            package: module.module.package_name.clone(),
            bytes,
            source_maps: Some(Box::new(move |_| {
                let text = packages.packages().get(index)?.read("ets/sourceMaps.map").ok()??;
                Some(text.to_vec())
            })),
            package_context: package.read("pkgContextInfo.json")?.map(|bytes| bytes.to_vec()),
        })?;
        Ok(())
    }
}

impl Drop for ThreadRuntime {
    fn drop(&mut self) {
        if let Some(libraries) = &self.native_libraries {
            libraries.leave(&self.context);
        }
        self.event_loop.close();
        self.context.dispose();
    }
}
