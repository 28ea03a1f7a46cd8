//! The modules, one file each; the path mirrors the foreign name. Faces without leaves are listed here.

use concord_runtime::FaceModule;
use concord_runtime::face::{face, full, partial, stub};

mod net;

const NO_SERVICE: &str = "fails as where the service is not there";
const IN_PROCESS: &str = "tasks live as long as the process";

static FACES: [FaceModule; 13] = [
    face(
        "@ohos:net.statistics",
        include_str!("net/statistics.js"),
        &[
            full("statistics.*"),
            stub("statistics.getSockfdRxBytes"),
            stub("statistics.getSockfdTxBytes"),
            stub("statistics.getSelfTrafficStats"),
            partial("statistics.getUidRxBytes", "Linux does not count by user: fails with 2103005"),
            partial("statistics.getUidTxBytes", "Linux does not count by user: fails with 2103005"),
        ],
    ),
    face("@ohos:net.ethernet", include_str!("net/ethernet.js"), &[full("ethernet.*")]),
    face(
        "@ohos:net.mdns",
        include_str!("net/mdns.js"),
        &[
            full("mdns.MdnsError"),
            partial("mdns.createDiscoveryService", "finds nothing"),
            partial("mdns.DiscoveryService", "finds nothing"),
            partial("mdns.addLocalService", NO_SERVICE),
            partial("mdns.removeLocalService", NO_SERVICE),
            partial("mdns.resolveLocalService", NO_SERVICE),
        ],
    ),
    face(
        "@ohos:net.netFirewall",
        include_str!("net/netFirewall.js"),
        &[
            partial("netFirewall.*", NO_SERVICE),
            full("netFirewall.NetFirewallRuleDirection"),
            full("netFirewall.FirewallRuleAction"),
            full("netFirewall.NetFirewallRuleType"),
            full("netFirewall.NetFirewallOrderField"),
            full("netFirewall.NetFirewallOrderType"),
        ],
    ),
    face(
        "@ohos:net.eap",
        include_str!("net/eap.js"),
        &[partial("eap.*", NO_SERVICE), full("eap.CustomResult"), full("eap.EapMethod"), full("eap.Phase2Method")],
    ),
    face(
        "@ohos:net.vpnExtension",
        include_str!("net/vpnExtension.js"),
        &[partial("vpnExtension.*", "refused to every app"), stub("vpnExtension.createVpnObserver")],
    ),
    face("@ohos:net.policy", EMPTY, &[stub("policy.showAppNetPolicySettings")]),
    face("@concord:request/work", include_str!("request/work.js"), &[]),
    face(
        "@ohos:request",
        include_str!("request.js"),
        &[
            full("request.*"),
            partial("request.agent", IN_PROCESS),
            partial("request.agent.Config.notification", "no notification is shown"),
            partial("request.agent.Config.network", "any network is used"),
            partial("request.agent.Config.metered", "any network is used"),
            partial("request.agent.Config.roaming", "any network is used"),
            partial("request.agent.Config.minSpeed", "without effect"),
            partial("request.agent.Task.setMaxSpeed", "checked, without effect"),
            partial("request.agent.createGroup", "no notification is shown"),
            partial("request.DownloadConfig.networkType", "any network is used"),
            partial("request.DownloadConfig.enableMetered", "any network is used"),
            partial("request.DownloadConfig.enableRoaming", "any network is used"),
            partial("request.DownloadConfig.background", "no notification is shown"),
        ],
    ),
    face(
        "@ohos:request.cacheDownload",
        include_str!("request/cacheDownload.js"),
        &[
            stub("cacheDownload.clearMemoryCache"),
            stub("cacheDownload.clearFileCache"),
            stub("cacheDownload.onDownloadSuccess"),
            stub("cacheDownload.onDownloadError"),
            stub("cacheDownload.offDownloadSuccess"),
            stub("cacheDownload.offDownloadError"),
            stub("cacheDownload.setGlobalRetryOptions"),
            stub("cacheDownload.setGlobalTimeoutOptions"),
            full("cacheDownload.CacheStrategy"),
            full("cacheDownload.ErrorCode"),
            partial("cacheDownload.*", "kept like other answers, where they may be kept; not found by Image"),
            full("cacheDownload.SslType"),
            full("cacheDownload.getDownloadInfo"),
            full("cacheDownload.setDownloadInfoListSize"),
        ],
    ),
    face("@system:fetch", include_str!("../system/fetch.js"), &[full("*")]),
    face("@system:network", include_str!("../system/network.js"), &[full("*")]),
    face(
        "@hms:collaboration.rcp",
        include_str!("../hms/collaboration/rcp.js"),
        &[partial(
            "*",
            "streams as sources, static rules for names, callbacks that judge certificates and ntlm are missing",
        )],
    ),
];

const EMPTY: &str = "(function () { 'use strict'; return {}; })";

/// Everything, by family.
pub(crate) static FAMILIES: &[&[FaceModule]] = &[
    &FACES,
    &net::MODULES,
    &net::http::MODULES,
    &net::network_security::MODULES,
    &net::socket::MODULES,
    &net::web_socket::MODULES,
];
