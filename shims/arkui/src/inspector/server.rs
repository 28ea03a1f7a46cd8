//! The page and its questions over HTTP.

use super::{Answer, FrameTimes, Question, Shared};
use concord_ability::event_loop::Remote;
use concord_engine::Context;
use concord_paint::{CpuRaster, DisplayList, Frame, Raster};
use serde_json::json;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::Duration;
use tiny_http::{Header, Method, Request, Response, StatusCode};

const HTML: &str = include_str!("page.html");
const CSS: &str = include_str!("page.css");
const JS: &str = include_str!("page.js");

/// How long the main loop may take to answer: it is busy with the app then, and the page asks again.
const PATIENCE: Duration = Duration::from_secs(2);
/// Bytes of chance in the address.
const SECRET: usize = 16;

/// What answers questions on the main loop.
pub(crate) type Answerer = fn(&Context, Question) -> Answer;

/// A server that runs. It ends with the process.
pub(crate) struct Server {
    /// The address of the page.
    pub url: String,
}

struct Site {
    remote: Remote,
    answerer: Answerer,
    shared: Arc<Shared>,
    bundle: String,
    token: String,
    hosts: [String; 2],
    /// A question lies with the main loop, which did not answer it in time.
    stuck: Arc<AtomicBool>,
}

/// A new secret for a [`Place`](super::Place).
///
/// # Errors
/// When the machine has no chance to offer.
pub fn token() -> io::Result<String> {
    let mut bytes = [0; SECRET];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

impl Server {
    /// Serves the page of an app, on another port when `port` is taken.
    pub fn start(
        port: u16,
        token: String,
        bundle: String,
        remote: Remote,
        answerer: Answerer,
        shared: Arc<Shared>,
    ) -> io::Result<Server> {
        let bind = |port: u16| {
            tiny_http::Server::http(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).map_err(io::Error::other)
        };
        let http = bind(port).or_else(|_| bind(0))?;
        let port = http.server_addr().to_ip().map_or(port, |address| address.port());
        let url = format!("http://127.0.0.1:{port}/{token}/");
        let hosts = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
        let site = Site { remote, answerer, shared, bundle, token, hosts, stuck: Arc::default() };
        std::thread::Builder::new().name("concord-inspector".to_owned()).spawn(move || {
            for request in http.incoming_requests() {
                site.serve(request);
            }
        })?;
        Ok(Server { url })
    }
}

type Reply = Response<io::Cursor<Vec<u8>>>;

fn reply(status: u16, kind: &str, body: impl Into<Vec<u8>>) -> Reply {
    let fixed = [
        ("Content-Type", kind),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        (
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'",
        ),
    ];
    let response = Response::from_data(body).with_status_code(StatusCode(status)).with_chunked_threshold(usize::MAX);
    fixed
        .iter()
        .filter_map(|(name, value)| Header::from_bytes(*name, *value).ok())
        .fold(response, Response::with_header)
}

fn problem(status: u16, text: &str) -> Reply {
    reply(status, "application/json", json!({ "error": text }).to_string())
}

impl Site {
    fn serve(&self, request: Request) {
        let answer = self.answer(&request);
        if let Err(error) = request.respond(answer) {
            tracing::debug!("the inspector's page has gone: {error}");
        }
    }

    fn answer(&self, request: &Request) -> Reply {
        // A page of another site that has its name lead here (DNS rebinding) knows the port perhaps, but says its own name.
        let host =
            request.headers().iter().find(|header| header.field.equiv("Host")).map(|header| header.value.as_str());
        let named = host.is_some_and(|host| self.hosts.iter().any(|known| known == host));
        let path =
            request.url().strip_prefix('/').and_then(|url| url.strip_prefix(self.token.as_str())).filter(|_| named);
        let Some(path) = path else { return problem(404, "there is nothing here") };
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        match (request.method(), parts.as_slice()) {
            (Method::Get, [""]) => reply(200, "text/html; charset=utf-8", HTML),
            (Method::Get, ["page.css"]) => reply(200, "text/css; charset=utf-8", CSS),
            (Method::Get, ["page.js"]) => reply(200, "text/javascript; charset=utf-8", JS),
            (Method::Get, ["news"]) => {
                let since = query.strip_prefix("since=").and_then(|number| number.parse().ok()).unwrap_or(0);
                reply(200, "application/json", self.news(since))
            }
            (Method::Get, ["tree"]) => self.ask(Question::Tree),
            (Method::Get, ["picture", number]) => self.ask_of(number, Question::Picture),
            (Method::Get, ["node", number]) => self.ask_of(number, Question::Node),
            (Method::Post, ["highlight", number]) => self.ask_of(number, Question::Highlight),
            _ => problem(404, "there is nothing here"),
        }
    }

    /// What has happened since a frame; the app is not asked.
    fn news(&self, since: u64) -> String {
        let rounded = |ms: f64| (ms * 100.0).round() / 100.0;
        let frame = |frame: &FrameTimes| {
            let times = [frame.at, frame.update, frame.layout, frame.draw].map(rounded);
            json!([frame.number, times[0], times[1], times[2], times[3], frame.dirty, frame.nodes])
        };
        let frames: Vec<_> = self.shared.since(since).iter().map(frame).collect();
        let latest = self.shared.latest.load(Ordering::Acquire);
        json!({ "bundle": self.bundle, "pid": std::process::id(), "frame": latest, "frames": frames }).to_string()
    }

    fn ask_of(&self, number: &str, question: fn(u64) -> Question) -> Reply {
        match number.parse() {
            Ok(number) => self.ask(question(number)),
            Err(_) => problem(404, "nodes have numbers"),
        }
    }

    /// Has the main loop answer.
    fn ask(&self, question: Question) -> Reply {
        let busy = || problem(503, "the app is busy");
        if self.stuck.swap(true, Ordering::AcqRel) {
            return busy();
        }
        let (sender, answers) = mpsc::sync_channel(1);
        let (answerer, stuck) = (self.answerer, Arc::clone(&self.stuck));
        let posted = self.remote.post(move |context, _| {
            let answer = answerer(context, question);
            stuck.store(false, Ordering::Release);
            // Nobody may be waiting any more.
            let _ = sender.try_send(answer);
            Ok(())
        });
        if !posted {
            return problem(410, "the app has ended");
        }
        match answers.recv_timeout(PATIENCE) {
            Ok(Answer::Json(text)) => reply(200, "application/json", text),
            Ok(Answer::Picture(list, width, height)) => draw(&list, width, height),
            Ok(Answer::Nothing) => problem(404, "it is not there any more"),
            Err(_) => busy(),
        }
    }
}

fn draw(list: &DisplayList, width: u32, height: u32) -> Reply {
    let Ok(mut frame) = Frame::new(width, height) else {
        return problem(500, "the windows are too large for a picture");
    };
    CpuRaster::new().render(list, &mut frame, None);
    match frame.to_png() {
        Ok(png) => reply(200, "image/png", png),
        Err(error) => problem(500, &error.to_string()),
    }
}
