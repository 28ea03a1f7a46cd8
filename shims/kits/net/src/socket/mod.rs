//! Sockets. An [`Endpoint`] is what an engine holds of one: made, bound and asked on the engine's thread, while reading, writing,
//! connecting and accepting happen on the network thread.

mod link;
mod options;
mod socks;

use std::cell::RefCell;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::os::fd::AsRawFd;
use std::sync::{Arc, Mutex, PoisonError};

use nix::errno::Errno;
use serde::Deserialize;
use serde_json::{Value as Json, json};
use socket2::{Domain, SockAddr, Socket, Type};
use tokio::sync::mpsc::UnboundedSender;

pub(crate) use link::{Connect, Order, Wire, connect, listen, orders, receive, serve};
pub(crate) use options::{apply, read};
pub(crate) use socks::Proxy;

use crate::dns;
use crate::runtime::Task;

/// Connections that wait to be accepted.
const BACKLOG: i32 = 128;

/// The kernel's socket, while there is one.
pub(crate) type Slot = Arc<Mutex<Option<Socket>>>;

/// A socket of the app.
#[derive(Default)]
pub(crate) struct Endpoint {
    /// A duplicate of the descriptor that the network thread works with.
    pub(crate) slot: Slot,
    /// What the network thread shall send, once it is connected.
    pub(crate) orders: RefCell<Option<UnboundedSender<Order>>>,
    /// An accepted connection that nobody reads yet.
    pub(crate) parked: RefCell<Option<Wire>>,
    pub(crate) task: RefCell<Option<Task>>,
}

/// An address as apps write it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct NetAddress {
    pub(crate) address: String,
    pub(crate) port: u16,
    /// 1 is IPv4, 2 is IPv6.
    pub(crate) family: Option<u8>,
}

impl NetAddress {
    /// The address if it is one that needs no resolver.
    pub(crate) fn literal(&self) -> Option<SocketAddr> {
        if self.address.is_empty() {
            let any: IpAddr =
                if self.family == Some(2) { Ipv6Addr::UNSPECIFIED.into() } else { Ipv4Addr::UNSPECIFIED.into() };
            return Some(SocketAddr::new(any, self.port));
        }
        // fe80::1%eth0 is a literal, too, which only the resolver understands.
        Some(SocketAddr::new(self.address.parse().ok()?, self.port))
    }

    /// The address, looked up if it is a name.
    pub(crate) async fn resolve(&self) -> io::Result<SocketAddr> {
        if let Some(address) = self.literal() {
            return Ok(address);
        }
        let ruled =
            dns::rule(&self.address).map(|all| all.into_iter().map(|ip| SocketAddr::new(ip, self.port)).collect());
        let found: Vec<SocketAddr> = match ruled {
            Some(ruled) => ruled,
            None => tokio::net::lookup_host((self.address.as_str(), self.port)).await?.collect(),
        };
        let fits = |address: &SocketAddr| match self.family {
            Some(1) => address.is_ipv4(),
            Some(2) => address.is_ipv6(),
            _ => true,
        };
        found.into_iter().find(fits).ok_or_else(|| Errno::EADDRNOTAVAIL.into())
    }
}

/// The number of an error, as the platform adds it to its bases.
pub(crate) fn errno(error: &io::Error) -> Errno {
    match error.raw_os_error() {
        Some(number) => Errno::from_raw(number),
        None => match error.kind() {
            io::ErrorKind::TimedOut => Errno::ETIMEDOUT,
            io::ErrorKind::ConnectionRefused => Errno::ECONNREFUSED,
            io::ErrorKind::UnexpectedEof => Errno::ECONNRESET,
            io::ErrorKind::NotFound => Errno::ENOENT,
            // getaddrinfo tells what it found in its own numbers.
            _ => Errno::EHOSTUNREACH,
        },
    }
}

impl Endpoint {
    /// What `use_socket` says of the kernel's socket, EBADF when there is none.
    pub(crate) fn with_socket<R>(&self, use_socket: impl FnOnce(&Socket) -> io::Result<R>) -> io::Result<R> {
        let slot = self.slot.lock().unwrap_or_else(PoisonError::into_inner);
        use_socket(slot.as_ref().ok_or(Errno::EBADF)?)
    }

    /// Makes the kernel's socket and gives it an address.
    pub(crate) fn bind(&self, address: SocketAddr, kind: Type) -> io::Result<()> {
        let mut slot = self.slot.lock().unwrap_or_else(PoisonError::into_inner);
        if slot.is_none() {
            let socket = Socket::new(Domain::for_address(address), kind.nonblocking(), None)?;
            if kind == Type::STREAM {
                socket.set_reuse_address(true)?;
            }
            *slot = Some(socket);
        }
        slot.as_ref().ok_or(Errno::EBADF)?.bind(&SockAddr::from(address))
    }

    /// The same for a name in the file system, which has to be free.
    pub(crate) fn bind_local(&self, path: &std::path::Path) -> io::Result<()> {
        let socket = Socket::new(Domain::UNIX, Type::STREAM.nonblocking(), None)?;
        socket.bind(&SockAddr::unix(path)?)?;
        *self.slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(socket);
        Ok(())
    }

    /// Lets others connect, and gives the network thread its copy.
    pub(crate) fn start_listening(&self) -> io::Result<Socket> {
        self.with_socket(|socket| {
            socket.listen(BACKLOG)?;
            socket.try_clone()
        })
    }

    /// Number of the descriptor, -1 when there is none.
    pub(crate) fn descriptor(&self) -> i32 {
        self.with_socket(|socket| Ok(socket.as_raw_fd())).unwrap_or(-1)
    }

    /// Own address.
    pub(crate) fn local(&self) -> io::Result<Json> {
        self.with_socket(|socket| Ok(describe(&socket.local_addr()?)))
    }

    /// Address of the other side.
    pub(crate) fn remote(&self) -> io::Result<Json> {
        self.with_socket(|socket| Ok(describe(&socket.peer_addr()?)))
    }

    /// Gives up everything.
    pub(crate) fn release(&self) {
        self.orders.take();
        self.parked.take();
        self.task.take();
        self.slot.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

/// An address as apps read it; of a local socket, its path.
pub(crate) fn describe(address: &SockAddr) -> Json {
    match address.as_socket() {
        Some(SocketAddr::V4(address)) => {
            json!({ "address": address.ip().to_string(), "port": address.port(), "family": 1 })
        }
        Some(SocketAddr::V6(address)) => {
            json!({ "address": address.ip().to_string(), "port": address.port(), "family": 2 })
        }
        None => json!({ "address": address.as_pathname().map(|path| path.display().to_string()).unwrap_or_default() }),
    }
}
