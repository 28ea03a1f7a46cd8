//! The report for people: a line per case as it ends, and a summary.

use super::{Case, Outcome, Problem, Report};
use std::fmt::Write;

/// Whether to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Escape codes for a terminal.
    Colour,
    /// Text only.
    Plain,
}

/// Renders events of a run as text.
#[derive(Debug)]
pub struct Progress {
    style: Style,
    suite: String,
}

impl Progress {
    /// Starts with no suite.
    pub fn new(style: Style) -> Progress {
        Progress { style, suite: String::new() }
    }

    fn paint(&self, colour: u8, text: &str) -> String {
        match self.style {
            Style::Colour => format!("\x1b[{colour}m{text}\x1b[0m"),
            Style::Plain => text.to_owned(),
        }
    }

    /// Text for a case that ended.
    pub fn case(&mut self, case: &Case) -> String {
        let mut out = String::new();
        if self.suite != case.suite {
            self.suite.clone_from(&case.suite);
            out.push_str(&format!("{}\n", case.suite));
        }
        let (mark, note) = match &case.outcome {
            Outcome::Passed => (self.paint(32, "pass"), String::new()),
            Outcome::Failed(_) => (self.paint(31, "FAIL"), String::new()),
            Outcome::Error(_) => (self.paint(31, "ERROR"), String::new()),
            Outcome::Skipped { reason } => (self.paint(33, "skip"), format!(": {reason}")),
        };
        let _ = writeln!(out, "  {mark} {} ({} ms){note}", case.name, case.duration.as_millis());
        if let Outcome::Failed(problem) | Outcome::Error(problem) = &case.outcome {
            indent(&mut out, problem);
        }
        out
    }

    /// Closing lines.
    pub fn summary(&self, report: &Report) -> String {
        let mut out = String::new();
        for error in &report.suite_errors {
            let _ = writeln!(out, "{} {}: {}", self.paint(31, "ERROR"), error.suite, error.message);
        }
        if let Some(problem) = report.run_problem() {
            let _ = writeln!(out, "{} {problem}", self.paint(31, "ERROR"));
        }
        if !report.missing.is_empty() {
            let _ = writeln!(out, "APIs that Concord lacks and this run touched:");
            for missing in &report.missing {
                let site = missing.site.as_deref().map(|site| format!(" first {site}")).unwrap_or_default();
                let _ = writeln!(out, "  {} ({}x){site}", missing.api, missing.count);
            }
        }
        let counts = report.counts();
        let of = |number: usize, one: &'static str, many: &'static str| if number == 1 { one } else { many };
        let _ = write!(out, "{} {}: {} passed", counts.total, of(counts.total, "test", "tests"), counts.passed);
        let errors = of(counts.errors, "error", "errors");
        for (number, word) in [(counts.failed, "failed"), (counts.errors, errors), (counts.skipped, "skipped")] {
            if number > 0 {
                let _ = write!(out, ", {number} {word}");
            }
        }
        if report.not_run() > 0 {
            let _ = write!(out, ", {} not run", report.not_run());
        }
        let _ = writeln!(out, " ({:.2} s)", report.duration.as_secs_f64());
        out
    }
}

fn indent(out: &mut String, problem: &Problem) {
    for line in problem.message.lines().chain(problem.stack.lines()) {
        let _ = writeln!(out, "      {}", line.trim_end());
    }
}
