//! Classes get their members back: what compilers define on a finished class, one after the other, goes into its text.
//!
//! Behind `C = class {…}` stand, in this order and nothing between: the prototype in a register, methods and accessors that
//! the literal could not hold, the function with the initialisers of fields, the private names, and the call of the function
//! with static fields and blocks. Nobody else has seen the class until then, so the order in which its text does the same
//! cannot be told apart. What does not fit stays as it is, with everything behind it.

mod initialisers;
mod uses;

use crate::ast::{Class, ClassMember, ClassMemberKind, Element, Expr, Func, Key, Prop, Stmt, Var, VarKind, Vars};
use crate::names::{Atoms, is_identifier_name, is_reserved};
use crate::passes::jumps::each_list;
use initialisers::Part;
use uses::Uses;

/// Rewrites a function; its variables are not declared yet.
pub fn function(vars: &mut Vars, atoms: &mut Atoms, body: &mut Vec<Stmt>) {
    if !uses::any_statement(body, &|s| class_of(s).is_some()) {
        return;
    }
    let uses = Uses::of(body);
    Recovery { vars, atoms, uses }.list(body);
}

/// The variable and the class of `v = class {…}`.
fn class_of(s: &Stmt) -> Option<(Var, &Class)> {
    match s {
        Stmt::Expr(Expr::Assign(p), _) => match (&p.0, &p.1) {
            (Expr::Var(v), Expr::Class(c)) => Some((*v, c)),
            _ => None,
        },
        _ => None,
    }
}

fn assigned(s: &Stmt) -> Option<(Var, &Expr)> {
    match s {
        Stmt::Expr(Expr::Assign(p), _) => match &p.0 {
            Expr::Var(v) => Some((*v, &p.1)),
            _ => None,
        },
        _ => None,
    }
}

/// What follows a class.
enum Step {
    /// Not of the class, and in nobody's way.
    Aside,
    /// `p = C.prototype`.
    Prototype(Var),
    /// `x = C`.
    Alias(Var),
    /// Methods and accessors.
    Members(Vec<ClassMember>),
    /// `x = instance_initializer`.
    Fields(Var, Func),
    /// Private names.
    Names(Names),
    /// Private names that stay objects of the prelude.
    Opaque,
    /// `static_initializer` is called.
    Statics(Func),
}

/// What `createprivateproperty` makes.
struct Names {
    /// Names of fields, and the one that marks instances with private methods.
    fields: Vec<Var>,
    /// Private methods and accessors: functions that the members call with a receiver.
    functions: Vec<(Var, Expr)>,
}

struct Recovery<'r> {
    vars: &'r mut Vars,
    atoms: &'r mut Atoms,
    /// Of the whole function.
    uses: Uses,
}

impl Recovery<'_> {
    fn list(&mut self, body: &mut Vec<Stmt>) {
        let mut i = 0;
        while i < body.len() {
            each_list(&mut body[i], &mut |b| self.list(b));
            if class_of(&body[i]).is_some() {
                self.class(body, i);
            }
            i += 1;
        }
    }

    fn text(&self, atom: u32) -> &str {
        self.atoms.text(atom)
    }

    /// The class of statement `at`, with what follows it.
    fn class(&mut self, body: &mut Vec<Stmt>, at: usize) {
        let Some((var, class)) = class_of(&body[at]) else { return };
        let mut class = class.clone();
        let mut steps: Vec<(Step, usize)> = Vec::new();
        let mut end = at + 1;
        let mut known = Known { class: var, aliases: vec![], prototypes: vec![] };
        while end < body.len() {
            let Some((step, count)) = self.step(body, end, &known) else { break };
            match &step {
                Step::Prototype(v) => known.prototypes.push(*v),
                Step::Alias(v) => known.aliases.push(*v),
                _ => {}
            }
            let last = matches!(step, Step::Statics(_));
            steps.push((step, count));
            end += count;
            if last {
                break;
            }
        }
        let mut within = Uses::default();
        within.list(&body[at..end]);
        let mut plan = self.plan(&class, &known, &steps, &within, &body[..at], true);
        let mut kept = plan.keep(&body[at + 1..end], &steps);
        if plan.own.is_some_and(|own| kept.iter().any(|s| uses_of(s).count(own) > 0)) {
            plan = self.plan(&class, &known, &steps, &within, &body[..at], false);
            kept = plan.keep(&body[at + 1..end], &steps);
        }
        for (step, _) in steps {
            if let Step::Members(list) = step {
                class.members.extend(list);
            }
        }
        if let Some((constructor, fields)) = plan.fields {
            class.constructor = Some(constructor);
            let methods = std::mem::take(&mut class.members);
            class.members = fields;
            class.members.extend(methods);
        }
        if !plan.first.is_empty() {
            let kind = ClassMemberKind::Block(initialisers::block(plan.first));
            class.members.push(ClassMember { is_static: true, kind });
        }
        class.members.extend(plan.statics.into_iter().flatten());
        for &name in &plan.names {
            self.vars[name as usize].kind = VarKind::Private;
        }
        class.privates = plan.names;
        if let Some(own) = plan.own {
            let info = &mut self.vars[own as usize];
            info.hint = class.name;
            info.native = true;
            info.holds_hole = false;
            class.own = Some(own);
        }
        if class.constructor.as_ref().is_some_and(|f| says_nothing(f, class.base.is_some())) {
            class.constructor = None;
        }
        // Registers that only the steps needed.
        let mut left = Uses::default();
        left.list(&kept);
        kept.retain(|s| match assigned(s) {
            Some((v, Expr::Member(..))) if known.prototypes.contains(&v) => {
                left.count(v) > 1 || self.uses.count(v) > within.count(v)
            }
            _ => true,
        });
        if let Stmt::Expr(Expr::Assign(p), _) = &mut body[at] {
            p.1 = Expr::Class(Box::new(class));
        }
        body.splice(at + 1..end, kept);
    }

    /// What the statements at `i` do for a class, and how many they are.
    fn step(&mut self, body: &[Stmt], i: usize, known: &Known) -> Option<(Step, usize)> {
        let s = &body[i];
        if matches!(s, Stmt::Declare(_)) {
            return Some((Step::Aside, 1));
        }
        if let Some((v, value)) = assigned(s) {
            match value {
                Expr::Member(o, name, _) if known.is_class(o) && self.text(*name) == "prototype" => {
                    return (self.vars[v as usize].kind == VarKind::Local).then_some((Step::Prototype(v), 1));
                }
                Expr::Var(_) if known.is_class(value) => return Some((Step::Alias(v), 1)),
                Expr::Method(m) if m.1.name.is_some_and(|n| self.text(n) == initialisers::OF_INSTANCES) => {
                    if m.1.uses_super && !known.is_prototype(&m.0, self.atoms) {
                        return None;
                    }
                    return Some((Step::Fields(v, m.1.clone()), 1));
                }
                // `v = method; $.stOwn(C, key, v)`.
                Expr::Method(_) if self.vars[v as usize].kind == VarKind::Local && self.uses.count(v) == 2 => {
                    let Stmt::Expr(Expr::Helper(name, args, here), _) = body.get(i + 1)? else { return None };
                    if !matches!(args.get(2), Some(Expr::Var(w)) if *w == v) {
                        return None;
                    }
                    let mut args = args.clone();
                    args[2] = value.clone();
                    let members = self.members(&Expr::Helper(name, args, *here), known)?;
                    return Some((Step::Members(members), 2));
                }
                Expr::Object(props) => return self.private_names(body, i, v, props),
                _ => return None,
            }
        }
        let Stmt::Expr(e, _) = s else { return None };
        if let Expr::Helper("call", args, _) = e
            && let [Expr::Method(m), class] = args.as_slice()
            && m.1.name.is_some_and(|n| self.text(n) == initialisers::OF_CLASS)
            && known.is_class(class)
            && (!m.1.uses_super || known.is_class(&m.0))
        {
            return Some((Step::Statics(m.1.clone()), 1));
        }
        self.members(e, known).map(|list| (Step::Members(list), 1))
    }

    /// `t = {_0: hole, …}; $.createPrivateProperty(t, …); a = t._0; …`.
    fn private_names(&mut self, body: &[Stmt], i: usize, t: Var, props: &[Prop]) -> Option<(Step, usize)> {
        let Some(Stmt::Expr(Expr::Helper("createPrivateProperty", args, _), _)) = body.get(i + 1) else { return None };
        let [Expr::Var(v), Expr::Num(fields), Expr::Array(functions), Expr::Num(methods)] = args.as_slice() else {
            return None;
        };
        let rest = body.get(i + 2..i + 2 + props.len())?;
        let mut names = Vec::with_capacity(props.len());
        for (k, s) in rest.iter().enumerate() {
            match assigned(s) {
                Some((name, Expr::Member(o, slot, _)))
                    if matches!(**o, Expr::Var(x) if x == t) && self.text(*slot) == format!("_{k}") =>
                {
                    names.push(name);
                }
                _ => return None,
            }
        }
        let count = 2 + props.len();
        let own = functions.len() + usize::from(*methods > 0.0);
        if *v != t || self.uses.count(t) as usize != count || names.len() as f64 != *fields + own as f64 {
            return Some((Step::Opaque, count)).filter(|_| *v == t);
        }
        let mut fields = names;
        let mut slots = fields.split_off(fields.len() - own);
        fields.extend(slots.split_off(functions.len()));
        let prototype = Expr::Member(Box::new(Expr::This), self.atoms.intern("prototype"), 0);
        let functions = functions.iter().zip(slots).enumerate().filter_map(|(k, (f, slot))| match f {
            Element::Value(Expr::Method(m)) => {
                let home = if (k as f64) < *methods { prototype.clone() } else { Expr::This };
                Some((slot, Expr::Method(Box::new((home, m.1.clone())))))
            }
            Element::Value(f) => Some((slot, f.clone())),
            _ => None,
        });
        Some((Step::Names(Names { fields, functions: functions.collect() }), count))
    }

    /// Methods and accessors that a call of the prelude defines.
    fn members(&mut self, e: &Expr, known: &Known) -> Option<Vec<ClassMember>> {
        let Expr::Helper(name, args, _) = e else { return None };
        let home = args.first()?;
        let is_static = known.is_class(home);
        if !is_static && !known.is_prototype(home, self.atoms) {
            return None;
        }
        let plain_key = |key: &Expr| match key {
            Expr::Str(a) => Some(Key::Name(*a)),
            Expr::Var(_) => Some(Key::Computed(key.clone())),
            _ => None,
        };
        let key = plain_key(args.get(1)?)?;
        if let Key::Name(a) = &key
            && matches!((is_static, self.text(*a)), (true, "prototype") | (false, "constructor"))
        {
            return None;
        }
        let fits = |value: &Expr, named: bool| match value {
            Expr::Method(m) => {
                let (of, f) = &**m;
                let right_home =
                    !f.uses_super || if is_static { known.is_class(of) } else { known.is_prototype(of, self.atoms) };
                let right_name = match &key {
                    Key::Name(a) => named || f.name == Some(*a),
                    _ => named,
                };
                (right_home && right_name && f.own.is_none()).then(|| f.clone())
            }
            _ => None,
        };
        let kinds: Vec<ClassMemberKind> = match (*name, &args[2..]) {
            ("stOwn", [value]) => vec![ClassMemberKind::Method(key.clone(), fits(value, false)?)],
            ("stOwnNamed", [value]) => vec![ClassMemberKind::Method(key.clone(), fits(value, true)?)],
            ("defineGetterSetter", [getter, setter, Expr::Bool(named)]) => {
                let plain = |f: &Func| !f.is_async && !f.is_generator && f.rest.is_none();
                let mut kinds = Vec::new();
                if !matches!(getter, Expr::Undefined) {
                    let f = fits(getter, *named).filter(|f| plain(f) && f.params.is_empty())?;
                    kinds.push(ClassMemberKind::Getter(key.clone(), f));
                }
                if !matches!(setter, Expr::Undefined) {
                    let f = fits(setter, *named).filter(|f| plain(f) && f.params.len() == 1)?;
                    kinds.push(ClassMemberKind::Setter(key.clone(), f));
                }
                if kinds.len() > 1 && !matches!(key, Key::Name(_)) {
                    return None;
                }
                kinds
            }
            _ => return None,
        };
        Some(kinds.into_iter().map(|kind| ClassMember { is_static, kind }).collect())
    }

    /// Which of the steps the text of the class can take over.
    fn plan(
        &mut self,
        class: &Class,
        known: &Known,
        steps: &[(Step, usize)],
        within: &Uses,
        before: &[Stmt],
        may_name: bool,
    ) -> Plan {
        let mut fields: Option<(Func, Vec<Part>)> = None;
        let (mut has_fields, mut has_names) = (false, false);
        let (mut names, mut functions): (Vec<Var>, &[(Var, Expr)]) = (Vec::new(), &[]);
        let mut statics: Option<(&Func, Vec<Part>)> = None;
        for (step, _) in steps {
            match step {
                Step::Fields(v, func) => {
                    let sole = !has_fields
                        && self.uses.declares(*v)
                        && self.uses.count(*v) == 2
                        && class.constructor.as_ref().is_some_and(|c| c.free.contains(v));
                    has_fields = true;
                    if sole
                        && let Some(constructor) = class.constructor.as_ref()
                        && let Some(constructor) = initialisers::without_calls(constructor, *v, class.base.is_some())
                    {
                        fields = initialisers::split(func, false).map(|parts| (constructor, parts));
                    }
                }
                Step::Names(list) => {
                    has_names = true;
                    names = list.fields.clone();
                    functions = &list.functions;
                }
                Step::Opaque => has_names = true,
                Step::Statics(func) => statics = initialisers::split(func, true).map(|parts| (func, parts)),
                _ => {}
            }
        }
        // A name for the class inside of it: everything that mentions it has to be inside too.
        let inner = class.name.is_some_and(|n| is_identifier_name(self.text(n)) && !is_reserved(self.text(n)));
        let captured: Vec<Var> =
            known.aliases.iter().copied().chain([known.class]).filter(|&v| within.captured(v)).collect();
        // The last is the binding of the source; another may be there for private static methods.
        let own =
            captured.iter().copied().rfind(|v| may_name && *v != known.class && inner && self.is_inner(*v, within));
        // Other names are given at the beginning of what is static; its own variable gets the class after that.
        let nameless = !captured.contains(&known.class);
        let others: Vec<Var> = captured.iter().copied().filter(|v| Some(*v) != own).collect();

        let convert = |r: &mut Self, parts: &[Part], is_static| r.convert(parts, is_static, before);
        let mut native_fields = fields.as_ref().and_then(|(_, parts)| convert(self, parts, false));
        let mut native_statics = match (&statics, nameless && (!has_fields || native_fields.is_some())) {
            (Some((_, parts)), true) => convert(self, parts, true),
            _ => None,
        };
        let both = || {
            let of_fields = fields.iter().flat_map(|(_, parts)| parts);
            of_fields.chain(statics.iter().flat_map(|(_, parts)| parts))
        };
        let privates: Vec<Var> = both()
            .filter_map(|p| match p {
                Part::Private(v, _) => Some(*v),
                _ => None,
            })
            .collect();
        let complete = (native_fields.is_some() || fields.is_none() && !has_fields)
            && (native_statics.is_some() || !steps.iter().any(|(s, _)| matches!(s, Step::Statics(_))));
        let names_fit = has_names
            && nameless
            && complete
            && names.iter().all(|v| {
                privates.iter().filter(|p| *p == v).count() == 1
                    && self.uses.declares(*v)
                    && self.uses.count(*v) == within.count(*v)
            })
            && privates.iter().all(|p| names.contains(p))
            && functions.iter().all(|(v, _)| self.uses.declares(*v))
            && self.only_names(class, steps, &names);
        if has_names && !names_fit {
            // Fields that need no private name can stand in the text all the same.
            native_fields = native_fields.filter(|_| fields.as_ref().is_some_and(|(_, p)| !p.iter().any(is_private)));
            native_statics = None;
        } else if !has_names && !privates.is_empty() {
            (native_fields, native_statics) = (None, None);
        }
        let mut first: Vec<Stmt> = Vec::new();
        if native_statics.is_some() || names_fit {
            let give = |(v, value): (Var, Expr)| Stmt::Expr(Expr::assign(Expr::Var(v), value), 0);
            first.extend(others.iter().map(|&v| give((v, Expr::This))));
            first.extend(functions.iter().filter(|_| names_fit).cloned().map(give));
        }
        let given = if first.is_empty() { vec![] } else { others };
        Plan {
            first,
            given,
            private: names_fit,
            fields: fields.zip(native_fields).map(|((constructor, _), list)| (constructor, list)),
            statics: native_statics,
            names: if names_fit { names } else { vec![] },
            own,
        }
    }

    /// Whether a copy of the class is only seen by the class's own functions.
    fn is_inner(&self, v: Var, within: &Uses) -> bool {
        self.vars[v as usize].stable
            && self.uses.declares(v)
            && self.uses.count(v) == within.count(v)
            && within.captured(v)
    }

    /// Whether a variable keeps the value it was given.
    fn is_settled(&self, v: Var) -> bool {
        let info = &self.vars[v as usize];
        info.stable && info.kind == VarKind::Slot
    }

    /// Whether private names appear in the functions of a class only as such.
    fn only_names(&self, class: &Class, steps: &[(Step, usize)], names: &[Var]) -> bool {
        let of_members = |list: &[ClassMember]| {
            list.iter().all(|m| match &m.kind {
                ClassMemberKind::Method(_, f)
                | ClassMemberKind::Getter(_, f)
                | ClassMemberKind::Setter(_, f)
                | ClassMemberKind::Block(f) => uses::only_as_names(f, names),
                ClassMemberKind::Field(_, f) => f.as_ref().is_none_or(|f| uses::only_as_names(f, names)),
            })
        };
        of_members(&class.members)
            && class.constructor.as_ref().is_none_or(|f| uses::only_as_names(f, names))
            && steps.iter().all(|(step, _)| match step {
                Step::Members(list) => of_members(list),
                Step::Fields(_, f) | Step::Statics(f) => uses::only_as_names(f, names),
                Step::Names(list) => list.functions.iter().all(|(_, e)| uses::only_as_names_in(e, names)),
                _ => true,
            })
    }

    /// Parts of an initialiser as members; none when a key would mean something else.
    fn convert(&mut self, parts: &[Part], is_static: bool, before: &[Stmt]) -> Option<Vec<ClassMember>> {
        let mut members = Vec::with_capacity(parts.len());
        for p in parts {
            let kind = match p {
                Part::Block(f) => ClassMemberKind::Block(f.clone()),
                Part::Private(name, f) => ClassMemberKind::Field(Key::Private(*name), f.clone()),
                Part::Field(key, f) => {
                    let key = match key {
                        Expr::Str(a) if self.text(*a) == "constructor" => return None,
                        Expr::Str(a) if is_static && self.text(*a) == "prototype" => return None,
                        Expr::Str(a) => Key::Name(*a),
                        Expr::Num(n) if *n >= 0.0 && *n < 1e9 && n.fract() == 0.0 => {
                            Key::Name(self.atoms.intern(&crate::print::number(*n)))
                        }
                        // Compilers make the keys before the class.
                        Expr::Var(v) if self.is_settled(*v) && before.iter().any(|s| is_key(s, *v)) => {
                            Key::Computed(key.clone())
                        }
                        _ => return None,
                    };
                    ClassMemberKind::Field(key, f.clone())
                }
            };
            members.push(ClassMember { is_static, kind });
        }
        Some(members)
    }
}

fn is_private(p: &Part) -> bool {
    matches!(p, Part::Private(..))
}

fn is_key(s: &Stmt, v: Var) -> bool {
    matches!(assigned(s), Some((x, Expr::Helper("toPropertyKey", ..))) if x == v)
}

/// A constructor that JavaScript adds by itself.
fn says_nothing(constructor: &Func, derived: bool) -> bool {
    if constructor.own.is_some() || constructor.length > 0 || constructor.params.iter().any(|p| p.1.is_some()) {
        return false;
    }
    let passes_on = |args: &[Element]| match (args, &constructor.rest) {
        ([Element::Spread(Expr::Var(v))], Some(Expr::Var(rest))) => v == rest && constructor.params.is_empty(),
        ([Element::Spread(Expr::Arguments)], None) => true,
        _ => false,
    };
    match constructor.body.as_slice() {
        [] => !derived,
        [Stmt::Expr(Expr::SuperCall(args, _), _)] => passes_on(args),
        _ => false,
    }
}

/// Names that a class goes by while it is being defined.
struct Known {
    class: Var,
    aliases: Vec<Var>,
    prototypes: Vec<Var>,
}

impl Known {
    fn is_class(&self, e: &Expr) -> bool {
        matches!(e, Expr::Var(v) if *v == self.class || self.aliases.contains(v))
    }
    fn is_prototype(&self, e: &Expr, atoms: &Atoms) -> bool {
        match e {
            Expr::Var(v) => self.prototypes.contains(v),
            Expr::Member(o, name, _) => self.is_class(o) && atoms.text(*name) == "prototype",
            _ => false,
        }
    }
}

/// What becomes text of the class.
struct Plan {
    fields: Option<(Func, Vec<ClassMember>)>,
    statics: Option<Vec<ClassMember>>,
    /// Private names that the class declares.
    names: Vec<Var>,
    /// Whether all private names are the class's.
    private: bool,
    /// The class's own binding of its name.
    own: Option<Var>,
    /// What the first static block does.
    first: Vec<Stmt>,
    /// Other names of the class, which it gives.
    given: Vec<Var>,
}

impl Plan {
    /// The statements of the steps that stay statements.
    fn keep(&self, mut statements: &[Stmt], steps: &[(Step, usize)]) -> Vec<Stmt> {
        let mut kept = Vec::new();
        for (step, count) in steps {
            let (own, rest) = statements.split_at((*count).min(statements.len()));
            statements = rest;
            let taken = match step {
                Step::Members(_) => true,
                Step::Fields(..) => self.fields.is_some(),
                Step::Names(_) => self.private,
                Step::Statics(_) => self.statics.is_some(),
                Step::Alias(v) => self.own == Some(*v) || self.given.contains(v),
                Step::Aside | Step::Prototype(_) | Step::Opaque => false,
            };
            if !taken {
                kept.extend_from_slice(own);
            }
        }
        kept
    }
}

fn uses_of(s: &Stmt) -> Uses {
    Uses::of(std::slice::from_ref(s))
}
