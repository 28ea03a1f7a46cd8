//! `@ohos:url`: URL and URLParams, by the URL standard.

use concord_engine::{Call, JsResult};
use concord_runtime::{Api, FaceModule};
use url::Url;

use concord_runtime::face::{full, text_arg, type_error};

const APIS: &[Api] = &[full("url.*")];

pub(super) static MODULES: [FaceModule; 1] = [FaceModule {
    request: "@ohos:url",
    source: include_str!("url.js"),
    natives: &[("parse", parse), ("get", get), ("set", set), ("percentDecode", percent_decode)],
    apis: APIS,
}];

/// parse(text, base or undefined) → href, or null when malformed
fn parse(call: &Call<'_>) -> JsResult {
    let text = text_arg(call, 0)?;
    let base = call.arg(1);
    let parsed = if base.is_undefined() {
        Url::parse(&text)
    } else {
        Url::parse(&base.to_js_string()?).and_then(|base| base.join(&text))
    };
    Ok(parsed.map_or_else(|_| call.context.null(), |url| call.context.string(url.as_str())))
}

fn reparse(call: &Call<'_>) -> JsResult<Url> {
    match Url::parse(&text_arg(call, 0)?) {
        Ok(url) => Ok(url),
        Err(error) => type_error(call.context, &error.to_string()),
    }
}

/// get(href, part) → text
fn get(call: &Call<'_>) -> JsResult {
    let url = reparse(call)?;
    use url::quirks as part;
    let origin;
    let text = match text_arg(call, 1)?.as_str() {
        "origin" => {
            origin = part::origin(&url);
            origin.as_str()
        }
        "protocol" => part::protocol(&url),
        "username" => part::username(&url),
        "password" => part::password(&url),
        "host" => part::host(&url),
        "hostname" => part::hostname(&url),
        "port" => part::port(&url),
        "pathname" => part::pathname(&url),
        "search" => part::search(&url),
        "hash" => part::hash(&url),
        other => return type_error(call.context, &format!("no part {other}")),
    };
    Ok(call.context.string(text))
}

/// set(href, part, value) → href; a value that does not fit changes nothing, as the standard wants it
fn set(call: &Call<'_>) -> JsResult {
    let mut url = reparse(call)?;
    let value = text_arg(call, 2)?;
    use url::quirks as part;
    let _ = match text_arg(call, 1)?.as_str() {
        "protocol" => part::set_protocol(&mut url, &value),
        "username" => part::set_username(&mut url, &value),
        "password" => part::set_password(&mut url, &value),
        "host" => part::set_host(&mut url, &value),
        "hostname" => part::set_hostname(&mut url, &value),
        "port" => part::set_port(&mut url, &value),
        "pathname" => {
            part::set_pathname(&mut url, &value);
            Ok(())
        }
        "search" => {
            part::set_search(&mut url, &value);
            Ok(())
        }
        "hash" => {
            part::set_hash(&mut url, &value);
            Ok(())
        }
        other => return type_error(call.context, &format!("no part {other}")),
    };
    Ok(call.context.string(url.as_str()))
}

/// percentDecode(text): for text that is not valid UTF-8 once decoded
pub(super) fn percent_decode(call: &Call<'_>) -> JsResult {
    let text = text_arg(call, 0)?;
    let bytes: Vec<u8> = percent_encoding::percent_decode_str(&text).collect();
    Ok(call.context.string(&String::from_utf8_lossy(&bytes)))
}
