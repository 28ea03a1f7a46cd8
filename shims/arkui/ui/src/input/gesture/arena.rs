//! Recognisers that want the same fingers, and which of them win.
//!
//! They are ordered: inner before outer, unless the app gives an outer one priority. Two of them exclude each other, unless
//! what they have in common is a parallel group. The first that is recognised wins and ends those that it excludes; one that
//! may still be recognised (a double tap after the first tap) makes those behind it wait.

use super::machine::{Contact, Cx, Machine, PointerEvent, Report, TimerRequest, Verdict};
use super::recognizer::{Handle, Public};
use super::sequence::Sequence;
use super::velocity::Tracker;
use super::{Kind, Mode, Priority, Spec};
use super::{
    long_press::LongPress,
    pan,
    pan::Pan,
    select::Select,
    swipe::Swipe,
    tap::Tap,
    turning::{Direction, Spread, Turning},
};
use crate::input::hit::{self, Hit, Pointer};
use crate::input::timers::Timer;
use crate::input::{Source, Tool, TouchInput, TouchPhase, drag, space};
use crate::layout::Pass;
use crate::pan::PanAxis;
use crate::tree::{NodeId, Tree};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// What a recogniser is for.
#[derive(Debug, Clone)]
pub(super) enum Purpose {
    /// A gesture of the app.
    Gesture(Rc<Spec>),
    /// `onClick`, and what components do when they are clicked.
    Click,
    /// Lifting the node to drag it.
    Drag,
    /// Selecting text.
    Select,
    /// Zooming the content of a container.
    Zoom,
    /// Moving the content of a container along axes; how far the fingers were at the last report.
    Scroll(PanAxis, crate::geometry::Point),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Ready,
    Pending,
    /// It has to wait for one that is pending; then this is what it wants.
    Blocked(Verdict),
    Won,
    /// It has won, and what it recognised has ended.
    Ended,
    Lost,
}

pub(super) struct Slot {
    pub(super) number: u64,
    /// The node, and which of its recognisers: the same for the next finger.
    key: (NodeId, usize),
    pub(super) node: NodeId,
    pub(super) purpose: Purpose,
    pub(super) contacts: Vec<Contact>,
    pub(super) source: Source,
    pub(super) tool: Tool,
    machine: Box<dyn Machine>,
    state: State,
    group: usize,
    /// What the app's object of it changes and reads.
    pub(super) handle: Rc<Handle>,
}

/// A group; the first is around everything.
#[derive(Debug, Clone, Copy)]
struct Group {
    parent: Option<usize>,
    parallel: bool,
}

/// The recognisers of the fingers that are down, or were a moment ago.
#[derive(Default)]
pub(crate) struct Arena {
    pub(super) slots: Vec<Slot>,
    groups: Vec<Group>,
    /// Recognisers that do not mind each other, by number.
    pub(super) pairs: Vec<(u64, u64)>,
    /// The recognisers that follow a finger, by number.
    fingers: FxHashMap<i32, Vec<u64>>,
    next: u64,
}

/// A recogniser or a group of them, before it has its place.
enum Item {
    One { key: (NodeId, usize), purpose: Purpose, machine: Box<dyn Machine> },
    Group { parallel: bool, items: Vec<Item> },
}

/// Most recognisers at once: far above what nested real pages have.
const MOST_SLOTS: usize = 4096;

/// Collects the recognisers of what was hit.
struct Collector<'a> {
    tree: &'a Tree,
    source: Source,
    tool: Tool,
    /// Where the finger is, in px of the window.
    at: crate::geometry::Point,
    /// How many recognisers the node has so far.
    count: usize,
    /// Whether a node inside is lifted already: the innermost is dragged.
    lifted: bool,
}

impl Collector<'_> {
    fn items(&mut self, hit: &Hit) -> Vec<Item> {
        let mut items = Vec::new();
        for inner in &hit.inner {
            items.extend(self.items(inner));
        }
        let Some(node) = self.tree.get(hit.node).filter(|_| hit.own) else { return items };
        let style = node.common.input.as_deref();
        self.count = 0;
        if node.common.events.contains_key("onClick") || node.acting().reacts_to_click(self.tree, hit.node) {
            let distance = style.and_then(|style| style.click_distance);
            items.push(self.one(hit.node, Purpose::Click, Box::new(Tap::new(1, 1, distance))));
        }
        self.count = 1;
        // A mouse turns its wheel, and drags only where the app wants that (`enableScrollWithMouse`).
        let by_mouse =
            node.acting().drags_by_mouse() || node.scroll.as_ref().is_some_and(|scroll| scroll.style.by_mouse);
        if (self.source != Source::Mouse || by_mouse)
            && let Some(axis) = node.acting().pan_axis(self.tree, hit.node)
        {
            let direction = match axis {
                PanAxis::Horizontal => pan::LEFT | pan::RIGHT,
                PanAxis::Vertical => pan::UP | pan::DOWN,
                PanAxis::Free => pan::LEFT | pan::RIGHT | pan::UP | pan::DOWN,
            };
            let purpose = Purpose::Scroll(axis, crate::geometry::Point::ZERO);
            items.push(self.one(hit.node, purpose, Box::new(Pan::new(1, direction, SCROLL_DISTANCE))));
        }
        if node.acting().zooms(self.tree, hit.node) {
            let machine = Box::new(Turning::<Spread>::new(2, ZOOM_DISTANCE));
            items.push(Item::One { key: (hit.node, usize::MAX), purpose: Purpose::Zoom, machine });
        }
        self.count = 2;
        let text = drag::lifts_text(self.tree, hit.node, self.at);
        let lifts = !self.lifted && (text || drag::is_draggable(self.tree, hit.node));
        let lift = lifts.then(|| {
            self.lifted = true;
            self.one(hit.node, Purpose::Drag, Box::new(drag::lift::Lift::new(self.source == Source::Mouse)))
        });
        self.count = 3;
        if !text && node.acting().selects(self.tree, hit.node) {
            let mouse = self.source == Source::Mouse;
            items.push(self.one(hit.node, Purpose::Select, Box::new(Select::new(mouse))));
        }
        self.count = 4;
        for attached in style.map(|style| style.gestures.as_slice()).unwrap_or_default() {
            let Some(item) = self.gesture(hit.node, &attached.spec) else { continue };
            if attached.ignore_internal {
                items = vec![item];
                continue;
            }
            match attached.priority {
                Priority::Low => items.push(item),
                Priority::High => items.insert(0, item),
                Priority::Parallel => {
                    let inner = Item::Group { parallel: false, items: std::mem::take(&mut items) };
                    items = vec![Item::Group { parallel: true, items: vec![item, inner] }];
                }
            }
        }
        // A press may be long, and the node be lifted all the same.
        if let Some(lift) = lift {
            let inner = Item::Group { parallel: false, items };
            items = vec![Item::Group { parallel: true, items: vec![lift, inner] }];
        }
        items
    }

    fn one(&mut self, node: NodeId, purpose: Purpose, machine: Box<dyn Machine>) -> Item {
        let key = (node, self.count);
        self.count += 1;
        Item::One { key, purpose, machine }
    }

    fn gesture(&mut self, node: NodeId, spec: &Rc<Spec>) -> Option<Item> {
        if !spec.tools.is_empty() && !spec.tools.contains(&(self.tool as i32)) {
            return None;
        }
        if let Kind::Group(mode @ (Mode::Parallel | Mode::Exclusive), members) = &spec.kind {
            let items = members.iter().filter_map(|member| self.gesture(node, member)).collect();
            return Some(Item::Group { parallel: *mode == Mode::Parallel, items });
        }
        let machine = machine(spec, self.tool)?;
        Some(self.one(node, Purpose::Gesture(Rc::clone(spec)), machine))
    }
}

/// How far a finger moves before a container scrolls, in vp.
pub(super) const SCROLL_DISTANCE: f32 = 5.0;

/// How far two fingers move apart or together before content is zoomed, in vp.
const ZOOM_DISTANCE: f32 = 5.0;

/// The recogniser of a gesture that is no parallel or exclusive group. Groups inside a sequence count as their first member.
fn machine(spec: &Spec, tool: Tool) -> Option<Box<dyn Machine>> {
    Some(match &spec.kind {
        Kind::Tap { count, fingers, distance } => Box::new(Tap::new(*count, *fingers, *distance)),
        Kind::LongPress { fingers, repeat, duration, distance } => {
            Box::new(LongPress::new(*fingers, *repeat, *duration, *distance))
        }
        Kind::Pan { fingers, direction, distance } => {
            // Of the tool, of an unknown one, or that for all.
            let given = |tool: i32| spec.distances.iter().find(|(of, _)| *of == tool).map(|(_, distance)| *distance);
            let distance = given(tool as i32).or_else(|| given(Tool::Unknown as i32)).unwrap_or(*distance);
            Box::new(Pan::new(*fingers, *direction, distance))
        }
        Kind::Pinch { fingers, distance } => Box::new(Turning::<Spread>::new(*fingers, *distance)),
        Kind::Rotation { fingers, angle } => Box::new(Turning::<Direction>::new(*fingers, *angle)),
        Kind::Swipe { fingers, direction, speed } => Box::new(Swipe::new(*fingers, *direction, *speed)),
        Kind::Group(Mode::Sequence, members) => {
            let members: Option<Vec<_>> = members.iter().map(|member| machine(member, tool)).collect();
            Box::new(Sequence::new(members.filter(|members| !members.is_empty())?))
        }
        Kind::Group(_, members) => machine(members.first()?, tool)?,
    })
}

impl Arena {
    /// Gives items their places. A recogniser that follows other fingers already is not replaced. Returns the numbers of all.
    fn place(&mut self, items: Vec<Item>, group: usize, input: &TouchInput, numbers: &mut Vec<u64>) {
        for item in items {
            match item {
                Item::Group { parallel, items } => {
                    self.groups.push(Group { parent: Some(group), parallel });
                    let inner = self.groups.len() - 1;
                    self.place(items, inner, input, numbers);
                }
                Item::One { key, purpose, machine } => {
                    if let Some(slot) = self.slots.iter_mut().find(|slot| slot.key == key) {
                        // The app may have described it anew since.
                        if matches!(purpose, Purpose::Gesture(_)) {
                            slot.purpose = purpose;
                        }
                        numbers.push(slot.number);
                        continue;
                    }
                    if self.slots.len() >= MOST_SLOTS {
                        continue;
                    }
                    self.next += 1;
                    numbers.push(self.next);
                    self.slots.push(Slot {
                        number: self.next,
                        key,
                        node: key.0,
                        purpose,
                        contacts: Vec::new(),
                        source: input.source,
                        tool: input.tool,
                        machine,
                        state: State::Ready,
                        group,
                        handle: Rc::default(),
                    });
                }
            }
        }
    }

    /// Whether only one of two may win.
    fn exclude(&self, a: &Slot, b: &Slot) -> bool {
        if self.pairs.iter().any(|pair| *pair == (a.number, b.number) || *pair == (b.number, a.number)) {
            return false;
        }
        let up = |group: usize| std::iter::successors(Some(group), |group| self.groups.get(*group)?.parent);
        let common = up(a.group).find(|group| up(b.group).any(|other| other == *group));
        !common.and_then(|group| self.groups.get(group)).is_some_and(|group| group.parallel)
    }

    fn index(&self, number: u64) -> Option<usize> {
        self.slots.iter().position(|slot| slot.number == number)
    }

    /// Whether one that excludes this one has won, or (`earlier`) is pending in front of it.
    fn any(&self, index: usize, earlier: bool, what: impl Fn(State) -> bool) -> bool {
        let Some(slot) = self.slots.get(index) else { return false };
        let mut others =
            self.slots.iter().enumerate().filter(|(other, _)| *other != index && (!earlier || *other < index));
        others.any(|(_, other)| what(other.state) && self.exclude(slot, other))
    }

    fn is_over(&self) -> bool {
        self.fingers.is_empty()
            && !self.slots.iter().any(|slot| match slot.state {
                State::Pending | State::Blocked(_) => true,
                State::Won => slot.machine.is_waiting(),
                _ => false,
            })
    }
}

/// Takes part in the life of an arena while it is taken out of the tree.
struct Court<'a, 'b> {
    pass: &'a mut Pass<'b>,
    arena: Arena,
}

fn hold_court(pass: &mut Pass<'_>, work: impl FnOnce(&mut Court<'_, '_>)) {
    let arena = std::mem::take(&mut pass.tree.input.arena);
    let mut court = Court { pass, arena };
    work(&mut court);
    let mut arena = court.arena;
    if arena.is_over() {
        for slot in arena.slots.drain(..) {
            pass.tree.input.timers.stop_all(slot.number);
        }
        arena.groups.clear();
        arena.pairs.clear();
        pass.tree.input.recognizers.clear();
    }
    pass.tree.input.arena = arena;
}

impl Court<'_, '_> {
    /// Runs a recogniser and does what it asks.
    fn run(&mut self, index: usize, work: impl FnOnce(&mut dyn Machine, &mut Cx<'_>) -> Verdict) {
        let (now, density) = (self.pass.tree.now, self.pass.tree.environment.density);
        let Some(slot) = self.arena.slots.get_mut(index) else { return };
        let (mut reports, mut timers) = (Vec::new(), Vec::new());
        let verdict = {
            let mut cx = Cx { now, density, contacts: &mut slot.contacts, reports: &mut reports, timers: &mut timers };
            work(&mut *slot.machine, &mut cx)
        };
        let owner = slot.number;
        for request in timers {
            let timers = &mut self.pass.tree.input.timers;
            match request {
                TimerRequest::Start(token, after) => timers.start(now + after, Timer { owner, token }),
                TimerRequest::Stop(token) => timers.stop(Timer { owner, token }),
            }
        }
        self.tell(index, reports);
        match verdict {
            Verdict::Continue => {}
            Verdict::Accept => self.accept(index),
            Verdict::Pending => self.wait(index),
            Verdict::Reject => self.reject(index),
            Verdict::Finish => {
                if let Some(slot) = self.arena.slots.get_mut(index) {
                    slot.state = State::Ended;
                    self.pass.tree.input.timers.stop_all(slot.number);
                }
            }
        }
    }

    fn tell(&mut self, index: usize, reports: Vec<Report>) {
        for report in reports {
            let Some(slot) = self.arena.slots.get_mut(index) else { return };
            super::report::tell(self.pass, slot, &report);
        }
    }

    fn state(&self, index: usize) -> State {
        self.arena.slots.get(index).map_or(State::Lost, |slot| slot.state)
    }

    fn set(&mut self, index: usize, state: State) {
        if let Some(slot) = self.arena.slots.get_mut(index) {
            slot.state = state;
            slot.handle.set_state(match state {
                State::Ready => Public::Detecting,
                State::Pending => Public::Pending,
                State::Blocked(_) => Public::Blocked,
                State::Won | State::Ended => Public::Successful,
                State::Lost => Public::Failed,
            });
        }
    }

    fn accept(&mut self, index: usize) {
        if matches!(self.state(index), State::Won | State::Ended | State::Lost) {
            return;
        }
        if self.arena.any(index, false, |state| matches!(state, State::Won | State::Ended)) {
            return self.reject(index);
        }
        if self.arena.any(index, true, |state| state == State::Pending) {
            return self.set(index, State::Blocked(Verdict::Accept));
        }
        let judged = super::report::judge(self.pass, &self.arena.slots, index);
        if !judged {
            return self.reject(index);
        }
        self.set(index, State::Won);
        for other in 0..self.arena.slots.len() {
            let excluded = match (self.arena.slots.get(index), self.arena.slots.get(other)) {
                (Some(winner), Some(slot)) => other != index && self.arena.exclude(winner, slot),
                _ => false,
            };
            if excluded {
                self.reject(other);
            }
        }
        self.run(index, |machine, cx| machine.accepted(cx));
    }

    fn wait(&mut self, index: usize) {
        if self.state(index) != State::Ready {
            return;
        }
        if self.arena.any(index, false, |state| matches!(state, State::Won | State::Ended)) {
            return self.reject(index);
        }
        let blocked = self.arena.any(index, true, |state| state == State::Pending);
        self.set(index, if blocked { State::Blocked(Verdict::Pending) } else { State::Pending });
    }

    fn reject(&mut self, index: usize) {
        let before = self.state(index);
        if matches!(before, State::Lost | State::Won | State::Ended) {
            return;
        }
        self.set(index, State::Lost);
        if let Some(slot) = self.arena.slots.get(index) {
            self.pass.tree.input.timers.stop_all(slot.number);
        }
        if before == State::Pending {
            self.unblock();
        }
    }

    /// Those whose turn has come get what they wanted.
    fn unblock(&mut self) {
        for index in 0..self.arena.slots.len() {
            let State::Blocked(wanted) = self.state(index) else { continue };
            if self.arena.any(index, true, |state| state == State::Pending) {
                continue;
            }
            if wanted == Verdict::Accept {
                self.accept(index);
            } else {
                self.set(index, State::Pending);
            }
        }
    }

    fn event(&mut self, number: u64, input: &TouchInput) {
        let Some(index) = self.arena.index(number) else { return };
        let Some(slot) = self.arena.slots.get_mut(index) else { return };
        if matches!(slot.state, State::Lost | State::Ended) {
            return;
        }
        if !slot.handle.is_enabled() {
            return self.reject(index);
        }
        let now = self.pass.tree.now;
        slot.contacts
            .retain(|contact| !contact.lifted || contact.finger == input.finger && input.phase != TouchPhase::Down);
        if input.phase == TouchPhase::Down {
            slot.contacts.push(Contact {
                finger: input.finger,
                start: input.position,
                start_time: now,
                position: input.position,
                track: Tracker::default(),
                lifted: false,
            });
        }
        let Some(contact) = slot.contacts.iter_mut().find(|contact| contact.finger == input.finger) else { return };
        contact.position = input.position;
        contact.track.add(now, input.position);
        contact.lifted = matches!(input.phase, TouchPhase::Up | TouchPhase::Cancel);
        let local = space::to_local(self.pass.tree, slot.node, input.position);
        let pointer = if input.source == Source::Mouse { Pointer::Mouse } else { Pointer::Touch };
        let inside = hit::in_region(self.pass.tree, slot.node, local, pointer);
        let event = PointerEvent { phase: input.phase, inside };
        let too_many = |slot: &Slot| {
            let down = slot.contacts.iter().filter(|contact| !contact.lifted).count();
            matches!(&slot.purpose, Purpose::Gesture(spec) if spec.exact && down > spec.fingers())
        };
        if slot.state == State::Ready && too_many(slot) {
            return self.reject(index);
        }
        self.run(index, |machine, cx| machine.event(cx, event));
    }
}

/// A finger came down on something.
pub(crate) fn down(pass: &mut Pass<'_>, hit: &Hit, input: &TouchInput) {
    let items = Collector {
        tree: pass.tree,
        source: input.source,
        tool: input.tool,
        at: input.position,
        count: 0,
        lifted: false,
    }
    .items(hit);
    hold_court(pass, |court| {
        // What is still pending from before has nothing to do with a finger elsewhere.
        if court.arena.fingers.is_empty() {
            let nodes = hit.nodes();
            for index in 0..court.arena.slots.len() {
                let elsewhere = court.arena.slots.get(index).is_some_and(|slot| !nodes.contains(&slot.node));
                if elsewhere {
                    court.reject(index);
                }
            }
            if court.arena.is_over() {
                for slot in court.arena.slots.drain(..) {
                    court.pass.tree.input.timers.stop_all(slot.number);
                }
                court.arena.groups.clear();
            }
        }
        if court.arena.groups.is_empty() {
            court.arena.groups.push(Group { parent: None, parallel: false });
        }
        let mut numbers = Vec::new();
        court.arena.place(items, 0, input, &mut numbers);
        court.arena.fingers.insert(input.finger, numbers.clone());
        let shared = court.arena.slots.iter().map(|slot| (slot.number, Rc::clone(&slot.handle)));
        court.pass.tree.input.recognizers.extend(shared);
        super::asking::ask(court.pass, &mut court.arena, hit, input);
        for index in 0..court.arena.slots.len() {
            if court.arena.slots.get(index).is_some_and(|slot| slot.handle.is_prevented()) {
                court.reject(index);
            }
        }
        for number in numbers {
            court.event(number, input);
        }
    });
}

/// A finger that is down moves, is lifted, or was taken away.
pub(crate) fn pointer(pass: &mut Pass<'_>, input: &TouchInput) {
    hold_court(pass, |court| {
        let numbers = court.arena.fingers.get(&input.finger).cloned().unwrap_or_default();
        if matches!(input.phase, TouchPhase::Up | TouchPhase::Cancel) {
            court.arena.fingers.remove(&input.finger);
        }
        for number in numbers {
            court.event(number, input);
        }
    });
}

/// A timer of a recogniser is due.
pub(crate) fn timer(pass: &mut Pass<'_>, timer: Timer) {
    hold_court(pass, |court| {
        let Some(index) = court.arena.index(timer.owner) else { return };
        if !matches!(court.state(index), State::Lost | State::Ended) {
            court.run(index, |machine, cx| machine.timer(cx, timer.token));
        }
    });
}

/// `preventDefault` of a touch: the finger does not click any more.
pub(crate) fn prevent_clicks(tree: &mut Tree, finger: i32) {
    let numbers = tree.input.arena.fingers.get(&finger).cloned().unwrap_or_default();
    for slot in &mut tree.input.arena.slots {
        if matches!(slot.purpose, Purpose::Click) && numbers.contains(&slot.number) && slot.state == State::Ready {
            slot.state = State::Lost;
        }
    }
}

/// Ends everything: a window lost its input.
pub fn cancel_all(pass: &mut Pass<'_>) {
    let fingers: Vec<TouchInput> = pass.tree.input.touch.fingers.values().map(|finger| finger.last).collect();
    for last in fingers {
        pointer(pass, &TouchInput { phase: TouchPhase::Cancel, ..last });
        pass.tree.input.touch.fingers.remove(&last.finger);
    }
}
