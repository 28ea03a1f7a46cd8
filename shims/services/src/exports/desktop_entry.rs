//! Menu entries: one `.desktop` file for each ability that stands in the menu, or that opens files.

use super::labels::Localized;
use super::shortcuts::{self, Shortcut};
use super::uniform_types::TypeNames;
use super::{Desktop, Export, icons, keyfile, mark};
use crate::bundles::file_stem;
use crate::bundles::is_launchable;
use concord_abi::hap::module_json::{Ability, ModuleKind, Skill};
use concord_package::{Package, PackageSet};

/// Schemes that mean files and data of apps, not addresses that a program handles.
const FILE_SCHEMES: [&str; 5] = ["", "file", "content", "datashare", "dataability"];

/// Most entries of an app: further abilities are left out, so that no package fills the menu.
const MOST_ENTRIES: usize = 32;
/// Most types of files of an entry.
const MOST_TYPES: usize = 256;

/// An ability that the desktop hears of.
pub(super) struct Entry<'a> {
    /// Name of its files, without extension.
    pub(super) stem: String,
    pub(super) package: &'a Package,
    pub(super) ability: &'a Ability,
    /// Whether it is the one that stands for the bundle.
    main: bool,
    /// Whether it stands in the menu.
    shown: bool,
    /// MIME types that it opens, schemes included.
    types: Vec<String>,
}

/// The entries of an app, the main one first.
pub(super) fn entries<'a>(set: &'a PackageSet, names: &TypeNames<'_>) -> Vec<Entry<'a>> {
    let bundle = set.bundle_name();
    let mut entries: Vec<Entry<'a>> = Vec::new();
    for package in set.packages().iter().filter(|package| package.module().module.kind != ModuleKind::Shared) {
        for ability in &package.module().module.abilities {
            let types = types(ability, names);
            let shown = is_launchable(ability);
            if shown || !types.is_empty() {
                entries.push(Entry { stem: String::new(), package, ability, main: false, shown, types });
            }
        }
    }
    let main = set.entry().module().main_ability().map(|ability| ability.name.as_str());
    // The entry module's main ability where it is in the menu, else the first that is, else the first.
    entries.sort_by_key(|entry| (!(entry.shown && Some(entry.ability.name.as_str()) == main), !entry.shown));
    for (index, entry) in entries.iter_mut().enumerate() {
        entry.main = index == 0;
        entry.stem = file_stem(bundle, (!entry.main).then_some(&entry.ability.name));
    }
    entries.truncate(MOST_ENTRIES);
    // Names that differ only in what cannot stand in a name of a file.
    let mut seen = Vec::new();
    entries.retain(|entry| {
        let new = !seen.contains(&entry.stem);
        seen.push(entry.stem.clone());
        new
    });
    entries
}

/// MIME types of what an ability opens.
fn types(ability: &Ability, names: &TypeNames<'_>) -> Vec<String> {
    let mut types: Vec<String> = Vec::new();
    for uri in ability.skills.iter().filter(|skill| !skill.actions.is_empty()).flat_map(|skill: &Skill| &skill.uris) {
        let scheme = uri.scheme.to_ascii_lowercase();
        if FILE_SCHEMES.contains(&scheme.as_str()) {
            let mimes =
                [&uri.kind, &uri.utd].into_iter().filter(|name| !name.is_empty()).flat_map(|name| names.mimes(name));
            types.extend(mimes);
            continue;
        }
        let well_formed = scheme.len() <= 64
            && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
        // The desktop knows no hosts: an app for one host is no program for the whole web.
        let web = matches!(scheme.as_str(), "http" | "https") && !uri.host.is_empty();
        if well_formed && !web {
            types.push(format!("x-scheme-handler/{scheme}"));
        }
    }
    let mut seen = Vec::new();
    types.retain(|name| {
        let new = !seen.contains(name);
        seen.push(name.clone());
        new
    });
    types.truncate(MOST_TYPES);
    types
}

impl Entry<'_> {
    /// The file.
    pub(super) fn export(&self, set: &PackageSet, desktop: &Desktop<'_>, activatable: bool) -> Export {
        let bundle = set.bundle_name();
        let (ability, app) = (self.ability, &set.entry().module().app);
        let name = Localized::of(self.package, ability.label_id, &ability.label)
            .or_else(|| Localized::of(set.entry(), app.label_id, &app.label))
            .unwrap_or(Localized { base: bundle.to_owned(), ..Localized::default() });
        let target = if self.main { bundle.to_owned() } else { format!("{bundle}/{}", ability.name) };
        let launcher = || desktop.launcher.iter().map(String::as_str);
        let mut text = format!("[Desktop Entry]\nType=Application\nVersion=1.1\n{}", name.lines("Name"));
        let comment = Localized::of(self.package, ability.description_id, &ability.description);
        if let Some(comment) = comment.filter(|comment| comment.base != name.base) {
            text.push_str(&comment.lines("Comment"));
        }
        if icons::find(set, self).is_some() {
            text.push_str(&format!("Icon={}\n", self.stem));
        }
        let field = if self.types.is_empty() { "" } else { " %U" };
        text.push_str(&format!("Exec={}{field}\n", keyfile::command(launcher().chain([target.as_str()]))));
        if let Some(program) = desktop.launcher.first() {
            text.push_str(&format!("TryExec={}\n", keyfile::value(program)));
        }
        text.push_str(&format!("Terminal=false\nStartupNotify=true\nStartupWMClass={bundle}\n"));
        if !self.types.is_empty() {
            let types: String = self.types.iter().map(|name| format!("{};", keyfile::item(name))).collect();
            text.push_str(&format!("MimeType={types}\n"));
        }
        if !self.shown {
            text.push_str("NoDisplay=true\n");
        }
        if self.main && activatable {
            text.push_str("DBusActivatable=true\n");
        }
        let shortcuts = shortcuts::of_ability(set, self.package, ability);
        if !shortcuts.is_empty() {
            let ids: String = shortcuts.iter().map(|shortcut| format!("{};", shortcut.id)).collect();
            text.push_str(&format!("Actions={ids}\n"));
        }
        text.push_str(&mark(bundle));
        for shortcut in &shortcuts {
            text.push_str(&action(shortcut, bundle, desktop.launcher));
        }
        Export::new(format!("applications/{}.desktop", self.stem), text)
    }
}

fn action(shortcut: &Shortcut, bundle: &str, launcher: &[String]) -> String {
    let words = launcher.iter().map(String::as_str).chain(["--shortcut", shortcut.id.as_str(), bundle]);
    format!("\n[Desktop Action {}]\n{}Exec={}\n", shortcut.id, shortcut.label.lines("Name"), keyfile::command(words))
}
