// @concord:arkui/overlays/calendar: a month to choose a day from: what a CalendarPicker opens beside itself, and
// CalendarPickerDialog.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const { windowOfNode } = system.require('@concord:arkui/overlays/layer');
  const { Anchored } = system.require('@concord:arkui/overlays/anchored');
  const { showIn, buttons } = system.require('@concord:arkui/overlays/picker-dialogs');
  const { box, color } = system.require('@concord:arkui/overlays/box');
  const { dayOf, fromDay, language } = system.require('@concord:arkui/components/dates');
  const { guest } = process;

  // From the platform's theme of calendars, in vp.
  const WIDTH = 328;
  const TITLE = 48;
  const SIDE = 32;
  const RADIUS = 24;
  const SPACE = 8;
  // `Placement` by `CalendarAlign`: below the picker, at its start, middle or end.
  const PLACEMENTS = [6, 3, 7];
  // ButtonStyleMode.TEXTUAL
  const TEXTUAL = 2;

  // What the tree wants of `CalendarOptions`.
  const told = (options) => ({
    selected: dayOf(options?.selected?.value ?? options?.selected) ?? dayOf(new Date()),
    start: dayOf(options?.start),
    end: dayOf(options?.end),
    disabledDateRange: Array.isArray(options?.disabledDateRange)
      ? options.disabledDateRange.map((range) => ({ start: dayOf(range?.start), end: dayOf(range?.end) })) : undefined,
    hintRadius: options?.hintRadius,
  });

  // A month with a title and buttons to turn to others. `picked` hears of the day that was chosen.
  function monthView(options, markToday, picked) {
    let { selected } = options;
    let shown = { ...selected, day: 1 };
    const title = box('Text', [''], { fontSize: 20, fontWeight: 500, fontColor: color('ohos_id_color_text_primary') });
    const month = nodes.create('CalendarMonth', -1);
    function show() {
      const date = new Date(shown.year, shown.month, 1);
      nodes.call(title, 'create', new Intl.DateTimeFormat(process.configuration.language, { year: 'numeric', month: 'long' }).format(date));
      nodes.call(month, 'create', { ...options, selected, shown, today: dayOf(new Date()), markToday, weekdays: language().weekdays,
        onChange: (day) => {
          selected = day;
          shown = { ...day, day: 1 };
          show();
          picked(day);
        } });
    }
    function turn(months) {
      const date = new Date(shown.year, shown.month + months, 1);
      shown = dayOf(date);
      show();
    }
    const arrow = (words, months, name) => box('Button', [words, { type: 2, buttonStyle: TEXTUAL }], { width: SIDE, height: SIDE,
      fontSize: 20, fontColor: color('ohos_id_color_text_primary'), accessibilityText: name, onClick: () => turn(months) });
    show();
    const row = box('Row', [{ space: SPACE }], { width: '100%', height: TITLE, justifyContent: 6 }, [
      arrow('«', -12, 'Previous year'), arrow('‹', -1, 'Previous month'), title, arrow('›', 1, 'Next month'), arrow('»', 12, 'Next year'),
    ]);
    const node = box('Column', [{}], { width: '100%', padding: { left: 16, right: 16, top: SPACE } }, [row, month]);
    nodes.call(month, 'width', '100%');
    return { node, day: () => selected };
  }

  function show(ui, options = {}) {
    const own = told(options);
    const view = monthView(own, options.markToday, (day) => guest(() => options.onChange?.(fromDay(day))));
    showIn(ui, options, [view.node], () => guest(() => options.onAccept?.(fromDay(view.day()))));
  }

  // The month of a CalendarPicker, whose node it is. `day` is chosen there now.
  function openBeside(node, options, { day, align, offset, markToday }) {
    const window = windowOfNode(node);
    if (!window) {
      return;
    }
    const view = monthView({ ...told(options), selected: day }, markToday, () => {});
    const frame = box('Column', [{}], { width: WIDTH, borderRadius: RADIUS, backgroundColor: color('ohos_id_color_dialog_bg'),
      shadow: 2, clip: true }, []);
    const anchored = new Anchored(frame, {
      window,
      target: node,
      placement: PLACEMENTS[align] ?? PLACEMENTS[2],
      space: SPACE,
      offset: { x: offset?.dx, y: offset?.dy },
      outside: () => anchored.close(),
      back: () => {
        anchored.close();
        return true;
      },
    });
    nodes.append(frame, view.node);
    nodes.append(frame, buttons(options, () => anchored.close(), () => {
      nodes.command(node, 'choose', view.day());
      anchored.close();
    }));
    anchored.show();
  }

  return {
    show, told, openBeside,
    CalendarPickerDialog: class CalendarPickerDialog {
      static show(options) {
        show(undefined, options);
      }
    },
  };
})
