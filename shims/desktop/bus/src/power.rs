//! `Power` of UPower, on the bus of the machine.

use concord_desktop::Listener;
use concord_desktop::power::{Battery, Charge, Power};
use zbus::message::Type;
use zbus::{Connection, MatchRule, MessageStream, OwnedObjectPath};

use crate::call::{Object, Values, value};
use crate::channel::next;
use crate::known::{Known, Learner};
use crate::thread::Bus;

const SERVICE: &str = "org.freedesktop.UPower";
const DEVICE: &str = "org.freedesktop.UPower.Device";
const MANAGER: Object<'_> = Object { service: SERVICE, path: "/org/freedesktop/UPower", interface: SERVICE };
/// All batteries of the machine as one.
const DISPLAY_DEVICE: Object<'_> =
    Object { service: SERVICE, path: "/org/freedesktop/UPower/devices/DisplayDevice", interface: DEVICE };
/// `Type` of a battery.
const BATTERY: u32 = 2;

/// The battery that UPower knows.
pub(crate) struct UPower(Known<Battery>);

impl UPower {
    pub(crate) fn new(bus: &Bus) -> Self {
        let (known, learner) = Known::new();
        bus.spawn(move |buses| async move {
            if let Some(system) = &buses.system
                && let Err(error) = follow(system, &learner).await
            {
                tracing::debug!("no battery: {error}");
            }
        });
        Self(known)
    }
}

impl Power for UPower {
    fn battery(&self) -> Option<Battery> {
        self.0.get()
    }

    fn listen(&self, listener: Listener<Battery>) {
        self.0.listen(listener);
    }
}

async fn follow(bus: &Connection, learner: &Learner<Battery>) -> zbus::Result<()> {
    let rule = MatchRule::builder()
        .msg_type(Type::Signal)
        .sender(SERVICE)
        .interface("org.freedesktop.DBus.Properties")
        .member("PropertiesChanged")
        .build()?;
    let mut changes = MessageStream::for_match_rule(rule, bus, None).await?;
    loop {
        learner.learn(read(bus).await?);
        if next(&mut changes).await.transpose()?.is_none() {
            return Ok(());
        }
    }
}

async fn read(bus: &Connection) -> zbus::Result<Battery> {
    let all = DISPLAY_DEVICE.properties(bus).await?;
    let manager = MANAGER.properties(bus).await?;
    let own = own_battery(bus).await?.unwrap_or_default();
    Ok(battery(&all, &manager, &own))
}

/// The properties of the first battery that the machine runs from.
async fn own_battery(bus: &Connection) -> zbus::Result<Option<Values>> {
    let reply = MANAGER.call(bus, "EnumerateDevices", &()).await?;
    let paths: Vec<OwnedObjectPath> = reply.body().deserialize()?;
    for path in &paths {
        let device = Object { service: SERVICE, path: path.as_str(), interface: DEVICE };
        // A device may be unplugged meanwhile.
        if let Ok(properties) = device.properties(bus).await
            && value::<u32>(&properties, "Type") == Some(BATTERY)
            && value::<bool>(&properties, "PowerSupply") == Some(true)
        {
            return Ok(Some(properties));
        }
    }
    Ok(None)
}

fn battery(all: &Values, manager: &Values, own: &Values) -> Battery {
    let positive = |values: &Values, name: &str| value::<f64>(values, name).filter(|number| *number > 0.0);
    let state = value::<u32>(all, "State").unwrap_or(0);
    let rate = positive(all, "EnergyRate").or_else(|| positive(own, "EnergyRate"));
    Battery {
        present: value(all, "IsPresent").unwrap_or(false),
        percent: value::<f64>(all, "Percentage").unwrap_or(0.0).clamp(0.0, 100.0),
        charge: match state {
            1 => Charge::Charging,
            2 | 3 => Charge::Discharging,
            4 => Charge::Full,
            5 | 6 => Charge::Held,
            _ => Charge::Unknown,
        },
        plugged: value::<bool>(manager, "OnBattery") == Some(false),
        voltage: positive(own, "Voltage"),
        temperature: positive(own, "Temperature"),
        power: rate.map(|rate| if matches!(state, 2 | 3) { -rate } else { rate }),
        energy: positive(own, "EnergyFull").zip(value(own, "Energy")).map(|(full, now)| (now, full)),
        until_full: value::<i64>(all, "TimeToFull").and_then(|time| u64::try_from(time).ok()).filter(|time| *time > 0),
        technology: technology(value(own, "Technology").unwrap_or(0)).to_owned(),
    }
}

/// UPower numbers what batteries are made of.
fn technology(number: u32) -> &'static str {
    match number {
        1 => "Li-ion",
        2 => "Li-poly",
        3 => "LiFePO4",
        4 => "Lead-acid",
        5 => "NiCd",
        6 => "NiMH",
        _ => "",
    }
}
