//! A request with everything that belongs to it: redirections, authentication, what is kept, limits, what is told meanwhile.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use concord_syscalls::VirtualPaths;
use http::header::{HeaderMap, HeaderName, HeaderValue};
use http::{Method, StatusCode, Version};
use reqwest::{Response, Url};
use serde_json::json;

use crate::guest::{Function, Piece};
use crate::http::body::Payload;
use crate::http::cache::{self, Lookup};
use crate::http::error::HttpError;
use crate::http::policy::Policy;
use crate::http::spec::{Expect, Spec};
use crate::http::timing::{self, Times};
use crate::http::{auth, client};

/// What the platform calls itself.
const AGENT: &str = "libcurl-agent/1.0";
/// Bytes of a body that are kept unless the app says otherwise, and at most.
const LIMIT: u64 = 5 << 20;
const MOST: u64 = 100 << 20;
/// Redirections that are followed unless the app says otherwise.
const REDIRECTS: u32 = 30;

/// A request on its way.
pub(crate) struct Exchange {
    pub(crate) spec: Spec,
    pub(crate) payload: Payload,
    /// Hears `('head', {…})`, `('data', bytes)`, `('received', n, of)`, `('sent', n, of)` and in the end `('end', {…}, body)` or
    /// `('fail', code, message)`.
    pub(crate) told: Function,
    pub(crate) policy: Arc<Policy>,
    pub(crate) paths: Arc<VirtualPaths>,
}

/// The head of an answer.
struct Head {
    status: u16,
    version: Version,
    headers: Vec<(String, String)>,
    url: Url,
    reason: String,
}

impl Exchange {
    /// Runs to its end, and tells it.
    pub(crate) async fn run(self) {
        let times = Times::begin();
        let limit = self.spec.read_timeout;
        let work = timing::scope(Arc::clone(&times), self.all(&times));
        let result = match limit {
            0 => work.await,
            limit => tokio::time::timeout(Duration::from_millis(limit), work).await.unwrap_or(Err(HttpError::Timeout)),
        };
        if let Err(error) = result {
            self.told.call(vec!["fail".into(), Piece::Number(error.code() as f64), error.message().into()]);
        }
    }

    async fn all(&self, times: &Times) -> Result<(), HttpError> {
        let url = parse(&self.spec.url)?;
        let method = Method::from_bytes(self.spec.method.as_bytes()).map_err(|_| HttpError::Url)?;
        let address = url.as_str().to_owned();
        let cacheable = self.spec.use_cache
            && method == Method::GET
            && !self.spec.streaming
            && self.spec.save.is_none()
            && cache::header(&self.spec.headers, "range").is_none();
        let lookup = if cacheable { cache::look_up(&address, &self.spec.headers) } else { Lookup::Missing };
        let (stale, conditions) = match lookup {
            Lookup::Fresh(kept) => {
                self.head(&Head::kept(&kept, url)).await;
                return self.finish(times, &kept.headers, kept.body, false).await;
            }
            Lookup::Stale(kept, conditions) => (Some(kept), conditions),
            Lookup::Missing => (None, Vec::new()),
        };
        let (head, response) = self.follow(times, method, url, &conditions).await?;
        if let Some(kept) = stale
            && head.status == 304
        {
            let kept = cache::renew(kept, &head.headers);
            self.head(&Head::kept(&kept, head.url)).await;
            return self.finish(times, &kept.headers, kept.body, false).await;
        }
        self.head(&head).await;
        let total = response.content_length();
        if let Some(save) = &self.spec.save {
            let (path, from) = (save.path.clone(), save.from);
            return self.save(times, response, &head, &path, from, total).await;
        }
        let body = self.read(response, total).await?;
        // What came by way of another address belongs to that one.
        if cacheable && head.url.as_str() == address {
            cache::keep(&address, &self.spec.headers, head.status, &head.headers, &body);
        }
        self.finish(times, &head.headers, body, true).await
    }

    /// Sends the request, and sends it again where the answer says so.
    async fn follow(
        &self,
        times: &Times,
        method: Method,
        url: Url,
        conditions: &[(&'static str, String)],
    ) -> Result<(Head, Response), HttpError> {
        let first = url.clone();
        let (mut method, mut url) = (method, url);
        let mut payload = self.payload.clone();
        let mut cookies: Vec<(String, String)> = Vec::new();
        let mut authorization: Option<String> = None;
        let mut left = self.spec.max_redirects.unwrap_or(REDIRECTS);
        loop {
            let mut headers = self.headers(&url, &first, payload.is_empty())?;
            for (name, value) in conditions {
                headers.insert(*name, HeaderValue::from_str(value).map_err(|_| HttpError::Internal)?);
            }
            if let Some(text) = cookies_for(&url, &cookies) {
                headers.append("cookie", HeaderValue::from_str(&text).map_err(|_| HttpError::Internal)?);
            }
            if let Some(value) = &authorization {
                headers.insert("authorization", HeaderValue::from_str(value).map_err(|_| HttpError::Internal)?);
            }
            let response = self.send(times, &method, &url, headers, &payload).await?;
            times.head.store(times.elapsed(), Ordering::Relaxed);
            let head = Head::of(&response, url.clone());
            let host = url.host_str().unwrap_or("").to_owned();
            cookies.extend(head.all("set-cookie").map(|cookie| (host.clone(), cookie.to_owned())));
            if head.status == 401
                && authorization.is_none()
                && let Some(who) = self.spec.authentication.as_ref().filter(|who| who.kind == "digest")
            {
                let target = url.query().map_or(url.path().to_owned(), |query| format!("{}?{query}", url.path()));
                let nonce = nonce(times);
                authorization = head
                    .all("www-authenticate")
                    .find_map(|challenge| auth::answer(who, challenge, method.as_str(), &target, &nonce));
                if authorization.is_some() {
                    continue;
                }
            }
            let Some(target) = head.location(&url) else { return Ok((head, response)) };
            if left == 0 {
                // Who wants to follow none gets the answer itself.
                return if self.spec.max_redirects == Some(0) {
                    Ok((head, response))
                } else {
                    Err(HttpError::Redirects)
                };
            }
            left -= 1;
            let target = target?;
            times.redirected.store(times.elapsed(), Ordering::Relaxed);
            // As curl and browsers do: a form that was sent is not sent again, unless the server asks for that.
            let becomes_get = match head.status {
                303 => method != Method::HEAD,
                301 | 302 => method == Method::POST,
                _ => false,
            };
            if becomes_get {
                (method, payload) = (Method::GET, Payload::default());
            }
            url = target;
        }
    }

    /// One request and the head of its answer.
    async fn send(
        &self,
        times: &Times,
        method: &Method,
        url: &Url,
        headers: HeaderMap,
        payload: &Payload,
    ) -> Result<Response, HttpError> {
        let rules = self.policy.rules(url.host_str().unwrap_or(""), &self.paths);
        let secure = url.scheme() == "https";
        if !secure && !rules.cleartext {
            return Err(HttpError::Cleartext);
        }
        let key = self.spec.client_key(secure, &rules, &self.paths)?;
        // Reading certificates takes a while when it is the first time.
        let client =
            tokio::task::spawn_blocking(move || client::client(&key)).await.map_err(|_| HttpError::Internal)??;
        let mut again = true;
        loop {
            times.connected.store(0, Ordering::Relaxed);
            let mut request = client.request(method.clone(), url.clone()).headers(headers.clone());
            if !payload.is_empty() {
                request = request.body(payload.body(self.spec.report_sent.then(|| self.told.clone())));
            }
            match request.send().await {
                Ok(response) => return Ok(response),
                Err(error) => {
                    let cause = HttpError::before_head(&error);
                    // A connection that was open already may have been closed by the server just now.
                    let reused = times.connected.load(Ordering::Relaxed) == 0;
                    let died = matches!(cause, HttpError::Nothing | HttpError::Receive | HttpError::Send);
                    if !(again && reused && died) {
                        return Err(cause);
                    }
                    again = false;
                }
            }
        }
    }

    fn headers(&self, url: &Url, first: &Url, no_body: bool) -> Result<HeaderMap, HttpError> {
        let same = url.host_str() == first.host_str() && url.port_or_known_default() == first.port_or_known_default();
        let mut headers = HeaderMap::new();
        headers.insert("user-agent", HeaderValue::from_static(AGENT));
        let mut given: Vec<HeaderName> = Vec::new();
        for (name, value) in &self.spec.headers {
            let Ok(name) = HeaderName::from_bytes(name.trim().as_bytes()) else { continue };
            let secret = name == "authorization" || name == "cookie";
            // Decoding is done here, by the encodings that we know; the length is counted.
            let ours = name == "content-length" || (name == "accept-encoding" && value != "identity");
            if (secret && !same) || ours || (no_body && name == "content-type" && url != first) {
                continue;
            }
            let value = HeaderValue::from_bytes(value.trim().as_bytes()).map_err(|_| HttpError::Url)?;
            if given.contains(&name) {
                headers.append(name, value);
            } else {
                given.push(name.clone());
                headers.insert(name, value);
            }
        }
        if let Some(who) =
            self.spec.authentication.as_ref().filter(|who| same && matches!(who.kind.as_str(), "" | "basic"))
        {
            let text = concord_ability::resources::base64_text(format!("{}:{}", who.username, who.password).as_bytes());
            let value = HeaderValue::from_str(&format!("Basic {text}")).map_err(|_| HttpError::Authentication)?;
            headers.insert("authorization", value);
        }
        Ok(headers)
    }

    async fn head(&self, head: &Head) {
        self.told.deliver(0, vec!["head".into(), Piece::Json(head.json())]).await;
    }

    /// The body, told piece by piece or kept.
    async fn read(&self, mut response: Response, total: Option<u64>) -> Result<Bytes, HttpError> {
        let limit = if self.spec.streaming { u64::MAX } else { self.spec.max_limit.unwrap_or(LIMIT).min(MOST) };
        let mut body = BytesMut::new();
        let mut received = 0_u64;
        while let Some(chunk) = response.chunk().await.map_err(|error| HttpError::in_body(&error))? {
            received += chunk.len() as u64;
            if received > limit {
                return Err(HttpError::Write);
            }
            if self.spec.streaming {
                self.told.deliver(chunk.len(), vec!["data".into(), Piece::Bytes(chunk.to_vec())]).await;
                self.received(received, total).await;
            } else {
                body.extend_from_slice(&chunk);
            }
        }
        Ok(body.freeze())
    }

    async fn received(&self, received: u64, total: Option<u64>) {
        let total = total.map_or(0.0, |total| total as f64);
        let pieces = vec!["received".into(), Piece::Number(received as f64), Piece::Number(total)];
        self.told.deliver(0, pieces).await;
    }

    /// Writes the body to a file of the app.
    async fn save(
        &self,
        times: &Times,
        mut response: Response,
        head: &Head,
        name: &str,
        from: u64,
        total: Option<u64>,
    ) -> Result<(), HttpError> {
        use std::io::{Seek, SeekFrom, Write};
        if !(200..300).contains(&head.status) {
            let body = self.read(response, None).await?;
            return self.finish(times, &head.headers, body, true).await;
        }
        let path: PathBuf = self.paths.resolve(name).map_err(|_| HttpError::Write)?.path;
        let resumed = from > 0 && head.status == StatusCode::PARTIAL_CONTENT.as_u16();
        let begin = if resumed { from } else { 0 };
        let open = || {
            let mut file = std::fs::File::options().write(true).create(true).truncate(false).open(&path)?;
            file.set_len(begin)?;
            file.seek(SeekFrom::Start(begin))?;
            Ok::<_, std::io::Error>(file)
        };
        let mut file = open().map_err(|_| HttpError::Write)?;
        let mut received = begin;
        let total = total.map(|total| total + begin);
        while let Some(chunk) = response.chunk().await.map_err(|error| HttpError::in_body(&error))? {
            file.write_all(&chunk).map_err(|_| HttpError::Write)?;
            received += chunk.len() as u64;
            self.received(received, total).await;
        }
        self.finish(times, &head.headers, Bytes::new(), true).await
    }

    async fn finish(
        &self,
        times: &Times,
        headers: &[(String, String)],
        body: Bytes,
        from_network: bool,
    ) -> Result<(), HttpError> {
        let kind = cache::header(headers, "content-type").unwrap_or("").to_ascii_lowercase();
        let binary = kind.starts_with("application/octet-stream") || kind.starts_with("image");
        let text = match self.spec.expect {
            Expect::Text => true,
            Expect::Bytes => false,
            Expect::Any => !binary,
        };
        let size = body.len();
        let body =
            if text { Piece::Text(String::from_utf8_lossy(&body).into_owned()) } else { Piece::Bytes(body.to_vec()) };
        let connected = timing::milliseconds(&times.connected);
        let head = timing::milliseconds(&times.head);
        let all = times.elapsed() as f64 / 1000.0;
        let info = json!({
            "timing": {
                "dnsTiming": timing::milliseconds(&times.name),
                "tcpTiming": connected,
                "tlsTiming": if self.spec.url.starts_with("https:") { connected } else { 0.0 },
                "firstSendTiming": connected,
                "firstReceiveTiming": head,
                "totalFinishTiming": all,
                "redirectTiming": timing::milliseconds(&times.redirected),
                "responseHeaderTiming": head,
                "responseBodyTiming": all,
            },
            "fromNetwork": from_network,
        });
        self.told.deliver(size, vec!["end".into(), Piece::Json(info), body]).await;
        Ok(())
    }
}

/// An address that requests can be sent to.
pub(crate) fn parse(text: &str) -> Result<Url, HttpError> {
    let url = Url::parse(text.trim()).map_err(|_| HttpError::Url)?;
    match url.scheme() {
        "http" | "https" if url.has_host() => Ok(url),
        "http" | "https" => Err(HttpError::Url),
        _ => Err(HttpError::Protocol),
    }
}

/// Something that differs from request to request.
fn nonce(times: &Times) -> String {
    let at = std::ptr::from_ref(times) as usize as u64;
    format!("{:016x}", at.rotate_left(32) ^ times.elapsed() ^ u64::from(std::process::id()))
}

/// `name=value; …` of the cookies that the same host has set on the way.
fn cookies_for(url: &Url, cookies: &[(String, String)]) -> Option<String> {
    let own = cookies.iter().filter(|(host, _)| Some(host.as_str()) == url.host_str());
    let pairs: Vec<&str> = own.filter_map(|(_, cookie)| cookie.split(';').next()).map(str::trim).collect();
    (!pairs.is_empty()).then(|| pairs.join("; "))
}

impl Head {
    fn of(response: &Response, url: Url) -> Self {
        let headers = response.headers().iter();
        let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        Self {
            status: response.status().as_u16(),
            version: response.version(),
            headers: headers.map(|(name, value)| (name.as_str().to_owned(), text(value))).collect(),
            url,
            reason: response.status().canonical_reason().unwrap_or("").to_owned(),
        }
    }

    fn kept(kept: &cache::Kept, url: Url) -> Self {
        let reason = StatusCode::from_u16(kept.status).ok().and_then(|status| status.canonical_reason()).unwrap_or("");
        Self {
            status: kept.status,
            version: Version::HTTP_11,
            headers: kept.headers.clone(),
            url,
            reason: reason.to_owned(),
        }
    }

    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Where a redirection leads.
    fn location(&self, from: &Url) -> Option<Result<Url, HttpError>> {
        if !matches!(self.status, 301 | 302 | 303 | 307 | 308) {
            return None;
        }
        let text = self.all("location").next()?;
        let Ok(url) = from.join(text) else { return Some(Err(HttpError::Url)) };
        Some(parse(url.as_str()))
    }

    fn json(&self) -> serde_json::Value {
        json!({
            "status": self.status, "headers": self.headers, "url": self.url.as_str(), "reason": self.reason,
            "version": format!("{:?}", self.version),
        })
    }
}
