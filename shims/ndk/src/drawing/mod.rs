//! `libnative_drawing.so`: drawing on bitmaps and pixel maps, with the raster that also draws ArkUI.
//!
//! One file per header. Objects are numbers that guests cannot forge (`handle.rs`), states and pixels are in `surface.rs`.

mod bitmap;
mod brush;
mod canvas;
mod color;
mod error_code;
mod filter;
mod font;
mod handle;
mod image;
mod matrix;
mod path;
mod path_effect;
mod path_measure;
mod pen;
mod pixel_map;
mod point;
mod rect;
mod round_rect;
mod sampling_options;
mod shader_effect;
mod surface;
#[cfg(test)]
mod tests;
mod text;
mod text_typography;

use crate::library::Export;
use std::sync::OnceLock;

/// The functions of all headers.
pub(crate) fn exports() -> &'static [Export] {
    static EXPORTS: OnceLock<Vec<Export>> = OnceLock::new();
    EXPORTS.get_or_init(|| {
        let headers = [
            bitmap::EXPORTS,
            brush::EXPORTS,
            canvas::EXPORTS,
            color::EXPORTS,
            error_code::EXPORTS,
            filter::EXPORTS,
            font::EXPORTS,
            image::EXPORTS,
            matrix::EXPORTS,
            path::EXPORTS,
            path_effect::EXPORTS,
            pen::EXPORTS,
            pixel_map::EXPORTS,
            point::EXPORTS,
            rect::EXPORTS,
            round_rect::EXPORTS,
            sampling_options::EXPORTS,
            shader_effect::EXPORTS,
            text_typography::EXPORTS,
        ];
        headers.concat()
    })
}
