//! Whether there is a network, and which.

use std::net::IpAddr;

use crate::Listener;

/// What carries the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Bearer {
    /// A cable.
    #[default]
    Ethernet,
    /// Wireless.
    Wifi,
    /// A telephone network.
    Cellular,
    /// Bluetooth.
    Bluetooth,
    /// A tunnel through one of the others.
    Vpn,
}

/// How far packets get.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Reach {
    /// To neighbours.
    #[default]
    Local,
    /// To a page that wants a password first.
    Portal,
    /// Everywhere.
    Internet,
}

/// An address with the length of its network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address {
    /// The address.
    pub ip: IpAddr,
    /// Bits that all addresses of the network share.
    pub prefix: u8,
}

/// Where packets for a network go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The network; all zeros with a prefix of 0 for everything else.
    pub to: Address,
    /// Who passes them on; none when the network is at the link itself.
    pub gateway: Option<IpAddr>,
}

/// A network.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Link {
    /// Name of the interface: `eth0`.
    pub interface: String,
    /// Number of the interface.
    pub index: u32,
    /// What carries the bytes.
    pub bearer: Bearer,
    /// How far packets get.
    pub reach: Reach,
    /// Every byte costs something.
    pub metered: bool,
    /// Bytes of a packet at most.
    pub mtu: u32,
    /// Its addresses.
    pub addresses: Vec<Address>,
    /// Its routes.
    pub routes: Vec<Route>,
    /// Who knows names.
    pub name_servers: Vec<IpAddr>,
    /// What short names end with.
    pub domains: String,
}

/// Tells about networks.
pub trait Network {
    /// The networks that are up, the one that is used first at the front.
    fn links(&self) -> Vec<Link>;

    /// Calls `listener` with all networks after every change. One listener; a later one takes its place.
    fn listen(&self, listener: Listener<Vec<Link>>);
}

/// There is no network.
pub struct NoNetwork;

impl Network for NoNetwork {
    fn links(&self) -> Vec<Link> {
        Vec::new()
    }

    fn listen(&self, _listener: Listener<Vec<Link>>) {}
}
