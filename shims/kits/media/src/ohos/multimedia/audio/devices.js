// @concord:audio.devices: descriptors of what plays and records.
(function (host, system) {
  'use strict';

  const sound = system.require('@concord:sound');
  const { Listeners } = system.require('@concord:sound.listeners');
  const { DeviceRole, DeviceFlag, DeviceUsage, DeviceChangeType } = system.require('@concord:audio.enums');

  let known;
  const listeners = new Listeners();

  function list() {
    known ??= JSON.parse(sound.devices());
    return known;
  }

  function watch() {
    list();
    sound.handle(0, (name, detail) => {
      if (name !== 'devices') return;
      const before = known;
      known = JSON.parse(detail);
      listeners.tell('change', before, known);
    });
    sound.watchDevices();
    watch = () => {};
  }

  /** Calls `callback(before, after)` with the devices of the host. */
  function onChange(callback) {
    watch();
    listeners.add('change', callback);
  }

  function describe(device) {
    return {
      deviceRole: device.input ? DeviceRole.INPUT_DEVICE : DeviceRole.OUTPUT_DEVICE,
      deviceType: device.type,
      id: device.id,
      name: device.name,
      address: '',
      sampleRates: [device.rate],
      channelCounts: [device.channels],
      channelMasks: [0],
      displayName: device.description === '' ? device.name : device.description,
      networkId: 'LocalDevice',
      interruptGroupId: 1,
      volumeGroupId: 1,
      encodingTypes: [0],
      spatializationSupported: false,
      model: '',
      capabilities: [],
    };
  }

  const byRole = (outputs, inputs) => list().filter((device) => (device.input ? inputs : outputs)).map(describe);

  /** By DeviceFlag. */
  function byFlag(flag) {
    return byRole((flag & DeviceFlag.OUTPUT_DEVICES_FLAG) !== 0, (flag & DeviceFlag.INPUT_DEVICES_FLAG) !== 0);
  }

  /** By DeviceUsage. */
  function byUsage(usage) {
    const outputs = DeviceUsage.MEDIA_OUTPUT_DEVICES | DeviceUsage.CALL_OUTPUT_DEVICES;
    const inputs = DeviceUsage.MEDIA_INPUT_DEVICES | DeviceUsage.CALL_INPUT_DEVICES;
    return byRole((usage & outputs) !== 0, (usage & inputs) !== 0);
  }

  /** Where streams go, or come from. */
  function preferred(input) {
    const fitting = list().filter((device) => device.input === input);
    const device = fitting.find((device) => device.default) ?? fitting[0];
    return device === undefined ? [] : [describe(device)];
  }

  function defaultOutput() {
    const outputs = list().filter((device) => !device.input);
    return outputs.find((device) => device.default) ?? outputs[0];
  }

  /** Whether nothing is heard from, or of, the default device. */
  function muted(input) {
    return list().some((device) => device.input === input && device.default && device.muted);
  }

  /** What came and what went, as DeviceChangeActions. */
  function actions(before, after) {
    const missing = (from, there) => from
      .filter((device) => !there.some((other) => other.id === device.id && other.input === device.input))
      .map(describe);
    const gone = missing(before, after);
    const come = missing(after, before);
    return [
      ...(come.length > 0 ? [{ type: DeviceChangeType.CONNECT, deviceDescriptors: come }] : []),
      ...(gone.length > 0 ? [{ type: DeviceChangeType.DISCONNECT, deviceDescriptors: gone }] : []),
    ];
  }

  return { onChange, byFlag, byUsage, preferred, defaultOutput, muted, actions };
})
