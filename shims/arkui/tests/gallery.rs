//! Compiled pages of the gallery fixture: what they show after what happens to them. No layout is needed for that: the tree of
//! nodes is asked.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

/// What the bodies of tests use: `open(page)`, `text(id)`, `tap(id)`.
const DRIVER: &str = r"
const nodes = require('@concord:arkui/nodes');
const uncaught = [];
require('@ohos:app.ability.errorManager').on('error', { onUnhandledException: (error) => uncaught.push(error) });
const { delegator } = require('@concord:delegator');
await delegator.startAbility({ bundleName: 'dev.concord.gallery', abilityName: 'EntryAbility' });
const rest = () => new Promise((resolve) => setTimeout(resolve, 40));
await rest();
const stage = require('@concord:abilities').records[0].ability.stage;
const open = async (page) => { await stage.loadContent(`pages/${page}`); await rest(); };
const find = (id) => nodes.byId(id);
const text = (id) => {
  const node = find(id);
  return node === undefined ? 'gone' : nodes.attribute(node, 'create')?.[0];
};
const tap = async (id) => {
  const node = find(id);
  if (node === undefined) throw new Error(`no ${id}`);
  const click = nodes.attribute(node, 'onClick')?.[0];
  if (!click) throw new Error(`${id} has no onClick`);
  click();
  await rest();
};
const fresh = async (page) => { await open('BlankPage'); await open(page); };
const seen = [];
const look = (...ids) => seen.push(ids.map(text).join(' '));
";

fn gallery_in(home: &std::path::Path, body: &str) -> Option<String> {
    script_in("ui/gallery/entry.hap", home, body)
}

fn script_in(package: &str, home: &std::path::Path, body: &str) -> Option<String> {
    let end = "; return [...seen, ...uncaught].join('\\n');";
    common::script_in(package, home, &format!("{DRIVER}{body}{end}"))
}

/// Lines of what was looked at, whichever SDK compiled the app.
#[track_caller]
fn shows(body: &str, expected: &[&str]) {
    for package in ["ui/gallery/entry.hap", "ui/gallery/entry-api12.hap"] {
        let home = tempfile::tempdir().unwrap();
        if let Some(text) = script_in(package, home.path(), body) {
            assert_eq!(text.lines().collect::<Vec<_>>(), expected, "{package}: {body}");
        }
    }
}

#[test]
fn state_prop_and_link() {
    shows(
        "await fresh('StateV1Page'); await tap('inc'); look('count', 'prop_value', 'link_value');
         await tap('prop_inc'); await tap('prop_inc'); look('count', 'prop_value');
         await tap('inc'); look('count', 'prop_value');
         await tap('link_inc'); look('count', 'prop_value', 'link_value');",
        &["1 1 1", "1 3", "2 2", "3 3 3"],
    );
}

#[test]
fn depth_of_the_first_generation() {
    shows(
        "await fresh('StateV1Page'); await tap('deep'); look('outer'); await tap('shallow'); look('outer');
         await tap('swap_inner'); look('outer');
         await tap('push'); look('list'); await tap('idx'); look('list'); await tap('rev'); look('list');
         await tap('map_set'); look('map'); look('date'); await tap('date_set'); look('date');",
        &["o0", "p1", "p50", "1-2-3", "9-2-3", "3-2-9", "2:5", "2024", "2030"],
    );
}

#[test]
fn object_link_and_track() {
    shows(
        "await fresh('StateV1Page'); await tap('obj_a_inc'); look('obj_a', 'obj_b', 'sum');
         await tap('replace_a'); look('obj_a', 'sum');
         look('track'); await tap('track_other'); look('track'); await tap('track_seen'); look('track');",
        &["2 10 11", "100 110", "0#1", "0#1", "1#2"],
    );
}

#[test]
fn provide_consume_and_watch() {
    shows(
        "await fresh('StateV1Page'); look('consume'); await tap('consume_set'); look('consume', 'provide');
         await tap('total_same'); await tap('total'); look('watch_log', 'watch_seen');
         await tap('total_twice'); look('watch_log');",
        &["day:1", "night:11 night/11", "total:5; value=5;", "total:5;total:6;total:7;"],
    );
}

#[test]
fn storages() {
    shows(
        "await fresh('StorePage'); look('local_child'); await tap('local_inc'); look('local', 'local_child');
         await tap('page_ls'); look('local'); await tap('link_inc'); look('shared', 'app_child');
         await tap('app_set'); look('shared', 'app_child'); AppStorage.setOrCreate('gallery_shared', 640); await rest(); look('shared');
         await fresh('StorePage'); await tap('prop_inc'); look('app_child', 'shared');
         await tap('api'); look('report'); await tap('ref'); look('report'); await tap('env'); look('report');",
        &[
            "3 ls fresh default",
            "4 4 only here fresh default",
            "40",
            "101 101/101",
            "500 500/500",
            "640",
            "100/1100 100",
            "true 100 77 77 false",
            "two true false",
            "true true",
        ],
    );
}

#[test]
fn persistent_values_survive_the_process() {
    let home = tempfile::tempdir().unwrap();
    let body = "await fresh('StorePage'); look('persist'); await tap('persist_inc'); look('persist');
                await fresh('ProviderV2Page'); await tap('persist'); look('report');
                seen.push(require('@ohos:arkui.StateManagement').PersistenceV2.keys());";
    let Some(first) = gallery_in(home.path(), body) else { return };
    assert_eq!(first, "7\n8\ntrue\ngallery_p2");
    let second = gallery_in(
        home.path(),
        "seen.push(require('@ohos:arkui.StateManagement').PersistenceV2.keys()); await fresh('StorePage'); look('persist');",
    );
    assert_eq!(second.unwrap(), "gallery_p2\n8");
}

#[test]
fn second_generation() {
    shows(
        "await fresh('StateV2Page'); await tap('show_runs'); look('runs'); await tap('inc'); look('count', 'doubled', 'doubled1', 'monitor_log');
         await tap('show_runs'); look('runs'); await tap('both'); look('monitor_log');
         await fresh('StateV2Page'); await tap('there_and_back'); look('monitor_log');
         look('v2_child'); await tap('own'); look('v2_child'); await tap('add'); look('count', 'v2_child'); await tap('bang'); look('count', 'v2_child');",
        &[
            "1",
            "2 4 5 count:1>2;",
            "2",
            "count:1>2;count:2>3|other:1>2;",
            "",
            "T 1 1 0",
            "T 1 1 1",
            "6 T 6 1 1",
            "106 T 106 1 1",
        ],
    );
}

#[test]
fn traced_classes() {
    shows(
        "await fresh('StateV2Page'); await tap('set_name'); look('person_label'); await tap('set_age'); look('person_label');
         await tap('show_monitored'); look('monitor_log'); await tap('set_city'); look('city'); await tap('set_tag'); look('tags');
         await tap('set_zip'); look('zip'); await tap('set_address'); look('city', 'zip'); await tap('sort'); look('list');",
        &["bob(30)", "bob(31)", "30->31;", "there", "t1+t2", "1", "elsewhere 3", "1,2,3"],
    );
}

#[test]
fn providers_and_storage_of_the_second_generation() {
    shows(
        "await fresh('ProviderV2Page'); look('consumer'); await tap('consumer_set'); look('consumer', 'provider');
         await tap('provide_set'); look('consumer', 'consumer2'); look('size'); await tap('same'); look('report', 'size');
         await tap('keys'); look('report'); await tap('persist'); look('report');",
        &[
            "calm 5 alone",
            "happy 6 still alone happy 6",
            "angry 6 still alone shadow",
            "10",
            "true 25",
            "true false",
            "true",
        ],
    );
}

#[test]
fn builders() {
    shows(
        "await fresh('BuilderPage'); look('by_ref', 'by_value', 'local_builder', 'slot_filled', 'slot_fallback', 'trailing_body');
         await tap('inc'); look('by_ref', 'by_value', 'local_builder', 'slot_filled', 'trailing_body');
         look('wrapped', 'wrapped_loud', 'slot_label', 'slot_label_only', 'local_bound');",
        &[
            "ref1 val1 loc1 filled 1 fallback trailing 1",
            "ref2 val1 loc2 filled 2 trailing 2",
            "w:hello W!hello label from slot only from slot bound page",
        ],
    );
}

#[test]
fn branches_and_keyed_items() {
    shows(
        "const rows = () => nodes.children(nodes.children(find('rows'))[0]).length;
         await fresh('RenderPage'); await tap('branch_zero'); look('branch_zero'); await tap('mode'); look('branch_one', 'branch_zero');
         await tap('mode'); look('branch_else'); await tap('mode'); look('branch_zero');
         await tap('row_a'); await tap('rev'); look('row_a'); await tap('show'); look('tally');
         await tap('ins'); await tap('show'); look('tally'); seen.push(rows());
         await tap('renew'); await tap('show'); look('row_z', 'row_a', 'row_b', 'tally');
         await tap('clear'); await tap('show'); look('row_a', 'tally');
         look('n_1_0'); await tap('nest'); look('n_0_2'); await tap('more'); look('d_z');",
        &[
            "zero:1", "one:0 gone", "else", "zero:0", "A*1", "3/0", "4/0", "4", "Z*0 A*1 gone 5/3", "gone 5/5", "3", "5", "z",
        ],
    );
}

#[test]
fn repeated_items() {
    shows(
        "await fresh('RepeatPage'); look('r_ant', 'r_cat'); await tap('push'); look('r_dog'); await tap('shift'); look('r_ant', 'r_bee');
         await tap('swap'); look('r_dog', 'r_bee'); await tap('set'); look('r_bat', 'r_cat'); look('v_0', 'v_1');
         await tap('drop'); look('v_0', 'v_1', 'v_10', 'v_11');",
        &["0:ant 2:cat", "3:dog", "gone 0:bee", "0:dog 2:bee", "1:bat gone", "even 0 each 1", "gone each 1 even 10 gone"],
    );
}

#[test]
fn reused_components() {
    shows(
        "await fresh('ReusePage'); look('card'); await tap('toggle'); look('card'); await tap('show'); look('tally');
         await tap('toggle'); look('card'); await tap('show'); look('tally');",
        &["card 0", "gone", "1 1 0 0", "card 1", "1 1 1 0"],
    );
}

#[test]
fn life_of_components() {
    shows(
        "await fresh('LifecyclePage'); await tap('show'); look('shown'); await tap('toggle'); await tap('show'); look('shown');
         await open('BlankPage'); seen.push(AppStorage.get('life'));",
        &[
            "Apage Dpage Ap Dp Ac Dc S ",
            "Apage Dpage Ap Dp Ac Dc S Xp Xc ",
            "Apage Dpage Ap Dp Ac Dc S Xp Xc H Xpage ",
        ],
    );
}

#[test]
fn lazy_items() {
    shows(
        "const items = () => seen.push(nodes.children(nodes.children(find('small'))[0]).map((n) => nodes.attribute(nodes.children(n)[0], 'create')[0]).join(''));
         await fresh('LazyPage'); items(); await tap('ins'); items(); await tap('del'); items(); await tap('chg'); items();
         await tap('mov'); items(); await tap('rld'); items();
         await tap('count'); seen.push(Number(text('made')) <= 30);",
        &["abc", "axbc", "xbc", "xbC2", "C2bx", "pq", "true"],
    );
}

#[test]
fn nodes_of_the_app() {
    shows(
        "await fresh('NodePage'); look('bn_text'); await tap('update'); look('bn_text'); await tap('tree'); look('report'); await tap('remove');
         seen.push(find('fn_child_0'), find('fn_child_1') !== undefined); await tap('toggle'); seen.push(find('fn_root')); await tap('toggle');
         seen.push(find('fn_root') !== undefined); await tap('tn_row'); look('node_clicks'); await tap('unmount'); look('bn_text'); await tap('calls'); look('report');",
        &["built", "updated", "2 fn_child_0 fn_child_1 true true", "", "true", "", "true", "1", "gone", "mad"],
    );
}

#[test]
fn modifiers() {
    shows(
        "await fresh('BuilderPage'); const width = () => seen.push(nodes.attribute(find('modified'), 'width')[0]); width(); await tap('wide'); width();",
        &["100", "200"],
    );
}
