// @concord:arkui/components/controls: classes of controls, as far as they are more than the rule: dates, controllers, and what
// pressing a button of the platform allows.
(function (host, system) {
  'use strict';
  const { bind, command } = system.require('@concord:arkui/components/controllers');
  const parts = system.require('@concord:arkui/components/parts');
  const { said } = system.require('@concord:arkui/attributes');
  const { dayOf, timeOf, fromDay, fromTime, selected, language, lunarMonths } = system.require('@concord:arkui/components/dates');

  // Made when a picker first shows it.
  let lunarCalendar;

  const FIRST = { year: 1970, month: 0, day: 1 };
  const LAST = { year: 2100, month: 11, day: 31 };

  function dated(Class, read, make, more) {
    const { create } = Class;
    Class.create = (options) => create({
      ...options,
      ...more(),
      start: read(options?.start),
      end: read(options?.end),
      selected: selected(options?.selected, options?.$selected, read, make),
    });
  }

  // Pressing it allows what it says: 0 is success.
  function allowing(Class) {
    const { onClick } = Class;
    Class.onClick = (handler) => onClick(typeof handler === 'function' ? (event) => handler(event, 0, { code: 0, name: 'Error', message: '' }) : handler);
  }

  const specials = {
    CalendarPicker(Class) {
      const calendar = () => system.require('@concord:arkui/overlays/calendar');
      const { create, onChange } = Class;
      Class.create = (options) => create({
        ...options,
        ...calendar().told(options),
        selected: selected(options?.selected, options?.$selected, dayOf, fromDay),
        opener: (told, node) => calendar().openBeside(node, options, told),
      });
      Class.onChange = (handler) => onChange(typeof handler === 'function' ? (parts) => handler(fromDay(parts)) : handler);
    },
    DatePicker(Class, { nodes, stack }) {
      dated(Class, dayOf, fromDay, () => ({ language: language() }));
      const { onDateChange, lunar } = Class;
      Class.onDateChange = (handler) =>
        onDateChange(typeof handler === 'function' ? (parts) => handler(fromDay(parts)) : handler);
      Class.lunar = (value) => {
        if (value === true) {
          nodes.command(stack.top(), 'lunarMonths', (lunarCalendar ??= lunarMonths(FIRST, LAST)));
        }
        lunar(value);
      };
    },
    TimePicker(Class) {
      dated(Class, timeOf, fromTime, () => ({ halves: language().halves }));
    },
    Gauge(Class, { nodes, stack }) {
      Class.description = (value) => {
        const node = stack.top();
        const holder = parts.set(node, 'description', value);
        nodes.command(node, 'description', value === null ? null : holder === 0 ? undefined : holder);
      };
    },
    PatternLock(Class, { stack }) {
      const { create } = Class;
      Class.create = (controller) => {
        create();
        bind(controller, stack.top());
      };
    },
    Slider(Class, { nodes, stack }) {
      // Content that the app has made: a child of the slider, which stays the app's.
      for (const name of ['prefix', 'suffix']) {
        const method = Class[name];
        Class[name] = (content) => {
          const node = stack.top();
          const own = content === undefined || content === null ? undefined
            : system.require('@concord:arkui/overlays/content-dialogs').nodeOfContent(content);
          if (own !== undefined) {
            nodes.append(node, own);
          }
          method(own);
        };
      }
    },
    Select(Class) {
      const { create } = Class;
      Class.create = (options) => create(Array.isArray(options)
        ? options.map((option) => ({ ...option, symbolIcon: said(option?.symbolIcon) })) : options);
      for (const name of ['textModifier', 'arrowModifier', 'optionTextModifier', 'selectedOptionTextModifier']) {
        const method = Class[name];
        Class[name] = (modifier) => method(said(modifier));
      }
    },
    SaveButton: allowing,
    PasteButton: allowing,
    LocationButton: allowing,
  };

  class PatternLockController {
    reset() {
      command(this, 'reset');
    }

    setChallengeResult(result) {
      command(this, 'setChallengeResult', result);
    }
  }

  // Colours along a track or an arc: `[{color, offset}]`.
  class LinearGradient {
    constructor(colorStops) {
      this.colorStops = colorStops;
    }
  }

  class ColorMetricsLinearGradient extends LinearGradient {}

  const special = (Class, tools) => specials[Class.name](Class, tools);
  return Object.assign(special, { PatternLockController, LinearGradient, ColorMetricsLinearGradient });
})
