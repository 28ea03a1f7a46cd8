//! Names that become names of files and of services on the bus.

use super::StoreError;

/// Longest bundle name of the platform.
const LONGEST: usize = 128;

/// Checks a bundle name: letters, digits and underscores in segments between dots, a letter first. What passes is a safe name
/// of a file, and has no `-` in it, which parts it from what we append.
///
/// # Errors
/// When it is not such a name.
pub fn check_bundle_name(name: &str) -> Result<(), StoreError> {
    let word = |segment: &str| !segment.is_empty() && segment.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let good = name.len() <= LONGEST
        && name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.split('.').all(word);
    if good {
        return Ok(());
    }
    Err(StoreError::Name {
        what: "bundle",
        name: name.chars().take(LONGEST).collect(),
        why: "it has to be made of letters, digits and underscores between single dots, as com.example.app",
    })
}

/// Checks a module name, which becomes the name of a file.
///
/// # Errors
/// When it is not such a name.
pub(super) fn check_module_name(name: &str) -> Result<(), StoreError> {
    let good = name.len() <= LONGEST
        && !name.is_empty()
        && !name.starts_with('.')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b));
    if good {
        return Ok(());
    }
    Err(StoreError::Name {
        what: "module",
        name: name.chars().take(LONGEST).collect(),
        why: "it has to be made of letters, digits, `_`, `-` and `.`",
    })
}

/// The name of an app on the session bus, which is its bundle name where that can be one: no segment begins with a digit there.
/// Names of the desktop itself are never taken.
pub fn dbus_name(bundle: &str) -> Option<&str> {
    let segments = || bundle.split('.');
    let reserved = ["org.freedesktop.", "org.gtk.", "org.gnome.", "org.kde."];
    let good = segments().count() >= 2
        && segments().all(|segment| !segment.starts_with(|first: char| first.is_ascii_digit()))
        && !reserved.iter().any(|prefix| bundle.starts_with(prefix));
    good.then_some(bundle)
}

/// The name, without extension, of the files for an ability: the bundle's for the main one, with the ability's appended for
/// others. What cannot stand in a name of a file becomes `_`.
pub fn file_stem(bundle: &str, other: Option<&str>) -> String {
    let Some(ability) = other else { return bundle.to_owned() };
    let clean: String =
        ability.chars().take(100).map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '_' }).collect();
    format!("{bundle}-{clean}")
}

/// Whether a file of this name belongs to a bundle: `com.example.app.desktop`, `com.example.app-Second.png`, not
/// `com.example.app.more.desktop`.
pub(crate) fn is_file_of(bundle: &str, name: &str) -> bool {
    let Some((stem, extension)) = name.rsplit_once('.') else { return false };
    let known = ["desktop", "png", "svg", "xml", "service"].contains(&extension);
    known && stem.strip_prefix(bundle).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_elsewhere_are_refused() {
        for name in ["com.example.app", "a", "A_1.b2", "com.example.3d"] {
            assert!(check_bundle_name(name).is_ok(), "{name}");
        }
        for name in ["", ".", "..", "a..b", ".a", "a.", "a/b", "../x", "1.a", "a-b", "a b", "ä.b", &"a".repeat(129)] {
            assert!(check_bundle_name(name).is_err(), "{name}");
        }
        for name in ["", ".", "..", "a/b", ".new", "a\0"] {
            assert!(check_module_name(name).is_err(), "{name}");
        }
        assert!(check_module_name("entry_test-1.0").is_ok());
    }

    #[test]
    fn names_on_the_bus() {
        assert_eq!(dbus_name("com.example.app"), Some("com.example.app"));
        assert_eq!(dbus_name("com.example.3d"), None);
        assert_eq!(dbus_name("single"), None);
        assert_eq!(dbus_name("org.freedesktop.secrets"), None);
    }

    #[test]
    fn files_of_a_bundle() {
        for name in ["a.b.desktop", "a.b-Main.png", "a.b.service"] {
            assert!(is_file_of("a.b", name), "{name}");
        }
        for name in ["a.b.c.desktop", "a.bc.desktop", "a.b.txt", "x.a.b.png", "a.b"] {
            assert!(!is_file_of("a.b", name), "{name}");
        }
        assert_eq!(file_stem("a.b", Some("x/../y")), "a.b-x____y");
    }
}
