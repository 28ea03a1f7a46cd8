//! The frame of a window where the desktop draws none: a title bar with buttons, edges to pull at, a shadow. It lies around the
//! picture of the window on surfaces of its own, so neither the app nor the `Display` trait knows of it.

mod input;
mod look;
mod pieces;

pub(crate) use input::FramePointer;
pub(crate) use look::{Drawn, Look};
pub(crate) use pieces::{Frame, geometry};

use concord_desktop::display::Cursor;
use wayland_protocols::xdg::shell::client::xdg_toplevel::ResizeEdge;

/// Height of the title bar. All lengths here are logical pixels.
pub(crate) const TITLE: u32 = 36;
/// Width of a button in it.
const BUTTON: u32 = 40;
/// How far the shadow reaches.
const SHADOW: u32 = 24;
/// How far outside of the window its edges can be pulled at …
const GRIP: u32 = 8;
/// … and how far inside of the title bar.
const INNER_GRIP: u32 = 3;
/// How much of an edge belongs to the corner at its end.
const CORNER: u32 = 20;

/// What the pointer can be over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Title,
    Minimize,
    Maximize,
    Close,
    Edge(ResizeEdge),
}

impl Part {
    /// What the pointer looks like over it.
    fn cursor(self) -> Cursor {
        match self {
            Part::Edge(ResizeEdge::Left | ResizeEdge::Right) => Cursor::ResizeHorizontal,
            Part::Edge(ResizeEdge::Top | ResizeEdge::Bottom) => Cursor::ResizeVertical,
            Part::Edge(ResizeEdge::TopLeft | ResizeEdge::BottomRight) => Cursor::ResizeNwse,
            Part::Edge(_) => Cursor::ResizeNesw,
            _ => Cursor::Default,
        }
    }
}

/// What of the frame there is. Positions count from the top left of the content, so the title bar has negative ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Of the content.
    pub(crate) size: (u32, u32),
    /// It fills its place: nothing to pull at, no shadow.
    pub(crate) filled: bool,
    /// There is a button for it.
    pub(crate) minimizes: bool,
    /// There is a button for it.
    pub(crate) maximizes: bool,
}

/// A rectangle of logical pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Area {
    x: i32,
    y: i32,
    width: u32,
    height: u32,
}

/// Each lies on a surface of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Title,
    Top,
    Left,
    Right,
    Bottom,
}

impl Kind {
    const ALL: [Kind; 5] = [Kind::Title, Kind::Top, Kind::Left, Kind::Right, Kind::Bottom];
}

impl Shape {
    /// Where a piece lies.
    fn area(&self, kind: Kind) -> Area {
        let (width, height) = self.size;
        let (title, shadow) = (TITLE as i32, SHADOW as i32);
        let (right, bottom) = (width as i32, height as i32);
        let around = width + 2 * SHADOW;
        match kind {
            Kind::Title => Area { x: 0, y: -title, width, height: TITLE },
            Kind::Top => Area { x: -shadow, y: -title - shadow, width: around, height: SHADOW },
            Kind::Left => Area { x: -shadow, y: -title, width: SHADOW, height: height + TITLE },
            Kind::Right => Area { x: right, y: -title, width: SHADOW, height: height + TITLE },
            Kind::Bottom => Area { x: -shadow, y: bottom, width: around, height: SHADOW },
        }
    }

    /// The part of a piece that takes input, from its own top left.
    fn input(&self, kind: Kind) -> Area {
        let Area { width, height, .. } = self.area(kind);
        let (shadow, grip) = (SHADOW as i32, GRIP as i32);
        let long = width.saturating_sub(2 * (SHADOW - GRIP));
        match kind {
            Kind::Title => Area { x: 0, y: 0, width, height },
            Kind::Top => Area { x: shadow - grip, y: shadow - grip, width: long, height: GRIP },
            Kind::Left => Area { x: shadow - grip, y: 0, width: GRIP, height },
            Kind::Right => Area { x: 0, y: 0, width: GRIP, height },
            Kind::Bottom => Area { x: shadow - grip, y: 0, width: long, height: GRIP },
        }
    }

    /// The buttons from the left to the right, with their left edges.
    fn buttons(&self) -> impl Iterator<Item = (Part, f64)> + use<> {
        let all = [(Part::Minimize, self.minimizes), (Part::Maximize, self.maximizes), (Part::Close, true)];
        let shown: Vec<Part> = all.into_iter().filter(|(_, there)| *there).map(|(part, _)| part).collect();
        let left = f64::from(self.size.0) - shown.len() as f64 * f64::from(BUTTON);
        shown.into_iter().enumerate().map(move |(index, part)| (part, left + index as f64 * f64::from(BUTTON)))
    }

    /// What is at a point of the frame.
    pub(crate) fn part_at(&self, (x, y): (f64, f64)) -> Part {
        let (width, height) = (f64::from(self.size.0), f64::from(self.size.1));
        let (top, corner) = (-f64::from(TITLE), f64::from(CORNER));
        if !self.filled {
            let (left, right) = (x < 0.0, x >= width);
            let (above, below) = (y < top + f64::from(INNER_GRIP), y >= height);
            if left || right || above || below {
                let left = left || (!right && x < corner);
                let right = right || (!left && x >= width - corner);
                let above = above || (!below && y < top + corner);
                let below = below || (!above && y >= height - corner);
                return Part::Edge(edge(left, right, above, below));
            }
        }
        let over = |left: f64| (left..left + f64::from(BUTTON)).contains(&x);
        self.buttons().find(|(_, left)| over(*left)).map_or(Part::Title, |(part, _)| part)
    }
}

fn edge(left: bool, right: bool, above: bool, below: bool) -> ResizeEdge {
    match (left, right, above, below) {
        (true, _, true, _) => ResizeEdge::TopLeft,
        (true, _, _, true) => ResizeEdge::BottomLeft,
        (_, true, true, _) => ResizeEdge::TopRight,
        (_, true, _, true) => ResizeEdge::BottomRight,
        (true, ..) => ResizeEdge::Left,
        (_, true, ..) => ResizeEdge::Right,
        (_, _, true, _) => ResizeEdge::Top,
        _ => ResizeEdge::Bottom,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPE: Shape = Shape { size: (300, 200), filled: false, minimizes: true, maximizes: true };

    #[test]
    fn buttons_are_at_the_end_of_the_title() {
        let at = |x: f64| SHAPE.part_at((x, -18.0));
        assert_eq!(
            [at(20.0), at(185.0), at(225.0), at(280.0)],
            [Part::Title, Part::Minimize, Part::Maximize, Part::Close]
        );
        let fixed = Shape { maximizes: false, ..SHAPE };
        assert_eq!(fixed.part_at((225.0, -18.0)), Part::Minimize);
    }

    #[test]
    fn edges_and_corners_are_told_apart() {
        let at = |x: f64, y: f64| SHAPE.part_at((x, y));
        assert_eq!(at(-3.0, 100.0), Part::Edge(ResizeEdge::Left));
        assert_eq!(at(-3.0, 195.0), Part::Edge(ResizeEdge::BottomLeft));
        assert_eq!(at(5.0, 204.0), Part::Edge(ResizeEdge::BottomLeft));
        assert_eq!(at(150.0, 204.0), Part::Edge(ResizeEdge::Bottom));
        assert_eq!(at(150.0, -40.0), Part::Edge(ResizeEdge::Top));
        assert_eq!(at(299.0, -35.0), Part::Edge(ResizeEdge::TopRight));
        let filled = Shape { filled: true, ..SHAPE };
        assert_eq!(filled.part_at((299.0, -35.0)), Part::Close);
    }

    #[test]
    fn pieces_lie_around_the_content_and_do_not_overlap() {
        let areas: Vec<Area> = Kind::ALL.iter().map(|kind| SHAPE.area(*kind)).collect();
        let overlap = |a: &Area, b: &Area| {
            let apart = |at: i32, length: u32, other: i32, other_length: u32| {
                at + length as i32 <= other || other + other_length as i32 <= at
            };
            !(apart(a.x, a.width, b.x, b.width) || apart(a.y, a.height, b.y, b.height))
        };
        for (index, one) in areas.iter().enumerate() {
            assert!(areas[index + 1..].iter().all(|other| !overlap(one, other)), "{one:?}");
            assert!(!overlap(one, &Area { x: 0, y: 0, width: 300, height: 200 }), "{one:?}");
        }
        for kind in Kind::ALL {
            let (area, input) = (SHAPE.area(kind), SHAPE.input(kind));
            assert!(input.x as u32 + input.width <= area.width && input.y as u32 + input.height <= area.height);
        }
    }
}
