//! The functions of a module record: which method is defined where, and under which lexical environments.

use crate::TranslateError;
use crate::cfg::{self, BlockId, Cfg, KnownModes};
use crate::limits;
use crate::names::{Atom, Atoms};
use crate::scopes::{ROOT, Scope, ScopeId, ScopeState};
use concord_abi::abc::{AbcFile, Code, DebugInfo, FunctionKind, JsString, Literal, Method, Record};
use concord_abi::isa::Op;
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// Index of a function of the unit: a method at one place of definition.
pub type FnId = u32;

/// What a function was defined as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// `func_main_0`.
    Main,
    /// `definefunc`.
    Function,
    /// Method of a class or object, by literal or `definemethod`.
    Method,
    /// Class constructor.
    Constructor,
}

/// One function.
#[derive(Debug)]
pub struct Function<'a> {
    /// The method item.
    pub method: Method<'a>,
    /// Its code.
    pub code: Code,
    /// Its graph.
    pub cfg: Cfg,
    /// Names and positions.
    pub debug: DebugInfo<'a>,
    /// What it was defined as.
    pub role: Role,
    /// The function that defines it.
    pub parent: Option<FnId>,
    /// Nesting depth.
    pub depth: u32,
    /// Environments at its definition.
    pub entry: ScopeId,
    /// Environment at the start of each block.
    pub states: Vec<ScopeState>,
    /// Functions defined here: (instruction, method offset) → function.
    pub children: FxHashMap<(usize, u32), FnId>,
    /// Has `asyncfunctionenter`.
    pub is_async: bool,
    /// Has `creategeneratorobj`.
    pub is_generator: bool,
    /// Has `createasyncgeneratorobj`.
    pub is_async_generator: bool,
    /// Is an arrow function.
    pub is_arrow: bool,
    /// Resume modes known to be "next".
    pub modes: KnownModes,
    /// Block of the parent that defines it.
    pub def_block: BlockId,
}

impl Function<'_> {
    /// Register of `func`, when the call type passes it. Arguments follow the plain registers in the order
    /// func, newTarget, this, formals.
    pub fn func_register(&self) -> Option<u32> {
        (self.method.call_type & 8 != 0).then_some(self.code.registers)
    }
    /// Register of `new.target`.
    pub fn new_target_register(&self) -> Option<u32> {
        let t = u32::from(self.method.call_type);
        (t & 2 != 0).then_some(self.code.registers + (t >> 3 & 1))
    }
    /// Register of `this`.
    pub fn this_register(&self) -> Option<u32> {
        let t = u32::from(self.method.call_type);
        (t & 1 != 0).then_some(self.code.registers + (t >> 3 & 1) + (t >> 1 & 1))
    }
    /// First register of the formal parameters, and how many there are.
    pub fn formals(&self) -> (u32, u32) {
        let t = u32::from(self.method.call_type);
        let hidden = (t >> 3 & 1) + (t >> 1 & 1) + (t & 1);
        (self.code.registers + hidden, self.code.arguments.saturating_sub(hidden))
    }
    /// Number of the accumulator as a register.
    pub fn acc(&self) -> u32 {
        self.code.registers + self.code.arguments
    }
}

/// A record being translated.
pub struct Unit<'a, 'f> {
    /// The container.
    pub file: &'f AbcFile<'a>,
    /// The record.
    pub record: &'f Record<'a>,
    /// Strings.
    pub atoms: Atoms,
    /// Functions; 0 is `func_main_0`.
    pub functions: Vec<Rc<Function<'a>>>,
    /// Lexical environments; 0 is "none".
    pub scopes: Vec<Scope>,
    /// Scopes by creating instruction.
    pub sites: FxHashMap<(FnId, usize), ScopeId>,
    /// Some environment does not fit the static picture: the unit has to use environment objects.
    pub irregular: bool,
    strings: FxHashMap<u32, Atom>,
    literals: FxHashMap<u32, Rc<Vec<Literal<'a>>>>,
    plain: Vec<FnId>,
}

impl<'a, 'f> Unit<'a, 'f> {
    /// Loads `func_main_0` and everything that it defines. `plain` lists functions that shall be taken as they are: they
    /// become dispatch loops, where native loops cannot be written.
    pub fn load(
        file: &'f AbcFile<'a>,
        record: &'f Record<'a>,
        main: u32,
        plain: &[FnId],
    ) -> Result<Self, TranslateError> {
        let mut unit = Unit {
            file,
            record,
            atoms: Atoms::default(),
            functions: Vec::new(),
            scopes: vec![Scope::root()],
            sites: FxHashMap::default(),
            irregular: false,
            strings: FxHashMap::default(),
            literals: FxHashMap::default(),
            plain: plain.to_vec(),
        };
        unit.add(main, Role::Main, None, 0, ROOT)?;
        let mut next = 0;
        let (most_instructions, most_functions) = limits::expansion(file.size());
        let mut instructions = 0usize;
        let mut operands = 0u64;
        while next < unit.functions.len() {
            instructions += unit.functions[next].code.instructions.len();
            operands += unit.functions[next]
                .code
                .instructions
                .iter()
                .map(|i| i.range().map_or(0, |(_, count)| u64::from(count)))
                .sum::<u64>();
            if operands > limits::OPERANDS || instructions > most_instructions || unit.functions.len() > most_functions
            {
                return Err(TranslateError::new(main, "the module record expands to too much code"));
            }
            crate::scopes::analyse(&mut unit, next as FnId)?;
            unit.define_children(next as FnId)?;
            next += 1;
        }
        Ok(unit)
    }

    /// A function while the unit is being loaded and nothing else holds it.
    pub fn function_mut(&mut self, f: FnId) -> Option<&mut Function<'a>> {
        Rc::get_mut(&mut self.functions[f as usize])
    }

    fn add(
        &mut self,
        method: u32,
        role: Role,
        parent: Option<FnId>,
        def_block: BlockId,
        entry: ScopeId,
    ) -> Result<FnId, TranslateError> {
        let method = self.file.method(method)?;
        let depth = parent.map_or(0, |p| self.functions[p as usize].depth + 1);
        if depth > limits::FUNCTION_DEPTH {
            return Err(TranslateError::new(method.offset, "functions are nested too deeply"));
        }
        let code = match method.code {
            Some(_) => self.file.code(&method)?,
            None => return Err(TranslateError::new(method.offset, "a method without code is defined as a function")),
        };
        let debug = self.file.debug_info(&method).ok().flatten().unwrap_or_default();
        let has = |ops: &[Op]| code.instructions.iter().any(|i| ops.contains(&i.op));
        let is_async_generator = has(&[Op::Createasyncgeneratorobj]);
        let is_generator = !is_async_generator && has(&[Op::Creategeneratorobj]);
        let is_async = !is_async_generator && !is_generator && has(&[Op::Asyncfunctionenter]);
        let is_arrow = role == Role::Function
            && match method.kind {
                FunctionKind::Arrow | FunctionKind::AsyncArrow => true,
                FunctionKind::None => false,
                _ => false,
            };
        let modes = |code: &Code| {
            if is_async || is_generator || is_async_generator {
                crate::resume::known_modes(code, is_async, is_generator)
            } else {
                KnownModes::default()
            }
        };
        let id = self.functions.len() as FnId;
        let (code, modes, cfg) = if self.plain.contains(&id) {
            let known = modes(&code);
            let cfg = cfg::build(&code, &known, true);
            (code, known, cfg)
        } else {
            crate::for_of::recover(self.file, code, &modes)
        };
        self.functions.push(Rc::new(Function {
            method,
            code,
            cfg,
            debug,
            role,
            parent,
            depth,
            entry,
            states: vec![],
            children: FxHashMap::default(),
            is_async,
            is_generator,
            is_async_generator,
            is_arrow,
            modes,
            def_block,
        }));
        Ok(id)
    }

    /// Finds the functions that `f` defines, with the environment that each captures.
    fn define_children(&mut self, f: FnId) -> Result<(), TranslateError> {
        let mut found: Vec<(usize, u32, Role, BlockId, ScopeId)> = Vec::new();
        let function = self.functions[f as usize].clone();
        for &b in &function.cfg.rpo {
            let mut state = function.states[b as usize];
            let block = &function.cfg.blocks[b as usize];
            for index in block.first..block.last {
                let ins = function.code.instructions[index];
                let here = match state {
                    ScopeState::At(s) => s,
                    _ => ROOT,
                };
                match ins.op {
                    Op::Definefunc => found.push((index, ins.ids[0], Role::Function, b, here)),
                    Op::Definemethod => found.push((index, ins.ids[0], Role::Method, b, here)),
                    Op::Defineclasswithbuffer
                    | Op::DeprecatedDefineclasswithbuffer
                    | Op::CallruntimeDefinesendableclass => {
                        found.push((index, ins.ids[0], Role::Constructor, b, here));
                        if ins.counts[2] > 1 {
                            found.extend(
                                self.literal_methods(ins.ids[1])?
                                    .into_iter()
                                    .map(|m| (index, m, Role::Method, b, here)),
                            );
                        }
                    }
                    Op::Createobjectwithbuffer
                    | Op::DeprecatedCreateobjectwithbuffer
                    | Op::DeprecatedCreateobjecthavingmethod
                    | Op::CallruntimeCreateprivateproperty => {
                        found.extend(
                            self.literal_methods(ins.ids[0])?.into_iter().map(|m| (index, m, Role::Method, b, here)),
                        );
                    }
                    _ => {}
                }
                state = crate::scopes::step(self, f, index, state);
            }
        }
        drop(function);
        // In code order, so that functions have the same numbers whatever the graph of this one is.
        found.sort_by_key(|f| f.0);
        for (index, method, role, block, scope) in found {
            if self.functions[f as usize].children.contains_key(&(index, method)) {
                continue;
            }
            let child = self.add(method, role, Some(f), block, scope)?;
            if let Some(function) = self.function_mut(f) {
                function.children.insert((index, method), child);
            }
        }
        Ok(())
    }

    fn literal_methods(&self, array: u32) -> Result<Vec<u32>, TranslateError> {
        Ok(self
            .file
            .literal_array(array)?
            .iter()
            .filter_map(|l| match l {
                Literal::Method(m)
                | Literal::GeneratorMethod(m)
                | Literal::AsyncGeneratorMethod(m)
                | Literal::Getter(m)
                | Literal::Setter(m) => Some(*m),
                _ => None,
            })
            .collect())
    }

    /// The literal array at an offset, cached.
    pub fn literal(&mut self, offset: u32) -> Result<Rc<Vec<Literal<'a>>>, TranslateError> {
        if let Some(l) = self.literals.get(&offset) {
            return Ok(l.clone());
        }
        let l = Rc::new(self.file.literal_array(offset)?);
        self.literals.insert(offset, l.clone());
        Ok(l)
    }

    /// The string at a file offset.
    pub fn string(&mut self, offset: u32) -> Result<Atom, TranslateError> {
        if let Some(&a) = self.strings.get(&offset) {
            return Ok(a);
        }
        let s = self.file.string(offset)?;
        let a = self.intern(&s);
        self.strings.insert(offset, a);
        Ok(a)
    }

    /// Interns a string of the file.
    pub fn intern(&mut self, s: &JsString<'_>) -> Atom {
        match &s.utf16 {
            Some(units) => self.atoms.intern_utf16(units),
            None => self.atoms.intern(&s.text),
        }
    }
}
