//! The report as JSON, for scripts.

use super::Report;
use serde_json::{Value, json};

/// The report with its counts, verdict and exit code.
pub fn to_json(report: &Report) -> Value {
    let mut value = serde_json::to_value(report).unwrap_or_else(|error| json!({ "error": error.to_string() }));
    if let Some(object) = value.as_object_mut() {
        object.insert("counts".into(), json!(report.counts()));
        object.insert("not_run".into(), json!(report.not_run()));
        object.insert("problem".into(), json!(report.run_problem()));
        object.insert("exit_code".into(), json!(report.exit_code()));
    }
    value
}
