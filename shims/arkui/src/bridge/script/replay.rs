//! Doing again what a script says.

use super::format::{Action, Button, Modifier, Moment, Place, Script, Scroller};
use super::{keys, target};
use crate::bridge::Ui;
use concord_ability::event_loop::EventLoop;
use concord_desktop::display::{self as display, Event, Pointing, Typing};
use concord_engine::Context;
use std::cell::Cell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

/// How long a step waits for its component, in ms.
const PATIENCE: u64 = 5000;
/// How often it looks.
const GLANCE: u64 = 50;
/// A page has come to rest when nothing has happened for so long, in ms.
const QUIET: f64 = 200.0;
/// What never rests is not waited for, in ms.
const RESTLESS: u64 = 3000;

/// Plays a script.
pub(in crate::bridge) struct Player {
    script: Script,
    /// What is still to be done.
    moves: VecDeque<Timed>,
    /// How long steps have waited for components; everything behind them is later by that.
    late: u64,
    /// The clock of the main loop at the beginning, in ms.
    begun: u64,
    /// When the step that waits began to.
    waiting: Option<u64>,
    started: bool,
    /// Whether the process ends when all is done.
    ends_process: bool,
}

/// A thing to do, at a time in ms since the beginning.
struct Timed {
    at: u64,
    line: usize,
    window: u32,
    what: Move,
}

/// Where a gesture is: where its place was found when it began, in vp.
type Anchor = Rc<Cell<Option<(f64, f64)>>>;

enum Move {
    /// The pointer goes to a point of a place.
    Point {
        place: Rc<Place>,
        anchor: Anchor,
        away: (f64, f64),
        soft: bool,
    },
    Button {
        button: Button,
        pressed: bool,
    },
    Finger {
        place: Rc<Place>,
        anchor: Anchor,
        away: (f64, f64),
        finger: i32,
        down: bool,
    },
    Pointing(Pointing),
    Typing(Typing),
    Resize((u32, u32)),
    Focus(bool),
    Close,
}

/// A step that could not be done.
enum Trouble {
    /// Perhaps later.
    Missing(String),
    /// Never.
    Impossible(String),
}

impl Player {
    fn new(script: Script, ends_process: bool) -> Player {
        let mut moves = Vec::new();
        for line in &script.steps {
            let (at, window) = (line.step.at, line.step.window);
            let mut add = |after: u64, what: Move| moves.push(Timed { at: at + after, line: line.line, window, what });
            expand(&line.step.action, &mut add);
        }
        moves.sort_by_key(|timed| timed.at);
        let moves = moves.into();
        Player { script, moves, late: 0, begun: 0, waiting: None, started: false, ends_process }
    }
}

impl Player {
    /// What has to be said when the run ends before the script; nothing when only what follows from its end is left.
    pub(super) fn problem(&self) -> Option<String> {
        if !self.started {
            return Some("the run ended before the script began".to_owned());
        }
        let follows = |what: &Move| matches!(what, Move::Pointing(Pointing::Leave) | Move::Focus(_));
        let next = self.moves.iter().find(|timed| !follows(&timed.what))?;
        Some(format!("line {}: the run ended before", next.line))
    }
}

/// One thing after the other, with the ms since the step began.
fn expand(action: &Action, add: &mut dyn FnMut(u64, Move)) {
    let anchor = Anchor::default();
    let point = |place: &Place, away: (f64, f64), soft: bool| Move::Point {
        place: Rc::new(place.clone()),
        anchor: Rc::clone(&anchor),
        away,
        soft,
    };
    match action {
        Action::Hover { place } => add(0, point(place, (0.0, 0.0), true)),
        Action::Leave => add(0, Move::Pointing(Pointing::Leave)),
        Action::Click { place, button, held } => {
            add(0, point(place, (0.0, 0.0), false));
            add(0, Move::Button { button: *button, pressed: true });
            add(*held, Move::Button { button: *button, pressed: false });
        }
        Action::Drag { place, button, path } => {
            add(0, point(place, (0.0, 0.0), false));
            add(0, Move::Button { button: *button, pressed: true });
            for Moment(ms, x, y) in path {
                add(*ms, point(place, (*x, *y), false));
            }
            let end = path.iter().map(|Moment(ms, ..)| *ms).max().unwrap_or(0);
            add(end, Move::Button { button: *button, pressed: false });
        }
        Action::Tap { place, finger, held } => fingers(place, *finger, &[], *held, false, add),
        Action::Swipe { place, finger, path, cancelled } => {
            let end = path.iter().map(|Moment(ms, ..)| *ms).max().unwrap_or(0);
            fingers(place, *finger, path, end, *cancelled, add);
        }
        Action::Scroll { place, with, path, steps, ends } => {
            add(0, point(place, (0.0, 0.0), false));
            for (index, Moment(ms, x, y)) in path.iter().enumerate() {
                let with = match with {
                    Scroller::Wheel => display::Scroller::Wheel {
                        steps: steps.get(index).copied().unwrap_or((x.signum(), y.signum())),
                    },
                    Scroller::Fingers => display::Scroller::Fingers,
                    Scroller::Other => display::Scroller::Other,
                };
                add(*ms, Move::Pointing(Pointing::Scroll { by: (*x, *y), with }));
            }
            if *ends {
                let end = path.iter().map(|Moment(ms, ..)| *ms).max().unwrap_or(0);
                add(end, Move::Pointing(Pointing::ScrollEnd));
            }
        }
        Action::Key { key, text, held, repeats } => {
            let Some(symbol) = keys::symbol(key) else { return }; // Reading has seen to that.
            let press = |pressed: bool, repeated: bool, text: &Option<String>| {
                Move::Typing(Typing::Key { symbol, pressed, repeated, text: text.clone() })
            };
            add(0, press(true, false, text));
            for ms in repeats {
                add(*ms, press(true, true, text));
            }
            add((*held).max(repeats.iter().copied().max().unwrap_or(0)), press(false, false, &None));
        }
        Action::Modifiers { modifiers } => {
            let held = |modifier: Modifier| modifiers.contains(&modifier);
            add(
                0,
                Move::Typing(Typing::Modifiers {
                    ctrl: held(Modifier::Ctrl),
                    shift: held(Modifier::Shift),
                    alt: held(Modifier::Alt),
                    logo: held(Modifier::Logo),
                    caps_lock: held(Modifier::CapsLock),
                    num_lock: held(Modifier::NumLock),
                }),
            );
        }
        Action::Text { text } => add(0, Move::Typing(Typing::Commit { text: text.clone() })),
        Action::Preedit { text, cursor } => {
            add(0, Move::Typing(Typing::Preedit { text: text.clone(), cursor: *cursor }));
        }
        Action::Delete { before, after } => add(0, Move::Typing(Typing::Delete { before: *before, after: *after })),
        Action::Resize { size } => add(0, Move::Resize((*size).into())),
        Action::Focus { gained } => add(0, Move::Focus(*gained)),
        Action::Close => add(0, Move::Close),
    }
}

fn fingers(place: &Place, finger: i32, path: &[Moment], end: u64, cancelled: bool, add: &mut dyn FnMut(u64, Move)) {
    let (place, anchor) = (Rc::new(place.clone()), Anchor::default());
    let at = |away: (f64, f64), down: bool| Move::Finger {
        place: Rc::clone(&place),
        anchor: Rc::clone(&anchor),
        away,
        finger,
        down,
    };
    add(0, at((0.0, 0.0), true));
    for Moment(ms, x, y) in path {
        add(*ms, at((*x, *y), false));
    }
    add(end, Move::Pointing(if cancelled { Pointing::TouchCancel } else { Pointing::TouchUp { finger } }));
}

impl Ui {
    /// Plays a script as soon as the first window is shown. With `ends_process` the process ends after it, with code 0; it always
    /// does, with code 1, after a step that could not be done.
    pub(in crate::bridge) fn play(&self, script: Script, ends_process: bool) {
        *self.scripts.player.borrow_mut() = Some(Player::new(script, ends_process));
    }

    /// Begins, once there is a window and it has come to rest.
    pub(super) fn start_player(&self, context: &Context) {
        let mut player = self.scripts.player.borrow_mut();
        let Some(player) = player.as_mut().filter(|player| !player.started) else { return };
        player.started = true;
        let bundle = concord_ability::app::AppHandle::of(context).bundle_name();
        if player.script.header.bundle != bundle {
            tracing::warn!("the script was recorded with {}, and this is {bundle}", player.script.header.bundle);
        }
        self.at_rest(context, clock(context) + RESTLESS, |ui, context| {
            if let Some(player) = ui.scripts.player.borrow_mut().as_mut() {
                player.begun = clock(context);
            }
            ui.go_on(context);
        });
    }

    /// Does something when nothing has happened or been shown for a while, at the latest at `limit` by the clock.
    fn at_rest(&self, context: &Context, limit: u64, then: impl FnOnce(&Ui, &Context) + 'static) {
        let Some(event_loop) = EventLoop::of(context) else { return };
        event_loop.after(Duration::from_millis(GLANCE), move |context| {
            let ui = Ui::of(context);
            if ui.idle_for(context) >= QUIET || clock(context) >= limit {
                then(&ui, context);
            } else {
                ui.at_rest(context, limit, then);
            }
            Ok(())
        });
    }

    /// Does what is due, and waits for what is not.
    fn go_on(&self, context: &Context) {
        loop {
            let now = clock(context);
            let Some(next) = self.next_move(now) else { return self.end_player(context, Ok(())) };
            let timed = match next {
                Ok(timed) => timed,
                Err(wait) => return self.wait(context, wait),
            };
            match self.make(context, &timed) {
                Ok(()) => {
                    if let Some(player) = self.scripts.player.borrow_mut().as_mut()
                        && let Some(since) = player.waiting.take()
                    {
                        player.late += now.saturating_sub(since);
                    }
                }
                Err(Trouble::Missing(problem)) => {
                    let since = self
                        .scripts
                        .player
                        .borrow_mut()
                        .as_mut()
                        .map_or(now, |player| *player.waiting.get_or_insert(now));
                    if now.saturating_sub(since) >= PATIENCE {
                        return self.end_player(context, Err(format!("line {}: {problem}", timed.line)));
                    }
                    if let Some(player) = self.scripts.player.borrow_mut().as_mut() {
                        player.moves.push_front(timed);
                    }
                    return self.wait(context, GLANCE);
                }
                Err(Trouble::Impossible(problem)) => {
                    return self.end_player(context, Err(format!("line {}: {problem}", timed.line)));
                }
            }
        }
    }

    /// What is to be done next when it is due, else how many ms it is away; `None` at the end.
    fn next_move(&self, now: u64) -> Option<Result<Timed, u64>> {
        let mut player = self.scripts.player.borrow_mut();
        let player = player.as_mut()?;
        let due = player.begun + player.late + player.moves.front()?.at;
        if due > now { Some(Err(due - now)) } else { player.moves.pop_front().map(Ok) }
    }

    fn wait(&self, context: &Context, ms: u64) {
        if let Some(event_loop) = EventLoop::of(context) {
            event_loop.after(Duration::from_millis(ms), |context| {
                Ui::of(context).go_on(context);
                Ok(())
            });
        }
    }

    fn end_player(&self, context: &Context, outcome: Result<(), String>) {
        let Some(player) = self.scripts.player.borrow_mut().take() else { return };
        let failed = outcome.is_err();
        *self.scripts.outcome.borrow_mut() = Some(outcome);
        let Some(event_loop) = EventLoop::of(context) else { return };
        if failed {
            event_loop.request_exit(1);
        } else if player.ends_process {
            // What the last step has set going is seen to its end.
            self.at_rest(context, clock(context) + RESTLESS, move |_, _| event_loop.request_exit(0));
        }
    }

    fn make(&self, context: &Context, timed: &Timed) -> Result<(), Trouble> {
        let missing = || Trouble::Missing(format!("window {} is not open", timed.window));
        let (window, placement) = self.script_window(timed.window).ok_or_else(missing)?;
        let time = clock(context) as u32;
        let pointing = |what: Pointing| self.happen(context, Event::Pointing { window, time, what });
        match &timed.what {
            Move::Point { place, anchor, away, soft } => {
                let from = match self.find(place, anchor, window, &placement) {
                    Err(_) if *soft => place.position,
                    found => found?,
                };
                pointing(Pointing::Enter { at: (from.0 + away.0, from.1 + away.1) });
            }
            Move::Finger { place, anchor, away, finger, down } => {
                let from = self.find(place, anchor, window, &placement)?;
                let at = (from.0 + away.0, from.1 + away.1);
                let finger = *finger;
                pointing(if *down { Pointing::TouchDown { finger, at } } else { Pointing::TouchMove { finger, at } });
            }
            Move::Button { button, pressed } => {
                pointing(Pointing::Button { button: (*button).into(), pressed: *pressed });
            }
            Move::Pointing(what) => pointing(*what),
            Move::Typing(what) => self.happen(context, Event::Typing { window, time, what: what.clone() }),
            Move::Resize(size) => self.ask_for_size(context, window, *size),
            Move::Focus(gained) => self.happen(context, Event::Keyboard { window, gained: *gained }),
            Move::Close => self.happen(context, Event::Close { window }),
        }
        Ok(())
    }

    /// Where a place is, in vp of the window; the same for all of a gesture.
    fn find(
        &self,
        place: &Place,
        anchor: &Anchor,
        window: display::WindowId,
        placement: &display::Placement,
    ) -> Result<(f64, f64), Trouble> {
        if let Some(found) = anchor.get() {
            return Ok(found);
        }
        let at = match &place.on {
            None => place.position,
            Some(wanted) => {
                let roots = self.roots_of(window);
                let bounds = roots.into_iter().rev().find_map(|root| target::bounds(self, root, wanted));
                let bounds = bounds.ok_or_else(|| Trouble::Missing(format!("no {wanted} is shown")))?;
                let (across, down) = place.inside.unwrap_or((0.5, 0.5));
                // Everything is laid out at one density.
                let scale = f64::from(self.with_tree(|tree| tree.environment.density));
                let px = |from: f32, extent: f32, part: f64| (f64::from(from) + f64::from(extent) * part) / scale;
                (px(bounds.origin.x, bounds.size.width, across), px(bounds.origin.y, bounds.size.height, down))
            }
        };
        let (width, height) = (f64::from(placement.size.0), f64::from(placement.size.1));
        if !(0.0..=width).contains(&at.0) || !(0.0..=height).contains(&at.1) {
            let problem =
                format!("the point {:.0}, {:.0} is outside of the window, which is {width} × {height} vp", at.0, at.1);
            return Err(if place.on.is_some() { Trouble::Missing(problem) } else { Trouble::Impossible(problem) });
        }
        anchor.set(Some(at));
        Ok(at)
    }
}

/// The clock of the main loop in ms.
fn clock(context: &Context) -> u64 {
    EventLoop::of(context).map_or(0, |event_loop| event_loop.now().as_millis() as u64)
}

impl From<Button> for display::Button {
    fn from(button: Button) -> display::Button {
        match button {
            Button::Left => display::Button::Left,
            Button::Right => display::Button::Right,
            Button::Middle => display::Button::Middle,
            Button::Back => display::Button::Back,
            Button::Forward => display::Button::Forward,
        }
    }
}
