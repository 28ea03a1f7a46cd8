//! Pixels that the app holds and changes: what is behind a `PixelMap`, an `ImageBitmap` and a canvas.

use concord_paint::{Canvas, Picture};
use std::cell::RefCell;
use std::fmt;

/// Pixels shared between the app's side and the nodes that show them: they show what is there when they are drawn.
pub struct Pixels(pub RefCell<Canvas>);

impl fmt::Debug for Pixels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pixels")
    }
}

impl Pixels {
    /// Takes over a canvas.
    pub fn new(canvas: Canvas) -> Pixels {
        Pixels(RefCell::new(canvas))
    }

    /// Width and height.
    pub fn size(&self) -> (u32, u32) {
        self.0.try_borrow().map_or((0, 0), |canvas| (canvas.width(), canvas.height()))
    }

    /// What is there now.
    pub fn picture(&self) -> Option<Picture> {
        self.0.try_borrow_mut().ok().map(|mut canvas| canvas.to_picture())
    }
}
