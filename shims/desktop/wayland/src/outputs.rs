//! Monitors, and the scale of windows on compositors that know whole numbers only.

use crate::connection::State;
use concord_desktop::display::{Event, Output};
use std::collections::BTreeMap;
use wayland_client::globals::GlobalList;
use wayland_client::protocol::wl_output::{self, WlOutput};
use wayland_client::protocol::wl_registry::WlRegistry;
use wayland_client::{Connection, Dispatch, Proxy, QueueHandle, WEnum};

/// Since which `wl_output` has a name.
const NEWEST: u32 = 4;

/// All monitors by the number of their global.
pub(crate) struct Outputs(BTreeMap<u32, Known>);

struct Known {
    proxy: WlOutput,
    output: Output,
}

impl Outputs {
    pub(crate) fn bind(list: &GlobalList, queue: &QueueHandle<State>) -> Outputs {
        let mut outputs = Outputs(BTreeMap::new());
        for global in list.contents().clone_list() {
            if global.interface == WlOutput::interface().name {
                outputs.add(list.registry(), global.name, global.version, queue);
            }
        }
        outputs
    }

    pub(crate) fn add(&mut self, registry: &WlRegistry, name: u32, version: u32, queue: &QueueHandle<State>) {
        let proxy = registry.bind(name, version.min(NEWEST), queue, name);
        let output =
            Output { name: format!("output-{name}"), pixels: (0, 0), scale: 1.0, refresh: 0.0, millimetres: (0, 0) };
        self.0.insert(name, Known { proxy, output });
    }

    /// Returns whether it was one of them.
    pub(crate) fn remove(&mut self, name: u32) -> bool {
        let known = self.0.remove(&name);
        if let Some(known) = &known
            && known.proxy.version() >= 3
        {
            known.proxy.release();
        }
        known.is_some()
    }

    pub(crate) fn all(&self) -> Vec<Output> {
        self.0.values().filter(|known| known.output.pixels != (0, 0)).map(|known| known.output.clone()).collect()
    }

    /// The largest scale, so that no window is blurred.
    fn scale(&self) -> f64 {
        self.0.values().map(|known| known.output.scale).fold(1.0, f64::max)
    }
}

impl Dispatch<WlOutput, u32> for State {
    fn event(
        state: &mut State,
        _proxy: &WlOutput,
        event: wl_output::Event,
        name: &u32,
        _connection: &Connection,
        _queue: &QueueHandle<State>,
    ) {
        let Some(known) = state.outputs.0.get_mut(name) else { return };
        let output = &mut known.output;
        match event {
            wl_output::Event::Geometry { physical_width, physical_height, .. } => {
                output.millimetres = (physical_width.max(0) as u32, physical_height.max(0) as u32);
            }
            wl_output::Event::Mode { flags: WEnum::Value(flags), width, height, refresh }
                if flags.contains(wl_output::Mode::Current) =>
            {
                output.pixels = (width.max(0) as u32, height.max(0) as u32);
                output.refresh = f64::from(refresh.max(0)) / 1000.0;
            }
            wl_output::Event::Scale { factor } => output.scale = f64::from(factor.max(1)),
            wl_output::Event::Name { name } => output.name = name,
            wl_output::Event::Done => {
                state.events.push(Event::Outputs);
                let scale = state.outputs.scale();
                for (id, window) in &mut state.windows {
                    if window.follows_outputs()
                        && let Some(placement) = window.rescale(scale)
                    {
                        state.events.push(Event::Placed { window: *id, placement });
                    }
                }
            }
            _ => {}
        }
    }
}
