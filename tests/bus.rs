//! Apps in a desktop: services of a bus of our own, and what apps make of them.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

#[path = "bus/portal.rs"]
mod portal;

use concord_ability::options::DeviceProfile;
use concord_tests::bus::Bus;
use concord_tests::drive::{Desktop, Drive, Shot};
use concord_tests::fixtures;
use std::rc::Rc;
use zbus::Connection;
use zbus::connection::Builder;

/// A bus, and a connection to it for the services of a test.
struct Session {
    bus: Bus,
    services: Connection,
}

impl Session {
    /// With what `serve` puts on the bus.
    fn start(serve: impl FnOnce(Builder) -> Builder) -> Option<Session> {
        let bus = Bus::start()?;
        let services = zbus::block_on(serve(Builder::address(bus.address())).build()).unwrap();
        Some(Session { bus, services })
    }

    /// Runs an app of the fixtures and a script in it; `hear` is told what the script says.
    fn run(&self, package: &str, script: &str, hear: impl Fn(&Connection, &str) + 'static) -> Vec<Shot> {
        let Some(package) = fixtures("ui").map(|folder| folder.join(package).join("entry.hap")) else {
            return Vec::new();
        };
        let address = Some(self.bus.address().to_owned());
        // The bus of the test is that of the machine too.
        let host = concord_bus::connect(concord_bus::Addresses { session: address.clone(), system: address });
        let services = self.services.clone();
        let drive = Drive {
            packages: vec![package],
            parameters: Vec::new(),
            device: DeviceProfile { width: 360, height: 780, density: 1.0, ..DeviceProfile::default() },
            fonts: None,
            log: true,
            desktop: Some(Desktop { host, hear: Rc::new(move |what| hear(&services, what)) }),
        };
        let home = tempfile::tempdir().unwrap();
        drive.run(home.path(), script).map_err(|failed| failed.reason).unwrap()
    }
}

/// The pixel in the middle of the bottom of a picture, where pages of the fixtures have nothing but their ground.
fn ground(shot: &Shot) -> [u8; 3] {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(&shot.png));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().unwrap();
    let mut data = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut data).unwrap();
    let channels = info.color_type.samples();
    let at = ((info.height as usize - 8) * info.width as usize + info.width as usize / 2) * channels;
    [data[at], data[at + 1], data[at + 2]]
}

#[test]
fn apps_follow_the_colors_of_the_desktop() {
    let Some(session) = Session::start(|bus| portal::Settings::dark().serve(bus)) else { return };
    let script = r"
        const process = require('@concord:process');
        const { ConfigurationConstant } = require('@ohos:app.ability.ConfigurationConstant').default
            ?? require('@ohos:app.ability.ConfigurationConstant');
        const query = require('@ohos:mediaquery').matchMediaSync('(dark-mode: true)');
        const application = require('@concord:context').application;
        equal([process.configuration.colorMode, query.matches], [0, true]);
        await shot('dark');

        const heard = [];
        query.on('change', ({ matches }) => heard.push(matches));
        application.on('environment', { onConfigurationUpdated: (config) => heard.push(config.colorMode) });
        tell('light');
        await until('light', () => process.configuration.colorMode === 1);
        await until('told', () => heard.length === 2);
        equal([...heard].sort(), [1, false].sort());
        await shot('light');

        // What the app chooses stands above the desktop, until it follows again.
        application.setColorMode(0);
        tell('dark');
        tell('light');
        tell('still');
        await until('nothing moves', () => process.info.device.animations === false);
        equal(process.configuration.colorMode, 0);
        application.setColorMode(-1);
        equal(process.configuration.colorMode, 1);
    ";
    let shots = session.run("hello", script, |bus, what| {
        let settings = portal::Settings::of(bus);
        zbus::block_on(async {
            match what {
                "dark" => settings.set("color-scheme", 1).await,
                "light" => settings.set("color-scheme", 2).await,
                _ => settings.set("reduced-motion", 1).await,
            }
        });
    });
    let grounds: Vec<_> = shots.iter().map(ground).collect();
    if let [dark, light] = grounds[..] {
        assert!(dark.iter().all(|part| *part < 64), "{dark:?}");
        assert!(light.iter().all(|part| *part > 192), "{light:?}");
    }
}

#[test]
fn what_is_chosen_for_a_run_stands_above_the_desktop() {
    let Some(session) = Session::start(|bus| portal::Settings::dark().serve(bus)) else { return };
    let Some(package) = fixtures("ui").map(|folder| folder.join("hello/entry.hap")) else { return };
    let concord = concord_tests::Concord::new(env!("CARGO_BIN_EXE_concord"));
    let picture = concord.home().join("picture.png");
    let ground_with = |options: &[&str]| {
        let mut arguments: Vec<std::ffi::OsString> = ["run", "--headless", "--exit-after", "500", "--clock", "real"]
            .iter()
            .chain(options)
            .map(std::ffi::OsString::from)
            .collect();
        arguments.extend(["--screenshot".into(), picture.clone().into(), package.clone().into()]);
        let mut command = concord.command(&arguments);
        command.env("CONCORD_DESKTOP", "session").env("DBUS_SESSION_BUS_ADDRESS", session.bus.address());
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        ground(&Shot { name: String::new(), png: std::fs::read(&picture).unwrap() })
    };
    assert!(ground_with(&[])[0] < 64, "as the desktop");
    assert!(ground_with(&["--light"])[0] > 192, "as was said");
}

#[test]
fn a_desktop_without_services_changes_nothing() {
    let Some(session) = Session::start(|bus| bus) else { return };
    let script = r"
        const process = require('@concord:process');
        equal([process.configuration.colorMode, process.info.device.animations], [1, true]);
    ";
    session.run("hello", script, |_, _| {});
}
