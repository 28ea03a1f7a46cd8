//! The folders in which a person keeps things, as desktops name them (`xdg-user-dirs`).

use std::path::{Path, PathBuf};

/// A folder of the person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Folder {
    Desktop,
    Documents,
    Download,
    Pictures,
    Videos,
}

impl Folder {
    /// Its word in `user-dirs.dirs`, and its name where that says nothing.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Folder::Desktop => ("DESKTOP", "Desktop"),
            Folder::Documents => ("DOCUMENTS", "Documents"),
            Folder::Download => ("DOWNLOAD", "Downloads"),
            Folder::Pictures => ("PICTURES", "Pictures"),
            Folder::Videos => ("VIDEOS", "Videos"),
        }
    }

    /// Where it is, when it is there.
    pub(crate) fn path(self) -> Option<PathBuf> {
        let home = home()?;
        let settings = std::env::var_os("XDG_CONFIG_HOME").map_or_else(|| home.join(".config"), PathBuf::from);
        let settings = std::fs::read_to_string(settings.join("user-dirs.dirs")).unwrap_or_default();
        let path = self.place(&home, &settings);
        (path != home && path.is_dir()).then_some(path)
    }

    fn place(self, home: &Path, settings: &str) -> PathBuf {
        let (word, usual) = self.names();
        let key = format!("XDG_{word}_DIR=");
        let named = settings.lines().find_map(|line| line.trim().strip_prefix(key.as_str()));
        let named = named.map(|value| value.trim_matches('"'));
        match named {
            // A home without a folder of its own stands for "none".
            Some("$HOME" | "$HOME/") => home.to_owned(),
            Some(value) => match value.strip_prefix("$HOME/") {
                Some(below) => home.join(below),
                None if value.starts_with('/') => PathBuf::from(value),
                None => home.join(usual),
            },
            None => home.join(usual),
        }
    }
}

/// The home of the person, unless it is the root of everything.
pub(crate) fn home() -> Option<PathBuf> {
    std::env::var_os("HOME").map(PathBuf::from).filter(|home| home.is_absolute() && home.parent().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_where_the_settings_say() {
        let settings =
            "# comment\nXDG_PICTURES_DIR=\"$HOME/Bilder\"\nXDG_VIDEOS_DIR=\"/srv/films\"\nXDG_DESKTOP_DIR=\"$HOME/\"\n";
        let place = |folder: Folder| folder.place(Path::new("/home/kim"), settings);
        assert_eq!(place(Folder::Pictures), Path::new("/home/kim/Bilder"));
        assert_eq!(place(Folder::Videos), Path::new("/srv/films"));
        assert_eq!(place(Folder::Desktop), Path::new("/home/kim"));
        assert_eq!(place(Folder::Download), Path::new("/home/kim/Downloads"));
    }
}
