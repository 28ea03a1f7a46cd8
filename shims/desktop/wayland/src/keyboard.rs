//! The keyboard: layouts, compose sequences, repetition.

use crate::connection::State;
use concord_desktop::display::{Event, Typing, WindowId};
use kbvm::lookup::LookupTable;
use kbvm::xkb::Context;
use kbvm::xkb::compose::{ComposeTable, FeedResult, State as ComposeState};
use kbvm::{GroupIndex, Keycode, ModifierMask};
use std::fs::File;
use std::io::Read;
use std::os::fd::OwnedFd;
use std::time::{Duration, Instant};
use wayland_client::protocol::wl_keyboard::{self, KeyState, KeymapFormat, WlKeyboard};
use wayland_client::protocol::wl_seat::WlSeat;
use wayland_client::{Connection, Dispatch, Proxy, QueueHandle, WEnum};

/// Most repetitions at once, after the app was busy for a while.
const MOST_REPETITIONS: usize = 8;
/// The largest keymap that is read, in bytes. Those of desktops have about 60 KB.
const MOST_KEYMAP: u64 = 4 << 20;

/// The keyboard.
pub(crate) struct Keyboard {
    device: Option<WlKeyboard>,
    /// The window that keys go to.
    focus: Option<WindowId>,
    layout: Option<LookupTable>,
    compose: Option<Compose>,
    modifiers: ModifierMask,
    group: GroupIndex,
    /// Time before the first repetition, and between two.
    repetition: Option<(Duration, Duration)>,
    held: Option<Held>,
}

struct Compose {
    table: ComposeTable,
    state: ComposeState,
}

/// A key that repeats.
struct Held {
    code: u32,
    symbol: u32,
    text: Option<String>,
    time: u32,
    since: Instant,
    next: Instant,
}

impl Default for Keyboard {
    fn default() -> Keyboard {
        Keyboard {
            device: None,
            focus: None,
            layout: None,
            compose: None,
            modifiers: ModifierMask(0),
            group: GroupIndex(0),
            // For compositors that do not say.
            repetition: Some((Duration::from_millis(600), Duration::from_millis(40))),
            held: None,
        }
    }
}

impl Keyboard {
    pub(crate) fn attach(&mut self, seat: &WlSeat, has: bool, queue: &QueueHandle<State>) {
        if !has {
            if let Some(device) = self.device.take().filter(|device| device.version() >= 3) {
                device.release();
            }
            self.held = None;
        } else if self.device.is_none() {
            self.device = Some(seat.get_keyboard(queue, ()));
        }
    }

    /// Milliseconds until a key repeats.
    pub(crate) fn due(&self) -> Option<u64> {
        let held = self.held.as_ref()?;
        // Rounded up, so that it is time when the loop wakes up.
        Some(held.next.saturating_duration_since(Instant::now()).as_micros().div_ceil(1000) as u64)
    }

    fn read_layout(&mut self, keymap: OwnedFd, size: u32) {
        let mut text = Vec::new();
        // Not the file's own position, which other clients may share.
        let read = File::from(keymap);
        let mut limited = At { file: &read, at: 0 }.take(u64::from(size).min(MOST_KEYMAP));
        if let Err(error) = limited.read_to_end(&mut text) {
            tracing::warn!("the keyboard layout cannot be read: {error}");
            return;
        }
        let mut context = Context::builder();
        context.enable_environment(true);
        let context = context.build();
        while text.last() == Some(&0) {
            text.pop();
        }
        let mut problems = Vec::new();
        match context.keymap_from_bytes(&mut problems, None, &text) {
            Ok(keymap) => self.layout = Some(keymap.to_builder().build_lookup_table()),
            Err(error) => tracing::warn!("the keyboard layout cannot be used: {error}"),
        }
        if self.compose.is_none()
            && let Some(table) = context.compose_table_builder().build(&mut problems)
        {
            self.compose = Some(Compose { state: table.create_state(), table });
        }
    }

    /// The symbol of a key without modifiers. Layouts without Latin letters give those of another one of the person's, so that
    /// Ctrl+C is found on all.
    fn symbol(&self, code: Keycode) -> u32 {
        let layout = self.layout.as_ref();
        let found = layout.map(|layout| layout.lookup(self.group, ModifierMask::CONTROL, code));
        found.and_then(|found| found.into_iter().next()).map_or(0, |symbol| symbol.keysym().0)
    }

    /// What a pressed key writes.
    fn text(&mut self, code: Keycode) -> Option<String> {
        let layout = self.layout.as_ref()?;
        let found = layout.lookup(self.group, self.modifiers, code);
        let mut text = String::new();
        for symbol in found {
            match self.compose.as_mut().and_then(|compose| compose.table.feed(&mut compose.state, symbol.keysym())) {
                Some(FeedResult::Pending | FeedResult::Aborted) => {}
                Some(FeedResult::Composed { string, keysym }) => {
                    text.push_str(string.unwrap_or_default());
                    if string.is_none() {
                        text.extend(keysym.and_then(kbvm::Keysym::char));
                    }
                }
                None => text.extend(symbol.char()),
            }
        }
        let commands = ModifierMask::CONTROL | ModifierMask::ALT | ModifierMask::SUPER;
        let command = self.modifiers & commands != ModifierMask::NONE;
        (!command && !text.is_empty() && !text.chars().any(char::is_control)).then_some(text)
    }
}

/// Reads a file from a position of its own.
struct At<'a> {
    file: &'a File,
    at: u64,
}

impl Read for At<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = std::os::unix::fs::FileExt::read_at(self.file, buffer, self.at)?;
        self.at += count as u64;
        Ok(count)
    }
}

impl State {
    fn key(&mut self, code: u32, pressed: bool, time: u32) {
        let Some(window) = self.keyboard.focus else { return };
        let keycode = Keycode::from_evdev(code);
        let symbol = self.keyboard.symbol(keycode);
        let text = if pressed { self.keyboard.text(keycode) } else { None };
        let repeats = self.keyboard.layout.as_ref().is_none_or(|layout| layout.repeats(keycode));
        if let (true, true, Some((delay, _))) = (pressed, repeats, self.keyboard.repetition) {
            let now = Instant::now();
            self.keyboard.held = Some(Held { code, symbol, text: text.clone(), time, since: now, next: now + delay });
        } else if self.keyboard.held.as_ref().is_some_and(|held| held.code == code) {
            self.keyboard.held = None;
        }
        let what = Typing::Key { symbol, pressed, repeated: false, text };
        self.events.push(Event::Typing { window, time, what });
    }

    /// Presses keys that are held again when it is time.
    pub(crate) fn repeat_keys(&mut self) {
        let (Some(window), Some((_, between))) = (self.keyboard.focus, self.keyboard.repetition) else { return };
        let Some(held) = &mut self.keyboard.held else { return };
        let now = Instant::now();
        for _ in 0..MOST_REPETITIONS {
            if held.next > now {
                return;
            }
            let time = held.time.wrapping_add(held.next.duration_since(held.since).as_millis() as u32);
            held.next += between;
            let what = Typing::Key { symbol: held.symbol, pressed: true, repeated: true, text: held.text.clone() };
            self.events.push(Event::Typing { window, time, what });
        }
        held.next = now + between;
    }
}

impl Dispatch<WlKeyboard, ()> for State {
    fn event(
        state: &mut State,
        _device: &WlKeyboard,
        event: wl_keyboard::Event,
        _data: &(),
        _connection: &Connection,
        _queue: &QueueHandle<State>,
    ) {
        match event {
            wl_keyboard::Event::Keymap { format: WEnum::Value(KeymapFormat::XkbV1), fd, size } => {
                state.keyboard.read_layout(fd, size);
            }
            wl_keyboard::Event::Enter { serial, surface, .. } => {
                state.last_serial = serial;
                state.keyboard.focus = state.window_of(&surface);
                if let Some(window) = state.keyboard.focus {
                    state.events.push(Event::Keyboard { window, gained: true });
                }
            }
            wl_keyboard::Event::Leave { .. } => {
                state.keyboard.held = None;
                if let Some(window) = state.keyboard.focus.take() {
                    state.events.push(Event::Keyboard { window, gained: false });
                }
            }
            wl_keyboard::Event::Key { serial, time, key, state: WEnum::Value(pressed) } => {
                state.last_serial = serial;
                if pressed == KeyState::Pressed {
                    state.opening_serial = serial;
                }
                state.key(key, pressed == KeyState::Pressed, time);
            }
            wl_keyboard::Event::Modifiers { mods_depressed, mods_latched, mods_locked, group, .. } => {
                state.keyboard.modifiers = ModifierMask(mods_depressed | mods_latched | mods_locked);
                state.keyboard.group = GroupIndex(group);
                let held = ModifierMask(mods_depressed | mods_latched);
                let has = |mask: ModifierMask| held & mask != ModifierMask::NONE;
                let what = Typing::Modifiers {
                    ctrl: has(ModifierMask::CONTROL),
                    shift: has(ModifierMask::SHIFT),
                    alt: has(ModifierMask::ALT),
                    logo: has(ModifierMask::SUPER),
                    caps_lock: ModifierMask(mods_locked) & ModifierMask::LOCK != ModifierMask::NONE,
                    num_lock: ModifierMask(mods_locked) & ModifierMask::NUM_LOCK != ModifierMask::NONE,
                };
                if let Some(window) = state.keyboard.focus {
                    state.events.push(Event::Typing { window, time: 0, what });
                }
            }
            wl_keyboard::Event::RepeatInfo { rate, delay } => {
                let between = u64::try_from(rate).ok().filter(|rate| *rate > 0).map(|rate| 1_000_000 / rate);
                state.keyboard.repetition = between.map(|between| {
                    (Duration::from_millis(delay.max(0) as u64), Duration::from_micros(between.max(1000)))
                });
            }
            _ => {}
        }
    }
}
