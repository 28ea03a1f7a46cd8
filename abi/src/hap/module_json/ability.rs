//! Abilities and extension abilities, and what they accept.

use super::Metadata;
use crate::hap::json::{lenient, lenient_list};
use serde::Deserialize;

/// How instances of a UIAbility come about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LaunchType {
    /// One instance; starting it again gives it `onNewWant`.
    #[default]
    Singleton,
    /// A new instance each time; `standard` before API 10.
    #[serde(alias = "standard")]
    Multiton,
    /// `AbilityStage.onAcceptWant` decides.
    Specified,
}

lenient_struct! {
    /// A UIAbility.
    Ability {
        /// Name, e.g. `EntryAbility`.
        name: String,
        /// Source file, e.g. `./ets/entryability/EntryAbility.ets`.
        #[serde(deserialize_with = "lenient")]
        src_entry: String,
        /// Instances.
        #[serde(deserialize_with = "lenient")]
        launch_type: LaunchType,
        /// Description (`$string:…`).
        #[serde(deserialize_with = "lenient")]
        description: String,
        /// Resource id of `description`, 0 when absent.
        #[serde(deserialize_with = "lenient")]
        description_id: u32,
        /// Icon (`$media:…`).
        #[serde(deserialize_with = "lenient")]
        icon: String,
        /// Resource id of `icon`, 0 when absent.
        #[serde(deserialize_with = "lenient")]
        icon_id: u32,
        /// Name for people (`$string:…`).
        #[serde(deserialize_with = "lenient")]
        label: String,
        /// Resource id of `label`, 0 when absent.
        #[serde(deserialize_with = "lenient")]
        label_id: u32,
        /// Permissions that a caller needs.
        #[serde(deserialize_with = "lenient_list")]
        permissions: Vec<String>,
        /// Free-form data.
        #[serde(deserialize_with = "lenient_list")]
        metadata: Vec<Metadata>,
        /// May other applications start it.
        #[serde(deserialize_with = "lenient")]
        exported: bool,
        /// May continue on another device.
        #[serde(deserialize_with = "lenient")]
        continuable: bool,
        /// Types that say which abilities continue each other.
        #[serde(deserialize_with = "lenient_list")]
        continue_type: Vec<String>,
        /// What it accepts.
        #[serde(deserialize_with = "lenient_list")]
        skills: Vec<Skill>,
        /// Long tasks in the background.
        #[serde(deserialize_with = "lenient_list")]
        background_modes: Vec<String>,
        /// `$profile:…` of the start window (API 18 and newer).
        #[serde(deserialize_with = "lenient")]
        start_window: String,
        /// Icon of the start window (`$media:…`).
        #[serde(deserialize_with = "lenient")]
        start_window_icon: String,
        /// Resource id of `start_window_icon`, 0 when absent.
        #[serde(deserialize_with = "lenient")]
        start_window_icon_id: u32,
        /// Background of the start window (`$color:…`).
        #[serde(deserialize_with = "lenient")]
        start_window_background: String,
        /// Resource id of `start_window_background`, 0 when absent.
        #[serde(deserialize_with = "lenient")]
        start_window_background_id: u32,
        /// Whether its mission goes away when it ends.
        #[serde(deserialize_with = "lenient")]
        remove_mission_after_terminate: bool,
        /// Orientation name, e.g. `portrait`, or `$string:…`.
        #[serde(deserialize_with = "lenient")]
        orientation: String,
        /// Resource id of `orientation`, 0 when absent.
        #[serde(deserialize_with = "lenient")]
        orientation_id: u32,
        /// `fullscreen`, `split`, `floating`; empty list means all.
        #[serde(deserialize_with = "lenient_list")]
        support_window_mode: Vec<String>,
        /// Start order of implicit starts (system applications).
        #[serde(deserialize_with = "lenient")]
        priority: u32,
        /// Widest ratio of width to height, 0 when not set.
        #[serde(deserialize_with = "lenient")]
        max_window_ratio: f64,
        /// Narrowest ratio of width to height, 0 when not set.
        #[serde(deserialize_with = "lenient")]
        min_window_ratio: f64,
        /// Widest window in vp, 0 when not set.
        #[serde(deserialize_with = "lenient")]
        max_window_width: u32,
        /// Narrowest window in vp, 0 when not set.
        #[serde(deserialize_with = "lenient")]
        min_window_width: u32,
        /// Highest window in vp, 0 when not set.
        #[serde(deserialize_with = "lenient")]
        max_window_height: u32,
        /// Lowest window in vp, 0 when not set.
        #[serde(deserialize_with = "lenient")]
        min_window_height: u32,
        /// Not shown among recent tasks.
        #[serde(deserialize_with = "lenient")]
        exclude_from_missions: bool,
        /// State may be restored after a crash.
        #[serde(deserialize_with = "lenient")]
        recoverable: bool,
        /// Cannot be swiped away.
        #[serde(deserialize_with = "lenient")]
        unclearable_mission: bool,
        /// Has no icon in the dock.
        #[serde(deserialize_with = "lenient")]
        exclude_from_dock: bool,
        /// Runs in a process of its own (2in1).
        #[serde(deserialize_with = "lenient")]
        isolation_process: bool,
        /// Name of the process that it runs in (2in1, tablet).
        #[serde(deserialize_with = "lenient")]
        process: String,
        /// Orientations of multi-window mode.
        #[serde(deserialize_with = "lenient")]
        prefer_multi_window_orientation: String,
    }
}

lenient_struct! {
    /// An extension ability.
    ExtensionAbility {
        /// Name.
        name: String,
        /// Source file.
        #[serde(deserialize_with = "lenient")]
        src_entry: String,
        /// `form`, `workScheduler`, `inputMethod`, `service`, `backup`, `dataShare` …
        #[serde(rename = "type", deserialize_with = "lenient")]
        kind: String,
        /// Description (`$string:…`).
        #[serde(deserialize_with = "lenient")]
        description: String,
        /// Resource id of `description`, 0 when absent.
        #[serde(deserialize_with = "lenient")]
        description_id: u32,
        /// Icon (`$media:…`).
        #[serde(deserialize_with = "lenient")]
        icon: String,
        /// Resource id of `icon`, 0 when absent.
        #[serde(deserialize_with = "lenient")]
        icon_id: u32,
        /// Name for people (`$string:…`).
        #[serde(deserialize_with = "lenient")]
        label: String,
        /// Resource id of `label`, 0 when absent.
        #[serde(deserialize_with = "lenient")]
        label_id: u32,
        /// Permissions that a caller needs.
        #[serde(deserialize_with = "lenient_list")]
        permissions: Vec<String>,
        /// Permission for reading its data.
        #[serde(deserialize_with = "lenient")]
        read_permission: String,
        /// Permission for changing its data.
        #[serde(deserialize_with = "lenient")]
        write_permission: String,
        /// URI of the data it serves.
        #[serde(deserialize_with = "lenient")]
        uri: String,
        /// What it accepts.
        #[serde(deserialize_with = "lenient_list")]
        skills: Vec<Skill>,
        /// Free-form data; configuration of its type is here (`ohos.extension.form` …).
        #[serde(deserialize_with = "lenient_list")]
        metadata: Vec<Metadata>,
        /// May other applications use it.
        #[serde(deserialize_with = "lenient")]
        exported: bool,
        /// `bundle`, `type` or `instance`.
        #[serde(deserialize_with = "lenient")]
        extension_process_mode: String,
        /// Data groups it shares.
        #[serde(deserialize_with = "lenient_list")]
        data_group_ids: Vec<String>,
    }
}

lenient_struct! {
    /// What an ability accepts; see `reference/testflow.md` 2.4 for the matching rules.
    Skill {
        /// Actions, e.g. `action.system.home`.
        #[serde(deserialize_with = "lenient_list")]
        actions: Vec<String>,
        /// Entities, e.g. `entity.system.home`.
        #[serde(deserialize_with = "lenient_list")]
        entities: Vec<String>,
        /// Data.
        #[serde(deserialize_with = "lenient_list")]
        uris: Vec<SkillUri>,
        /// Permissions.
        #[serde(deserialize_with = "lenient_list")]
        permissions: Vec<String>,
        /// Whether the domain of `uris` is verified.
        #[serde(deserialize_with = "lenient")]
        domain_verify: bool,
    }
}

lenient_struct! {
    /// Data that a skill accepts. Empty parts match anything.
    SkillUri {
        /// Scheme, e.g. `https`.
        #[serde(deserialize_with = "lenient")]
        scheme: String,
        /// Host.
        #[serde(deserialize_with = "lenient")]
        host: String,
        /// Port, as text.
        #[serde(deserialize_with = "lenient")]
        port: String,
        /// Whole path.
        #[serde(deserialize_with = "lenient")]
        path: String,
        /// Beginning of the path.
        #[serde(deserialize_with = "lenient")]
        path_start_with: String,
        /// Regular expression for the whole path.
        #[serde(deserialize_with = "lenient")]
        path_regex: String,
        /// MIME type or uniform data type.
        #[serde(rename = "type", deserialize_with = "lenient")]
        kind: String,
        /// Uniform data type.
        #[serde(deserialize_with = "lenient")]
        utd: String,
        /// Most files at a time.
        #[serde(deserialize_with = "lenient")]
        max_file_supported: u32,
        /// Feature, e.g. `FileOpen`.
        #[serde(deserialize_with = "lenient")]
        link_feature: String,
    }
}
