//! The line protocol of @ohos/hypium: `OHOS_REPORT_…` lines as the delegator prints them.
//!
//! The order of lines is in reference `testflow.md` 1.5, read in testfwk_arkxtest `OhReport.js`. A message or stack may span
//! lines; such a line is a continuation of the value before it. Lines of no known form belong to the app.

use super::{Case, Outcome, Problem, SuiteError, Summary};
use std::time::Duration;

/// What a line told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A suite began.
    SuiteStarted(String),
    /// A case began: suite and name.
    CaseStarted(String, String),
    /// A case ended.
    CaseEnded(Case),
    /// Text of the app or the runner, not of the protocol.
    Text(String),
}

/// Which value the next unprefixed line continues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Continues {
    Nothing,
    Stack,
    Stream,
}

/// Collects cases out of printed text. Total: any text gives events, never an error.
#[derive(Debug)]
pub struct HypiumParser {
    class: String,
    test: String,
    stack: String,
    stream: String,
    skip_reason: String,
    code: Option<i64>,
    continues: Continues,
    running: Option<(String, String)>,
    /// Whether the current block is the end of a suite, whose bare status lines are hook errors.
    suite_end: bool,
    /// Trouble outside cases.
    pub suite_errors: Vec<SuiteError>,
    /// The closing line.
    pub summary: Option<Summary>,
    /// Cases so far.
    pub cases: Vec<Case>,
    /// Total that the framework announces (`numtests`).
    pub announced: u64,
}

impl Default for HypiumParser {
    fn default() -> Self {
        HypiumParser {
            class: String::new(),
            test: String::new(),
            stack: String::new(),
            stream: String::new(),
            skip_reason: String::new(),
            code: None,
            continues: Continues::Nothing,
            running: None,
            suite_end: false,
            suite_errors: Vec::new(),
            summary: None,
            cases: Vec::new(),
            announced: 0,
        }
    }
}

impl HypiumParser {
    /// Takes one printed text (one `print` call) and gives what it told.
    pub fn feed(&mut self, text: &str) -> Vec<Event> {
        let mut events = Vec::new();
        for line in text.split('\n') {
            self.line(line, &mut events);
        }
        events
    }

    /// The case that began and has not ended.
    pub fn running(&self) -> Option<&(String, String)> {
        self.running.as_ref()
    }

    /// Ends the running case as an error, when the process is gone.
    pub fn abandon(&mut self, message: &str, stack: String) -> Option<Case> {
        let mut events = Vec::new();
        self.finish_case(&mut events);
        let (suite, name) = self.running.take()?;
        let problem = Problem { message: message.to_owned(), stack };
        let case = Case { suite, name, outcome: Outcome::Error(problem), duration: Duration::ZERO };
        self.cases.push(case.clone());
        Some(case)
    }

    fn line(&mut self, line: &str, events: &mut Vec<Event>) {
        let Some((tag, value)) = split_tag(line) else {
            self.plain(line, events);
            return;
        };
        self.continues = Continues::Nothing;
        match tag {
            Tag::Sum => self.finish_case(events),
            Tag::Code => {
                if let Ok(code) = value.parse::<i64>() {
                    self.end_of_block(code, events);
                }
            }
            Tag::Result => {
                self.finish_case(events);
                if let Some(rest) = value.strip_prefix("stream=") {
                    self.summary = parse_summary(rest).or(self.summary);
                }
            }
            Tag::Status => self.status(value, events),
            Tag::Other => {}
        }
    }

    fn plain(&mut self, line: &str, events: &mut Vec<Event>) {
        let target = match self.continues {
            Continues::Stack => &mut self.stack,
            Continues::Stream => &mut self.stream,
            Continues::Nothing => {
                if !line.is_empty() {
                    events.push(Event::Text(line.to_owned()));
                }
                return;
            }
        };
        target.push('\n');
        target.push_str(line);
    }

    fn status(&mut self, value: &str, events: &mut Vec<Event>) {
        let Some((key, value)) = value.split_once('=').filter(|(key, _)| is_key(key)) else {
            if self.suite_end && !value.is_empty() {
                self.suite_errors.push(SuiteError { suite: self.class.clone(), message: value.to_owned() });
            }
            return;
        };
        match key {
            "class" => {
                self.finish_case(events);
                self.continues = Continues::Nothing;
                if self.class != value {
                    events.push(Event::SuiteStarted(value.to_owned()));
                }
                self.class = value.to_owned();
                self.suite_end = false;
                (self.stack, self.stream, self.skip_reason) = Default::default();
            }
            "numtests" => self.announced = value.parse().unwrap_or(self.announced),
            "test" => self.test = value.to_owned(),
            "stack" => {
                self.stack = value.to_owned();
                self.continues = Continues::Stack;
            }
            "stream" => {
                self.stream = value.to_owned();
                self.continues = Continues::Stream;
            }
            "skipReason" => self.skip_reason = value.to_owned(),
            "consuming" => {
                let duration = Duration::from_millis(value.trim().parse().unwrap_or(0));
                self.push_case(duration, events);
            }
            "suiteconsuming" => self.suite_end = true,
            "shortMsg" => self.suite_errors.push(SuiteError { suite: self.class.clone(), message: value.to_owned() }),
            _ => {}
        }
    }

    fn end_of_block(&mut self, code: i64, events: &mut Vec<Event>) {
        if code == 1 {
            self.running = Some((self.class.clone(), self.test.clone()));
            events.push(Event::CaseStarted(self.class.clone(), self.test.clone()));
        } else {
            self.code = Some(code);
        }
    }

    /// Hypium prints the duration last; a reporter that does not ends a case with the next block.
    fn finish_case(&mut self, events: &mut Vec<Event>) {
        if self.code.is_some() {
            self.push_case(Duration::ZERO, events);
        }
    }

    fn push_case(&mut self, duration: Duration, events: &mut Vec<Event>) {
        let Some(code) = self.code.take() else { return };
        self.running = None;
        let problem = || {
            let message = strip_prefix(&self.stream, &self.test);
            // Up to 1.0.13 the message stands in place of the stack.
            let stack = Some(self.stack.trim_end()).filter(|stack| *stack != message).unwrap_or_default();
            Problem { stack: stack.to_owned(), message }
        };
        let outcome = match code {
            0 => Outcome::Passed,
            -2 => Outcome::Failed(problem()),
            -3 => Outcome::Skipped { reason: self.skip_reason.clone() },
            _ => Outcome::Error(problem()),
        };
        let case = Case { suite: self.class.clone(), name: self.test.clone(), outcome, duration };
        self.cases.push(case.clone());
        events.push(Event::CaseEnded(case));
    }
}

enum Tag {
    Sum,
    Status,
    Code,
    Result,
    Other,
}

/// Splits `OHOS_REPORT_STATUS: rest`; runs in workers use `OHOS_REPORT_WORKER_STATUS`.
fn split_tag(line: &str) -> Option<(Tag, &str)> {
    let rest = line.strip_prefix("OHOS_REPORT_")?;
    let (name, value) = rest.split_once(':')?;
    let value = value.strip_prefix(' ').unwrap_or(value);
    let name = name.strip_prefix("WORKER_").unwrap_or(name);
    let tag = match name {
        "SUM" => Tag::Sum,
        "STATUS" => Tag::Status,
        "STATUS_CODE" => Tag::Code,
        "RESULT" | "ALL_RESULT" => Tag::Result,
        _ => Tag::Other,
    };
    Some((tag, value))
}

fn is_key(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// `Error in <case>, message` gives the message.
fn strip_prefix(stream: &str, test: &str) -> String {
    let stream = stream.trim();
    // Up to 1.0.13 a line end follows the name, later a comma.
    let rest = stream.strip_prefix("Error in ").and_then(|rest| rest.strip_prefix(test));
    let message = rest.and_then(|rest| rest.strip_prefix(", ").or_else(|| rest.strip_prefix('\n')));
    message.unwrap_or(stream).to_owned()
}

fn parse_summary(text: &str) -> Option<Summary> {
    let mut summary = Summary::default();
    let mut seen = false;
    for part in text.split(',') {
        let (name, number) = part.split_once(':')?;
        let number = number.trim().parse().ok()?;
        match name.trim() {
            "Tests run" => {
                summary.total = number;
                seen = true;
            }
            "Failure" => summary.failure = number,
            "Error" => summary.error = number,
            "Pass" => summary.pass = number,
            "Ignore" => summary.ignore = number,
            _ => {}
        }
    }
    seen.then_some(summary)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(name: &str) -> String {
        format!(
            "\nOHOS_REPORT_STATUS: class=S\nOHOS_REPORT_STATUS: current=1\nOHOS_REPORT_STATUS: id=JS\nOHOS_REPORT_STATUS: numtests=2\nOHOS_REPORT_STATUS: stream=\nOHOS_REPORT_STATUS: test={name}\nOHOS_REPORT_STATUS_CODE: 1\n"
        )
    }

    #[test]
    fn a_failing_case_keeps_message_and_stack() {
        let mut parser = HypiumParser::default();
        let events = parser.feed(&start("one"));
        assert_eq!(events, [Event::SuiteStarted("S".into()), Event::CaseStarted("S".into(), "one".into())]);
        parser.feed("\nOHOS_REPORT_STATUS: class=S\nOHOS_REPORT_STATUS: current=1\nOHOS_REPORT_STATUS: id=JS\nOHOS_REPORT_STATUS: numtests=2");
        parser.feed("OHOS_REPORT_STATUS: stack=    at a (x.ets:1:2)\n    at b (x.ets:3:4)");
        let events = parser.feed("OHOS_REPORT_STATUS: stream=Error in one, expect a\nequals b\nOHOS_REPORT_STATUS: test=one\nOHOS_REPORT_STATUS_CODE: -2\nOHOS_REPORT_STATUS: consuming=12\n");
        let Some(Event::CaseEnded(case)) = events.first() else { panic!("{events:?}") };
        let problem = Problem {
            message: "expect a\nequals b".into(),
            stack: "    at a (x.ets:1:2)\n    at b (x.ets:3:4)".into(),
        };
        assert_eq!(case.outcome, Outcome::Failed(problem));
        assert_eq!(case.duration, Duration::from_millis(12));
        assert!(parser.running().is_none());
    }

    #[test]
    fn the_form_of_1_0_13() {
        let mut parser = HypiumParser::default();
        parser.feed(&start("one"));
        parser.feed("\nOHOS_REPORT_STATUS: class=S\nOHOS_REPORT_STATUS: numtests=2");
        parser.feed("OHOS_REPORT_STATUS: stack=it broke");
        parser.feed("OHOS_REPORT_STATUS: stream=\nError in one\nit broke\nOHOS_REPORT_STATUS: test=one\nOHOS_REPORT_STATUS_CODE: -1\nOHOS_REPORT_STATUS: consuming=1\n");
        let problem = Problem { message: "it broke".into(), stack: String::new() };
        assert_eq!(parser.cases[0].outcome, Outcome::Error(problem));
    }

    #[test]
    fn skips_and_summaries() {
        let mut parser = HypiumParser::default();
        parser.feed(&start("two"));
        parser.feed("\nOHOS_REPORT_STATUS: class=S\nOHOS_REPORT_STATUS: stream=\nOHOS_REPORT_STATUS: test=two\nOHOS_REPORT_STATUS_CODE: -3\nOHOS_REPORT_STATUS: skipReason=why\nOHOS_REPORT_STATUS: consuming=0\n");
        assert_eq!(parser.cases[0].outcome, Outcome::Skipped { reason: "why".into() });
        parser.feed("\nOHOS_REPORT_RESULT: stream=Tests run: 5, Failure: 1, Error: 1, Pass: 2, Ignore: 1, SkipSpec: 1\nOHOS_REPORT_CODE: -1\n");
        assert_eq!(parser.summary, Some(Summary { total: 5, failure: 1, error: 1, pass: 2, ignore: 1 }));
    }

    #[test]
    fn hook_errors_belong_to_the_suite() {
        let mut parser = HypiumParser::default();
        parser.feed("\nOHOS_REPORT_SUM: 1\nOHOS_REPORT_STATUS: class=S\n");
        parser.feed("\nOHOS_REPORT_STATUS: class=S\nOHOS_REPORT_STATUS: suiteconsuming=3\nOHOS_REPORT_STATUS: beforeAll broke\n");
        assert_eq!(parser.suite_errors, [SuiteError { suite: "S".into(), message: "beforeAll broke".into() }]);
    }

    #[test]
    fn a_dead_process_leaves_an_error() {
        let mut parser = HypiumParser::default();
        parser.feed(&start("gone"));
        let case = parser.abandon("App died", String::new()).unwrap();
        assert_eq!(case.name, "gone");
        assert!(matches!(case.outcome, Outcome::Error(_)));
        assert!(parser.abandon("App died", String::new()).is_none());
    }

    #[test]
    fn other_text_passes_through() {
        let mut parser = HypiumParser::default();
        assert_eq!(parser.feed("hello\n"), [Event::Text("hello".into())]);
    }
}
