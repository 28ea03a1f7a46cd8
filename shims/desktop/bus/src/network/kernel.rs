//! Interfaces, addresses and routes as the kernel tells them.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::os::fd::{AsRawFd, OwnedFd};
use std::path::{Path, PathBuf};

use concord_desktop::network::{Address, Bearer, Link, Reach, Route};
use nix::sys::socket::{
    AddressFamily, MsgFlags, NetlinkAddr, SockFlag, SockProtocol, SockType, bind, recv, sendto, socket,
};

use super::netlink::{self, attributes, u16_at, u32_at};

/// `IFF_UP | IFF_RUNNING`.
const RUNNING: u32 = 0x1 | 0x40;
/// `IFF_LOOPBACK`.
const LOOPBACK: u32 = 0x8;
/// `RT_TABLE_MAIN`.
const MAIN_TABLE: u32 = 254;
/// `RTN_UNICAST`.
const UNICAST: u8 = 1;
/// The kernel answers with at most this in one datagram.
const BUFFER: usize = 64 << 10;
/// Entries of one table at most; routers of the internet have more routes than an app needs.
const MOST: usize = 4096;

/// The kernel's tables, and the files beside them.
pub struct Kernel {
    /// `/sys/class/net`.
    classes: PathBuf,
    /// Where the resolver's servers stand, the first file that is there.
    resolvers: Vec<PathBuf>,
}

impl Default for Kernel {
    fn default() -> Self {
        Self {
            classes: "/sys/class/net".into(),
            resolvers: vec!["/run/systemd/resolve/resolv.conf".into(), "/etc/resolv.conf".into()],
        }
    }
}

/// An interface while it is put together.
#[derive(Default)]
struct Interface {
    link: Link,
    flags: u32,
    hardware: u16,
    kind: String,
    /// Of the best way to everywhere; none when there is no such way.
    metric: Option<u32>,
}

impl Kernel {
    /// Calls `tell` with the networks, at once and after every change, for ever.
    ///
    /// # Errors
    /// When the kernel refuses a socket.
    pub fn watch(&self, mut tell: impl FnMut(Vec<Link>)) -> io::Result<()> {
        // News are heard before anything is read, so that none is missed.
        let news = open(netlink::NEWS)?;
        let mut buffer = vec![0; BUFFER];
        loop {
            tell(self.links()?);
            // One change is many messages: whatever has come by now is covered by reading once. A full queue (ENOBUFS) is news too.
            let _ = recv(news.as_raw_fd(), &mut buffer, MsgFlags::empty());
            std::thread::sleep(std::time::Duration::from_millis(100));
            while recv(news.as_raw_fd(), &mut buffer, MsgFlags::MSG_DONTWAIT).is_ok() {}
        }
    }

    /// The networks that are up, the one that is used first at the front.
    ///
    /// # Errors
    /// When the kernel refuses a socket.
    pub fn links(&self) -> io::Result<Vec<Link>> {
        let mut interfaces = BTreeMap::new();
        table(netlink::GET_LINK, netlink::NEW_LINK, |body| add_interface(&mut interfaces, body))?;
        table(netlink::GET_ADDRESS, netlink::NEW_ADDRESS, |body| add_address(&mut interfaces, body))?;
        table(netlink::GET_ROUTE, netlink::NEW_ROUTE, |body| add_route(&mut interfaces, body))?;
        let mut all: Vec<Interface> = interfaces
            .into_values()
            .filter(|interface| {
                interface.flags & (RUNNING | LOOPBACK) == RUNNING && !interface.link.addresses.is_empty()
            })
            // Bridges and their like lead nowhere unless packets for everywhere go through them.
            .filter(|interface| interface.metric.is_some() || self.file(interface, "device").exists())
            .collect();
        all.sort_by_key(|interface| (interface.metric.is_none(), interface.metric, interface.link.index));
        let (name_servers, domains) = self.resolver();
        Ok(all
            .into_iter()
            .map(|interface| Link {
                bearer: self.bearer(&interface),
                reach: if interface.metric.is_some() { Reach::Internet } else { Reach::Local },
                name_servers: name_servers.clone(),
                domains: domains.clone(),
                ..interface.link
            })
            .collect())
    }

    fn file(&self, interface: &Interface, name: &str) -> PathBuf {
        self.classes.join(&interface.link.interface).join(name)
    }

    fn bearer(&self, interface: &Interface) -> Bearer {
        const PPP: u16 = 512;
        const RAW_IP: u16 = 519;
        const NONE: u16 = 0xfffe;
        let about = fs::read_to_string(self.file(interface, "uevent")).unwrap_or_default();
        let device = about.lines().find_map(|line| line.strip_prefix("DEVTYPE="));
        match (device, interface.kind.as_str(), interface.hardware) {
            (Some("wlan"), ..) => Bearer::Wifi,
            (Some("wwan"), ..) | (_, _, PPP | RAW_IP) => Bearer::Cellular,
            (Some("bluetooth"), ..) => Bearer::Bluetooth,
            (_, "wireguard" | "tun" | "vti" | "xfrm", _) | (_, _, NONE) => Bearer::Vpn,
            _ if self.file(interface, "phy80211").exists() => Bearer::Wifi,
            _ => Bearer::Ethernet,
        }
    }

    fn resolver(&self) -> (Vec<IpAddr>, String) {
        let text = self.resolvers.iter().find_map(|path: &PathBuf| read_some(path)).unwrap_or_default();
        let words = |name: &'static str| text.lines().filter_map(move |line| line.strip_prefix(name)).map(str::trim);
        let servers = words("nameserver ").filter_map(|word| word.parse().ok()).collect();
        (servers, words("search ").next().unwrap_or_default().to_owned())
    }
}

fn read_some(path: &Path) -> Option<String> {
    fs::read_to_string(path).ok()
}

fn open(groups: u32) -> io::Result<OwnedFd> {
    let family = AddressFamily::Netlink;
    let socket = socket(family, SockType::Raw, SockFlag::SOCK_CLOEXEC, SockProtocol::NetlinkRoute)?;
    bind(socket.as_raw_fd(), &NetlinkAddr::new(0, groups))?;
    Ok(socket)
}

/// Reads a table; `each` gets the bodies of its entries.
fn table(request: u16, answer: u16, mut each: impl FnMut(&[u8]) -> Option<()>) -> io::Result<()> {
    let socket = open(0)?;
    sendto(socket.as_raw_fd(), &netlink::dump(request, 1), &NetlinkAddr::new(0, 0), MsgFlags::empty())?;
    let mut buffer = vec![0; BUFFER];
    let mut entries = 0;
    loop {
        let length = recv(socket.as_raw_fd(), &mut buffer, MsgFlags::empty())?;
        let mut any = false;
        for message in netlink::messages(buffer.get(..length).unwrap_or_default()) {
            any = true;
            if [netlink::DONE, netlink::ERROR].contains(&message.kind) {
                return Ok(());
            }
            if message.kind == answer {
                // An entry that is not understood is as good as none.
                let _ = each(message.body);
                entries += 1;
            }
        }
        if !any || entries >= MOST {
            return Ok(());
        }
    }
}

type Interfaces = BTreeMap<u32, Interface>;

fn add_interface(interfaces: &mut Interfaces, body: &[u8]) -> Option<()> {
    const NAME: u16 = 3;
    const MTU: u16 = 4;
    const INFO: u16 = 18;
    const INFO_KIND: u16 = 1;
    let mut interface = Interface { hardware: u16_at(body, 2)?, flags: u32_at(body, 8)?, ..Interface::default() };
    interface.link.index = u32_at(body, 4)?;
    for (kind, content) in attributes(body, 16) {
        match kind {
            NAME => interface.link.interface = netlink::text(content),
            MTU => interface.link.mtu = u32_at(content, 0)?,
            INFO => {
                let kind = attributes(content, 0).find(|(kind, _)| *kind == INFO_KIND);
                interface.kind = kind.map(|(_, content)| netlink::text(content)).unwrap_or_default();
            }
            _ => {}
        }
    }
    // The name becomes part of a path.
    if interface.link.interface.contains('/') || interface.link.interface.starts_with('.') {
        return None;
    }
    interfaces.insert(interface.link.index, interface);
    Some(())
}

fn add_address(interfaces: &mut Interfaces, body: &[u8]) -> Option<()> {
    const ADDRESS: u16 = 1;
    const LOCAL: u16 = 2;
    let prefix = *body.get(1)?;
    let interface = interfaces.get_mut(&u32_at(body, 4)?)?;
    let find = |wanted| attributes(body, 8).find(|(kind, _)| *kind == wanted).and_then(|(_, at)| netlink::address(at));
    // At the end of a tunnel the first is the other end.
    let ip = find(LOCAL).or_else(|| find(ADDRESS))?;
    interface.link.addresses.push(Address { ip, prefix });
    Some(())
}

fn add_route(interfaces: &mut Interfaces, body: &[u8]) -> Option<()> {
    const TO: u16 = 1;
    const INTERFACE: u16 = 4;
    const GATEWAY: u16 = 5;
    const PRIORITY: u16 = 6;
    const TABLE: u16 = 15;
    let [family, prefix, _, _, short_table, _, _, kind, ..] = *body else { return None };
    let find = |wanted| attributes(body, 12).find(|(kind, _)| *kind == wanted).map(|(_, content)| content);
    let number = |wanted| find(wanted).and_then(|content| u32_at(content, 0));
    if kind != UNICAST || number(TABLE).unwrap_or(u32::from(short_table)) != MAIN_TABLE {
        return None;
    }
    let interface = interfaces.get_mut(&number(INTERFACE)?)?;
    let any = match i32::from(family) {
        libc_family::INET => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        libc_family::INET6 => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
        _ => return None,
    };
    let ip = find(TO).and_then(netlink::address).unwrap_or(any);
    let gateway = find(GATEWAY).and_then(netlink::address);
    if prefix == 0 {
        let metric = number(PRIORITY).unwrap_or(0);
        interface.metric = Some(interface.metric.map_or(metric, |known| known.min(metric)));
    }
    interface.link.routes.push(Route { to: Address { ip, prefix }, gateway });
    Some(())
}

/// Numbers of address families.
mod libc_family {
    use nix::sys::socket::AddressFamily;

    pub(super) const INET: i32 = AddressFamily::Inet as i32;
    pub(super) const INET6: i32 = AddressFamily::Inet6 as i32;
}
