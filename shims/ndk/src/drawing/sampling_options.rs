//! `drawing_sampling_options.h`.

use super::error_code::{Code, OUT_OF_RANGE};
use super::handle::{Handle, functions, objects};
use concord_paint::Sampling;

/// `OH_Drawing_SamplingOptions`: nearest or linear, and whether smaller copies are used.
#[derive(Clone, Copy, Default)]
pub(crate) struct SamplingOptions {
    filter: u32,
    mipmap: u32,
}
objects!(SamplingOptions);

impl SamplingOptions {
    pub(super) fn sampling(self) -> Sampling {
        match (self.filter, self.mipmap) {
            (_, 1..) => Sampling::Mipmap,
            (0, _) => Sampling::Nearest,
            _ => Sampling::Linear,
        }
    }
}

/// The sampling that a guest asks for; nearest without options.
pub(super) fn sampling(options: Handle<SamplingOptions>) -> Result<Sampling, Code> {
    Ok(options.optional()?.unwrap_or_default().sampling())
}

functions! {
    fn OH_Drawing_SamplingOptionsCreate(filter: u32, mipmap: u32) -> Handle<SamplingOptions> {
        if filter > 1 || mipmap > 2 {
            return Err(OUT_OF_RANGE);
        }
        Ok(Handle::new(SamplingOptions { filter, mipmap }))
    }
    fn OH_Drawing_SamplingOptionsCopy(options: Handle<SamplingOptions>) -> Handle<SamplingOptions> {
        Ok(Handle::new(options.get()?))
    }
    fn OH_Drawing_SamplingOptionsDestroy(options: Handle<SamplingOptions>) { options.release() }
}
