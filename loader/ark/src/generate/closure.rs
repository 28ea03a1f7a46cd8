//! Closures, and the wrappers of generators that the engine has no form for.

use super::{Generator, arguments_object, starts_early};
use crate::TranslateError;
use crate::ast::{Element, Expr, Func, FuncKind, Stmt, Var, VarInfo, VarKind};
use crate::passes;
use crate::unit::FnId;
use concord_abi::abc::FunctionKind;

impl Generator<'_, '_> {
    /// Whether the function defined by instruction `at` has no kind of its own: a method or accessor.
    pub fn is_method(&self, f: FnId, at: usize, method: u32) -> bool {
        let functions = &self.unit.functions;
        let child = functions[f as usize].children.get(&(at, method));
        child.is_some_and(|&c| functions[c as usize].method.kind == FunctionKind::None)
    }

    /// Tells other threads which function of the record it is, when it is a sendable one of the top level.
    pub fn sendable_function(&mut self, f: FnId, at: usize, method: u32) -> Option<u32> {
        let functions = &self.unit.functions;
        let parent = functions.get(f as usize)?;
        let child = functions.get(*parent.children.get(&(at, method))? as usize)?;
        if parent.parent.is_some() || !child.method.sendable {
            return None;
        }
        self.sendable_functions += 1;
        Some(self.sendable_functions)
    }

    /// The closure that instruction `at` of `f` makes of a method.
    pub fn closure(
        &mut self,
        f: FnId,
        at: usize,
        method: u32,
        length: i64,
        kind: FuncKind,
    ) -> Result<Expr, TranslateError> {
        self.closure_at_home(f, at, method, length, kind, Expr::Undefined)
    }

    /// The same, where a method that is kept from its environment by a wrapper has its `super` from `home`.
    fn closure_at_home(
        &mut self,
        f: FnId,
        at: usize,
        method: u32,
        length: i64,
        kind: FuncKind,
        home: Expr,
    ) -> Result<Expr, TranslateError> {
        let Some(&child) = self.unit.functions[f as usize].children.get(&(at, method)) else {
            return Err(TranslateError::new(method, "a method that was not found when loading"));
        };
        let length = u32::try_from(length).unwrap_or(0);
        if !matches!(home, Expr::Undefined) {
            self.homes.insert(child, home.clone());
        }
        if !self.unit.irregular {
            let function = self.function(child, kind, length, false)?;
            return Ok(self.concurrent(child, function));
        }
        let hint = Some(self.unit.atoms.intern("E"));
        let param = self.var(VarInfo {
            kind: VarKind::Slot,
            hint,
            stable: true,
            guarded: false,
            native: false,
            holds_hole: false,
        });
        self.env_entry.insert(child, param);
        let inner = match self.function(child, kind, length, false)? {
            Expr::Func(func) if func.uses_super => Expr::Method(Box::new((home, *func))),
            inner if self.stands_alone(child, &inner) => return Ok(self.concurrent(child, inner)),
            inner => inner,
        };
        let env = self.env_var(f);
        Ok(Self::with_environment(param, env, inner))
    }

    pub(super) fn with_environment(param: Var, env: Var, inner: Expr) -> Expr {
        let arrow = Func {
            kind: FuncKind::Arrow,
            is_async: false,
            is_generator: false,
            name: None,
            own: None,
            params: vec![(Expr::Var(param), None)],
            rest: None,
            length: 1,
            body: vec![Stmt::Return(Some(inner), 0)],
            declared: vec![],
            free: vec![],
            uses_super: false,
            height: 0,
        };
        let mut arrow = arrow;
        passes::wrapper(&mut arrow);
        Expr::Call(Box::new(Expr::Func(Box::new(arrow))), vec![Element::Value(Expr::Var(env))], 0)
    }

    /// `definemethod`: a method whose `super` is that of `home`.
    pub fn method_with_home(
        &mut self,
        f: FnId,
        at: usize,
        method: u32,
        length: i64,
        home: Expr,
    ) -> Result<Expr, TranslateError> {
        let closure = self.closure_at_home(f, at, method, length, FuncKind::Method, home.clone())?;
        Ok(match closure {
            // Compilers name any value as the home where nobody asks.
            Expr::Func(func) => Expr::Method(Box::new((if func.uses_super { home } else { Expr::Undefined }, *func))),
            other => other,
        })
    }

    /// The wrapper of a generator that the engine's own cannot stand for: the body runs in a driver.
    pub(super) fn generator_wrapper(
        &mut self,
        f: FnId,
        mut func: Func,
        maker: &'static str,
        driver: &'static str,
    ) -> Expr {
        let own = self.own_var(f);
        let g = self.generator_var(f);
        let mut inner = Func {
            kind: FuncKind::Plain,
            is_async: false,
            is_generator: true,
            name: None,
            own: None,
            params: if maker == "asyncGeneratorFunction" { vec![(Expr::Var(g), None)] } else { vec![] },
            rest: None,
            length: 1,
            body: std::mem::take(&mut func.body),
            declared: vec![],
            free: vec![],
            uses_super: false,
            height: 0,
        };
        passes::function(self, &mut inner);
        func.is_generator = false;
        // `super` needs a method around it, and the home has to come from where the function is made.
        let home = self.homes.remove(&f).filter(|_| inner.uses_super);
        let home = home.map(|home| (self.home_var(), home));
        let body = if inner.uses_super {
            inner.kind = FuncKind::Method;
            inner.name = func.name;
            let home = home.as_ref().map_or(Expr::Undefined, |h| Expr::Var(h.0));
            Expr::Method(Box::new((home, inner)))
        } else {
            Expr::Func(Box::new(inner))
        };
        let call = Expr::Helper(driver, vec![Expr::Var(own), body, Expr::This], 0);
        let starts = maker == "generatorFunction" && starts_early(&self.unit.functions[f as usize]);
        let call = if starts { Expr::Helper("started", vec![call], 0) } else { call };
        let length = func.length;
        func.kind = FuncKind::Method;
        func.own = None;
        func.body = match self.extra.get(&f).and_then(|e| e.arguments) {
            Some(v) => arguments_object(v),
            None => vec![],
        };
        func.body.push(Stmt::Return(Some(call), 0));
        passes::function(self, &mut func);
        let wrapped =
            Expr::Helper(maker, vec![Expr::Method(Box::new((Expr::Undefined, func))), Expr::Num(f64::from(length))], 0);
        let arrow = Func {
            kind: FuncKind::Arrow,
            is_async: false,
            is_generator: false,
            name: None,
            own: None,
            params: home.iter().map(|h| (Expr::Var(h.0), None)).collect(),
            rest: None,
            length: home.iter().len() as u32,
            body: vec![
                Stmt::Let(true, vec![(Expr::Var(own), Some(wrapped))], 0),
                Stmt::Return(Some(Expr::Var(own)), 0),
            ],
            declared: vec![],
            free: vec![],
            uses_super: false,
            height: 0,
        };
        let mut arrow = arrow;
        passes::wrapper(&mut arrow);
        let arguments = home.into_iter().map(|h| Element::Value(h.1)).collect();
        Expr::Call(Box::new(Expr::Func(Box::new(arrow))), arguments, 0)
    }

    fn home_var(&mut self) -> Var {
        let hint = Some(self.unit.atoms.intern("home"));
        self.var(VarInfo { kind: VarKind::Slot, hint, stable: true, guarded: false, native: false, holds_hole: false })
    }
}
