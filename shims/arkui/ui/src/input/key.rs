//! Keys: who hears of them, and what they do by themselves.

use super::focus::{self, Step};
use super::object::{self, number};
use super::style::Key;
use super::{Modifiers, Source, Tool, space};
use crate::layout::Pass;
use crate::tree::{Node, NodeId};
use crate::value::Value;
use std::collections::BTreeSet;
use std::rc::Rc;

/// `KeyType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyPhase {
    /// Pressed.
    Down = 0,
    /// Released.
    Up = 1,
}

/// What a key writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyText {
    /// What it does on the US layout.
    UsLayout,
    /// What a keyboard with a layout of its own says; nothing when it is empty.
    Is(Rc<str>),
}

/// Something that a key does.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyInput {
    /// What.
    pub phase: KeyPhase,
    /// The platform's `KeyCode`.
    pub code: i32,
    /// What it writes.
    pub text: KeyText,
}

impl KeyInput {
    /// A key of the US layout by its code.
    pub fn new(phase: KeyPhase, code: i32) -> KeyInput {
        KeyInput { phase, code, text: KeyText::UsLayout }
    }

    /// What it writes, if anything, while shift is held or not.
    pub fn writes(&self, shift: bool) -> Option<Rc<str>> {
        match &self.text {
            KeyText::UsLayout => {
                character(self.code, shift).map(|character| Rc::from(character.encode_utf8(&mut [0; 4]) as &str))
            }
            KeyText::Is(text) => (!text.is_empty()).then(|| Rc::clone(text)),
        }
    }
}

/// Codes with a meaning here.
pub mod code {
    #![expect(missing_docs, reason = "the names say it all")]
    pub const BACK: i32 = 2;
    pub const DPAD_UP: i32 = 2012;
    pub const DPAD_DOWN: i32 = 2013;
    pub const DPAD_LEFT: i32 = 2014;
    pub const DPAD_RIGHT: i32 = 2015;
    pub const DPAD_CENTER: i32 = 2016;
    pub const A: i32 = 2017;
    pub const ALT_LEFT: i32 = 2045;
    pub const ALT_RIGHT: i32 = 2046;
    pub const SHIFT_LEFT: i32 = 2047;
    pub const SHIFT_RIGHT: i32 = 2048;
    pub const TAB: i32 = 2049;
    pub const SPACE: i32 = 2050;
    pub const ENTER: i32 = 2054;
    pub const DEL: i32 = 2055;
    pub const ESCAPE: i32 = 2070;
    pub const FORWARD_DEL: i32 = 2071;
    pub const CTRL_LEFT: i32 = 2072;
    pub const CTRL_RIGHT: i32 = 2073;
    pub const META_LEFT: i32 = 2076;
    pub const META_RIGHT: i32 = 2077;
    pub const MOVE_HOME: i32 = 2081;
    pub const MOVE_END: i32 = 2082;
    pub const F1: i32 = 2090;
    pub const F12: i32 = 2101;
    pub const NUMPAD_ENTER: i32 = 2119;
}

/// Keys that are held.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    down: BTreeSet<i32>,
    locks: Locks,
}

/// Keys that stay on until they are pressed again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Locks {
    /// Caps lock.
    pub caps: bool,
    /// Num lock.
    pub num: bool,
}

impl crate::input::Input {
    /// Which locks are on.
    pub fn set_locks(&mut self, locks: Locks) {
        self.keys.locks = locks;
    }
}

impl Keys {
    /// Those of them that change what others mean.
    pub fn modifiers(&self) -> Modifiers {
        let any = |codes: [i32; 2]| codes.iter().any(|code| self.down.contains(code));
        Modifiers {
            ctrl: any([code::CTRL_LEFT, code::CTRL_RIGHT]),
            shift: any([code::SHIFT_LEFT, code::SHIFT_RIGHT]),
            alt: any([code::ALT_LEFT, code::ALT_RIGHT]),
            meta: any([code::META_LEFT, code::META_RIGHT]),
        }
    }
}

/// The character of a key on the US layout, if it has one.
pub fn character(code: i32, shift: bool) -> Option<char> {
    const DIGITS: [(char, char); 10] = [
        ('0', ')'),
        ('1', '!'),
        ('2', '@'),
        ('3', '#'),
        ('4', '$'),
        ('5', '%'),
        ('6', '^'),
        ('7', '&'),
        ('8', '*'),
        ('9', '('),
    ];
    let pair = |plain: char, shifted: char| Some(if shift { shifted } else { plain });
    match code {
        2000..=2009 => DIGITS.get((code - 2000) as usize).and_then(|(plain, shifted)| pair(*plain, *shifted)),
        2017..=2042 => {
            let letter = (b'a' + (code - code::A) as u8) as char;
            pair(letter, letter.to_ascii_uppercase())
        }
        2043 => pair(',', '<'),
        2044 => pair('.', '>'),
        code::SPACE => Some(' '),
        2056 => pair('`', '~'),
        2057 => pair('-', '_'),
        2058 => pair('=', '+'),
        2059 => pair('[', '{'),
        2060 => pair(']', '}'),
        2061 => pair('\\', '|'),
        2062 => pair(';', ':'),
        2063 => pair('\'', '"'),
        2064 => pair('/', '?'),
        2065 => Some('@'),
        2066 => Some('+'),
        2010 => Some('*'),
        2011 => Some('#'),
        2103..=2112 => DIGITS.get((code - 2103) as usize).map(|(plain, _)| *plain),
        2113 => Some('/'),
        2114 => Some('*'),
        2115 => Some('-'),
        2116 => Some('+'),
        2117 => Some('.'),
        _ => None,
    }
}

/// A key for the topmost window: the focused node and what is around it hear of it, then it does what it always does: clicks,
/// moves the focus, edits. Returns whether anybody used it.
pub fn key(pass: &mut Pass<'_>, input: &KeyInput) -> bool {
    pass.tree.input.last_event = pass.tree.now;
    match input.phase {
        KeyPhase::Down => pass.tree.input.keys.down.insert(input.code),
        KeyPhase::Up => pass.tree.input.keys.down.remove(&input.code),
    };
    let leaf = pass.tree.input.focus.leaf();
    if let Some(leaf) = leaf {
        if call(pass, leaf, "onKeyPreIme", input) == Some(true) {
            return true;
        }
        for node in space::chain(pass.tree, leaf).into_iter().rev() {
            if call(pass, node, "onKeyEventDispatch", input) == Some(true) {
                return true;
            }
        }
    }
    if input.phase == KeyPhase::Down && shortcut(pass, input) {
        return true;
    }
    if let Some(leaf) = leaf {
        for node in space::chain(pass.tree, leaf) {
            if call(pass, node, "onKeyEvent", input) == Some(true) {
                return true;
            }
            let Some(component) = pass.tree.get(node).map(Node::acting) else { continue };
            if component.on_key(pass, node, input) {
                return true;
            }
        }
    }
    input.phase == KeyPhase::Down && default_action(pass, leaf, input)
}

/// What a key does when nobody wanted it.
fn default_action(pass: &mut Pass<'_>, leaf: Option<NodeId>, input: &KeyInput) -> bool {
    let shift = pass.tree.input.keys.modifiers().shift;
    match input.code {
        code::ENTER | code::NUMPAD_ENTER if focus::enter_or_leave(pass, true) => true,
        code::ESCAPE => drag_cancelled(pass) || focus::enter_or_leave(pass, false),
        code::SPACE | code::ENTER | code::NUMPAD_ENTER | code::DPAD_CENTER => {
            leaf.is_some_and(|leaf| super::click(pass, leaf, Source::Key))
        }
        code::TAB => focus::step(pass, if shift { Step::Previous } else { Step::Next }),
        code::DPAD_UP => focus::step(pass, Step::Towards(0, -1)),
        code::DPAD_DOWN => focus::step(pass, Step::Towards(0, 1)),
        code::DPAD_LEFT => focus::step(pass, Step::Towards(-1, 0)),
        code::DPAD_RIGHT => focus::step(pass, Step::Towards(1, 0)),
        _ => false,
    }
}

/// Escape ends a drag.
fn drag_cancelled(pass: &mut Pass<'_>) -> bool {
    let active = pass.tree.input.drag.is_active();
    super::drag::cancel(pass);
    active
}

/// Text for the node with the focus, as an input method gives it. Returns whether it took it.
pub fn text(pass: &mut Pass<'_>, text: &str) -> bool {
    pass.tree.input.last_event = pass.tree.now;
    let Some(leaf) = pass.tree.input.focus.leaf() else { return false };
    let Some(component) = pass.tree.get(leaf).map(|node| node.component) else { return false };
    component.on_text(pass, leaf, text)
}

/// Calls a handler of keys; `None` when there is none or it says nothing.
fn call(pass: &mut Pass<'_>, node: NodeId, event: &str, input: &KeyInput) -> Option<bool> {
    pass.tree.get(node)?.common.events.get(event)?;
    let modifiers = pass.tree.input.keys.modifiers();
    let mut fields = object::base(pass.tree, node, Source::Key, Tool::Unknown, 0.0);
    number(&mut fields, "type", f64::from(input.phase as u8));
    number(&mut fields, "keyCode", f64::from(input.code));
    let text = input.writes(modifiers.shift).unwrap_or_else(|| Rc::from(""));
    fields.push(("keyText".into(), Value::text(Rc::clone(&text))));
    number(&mut fields, "keySource", 1.0);
    number(&mut fields, "metaKey", f64::from(u8::from(modifiers.meta)));
    number(&mut fields, "intentionCode", -1.0);
    number(&mut fields, "unicode", text.chars().next().map_or(0.0, |character| f64::from(u32::from(character))));
    let locks = pass.tree.input.keys.locks;
    // What scroll lock would be for, no keyboard layout says.
    for (lock, on) in [("isNumLockOn", locks.num), ("isCapsLockOn", locks.caps), ("isScrollLockOn", false)] {
        fields.push((lock.into(), Value::Bool(on)));
    }
    let (value, control) = object::event(pass.tree, fields, &["stopPropagation", "getModifierKeyState"]).into_value();
    let answer = pass.call_event(node, event, &[value])?;
    Some(answer.as_bool() == Some(true) || control.stopped.get())
}

/// `keyboardShortcut`s of what is shown: the first node whose combination is held.
fn shortcut(pass: &mut Pass<'_>, input: &KeyInput) -> bool {
    let held = pass.tree.input.keys.modifiers();
    let name = match input.code {
        code::ESCAPE => Some(Key::Function(0)),
        code::F1..=code::F12 => Some(Key::Function(input.code - code::F1 + 1)),
        code::TAB => Some(Key::Function(13)),
        code::DPAD_UP..=code::DPAD_RIGHT => Some(Key::Function(input.code - code::DPAD_UP + 14)),
        code => character(code, false).map(|character| Key::Character(character.to_uppercase().to_string().into())),
    };
    let Some(name) = name else { return false };
    let mut candidates: Vec<(u64, NodeId, Option<crate::value::Callback>)> = Vec::new();
    for id in pass.tree.ids() {
        let Some(node) = pass.tree.get(id).filter(|node| node.layout.active) else { continue };
        let Some(style) = node.common.input.as_deref() else { continue };
        let found = style.shortcuts.iter().find(|shortcut| {
            let wants = |number: i32| shortcut.modifiers.contains(&number);
            shortcut.key == name && wants(0) == held.ctrl && wants(1) == held.shift && wants(2) == held.alt
        });
        if let Some(shortcut) = found
            && focus::is_usable(pass.tree, id)
        {
            candidates.push((node.number, id, shortcut.action.clone()));
        }
    }
    candidates.sort_by_key(|(number, ..)| *number);
    match candidates.into_iter().next() {
        None => false,
        Some((_, _, Some(action))) => {
            pass.host.call(pass.tree, &action, &[]);
            true
        }
        Some((_, node, None)) => super::click(pass, node, Source::Key),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::gesture::testing::{Named, Scene};
    use crate::value::Callback;

    fn focused() -> Scene {
        let mut scene = Scene::new();
        scene.add(1, 2, (0.0, 0.0, 500.0, 500.0));
        scene.add(2, 3, (0.0, 0.0, 100.0, 100.0));
        scene.node(3).common.input.get_or_insert_default().focusable = Some(true);
        scene.on(3, "onKeyEvent", "inner");
        scene.on(2, "onKeyEvent", "outer");
        let node = scene.id(3);
        scene.pass(|pass, _| focus::request_focus(pass, node)).expect("focusable");
        scene
    }

    fn press(scene: &mut Scene, phase: KeyPhase, code: i32) -> bool {
        scene.pass(|pass, _| key(pass, &KeyInput::new(phase, code)))
    }

    #[test]
    fn keys_bubble_from_the_focused_node_until_one_uses_them() {
        let mut scene = focused();
        press(&mut scene, KeyPhase::Down, 2017);
        assert_eq!(scene.log(), "inner outer");
        assert_eq!(scene.last_number("keyCode"), 2017.0);
        let taken = Callback::new(Named("taken", Value::Bool(true)));
        scene.node(3).common.events.insert("onKeyEvent", taken);
        assert!(press(&mut scene, KeyPhase::Up, 2017));
        assert_eq!(scene.log(), "inner outer taken");
    }

    #[test]
    fn a_shortcut_needs_exactly_its_modifiers() {
        let mut scene = focused();
        scene.add(2, 4, (0.0, 100.0, 100.0, 100.0));
        scene.on(4, "onClick", "click");
        scene.node(4).common.input.get_or_insert_default().shortcuts.push(super::super::style::Shortcut {
            key: Key::Character("S".into()),
            modifiers: vec![0],
            action: None,
        });
        press(&mut scene, KeyPhase::Down, code::CTRL_LEFT);
        press(&mut scene, KeyPhase::Down, 2035);
        assert!(scene.log().ends_with("click"), "{}", scene.log());
        press(&mut scene, KeyPhase::Up, code::CTRL_LEFT);
        press(&mut scene, KeyPhase::Down, 2035);
        assert!(scene.log().ends_with("outer"));
    }

    #[test]
    fn characters_follow_the_layout() {
        assert_eq!(character(2017, false), Some('a'));
        assert_eq!(character(2042, true), Some('Z'));
        assert_eq!(character(2001, true), Some('!'));
        assert_eq!(character(code::TAB, false), None);
    }
}
