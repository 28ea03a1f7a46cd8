//! Leaves that keep secrets of an app: what `@ohos.security.huks` and `@ohos.security.asset` write. Records lie beside the data of
//! the app, where the app itself has no name for them.

use concord_ability::state::{AppState, business_error};
use concord_engine::{Call, JsResult};
use concord_runtime::FaceModule;
use concord_runtime::face::{bytes_arg, text_arg, uint8_array};

use crate::core::vault::{Vault, VaultError};

/// What faces of secrets share; not a module of the platform. Errors have the code 1 (the file system) or 2 (damaged); the
/// faces turn these into the codes of their modules.
pub(crate) const MODULE: FaceModule = FaceModule {
    request: "@concord:security/keystore",
    source: "(function (host) { 'use strict'; return host; })",
    natives: &[("read", read), ("write", write), ("remove", remove), ("list", list), ("text", text)],
    apis: &[],
};

/// Does something with the records of the kind that the first argument names.
fn with<T>(call: &Call<'_>, work: impl FnOnce(&Vault) -> Result<T, VaultError>) -> JsResult<T> {
    let kind = text_arg(call, 0)?;
    let state = AppState::of_call(call)?;
    let keys = state.options.home.join("keys");
    let folder = keys.join("100").join(state.bundle_name()).join(kind);
    Vault::open(&keys.join("master"), folder).and_then(|vault| work(&vault)).map_err(|error| {
        tracing::warn!("{error}");
        let code = if matches!(error, VaultError::Damaged(_)) { 2 } else { 1 };
        business_error(call.context, code, &error.to_string())
    })
}

/// read(kind, name) → bytes or undefined
fn read(call: &Call<'_>) -> JsResult {
    let name = text_arg(call, 1)?;
    let record = with(call, |vault| vault.read(&name))?;
    Ok(record.map_or_else(|| call.context.undefined(), |record| uint8_array(call.context, record)))
}

/// write(kind, name, bytes)
fn write(call: &Call<'_>) -> JsResult {
    let (name, record) = (text_arg(call, 1)?, bytes_arg(call, 2)?);
    with(call, |vault| vault.write(&name, &record))?;
    Ok(call.context.undefined())
}

/// remove(kind, name) → whether there was one
fn remove(call: &Call<'_>) -> JsResult {
    let name = text_arg(call, 1)?;
    let existed = with(call, |vault| vault.remove(&name))?;
    Ok(call.context.boolean(existed))
}

/// list(kind) → array of [name, bytes]
fn list(call: &Call<'_>) -> JsResult {
    let records = with(call, Vault::list)?;
    let context = call.context;
    let rows: Vec<_> = records
        .into_iter()
        .map(|(name, record)| context.array(&[context.string(&name), uint8_array(context, record)]))
        .collect();
    Ok(context.array(&rows))
}

/// text(bytes): what the UTF-8 says.
fn text(call: &Call<'_>) -> JsResult {
    Ok(call.context.string(&String::from_utf8_lossy(&bytes_arg(call, 0)?)))
}
