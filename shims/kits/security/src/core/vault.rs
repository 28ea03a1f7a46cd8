//! Secrets on disk: one encrypted file per record, replaced in one step, so that a process that is killed leaves the old record or the
//! new one. Records are encrypted with AES-256-GCM under a key that belongs to the person's home of Concord.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::block::Family;
use super::cipher::{Cipher, Mode, Setup};
use super::encoding::to_hex;
use super::hash::Hash;
use super::random;

/// First byte of a record.
const VERSION: u8 = 1;
const NONCE: usize = 12;
const TAG: usize = 16;
/// Longest record that is read, in bytes.
const LONGEST: u64 = 1 << 24;

/// Why a record cannot be had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum VaultError {
    /// The file system refused.
    #[error("cannot keep secrets at {path}: {source}; make the folder writable", path = path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The record is not what was written, or the key is another one.
    #[error("the secret at {} is damaged, or the key that it is encrypted with is lost", .0.display())]
    Damaged(PathBuf),
    /// No random numbers, no memory.
    #[error("cannot encrypt a secret: {0}")]
    Crypto(#[from] super::error::Error),
}

type Result<T> = std::result::Result<T, VaultError>;

fn at(path: &Path) -> impl FnOnce(io::Error) -> VaultError {
    let path = path.to_path_buf();
    move |source| VaultError::Io { path, source }
}

/// The records of an app of one kind.
pub(crate) struct Vault {
    folder: PathBuf,
    key: Zeroizing<Vec<u8>>,
}

impl Vault {
    /// The records in `folder`, encrypted with the key of the file `master`, which is made when it is missing.
    pub(crate) fn open(master: &Path, folder: PathBuf) -> Result<Vault> {
        fs::create_dir_all(&folder).map_err(at(&folder))?;
        Ok(Vault { key: master_key(master)?, folder })
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(to_hex(&Hash::Sha256.of(&[name.as_bytes()])))
    }

    /// The record of a name.
    pub(crate) fn read(&self, name: &str) -> Result<Option<Vec<u8>>> {
        let Some((found, record)) = self.open_file(&self.file(name))? else { return Ok(None) };
        if found == name { Ok(Some(record)) } else { Err(VaultError::Damaged(self.file(name))) }
    }

    /// (name, record)
    fn open_file(&self, path: &Path) -> Result<Option<(String, Vec<u8>)>> {
        let damaged = || VaultError::Damaged(path.to_path_buf());
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(at(path)(error)),
        };
        let mut bytes = Vec::new();
        file.take(LONGEST).read_to_end(&mut bytes).map_err(at(path))?;
        let (Some(VERSION), Some(nonce), Some(body)) =
            (bytes.first().copied(), bytes.get(1..1 + NONCE), bytes.get(1 + NONCE..))
        else {
            return Err(damaged());
        };
        let split = body.len().checked_sub(TAG).ok_or_else(damaged)?;
        let (sealed, tag) = body.split_at(split);
        let plain = self.run(path, false, nonce, tag, sealed).map_err(|_| damaged())?;
        let (length, rest) = plain.split_first_chunk::<4>().ok_or_else(damaged)?;
        let (name, record) = rest.split_at_checked(u32::from_be_bytes(*length) as usize).ok_or_else(damaged)?;
        Ok(Some((String::from_utf8(name.to_vec()).map_err(|_| damaged())?, record.to_vec())))
    }

    fn run(&self, path: &Path, encrypt: bool, iv: &[u8], tag: &[u8], data: &[u8]) -> super::error::Result<Vec<u8>> {
        // The name of the file is authenticated as well: records cannot be exchanged.
        let aad = path.file_name().map(|name| name.as_encoded_bytes().to_vec()).unwrap_or_default();
        let setup =
            Setup { family: Family::Aes, mode: Mode::Gcm, padding: false, encrypt, key: &self.key, iv, aad: &aad, tag };
        Cipher::start(&setup)?.finish(data)
    }

    /// Writes a record; it is on the disk when this returns.
    pub(crate) fn write(&self, name: &str, record: &[u8]) -> Result<()> {
        let path = self.file(name);
        let nonce = random(NONCE)?;
        let plain = Zeroizing::new([&(name.len() as u32).to_be_bytes()[..], name.as_bytes(), record].concat());
        let sealed = self.run(&path, true, &nonce, &[0; TAG], &plain)?;
        write_file(&path, &[&[VERSION][..], &nonce, &sealed].concat()).map_err(at(&path))
    }

    /// Takes a record away; whether there was one.
    pub(crate) fn remove(&self, name: &str) -> Result<bool> {
        let path = self.file(name);
        match fs::remove_file(&path) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(at(&path)(error)),
        }
    }

    /// All (name, record), sorted by name. Damaged ones are left out.
    pub(crate) fn list(&self) -> Result<Vec<(String, Vec<u8>)>> {
        let mut all = Vec::new();
        for entry in fs::read_dir(&self.folder).map_err(at(&self.folder))? {
            let entry = entry.map_err(at(&self.folder))?;
            // What a process was writing when it was killed.
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let path = entry.path();
            match self.open_file(&path) {
                Ok(record) => all.extend(record),
                Err(error) => tracing::warn!("{error}"),
            }
        }
        all.sort();
        Ok(all)
    }
}

/// Replaces a file in one step and for good; only the owner may read it.
fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    // Files of this kind are made with mode 0600.
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    File::open(folder)?.sync_all()
}

/// The key of a file, or a new one. Of two processes that make it at the same time, one wins and both use it.
fn master_key(path: &Path) -> Result<Zeroizing<Vec<u8>>> {
    const SIZE: usize = 32;
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(at(folder))?;
    for _ in 0..2 {
        match fs::read(path) {
            Ok(key) if key.len() == SIZE => return Ok(Zeroizing::new(key)),
            Ok(_) => return Err(VaultError::Damaged(path.to_path_buf())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(at(path)(error)),
        }
        let mut file = tempfile::NamedTempFile::new_in(folder).map_err(at(path))?;
        file.write_all(&random(SIZE)?).map_err(at(path))?;
        file.as_file().sync_all().map_err(at(path))?;
        match file.persist_noclobber(path) {
            Ok(_) => File::open(folder).and_then(|folder| folder.sync_all()).map_err(at(path))?,
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(at(path)(error.error)),
        }
    }
    Err(VaultError::Damaged(path.to_path_buf()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vault(home: &Path) -> Vault {
        Vault::open(&home.join("master"), home.join("records")).unwrap()
    }

    #[test]
    fn keeps_records_for_the_next_process() {
        let home = tempfile::tempdir().unwrap();
        vault(home.path()).write("a", b"one").unwrap();
        vault(home.path()).write("a", b"two").unwrap();
        vault(home.path()).write("b", b"three").unwrap();
        let vault = vault(home.path());
        assert_eq!(vault.read("a").unwrap().as_deref(), Some(&b"two"[..]));
        assert_eq!(vault.list().unwrap(), [("a".to_owned(), b"two".to_vec()), ("b".to_owned(), b"three".to_vec())]);
        assert!(vault.remove("a").unwrap());
        assert!(!vault.remove("a").unwrap());
        assert!(vault.read("a").unwrap().is_none());
    }

    #[test]
    fn nothing_of_a_record_is_readable_and_changes_are_noticed() {
        let home = tempfile::tempdir().unwrap();
        let vault = vault(home.path());
        vault.write("name", b"very secret").unwrap();
        let file = vault.file("name");
        let mut bytes = fs::read(&file).unwrap();
        assert!(!bytes.windows(4).any(|part| part == b"very" || part == b"name"));
        *bytes.last_mut().unwrap() ^= 1;
        fs::write(&file, &bytes).unwrap();
        assert!(matches!(vault.read("name"), Err(VaultError::Damaged(_))));
        for length in [0, 1, 20, bytes.len() - 1] {
            fs::write(&file, &bytes[..length]).unwrap();
            assert!(matches!(vault.read("name"), Err(VaultError::Damaged(_))));
        }
        assert!(vault.list().unwrap().is_empty());
        vault.write("name", b"new").unwrap();
        fs::rename(&file, vault.file("other")).unwrap();
        assert!(matches!(vault.read("other"), Err(VaultError::Damaged(_))));
    }

    /// A writer that is killed again and again leaves a record that is whole.
    #[test]
    fn survives_being_killed() {
        const HOME: &str = "CONCORD_TEST_VAULT_HOME";
        if let Some(home) = std::env::var_os(HOME) {
            let vault = vault(Path::new(&home));
            for round in (0..=u8::MAX).cycle() {
                vault.write("name", &[round; 5000]).unwrap();
            }
        }
        let home = tempfile::tempdir().unwrap();
        for round in 0..20u8 {
            let mut writer = std::process::Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "core::vault::tests::survives_being_killed"])
                .env(HOME, home.path())
                .stdout(std::process::Stdio::null())
                .spawn()
                .unwrap();
            while vault(home.path()).read("name").unwrap().is_none() {
                std::thread::yield_now();
            }
            // Somewhere in the middle of its work.
            std::thread::sleep(std::time::Duration::from_micros(
                u64::from(random(1).unwrap()[0]) * 50 + u64::from(round),
            ));
            writer.kill().unwrap();
            writer.wait().unwrap();
            let record = vault(home.path()).read("name").unwrap().unwrap();
            assert!(record.len() == 5000 && record.iter().all(|byte| *byte == record[0]));
        }
    }

    #[test]
    fn only_the_owner_reads() {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().unwrap();
        let vault = vault(home.path());
        vault.write("name", b"secret").unwrap();
        for file in [home.path().join("master"), vault.file("name")] {
            assert_eq!(fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
}
