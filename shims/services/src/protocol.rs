//! What the app process and the process that watches over it tell each other: one JSON object a line.

use crate::crash::{Crash, Frame, Module};
use crate::report::MissingApi;
use concord_ability::want::Want;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// One event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// The packages are open.
    Opened {
        /// Bundle.
        bundle: String,
        /// Module that runs.
        module: String,
    },
    /// `print` of the test delegator.
    Print {
        /// Text of one call.
        text: String,
    },
    /// `finishTest` of the test delegator.
    Finished {
        /// Result code.
        code: i64,
        /// Message.
        message: String,
    },
    /// The test runner could not be found or made.
    NoRunner {
        /// What was looked for.
        message: String,
    },
    /// An uncaught error or unhandled rejection is about to end the process.
    Uncaught {
        /// Name, message and stack.
        description: String,
    },
    /// The packages or the request are bad; the process ends with code 2.
    Refused {
        /// What is wrong and what to do.
        message: String,
    },
    /// The guest asked the process to end.
    Exit {
        /// Its code.
        code: i32,
    },
    /// What the app shows has changed: the size of its window and its pages, in the form of `Configuration::resume` of the
    /// command line.
    Shown {
        /// JSON.
        shown: serde_json::Value,
    },
    /// A person has closed the window.
    Closed,
    /// Missing APIs that were touched so far; the last one counts.
    Missing {
        /// In order of first use.
        apis: Vec<MissingApi>,
    },
    /// The process has a fault and is about to end; what follows of it comes in lines of its own.
    Crash(Box<Crash>),
    /// The native stack of the crash.
    CrashFrames {
        /// Innermost first.
        frames: Vec<Frame>,
    },
    /// What was said before the crash.
    CrashMessage {
        /// As it was said.
        text: String,
    },
    /// The app's libraries at the time of the crash.
    CrashModules {
        /// In the order of loading.
        modules: Vec<Module>,
    },
    /// The stack of script at the time of the crash.
    CrashScript {
        /// As stacks of errors look.
        stack: String,
    },
    /// Nothing more will come about the crash.
    CrashEnd,
}

impl Event {
    /// The line to send.
    pub fn to_line(&self) -> String {
        // Serialising plain strings and numbers cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads a line; none when it is not an event.
    pub fn from_line(line: &str) -> Option<Event> {
        serde_json::from_str(line).ok()
    }
}

/// What a running app is asked for: by its watcher, and before that by whoever talks to the watcher.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "order", rename_all = "kebab-case")]
pub enum Order {
    /// Start an ability, or give a Want to the one that runs.
    Start(Box<StartOrder>),
    /// End at once.
    Quit,
    /// End all abilities, as if each had ended itself.
    End,
}

/// What to start.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct StartOrder {
    /// The Want; its URI is filled in from `document`.
    pub want: Want,
    /// A file of the person's that the app gets to see.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<PathBuf>,
    /// The launcher's token, by which a window may come to the front.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
}

impl From<StartOrder> for Order {
    fn from(order: StartOrder) -> Order {
        Order::Start(Box::new(order))
    }
}

impl Order {
    /// The line to send.
    pub fn to_line(&self) -> String {
        // Serialising plain strings and numbers cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads a line; none when it is not an order.
    pub fn from_line(line: &str) -> Option<Order> {
        serde_json::from_str(line).ok()
    }
}
