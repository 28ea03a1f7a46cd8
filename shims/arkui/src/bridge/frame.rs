//! Frames: what happens between a change and its being shown.

use super::host::AppHost;
use super::inspection::Part;
use super::{Ui, convert, report};
use concord_ability::event_loop::EventLoop;
use concord_engine::{Context, JsResult, Value as Js};
use concord_ui::layout::place_root;
use concord_ui::{NodeId, Pass, layout_root, ticker};
use std::time::Duration;

/// Time between two frames.
const FRAME: Duration = Duration::from_nanos(1_000_000_000 / 60);

/// Time between two frames of windows that nobody sees: the display asks for no pictures of them.
const UNSEEN: Duration = Duration::from_secs(1);

/// Most rounds of layout and events in one frame: an app that changes sizes in its own `onAreaChange` gets the rest in the next.
const ROUNDS: usize = 4;

impl Ui {
    /// Asks for a frame at the next vertical synchronisation. One is enough for any number of changes.
    pub(crate) fn request_frame(&self, context: &Context) {
        if self.scheduled.replace(true) {
            return;
        }
        let Some(event_loop) = EventLoop::of(context) else { return };
        if !self.display_is_ready() {
            self.waits_for_display.set(true);
            event_loop.after(UNSEEN, |context| {
                let ui = Ui::of(context);
                if ui.waits_for_display.replace(false) {
                    ui.frame(context);
                }
                Ok(())
            });
            return;
        }
        let now = event_loop.now().as_nanos();
        let wait = FRAME.as_nanos() - now % FRAME.as_nanos();
        event_loop.after(Duration::from_nanos(wait as u64), |context| {
            // Results that wait come first, however late the frame is: `loadContent` calls back before the page is laid out, and
            // with it before what is built then (tabs, items of lists).
            if let Some(event_loop) = EventLoop::of(context) {
                event_loop.post(|context| {
                    Ui::of(context).frame(context);
                    Ok(())
                });
            }
            Ok(())
        });
    }

    /// One frame: the library updates what is dirty, animations move on, everything is laid out, the app hears of it, and
    /// the display shows it.
    pub(super) fn frame(&self, context: &Context) {
        self.scheduled.set(false);
        self.waits_for_display.set(false);
        let now = EventLoop::of(context).map_or(0.0, |event_loop| event_loop.now().as_secs_f64() * 1000.0);
        self.with_tree(|tree| {
            tree.now = now;
            tree.needs_frame = false;
        });
        let mut timing = self.begin_timing(now);
        self.call_frame_callbacks(context, now);
        self.update(context);
        timing.mark(Part::Update);
        self.count_dirty(&mut timing);
        self.pass(|tree| ticker::tick(&mut Pass::new(tree, &mut AppHost { ui: self, context })));
        for round in 0..ROUNDS {
            self.lay_out(context);
            if round == 0 {
                // After layout, so that movements of frames begin with the frame that moved them.
                self.with_tree(concord_ui::Tree::tick_animations);
            }
            self.settle_focus(context);
            if !self.deliver(context) {
                break;
            }
            timing.mark(Part::Layout);
            self.update(context);
            timing.mark(Part::Update);
        }
        timing.mark(Part::Layout);
        self.note_frame(context, now);
        self.tell_desktop();
        self.touch_display();
        self.draw(context);
        timing.mark(Part::Draw);
        self.end_timing(timing);
        if self.with_tree(|tree| tree.needs_frame) {
            self.request_frame(context);
        }
        self.wait_for_tick(context);
    }

    /// Wakes the loop up when the next tick is due.
    fn wait_for_tick(&self, context: &Context) {
        let Some((due, now)) = self.with_tree(|tree| Some((tree.ticker.next()?, tree.now))) else { return };
        if due <= now {
            self.request_frame(context);
            return;
        }
        if self.wake.get().is_some_and(|wake| wake > now && wake <= due) {
            return;
        }
        let Some(event_loop) = EventLoop::of(context) else { return };
        self.wake.set(Some(due));
        event_loop.after(Duration::from_secs_f64((due - now) / 1000.0), |context| {
            Ui::of(context).request_frame(context);
            Ok(())
        });
    }

    /// Calls those who asked for this frame, with its time in ms. Who wants the next one asks again.
    fn call_frame_callbacks(&self, context: &Context, now: f64) {
        let callbacks = std::mem::take(&mut *self.frame_callbacks.borrow_mut());
        for callback in callbacks {
            if let Err(exception) = callback.call(&context.undefined(), &[context.number(now)]) {
                report(context, exception);
            }
        }
    }

    /// Lets the library re-run what depends on changed state.
    fn update(&self, context: &Context) {
        let on_frame = self.on_frame.borrow().clone();
        if let Some(on_frame) = on_frame
            && let Err(exception) = on_frame.call(&context.undefined(), &[])
        {
            report(context, exception);
        }
    }

    /// Lays out every window, if anything needs it.
    pub(crate) fn lay_out(&self, context: &Context) {
        self.pass(|tree| {
            let before = tree.before_layout();
            let mut host = AppHost { ui: self, context };
            let windows: Vec<_> =
                self.windows.borrow().iter().map(|window| (window.root, window.origin, window.size)).collect();
            // What goes by the width of the window does so in each.
            let width = tree.environment.window_width;
            for (root, origin, size) in windows {
                tree.environment.window_width = self.width_around(root).unwrap_or(width);
                layout_root(&mut Pass::new(tree, &mut host), root, size);
                place_root(tree, root, origin);
            }
            tree.environment.window_width = width;
            tree.after_layout(before);
        });
    }

    /// The width in px of the window of a display that a root is shown in; none without a display.
    fn width_around(&self, root: NodeId) -> Option<f32> {
        let desktop = self.desktop.try_borrow().ok()?;
        let desktop = desktop.as_ref()?;
        let beside = desktop.shown.iter().find(|shown| shown.root == root).and_then(|shown| shown.beside);
        let below = desktop.composed.iter().find(|(composed, _)| *composed == root).map(|(_, below)| *below);
        let below = beside.or(below).unwrap_or(root);
        let windows = self.windows.borrow();
        windows.iter().find(|window| window.root == below).map(|window| window.size.width).filter(|width| *width > 0.0)
    }

    /// Calls what has become due during a pass. Returns whether there was anything.
    pub(crate) fn deliver(&self, context: &Context) -> bool {
        let events = self.with_tree(|tree| std::mem::take(&mut tree.events));
        let any = !events.is_empty();
        for event in events {
            let Some(function) = convert::function(&event.callback) else { continue };
            let result = event.args.iter().map(|arg| convert::to_js(context, arg)).collect::<JsResult<Vec<Js>>>();
            if let Err(exception) = result.and_then(|args| function.call(&context.undefined(), &args)) {
                report(context, exception);
            }
        }
        any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use concord_ability::event_loop::{Clock, RunLimits};

    #[test]
    fn a_frame_waits_for_results_that_are_due_with_it() {
        let context = Context::new().expect("an engine");
        let event_loop = EventLoop::new(&context, Clock::Virtual).expect("a loop");
        let log = context.eval("globalThis.log = []; (entry) => log.push(entry)", "test").expect("a function");
        // Queued when the frame is due already, as after a page that took long to build.
        let result = log.clone();
        event_loop.after(FRAME - Duration::from_nanos(1), move |context| {
            let (event_loop, entry) = (EventLoop::of(context), context.string("result"));
            if let Some(event_loop) = event_loop {
                event_loop.after(Duration::from_nanos(1), move |context| {
                    if let Some(event_loop) = EventLoop::of(context) {
                        event_loop.post_call(&result, vec![entry]);
                    }
                    Ok(())
                });
            }
            Ui::of(context).request_frame(context);
            Ok(())
        });
        let ui = Ui::of(&context);
        *ui.on_frame.borrow_mut() = context.eval("() => log.push('frame')", "test").ok();
        event_loop.run(&context, RunLimits { until_idle: true, deadline: None }).expect("it ends");
        let log = context.eval("log.join()", "test").expect("the log");
        assert_eq!(log.as_string().as_deref(), Some("result,frame"));
    }
}
