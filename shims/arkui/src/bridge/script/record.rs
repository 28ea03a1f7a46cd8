//! Writing down what a person does.

use super::format::{Action, Button, Header, Modifier, Moment, Place, Scroller, Step};
use super::{keys, target};
use crate::bridge::Ui;
use concord_ability::app::AppHandle;
use concord_ability::event_loop::EventLoop;
use concord_desktop::display::{self as display, Event, Pointing, Typing, WindowId};
use concord_engine::Context;
use concord_ui::geometry::Point;
use std::fs::File;
use std::io::Write;

/// A pointer that rests for so long, in ms, is meant to be where it is.
const REST: u64 = 300;
/// A pointer that moves less than this far, in vp, while a button is down stays where it is.
const TREMBLE: f64 = 2.0;

/// Writes a script.
pub(in crate::bridge) struct Recorder {
    file: File,
    /// The clock of the main loop when the first window was shown, in ms.
    begun: Option<u64>,
    /// What has begun and has not ended.
    open: Vec<Open>,
    /// Where the pointer is, in vp.
    pointer: (f64, f64),
    /// Where it has come to since anything was written.
    hover: Option<(u64, WindowId)>,
    inside: bool,
    size: Option<(u32, u32)>,
    /// A window that was last closed.
    closing: Option<u32>,
    /// The first line, until a second one follows it.
    header: Option<Header>,
    /// Caps lock and num lock.
    locks: (bool, bool),
    failed: bool,
}

/// Something that takes time.
struct Open {
    kind: Kind,
    at: u64,
    window: u32,
    place: Place,
    path: Vec<Moment>,
    from: (f64, f64),
    steps: Vec<(f64, f64)>,
}

#[derive(Debug, Clone, PartialEq)]
enum Kind {
    Press(Button),
    Finger(i32),
    Scroll(Scroller),
    Key { symbol: u32, text: Option<String> },
}

impl Recorder {
    pub(in crate::bridge) fn new(file: File) -> Recorder {
        Recorder {
            file,
            begun: None,
            open: Vec::new(),
            pointer: (0.0, 0.0),
            hover: None,
            inside: false,
            size: None,
            closing: None,
            header: None,
            locks: (false, false),
            failed: false,
        }
    }

    fn line(&mut self, line: Result<String, serde_json::Error>) {
        let written =
            line.map_err(std::io::Error::from).and_then(|line| self.file.write_all(format!("{line}\n").as_bytes()));
        if let Err(error) = written
            && !std::mem::replace(&mut self.failed, true)
        {
            tracing::error!("the recording of input is not whole: {error}");
        }
    }

    fn write(&mut self, at: u64, window: u32, action: Action) {
        // A window that closes loses the pointer and the keyboard by itself.
        if self.closing == Some(window) && matches!(action, Action::Leave | Action::Focus { .. }) {
            return;
        }
        self.closing = matches!(action, Action::Close).then_some(window);
        if let Some(header) = self.header.take() {
            self.line(serde_json::to_string(&header));
        }
        self.line(serde_json::to_string(&Step { at, action, window }));
    }

    fn take(&mut self, wanted: impl Fn(&Kind) -> bool) -> Option<Open> {
        let index = self.open.iter().position(|open| wanted(&open.kind))?;
        Some(self.open.remove(index))
    }

    /// Writes what has ended.
    fn end(&mut self, open: Open, now: u64, cancelled: bool) {
        let Open { kind, at, window, place, path, steps, .. } = open;
        let held = now.saturating_sub(at);
        let moved = path.iter().any(|Moment(_, x, y)| x.hypot(*y) > TREMBLE);
        let mut path = path;
        if !matches!(kind, Kind::Scroll(_) | Kind::Key { .. }) && path.last().is_some_and(|Moment(ms, ..)| *ms < held) {
            // It rests before it is lifted.
            let last = path.last().copied().unwrap_or(Moment(0, 0.0, 0.0));
            path.push(Moment(held, last.1, last.2));
        }
        let action = match kind {
            Kind::Press(button) if moved => Action::Drag { place, button, path },
            Kind::Press(button) => Action::Click { place, button, held },
            Kind::Finger(finger) if moved || cancelled => Action::Swipe { place, finger, path, cancelled },
            Kind::Finger(finger) => Action::Tap { place, finger, held },
            Kind::Scroll(with) => Action::Scroll { place, with, path, steps, ends: cancelled },
            Kind::Key { symbol, text } => Action::Key {
                key: keys::name(symbol),
                text,
                held,
                repeats: path.iter().map(|Moment(ms, ..)| *ms).collect(),
            },
        };
        self.write(at, window, action);
    }
}

/// What the person's hand does to the record; the recorder is taken out of its place meanwhile.
struct Hand<'a> {
    ui: &'a Ui,
    recorder: &'a mut Recorder,
    window: WindowId,
    number: u32,
    now: u64,
}

impl Ui {
    /// Writes events to `file` from now on.
    pub(in crate::bridge) fn record_to(&self, file: File) {
        *self.scripts.recorder.borrow_mut() = Some(Recorder::new(file));
    }

    pub(super) fn record(&self, context: &Context, event: &Event) {
        let Some(mut recorder) = self.scripts.recorder.borrow_mut().take() else { return };
        let clock = EventLoop::of(context).map_or(0, |event_loop| event_loop.now().as_millis() as u64);
        let now = clock.saturating_sub(*recorder.begun.get_or_insert(clock));
        let hand = |window: WindowId| (window, self.script_number(window));
        match event {
            Event::Placed { window, placement } if self.script_number(*window) == 1 => {
                let placed = placement.size;
                let before = recorder.size.replace(placed);
                if recorder.header.is_some() || before.is_none() {
                    // Desktops give windows their size in several steps; what counts is what the person begins with.
                    let bundle = AppHandle::of(context).bundle_name();
                    recorder.header = Some(Header::new(bundle, placed, placement.scale));
                } else if before != Some(placed) {
                    recorder.write(now, 1, Action::Resize { size: placed.into() });
                }
            }
            Event::Pointing { window, what, .. } => {
                let (window, number) = hand(*window);
                Hand { ui: self, recorder: &mut recorder, window, number, now }.point(*what);
            }
            Event::Typing { window, what, .. } => {
                let (window, number) = hand(*window);
                Hand { ui: self, recorder: &mut recorder, window, number, now }.type_in(what);
            }
            Event::Keyboard { window, gained } => {
                let (window, number) = hand(*window);
                // A window that is new gets the keyboard by itself.
                if recorder.header.is_none() {
                    Hand { ui: self, recorder: &mut recorder, window, number, now }.flush();
                    recorder.write(now, number, Action::Focus { gained: *gained });
                }
            }
            Event::Close { window } => {
                let (window, number) = hand(*window);
                Hand { ui: self, recorder: &mut recorder, window, number, now }.flush();
                while let Some(open) = recorder.open.pop() {
                    recorder.end(open, now, false);
                }
                recorder.write(now, number, Action::Close);
            }
            _ => {}
        }
        *self.scripts.recorder.borrow_mut() = Some(recorder);
    }
}

impl Hand<'_> {
    /// Where a point of the window, in vp, is.
    fn place(&self, at: (f64, f64)) -> Place {
        // Everything is laid out at one density.
        let scale = f64::from(self.ui.with_tree(|tree| tree.environment.density));
        let point = Point::new((at.0 * scale) as f32, (at.1 * scale) as f32);
        match self.ui.root_at(self.window, point) {
            Some(root) => target::place_at(self.ui, root, point, scale),
            None => Place { position: (target::round(at.0), target::round(at.1)), ..Place::default() },
        }
    }

    /// Writes what can wait no longer: a pointer that rested, a scrolling that nothing was added to.
    fn flush(&mut self) {
        if let Some((at, window)) = self.recorder.hover.take()
            && self.now.saturating_sub(at) >= REST
        {
            let place = self.place(self.recorder.pointer);
            let number = self.ui.script_number(window);
            self.recorder.write(at, number, Action::Hover { place });
        }
        if let Some(open) = self.recorder.take(|kind| matches!(kind, Kind::Scroll(_))) {
            self.recorder.end(open, self.now, false);
        }
    }

    fn open(&mut self, kind: Kind, at: (f64, f64)) {
        let place = if matches!(kind, Kind::Key { .. }) { Place::default() } else { self.place(at) };
        let open =
            Open { kind, at: self.now, window: self.number, place, path: Vec::new(), steps: Vec::new(), from: at };
        self.recorder.open.push(open);
    }

    fn moved(&mut self, wanted: impl Fn(&Kind) -> bool, to: (f64, f64)) -> bool {
        let now = self.now;
        let mut any = false;
        for open in self.recorder.open.iter_mut().filter(|open| wanted(&open.kind)) {
            any = true;
            let away = (target::round(to.0 - open.from.0), target::round(to.1 - open.from.1));
            open.path.push(Moment(now - open.at, away.0, away.1));
        }
        any
    }

    fn point(&mut self, what: Pointing) {
        match what {
            Pointing::Enter { at } | Pointing::Move { at } => {
                let dragged = self.moved(|kind| matches!(kind, Kind::Press(_)), at);
                if self.recorder.pointer != at && !dragged {
                    self.flush();
                }
                self.recorder.pointer = at;
                self.recorder.inside = true;
                if !dragged {
                    self.recorder.hover = Some((self.now, self.window));
                }
            }
            Pointing::Leave => {
                self.flush();
                if std::mem::replace(&mut self.recorder.inside, false) {
                    self.recorder.write(self.now, self.number, Action::Leave);
                }
            }
            Pointing::Button { button, pressed: true } => {
                self.flush();
                self.open(Kind::Press(button.into()), self.recorder.pointer);
            }
            Pointing::Button { button, pressed: false } => {
                let button = Button::from(button);
                if let Some(open) = self.recorder.take(|kind| *kind == Kind::Press(button)) {
                    self.recorder.end(open, self.now, false);
                }
            }
            Pointing::Scroll { by, with } => self.scroll(by, with),
            Pointing::ScrollEnd => {
                if let Some(open) = self.recorder.take(|kind| matches!(kind, Kind::Scroll(_))) {
                    self.recorder.end(open, self.now, true);
                }
            }
            Pointing::TouchDown { finger, at } => {
                self.flush();
                self.open(Kind::Finger(finger), at);
            }
            Pointing::TouchMove { finger, at } => {
                self.moved(|kind| *kind == Kind::Finger(finger), at);
            }
            Pointing::TouchUp { finger } => {
                if let Some(open) = self.recorder.take(|kind| *kind == Kind::Finger(finger)) {
                    self.recorder.end(open, self.now, false);
                }
            }
            Pointing::TouchCancel => {
                while let Some(open) = self.recorder.take(|kind| matches!(kind, Kind::Finger(_))) {
                    self.recorder.end(open, self.now, true);
                }
            }
        }
    }

    fn scroll(&mut self, by: (f64, f64), with: display::Scroller) {
        let kind = Kind::Scroll(match with {
            display::Scroller::Wheel { .. } => Scroller::Wheel,
            display::Scroller::Fingers => Scroller::Fingers,
            display::Scroller::Other => Scroller::Other,
        });
        let goes_on = |open: &Open| {
            let last = open.at + open.path.last().map_or(0, |Moment(ms, ..)| *ms);
            open.kind == kind && self.now.saturating_sub(last) < REST && open.from == self.recorder.pointer
        };
        if !self.recorder.open.iter().any(goes_on) {
            self.flush();
            self.open(kind.clone(), self.recorder.pointer);
        }
        let now = self.now;
        if let Some(open) = self.recorder.open.iter_mut().find(|open| open.kind == kind) {
            open.path.push(Moment(now - open.at, target::round(by.0), target::round(by.1)));
            if let display::Scroller::Wheel { steps } = with {
                open.steps.push(steps);
            }
        }
    }

    fn type_in(&mut self, what: &Typing) {
        let is = |symbol: u32| move |kind: &Kind| matches!(kind, Kind::Key { symbol: known, .. } if *known == symbol);
        let simple = match what {
            Typing::Key { symbol, pressed: true, repeated: true, .. } => {
                self.moved(is(*symbol), (0.0, 0.0));
                return;
            }
            Typing::Key { symbol, pressed: true, text, .. } => {
                self.flush();
                let text = text.clone().filter(|text| !text.is_empty());
                self.open(Kind::Key { symbol: *symbol, text }, (0.0, 0.0));
                return;
            }
            Typing::Key { symbol, .. } => {
                if let Some(open) = self.recorder.take(is(*symbol)) {
                    self.recorder.end(open, self.now, false);
                }
                return;
            }
            Typing::Modifiers { ctrl, shift, alt, logo, caps_lock, num_lock } => {
                let known = self.ui.with_tree(|tree| tree.input.modifiers());
                let locks = std::mem::replace(&mut self.recorder.locks, (*caps_lock, *num_lock));
                if (known.ctrl, known.shift, known.alt, known.meta) == (*ctrl, *shift, *alt, *logo)
                    && locks == (*caps_lock, *num_lock)
                {
                    return; // The keys have said so.
                }
                let held = [
                    (ctrl, Modifier::Ctrl),
                    (shift, Modifier::Shift),
                    (alt, Modifier::Alt),
                    (logo, Modifier::Logo),
                    (caps_lock, Modifier::CapsLock),
                    (num_lock, Modifier::NumLock),
                ];
                Action::Modifiers {
                    modifiers: held.into_iter().filter(|(held, _)| **held).map(|(_, modifier)| modifier).collect(),
                }
            }
            Typing::Preedit { text, cursor } => Action::Preedit { text: text.clone(), cursor: *cursor },
            Typing::Commit { text } => Action::Text { text: text.clone() },
            Typing::Delete { before, after } => Action::Delete { before: *before, after: *after },
        };
        self.flush();
        self.recorder.write(self.now, self.number, simple);
    }
}

impl From<display::Button> for Button {
    fn from(button: display::Button) -> Button {
        match button {
            display::Button::Left => Button::Left,
            display::Button::Right => Button::Right,
            display::Button::Middle => Button::Middle,
            display::Button::Back => Button::Back,
            display::Button::Forward => Button::Forward,
        }
    }
}
