//! `concord test --screenshots DIR`: what the screen showed when a case failed, as a picture and as a tree of nodes.

use concord_engine::Context;
use std::path::PathBuf;

/// Most pictures of one run: a suite that fails from end to end shows the same again and again.
const MOST: usize = 200;

/// Reads along what the test framework reports, and takes a picture at every case that does not pass.
pub struct FailurePictures {
    folder: PathBuf,
    suite: String,
    case: String,
    taken: usize,
}

impl FailurePictures {
    /// Pictures go into this folder, which exists.
    pub fn new(folder: PathBuf) -> FailurePictures {
        FailurePictures { folder, suite: String::new(), case: String::new(), taken: 0 }
    }

    /// A report of the framework, which may have several lines (testflow: `OHOS_REPORT_STATUS: class=…`, `test=…`, then
    /// `OHOS_REPORT_STATUS_CODE: 1` when a case begins, 0 when it passed, -1 or -2 when it did not, -3 when it was skipped).
    pub fn observe(&mut self, text: &str, context: &Context) {
        for line in text.lines() {
            if let Some(code) = line.strip_prefix("OHOS_REPORT_STATUS_CODE: ") {
                if matches!(code.trim(), "-1" | "-2") && !self.case.is_empty() {
                    self.take(context);
                }
            } else if let Some(status) = line.strip_prefix("OHOS_REPORT_STATUS: ") {
                match status.split_once('=') {
                    Some(("class", name)) => name.trim().clone_into(&mut self.suite),
                    Some(("test", name)) => name.trim().clone_into(&mut self.case),
                    _ => {}
                }
            }
        }
    }

    fn take(&mut self, context: &Context) {
        if self.taken >= MOST {
            return;
        }
        self.taken += 1;
        let name: String = format!("{}.{}", self.suite, self.case)
            .chars()
            .map(|letter| if letter.is_alphanumeric() || matches!(letter, '.' | '_' | '-') { letter } else { '_' })
            .take(150)
            .collect();
        // A test without a window has nothing to show.
        let Ok(picture) = concord_arkui::screenshot(context) else { return };
        let files = [("png", picture), ("json", concord_arkui::layout_dump(context).into_bytes())];
        for (kind, bytes) in files {
            let file = self.folder.join(format!("{name}.{kind}"));
            if let Err(error) = crate::output::write_whole(&file, &bytes) {
                tracing::warn!("{error}");
            }
        }
    }
}
