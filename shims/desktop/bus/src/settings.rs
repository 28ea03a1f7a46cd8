//! `Settings` of the portal (`org.freedesktop.portal.Settings`), and the language of the machine (`org.freedesktop.locale1`).

use std::collections::HashMap;
use std::sync::Arc;

use concord_desktop::Listener;
use concord_desktop::settings::{Preferences, Settings, language_tag};
use zbus::message::Type;
use zbus::{Connection, MatchRule, MessageStream, OwnedVariant};

use crate::call::{Object, Values};
use crate::channel::next;
use crate::known::{Known, Learner};
use crate::portal;
use crate::thread::Bus;

const SETTINGS: Object<'_> = portal::interface("org.freedesktop.portal.Settings");
/// What all desktops have.
const APPEARANCE: &str = "org.freedesktop.appearance";
/// GNOME's own; others offer the same for its programs.
const GNOME: &str = "org.gnome.desktop.interface";
/// What systemd and others tell of the language, on the bus of the machine.
const LOCALE: Object<'_> = Object {
    service: "org.freedesktop.locale1",
    path: "/org/freedesktop/locale1",
    interface: "org.freedesktop.locale1",
};
/// Variables that say the language, the one that wins first.
const VARIABLES: [&str; 3] = ["LC_ALL=", "LC_MESSAGES=", "LANG="];

/// Settings that the portal tells.
pub(crate) struct PortalSettings(Known<Preferences>);

impl PortalSettings {
    pub(crate) fn new(bus: &Bus) -> Self {
        let (known, learner) = Known::new();
        let learner = Arc::new(learner);
        let other = Arc::clone(&learner);
        bus.spawn(move |buses| async move {
            if let Some(system) = &buses.system
                && let Err(error) = follow_language(system, &other).await
            {
                tracing::debug!("changes of the language are not heard of: {error}");
            }
        });
        bus.spawn(move |buses| async move {
            if let Err(error) = follow(&buses.session, &learner).await {
                tracing::debug!("no settings of the desktop: {error}");
                // Nobody has to wait for them.
                learner.change(|_| {});
            }
        });
        Self(known)
    }
}

impl Settings for PortalSettings {
    fn preferences(&self) -> Preferences {
        self.0.get().unwrap_or_default()
    }

    fn listen(&self, listener: Listener<Preferences>) {
        self.0.listen(listener);
    }
}

async fn follow(bus: &Connection, learner: &Learner<Preferences>) -> zbus::Result<()> {
    let mut changes = SETTINGS.signals(bus).await?;
    let reply = SETTINGS.call(bus, "ReadAll", &vec![APPEARANCE, GNOME]).await?;
    let mut all: HashMap<String, Values> = reply.body().deserialize()?;
    learner.change(|known| adopt(known, preferences(&all)));
    while let Some(message) = next(&mut changes).await {
        let message = message?;
        if let Ok((namespace, key, value)) = message.body().deserialize::<(String, String, OwnedVariant)>()
            && [APPEARANCE, GNOME].contains(&namespace.as_str())
        {
            all.entry(namespace).or_default().insert(key, value);
            learner.change(|known| adopt(known, preferences(&all)));
        }
    }
    Ok(())
}

/// Everything but the language is the portal's to say.
fn adopt(known: &mut Preferences, told: Preferences) {
    *known = Preferences { language: known.language.take(), ..told };
}

/// Hears of another language. What it is at the start the environment of the session says, which may have its own.
async fn follow_language(bus: &Connection, learner: &Learner<Preferences>) -> zbus::Result<()> {
    let rule = MatchRule::builder()
        .msg_type(Type::Signal)
        .path(LOCALE.path)
        .interface("org.freedesktop.DBus.Properties")
        .member("PropertiesChanged")
        .build()?;
    let mut changes = MessageStream::for_match_rule(rule, bus, None).await?;
    while let Some(message) = next(&mut changes).await {
        message?;
        let properties = LOCALE.properties(bus).await?;
        let variables: Vec<String> = crate::call::value(&properties, "Locale").unwrap_or_default();
        let set = |name: &str| variables.iter().find_map(|variable| language_tag(variable.strip_prefix(name)?));
        if let Some(language) = VARIABLES.into_iter().find_map(set) {
            learner.change(|known| known.language = Some(language));
        }
    }
    Ok(())
}

fn preferences(all: &HashMap<String, Values>) -> Preferences {
    fn read<T: TryFrom<OwnedVariant>>(all: &HashMap<String, Values>, namespace: &str, key: &str) -> Option<T> {
        crate::call::value(all.get(namespace)?, key)
    }
    let number = |key| read::<u32>(all, APPEARANCE, key);
    let accent = all
        .get(APPEARANCE)
        .and_then(|values| values.get("accent-color"))
        .and_then(|value| value.try_clone().ok())
        .and_then(|value| <(f64, f64, f64)>::try_from(value).ok())
        .map(|(red, green, blue)| [red, green, blue])
        // A colour outside of its range says that nobody has chosen one.
        .filter(|color| color.iter().all(|part| (0.0..=1.0).contains(part)));
    Preferences {
        dark: match number("color-scheme") {
            Some(1) => Some(true),
            Some(2) => Some(false),
            _ => None,
        },
        accent,
        high_contrast: number("contrast") == Some(1),
        reduced_motion: number("reduced-motion") == Some(1) || read(all, GNOME, "enable-animations") == Some(false),
        language: None,
        text_scale: read::<f64>(all, GNOME, "text-scaling-factor").filter(|scale| (0.25..=4.0).contains(scale)),
    }
}
