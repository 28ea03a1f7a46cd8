//! Functions that take names of files, called as a guest calls them.

use crate::errno;
use crate::testing::{BUNDLE, FILES, shim, storage};
use std::ffi::{CStr, CString, c_char, c_int};

type OnePath = unsafe extern "C" fn(*const c_char) -> c_int;
type PathAndMode = unsafe extern "C" fn(*const c_char, c_int) -> c_int;
type Open = unsafe extern "C" fn(*const c_char, c_int, c_int) -> c_int;
type Status = unsafe extern "C" fn(*const c_char, *mut libc::stat) -> c_int;
type TwoPaths = unsafe extern "C" fn(*const c_char, *const c_char) -> c_int;
type ReadLink = unsafe extern "C" fn(*const c_char, *mut c_char, usize) -> isize;

fn text(path: &str) -> CString {
    CString::new(path).unwrap()
}

/// 0 or more, or the error.
fn outcome(result: c_int) -> Result<c_int, c_int> {
    if result < 0 { Err(errno::get()) } else { Ok(result) }
}

fn open(path: &str, flags: c_int) -> Result<c_int, c_int> {
    // SAFETY: the function's type, and a string.
    outcome(unsafe { shim::<Open>("open")(text(path).as_ptr(), flags, 0o644) })
}

fn one(function: &str, path: &str) -> Result<c_int, c_int> {
    // SAFETY: the function's type, and a string.
    outcome(unsafe { shim::<OnePath>(function)(text(path).as_ptr()) })
}

fn with_mode(function: &str, path: &str, mode: c_int) -> Result<c_int, c_int> {
    // SAFETY: the function's type, and a string.
    outcome(unsafe { shim::<PathAndMode>(function)(text(path).as_ptr(), mode) })
}

fn two(function: &str, from: &str, to: &str) -> Result<c_int, c_int> {
    // SAFETY: the function's type, and two strings.
    outcome(unsafe { shim::<TwoPaths>(function)(text(from).as_ptr(), text(to).as_ptr()) })
}

fn mode(function: &str, path: &str) -> Result<u32, c_int> {
    // SAFETY: a structure of numbers; the function's type, a string and room for the structure.
    unsafe {
        let mut found = std::mem::zeroed();
        outcome(shim::<Status>(function)(text(path).as_ptr(), &mut found)).map(|_| found.st_mode & libc::S_IFMT)
    }
}

fn read_link(path: &str) -> Result<String, c_int> {
    let mut buffer = [0u8; 300];
    // SAFETY: the function's type, a string and a buffer.
    let length = unsafe { shim::<ReadLink>("readlink")(text(path).as_ptr(), buffer.as_mut_ptr().cast(), buffer.len()) };
    usize::try_from(length)
        .map_err(|_| errno::get())
        .map(|length| String::from_utf8_lossy(&buffer[..length]).into_owned())
}

fn read_all(descriptor: c_int) -> String {
    let mut file = std::mem::ManuallyDrop::new(
        // SAFETY: a descriptor of this test's.
        unsafe { <std::fs::File as std::os::fd::FromRawFd>::from_raw_fd(descriptor) },
    );
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut *file, &mut bytes).unwrap();
    // SAFETY: as above.
    unsafe { libc::close(descriptor) };
    String::from_utf8_lossy(&bytes).into_owned()
}

fn in_files(name: &str) -> String {
    format!("{FILES}/{name}")
}

#[test]
fn files_are_in_the_apps_storage() {
    let host = storage();
    let name = in_files("opened");
    let descriptor = open(&name, libc::O_CREAT | libc::O_EXCL | libc::O_WRONLY).unwrap();
    assert!(host.join("opened").exists());
    assert_eq!(read_link(&format!("/proc/self/fd/{descriptor}")), Ok(name.clone()));
    assert_eq!(open(&name, libc::O_CREAT | libc::O_EXCL), Err(libc::EEXIST));
    assert_eq!(mode("stat", &format!("{name}/")), Err(libc::ENOTDIR));
    assert_eq!(one("unlink", &name), Ok(0));
    assert_eq!(mode("stat", &name), Err(libc::ENOENT));
    assert_eq!(open("", libc::O_RDONLY), Err(libc::ENOENT));
    assert_eq!(open(&format!("/{}", "x".repeat(5000)), libc::O_RDONLY), Err(libc::ENAMETOOLONG));
}

#[test]
fn nothing_else_is_visible() {
    storage();
    for (name, errno) in [
        ("/etc/passwd", libc::ENOENT),
        ("/home", libc::ENOENT),
        ("/tmp/x", libc::ENOENT),
        ("/data/storage/el2/base/files/../../../../../../etc/passwd", libc::ENOENT),
        ("/dev/mem", if std::path::Path::new("/dev/mem").exists() { libc::EACCES } else { libc::ENOENT }),
        ("/dev/tty", libc::ENXIO),
        ("/proc/1/maps", libc::ENOENT),
        ("/proc/mounts", libc::EACCES),
        ("/sys/class/net", libc::EACCES),
        ("/system/bin/sh", libc::EACCES),
        ("/", libc::EACCES),
    ] {
        assert_eq!(open(name, libc::O_RDONLY), Err(errno), "{name}");
    }
    for (name, errno) in [("/data/x", libc::EACCES), ("/tmp/x", libc::ENOENT), ("/etc/ssl/x", libc::EACCES)] {
        assert_eq!(open(name, libc::O_CREAT | libc::O_WRONLY), Err(errno), "{name}");
    }
    // Directories above the app's own exist, so that whole paths can be made.
    for name in ["/", "/data", "/data/storage/el2", "/proc", "/system"] {
        assert_eq!(mode("stat", name), Ok(libc::S_IFDIR), "{name}");
        assert_eq!(with_mode("mkdir", name, 0o700), Err(libc::EEXIST), "{name}");
    }
    assert_eq!(one("rmdir", "/data"), Err(libc::EACCES));
}

#[test]
fn bundles_are_read_only() {
    storage();
    let name = format!("{BUNDLE}/module.json");
    assert_eq!(read_all(open(&name, libc::O_RDONLY).unwrap()), "{}");
    assert_eq!(read_all(open(&name, libc::O_RDONLY | libc::O_CREAT).unwrap()), "{}");
    assert_eq!(open(&name, libc::O_WRONLY), Err(libc::EROFS));
    assert_eq!(open(&name, libc::O_WRONLY | libc::O_CREAT | libc::O_TRUNC), Err(libc::EROFS));
    assert_eq!(open(&format!("{BUNDLE}/new"), libc::O_CREAT | libc::O_WRONLY), Err(libc::EROFS));
    assert_eq!(with_mode("access", &name, libc::W_OK), Err(libc::EROFS));
    assert_eq!(with_mode("access", &name, libc::R_OK), Ok(0));
    assert_eq!(one("unlink", &name), Err(libc::EROFS));
    assert_eq!(with_mode("mkdir", BUNDLE, 0o700), Err(libc::EEXIST));
}

#[test]
fn links_keep_the_names_of_the_guest() {
    let host = storage();
    let (target, link, bad) = (in_files("target"), in_files("link"), in_files("bad"));
    std::fs::write(host.join("target"), "here").unwrap();
    assert_eq!(two("symlink", &target, &link), Ok(0));
    assert_eq!(read_link(&link), Ok(target.clone()));
    assert_eq!(read_all(open(&link, libc::O_RDONLY).unwrap()), "here");
    assert_eq!((mode("lstat", &link), mode("stat", &link)), (Ok(libc::S_IFLNK), Ok(libc::S_IFREG)));
    assert_eq!(open(&link, libc::O_RDONLY | libc::O_NOFOLLOW), Err(libc::ELOOP));
    let real = CString::new(link.clone()).unwrap();
    // SAFETY: the function's type, a string and no buffer; what it gives is a string.
    let found = unsafe {
        let found = shim::<unsafe extern "C" fn(*const c_char, *mut c_char) -> *mut c_char>("realpath")(
            real.as_ptr(),
            std::ptr::null_mut(),
        );
        CStr::from_ptr(found).to_string_lossy().into_owned()
    };
    assert_eq!(found, target);
    // A link that leads outside can be made and taken away, not followed.
    assert_eq!(two("symlink", "/etc/passwd", &bad), Ok(0));
    assert_eq!((read_link(&bad), open(&bad, libc::O_RDONLY)), (Ok("/etc/passwd".into()), Err(libc::EACCES)));
    for name in [&target, &link, &bad] {
        assert_eq!(one("unlink", name), Ok(0));
    }
}

#[test]
fn relative_names_start_where_the_guest_is() {
    let host = storage();
    std::fs::create_dir_all(host.join("sub/deeper")).unwrap();
    assert_eq!(one("chdir", &in_files("none")), Err(libc::ENOENT));
    assert_eq!(one("chdir", &in_files("sub")), Ok(0));
    assert_eq!(crate::path::working_directory(), in_files("sub"));
    assert_eq!(mode("stat", "deeper"), Ok(libc::S_IFDIR));
    assert_eq!(read_link("/proc/self/cwd"), Ok(in_files("sub")));
    assert_eq!(mode("stat", "../../../../../../etc/passwd"), Err(libc::ENOENT));
    let folder = open("deeper", libc::O_RDONLY | libc::O_DIRECTORY).unwrap();
    type OpenAt = unsafe extern "C" fn(c_int, *const c_char, c_int, c_int) -> c_int;
    let open_at = |name: &CStr, flags| {
        // SAFETY: the function's type, and a string.
        outcome(unsafe { shim::<OpenAt>("openat")(folder, name.as_ptr(), flags, 0o600) })
    };
    assert!(open_at(c"../made", libc::O_CREAT | libc::O_WRONLY).is_ok());
    assert!(host.join("sub/made").exists());
    assert_eq!(open_at(c"../../../../../../../../etc/passwd", libc::O_RDONLY), Err(libc::ENOENT));
    assert_eq!(one("chdir", "/"), Ok(0));
    assert_eq!(mode("stat", "deeper"), Err(libc::ENOENT));
}

#[test]
fn processes_see_themselves() {
    storage();
    let maps = read_all(open("/proc/self/maps", libc::O_RDONLY).unwrap());
    assert!(maps.contains("[stack]"), "{maps}");
    assert_eq!(read_all(open("/proc/self/cmdline", libc::O_RDONLY).unwrap()), "com.example.application\0");
    let status = read_all(open(&format!("/proc/{}/status", std::process::id()), libc::O_RDONLY).unwrap());
    assert!(status.starts_with("Name:\tple.application\nUmask:"), "{status}");
    assert_eq!(read_all(open("/proc/self/environ", libc::O_RDONLY).unwrap()), "HOME=/data/storage/el2/base\0");
    assert_eq!(read_link("/proc/self/exe"), Ok("/system/bin/appspawn".into()));
    assert_eq!(read_link("/proc/self"), Ok(std::process::id().to_string()));
    assert_eq!(open("/proc/self/maps", libc::O_RDWR), Err(libc::EACCES));
    assert!(open("/proc/self/task", libc::O_RDONLY | libc::O_DIRECTORY).is_ok());
    assert!(open("/dev/null", libc::O_WRONLY | libc::O_CREAT | libc::O_TRUNC).is_ok());
    assert_eq!(open("/proc/cpuinfo", libc::O_WRONLY), Err(libc::EACCES));
}

#[test]
fn temporary_files_are_made_where_the_template_says() {
    let host = storage();
    let mut template = text(&in_files("tmp-XXXXXX")).into_bytes_with_nul();
    let make = |template: &mut Vec<u8>| {
        // SAFETY: the function's type, and a string that may be changed.
        outcome(unsafe { shim::<unsafe extern "C" fn(*mut c_char) -> c_int>("mkstemp")(template.as_mut_ptr().cast()) })
    };
    assert!(make(&mut template).is_ok());
    let made = CStr::from_bytes_with_nul(&template).unwrap().to_str().unwrap();
    let name = made.strip_prefix(FILES).unwrap().trim_start_matches('/');
    assert!(host.join(name).exists() && !name.contains("XXXXXX"), "{name}");
    assert_eq!(make(&mut text(&in_files("tmp-XXXXX")).into_bytes_with_nul()), Err(libc::EINVAL));
    assert_eq!(make(&mut text("/tmp/tmp-XXXXXX").into_bytes_with_nul()), Err(libc::ENOENT));
}

#[test]
fn programs_are_not_run() {
    storage();
    let name = in_files("program");
    open(&name, libc::O_CREAT | libc::O_WRONLY).unwrap();
    assert_eq!(one("execv", &name), Err(libc::EACCES));
    assert_eq!(one("execv", &in_files("none")), Err(libc::ENOENT));
    assert_eq!(one("execv", "/bin/sh"), Err(libc::EACCES));
    assert_eq!(one("system", "true"), Err(libc::EACCES));
}

/// Names, kinds and levels of the entries that a walk finds, in order.
fn walk(path: &str, flags: c_int) -> Vec<(String, c_int, c_int)> {
    thread_local! {
        static FOUND: std::cell::RefCell<Vec<(String, c_int, c_int)>> = const { std::cell::RefCell::new(Vec::new()) };
    }
    unsafe extern "C" fn visit(
        path: *const c_char,
        _: *const libc::stat,
        kind: c_int,
        position: *mut [c_int; 2],
    ) -> c_int {
        // SAFETY: what `nftw` gives: a string, and where its last part begins.
        let (path, [base, level]) = unsafe { (CStr::from_ptr(path).to_str().unwrap(), *position) };
        let name = path[usize::try_from(base).unwrap()..].to_owned();
        FOUND.with_borrow_mut(|found| found.push((name, kind, level)));
        0
    }
    type Visit = unsafe extern "C" fn(*const c_char, *const libc::stat, c_int, *mut [c_int; 2]) -> c_int;
    // SAFETY: the function's type, a string and a function.
    let result = unsafe {
        shim::<unsafe extern "C" fn(*const c_char, Visit, c_int, c_int) -> c_int>("nftw")(
            text(path).as_ptr(),
            visit,
            8,
            flags,
        )
    };
    assert_eq!(result, 0);
    let mut found = FOUND.take();
    found.sort_by_key(|(name, ..)| name.clone());
    found
}

#[test]
fn trees_are_walked_with_the_platforms_numbers() {
    let host = storage();
    std::fs::create_dir_all(host.join("tree/b")).unwrap();
    std::fs::write(host.join("tree/a"), "").unwrap();
    std::os::unix::fs::symlink(host.join("tree"), host.join("tree/loop")).unwrap();
    std::os::unix::fs::symlink("nothing", host.join("tree/none")).unwrap();
    let entry = |name: &str, kind, level| (name.to_owned(), kind, level);
    let tree = in_files("tree");
    let physical = [entry("a", 1, 1), entry("b", 2, 1), entry("loop", 5, 1), entry("none", 5, 1), entry("tree", 2, 0)];
    assert_eq!(walk(&tree, 1), physical);
    // Links are followed once; after their contents directories are 6.
    let logical = [entry("a", 1, 1), entry("b", 6, 1), entry("none", 7, 1), entry("tree", 6, 0)];
    assert_eq!(walk(&tree, 8), logical);
    assert_eq!(walk(&tree, 1 | 4), physical, "with changes of the directory");
    assert_eq!(crate::path::working_directory(), "/");
}

#[test]
fn patterns_find_the_guests_names() {
    let host = storage();
    std::fs::create_dir_all(host.join("glob")).unwrap();
    for name in ["one.txt", "two.txt", "three.md"] {
        std::fs::write(host.join("glob").join(name), "").unwrap();
    }
    type Glob = unsafe extern "C" fn(*const c_char, c_int, usize, *mut libc::glob_t) -> c_int;
    let pattern = text(&in_files("glob/*.txt"));
    // SAFETY: the function's type, a string and room for the structure, which glibc fills.
    let names: Vec<_> = unsafe {
        let mut found: libc::glob_t = std::mem::zeroed();
        assert_eq!(shim::<Glob>("glob")(pattern.as_ptr(), 0, 0, &mut found), 0);
        let names = std::slice::from_raw_parts(found.gl_pathv, found.gl_pathc);
        let names = names.iter().map(|name| CStr::from_ptr(*name).to_str().unwrap().to_owned()).collect();
        libc::globfree(&mut found);
        names
    };
    assert_eq!(names, [in_files("glob/one.txt"), in_files("glob/two.txt")]);
}

/// What a stream holds, and whether there is one.
fn stream(function: &str, path: &str, mode: &CStr, old: *mut libc::FILE) -> Result<*mut libc::FILE, c_int> {
    type Open = unsafe extern "C" fn(*const c_char, *const c_char, *mut libc::FILE) -> *mut libc::FILE;
    // SAFETY: the function's type or one with an argument that it does not look at, two strings and a stream.
    let stream = unsafe { shim::<Open>(function)(text(path).as_ptr(), mode.as_ptr(), old) };
    if stream.is_null() { Err(errno::get()) } else { Ok(stream) }
}

#[test]
fn streams_are_opened_and_opened_again() {
    let host = storage();
    let none = std::ptr::null_mut();
    let (first, second) = (in_files("first.txt"), in_files("second.txt"));
    let opened = stream("fopen", &first, c"wx", none).unwrap();
    assert_eq!(stream("fopen", &first, c"wx", none), Err(libc::EEXIST));
    assert_eq!(stream("fopen", &first, c"?", none), Err(libc::EINVAL));
    assert_eq!(stream("fopen", "/etc/passwd", c"r", none), Err(libc::ENOENT));
    let again = stream("freopen", &second, c"wx", opened).unwrap();
    assert_eq!(again, opened);
    // SAFETY: a string and a stream that is open.
    unsafe {
        libc::fputs(c"text".as_ptr(), again);
        libc::fclose(again);
    }
    assert_eq!(std::fs::read_to_string(host.join("second.txt")).unwrap(), "text");
    assert_eq!(std::fs::read_to_string(host.join("first.txt")).unwrap(), "");
    assert_eq!(two("rename", &second, &first), Ok(0));
    assert_eq!(one("remove", &first), Ok(0));
    assert!(!host.join("first.txt").exists() && !host.join("second.txt").exists());
}
