// @concord:arkui/components/data-detector: what texts say that something can be done with: numbers to call, addresses to open or to
// write to, places, dates. The tree asks where they are, colours them, and tells of taps on them.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const { guest } = process;

  // `TextDataDetectorType` by its numbers.
  const [PHONE, URL, EMAIL, ADDRESS, DATE] = [0, 1, 2, 3, 4];
  const NAMES = ['phoneNum', 'url', 'email', 'location', 'datetime'];
  // Longer texts are not looked through.
  const MOST = 5000;
  const BLANK = '[^\\s<>"\'，。；、（）《》]';
  const END = '[^\\s<>"\'.,;:!?，。；、（）《》)\\]]';
  const MONTH = '(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\\.?';
  const TIME = '(?:[上下]午|凌晨|早上|中午|晚上)?\\s?\\d{1,2}(?:[:：]\\d{2}(?:[:：]\\d{2})?|[点时](?:\\d{1,2}分|半)?)(?:\\s?[AaPp]\\.?[Mm]\\.?)?';
  const DAY = `(?:\\d{4}年)?\\d{1,2}月\\d{1,2}[日号]|\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}|\\d{1,2}/\\d{1,2}/\\d{4}|${MONTH}\\s\\d{1,2}(?:st|nd|rd|th)?(?:,?\\s\\d{4})?|` +
    `\\d{1,2}\\s${MONTH}(?:,?\\s\\d{4})?|今天|明天|后天|昨天|(?:下|本|这)?(?:周|星期)[一二三四五六日天]|[Tt]oday|[Tt]omorrow|[Yy]esterday`;
  const STREET = '(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Way|Court|Ct|Square|Sq)';

  // In the order in which they win where two say something of the same characters. What stands before a match must not be
  // `not`; `fits` decides on what was found.
  const DETECTORS = [
    { type: EMAIL, pattern: /[\w+-][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}/g, not: /[\w.]/ },
    { type: URL, pattern: new RegExp(`(?:https?://|www\\.)${BLANK}*${END}`, 'gi'), not: /\w/ },
    { type: URL, pattern: new RegExp(`[a-z0-9-]+(?:\\.[a-z0-9-]+)*\\.(?:com|cn|org|net|edu|gov|io|info)(?![\\w.@-]*\\w@)(?:/(?:${BLANK}*${END})?)?(?!\\w)`, 'gi'),
      not: /[\w@.-]/ },
    { type: DATE, pattern: new RegExp(`(?:${DAY})(?:\\s?(?:at\\s)?${TIME})?|${TIME}`, 'g'), not: /[\d\w.:/-]/ },
    { type: PHONE, pattern: /(?:\+\d{1,3}[ -]?)?(?:\(\d{2,4}\)[ -]?)?\d{2,4}(?:[ -]?\d{2,4}){1,4}/g, not: /[\d\w.+-]/,
      fits: (text, after) => !/[\d\w-]/.test(after) && between(text.replace(/\D/g, '').length, 7, 15) },
    { type: ADDRESS, pattern: /[\u4e00-\u9fa5]{2,8}(?:省|市|区|县|镇|州)[\u4e00-\u9fa5]{0,20}?(?:路|街|道|巷|弄|村)(?:[\u4e00-\u9fa5]{0,4}\d+(?:号院?|弄|栋|楼|室|单元)?)*/g },
    { type: ADDRESS, pattern: new RegExp(`\\d{1,5}\\s(?:[A-Z][\\w.'-]*\\s){1,4}${STREET}\\b\\.?`, 'g'), not: /[\d\w]/ },
  ];

  function between(number, least, most) {
    return number >= least && number <= most;
  }

  // `[type, start, end]` of everything that a text says, in its order.
  function detect(text, types = [PHONE, URL, EMAIL, ADDRESS, DATE]) {
    if (text.length > MOST) {
      return [];
    }
    const found = [];
    for (const { type, pattern, not, fits } of DETECTORS) {
      if (!types.includes(type)) {
        continue;
      }
      for (const match of text.matchAll(pattern)) {
        const [start, end] = [match.index, match.index + match[0].length];
        const before = start > 0 ? text[start - 1] : '';
        const free = found.every(([, from, to]) => end <= from || start >= to);
        if (free && match[0] !== '' && !(before !== '' && not?.test(before)) && (fits?.(match[0], text[end] ?? '') ?? true)) {
          found.push([type, start, end]);
        }
      }
    }
    return found.sort((a, b) => a[1] - b[1]);
  }

  // Where something opens that an entity names.
  function uriOf(type, text) {
    switch (type) {
      case URL:
        return /^https?:/i.test(text) ? text : `https://${text}`;
      case EMAIL:
        return `mailto:${text}`;
      case ADDRESS:
        return `geo:0,0?q=${encodeURIComponent(text)}`;
      default:
        return `tel:${text.replace(/[^\d+]/g, '')}`;
    }
  }

  function open(node, uri) {
    const context = system.require('@concord:arkui/ui-context').current().getHostContext();
    const want = { action: uri.startsWith('tel:') ? 'ohos.want.action.dial' : 'ohos.want.action.viewData', uri };
    const started = guest(() => context?.startAbility?.(want));
    started?.catch?.((error) => console.warn(`${uri} is not opened: ${error?.message}`));
  }

  const WRITER = {};
  const copy = (text) => system.require('@concord:clipboard').set(text, WRITER);

  // The menu of an entity, at a point of the window in px.
  function show(node, type, text, x, y) {
    const { MenuLayer } = system.require('@concord:arkui/overlays/menu');
    const { windowOfNode } = system.require('@concord:arkui/overlays/layer');
    const window = windowOfNode(node);
    if (!window) {
      return;
    }
    const follow = (words, uri = uriOf(type, text)) => ({ value: nodes.word(words), action: () => open(node, uri) });
    const actions = {
      [PHONE]: () => [follow('Call'), follow('Send message', `sms:${text.replace(/[^\d+]/g, '')}`)],
      [URL]: () => [follow('Open')],
      [EMAIL]: () => [follow('New email')],
      [ADDRESS]: () => [follow('Navigate')],
      [DATE]: () => [],
    };
    const items = [...actions[type](), { value: nodes.word('Copy'), action: () => copy(text) }];
    new MenuLayer({ window, point: { x, y }, content: items, options: {}, ended() {} });
  }

  // For `Class`, a component that marks entities: `enableDataDetector` and `dataDetectorConfig`.
  function install(Class, { nodes: tree, stack }) {
    // Element id → configuration and what was told last.
    const records = new Map();
    system.require('@concord:arkui/views/removal').onDeleted((elmtIds) => elmtIds.forEach((elmtId) => records.delete(elmtId)));
    const { enableDataDetector, dataDetectorConfig } = Class;
    const recordOf = (node) => {
      const elmtId = tree.elmtId(node);
      if (!records.has(elmtId)) {
        records.set(elmtId, {});
      }
      return records.get(elmtId);
    };
    Class.enableDataDetector = (enable) => {
      const node = stack.top();
      const record = recordOf(node);
      record.detect ??= (text) => {
        const { types, onDetectResultUpdate } = record.config ?? {};
        const found = detect(text, Array.isArray(types) && types.length > 0 ? types : undefined);
        const entities = found.map(([type, start, end]) => ({ type: NAMES[type], charOffset: start, oriText: text.slice(start, end) }));
        const result = JSON.stringify({ code: 0, entities });
        if (record.told !== result) {
          record.told = result;
          system.later(() => guest(() => onDetectResultUpdate?.(result)));
        }
        return found;
      };
      record.tapped ??= (type, text, x, y) => show(node, type, text, x, y);
      enableDataDetector(enable === true, record.detect, record.tapped);
    };
    Class.dataDetectorConfig = (config) => {
      recordOf(stack.top()).config = config ?? undefined;
      dataDetectorConfig({ color: config?.color, decoration: config?.decoration, types: config?.types });
    };
  }

  return { detect, install };
})
