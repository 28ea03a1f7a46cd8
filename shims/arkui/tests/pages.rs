//! Pages as the compiler writes them.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

/// Runs `async (require, stage) => { body }` in an app whose page `pages/Index` is `page`; gives the result, or the error,
/// as text. None when the fixtures are not there.
fn run(page: &str, body: &str) -> Option<String> {
    let home = tempfile::tempdir().unwrap();
    let source = format!(
        "(function (require, settle) {{ 'use strict';
           const process = require('@concord:process');
           const UIAbility = require('@ohos:app.ability.UIAbility').default;
           let given;
           const stageReady = new Promise((resolve) => {{ given = resolve; }});
           class Ability extends UIAbility {{ onWindowStageCreate(stage) {{ given(stage); }} }}
           process.hasModule = (module, path) => path !== 'ets/pages/Missing';
           process.importModule = (module, path) => {{
             if (path.startsWith('ets/pages/')) {{ (function () {{ {page} }})(); return {{}}; }}
             return {{ default: path.includes('stage') ? require('@ohos:app.ability.AbilityStage').default : Ability }};
           }};
           require('@concord:delegator').delegator.startAbility({{ bundleName: 'dev.concord.ability', abilityName: 'EntryAbility' }});
           (async () => {{ const stage = await stageReady; {body} }})().then(settle, (error) => settle(`error ${{error.code}} ${{error.stack ?? error}}`));
         }})"
    );
    common::run_in("ability/ability/hap/entry.hap", home.path(), &source)
}

/// The shape of compiled pages: state, a child with a link, control flow, a lazy item, a builder.
const PAGE: &str = r#"
if (!("finalizeConstruction" in ViewPU.prototype)) { Reflect.set(ViewPU.prototype, "finalizeConstruction", () => {}); }
const seen = (globalThis.seen = []);
class Child extends ViewPU {
  constructor(parent, params, __localStorage, elmtId = -1, paramsLambda = undefined, extraInfo) {
    super(parent, __localStorage, elmtId, extraInfo);
    this.__count = new SynchedPropertySimpleTwoWayPU(params.count, this, "count");
    this.__theme = this.initializeConsume("theme", "theme");
    this.finalizeConstruction();
  }
  aboutToBeDeleted() { this.__count.aboutToBeDeleted(); SubscriberManager.Get().delete(this.id__()); this.aboutToBeDeletedInternal(); }
  get count() { return this.__count.get(); }
  set count(v) { this.__count.set(v); }
  aboutToAppear() { seen.push(`child ${this.count} ${this.__theme.get()}`); this.count = 2; }
  aboutToDisappear() { seen.push("child gone"); }
  initialRender() { this.observeComponentCreation2((e, i) => { Text.create(`${this.count}`); Text.fontColor(Color.Red); }, Text); Text.pop(); }
}
class Index extends ViewPU {
  constructor(parent, params, __localStorage, elmtId = -1, paramsLambda = undefined, extraInfo) {
    super(parent, __localStorage, elmtId, extraInfo);
    if (typeof paramsLambda === "function") { this.paramsGenerator_ = paramsLambda; }
    this.__count = new ObservedPropertySimplePU(1, this, "count");
    this.__theme = new ObservedPropertySimplePU("blue", this, "theme");
    this.addProvidedVar("theme", this.__theme, false);
    this.__stored = this.createStorageLink("stored", 10, "stored");
    this.__given = this.createLocalStorageProp("given", "none", "given");
    this.setInitiallyProvidedValue(params);
    this.declareWatch("count", this.onCount);
    this.finalizeConstruction();
  }
  setInitiallyProvidedValue(params) {}
  get count() { return this.__count.get(); }
  onCount(name) { seen.push(`watch ${name} ${this.count}`); }
  aboutToAppear() { seen.push(`appear ${this.__given.get()} ${this.__stored.get()}`); }
  onPageShow() { seen.push("show"); }
  row(text, parent = null) { this.observeComponentCreation2((e, i) => { Row.create({ space: vp2px(8) }); }, Row); Row.pop(); seen.push(text); }
  initialRender() {
    this.observeComponentCreation2((e, i) => { Column.create({ space: 8 }); Column.justifyContent(FlexAlign.Center); }, Column);
    this.observeComponentCreation2((e, i) => { if (i) {
      let call = new Child(this, { count: this.__count }, undefined, e, () => {}, {}); ViewPU.create(call); call.paramsGenerator_ = () => ({}); } }, { name: "Child" });
    this.observeComponentCreation2((e, i) => { If.create(); if (this.count > 1) { this.ifElseBranchUpdateFunction(0, () => { seen.push("more"); }); }
      else { this.ifElseBranchUpdateFunction(1, () => {}); } }, If);
    If.pop();
    this.observeComponentCreation2((e, i) => { ForEach.create(); this.forEachUpdateFunction(e, ["x", "y"], (item) => { seen.push(item); }); }, ForEach);
    ForEach.pop();
    { const deep = (e, i) => { create(e, i); this.updateFuncByElmtId.set(e, create); seen.push("item"); ListItem.pop(); };
      const create2 = (e, i) => { ListItem.create(deep, true); };
      const create = (e, i) => { ViewStackProcessor.StartGetAccessRecordingFor(e); create2(e, i); ViewStackProcessor.StopGetAccessRecording(); };
      this.observeComponentCreation2(create2, ListItem); ListItem.pop(); }
    this.row.bind(this)("row");
    Column.pop();
  }
  rerender() { this.updateDirtyElements(); }
  static getEntryName() { return "Index"; }
}
registerNamedRoute(() => new Index(undefined, {}), "", { bundleName: "dev.concord.ability", moduleName: "entry", pagePath: "pages/Index",
  pageFullPath: "entry/src/main/ets/pages/Index", integratedHsp: "false", moduleType: "followWithHap" });
"#;

#[test]
fn a_page_is_built_and_follows_its_state() {
    let body =
        "await stage.loadContent('pages/Index', new LocalStorage({ given: 'handed' })); const built = seen.join(', ');
        await new Promise((resolve) => setTimeout(resolve, 50)); return `${built} / ${seen.includes('more')}`;";
    let Some(text) = run(PAGE, body) else { return };
    assert_eq!(text, "appear handed 10, x, y, item, row, child 1 blue, watch count 2 / true");
}

#[test]
fn callbacks_storage_and_page_life() {
    let body = "
        await new Promise((resolve) => stage.loadContent('pages/Index', (error) => resolve(error)));
        await new Promise((resolve) => setTimeout(resolve, 50));
        AppStorage.setOrCreate('stored', 11);
        const link = AppStorage.link('stored'); link.set(12);
        const before = seen;
        await stage.loadContent('pages/Index');
        return [before.includes('show'), before.includes('child gone'), AppStorage.get('stored'), seen[0]].join(' ');";
    let Some(text) = run(PAGE, body) else { return };
    assert_eq!(text, "true true 12 appear none 12");
}

#[test]
fn old_pages_give_their_root_directly() {
    let page = "class Old extends ViewPU { initialRender() { globalThis.old = (globalThis.old ?? 0) + 1; } }
        ViewStackProcessor.StartGetAccessRecordingFor(ViewStackProcessor.AllocateNewElmetIdForNextComponent());
        loadDocument(new Old(undefined, {})); ViewStackProcessor.StopGetAccessRecording();";
    let Some(text) = run(page, "await stage.loadContent('pages/Index'); return old;") else { return };
    assert_eq!(text, "1");
}

#[test]
fn a_missing_page_is_an_error() {
    let Some(text) = run(PAGE, "await stage.loadContent('pages/Missing');") else { return };
    assert!(text.starts_with("error 100001 "), "{text}");
}

#[test]
fn windows_and_display() {
    let body = "
        const window = require('@ohos:window');
        const main = stage.getMainWindowSync();
        const { context } = require('@concord:abilities').records[0];
        const seen = [];
        stage.on('windowStageEvent', (event) => seen.push(event));
        await new Promise((resolve) => setTimeout(resolve, 50));
        const sub = await stage.createSubWindow('sub');
        await sub.resize(300, 200);
        await sub.showWindow();
        const { windowRect } = sub.getWindowProperties();
        await sub.destroyWindow();
        const code = (f) => { try { f(); } catch (error) { return error.code; } return 0; };
        const ui = main.getUIContext();
        return [main.getWindowProperties().type === window.WindowType.TYPE_MAIN, main.isWindowShowing(), windowRect.width,
          code(() => sub.getWindowProperties()), code(() => window.findWindow('x')), ui.getHostContext() === context,
          ui.px2vp(ui.vp2px(10)), (await window.getLastWindow(context)) === main, seen.join(),
          require('@ohos:mediaquery').matchMediaSync('(width < 600vp) and (orientation: portrait)').matches,
          require('@ohos:display').getDefaultDisplaySync().densityDPI].join(' ');";
    let Some(text) = run(PAGE, body) else { return };
    assert_eq!(text, "true true 300 1300002 1300002 true 10 true 1,2,5 true 480");
}

#[test]
fn state_management_v2_classes_load() {
    let page = r#"
class Leaf extends ViewV2 {
  constructor(parent, params, __localStorage, elmtId = -1, paramsLambda, extraInfo) {
    super(parent, elmtId, extraInfo);
    this.initParam("title", (params && "title" in params) ? params.title : "none"); this.n = 0; this.finalizeConstruction(); }
  get twice() { return this.n * 2; }
  initialRender() { globalThis.leaf = `${this.title} ${this.twice}`; Repeat(["a"], this).each((item) => { globalThis.leaf += item.item; }).key((x) => x).render(true); }
}
Param(Leaf.prototype, "title"); Local(Leaf.prototype, "n");
Object.defineProperty(Leaf.prototype, "twice", Computed(Leaf.prototype, "twice", Object.getOwnPropertyDescriptor(Leaf.prototype, "twice")) || {});
class Model {} ; const Observing = ObservedV2(Model) || Model; Trace(Observing.prototype, "name");
class Page extends ViewV2 { initialRender() { this.observeComponentCreation2((e, i) => { ViewV2.create(new Leaf(this, { title: "t" }, undefined, e)); }, { name: "Leaf" }); } }
registerNamedRoute(() => new Page(undefined, {}), "named", { moduleName: "entry", pagePath: "pages/Index" });
"#;
    let Some(text) =
        run(page, "await stage.loadContent('pages/Index'); await stage.loadContentByName('named'); return leaf;")
    else {
        return;
    };
    assert_eq!(text, "t 0a");
}
