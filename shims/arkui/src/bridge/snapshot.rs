//! Pictures of windows and nodes.

use super::Ui;
use concord_engine::Context;
use concord_paint::kurbo::{Affine, Rect};
use concord_paint::{Brush, Color, CpuRaster, EncodeError, Frame, Painter, Raster, SizeError};
use concord_ui::input::drag;
use concord_ui::{NodeId, paint};

/// A picture could not be taken.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// No window is open, or the node is not there.
    #[error("there is nothing to take a picture of: no window is open")]
    Nothing,
    /// It would be too large.
    #[error(transparent)]
    Size(#[from] SizeError),
    /// It could not be written as PNG.
    #[error(transparent)]
    Encode(#[from] EncodeError),
}

impl Ui {
    /// All windows as they are on the screen, the lowest first, on white (black in dark mode).
    pub(crate) fn screen(&self, context: &Context) -> Result<Frame, SnapshotError> {
        self.lay_out(context);
        let windows: Vec<_> = self.windows.borrow().iter().map(|window| (window.root, window.size)).collect();
        let (width, height) = windows
            .iter()
            .fold((0.0_f32, 0.0_f32), |(width, height), (_, size)| (width.max(size.width), height.max(size.height)));
        if width < 1.0 || height < 1.0 {
            return Err(SnapshotError::Nothing);
        }
        let mut frame = Frame::new(width as u32, height as u32)?;
        let list = self.with_tree(|tree| {
            let mut painter = Painter::new();
            let ground = if tree.environment.dark { Color::BLACK } else { Color::WHITE };
            painter.fill_rect(Rect::new(0.0, 0.0, f64::from(width), f64::from(height)), &Brush::Solid(ground));
            for (root, _) in windows {
                painter.append(&paint(tree, root));
            }
            drag::paint(tree, &mut painter);
            painter.finish()
        });
        CpuRaster::new().render(&list, &mut frame, None);
        Ok(frame)
    }

    /// A node and what is in it, without what is behind; pixels that nothing covers are transparent. `part` is a rectangle of
    /// the node in px, all of it without one; the picture is `scale` times as large.
    pub(crate) fn snapshot(
        &self,
        context: &Context,
        node: NodeId,
        part: Option<Rect>,
        scale: f64,
    ) -> Result<Frame, SnapshotError> {
        self.lay_out(context);
        let (list, size) = self.with_tree(|tree| {
            let frame = tree.get(node).map(|node| node.layout.size).ok_or(SnapshotError::Nothing)?;
            let at = tree.get(node).map(|node| node.layout.offset).unwrap_or_default();
            let part = part.unwrap_or_else(|| Rect::new(0.0, 0.0, f64::from(frame.width), f64::from(frame.height)));
            let mut painter = Painter::new();
            painter.transform(
                Affine::scale(scale) * Affine::translate((-f64::from(at.x) - part.x0, -f64::from(at.y) - part.y0)),
            );
            painter.append(&paint(tree, node));
            Ok::<_, SnapshotError>((painter.finish(), part.size() * scale))
        })?;
        let mut pixels = Frame::new(size.width.round() as u32, size.height.round() as u32)?;
        CpuRaster::new().render(&list, &mut pixels, None);
        Ok(pixels)
    }
}

/// A part of the screen as PNG, in px; all of it without one.
pub(crate) fn screenshot_part(context: &Context, part: Option<Rect>) -> Result<Vec<u8>, SnapshotError> {
    let screen = Ui::of(context).screen(context)?;
    let screen = match part {
        Some(part) => screen.crop(part)?,
        None => screen,
    };
    Ok(screen.to_png()?)
}

/// The screen as PNG.
///
/// # Errors
/// When no window is open, or the picture cannot be made.
pub fn screenshot(context: &Context) -> Result<Vec<u8>, SnapshotError> {
    Ok(Ui::of(context).screen(context)?.to_png()?)
}

/// Every window with its nodes, from the lowest to the topmost, as the inspector describes them: a JSON array.
pub fn layout_dump(context: &Context) -> String {
    let ui = Ui::of(context);
    ui.lay_out(context);
    let roots: Vec<_> = ui.windows.borrow().iter().map(|window| window.root).collect();
    ui.with_tree(|tree| {
        let windows: Vec<_> = roots.iter().map(|root| concord_ui::inspector::describe(tree, *root)).collect();
        format!("{:#}\n", serde_json::Value::Array(windows))
    })
}
