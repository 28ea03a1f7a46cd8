// @concord:arkui/components/html: the part of HTML that styled strings and RichText show, as parts of text in paragraphs.
(function () {
  'use strict';

  // Longer sources are cut; deeper ones lose their innermost styles.
  const LONGEST = 2_000_000;
  const DEEPEST = 200;
  const MOST_PARTS = 20_000;

  const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', copy: '©', reg: '®', hellip: '…', mdash: '—',
    ndash: '–', lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', middot: '·', times: '×', laquo: '«', raquo: '»', bull: '•' };

  function decode(text) {
    return text.replace(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([A-Za-z]{2,8}));/g, (whole, decimal, hex, name) => {
      const code = decimal ? Number(decimal) : hex ? parseInt(hex, 16) : -1;
      if (code >= 0) {
        return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000) ? String.fromCodePoint(code) : '\ufffd';
      }
      return NAMED[name] ?? whole;
    });
  }

  // A length of CSS in vp: px, pt and em.
  function length(text, em = 16) {
    const found = /^\s*(-?\d*\.?\d+)\s*(px|vp|fp|pt|em|rem|%)?\s*$/i.exec(text ?? '');
    if (!found) {
      return undefined;
    }
    const factor = { pt: 4 / 3, em, rem: 16, '%': em / 100 }[found[2]?.toLowerCase()] ?? 1;
    return Number(found[1]) * factor;
  }

  const SIZES = { 'xx-small': 9, 'x-small': 10, small: 13, medium: 16, large: 18, 'x-large': 24, 'xx-large': 32 };
  // <font size="1"> to 7
  const FONT_SIZES = [10, 13, 16, 18, 24, 32, 48];
  const ALIGN = { left: 0, start: 0, center: 1, right: 2, end: 2, justify: 3 };
  const UNDERLINE = 1;
  const OVERLINE = 2;
  const LINE_THROUGH = 3;
  const LINES = { solid: 0, double: 1, dotted: 2, dashed: 3, wavy: 4 };

  // Colours of CSS: #rgb, #rrggbb, #rrggbbaa, rgb(), rgba(), names. The platform has the alpha in front.
  function color(text) {
    const value = text.trim().toLowerCase();
    const hex = /^#([\da-f]{3,8})$/.exec(value)?.[1];
    if (hex) {
      const digits = hex.length <= 4 ? [...hex].map((digit) => digit + digit).join('') : hex;
      return digits.length === 8 ? `#${digits.slice(6)}${digits.slice(0, 6)}` : `#${digits}`;
    }
    const rgb = /^rgba?\(([^)]*)\)$/.exec(value)?.[1].split(/[\s,/]+/).map(Number);
    if (rgb && rgb.length >= 3 && rgb.every(Number.isFinite)) {
      const byte = (number) => Math.round(Math.max(0, Math.min(255, number))).toString(16).padStart(2, '0');
      return `#${byte((rgb[3] ?? 1) * 255)}${rgb.slice(0, 3).map(byte).join('')}`;
    }
    return CSS_COLORS[value] ?? (value === 'transparent' ? '#00000000' : undefined);
  }
  const CSS_COLORS = { black: '#000000', silver: '#c0c0c0', gray: '#808080', grey: '#808080', white: '#ffffff', maroon: '#800000',
    red: '#ff0000', purple: '#800080', fuchsia: '#ff00ff', magenta: '#ff00ff', green: '#008000', lime: '#00ff00', olive: '#808000',
    yellow: '#ffff00', navy: '#000080', blue: '#0000ff', teal: '#008080', aqua: '#00ffff', cyan: '#00ffff', orange: '#ffa500',
    pink: '#ffc0cb', brown: '#a52a2a', gold: '#ffd700', skyblue: '#87ceeb', tomato: '#ff6347', indigo: '#4b0082' };

  // What a `style` attribute says: to the text and to its paragraph.
  function css(source, { style, paragraph }) {
    for (const rule of source.split(';').slice(0, 100)) {
      const at = rule.indexOf(':');
      const name = rule.slice(0, Math.max(at, 0)).trim().toLowerCase();
      const value = rule.slice(at + 1).trim();
      switch (name) {
        case 'color':
          style.fontColor = color(value) ?? style.fontColor;
          break;
        case 'background-color':
        case 'background': {
          const found = color(value);
          style.textBackgroundStyle = found ? { color: found } : style.textBackgroundStyle;
          break;
        }
        case 'font-size':
          style.fontSize = SIZES[value.toLowerCase()] ?? length(value, style.fontSize ?? 16) ?? style.fontSize;
          break;
        case 'font-weight':
          style.fontWeight = { bold: 700, bolder: 800, normal: 400, lighter: 300 }[value.toLowerCase()] ??
            (Number(value) >= 100 ? Number(value) : style.fontWeight);
          break;
        case 'font-style':
          style.fontStyle = /italic|oblique/i.test(value) ? 1 : 0;
          break;
        case 'font-family':
          style.fontFamily = value.replace(/["']/g, '');
          break;
        case 'text-decoration':
        case 'text-decoration-line':
        case 'text-decoration-color':
        case 'text-decoration-style':
        case 'text-decoration-thickness':
          decorate(style, value);
          break;
        case 'letter-spacing':
          style.letterSpacing = length(value, style.fontSize ?? 16) ?? style.letterSpacing;
          break;
        case 'line-height':
          style.lineHeight = /^[\d.]+$/.test(value) ? Number(value) * (style.fontSize ?? 16)
            : length(value, style.fontSize ?? 16) ?? style.lineHeight;
          break;
        case 'text-shadow': {
          const parts = value.match(/rgba?\([^)]*\)|\S+/g) ?? [];
          const numbers = parts.map((part) => length(part)).filter((part) => part !== undefined);
          const tint = parts.map((part) => color(part)).find((part) => part !== undefined);
          style.textShadow = [{ offsetX: numbers[0] ?? 0, offsetY: numbers[1] ?? 0, radius: numbers[2] ?? 0, color: tint ?? '#000000' }];
          break;
        }
        case 'vertical-align':
          style.superscript = { super: 1, sub: 2 }[value.toLowerCase()] ?? style.superscript;
          break;
        case 'text-align':
          paragraph.textAlign = ALIGN[value.toLowerCase()] ?? paragraph.textAlign;
          break;
        case 'text-indent':
          paragraph.textIndent = length(value) ?? paragraph.textIndent;
          break;
        case 'margin-left':
        case 'padding-left':
          paragraph.leadingMargin = (paragraph.leadingMargin ?? 0) + Math.max(0, length(value) ?? 0);
          break;
        case 'word-break':
          paragraph.wordBreak = { normal: 0, 'break-all': 1, 'break-word': 2 }[value.toLowerCase()] ?? paragraph.wordBreak;
          break;
        default:
      }
    }
  }

  function decorate(style, value) {
    const made = { ...style.decoration };
    for (const word of value.toLowerCase().split(/\s+/)) {
      if (word === 'none') {
        made.type = 0;
      } else if (word === 'underline') {
        made.type = UNDERLINE;
      } else if (word === 'overline') {
        made.type = OVERLINE;
      } else if (word === 'line-through') {
        made.type = LINE_THROUGH;
      } else if (word in LINES) {
        made.style = LINES[word];
      } else {
        made.color = color(word) ?? made.color;
      }
    }
    made.type ??= 0;
    style.decoration = made;
  }

  const BLOCKS = new Set(['p', 'div', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'blockquote', 'pre', 'center', 'section',
    'article', 'header', 'footer', 'table', 'tr', 'hr', 'body', 'html', 'dl', 'dt', 'dd', 'main', 'figure']);
  const VOID = new Set(['br', 'hr', 'img', 'meta', 'link', 'input', 'source', 'wbr']);
  const SKIPPED = new Set(['script', 'style', 'head', 'title', 'template', 'noscript']);
  const HEADINGS = { h1: 32, h2: 24, h3: 18.72, h4: 16, h5: 13.28, h6: 10.72 };

  // What a tag says.
  function open(name, attributes, frame) {
    const { style, paragraph } = frame;
    if (HEADINGS[name]) {
      style.fontSize = HEADINGS[name];
      style.fontWeight = 700;
    }
    switch (name) {
      case 'b': case 'strong': case 'th':
        style.fontWeight = 700;
        break;
      case 'i': case 'em': case 'cite': case 'var':
        style.fontStyle = 1;
        break;
      case 'u': case 'ins':
        style.decoration = { type: UNDERLINE };
        break;
      case 's': case 'del': case 'strike':
        style.decoration = { type: LINE_THROUGH };
        break;
      case 'sup':
        style.superscript = 1;
        break;
      case 'sub':
        style.superscript = 2;
        break;
      case 'small':
        style.fontSize = (style.fontSize ?? 16) * 0.83;
        break;
      case 'big':
        style.fontSize = (style.fontSize ?? 16) * 1.2;
        break;
      case 'mark':
        style.textBackgroundStyle = { color: '#ffff00' };
        break;
      case 'code': case 'pre': case 'kbd':
        style.fontFamily = 'monospace';
        frame.preformatted ||= name === 'pre';
        break;
      case 'center':
        paragraph.textAlign = ALIGN.center;
        break;
      case 'blockquote': case 'ul': case 'ol': case 'dd':
        paragraph.leadingMargin = (paragraph.leadingMargin ?? 0) + 24;
        frame.list = name;
        frame.items = 0;
        break;
      case 'a':
        frame.url = attributes.href ?? frame.url;
        break;
      case 'font':
        style.fontColor = (attributes.color && color(attributes.color)) ?? style.fontColor;
        style.fontFamily = attributes.face ?? style.fontFamily;
        style.fontSize = FONT_SIZES[Number(attributes.size) - 1] ?? style.fontSize;
        break;
      default:
    }
    if (attributes.align) {
      paragraph.textAlign = ALIGN[attributes.align.toLowerCase()] ?? paragraph.textAlign;
    }
    if (attributes.style) {
      css(attributes.style, frame);
    }
  }

  function attributesOf(source) {
    const attributes = {};
    for (const [, name, a, b, c] of source.matchAll(/([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g)) {
      attributes[name.toLowerCase()] = decode(a ?? b ?? c ?? '');
    }
    return attributes;
  }

  // The parts of a source: `{text, style, paragraph, url}` or `{image: {src, width, height}, paragraph, url}`. Paragraphs end with
  // a newline; the last one does not.
  function parse(html) {
    const source = String(html).slice(0, LONGEST);
    const stack = [{ name: '', style: {}, paragraph: {}, url: undefined, preformatted: false }];
    const parts = [];
    // Whether the line has text so far, and whether white space waits for what follows.
    let line = false;
    let space = false;
    let skipped;
    const top = () => stack[stack.length - 1];

    function put(text) {
      const frame = top();
      if (parts.length < MOST_PARTS) {
        parts.push({ text, style: { ...frame.style }, paragraph: { ...frame.paragraph }, url: frame.url });
      }
    }
    // The white space at the end of a line is not there.
    function trim() {
      const last = parts[parts.length - 1];
      if (space && last?.text !== undefined) {
        last.text = last.text.replace(/ $/, '');
      }
    }
    function end() {
      trim();
      if (line) {
        put('\n');
      }
      line = false;
      space = false;
    }
    function write(raw) {
      const text = decode(raw);
      if (top().preformatted) {
        if (text !== '') {
          put(text);
          line = !text.endsWith('\n');
        }
        return;
      }
      const words = text.replace(/[ \t\r\n\f]+/g, ' ');
      const lead = words.startsWith(' ') && line && !space ? ' ' : '';
      const shown = lead + words.replace(/^ /, '');
      if (shown !== '') {
        put(shown);
        space = shown.endsWith(' ');
        line = true;
      }
    }
    function close(name) {
      const at = stack.findLastIndex((frame) => frame.name === name);
      if (at > 0) {
        stack.length = at;
      }
      if (BLOCKS.has(name)) {
        end();
      }
    }

    const tokens = /<!--[\s\S]*?(?:-->|$)|<!(?:[^>]*)>?|<(\/?)([a-zA-Z][\w:-]*)((?:"[^"]*"|'[^']*'|[^'">])*)(\/?)>|[^<]+|</g;
    for (const [token, closing, tag, rest] of source.matchAll(tokens)) {
      const name = tag?.toLowerCase();
      if (skipped) {
        skipped = closing && name === skipped ? undefined : skipped;
      } else if (name === undefined) {
        if (!token.startsWith('<!')) {
          write(token);
        }
      } else if (closing) {
        close(name);
      } else if (SKIPPED.has(name)) {
        skipped = rest.endsWith('/') ? undefined : name;
      } else {
        const attributes = attributesOf(rest);
        if (BLOCKS.has(name)) {
          end();
        }
        if (name === 'br') {
          trim();
          put('\n');
          line = false;
          space = false;
        } else if (name === 'hr') {
          put('\u2015'.repeat(12));
          line = true;
          end();
        } else if (name === 'img') {
          const frame = top();
          const own = { style: {}, paragraph: { ...frame.paragraph } };
          css(attributes.style ?? '', own);
          const extent = (key) => length(attributes[key]) ??
            length(new RegExp(`(?:^|;)\\s*${key}\\s*:\\s*([^;]+)`, 'i').exec(attributes.style ?? '')?.[1]);
          parts.push({ image: { src: attributes.src ?? '', width: extent('width'), height: extent('height') },
            style: {}, paragraph: { ...frame.paragraph }, url: frame.url });
          line = true;
          space = false;
        } else if (!VOID.has(name) && stack.length < DEEPEST) {
          const frame = top();
          const inner = { name, style: { ...frame.style }, paragraph: { ...frame.paragraph }, url: frame.url,
            preformatted: frame.preformatted, list: frame.list, items: 0 };
          open(name, attributes, inner);
          stack.push(inner);
          if (name === 'li') {
            frame.items = (frame.items ?? 0) + 1;
            put(frame.list === 'ol' ? `${frame.items}. ` : '• ');
          } else if ((name === 'td' || name === 'th') && line) {
            put('\t');
          }
        }
      }
    }
    trim();
    while (parts.length > 0 && parts[parts.length - 1].text === '\n') {
      parts.pop();
    }
    return parts.filter(({ text }) => text !== '');
  }

  const escape = (text) => text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);

  return { parse, escape, color, length };
})
