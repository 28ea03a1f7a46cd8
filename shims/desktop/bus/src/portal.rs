//! Requests to the desktop portal: a call gives the path of a request, whose answer is a signal that comes when people have made
//! up their minds (xdg-desktop-portal, `org.freedesktop.portal.Request`).

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};

use zbus::message::Type;
use zbus::{Connection, DynamicType, MatchRule, MessageStream, ObjectPath, OwnedObjectPath, Variant};

use crate::call::{Object, Values};
use crate::channel::next;

/// Who answers for the portal.
pub(crate) const SERVICE: &str = "org.freedesktop.portal.Desktop";
/// The only object of it.
pub(crate) const PATH: &str = "/org/freedesktop/portal/desktop";
/// The interface of requests.
const REQUEST: &str = "org.freedesktop.portal.Request";

/// An interface of the portal.
pub(crate) const fn interface(name: &str) -> Object<'_> {
    Object { service: SERVICE, path: PATH, interface: name }
}

/// Options of a request.
pub(crate) type Options<'a> = HashMap<&'static str, Variant<'a>>;

/// How a request ended.
#[derive(Debug)]
pub(crate) enum Answer {
    /// It was done.
    Done(Values),
    /// Somebody did not want it.
    Cancelled,
    /// It failed; the portal does not say why.
    Failed,
}

/// Calls `method` with what `body` makes of the options, and waits for the answer however long it takes.
pub(crate) async fn request<'a, B: serde::Serialize + DynamicType>(
    bus: &Connection,
    interface_name: &str,
    method: &str,
    mut options: Options<'a>,
    body: impl FnOnce(Options<'a>) -> B,
) -> zbus::Result<Answer> {
    let token = token();
    options.insert("handle_token", Variant::from(token.clone()));
    // Listening begins before the call, otherwise a quick answer would be missed. The path is known beforehand.
    let expected = expected_path(bus, &token)?;
    let mut answers = responses(bus, &expected).await?;
    let reply = interface(interface_name).call(bus, method, &body(options)).await?;
    let path: OwnedObjectPath = reply.body().deserialize()?;
    if path.as_str() != expected.as_str() {
        // Portals older than 0.9 choose a path of their own.
        answers = responses(bus, &path).await?;
    }
    let message = next(&mut answers).await.ok_or(zbus::Error::InvalidReply)??;
    let body = message.body();
    let (code, results): (u32, Values) = body.deserialize()?;
    Ok(match code {
        0 => Answer::Done(results),
        1 => Answer::Cancelled,
        _ => Answer::Failed,
    })
}

/// A word that no other request of this process has.
pub(crate) fn token() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    format!("concord_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

fn expected_path(bus: &Connection, token: &str) -> zbus::Result<ObjectPath<'static>> {
    let sender = bus.unique_name().map(|name| name.as_str().trim_start_matches(':').replace('.', "_"));
    let sender = sender.ok_or(zbus::Error::InvalidReply)?;
    ObjectPath::try_from(format!("{PATH}/request/{sender}/{token}"))
}

async fn responses(bus: &Connection, path: &ObjectPath<'_>) -> zbus::Result<MessageStream> {
    let rule =
        MatchRule::builder().msg_type(Type::Signal).interface(REQUEST).member("Response").path(path.clone()).build()?;
    MessageStream::for_match_rule(rule, bus, None).await
}

/// Ends a request that goes on until then.
pub(crate) async fn close(bus: &Connection, path: &OwnedObjectPath) -> zbus::Result<()> {
    Object { service: SERVICE, path: path.as_str(), interface: REQUEST }.call(bus, "Close", &()).await.map(drop)
}
