//! Whatever an app says to any component, by any attribute or command, it neither panics, nor hangs, nor grows without bound.
//!
//! All methods of all components are found in their tables, and what they may be told in their sources: names of members and
//! words that mean something are the string literals near a method. So there is nothing to keep up when a component is added.
//! Each component is a trial of its own seed; a failure names the component, and the calls since the last picture.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![expect(clippy::print_stderr, reason = "whoever looks for a fault wants to see what was said")]

use concord_paint::{CpuRaster, Frame, Raster};
use concord_ui::component::{Component, Setter};
use concord_ui::geometry::Point;
use concord_ui::input::{
    self, KeyInput, KeyPhase, MouseAction, MouseButton, MouseInput, TouchInput, TouchPhase, WheelInput,
};
use concord_ui::layout::Pass;
use concord_ui::testing::Scene;
use concord_ui::tree::NodeId;
use concord_ui::value::{Args, Foreign, Resource, Value};
use concord_ui::{Registry, accessibility, inspector, ticker};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::rc::Rc;
use std::sync::LazyLock;
use std::time::Instant;

static COMPONENTS: LazyLock<Registry> = LazyLock::new(|| {
    Registry::new(concord_controls::all().chain(concord_containers::all()).chain(concord_text_ui::all()))
});

const NUMBERS: [f64; 32] = [
    0.0,
    -0.0,
    1.0,
    2.0,
    3.0,
    -1.0,
    0.5,
    -0.5,
    7.0,
    17.0,
    100.0,
    -100.0,
    1000.0,
    65536.0,
    1e-30,
    1e6,
    -1e6,
    1e9,
    -1e9,
    2_147_483_647.0,
    -2_147_483_648.0,
    4_294_967_295.0,
    9_007_199_254_740_991.0,
    1.8e19,
    3.5e38,
    1e300,
    -1e300,
    f64::MIN_POSITIVE,
    f64::EPSILON,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::NAN,
];

const TEXTS: [&str; 36] = [
    "",
    " ",
    "a",
    "auto",
    "50%",
    "100%",
    "1000000000%",
    "-10px",
    "10vp",
    "1e9",
    "99999999999999999999px",
    "NaN",
    "Infinity",
    "calc(100% - 10vp)",
    "calc(100% * 99999999px * 99999999px)",
    "1fr 2fr",
    "repeat(1000000, 1fr)",
    "repeat(auto-fill, 0px)",
    "repeat(auto-stretch, 0.0001px)",
    "#ff0000",
    "#80000000",
    "rgba(300, -1, 0, 7)",
    "red",
    "\0\u{1}\u{7f}\u{202e}\u{feff}",
    "你好，世界。",
    "👍🏽👨‍👩‍👧 e\u{301}",
    "line\none\r\ntwo\u{2028}",
    "M0 0 L1e30 NaN C-1e9 1e9 0 0 1e38 -1e38 Z m A0 0 0 0 0 0 0",
    "M 0 0 A 1e9 1e-9 720 1 0 1e9 1e9 Q 0 0 Z Z Z H V T S",
    "data:image/png;base64,AAAA",
    "data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg' width='1e9' height='1e-9'><rect width='5' height='5'/></svg>",
    "yyyy-MM-dd HH:mm:ss.SSS aa EEEE",
    "linear",
    "cubic-bezier(1e9, NaN, 2, -3)",
    "../../etc/passwd",
    "0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789",
];

/// Whether each call is told before it is done, to find what hangs.
static TRACES: LazyLock<bool> = LazyLock::new(|| std::env::var_os("CONCORD_HOSTILE_TRACE").is_some());

const HANDLERS: [&str; 4] = ["one", "two", "three", "four"];

/// A cheap generator with a seed.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, end: usize) -> usize {
        ((self.next() >> 32) as usize) % end.max(1)
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }
}

/// The string literals that stand near the tables of methods: by the name of the method, and all of them.
struct Words {
    near: BTreeMap<String, Vec<String>>,
    all: Vec<String>,
}

/// Larger trees are laid out, but not drawn: that is slow without optimisations.
const MOST_PAINTED: usize = 2000;

/// How far behind its name a method is looked through for words.
const NEAR: usize = 2500;

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words { near: BTreeMap::new(), all: Vec::new() };
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    for name in ["ui", "containers", "controls", "text_ui"] {
        read_words(&crates.join(name).join("src"), &mut words);
    }
    words.all.sort();
    words.all.dedup();
    assert!(words.all.len() > 500, "the sources are not there");
    words
});

fn read_words(folder: &Path, words: &mut Words) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            read_words(&path, words);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let source = fs::read_to_string(&path).unwrap();
            words.all.extend(literals(&source));
            for (at, _) in source.match_indices("name: \"") {
                let rest = &source[at + 7..];
                let Some(name) = rest.split('"').next() else { continue };
                let end = rest.char_indices().map(|(at, _)| at).take_while(|at| *at < NEAR).last().unwrap_or(0);
                words
                    .near
                    .entry(name.to_owned())
                    .or_default()
                    .extend(literals(&rest[name.len() + 1..end.max(name.len() + 1)]));
            }
        }
    }
}

/// Short texts between quotes.
fn literals(source: &str) -> Vec<String> {
    let pieces = source.split('"').skip(1).step_by(2);
    pieces
        .filter(|word| (1..40).contains(&word.len()) && !word.contains(['\n', '\\', '{']))
        .map(str::to_owned)
        .collect()
}

/// Tells what took long, when calls are told.
fn slow(what: &str, begin: Instant) {
    let seconds = begin.elapsed().as_secs_f32();
    if *TRACES && seconds > 1.0 {
        eprintln!("{what} took {seconds:.1} s");
    }
}

struct Trial {
    scene: Scene,
    random: Random,
    /// Nodes to call things on; the root first.
    nodes: Vec<NodeId>,
    calls: Vec<String>,
}

impl Trial {
    fn new(component: &'static dyn Component, seed: u64) -> Trial {
        let mut scene = Scene::new(&COMPONENTS, component.name());
        let mut random = Random(seed | 1);
        let root = scene.root;
        let mut nodes = vec![root];
        let mut names: Vec<&'static str> = COMPONENTS.all().map(Component::name).collect();
        names.sort_unstable();
        if !component.is_leaf() {
            for _ in 0..random.below(5) {
                let Some(name) = random.pick(&names).copied() else { break };
                let child = scene.add(root, name);
                nodes.push(child);
                if random.below(3) == 0 {
                    let inner = scene.add(child, "Text");
                    scene.set(inner, "create", &[Value::text("text")]);
                    nodes.push(inner);
                }
            }
            if component.builds_lazily() {
                // Of what has no height, a box holds as many as there may be at all, which takes its time.
                let (count, height) =
                    [(3, 0.0), (300, 1e-9), (1000, 20.0), (1_000_000_000, 300.0), (usize::MAX, 100.0)][random.below(5)];
                scene.add_source(root, "ListItem", count, height);
            }
        }
        Trial { scene, random, nodes, calls: Vec::new() }
    }

    fn word(&mut self, method: &str) -> String {
        let near = WORDS.near.get(method).map(Vec::as_slice).unwrap_or_default();
        let from = if near.is_empty() || self.random.below(5) == 0 { WORDS.all.as_slice() } else { near };
        self.random.pick(from).cloned().unwrap_or_default()
    }

    fn value(&mut self, method: &str, depth: usize) -> Value {
        match self.random.below(if depth < 3 { 16 } else { 9 }) {
            0 => Value::Undefined,
            1 => {
                if self.random.below(3) == 0 {
                    Value::Null
                } else {
                    Value::Bool(self.random.below(2) == 0)
                }
            }
            2..=4 => Value::Number(NUMBERS[self.random.below(NUMBERS.len())]),
            5 => Value::Number((self.random.below(9)) as f64),
            6 => Value::text(TEXTS[self.random.below(TEXTS.len())]),
            7 => Value::text(self.word(method)),
            8 => match self.random.below(4) {
                0 => Value::Foreign(Foreign(Rc::new(()))),
                1 => Value::Resource(Rc::new(Resource { module: "entry".to_owned(), path: "media/x.png".to_owned() })),
                2 => {
                    let node = self.nodes[self.random.below(self.nodes.len())];
                    Value::Number(self.scene.tree.number(node) as f64)
                }
                _ => Value::Callback(self.scene.handler(HANDLERS[self.random.below(HANDLERS.len())])),
            },
            9..=10 => {
                let count = [0, 1, 2, 3, 5, 40][self.random.below(6)];
                if self.random.below(3) == 0 {
                    // One thing many times; a list of such lists would be larger than anything that an app can hand over.
                    let item = self.value(method, 3);
                    Value::array(vec![item; count * 50])
                } else {
                    Value::array((0..count).map(|_| self.value(method, depth + 1)).collect::<Vec<_>>())
                }
            }
            _ => {
                let properties = (0..self.random.below(9))
                    .map(|_| (Rc::from(self.word(method)), self.value(method, depth + 1)))
                    .collect();
                Value::Object(Rc::new(concord_ui::value::Object { properties }))
            }
        }
    }

    fn args(&mut self, method: &str) -> Vec<Value> {
        let count = [1, 1, 1, 2, 2, 3, 0][self.random.below(7)];
        (0..count).map(|_| self.value(method, 0)).collect()
    }

    fn say(&mut self, node: NodeId, kind: &str, name: &str, args: &[Value]) {
        let mut call = format!("{kind} {node:?} {name} {args:?}");
        if call.len() > 400 {
            let end = call.char_indices().map(|(at, _)| at).take_while(|at| *at < 400).last().unwrap_or(0);
            call.truncate(end);
        }
        self.note(call);
    }

    fn note(&mut self, call: String) {
        if *TRACES {
            eprintln!("{call}");
        }
        self.calls.push(call);
    }

    /// Sets every attribute once, laying out now and then.
    fn attributes(&mut self) {
        for node in self.nodes.clone() {
            let Some(component) = self.scene.tree.get(node).map(|node| node.component) else { continue };
            let mut names = COMPONENTS.method_names(component);
            // In another order each time: what is told first may decide what later calls do.
            for at in (1..names.len()).rev() {
                names.swap(at, self.random.below(at + 1));
            }
            for (number, name) in names.into_iter().enumerate() {
                let Some(method) = COMPONENTS.method(component, name) else { continue };
                let args = self.args(name);
                self.say(node, "set", name, &args);
                self.scene.tree.apply(node, method, Args(&args));
                if number % 24 == 23 {
                    self.live();
                }
            }
            self.live();
        }
        self.paint();
    }

    /// Calls every command once.
    fn commands(&mut self) {
        for node in self.nodes.clone() {
            let Some(component) = self.scene.tree.get(node).map(|node| node.component) else { continue };
            for command in component.commands() {
                let args = self.args(command.name);
                self.say(node, "command", command.name, &args);
                (command.apply)(&mut Setter { tree: &mut self.scene.tree, node }, Args(&args));
                if self.random.below(4) == 0 {
                    self.live();
                }
            }
        }
    }

    /// A frame, with answers of the app that make no sense, and what the inspector says of it.
    fn live(&mut self) {
        for handler in HANDLERS {
            let answer = self.value("create", 1);
            self.scene.answer(handler, answer);
        }
        self.note("frame".to_owned());
        let begin = Instant::now();
        self.scene.frame();
        slow("layout", begin);
        self.scene.tree.events.clear();
        self.scene.called();
    }

    fn paint(&mut self) {
        let root = self.scene.root;
        if self.scene.tree.ids().count() > MOST_PAINTED {
            return;
        }
        let mut frame = Frame::new(90, 120).unwrap();
        let begin = Instant::now();
        CpuRaster::new().render(&concord_ui::paint(&self.scene.tree, root), &mut frame, None);
        slow("paint", begin);
        inspector::describe(&self.scene.tree, root);
        accessibility::describe(&self.scene.tree, root);
    }

    fn coordinate(&mut self) -> f32 {
        if self.random.below(8) == 0 {
            NUMBERS[self.random.below(NUMBERS.len())] as f32
        } else {
            self.random.below(300) as f32
        }
    }

    /// Fingers, the mouse, the wheel and keys.
    fn input(&mut self) {
        let root = self.scene.root;
        for _ in 0..12 {
            let at = Point::new(self.coordinate(), self.coordinate());
            let kind = self.random.below(6);
            let (number, other) = (self.random.below(4), self.coordinate());
            let code = [2012, 2013, 2014, 2015, 2049, 2050, 2054, 2055, 2071, 2081, 2082][self.random.below(11)];
            self.note(format!("input {kind} {number} {at:?} {other}"));
            let pass = &mut Pass::new(&mut self.scene.tree, &mut self.scene.host);
            match kind {
                0 | 1 => {
                    let phases = [TouchPhase::Down, TouchPhase::Move, TouchPhase::Up, TouchPhase::Cancel];
                    input::touch(pass, root, &TouchInput::finger(i32::from(kind == 1), phases[number], at));
                }
                2 => {
                    let actions = [MouseAction::Press, MouseAction::Move, MouseAction::Release, MouseAction::Move];
                    input::mouse(
                        pass,
                        root,
                        &MouseInput { action: actions[number], button: MouseButton::Left, position: at },
                    );
                }
                3 => {
                    input::wheel(
                        pass,
                        root,
                        &WheelInput {
                            position: at,
                            delta: Point::new(other, -other),
                            steps: None,
                            tool: input::Tool::Mouse,
                        },
                    );
                }
                4 => {
                    let phase = if number % 2 == 0 { KeyPhase::Down } else { KeyPhase::Up };
                    input::key(pass, &KeyInput::new(phase, code));
                }
                _ => {
                    input::text(pass, TEXTS[number * 7]);
                }
            }
            self.scene.tree.now += 50.0;
            let pass = &mut Pass::new(&mut self.scene.tree, &mut self.scene.host);
            input::run_timers(pass);
            ticker::tick(pass);
            if number == 0 {
                self.live();
            }
        }
    }

    /// Nodes go and come in the wrong order.
    fn end(&mut self) {
        let mut nodes = self.nodes.clone();
        if let Some(last) = nodes.pop() {
            self.scene.tree.append(last, self.scene.root);
            if last != self.scene.root {
                self.scene.tree.destroy(last);
            }
        }
        self.live();
    }
}

fn run(component: &'static dyn Component, seed: u64) {
    eprintln!("{} {seed}", component.name());
    let mut trial = Trial::new(component, seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ name_seed(component.name()));
    let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        trial.attributes();
        trial.commands();
        trial.input();
        trial.end();
    }));
    if done.is_err() {
        let from = trial.calls.len().saturating_sub(60);
        panic!("{} with seed {seed}:\n{}", component.name(), trial.calls[from..].join("\n"));
    }
}

fn name_seed(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// How many seeds; more of them by the environment.
fn seeds() -> std::ops::Range<u64> {
    let most = std::env::var("CONCORD_HOSTILE_SEEDS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(1);
    0..most
}

#[test]
fn every_attribute_of_every_component_takes_anything() {
    let mut components: Vec<_> = COMPONENTS.all().collect();
    components.sort_by_key(|component| component.name());
    let only = std::env::var("CONCORD_HOSTILE_ONLY").ok();
    components.retain(|component| only.as_deref().is_none_or(|only| component.name() == only));
    let mut failed = 0;
    for seed in seeds() {
        for component in &components {
            let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| run(*component, seed)));
            if let Err(error) = done {
                failed += 1;
                eprintln!("{}", error.downcast_ref::<String>().map_or("?", String::as_str));
            }
        }
    }
    assert_eq!(failed, 0, "components that panicked");
}
