// @concord:arkui/overlays/panel: titles, messages and buttons of the system's dialogs.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const { box, color, text, vp } = system.require('@concord:arkui/overlays/box');
  const { guest } = process;

  const PADDING = 24;
  const BUTTON_HEIGHT = 40;
  const GAP = 8;
  const BUTTON_DIVIDER = 24;
  const CAPSULE = 1;
  // DialogButtonDirection
  const HORIZONTAL = 1;
  const VERTICAL = 2;
  const START = 0;
  // DialogButtonStyle.HIGHLIGHT
  const HIGHLIGHT = 1;

  const given = (value) => value !== undefined && value !== null && value !== '';

  function words(value, size, name, more) {
    return given(value) ? box('Text', [text(value)], { fontSize: size, fontColor: color(name), ...more }) : undefined;
  }

  // Title, subtitle and message; a long message scrolls.
  function head({ title, subtitle, message, textStyle }, height) {
    const bold = { fontWeight: 700, maxLines: 2, textOverflow: { overflow: 1 } };
    const named = given(title) || given(subtitle);
    const titles = box('Column', [{}], { width: '100%', alignItems: START, padding: { top: PADDING, left: PADDING, right: PADDING } }, [
      words(title, 20, 'ohos_id_color_text_primary', bold),
      words(subtitle, 14, 'ohos_id_color_text_secondary'),
    ]);
    const body = given(message) ? box('Scroll', [], {
      width: '100%',
      constraintSize: { maxHeight: vp(height) * 0.55 },
      padding: { top: named ? GAP : PADDING, left: PADDING, right: PADDING },
    }, [box('Column', [{}], { width: '100%', alignItems: named ? START : 1 }, [
      words(message, 16, 'ohos_id_color_text_primary', { wordBreak: textStyle?.wordBreak }),
    ])]) : undefined;
    return [named ? titles : undefined, body];
  }

  // `{value, text, fontColor, backgroundColor, enabled, style, primary …}` as a button that calls `press`.
  function button(options, press, more) {
    const highlighted = options.style === HIGHLIGHT;
    return box('Button', [text(options.value ?? options.text), { type: CAPSULE }], {
      height: BUTTON_HEIGHT,
      fontSize: 16,
      fontColor: options.fontColor ?? (given(options.color) ? options.color : undefined) ??
        (highlighted ? '#ffffffff' : color('ohos_id_color_activated')),
      backgroundColor: options.backgroundColor ?? (highlighted ? color('ohos_id_color_activated') : '#00000000'),
      borderRadius: options.borderRadius,
      enabled: options.enabled,
      defaultFocus: options.defaultFocus,
      onClick: () => press(options),
      ...more,
    });
  }

  // Side by side when there are two, below each other when there are more or the app says so.
  function buttons(all, press, direction) {
    if (all.length === 0) {
      return undefined;
    }
    const column = direction === VERTICAL || (direction !== HORIZONTAL && all.length > 2);
    const padding = { left: 16, right: 16, top: GAP, bottom: 16 };
    if (column) {
      return box('Column', [{ space: GAP }], { width: '100%', padding },
        all.map((options) => button(options, press, { width: '100%' })));
    }
    return box('Row', [{}], { width: '100%', padding }, all.flatMap((options, index) => [
      index > 0 ? between(all[index - 1], options) : undefined,
      button(options, press, { layoutWeight: 1 }),
    ]));
  }

  // A thin line between two buttons that are words only.
  function between(...both) {
    const plain = both.every((options) => !given(options.backgroundColor) && options.style === undefined && options.primary !== true);
    return box('Divider', [], {
      vertical: true, height: BUTTON_DIVIDER, strokeWidth: '2px', color: plain ? color('alertdialog_divider_color') : '#00000000',
      padding: { left: GAP / 2, right: GAP / 2 },
    });
  }

  // Lets the action of a button run, then closes the dialog.
  const pressing = (dialog) => (options) => {
    guest(() => options.action?.());
    dialog().close();
  };

  const heightOf = (window) => window.getWindowProperties().windowRect.height;
  const fill = (dialog, content) => content.filter((node) => node !== undefined).forEach((node) => dialog.add(node));

  // A row of a list of choices.
  function choice(title, icon, press) {
    return box('Row', [{ space: 16 }], { width: '100%', constraintSize: { minHeight: 48 }, padding: { left: PADDING, right: PADDING },
      onClick: press }, [
      given(icon) ? box('Image', [icon], { width: 24, height: 24 }) : undefined,
      words(title, 16, 'ohos_id_color_text_primary'),
    ]);
  }

  const divider = () => box('Divider', [], { color: color('ohos_id_color_list_separator'), padding: { left: PADDING, right: PADDING } });

  // What separates the choices of an ActionSheet.
  const hairline = () => box('Divider', [], { strokeWidth: '1px', color: '#ff808080', padding: { left: PADDING, right: PADDING } });

  return { hairline, head, buttons, button, choice, divider, pressing, heightOf, fill, words, given };
})
