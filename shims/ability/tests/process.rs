//! The application model in a real process over fixture packages, with abilities written in the test.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "helpers of tests")]

use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use concord_ability::app::AppProcess;
use concord_ability::event_loop::{Clock, EventLoop, RunLimits};
use concord_ability::hosts::{Hosts, StderrLog, TestObserver};
use concord_ability::options::{AppOptions, Launch, Outcome, TestLaunch};
use concord_engine::Value;
use concord_package::PackageSet;
use concord_runtime::Registry;

fn fixtures() -> PathBuf {
    let default = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures");
    std::env::var_os("CONCORD_FIXTURES").map_or(default, PathBuf::from)
}

#[derive(Default, Clone)]
struct Told(Rc<RefCell<Vec<String>>>);

impl TestObserver for Told {
    fn status(&self, message: &str) {
        self.0.borrow_mut().push(message.to_owned());
    }

    fn finished(&self, message: &str, code: i64) {
        self.0.borrow_mut().push(format!("finished {code} {message}"));
    }
}

struct Fixture {
    process: AppProcess,
    told: Told,
    _home: tempfile::TempDir,
}

/// A test process over some packages; none when the fixtures are not there.
fn open(packages: &[&str], module: &str) -> Option<Fixture> {
    let paths: Vec<PathBuf> = packages.iter().map(|name| fixtures().join(name)).collect();
    if let Some(absent) = paths.iter().find(|path| !path.exists()) {
        println!("skipped: {} is not there", absent.display());
        return None;
    }
    let set = PackageSet::open(&paths, &concord_package::Options::default()).unwrap();
    let home = tempfile::tempdir().unwrap();
    let launch = Launch::Test(TestLaunch { module: module.into(), ..TestLaunch::default() });
    let mut options = AppOptions::new(Arc::new(set), launch, home.path());
    options.clock = Clock::Virtual;
    let told = Told::default();
    let hosts = Hosts { log: Arc::new(StderrLog::silent()), observer: Box::new(told.clone()), ..Hosts::default() };
    let process = AppProcess::new(options, Registry::new(), hosts).unwrap();
    Some(Fixture { process, told, _home: home })
}

impl Fixture {
    /// Runs `async (require) => { body }` until nothing is left to do; gives its result as text.
    fn eval(&self, body: &str) -> Result<String, String> {
        let context = self.process.runtime().context().clone();
        let runtime = self.process.runtime().clone();
        let require =
            context.function("require", 1, move |call| runtime.require(&call.arg(0).as_string().unwrap_or_default()));
        let source = format!("(async function (require) {{ 'use strict';\n{body}\n}})");
        let function = context.eval(&source, "test").map_err(|error| error.describe())?;
        let promise = function.call(&context.undefined(), &[require]).map_err(|error| error.describe())?;
        let result: Rc<RefCell<Result<String, String>>> = Rc::new(RefCell::new(Err("not settled".into())));
        let settle = |ok: bool| {
            let result = Rc::clone(&result);
            context.function("settle", 1, move |call| {
                let value: Value = call.arg(0);
                let text = value.to_js_string().unwrap_or_default();
                let stack =
                    value.is_object().then(|| value.get("stack").ok()?.as_string()).flatten().unwrap_or_default();
                *result.borrow_mut() = if ok { Ok(text) } else { Err(format!("{text}\n{stack}")) };
                Ok(call.context.undefined())
            })
        };
        promise.call_method("then", &[settle(true), settle(false)]).map_err(|error| error.describe())?;
        let event_loop = EventLoop::of(&context).unwrap();
        event_loop.run(&context, RunLimits { until_idle: true, deadline: None }).unwrap();
        result.borrow().clone()
    }
}

#[test]
fn every_face_loads() {
    let Some(fixture) = open(&["kits/hap/entry.hap", "kits/hap/system_test.hap"], "system_test") else { return };
    for module in concord_ability::modules() {
        let request = module.request();
        let result = fixture.eval(&format!("return typeof require('{request}')"));
        assert!(matches!(result.as_deref(), Ok("object" | "function")), "{request}: {result:?}");
    }
    assert_eq!(fixture.process.runtime().report(), []);
}

#[test]
fn resources() {
    let Some(fixture) = open(&["kits/hap/entry.hap", "kits/hap/system_test.hap"], "system_test") else { return };
    let cases = [
        ("rm.getStringByNameSync('fx_args', 'box', 3)", "box has 3 items"),
        ("rm.getStringByNameSync('fx_ref')", "plain text"),
        ("await rm.getStringByName('fx_plain')", "plain text"),
        ("rm.getStringArrayByNameSync('fx_colors').join()", "red,green,blue"),
        ("code(() => rm.getStringByNameSync('fx_does_not_exist'))", "9001003"),
        ("code(() => rm.getStringSync(0x7fffffff))", "9001001"),
        ("over('en_US', false).getPluralStringByNameSync('fx_apples', 1)", "1 apple"),
        ("over('en_US', false).getIntPluralStringByNameSync('fx_files', 2, 'disk', 2)", "disk: 2 files"),
        ("over('en_US', true).getColorByNameSync('fx_accent') === 0xFF00FF00", "true"),
        ("over('zh_CN', false).getStringByNameSync('fx_hello')", "你好"),
        ("over('fi_FI', false).getStringByNameSync('fx_hello')", "base hello"),
        ("rm.getNumberByName('fx_count') + rm.getNumberByName('fx_ratio')", "1235.5"),
        ("rm.getBooleanByName('fx_yes')", "true"),
        ("rm.getMediaBase64ByNameSync('fx_dot').slice(0, 32)", "data:image/png;base64,iVBORw0KGg"),
        ("String.fromCharCode(...rm.getRawFileContentSync('fx/a.txt'))", "raw A\n"),
        ("code(() => rm.getRawFileContentSync('fx/none.txt'))", "9001005"),
        ("rm.getRawFileListSync('fx').sort().join()", "a.txt,sub"),
        ("[rm.isRawDir('fx'), rm.isRawDir('fx/a.txt')].join()", "true,false"),
        ("(await rm.getRawFd('fx/sub/b.txt')).length", "5"),
        ("rm.getLocales(false).includes('zh-CN')", "true"),
        ("rm.getConfigurationSync().locale", "en_US"),
    ];
    for (expression, expected) in cases {
        let body = format!(
            "const rm = require('@concord:context').application.createModuleContext('system_test').resourceManager;
             const code = (f) => {{ try {{ f(); }} catch (error) {{ return error.code; }} return 0; }};
             const over = (locale, dark) => rm.getOverrideResourceManager({{ locale, colorMode: dark ? 0 : 1 }});
             return String({expression});"
        );
        assert_eq!(fixture.eval(&body).as_deref(), Ok(expected), "{expression}");
    }
}

/// Replaces the classes of the package by one that records its callbacks in `log`.
const RECORDER: &str = "
    const log = [];
    const process = require('@concord:process');
    const UIAbility = require('@ohos:app.ability.UIAbility').default;
    const AbilityStage = require('@ohos:app.ability.AbilityStage').default;
    const callbacks = ['onCreate', 'onNewWant', 'onWindowStageCreate', 'onWillForeground', 'onForeground', 'onDidForeground',
      'onWillBackground', 'onBackground', 'onDidBackground', 'onWindowStageWillDestroy', 'onWindowStageDestroy', 'onDestroy'];
    class Recorder extends UIAbility {}
    for (const name of callbacks) {
      Recorder.prototype[name] = function () { log.push(this.context.abilityInfo.name.replace('Ability', '') + '.' + name); };
    }
    class Stage extends AbilityStage {
      onCreate() { log.push('Stage.onCreate ' + this.context.currentHapModuleInfo.name); }
      onAcceptWant(want) { return String(want.parameters.key); }
    }
    process.importModule = (module, path) => ({ default: path.includes('stage') ? Stage : Recorder });
    const { delegator } = require('@concord:delegator');
    const settle = () => new Promise((resolve) => setTimeout(resolve, 100));
    const start = async (abilityName, parameters) => {
      await delegator.startAbility({ bundleName: 'dev.concord.ability', abilityName, parameters });
      await settle();
      return (await delegator.getCurrentTopAbility());
    };
";

fn ability_fixture() -> Option<Fixture> {
    let names = ["entry", "feature", "entry_test"].map(|name| format!("ability/ability/hap/{name}.hap"));
    open(&names.iter().map(String::as_str).collect::<Vec<_>>(), "entry_test")
}

#[test]
fn lifecycle_order() {
    let Some(fixture) = ability_fixture() else { return };
    let body = format!(
        "{RECORDER} const ability = await start('EntryAbility'); await ability.context.terminateSelf(); await settle();
         return log.join(' ');"
    );
    assert_eq!(
        fixture.eval(&body).as_deref(),
        Ok("Stage.onCreate entry Entry.onCreate Entry.onWindowStageCreate Entry.onWillForeground Entry.onForeground \
            Entry.onDidForeground Entry.onWillBackground Entry.onBackground Entry.onDidBackground \
            Entry.onWindowStageWillDestroy Entry.onWindowStageDestroy Entry.onDestroy")
    );
}

#[test]
fn launch_modes() {
    let Some(fixture) = ability_fixture() else { return };
    let count = "const count = (name) => log.filter((entry) => entry === name).length;";
    let cases = [
        ("EntryAbility", "1 1"),
        ("MultiAbility", "2 0"),
        ("SpecAbility', { key: 'same' }); await start('SpecAbility', { key: 'other' }); void ('", "2 1"),
    ];
    for (name, expected) in cases {
        let short = name.split('\'').next().unwrap_or_default().replace("Ability", "");
        let second = if name.starts_with("Spec") { "SpecAbility', { key: 'same' }); void ('" } else { name };
        let body = format!(
            "{RECORDER} {count} await start('{name}'); await start('{second}');
             return count('{short}.onCreate') + ' ' + count('{short}.onNewWant');"
        );
        let Some(fixture) = ability_fixture() else { return };
        assert_eq!(fixture.eval(&body).as_deref(), Ok(expected), "{name}");
    }
    drop(fixture);
}

#[test]
fn results_and_refusals() {
    let Some(fixture) = ability_fixture() else { return };
    let body = format!(
        "{RECORDER} const entry = await start('EntryAbility');
         const code = async (want) => {{ try {{ await entry.context.startAbility(want); }} catch (e) {{ return e.code; }} return 0; }};
         const waiting = entry.context.startAbilityForResult({{ abilityName: 'ResultAbility', bundleName: 'dev.concord.ability' }});
         await settle();
         const callee = await delegator.getCurrentTopAbility();
         await callee.context.terminateSelfWithResult({{ resultCode: 7, want: {{ parameters: {{ a: 1 }} }} }});
         const result = await waiting;
         return [result.resultCode, result.want.parameters.a, await code({{ bundleName: 'dev.concord.ability', abilityName: 'No' }}),
           await code({{ bundleName: 'x', abilityName: 'X' }}), await code({{ action: 'dev.concord.action.NOBODY' }}),
           await code({{ action: 'dev.concord.action.LINK', uri: 'concord://open/item' }}),
           await code({{ action: 'dev.concord.action.SHOW', type: 'image/png' }})].join(' ');"
    );
    assert_eq!(fixture.eval(&body).as_deref(), Ok("7 1 16000001 16000001 16000019 0 0"));
}

#[test]
fn directories_and_bundle() {
    let Some(fixture) = ability_fixture() else { return };
    let body = "
        const app = require('@concord:context').application;
        const module = app.createModuleContext('entry');
        module.area = 0;
        const self = require('@ohos:bundle.bundleManager').getBundleInfoForSelfSync(7);
        return [app.filesDir, app.databaseDir, module.cacheDir, module.databaseDir, self.hapModulesInfo.length,
          self.hapModulesInfo[0].abilitiesInfo.length, module.resourceManager.getStringByNameSync('module_label')].join(' ');";
    assert_eq!(
        fixture.eval(body).as_deref(),
        Ok("/data/storage/el2/base/files /data/storage/el2/database /data/storage/el1/base/haps/entry/cache \
            /data/storage/el1/database/entry 3 9 entry")
    );
}

#[test]
fn a_missing_runner_ends_the_run() {
    let Some(fixture) = open(&["kits/hap/entry.hap"], "entry") else { return };
    let outcome = fixture.process.run();
    assert_eq!(
        outcome,
        Outcome::TestFinished { message: "Not found entry/ets/testrunner/OpenHarmonyTestRunner.abc".into(), code: -1 }
    );
    assert_eq!(
        fixture.told.0.borrow().join("|"),
        "finished -1 Not found entry/ets/testrunner/OpenHarmonyTestRunner.abc"
    );
}

#[test]
fn uncaught_errors_end_the_process_unless_observed() {
    let Some(fixture) = ability_fixture() else { return };
    let observed = "
        let heard = '';
        const manager = require('@ohos:app.ability.errorManager');
        const id = manager.on('error', { onUnhandledException(text) { heard = text.split('\\n').slice(0, 2).join(' '); } });
        setTimeout(() => { throw new RangeError('seen'); }, 1);
        await new Promise((resolve) => setTimeout(resolve, 50));
        manager.off('error', id);
        return heard;";
    assert_eq!(fixture.eval(observed).as_deref(), Ok("Error name:RangeError Error message:seen"));
    let unseen = fixture.eval("setTimeout(() => { throw new RangeError('unseen'); }, 1); await new Promise(() => {});");
    assert_eq!(unseen, Err("not settled".into()));
    let event_loop = EventLoop::of(fixture.process.runtime().context()).unwrap();
    assert_eq!(event_loop.exit_requested(), Some(1));
}

#[test]
fn unhandled_rejections_are_remembered_but_do_not_end_the_process() {
    let Some(fixture) = ability_fixture() else { return };
    let observed = "
        let heard = '';
        const manager = require('@ohos:app.ability.errorManager');
        const observer = (reason) => { heard = reason.message; };
        manager.on('unhandledRejection', observer);
        Promise.reject(new Error('seen'));
        await new Promise((resolve) => setTimeout(resolve, 50));
        manager.off('unhandledRejection', observer);
        Promise.reject(new Error('handled')).catch(() => {});
        Promise.reject(new Error('unseen'));
        await new Promise((resolve) => setTimeout(resolve, 50));
        return heard;";
    assert_eq!(fixture.eval(observed).as_deref(), Ok("seen"));
    let event_loop = EventLoop::of(fixture.process.runtime().context()).unwrap();
    assert_eq!(event_loop.exit_requested(), None);
}
