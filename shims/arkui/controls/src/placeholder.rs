//! Components whose content is drawn by something that is not part of ArkUI: web pages, films, surfaces of native code, other
//! apps. A labelled box stands in their place, or the picture that native code has drawn. It is laid out like the component, takes
//! its attributes, and keeps the handlers of its events for those who call them (`src/foreign` of concord-arkui).

use concord_paint::{Color, Painter, Picture, Sampling, kurbo};
use concord_text::TextStyle;
use concord_ui::component::{Component, Looks, Method, Setter};
use concord_ui::font::Font;
use concord_ui::geometry::{Rect, Size};
use concord_ui::input::KeyInput;
use concord_ui::inspector::Attributes;
use concord_ui::label::Label;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Environment, Length, Unit};
use concord_ui::value::{Args, Callback, Value};
use rustc_hash::FxHashMap;
use std::any::Any;

/// One of them.
pub(crate) struct Placeholder {
    name: &'static str,
    /// What is not there, when something is; for the tables of `concord apis`.
    gap: Option<&'static str>,
    methods: &'static [Method],
}

struct State {
    /// What would be shown: the address of a page, the name of an app.
    caption: String,
    handlers: FxHashMap<&'static str, Callback>,
    name: Label,
    below: Label,
    surface: Option<Surface>,
}

/// What native code shows of itself.
#[derive(Default)]
struct Surface {
    picture: Option<Picture>,
    /// Where it is in the frame, in px; all of it unless somebody says otherwise.
    rect: Option<kurbo::Rect>,
    /// Nothing behind shows through.
    opaque: bool,
}

impl Component for Placeholder {
    fn name(&self) -> &'static str {
        self.name
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn gap(&self) -> Option<&'static str> {
        self.gap
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State {
            caption: String::new(),
            handlers: FxHashMap::default(),
            name: Label::default(),
            below: Label::default(),
            surface: None,
        })
    }

    fn methods(&self) -> &'static [Method] {
        self.methods
    }

    fn commands(&self) -> &'static [Method] {
        COMMANDS
    }

    fn looks(&self, tree: &Tree, node: NodeId) -> Looks {
        if let Some(surface) = tree.state::<State>(node).and_then(|state| state.surface.as_ref()) {
            return Looks { background: surface.opaque.then_some(Color::BLACK), ..Looks::default() };
        }
        let background = if tree.environment.dark { 0xff20_2224 } else { 0xfff1_f3f5 };
        Looks { background: Some(Color::from_argb(background)), ..Looks::default() }
    }

    /// It takes all the room that it gets.
    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let fonts = pass.tree.fonts();
        let environment = pass.tree.environment.clone();
        // In something that scrolls there is no end of room.
        let room = |max: f32| if max.is_finite() { max } else { environment.window_width };
        let size = constraint.fit(Size::new(room(constraint.max.width), room(constraint.max.height)));
        if let Some(state) = pass.tree.state_mut::<State>(node) {
            let caption = state.caption.clone();
            state.name.measure(&fonts, size.width, 1, || (self.name.to_owned(), style(&environment, 14.0, 0x99)));
            state.below.measure(&fonts, size.width, 1, || (caption, style(&environment, 12.0, 0x66)));
        }
        size
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn environment_changed(&self, tree: &mut Tree, node: NodeId) {
        if let Some(state) = tree.state_mut::<State>(node) {
            state.name.forget();
            state.below.forget();
        }
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let (Some(state), Some(found)) = (tree.state::<State>(node), tree.get(node)) else { return };
        let content = found.layout.content();
        if let Some(surface) = &state.surface {
            if let Some(picture) = &surface.picture {
                let (origin, size) = (content.origin, content.size);
                let all = kurbo::Rect::from_origin_size(
                    (f64::from(origin.x), f64::from(origin.y)),
                    (f64::from(size.width), f64::from(size.height)),
                );
                painter.picture(picture, picture.rect(), surface.rect.unwrap_or(all), Sampling::Linear, None);
            }
            return;
        }
        let (name, below) = (state.name.size(), state.below.size());
        let lines = if state.caption.is_empty() { name.height } else { name.height + below.height };
        if lines > content.size.height {
            return;
        }
        let mut line = Rect::new(content.origin.x, content.origin.y, content.size.width, name.height);
        line.origin.y += (content.size.height - lines) / 2.0;
        state.name.paint(painter, &line);
        if !state.caption.is_empty() {
            line.origin.y += name.height;
            line.size.height = below.height;
            state.below.paint(painter, &line);
        }
    }

    fn on_focus(&self, pass: &mut Pass<'_>, node: NodeId, gained: bool) {
        tell(pass, node, "focus", &[Value::Bool(gained)]);
    }

    /// Native code hears of keys and uses none.
    fn on_key(&self, pass: &mut Pass<'_>, node: NodeId, input: &KeyInput) -> bool {
        let time = pass.tree.now * 1e6;
        let fields = [("type", f64::from(input.phase as u8)), ("keyCode", f64::from(input.code)), ("timestamp", time)];
        tell(pass, node, "key", &[Value::object(fields.map(|(name, value)| (name, Value::Number(value))))]);
        false
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        if let Some(state) = tree.state::<State>(node) {
            out.text("src", state.caption.as_str());
        }
    }
}

/// The style of a line: the colour of primary text at part of its strength.
fn style(environment: &Environment, size: f32, alpha: u32) -> TextStyle {
    let text = if environment.dark { 0x00ff_ffff } else { 0x0018_2431 };
    let color = Color::from_argb(alpha << 24 | text);
    Font::default().style(environment, &Length::Plain(size, Unit::Fp), color, 400)
}

/// Calls what `listen` has been given.
fn tell(pass: &mut Pass<'_>, node: NodeId, name: &str, args: &[Value]) {
    let handler = pass.tree.state::<State>(node).and_then(|state| state.handlers.get(name)).cloned();
    if let Some(handler) = handler {
        pass.host.call(pass.tree, &handler, args);
    }
}

/// Keeps the handler of an event.
fn keep(node: &mut Setter<'_>, name: &'static str, args: Args<'_>) -> Value {
    if let Some(state) = node.tree.state_mut::<State>(node.node) {
        match args.get(0).as_callback() {
            Some(handler) => state.handlers.insert(name, handler.clone()),
            None => state.handlers.remove(name),
        };
    }
    Value::Undefined
}

static COMMANDS: &[Method] = &[
    // Names what would be shown; returns the name that it had.
    Method {
        name: "caption",
        apply: |node, args| {
            let caption = args.get(0).as_str().unwrap_or_default().to_owned();
            let mut before = Value::Undefined;
            if let Some(state) = node.tree.state_mut::<State>(node.node).filter(|state| state.caption != caption) {
                before = Value::String(std::mem::replace(&mut state.caption, caption).into());
                state.below.forget();
                node.tree.mark_measure(node.node);
            }
            before
        },
    },
    // `surface(opaque)`: native code draws it from now on, and there is no label any more.
    Method {
        name: "surface",
        apply: |node, args| {
            if let Some(state) = node.tree.state_mut::<State>(node.node) {
                let opaque = args.get(0).as_bool().unwrap_or(false);
                state.surface = Some(Surface { opaque, ..Surface::default() });
                node.tree.mark_paint(node.node);
            }
            Value::Undefined
        },
    },
    // `listen(what, f)`: `f` is told of the focus (whether it has come) or of keys (their events).
    Method {
        name: "listen",
        apply: |node, args| match args.get(0).as_str() {
            Some("focus") => keep(node, "focus", Args(args.0.get(1..).unwrap_or_default())),
            Some("key") => keep(node, "key", Args(args.0.get(1..).unwrap_or_default())),
            _ => Value::Undefined,
        },
    },
    // `picture(pixels)`: what native code has drawn.
    Method {
        name: "picture",
        apply: |node, args| {
            let picture = args.get(0).as_foreign::<Picture>().map(|picture| Picture::clone(&picture));
            if let Some(surface) = node.tree.state_mut::<State>(node.node).and_then(|state| state.surface.as_mut()) {
                surface.picture = picture;
                node.tree.mark_paint(node.node);
            }
            Value::Undefined
        },
    },
    // `surfaceRect(x, y, width, height)`: where the picture is, in px of the frame.
    Method {
        name: "surfaceRect",
        apply: |node, args| {
            let [x, y, width, height] = [0, 1, 2, 3].map(|index| args.get(index).as_f64().unwrap_or(0.0));
            if let Some(surface) = node.tree.state_mut::<State>(node.node).and_then(|state| state.surface.as_mut()) {
                surface.rect = Some(kurbo::Rect::from_origin_size((x, y), (width, height)));
                node.tree.mark_paint(node.node);
            }
            Value::Undefined
        },
    },
    // The handler of an event, if the app has set one.
    Method {
        name: "handler",
        apply: |node, args| {
            let state = node.tree.state::<State>(node.node);
            let handler = state.zip(args.get(0).as_str()).and_then(|(state, name)| state.handlers.get(name));
            handler.map_or(Value::Undefined, |handler| Value::Callback(handler.clone()))
        },
    },
];

/// `create`, attributes that are taken and change nothing, and events.
macro_rules! methods {
    ([$($attribute:literal)*] [$($event:literal)*]) => {
        &[
            Method { name: "create", apply: |_, _| Value::Undefined },
            $(Method { name: $attribute, apply: |_, _| Value::Undefined },)*
            $(Method { name: $event, apply: |node, args| keep(node, $event, args) },)*
        ]
    };
}

/// All of them.
pub(crate) static ALL: [Placeholder; 9] = [
    Placeholder {
        name: "Web",
        gap: Some("no web page is shown: addresses fail to load"),
        methods: methods! {
            ["allowWindowOpenMethod" "blockNetwork" "blurOnKeyboardHideMode" "bypassVsyncCondition" "cacheMode" "copyOptions"
             "darkMode" "databaseAccess" "defaultFixedFontSize" "defaultFontSize" "defaultTextEncodingFormat" "domStorageAccess"
             "editMenuOptions" "enableFollowSystemFontWeight" "enableHapticFeedback" "enableNativeEmbedMode"
             "enableNativeMediaPlayer" "enableWebAVSession" "fileAccess" "forceDarkAccess" "forceDisplayScrollBar"
             "geolocationAccess" "horizontalScrollBarAccess" "imageAccess" "initialScale" "javaScriptAccess"
             "javaScriptOnDocumentEnd" "javaScriptOnDocumentStart" "javaScriptProxy" "keyboardAvoidMode" "layoutMode"
             "mediaOptions" "mediaPlayGestureAccess" "metaViewport" "minFontSize" "minLogicalFontSize" "mixedMode"
             "multiWindowAccess" "nestedScroll" "onlineImageAccess" "overScrollMode" "overviewModeAccess" "pinchSmooth"
             "registerNativeEmbedRule" "runJavaScriptOnDocumentEnd" "runJavaScriptOnDocumentStart" "runJavaScriptOnHeadEnd"
             "textAutosizing" "textZoomRatio" "userAgent" "verticalScrollBarAccess" "webCursiveFont" "webFantasyFont"
             "webFixedFont" "webSansSerifFont" "webSerifFont" "webStandardFont" "zoomAccess"]
            ["onAlert" "onBeforeUnload" "onConfirm" "onConsole" "onContextMenuHide" "onContextMenuShow" "onControllerAttached"
             "onDataResubmitted" "onDownloadStart" "onErrorReceive" "onFaviconReceived" "onFirstContentfulPaint"
             "onFirstMeaningfulPaint" "onFullScreenEnter" "onFullScreenExit" "onGeolocationHide" "onGeolocationShow"
             "onHttpAuthRequest" "onHttpErrorReceive" "onInterceptKeyEvent" "onInterceptRequest" "onLargestContentfulPaint"
             "onLoadFinished" "onLoadIntercept" "onLoadStarted" "onNavigationEntryCommitted" "onOverScroll"
             "onOverrideUrlLoading" "onPageBegin" "onPageEnd" "onPageVisible" "onPermissionRequest" "onProgressChange"
             "onPrompt" "onRefreshAccessedHistory" "onRenderExited" "onRenderProcessNotResponding"
             "onRenderProcessResponding" "onRequestSelected" "onResourceLoad" "onSafeBrowsingCheckResult" "onScaleChange"
             "onScreenCaptureRequest" "onScroll" "onSearchResultReceive" "onShowFileSelector" "onSslErrorEvent"
             "onSslErrorEventReceive" "onTitleReceive" "onTouchIconUrlReceived" "onViewportFitChanged" "onWindowExit"
             "onWindowNew"]
        },
    },
    Placeholder {
        name: "Video",
        gap: Some("films are not decoded: playing fails"),
        methods: methods! {
            ["analyzerConfig" "autoPlay" "controls" "enableAnalyzer" "enableShortcutKey" "loop" "muted" "objectFit"
             "surfaceBackgroundColor"]
            ["onError" "onFinish" "onFullscreenChange" "onPause" "onPrepared" "onSeeked" "onSeeking" "onStart" "onStop"
             "onUpdate"]
        },
    },
    Placeholder {
        name: "XComponent",
        gap: None,
        methods: methods! { ["enableAnalyzer" "enableSecure" "hdrBrightness"] ["onLoad" "onDestroy"] },
    },
    Placeholder {
        name: "Component3D",
        gap: Some("scenes are not drawn"),
        methods: methods! {
            ["customRender" "environment" "renderHeight" "renderWidth" "shader" "shaderImageTexture" "shaderInputBuffer"] []
        },
    },
    Placeholder {
        name: "EmbeddedComponent",
        gap: Some("abilities of other processes are not shown"),
        methods: methods! { [] ["onDrawReady" "onError" "onTerminated"] },
    },
    Placeholder {
        name: "FormComponent",
        gap: Some("cards of other apps are not shown"),
        methods: methods! {
            ["allowUpdate" "dimension" "moduleName" "size" "visibility"]
            ["onAcquired" "onError" "onLoad" "onRouter" "onUninstall"]
        },
    },
    Placeholder {
        name: "PluginComponent",
        gap: Some("components of other apps are not shown"),
        methods: methods! { [] ["onComplete" "onError"] },
    },
    Placeholder { name: "RemoteWindow", gap: Some("windows of other apps are not shown"), methods: methods! { [] [] } },
    Placeholder {
        name: "UIExtensionComponent",
        gap: Some("abilities of other processes are not shown"),
        methods: methods! {
            [] ["onDrawReady" "onError" "onReceive" "onRelease" "onRemoteReady" "onResult" "onTerminated"]
        },
    },
];
