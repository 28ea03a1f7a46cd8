//! A desktop portal as far as tests need one.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use zbus::connection::Builder;
use zbus::message::Header;
use zbus::object_server::SignalEmitter;
use zbus::{Connection, OwnedObjectPath, OwnedVariant, Variant, fdo, interface};

pub const NAME: &str = "org.freedesktop.portal.Desktop";
pub const PATH: &str = "/org/freedesktop/portal/desktop";
const APPEARANCE: &str = "org.freedesktop.appearance";

/// `org.freedesktop.portal.Settings`.
pub struct Settings(HashMap<String, OwnedVariant>);

impl Settings {
    /// Of somebody who likes it dark.
    pub fn dark() -> Settings {
        Settings(HashMap::from([("color-scheme".to_owned(), OwnedVariant::from(1_u32))]))
    }

    pub fn serve(self, bus: Builder) -> Builder {
        bus.serve_at(PATH, self).name(NAME)
    }

    pub fn of(bus: &Connection) -> Changer {
        Changer(bus.clone())
    }
}

/// Changes settings from outside.
pub struct Changer(Connection);

impl Changer {
    pub async fn set(&self, key: &str, value: impl Into<Variant<'static>>) {
        let value = value.into();
        let settings = self.0.object_server().interface::<_, Settings>(PATH).await.unwrap();
        settings.get_mut().await.0.insert(key.to_owned(), value.try_to_owned().unwrap());
        settings.signal_emitter().setting_changed(APPEARANCE, key, value).await.unwrap();
    }
}

#[interface(name = "org.freedesktop.portal.Settings")]
impl Settings {
    fn read_all(&self, namespaces: Vec<String>) -> fdo::Result<HashMap<String, HashMap<String, OwnedVariant>>> {
        let wanted = namespaces.iter().any(|namespace| namespace == APPEARANCE);
        let mut all = HashMap::new();
        if wanted {
            let values = self.0.iter().map(|(key, value)| (key.clone(), value.try_clone().unwrap()));
            all.insert(APPEARANCE.to_owned(), values.collect());
        }
        Ok(all)
    }

    #[zbus(signal)]
    async fn setting_changed(
        emitter: &SignalEmitter<'_>,
        namespace: &str,
        key: &str,
        value: Variant<'_>,
    ) -> zbus::Result<()>;
}

/// Answers a request of whoever sent `header`, on the path that its token stands for.
async fn answer(
    bus: &Connection,
    header: &Header<'_>,
    options: &Options,
    code: u32,
    results: HashMap<&str, Variant<'_>>,
) -> OwnedObjectPath {
    let token: String = options["handle_token"].try_clone().unwrap().try_into().unwrap();
    let sender = header.sender().unwrap().as_str().trim_start_matches(':').replace('.', "_");
    let path = OwnedObjectPath::try_from(format!("{PATH}/request/{sender}/{token}")).unwrap();
    let interface = "org.freedesktop.portal.Request";
    bus.emit_signal(header.sender(), &path, interface, "Response", &(code, results)).await.unwrap();
    path
}

/// Options of a request.
type Options = HashMap<String, OwnedVariant>;
/// What a service was asked.
pub type Asked = Arc<Mutex<Vec<String>>>;

fn text(options: &Options, name: &str) -> String {
    options.get(name).map(|value| format!("{name}={:?} ", **value)).unwrap_or_default()
}

/// `org.freedesktop.portal.OpenURI`, which opens everything but `nothing:`.
pub struct OpenUri(pub Asked);

#[interface(name = "org.freedesktop.portal.OpenURI")]
impl OpenUri {
    #[zbus(name = "OpenURI")]
    async fn open_uri(
        &self,
        parent: &str,
        uri: &str,
        options: Options,
        #[zbus(connection)] bus: &Connection,
        #[zbus(header)] header: Header<'_>,
    ) -> OwnedObjectPath {
        let whose = if parent.is_empty() { String::new() } else { format!(" for {parent}") };
        self.0.lock().unwrap().push(format!("{uri}{whose}"));
        let code = if uri.starts_with("nothing:") { 2 } else { 0 };
        answer(bus, &header, &options, code, HashMap::new()).await
    }

    async fn open_file(
        &self,
        _parent: &str,
        file: zbus::OwnedFd,
        options: Options,
        #[zbus(connection)] bus: &Connection,
        #[zbus(header)] header: Header<'_>,
    ) -> OwnedObjectPath {
        let mut content = String::new();
        let mut file = std::fs::File::from(std::os::fd::OwnedFd::try_from(zbus::Fd::from(file)).unwrap());
        std::io::Read::read_to_string(&mut file, &mut content).unwrap();
        self.0.lock().unwrap().push(format!("{}{content}", text(&options, "writable")));
        answer(bus, &header, &options, 0, HashMap::new()).await
    }
}

/// `org.freedesktop.portal.FileChooser` with somebody who always chooses the same.
pub struct FileChooser {
    /// URIs of the choice; none when they do not want to choose.
    pub chosen: Vec<String>,
    pub asked: Asked,
}

impl FileChooser {
    async fn choose(&self, bus: &Connection, header: &Header<'_>, options: &Options, asked: String) -> OwnedObjectPath {
        self.asked.lock().unwrap().push(asked.trim_end().to_owned());
        let code = u32::from(self.chosen.is_empty());
        let results = HashMap::from([("uris", Variant::new(self.chosen.clone()))]);
        answer(bus, header, options, code, results).await
    }
}

#[interface(name = "org.freedesktop.portal.FileChooser")]
impl FileChooser {
    async fn open_file(
        &self,
        _parent: &str,
        title: &str,
        options: Options,
        #[zbus(connection)] bus: &Connection,
        #[zbus(header)] header: Header<'_>,
    ) -> OwnedObjectPath {
        let asked = ["multiple", "directory"].map(|name| text(&options, name)).concat();
        let filters = options.get("filters").map(|value| format!("{:?}", **value)).unwrap_or_default();
        let kinds = ["*.txt", "image/*", "audio/*", "video/*"].into_iter().filter(|kind| filters.contains(kind));
        let kinds = kinds.collect::<Vec<_>>().join(" ");
        self.choose(bus, &header, &options, format!("open {title} {asked}{kinds}")).await
    }

    async fn save_file(
        &self,
        _parent: &str,
        _title: &str,
        options: Options,
        #[zbus(connection)] bus: &Connection,
        #[zbus(header)] header: Header<'_>,
    ) -> OwnedObjectPath {
        self.choose(bus, &header, &options, format!("save {}", text(&options, "current_name"))).await
    }
}

/// `org.freedesktop.portal.Inhibit`, and the request that stands for each inhibition.
pub struct Inhibit(pub Asked);

struct Inhibited(Asked);

#[interface(name = "org.freedesktop.portal.Request")]
impl Inhibited {
    fn close(&self) {
        self.0.lock().unwrap().push("end".to_owned());
    }
}

#[interface(name = "org.freedesktop.portal.Inhibit")]
impl Inhibit {
    async fn inhibit(
        &self,
        _window: &str,
        flags: u32,
        options: Options,
        #[zbus(object_server)] server: &zbus::ObjectServer,
    ) -> OwnedObjectPath {
        let token: String = options["handle_token"].try_clone().unwrap().try_into().unwrap();
        let path = OwnedObjectPath::try_from(format!("{PATH}/request/{token}")).unwrap();
        server.at(&path, Inhibited(Arc::clone(&self.0))).await.unwrap();
        self.0.lock().unwrap().push(format!("inhibit {flags}"));
        path
    }
}

/// `org.freedesktop.portal.NetworkMonitor`, as `connectivity` has it.
pub struct NetworkMonitor(pub u32);

#[interface(name = "org.freedesktop.portal.NetworkMonitor")]
impl NetworkMonitor {
    fn get_status(&self) -> HashMap<&str, Variant<'_>> {
        HashMap::from([
            ("available", Variant::from(self.0 > 0)),
            ("metered", Variant::from(true)),
            ("connectivity", Variant::from(self.0)),
        ])
    }
}
