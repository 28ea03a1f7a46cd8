//! Why a request failed, as the platform numbers it (2300000 + the codes of libcurl).

use std::error::Error;
use std::io::{self, ErrorKind};

/// A failed request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
pub(crate) enum HttpError {
    Protocol,
    Url,
    ProxyName,
    HostName,
    Connect,
    Response,
    Http2,
    Partial,
    Write,
    Read,
    Timeout,
    Redirects,
    Nothing,
    Send,
    Receive,
    LocalCertificate,
    Cipher,
    Certificate,
    Encoding,
    CaFile,
    Authentication,
    Cleartext,
    Internal,
}

impl HttpError {
    /// Code of the BusinessError.
    pub(crate) fn code(self) -> i64 {
        2_300_000
            + match self {
                Self::Protocol => 1,
                Self::Url => 3,
                Self::ProxyName => 5,
                Self::HostName => 6,
                Self::Connect => 7,
                Self::Response => 8,
                Self::Http2 => 16,
                Self::Partial => 18,
                Self::Write => 23,
                Self::Read => 26,
                Self::Timeout => 28,
                Self::Redirects => 47,
                Self::Nothing => 52,
                Self::Send => 55,
                Self::Receive => 56,
                Self::LocalCertificate => 58,
                Self::Cipher => 59,
                Self::Certificate => 60,
                Self::Encoding => 61,
                Self::CaFile => 77,
                Self::Authentication => 94,
                Self::Cleartext => 997,
                Self::Internal => 999,
            }
    }

    /// Text of the BusinessError.
    pub(crate) fn message(self) -> &'static str {
        match self {
            Self::Protocol => "Unsupported protocol.",
            Self::Url => "Invalid URL format or missing URL.",
            Self::ProxyName => "Failed to resolve the proxy name.",
            Self::HostName => "Failed to resolve the host name.",
            Self::Connect => "Failed to connect to the server.",
            Self::Response => "Invalid server response.",
            Self::Http2 => "Error in the HTTP2 framing layer.",
            Self::Partial => "Transferred a partial file.",
            Self::Write => "Failed to write the received data to the disk or application.",
            Self::Read => "Failed to open or read local data from the file or application.",
            Self::Timeout => "Operation timeout.",
            Self::Redirects => "The number of redirections reaches the maximum allowed.",
            Self::Nothing => "The server returned nothing (no header or data).",
            Self::Send => "Failed to send data to the peer.",
            Self::Receive => "Failed to receive data from the peer.",
            Self::LocalCertificate => "Local SSL certificate error.",
            Self::Cipher => "The specified SSL cipher cannot be used.",
            Self::Certificate => "Invalid SSL peer certificate or SSH remote key.",
            Self::Encoding => "Invalid HTTP encoding format.",
            Self::CaFile => "The SSL CA certificate does not exist or is inaccessible.",
            Self::Authentication => "Authentication error.",
            Self::Cleartext => "Cleartext traffic not permitted.",
            Self::Internal => "Internal error.",
        }
    }

    /// What went wrong before the head of a response was there.
    pub(crate) fn before_head(error: &reqwest::Error) -> Self {
        tracing::debug!("request failed: {error:?}");
        if let Some(found) = known_cause(error) {
            return found;
        }
        if error.is_timeout() {
            Self::Timeout
        } else if error.is_builder() {
            Self::Url
        } else if error.is_connect() {
            Self::Connect
        } else if error.is_body() {
            Self::Read
        } else {
            // What hyper says is only in its texts: its error type is not in our hands.
            let text = chain_text(error);
            if text.contains("before message completed") {
                Self::Nothing
            } else if text.contains("http2 error") {
                Self::Http2
            } else if text.contains("invalid") || text.contains("parse") {
                Self::Response
            } else {
                Self::Receive
            }
        }
    }

    /// What went wrong in the body of a response.
    pub(crate) fn in_body(error: &reqwest::Error) -> Self {
        tracing::debug!("response broke: {error:?}");
        if let Some(found) = known_cause(error) {
            return found;
        }
        if error.is_timeout() {
            Self::Timeout
        } else if error.is_decode() && !chain_text(error).contains("before message completed") {
            let text = chain_text(error);
            if text.contains("end of file") || text.contains("error reading a body") {
                Self::Partial
            } else {
                Self::Encoding
            }
        } else if chain_text(error).contains("http2 error") {
            Self::Http2
        } else {
            Self::Partial
        }
    }
}

fn chain_text(error: &(dyn Error + 'static)) -> String {
    let mut text = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        text.push_str(&error.to_string());
        text.push('\n');
        next = error.source();
    }
    text
}

/// The first error of the chain whose type says what it is.
fn known_cause(error: &(dyn Error + 'static)) -> Option<HttpError> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(own) = error.downcast_ref::<HttpError>() {
            return Some(*own);
        }
        if let Some(tls) = error.downcast_ref::<rustls::Error>() {
            return Some(of_tls(tls));
        }
        if let Some(io) = error.downcast_ref::<io::Error>() {
            // An io::Error hides what it wraps from `source`.
            if let Some(found) = io.get_ref().and_then(|inner| known_cause(inner)) {
                return Some(found);
            }
            if let Some(found) = of_io(io) {
                return Some(found);
            }
        }
        next = error.source();
    }
    None
}

fn of_io(error: &io::Error) -> Option<HttpError> {
    Some(match error.kind() {
        ErrorKind::ConnectionRefused
        | ErrorKind::HostUnreachable
        | ErrorKind::NetworkUnreachable
        | ErrorKind::NetworkDown
        | ErrorKind::AddrNotAvailable => HttpError::Connect,
        ErrorKind::TimedOut => HttpError::Timeout,
        ErrorKind::BrokenPipe => HttpError::Send,
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted => HttpError::Receive,
        _ => return None,
    })
}

fn of_tls(error: &rustls::Error) -> HttpError {
    use rustls::{AlertDescription, Error};
    match error {
        Error::InvalidCertificate(_) | Error::NoCertificatesPresented | Error::UnsupportedNameType => {
            HttpError::Certificate
        }
        Error::PeerIncompatible(_) => HttpError::Cipher,
        Error::AlertReceived(alert) => match alert {
            AlertDescription::HandshakeFailure
            | AlertDescription::InsufficientSecurity
            | AlertDescription::ProtocolVersion => HttpError::Cipher,
            AlertDescription::CertificateRequired
            | AlertDescription::BadCertificate
            | AlertDescription::UnknownCA
            | AlertDescription::CertificateUnknown => HttpError::LocalCertificate,
            _ => HttpError::Receive,
        },
        _ => HttpError::Internal,
    }
}
