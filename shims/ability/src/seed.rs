//! What a thread needs to run code of the app: the packages, the system modules, the log. The thread of the app itself is grown
//! from it, and so are those that the app makes (`napi_create_ark_runtime`).

use std::rc::Rc;
use std::sync::Arc;

use concord_engine::Context;
use concord_package::{Package, PackageSet};
use concord_runtime::{AbcSource, NativeLibraries, Options, Registry, Runtime};

use crate::app::AppError;
use crate::event_loop::{Clock, EventLoop};
use crate::log::LogSink;

/// May be sent to other threads, unlike what grows from it.
#[derive(Clone)]
pub struct Seed {
    /// Packages of the app.
    pub packages: Arc<PackageSet>,
    /// System modules.
    pub registry: Registry,
    /// Native libraries of the app.
    pub native_libraries: Option<Arc<dyn NativeLibraries>>,
    /// Where the lines of the console go.
    pub log: Arc<dyn LogSink>,
}

/// An engine with the modules of the app on a thread of its own: no abilities, no windows.
pub struct ThreadRuntime {
    /// Its global object.
    pub context: Context,
    /// Its loop, which somebody has to run.
    pub event_loop: EventLoop,
    /// Its modules.
    pub runtime: Runtime,
}

impl Seed {
    /// An engine of its own for the thread that calls.
    ///
    /// # Errors
    /// When there is no engine, no descriptor for the loop, or the bytecode is damaged.
    pub fn grow(&self) -> Result<ThreadRuntime, AppError> {
        let context = Context::new()?;
        let event_loop = EventLoop::new(&context, Clock::Real)?;
        event_loop.install_globals(&context).map_err(|exception| AppError::Support(exception.describe()))?;
        let runtime = self.runtime(&context, &event_loop)?;
        Ok(ThreadRuntime { context, event_loop, runtime })
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

    fn add_package(&self, runtime: &Runtime, index: usize, package: &Package) -> Result<(), AppError> {
        let Some(abc) = package.abc()? else { return Ok(()) };
        // The bytecode is used until the process ends, and so are all packages.
        let bytes: &'static [u8] = Box::leak(Box::new(abc));
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
        self.event_loop.close();
        self.context.dispose();
    }
}
