//! One line that shows a time in a format of the app: what `TextClock` and `TextTimer` share.

use super::single_line::SingleLine;
use concord_paint::Painter;
use concord_ui::change::put;
use concord_ui::component::Setter;
use concord_ui::geometry::Size;
use concord_ui::layout::Pass;
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::{Args, Value};
use std::rc::Rc;

/// The line, and what is said of time.
#[derive(Default)]
pub(super) struct TimeLine {
    pub line: SingleLine,
    format: Option<Rc<str>>,
    /// ms since 1970 when the clock of the main loop began.
    pub epoch: f64,
}

/// The state of a component that is such a line.
pub(super) trait ShowsTime: 'static {
    /// The format where the app says none.
    const FORMAT: &'static str;

    fn time_line(&self) -> &TimeLine;
    fn time_line_mut(&mut self) -> &mut TimeLine;

    /// Shows how late it is by the clock of the main loop (in ms). Whether that is another text.
    fn show(&mut self, now: f64) -> bool;

    /// When the component ticks next, if it goes.
    fn next_tick(&self, now: f64) -> Option<f64>;

    /// What is shown of time, and how.
    fn format(&self) -> &str {
        self.time_line().format.as_deref().unwrap_or(Self::FORMAT)
    }
}

impl TimeLine {
    /// Shows a text. Whether that is another one.
    pub fn put(&mut self, text: String) -> bool {
        put(&mut self.line.text, text)
    }

    /// Whole seconds since 1970.
    pub fn seconds(&self, now: f64) -> f64 {
        ((self.epoch + now) / 1000.0).floor()
    }
}

/// Asks for the next tick.
pub(super) fn schedule<T: ShowsTime>(tree: &mut Tree, node: NodeId) {
    let now = tree.now;
    if let Some(at) = tree.state::<T>(node).and_then(|state| state.next_tick(now)) {
        tree.tick_at(node, at);
    }
}

/// `Component::measure`: shows the time, if it goes, and lays the line out.
pub(super) fn measure<T: ShowsTime>(pass: &mut Pass<'_>, node: NodeId, shows: bool) -> Size {
    let fonts = pass.tree.fonts();
    let (environment, now) = (pass.tree.environment.clone(), pass.tree.now);
    let Some(state) = pass.tree.state_mut::<T>(node) else { return Size::ZERO };
    if shows {
        state.show(now);
    }
    let size = state.time_line_mut().line.measure(&fonts, &environment);
    schedule::<T>(pass.tree, node);
    size
}

/// `Component::paint`.
pub(super) fn paint<T: ShowsTime>(tree: &Tree, id: NodeId, painter: &mut Painter) {
    if let (Some(state), Some(node)) = (tree.state::<T>(id), tree.get(id)) {
        state.time_line().line.paint(painter, &node.layout.content(), None);
    }
}

/// `format`.
pub(super) fn format<T: ShowsTime>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let format = args.get(0).as_str().filter(|format| !format.is_empty()).map(Rc::from);
    node.restyle(|state: &mut T| put(&mut state.time_line_mut().format, format))
}
