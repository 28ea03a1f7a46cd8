//! Classes: members of the literal, private names, and what sendable classes need.

use super::Generator;
use crate::TranslateError;
use crate::ast::{
    Class, ClassMember, ClassMemberKind, Element, Expr, Func, FuncKind, Key, Prop, Stmt, Var, VarInfo, VarKind,
};
use crate::names::function_name;
use crate::passes;
use crate::scopes::ScopeState;
use crate::unit::FnId;
use concord_abi::abc::Literal;
use concord_abi::isa::Instruction;
use rustc_hash::FxHashSet;

impl<'a> Generator<'a, '_> {
    /// `createprivateproperty`.
    pub fn private_names(
        &mut self,
        f: FnId,
        at: usize,
        state: ScopeState,
        ins: &Instruction,
    ) -> Result<Vec<Stmt>, TranslateError> {
        let literal = self.unit.literal(ins.ids[0])?;
        let mut functions = Vec::new();
        let mut instance = 0;
        for (i, l) in literal.iter().enumerate() {
            match l {
                Literal::Method(m)
                | Literal::GeneratorMethod(m)
                | Literal::AsyncGeneratorMethod(m)
                | Literal::Getter(m)
                | Literal::Setter(m) => {
                    let length = match literal.get(i + 1) {
                        Some(Literal::MethodAffiliate(n)) => i64::from(*n),
                        _ => 0,
                    };
                    functions.push(match self.closure(f, at, *m, length, FuncKind::Method)? {
                        // `super` needs a method around it; whose, the text of the class says.
                        Expr::Func(func) if func.uses_super => Expr::Method(Box::new((Expr::Undefined, *func))),
                        func => func,
                    });
                }
                Literal::Integer(n) if i + 1 == literal.len() => instance = *n,
                _ => {}
            }
        }
        let count = u32::try_from(ins.imm[0]).unwrap_or(0);
        let total = count + functions.len() as u32 + u32::from(instance > 0);
        let call = |env: Expr, functions: Vec<Expr>| {
            Expr::Helper(
                "createPrivateProperty",
                vec![
                    env,
                    Expr::Num(f64::from(count)),
                    Expr::Array(functions.into_iter().map(Element::Value).collect()),
                    Expr::Num(f64::from(instance)),
                ],
                0,
            )
        };
        if self.unit.irregular {
            let env = self.env_var(f);
            return Ok(vec![Stmt::Expr(call(Expr::Var(env), functions), 0)]);
        }
        let Some(scope) = self.unit.level(state, 0) else {
            return Err(TranslateError::new(
                self.unit.functions[f as usize].code.offset + ins.pc,
                "private names without a lexical environment",
            ));
        };
        // The slots still empty at this point: compilers store the others before, in code order.
        let function = self.unit.functions[f as usize].clone();
        let mut filled: FxHashSet<u32> = FxHashSet::default();
        for &b in &function.cfg.rpo {
            let block = &function.cfg.blocks[b as usize];
            let mut state = function.states[b as usize];
            for index in block.first..block.last.min(at.max(block.first)) {
                let i = &function.code.instructions[index];
                match i.op {
                    concord_abi::isa::Op::Stlexvar if self.unit.level(state, i.imm[0]) == Some(scope) => {
                        filled.insert(i.imm[1] as u32);
                    }
                    concord_abi::isa::Op::CallruntimeCreateprivateproperty
                        if self.unit.level(state, 0) == Some(scope) && index < at =>
                    {
                        filled.extend(self.private_slots.get(&(f, index)).into_iter().flatten().copied());
                    }
                    _ => {}
                }
                state = crate::scopes::step(&self.unit, f, index, state);
            }
        }
        let size = self.unit.scopes[scope as usize].size;
        let slots: Vec<u32> = (0..size).filter(|s| !filled.contains(s)).take(total as usize).collect();
        self.private_slots.insert((f, at), slots.clone());
        let t = self.temp();
        let mut props = Vec::new();
        for i in 0..total {
            let name = self.unit.atoms.intern(&format!("_{i}"));
            props.push(Prop::Value(Key::Name(name), Expr::Hole));
        }
        let mut out = vec![
            Stmt::Expr(Expr::assign(Expr::Var(t), Expr::Object(props)), 0),
            Stmt::Expr(call(Expr::Var(t), functions), 0),
        ];
        for (i, slot) in slots.into_iter().enumerate() {
            let name = self.unit.atoms.intern(&format!("_{i}"));
            let var = self.slot_var(scope, slot);
            out.push(Stmt::Expr(Expr::assign(Expr::Var(var), Expr::Member(Box::new(Expr::Var(t)), name, 0)), 0));
        }
        Ok(out)
    }

    /// Constructor that `ldsendableclass` gives: that of the class around `level` environments.
    pub fn sendable_class(&mut self, f: FnId, _level: i64) -> Expr {
        let mut g = f;
        while !self.class_vars.contains_key(&g) {
            match self.unit.functions[g as usize].parent {
                Some(p) => g = p,
                None => return Expr::Undefined,
            }
        }
        self.class_vars.get(&g).map_or(Expr::Undefined, |&v| Expr::Var(v))
    }

    /// `defineclasswithbuffer`.
    pub fn class(&mut self, f: FnId, at: usize, ins: &Instruction, base: Option<Expr>) -> Result<Expr, TranslateError> {
        let env_param = if self.unit.irregular {
            let hint = Some(self.unit.atoms.intern("E"));
            Some(self.var(VarInfo {
                kind: VarKind::Slot,
                hint,
                stable: true,
                guarded: false,
                native: false,
                holds_hole: false,
            }))
        } else {
            None
        };
        let sendable = ins.op == concord_abi::isa::Op::CallruntimeDefinesendableclass;
        let child = |g: &Self, m: u32| {
            g.unit.functions[f as usize]
                .children
                .get(&(at, m))
                .copied()
                .ok_or_else(|| TranslateError::new(m, "a method that was not found when loading"))
        };
        let constructor_id = child(self, ins.ids[0])?;
        let class_var = if sendable {
            let name = function_name(&self.unit.functions[constructor_id as usize].method.name).to_string();
            let hint = Some(self.unit.atoms.intern(&name));
            let v = self.var(VarInfo {
                kind: VarKind::Slot,
                hint,
                stable: true,
                guarded: false,
                native: false,
                holds_hole: false,
            });
            Some(v)
        } else {
            None
        };
        let make = |g: &mut Self, m: u32, length: u32, kind: FuncKind, derived: bool| -> Result<Expr, TranslateError> {
            let id = child(g, m)?;
            if let Some(p) = env_param {
                g.env_entry.insert(id, p);
            }
            if let Some(v) = class_var {
                g.class_vars.insert(id, v);
            }
            g.function(id, kind, length, derived)
        };
        let calls_super = |g: &Self| {
            g.unit.functions[constructor_id as usize].code.instructions.iter().any(|i| {
                use concord_abi::isa::Op;
                matches!(i.op, Op::Supercallthisrange | Op::Supercallspread | Op::CallruntimeSupercallforwardallargs)
            })
        };
        // A base that is the hole for certain belongs to code that throws before it gets here.
        let base = if base.is_none() && calls_super(self) { Some(Expr::Null) } else { base };
        let derived = base.is_some();
        let length = u32::try_from(ins.imm[0]).unwrap_or(0);
        let Expr::Func(constructor) = make(self, ins.ids[0], length, FuncKind::Constructor, derived)? else {
            return Err(TranslateError::new(ins.ids[0], "a class constructor that is a generator"));
        };
        let mut constructor = *constructor;
        if constructor.is_async || constructor.is_generator {
            return Err(TranslateError::new(ins.ids[0], "a class constructor that is async or a generator"));
        }
        if sendable && self.unit.record.shared {
            constructor.body.insert(0, Stmt::Expr(Expr::Helper("attached", vec![Expr::Module], 0), 0));
        }
        let name = constructor.name;
        constructor.name = None;
        let literal = self.unit.literal(ins.ids[1])?;
        // The number of pairs that are not static is last, before the fields of a sendable class.
        let count = literal.iter().rev().find(|entry| !matches!(entry, Literal::Array(_)));
        let non_static = match count {
            Some(Literal::Integer(n)) => usize::try_from(*n).unwrap_or(0),
            _ => 0,
        };
        let mut members = Vec::new();
        let mut late = [Vec::new(), Vec::new()];
        let mut fields = Vec::new();
        let mut i = 0;
        let mut pair = 0;
        while i + 1 < literal.len() {
            let key = match &literal[i] {
                Literal::String(s) => Key::Name(self.unit.intern(s)),
                Literal::Integer(n) => Key::Name(self.unit.atoms.intern(&n.to_string())),
                Literal::Array(a) => {
                    fields.push(*a);
                    i += 1;
                    continue;
                }
                _ => {
                    i += 1;
                    continue;
                }
            };
            let value = literal[i + 1].clone();
            i += 2;
            let is_static = pair >= non_static;
            pair += 1;
            if let Literal::Method(m)
            | Literal::GeneratorMethod(m)
            | Literal::AsyncGeneratorMethod(m)
            | Literal::Getter(m)
            | Literal::Setter(m) = value
            {
                let length = match literal.get(i) {
                    Some(Literal::MethodAffiliate(n)) => {
                        i += 1;
                        u32::from(*n)
                    }
                    _ => 0,
                };
                let func = match make(self, m, length, FuncKind::Method, false)? {
                    Expr::Func(func) => *func,
                    // Wrapped generators have no concise form: they become members of the finished class.
                    other => {
                        let key = match key {
                            Key::Name(name) => Expr::Str(name),
                            Key::Computed(key) => key,
                            Key::Private(_) => continue,
                        };
                        late[usize::from(is_static)].extend([Element::Value(key), Element::Value(other)]);
                        continue;
                    }
                };
                let kind = match value {
                    Literal::Getter(_) => ClassMemberKind::Getter(key, self.accessor(func, 0, m)?),
                    Literal::Setter(_) => ClassMemberKind::Setter(key, self.accessor(func, 1, m)?),
                    _ => ClassMemberKind::Method(key, func),
                };
                members.push(ClassMember { is_static, kind });
            }
        }
        let base_copy = base.clone();
        let class = Class { name, base, constructor: Some(constructor), members, own: None, privates: vec![] };
        let mut expr = Expr::Class(Box::new(class));
        if late.iter().any(|list| !list.is_empty()) {
            let [of_instances, of_class] = late.map(Expr::Array);
            expr = Expr::Helper("classMembers", vec![expr, of_instances, of_class], 0);
        }
        if let Some(v) = class_var {
            expr = self.sendable(expr, v, base_copy, &literal)?;
        }
        if let Some(p) = env_param {
            let env = self.env_var(f);
            expr = Self::with_environment(p, env, expr);
        }
        Ok(expr)
    }

    /// A method in the place of an accessor, which gets `arity` arguments, whatever its code says: the others are `undefined`.
    fn accessor(&mut self, mut func: Func, arity: usize, method: u32) -> Result<Func, TranslateError> {
        if func.is_async || func.is_generator || func.rest.is_some() {
            return Err(TranslateError::new(
                method,
                "an accessor that is async, a generator, or takes a rest parameter",
            ));
        }
        while func.params.len() < arity {
            let v = self.temp();
            func.declared.push(v);
            func.params.push((Expr::Var(v), None));
        }
        let others: Vec<(Expr, Option<Expr>)> = func.params.split_off(arity);
        if !others.is_empty() {
            func.body.insert(0, Stmt::Let(false, others, 0));
        }
        func.length = func.length.min(arity as u32);
        Ok(func)
    }

    /// `$.sendableClass(…)` around a class, with the literal of its fields.
    pub(super) fn sendable(
        &mut self,
        class: Expr,
        var: Var,
        base: Option<Expr>,
        literal: &[Literal<'a>],
    ) -> Result<Expr, TranslateError> {
        // Tells other threads which class of the record it is.
        let place = self.sendable_classes;
        self.sendable_classes += 1;
        let mut fields = Vec::new();
        for l in literal {
            if let Literal::Array(a) = l {
                let inner = self.unit.literal(*a)?;
                for x in inner.iter() {
                    fields.push(Element::Value(match x {
                        Literal::BuiltinType(t) => Expr::Num(f64::from(*t)),
                        other => self.literal_value(other),
                    }));
                }
            }
        }
        let body = Expr::Helper(
            "sendableClass",
            vec![
                Expr::assign(Expr::Var(var), class),
                base.unwrap_or(Expr::Hole),
                Expr::Array(fields),
                Expr::Module,
                Expr::Num(f64::from(place)),
            ],
            0,
        );
        let arrow = Func {
            kind: FuncKind::Arrow,
            is_async: false,
            is_generator: false,
            name: None,
            own: None,
            params: vec![],
            rest: None,
            length: 0,
            body: vec![Stmt::Declare(vec![var]), Stmt::Return(Some(body), 0)],
            declared: vec![],
            free: vec![],
            uses_super: false,
            height: 0,
        };
        let mut arrow = arrow;
        passes::wrapper(&mut arrow);
        Ok(Expr::Call(Box::new(Expr::Func(Box::new(arrow))), vec![], 0))
    }
}
