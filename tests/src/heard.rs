//! Runs that say on standard error how far they are.

use crate::PATIENCE;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};

/// A run that is heard line by line.
pub struct Heard {
    child: Child,
    lines: Receiver<String>,
    said: String,
}

impl Heard {
    /// Starts a command.
    pub fn start(mut command: Command) -> Heard {
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the binary starts");
        let stderr = BufReader::new(child.stderr.take().expect("a pipe"));
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        Heard { child, lines, said: String::new() }
    }

    /// Waits for a line that contains `words`.
    #[track_caller]
    pub fn hears(&mut self, words: &str) -> String {
        loop {
            let line = self.lines.recv_timeout(PATIENCE);
            let line = line.unwrap_or_else(|_| panic!("«{words}» is not said, only:\n{}", self.said));
            self.said.push_str(&format!("{line}\n"));
            if line.contains(words) {
                return line;
            }
        }
    }

    /// Waits for its end, and gives the exit code and what was said.
    pub fn end(mut self) -> (Option<i32>, String) {
        while let Ok(line) = self.lines.recv_timeout(PATIENCE) {
            self.said.push_str(&format!("{line}\n"));
        }
        let code = self.child.wait().expect("it ends").code();
        (code, std::mem::take(&mut self.said))
    }

    /// Asks it to end, and gives the exit code.
    pub fn interrupt(mut self) -> Option<i32> {
        let kill = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().expect("kill runs");
        assert!(kill.success());
        self.child.wait().expect("it ends").code()
    }
}

impl Drop for Heard {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
