//! Results as a table or as JSON.

use crate::Error;
use crate::cold::Cold;
use crate::kernels::{Kernel, Measured};
use crate::kits::Kits;
use crate::micro::Costs;
use crate::native::Native;
use crate::page::PageCosts;
use crate::window::WindowCosts;
use serde::Serialize;

/// Everything that was measured.
#[derive(Debug, Default, Serialize)]
pub struct Results {
    pub kernels: Vec<Kernel>,
    pub cold: Vec<Cold>,
    pub engine: Option<Costs>,
    pub native: Option<Native>,
    pub kits: Option<Kits>,
    pub page: Option<PageCosts>,
    pub window: Option<WindowCosts>,
}

/// Geometric means over the kernels that have both numbers.
#[derive(Debug, Serialize)]
struct Means {
    /// Concord to source, JIT on.
    jit: Option<f64>,
    /// Concord to source, JIT off.
    interpreted: Option<f64>,
    /// QuickJS-ng to Concord with the JIT: how many times faster Concord is.
    quickjs: Option<f64>,
    /// Peak memory of Concord to source, JIT on.
    memory: Option<f64>,
}

fn ratio(above: Option<f64>, below: Option<f64>) -> Option<f64> {
    Some(above? / below.filter(|below| *below > 0.0)?)
}

fn mean(ratios: impl Iterator<Item = Option<f64>>) -> Option<f64> {
    let logs: Vec<f64> = ratios.flatten().map(f64::ln).collect();
    (!logs.is_empty()).then(|| (logs.iter().sum::<f64>() / logs.len() as f64).exp())
}

fn jit(kernel: &Kernel) -> Option<f64> {
    ratio(kernel.concord.milliseconds, kernel.source.milliseconds)
}

fn interpreted(kernel: &Kernel) -> Option<f64> {
    ratio(kernel.concord_interpreted.milliseconds, kernel.source_interpreted.milliseconds)
}

fn quickjs(kernel: &Kernel) -> Option<f64> {
    ratio(kernel.quickjs.milliseconds, kernel.concord.milliseconds)
}

fn number(value: Option<f64>, digits: usize) -> String {
    value.map_or_else(|| "-".to_owned(), |value| format!("{value:.digits$}"))
}

fn print_native(native: &Native) {
    println!("\n{:<44} {:>9} {:>9} {:>6} {:>12}", "Node-API, ns per call", "Concord", "node", "x", "C interface");
    let (ours, slow, node) = (&native.concord, &native.concord_c_interface, native.node.as_ref());
    let lines = [
        ("empty function", ours.empty_ns, node.map(|node| node.empty_ns), slow.empty_ns),
        ("two integers in, one out", ours.integers_ns, node.map(|node| node.integers_ns), slow.integers_ns),
        ("string of 16 letters in and out", ours.string_ns, node.map(|node| node.string_ns), slow.string_ns),
        ("method of wrapped data", ours.method_ns, node.map(|node| node.method_ns), slow.method_ns),
        ("object with a property", ours.object_ns, node.map(|node| node.object_ns), slow.object_ns),
    ];
    for (name, ours, node, slow) in lines {
        let times = number(ratio(Some(ours), node), 2);
        println!("{name:<44} {ours:>9.1} {:>9} {times:>6} {slow:>12.1}", number(node, 1));
    }
}

fn print_kits(kits: &Kits) {
    println!("\n{:<44} {:>9} {:>9} {:>6}", "kits, ms", "Concord", "node", "x");
    let (ours, node) = (&kits.concord, kits.node.as_ref());
    let lines = [
        ("64 MB written", Some(ours.write_ms), node.map(|node| node.write_ms)),
        ("64 MB read", Some(ours.read_ms), node.map(|node| node.read_ms)),
        ("10,000 small files", Some(ours.small_files_ms), node.map(|node| node.small_files_ms)),
        ("1,000 requests", Some(ours.requests_ms), node.map(|node| node.requests_ms)),
        ("1 MB to Base64 and back", Some(ours.base64_ms), node.map(|node| node.base64_ms)),
        ("0.9 MB of text to UTF-8 and back", Some(ours.text_ms), node.map(|node| node.text_ms)),
        ("10,000 rows in a transaction (Python)", ours.inserts_ms, kits.python_inserts_ms),
    ];
    for (name, ours, peer) in lines {
        println!("{name:<44} {:>9} {:>9} {:>6}", number(ours, 1), number(peer, 1), number(ratio(ours, peer), 2));
    }
}

impl Results {
    fn means(&self) -> Means {
        Means {
            jit: mean(self.kernels.iter().map(jit)),
            interpreted: mean(self.kernels.iter().map(interpreted)),
            quickjs: mean(self.kernels.iter().map(quickjs)),
            memory: mean(self.kernels.iter().map(|kernel| ratio(kernel.concord.megabytes, kernel.source.megabytes))),
        }
    }

    /// Prints one JSON object.
    pub fn print_json(&self) -> Result<(), Error> {
        #[derive(Serialize)]
        struct Whole<'a> {
            #[serde(flatten)]
            results: &'a Results,
            geometric_means: Means,
        }
        println!("{}", serde_json::to_string_pretty(&Whole { results: self, geometric_means: self.means() })?);
        self.check()
    }

    /// Prints tables for people.
    pub fn print_table(&self) -> Result<(), Error> {
        if !self.kernels.is_empty() {
            self.print_kernels();
        }
        if !self.cold.is_empty() {
            println!("\n{:<44} {:>9} {:>8} {:>5}", "cold start", "ms", "MB", "exit");
            for Cold { name, milliseconds, megabytes, exit_code } in &self.cold {
                println!("{name:<44} {milliseconds:>9.1} {megabytes:>8.1} {exit_code:>5}");
            }
        }
        if let Some(costs) = &self.engine {
            println!("\nengine");
            let lines = [
                ("first context", costs.first_context_ms, "ms"),
                ("next context", costs.next_context_ms, "ms"),
                ("process with one context", costs.context_mb, "MB"),
                ("native function called from JavaScript", costs.native_call_ns, "ns"),
                ("JavaScript function called from the host", costs.call_ns, "ns"),
                ("property read by the host", costs.get_ns, "ns"),
                ("the same as an outermost call", costs.outer_get_ns, "ns"),
                ("native function made", costs.function_ns, "ns"),
                ("text evaluated", costs.eval_mb_per_s, "MB/s"),
            ];
            for (name, value, unit) in lines {
                println!("{name:<44} {value:>9.1} {unit}");
            }
        }
        if let Some(native) = &self.native {
            print_native(native);
        }
        if let Some(kits) = &self.kits {
            print_kits(kits);
        }
        if let Some(costs) = &self.page {
            println!("\npage of {} nodes, 1080x2340 px, processor time", costs.nodes);
            let lines = [
                ("first layout, shaping included", costs.first_layout_ms),
                ("layout with shaped texts", costs.layout_ms),
                ("display list", costs.record_ms),
                ("full repaint", costs.repaint_ms),
                ("full repaint with the machine's fastest code", costs.fastest_repaint_ms),
                ("a button that changed", costs.damage_ms),
                ("frame of 10,000 scrolling rows", costs.scroll_frame_ms),
            ];
            for (name, value) in lines {
                println!("{name:<44} {value:>9.2} ms");
            }
            println!("{:<44} {:>9}", "rows that exist meanwhile", costs.rows_alive);
        }
        if let Some(costs) = &self.window {
            println!("\nwindow of {}x{} px in a compositor without a screen", costs.size.0, costs.size.1);
            let lines = [
                ("processor time of a page that stands still", costs.idle_percent, "%"),
                ("pictures of a list that scrolls", costs.frames_per_second, "/s"),
                ("processor time meanwhile", costs.scrolling_percent, "%"),
                ("from an event of the touchpad to its picture", costs.scroll_latency_ms, "ms"),
                ("from a button of the mouse to its picture", costs.click_latency_ms, "ms"),
                ("the slowest tenth of these", costs.slow_click_latency_ms, "ms"),
            ];
            for (name, value, unit) in lines {
                println!("{name:<44} {value:>9.2} {unit}");
            }
        }
        self.check()
    }

    fn print_kernels(&self) {
        println!(
            "times in ms, the least of several; x: Concord's time / the source's; QuickJS: its time / Concord's with the JIT"
        );
        println!(
            "{:<18} {:>8} {:>8} {:>6} {:>9} {:>9} {:>6} {:>9} {:>6} {:>7} {:>7}",
            "kernel", "concord", "source", "x", "no JIT", "source", "x", "QuickJS", "x", "MB", "source"
        );
        let time = |measured: &Measured| number(measured.milliseconds, 1);
        let memory = |measured: &Measured| number(measured.megabytes, 0);
        for kernel in &self.kernels {
            println!(
                "{:<18} {:>8} {:>8} {:>6} {:>9} {:>9} {:>6} {:>9} {:>6} {:>7} {:>7}",
                kernel.name,
                time(&kernel.concord),
                time(&kernel.source),
                number(jit(kernel), 2),
                time(&kernel.concord_interpreted),
                time(&kernel.source_interpreted),
                number(interpreted(kernel), 2),
                time(&kernel.quickjs),
                number(quickjs(kernel), 1),
                memory(&kernel.concord),
                memory(&kernel.source),
            );
        }
        let means = self.means();
        println!(
            "{:<18} {:>8} {:>8} {:>6} {:>9} {:>9} {:>6} {:>9} {:>6} {:>7} {:>7}",
            "geometric mean",
            "",
            "",
            number(means.jit, 2),
            "",
            "",
            number(means.interpreted, 2),
            "",
            number(means.quickjs, 1),
            number(means.memory, 2),
            ""
        );
    }

    /// Numbers of wrong results mean nothing.
    fn check(&self) -> Result<(), Error> {
        let problems: Vec<String> = self
            .kernels
            .iter()
            .flat_map(|kernel| kernel.problems.iter().map(move |problem| format!("{}: {problem}", kernel.name)))
            .collect();
        if problems.is_empty() { Ok(()) } else { Err(Error::failed("wrong results", problems.join("\n  "))) }
    }
}
