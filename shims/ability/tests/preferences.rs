//! What people have chosen on their desktop, and what an app makes of it.

#![allow(missing_docs, clippy::unwrap_used)]

use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use concord_ability::app::AppProcess;
use concord_ability::hosts::{Hosts, StderrLog};
use concord_ability::options::{AppOptions, Chosen, Launch, TestLaunch};
use concord_desktop::settings::{Preferences, Settings};
use concord_desktop::{Host, Listener};
use concord_package::PackageSet;
use concord_runtime::Registry;

/// Somebody who likes it dark, large and still.
struct Dark;

impl Settings for Dark {
    fn preferences(&self) -> Preferences {
        Preferences {
            dark: Some(true),
            text_scale: Some(2.5),
            reduced_motion: true,
            language: Some("de-DE".into()),
            ..Preferences::default()
        }
    }

    fn listen(&self, _listener: Listener<Preferences>) {}
}

/// A package without code, whose app.json5 says this of the size of text; nothing when it says nothing.
fn package(folder: &Path, configuration: Option<&str>) -> Arc<PackageSet> {
    let reference = configuration.map_or("", |_| r#""configuration": "$profile:sizes","#);
    let module = format!(
        r#"{{"app": {{"bundleName": "com.example.sizes", {reference} "versionCode": 1, "versionName": "1"}},
            "module": {{"name": "entry", "type": "entry", "deviceTypes": ["phone"], "abilities": []}}}}"#
    );
    std::fs::write(folder.join("module.json"), module).unwrap();
    if let Some(configuration) = configuration {
        let profiles = folder.join("resources/base/profile");
        std::fs::create_dir_all(&profiles).unwrap();
        std::fs::write(profiles.join("sizes.json"), format!(r#"{{"configuration": {configuration}}}"#)).unwrap();
    }
    Arc::new(PackageSet::open(&[folder.to_owned()], &concord_package::Options::default()).unwrap())
}

/// Language, color mode, size of text and animations as the app sees them.
fn seen(configuration: Option<&str>, chosen: Chosen) -> String {
    let (folder, home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let launch = Launch::Test(TestLaunch { module: "entry".into(), ..TestLaunch::default() });
    let mut options = AppOptions::new(package(folder.path(), configuration), launch, home.path());
    options.device.chosen = chosen;
    let desktop = Host { settings: Rc::new(Dark), ..Host::default() };
    let hosts = Hosts { log: Arc::new(StderrLog::silent()), desktop, ..Hosts::default() };
    let process = AppProcess::new(options, Registry::new(), hosts).unwrap();
    let model = process.runtime().require("@concord:process").unwrap();
    let configuration = model.get("configuration").unwrap();
    let animations = model.get("info").unwrap().get("device").unwrap().get("animations").unwrap();
    let text = |name| configuration.get(name).unwrap().to_js_string().unwrap();
    format!(
        "{} {} {} {}",
        text("language"),
        text("colorMode"),
        text("fontSizeScale"),
        animations.to_js_string().unwrap()
    )
}

#[test]
fn text_grows_with_the_system_only_where_an_app_lets_it() {
    for (configuration, scale) in [
        (None, "1"),
        (Some(r#"{"fontSizeScale": "nonFollowSystem"}"#), "1"),
        (Some(r#"{"fontSizeScale": "followSystem"}"#), "2.5"),
        (Some(r#"{"fontSizeScale": "followSystem", "fontSizeMaxScale": "1.75"}"#), "1.75"),
        (Some(r#"{"fontSizeScale": "followSystem", "fontSizeMaxScale": "none"}"#), "2.5"),
        (Some("[]"), "1"),
    ] {
        assert_eq!(seen(configuration, Chosen::default()), format!("de-DE 0 {scale} false"), "{configuration:?}");
    }
}

#[test]
fn what_was_chosen_for_the_run_stays() {
    let all = Chosen { colors: true, font_scale: true, animations: true, locale: true };
    assert_eq!(seen(Some(r#"{"fontSizeScale": "followSystem"}"#), all), "en-US 1 1 true");
}
