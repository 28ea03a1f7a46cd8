//! `concord info` and `concord apis`: what packages need, and what there is.

use crate::error::{Failure, print};
use crate::native_apis;
use clap::{Args, ValueEnum};
use concord_kits::apis;
use concord_package::Bytes;
use concord_runtime::SystemModule;
use serde_json::json;
use std::path::PathBuf;

/// Arguments of `concord info`.
#[derive(Args)]
pub struct Info {
    /// Packages: .hap, .hsp, .app files or unpacked folders
    #[arg(required = true, value_name = "PACKAGE")]
    packages: Vec<PathBuf>,
    /// As JSON
    #[arg(long)]
    json: bool,
}

impl Info {
    /// Prints what the packages are.
    pub fn run(self) -> Result<u8, Failure> {
        let mut reports = Vec::new();
        let system = crate::native::system_libraries();
        let examine = |_: &str, files: &[(String, Bytes)]| crate::native_info::examine(&system, files);
        for path in &self.packages {
            reports.extend(concord_package::info::inspect_with(path, &examine).map_err(Failure::usage)?);
        }
        if self.json {
            let text = serde_json::to_string_pretty(&reports).map_err(Failure::usage)?;
            print(&format!("{text}\n"))?;
        } else {
            let texts: Vec<String> = reports.iter().map(ToString::to_string).collect();
            print(&texts.join("\n"))?;
        }
        Ok(0)
    }
}

/// System modules of all shims.
pub fn shims() -> Vec<&'static dyn SystemModule> {
    let modules = concord_ability::modules().into_iter().chain(concord_arkui::modules());
    modules.chain(concord_kits::registry()).chain(concord_ndk::modules()).collect()
}

/// Arguments of `concord apis`.
#[derive(Args)]
pub struct Apis {
    /// Form of the list
    #[arg(long, value_enum, default_value = "table")]
    format: Form,
    /// Only APIs of this kit, e.g. ArkTS; `ndk` for the native libraries
    #[arg(long, value_name = "KIT")]
    kit: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    Table,
    Md,
    Json,
}

/// The kit of the native libraries.
const NATIVE: &str = "ndk";

impl Apis {
    /// Prints the list.
    pub fn run(self) -> Result<u8, Failure> {
        let only_native = self.kit.as_deref().is_some_and(|kit| kit.eq_ignore_ascii_case(NATIVE));
        let with_native = only_native || self.kit.is_none();
        let mut text = match (self.format, only_native) {
            (Form::Json, _) => {
                let mut value =
                    if only_native { json!({}) } else { serde_json::to_value(self.list()?).map_err(Failure::usage)? };
                if let (Some(object), true) = (value.as_object_mut(), with_native) {
                    object.insert("native".to_owned(), native_apis::json());
                }
                return print(&format!("{value:#}\n")).map(|()| 0);
            }
            (_, true) => String::new(),
            (Form::Table, false) => self.list()?.render(apis::Format::Table),
            (Form::Md, false) => self.list()?.render(apis::Format::Markdown),
        };
        if with_native {
            text.push_str(&if matches!(self.format, Form::Md) {
                native_apis::markdown()
            } else {
                native_apis::table()
            });
        }
        print(&text)?;
        Ok(0)
    }

    fn list(&self) -> Result<apis::Compatibility, Failure> {
        apis::join(&shims(), self.kit.as_deref()).map_err(Failure::io("reading the built-in list of APIs"))
    }
}
