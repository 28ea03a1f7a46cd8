//! How long frames take, for whoever inspects.

use crate::bridge::Ui;
use crate::inspector::FrameTimes;
use std::time::Instant;

/// The times of a frame that is being made; nothing while nobody looks.
pub(in crate::bridge) struct Timing(Option<Running>);

struct Running {
    since: Instant,
    times: FrameTimes,
}

/// The parts of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::bridge) enum Part {
    Update,
    Layout,
    Draw,
}

impl Timing {
    /// What has run since the last mark belongs to this part.
    pub(in crate::bridge) fn mark(&mut self, part: Part) {
        let Some(Running { since, times }) = &mut self.0 else { return };
        let passed = since.elapsed().as_secs_f64() * 1000.0;
        *since = Instant::now();
        match part {
            Part::Update => times.update += passed,
            Part::Layout => times.layout += passed,
            Part::Draw => times.draw += passed,
        }
    }
}

impl Ui {
    /// A frame begins, at this time of the main loop's clock in ms.
    pub(in crate::bridge) fn begin_timing(&self, at: f64) -> Timing {
        let times = FrameTimes { at, ..FrameTimes::default() };
        Timing(self.is_inspected().then(|| Running { since: Instant::now(), times }))
    }

    /// Counts what is out of date before it is laid out.
    pub(in crate::bridge) fn count_dirty(&self, timing: &mut Timing) {
        let Some(Running { times, .. }) = &mut timing.0 else { return };
        self.with_tree(|tree| {
            for id in tree.ids() {
                times.nodes += 1;
                let dirty = tree.get(id).is_some_and(|node| node.dirty.measure || node.dirty.place);
                times.dirty += usize::from(dirty);
            }
        });
    }

    /// The frame is shown.
    pub(in crate::bridge) fn end_timing(&self, timing: Timing) {
        let Timing(Some(Running { mut times, .. })) = timing else { return };
        times.number = self.inspection.frames.get() + 1;
        self.inspection.frames.set(times.number);
        self.inspection.shared.push(times);
    }
}
