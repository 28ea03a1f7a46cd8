//! A message bus of its own, for tests of the desktop's services.

use std::io::{BufRead, BufReader};
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
    #[expect(clippy::print_stderr, reason = "a skipped test says why")]
    pub fn start() -> Option<Bus> {
        match Bus::try_start() {
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

    fn try_start() -> std::io::Result<Bus> {
        let folder = tempfile::Builder::new().prefix("concord-bus").tempdir()?;
        let configuration = folder.path().join("bus.conf");
        let listen = format!("<listen>unix:path={}</listen></busconfig>", folder.path().join("bus").display());
        std::fs::write(&configuration, format!("{CONFIGURATION}{listen}"))?;
        let mut child = Command::new("dbus-daemon")
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
