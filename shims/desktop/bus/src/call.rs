//! Calls of methods, and what their errors mean.

use std::collections::HashMap;

use concord_desktop::ServiceError;
use zbus::message::{Message, Type};
use zbus::{Connection, DynamicType, MatchRule, MessageStream, OwnedVariant, fdo};

/// An object with an interface.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Object<'a> {
    pub(crate) service: &'a str,
    pub(crate) path: &'a str,
    pub(crate) interface: &'a str,
}

/// Options and properties: names and values.
pub(crate) type Values = HashMap<String, OwnedVariant>;

impl Object<'_> {
    pub(crate) async fn call<B: serde::Serialize + DynamicType>(
        &self,
        bus: &Connection,
        method: &str,
        body: &B,
    ) -> zbus::Result<Message> {
        bus.call_method(Some(self.service), self.path, Some(self.interface), method, body).await
    }

    /// All properties.
    pub(crate) async fn properties(&self, bus: &Connection) -> zbus::Result<Values> {
        let properties = Object { interface: "org.freedesktop.DBus.Properties", ..*self };
        properties.call(bus, "GetAll", &self.interface).await?.body().deserialize()
    }

    /// The signals of this object and interface.
    pub(crate) async fn signals(&self, bus: &Connection) -> zbus::Result<MessageStream> {
        let rule = MatchRule::builder().msg_type(Type::Signal).path(self.path).interface(self.interface).build()?;
        MessageStream::for_match_rule(rule, bus, None).await
    }
}

/// A value of `values`, when it is there and of the type.
pub(crate) fn value<T: TryFrom<OwnedVariant>>(values: &Values, name: &str) -> Option<T> {
    values.get(name).and_then(|value| value.try_clone().ok()).and_then(|value| T::try_from(value).ok())
}

/// What an error of the bus means to whoever asked `service` (what it does, for people).
pub(crate) fn failure(service: &'static str, error: &zbus::Error) -> ServiceError {
    match error {
        zbus::Error::FDO(known) => match &**known {
            fdo::Error::ServiceUnknown(_)
            | fdo::Error::NameHasNoOwner(_)
            | fdo::Error::UnknownMethod(_)
            | fdo::Error::UnknownInterface(_)
            | fdo::Error::UnknownObject(_)
            | fdo::Error::SpawnServiceNotFound(_) => ServiceError::Absent(service),
            fdo::Error::NoReply(_) | fdo::Error::Timeout(_) | fdo::Error::TimedOut(_) => {
                ServiceError::TimedOut(service)
            }
            _ => ServiceError::Refused { service, reason: error.to_string() },
        },
        zbus::Error::InputOutput(io) if io.kind() == std::io::ErrorKind::TimedOut => ServiceError::TimedOut(service),
        zbus::Error::InputOutput(_) => ServiceError::Gone,
        _ => ServiceError::Refused { service, reason: error.to_string() },
    }
}
