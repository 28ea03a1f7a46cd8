//! Halving pictures, for drawing them much smaller.

use std::sync::Arc;

use vello_cpu::Pixmap;

/// The picture halved once, twice … down to a side of one pixel.
pub(super) fn halves(pixels: &Arc<Pixmap>) -> Vec<Arc<Pixmap>> {
    let mut levels: Vec<Arc<Pixmap>> = Vec::new();
    loop {
        let last = levels.last().unwrap_or(pixels);
        if last.width() < 2 || last.height() < 2 {
            return levels;
        }
        let next = Arc::new(halve(last));
        levels.push(next);
    }
}

/// Every pixel is the mean of four; the last column or row of an odd side is averaged with itself.
fn halve(from: &Pixmap) -> Pixmap {
    let (width, height) = (from.width().div_ceil(2), from.height().div_ceil(2));
    let stride = usize::from(from.width()) * 4;
    let data = from.data_as_u8_slice();
    let mut half = Vec::with_capacity(usize::from(width) * usize::from(height) * 4);
    for y in 0..usize::from(height) {
        let top = &data[2 * y * stride..][..stride];
        let bottom = data.get((2 * y + 1) * stride..).and_then(|rest| rest.get(..stride)).unwrap_or(top);
        for (above, below) in top.chunks(8).zip(bottom.chunks(8)) {
            let right = if above.len() == 8 { 4 } else { 0 };
            for channel in 0..4 {
                let sum = [above[channel], above[right + channel], below[channel], below[right + channel]]
                    .map(u16::from)
                    .iter()
                    .sum::<u16>();
                half.push(((sum + 2) / 4) as u8);
            }
        }
    }
    super::pixmap(half, width, height)
}

#[cfg(test)]
mod tests {
    use crate::{Color, Picture};

    #[test]
    fn halves_are_means_and_end_at_one_pixel() {
        // 3x2: black, white, red over white, black, red.
        let (k, w, r) = ([0, 0, 0, 255], [255; 4], [255, 0, 0, 255]);
        let picture = Picture::from_straight_rgba(&[k, w, r, w, k, r].concat(), 3, 2).unwrap();
        let half = picture.halved(1);
        assert_eq!((half.width(), half.height()), (2, 1));
        assert_eq!(half.data_as_u8_slice(), [128, 128, 128, 255, 255, 0, 0, 255]);
        assert_eq!(picture.halved(9).width(), 2);
        assert_eq!(picture.pixel(2, 1), Color::rgb8(255, 0, 0));
    }
}
