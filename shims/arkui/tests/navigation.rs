//! Rules of NavPathStack and of the life of destinations. The Navigation of these tests is the real one.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

/// `stack` with some names; `names()`; `of(f)`: what the code of an error is.
const STACK: &str = r"
const { NavPathStack, NavPathInfo } = require('@concord:arkui/navigation');
const stack = new NavPathStack();
const out = [];
const names = () => out.push(stack.getAllPathName().join(''));
const fill = (text) => { stack.clear(); for (const name of text) stack.pushPathByName(name, name.toUpperCase()); };
";

/// A page with a Navigation whose destinations `a` … note their lives; `rest()` waits until everything is shown. `d` is a dialog,
/// `x` refuses to go.
const NAVIGATION: &str = r"
const { NavPathStack } = require('@concord:arkui/navigation');
const nodes = require('@concord:arkui/nodes');
const window = nodes.createWindow(1080, 2340);
const stack = new NavPathStack();
let out = [];
const rest = async () => { await new Promise((resolve) => setTimeout(resolve, 1200)); nodes.flush(); const line = out.join(' '); out = []; return line; };
const EVENTS = 'onReady onWillAppear onAppear onWillShow onShown onActive onInactive onWillHide onHidden onWillDisappear onDisAppear onResult onNewParam'.split(' ');
let page;
class Page extends ViewPU {
  route(name, parent = null) {
    if (!'abcdx'.includes(name)) return;
    this.observeComponentCreation2(() => {
      NavDestination.create(() => {
        out.push(`${name}.content`);
        this.observeComponentCreation2(() => { Text.create(name); Text.id(name); }, Text);
        Text.pop();
      }, {});
      if (name === 'd') NavDestination.mode(1);
      for (const event of EVENTS.filter((event) => page.wanted.includes(event)))
        NavDestination[event]((value) => out.push(`${name}.${event}${event === 'onResult' || event === 'onNewParam' ? ':' + value : ''}`));
      NavDestination.onBackPressed(() => name === 'x');
    }, NavDestination);
    NavDestination.pop();
  }
  initialRender() {
    this.observeComponentCreation2(() => {
      Navigation.create(stack, {});
      Navigation.mode(0);
      Navigation.navDestination({ builder: this.route.bind(this) });
    }, Navigation);
    this.observeComponentCreation2(() => { Text.create('home'); Text.id('home'); }, Text);
    Text.pop();
    Navigation.pop();
  }
  rerender() { this.updateDirtyElements(); }
}
page = new Page(undefined, {});
page.wanted = EVENTS;
page.appear__(window);
await rest();
const shown = () => ['home', ...'abcdx'].filter((id) => nodes.isShown(nodes.findByKey(id, window))).join(' ');
";

#[track_caller]
fn gives(script: &str, expected: &[&str]) {
    let home = tempfile::tempdir().unwrap();
    if let Some(text) = common::real_script_in("ui/gallery/entry.hap", home.path(), script) {
        assert_eq!(text.lines().collect::<Vec<_>>(), expected, "{script}");
    }
}

#[track_caller]
fn stack(body: &str, expected: &[&str]) {
    gives(&format!("{STACK}{body}; return out.join('\\n');"), expected);
}

#[track_caller]
fn navigation(body: &str, expected: &[&str]) {
    gives(&format!("{NAVIGATION}const lines = []; {body}; return lines.join('\\n');"), expected);
}

#[test]
fn popping_tells_the_result() {
    stack(
        "fill('ab'); stack.pushPath({ name: 'c', onPop: ({ info, result }) => out.push(`${info.name} ${result}`) });
         out.push(stack.pop('fine').name); names(); out.push(stack.pop(false).name, stack.pop().name, String(stack.pop()));
         stack.pushPathByName('d', 1, () => out.push('never')); stack.pop(true); out.push(stack.size());",
        &["c fine", "c", "ab", "b", "a", "undefined", "0"],
    );
}

#[test]
fn names_are_looked_for_from_the_bottom() {
    stack(
        "fill('abab'); out.push(stack.popToName('b')); names(); fill('abab'); out.push(stack.moveToTop('a')); names();
         out.push(stack.popToName('z'), stack.moveToTop('z')); names(); stack.popToIndex(0); names(); stack.popToIndex(7); names();",
        &["1", "ab", "0", "baba", "-1", "-1", "baba", "b", "b"],
    );
}

#[test]
fn replacing_and_removing() {
    stack(
        "fill('ab'); stack.replacePathByName('c', 1); names(); stack.clear(); stack.replacePath({ name: 'd' }); names();
         fill('abcab'); out.push(stack.removeByName('a')); names(); out.push(stack.removeByIndexes([0, 2, 9])); names();
         out.push(stack.size(), stack.getParamByName('c').join(), stack.getIndexByName('c').join(), String(stack.getParamByIndex(5)));",
        &["ac", "d", "2", "bcb", "2", "c", "1", "C", "0", "undefined"],
    );
}

#[test]
fn launch_modes_bring_back_the_topmost() {
    stack(
        "fill('abac'); stack.pushPath({ name: 'a', param: 1 }, { launchMode: 1 }); names(); out.push(stack.getParamByIndex(3));
         stack.pushPath({ name: 'b', param: 2 }, { launchMode: 2 }); names(); stack.pushPath({ name: 'b' }, { launchMode: 3 }); names();
         fill('abc'); stack.replacePath({ name: 'a' }, { launchMode: 1 }); names();",
        &["abca", "1", "ab", "abb", "ba"],
    );
}

#[test]
fn infos_of_a_stack_can_be_set() {
    stack(
        "fill('ab'); const [a, b] = stack.getPathStack(); stack.setPathStack([b, new NavPathInfo('c', 3), a]); names();
         out.push(stack.getPathStack()[0] === b);
         out.push(await stack.pushDestination({}).catch((error) => error.code));",
        &["bca", "true", "401"],
    );
}

#[test]
fn a_destination_lives_in_the_documented_order() {
    navigation(
        "stack.pushPathByName('a'); lines.push(await rest(), shown()); stack.pushPathByName('b'); lines.push(await rest(), shown());
         stack.pop('r'); lines.push(await rest(), shown());",
        &[
            "a.onReady a.content a.onWillAppear a.onAppear a.onWillShow a.onShown a.onActive",
            "a",
            "b.onReady b.content b.onWillAppear b.onAppear a.onInactive a.onWillHide b.onWillShow a.onHidden b.onShown b.onActive",
            "b",
            "b.onInactive b.onWillHide a.onWillShow b.onHidden b.onWillDisappear a.onShown a.onActive a.onResult:r b.onDisAppear",
            "a",
        ],
    );
}

#[test]
fn only_what_is_seen_is_made() {
    navigation(
        "page.wanted = []; stack.pushPathByName('a'); stack.pushPathByName('b'); stack.pushPathByName('d'); lines.push(await rest(), shown());
         stack.pop(); stack.pop(); lines.push(await rest(), shown()); stack.pop(); lines.push(await rest(), shown());",
        &["d.content b.content", "b d", "a.content", "a", "", "home"],
    );
}

#[test]
fn promises_say_what_came_of_a_push() {
    navigation(
        "page.wanted = []; await stack.pushDestinationByName('a'); lines.push(stack.size());
         lines.push(await stack.pushDestination({ name: 'nothing' }).catch((error) => error.code), stack.size()); await rest(); lines.push(shown());",
        &["1", "100006", "1", "a"],
    );
}

#[test]
fn interceptions_may_go_elsewhere() {
    navigation(
        "page.wanted = []; const name = (side) => (side === 'navBar' ? side : side.pathInfo.name);
         stack.setInterception({
           willShow: (from, to, operation) => { lines.push(`will ${name(from)} ${name(to)} ${operation}`);
             if (name(to) === 'a') stack.replacePathByName('b'); },
           didShow: (from, to) => lines.push(`did ${name(from)} ${name(to)}`) });
         stack.pushPathByName('a'); await rest(); lines.push(shown(), stack.getAllPathName().join());",
        &["will navBar a 1", "will navBar b 3", "did navBar b", "b", "b"],
    );
}

#[test]
fn singletons_hear_of_new_parameters() {
    navigation(
        "page.wanted = ['onNewParam']; stack.pushPathByName('a', 1); await rest(); stack.pushPathByName('b', 1); await rest();
         stack.pushPath({ name: 'a', param: 2 }, { launchMode: 2 }); lines.push(await rest(), shown());",
        &["a.onNewParam:2", "a"],
    );
}
