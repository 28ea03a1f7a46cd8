//! Apps in a desktop: services of a bus of our own, and what apps make of them.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

#[path = "bus/geoclue.rs"]
mod geoclue;
#[path = "bus/locale.rs"]
mod locale;
#[path = "bus/mpris.rs"]
mod mpris;
#[path = "bus/notifications.rs"]
mod notifications;
#[path = "bus/portal.rs"]
mod portal;
#[path = "bus/upower.rs"]
mod upower;

use concord_ability::options::DeviceProfile;
use concord_desktop::Reply;
use concord_desktop::notifications::{Event, Notification};
use concord_desktop::opener::Target;
use concord_tests::bus::Bus;
use concord_tests::drive::{Desktop, Drive, Shot};
use concord_tests::fixtures;
use std::rc::Rc;
use std::sync::Arc;
use zbus::connection::Builder;
use zbus::{Connection, Variant};

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

    /// The services of the desktop; the bus of the test is that of the machine too.
    fn host(&self) -> concord_desktop::Host {
        let address = Some(self.bus.address().to_owned());
        concord_bus::connect(concord_bus::Addresses { session: address.clone(), system: address })
    }

    /// Runs an app of the fixtures and a script in it; `hear` is told what the script says.
    fn run(&self, package: &str, script: &str, hear: impl Fn(&Connection, &str) + 'static) -> Vec<Shot> {
        let Some(package) = fixtures("ui").map(|folder| folder.join(package).join("entry.hap")) else {
            return Vec::new();
        };
        let host = self.host();
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

/// Rows of RGB.
fn rgb(shot: &Shot) -> Vec<u8> {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(&shot.png));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().unwrap();
    let mut data = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut data).unwrap();
    data.truncate(info.buffer_size());
    let channels = info.color_type.samples();
    data.chunks_exact(channels).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect()
}

/// The pixel near the bottom left, where pages of the fixtures have nothing but their ground.
fn ground(shot: &Shot) -> [u8; 3] {
    let rows = rgb(shot);
    let at = rows.len() - 360 * 3 * 8;
    [rows[at], rows[at + 1], rows[at + 2]]
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
        const { records } = require('@concord:abilities');
        const ability = records[0].ability;
        const updated = [];
        ability.onConfigurationUpdate = (config) => updated.push(config.colorMode);
        const { AppStorage, Environment } = globalThis;
        Environment.envProp('colorMode', 7);
        equal(AppStorage.get('colorMode'), 0);
        application.on('environment', { onConfigurationUpdated: (config) => heard.push(config.colorMode) });
        tell('light');
        await until('light', () => process.configuration.colorMode === 1);
        await until('told', () => heard.length === 2);
        equal([...heard].sort(), [1, false].sort());
        equal([updated, AppStorage.get('colorMode')], [[1], 1]);
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
                "dark" => settings.set("color-scheme", 1_u32).await,
                "light" => settings.set("color-scheme", 2_u32).await,
                _ => settings.set("reduced-motion", 1_u32).await,
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
fn apps_follow_the_language_of_the_machine_when_it_changes() {
    let Some(session) = Session::start(|bus| locale::Locale::english().serve(portal::Settings::dark().serve(bus)))
    else {
        return;
    };
    let script = r"
        const process = require('@concord:process');
        const { records } = require('@concord:abilities');
        const application = require('@concord:context').application;
        const updated = [];
        records[0].ability.onConfigurationUpdate = (config) => updated.push(config.language);
        // What it is at the start the session says.
        equal(process.configuration.language, 'en-US');
        tell('LANG=de_DE.UTF-8');
        await until('another language', () => process.configuration.language === 'de-DE');
        await until('told', () => updated.length === 1);
        equal([updated, process.configuration.colorMode], [['de-DE'], 0]);
        // What the app chooses stands above it, until it follows again.
        application.setLanguage('zh-Hans-CN');
        tell('LANG=fr_FR.UTF-8');
        await until('told', () => updated.at(-1) === 'zh-Hans-CN');
        await until('heard', () => process.info.device.locale === 'fr-FR');
        equal(process.configuration.language, 'zh-Hans-CN');
    ";
    session.run("hello", script, |bus, what| zbus::block_on(locale::change(bus, what)));
}

#[test]
fn the_accent_of_the_desktop_is_the_brand() {
    let Some(session) = Session::start(|bus| portal::Settings::dark().serve(bus)) else { return };
    let script = r"
        const { records } = require('@concord:abilities');
        const resources = records[0].context.resourceManager;
        const color = (name) => resources.getColorSync({ id: -1, type: 10001, moduleName: '', bundleName: '', params: ['sys.color.' + name] });
        const before = color('ohos_id_color_emphasize');
        equal(before, 0xff006cde);
        await shot('blue');
        tell('red');
        await until('red', () => color('ohos_id_color_emphasize') !== before);
        equal(color('ohos_id_color_emphasize'), 0xffff0000);
        await rest();
        await shot('red');
    ";
    let shots = session.run("counter", script, |bus, _| {
        zbus::block_on(portal::Settings::of(bus).set("accent-color", Variant::new((1.0, 0.0, 0.0))));
    });
    let reds = |shot: &Shot| rgb(shot).chunks_exact(3).filter(|pixel| **pixel == [255, 0, 0]).count();
    if let [blue, red] = &shots[..] {
        assert_eq!(reds(blue), 0);
        assert!(reds(red) > 500, "buttons are red: {} pixels", reds(red));
    }
}

/// Without any desktop: windows have other sizes while an app runs, too.
#[test]
fn conditions_follow_the_size_of_the_window() {
    let Some(session) = Session::start(|bus| bus) else { return };
    let script = r"
        const mediaquery = require('@ohos:mediaquery');
        const screen = require('@concord:arkui/screen');
        const heard = [];
        const wide = mediaquery.matchMediaSync('(width >= 600vp)');
        wide.on('change', ({ matches }) => heard.push(matches));
        const { windows } = require('@concord:arkui/windows');
        const ui = [...windows][0].getUIContext();
        equal([wide.matches, ui.getWindowWidthBreakpoint()], [false, 1]);
        screen.resize(700, 780, 1);
        await until('wide', () => heard.length > 0);
        equal([wide.matches, ui.getWindowWidthBreakpoint()], [true, 2]);
        screen.resize(800, 600, 1);
        await until('wide and low', () => heard.length > 1);
        screen.resize(360, 780, 1);
        await until('narrow', () => heard.length > 2);
        await wait(100);
        equal(heard, [true, true, false]);
    ";
    session.run("hello", script, |_, _| {});
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

#[test]
fn notifications_are_shown_and_pressed() {
    let seen = notifications::Seen::default();
    let server = notifications::Server { seen: Arc::clone(&seen), last: 0 };
    let Some(session) = Session::start(|bus| bus.serve_at(notifications::PATH, server).name(notifications::NAME))
    else {
        return;
    };
    let script = r"
        const manager = require('@ohos:notificationManager');
        const wantAgent = require('@ohos:app.ability.wantAgent');
        const image = require('@ohos:multimedia.image');
        const { records } = require('@concord:abilities');
        const basic = (title, text) => ({ notificationContentType: 0, normal: { title, text, additionalText: 'more' } });

        let refused;
        await manager.publish({ content: basic('a', 'b') }).catch((error) => { refused = error.code; });
        equal(refused, 1600004);
        await manager.requestEnableNotification();

        const ability = records[0];
        const started = [];
        ability.ability.onNewWant = (want) => started.push(want.parameters.from);
        const agent = (from) => wantAgent.getWantAgent({
            wants: [{ bundleName: ability.info.bundleName, abilityName: ability.info.name, parameters: { from } }],
            operationType: 2, requestCode: 0,
        });
        await manager.publish({
            id: 1, content: basic('first', '1 < 2'), wantAgent: await agent('message'), tapDismissed: false,
            actionButtons: [{ title: 'Reply', wantAgent: await agent('button') }],
        });
        await manager.publish({ id: 1, content: basic('changed', 'x'), wantAgent: await agent('message') });
        const picture = await image.createPixelMap(new Uint8Array([10, 20, 30, 255, 1, 2, 3, 255]).buffer,
            { size: { width: 2, height: 1 }, pixelFormat: 3, srcPixelFormat: 3, alphaType: 3 });
        await manager.publish({ id: 2, content: { notificationContentType: 2,
            picture: { title: 'p', text: 't', expandedTitle: 'big', briefText: 'brief', picture } } });
        await manager.publish({ id: 3, content: { notificationContentType: 4,
            multiLine: { title: 'm', text: 't', briefText: '', longTitle: 'lines', lines: ['one', 'two'] } } });
        equal((await manager.getActiveNotifications()).map(({ id }) => id), [1, 2, 3]);

        // Nobody can press what does not stand on the desktop yet.
        await until('pressed', () => { tell('press 1 default'); return started.length === 1; });
        await until('a pressed one is gone', async () => await manager.getActiveNotificationCount() === 2);
        equal(started, ['message']);
        await until('put away', async () => { tell('away 2'); return await manager.getActiveNotificationCount() === 1; });
        await manager.cancel(3);
        await manager.publish({ id: 4, content: basic('last', 'x'), actionButtons: [{ title: 'Go', wantAgent: await agent('button') }] });
        await until('shown', async () => { tell('press 4 0'); return started.length === 2; });
        equal(started, ['message', 'button']);
        await manager.setBadgeNumber(5);
        equal(await manager.getBadgeNumber(), 5);
        await manager.cancelAll();
        equal(await manager.getActiveNotificationCount(), 0);
    ";
    session.run("hello", script, |bus, what| {
        let words: Vec<_> = what.split(' ').collect();
        let number = words[1].parse().unwrap();
        zbus::block_on(async {
            match words[0] {
                "press" => notifications::press(bus, number, words[2]).await,
                _ => notifications::put_away(bus, number).await,
            }
        });
    });
    let seen = seen.lock().unwrap();
    if !seen.is_empty() {
        let app = "dev.concord.hello";
        assert_eq!(seen[0], format!("1 {app}: first | 1 &lt; 2/more | default,,0,Reply"));
        assert_eq!(seen[1], format!("1 {app}: changed | x/more | default,"));
        assert_eq!(seen[2], format!("2 {app}: big | brief |  2x1 [10, 20, 30, 255]"));
        assert_eq!(seen[3], format!("3 {app}: lines | one/two | "));
        assert!(seen.contains(&"close 1".to_owned()) && seen.contains(&"close 3".to_owned()), "{seen:?}");
    }
}

#[test]
fn links_and_files_are_opened_by_others() {
    let asked = portal::Asked::default();
    let server = portal::OpenUri(Arc::clone(&asked));
    let Some(session) = Session::start(|bus| bus.serve_at(portal::PATH, server).name(portal::NAME)) else { return };
    let script = r"
        const { records } = require('@concord:abilities');
        const fs = require('@ohos:file.fs');
        const { context } = records[0];
        const code = (promise) => promise.then(() => 0, (error) => error.code);
        equal(await code(context.openLink('https://example.org/a?b=c')), 0);
        equal(await code(context.openLink('https://example.org/', { appLinkingOnly: true })), 16000019);
        equal(await code(context.startAbility({ action: 'ohos.want.action.viewData', uri: 'mailto:a@example.org' })), 0);
        equal(await code(context.openLink('nothing:at-all')), 16000019);
        equal(await code(context.openLink('javascript:alert(1)')), 16000019);
        const path = context.filesDir + '/a.txt';
        const file = fs.openSync(path, fs.OpenMode.CREATE | fs.OpenMode.READ_WRITE);
        fs.writeSync(file.fd, 'content');
        fs.closeSync(file);
        const uri = require('@ohos:file.fileuri').getUriFromPath(path);
        const want = { action: 'ohos.want.action.viewData', uri, type: 'text/plain' };
        equal(await code(context.startAbility({ ...want, flags: 1 })), 0);
        equal(await code(context.startAbility({ ...want, flags: 3 })), 0);
        equal(await code(context.startAbility({ ...want, uri: 'file:///etc/passwd' })), 16000019);
        const [error] = await new Promise((resolve) => context.startAbility({ action: 'ohos.want.action.viewData', uri: 'nothing:' },
            (...args) => resolve(args)));
        equal(error.code, 16000019);
    ";
    session.run("hello", script, |_, _| {});
    let asked = asked.lock().unwrap();
    if !asked.is_empty() {
        let expected = [
            "https://example.org/a?b=c",
            "mailto:a@example.org",
            "nothing:at-all",
            "writable=Bool(false) content",
            "writable=Bool(true) content",
            "nothing:",
        ];
        assert_eq!(*asked, expected);
    }
}

#[test]
fn chosen_files_belong_to_the_app() {
    let folder = tempfile::tempdir().unwrap();
    let chosen = folder.path().join("a b.txt");
    std::fs::write(&chosen, "what it says").unwrap();
    std::fs::write(folder.path().join("other.txt"), "nobody's business").unwrap();
    let asked = portal::Asked::default();
    let uri = format!("file://{}/a%20b.txt", folder.path().display());
    let server = portal::FileChooser { chosen: vec![uri], asked: Arc::clone(&asked) };
    let Some(session) = Session::start(|bus| bus.serve_at(portal::PATH, server).name(portal::NAME)) else { return };
    let script = r"
        const fs = require('@ohos:file.fs');
        const picker = require('@ohos:file.picker');
        const photos = require('@ohos:file.photoAccessHelper');
        const read = (name) => fs.readTextSync(name);
        const code = (f) => { try { f(); return 0; } catch (error) { return error.code; } };

        const documents = new picker.DocumentViewPicker();
        const [uri] = await documents.select({ maxSelectNumber: 3, fileSuffixFilters: ['Text|.txt'] });
        equal(uri.startsWith('file://docs/storage/') && uri.endsWith('/a%20b.txt'), true);
        const file = fs.openSync(uri, fs.OpenMode.READ_WRITE);
        equal(fs.statSync(file.fd).size, 12);
        fs.writeSync(file.fd, 'WHAT');
        fs.closeSync(file);
        const path = decodeURIComponent(uri.slice('file://docs'.length));
        equal(read(path), 'WHAT it says');
        equal(code(() => read(path.replace('a b.txt', 'other.txt'))), 13900002);

        const { photoUris } = await new photos.PhotoViewPicker().select({ MIMEType: 'image/*', maxSelectNumber: 1 });
        equal(photoUris[0].startsWith('file://media/Photo/'), true);
        const photo = fs.openSync(photoUris[0], fs.OpenMode.READ_ONLY);
        equal(fs.statSync(photo.fd).size, 12);
        fs.closeSync(photo);
        equal(code(() => fs.openSync(photoUris[0], fs.OpenMode.READ_WRITE)) !== 0, true);

        const saved = await new Promise((resolve) => documents.save({ newFileNames: ['new.txt'] }, (error, uris) => resolve(uris)));
        equal(saved.length, 1);
        equal(await new picker.AudioViewPicker().select(), [uri]);
    ";
    session.run("hello", script, |_, _| {});
    let asked = asked.lock().unwrap();
    if !asked.is_empty() {
        let expected = [
            "open Hello multiple=Bool(true) directory=Bool(false) *.txt",
            "open Hello multiple=Bool(false) directory=Bool(false) image/*",
            r#"save current_name=Str("new.txt")"#,
            "open Hello multiple=Bool(false) directory=Bool(false) audio/*",
        ];
        assert_eq!(*asked, expected);
    }
}

#[test]
fn who_does_not_choose_gives_nothing() {
    let server = portal::FileChooser { chosen: Vec::new(), asked: portal::Asked::default() };
    let Some(session) = Session::start(|bus| bus.serve_at(portal::PATH, server).name(portal::NAME)) else { return };
    let script = r"
        const picker = require('@ohos:file.picker');
        equal(await new picker.DocumentViewPicker().select(), []);
        equal((await new picker.PhotoViewPicker().select()).photoUris, []);
    ";
    session.run("hello", script, |_, _| {});
}

#[test]
fn a_desktop_without_dialogs_says_so() {
    let Some(session) = Session::start(|bus| bus) else { return };
    let script = r"
        const picker = require('@ohos:file.picker');
        const { records } = require('@concord:abilities');
        const code = (promise) => promise.then(() => 0, (error) => error.code);
        equal(await code(new picker.DocumentViewPicker().select()), 13900042);
        equal(await code(records[0].context.openLink('https://example.org')), 16000019);
    ";
    session.run("hello", script, |_, _| {});
}

#[test]
fn dialogs_of_the_desktop_belong_to_the_window_in_front() {
    let asked = portal::Asked::default();
    let server = portal::OpenUri(Arc::clone(&asked));
    let Some(session) = Session::start(|bus| bus.serve_at(portal::PATH, server).name(portal::NAME)) else { return };
    let host = session.host();
    let open = |uri: &str| host.opener.open(Target::Uri(uri.to_owned()), Reply::new(|_| {}));
    open("https://example.org/");
    wait_for(&asked, 1);
    "wayland:7".clone_into(&mut host.front.borrow_mut());
    open("https://example.org/");
    wait_for(&asked, 2);
    assert_eq!(*asked.lock().unwrap(), ["https://example.org/", "https://example.org/ for wayland:7"]);
}

/// Waits for what a service is asked.
fn wait_for(asked: &portal::Asked, count: usize) {
    let started = std::time::Instant::now();
    while asked.lock().unwrap().len() < count {
        assert!(started.elapsed() < std::time::Duration::from_secs(20), "asked for {:?} only", asked.lock().unwrap());
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

#[test]
fn windows_keep_the_screen_on_while_they_are_shown() {
    let asked = portal::Asked::default();
    let server = portal::Inhibit(Arc::clone(&asked));
    let Some(session) = Session::start(|bus| bus.serve_at(portal::PATH, server).name(portal::NAME)) else { return };
    let script = r"
        const [window] = [...require('@concord:arkui/windows').windows];
        await window.setWindowKeepScreenOn(true);
        await window.setWindowKeepScreenOn(true);
        tell('1');
        await window.hide();
        tell('2');
        await window.showWindow();
        tell('3');
        await window.setWindowKeepScreenOn(false);
        tell('4');

        const lock = await require('@ohos:runningLock').create('name', 129).catch((error) => error.code);
        equal(lock, 201);
    ";
    let heard = Arc::clone(&asked);
    session.run("hello", script, move |_, count| wait_for(&heard, count.parse().unwrap()));
    let asked = asked.lock().unwrap();
    if !asked.is_empty() {
        assert_eq!(*asked, ["inhibit 8", "end", "inhibit 8", "end"]);
    }
}

#[test]
fn apps_know_the_battery() {
    let Some(session) = Session::start(upower::serve) else { return };
    let script = r"
        const info = require('@ohos:batteryInfo');
        const events = require('@ohos:commonEventManager');
        equal([info.batterySOC, info.chargingStatus, info.pluggedType, info.voltage, info.batteryTemperature, info.technology,
            info.nowCurrent, info.isBatteryPresent, info.batteryCapacityLevel], [42, 1, 1, 12500000, 313, 'Li-ion', 2000, true, 3]);
        const heard = [];
        const names = ['BATTERY_CHANGED', 'BATTERY_LOW', 'DISCHARGING'].map((name) => 'usual.event.' + name);
        events.subscribe(events.createSubscriberSync({ events: names }), (error, { event, parameters }) => {
            heard.push([event.slice('usual.event.'.length), parameters.soc]);
        });
        await until('the first', () => heard.length === 1);
        tell('empty');
        await until('low', () => heard.length === 4);
        equal(heard, [['BATTERY_CHANGED', 42], ['BATTERY_CHANGED', 15], ['DISCHARGING', undefined], ['BATTERY_LOW', undefined]]);
        equal([info.batterySOC, info.chargingStatus], [15, 2]);
    ";
    session.run("hello", script, |bus, _| zbus::block_on(upower::change(bus, 15.0, 2)));
}

const DECLARE_LOCATION: &str = r"
    for (const { tree } of require('@concord:process').modules.values()) {
        tree.module.requestPermissions = ['LOCATION', 'APPROXIMATELY_LOCATION'].map((name) => ({ name: `ohos.permission.${name}` }));
    }
    const location = require('@ohos:geoLocationManager');
    const codeOf = async (f) => {
        try { await f(); } catch (error) { return error.code; }
        return 0;
    };
";

#[test]
fn apps_know_where_they_are() {
    let Some(session) = Session::start(|bus| geoclue::serve(bus, true)) else { return };
    let script = r"
        await until('found', () => location.isLocationEnabled());
        const { latitude, longitude, altitude, accuracy, speed, timeStamp } = await location.getCurrentLocation();
        equal([latitude, longitude, altitude, accuracy, speed, timeStamp], [52.5, 13.25, 0, 20, 0, 1700000000005]);
        equal(location.getLastLocation().latitude, 52.5);
        const heard = [];
        const hear = (place) => heard.push(place.latitude);
        location.on('locationChange', { timeInterval: 0 }, hear);
        await until('the first', () => heard.length === 1);
        tell('moved');
        await until('the second', () => heard.length === 2);
        location.off('locationChange', hear);
        equal(await codeOf(() => location.getAddressesFromLocation({ latitude: 91, longitude: 0 })), 401);
    ";
    session.run("hello", &format!("{DECLARE_LOCATION}{script}"), |bus, _| zbus::block_on(geoclue::moved(bus)));
}

#[test]
fn people_need_not_say_where_they_are() {
    let Some(session) = Session::start(|bus| geoclue::serve(bus, false)) else { return };
    let script = r"
        await until('found', () => location.isLocationEnabled());
        equal(await codeOf(() => location.getCurrentLocation({ timeoutMs: 20000 })), 3301100);
    ";
    session.run("hello", &format!("{DECLARE_LOCATION}{script}"), |_, _| ());
}

#[test]
fn apps_know_the_network() {
    let monitor = portal::NetworkMonitor(3);
    let Some(session) = Session::start(|bus| bus.serve_at(portal::PATH, monitor).name(portal::NAME)) else { return };
    let links = concord_bus::Kernel::default().links().unwrap();
    let default = links.iter().find(|link| link.routes.iter().any(|route| route.to.prefix == 0));
    let expected = default.map_or_else(
        || "undefined".to_owned(),
        |link| format!("{:?}", (link.index + 100, &link.interface, link.mtu, link.addresses[0].ip.to_string())),
    );
    let script = r"
        const process = require('@concord:process');
        const declared = [{ name: 'ohos.permission.GET_NETWORK_INFO' }];
        const connection = require('@ohos:net.connection');
        equal(await connection.hasDefaultNet().catch((error) => error.code), 201);
        for (const { tree } of process.modules.values()) {
            tree.module.requestPermissions = declared;
        }
        const expected = EXPECTED;
        const heard = [];
        const observer = connection.createNetConnection();
        for (const event of ['netAvailable', 'netCapabilitiesChange', 'netUnavailable']) {
            observer.on(event, () => heard.push(event));
        }
        await observer.register();
        equal(await observer.register().catch((error) => error.code), 2101008);
        if (expected === undefined) {
            equal([connection.hasDefaultNetSync(), connection.getDefaultNetSync().netId], [false, 0]);
            await until('unavailable', () => heard.length === 1);
        } else {
            const net = await connection.getDefaultNet();
            const properties = connection.getConnectionPropertiesSync(net);
            equal([net.netId, properties.interfaceName, properties.mtu, properties.linkAddresses[0].address.address], expected);
            await until('what the portal says', () => connection.isDefaultNetMeteredSync());
            const { networkCap } = await connection.getNetCapabilities(net);
            equal([12, 16, 17].map((cap) => networkCap.includes(cap)), [true, false, true]);
            await until('available', () => heard.includes('netAvailable') && heard.includes('netCapabilitiesChange'));
        }
        await observer.unregister();
    ";
    let list = expected.replace('(', "[").replace(')', "]");
    session.run("hello", &script.replace("EXPECTED", &list), |_, _| {});
}

#[test]
fn who_presses_a_message_may_have_a_window_in_front() {
    let seen = notifications::Seen::default();
    let server = notifications::Server { seen: Arc::clone(&seen), last: 0 };
    let Some(session) = Session::start(|bus| bus.serve_at(notifications::PATH, server).name(notifications::NAME))
    else {
        return;
    };
    let (sender, heard) = std::sync::mpsc::channel();
    let host = session.host();
    host.notifications.listen(Box::new(move |event| sender.send(event).unwrap()));
    host.notifications.show(Notification {
        key: "key".into(),
        title: "t".into(),
        pressable: true,
        ..Notification::default()
    });
    wait_for(&seen, 1);
    // The server knows the message a moment before we know its number.
    let event = loop {
        zbus::block_on(notifications::press_with(&session.services, 1, "token"));
        if let Ok(event) = heard.recv_timeout(std::time::Duration::from_millis(100)) {
            break event;
        }
    };
    let (key, action) = ("key".to_owned(), "default".to_owned());
    assert_eq!(event, Event::Activated { key, action, token: Some("token".to_owned()) });
}

#[test]
fn what_plays_is_shown_and_buttons_come_back() {
    let Some(session) = Session::start(|bus| bus) else { return };
    let script = r"
        const avsession = require('@ohos:multimedia.avsession');
        const { records } = require('@concord:abilities');
        const session = await avsession.createAVSession(records[0].context, 'music', 'audio');
        const heard = [];
        for (const type of ['play', 'pause', 'playNext']) session.on(type, () => heard.push(type));
        session.on('seek', (time) => heard.push(['seek', time >= 31000 && time < 40000]));
        session.on('setLoopMode', (mode) => heard.push(['loop', mode]));
        await session.setAVMetadata({ assetId: '7', title: 'Song', artist: 'Somebody', album: 'All', duration: 200000 });
        await session.setAVPlaybackState({
          state: avsession.PlaybackState.PLAYBACK_STATE_PLAY, speed: 1, position: { elapsedTime: 30000, updateTime: Date.now() },
        });
        await session.activate();
        tell('playing');
        tell('PlayPause');
        await until('paused', () => heard.length === 1);
        await session.setAVPlaybackState({ state: avsession.PlaybackState.PLAYBACK_STATE_PAUSE, position: { elapsedTime: 30000, updateTime: Date.now() } });
        tell('seek');
        tell('Next');
        await until('all', () => heard.length === 3);
        equal(heard, ['pause', ['seek', true], 'playNext']);
        await session.setAVPlaybackState({ state: avsession.PlaybackState.PLAYBACK_STATE_PAUSE, loopMode: 1 });
        tell('paused');
        await session.destroy();
    ";
    session.run("hello", script, |bus, what| {
        zbus::block_on(async {
            match what {
                "playing" => {
                    // The app says it in steps; the last of them is the one that counts.
                    shown(bus, "PlaybackStatus", "Playing").await;
                    let properties = mpris::properties(bus).await;
                    let metadata = format!("{:?}", properties["Metadata"]);
                    for part in ["Song", "Somebody", "All", "200000000"] {
                        assert!(metadata.contains(part), "{metadata}");
                    }
                    for (button, there) in [("CanGoNext", true), ("CanGoPrevious", false), ("CanSeek", true)] {
                        assert_eq!(bool::try_from(properties[button].try_clone().unwrap()), Ok(there), "{button}");
                    }
                }
                "paused" => {
                    shown(bus, "PlaybackStatus", "Paused").await;
                    shown(bus, "LoopStatus", "Track").await;
                }
                "seek" => mpris::seek(bus, 2_000_000).await,
                button => mpris::press(bus, button).await,
            }
        });
    });
}

/// Waits until a property has this text.
async fn shown(bus: &Connection, property: &str, text: &str) {
    for _ in 0..1000 {
        let properties = mpris::properties(bus).await;
        if String::try_from(properties[property].try_clone().unwrap()).is_ok_and(|found| found == text) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("{property} never becomes {text}");
}
