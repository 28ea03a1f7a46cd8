//! The kernels of `fixtures/lang/bench` in every engine.

use crate::engines::{Engine, Run};
use crate::{Error, child};
use serde::Serialize;
use std::path::Path;

/// Best times and peak memory of one kernel in one engine; `None` where it was not measured.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Measured {
    pub milliseconds: Option<f64>,
    pub megabytes: Option<f64>,
}

impl Measured {
    fn add(&mut self, run: &Run) {
        let least = |old: Option<f64>, new: f64| Some(old.map_or(new, |old| old.min(new)));
        self.milliseconds = least(self.milliseconds, run.milliseconds);
        self.megabytes = least(self.megabytes, run.megabytes);
    }
}

/// One kernel.
#[derive(Debug, Clone, Serialize)]
pub struct Kernel {
    pub name: String,
    /// Bytecode under Concord with the JIT.
    pub concord: Measured,
    /// The source in JavaScriptCore with the JIT.
    pub source: Measured,
    /// Bytecode under Concord without the JIT.
    pub concord_interpreted: Measured,
    /// The source in JavaScriptCore without the JIT.
    pub source_interpreted: Measured,
    /// The source in QuickJS-ng.
    pub quickjs: Measured,
    /// What went wrong: a failure, or an output that is not the expected one.
    pub problems: Vec<String>,
}

/// How a kernel is run.
#[derive(Clone, Copy)]
struct Variant {
    engine: Engine,
    jit: bool,
    /// One of how many rounds it takes part in.
    every: u32,
}

const VARIANTS: [Variant; 5] = [
    Variant { engine: Engine::Concord, jit: true, every: 1 },
    Variant { engine: Engine::Source, jit: true, every: 1 },
    Variant { engine: Engine::Concord, jit: false, every: 3 },
    Variant { engine: Engine::Source, jit: false, every: 3 },
    Variant { engine: Engine::Quickjs, jit: false, every: 3 },
];

impl Kernel {
    fn new(name: String) -> Kernel {
        let [concord, source, concord_interpreted, source_interpreted, quickjs] = Default::default();
        Kernel { name, concord, source, concord_interpreted, source_interpreted, quickjs, problems: Vec::new() }
    }

    fn slot(&mut self, variant: Variant) -> &mut Measured {
        match (variant.engine, variant.jit) {
            (Engine::Concord, true) => &mut self.concord,
            (Engine::Concord, false) => &mut self.concord_interpreted,
            (Engine::Source, true) => &mut self.source,
            (Engine::Source, false) => &mut self.source_interpreted,
            (Engine::Quickjs, _) => &mut self.quickjs,
        }
    }
}

/// Runs the kernels whose name contains `filter`.
pub fn measure(fixtures: &Path, filter: &str, rounds: u32) -> Result<Vec<Kernel>, Error> {
    let folder = fixtures.join("lang/bench");
    let entries = std::fs::read_dir(&folder).map_err(|error| Error::File { path: folder.clone(), error })?;
    let mut names: Vec<String> = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.retain(|name| name.contains(filter) && folder.join(name).join("main.abc").exists());
    names.sort();
    if names.is_empty() {
        return Err(Error::failed(folder.display().to_string(), "no kernel there"));
    }
    let mut kernels: Vec<Kernel> = names.into_iter().map(Kernel::new).collect();
    for round in 0..rounds {
        for kernel in &mut kernels {
            for variant in VARIANTS {
                if round % variant.every == 0 {
                    run(&folder, kernel, variant);
                }
            }
        }
        eprintln!("kernels: round {} of {rounds}", round + 1);
    }
    Ok(kernels)
}

fn run(folder: &Path, kernel: &mut Kernel, variant: Variant) {
    let folder = folder.join(&kernel.name);
    let file = folder.join(variant.engine.file());
    let jit = if variant.jit { "1" } else { "0" };
    let arguments = ["kernel", variant.engine.name(), &*file.to_string_lossy()];
    let problem = match child::run::<Run>(&arguments, &[("CONCORD_JIT", jit)]) {
        Ok(run) => {
            let expected = std::fs::read_to_string(folder.join("expected.txt")).unwrap_or_default();
            kernel.slot(variant).add(&run);
            (run.output != expected).then(|| format!("{} printed something else than expected", variant.engine.name()))
        }
        Err(error) => Some(error.to_string()),
    };
    if let Some(problem) = problem.filter(|problem| !kernel.problems.contains(problem)) {
        kernel.problems.push(problem);
    }
}
