//! Bodies of `switch`: code that cases jump to goes into the last of them, so that the others fall through.

use crate::ast::{Case, Label, Stmt};
use crate::passes::jumps::each_list;
use crate::passes::walk;

/// Moves code behind labelled blocks into the `switch` at their ends, inner blocks first.
pub fn fall_through(body: &mut Vec<Stmt>) {
    for s in body.iter_mut() {
        each_list(s, &mut fall_through);
    }
    let mut i = 0;
    while i < body.len() {
        if let Stmt::Block(label, inner) = &mut body[i]
            && let Some(Stmt::Switch(_, _, cases)) = inner.last_mut()
            && let Some((from, into)) = falling_default(cases, *label).or_else(|| falling(cases, *label))
            && breaks(inner, *label) == into - from + 1
        {
            let mut inner = std::mem::take(inner);
            let rest: Vec<Stmt> = body.drain(i + 1..).collect();
            if let Some(Stmt::Switch(_, _, cases)) = inner.last_mut() {
                for case in &mut cases[from..=into] {
                    case.body.pop();
                }
                cases[into].body = rest;
            }
            body.splice(i..=i, inner);
            return;
        }
        i += 1;
    }
}

/// Cases that end with a jump to the end of block `label`, one after the other; all but the first do nothing else.
fn falling(cases: &[Case], label: Label) -> Option<(usize, usize)> {
    let jumps = |c: &Case| matches!(c.body.last(), Some(Stmt::Break(l)) if *l == label);
    let from = cases.iter().position(jumps)?;
    let into = cases.iter().rposition(jumps)?;
    let only = cases[from + 1..=into].iter().all(|c| jumps(c) && c.body.len() == 1);
    // What follows the last case may as well stand behind the statement.
    let is_default = cases[into].tests.iter().any(Option::is_none);
    (only && !is_default && (from < into || cases[into].body.len() == 1)).then_some((from, into))
}

/// A default that goes on with a case moves before it: where it stands makes no difference to what is chosen.
fn falling_default(cases: &mut Vec<Case>, label: Label) -> Option<(usize, usize)> {
    let jumps = |c: &Case| matches!(c.body.last(), Some(Stmt::Break(l)) if *l == label);
    let last = cases.len().checked_sub(1)?;
    let into = cases.iter().position(jumps)?;
    let fits = into < last
        && jumps(&cases[last])
        && matches!(cases[last].tests.as_slice(), [None])
        && super::jumps::leaves(&cases[last - 1].body)
        && cases[into].body.len() == 1
        && cases.iter().filter(|c| jumps(c)).count() == 2
        && into.checked_sub(1).is_none_or(|before| super::jumps::leaves(&cases[before].body));
    if !fits {
        return None;
    }
    let default = cases.pop()?;
    cases.insert(into, default);
    Some((into, into + 1))
}

fn breaks(body: &[Stmt], label: Label) -> usize {
    body.iter()
        .map(|s| {
            let mut n = usize::from(matches!(s, Stmt::Break(l) if *l == label));
            walk::statement(s, &mut |_| {}, &mut |b, _| n += breaks(b, label));
            n
        })
        .sum()
}
