//! `concord info` and `concord apis`: what packages need, and what there is.

use crate::error::{Failure, print};
use clap::{Args, ValueEnum};
use concord_kits::apis;
use concord_package::Bytes;
use concord_runtime::SystemModule;
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
    concord_ability::modules().into_iter().chain(concord_arkui::modules()).chain(concord_kits::registry()).collect()
}

/// Arguments of `concord apis`.
#[derive(Args)]
pub struct Apis {
    /// Form of the list
    #[arg(long, value_enum, default_value = "table")]
    format: Form,
    /// Only APIs of this kit, e.g. ArkTS
    #[arg(long, value_name = "KIT")]
    kit: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    Table,
    Md,
    Json,
}

impl Apis {
    /// Prints the list.
    pub fn run(self) -> Result<u8, Failure> {
        let list =
            apis::join(&shims(), self.kit.as_deref()).map_err(Failure::io("reading the built-in list of APIs"))?;
        let format = match self.format {
            Form::Table => apis::Format::Table,
            Form::Md => apis::Format::Markdown,
            Form::Json => apis::Format::Json,
        };
        print(&list.render(format))?;
        Ok(0)
    }
}
