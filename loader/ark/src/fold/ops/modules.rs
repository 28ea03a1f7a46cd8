//! Global bindings, module variables, and the environments of sendable classes, which hang on the module.

use crate::TranslateError;
use crate::ast::{Element, Expr, Key, Prop, Stmt};
use crate::fold::Fold;
use concord_abi::isa::{Instruction, Op};

impl Fold<'_, '_, '_> {
    /// Text of an instruction about globals and module variables; false for others.
    pub(super) fn binding_op(&mut self, ins: &Instruction, operands: &[u32]) -> Result<bool, TranslateError> {
        match ins.op {
            // Globals and modules.
            Op::Tryldglobalbyname => {
                let name = self.string(ins, 0)?;
                let expr = self.generator.global(name);
                self.result(expr);
            }
            Op::Trystglobalbyname => {
                let name = self.string(ins, 0)?;
                let v = self.one(operands);
                let target = self.generator.global(name);
                self.effect(Expr::assign(target, v));
            }
            Op::Ldglobalvar => {
                let name = self.string(ins, 0)?;
                let here = self.here();
                let global = self.global_object();
                self.result(Expr::Member(Box::new(global), name, here));
            }
            Op::Stglobalvar => {
                let name = self.string(ins, 0)?;
                let v = self.one(operands);
                let here = self.here();
                let global = self.global_object();
                self.effect(Expr::assign(Expr::Member(Box::new(global), name, here), v));
            }
            Op::Stconsttoglobalrecord
            | Op::Sttoglobalrecord
            | Op::DeprecatedStconsttoglobalrecord
            | Op::DeprecatedStlettoglobalrecord
            | Op::DeprecatedStclasstoglobalrecord => {
                let name = self.string(ins, 0)?;
                let is_const = matches!(ins.op, Op::Stconsttoglobalrecord | Op::DeprecatedStconsttoglobalrecord);
                let v = self.one(operands);
                let target = self.generator.global(name);
                match target {
                    // The binding begins to exist here, as on the platform: reading it before is a ReferenceError.
                    Expr::Global(_) => {
                        let declare = self.atom("declare");
                        let here = self.here();
                        let arguments = [Expr::Str(name), Expr::Bool(is_const), v].map(Element::Value);
                        let callee = Expr::Member(Box::new(Expr::Module), declare, 0);
                        self.effect(Expr::Call(Box::new(callee), arguments.into(), here));
                    }
                    _ => self.effect(Expr::assign(target, v)),
                }
            }
            Op::Getmodulenamespace => {
                let ns = self.atom("ns");
                self.result(Expr::Call(
                    Box::new(Expr::Member(Box::new(Expr::Module), ns, 0)),
                    vec![Element::Value(Expr::Num(ins.imm[0] as f64))],
                    self.here(),
                ));
            }
            Op::Stmodulevar => {
                let cell = self.generator.export_cell(ins.imm[0]);
                let v = self.one(operands);
                self.effect(Expr::assign(cell, v));
            }
            Op::Ldlocalmodulevar | Op::CallruntimeLdsendablelocalmodulevar => {
                let cell = self.generator.export_cell(ins.imm[0]);
                self.result(cell);
            }
            Op::Ldexternalmodulevar
            | Op::CallruntimeLdlazymodulevar
            | Op::CallruntimeLdsendableexternalmodulevar
            | Op::CallruntimeLdlazysendablemodulevar => {
                let cell = self.generator.import_cell(ins.imm[0]);
                self.result(cell);
            }
            Op::DeprecatedGetmodulenamespace | Op::DeprecatedStmodulevar | Op::DeprecatedLdmodulevar => {
                self.old_module(ins, operands)?;
            }
            Op::Dynamicimport | Op::DeprecatedDynamicimport => {
                let a = self.one(operands);
                let name = self.atom("import");
                let here = self.here();
                self.result(Expr::Call(
                    Box::new(Expr::Member(Box::new(Expr::Module), name, 0)),
                    vec![Element::Value(a)],
                    here,
                ));
            }
            // Sendable.
            Op::CallruntimeLdsendableclass => {
                let expr = self.generator.sendable_class(self.f, ins.imm[0]);
                self.result(expr);
            }
            Op::CallruntimeNewsendableenv | Op::CallruntimeStsendablevar | Op::CallruntimeLdsendablevar => {
                self.sendable_environment(ins, operands);
            }
            Op::CallruntimeNotifyconcurrentresult => self.helper_effect("notifyConcurrentResult", operands),
            Op::Debugger => self.statement(Stmt::Debugger),
            Op::DeprecatedLdhomeobject => self.result(Expr::Undefined),
            _ => return Ok(false),
        }
        Ok(true)
    }

    pub(super) fn old_module(&mut self, ins: &Instruction, operands: &[u32]) -> Result<(), TranslateError> {
        let name = self.string(ins, 0)?;
        match ins.op {
            Op::DeprecatedGetmodulenamespace => {
                let request = self.generator.namespace_request(name);
                let ns = self.atom("ns");
                let here = self.here();
                self.result(Expr::Call(
                    Box::new(Expr::Member(Box::new(Expr::Module), ns, 0)),
                    vec![Element::Value(Expr::Num(f64::from(request)))],
                    here,
                ));
            }
            Op::DeprecatedStmodulevar => {
                let cell = self.generator.named_cell(name, true);
                let v = self.one(operands);
                self.effect(Expr::assign(cell, v));
            }
            _ => {
                let cell = self.generator.named_cell(name, ins.imm[0] != 0);
                self.result(cell);
            }
        }
        Ok(())
    }

    /// Environments of sendable classes hang on the module.
    pub(super) fn sendable_environment(&mut self, ins: &Instruction, operands: &[u32]) {
        let s = self.atom("s");
        let p = self.atom("p");
        let base = Expr::Member(Box::new(Expr::Module), s, 0);
        match ins.op {
            Op::CallruntimeNewsendableenv => {
                let mut props = vec![Prop::Value(Key::Name(p), base.clone())];
                for i in 0..ins.imm[0].clamp(0, 65_535) {
                    let slot = self.atom(&format!("_{i}"));
                    props.push(Prop::Value(Key::Name(slot), Expr::Hole));
                }
                self.effect(Expr::assign(base, Expr::Object(props)));
            }
            _ => {
                let mut expr = base;
                for _ in 0..ins.imm[0].clamp(0, 64) {
                    expr = Expr::Member(Box::new(expr), p, 0);
                }
                let slot = self.atom(&format!("_{}", ins.imm[1]));
                let expr = Expr::Member(Box::new(expr), slot, 0);
                if ins.op == Op::CallruntimeStsendablevar {
                    let v = self.one(operands);
                    self.effect(Expr::assign(expr, v));
                } else {
                    self.result(expr);
                }
            }
        }
    }
}
