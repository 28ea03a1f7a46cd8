// @concord:arkui/overlays/picker-dialogs: a picker in a dialog: DatePickerDialog, TimePickerDialog, TextPickerDialog, and what
// CalendarPickerDialog has in common with them.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const stack = system.require('@concord:arkui/view-stack');
  const attributes = system.require('@concord:arkui/attributes');
  const { windowOf, BOTTOM } = system.require('@concord:arkui/overlays/layer');
  const { Dialog } = system.require('@concord:arkui/overlays/dialog');
  const { fill } = system.require('@concord:arkui/overlays/panel');
  const { box, color } = system.require('@concord:arkui/overlays/box');
  const { timeOf } = system.require('@concord:arkui/components/dates');
  const { guest } = process;

  const HEIGHT = 240;
  const BUTTON_HEIGHT = 40;
  const CAPSULE = 1;
  // ButtonStyleMode.TEXTUAL
  const TEXTUAL = 2;
  const STYLES = ['textStyle', 'selectedTextStyle', 'disappearTextStyle', 'enableHapticFeedback'];

  const isDate = (value) => value instanceof Date && !Number.isNaN(value.getTime());
  const call = (callback, ...args) => guest(() => callback?.(...args));

  // A node of a component, made by its class: `attributes` by their names, those without a value left out.
  function make(type, options, given) {
    const [node] = stack.detached(() => globalThis[type].create(options));
    for (const [name, value] of Object.entries(given)) {
      if (value !== undefined) {
        attributes.call(node, name, [value]);
      }
    }
    return node;
  }

  const picked = (options, names) => Object.fromEntries(names.map((name) => [name, options[name]]));

  // `PickerDialogButtonStyle`.
  function button(words, style, press) {
    const { type = CAPSULE, style: mode = TEXTUAL, role } = style ?? {};
    return box('Button', [words, { type, buttonStyle: mode, role }], {
      layoutWeight: 1,
      height: BUTTON_HEIGHT,
      fontSize: style?.fontSize,
      fontColor: style?.fontColor,
      fontWeight: style?.fontWeight,
      fontStyle: style?.fontStyle,
      fontFamily: style?.fontFamily,
      backgroundColor: style?.backgroundColor,
      borderRadius: style?.borderRadius,
      defaultFocus: style?.primary,
      onClick: press,
    });
  }

  const buttons = (options, cancel, accept) =>
    box('Row', [{ space: 8 }], { width: '100%', padding: { left: 16, right: 16, top: 8, bottom: 16 } }, [
      button(nodes.word('Cancel'), options?.cancelButtonStyle, cancel),
      button(nodes.word('OK'), options?.acceptButtonStyle, accept),
    ]);

  // A dialog with `content` (nodes), and two buttons: what is chosen is told by `accept`.
  function showIn(ui, options, content, accept) {
    const cancelled = () => call(options.onCancel);
    const dialog = new Dialog(windowOf(ui), { ...options, cancel: cancelled, alignment: options.alignment ?? BOTTOM });
    const closing = (then) => () => {
      then();
      dialog.close();
    };
    fill(dialog, [...content, buttons(options, closing(cancelled), closing(accept))]);
    return dialog;
  }

  const titleOf = (date) => new Intl.DateTimeFormat(process.configuration.language, { dateStyle: 'long' }).format(date);

  function showDate(ui, options) {
    let date = isDate(options.selected) ? new Date(options.selected) : new Date();
    const result = () => ({ year: date.getFullYear(), month: date.getMonth(), day: date.getDate() });
    const title = box('Text', [titleOf(date)], { fontSize: 20, fontWeight: 700, fontColor: color('ohos_id_color_text_primary'),
      margin: { top: 16, bottom: 8 } });
    const changed = () => {
      nodes.call(title, 'create', titleOf(date));
      call(options.onChange, result());
      call(options.onDateChange, new Date(date));
    };
    const picker = make('DatePicker', { ...options, selected: date }, {
      ...picked(options, [...STYLES, 'lunar', 'canLoop']),
      width: options.showTime ? '60%' : '100%',
      height: HEIGHT,
      onDateChange: (day) => {
        date = new Date(day.getFullYear(), day.getMonth(), day.getDate(), date.getHours(), date.getMinutes(), date.getSeconds());
        changed();
      },
    });
    const time = options.showTime ? make('TimePicker', { selected: date }, {
      ...picked(options, [...STYLES, 'useMilitaryTime', 'dateTimeOptions']),
      width: '40%',
      height: HEIGHT,
      onChange: ({ hour, minute, second }) => {
        date.setHours(hour, minute, second);
        changed();
      },
    }) : undefined;
    const pickers = time === undefined ? picker : box('Row', [{}], { width: '100%' }, [picker, time]);
    showIn(ui, options, [title, pickers, lunarSwitch(options, picker)], () => {
      call(options.onAccept, result());
      call(options.onDateAccept, new Date(date));
    });
  }

  // A box with which people turn the lunar calendar on.
  function lunarSwitch({ lunarSwitch: shown, lunar, lunarSwitchStyle: style }, picker) {
    if (shown !== true) {
      return undefined;
    }
    const check = make('Checkbox', {}, {
      select: lunar === true,
      selectedColor: style?.selectedColor,
      unselectedColor: style?.unselectedColor,
      mark: style?.strokeColor === undefined ? undefined : { strokeColor: style.strokeColor },
      onChange: (on) => attributes.call(picker, 'lunar', [on]),
    });
    return box('Row', [{ space: 8 }], { width: '100%', padding: { left: 24, right: 24, top: 8, bottom: 8 } }, [check,
      box('Text', [nodes.word('Lunar')], { fontSize: 14, fontColor: color('ohos_id_color_text_primary') })]);
  }

  function showTime(ui, options) {
    let value = timeOf(isDate(options.selected) ? options.selected : new Date());
    const picker = make('TimePicker', options, {
      ...picked(options, [...STYLES, 'useMilitaryTime', 'dateTimeOptions', 'enableCascade', 'onEnterSelectedArea']),
      loop: options.loop,
      width: '100%',
      height: HEIGHT,
      onChange: (time) => {
        value = time;
        call(options.onChange, { ...time });
      },
    });
    showIn(ui, options, [picker], () => call(options.onAccept, { ...value }));
  }

  function showText(ui, options) {
    const told = (callback) => (typeof callback === 'function' ? (value, index) => call(callback, { value, index }) : undefined);
    const picker = make('TextPicker', options, {
      ...picked(options, [...STYLES, 'defaultPickerItemHeight', 'canLoop', 'disableTextStyleAnimation', 'defaultTextStyle',
        'selectedBackgroundStyle']),
      width: '100%',
      height: HEIGHT,
      onChange: told(options.onChange),
      onScrollStop: told(options.onScrollStop),
      onEnterSelectedArea: told(options.onEnterSelectedArea),
    });
    showIn(ui, options, [picker], () => {
      const chosen = nodes.command(picker, 'result');
      call(options.onAccept, { value: chosen?.value, index: chosen?.index });
    });
  }

  const KINDS = { DatePicker: showDate, TimePicker: showTime, TextPicker: showText };
  const show = (ui, type, options) => KINDS[type](ui, options ?? {});

  const dialogOf = (name, type) => ({ [name]: class {
    static show(options) {
      show(undefined, type, options);
    }
  } }[name]);

  return {
    show, showIn, buttons,
    DatePickerDialog: dialogOf('DatePickerDialog', 'DatePicker'),
    TimePickerDialog: dialogOf('TimePickerDialog', 'TimePicker'),
    TextPickerDialog: dialogOf('TextPickerDialog', 'TextPicker'),
  };
})
