//! Running linked modules in order: Evaluate of Cyclic Module Records (ECMA-262, 16.2.1.5.3) with an explicit stack.
//!
//! Differs from ECMAScript where the platform does: `import lazy` requests are skipped, and reading a lazy import may start
//! an evaluation in the middle of another one; modules that the outer one has not finished count as evaluated then.

use crate::link::ModuleId;
use crate::modules::{Kind, Status};
use crate::runtime::Inner;
use concord_engine::{Exception, JsResult, Value};
use rustc_hash::FxHashSet;
use std::rc::Rc;

/// A module on the stack of [`Inner::evaluate`].
struct Frame {
    module: ModuleId,
    /// Request to look at next.
    next: usize,
}

impl Inner {
    /// Evaluates a linked module and what it needs. Errors are remembered: evaluating again gives the same one. A module
    /// that awaits has run as far as its first await when this returns.
    pub(crate) fn evaluate(self: &Rc<Self>, root: ModuleId) -> JsResult<()> {
        let evaluation = {
            let mut graph = self.graph.borrow_mut();
            let module = graph.module(root);
            match module.status {
                Status::New | Status::Linked => {}
                // The caller is part of the graph that is being evaluated: it sees what there is so far.
                Status::Evaluating(_) => return Ok(()),
                Status::EvaluatingAsync | Status::Evaluated => {
                    let root = module.cycle_root.unwrap_or(root);
                    return match &graph.module(root).error {
                        Some(error) => Err(Exception(error.clone())),
                        None => Ok(()),
                    };
                }
            }
            graph.order()
        };
        let mut unfinished = Vec::new();
        let result = self.evaluate_graph(root, evaluation, &mut unfinished);
        if let Err(Exception(error)) = &result {
            let mut graph = self.graph.borrow_mut();
            for id in unfinished {
                let module = graph.module_mut(id);
                module.status = Status::Evaluated;
                module.error = Some(error.clone());
            }
        }
        result
    }

    /// InnerModuleEvaluation. `unfinished` is the stack of strongly connected components.
    fn evaluate_graph(
        self: &Rc<Self>,
        root: ModuleId,
        evaluation: u64,
        unfinished: &mut Vec<ModuleId>,
    ) -> JsResult<()> {
        let mut index = 0;
        let mut frames = Vec::new();
        self.enter(root, evaluation, &mut index, unfinished, &mut frames);
        while let Some(frame) = frames.last_mut() {
            let id = frame.module;
            let request = {
                let graph = self.graph.borrow();
                let module = graph.module(id);
                let requests = module.requests.as_deref().unwrap_or_default();
                loop {
                    match requests.get(frame.next) {
                        Some(_) if module.lazy.get(frame.next) == Some(&true) => frame.next += 1,
                        other => break other.copied(),
                    }
                }
            };
            let Some(required) = request else {
                frames.pop();
                self.finish(id, unfinished)?;
                if let Some(parent) = frames.last() {
                    self.after_request(parent.module, id, evaluation)?;
                }
                continue;
            };
            frame.next += 1;
            let status = self.graph.borrow().module(required).status;
            match status {
                Status::New | Status::Linked => self.enter(required, evaluation, &mut index, unfinished, &mut frames),
                _ => {
                    if status == Status::Evaluating(evaluation) {
                        self.prepare_cycle(required, &frames)?;
                    }
                    self.after_request(id, required, evaluation)?;
                }
            }
        }
        Ok(())
    }

    /// A module requires one that waits for it: it may call the exported functions of all that wait in between.
    fn prepare_cycle(self: &Rc<Self>, required: ModuleId, frames: &[Frame]) -> JsResult<()> {
        let start = frames.iter().position(|frame| frame.module == required).unwrap_or(frames.len());
        for frame in frames.iter().skip(start) {
            self.prepare(frame.module)?;
        }
        Ok(())
    }

    fn enter(
        &self,
        id: ModuleId,
        evaluation: u64,
        index: &mut u32,
        unfinished: &mut Vec<ModuleId>,
        frames: &mut Vec<Frame>,
    ) {
        let mut graph = self.graph.borrow_mut();
        let module = graph.module_mut(id);
        module.status = Status::Evaluating(evaluation);
        module.dfs_index = *index;
        module.dfs_ancestor = *index;
        module.pending_async = 0;
        *index += 1;
        unfinished.push(id);
        frames.push(Frame { module: id, next: 0 });
    }

    /// What a module learns from a dependency that was visited.
    fn after_request(&self, id: ModuleId, required: ModuleId, evaluation: u64) -> JsResult<()> {
        let mut graph = self.graph.borrow_mut();
        match graph.module(required).status {
            Status::Evaluating(other) if other == evaluation => {
                let ancestor = graph.module(required).dfs_ancestor;
                let awaits = graph.module(required).async_order.is_some();
                let module = graph.module_mut(id);
                module.dfs_ancestor = module.dfs_ancestor.min(ancestor);
                if awaits {
                    module.pending_async += 1;
                    graph.module_mut(required).async_parents.push(id);
                }
            }
            Status::Evaluating(_) | Status::New | Status::Linked => {}
            Status::EvaluatingAsync | Status::Evaluated => {
                let root = graph.module(required).cycle_root.unwrap_or(required);
                if let Some(error) = &graph.module(root).error {
                    return Err(Exception(error.clone()));
                }
                if graph.module(root).status == Status::EvaluatingAsync {
                    graph.module_mut(root).async_parents.push(id);
                    graph.module_mut(id).pending_async += 1;
                }
            }
        }
        Ok(())
    }

    /// All dependencies of a module were visited: runs it, and completes its component when it is the root of one.
    fn finish(self: &Rc<Self>, id: ModuleId, unfinished: &mut Vec<ModuleId>) -> JsResult<()> {
        let (pending, top_level_await) = {
            let graph = self.graph.borrow();
            (graph.module(id).pending_async, graph.module(id).top_level_await)
        };
        if pending > 0 || top_level_await {
            {
                let mut graph = self.graph.borrow_mut();
                let order = graph.order();
                graph.module_mut(id).async_order = Some(order);
            }
            if pending == 0 {
                self.execute_async(id);
            }
        } else {
            self.execute(id)?;
        }
        let mut graph = self.graph.borrow_mut();
        let module = graph.module(id);
        if module.dfs_ancestor == module.dfs_index {
            while let Some(member) = unfinished.pop() {
                let module = graph.module_mut(member);
                // An asynchronous module may already have failed while it was being started.
                if matches!(module.status, Status::Evaluating(_)) {
                    module.status = match module.async_order {
                        Some(_) => Status::EvaluatingAsync,
                        None => Status::Evaluated,
                    };
                }
                module.cycle_root = Some(id);
                if member == id {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Runs the code of a module that does not await.
    fn execute(self: &Rc<Self>, id: ModuleId) -> JsResult<()> {
        let kind = self.graph.borrow().module(id).kind.clone();
        match kind {
            Kind::Es(file, record) if self.store.borrow().known_record(file, record).shared => self.run_shared(id),
            Kind::Es(..) | Kind::Script(..) => self.run_main(id).map(drop),
            Kind::Json(file, record) => self.run_json(id, file, record),
            Kind::CommonJs(..) => self.run_commonjs(id),
            Kind::System(request) => {
                let exports = self.system_exports(&request);
                self.set_exports(id, exports)
            }
            Kind::Library(module, file) => {
                let exports = self.library_exports(&module, &file);
                self.set_exports(id, exports)
            }
        }
    }

    /// ExecuteAsyncModule: runs the code of a module with top-level await; the rest follows when its promise settles.
    fn execute_async(self: &Rc<Self>, id: ModuleId) {
        let kind = self.graph.borrow().module(id).kind.clone();
        let promise = match kind {
            Kind::Es(..) => self.run_main(id),
            _ => self.execute(id).map(|()| self.context.undefined()),
        };
        let promise = match promise {
            Ok(promise) if promise.is_promise() => promise,
            Ok(value) => {
                let (promise, resolver) = self.context.promise();
                resolver.resolve(&value);
                promise
            }
            Err(Exception(error)) => {
                let (promise, resolver) = self.context.promise();
                resolver.reject(&error);
                promise
            }
        };
        let weak = Rc::downgrade(self);
        let fulfilled = self.context.function("", 1, move |call| {
            if let Some(inner) = weak.upgrade() {
                inner.async_fulfilled(id);
            }
            Ok(call.context.undefined())
        });
        let weak = Rc::downgrade(self);
        let rejected = self.context.function("", 1, move |call| {
            if let Some(inner) = weak.upgrade() {
                inner.async_rejected(id, &call.arg(0));
            }
            Ok(call.context.undefined())
        });
        if let Err(error) = self.glue_call("then", &[promise, fulfilled, rejected]) {
            self.async_rejected(id, &error.0);
        }
    }

    /// AsyncModuleExecutionFulfilled.
    fn async_fulfilled(self: &Rc<Self>, id: ModuleId) {
        if self.graph.borrow().module(id).status == Status::Evaluated {
            return;
        }
        self.settle(id, None);
        let mut ready = self.available_ancestors(id);
        ready.sort_by_key(|&id| self.graph.borrow().module(id).async_order);
        for id in ready {
            let (status, top_level_await) = {
                let graph = self.graph.borrow();
                (graph.module(id).status, graph.module(id).top_level_await)
            };
            if status == Status::Evaluated {
                continue;
            }
            if top_level_await {
                self.execute_async(id);
                continue;
            }
            match self.execute(id) {
                Ok(()) => self.settle(id, None),
                Err(Exception(error)) => self.async_rejected(id, &error),
            }
        }
    }

    /// GatherAvailableAncestors.
    fn available_ancestors(&self, id: ModuleId) -> Vec<ModuleId> {
        let mut graph = self.graph.borrow_mut();
        let mut ready = Vec::new();
        let mut seen = FxHashSet::default();
        let mut work = vec![id];
        while let Some(id) = work.pop() {
            for parent in graph.module(id).async_parents.clone() {
                let root = graph.module(parent).cycle_root.unwrap_or(parent);
                if seen.contains(&parent) || graph.module(root).error.is_some() {
                    continue;
                }
                let module = graph.module_mut(parent);
                module.pending_async = module.pending_async.saturating_sub(1);
                if module.pending_async == 0 {
                    seen.insert(parent);
                    ready.push(parent);
                    if !module.top_level_await {
                        work.push(parent);
                    }
                }
            }
        }
        ready
    }

    /// AsyncModuleExecutionRejected, for a module and all that wait for it; parents settle first.
    fn async_rejected(&self, id: ModuleId, error: &Value) {
        let mut work = vec![(id, false)];
        while let Some((id, parents_done)) = work.pop() {
            if parents_done {
                self.settle(id, Some(error));
                continue;
            }
            let mut graph = self.graph.borrow_mut();
            if graph.module(id).status == Status::Evaluated {
                continue;
            }
            let module = graph.module_mut(id);
            module.status = Status::Evaluated;
            module.error = Some(error.clone());
            work.push((id, true));
            work.extend(module.async_parents.iter().rev().map(|&parent| (parent, false)));
        }
    }

    /// Marks as evaluated and settles the promise of the evaluation, if anybody asked for one.
    fn settle(&self, id: ModuleId, error: Option<&Value>) {
        let capability = {
            let mut graph = self.graph.borrow_mut();
            let module = graph.module_mut(id);
            module.status = Status::Evaluated;
            module.capability.clone()
        };
        if let Some((_, resolver)) = capability {
            match error {
                Some(error) => resolver.reject(error),
                None => resolver.resolve(&self.context.undefined()),
            }
        }
    }

    /// Evaluates, and gives a promise when the module (or what it needs) awaits.
    pub(crate) fn evaluate_promise(self: &Rc<Self>, id: ModuleId) -> JsResult<Option<Value>> {
        self.evaluate(id)?;
        let mut graph = self.graph.borrow_mut();
        let root = graph.module(id).cycle_root.unwrap_or(id);
        let module = graph.module_mut(root);
        if module.status != Status::EvaluatingAsync {
            return Ok(None);
        }
        let (promise, _) = module.capability.get_or_insert_with(|| self.context.promise());
        Ok(Some(promise.clone()))
    }
}
