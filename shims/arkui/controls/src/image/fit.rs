//! `ImageFit`: how a picture of one size lies in a box of another.

use concord_paint::kurbo;
use concord_ui::geometry::{Point, Rect, Size};

/// `ImageFit`, by the platform's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Fit {
    /// 0: stretched to the box.
    Fill,
    /// 1: as large as fits in.
    Contain,
    /// 2: as small as covers the box.
    #[default]
    Cover,
    /// 3: as `Cover` where that is the width, else as `Contain`.
    Auto,
    /// 5: in its own size, in the middle.
    None,
    /// 6: as `Contain`, but not larger than it is.
    ScaleDown,
    /// 7 to 15: in its own size, at one of nine places: columns and rows of three.
    At(u8, u8),
}

impl Fit {
    /// By the platform's number.
    pub(super) fn from_number(number: i32) -> Option<Fit> {
        Some(match number {
            0 => Fit::Fill,
            1 => Fit::Contain,
            2 => Fit::Cover,
            3 => Fit::Auto,
            5 => Fit::None,
            6 => Fit::ScaleDown,
            7..=15 => {
                let index = u8::try_from(number - 7).ok()?;
                Fit::At(index % 3, index / 3)
            }
            _ => return None,
        })
    }

    /// The name that the inspector shows.
    pub(super) fn name(self) -> &'static str {
        match self {
            Fit::Fill => "ImageFit.Fill",
            Fit::Contain => "ImageFit.Contain",
            Fit::Cover => "ImageFit.Cover",
            Fit::Auto => "ImageFit.Auto",
            Fit::None => "ImageFit.None",
            Fit::ScaleDown => "ImageFit.ScaleDown",
            Fit::At(column, row) => {
                const NAMES: [[&str; 3]; 3] = [
                    ["ImageFit.TOP_START", "ImageFit.TOP", "ImageFit.TOP_END"],
                    ["ImageFit.START", "ImageFit.CENTER", "ImageFit.END"],
                    ["ImageFit.BOTTOM_START", "ImageFit.BOTTOM", "ImageFit.BOTTOM_END"],
                ];
                NAMES.get(usize::from(row)).and_then(|names| names.get(usize::from(column))).copied().unwrap_or("")
            }
        }
    }

    /// Where a picture lies in a box; it may reach beyond it.
    pub(super) fn place(self, picture: Size, space: Size) -> Rect {
        if picture.width <= 0.0 || picture.height <= 0.0 {
            return Rect::default();
        }
        let (x, y) = (space.width / picture.width, space.height / picture.height);
        let (scale_x, scale_y) = match self {
            Fit::Fill => (x, y),
            Fit::Contain => (x.min(y), x.min(y)),
            Fit::Cover => (x.max(y), x.max(y)),
            Fit::Auto => (x, x),
            Fit::None | Fit::At(..) => (1.0, 1.0),
            Fit::ScaleDown => (x.min(y).min(1.0), x.min(y).min(1.0)),
        };
        let size = Size::new(picture.width * scale_x, picture.height * scale_y);
        let (column, row) = match self {
            Fit::At(column, row) => (f32::from(column) / 2.0, f32::from(row) / 2.0),
            _ => (0.5, 0.5),
        };
        let origin = Point::new((space.width - size.width) * column, (space.height - size.height) * row);
        Rect { origin, size }
    }
}

/// Where a picture (width and height) lies in a box, by the number of an `ImageFit`.
pub(crate) fn place_picture(fit: i32, picture: (f32, f32), space: kurbo::Rect) -> kurbo::Rect {
    let fit = Fit::from_number(fit).unwrap_or_default();
    let space_size = Size::new(space.width() as f32, space.height() as f32);
    let placed = fit.place(Size::new(picture.0, picture.1), space_size);
    concord_ui::scene::kurbo_rect(&placed) + space.origin().to_vec2()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(number: i32, picture: (f32, f32), space: (f32, f32)) -> [f32; 4] {
        let fit = Fit::from_number(number).expect("a fit");
        let rect = fit.place(Size::new(picture.0, picture.1), Size::new(space.0, space.1));
        [rect.origin.x, rect.origin.y, rect.size.width, rect.size.height]
    }

    #[test]
    fn pictures_are_scaled_by_their_fit() {
        assert_eq!(place(0, (8.0, 4.0), (60.0, 60.0)), [0.0, 0.0, 60.0, 60.0]);
        assert_eq!(place(1, (8.0, 4.0), (60.0, 60.0)), [0.0, 15.0, 60.0, 30.0]);
        assert_eq!(place(2, (8.0, 4.0), (60.0, 60.0)), [-30.0, 0.0, 120.0, 60.0]);
        assert_eq!(place(5, (8.0, 4.0), (60.0, 60.0)), [26.0, 28.0, 8.0, 4.0]);
        assert_eq!(place(6, (8.0, 4.0), (60.0, 60.0)), [26.0, 28.0, 8.0, 4.0]);
        assert_eq!(place(6, (80.0, 40.0), (60.0, 60.0)), [0.0, 15.0, 60.0, 30.0]);
        assert_eq!(place(9, (8.0, 4.0), (60.0, 60.0)), [52.0, 0.0, 8.0, 4.0]);
    }
}
