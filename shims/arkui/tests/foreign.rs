//! Components whose content is drawn elsewhere: boxes stand in their place, and their controllers answer.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

/// What the bodies of tests use: `show` describes something above a blank page.
const DRIVER: &str = r"
const { Driver, ON } = require('@ohos:UiTest');
const { ComponentContent } = require('@ohos:arkui.node');
const { delegator } = require('@concord:delegator');
await delegator.startAbility({ bundleName: 'dev.concord.gallery', abilityName: 'EntryAbility' });
const driver = Driver.create();
await driver.waitForComponent(ON.id('page_Index'), 3000);
const { stage } = require('@concord:abilities').records[0].ability;
await stage.loadContent('pages/BlankPage');
const ui = stage.getMainWindowSync().getUIContext();
const rest = (ms = 1000) => new Promise((resolve) => setTimeout(resolve, ms));
const seen = [];
const codeOf = async (work) => { try { await work(); return 'fine'; } catch (error) { return error.code; } };
const content = (describe) => new ComponentContent(ui, wrapBuilder(() => {
  (ui.getHostContext(), Column.create(), Column.width(200), Column.height(200));
  describe(); Column.pop();
}));
const show = async (describe) => { await ui.getPromptAction().openCustomDialog(content(describe)); await rest(); };
";

#[track_caller]
fn gives(body: &str, expected: &str) {
    let home = tempfile::tempdir().unwrap();
    let script = format!("{DRIVER}{body}");
    if let Some(text) = common::real_script_in("ui/gallery/entry.hap", home.path(), &script) {
        assert_eq!(text, expected, "{body}");
    }
}

const WEB: &str = "const { WebviewController } = require('@ohos:web.webview');
const controller = new WebviewController();
await show(() => {
  Web.create({ src: 'https://example.org/', controller });
  Web.onControllerAttached(() => seen.push('attached'));
  Web.onPageBegin(({ url }) => seen.push(`begin ${url}`));
  Web.onErrorReceive(({ error }) => seen.push(error.getErrorCode()));
  Web.onPageEnd(() => seen.push('end'));
  Web.javaScriptAccess(true); Web.id('web');
});";

#[test]
fn a_page_fails_to_load_and_says_so() {
    gives(&format!("{WEB} return String(seen);"), "attached,begin https://example.org/,-2,end");
}

#[test]
fn a_web_view_remembers_where_it_was() {
    gives(
        &format!(
            "{WEB} controller.loadUrl('https://example.org/two'); await rest();
             seen.length = 0;
             seen.push(controller.getUrl(), controller.accessBackward(), controller.accessForward());
             controller.backward(); await rest();
             return `${{seen}} ${{controller.getUrl()}} ${{controller.accessForward()}}`;"
        ),
        "https://example.org/two,true,false,begin https://example.org/,-2,end https://example.org/ true",
    );
}

#[test]
fn a_controller_without_a_component_says_so() {
    gives(
        "const { WebviewController } = require('@ohos:web.webview');
         const controller = new WebviewController();
         for (const name of ['refresh', 'getUrl', 'stop', 'runJavaScript']) { seen.push(await codeOf(() => controller[name]('x'))); }
         return String(seen);",
        "17100001,17100001,17100001,17100001",
    );
}

#[test]
fn scripts_of_pages_are_not_supported() {
    gives(&format!("{WEB} return String(await codeOf(() => controller.runJavaScript('1')));"), "801");
}

#[test]
fn cookies_are_kept_by_origin() {
    gives(
        "const { WebCookieManager } = require('@ohos:web.webview');
         WebCookieManager.configCookieSync('https://a.example/x', 'one=1; Path=/');
         WebCookieManager.configCookieSync('https://a.example/y', 'two=2');
         seen.push(WebCookieManager.fetchCookieSync('https://a.example'), WebCookieManager.fetchCookieSync('https://b.example') === '');
         seen.push(await codeOf(() => WebCookieManager.configCookieSync('a.example', 'one=1')));
         seen.push(await codeOf(() => WebCookieManager.configCookieSync('https://a.example', 'nothing')));
         return String(seen);",
        "one=1; two=2,true,17100002,17100005",
    );
}

#[test]
fn a_film_does_not_play_and_says_so() {
    gives(
        "const controller = new VideoController();
         await show(() => { Video.create({ src: 'film.mp4', controller }); Video.onError((error) => seen.push(error.code)); });
         seen.push('quiet'); controller.start(); await rest();
         return String(seen);",
        "quiet,103601",
    );
}

#[test]
fn a_surface_tells_of_itself_when_it_is_laid_out() {
    gives(
        "class Controller extends XComponentController {
           onSurfaceCreated(id) { seen.push(id === this.getXComponentSurfaceId()); }
           onSurfaceChanged(id, rect) { seen.push(`${rect.surfaceWidth}x${rect.surfaceHeight}`); }
         }
         await show(() => {
           XComponent.create({ id: 'x', type: 0, controller: new Controller() }); XComponent.onLoad(() => seen.push('load'));
           XComponent.width(100); XComponent.height(50);
         });
         return String(seen);",
        "load,true,300x150",
    );
}
