//! Rules of state management, one by one, and how often update functions run.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

/// A page whose elements count their runs: `page(fields, build)` makes it, `build(view, text)` describes it, `text(name, f)` is an
/// element that shows `f()`. `ran()` gives the names of the elements that ran since it was asked last.
const KIT: &str = r"
const nodes = require('@concord:arkui/nodes');
const views = require('@concord:arkui/views');
const state = require('@concord:arkui/state');
const { UIUtils, PersistenceV2, AppStorageV2 } = require('@ohos:arkui.StateManagement');
const out = [];
let runs = [];
const ran = () => { const names = runs.join(' '); runs = []; return `[${names}]`; };
const frame = () => { nodes.flush(); return ran(); };
const code = (f) => { try { f(); return 'fine'; } catch (error) { return String(error.code ?? error.name); } };
const element = (view, name, f) => {
  view.observeComponentCreation2((elmtId, first) => { runs.push(name); Text.create(String(f())); }, Text);
  Text.pop();
};
const branch = (view, f, one, other) => {
  view.observeComponentCreation2(() => { If.create();
    if (f()) view.ifElseBranchUpdateFunction(0, one); else view.ifElseBranchUpdateFunction(1, other ?? (() => {})); }, If);
  If.pop();
};
const child = (view, Class, params) => {
  view.observeComponentCreation2((elmtId, first) => {
    if (first) Class.create(new Class(view, params(true), undefined, elmtId, () => ({}), {}));
    else view.updateStateVarsOfChildByElmtId(elmtId, params(false));
  }, { name: Class.name });
};
// V1: variables by name → function that makes the property from the parameters.
const component = (variables, build, more = {}) => {
  class Made extends ViewPU {
    constructor(parent, params, storage, elmtId = -1, lambda, info) {
      super(parent, storage, elmtId, info);
      for (const [name, make] of Object.entries(variables)) this[`__${name}`] = make(this, params ?? {}, name);
      for (const [name, f] of Object.entries(more.watch ?? {})) this.declareWatch(name, f);
      if (more.freeze) this.initAllowComponentFreeze(true);
      this.finalizeConstruction();
    }
    updateStateVars(params) { for (const name of Object.keys(params)) this[`__${name}`].reset(params[name]); }
    aboutToAppear() { more.appear?.(this); }
    aboutToDisappear() { more.disappear?.(this); }
    aboutToBeDeleted() { for (const name of Object.keys(variables)) this[`__${name}`].aboutToBeDeleted(); this.aboutToBeDeletedInternal(); }
    initialRender() { this.observeComponentCreation2(() => { Column.create(); }, Column); build?.(this); Column.pop(); }
    rerender() { this.updateDirtyElements(); }
  }
  for (const name of Object.keys(variables)) {
    Object.defineProperty(Made.prototype, name, { get() { return this[`__${name}`].get(); }, set(value) { this[`__${name}`].set(value); } });
  }
  return Made;
};
const State = (value) => (view, params, name) => new ObservedPropertyObjectPU(typeof value === 'function' ? value() : value, view, name);
const Prop = (view, params, name) => new SynchedPropertyObjectOneWayPU(params[name], view, name);
const Link = (view, params, name) => new SynchedPropertyObjectTwoWayPU(params[name], view, name);
const ObjectLink = (view, params, name) => new SynchedPropertyNesedObjectPU(params[name], view, name);
const show = (Class, ...args) => { const page = new Class(undefined, {}, ...args); page.appear__(); ran(); return page; };
// V2
const componentV2 = (decorate, init, build, more = {}) => {
  class Made extends ViewV2 {
    constructor(parent, params, storage, elmtId = -1, lambda, info) {
      super(parent, elmtId, info);
      init?.(this, params ?? {});
      this.finalizeConstruction();
    }
    initialRender() { this.observeComponentCreation2(() => { Column.create(); }, Column); build?.(this); Column.pop(); }
    rerender() { this.updateDirtyElements(); }
  }
  Object.assign(Made.prototype, more.methods);
  Object.defineProperties(Made.prototype, Object.getOwnPropertyDescriptors(more.getters ?? {}));
  decorate(Made.prototype);
  if (more.update) Made.prototype.updateStateVars = more.update;
  return Made;
};
const turn = () => Promise.resolve().then(() => undefined);
";

/// What `out` holds at the end, joined.
#[track_caller]
fn gives(body: &str, expected: &str) {
    let home = tempfile::tempdir().unwrap();
    let body = format!("{KIT}{body}; return out.join(' | ');");
    if let Some(text) = common::script_in("ability/ability/hap/entry.hap", home.path(), &body) {
        assert_eq!(text, expected, "{body}");
    }
}

#[test]
fn only_readers_run_again() {
    gives(
        "const Page = component({ a: State(1), b: State(1) }, (view) => {
           element(view, 'a', () => view.a); element(view, 'b', () => view.b); element(view, 'both', () => view.a + view.b); });
         const page = show(Page);
         page.a = 2; out.push(frame()); page.b = 2; out.push(frame()); page.a = 2; out.push(frame());
         page.a = 3; page.b = 3; page.a = 4; out.push(frame());",
        "[a both] | [b both] | [] | [a b both]",
    );
}

#[test]
fn what_is_not_read_any_more_does_not_wake() {
    gives(
        "const Page = component({ which: State(true), a: State(1), b: State(1) }, (view) => {
           element(view, 'x', () => (view.which ? view.a : view.b)); });
         const page = show(Page);
         page.b = 2; out.push(frame()); page.which = false; out.push(frame()); page.a = 2; out.push(frame()); page.b = 3; out.push(frame());",
        "[] | [x] | [] | [x]",
    );
}

#[test]
fn nothing_stays_of_what_is_gone() {
    gives(
        "const elements = require('@concord:arkui/views/elements'); const tracking = require('@concord:arkui/state/tracking');
         const size = () => `${nodes.size()} ${elements.count()} ${tracking.size()}`;
         const before = size();
         const Inner = component({ v: Link }, (view) => element(view, 'inner', () => view.v));
         const Page = component({ on: State(true), v: State(1) }, (view) => {
           branch(view, () => view.on, () => { child(view, Inner, () => ({ v: view.__v })); element(view, 'side', () => view.v); }); });
         const page = show(Page);
         page.v = 2; out.push(frame()); page.on = false; out.push(frame()); page.v = 3; out.push(frame());
         out.push(page.__v.numberOfSubscrbers()); page.disappear__(); out.push(size() === before);",
        "[side inner] | [] | [] | 0 | true",
    );
}

#[test]
fn watch_runs_within_the_assignment() {
    gives(
        "const Page = component({ n: State(0) }, undefined, { watch: { n(name) { out.push(`${name}=${this.n}`); } } });
         const page = show(Page);
         page.n = 1; out.push('after'); page.n = 1; page.n = 2;",
        "n=1 | after | n=2",
    );
}

#[test]
fn links_and_copies() {
    gives(
        "const Leaf = component({ link: Link, copy: Prop }, (view) => { element(view, 'link', () => view.link.x); element(view, 'copy', () => view.copy.x); });
         class Model { constructor() { this.x = 1; this.list = [1]; } }
         let leaf;
         const Page = component({ model: State(() => new Model()) }, (view) => { element(view, 'page', () => view.model.x);
           child(view, Leaf, (first) => { const params = { copy: view.model }; if (first) params.link = view.__model; return params; }); });
         const page = show(Page); leaf = [...page.children_.values()][0];
         leaf.copy.x = 5; out.push(page.model.x, leaf.link.x, frame());
         leaf.link.x = 7; out.push(page.model.x, leaf.copy.x, frame());
         leaf.copy.list.push(2); out.push(page.model.list.length); ran(); frame();
         leaf.link = new Model(); out.push(page.model.x, frame());",
        "1 | 1 | [copy] | 7 | 7 | [page link copy] | 1 | 1 | [page link copy]",
    );
}

#[test]
fn a_copy_keeps_classes_collections_and_cycles() {
    gives(
        "const { deepCopy } = require('@concord:arkui/state/copy');
         class Point { constructor(x) { this.x = x; } get twice() { return this.x * 2; } }
         const value = { point: new Point(2), map: new Map([['k', new Point(3)]]), set: new Set([1]), date: new Date(5), list: [[1], [2]] };
         value.self = value;
         const copy = deepCopy(value);
         copy.point.x = 9; copy.map.get('k').x = 8; copy.list[0][0] = 7; copy.date.setTime(6);
         out.push(value.point.x, value.map.get('k').x, value.list[0][0], value.date.getTime(), copy.self === copy, copy.point.twice,
           copy.set.has(1), Array.isArray(copy.list));",
        "2 | 3 | 1 | 5 | true | 18 | true | true",
    );
}

#[test]
fn observed_classes_and_tracked_properties() {
    gives(
        "class Plain { constructor() { this.n = 0; } }
         const Seen = Observed(class Seen { constructor() { this.n = 0; this.plain = new Plain(); } add() { this.n++; } });
         const Row = component({ item: ObjectLink }, (view) => element(view, 'row', () => view.item.n));
         const Page = component({ items: State(() => [new Seen(), new Seen()]) }, (view) => {
           element(view, 'count', () => view.items.length); child(view, Row, () => ({ item: view.items[0] })); });
         const page = show(Page);
         page.items[0].add(); out.push(frame()); page.items[0].plain.n = 3; out.push(frame()); page.items.push(new Seen()); out.push(frame());
         out.push(page.items[0] instanceof Seen, page.items[0].constructor.name, page.items[0] === page.items[0]);
         class Half { constructor() { this.a = 0; this.b = 0; this.c = 0; } }
         Track(Half.prototype, 'a'); Track(Half.prototype, 'b');
         const Tracked = component({ half: State(() => new Half()) }, (view) => { element(view, 'a', () => view.half.a); element(view, 'b', () => view.half.b); },
           { watch: { half() { out.push('watch'); } } });
         const tracked = show(Tracked);
         tracked.half.a = 1; out.push(frame()); tracked.half.c = 1; out.push(frame()); tracked.half = new Half(); out.push(frame());
         const Wrong = component({ half: State(() => new Half()) }, (view) => { out.push(code(() => element(view, 'c', () => view.half.c))); });
         show(Wrong);",
        "[row] | [] | [count] | true | Seen | true | watch | [a] | [] | watch | [a b] | 140110",
    );
}

#[test]
fn provide_and_consume() {
    gives(
        "const Consume = (alias, ...fallback) => (view, params, name) => view.initializeConsume(alias, name, ...fallback);
         const Provide = (alias, value, override) => (view, params, name) => {
           const property = new ObservedPropertySimplePU(value, view, name); view.addProvidedVar(alias, property, override); return property; };
         const Leaf = component({ theme: Consume('theme'), other: Consume('none', 'default') }, (view) => element(view, 'leaf', () => `${view.theme} ${view.other}`));
         const Over = component({ theme: Provide('theme', 'mine', true) }, (view) => child(view, Leaf, () => ({})));
         const Page = component({ theme: Provide('theme', 'day') }, (view) => { child(view, Leaf, () => ({})); child(view, Over, () => ({})); element(view, 'page', () => view.theme); });
         const page = show(Page);
         const [leaf, over] = [...page.children_.values()];
         leaf.theme = 'night'; out.push(page.theme, frame());
         const inner = [...over.children_.values()][0]; inner.theme = 'x'; out.push(over.theme, page.theme, frame()); leaf.other = 'y'; out.push(frame());
         const Twice = component({ theme: Provide('theme', 'again') }); out.push(code(() => new Twice(page, {})));
         const Lost = component({ lost: Consume('lost') }); out.push(code(() => new Lost(page, {})));",
        "night | [page leaf] | x | night | [leaf] | [leaf] | 140114 | 140112",
    );
}

#[test]
fn collections_of_the_first_generation() {
    gives(
        "const Page = component({ map: State(() => new Map([['a', 1]])), set: State(() => new Set()), date: State(() => new Date(0)), list: State(() => [3, 1, 2]) },
           (view) => { element(view, 'map', () => view.map.get('a') + view.map.size); element(view, 'set', () => view.set.size);
             element(view, 'date', () => view.date.getTime()); element(view, 'list', () => view.list.join()); });
         const page = show(Page);
         page.map.set('a', 1); out.push(frame()); page.map.set('a', 2); out.push(frame()); page.map.delete('z'); out.push(frame());
         page.set.add(1).add(1); out.push(frame()); page.set.add(1); out.push(frame()); page.date.setTime(0); out.push(frame()); page.date.setTime(9); out.push(frame());
         page.list.sort(); out.push(frame(), page.list.join()); page.list[0] = 1; out.push(frame()); page.list.length = 0; out.push(frame());
         out.push(page.list.sort() === page.list, page.map instanceof Map, [...page.map.entries()].join());",
        "[] | [map] | [] | [set] | [] | [] | [date] | [list] | 1,2,3 | [] | [list] | true | true | a,2",
    );
}

#[test]
fn storages_and_their_functions() {
    gives(
        "const storage = new LocalStorage({ a: 1 });
         out.push(storage.has('a'), storage.get('b'), storage.set('b', 1), storage.setOrCreate('b', 2), storage.size(), [...storage.keys()].join());
         const link = storage.link('a'); const prop = storage.prop('a');
         link.set(5); out.push(storage.get('a'), prop.get()); prop.set(6); out.push(storage.get('a'), prop.get()); storage.set('a', 7); out.push(prop.get());
         out.push(storage.delete('a'), storage.clear()); link.aboutToBeDeleted(); prop.aboutToBeDeleted(); out.push(storage.delete('a'), storage.clear(), storage.size());
         const ref = storage.setAndRef('r', 1); ref.set(2); out.push(storage.get('r'), ref.info(), storage.link('none'), storage.setAndProp('s', 3).get());
         AppStorage.SetOrCreate('x', null); out.push(AppStorage.Has('x'), AppStorage.get('x'));",
        "true |  | false | true | 2 | a,b | 5 | 5 | 5 | 6 | 7 | false | false | true | true | 0 | 2 | r |  | 3 | true | ",
    );
}

#[test]
fn frozen_components_catch_up() {
    gives(
        "const Page = component({ n: State(0) }, (view) => element(view, 'n', () => view.n), { freeze: true, watch: { n() { out.push(`watch ${this.n}`); } } });
         const page = show(Page);
         page.setActive__(false); page.n = 1; page.n = 2; out.push(frame()); page.setActive__(true); out.push(frame());",
        "[] | watch 2 | [n]",
    );
}

#[test]
fn frozen_monitors_wait() {
    gives(
        "const Page = componentV2((prototype) => { Local(prototype, 'n'); Monitor('n')(prototype, 'changed'); },
           (view) => { view.n = 0; view.initAllowComponentFreeze(true); }, (view) => element(view, 'n', () => view.n),
           { methods: { changed(m) { out.push(`${m.value().before}>${m.value().now}`); } } });
         const page = show(Page); page.setActive__(false); page.n = 1; await turn(); page.n = 2; await turn(); out.push(frame());
         page.setActive__(true); out.push(frame());",
        "[] | 0>2 | [n]",
    );
}

#[test]
fn keyed_items_move_with_few_changes() {
    gives(
        "let moves = 0; const { move } = nodes; nodes.move = (...args) => { moves += 1; return move(...args); };
         const Page = component({ items: State(() => ['a', 'b', 'c', 'd', 'e']) }, (view) => {
           view.observeComponentCreation2((elmtId) => { ForEach.create();
             view.forEachUpdateFunction(elmtId, view.items, (item) => element(view, item, () => item), (item) => item); }, ForEach);
           ForEach.pop(); });
         const page = show(Page);
         const text = () => { const list = nodes.children(nodes.children(page.node_)[0])[0]; return nodes.children(list).map((node) => nodes.attribute(node, 'create')[0]).join(''); };
         const step = (change) => { moves = 0; change(); out.push(`${frame()} ${moves} ${text()}`); };
         step(() => page.items.push('f')); step(() => page.items.unshift('z')); step(() => page.items.splice(2, 1));
         step(() => page.items.push(page.items.shift())); step(() => page.items.reverse()); step(() => page.items.push('a', 'a')); step(() => { page.items = []; });",
        "[f] 0 abcdef | [z] 1 zabcdef | [] 0 zacdef | [] 1 acdefz | [] 5 zfedca | [] 0 zfedca | [] 0 ",
    );
}

#[test]
fn v2_readers_computed_and_monitors() {
    gives(
        "const log = [];
         const Page = componentV2((prototype) => { Local(prototype, 'a'); Local(prototype, 'b');
             Object.defineProperty(prototype, 'sum', Computed(prototype, 'sum', Object.getOwnPropertyDescriptor(prototype, 'sum')));
             Monitor('a', 'sum')(prototype, 'changed', Object.getOwnPropertyDescriptor(prototype, 'changed')); },
           (view) => { view.a = 1; view.b = 1; },
           (view) => { element(view, 'a', () => view.a); element(view, 'sum', () => view.sum); },
           { getters: { get sum() { log.push('compute'); return Math.min(this.a + this.b, 4); } },
             methods: { changed(m) { log.push(m.dirty.map((path) => `${path}:${m.value(path).before}>${m.value(path).now}`).join(',')); } } });
         const page = show(Page); const said = () => log.splice(0).join(';');
         out.push(said()); page.a = 2; out.push(said()); await turn(); out.push(said(), frame());
         page.a = 3; page.b = 2; await turn(); out.push(said(), frame()); page.b = 9; await turn(); out.push(said(), frame());
         page.a = 4; page.a = 3; await turn(); out.push(said()); ran();",
        "compute |  | compute;a:1>2,sum:2>3 | [a sum] | compute;a:2>3,sum:3>4 | [a sum] | compute | [] | compute",
    );
}

#[test]
fn v2_classes_are_watched_property_by_property() {
    gives(
        "class Inner { constructor() { this.city = 'here'; this.zip = 1; } } Trace(Inner.prototype, 'city'); const Address = ObservedV2(Inner);
         class Model { constructor() { this.name = 'n'; this.list = [1, 2, 3]; this.map = new Map([['k', 1]]); this.address = new Address(); } }
         for (const name of ['name', 'list', 'map', 'address']) Trace(Model.prototype, name);
         const Person = ObservedV2(Model);
         const Page = componentV2((prototype) => Local(prototype, 'p'), (view) => { view.p = new Person(); }, (view) => {
           element(view, 'name', () => view.p.name); element(view, 'first', () => view.p.list[0]); element(view, 'length', () => view.p.list.length);
           element(view, 'join', () => view.p.list.join()); element(view, 'k', () => view.p.map.get('k')); element(view, 'size', () => view.p.map.size);
           element(view, 'city', () => view.p.address.city); element(view, 'zip', () => view.p.address.zip); });
         const page = show(Page); const { p } = page;
         p.name = 'm'; out.push(frame()); p.list[2] = 9; out.push(frame()); p.list.push(4); out.push(frame()); p.list.shift(); out.push(frame());
         p.map.set('k', 2); out.push(frame()); p.map.set('z', 1); out.push(frame()); p.address.city = 'x'; out.push(frame()); p.address.zip = 2; out.push(frame());
         p.list.sort(); out.push(frame(), p.list.join()); p.list = p.list; out.push(frame()); out.push(p instanceof Person, Person.name, Array.isArray(p.list));",
        "[name] | [join] | [length join] | [first length join] | [k] | [size] | [city] | [] | [join] | 2,4,9 | [] | true | Model | true",
    );
}

#[test]
fn v2_parameters_providers_and_once() {
    gives(
        "const Leaf = componentV2((prototype) => { Param(prototype, 'v'); Param(prototype, 'first'); Once(prototype, 'first'); Consumer('ctx')(prototype, 'ctx'); Consumer()(prototype, 'lone'); },
           (view, params) => { view.initParam('v', params.v); view.initParam('first', params.v); view.ctx = 'default'; view.lone = 'lone'; },
           (view) => element(view, 'leaf', () => [view.v, view.first, view.ctx, view.lone]),
           { update(params) { if ('v' in params) { this.updateParam('v', params.v); this.updateParam('first', params.v); } } });
         const Page = componentV2((prototype) => { Local(prototype, 'n'); Provider('ctx')(prototype, 'mood'); }, (view) => { view.n = 1; view.mood = 'calm'; },
           (view) => { child(view, Leaf, () => ({ v: view.n })); element(view, 'mood', () => view.mood); });
         const page = show(Page); const leaf = [...page.children_.values()][0]; const text = () => [leaf.v, leaf.first, leaf.ctx, leaf.lone].join();
         out.push(text()); page.n = 2; out.push(frame(), text()); leaf.ctx = 'wild'; out.push(page.mood, frame()); leaf.lone = 'x'; out.push(frame());
         leaf.v = 9; leaf.first = 8; out.push(frame(), text());",
        "1,1,calm,lone | [leaf] | 2,1,calm,lone | wild | [mood leaf] | [leaf] | [leaf] | 2,8,wild,x",
    );
}

#[test]
fn utilities_and_their_errors() {
    gives(
        "class Model { constructor() { this.n = 1; } } Trace(Model.prototype, 'n'); const Traced = ObservedV2(Model);
         const model = new Traced(); const log = [];
         function heard(m) { log.push(`${m.value().before}>${m.value().now}`); }
         UIUtils.addMonitor(model, 'n', heard, { isSynchronous: true }); model.n = 2; out.push(log.join());
         UIUtils.clearMonitor(model, 'n'); model.n = 3; out.push(log.join());
         out.push(code(() => UIUtils.addMonitor({}, 'n', heard)), code(() => UIUtils.addMonitor(model, 5, heard)), code(() => UIUtils.addMonitor(model, 'n', () => 0)));
         const raw = { a: { b: 1 }, list: [{ c: 1 }] }; const made = UIUtils.makeObserved(raw);
         out.push(made === raw, UIUtils.getTarget(made) === raw, UIUtils.makeObserved(raw) === made, UIUtils.canBeObserved(made).isObserved);
         const Page = componentV2((prototype) => Local(prototype, 'v'), (view) => { view.v = made; }, (view) => { element(view, 'b', () => view.v.a.b); element(view, 'c', () => view.v.list[0].c); });
         show(Page); made.a.b = 2; out.push(frame()); made.list[0].c = 2; out.push(frame());
         const v1 = UIUtils.enableV2Compatibility(UIUtils.makeV1Observed({ x: 1 }));
         const Mixed = componentV2((prototype) => Local(prototype, 'v'), (view) => { view.v = v1; }, (view) => element(view, 'x', () => view.v.x));
         show(Mixed); v1.x = 2; out.push(frame());
         const binding = UIUtils.makeBinding(() => model.n, (value) => { model.n = value; }); binding.value = 8; out.push(model.n, binding.value);
         out.push(code(() => AppStorageV2.connect(5)), code(() => AppStorageV2.connect(Traced, 'k')), code(() => AppStorageV2.remove(5)),
           AppStorageV2.connect(Traced, 'k', () => model) === model, code(() => AppStorageV2.connect(Map, 'k')));",
        "1>2 | 1>2 | 130000 | 130001 | 130002 | false | true | true | true | [b] | [c] | [x] | 8 | 8 | 140103 | 140104 | 140116 | true | 140107",
    );
}

#[test]
fn monitors_with_wildcards() {
    gives(
        "class Model { constructor() { this.a = 1; this.list = [1]; } any(m) { out.push(m.dirty.join()); } }
         for (const name of ['a', 'list']) Trace(Model.prototype, name);
         Monitor({ enableWildcard: true }, '*', 'list.*')(Model.prototype, 'any');
         const model = new (ObservedV2(Model))(); model.a = 2; await turn(); model.list.push(2); await turn(); model.list = [3]; await turn(); model.a = 2; await turn();",
        "* | list.* | *,list.*",
    );
}

#[test]
fn computed_getters_must_not_change_state() {
    gives(
        "class Model { constructor() { this.n = 1; } get bad() { this.n = 2; return 1; } }
         Trace(Model.prototype, 'n'); Object.defineProperty(Model.prototype, 'bad', Computed(Model.prototype, 'bad', Object.getOwnPropertyDescriptor(Model.prototype, 'bad')));
         const model = new (ObservedV2(Model))(); out.push(code(() => model.bad));",
        "TypeError",
    );
}

#[test]
fn objects_of_system_modules_stay_themselves() {
    gives(
        "class Picture { #size = 3; get size() { return this.#size; } }
         const picture = new Picture();
         const Page = component({ picture: State(() => picture), bytes: State(() => new Uint8Array(2)) }, (view) => { element(view, 'p', () => view.picture.size); });
         const page = show(Page); out.push(page.picture === picture, page.picture.size, page.bytes instanceof Uint8Array, page.bytes.length);",
        "true | 3 | true | 2",
    );
}

#[test]
fn a_page_that_never_settles_does_not_hang() {
    gives(
        "const Page = component({ n: State(0) }, (view) => element(view, 'n', () => { view.n = view.__n.getUnmonitored() + 1; return view.n; }));
         const page = new Page(undefined, {}); page.appear__(); nodes.flush(); out.push(runs.length < 1000);
         page.disappear__();
         class Model { constructor() { this.n = 0; } again() { this.n++; } } Trace(Model.prototype, 'n'); Monitor('n')(Model.prototype, 'again');
         const model = new (ObservedV2(Model))(); model.n = 1; await turn(); out.push(model.n < 1000);",
        "true | true",
    );
}

#[test]
fn stored_values_of_every_kind() {
    gives(
        "class Part { constructor() { this.n = 1; } } Trace(Part.prototype, 'n'); const PartV2 = ObservedV2(Part);
         class Model { constructor() { this.part = new PartV2(); this.list = [1]; this.when = new Date(5); this.map = new Map([['a', 1]]); this.plain = 'p'; } }
         for (const name of ['part', 'list', 'when', 'map']) Trace(Model.prototype, name); Type(PartV2)(Model.prototype, 'part');
         const Stored = ObservedV2(Model);
         const serial = require('@concord:arkui/state/serial'); const store = require('@concord:arkui/state/store');
         const value = PersistenceV2.globalConnect({ type: Stored, key: 'deep', defaultCreator: () => new Stored() });
         value.part.n = 4; value.list.push(2); value.when.setTime(6); value.map.set('b', 2); await turn();
         const again = new Stored(); serial.decode(store.read('PersistenceV2.deep'), again);
         out.push(again.part.n, again.part instanceof PartV2, again.list.join(), again.when.getTime(), [...again.map].join(), again.plain);
         value.plain = 'q'; PersistenceV2.save('deep'); serial.decode(store.read('PersistenceV2.deep'), again); out.push(again.plain);
         out.push(code(() => PersistenceV2.connect(Stored, 'deep')), code(() => PersistenceV2.globalConnect({ type: Stored, areaMode: 9 })));
         const errors = []; PersistenceV2.notifyOnError((key, reason) => errors.push(`${key} ${reason}`));
         store.write('PersistenceV2.broken', '{'); PersistenceV2.connect(Stored, 'broken', () => new Stored()); out.push(errors.join());
         PersistenceV2.remove('deep'); out.push(PersistenceV2.keys().join(), store.read('PersistenceV2.deep'));",
        "4 | true | 1,2 | 6 | a,1,b,2 | p | q | 140105 | 140106 | broken deserialization | broken | ",
    );
}

#[test]
fn builders_on_their_own() {
    gives(
        "const { BuilderRoot } = require('@concord:arkui/views/builder-root');
         const gone = []; const Leaf = component({ v: Prop }, (view) => element(view, 'leaf', () => view.v), { disappear: () => gone.push('leaf') });
         function body(p, parent = null) { const __p__ = p; const owner = parent ? parent : this;
           owner.observeComponentCreation2((elmtId, first, p = __p__) => { runs.push('body'); Text.create(p.text); }, Text); Text.pop();
           owner.observeComponentCreation2((elmtId, first, p = __p__) => {
             if (first) ViewPU.create(new Leaf(owner, { v: p.text }, undefined, elmtId, () => ({}), {})); else owner.updateStateVarsOfChildByElmtId(elmtId, { v: p.text }); }, { name: 'Leaf' }); }
         const size = nodes.size(); const root = new BuilderRoot(wrapBuilder(body));
         const made = root.build({ text: 'one' }); const text = () => nodes.attribute(made[0], 'create')[0];
         out.push(made.length, text(), ran()); root.update({ text: 'two' }); out.push(text(), frame());
         root.dispose(); out.push(gone.join(), nodes.size() === size);",
        "2 | one | [body leaf] | two | [body leaf] | leaf | true",
    );
}

#[test]
fn builder_parameters_by_reference() {
    gives(
        "function card(p, parent = null) { const __p__ = p; const owner = parent ? parent : this;
           owner.observeComponentCreation2((elmtId, first, p = __p__) => { runs.push('card'); Text.create(`${p.n} ${p.fixed}`); }, Text); Text.pop();
           out.push(code(() => { __p__.n = 5; }), __p__.__n instanceof ObservedPropertyAbstract); }
         const Page = component({ n: State(1), m: State(1) }, (view) => { card.bind(view)(makeBuilderParameterProxy('card', { n: () => (view.__n ? view.__n : view.n), fixed: () => 'f' })); });
         const page = show(Page); page.n = 2; out.push(frame()); page.m = 2; out.push(frame());",
        "140109 | true | [card] | []",
    );
}

#[test]
fn pooled_components_rest() {
    gives(
        "const Row = component({ n: (view, params, name) => new ObservedPropertySimplePU(0, view, name), link: Link }, (view) => element(view, 'row', () => `${view.n} ${view.link}`));
         Row.prototype.aboutToReuse = function (params) { this.n = params.n; };
         const Page = component({ on: State(true), n: State(1), shared: State(1) }, (view) => branch(view, () => view.on, () => {
           view.observeRecycleComponentCreation('row', (elmtId, first, recycled = null) => {
             if (first) { const made = recycled ?? new Row(view, { link: view.__shared }, undefined, elmtId, () => ({}), {});
               ViewPU.createRecycle(made, recycled !== null, 'row', () => made.aboutToReuse({ n: view.n })); } }); }));
         Row.prototype.updateStateVars = function () {};
         const before = nodes.size(); const page = show(Page); page.on = false; out.push(frame()); page.shared = 2; out.push(frame()); page.n = 7; page.on = true; out.push(frame());
         page.shared = 3; out.push(frame()); page.on = false; frame(); page.disappear__(); out.push(nodes.size() === before);",
        "[] | [] | [row] | [row] | true",
    );
}
