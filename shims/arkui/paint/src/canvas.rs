//! A surface that keeps its pixels: for Canvas 2D, OffscreenCanvas and PixelMap.

use vello_cpu::kurbo::Rect;

use crate::frame::{self, Frame, PixelRect, SizeError};
use crate::raster::CpuRaster;
use crate::{Color, DisplayList, EncodeError, Picture};

/// Pixels that are drawn on again and again.
///
/// [`Canvas::draw`] puts a display list over what is there; blend modes of its layers (Canvas 2D's composite operations)
/// act on what is there, and backdrops see it.
#[derive(Debug)]
pub struct Canvas {
    frame: Frame,
    raster: CpuRaster,
    /// The pixels as a picture, kept until something is drawn.
    picture: Option<Picture>,
}

impl Canvas {
    /// A transparent canvas.
    ///
    /// # Errors
    /// When a side is 0 or beyond the limits.
    pub fn new(width: u32, height: u32) -> Result<Self, SizeError> {
        Ok(Self { frame: Frame::new(width, height)?, raster: CpuRaster::new(), picture: None })
    }

    /// A canvas with the pixels of a picture.
    ///
    /// # Errors
    /// When the picture is empty.
    pub fn from_picture(picture: &Picture) -> Result<Self, SizeError> {
        let mut canvas = Self::new(picture.width(), picture.height())?;
        canvas.frame.data_mut().copy_from_slice(picture.data());
        canvas.picture = Some(picture.clone());
        Ok(canvas)
    }

    /// Px.
    pub fn width(&self) -> u32 {
        self.frame.width()
    }

    /// Px.
    pub fn height(&self) -> u32 {
        self.frame.height()
    }

    /// The pixels.
    pub fn frame(&self) -> &Frame {
        &self.frame
    }

    /// The pixels, to be changed (premultiplied RGBA).
    pub fn frame_mut(&mut self) -> &mut Frame {
        self.picture = None;
        &mut self.frame
    }

    /// Draws a list over what is there.
    pub fn draw(&mut self, list: &DisplayList) {
        let bounds = list.bounds();
        let area = PixelRect::around(bounds);
        if list.is_empty() || area.is_empty() {
            return;
        }
        self.picture = None;
        self.raster.draw_over(list, &mut self.frame, area);
    }

    /// Fills everything.
    pub fn clear(&mut self, color: Color) {
        self.picture = None;
        self.frame.clear(color);
    }

    /// Another size; everything becomes transparent, as when a canvas of the web is resized.
    ///
    /// # Errors
    /// When a side is 0 or beyond the limits; the canvas stays as it was then.
    pub fn resize(&mut self, width: u32, height: u32) -> Result<(), SizeError> {
        self.frame = Frame::new(width, height)?;
        self.picture = None;
        Ok(())
    }

    /// Straight RGBA of `width` by `height` pixels from `x`, `y` on (Canvas 2D's `getImageData`). Pixels outside of the
    /// canvas are transparent.
    ///
    /// # Errors
    /// When the size is 0 or beyond the limits.
    pub fn get_pixels(&self, x: i32, y: i32, width: u32, height: u32) -> Result<Vec<u8>, SizeError> {
        let mut data = self.get_premultiplied(x, y, width, height)?;
        frame::straighten(&mut data);
        Ok(data)
    }

    /// The same, multiplied with alpha.
    ///
    /// # Errors
    /// When the size is 0 or beyond the limits.
    pub fn get_premultiplied(&self, x: i32, y: i32, width: u32, height: u32) -> Result<Vec<u8>, SizeError> {
        let mut part = Frame::new(width, height)?;
        let stride = part.stride();
        for (row, to) in part.data_mut().chunks_exact_mut(stride).enumerate() {
            if let Some((from, to)) = overlap(&self.frame, x, i64::from(y) + row as i64, to) {
                to.copy_from_slice(&self.frame.data()[from]);
            }
        }
        Ok(part.data().to_vec())
    }

    /// Replaces pixels by RGBA that is multiplied with alpha (channels beyond it are cut), `width` pixels to a row.
    pub fn put_premultiplied(&mut self, data: &[u8], width: u32, x: i32, y: i32) {
        let stride = width as usize * 4;
        if stride == 0 {
            return;
        }
        self.picture = None;
        for (row, from) in data.chunks_exact(stride).enumerate() {
            let mut from = from.to_vec();
            for [channels @ .., alpha] in from.as_chunks_mut::<4>().0 {
                channels.iter_mut().for_each(|channel| *channel = (*channel).min(*alpha));
            }
            if let Some((to, from)) = overlap(&self.frame, x, i64::from(y) + row as i64, &mut from)
                && let Some(to) = self.frame.data_mut().get_mut(to)
            {
                to.copy_from_slice(from);
            }
        }
    }

    /// Replaces pixels by straight RGBA, `width` pixels to a row, from `x`, `y` on (`putImageData`). Only what lies in
    /// `dirty` (px of the data; all of it when none) is replaced, and nothing outside of the canvas.
    pub fn put_pixels(&mut self, data: &[u8], width: u32, x: i32, y: i32, dirty: Option<Rect>) {
        let stride = width as usize * 4;
        if stride == 0 {
            return;
        }
        self.picture = None;
        let dirty = dirty.map_or(PixelRect { x0: 0, y0: 0, x1: u16::MAX, y1: u16::MAX }, PixelRect::around);
        let rows = data.chunks_exact(stride).enumerate().take(dirty.y1.into()).skip(dirty.y0.into());
        for (row, from) in rows {
            let first = usize::from(dirty.x0) * 4;
            let last = (usize::from(dirty.x1) * 4).min(stride);
            let Some(from) = from.get(first..last) else { continue };
            let mut from = from.to_vec();
            frame::premultiply(&mut from);
            let place = i64::from(x) + i64::from(dirty.x0);
            let Ok(place) = i32::try_from(place) else { continue };
            if let Some((to, from)) = overlap(&self.frame, place, i64::from(y) + row as i64, &mut from) {
                self.frame.data_mut()[to].copy_from_slice(from);
            }
        }
    }

    /// What is drawn now, as a picture. Without drawing in between it is the same object again.
    pub fn to_picture(&mut self) -> Picture {
        self.picture.get_or_insert_with(|| self.frame.to_picture()).clone()
    }

    /// As a PNG file (`toDataURL`).
    ///
    /// # Errors
    /// When the encoder fails.
    pub fn to_png(&self) -> Result<Vec<u8>, EncodeError> {
        self.frame.to_png()
    }

    /// As a WebP file, without loss.
    ///
    /// # Errors
    /// When the encoder fails, or a side has more than 16383 px.
    pub fn to_webp(&self) -> Result<Vec<u8>, EncodeError> {
        frame::encode_webp(&self.frame.to_straight_rgba(), self.width(), self.height())
    }

    /// As a JPEG file without transparency (over black, as canvases do); `quality` from 0.0 to 1.0.
    ///
    /// # Errors
    /// When the encoder fails.
    pub fn to_jpeg(&self, quality: f32) -> Result<Vec<u8>, EncodeError> {
        frame::encode_jpeg(self.frame.data(), self.width(), self.height(), quality)
    }
}

/// Where a row of pixels that is laid at `x`, `y` overlaps the frame: the bytes of the frame, and the part of the row.
fn overlap<'a>(frame: &Frame, x: i32, y: i64, row: &'a mut [u8]) -> Option<(std::ops::Range<usize>, &'a mut [u8])> {
    let y = usize::try_from(y).ok().filter(|y| *y < frame.height() as usize)?;
    let (width, count) = (i64::from(frame.width()), (row.len() / 4) as i64);
    let first = i64::from(x).clamp(0, width);
    let last = (i64::from(x) + count).clamp(first, width);
    let skipped = usize::try_from(first - i64::from(x)).ok()?;
    let length = usize::try_from(last - first).ok()? * 4;
    let start = y * frame.stride() + usize::try_from(first).ok()? * 4;
    let part = row.get_mut(skipped * 4..skipped * 4 + length)?;
    Some((start..start + length, part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_are_read_and_written_with_straight_alpha() {
        let mut canvas = Canvas::new(4, 4).unwrap();
        canvas.put_pixels(&[200, 100, 50, 128].repeat(4), 2, 1, 1, None);
        assert_eq!(canvas.frame().pixel(0, 0), Color::TRANSPARENT);
        let back = canvas.get_pixels(1, 1, 2, 2).unwrap();
        assert!(back.iter().zip([200, 100, 50, 128].repeat(4)).all(|(a, b)| a.abs_diff(b) <= 1), "{back:?}");
        let around = canvas.get_pixels(-1, -1, 3, 3).unwrap();
        assert_eq!(&around[..32], [0; 32]);
        assert_eq!(around[35], 128);
        assert!(canvas.get_pixels(0, 0, 0, 1).is_err());
        assert!(canvas.get_pixels(0, 0, u32::MAX, 1).is_err());
    }

    #[test]
    fn only_the_dirty_part_is_written() {
        let mut canvas = Canvas::new(6, 6).unwrap();
        canvas.put_pixels(&[255; 4 * 16], 4, -1, 0, Some(Rect::new(2.0, 1.0, 9.0, 3.0)));
        let white: Vec<(u32, u32)> = (0..36)
            .map(|index| (index % 6, index / 6))
            .filter(|(x, y)| canvas.frame().pixel(*x, *y) == Color::WHITE)
            .collect();
        assert_eq!(white, [(1, 1), (2, 1), (1, 2), (2, 2)]);
    }

    #[test]
    fn hostile_places_write_nothing() {
        let mut canvas = Canvas::new(3, 3).unwrap();
        for (x, y) in [(i32::MAX, 0), (i32::MIN, 0), (0, i32::MAX), (0, i32::MIN), (3, 0), (0, 3), (-1, 0)] {
            canvas.put_pixels(&[255; 4], 1, x, y, None);
        }
        canvas.put_pixels(&[255; 7], 2, 0, 0, None);
        canvas.put_pixels(&[255; 7], 0, 0, 0, None);
        canvas.put_pixels(&[255; 8], u32::MAX, 0, 0, None);
        canvas.put_pixels(&[255; 8], 2, 0, 0, Some(Rect::new(f64::NAN, f64::NEG_INFINITY, -5.0, f64::INFINITY)));
        assert!(canvas.frame().data().iter().all(|byte| *byte == 0));
    }

    #[test]
    fn the_picture_is_made_anew_only_after_drawing() {
        let mut canvas = Canvas::new(3, 3).unwrap();
        let first = canvas.to_picture();
        assert_eq!(first, canvas.to_picture());
        canvas.clear(Color::WHITE);
        assert_ne!(first, canvas.to_picture());
        assert_eq!(first.pixel(1, 1), Color::TRANSPARENT);
        assert!(canvas.resize(0, 5).is_err());
        assert_eq!(canvas.width(), 3);
    }
}
