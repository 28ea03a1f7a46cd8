//! What the server says about sinks and sources, in the words of the trait.

use std::ffi::CString;

use concord_desktop::audio::{Device, DeviceKind};
use pulseaudio::protocol::port_info::{PortInfo, PortType};
use pulseaudio::protocol::{ChannelVolume, Prop, Props, ServerInfo, SinkInfo, SourceInfo, Volume};

/// Everything that plays and records, but for the monitors of what plays.
pub fn all(server: &ServerInfo, sinks: &[SinkInfo], sources: &[SourceInfo]) -> Vec<Device> {
    let sinks = sinks.iter().map(|sink| Device {
        id: sink.index,
        name: text(Some(&sink.name)),
        description: text(sink.description.as_ref()),
        kind: kind(&sink.props, sink.ports.get(sink.active_port)).unwrap_or(DeviceKind::Speaker),
        input: false,
        default: server.default_sink_name.as_ref() == Some(&sink.name),
        rate: sink.sample_spec.sample_rate,
        channels: sink.sample_spec.channels,
        volume: loudest(&sink.cvolume),
        muted: sink.muted,
    });
    let sources = sources.iter().filter(|source| source.monitor_of_sink_index.is_none()).map(|source| Device {
        id: source.index,
        name: text(Some(&source.name)),
        description: text(source.description.as_ref()),
        kind: kind(&source.props, source.ports.get(source.active_port)).unwrap_or(DeviceKind::Microphone),
        input: true,
        default: server.default_source_name.as_ref() == Some(&source.name),
        rate: source.sample_spec.sample_rate,
        channels: source.sample_spec.channels,
        volume: loudest(&source.cvolume),
        muted: source.muted,
    });
    sinks.chain(sources).collect()
}

fn text(text: Option<&CString>) -> String {
    text.map(|text| text.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Of the loudest channel, as the sliders of desktops show it.
fn loudest(volume: &ChannelVolume) -> f64 {
    let raw = volume.channels().iter().map(Volume::as_u32).max().unwrap_or_default();
    f64::from(raw) / f64::from(Volume::NORM.as_u32())
}

fn kind(props: &Props, port: Option<&PortInfo>) -> Option<DeviceKind> {
    let is = |prop, value: &[u8]| props.get(prop).is_some_and(|found| found.strip_suffix(b"\0") == Some(value));
    if is(Prop::DeviceBus, b"bluetooth") {
        return Some(DeviceKind::Bluetooth);
    }
    let by_port = port.and_then(|port| match port.port_type {
        PortType::Headphones => Some(DeviceKind::Headphones),
        PortType::Headset | PortType::Handsfree => Some(DeviceKind::Headset),
        PortType::Hdmi | PortType::Tv => Some(DeviceKind::Hdmi),
        PortType::Usb => Some(DeviceKind::Usb),
        PortType::Bluetooth => Some(DeviceKind::Bluetooth),
        PortType::Speaker => Some(DeviceKind::Speaker),
        PortType::Mic => Some(DeviceKind::Microphone),
        _ => None,
    });
    by_port.or_else(|| is(Prop::DeviceBus, b"usb").then_some(DeviceKind::Usb))
}
