//! `org.freedesktop.Application`: how menus, file managers and notifications start a program by its name on the session bus, and
//! talk to the one that runs (Desktop Entry Specification, "D-Bus Activation").

use std::collections::HashMap;

use zbus::OwnedVariant;
use zbus::connection::Builder;

/// What is asked of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApplicationCall {
    /// Show yourself.
    Activate,
    /// Open these.
    Open(Vec<String>),
    /// Do one of the actions of the menu entry.
    Action(String),
}

/// Gets what is asked, and the token by which a window may come to the front.
type Deliver = Box<dyn Fn(ApplicationCall, Option<String>) + Send + Sync>;

/// What callers send along.
type PlatformData = HashMap<String, OwnedVariant>;

struct Application(Deliver);

#[zbus::interface(name = "org.freedesktop.Application")]
impl Application {
    async fn activate(&self, platform_data: PlatformData) {
        (self.0)(ApplicationCall::Activate, token(platform_data));
    }

    async fn open(&self, uris: Vec<String>, platform_data: PlatformData) {
        (self.0)(ApplicationCall::Open(uris), token(platform_data));
    }

    async fn activate_action(&self, action_name: String, parameter: Vec<OwnedVariant>, platform_data: PlatformData) {
        drop(parameter);
        (self.0)(ApplicationCall::Action(action_name), token(platform_data));
    }
}

/// The token for a window. Launchers of X11 give theirs under another name, and newer ones both.
fn token(mut platform_data: PlatformData) -> Option<String> {
    let mut text = |name: &str| platform_data.remove(name).and_then(|value| String::try_from(value).ok());
    text("activation-token").or_else(|| text("desktop-startup-id"))
}

/// Takes the name `name` on the session bus and answers there, on a thread of its own, until the process ends. `deliver` gets what
/// is asked, with the token by which a window may come to the front, on that thread; `ready` hears when the name is taken, or why it is not.
pub fn serve_application(
    name: &str,
    deliver: impl Fn(ApplicationCall, Option<String>) + Send + Sync + 'static,
    ready: impl FnOnce(Result<(), String>) + Send + 'static,
) {
    let name = name.to_owned();
    let application = Application(Box::new(deliver));
    let body = move || {
        zbus::block_on(async {
            let path = object_path(&name);
            let connection = Builder::session().serve_at(path, application).name(name).build().await;
            match connection {
                Ok(connection) => {
                    ready(Ok(()));
                    connection.closed().await;
                }
                Err(error) => ready(Err(error.to_string())),
            }
        });
    };
    // Without a thread `ready` is dropped, which says the same.
    if let Err(error) = std::thread::Builder::new().name("application".to_owned()).spawn(body) {
        tracing::debug!("no thread for the session bus: {error}");
    }
}

/// The object that stands for a program: its name as a path.
fn object_path(name: &str) -> String {
    format!("/{}", name.replace('.', "/").replace('-', "_"))
}
