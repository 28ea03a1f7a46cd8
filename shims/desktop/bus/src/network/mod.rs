//! `Network` of the kernel, which knows interfaces, addresses and routes, and of the portal, which knows how far they get
//! (`org.freedesktop.portal.NetworkMonitor`).

mod kernel;
mod netlink;

use std::sync::{Arc, Mutex, PoisonError};

use concord_desktop::Listener;
use concord_desktop::network::{Link, Network, Reach};
use zbus::{Connection, OwnedVariant};

use crate::call::{Object, value};
use crate::channel::next;
use crate::known::{Known, Learner};
use crate::portal;
use crate::thread::Bus;
pub use kernel::Kernel;

const MONITOR: Object<'_> = portal::interface("org.freedesktop.portal.NetworkMonitor");

/// What the portal says of all networks together.
#[derive(Debug, Clone, Copy, Default)]
struct Status {
    /// None while nobody says otherwise: then a way to everywhere is taken to lead there.
    reach: Option<Reach>,
    metered: bool,
}

struct Shared {
    learner: Learner<Vec<Link>>,
    /// What the kernel and the portal said last.
    said: Mutex<(Option<Vec<Link>>, Status)>,
}

impl Shared {
    fn change(&self, change: impl FnOnce(&mut (Option<Vec<Link>>, Status))) {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut said);
        let (Some(links), status) = &*said else { return };
        let mut links = links.clone();
        for link in &mut links {
            let most = status.reach.unwrap_or(Reach::Internet);
            link.reach = link.reach.min(most);
            link.metered |= status.metered;
        }
        self.learner.learn(links);
    }
}

/// The networks of this machine.
pub(crate) struct KernelNetwork(Known<Vec<Link>>);

impl KernelNetwork {
    pub(crate) fn new(bus: &Bus) -> Self {
        let (known, learner) = Known::new();
        let shared = Arc::new(Shared { learner, said: Mutex::default() });
        let told = Arc::clone(&shared);
        let watch = std::thread::Builder::new().name("concord-network".into()).spawn(move || {
            let ended = Kernel::default().watch(|links| told.change(|said| said.0 = Some(links)));
            if let Err(error) = ended {
                tracing::warn!("the kernel does not tell about networks: {error}; the app sees none");
                told.learner.learn(Vec::new());
            }
        });
        if let Err(error) = watch {
            tracing::warn!("no thread to watch networks: {error}; the app sees none");
            shared.learner.learn(Vec::new());
        }
        let told = Arc::clone(&shared);
        bus.spawn(move |buses| async move {
            if let Err(error) = follow(&buses.session, &told).await {
                tracing::debug!("the portal does not tell about networks: {error}");
            }
        });
        Self(known)
    }
}

impl Network for KernelNetwork {
    fn links(&self) -> Vec<Link> {
        self.0.get().unwrap_or_default()
    }

    fn listen(&self, listener: Listener<Vec<Link>>) {
        self.0.listen(listener);
    }
}

async fn follow(bus: &Connection, shared: &Shared) -> zbus::Result<()> {
    let mut changes = MONITOR.signals(bus).await?;
    loop {
        let status = status(bus).await?;
        shared.change(|said| said.1 = status);
        if next(&mut changes).await.transpose()?.is_none() {
            return Ok(());
        }
    }
}

async fn status(bus: &Connection) -> zbus::Result<Status> {
    let reply = MONITOR.call(bus, "GetStatus", &()).await?;
    let values: std::collections::HashMap<String, OwnedVariant> = reply.body().deserialize()?;
    let reach = match value::<u32>(&values, "connectivity") {
        Some(1 | 2) => Some(Reach::Local),
        Some(3) => Some(Reach::Portal),
        Some(4) => Some(Reach::Internet),
        _ => None,
    };
    Ok(Status { reach, metered: value(&values, "metered").unwrap_or(false) })
}
