//! Runs an app, does in it what a script says, and writes the pictures that the script takes:
//! `cargo run --example drive -- APP.hap SCRIPT.js FOLDER [--density D] [--size WxH] [--dark] [--device TYPE] [--page NAME]`.
//! `src/drive.js` says what scripts can do.
#![forbid(unsafe_code)]
#![expect(clippy::print_stderr, reason = "a tool that tells what it does")]

use concord_ability::options::DeviceProfile;
use concord_tests::drive::Drive;
use std::path::Path;

fn run() -> Result<(), String> {
    let mut words = std::env::args().skip(1);
    let mut files = Vec::new();
    let mut device = DeviceProfile::default();
    let mut parameters = Vec::new();
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("{word} needs a value"));
        let number = |text: &str| text.parse::<f64>().map_err(|_| format!("{text} is no number"));
        match word.as_str() {
            "--density" => device.density = number(&value()?)?,
            "--size" => {
                let size = value()?;
                let (width, height) = size.split_once('x').ok_or("--size WxH")?;
                (device.width, device.height) = (number(width)? as u32, number(height)? as u32);
            }
            "--dark" => device.dark = true,
            "--device" => device.device_type = value()?,
            "--locale" => device.locale = value()?,
            "--page" => parameters.push(("page".to_owned(), value()?)),
            _ => files.push(word),
        }
    }
    let [package, script, folder] = files.as_slice() else {
        return Err("give an app, a script and a folder for the pictures".to_owned());
    };
    let script = std::fs::read_to_string(script).map_err(|error| format!("{script}: {error}"))?;
    let home = tempfile::tempdir().map_err(|error| error.to_string())?;
    let drive = Drive { packages: vec![package.into()], parameters, device, fonts: None, log: true, desktop: None };
    let (shots, end) = match drive.run(home.path(), &script) {
        Ok(shots) => (shots, Ok(())),
        Err(failed) => (failed.shots, Err(failed.reason)),
    };
    for shot in shots {
        let file = Path::new(folder).join(format!("{}.png", shot.name));
        std::fs::write(&file, &shot.png).map_err(|error| format!("{}: {error}", file.display()))?;
        eprintln!("{}", file.display());
    }
    end
}

fn main() {
    if let Err(error) = run() {
        eprintln!("drive: {error}");
        std::process::exit(1);
    }
}
