//! Shortcuts: what people can do with an app from its menu entry (`ohos.ability.shortcuts` in the metadata of an ability).

use super::labels::Localized;
use concord_abi::hap::module_json::Ability;
use concord_ability::want::Want;
use concord_package::{Package, PackageSet};
use serde_json::{Map, Value};

/// Most shortcuts that an app may have; the platform shows fewer.
const MOST: usize = 16;

/// A shortcut.
#[derive(Debug, Clone, PartialEq)]
pub struct Shortcut {
    /// What the desktop calls it: letters, digits and `-`.
    pub id: String,
    /// Name for people.
    pub(super) label: Localized,
    /// What it starts.
    pub want: Want,
}

/// The shortcuts of an app.
pub fn shortcuts(set: &PackageSet) -> Vec<Shortcut> {
    let abilities = |package: &'_ Package| package.module().module.abilities.clone();
    set.packages()
        .iter()
        .flat_map(|package| abilities(package).into_iter().flat_map(|ability| of_ability(set, package, &ability)))
        .collect()
}

/// Those that an ability shows.
pub(super) fn of_ability(set: &PackageSet, package: &Package, ability: &Ability) -> Vec<Shortcut> {
    let mut found: Vec<Shortcut> = Vec::new();
    let resources = ability.metadata.iter().filter(|metadata| metadata.name == "ohos.ability.shortcuts");
    for metadata in resources {
        let profile = package.profile(&metadata.resource).unwrap_or_else(|error| {
            tracing::warn!("{error}");
            None
        });
        let list = profile.as_ref().and_then(|profile| profile.get("shortcuts")).and_then(Value::as_array);
        for entry in list.into_iter().flatten() {
            let shortcut = parse(set, package, ability, entry);
            found.extend(shortcut.filter(|shortcut| found.iter().all(|known| known.id != shortcut.id)));
        }
    }
    found.truncate(MOST);
    found
}

fn parse(set: &PackageSet, package: &Package, ability: &Ability, entry: &Value) -> Option<Shortcut> {
    let text = |value: &Value, names: [&str; 2]| {
        let found = names.into_iter().find_map(|name| value.get(name)?.as_str());
        found.unwrap_or_default().to_owned()
    };
    let id: String = text(entry, ["shortcutId", "id"])
        .chars()
        .take(63)
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let want = entry.get("wants").and_then(Value::as_array).and_then(|wants| wants.first())?;
    let bundle = text(want, ["bundleName", "targetBundle"]);
    // Abilities of other apps need the session service.
    if id.is_empty() || !(bundle.is_empty() || bundle == set.bundle_name()) {
        return None;
    }
    let name = text(want, ["abilityName", "targetAbility"]);
    let name = if name.is_empty() { text(want, ["targetClass", "targetClass"]) } else { name };
    let label = text(entry, ["label", "label"]);
    Some(Shortcut {
        label: Localized::of(package, 0, &label).unwrap_or(Localized { base: id.clone(), ..Localized::default() }),
        id,
        want: Want {
            bundle_name: set.bundle_name().to_owned(),
            module_name: text(want, ["moduleName", "targetModule"]),
            ability_name: if name.is_empty() { ability.name.clone() } else { name },
            parameters: parameters(want.get("parameters")),
            ..Want::default()
        },
    })
}

/// An object, or a list of `{key, value}`.
fn parameters(value: Option<&Value>) -> Map<String, Value> {
    match value {
        Some(Value::Object(map)) => map.clone(),
        Some(Value::Array(list)) => {
            let pair = |item: &Value| Some((item.get("key")?.as_str()?.to_owned(), item.get("value")?.clone()));
            list.iter().filter_map(pair).collect()
        }
        _ => Map::new(),
    }
}
