//! Tracks of grids and water flows: `columnsTemplate`, `rowsTemplate`.

use concord_ui::units::{Environment, Length, Unit};

/// Most tracks of a template.
const MOST_TRACKS: usize = 1000;

/// One entry of a template.
#[derive(Debug, Clone, PartialEq)]
enum Entry {
    /// A share of what is left.
    Share(f32),
    /// A length.
    Fixed(Length),
}

/// How a template repeats by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Auto {
    /// As many as fit.
    Fill,
    /// As many as fit, stretched over the whole extent.
    Fit,
    /// As many as fit, with wider gaps.
    Stretch,
}

/// A template: `1fr 2fr`, `60 1fr 20%`, `repeat(3, 1fr)`, `repeat(auto-fill, 60vp)`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Template {
    entries: Vec<Entry>,
    auto: Option<Auto>,
}

/// Tracks in px: where each begins and its extent.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Tracks(pub(crate) Vec<(f32, f32)>);

impl Tracks {
    /// Where some tracks together begin, and their extent with the gaps between them.
    pub(crate) fn span(&self, first: usize, count: usize) -> (f32, f32) {
        let last = (first + count.max(1) - 1).min(self.0.len().saturating_sub(1));
        let (at, _) = self.0.get(first.min(last)).copied().unwrap_or_default();
        let (end, extent) = self.0.get(last).copied().unwrap_or_default();
        (at, end + extent - at)
    }

    /// How many.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Tracks of equal extent.
    pub(crate) fn equal(count: usize, extent: f32, gap: f32) -> Tracks {
        let count = count.clamp(1, MOST_TRACKS);
        let each = ((extent - gap * (count - 1) as f32) / count as f32).max(0.0);
        Tracks((0..count).map(|index| (index as f32 * (each + gap), each)).collect())
    }
}

impl Template {
    /// Reads a template; `None` when it says nothing that makes sense.
    pub(crate) fn parse(text: &str) -> Option<Template> {
        let mut template = Template { entries: Vec::new(), auto: None };
        let mut rest = text.trim();
        while !rest.is_empty() {
            if let Some(inner) = rest.strip_prefix("repeat(") {
                let (inner, after) = inner.split_once(')')?;
                let (count, list) = inner.split_once(',')?;
                let entries = entries(list)?;
                match count.trim() {
                    "auto-fill" => template.auto = Some(Auto::Fill),
                    "auto-fit" => template.auto = Some(Auto::Fit),
                    "auto-stretch" => template.auto = Some(Auto::Stretch),
                    count => {
                        let count: usize = count.parse().ok()?;
                        for _ in 1..count.min(MOST_TRACKS) {
                            template.entries.extend_from_slice(&entries);
                        }
                    }
                }
                template.entries.extend(entries);
                rest = after.trim_start();
            } else {
                let (word, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
                template.entries.push(entry(word)?);
                rest = after.trim_start();
            }
            if template.entries.len() > MOST_TRACKS {
                return None;
            }
        }
        (!template.entries.is_empty()).then_some(template)
    }

    /// The tracks in an extent.
    pub(crate) fn resolve(&self, environment: &Environment, extent: f32, gap: f32) -> Tracks {
        let extent = if extent.is_finite() { extent } else { 0.0 };
        let px = |length: &Length| length.resolve(environment, extent).unwrap_or(0.0).max(0.0);
        let mut gap = gap.max(0.0);
        let mut entries = self.entries.clone();
        if let Some(auto) = self.auto {
            let each: f32 = entries
                .iter()
                .map(|entry| match entry {
                    Entry::Fixed(length) => px(length) + gap,
                    Entry::Share(_) => extent + gap,
                })
                .sum();
            let times = if each > 0.0 { ((extent + gap) / each).floor().max(1.0) as usize } else { 1 };
            let times = times.min(MOST_TRACKS / entries.len().max(1)).max(1);
            let once = entries.clone();
            for _ in 1..times {
                entries.extend_from_slice(&once);
            }
            let used: f32 = each * times as f32 - gap;
            let left = (extent - used).max(0.0);
            match auto {
                Auto::Fill => {}
                Auto::Fit => {
                    let more = left / entries.len() as f32;
                    for entry in &mut entries {
                        if let Entry::Fixed(length) = entry {
                            *entry = Entry::Fixed(Length::px(px(length) + more));
                        }
                    }
                }
                Auto::Stretch if entries.len() > 1 => gap += left / (entries.len() - 1) as f32,
                Auto::Stretch => {}
            }
        }
        let gaps = gap * entries.len().saturating_sub(1) as f32;
        let (mut fixed, mut shares) = (0.0, 0.0);
        for entry in &entries {
            match entry {
                Entry::Share(share) => shares += share,
                Entry::Fixed(length) => fixed += px(length),
            }
        }
        let share = if shares > 0.0 { (extent - gaps - fixed).max(0.0) / shares } else { 0.0 };
        let mut at = 0.0;
        let mut tracks = Vec::with_capacity(entries.len());
        for entry in &entries {
            let extent = match entry {
                Entry::Share(shares) => shares * share,
                Entry::Fixed(length) => px(length),
            };
            tracks.push((at, extent));
            at += extent + gap;
        }
        Tracks(tracks)
    }
}

fn entries(list: &str) -> Option<Vec<Entry>> {
    let entries: Vec<Entry> = list.split_whitespace().map(entry).collect::<Option<_>>()?;
    (!entries.is_empty()).then_some(entries)
}

fn entry(word: &str) -> Option<Entry> {
    if word == "auto" {
        return Some(Entry::Share(1.0));
    }
    if let Some(share) = word.strip_suffix("fr") {
        return share.trim().parse().ok().filter(|share: &f32| share.is_finite() && *share >= 0.0).map(Entry::Share);
    }
    Length::parse(word, Unit::Vp).map(Entry::Fixed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tracks(template: &str, extent: f32, gap: f32) -> Vec<(f32, f32)> {
        let template = Template::parse(template).expect("a template");
        template.resolve(&Environment { density: 1.0, ..Environment::default() }, extent, gap).0
    }

    #[test]
    fn shares_divide_what_lengths_leave() {
        assert_eq!(tracks("1fr 2fr 1fr", 240.0, 10.0), [(0.0, 55.0), (65.0, 110.0), (185.0, 55.0)]);
        assert_eq!(tracks("60 1fr 25%", 200.0, 0.0), [(0.0, 60.0), (60.0, 90.0), (150.0, 50.0)]);
        assert_eq!(tracks("repeat(2, 1fr) 20px", 120.0, 0.0), [(0.0, 50.0), (50.0, 50.0), (100.0, 20.0)]);
    }

    #[test]
    fn repetitions_fill_fit_and_stretch() {
        assert_eq!(tracks("repeat(auto-fill, 60)", 200.0, 0.0), [(0.0, 60.0), (60.0, 60.0), (120.0, 60.0)]);
        assert_eq!(tracks("repeat(auto-fit, 90)", 200.0, 0.0), [(0.0, 100.0), (100.0, 100.0)]);
        assert_eq!(tracks("repeat(auto-stretch, 60)", 200.0, 0.0), [(0.0, 60.0), (70.0, 60.0), (140.0, 60.0)]);
    }

    #[test]
    fn nonsense_and_floods_are_refused() {
        for text in ["", "abc", "repeat(2", "repeat(x, 1fr)", "1fr repeat()", "-fr"] {
            assert_eq!(Template::parse(text), None, "{text}");
        }
        assert!(Template::parse("repeat(999999999, 1fr)").is_none_or(|template| template.entries.len() <= MOST_TRACKS));
        assert!(tracks("repeat(auto-fill, 0.001)", 1e6, 0.0).len() <= MOST_TRACKS);
    }
}
