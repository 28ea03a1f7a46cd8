// @ohos:calendarManager: calendars that the app keeps itself; those of the person stay with other programs.
(function (host, system) {
  'use strict';
  const { declare, fail, methods } = system.require('@concord:kits/declared');
  const { instances } = system.require('@concord:kits/recurrence');

  const CalendarType = { LOCAL: 'local', EMAIL: 'email', BIRTHDAY: 'birthday', CALDAV: 'caldav', SUBSCRIBED: 'subscribed' };
  const EventType = { NORMAL: 0, IMPORTANT: 1 };
  const RecurrenceFrequency = { YEARLY: 0, MONTHLY: 1, WEEKLY: 2, DAILY: 3 };
  const AttendeeRole = { ORGANIZER: 'organizer', PARTICIPANT: 'participant' };
  const AttendeeType = { REQUIRED: 1, OPTIONAL: 2, RESOURCE: 3 };
  const AttendeeStatus = { UNKNOWN: 0, TENTATIVE: 1, ACCEPTED: 2, DECLINED: 3, UNRESPONSIVE: 4 };
  const ServiceType = {
    MEETING: 'Meeting', WATCHING: 'Watching', REPAYMENT: 'Repayment', LIVE: 'Live', SHOPPING: 'Shopping', TRIP: 'Trip', CLASS: 'Class',
    SPORTS_EVENTS: 'SportsEvents', SPORTS_EXERCISE: 'SportsExercise',
  };

  const READ = ['ohos.permission.READ_CALENDAR'];
  const WRITE = ['ohos.permission.WRITE_CALENDAR'];
  const LONGEST_TITLE = 5000;
  // The calendar that every device has.
  const COLOR = '#FF0A59F7';
  const first = () => ({
    next: 2, nextEvent: 1,
    calendars: [{ id: 1, account: { name: 'phone', type: CalendarType.LOCAL, displayName: 'phone' }, config: { enableReminder: true, color: COLOR }, events: [] }],
  });
  const records = system.require('@concord:kits/records')('calendars', first);

  const wrong = (what) => fail(401, `Parameter error. ${what}`);
  const noCalendar = () => fail(23900003, 'The calendar does not exist.');
  const optional = (object, types) => {
    for (const [name, type] of Object.entries(types)) {
      const value = object[name];
      if (value !== undefined && value !== null && typeof value !== type) {
        wrong(`The type of "${name}" must be ${type}.`);
      }
    }
  };

  function checkAccount(account) {
    optional(account, { displayName: 'string' });
    if (typeof account.name !== 'string' || account.name === '' || !Object.values(CalendarType).includes(account.type)) {
      wrong('An account needs name and type.');
    }
    return { name: account.name, type: account.type, displayName: account.displayName ?? '' };
  }

  function checkEvent(event) {
    if (!Object.values(EventType).includes(event.type) || !Number.isFinite(event.startTime) || !Number.isFinite(event.endTime)) {
      wrong('An event needs type, startTime and endTime.');
    }
    optional(event, { title: 'string', isAllDay: 'boolean', timeZone: 'string', description: 'string', identifier: 'string', isLunar: 'boolean' });
    if ((event.title?.length ?? 0) > LONGEST_TITLE) {
      wrong(`"title" must have at most ${LONGEST_TITLE} characters.`);
    }
    if (event.recurrenceRule !== undefined && !Object.values(RecurrenceFrequency).includes(event.recurrenceRule?.recurrenceFrequency)) {
      wrong('"recurrenceRule" needs recurrenceFrequency.');
    }
    return { ...event };
  }

  // Members of an event that the app asks for; all of them by default.
  const shown = (event, keys) => {
    const names = keys === undefined ? Object.keys(event) : ['id', ...keys].filter((key) => Object.hasOwn(event, key));
    return Object.fromEntries(names.map((name) => [name, event[name]]));
  };

  class EventFilter {
    #matches;

    constructor(matches) {
      this.#matches = matches;
    }

    matches(event) {
      return this.#matches(event);
    }
  }
  const { matches } = EventFilter.prototype;
  delete EventFilter.prototype.matches;
  Object.assign(EventFilter, declare([], {
    'filterById(ids: array)': (ids) => new EventFilter(({ id }) => ids.includes(id)),
    'filterByTime(start: number, end: number)': (start, end) =>
      new EventFilter((event) => instances(event, start, end, true).length > 0),
    'filterByTitle(title: string)': (title) => new EventFilter((event) => event.title?.includes(title) ?? false),
  }));

  class Calendar {
    #stored;

    constructor({ id, account, config }) {
      this.id = id;
      this.#stored = { account, config };
    }

    getConfig() {
      return { ...this.#stored.config };
    }

    getAccount() {
      return { ...this.#stored.account };
    }

    static configured(calendar, config) {
      calendar.#stored.config = config;
    }
  }
  const { configured } = Calendar;
  delete Calendar.configured;

  const storedOf = (all, calendar) => all.calendars.find(({ id }) => id === calendar.id) ?? noCalendar();
  const read = (calendar) => storedOf(records.get(), calendar);
  const change = (calendar, f) => records.change((all) => f(storedOf(all, calendar), all));

  function add(stored, all, event) {
    const id = all.nextEvent++;
    stored.events.push({ ...checkEvent(event), id });
    return id;
  }

  function remove(calendar, ids) {
    if (!ids.every((id) => typeof id === 'number')) {
      wrong('Ids must be numbers.');
    }
    change(calendar, (stored) => {
      if (!ids.some((id) => stored.events.some((event) => event.id === id))) {
        wrong('There is no such event.');
      }
      stored.events = stored.events.filter(({ id }) => !ids.includes(id));
    });
  }

  methods(Calendar, WRITE, {
    'addEvent(event: object): Promise'(event) {
      return change(this, (stored, all) => add(stored, all, event));
    },
    'addEvents(events: array): Promise'(events) {
      change(this, (stored, all) => events.forEach((event) => add(stored, all, event)));
    },
    'deleteEvent(id: number): Promise'(id) {
      remove(this, [id]);
    },
    'deleteEvents(ids: array): Promise'(ids) {
      remove(this, ids);
    },
    'updateEvent(event: object): Promise'(event) {
      change(this, ({ events }) => {
        const index = events.findIndex(({ id }) => id === event.id);
        if (index < 0) {
          wrong('There is no such event.');
        }
        events[index] = checkEvent({ ...events[index], ...event });
      });
    },
    'setConfig(config: object): Promise'(config) {
      optional(config, { enableReminder: 'boolean' });
      const kept = change(this, (stored) => {
        stored.config = { ...stored.config, ...config };
        return stored.config;
      });
      configured(this, kept);
    },
  });
  methods(Calendar, READ, {
    'getEvents(eventFilter?: object, eventKey?: array): Promise'(...args) {
      const filter = args.find((arg) => arg instanceof EventFilter);
      const keys = args.find((arg) => Array.isArray(arg));
      return read(this).events.filter((event) => filter === undefined || matches.call(filter, event)).map((event) => shown(event, keys));
    },
    'queryEventInstances(start: number, end: number, ids?: array, eventKey?: array): Promise'(start, end, ids, keys) {
      return read(this).events.filter(({ id }) => ids === undefined || ids.length === 0 || ids.includes(id)).flatMap((event) =>
        instances(event, start, end).map(([instanceStartTime, instanceEndTime]) =>
          ({ ...shown(event, keys), instanceStartTime, instanceEndTime })));
    },
  });

  const isSame = (account, { name, type }) => account.name === name && account.type === type;

  class CalendarManager {}
  methods(CalendarManager, WRITE, {
    'createCalendar(calendarAccount: object): Promise': (wanted) => {
      const account = checkAccount(wanted);
      return new Calendar(records.change((all) => {
        const there = all.calendars.find((calendar) => isSame(calendar.account, account));
        if (there !== undefined) {
          return there;
        }
        const calendar = { id: all.next++, account, config: { enableReminder: true, color: COLOR }, events: [] };
        all.calendars.push(calendar);
        return calendar;
      }));
    },
    'deleteCalendar(calendar: object): Promise': (calendar) => records.change((all) => {
      const stored = storedOf(all, calendar);
      all.calendars = all.calendars.filter((other) => other !== stored);
    }),
  });
  methods(CalendarManager, READ, {
    'getCalendar(calendarAccount?: object): Promise': (account) => {
      const all = records.get().calendars;
      return new Calendar(account === undefined ? all[0] ?? noCalendar() : all.find((calendar) => isSame(calendar.account, account)) ?? noCalendar());
    },
    'getAllCalendars(): Promise': () => records.get().calendars.map((calendar) => new Calendar(calendar)),
  });
  // Where people would write the event, there is nobody to ask.
  methods(CalendarManager, [], {
    'editEvent(event: object): Promise': (event) => {
      checkEvent(event);
      return 0;
    },
  });

  return {
    CalendarType, EventType, RecurrenceFrequency, AttendeeRole, AttendeeType, AttendeeStatus, ServiceType, EventFilter,
    ...declare([], { 'getCalendarManager(context: object)': () => new CalendarManager() }),
  };
})
