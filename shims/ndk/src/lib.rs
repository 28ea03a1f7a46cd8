//! The native system libraries but libc and Node-API: `libhilog_ndk.z.so`, `librawfile.z.so`, `libuv.so` and the rest of the
//! platform's NDK.

// C functions are called here what they are called in C.
#![expect(non_snake_case, reason = "names of the platform")]

mod ability;
mod boundary;
mod bundle;
mod deviceinfo;
mod drawing;
mod ffrt;
mod files;
mod graphics;
mod hilog;
mod hitrace;
mod image;
mod library;
mod ohresmgr;
mod printf;
mod process;
mod qos;
mod rawfile;
mod resource_manager;
mod script;
mod table;
mod uv;
mod xcomponent;
mod zlib;

pub use library::NativeApi;
pub use process::{Process, install};

use concord_elf::SystemLibrary;
use concord_runtime::SystemModule;
use library::{NdkLibrary, Provided};
use std::sync::Arc;

/// What Concord has of a library of the platform. All other symbols are stubs that report.
fn provided(library: &str) -> Provided {
    let exports = match library {
        "libEGL.so" => graphics::egl::EXPORTS,
        "libace_ndk.z.so" => xcomponent::EXPORTS,
        "libability_base_want.so" => ability::want::EXPORTS,
        "libability_runtime.so" => ability::context::EXPORTS,
        "libbundle_ndk.z.so" => bundle::EXPORTS,
        "libdeviceinfo_ndk.z.so" => deviceinfo::EXPORTS,
        "libffrt.z.so" => ffrt::EXPORTS,
        "libhilog_ndk.z.so" => hilog::EXPORTS,
        "libhitrace_ndk.z.so" => hitrace::EXPORTS,
        "libimage_packer.so" => image::packer::EXPORTS,
        "libimage_source.so" => image::source::EXPORTS,
        "libnative_buffer.so" => graphics::buffer::EXPORTS,
        "libnative_drawing.so" => drawing::exports(),
        "libnative_image.so" => graphics::image::EXPORTS,
        "libnative_vsync.so" => graphics::vsync::EXPORTS,
        "libnative_window.so" => graphics::window::EXPORTS,
        "libohenvironment.so" => files::ENVIRONMENT,
        "libohfileio.so" => files::FILE_IO,
        "libohfileuri.so" => files::FILE_URI,
        "libohresmgr.so" => ohresmgr::EXPORTS,
        "libpixelmap.so" => image::pixelmap::EXPORTS,
        "libqos.so" => qos::EXPORTS,
        "librawfile.z.so" => rawfile::EXPORTS,
        "libuv.so" => uv::EXPORTS,
        "libz.so" => zlib::EXPORTS,
        _ => &[],
    };
    let host = match library {
        "libEGL.so" => Some(graphics::egl::EGL),
        "libGLESv2.so" | "libGLESv3.so" | "libGLv4.so" => Some(graphics::egl::GL),
        "libuv.so" => Some(uv::HOST),
        _ => None,
    };
    Provided { exports, host }
}

/// All libraries of this crate. Every symbol of the platform's NDK is there: what Concord does not have is a stub that reports.
pub fn libraries() -> Vec<Arc<dyn SystemLibrary>> {
    table::libraries()
        .into_iter()
        .map(|name| Arc::new(NdkLibrary::new(name, provided(name))) as Arc<dyn SystemLibrary>)
        .collect()
}

/// System modules of this crate: the surfaces of native code, for ArkUI.
pub fn modules() -> Vec<&'static dyn SystemModule> {
    vec![&xcomponent::FACE]
}

/// What there is of every symbol, by library.
pub fn apis() -> Vec<NativeApi> {
    table::libraries().into_iter().flat_map(|name| library::apis(name, provided(name))).collect()
}

/// The `uv_loop_t` of the thread that a context belongs to, made when it is first asked for; null when the host has no libuv.
pub fn uv_loop(context: &concord_engine::Context) -> *mut std::ffi::c_void {
    uv::of_context(context)
}

/// What to install, when functions of this library are absent because the host lacks them.
pub fn remedy(library: &str) -> Option<&'static str> {
    provided(library).host.and_then(|host| host.wanted())
}

#[cfg(test)]
mod tests {
    use super::*;
    use concord_elf::Symbol;

    #[test]
    fn what_is_ours_is_in_the_table() {
        for library in table::libraries() {
            let known: std::collections::HashSet<_> = table::symbols(library).map(|(symbol, _)| symbol).collect();
            for export in provided(library).exports {
                assert!(known.contains(export.name), "{library} has no {}", export.name);
            }
        }
    }

    #[test]
    fn symbols_are_ours_or_stubs_or_unknown() {
        let libraries = libraries();
        let library = |name: &str| libraries.iter().find(|library| library.names().contains(&name)).expect("a library");
        assert!(matches!(library("libhilog_ndk.z.so").symbol("OH_LOG_Print"), Some(Symbol::Address(_))));
        assert!(matches!(library("libjsvm.so").symbol("OH_JSVM_Init"), Some(Symbol::Absent(_))));
        assert!(matches!(
            library("libnative_media_codecbase.so").symbol("OH_AVCODEC_MIMETYPE_VIDEO_AVC"),
            Some(Symbol::Address(_))
        ));
        assert_eq!(library("libhilog_ndk.z.so").symbol("OH_LOG_NoSuchFunction"), None);
    }
}
