//! `concord info` and `concord apis`: what packages need, and what there is.

use crate::error::Failure;
use clap::Args;
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
        Err(Failure::Usage(format!("{}: not yet (json {})", self.packages[0].display(), self.json)))
    }
}

/// Arguments of `concord apis`.
#[derive(Args)]
pub struct Apis {
    /// Form of the list
    #[arg(long, value_parser = ["table", "md", "json"], default_value = "table")]
    format: String,
    /// Only APIs of this kit
    #[arg(long, value_name = "KIT")]
    kit: Option<String>,
}

impl Apis {
    /// Prints the list.
    pub fn run(self) -> Result<u8, Failure> {
        Err(Failure::Usage(format!("not yet ({}, {:?})", self.format, self.kit)))
    }
}
