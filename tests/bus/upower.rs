//! UPower with one battery.

use zbus::connection::Builder;
use zbus::{Connection, OwnedObjectPath, fdo, interface};

const NAME: &str = "org.freedesktop.UPower";
const PATH: &str = "/org/freedesktop/UPower";
const DISPLAY: &str = "/org/freedesktop/UPower/devices/DisplayDevice";
const OWN: &str = "/org/freedesktop/UPower/devices/battery_BAT0";

struct Manager;

#[interface(name = "org.freedesktop.UPower")]
impl Manager {
    fn enumerate_devices(&self) -> fdo::Result<Vec<OwnedObjectPath>> {
        Ok(vec![OwnedObjectPath::try_from(OWN).unwrap()])
    }

    #[zbus(property)]
    fn on_battery(&self) -> bool {
        false
    }
}

/// A battery: how full it is, and what it does (1 charging, 2 discharging).
struct Device(f64, u32);

#[interface(name = "org.freedesktop.UPower.Device")]
impl Device {
    #[zbus(property)]
    fn is_present(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn percentage(&self) -> f64 {
        self.0
    }

    #[zbus(property)]
    fn state(&self) -> u32 {
        self.1
    }

    #[zbus(property, name = "Type")]
    fn kind(&self) -> u32 {
        2
    }

    #[zbus(property)]
    fn power_supply(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn voltage(&self) -> f64 {
        12.5
    }

    #[zbus(property)]
    fn temperature(&self) -> f64 {
        31.25
    }

    #[zbus(property)]
    fn energy_rate(&self) -> f64 {
        25.0
    }

    #[zbus(property)]
    fn technology(&self) -> u32 {
        1
    }
}

pub fn serve(bus: Builder) -> Builder {
    bus.serve_at(PATH, Manager).serve_at(DISPLAY, Device(42.4, 1)).serve_at(OWN, Device(42.4, 1)).name(NAME)
}

/// The battery changes.
pub async fn change(bus: &Connection, percent: f64, state: u32) {
    let device = bus.object_server().interface::<_, Device>(DISPLAY).await.unwrap();
    let mut inner = device.get_mut().await;
    (inner.0, inner.1) = (percent, state);
    inner.percentage_changed(device.signal_emitter()).await.unwrap();
}
