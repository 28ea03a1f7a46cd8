// @concord:arkui/theme: themes of apps: `ThemeControl`, `WithTheme`, `onWillApplyTheme`. A theme is a set of colours by name; a
// component below it takes those that it is made with from it, and what the page says comes on top.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const stack = system.require('@concord:arkui/view-stack');
  const elements = system.require('@concord:arkui/views/elements');
  const removal = system.require('@concord:arkui/views/removal');
  const { BusinessError } = system;

  const NAMES = ('brand primary onPrimary container warning alert confirm fontPrimary fontSecondary fontTertiary fontFourth fontEmphasize fontOnPrimary ' +
    'fontOnSecondary fontOnTertiary fontOnFourth iconPrimary iconSecondary iconTertiary iconFourth iconEmphasize iconSubEmphasize iconOnPrimary ' +
    'iconOnSecondary iconOnTertiary iconOnFourth backgroundPrimary backgroundSecondary backgroundTertiary backgroundFourth backgroundEmphasize ' +
    'compForegroundPrimary compBackgroundPrimary compBackgroundPrimaryTran compBackgroundPrimaryContrary compBackgroundGray compBackgroundSecondary ' +
    'compBackgroundTertiary compBackgroundEmphasize compBackgroundNeutral compEmphasizeSecondary compEmphasizeTertiary compDivider compCommonContrary ' +
    'compBackgroundFocus compFocusedPrimary compFocusedSecondary compFocusedTertiary interactiveHover interactivePressed interactiveFocus ' +
    'interactiveActive interactiveSelect interactiveClick').split(' ');

  // What the system's resources call them, where the rule does not say.
  const OTHER = { primary: 'brand', onPrimary: 'font_on_primary', container: 'background_secondary', compBackgroundPrimaryTran: 'comp_background_primary_tran' };
  const systemColor = (name) => ({ id: -1, type: 10001, bundleName: '', moduleName: '',
    params: [`sys.color.${OTHER[name] ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`] });

  // A custom colour of `brand` is also that of everything which the system draws in its own.
  const FROM_BRAND = ['primary', 'fontEmphasize', 'iconEmphasize', 'backgroundEmphasize', 'compBackgroundEmphasize', 'interactiveFocus', 'interactiveActive'];

  // ThemeColorMode: 0 follows the system, 1 light, 2 dark.
  const LIGHT = 1;
  const DARK = 2;

  function isDark(mode) {
    return mode === DARK || (mode !== LIGHT && process.configuration.colorMode === 0);
  }

  // {colors: {brand, …}} of a CustomTheme over another theme.
  function makeTheme(custom, mode, base) {
    const given = { ...custom?.colors, ...(isDark(mode) ? custom?.darkColors : undefined) };
    const colors = {};
    for (const name of NAMES) {
      const brand = given.brand !== undefined && FROM_BRAND.includes(name) ? given.brand : undefined;
      colors[name] = given[name] ?? brand ?? base?.colors[name] ?? systemColor(name);
    }
    return { colors, given: { ...base?.given, ...Object.fromEntries(NAMES.filter((name) => given[name] !== undefined || (given.brand !== undefined &&
      FROM_BRAND.includes(name))).map((name) => [name, colors[name]])) }, custom };
  }

  // What people have chosen on their desktop stands for the brand of the system.
  const { device } = process.info;
  const systemTheme = () => makeTheme(device.accent ? { colors: { brand: `#ff${device.accent}` } } : undefined);

  let defaultTheme;
  // Element id of a WithTheme → {theme, custom, mode}.
  const scopes = new Map();
  removal.onDeleted((elmtIds) => scopes.size > 0 && elmtIds.forEach((elmtId) => scopes.delete(elmtId)));

  // The node from which something above the pages is opened: it looks as what is there does.
  let opener;
  // Element id of such a layer → that node.
  const openers = new Map();
  removal.onDeleted((elmtIds) => openers.size > 0 && elmtIds.forEach((elmtId) => openers.delete(elmtId)));

  function from(node, f) {
    const before = opener;
    opener = node;
    try {
      return f();
    } finally {
      opener = before;
    }
  }

  // A layer belongs to where it was opened from.
  function adopt(layer) {
    if (opener !== undefined && scopes.size > 0) {
      openers.set(nodes.elmtId(layer), opener);
    }
  }

  // The theme that holds for a node.
  function themeOf(node) {
    let top;
    for (let at = scopes.size > 0 ? node : 0; at !== undefined && at !== 0; at = nodes.parent(at)) {
      const elmtId = nodes.elmtId(at);
      const scope = scopes.get(elmtId);
      if (scope) {
        return scope.theme;
      }
      if (openers.has(elmtId)) {
        return themeOf(openers.get(elmtId));
      }
      top = at;
    }
    // What is built before it has a place belongs to whoever opens it.
    if (opener !== undefined && opener !== node && (top === undefined || nodes.type(top) !== 'root')) {
      return themeOf(opener);
    }
    return (defaultTheme ??= systemTheme());
  }

  // Component → what it takes from the theme: attribute and colour. Only colours that the app has given are set; the rest is the
  // component's own.
  const brandOf = (...attributes) => attributes.map((attribute) => [attribute, 'interactiveActive']);
  const fieldColors = [['backgroundColor', 'compBackgroundTertiary'], ['fontColor', 'fontPrimary'], ['placeholderColor', 'fontSecondary'],
    ['caretColor', 'interactiveActive']];
  const TAKES = {
    AlphabetIndexer: [['color', 'fontSecondary'], ['selectedColor', 'fontEmphasize'], ['popupColor', 'fontEmphasize']],
    Button: [['backgroundColor', 'compBackgroundEmphasize'], ['fontColor', 'fontOnPrimary']],
    Checkbox: [...brandOf('selectedColor'), ['unselectedColor', 'compBackgroundTertiary']],
    CheckboxGroup: [...brandOf('selectedColor'), ['unselectedColor', 'compBackgroundTertiary']],
    Counter: [['backgroundColor', 'compBackgroundTertiary']],
    DataPanel: [['trackBackgroundColor', 'compBackgroundTertiary']],
    Divider: [['color', 'compDivider']],
    Hyperlink: [['color', 'fontEmphasize']],
    LoadingProgress: [['color', 'iconSecondary']],
    Marquee: [['fontColor', 'fontPrimary']],
    PatternLock: [['regularColor', 'iconPrimary'], ['pathColor', 'compBackgroundEmphasize'], ['activeColor', 'compBackgroundEmphasize'],
      ['selectedColor', 'compBackgroundEmphasize']],
    Progress: [['color', 'compBackgroundEmphasize'], ['backgroundColor', 'compBackgroundTertiary']],
    QRCode: [['color', 'iconPrimary'], ['backgroundColor', 'backgroundPrimary']],
    Search: fieldColors,
    Select: [['fontColor', 'fontPrimary'], ['selectedOptionFontColor', 'fontEmphasize'], ['optionFontColor', 'fontPrimary']],
    Slider: [['selectedColor', 'backgroundEmphasize'], ['trackColor', 'compBackgroundTertiary'], ['blockColor', 'iconOnPrimary']],
    Span: [['fontColor', 'fontPrimary']],
    SymbolGlyph: [['fontColor', 'iconPrimary']],
    Text: [['fontColor', 'fontPrimary']],
    TextArea: fieldColors,
    TextClock: [['fontColor', 'fontPrimary']],
    TextInput: fieldColors,
    TextTimer: [['fontColor', 'fontPrimary']],
    Toggle: [...brandOf('selectedColor'), ['switchPointColor', 'iconOnPrimary']],
  };

  // Every component has its own colours.
  const isPlain = () => scopes.size === 0 && defaultTheme === undefined && !device.accent;

  // Called when a component is made or updated: before the attributes of the page.
  function apply(node, name) {
    const takes = TAKES[name];
    if (!takes || isPlain()) {
      return;
    }
    const { given } = themeOf(node);
    for (const [attribute, color] of takes) {
      if (given[color] !== undefined) {
        nodes.call(node, attribute, name === 'SymbolGlyph' ? [given[color]] : given[color]);
      }
    }
    if (name === 'Radio' && given.interactiveActive !== undefined) {
      nodes.call(node, 'radioStyle', { checkedBackgroundColor: given.interactiveActive });
    }
  }

  // What dialogs and menus take from the theme, by the names of the system's colours.
  const SYSTEM = {
    ohos_id_color_activated: 'interactiveActive', ohos_id_color_button_normal: 'compBackgroundTertiary',
    ohos_id_color_dialog_bg: 'compBackgroundPrimaryContrary', ohos_id_color_panel_bg: 'compBackgroundPrimaryContrary',
    ohos_id_color_help_tip_bg: 'compBackgroundPrimaryContrary', ohos_id_color_list_separator: 'compDivider',
    alertdialog_divider_color: 'compDivider', ohos_id_color_text_primary: 'fontPrimary', ohos_id_color_text_secondary: 'fontSecondary',
    ohos_id_color_text_primary_activated: 'fontEmphasize', ohos_id_color_text_primary_contrary: 'fontOnPrimary',
  };

  // The colour of the theme for one of the system, when the app has given it.
  function colorOf(name) {
    const themed = SYSTEM[name];
    return themed === undefined || isPlain() ? undefined : themeOf(0).given[themed];
  }

  // --- components that want to know

  const views = new Set();

  // Before a custom component is built, and when its theme is another one.
  function tell(view) {
    if (typeof view.onWillApplyTheme === 'function') {
      views.add(view);
      const theme = themeOf(view.node_ ?? stack.top());
      process.guest(() => view.onWillApplyTheme({ colors: { ...theme.colors } }));
    }
  }

  function again() {
    for (const view of [...views]) {
      if (view.deleted_) {
        views.delete(view);
      } else {
        tell(view);
      }
    }
  }

  // Everything below takes its colours anew.
  function rebuild(view) {
    view.forceCompleteRerender?.(true);
  }

  function rebuildAll() {
    again();
    const { windows } = system.require('@concord:arkui/windows');
    for (const window of windows) {
      const view = window.internal.pages?.top?.view;
      if (view) {
        rebuild(view);
      }
    }
  }

  let { accent } = device;
  process.deviceListeners.add(() => {
    if (accent !== device.accent) {
      accent = device.accent;
      defaultTheme = makeTheme(defaultTheme?.custom, undefined, systemTheme());
      rebuildAll();
    }
  });

  const ThemeControl = {
    setDefaultTheme(theme) {
      if (theme !== undefined && theme !== null && typeof theme !== 'object') {
        throw new BusinessError(401, 'Parameter error. The theme must be a CustomTheme.');
      }
      defaultTheme = makeTheme(theme, undefined, systemTheme());
      rebuildAll();
    },
  };

  // `WithTheme({theme, colorMode}) { … }`
  const WithTheme = {
    create(options) {
      const node = stack.enter('__Builder__');
      const elmtId = stack.topElement();
      const before = scopes.get(elmtId);
      const { theme: custom, colorMode: mode } = options ?? {};
      if (before && before.custom === custom && before.mode === mode) {
        return;
      }
      const parent = nodes.parent(node);
      scopes.delete(elmtId);
      scopes.set(elmtId, { theme: makeTheme(custom, mode, themeOf(parent)), custom, mode });
      if (before) {
        again();
        system.later(() => {
          const owner = elements.ownerOf(elmtId);
          if (owner && !owner.deleted_) {
            rebuild(owner);
          }
        });
      }
    },
    pop() {
      stack.pop('__Builder__');
    },
  };

  return { ThemeControl, WithTheme, apply, tell, themeOf, from, adopt, colorOf };
})
