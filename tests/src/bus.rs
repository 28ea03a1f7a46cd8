//! A message bus of its own, for tests of the desktop's services.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// What the bus allows: everything, to everybody who finds it.
const CONFIGURATION: &str = r#"<busconfig>
  <type>session</type>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
"#;

/// A running bus; it ends with this value.
pub struct Bus {
    child: Child,
    address: String,
    _folder: tempfile::TempDir,
}

impl Bus {
    /// Starts one. Says why a test is skipped when it cannot be.
    pub fn start() -> Option<Bus> {
        let command = Command::new("dbus-daemon");
        Bus::start_by(command, None)
    }

    /// Starts one that starts the services described in a folder. They get the environment and the standard error of `like`,
    /// a command that is not run.
    pub fn with_services(services: &Path, like: &Command, log: File) -> Option<Bus> {
        let mut command = Command::new("dbus-daemon");
        command.env_clear().envs(like.get_envs().filter_map(|(name, value)| Some((name, value?)))).stderr(log);
        Bus::start_by(command, Some(services))
    }

    #[expect(clippy::print_stderr, reason = "a skipped test says why")]
    fn start_by(command: Command, services: Option<&Path>) -> Option<Bus> {
        match Bus::try_start(command, services) {
            Ok(bus) => Some(bus),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                eprintln!("skipped: dbus-daemon is not installed (scripts/setup --tests installs it)");
                None
            }
            Err(error) => {
                eprintln!("skipped: no message bus runs here: {error}");
                None
            }
        }
    }

    fn try_start(mut command: Command, services: Option<&Path>) -> std::io::Result<Bus> {
        let folder = tempfile::Builder::new().prefix("concord-bus").tempdir()?;
        let configuration = folder.path().join("bus.conf");
        let services = services.map(|services| format!("<servicedir>{}</servicedir>", services.display()));
        let services = services.unwrap_or_default();
        let listen =
            format!("<listen>unix:path={}</listen>{services}</busconfig>", folder.path().join("bus").display());
        std::fs::write(&configuration, format!("{CONFIGURATION}{listen}"))?;
        let mut child = command
            .arg(format!("--config-file={}", configuration.display()))
            .args(["--nofork", "--print-address=1"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut address = String::new();
        if let Some(out) = child.stdout.take() {
            BufReader::new(out).read_line(&mut address)?;
        }
        let bus = Bus { child, address: address.trim().to_owned(), _folder: folder };
        if bus.address.is_empty() { Err(std::io::Error::other("dbus-daemon does not start")) } else { Ok(bus) }
    }

    /// Where it listens.
    pub fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
