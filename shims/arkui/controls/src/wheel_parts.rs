//! Pickers whose columns each choose a part of something: the hour of a time, the month of a date.

use super::wheel::{Column, Picker, Wheels};
use super::wheel_looks;
use concord_ui::component::{Method, Setter};
use concord_ui::value::Value;
use std::rc::Rc;

/// What each column chooses from, in the order of the columns.
#[derive(Debug)]
pub(super) struct Parts<P>(Vec<(P, Vec<i64>)>);

/// A part, the numbers that it may be, and the chosen one.
pub(super) type Choices<P> = (P, Vec<i64>, i64);

impl<P> Default for Parts<P> {
    fn default() -> Parts<P> {
        Parts(Vec::new())
    }
}

impl<P: Copy + PartialEq> Parts<P> {
    /// Makes the columns anew.
    pub(super) fn build(
        &mut self,
        wheels: &mut Wheels,
        choices: Vec<Choices<P>>,
        text: impl Fn(P, i64) -> Rc<str>,
        loops: impl Fn(P) -> bool,
    ) {
        self.0.clear();
        wheels.columns.clear();
        for (part, numbers, chosen) in choices {
            let index = numbers.iter().position(|number| *number == chosen).unwrap_or(0);
            let mut column = Column::of_texts(numbers.iter().map(|number| text(part, *number)), index);
            column.loops = loops(part);
            wheels.columns.push(column);
            self.0.push((part, numbers));
        }
        wheels.forget();
    }

    /// What a column chooses.
    pub(super) fn part(&self, column: usize) -> Option<P> {
        self.0.get(column).map(|(part, _)| *part)
    }

    /// Which column chooses a part, and from what.
    pub(super) fn column(&mut self, part: P) -> Option<(usize, &mut Vec<i64>)> {
        self.0.iter_mut().enumerate().find(|(_, (own, _))| *own == part).map(|(column, (_, numbers))| (column, numbers))
    }

    /// The number that is chosen of a part, if it has a column.
    pub(super) fn chosen(&self, wheels: &Wheels, part: P) -> Option<i64> {
        let column = self.0.iter().position(|(own, _)| *own == part)?;
        self.0.get(column)?.1.get(wheels.chosen(column)).copied()
    }
}

/// Two ends as the app says them; those in the wrong order count as unset.
pub(super) fn ends<T: PartialOrd>(start: T, end: T, (first, last): (T, T)) -> (T, T) {
    if start > end { (first, last) } else { (start, end) }
}

/// A picker that makes its columns anew when it is told something.
pub(super) trait Rebuilds: Picker {
    /// Makes the columns.
    fn build(&mut self);
}

/// Changes what a picker is told.
pub(super) fn rebuilt<T: Rebuilds>(node: &mut Setter<'_>, change: impl FnOnce(&mut T)) -> Value {
    node.redraw(|state: &mut T| {
        change(state);
        state.build();
    })
}

/// The attributes that all pickers have: how options look, and what has no effect here.
pub(super) const fn looks<T: Picker>() -> [Method; 5] {
    [
        Method { name: "textStyle", apply: wheel_looks::text_style::<T> },
        Method { name: "selectedTextStyle", apply: wheel_looks::selected_text_style::<T> },
        Method { name: "disappearTextStyle", apply: wheel_looks::disappear_text_style::<T> },
        Method { name: "enableHapticFeedback", apply: super::without_effect },
        Method { name: "digitalCrownSensitivity", apply: super::without_effect },
    ]
}
