//! Options of sockets, as apps set them.

use std::io;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value as Json, json};
use socket2::Socket;

/// What apps may set; what is missing stays as it is.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct ExtraOptions {
    keep_alive: Option<bool>,
    #[serde(rename = "OOBInline")]
    oob_inline: Option<bool>,
    #[serde(rename = "TCPNoDelay")]
    tcp_no_delay: Option<bool>,
    socket_linger: Option<Linger>,
    receive_buffer_size: Option<usize>,
    send_buffer_size: Option<usize>,
    reuse_address: Option<bool>,
    /// Milliseconds.
    socket_timeout: Option<u64>,
    broadcast: Option<bool>,
}

#[derive(Debug, Deserialize)]
struct Linger {
    #[serde(default)]
    on: bool,
    /// Seconds.
    #[serde(default)]
    linger: u64,
}

/// Sets all that is there.
pub(crate) fn apply(socket: &Socket, options: &ExtraOptions) -> io::Result<()> {
    if let Some(on) = options.keep_alive {
        socket.set_keepalive(on)?;
    }
    if let Some(on) = options.oob_inline {
        socket.set_out_of_band_inline(on)?;
    }
    if let Some(on) = options.tcp_no_delay {
        socket.set_tcp_nodelay(on)?;
    }
    if let Some(linger) = &options.socket_linger {
        socket.set_linger(linger.on.then(|| Duration::from_secs(linger.linger)))?;
    }
    if let Some(size) = options.receive_buffer_size {
        socket.set_recv_buffer_size(size)?;
    }
    if let Some(size) = options.send_buffer_size {
        socket.set_send_buffer_size(size)?;
    }
    if let Some(on) = options.reuse_address {
        socket.set_reuse_address(on)?;
    }
    if let Some(on) = options.broadcast {
        socket.set_broadcast(on)?;
    }
    if let Some(limit) = options.socket_timeout {
        let limit = (limit > 0).then(|| Duration::from_millis(limit));
        socket.set_read_timeout(limit)?;
        socket.set_write_timeout(limit)?;
    }
    Ok(())
}

/// What every kind of socket has. The kernel doubles the sizes of buffers that it is given for its own needs, so half of what it
/// says is what was asked for.
pub(crate) fn read(socket: &Socket) -> io::Result<Json> {
    Ok(json!({
        "receiveBufferSize": socket.recv_buffer_size()? / 2,
        "sendBufferSize": socket.send_buffer_size()? / 2,
        "reuseAddress": socket.reuse_address()?,
        "socketTimeout": socket.read_timeout()?.map_or(0, |limit| limit.as_millis() as u64),
    }))
}
