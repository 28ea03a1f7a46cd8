//! Which cells the items of a `Grid` take. A line is a row of a grid that goes down, a column of one that goes to the right.

use crate::items::{Built, Items};
use crate::layout::Tracks;
use crate::select_box::Choice;
use concord_ui::geometry::Axis;
use concord_ui::layout::Pass;
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::{Callback, Value};
use rustc_hash::FxHashSet;

/// Most lines that one item spans.
const MOST_SPAN: usize = 1000;
/// Most items whose cells are worked out one by one.
const MOST_ITEMS: usize = 200_000;
/// Most cells that are looked at and taken to find the places of all items.
const MOST_STEPS: usize = 4_000_000;

/// The cells of one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cell {
    /// Its first line.
    pub(crate) line: usize,
    /// How many lines it takes.
    pub(crate) lines: usize,
    /// Its first cell in the line.
    pub(crate) column: usize,
    /// How many cells it takes across.
    pub(crate) columns: usize,
}

/// `GridLayoutOptions`.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Options {
    /// Items that are not one cell large.
    irregular: FxHashSet<usize>,
    /// `onGetIrregularSizeByIndex`: rows and columns.
    size: Option<Callback>,
    /// `onGetRectByIndex`: first row, first column, rows, columns.
    rect: Option<Callback>,
    given: bool,
}

impl Options {
    pub(crate) fn from_value(value: &Value) -> Options {
        let irregular = value.get("irregularIndexes").as_array().unwrap_or_default();
        Options {
            irregular: irregular.iter().filter_map(Value::as_index).collect(),
            size: value.get("onGetIrregularSizeByIndex").as_callback().cloned(),
            rect: value.get("onGetRectByIndex").as_callback().cloned(),
            given: value.as_object().is_some(),
        }
    }
}

/// The cells of all items.
#[derive(Debug, Default)]
pub(crate) struct Cells {
    /// Cells across one line.
    across: usize,
    /// The cells of each item, when they are not simply one after the other.
    irregular: Option<Irregular>,
    /// What the cells were worked out for, to do it once.
    known: Option<(usize, usize)>,
    /// The attributes of items that they were worked out for.
    places: Vec<(usize, Place)>,
}

#[derive(Debug, Default)]
struct Irregular {
    cells: Vec<Cell>,
    /// Items by line: the first index in `order`, which holds items sorted by their first line.
    starts: Vec<usize>,
    order: Vec<usize>,
    /// Whether a line is tied to the next by an item that lies in both.
    tied: Vec<bool>,
}

/// Attributes of one `GridItem`, along and across the lines.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Place {
    /// `rowStart`, `rowEnd`.
    pub(crate) rows: (Option<usize>, Option<usize>),
    /// `columnStart`, `columnEnd`.
    pub(crate) columns: (Option<usize>, Option<usize>),
}

/// What a `GridItem` is told.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// Its cells.
    pub(crate) place: Place,
    /// Whether it is selected.
    pub(crate) choice: Choice,
    /// `GridItemStyle.PLAIN`: it shows when the mouse is on it and when it is pressed.
    pub(crate) plain: bool,
}

impl Place {
    /// First cell and number of cells.
    fn span((start, end): (Option<usize>, Option<usize>)) -> (Option<usize>, usize) {
        match (start, end) {
            (Some(start), Some(end)) if end >= start => (Some(start), (end - start + 1).min(MOST_SPAN)),
            (start, _) => (start, 1),
        }
    }
}

impl Cells {
    /// Works the cells out again the next time.
    pub(crate) fn forget(&mut self) {
        self.known = None;
    }

    /// Works out which cells items take.
    pub(crate) fn arrange(
        &mut self,
        pass: &mut Pass<'_>,
        items: &Items,
        built: &Built,
        options: &Options,
        tracks: &Tracks,
        axis: Axis,
    ) {
        self.across = tracks.len().max(1);
        let count = items.len();
        let mut places = Vec::new();
        if !options.given {
            // Attributes of items that exist; an item that is not built yet is taken for one cell.
            for (index, item) in items.present(built) {
                let place = pass.tree.state::<Told>(item).map(|told| told.place);
                places.extend(place.filter(|place| *place != Place::default()).map(|place| (index, place)));
            }
        }
        let known = Some((count, self.across));
        if self.known == known && self.places == places {
            return;
        }
        self.known = known;
        let regular = places.is_empty() && (!options.given || (options.rect.is_none() && options.irregular.is_empty()))
            || count > MOST_ITEMS;
        if regular {
            self.irregular = None;
            self.places = places;
            return;
        }
        self.irregular = self.work_out(pass, count, &places, options, axis);
        if self.irregular.is_none() {
            tracing::warn!("the items of a grid span too many cells: they are taken for one cell each");
        }
        self.places = places;
    }

    fn work_out(
        &self,
        pass: &mut Pass<'_>,
        count: usize,
        places: &[(usize, Place)],
        options: &Options,
        axis: Axis,
    ) -> Option<Irregular> {
        let mut filler =
            Filler { across: self.across, taken: FxHashSet::default(), line: 0, column: 0, left: MOST_STEPS };
        let mut cells = Vec::with_capacity(count);
        let mut places = places.iter().peekable();
        for index in 0..count {
            let place = places.next_if(|(of, _)| *of == index).map(|(_, place)| *place);
            let (line, lines, column, columns) = match place {
                Some(place) => {
                    let (along, across) = match axis {
                        Axis::Vertical => (place.rows, place.columns),
                        Axis::Horizontal => (place.columns, place.rows),
                    };
                    let ((line, lines), (column, columns)) = (Place::span(along), Place::span(across));
                    (line, lines, column, columns)
                }
                None => spans(pass, index, options, self.across, axis),
            };
            cells.push(filler.put(line, lines.max(1), column, columns.clamp(1, self.across))?);
        }
        let lines = cells.iter().map(|cell| cell.line + cell.lines).max().unwrap_or(0);
        let mut tied = vec![false; lines];
        for cell in &cells {
            for line in cell.line..(cell.line + cell.lines).saturating_sub(1) {
                if let Some(tied) = tied.get_mut(line) {
                    *tied = true;
                }
            }
        }
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_by_key(|index| cells.get(*index).map_or(0, |cell| cell.line));
        let of = |at: usize| order.get(at).and_then(|index| cells.get(*index)).map_or(usize::MAX, |cell| cell.line);
        let mut starts = Vec::with_capacity(lines + 1);
        let mut at = 0;
        for line in 0..=lines {
            while of(at) < line {
                at += 1;
            }
            starts.push(at);
        }
        Some(Irregular { cells, starts, order, tied })
    }

    /// The cells of an item.
    pub(crate) fn cell(&self, index: usize) -> Option<Cell> {
        match &self.irregular {
            Some(irregular) => irregular.cells.get(index).copied(),
            None => Some(Cell { line: index / self.across, lines: 1, column: index % self.across, columns: 1 }),
        }
    }

    /// The items that begin in a line, of `count`.
    pub(crate) fn items_of(&self, line: usize, count: usize) -> Vec<usize> {
        match &self.irregular {
            Some(irregular) => {
                let start = irregular.starts.get(line).copied().unwrap_or(usize::MAX);
                let end = irregular.starts.get(line + 1).copied().unwrap_or(irregular.order.len());
                irregular.order.get(start..end).unwrap_or_default().to_vec()
            }
            None => (line * self.across..((line + 1) * self.across).min(count)).collect(),
        }
    }

    /// How many lines `count` items take.
    pub(crate) fn lines(&self, count: usize) -> usize {
        match &self.irregular {
            Some(irregular) => irregular.tied.len(),
            None => count.div_ceil(self.across.max(1)),
        }
    }

    /// The line of an item.
    pub(crate) fn line_of(&self, index: usize) -> usize {
        self.cell(index).map_or(0, |cell| cell.line)
    }

    /// The first item of a line or of those behind it.
    pub(crate) fn first_item(&self, line: usize) -> usize {
        match &self.irregular {
            Some(irregular) => {
                let start = irregular.starts.get(line).copied().unwrap_or(irregular.order.len());
                irregular.order.get(start..).unwrap_or_default().iter().min().copied().unwrap_or(irregular.cells.len())
            }
            None => line * self.across,
        }
    }

    /// The first of the lines that are tied to a line.
    pub(crate) fn block_of(&self, line: usize) -> usize {
        let Some(irregular) = &self.irregular else { return line };
        let tied = |line: usize| irregular.tied.get(line).copied().unwrap_or(false);
        (0..line).rev().find(|before| !tied(*before)).map_or(0, |before| before + 1)
    }

    /// The line behind those that are tied to a line.
    pub(crate) fn block_end(&self, line: usize) -> usize {
        let Some(irregular) = &self.irregular else { return line + 1 };
        let rest = irregular.tied.get(line..).unwrap_or_default();
        line + 1 + rest.iter().take_while(|tied| **tied).count()
    }
}

/// Where `GridLayoutOptions` put an item: first line and lines, first cell and cells.
fn spans(
    pass: &mut Pass<'_>,
    index: usize,
    options: &Options,
    across: usize,
    axis: Axis,
) -> (Option<usize>, usize, Option<usize>, usize) {
    let number = |value: &Value, at: usize| {
        let number = value.as_array().and_then(|numbers| numbers.get(at)).and_then(Value::as_f64);
        number.filter(|number| *number >= 0.0).map(|number| number.min(1e6) as usize)
    };
    let turn = |rows: usize, columns: usize| match axis {
        Axis::Vertical => (rows.min(MOST_SPAN), columns),
        Axis::Horizontal => (columns.min(MOST_SPAN), rows),
    };
    if let Some(callback) = &options.rect {
        let rect = pass.host.call(pass.tree, callback, &[Value::Number(index as f64)]);
        if let (Some(row), Some(column), Some(rows), Some(columns)) =
            (number(&rect, 0), number(&rect, 1), number(&rect, 2), number(&rect, 3))
        {
            let (line, column) = turn_start(axis, row, column);
            let (lines, columns) = turn(rows, columns);
            return (Some(line), lines, Some(column), columns);
        }
    }
    if !options.irregular.contains(&index) {
        return (None, 1, None, 1);
    }
    let size = options.size.as_ref().map(|callback| {
        let size = pass.host.call(pass.tree, callback, &[Value::Number(index as f64)]);
        turn(number(&size, 0).unwrap_or(1), number(&size, 1).unwrap_or(1))
    });
    // Without a size, an irregular item takes a whole line.
    let (lines, columns) = size.unwrap_or((1, across));
    (None, lines, None, columns)
}

fn turn_start(axis: Axis, row: usize, column: usize) -> (usize, usize) {
    match axis {
        Axis::Vertical => (row, column),
        Axis::Horizontal => (column, row),
    }
}

/// Fills cells in order.
struct Filler {
    across: usize,
    taken: FxHashSet<(usize, usize)>,
    line: usize,
    column: usize,
    /// How many more cells may be looked at or taken.
    left: usize,
}

impl Filler {
    /// Finds a place and takes it; nothing when that is too much work.
    fn put(&mut self, line: Option<usize>, lines: usize, column: Option<usize>, columns: usize) -> Option<Cell> {
        let cell = match (line, column.filter(|column| column + columns <= self.across)) {
            (Some(line), Some(column)) => Cell { line, lines, column, columns },
            (line, column) => self.search(line, lines, column, columns)?,
        };
        self.left = self.left.checked_sub(lines * columns)?;
        for line in cell.line..cell.line + cell.lines {
            for column in cell.column..cell.column + cell.columns {
                self.taken.insert((line, column));
            }
        }
        if line.is_none() {
            (self.line, self.column) = (cell.line, cell.column + cell.columns);
        }
        Some(cell)
    }

    /// The next free place behind the last one that was filled in order.
    fn search(&mut self, line: Option<usize>, lines: usize, column: Option<usize>, columns: usize) -> Option<Cell> {
        let (mut at, mut from) = line.map_or((self.line, self.column), |line| (line, 0));
        if let Some(column) = column {
            if line.is_none() && column < from {
                at += 1;
            }
            from = column;
        }
        loop {
            let last = column.map_or((self.across + 1).saturating_sub(columns), |column| column + 1);
            for start in from..last {
                let cells =
                    (at..at + lines).flat_map(|line| (start..start + columns).map(move |column| (line, column)));
                let mut looked_at = 0;
                let free = cells.inspect(|_| looked_at += 1).all(|cell| !self.taken.contains(&cell));
                self.left = self.left.checked_sub(looked_at)?;
                if free {
                    return Some(Cell { line: at, lines, column: start, columns });
                }
            }
            self.left = self.left.checked_sub(1)?;
            at += 1;
            from = column.unwrap_or(0);
        }
    }
}

/// Reads and writes the attributes of a `GridItem`.
pub(crate) fn set(tree: &mut Tree, node: NodeId, change: impl FnOnce(&mut Place)) {
    if let Some(told) = tree.state_mut::<Told>(node) {
        change(&mut told.place);
    }
    tree.mark_measure(node);
}
