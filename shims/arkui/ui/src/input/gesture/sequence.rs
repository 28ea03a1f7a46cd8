//! Gestures one after the other: each begins when the one before was recognised.

use super::machine::{Cx, Machine, PointerEvent, Report, Stage, TimerRequest, Verdict};
use crate::input::TouchPhase;

/// How long the next gesture may keep waiting when no finger is down, in ms.
const GAP: f64 = 300.0;
/// The group's own timer; a member's is its place times this, plus the token.
const TOKENS: u32 = 16;

/// See the module.
pub(super) struct Sequence {
    members: Vec<Box<dyn Machine>>,
    current: usize,
    won: bool,
}

impl Sequence {
    pub(super) fn new(members: Vec<Box<dyn Machine>>) -> Sequence {
        Sequence { members, current: 0, won: false }
    }

    /// Runs a member; what it reports and asks is marked as its own.
    fn with(
        &mut self,
        index: usize,
        cx: &mut Cx<'_>,
        work: impl FnOnce(&mut dyn Machine, &mut Cx<'_>) -> Verdict,
    ) -> Verdict {
        let Some(member) = self.members.get_mut(index) else { return Verdict::Reject };
        let (reports, timers) = (cx.reports.len(), cx.timers.len());
        let verdict = work(&mut **member, cx);
        for report in cx.reports.iter_mut().skip(reports) {
            report.member = Some(index);
        }
        for timer in cx.timers.iter_mut().skip(timers) {
            let (TimerRequest::Start(token, _) | TimerRequest::Stop(token)) = timer;
            *token += (index as u32 + 1) * TOKENS;
        }
        verdict
    }

    fn judge(&mut self, cx: &mut Cx<'_>, verdict: Verdict) -> Verdict {
        match verdict {
            Verdict::Accept if self.won => self.begin(cx),
            Verdict::Pending if self.won => Verdict::Continue,
            Verdict::Reject if self.won => {
                cx.report(Report::new(Stage::Cancel));
                Verdict::Finish
            }
            Verdict::Finish if self.current + 1 < self.members.len() => Verdict::Continue,
            verdict => verdict,
        }
    }

    /// The current member was recognised: it reports, and the next one's turn comes.
    fn begin(&mut self, cx: &mut Cx<'_>) -> Verdict {
        let index = self.current;
        for earlier in 1..=index as u32 {
            cx.stop(earlier * TOKENS);
        }
        let verdict = self.with(index, cx, |member, cx| member.accepted(cx));
        if index + 1 >= self.members.len() {
            return verdict;
        }
        self.current += 1;
        if cx.down() == 0 {
            cx.after(0, GAP);
            return Verdict::Continue;
        }
        // The fingers begin anew for the next member.
        let now = cx.now;
        for contact in cx.contacts.iter_mut() {
            contact.start = contact.position;
            contact.start_time = now;
        }
        let current = self.current;
        let event = PointerEvent { phase: TouchPhase::Down, inside: true };
        let verdict = self.with(current, cx, |member, cx| member.event(cx, event));
        self.judge(cx, verdict)
    }
}

impl Machine for Sequence {
    fn event(&mut self, cx: &mut Cx<'_>, event: PointerEvent) -> Verdict {
        if event.phase == TouchPhase::Down {
            cx.stop(0);
        }
        let current = self.current;
        let verdict = self.with(current, cx, |member, cx| member.event(cx, event));
        self.judge(cx, verdict)
    }

    fn timer(&mut self, cx: &mut Cx<'_>, token: u32) -> Verdict {
        if token < TOKENS {
            cx.report(Report::new(Stage::Cancel));
            return Verdict::Finish;
        }
        let index = (token / TOKENS - 1) as usize;
        let verdict = self.with(index, cx, |member, cx| member.timer(cx, token % TOKENS));
        // An earlier member may go on reporting (a long press that repeats), but decides nothing any more.
        if index == self.current { self.judge(cx, verdict) } else { Verdict::Continue }
    }

    fn accepted(&mut self, cx: &mut Cx<'_>) -> Verdict {
        self.won = true;
        self.begin(cx)
    }

    fn is_waiting(&self) -> bool {
        self.won && self.current < self.members.len()
    }
}
