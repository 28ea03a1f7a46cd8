//! Monitors, and the scale of windows on compositors that know whole numbers only.

use crate::connection::State;
use concord_desktop::display::{Event, Output, OutputId};
use std::collections::BTreeMap;
use wayland_client::globals::GlobalList;
use wayland_client::protocol::wl_output::{self, Transform, WlOutput};
use wayland_client::protocol::wl_registry::WlRegistry;
use wayland_client::{Connection, Dispatch, Proxy, QueueHandle, WEnum, delegate_noop};
use wayland_protocols::xdg::xdg_output::zv1::client::zxdg_output_manager_v1::ZxdgOutputManagerV1;
use wayland_protocols::xdg::xdg_output::zv1::client::zxdg_output_v1::{self, ZxdgOutputV1};

/// Since which `wl_output` has a name.
const NEWEST: u32 = 4;

/// All monitors by the number of their global.
pub(crate) struct Outputs {
    manager: Option<ZxdgOutputManagerV1>,
    all: BTreeMap<OutputId, Known>,
}

struct Known {
    proxy: WlOutput,
    extension: Option<ZxdgOutputV1>,
    told: Told,
}

/// What a compositor tells of a monitor.
#[derive(Debug, Clone, Default)]
struct Told {
    name: Option<String>,
    position: (i32, i32),
    /// Of the picture before it is turned.
    mode: (u32, u32),
    millimetres: (u32, u32),
    refresh: f64,
    /// By quarters against the clock; mirrored pictures are not told apart.
    turned: u8,
    /// The whole number that programs without fractions use.
    whole_scale: u32,
    /// Its size in logical pixels, from which the scale follows.
    logical: Option<(u32, u32)>,
}

impl Told {
    /// `None` before its size is known.
    fn output(&self, id: OutputId) -> Option<Output> {
        if self.mode.0 == 0 || self.mode.1 == 0 {
            return None;
        }
        let upright = |size: (u32, u32)| if self.turned % 2 == 1 { (size.1, size.0) } else { size };
        let pixels = upright(self.mode);
        let scale = match self.logical {
            Some((width, _)) if width > 0 => f64::from(pixels.0) / f64::from(width),
            _ => f64::from(self.whole_scale.max(1)),
        };
        Some(Output {
            id,
            name: self.name.clone().unwrap_or_else(|| format!("output-{}", id.0)),
            position: self.position,
            pixels,
            turned: self.turned,
            scale,
            refresh: self.refresh,
            millimetres: upright(self.millimetres),
        })
    }
}

impl Outputs {
    pub(crate) fn bind(list: &GlobalList, queue: &QueueHandle<State>) -> Outputs {
        let manager = list.bind(queue, 1..=3, ()).ok();
        let mut outputs = Outputs { manager, all: BTreeMap::new() };
        for global in list.contents().clone_list() {
            if global.interface == WlOutput::interface().name {
                outputs.add(list.registry(), global.name, global.version, queue);
            }
        }
        outputs
    }

    pub(crate) fn add(&mut self, registry: &WlRegistry, name: u32, version: u32, queue: &QueueHandle<State>) {
        let id = OutputId(name);
        let proxy: WlOutput = registry.bind(name, version.min(NEWEST), queue, id);
        let extension = self.manager.as_ref().map(|manager| manager.get_xdg_output(&proxy, queue, id));
        self.all.insert(id, Known { proxy, extension, told: Told::default() });
    }

    /// Returns whether it was one of them.
    pub(crate) fn remove(&mut self, name: u32) -> bool {
        let Some(known) = self.all.remove(&OutputId(name)) else { return false };
        if let Some(extension) = known.extension {
            extension.destroy();
        }
        if known.proxy.version() >= 3 {
            known.proxy.release();
        }
        true
    }

    pub(crate) fn all(&self) -> Vec<Output> {
        self.all.iter().filter_map(|(id, known)| known.told.output(*id)).collect()
    }

    /// The largest whole scale of some monitors, so that no window is blurred; of all for a window that is on none yet.
    fn scale(&self, on: &[OutputId]) -> f64 {
        let on = |id: &OutputId| on.is_empty() || on.contains(id);
        let scales = self.all.iter().filter(|(id, _)| on(id)).map(|(_, known)| known.told.whole_scale.max(1));
        f64::from(scales.max().unwrap_or(1))
    }
}

impl State {
    /// Gives windows whose scale is a whole number the one of the monitors that they are on.
    pub(crate) fn follow_outputs(&mut self) {
        for sheet in State::sheets_mut(&mut self.windows, &mut self.popups) {
            let scale = self.outputs.scale(sheet.outputs());
            if sheet.follows_outputs()
                && let Some(placement) = sheet.rescale(scale)
            {
                self.events.push(Event::Placed { window: sheet.id(), placement });
            }
        }
    }
}

impl Dispatch<WlOutput, OutputId> for State {
    fn event(
        state: &mut State,
        _proxy: &WlOutput,
        event: wl_output::Event,
        id: &OutputId,
        _connection: &Connection,
        _queue: &QueueHandle<State>,
    ) {
        let Some(known) = state.outputs.all.get_mut(id) else { return };
        let told = &mut known.told;
        match event {
            wl_output::Event::Geometry { x, y, physical_width, physical_height, transform, .. } => {
                told.millimetres = (physical_width.max(0) as u32, physical_height.max(0) as u32);
                if known.extension.is_none() {
                    told.position = (x, y);
                }
                told.turned = quarters(transform);
            }
            wl_output::Event::Mode { flags: WEnum::Value(flags), width, height, refresh }
                if flags.contains(wl_output::Mode::Current) =>
            {
                told.mode = (width.max(0) as u32, height.max(0) as u32);
                told.refresh = f64::from(refresh.max(0)) / 1000.0;
            }
            wl_output::Event::Scale { factor } => told.whole_scale = factor.max(1) as u32,
            wl_output::Event::Name { name } => told.name = Some(name),
            wl_output::Event::Done => {
                state.events.push(Event::Outputs);
                state.follow_outputs();
            }
            _ => {}
        }
    }
}

impl Dispatch<ZxdgOutputV1, OutputId> for State {
    fn event(
        state: &mut State,
        extension: &ZxdgOutputV1,
        event: zxdg_output_v1::Event,
        id: &OutputId,
        _connection: &Connection,
        _queue: &QueueHandle<State>,
    ) {
        let Some(known) = state.outputs.all.get_mut(id) else { return };
        match event {
            zxdg_output_v1::Event::LogicalPosition { x, y } => known.told.position = (x, y),
            zxdg_output_v1::Event::LogicalSize { width, height } => {
                known.told.logical = (width > 0 && height > 0).then_some((width as u32, height as u32));
            }
            zxdg_output_v1::Event::Name { name } => {
                known.told.name.get_or_insert(name);
            }
            // Later versions end with that of the monitor itself.
            zxdg_output_v1::Event::Done if extension.version() < 3 => state.events.push(Event::Outputs),
            _ => {}
        }
    }
}

fn quarters(transform: WEnum<Transform>) -> u8 {
    match transform {
        WEnum::Value(Transform::_90 | Transform::Flipped90) => 1,
        WEnum::Value(Transform::_180 | Transform::Flipped180) => 2,
        WEnum::Value(Transform::_270 | Transform::Flipped270) => 3,
        _ => 0,
    }
}

delegate_noop!(State: ZxdgOutputManagerV1);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turned_monitor_has_its_sides_and_its_scale_as_people_see_them() {
        let told = Told {
            mode: (3840, 2160),
            millimetres: (600, 340),
            turned: 1,
            whole_scale: 2,
            logical: Some((1440, 2560)),
            ..Told::default()
        };
        let output = told.output(OutputId(7)).expect("a monitor");
        assert_eq!((output.pixels, output.millimetres), ((2160, 3840), (340, 600)));
        assert!((output.scale - 1.5).abs() < f64::EPSILON, "{}", output.scale);
        assert_eq!(output.name, "output-7");
    }

    #[test]
    fn a_monitor_without_a_mode_is_none_and_without_a_logical_size_has_a_whole_scale() {
        let told = Told { whole_scale: 2, ..Told::default() };
        assert_eq!(told.output(OutputId(1)), None);
        let told = Told { mode: (800, 600), ..told };
        assert!(told.output(OutputId(1)).is_some_and(|output| (output.scale - 2.0).abs() < f64::EPSILON));
    }
}
