// @concord:arkui/components/controls: classes of controls, as far as they are more than the rule: dates, controllers, and what
// pressing a button of the platform allows.
(function (host, system) {
  'use strict';
  const { bind, command } = system.require('@concord:arkui/components/controllers');
  const { said } = system.require('@concord:arkui/attributes');

  // The tree knows days and times as their parts; dates of the app are made here.
  const dayOf = (date) => (date instanceof Date ? { year: date.getFullYear(), month: date.getMonth(), day: date.getDate() } : undefined);
  const timeOf = (date) => (date instanceof Date ? { hour: date.getHours(), minute: date.getMinutes(), second: date.getSeconds() } : undefined);

  const fromDay = ({ year, month, day }) => {
    const now = new Date();
    return new Date(year, month, day, now.getHours(), now.getMinutes(), now.getSeconds());
  };
  const fromTime = ({ hour, minute, second }) => {
    const now = new Date();
    return new Date(now.getFullYear(), now.getMonth(), now.getDate(), hour, minute, second);
  };

  // `date`, `{value: date, changeEvent}`, or nothing: now.
  function selected(value, change, read, make) {
    const plain = value instanceof Date || value === undefined || value === null;
    const told = (plain ? undefined : value.changeEvent ?? value.$value) ?? change;
    const date = (plain ? value : value.value) ?? new Date();
    return typeof told === 'function' ? { value: read(date), changeEvent: (parts) => told(make(parts)) } : read(date);
  }

  function dates(Class, read, make) {
    const { create } = Class;
    Class.create = (options) => create({
      ...options,
      start: read(options?.start),
      end: read(options?.end),
      selected: selected(options?.selected, options?.$selected, read, make),
    });
  }

  // Pressing it allows what it says: 0 is success.
  function allowing(Class) {
    const { onClick } = Class;
    Class.onClick = (handler) => onClick(typeof handler === 'function' ? (event) => handler(event, 0) : handler);
  }

  const specials = {
    DatePicker(Class) {
      dates(Class, dayOf, fromDay);
      const { onDateChange } = Class;
      Class.onDateChange = (handler) =>
        onDateChange(typeof handler === 'function' ? (parts) => handler(fromDay(parts)) : handler);
    },
    TimePicker(Class) {
      dates(Class, timeOf, fromTime);
    },
    PatternLock(Class, { stack }) {
      const { create } = Class;
      Class.create = (controller) => {
        create();
        bind(controller, stack.top());
      };
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

  const special = (Class, tools) => specials[Class.name](Class, tools);
  return Object.assign(special, { PatternLockController, LinearGradient });
})
