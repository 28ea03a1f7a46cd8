//! Golden pictures of the fixtures `ui`. See [`concord_tests::golden`]; `CONCORD_BLESS=1` writes them anew, and whoever does that
//! looks at every one that has changed.

use concord_tests::fixtures;
use concord_tests::golden::{Goldens, Look, Scene};

use Look::{Dark, Phone, Tablet};

/// A scene of an app of the fixtures: the beginning of the names of its pictures, the page, what is done, on which devices.
type Row<'a> = (&'a str, &'a str, &'a str, &'a [Look]);

fn check(app: &str, rows: &[Row<'_>]) {
    let Some(folder) = fixtures("ui") else { return };
    let mut goldens = Goldens::new(env!("CARGO_TARGET_TMPDIR"));
    for (name, page, script, looks) in rows {
        let page = Some(*page).filter(|page| !page.is_empty());
        goldens.check(&Scene { name, package: folder.join(app).join("entry.hap"), page, script, looks });
    }
    goldens.finish();
}

/// The script of scenes that only look.
const LOOK: &str = "await shot('start');";

#[test]
fn hello() {
    check("hello", &[("hello", "", LOOK, &[Phone, Dark])]);
}

#[test]
fn counter() {
    let script = "
        await shot('start');
        await tap('plus'); await tap('plus'); await tap('minus'); await shot('counted');
        await press('plus'); now('pressed'); await release();";
    check("counter", &[("counter", "", script, &[Phone, Dark])]);
}

#[test]
fn todo() {
    let script = "
        await shot('empty');
        await type('draft', 'Buy milk'); await shot('typed');
        await tap('add'); await type('draft', 'Learn ArkTS'); await tap('add'); await type('draft', 'Sleep'); await tap('add');
        await tap('check_1'); await shot('list');
        await swipe('title_2', -120, 0); await shot('swiped');
        await tap('title_1'); await shot('edit');";
    // The app remembers its colours; the device's do not matter.
    let dark = "await shot('light'); await tap('open_settings'); await shot('settings'); await tap('dark_switch'); await shot('dark');";
    check("todo", &[("todo", "", script, &[Phone]), ("todo_dark", "", dark, &[Phone])]);
}

#[test]
fn index() {
    let script = "await shot('start'); await swipe('index_list', 0, -300); await shot('scrolled');";
    check("gallery", &[("index", "", script, &[Dark, Tablet])]);
}

#[test]
fn layouts() {
    check(
        "gallery",
        &[
            ("linear", "LayoutLinear", LOOK, &[Phone]),
            ("flex", "LayoutFlex", LOOK, &[Phone]),
            ("stack", "LayoutStack", LOOK, &[Phone]),
            ("weight", "LayoutWeight", LOOK, &[Phone]),
            ("relative", "LayoutRelative", LOOK, &[Phone]),
            ("grid_row", "LayoutGridRow", LOOK, &[Phone, Tablet]),
            ("size", "LayoutSize", LOOK, &[Phone]),
            ("custom_layout", "LayoutCustom", LOOK, &[Phone]),
        ],
    );
}

#[test]
fn text_and_pictures() {
    check(
        "gallery",
        &[
            ("text", "TextPage", LOOK, &[Phone, Dark]),
            ("image", "ImagePage", LOOK, &[Phone]),
            ("resource", "ResourcePage", LOOK, &[Phone, Dark]),
            ("shape", "ShapePage", LOOK, &[Phone]),
            ("effect", "EffectPage", LOOK, &[Phone]),
            ("canvas", "CanvasPage", LOOK, &[Phone]),
        ],
    );
}

#[test]
fn buttons() {
    let script = "
        await shot('start');
        await press('b_default'); now('pressed'); await release();
        await tap('b_toggle'); await hover('b_capsule'); await shot('disabled_and_hovered');";
    check("gallery", &[("button", "ButtonPage", script, &[Phone, Dark])]);
}

#[test]
fn inputs() {
    let script = "
        await shot('start');
        await type('in_plain', 'Some words'); await type('in_password', 'secret'); await type('in_area', 'one\\ntwo\\nthree');
        await type('in_search', 'needle'); await shot('typed');
        await longTap('in_bound'); await shot('selected');";
    check("gallery", &[("input", "InputPage", script, &[Phone, Dark])]);
}

#[test]
fn selections() {
    let script = "
        await shot('start');
        await tap('t_switch'); await tap('t_button'); await tap('t_check'); await tap('c_lone'); await tap('c_one'); await tap('r_a');
        await tap('slide_80'); await shot('chosen');
        await press('slider'); await wait(600); now('sliding'); await release();
        await tap('select'); await shot('select_open');";
    check("gallery", &[("select", "SelectPage", script, &[Phone, Dark])]);
}

#[test]
fn progress() {
    let script = "await shot('start'); await tap('more'); await tap('badge_more'); await shot('more');";
    check("gallery", &[("progress", "ProgressPage", script, &[Phone, Dark])]);
}

#[test]
fn lists_and_grids() {
    let list = "
        await shot('start');
        await tap('by_100'); await swipe('many', 0, -60); await shot('scrolled');
        await press('m_1'); now('pressed'); await release();";
    let scroll = "await shot('start'); await press('vertical'); await moveBy(0, -60); now('dragged'); await release();";
    let refresh = "
        await shot('start');
        await press('refresh'); await moveBy(0, 60); now('pulled'); await moveBy(0, 100); now('far'); await release();";
    check(
        "gallery",
        &[
            ("list", "ListPage", list, &[Phone, Dark]),
            ("lazy", "LazyPage", LOOK, &[Phone]),
            ("grid", "GridPage", LOOK, &[Phone, Tablet]),
            ("water", "WaterPage", LOOK, &[Phone]),
            ("scroll", "ScrollPage", scroll, &[Phone]),
            ("refresh", "RefreshPage", refresh, &[Phone]),
        ],
    );
}

#[test]
fn pages_of_pages() {
    let swiper = "
        await shot('start');
        await press('swiper'); await moveBy(-100, 0); now('dragged'); await release(); await shot('second');";
    let tabs = "await shot('start'); await tap('bar_1'); await tap(text('second')); await tap(text('v1')); await shot('second');";
    let navigation = "await shot('home'); await tap('go_one'); await shot('one');";
    let router = "await shot('start');";
    check(
        "gallery",
        &[
            ("swiper", "SwiperPage", swiper, &[Phone, Dark]),
            ("tabs", "TabsPage", tabs, &[Phone, Dark, Tablet]),
            ("nav", "NavPage", navigation, &[Phone, Dark, Tablet]),
            ("router", "RouterA", router, &[Phone]),
        ],
    );
}

#[test]
fn dialogs() {
    let script = |button: &str, shot: &str| format!("await tap('{button}'); await shot('{shot}');");
    let names = ["alert", "custom", "toast", "prompt", "sheet", "menu", "open"];
    let scripts: Vec<_> = names.iter().map(|name| (format!("dialog_{name}"), script(name, "open"))).collect();
    let rows: Vec<Row<'_>> = scripts
        .iter()
        .map(|(name, script)| {
            let looks: &[Look] = match name.as_str() {
                "dialog_alert" | "dialog_sheet" => &[Phone, Dark, Tablet],
                "dialog_custom" | "dialog_open" => &[Phone],
                _ => &[Phone, Dark],
            };
            (name.as_str(), "DialogPage", script.as_str(), looks)
        })
        .collect();
    check("gallery", &rows);
}

#[test]
fn bound_overlays() {
    let rows: &[Row<'_>] = &[
        ("overlay_sheet", "SheetPage", "await tap('b_sheet'); await shot('half');", &[Phone, Dark, Tablet]),
        ("overlay_cover", "SheetPage", "await tap('b_cover'); await shot('open');", &[Phone]),
        (
            "overlay_menu",
            "SheetPage",
            "await tap('b_menu'); await shot('open'); await press(text('menu two')); now('pressed');",
            &[Phone, Dark],
        ),
        ("overlay_built_menu", "SheetPage", "await tap('b_built'); await shot('open');", &[Phone]),
        ("overlay_context_menu", "SheetPage", "await longTap('b_context'); await shot('open');", &[Phone, Dark]),
        ("overlay_popup", "SheetPage", "await tap('b_popup'); await shot('open');", &[Phone, Dark]),
        ("overlay_custom_popup", "SheetPage", "await tap('b_custom'); await shot('open');", &[Phone, Tablet]),
    ];
    check("gallery", rows);
}

#[test]
fn focus_and_gestures() {
    // KEYCODE_TAB.
    let focus = "await shot('start'); await key(2049); await shot('ring'); await key(2049); await shot('next');
        await key(2049); await shot('input');";
    check(
        "gallery",
        &[
            ("focus", "FocusPage", focus, &[Phone, Dark]),
            ("gesture", "GesturePage", LOOK, &[Phone]),
            ("hit", "HitPage", LOOK, &[Phone]),
            ("anim", "AnimPage", LOOK, &[Phone]),
        ],
    );
}

#[test]
fn state_and_nodes() {
    check(
        "gallery",
        &[
            ("builder", "BuilderPage", "await shot('start'); await press('states'); now('pressed');", &[Phone]),
            ("render", "RenderPage", LOOK, &[Phone]),
            ("repeat", "RepeatPage", LOOK, &[Phone]),
            ("reuse", "ReusePage", LOOK, &[Phone]),
            ("node", "NodePage", LOOK, &[Phone]),
            ("state_v1", "StateV1Page", LOOK, &[Phone]),
            ("state_v2", "StateV2Page", LOOK, &[Phone]),
            ("store", "StorePage", LOOK, &[Phone]),
            ("ui_context", "UIContextPage", LOOK, &[Phone]),
        ],
    );
}

/// Components that no page of the fixtures has, made by the script.
#[test]
fn components_that_pages_lack() {
    const MAKE: &str = "
        const nodes = require('@concord:arkui/nodes');
        const { BuilderRoot } = require('@concord:arkui/views/builder-root');
        const page = nodes.findByKey('page_BlankPage');
        const make = async (build) => {
          new BuilderRoot(function () { this.observeComponentCreation2(build, Stack); }).build(undefined, page);
          await wait(50);
        };";
    let particles = format!(
        "{MAKE}
        await make(() => {{
          const curve = (from, to, endMillis) => ({{ type: ParticleUpdater.CURVE, config: [{{ from, to, startMillis: 0, endMillis, curve: Curve.EaseIn }}] }});
          const point = (radius, lifetime) => ({{ type: ParticleType.POINT, config: {{ radius }}, count: -1, lifetime }});
          Particle.create({{ particles: [{{
            emitter: {{ particle: point(6, 2500), emitRate: 40, shape: ParticleEmitterShape.CIRCLE, position: [140, 140], size: [40, 40] }},
            color: {{ range: ['#ffff5500', '#ffffcc00'], updater: curve('#ffff5500', '#ff2244ff', 2500) }},
            opacity: {{ range: [1, 1], updater: curve(1, 0.2, 2500) }},
            scale: {{ range: [1, 1], updater: curve(0.3, 1.5, 2500) }},
            velocity: {{ speed: [20, 80], angle: [-180, 180] }},
            acceleration: {{ speed: {{ range: [60, 60] }}, angle: {{ range: [90, 90] }} }},
          }}] }});
          Particle.disturbanceFields([{{ strength: 400, shape: DisturbanceFieldShape.CIRCLE, size: {{ width: 120, height: 120 }},
            position: {{ x: 240, y: 260 }}, noiseAmplitude: 0 }}]);
          Particle.width(320); Particle.height(400); Particle.backgroundColor('#ff101020');
          Particle.pop();
        }});
        await wait(2800); now('flying');"
    );
    let texts = format!(
        "{MAKE}
        await make(() => {{
          Column.create({{ space: 12 }}); Column.id('column'); Column.alignItems(HorizontalAlign.Start); Column.padding(16);
          Text.create('Call 138 0013 8000, write to ann@example.com, see www.example.com on 2024-05-06 10:30.');
          Text.id('found'); Text.fontSize(18); Text.enableDataDetector(true);
          Column.pop();
        }});
        await wait(200);
        const magnifier = nodes && require('@concord:arkui/ui-context').current().getMagnifier();
        magnifier.bind('found'); magnifier.show(80, 60); await wait(100); now('glass');
        magnifier.unbind();
        await driver.clickAt(await place([100, 26])); await shot('menu');"
    );
    check(
        "gallery",
        &[("particles", "BlankPage", &particles, &[Phone]), ("detected", "BlankPage", &texts, &[Phone, Dark])],
    );
}
