//! `drawing_path_effect.h`.

use super::error_code::INVALID_PARAMETER;
use super::handle::{Array, Handle, functions, objects};

/// `OH_Drawing_PathEffect`: dashes.
#[derive(Clone, Debug)]
pub(crate) struct PathEffect {
    /// Lengths of lines and gaps in turn.
    pub(super) intervals: Vec<f64>,
    /// Where in them a path begins.
    pub(super) phase: f64,
}
objects!(PathEffect);

/// Lengths of one pattern.
const MOST_INTERVALS: usize = 1024;

functions! {
    fn OH_Drawing_CreateDashPathEffect(intervals: Array<f32>, count: i32, phase: f32) -> Handle<PathEffect> {
        let count = usize::try_from(count).ok().filter(|count| count % 2 == 0 && (2..=MOST_INTERVALS).contains(count));
        let intervals = intervals.read(count.ok_or(INVALID_PARAMETER)?)?;
        Ok(Handle::new(PathEffect { intervals: intervals.into_iter().map(f64::from).collect(), phase: phase.into() }))
    }
    fn OH_Drawing_PathEffectDestroy(effect: Handle<PathEffect>) { effect.release() }
}
