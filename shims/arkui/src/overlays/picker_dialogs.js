// @concord:arkui/overlays/picker-dialogs: a picker in a dialog: DatePickerDialog, TimePickerDialog, TextPickerDialog.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const { windowOf, BOTTOM } = system.require('@concord:arkui/overlays/layer');
  const { Dialog } = system.require('@concord:arkui/overlays/dialog');
  const { buttons, fill } = system.require('@concord:arkui/overlays/panel');
  const { box } = system.require('@concord:arkui/overlays/box');
  const { guest } = process;

  const HEIGHT = 240;

  // What a picker tells of its choice, and what it is until someone chooses.
  const KINDS = {
    DatePicker: { start: ({ selected }) => selected ?? new Date(), extra: 'onDateChange', events: { onChange: (value) => value } },
    TimePicker: { start: ({ selected }) => {
      const time = selected ?? new Date();
      return { hour: time.getHours(), minute: time.getMinutes(), second: time.getSeconds() };
    }, events: { onChange: (value) => value } },
    TextPicker: { start: ({ selected = 0, range, value }) => ({ index: selected, value: value ?? range?.[selected] }),
      events: { onChange: (value, index) => ({ value, index }) } },
  };

  const fields = (date) => (date instanceof Date ? { year: date.getFullYear(), month: date.getMonth(), day: date.getDate() } : date);

  function show(ui, type, options = {}) {
    const kind = KINDS[type];
    let value = kind.start(options);
    let date = value instanceof Date ? value : undefined;
    const dialog = new Dialog(windowOf(ui), { ...options, cancel: () => options.onCancel?.(), alignment: options.alignment ?? BOTTOM });
    const events = {
      onChange: (...args) => {
        value = kind.events.onChange(...args);
        guest(() => options.onChange?.(value));
      },
      ...(kind.extra ? { onDateChange: (chosen) => {
        date = chosen;
        value = chosen;
        guest(() => options.onDateChange?.(chosen));
      } } : {}),
    };
    const picker = box(type, [options], { width: '100%', height: HEIGHT, useMilitaryTime: options.useMilitaryTime, lunar: options.lunar,
      ...events });
    const accept = () => {
      dialog.close();
      guest(() => options.onAccept?.(fields(value)));
      guest(() => date && options.onDateAccept?.(date));
    };
    const cancel = () => {
      dialog.close();
      guest(() => options.onCancel?.());
    };
    fill(dialog, [picker, buttons([{ value: 'Cancel', press: cancel }, { value: 'OK', press: accept }], ({ press }) => press())]);
  }

  const dialogOf = (name, type) => ({ [name]: class {
    static show(options) {
      show(undefined, type, options);
    }
  } }[name]);

  return {
    show,
    DatePickerDialog: dialogOf('DatePickerDialog', 'DatePicker'),
    TimePickerDialog: dialogOf('TimePickerDialog', 'TimePicker'),
    TextPickerDialog: dialogOf('TextPickerDialog', 'TextPicker'),
  };
})
