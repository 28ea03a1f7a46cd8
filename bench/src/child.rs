//! Measuring in a process of its own: the parent starts this program again, the child prints one line of JSON.

use crate::Error;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::process::{Command, Stdio};

/// Runs this program with `arguments` and reads its reply.
pub fn run<T: DeserializeOwned>(arguments: &[&str], environment: &[(&str, &str)]) -> Result<T, Error> {
    let output = Command::new(std::env::current_exe()?)
        .args(arguments)
        .envs(environment.iter().copied())
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .output()?;
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr);
        return Err(Error::failed(arguments.join(" "), text.trim()));
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Prints the reply of a child.
pub fn reply<T: Serialize>(result: &T) -> Result<(), Error> {
    println!("{}", serde_json::to_string(result)?);
    Ok(())
}

/// Repeats a measurement and keeps the best of each number.
pub fn best_of<T>(rounds: u32, measure: impl Fn() -> Result<T, Error>, best: impl Fn(T, T) -> T) -> Result<T, Error> {
    let mut result = measure()?;
    for _ in 1..rounds {
        result = best(result, measure()?);
    }
    Ok(result)
}

/// Most memory that this process ever had in RAM, in MB.
pub fn peak_memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kilobytes =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1024.0
}
