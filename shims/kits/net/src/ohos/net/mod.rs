//! `@ohos:net.connection`, and the networks of the desktop.

pub(crate) mod http;
pub(crate) mod network_security;
pub(crate) mod socket;
pub(crate) mod web_socket;

use std::net::{IpAddr, ToSocketAddrs};

use concord_ability::desktop;
use concord_ability::event_loop::EventLoop;
use concord_ability::state::business_error;
use concord_desktop::network::{Address, Bearer, Link, Reach};
use concord_engine::{Call, Context, Exception, JsResult, Value};
use concord_runtime::FaceModule;
use serde_json::json;

use concord_runtime::face::{face, full, partial, stub, text_arg};

use crate::dns;

/// The face that hears of changes.
const NETWORKS: &str = "@concord:kits/networks";
/// The least number of a network on a device.
const FIRST_ID: u32 = 100;

pub(crate) static MODULES: [FaceModule; 2] = [
    FaceModule {
        request: NETWORKS,
        source: include_str!("networks.js"),
        natives: &[
            ("read", read),
            ("listen", listen),
            ("resolve", resolve),
            ("interfaces", interfaces),
            ("environmentProxy", environment_proxy),
            ("setRule", set_rule),
            ("clearRules", clear_rules),
        ],
        apis: &[],
    },
    face(
        "@ohos:net.connection",
        include_str!("connection.js"),
        &[
            full("connection.hasDefaultNet"),
            full("connection.hasDefaultNetSync"),
            full("connection.getDefaultNet"),
            full("connection.getDefaultNetSync"),
            full("connection.getAllNets"),
            full("connection.getAllNetsSync"),
            partial("connection.getNetCapabilities", "bandwidths are 0, which stands for unknown"),
            partial("connection.getNetCapabilitiesSync", "bandwidths are 0, which stands for unknown"),
            full("connection.getConnectionProperties"),
            full("connection.getConnectionPropertiesSync"),
            full("connection.isDefaultNetMetered"),
            full("connection.isDefaultNetMeteredSync"),
            full("connection.getAddressesByName"),
            full("connection.getAppNet"),
            full("connection.getAppNetSync"),
            full("connection.getDefaultHttpProxy"),
            full("connection.setAppHttpProxy"),
            full("connection.HttpProxy"),
            full("connection.addCustomDnsRule"),
            full("connection.removeCustomDnsRule"),
            full("connection.clearCustomDnsRules"),
            partial("connection.setAppNet", "checked and remembered; the machine's routes decide"),
            partial("connection.reportNetConnected", "nobody is told"),
            partial("connection.reportNetDisconnected", "nobody is told"),
            stub("connection.setPacUrl"),
            stub("connection.getPacUrl"),
            stub("connection.setPacFileUrl"),
            stub("connection.getPacFileUrl"),
            stub("connection.findProxyForUrl"),
            stub("connection.setNetExtAttribute"),
            stub("connection.setNetExtAttributeSync"),
            stub("connection.getNetExtAttribute"),
            stub("connection.getNetExtAttributeSync"),
            partial("connection.createNetConnection", "of a specifier only the capabilities and bearers count"),
            partial("connection.NetConnection", "netBlockStatusChange always says that nothing is blocked"),
            full("connection.NetHandle"),
            partial("connection.NetHandle.bindSocket", "checked; the machine's routes decide"),
            full("connection.NetBearType"),
            full("connection.FamilyType"),
            full("connection.NetCap"),
        ],
    ),
];

/// What a leaf throws for options of the wrong types.
fn parameter_error(call: &Call<'_>, why: &str) -> Exception {
    business_error(call.context, 401, &format!("Parameter error. {why}"))
}

/// read() → JSON of the networks, the default one first
fn read(call: &Call<'_>) -> JsResult {
    describe(call.context, desktop::of(call.context).network.links())
}

/// listen(): `changed` of the face is called with the same after every change from now on.
fn listen(call: &Call<'_>) -> JsResult {
    if let Some(listener) = desktop::listener(call.context, NETWORKS, "changed", describe) {
        desktop::of(call.context).network.listen(listener);
    }
    Ok(call.context.undefined())
}

fn describe(context: &Context, links: Vec<Link>) -> JsResult<Value> {
    let all: Vec<_> = links.iter().map(network).collect();
    Ok(context.string(&json!(all).to_string()))
}

/// A network as the platform describes it.
fn network(link: &Link) -> serde_json::Value {
    // In the order of NetBearType.
    const BEARERS: [Bearer; 5] = [Bearer::Cellular, Bearer::Wifi, Bearer::Bluetooth, Bearer::Ethernet, Bearer::Vpn];
    let bearer = BEARERS.iter().position(|known| *known == link.bearer);
    // Numbers of NetCap.
    let capabilities = [
        (11, !link.metered),
        (12, link.reach > Reach::Local),
        (15, link.bearer != Bearer::Vpn),
        (16, link.reach == Reach::Internet),
        (17, link.reach == Reach::Portal),
    ];
    let capabilities: Vec<u32> = capabilities.iter().filter(|(_, has)| *has).map(|(number, _)| *number).collect();
    let routes: Vec<_> = link
        .routes
        .iter()
        .map(|route| {
            let gateway = route.gateway.unwrap_or(match route.to.ip {
                IpAddr::V4(_) => IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED),
                IpAddr::V6(_) => IpAddr::V6(std::net::Ipv6Addr::UNSPECIFIED),
            });
            json!({
                "interface": link.interface, "destination": network_address(&route.to), "gateway": address(gateway),
                "hasGateway": route.gateway.is_some(), "isDefaultRoute": route.to.prefix == 0, "isExcludedRoute": false,
            })
        })
        .collect();
    let has = |wanted: fn(&IpAddr) -> bool| link.addresses.iter().any(|known| wanted(&known.ip));
    json!({
        "netId": FIRST_ID.saturating_add(link.index),
        "isDefault": link.routes.iter().any(|route| route.to.prefix == 0),
        "metered": link.metered,
        "capabilities": {
            "linkUpBandwidthKbps": 0, "linkDownBandwidthKbps": 0, "networkCap": capabilities,
            "bearerTypes": bearer.into_iter().collect::<Vec<_>>(),
        },
        "properties": {
            "interfaceName": link.interface, "domains": link.domains, "mtu": link.mtu,
            "linkAddresses": link.addresses.iter().map(network_address).collect::<Vec<_>>(),
            "dnses": link.name_servers.iter().map(|server| address(*server)).collect::<Vec<_>>(),
            "routes": routes,
            "isIPv4LinkValid": has(IpAddr::is_ipv4), "isIPv6LinkValid": has(IpAddr::is_ipv6),
        },
    })
}

fn network_address(at: &Address) -> serde_json::Value {
    json!({ "address": address(at.ip), "prefixLength": at.prefix })
}

fn address(ip: IpAddr) -> serde_json::Value {
    json!({ "address": ip.to_string(), "family": if ip.is_ipv4() { 1 } else { 2 }, "port": 0 })
}

/// resolve(name, done): `done(undefined, JSON of addresses)` or `done(why not)`.
fn resolve(call: &Call<'_>) -> JsResult {
    let (name, done) = (text_arg(call, 0)?, call.arg(1));
    let Some(event_loop) = EventLoop::of(call.context) else { return Ok(call.context.undefined()) };
    let look = move || {
        if let Some(ruled) = dns::rule(&name) {
            return Ok(json!(ruled.into_iter().map(address).collect::<Vec<_>>()).to_string());
        }
        let found = (name.as_str(), 0).to_socket_addrs().map_err(|error| error.to_string())?;
        let all: Vec<_> = found.map(|found| address(found.ip())).collect();
        Ok::<_, String>(json!(all).to_string())
    };
    let tell = move |context: &Context, found: Result<String, String>| {
        let args = match found {
            Ok(addresses) => vec![context.undefined(), context.string(&addresses)],
            Err(error) => vec![context.string(&error)],
        };
        done.call(&context.undefined(), &args).map(drop)
    };
    if let Err(error) = event_loop.offload(look, tell) {
        tracing::warn!("no thread to look up a name: {error}");
    }
    Ok(call.context.undefined())
}

/// interfaces() → JSON of `[{name, received, sent, mac}]`: bytes since the machine started.
fn interfaces(call: &Call<'_>) -> JsResult {
    let text = std::fs::read_to_string("/proc/net/dev").unwrap_or_default();
    let all: Vec<_> = text.lines().filter_map(interface).collect();
    Ok(call.context.string(&json!(all).to_string()))
}

/// A line of /proc/net/dev: name, then eight numbers of what was received and eight of what was sent, bytes first.
fn interface(line: &str) -> Option<serde_json::Value> {
    let (name, numbers) = line.split_once(':')?;
    let name = name.trim();
    let mut numbers = numbers.split_whitespace().map(|number| number.parse::<u64>().ok());
    let received = numbers.next()??;
    let sent = numbers.nth(7)??;
    let mac = std::fs::read_to_string(format!("/sys/class/net/{name}/address")).unwrap_or_default();
    Some(json!({ "name": name, "received": received, "sent": sent, "mac": mac.trim() }))
}

/// environmentProxy() → address of the proxy that the person's environment names for plain requests, or undefined
fn environment_proxy(call: &Call<'_>) -> JsResult {
    let found = ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"].iter().find_map(|name| std::env::var(name).ok());
    Ok(found.map_or_else(|| call.context.undefined(), |text| call.context.string(&text)))
}

/// setRule(name, JSON list of addresses or undefined): whether it could be done
fn set_rule(call: &Call<'_>) -> JsResult {
    let name = text_arg(call, 0)?;
    let addresses = if call.arg(1).is_nullish() {
        None
    } else {
        let texts: Vec<String> = serde_json::from_str(&text_arg(call, 1)?).unwrap_or_default();
        let parsed: Option<Vec<IpAddr>> = texts.iter().map(|text| text.parse().ok()).collect();
        match parsed.filter(|all| !all.is_empty()) {
            Some(all) => Some(all),
            None => return Ok(call.context.boolean(false)),
        }
    };
    dns::set_rule(&name, addresses);
    Ok(call.context.boolean(true))
}

/// clearRules()
fn clear_rules(call: &Call<'_>) -> JsResult {
    dns::clear_rules();
    Ok(call.context.undefined())
}
