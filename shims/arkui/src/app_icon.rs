//! Icons of apps as the platform's launcher draws them.

use concord_paint::kurbo::{Rect, RoundedRect, Vec2};
use concord_paint::{Canvas, DecodeError, EncodeError, Painter, Picture, Sampling, SizeError};

/// Radius of an icon's corners as a part of its side: that of the platform's mask (`ohos_icon_mask`), whose corners are a little
/// smoother than circles.
const CORNER: f64 = 14.0 / 54.0;

/// Why an icon could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum IconError {
    /// A layer is no picture.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// It would be too large.
    #[error(transparent)]
    Size(#[from] SizeError),
    /// It could not be written as PNG.
    #[error(transparent)]
    Encode(#[from] EncodeError),
}

/// Pictures on top of each other, the backmost first. With `masked` the platform's shape is cut out of them, as of layered
/// icons; single pictures bring their own shape. Gives PNG files, `sizes` px to a side.
///
/// # Errors
/// When a layer cannot be read.
pub fn draw_app_icon(layers: &[&[u8]], masked: bool, sizes: &[u32]) -> Result<Vec<Vec<u8>>, IconError> {
    app_icon(layers, masked, sizes)?.iter().map(|icon| Ok(icon.to_png()?)).collect()
}

/// The same as pixels.
pub(crate) fn app_icon(layers: &[&[u8]], masked: bool, sizes: &[u32]) -> Result<Vec<Canvas>, IconError> {
    let largest = sizes.iter().copied().max().unwrap_or(1);
    let layers = layers.iter().map(|bytes| layer(bytes, largest)).collect::<Result<Vec<Picture>, _>>()?;
    sizes.iter().map(|size| draw(&layers, masked, *size)).collect()
}

/// Vectors are drawn at the largest size, in their own proportions.
fn layer(bytes: &[u8], largest: u32) -> Result<Picture, DecodeError> {
    let info = Picture::info(bytes)?;
    let longest = f64::from(info.width.max(info.height).max(1));
    let side = |own: u32| (f64::from(own) / longest * f64::from(largest)).round().max(1.0) as u32;
    Picture::decode(bytes, Some((side(info.width), side(info.height))))
}

fn draw(layers: &[Picture], masked: bool, size: u32) -> Result<Canvas, IconError> {
    let side = f64::from(size);
    let mut painter = Painter::new();
    painter.save();
    if masked {
        painter.clip_rounded(RoundedRect::new(0.0, 0.0, side, side, side * CORNER));
    }
    for picture in layers {
        let (width, height) = (f64::from(picture.width()), f64::from(picture.height()));
        let scale = side / width.max(height).max(1.0);
        let target = Rect::new(0.0, 0.0, width * scale, height * scale);
        let centred = target + Vec2::new(side - target.width(), side - target.height()) / 2.0;
        painter.picture(picture, picture.rect(), centred, Sampling::Mipmap, None);
    }
    painter.restore();
    let mut canvas = Canvas::new(size, size)?;
    canvas.draw(&painter.finish());
    Ok(canvas)
}

#[cfg(test)]
mod tests {
    use super::*;
    use concord_paint::Color;

    fn square(color: [u8; 4], width: u32, height: u32) -> Vec<u8> {
        let pixels = color.repeat((width * height) as usize);
        Picture::from_straight_rgba(&pixels, width, height).unwrap().to_png().unwrap()
    }

    fn pixel(png: &[u8], x: u32, y: u32) -> Color {
        Picture::decode(png, None).unwrap().pixel(x, y)
    }

    #[test]
    fn layers_lie_on_each_other_in_the_platforms_shape() {
        let (back, front) = (square([0, 0, 255, 255], 96, 96), square([255, 0, 0, 255], 96, 48));
        let icons = draw_app_icon(&[&back, &front], true, &[48, 16]).unwrap();
        let sizes: Vec<u32> = icons.iter().map(|png| Picture::decode(png, None).unwrap().width()).collect();
        assert_eq!(sizes, [48, 16]);
        assert_eq!(pixel(&icons[0], 24, 24), Color::rgb8(255, 0, 0));
        assert_eq!(pixel(&icons[0], 24, 2), Color::rgb8(0, 0, 255));
        assert_eq!(pixel(&icons[0], 0, 0), Color::TRANSPARENT, "corners are cut off");
    }

    #[test]
    fn single_pictures_keep_their_shape_and_proportions() {
        let icons = draw_app_icon(&[&square([0, 255, 0, 255], 20, 10)], false, &[40]).unwrap();
        assert_eq!(pixel(&icons[0], 0, 20), Color::rgb8(0, 255, 0));
        assert_eq!(pixel(&icons[0], 20, 2), Color::TRANSPARENT);
    }

    #[test]
    fn vectors_and_what_is_no_picture() {
        let svg = br##"<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8" fill="#f00"/></svg>"##;
        let icons = draw_app_icon(&[svg], false, &[64]).unwrap();
        assert_eq!(pixel(&icons[0], 60, 60), Color::rgb8(255, 0, 0));
        assert!(draw_app_icon(&[b"no picture"], false, &[16]).is_err());
    }
}
