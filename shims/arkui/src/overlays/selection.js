// @concord:arkui/overlays/selection: handles and menu of what is selected in a text. The tree says which text, which handles and
// whether there is a menu; handles that are dragged and items that are chosen go back to it.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const input = system.require('@concord:arkui/input');
  const removal = system.require('@concord:arkui/views/removal');
  const parts = system.require('@concord:arkui/components/parts');
  const { Layer, windowOfNode } = system.require('@concord:arkui/overlays/layer');
  const { box, set, color, text } = system.require('@concord:arkui/overlays/box');
  const { guest } = process;

  // What `input.select` is told.
  const FIRST_HANDLE = 0;
  const LAST_HANDLE = 1;
  const HANDLE_END = 2;
  const HANDLE_TAP = 3;
  const ACTIONS = { cut: 4, copy: 5, paste: 6, selectAll: 7 };
  // Handles
  const CARET = 1;
  const BOTH = 2;
  // TextResponseType: RIGHT_CLICK, LONG_PRESS, SELECT, DEFAULT
  const RIGHT_CLICK = 0;
  const SELECT = 2;
  const ANY = 3;
  // Sizes of the theme's `text_overlay_pattern`, in vp.
  const OUTER = 14;
  const INNER = 12;
  const STICK = 1.5;
  const GAP = 8;
  const SAFE = 16;
  const REACH = 12;
  const TOP_START = 4;
  const { density } = process.info.device;

  // An item of the menu: `TextMenuItem.id`.
  class TextMenuItemId {
    #name;

    static of(id) {
      return new TextMenuItemId(typeof id === 'object' ? text(id) : id);
    }

    constructor(name) {
      this.#name = name;
    }

    equals(other) {
      return other instanceof TextMenuItemId && other.#name === this.#name;
    }

    // What the items of the system are called inside.
    static nameOf(id) {
      return id instanceof TextMenuItemId ? id.#name : undefined;
    }
  }
  const SYSTEM_ITEMS = {
    CUT: 'OH_DEFAULT_CUT', COPY: 'OH_DEFAULT_COPY', PASTE: 'OH_DEFAULT_PASTE', SELECT_ALL: 'OH_DEFAULT_SELECT_ALL',
    COLLABORATION_SERVICE: 'OH_DEFAULT_COLLABORATION_SERVICE', CAMERA_INPUT: 'OH_DEFAULT_CAMERA_INPUT',
    AI_WRITER: 'OH_DEFAULT_AI_WRITE', TRANSLATE: 'OH_DEFAULT_TRANSLATE', SEARCH: 'OH_DEFAULT_SEARCH', SHARE: 'OH_DEFAULT_SHARE',
    url: 'OH_DEFAULT_AI_MENU_URL', email: 'OH_DEFAULT_AI_MENU_EMAIL', phoneNumber: 'OH_DEFAULT_AI_MENU_PHONE',
    address: 'OH_DEFAULT_AI_MENU_ADDRESS', dateTime: 'OH_DEFAULT_AI_MENU_DATETIME', askAI: 'OH_DEFAULT_ASK_CELIA',
    autoFill: 'OH_DEFAULT_AUTO_FILL', passwordVault: 'OH_DEFAULT_PASSWORD_VAULT',
  };
  for (const [name, id] of Object.entries(SYSTEM_ITEMS)) {
    Object.defineProperty(TextMenuItemId, name, { value: new TextMenuItemId(id), enumerable: true });
  }
  // The items that there are here: action, id, label.
  const OWN = [
    ['cut', TextMenuItemId.CUT, 'sys.string.general_cut', 'Cut'],
    ['copy', TextMenuItemId.COPY, 'sys.string.general_copy', 'Copy'],
    ['paste', TextMenuItemId.PASTE, 'sys.string.general_paste', 'Paste'],
    ['selectAll', TextMenuItemId.SELECT_ALL, 'sys.string.general_select_all', 'Select all'],
  ];
  const label = (name, english) => text({ id: -1, type: 10003, params: [name], bundleName: '', moduleName: '' }) ||
    nodes.word(english);

  // Element id → what `editMenuOptions` and `bindSelectionMenu` have said.
  const told = new Map();
  removal.onDeleted((elmtIds) => {
    if (told.size > 0) {
      elmtIds.forEach((elmtId) => told.delete(elmtId));
    }
    if (shown && !nodes.exists(shown.node)) {
      shown.close();
    }
  });
  function recordOf(node) {
    const elmtId = nodes.elmtId(node);
    const record = told.get(elmtId) ?? { menus: [] };
    told.set(elmtId, record);
    return record;
  }

  // What `TextMenuController` has switched off: names of items.
  let disabled = new Set();

  let shown;

  // The handles and the menu of one text.
  class Selection {
    #handles = [];
    #menu;
    #menuEnd;
    #key;
    #point;

    constructor(node, window) {
      this.node = node;
      this.layer = new Layer({ window, alignment: TOP_START, modal: false, avoids: false, place: () => this.place(), gone: () => {
        if (shown === this) {
          shown = undefined;
        }
      } });
      nodes.call(this.layer.node, 'focusable', false);
      input.selectionLayer(this.layer.node);
    }

    // Which handles, whether a menu and why, and where it is when it does not stand beside the text.
    show(handles, menu, point) {
      this.#point = point;
      const wanted = handles === BOTH ? 2 : handles === CARET ? 1 : 0;
      while (this.#handles.length > wanted) {
        nodes.remove(this.#handles.pop());
      }
      while (this.#handles.length < wanted) {
        this.#handles.push(this.#handle(this.#handles.length));
      }
      this.#close();
      if (menu !== undefined) {
        this.#open(menu);
      }
      this.#key = undefined;
      nodes.flush();
      this.place();
    }

    // A knob with its stick, larger to fingers than to the eye.
    #handle(index) {
      const knob = box('Stack', [{}], {
        width: OUTER, height: OUTER, borderRadius: OUTER / 2, backgroundColor: color('ohos_id_color_activated'),
      }, [box('Stack', [{}], { width: INNER, height: INNER, borderRadius: INNER / 2, backgroundColor: '#ffffffff' })]);
      const stick = box('Stack', [{}], { width: STICK, backgroundColor: color('ohos_id_color_activated') });
      const handle = box('Column', [{}], { padding: { left: REACH / 2, right: REACH / 2 }, focusable: false },
        index === 0 ? [knob, stick] : [stick, knob]);
      const at = (event) => {
        const finger = event?.fingerList?.[0];
        // A finger holds the knob, which lies beside the line.
        const [, y, , height] = nodes.frame(handle);
        const dy = this.#down === undefined ? 0 : this.#down;
        return [finger ? finger.globalX * density : 0, finger ? finger.globalY * density - dy : y + height / 2];
      };
      const caret = () => this.#handles.length === 1;
      nodes.call(handle, 'gesture', {
        type: 'Pan',
        options: { fingers: 1, direction: 15, distance: 2 },
        onActionStart: (event) => {
          this.#close();
          const places = nodes.command(this.node, 'selectionPlaces');
          const place = index === 0 ? places?.start : places?.end;
          const finger = event?.fingerList?.[0];
          this.#down = place && finger ? finger.globalY * density - event.offsetY * density - (place.y + place.height / 2) : 0;
        },
        onActionUpdate: (event) => input.select(this.node, index === 0 ? FIRST_HANDLE : LAST_HANDLE, ...at(event)),
        onActionEnd: () => input.select(this.node, HANDLE_END, 0, 0),
      }, 0);
      nodes.call(handle, 'parallelGesture', {
        type: 'Tap', options: { count: 1, fingers: 1 }, onAction: () => caret() && input.select(this.node, HANDLE_TAP, 0, 0),
      }, 0);
      return this.layer.add(handle);
    }

    #down;

    #items(places, record) {
      const own = OWN.filter(([action, id]) => places[action] && !disabled.has(TextMenuItemId.nameOf(id)))
        .map(([, id, name, english]) => ({ content: label(name, english), id }));
      const { onCreateMenu, onPrepareMenu } = record?.editMenu ?? {};
      let items = own;
      for (const change of [onCreateMenu, onPrepareMenu]) {
        if (typeof change === 'function') {
          const made = guest(() => change.call(record.editMenu, items.map((item) => ({ ...item }))));
          items = Array.isArray(made) ? made : items;
        }
      }
      return items;
    }

    #open(reason) {
      const places = nodes.command(this.node, 'selectionPlaces');
      const record = told.get(nodes.elmtId(this.node));
      const custom = record?.menus.find((menu) => menu.response === reason || menu.response === ANY);
      if (!places || places.hidden || (reason === SELECT && !custom)) {
        return;
      }
      if (custom) {
        const { options, builder, owner } = custom;
        this.#menu = this.layer.add(box('Column', [{}], {}));
        this.layer.build(this.#menu, () => builder.call(owner));
        const call = (name) => guest(() => options?.[name]?.(places.from, places.to));
        call('onAppear');
        call('onMenuShow');
        this.#menuEnd = () => {
          call('onMenuHide');
          guest(() => options?.onDisappear?.());
        };
        return;
      }
      const items = this.#items(places, record);
      if (items.length === 0) {
        return;
      }
      const buttons = items.map((item) => box('Button', [text(item.content), { type: 0 }], {
        height: 40, padding: { left: 12, right: 12 }, fontSize: 14, fontWeight: 500, focusable: false,
        fontColor: color('ohos_id_color_text_primary'), backgroundColor: '#00000000',
        onClick: () => this.#choose(item, record),
      }));
      this.#menu = this.layer.add(box('Row', [{}], {
        padding: 4, borderRadius: 20, backgroundColor: color('ohos_id_color_dialog_bg'), shadow: 2, focusable: false,
        constraintSize: { maxWidth: '100%' },
      }, buttons));
    }

    #choose(item, record) {
      const { node } = this;
      const places = nodes.command(node, 'selectionPlaces');
      const range = { start: places?.from ?? 0, end: places?.to ?? 0 };
      const click = record?.editMenu?.onMenuItemClick;
      const used = typeof click === 'function' && guest(() => click.call(record.editMenu, item, range)) === true;
      const own = OWN.find(([, id]) => id.equals(item.id));
      if (own && !used) {
        input.select(node, ACTIONS[own[0]], 0, 0);
      } else {
        // What the app does by itself ends the menu.
        system.later(() => nodes.exists(node) && nodes.command(node, 'closeSelectionMenu'));
      }
    }

    #close() {
      if (this.#menu !== undefined) {
        nodes.remove(this.#menu);
        this.#menu = undefined;
        this.#menuEnd?.();
        this.#menuEnd = undefined;
        nodes.requestFrame();
      }
    }

    // Runs after every layout: the text may have moved.
    place() {
      const places = nodes.exists(this.node) ? nodes.command(this.node, 'selectionPlaces') : undefined;
      if (!places || !nodes.isShown(this.node)) {
        this.close();
        return;
      }
      const root = nodes.frame(this.layer.window.internal.root());
      const menu = this.#menu === undefined ? [0, 0, 0, 0] : nodes.frame(this.#menu);
      const key = [places.start, places.end].flatMap((place) => [place.x, place.y, place.height, place.shown])
        .concat(root, menu[2], menu[3], this.#handles).join();
      if (key === this.#key) {
        return;
      }
      this.#key = key;
      this.#handles.forEach((handle, index) => {
        const place = index === 0 ? places.start : places.end;
        const single = this.#handles.length === 1;
        const [first, last] = nodes.children(handle);
        const stick = index === 0 ? last : first;
        set(stick, { height: single ? 0 : `${place.height}px` });
        const above = index === 0 && !single ? OUTER * density : 0;
        const y = place.y - root[1] + (single ? place.height : 0) - above;
        const x = place.x - root[0] - (OUTER / 2 + REACH / 2) * density;
        set(handle, { position: { x: `${x}px`, y: `${y}px` }, visibility: place.shown ? 0 : 2 });
      });
      if (this.#menu !== undefined) {
        this.#placeMenu(places, root, menu[2], menu[3]);
      }
      nodes.requestFrame();
    }

    // Above what is selected, else below it.
    #placeMenu({ start, end }, [left, top, width, height], menuWidth, menuHeight) {
      const clamp = (value, least, most) => Math.max(least, Math.min(value, most));
      const gap = (GAP + OUTER) * density;
      const safe = SAFE * density;
      let x = (start.x + (start.y === end.y ? end.x : left + width - safe)) / 2 - left - menuWidth / 2;
      let y = start.y - top - gap - menuHeight;
      if (this.#point) {
        x = this.#point.x - left;
        y = this.#point.y - top;
      } else if (y < safe) {
        y = end.y - top + end.height + gap;
      }
      x = clamp(x, safe, Math.max(safe, width - menuWidth - safe));
      y = clamp(y, 0, Math.max(0, height - menuHeight));
      set(this.#menu, { position: { x: `${x}px`, y: `${y}px` } });
    }

    close() {
      this.#close();
      this.layer.close();
    }
  }

  input.onSelection((node, handles, menu, x, y) => {
    if (handles === undefined) {
      if (shown?.node === node) {
        shown.close();
      }
      return;
    }
    if (shown && shown.node !== node) {
      shown.close();
    }
    if (!shown?.layer.isOpen) {
      const window = windowOfNode(node);
      if (!window) {
        return;
      }
      shown = new Selection(node, window);
    } else {
      input.selectionLayer(shown.layer.node);
    }
    shown.show(handles, menu, x === undefined ? undefined : { x, y });
  });

  // What is copied is that of pasteboards and of other programs, too.
  system.require('@concord:arkui/exchange');
  // What is selected can be dragged.
  system.require('@concord:arkui/drag');

  // UIContext.getTextMenuController()
  class TextMenuController {
    setMenuOptions() {}

    static disableSystemServiceMenuItems() {}

    static disableMenuItems(items) {
      disabled = new Set((Array.isArray(items) ? items : []).map((item) => TextMenuItemId.nameOf(item)));
    }
  }
  TextMenuController.prototype.disableSystemServiceMenuItems = TextMenuController.disableSystemServiceMenuItems;
  TextMenuController.prototype.disableMenuItems = TextMenuController.disableMenuItems;

  return {
    TextMenuItemId,
    TextMenuController,
    editMenu(node, options) {
      recordOf(node).editMenu = options ?? undefined;
    },
    // `bindSelectionMenu(spanType, content, responseType, options)`
    bindMenu(node, spanType, content, response, options, owner) {
      const record = recordOf(node);
      const builder = parts.builderOf(content);
      record.menus = record.menus.filter((menu) => menu.spanType !== spanType || menu.response !== response);
      if (builder) {
        record.menus.push({ spanType, response: response ?? 1, builder, options, owner });
      }
    },
    close: () => shown?.close(),
  };
})
