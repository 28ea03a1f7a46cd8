//! Want: what to start, and with what.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A Want as abilities see it; field names are the platform's when written as JSON. Absent fields are empty.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Want {
    /// Device; empty for this one.
    pub device_id: String,
    /// Bundle.
    pub bundle_name: String,
    /// Ability.
    pub ability_name: String,
    /// Module.
    pub module_name: String,
    /// URI.
    pub uri: String,
    /// MIME type or uniform data type.
    #[serde(rename = "type")]
    pub mime: String,
    /// Flags, see `wantConstant.Flags`.
    pub flags: u32,
    /// Action.
    pub action: String,
    /// Parameters.
    pub parameters: Map<String, Value>,
    /// Entities.
    pub entities: Vec<String>,
}

impl Want {
    /// Names a bundle and an ability.
    pub fn ability(bundle: impl Into<String>, ability: impl Into<String>) -> Self {
        Self { bundle_name: bundle.into(), ability_name: ability.into(), ..Self::default() }
    }
}
