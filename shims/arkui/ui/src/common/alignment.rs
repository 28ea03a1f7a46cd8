//! Where things lie in what is around them.

use crate::value::Value;

/// `Alignment`: nine places in a box, by the platform's numbers 0 to 8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Alignment {
    /// 0.
    TopStart,
    /// 1.
    Top,
    /// 2.
    TopEnd,
    /// 3.
    Start,
    /// 4.
    #[default]
    Center,
    /// 5.
    End,
    /// 6.
    BottomStart,
    /// 7.
    Bottom,
    /// 8.
    BottomEnd,
}

impl Alignment {
    /// From the platform's number or, since API 20, name.
    pub fn from_value(value: &Value) -> Option<Alignment> {
        const ALL: [(Alignment, &str); 9] = [
            (Alignment::TopStart, "top_start"),
            (Alignment::Top, "top"),
            (Alignment::TopEnd, "top_end"),
            (Alignment::Start, "start"),
            (Alignment::Center, "center"),
            (Alignment::End, "end"),
            (Alignment::BottomStart, "bottom_start"),
            (Alignment::Bottom, "bottom"),
            (Alignment::BottomEnd, "bottom_end"),
        ];
        match value {
            Value::String(name) => ALL.iter().find(|(_, known)| *known == &**name).map(|(alignment, _)| *alignment),
            value => ALL.get(usize::try_from(value.as_i32()?).ok()?).map(|(alignment, _)| *alignment),
        }
    }

    /// Which parts of the free space lie left of and above the content.
    pub fn factors(self, right_to_left: bool) -> (f32, f32) {
        let index = self as u8;
        let x = f32::from(index % 3) / 2.0;
        (if right_to_left { 1.0 - x } else { x }, f32::from(index / 3) / 2.0)
    }

    /// The name in the inspector.
    pub fn name(self) -> &'static str {
        match self {
            Alignment::TopStart => "Alignment.TopStart",
            Alignment::Top => "Alignment.Top",
            Alignment::TopEnd => "Alignment.TopEnd",
            Alignment::Start => "Alignment.Start",
            Alignment::Center => "Alignment.Center",
            Alignment::End => "Alignment.End",
            Alignment::BottomStart => "Alignment.BottomStart",
            Alignment::Bottom => "Alignment.Bottom",
            Alignment::BottomEnd => "Alignment.BottomEnd",
        }
    }
}

/// `FlexAlign`: how children share the axis, by the platform's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FlexAlign {
    /// 1.
    #[default]
    Start,
    /// 2.
    Center,
    /// 3.
    End,
    /// 6.
    SpaceBetween,
    /// 7.
    SpaceAround,
    /// 8.
    SpaceEvenly,
}

impl FlexAlign {
    /// From the platform's number.
    pub fn from_value(value: &Value) -> Option<FlexAlign> {
        Some(match value.as_i32()? {
            1 => FlexAlign::Start,
            2 => FlexAlign::Center,
            3 => FlexAlign::End,
            6 => FlexAlign::SpaceBetween,
            7 => FlexAlign::SpaceAround,
            8 => FlexAlign::SpaceEvenly,
            _ => return None,
        })
    }

    /// Where the first of `count` children begins and what lies between two, besides their own space, when `free` is left.
    /// Children that are too large begin at the start.
    pub fn distribute(self, free: f32, count: usize) -> (f32, f32) {
        let n = count as f32;
        let free = free.max(0.0);
        match self {
            FlexAlign::Start => (0.0, 0.0),
            FlexAlign::Center => (free / 2.0, 0.0),
            FlexAlign::End => (free, 0.0),
            _ if count == 0 => (0.0, 0.0),
            FlexAlign::SpaceBetween if count == 1 => (0.0, 0.0),
            FlexAlign::SpaceBetween => (0.0, free / (n - 1.0)),
            FlexAlign::SpaceAround => (free / n / 2.0, free / n),
            FlexAlign::SpaceEvenly => (free / (n + 1.0), free / (n + 1.0)),
        }
    }

    /// Whether it decides on the distances between children itself; a `space` does not count then.
    pub fn spreads(self) -> bool {
        matches!(self, FlexAlign::SpaceBetween | FlexAlign::SpaceAround | FlexAlign::SpaceEvenly)
    }

    /// The name in the inspector.
    pub fn name(self) -> &'static str {
        match self {
            FlexAlign::Start => "FlexAlign.Start",
            FlexAlign::Center => "FlexAlign.Center",
            FlexAlign::End => "FlexAlign.End",
            FlexAlign::SpaceBetween => "FlexAlign.SpaceBetween",
            FlexAlign::SpaceAround => "FlexAlign.SpaceAround",
            FlexAlign::SpaceEvenly => "FlexAlign.SpaceEvenly",
        }
    }
}

/// `ItemAlign`: where a child lies across the axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ItemAlign {
    /// 1.
    Start,
    /// 2.
    #[default]
    Center,
    /// 3.
    End,
    /// 4.
    Stretch,
    /// 5.
    Baseline,
}

impl ItemAlign {
    /// From the platform's number; 0 (`Auto`) is none.
    pub fn from_value(value: &Value) -> Option<ItemAlign> {
        Some(match value.as_i32()? {
            1 => ItemAlign::Start,
            2 => ItemAlign::Center,
            3 => ItemAlign::End,
            4 => ItemAlign::Stretch,
            5 => ItemAlign::Baseline,
            _ => return None,
        })
    }

    /// Which part of the free space lies before the child.
    pub fn factor(self, backwards: bool) -> f32 {
        let factor = match self {
            ItemAlign::Start | ItemAlign::Stretch | ItemAlign::Baseline => 0.0,
            ItemAlign::Center => 0.5,
            ItemAlign::End => 1.0,
        };
        if backwards { 1.0 - factor } else { factor }
    }

    /// The name in the inspector.
    pub fn name(self) -> &'static str {
        match self {
            ItemAlign::Start => "ItemAlign.Start",
            ItemAlign::Center => "ItemAlign.Center",
            ItemAlign::End => "ItemAlign.End",
            ItemAlign::Stretch => "ItemAlign.Stretch",
            ItemAlign::Baseline => "ItemAlign.Baseline",
        }
    }
}
