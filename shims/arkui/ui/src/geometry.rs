//! Plain geometry in px, 32 bits, as the platform lays out.

/// A point, or an offset.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Down.
    pub y: f32,
}

impl Point {
    /// The origin.
    pub const ZERO: Point = Point { x: 0.0, y: 0.0 };

    /// A point from its coordinates.
    pub const fn new(x: f32, y: f32) -> Point {
        Point { x, y }
    }

    /// A point from its coordinates along and across an axis.
    pub const fn on(axis: Axis, main: f32, cross: f32) -> Point {
        match axis {
            Axis::Horizontal => Point::new(main, cross),
            Axis::Vertical => Point::new(cross, main),
        }
    }

    /// The coordinate along an axis.
    pub const fn along(self, axis: Axis) -> f32 {
        match axis {
            Axis::Horizontal => self.x,
            Axis::Vertical => self.y,
        }
    }

    /// The same point with another coordinate along an axis.
    pub const fn with(self, axis: Axis, at: f32) -> Point {
        match axis {
            Axis::Horizontal => Point::new(at, self.y),
            Axis::Vertical => Point::new(self.x, at),
        }
    }

    /// How far it is from the origin.
    pub fn length(self) -> f32 {
        self.x.hypot(self.y)
    }
}

impl std::ops::Add for Point {
    type Output = Point;
    fn add(self, other: Point) -> Point {
        Point::new(self.x + other.x, self.y + other.y)
    }
}

impl std::ops::Sub for Point {
    type Output = Point;
    fn sub(self, other: Point) -> Point {
        Point::new(self.x - other.x, self.y - other.y)
    }
}

/// The two axes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Axis {
    /// Left to right.
    Horizontal,
    /// Top to bottom.
    #[default]
    Vertical,
}

impl Axis {
    /// Both.
    pub const BOTH: [Axis; 2] = [Axis::Horizontal, Axis::Vertical];

    /// The other one.
    pub const fn cross(self) -> Axis {
        match self {
            Axis::Horizontal => Axis::Vertical,
            Axis::Vertical => Axis::Horizontal,
        }
    }
}

/// A size. Infinite where nothing limits it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Size {
    /// Horizontal extent.
    pub width: f32,
    /// Vertical extent.
    pub height: f32,
}

impl Size {
    /// Nothing.
    pub const ZERO: Size = Size { width: 0.0, height: 0.0 };
    /// No limit.
    pub const INFINITE: Size = Size { width: f32::INFINITY, height: f32::INFINITY };

    /// A size from its extents.
    pub const fn new(width: f32, height: f32) -> Size {
        Size { width, height }
    }

    /// A size from its extents along and across an axis.
    pub const fn on(axis: Axis, main: f32, cross: f32) -> Size {
        match axis {
            Axis::Horizontal => Size::new(main, cross),
            Axis::Vertical => Size::new(cross, main),
        }
    }

    /// The extent along an axis.
    pub const fn along(self, axis: Axis) -> f32 {
        match axis {
            Axis::Horizontal => self.width,
            Axis::Vertical => self.height,
        }
    }

    /// The same size with another extent along an axis.
    pub const fn with(self, axis: Axis, extent: f32) -> Size {
        match axis {
            Axis::Horizontal => Size::new(extent, self.height),
            Axis::Vertical => Size::new(self.width, extent),
        }
    }

    /// Larger by the edges.
    pub fn grow(self, edges: &Edges) -> Size {
        Size::new(self.width + edges.horizontal(), self.height + edges.vertical())
    }

    /// Smaller by the edges, not below zero.
    pub fn shrink(self, edges: &Edges) -> Size {
        Size::new((self.width - edges.horizontal()).max(0.0), (self.height - edges.vertical()).max(0.0))
    }

    /// The larger extents of both.
    pub fn max(self, other: Size) -> Size {
        Size::new(self.width.max(other.width), self.height.max(other.height))
    }

    /// The smaller extents of both.
    pub fn min(self, other: Size) -> Size {
        Size::new(self.width.min(other.width), self.height.min(other.height))
    }
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    /// Top left corner.
    pub origin: Point,
    /// Extents.
    pub size: Size,
}

impl Rect {
    /// A rectangle from its parts.
    pub const fn new(x: f32, y: f32, width: f32, height: f32) -> Rect {
        Rect { origin: Point::new(x, y), size: Size::new(width, height) }
    }

    /// The right edge.
    pub fn right(&self) -> f32 {
        self.origin.x + self.size.width
    }

    /// The lower edge.
    pub fn bottom(&self) -> f32 {
        self.origin.y + self.size.height
    }

    /// Whether a point lies in it; the right and lower edges do not belong to it.
    pub fn contains(&self, point: Point) -> bool {
        point.x >= self.origin.x && point.x < self.right() && point.y >= self.origin.y && point.y < self.bottom()
    }

    /// What lies in both; empty (zero size) when nothing does.
    pub fn intersect(&self, other: &Rect) -> Rect {
        let x = self.origin.x.max(other.origin.x);
        let y = self.origin.y.max(other.origin.y);
        Rect::new(
            x,
            y,
            (self.right().min(other.right()) - x).max(0.0),
            (self.bottom().min(other.bottom()) - y).max(0.0),
        )
    }

    /// The smallest rectangle around both; an empty one does not count.
    pub fn union(&self, other: &Rect) -> Rect {
        if self.is_empty() {
            return *other;
        }
        if other.is_empty() {
            return *self;
        }
        let x = self.origin.x.min(other.origin.x);
        let y = self.origin.y.min(other.origin.y);
        Rect::new(x, y, self.right().max(other.right()) - x, self.bottom().max(other.bottom()) - y)
    }

    /// Whether it has no area.
    pub fn is_empty(&self) -> bool {
        self.size.width <= 0.0 || self.size.height <= 0.0
    }

    /// Moved by an offset.
    pub fn translate(&self, by: Point) -> Rect {
        Rect { origin: self.origin + by, size: self.size }
    }
}

/// Widths of the four edges.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Edges {
    /// Left.
    pub left: f32,
    /// Top.
    pub top: f32,
    /// Right.
    pub right: f32,
    /// Bottom.
    pub bottom: f32,
}

impl Edges {
    /// Left and right together.
    pub fn horizontal(&self) -> f32 {
        self.left + self.right
    }

    /// Top and bottom together.
    pub fn vertical(&self) -> f32 {
        self.top + self.bottom
    }

    /// Both edges along an axis together.
    pub fn along(&self, axis: Axis) -> f32 {
        match axis {
            Axis::Horizontal => self.horizontal(),
            Axis::Vertical => self.vertical(),
        }
    }

    /// The top left corner inside.
    pub fn origin(&self) -> Point {
        Point::new(self.left, self.top)
    }
}

impl std::ops::Add for Edges {
    type Output = Edges;
    fn add(self, other: Edges) -> Edges {
        Edges {
            left: self.left + other.left,
            top: self.top + other.top,
            right: self.right + other.right,
            bottom: self.bottom + other.bottom,
        }
    }
}
