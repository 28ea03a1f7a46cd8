//! `drawing_color.h`.

use super::handle::functions;

functions! {
    fn OH_Drawing_ColorSetArgb(alpha: u32, red: u32, green: u32, blue: u32) -> u32 {
        Ok([alpha, red, green, blue].into_iter().fold(0, |color, channel| color << 8 | channel & 0xff))
    }
}
