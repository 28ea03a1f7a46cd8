//! `@ohos:net.connection`, and the networks of the desktop.

pub(crate) mod http;
pub(crate) mod socket;

use std::net::{IpAddr, ToSocketAddrs};

use concord_ability::desktop;
use concord_ability::event_loop::EventLoop;
use concord_desktop::network::{Address, Bearer, Link, Reach};
use concord_engine::{Call, Context, JsResult, Value};
use concord_runtime::FaceModule;
use serde_json::json;

use concord_runtime::face::{face, full, partial, text_arg};

/// The face that hears of changes.
const NETWORKS: &str = "@concord:kits/networks";
/// The least number of a network on a device.
const FIRST_ID: u32 = 100;

pub(crate) static MODULES: [FaceModule; 2] = [
    FaceModule {
        request: NETWORKS,
        source: include_str!("networks.js"),
        natives: &[("read", read), ("listen", listen), ("resolve", resolve)],
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
            partial("connection.getAppNet", "always the default network"),
            partial("connection.getAppNetSync", "always the default network"),
            partial("connection.getDefaultHttpProxy", "there is never a proxy"),
            partial("connection.createNetConnection", "of a specifier only the capabilities and bearers count"),
            partial("connection.NetConnection", "netBlockStatusChange always says that nothing is blocked"),
            partial("connection.NetHandle", "bindSocket fails"),
            full("connection.NetBearType"),
            full("connection.FamilyType"),
            full("connection.NetCap"),
        ],
    ),
];

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
