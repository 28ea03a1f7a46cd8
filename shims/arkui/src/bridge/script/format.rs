//! The text of a script; see the README of this folder.

use super::keys;
use serde::{Deserialize, Serialize};
use std::io::{BufRead, BufReader, Read};

/// What the first line says of itself.
const FORMAT: &str = "concord-input";
/// The version that is written; older ones are read.
const VERSION: u32 = 1;
/// Longest script and longest line, in bytes: what a person does in a day is far less.
const LONGEST: u64 = 64 << 20;
/// Latest time of a step: a week.
const LATEST: u64 = 7 * 24 * 3_600_000;

/// What a person did, to be done again.
#[derive(Debug, Clone, PartialEq)]
pub struct Script {
    pub(super) header: Header,
    pub(super) steps: Vec<Line>,
}

/// A script that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ScriptError {
    /// The file cannot be read.
    #[error("cannot be read: {0}")]
    Read(#[from] std::io::Error),
    /// It is not one of ours.
    #[error("is no recording of input: the first line should begin with {{\"format\":\"{FORMAT}\"")]
    Foreign,
    /// It is too new.
    #[error("has version {0}, and this program knows versions up to {VERSION}: record it anew, or use a newer Concord")]
    Version(u32),
    /// A line does not say what is to be done.
    #[error("line {line}: {problem}")]
    Line {
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        problem: String,
    },
}

impl Script {
    /// Reads a script.
    ///
    /// # Errors
    /// When it is none, or a line of it is wrong.
    pub fn read(file: impl Read) -> Result<Script, ScriptError> {
        let mut header = None;
        let mut steps = Vec::new();
        for (index, text) in BufReader::new(file.take(LONGEST)).lines().enumerate() {
            let (line, text) = (index + 1, text?);
            let text = text.trim();
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            if header.is_none() {
                let found: Header = serde_json::from_str(text).map_err(|_| ScriptError::Foreign)?;
                found.check()?;
                header = Some(found);
                continue;
            }
            let wrong = |problem: String| ScriptError::Line { line, problem };
            let step: Step = serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?;
            step.check().map_err(|problem| wrong(problem.to_owned()))?;
            steps.push(Line { line, step });
        }
        Ok(Script { header: header.ok_or(ScriptError::Foreign)?, steps })
    }

    /// Width and height of the first window in vp.
    pub fn size(&self) -> (u32, u32) {
        self.header.size.into()
    }

    /// px to a vp.
    pub fn scale(&self) -> f64 {
        self.header.scale
    }
}

/// The first line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Header {
    format: String,
    version: u32,
    pub(super) bundle: String,
    pub(super) size: [u32; 2],
    pub(super) scale: f64,
}

impl Header {
    pub(super) fn new(bundle: String, size: (u32, u32), scale: f64) -> Header {
        Header { format: FORMAT.to_owned(), version: VERSION, bundle, size: size.into(), scale }
    }

    fn check(&self) -> Result<(), ScriptError> {
        if self.format != FORMAT {
            return Err(ScriptError::Foreign);
        }
        if self.version > VERSION {
            return Err(ScriptError::Version(self.version));
        }
        let wrong = |problem: &str| Err(ScriptError::Line { line: 1, problem: problem.to_owned() });
        if self.size.iter().any(|side| !(1..=16_384).contains(side)) {
            return wrong("the sides of `size` should be 1 to 16384");
        }
        if !(self.scale > 0.0 && self.scale <= 16.0) {
            return wrong("`scale` should be a number above 0, at most 16");
        }
        Ok(())
    }
}

/// A step with its place in the file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// Counted from 1.
    pub line: usize,
    pub step: Step,
}

/// Something that a person did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Step {
    /// ms since the first window was shown.
    pub at: u64,
    #[serde(flatten)]
    pub action: Action,
    /// Which window, by the order of opening from 1.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub window: u32,
}

impl Step {
    fn check(&self) -> Result<(), &'static str> {
        if self.at > LATEST {
            return Err("`at` lies more than a week behind the beginning");
        }
        let path: &[_] = match &self.action {
            Action::Key { key, .. } if keys::symbol(key).is_none() => return Err("there is no such `key`"),
            Action::Drag { path, .. } | Action::Swipe { path, .. } | Action::Scroll { path, .. } => path,
            Action::Click { held, .. } | Action::Tap { held, .. } | Action::Key { held, .. } if *held > LATEST => {
                return Err("`held` is longer than a week");
            }
            Action::Resize { size } if size.iter().any(|side| !(1..=16_384).contains(side)) => {
                return Err("the sides of `size` should be 1 to 16384");
            }
            _ => &[],
        };
        let bad = |Moment(ms, x, y): &Moment| *ms > LATEST || x.abs() > 1e6 || y.abs() > 1e6;
        if path.iter().any(bad) {
            return Err("a `path` has numbers that are too large");
        }
        Ok(())
    }
}

/// ms since the beginning, and how far away in vp.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct Moment(pub u64, pub f64, pub f64);

/// What was done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub(super) enum Action {
    Hover {
        #[serde(flatten)]
        place: Place,
    },
    Leave,
    Click {
        #[serde(flatten)]
        place: Place,
        #[serde(default)]
        button: Button,
        #[serde(default)]
        held: u64,
    },
    Drag {
        #[serde(flatten)]
        place: Place,
        #[serde(default)]
        button: Button,
        path: Vec<Moment>,
    },
    Tap {
        #[serde(flatten)]
        place: Place,
        #[serde(default)]
        finger: i32,
        #[serde(default)]
        held: u64,
    },
    Swipe {
        #[serde(flatten)]
        place: Place,
        #[serde(default)]
        finger: i32,
        path: Vec<Moment>,
        #[serde(default, skip_serializing_if = "is_false")]
        cancelled: bool,
    },
    Scroll {
        #[serde(flatten)]
        place: Place,
        #[serde(default)]
        with: Scroller,
        path: Vec<Moment>,
        /// Steps of a wheel, one pair for each member of the path.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        steps: Vec<(f64, f64)>,
        #[serde(default, skip_serializing_if = "is_false")]
        ends: bool,
    },
    Key {
        key: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
        #[serde(default)]
        held: u64,
        /// When the key repeated, in ms since it went down.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        repeats: Vec<u64>,
    },
    Modifiers {
        modifiers: Vec<Modifier>,
    },
    Text {
        text: String,
    },
    Preedit {
        text: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cursor: Option<(usize, usize)>,
    },
    Delete {
        before: usize,
        after: usize,
    },
    Resize {
        size: [u32; 2],
    },
    Focus {
        gained: bool,
    },
    Close,
}

/// Where something was done.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct Place {
    /// The component there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Target>,
    /// Where in it: parts of its width and height.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inside: Option<(f64, f64)>,
    /// Where in the window, in vp.
    #[serde(default)]
    pub position: (f64, f64),
}

/// What a component is known by.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Target {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Which of several, from 0.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub nth: usize,
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.id, &self.text) {
            (Some(id), _) => write!(f, "component with the id «{id}»")?,
            (None, Some(text)) => write!(f, "{} with the text «{text}»", self.kind.as_deref().unwrap_or("component"))?,
            (None, None) => write!(f, "{}", self.kind.as_deref().unwrap_or("component"))?,
        }
        if self.nth > 0 {
            write!(f, " number {}", self.nth + 1)?;
        }
        Ok(())
    }
}

/// A button of a mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Button {
    #[default]
    Left,
    Right,
    Middle,
    Back,
    Forward,
}

/// A modifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Modifier {
    Ctrl,
    Shift,
    Alt,
    Logo,
    CapsLock,
    NumLock,
}

/// What scrolls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Scroller {
    #[default]
    Wheel,
    Fingers,
    Other,
}

fn one() -> u32 {
    1
}

fn is_one(number: &u32) -> bool {
    *number == 1
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

fn is_false(flag: &bool) -> bool {
    !*flag
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = r#"{"format":"concord-input","version":1,"bundle":"a.b","size":[360,780],"scale":3.0}"#;

    fn read(text: &str) -> Result<Script, ScriptError> {
        Script::read(text.as_bytes())
    }

    #[test]
    fn what_is_written_is_read_again() {
        let place = Place {
            on: Some(Target { id: Some("plus".into()), kind: Some("Button".into()), ..Target::default() }),
            inside: Some((0.5, 0.25)),
            position: (12.5, 30.0),
        };
        let actions = [
            Action::Click { place: place.clone(), button: Button::Left, held: 80 },
            Action::Swipe { place, finger: 1, path: vec![Moment(16, 0.0, -4.5)], cancelled: true },
            Action::Key { key: "Return".into(), text: Some("\r".into()), held: 5, repeats: vec![600] },
            Action::Modifiers { modifiers: vec![Modifier::Ctrl] },
            Action::Resize { size: [400, 300] },
            Action::Leave,
        ];
        let steps = actions.into_iter().enumerate().map(|(index, action)| Step {
            at: index as u64 * 10,
            window: index as u32 % 2 + 1,
            action,
        });
        let steps: Vec<Step> = steps.collect();
        let lines: Vec<String> = steps.iter().map(|step| serde_json::to_string(step).expect("JSON")).collect();
        let text = format!("{HEADER}\n# a comment\n\n{}\n", lines.join("\n"));
        let script = read(&text).expect("a script");
        assert_eq!(script.steps.iter().map(|line| line.step.clone()).collect::<Vec<_>>(), steps);
        assert_eq!(script.steps[0].line, 4);
        assert!(lines[0].starts_with(r#"{"at":0,"do":"click","on":{"id":"plus","type":"Button"}"#), "{}", lines[0]);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        assert!(matches!(read("hello"), Err(ScriptError::Foreign)));
        assert!(matches!(read(""), Err(ScriptError::Foreign)));
        assert!(matches!(read(&HEADER.replace(":1,", ":9,")), Err(ScriptError::Version(9))));
        for step in [
            r#"{"at":1,"do":"fly"}"#,
            r#"{"at":99999999999,"do":"leave"}"#,
            r#"{"at":1,"do":"resize","size":[0,5]}"#,
            r#"{"at":1,"do":"key","key":"Retrun"}"#,
            r#"{"at":1,"do":"swipe","path":[[1,1e9,0]]}"#,
            "not JSON",
        ] {
            let problem = read(&format!("{HEADER}\n{step}")).expect_err(step).to_string();
            assert!(problem.starts_with("line 2: "), "{problem}");
        }
    }
}
