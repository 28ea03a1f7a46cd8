//! What there is of the platform's API: registration tables joined with the list of every public API.
//!
//! The list (`data/apis.txt.gz`) is data derived from the public declarations, names and levels only. After decompression it is text
//! of lines with tab-separated fields: `M module kit`, then for each export `E name since` (`T` for what exists at compile time
//! only), then a line that starts with a tab for each member, with its own level where it differs. Methods of what exists at
//! compile time only have `()` behind their names: somebody has to have them.
//!
//! Shapes of options and other types without a form at run time are counted with what uses them: in a registered module, one
//! that no row covers is no gap.

use std::collections::{BTreeMap, HashMap};
use std::io::Read;

use concord_runtime::{Api, Support, SystemModule};
use serde::Serialize;

const LIST: &[u8] = include_bytes!("../data/apis.txt.gz");

/// The form of a listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For terminals: a line per module and a line per kit.
    Table,
    /// COMPATIBILITY.md.
    Markdown,
    /// Every API with its level.
    Json,
}

/// One API of the platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// `export` or `export.member`.
    pub api: String,
    /// API level at which it appeared.
    pub since: String,
    /// `full`, `partial`, `stub` or `absent`; `type` for what has no form at run time and is not counted.
    pub level: &'static str,
    /// Whether it is an export that programs can look at, not a type or a member.
    #[serde(skip)]
    pub is_value: bool,
    /// What is missing of a partial one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<&'static str>,
}

/// How many APIs there are of each level.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// All that the documentation says.
    pub full: usize,
    /// Usable with gaps.
    pub partial: usize,
    /// Fails with 801.
    pub stub: usize,
    /// Not there.
    pub absent: usize,
}

impl Counts {
    fn add(&mut self, level: &str) {
        match level {
            "full" => self.full += 1,
            "partial" => self.partial += 1,
            "stub" => self.stub += 1,
            "type" => {}
            _ => self.absent += 1,
        }
    }

    fn add_all(&mut self, other: Counts) {
        self.full += other.full;
        self.partial += other.partial;
        self.stub += other.stub;
        self.absent += other.absent;
    }

    /// APIs that can be used.
    pub fn usable(self) -> usize {
        self.full + self.partial
    }

    /// All.
    pub fn total(self) -> usize {
        self.full + self.partial + self.stub + self.absent
    }
}

/// A module of the platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Module {
    /// As imported in source: `@ohos.file.fs`.
    pub module: String,
    /// Kit or kits, with `|` between them.
    pub kit: String,
    /// Whether the module is registered at all.
    pub registered: bool,
    /// Sums.
    pub counts: Counts,
    /// Its APIs.
    pub apis: Vec<Entry>,
    /// Rows of the registration table that are partial, as written there.
    #[serde(skip)]
    gaps: Vec<(&'static str, &'static str)>,
}

/// The join of everything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Compatibility {
    /// Every module of the platform, by name.
    pub modules: Vec<Module>,
    /// Modules that are registered and have no public API in the list any more (deprecated before API 9).
    pub others: Vec<&'static str>,
}

/// Whether the platform has a public module behind this request (`@ohos:net.socket`).
pub fn on_platform(request: &str) -> bool {
    let mut list = String::new();
    if flate2::read::GzDecoder::new(LIST).read_to_string(&mut list).is_err() {
        return false;
    }
    let wanted = declared_name(request);
    list.lines().any(|line| line.strip_prefix("M\t").and_then(|rest| rest.split('\t').next()) == Some(wanted.as_str()))
}

/// The name of a module as the platform declares it: `@ohos.util` for `@ohos:util`, `@arkts.utils` for `@ohos:arkts.utils`. What is
/// global in pages is `global:ets`.
fn declared_name(request: &str) -> String {
    match request.strip_prefix("@ohos:arkts.") {
        Some(name) => format!("@arkts.{name}"),
        None if request.starts_with('@') => request.replacen(':', ".", 1),
        None => request.to_owned(),
    }
}

/// Joins registration tables with the list. `kit` keeps one kit's modules (its name in any case, `@kit.` in front is ignored).
pub fn join(registered: &[&dyn SystemModule], kit: Option<&str>) -> std::io::Result<Compatibility> {
    let mut list = String::new();
    flate2::read::GzDecoder::new(LIST).read_to_string(&mut list)?;
    let mut tables: BTreeMap<String, &dyn SystemModule> = registered
        .iter()
        .filter(|module| !module.request().starts_with("@concord:"))
        .map(|module| (declared_name(module.request()), *module))
        .collect();

    let mut modules: Vec<Module> = Vec::new();
    let mut table = Table::default();
    let mut is_type = false;
    let (mut export, mut export_since) = ("", "");
    for line in list.lines() {
        let mut fields = line.split('\t');
        let (kind, name, third) = (fields.next(), fields.next().unwrap_or(""), fields.next().unwrap_or(""));
        let (path, since) = match kind {
            Some("M") => {
                let found = tables.remove(name);
                table = Table::new(found.map_or(&[], SystemModule::apis));
                modules.push(Module {
                    module: name.to_owned(),
                    kit: third.to_owned(),
                    registered: found.is_some(),
                    counts: Counts::default(),
                    apis: Vec::new(),
                    gaps: found
                        .map_or(&[][..], SystemModule::apis)
                        .iter()
                        .filter_map(|api| match api.support {
                            Support::Partial(missing) => Some((api.path, missing)),
                            Support::Full | Support::Stub => None,
                        })
                        .collect(),
                });
                continue;
            }
            Some("E" | "T") => {
                (export, export_since) = (name, third);
                is_type = kind == Some("T");
                (name.to_owned(), third)
            }
            _ => {
                let name = name.strip_suffix("()").unwrap_or(name);
                (format!("{export}.{name}"), if third.is_empty() { export_since } else { third })
            }
        };
        let registered = modules.last().is_some_and(|module| module.registered);
        let (level, missing) = match table.support(&path, level_of(since)) {
            Some(Support::Full) => ("full", None),
            Some(Support::Partial(missing)) => ("partial", Some(missing)),
            Some(Support::Stub) => ("stub", None),
            None if registered && is_type && !name.ends_with("()") => ("type", None),
            None => ("absent", None),
        };
        if let Some(module) = modules.last_mut() {
            module.counts.add(level);
            module.apis.push(Entry { api: path, since: since.to_owned(), level, is_value: kind == Some("E"), missing });
        }
    }
    let others = tables.values().map(|module| module.request()).collect();
    let mut compatibility = Compatibility { modules, others };
    if let Some(kit) = kit {
        let kit = kit.trim_start_matches("@kit.").to_ascii_lowercase();
        compatibility.modules.retain(|module| module.kit.split('|').any(|name| name.to_ascii_lowercase() == kit));
        compatibility.others.clear();
    }
    Ok(compatibility)
}

/// A registration table, its rows about one API only (`…=`) apart from those about everything below a path.
#[derive(Default)]
struct Table {
    exact: HashMap<&'static str, Support>,
    rows: Vec<Api>,
}

impl Table {
    fn new(rows: &'static [Api]) -> Table {
        let exact = |row: &Api| Some((row.path.strip_suffix('=')?, row.support));
        Table {
            exact: rows.iter().filter_map(exact).collect(),
            rows: rows.iter().filter(|row| !row.path.ends_with('=')).copied().collect(),
        }
    }

    fn support(&self, path: &str, since: u32) -> Option<Support> {
        self.exact.get(path).copied().or_else(|| support(&self.rows, path, since))
    }
}

/// The level of an API that is there since an API level: the row with the longest path that is the API or something that contains it.
pub fn support(table: &[Api], path: &str, since: u32) -> Option<Support> {
    table
        .iter()
        .filter(|row| covers(row.path, path) && (row.path != FIRST_20 || since <= 20))
        .max_by_key(|row| if row.path.starts_with('*') { 0 } else { row.path.trim_end_matches(".*").len() })
        .map(|row| row.support)
}

/// The row that is about all that a module had at API level 20, which is what apps are told that the device has; what came
/// later needs a row of its own.
const FIRST_20: &str = "*@20";

/// `26.0.0` is 26; what says nothing was always there.
fn level_of(since: &str) -> u32 {
    since.split('.').next().and_then(|level| level.parse().ok()).unwrap_or(0)
}

/// Whether a row is about an API: `*` is about everything, a path about itself and what is below it, `path=` about itself only.
fn covers(row: &str, path: &str) -> bool {
    if let Some(exact) = row.strip_suffix('=') {
        return exact == path;
    }
    let scope = row.strip_suffix(".*").unwrap_or(row);
    row == "*"
        || row == FIRST_20
        || path.strip_prefix(scope).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

impl Compatibility {
    /// Sums by kit, by name. A module of two kits counts in both.
    pub fn kits(&self) -> BTreeMap<&str, Counts> {
        let mut kits: BTreeMap<&str, Counts> = BTreeMap::new();
        for module in &self.modules {
            for kit in module.kit.split('|') {
                kits.entry(kit).or_default().add_all(module.counts);
            }
        }
        kits
    }

    /// The listing.
    pub fn render(&self, format: Format) -> String {
        match format {
            Format::Table => self.table(),
            Format::Markdown => self.markdown(),
            Format::Json => serde_json::to_string_pretty(self).unwrap_or_default() + "\n",
        }
    }

    fn table(&self) -> String {
        let mut text = String::new();
        let mut line = |name: &str, counts: Counts| {
            text.push_str(&format!(
                "{name:<44} {:>6} full {:>6} partial {:>6} stub {:>6} absent\n",
                counts.full, counts.partial, counts.stub, counts.absent
            ));
        };
        for module in self.modules.iter().filter(|module| module.registered) {
            line(&module.module, module.counts);
        }
        for (kit, counts) in self.kits() {
            line(&format!("@kit.{kit}"), counts);
        }
        text
    }

    fn markdown(&self) -> String {
        let mut text = String::from(
            "# Compatibility\n\n\
             Made by `concord apis --format md` from the registration tables and the platform's public, non-deprecated API; \
             a test fails when this file is out of date (`CONCORD_BLESS=1` writes it anew). \
             Modules that are not listed load and fail when they are used. `concord apis --format json` names every API.\n\n\
             ## Modules\n\n| module | full | partial | stub | absent |\n|---|---:|---:|---:|---:|\n",
        );
        let registered = || self.modules.iter().filter(|module| module.registered);
        for module in registered() {
            let Counts { full, partial, stub, absent } = module.counts;
            text.push_str(&format!("| `{}` | {full} | {partial} | {stub} | {absent} |\n", module.module));
        }
        if !self.others.is_empty() {
            let names: Vec<String> = self.others.iter().map(|request| format!("`{request}`")).collect();
            text.push_str(&format!(
                "\nBesides, from before API 9 or without a public declaration: {}.\n",
                names.join(", ")
            ));
        }
        text.push_str("\n## Kits\n\n| kit | usable | of |\n|---|---:|---:|\n");
        for (kit, counts) in self.kits() {
            if counts.usable() > 0 {
                text.push_str(&format!("| {kit} | {} | {} |\n", counts.usable(), counts.total()));
            }
        }
        text.push_str("\n## Known gaps\n\n");
        for module in registered() {
            for (path, missing) in &module.gaps {
                text.push_str(&format!("- `{}` `{path}`: {missing}\n", module.module));
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use concord_runtime::face::{full, partial, stub};

    #[test]
    fn the_longest_row_decides() {
        let table = [full("util.*"), partial("util.types", "x"), stub("util.types.isExternal")];
        assert_eq!(support(&table, "util", 9), Some(Support::Full));
        assert_eq!(support(&table, "util.typesX", 9), Some(Support::Full));
        assert_eq!(support(&table, "util.types.isMap", 9), Some(Support::Partial("x")));
        assert_eq!(support(&table, "util.types.isExternal", 9), Some(Support::Stub));
        assert_eq!(support(&table, "utility", 9), None);
    }

    #[test]
    fn a_row_of_a_level_leaves_out_what_came_later() {
        let table = [full("*@20"), partial("late.named", "x")];
        assert_eq!(support(&table, "early", 20), Some(Support::Full));
        assert_eq!(support(&table, "late", level_of("26.0.0")), None);
        assert_eq!(support(&table, "late.named", 26), Some(Support::Partial("x")));
    }

    #[test]
    fn an_exact_row_is_about_itself_only() {
        let table = [full("Button="), partial("Button.type", "x")];
        let leaked: &'static [Api] = Box::leak(Box::new(table));
        let table = Table::new(leaked);
        assert_eq!(table.support("Button", 7), Some(Support::Full));
        assert_eq!(table.support("Button.type", 7), Some(Support::Partial("x")));
        assert_eq!(table.support("Button.other", 7), None);
    }

    #[test]
    fn types_are_counted_with_what_uses_them() {
        let joined = join(&crate::registry(), None).unwrap();
        let entries = joined.modules.iter().flat_map(|module| &module.apis);
        assert!(entries.clone().filter(|entry| entry.level == "type").all(|entry| !entry.is_value));
        let types = entries.filter(|entry| entry.level == "type").count();
        let counted: usize = joined.modules.iter().map(|module| module.counts.total()).sum();
        let all: usize = joined.modules.iter().map(|module| module.apis.len()).sum();
        assert_eq!(counted + types, all);
    }

    #[test]
    fn registered_modules_are_found_in_the_list() {
        let modules = crate::registry();
        let joined = join(&modules, Some("@kit.ArkTS")).unwrap();
        assert!(joined.modules.iter().all(|module| module.kit.contains("ArkTS")));
        let util = joined.modules.iter().find(|module| module.module == "@ohos.util").unwrap();
        assert!(util.counts.full > 100 && util.counts.absent == 0, "{:?}", util.counts);
        let all = join(&modules, None).unwrap();
        assert!(all.modules.len() > 500);
        assert!(all.render(Format::Markdown).contains("| `@ohos.buffer` |"));
    }

    /// A row that matches nothing in the list is a slip of the pen, unless the API is deprecated and so not in the list.
    #[test]
    fn every_row_names_an_api() {
        let modules = crate::registry();
        let joined = join(&modules, None).unwrap();
        let mut unknown = Vec::new();
        for module in modules {
            let name = declared_name(module.request());
            let Some(listed) = joined.modules.iter().find(|listed| listed.module == name) else { continue };
            for row in module.apis() {
                if !listed.apis.iter().any(|entry| covers(row.path, &entry.api)) {
                    unknown.push(format!("{name} {}", row.path));
                }
            }
        }
        assert!(unknown.is_empty(), "{unknown:#?}");
    }
}
