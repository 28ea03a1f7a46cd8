//! `concord ark`: run, disassemble and translate Ark bytecode.

use crate::error::Failure;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Arguments of `concord ark`.
#[derive(Args)]
pub struct Ark {
    #[command(subcommand)]
    command: ArkCommand,
}

#[derive(Subcommand)]
enum ArkCommand {
    /// Run a program; it gets a global print(string)
    Run {
        /// Bytecode
        file: PathBuf,
        /// Record to start with
        #[arg(long, value_name = "RECORD")]
        entry: Option<String>,
        /// End the program after so many seconds, with exit code 124
        #[arg(long, value_name = "S")]
        timeout: Option<u64>,
    },
    /// Print a readable listing
    Disasm {
        /// Bytecode
        file: PathBuf,
    },
    /// Print the JavaScript that the bytecode becomes
    Translate {
        /// Bytecode
        file: PathBuf,
        /// Only this record
        #[arg(long, value_name = "RECORD")]
        record: Option<String>,
    },
}

impl Ark {
    /// Runs the command.
    pub fn run(self) -> Result<u8, Failure> {
        match self.command {
            ArkCommand::Run { file, .. } | ArkCommand::Disasm { file } | ArkCommand::Translate { file, .. } => {
                Err(Failure::Usage(format!("{}: not yet", file.display())))
            }
        }
    }
}
