//! `Opener` of the portal (`org.freedesktop.portal.OpenURI`).

use std::os::fd::AsFd;

use concord_desktop::opener::{Opener, Target};
use concord_desktop::{Front, Reply, ServiceError};
use zbus::{Connection, Fd, Variant};

use crate::call::failure;
use crate::portal::{self, Answer, Options};
use crate::thread::Bus;

const OPEN_URI: &str = "org.freedesktop.portal.OpenURI";
const SERVICE: &str = "opening links and files";

/// Programs that the portal finds.
pub(crate) struct PortalOpener {
    bus: Bus,
    front: Front,
}

impl PortalOpener {
    pub(crate) fn new(bus: &Bus, front: &Front) -> Self {
        Self { bus: bus.clone(), front: Front::clone(front) }
    }
}

impl Opener for PortalOpener {
    fn open(&self, target: Target, reply: Reply<()>) {
        let window = self.front.borrow().clone();
        self.bus.spawn(move |buses| async move {
            reply.send(match open(&buses.session, &window, &target).await {
                // Who did not want to choose a program needs no further message.
                Ok(Answer::Done(_) | Answer::Cancelled) => Ok(()),
                Ok(Answer::Failed) => {
                    Err(ServiceError::Refused { service: SERVICE, reason: "no program opens this".into() })
                }
                Err(error) => Err(failure(SERVICE, &error)),
            });
        });
    }
}

async fn open(bus: &Connection, window: &str, target: &Target) -> zbus::Result<Answer> {
    match target {
        Target::Uri(uri) => {
            portal::request(bus, OPEN_URI, "OpenURI", Options::new(), |options| (window, uri.as_str(), options)).await
        }
        Target::File { file, writable } => {
            let options = Options::from([("writable", Variant::from(*writable))]);
            portal::request(bus, OPEN_URI, "OpenFile", options, |options| (window, Fd::from(file.as_fd()), options))
                .await
        }
    }
}
