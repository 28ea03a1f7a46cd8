// The inspector's page. It asks the app's process: `news` often, the rest when a frame was shown.
'use strict';

const $ = (id) => document.getElementById(id);
const NEWS = 400;
const BETWEEN = 250;
const SLOW = 1000 / 60;

// What is known: by number, {n, t, c, i, x, b, s, k, parent, depth}.
let nodes = new Map();
let roots = [];
let windows = [];
let scale = 1;
let frame = -1;
let shownWindow = 0;
let chosen = 0;
let pointed = 0;
let live = true;
let picking = false;
const folded = new Set();
let frames = [];
let matches = [];

async function get(path, options) {
  const response = await fetch(path, options);
  if (!response.ok) {
    const { error } = await response.json().catch(() => ({}));
    throw Object.assign(new Error(error ?? response.statusText), { status: response.status });
  }
  return response;
}
const json = (path) => get(path).then((response) => response.json());

function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className) {
    made.className = className;
  }
  made.append(...content.filter((part) => part !== undefined && part !== ''));
  return made;
}

// --- News

async function listen() {
  try {
    const news = await json(`news?since=${frames.at(-1)?.[0] ?? 0}`);
    if (frames.length > 0 && news.frame < frames.at(-1)[0]) {
      frames = []; // The app was started again.
      frame = -1;
    }
    frames = [...frames, ...news.frames].slice(-240);
    document.title = `${news.bundle} – inspector`;
    $('app').textContent = `${news.bundle} · ${news.pid}`;
    $('status').textContent = '';
    drawFrames();
    if (live && (news.frame !== frame || nodes.size === 0)) {
      await refresh(news.frame);
    }
  } catch (error) {
    $('status').textContent = error.status ? error.message : 'the app has ended or is starting';
  }
  setTimeout(listen, NEWS);
}

let refreshed = 0;
async function refresh(latest) {
  const wait = refreshed + BETWEEN - performance.now();
  if (wait > 0) {
    await new Promise((done) => setTimeout(done, wait));
  }
  const tree = await json('tree');
  take(tree);
  const picture = await get(`picture/${shownWindow}`).then((response) => response.blob()).catch(() => undefined);
  if (picture) {
    const old = $('shot').src;
    $('shot').src = URL.createObjectURL(picture);
    URL.revokeObjectURL(old);
  }
  frame = latest;
  refreshed = performance.now();
  if (chosen !== 0) {
    await describe();
  }
}

function around(boxes) {
  if (boxes.length === 0) {
    return undefined;
  }
  const [left, top] = [0, 1].map((side) => Math.min(...boxes.map((box) => box[side])));
  const [right, bottom] = [0, 1].map((side) => Math.max(...boxes.map((box) => box[side] + box[side + 2])));
  return [left, top, right - left, bottom - top];
}

function take(tree) {
  scale = tree.scale;
  windows = tree.windows;
  nodes = new Map();
  const visit = (node, parent, depth) => {
    node.parent = parent;
    node.depth = depth;
    nodes.set(node.n, node);
    node.k?.forEach((child) => visit(child, node, depth + 1));
    // What only groups others is where they are.
    node.at = node.b ?? around(node.k?.map((child) => child.at).filter(Boolean) ?? []);
  };
  windows.flat().forEach((root) => visit(root, undefined, 0));
  const names = windows.map((group) => group[0]?.n ?? 0);
  if (!names.includes(shownWindow)) {
    shownWindow = names.at(-1) ?? 0;
  }
  const select = $('window');
  select.hidden = names.length < 2;
  select.replaceChildren(...names.map((number, index) => new Option(`Window ${index + 1}`, number, false, number === shownWindow)));
  roots = windows.find((group) => group[0]?.n === shownWindow) ?? [];
  if (!nodes.has(chosen)) {
    chosen = 0;
  }
  list();
}

// --- The list of nodes

const shows = (node) => $('hidden').checked || node.s !== false;

function visible() {
  const rows = [];
  const visit = (node) => {
    if (shows(node)) {
      rows.push(node);
      if (!folded.has(node.n)) {
        node.k?.forEach(visit);
      }
    }
  };
  roots.forEach(visit);
  return rows;
}

function search() {
  const text = $('search').value.trim().toLowerCase();
  const has = (value) => value !== undefined && String(value).toLowerCase().includes(text);
  matches = text === '' ? [] : [...nodes.values()].filter((node) => has(node.t) || has(node.c) || has(node.i) || has(node.x));
  $('found').textContent = text === '' ? '' : `${matches.length}`;
}

const rowOf = new Map();

function list() {
  search();
  const found = new Set(matches);
  rowOf.clear();
  const rows = visible().map((node) => {
    const row = element('div', 'row', element('span', 'fold', node.k?.some(shows) ? (folded.has(node.n) ? '▸' : '▾') : ''),
      element('span', 'type', node.c ?? node.t), node.c ? element('span', 'weak', 'component') : '',
      node.i ? element('span', 'id', `#${node.i}`) : '', node.x ? element('span', 'said', `“${node.x}”`) : '');
    row.style.paddingLeft = `${6 + node.depth * 12}px`;
    row.setAttribute('role', 'treeitem');
    row.dataset.node = node.n;
    row.classList.toggle('unseen', node.s === false);
    row.classList.toggle('found', found.has(node));
    row.classList.toggle('chosen', node.n === chosen);
    rowOf.set(node.n, row);
    return row;
  });
  const { scrollTop, scrollLeft } = $('tree');
  $('tree').replaceChildren(...rows);
  $('tree').scrollTo(scrollLeft, scrollTop);
  mark();
}

function reveal(node) {
  for (let up = node.parent; up; up = up.parent) {
    folded.delete(up.n);
  }
}

function choose(number, show = true) {
  const node = nodes.get(number);
  if (!node) {
    return;
  }
  chosen = number;
  reveal(node);
  list();
  if (show) {
    rowOf.get(number)?.scrollIntoView({ block: 'nearest' });
  }
  describe().catch((error) => { $('status').textContent = error.message; });
}

// --- The mark, in the picture and in the window

let told = 0;
function point(number) {
  if (pointed !== number) {
    rowOf.get(pointed)?.classList.remove('pointed');
    pointed = number;
    rowOf.get(number)?.classList.add('pointed');
    mark();
    tell();
  }
}

// The window follows, one request at a time.
let telling = false;
async function tell() {
  if (telling) {
    return;
  }
  telling = true;
  while (told !== pointed) {
    told = pointed;
    await get(`highlight/${told}`, { method: 'POST' }).catch(() => undefined);
  }
  telling = false;
}

let boxes = new Map();
async function mark() {
  const number = pointed || chosen;
  const node = nodes.get(number);
  const image = $('shot');
  if (!node?.at || image.naturalWidth === 0 || rootOf(node) === undefined) {
    $('mark').hidden = true;
    return;
  }
  const ratio = image.clientWidth / image.naturalWidth;
  const box = boxes.get(number) ?? { margin: [0, 0, 0, 0], border: [0, 0, 0, 0], padding: [0, 0, 0, 0] };
  let [x, y, width, height] = node.at;
  const [top, right, bottom, left] = box.margin;
  [x, y, width, height] = [x - left, y - top, width + left + right, height + top + bottom];
  for (const part of ['margin', 'border', 'padding']) {
    const edge = box[part];
    const style = $('mark').querySelector(`.${part}`).style;
    Object.assign(style, { left: `${x * ratio}px`, top: `${y * ratio}px`, width: `${width * ratio}px`, height: `${height * ratio}px`,
      borderWidth: edge.map((side) => `${Math.max(side, 0) * ratio}px`).join(' ') });
    [x, y, width, height] = [x + edge[3], y + edge[0], Math.max(width - edge[1] - edge[3], 0), Math.max(height - edge[0] - edge[2], 0)];
  }
  Object.assign($('mark').querySelector('.content').style, { left: `${x * ratio}px`, top: `${y * ratio}px`, width: `${width * ratio}px`, height: `${height * ratio}px` });
  const label = $('mark').querySelector('span');
  label.textContent = `${node.c ?? node.t}${node.i ? ` #${node.i}` : ''}  ${vp(node.at[2])} × ${vp(node.at[3])} vp`;
  const above = node.at[1] * ratio - 20;
  Object.assign(label.style, { left: `${Math.max(node.at[0] * ratio, 0)}px`, top: `${above < 0 ? Math.min((node.at[1] + node.at[3]) * ratio + 3, image.clientHeight - 18) : above}px` });
  $('mark').hidden = false;
  if (!boxes.has(number)) {
    boxes.set(number, box);
    const facts = await json(`node/${number}`).catch(() => undefined);
    if (facts) {
      boxes.set(number, facts.box);
      if ((pointed || chosen) === number) {
        mark();
      }
    }
  }
}

function rootOf(node) {
  let root = node;
  while (root.parent) {
    root = root.parent;
  }
  return roots.includes(root) ? root : undefined;
}

// The topmost node at a point of the picture: the last one that is painted there.
function at(event) {
  const image = $('shot');
  const ratio = image.naturalWidth / image.clientWidth;
  const bounds = image.getBoundingClientRect();
  const [x, y] = [(event.clientX - bounds.left) * ratio, (event.clientY - bounds.top) * ratio];
  let found = 0;
  const visit = (node) => {
    if (node.s === false) {
      return;
    }
    if (node.b) {
      const [left, top, width, height] = node.b;
      if (x >= left && y >= top && x < left + width && y < top + height) {
        found = node.n;
      }
    }
    node.k?.forEach(visit);
  };
  roots.forEach(visit);
  return found;
}

// --- Details of the node that is chosen

const tenth = (number) => Math.round(number * 10) / 10;
const vp = (px) => Math.round((px / scale) * 100) / 100;
const shown = (value) => (typeof value === 'string' ? value : JSON.stringify(value, undefined, 1)?.replace(/\n\s*/g, ' '));

function facts(title, entries) {
  if (entries.length === 0) {
    return [];
  }
  const dl = element('dl', '');
  entries.forEach(([name, value]) => dl.append(element('dt', '', name), element('dd', '', value)));
  return [element('h3', '', title), dl];
}

function boxModel(node) {
  const [width, height] = node.size;
  const { border, padding } = node.box;
  const inner = [width - border[1] - border[3] - padding[1] - padding[3], height - border[0] - border[2] - padding[0] - padding[2]];
  let box = element('div', 'box content', `${vp(Math.max(inner[0], 0))} × ${vp(Math.max(inner[1], 0))}`);
  for (const part of ['padding', 'border', 'margin']) {
    box = element('div', `box ${part}`, element('b', '', part), ...node.box[part].map((side) => element('span', '', side === 0 ? '–' : String(vp(side)))), box);
  }
  return box;
}

async function describe() {
  const number = chosen;
  const node = await json(`node/${number}`);
  if (number !== chosen) {
    return;
  }
  boxes = new Map([[number, node.box]]);
  const known = nodes.get(number);
  const [x, y, width, height] = known?.at ?? [];
  const state = (node.state?.variables ?? []).map(({ name, kind, value }) => [`${kind} ${name}`, shown(value)]);
  const { scrollTop } = $('details');
  $('details').replaceChildren(
    element('h2', '', element('span', 'type', known?.c ?? node.type), known?.i ? element('span', 'id', ` #${known.i}`) : ''),
    element('p', 'hint', `${known?.c ? 'custom component · ' : ''}element ${node.element} · ${node.shown ? 'shown' : 'not shown'}`),
    node.source ? element('p', '', element('code', '', node.source)) : '',
    ...(known?.b ? [element('h3', '', 'Box (vp)'), boxModel(node)] : []),
    ...facts('Place', [x, y, width, height].some((side) => side === undefined) ? []
      : [['position', `${vp(x)}, ${vp(y)} vp`], ['size', `${vp(width)} × ${vp(height)} vp`], ['px', [x, y, width, height].map(tenth).join(', ')]]),
    ...facts('State', state),
    ...facts('Set by the app', Object.entries(node.set).map(([name, text]) => [name, text])),
    ...facts('Listens to', node.events.length > 0 ? [['events', node.events.join(', ')]] : []),
    ...facts('In effect', Object.entries(node.attributes).filter(([, value]) => value !== '').map(([name, value]) => [name, shown(value)])),
    ...facts('Layout', node.constraint ? [['constraint', node.constraint]] : []),
  );
  $('details').scrollTop = scrollTop;
  mark();
}

// --- Frames

function drawFrames() {
  const canvas = $('frames');
  const pen = canvas.getContext('2d');
  const style = getComputedStyle(document.documentElement);
  const { width, height } = canvas;
  pen.clearRect(0, 0, width, height);
  const tall = (ms) => (ms / (SLOW * 2)) * height;
  frames.slice(-width / 2).forEach((row, index) => {
    let y = height;
    [['#2e9e5b', row[2]], ['#3d7ef0', row[3]], ['#9b5de5', row[4]]].forEach(([color, ms]) => {
      pen.fillStyle = color;
      const part = Math.min(tall(ms), y);
      pen.fillRect(index * 2, y - part, 2, part);
      y -= part;
    });
  });
  pen.fillStyle = style.getPropertyValue('--bad');
  pen.fillRect(0, height - tall(SLOW), width, 1);
  const last = frames.at(-1);
  if (last) {
    const recent = frames.filter((row) => row[1] > last[1] - 1000).map((row) => row[2] + row[3] + row[4]).sort((a, b) => a - b);
    const ms = (value) => `${value.toFixed(1)} ms`;
    $('numbers').textContent = `${recent.length} frame${recent.length === 1 ? '' : 's'}, median ${ms(recent[recent.length >> 1])}, slowest ${ms(recent.at(-1))} · ` +
      `update ${ms(last[2])}, layout ${ms(last[3])}, draw ${ms(last[4])} · ${last[6]} nodes, ${last[5]} dirty`;
  }
}

// --- What people do

function pick(on) {
  picking = on;
  $('pick').setAttribute('aria-pressed', String(on));
  $('stage').classList.toggle('picking', on);
}

function follow(on) {
  live = on;
  $('live').setAttribute('aria-pressed', String(on));
}

$('tree').addEventListener('click', (event) => {
  const row = event.target.closest('.row');
  const number = Number(row?.dataset.node);
  if (!row) {
    return;
  }
  if (event.target.classList.contains('fold')) {
    if (!folded.delete(number)) {
      folded.add(number);
    }
    list();
  } else {
    choose(number, false);
  }
});
$('tree').addEventListener('mouseover', (event) => point(Number(event.target.closest('.row')?.dataset.node ?? 0)));
$('tree').addEventListener('mouseleave', () => point(0));
$('tree').addEventListener('keydown', (event) => {
  const rows = visible();
  const index = rows.findIndex((node) => node.n === chosen);
  const to = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (to !== undefined && rows[to]) {
    event.preventDefault();
    choose(rows[to].n);
  } else if (event.key === 'ArrowLeft' && rows[index]) {
    if (rows[index].k && !folded.has(chosen)) {
      folded.add(chosen);
      list();
    } else if (rows[index].parent) {
      choose(rows[index].parent.n);
    }
  } else if (event.key === 'ArrowRight') {
    folded.delete(chosen);
    list();
  }
});
$('stage').addEventListener('mousemove', (event) => point(at(event)));
$('stage').addEventListener('mouseleave', () => point(0));
$('stage').addEventListener('click', (event) => {
  choose(at(event));
  pick(false);
});
$('shot').addEventListener('load', mark);
$('pick').addEventListener('click', () => pick(!picking));
$('live').addEventListener('click', () => follow(!live));
$('hidden').addEventListener('change', list);
$('search').addEventListener('input', list);
$('search').addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && matches.length > 0) {
    const index = matches.findIndex((node) => node.n === chosen);
    choose(matches[(index + (event.shiftKey ? matches.length - 1 : 1)) % matches.length].n);
  }
});
$('window').addEventListener('change', (event) => {
  shownWindow = Number(event.target.value);
  frame = -1;
  roots = windows.find((group) => group[0]?.n === shownWindow) ?? [];
  list();
});
addEventListener('keydown', (event) => {
  if (event.target.matches('input') || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const does = { p: () => pick(!picking), l: () => follow(!live), Escape: () => pick(false), '/': () => $('search').focus() }[event.key];
  if (does) {
    event.preventDefault();
    does();
  }
});
addEventListener('resize', mark);
addEventListener('pagehide', () => navigator.sendBeacon?.('highlight/0'));
listen();
