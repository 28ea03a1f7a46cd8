//! Cutting a line so that an ellipsis fits.

use std::ops::Range;
use std::rc::Rc;

use crate::line::Piece;
use crate::paragraph_style::EllipsisMode;
use crate::shape::{Cluster, Shaped};

/// What stands for text that is left out.
pub(crate) const ELLIPSIS: &str = "\u{2026}";
/// What stands for a soft hyphen at the end of a line. (The true hyphen is as wide as a Chinese character in some fonts.)
pub(crate) const HYPHEN: &str = "-";

/// Shapes one of these in the style of a span.
pub(crate) type Substitutes<'a> = dyn FnMut(u16, &'static str) -> Rc<Shaped> + 'a;

/// The text to cut, and the width to cut it to.
pub(crate) struct Cut<'a> {
    pub shaped: &'a Shaped,
    /// All that the line would have to show: from its start to the end of the text.
    pub rest: Range<usize>,
    pub width: f32,
    pub mode: EllipsisMode,
}

impl Cut<'_> {
    /// What is shown.
    pub(crate) fn pieces(self, substitutes: &mut Substitutes<'_>) -> Vec<Piece> {
        let mut shape = |span| substitutes(span, ELLIPSIS);
        let Range { start, end } = self.rest;
        let clusters = &self.shaped.clusters;
        let span_at = |index: usize| clusters.get(index).map_or(0, |cluster| cluster.span);
        let last = end.saturating_sub(1).max(start);
        match self.mode {
            EllipsisMode::End | EllipsisMode::MultilineStart | EllipsisMode::MultilineCenter => {
                let mut text = shape(span_at(start));
                let mut stop = self.fitting_head(self.width - width_of(&text));
                // The ellipsis looks like what it follows.
                let span = span_at(stop.saturating_sub(1).max(start));
                if span != span_at(start) {
                    text = shape(span);
                    stop = self.fitting_head(self.width - width_of(&text));
                }
                vec![Piece::Clusters(start..stop), Piece::Substitute { hidden: stop..end, text, span }]
            }
            EllipsisMode::Start => {
                let span = span_at(last);
                let text = shape(span);
                let stop = self.fitting_tail(start, self.width - width_of(&text));
                vec![Piece::Substitute { hidden: start..stop, text, span }, Piece::Clusters(stop..end)]
            }
            EllipsisMode::Center => {
                let span = span_at(start);
                let text = shape(span);
                let room = self.width - width_of(&text);
                let head = self.fitting_head(room / 2.0);
                let used: f32 = clusters.get(start..head).unwrap_or(&[]).iter().map(|c| c.advance).sum();
                let tail = self.fitting_tail(head, room - used);
                vec![
                    Piece::Clusters(start..head),
                    Piece::Substitute { hidden: head..tail, text, span },
                    Piece::Clusters(tail..end),
                ]
            }
        }
    }

    /// The end of what fits, from the start. A newline ends it.
    pub(crate) fn fitting_head(&self, room: f32) -> usize {
        let mut x = 0.0;
        let mut at = self.rest.start;
        for cluster in self.clusters() {
            x += cluster.advance;
            if cluster.flags.newline || x > room {
                break;
            }
            at += 1;
        }
        while at > self.rest.start && self.shaped.clusters.get(at).is_some_and(|c| c.flags.continuation) {
            at -= 1;
        }
        at
    }

    /// The start of what fits, from the end, not before `least`.
    fn fitting_tail(&self, least: usize, room: f32) -> usize {
        let mut x = 0.0;
        let mut at = self.rest.end;
        for cluster in self.clusters().iter().rev() {
            x += cluster.advance;
            if x > room || at <= least {
                break;
            }
            at -= 1;
        }
        while at < self.rest.end && self.shaped.clusters.get(at).is_some_and(|c| c.flags.continuation) {
            at += 1;
        }
        at
    }

    fn clusters(&self) -> &[Cluster] {
        self.shaped.clusters.get(self.rest.clone()).unwrap_or(&[])
    }
}

fn width_of(text: &Shaped) -> f32 {
    text.clusters.iter().map(|cluster| cluster.advance).sum()
}
