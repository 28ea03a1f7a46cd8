//! Names of hosts: by the machine's own resolver, by servers that the app names, or over HTTPS (RFC 1035, RFC 8484).

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::net::UdpSocket;

use crate::http::error::HttpError;
use crate::http::timing;

const PATIENCE: Duration = Duration::from_secs(5);
const A: u16 = 1;
const AAAA: u16 = 28;

/// What the app itself says about names, for all that it asks.
static RULES: Mutex<BTreeMap<String, Vec<IpAddr>>> = Mutex::new(BTreeMap::new());

/// The addresses that the app has given to a name.
pub(crate) fn rule(name: &str) -> Option<Vec<IpAddr>> {
    RULES.lock().unwrap_or_else(PoisonError::into_inner).get(&name.to_ascii_lowercase()).cloned()
}

/// Gives addresses to a name, or takes them away.
pub(crate) fn set_rule(name: &str, addresses: Option<Vec<IpAddr>>) {
    let mut rules = RULES.lock().unwrap_or_else(PoisonError::into_inner);
    match addresses {
        Some(addresses) => rules.insert(name.to_ascii_lowercase(), addresses),
        None => rules.remove(&name.to_ascii_lowercase()),
    };
}

/// Forgets all of them.
pub(crate) fn clear_rules() {
    RULES.lock().unwrap_or_else(PoisonError::into_inner).clear();
}

/// Which addresses a name may have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) enum Family {
    #[default]
    Any,
    V4,
    V6,
}

impl Family {
    pub(crate) fn takes(self, ip: &IpAddr) -> bool {
        match self {
            Self::Any => true,
            Self::V4 => ip.is_ipv4(),
            Self::V6 => ip.is_ipv6(),
        }
    }
}

/// Who is asked for addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) enum Source {
    #[default]
    Host,
    Servers(Vec<IpAddr>),
    /// Address of a server that answers over HTTPS.
    Https(String),
}

/// The resolver of one client.
#[derive(Debug, Clone, Default)]
pub(crate) struct Resolver {
    pub(crate) source: Source,
    pub(crate) family: Family,
    /// Asks `Source::Https`.
    pub(crate) client: Option<reqwest::Client>,
}

impl Resolver {
    pub(crate) async fn look_up(&self, name: &str) -> Result<Vec<SocketAddr>, HttpError> {
        let ruled = rule(name);
        let mut found: Vec<IpAddr> = match &self.source {
            _ if ruled.is_some() => ruled.unwrap_or_default(),
            Source::Host => {
                let all = tokio::net::lookup_host((name, 0)).await.map_err(|_| HttpError::HostName)?;
                all.map(|address| address.ip()).collect()
            }
            Source::Servers(servers) => self.both(|kind| ask_servers(servers, name, kind)).await,
            Source::Https(server) => {
                let client = self.client.as_ref().ok_or(HttpError::Internal)?;
                self.both(|kind| ask_https(client, server, name, kind)).await
            }
        };
        found.retain(|ip| self.family.takes(ip));
        if found.is_empty() {
            return Err(HttpError::HostName);
        }
        Ok(found.into_iter().map(|ip| SocketAddr::new(ip, 0)).collect())
    }

    /// Asks for the kinds of addresses that are wanted.
    async fn both<F: Future<Output = Option<Vec<IpAddr>>>>(&self, ask: impl Fn(u16) -> F) -> Vec<IpAddr> {
        let mut found = Vec::new();
        for (kind, family) in [(A, Family::V4), (AAAA, Family::V6)] {
            if self.family == Family::Any || self.family == family {
                found.extend(ask(kind).await.unwrap_or_default());
            }
        }
        found
    }
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let resolver = self.clone();
        Box::pin(async move {
            let found = resolver.look_up(name.as_str()).await?;
            timing::mark(|times| &times.name);
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

async fn ask_servers(servers: &[IpAddr], name: &str, kind: u16) -> Option<Vec<IpAddr>> {
    for server in servers {
        let asked = ask_server(SocketAddr::new(*server, 53), name, kind);
        if let Ok(Some(found)) = tokio::time::timeout(PATIENCE, asked).await {
            return Some(found);
        }
    }
    None
}

async fn ask_server(server: SocketAddr, name: &str, kind: u16) -> Option<Vec<IpAddr>> {
    let own: IpAddr = if server.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
    let socket = UdpSocket::bind((own, 0)).await.ok()?;
    socket.connect(server).await.ok()?;
    // The kernel chose the port at random and drops what comes from elsewhere; the number makes guessing a little harder still.
    let id = socket.local_addr().ok()?.port().rotate_left(7);
    socket.send(&question(id, name, kind)?).await.ok()?;
    let mut buffer = [0; 4096];
    loop {
        let length = socket.recv(&mut buffer).await.ok()?;
        let message = buffer.get(..length)?;
        if message.get(..2)? == id.to_be_bytes() {
            return answers(message, kind);
        }
    }
}

async fn ask_https(client: &reqwest::Client, server: &str, name: &str, kind: u16) -> Option<Vec<IpAddr>> {
    let answer = client
        .post(server)
        .header("content-type", "application/dns-message")
        .header("accept", "application/dns-message")
        .timeout(PATIENCE)
        .body(question(0, name, kind)?)
        .send()
        .await
        .ok()?;
    if !answer.status().is_success() || answer.content_length().is_some_and(|length| length > 65_535) {
        return None;
    }
    answers(&answer.bytes().await.ok()?, kind)
}

/// A query for one name; none where the name cannot be asked for.
fn question(id: u16, name: &str, kind: u16) -> Option<Vec<u8>> {
    let mut message = Vec::with_capacity(64);
    // Recursion desired, one question.
    for word in [id, 0x0100, 1, 0, 0, 0] {
        message.extend(word.to_be_bytes());
    }
    for label in name.trim_end_matches('.').split('.') {
        let length = u8::try_from(label.len()).ok().filter(|length| (1..=63).contains(length))?;
        message.push(length);
        message.extend(label.as_bytes());
    }
    message.push(0);
    message.extend(kind.to_be_bytes());
    message.extend(1_u16.to_be_bytes());
    Some(message)
}

/// The addresses in an answer. Aliases need not be followed: servers that recurse send what they stand for along.
fn answers(message: &[u8], kind: u16) -> Option<Vec<IpAddr>> {
    let word = |at: usize| Some(u16::from_be_bytes(message.get(at..at + 2)?.try_into().ok()?));
    let (flags, questions, records) = (word(2)?, word(4)?, word(6)?);
    // An answer without error.
    if flags & 0x8000 == 0 || flags & 0x000f != 0 {
        return None;
    }
    let mut at = 12;
    for _ in 0..questions {
        at = after_name(message, at)? + 4;
    }
    let mut found = Vec::new();
    for _ in 0..records {
        at = after_name(message, at)?;
        let length = usize::from(word(at + 8)?);
        let data = message.get(at + 10..at + 10 + length)?;
        if word(at)? == kind {
            found.extend(<[u8; 4]>::try_from(data).ok().map(IpAddr::from));
            found.extend(<[u8; 16]>::try_from(data).ok().map(IpAddr::from));
        }
        at += 10 + length;
    }
    Some(found)
}

fn after_name(message: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match *message.get(at)? {
            0 => return Some(at + 1),
            length if length & 0xc0 == 0xc0 => return Some(at + 2),
            length => at += usize::from(length) + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_addresses_of_an_answer() {
        let mut message = question(7, "a.example", A).expect("a name");
        message[2] = 0x81;
        message[7] = 2;
        // An alias, then an address, both by reference to the question.
        message.extend([0xc0, 12, 0, 5, 0, 1, 0, 0, 0, 9, 0, 2, 0xc0, 12]);
        message.extend([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 9, 0, 4, 10, 1, 2, 3]);
        assert_eq!(answers(&message, A), Some(vec![IpAddr::from([10, 1, 2, 3])]));
        for cut in 0..message.len() {
            assert!(answers(&message[..cut], A).is_none_or(|found| found.is_empty()), "cut at {cut}");
        }
    }

    #[test]
    fn refuses_names_that_cannot_be_asked_for() {
        assert!(question(0, "", A).is_none());
        assert!(question(0, &"x".repeat(64), A).is_none());
        assert!(question(0, "a..b", A).is_none());
    }
}
