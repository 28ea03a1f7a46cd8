//! Of what moves: what pages say about transitions in JavaScript, and attributes that are taken without all of their effect.

/// What `animation/`, `navigation/` and `windows/` of the library read.
pub(super) const TRANSITIONS: &[(&str, &[&str])] = &[
    ("CommonTransition", &["constructor", "opacity", "scale", "slide", "translate"]),
    ("NavDestinationAttribute", &["customTransition", "systemTransition"]),
    ("NavDestinationTransition", &["curve", "delay", "duration", "event", "onTransitionEnd"]),
    ("NavDestinationTransitionDelegate", &[]),
    ("NavigationAnimatedTransition", &["isInteractive", "onTransitionEnd", "timeout", "transition"]),
    ("NavigationAttribute", &["customNavContentTransition"]),
    ("NavigationTransitionProxy", &["cancelTransition", "finishTransition", "from", "isInteractive", "to"]),
    ("PageTransitionCallback", &[]),
    ("PageTransitionEnter", &[]),
    ("PageTransitionEnterInterface", &["call", "onEnter"]),
    ("PageTransitionExit", &[]),
    ("PageTransitionExitInterface", &["call", "onExit"]),
    ("PageTransitionOptions", &["curve", "delay", "duration", "type"]),
    ("ContentCoverOptions", &["modalTransition", "transition"]),
    ("CustomDialogControllerOptions", &["closeAnimation", "openAnimation"]),
    ("sharedTransitionOptions", &["curve", "delay", "duration", "type"]),
    ("MotionPathOptions", &["from", "path", "rotatable", "to"]),
    ("GeometryTransitionOptions", &["follow"]),
];

/// What is missing of some.
pub(super) const IN_PART: &[(&str, &str)] = &[
    ("AnimateParam.expectedFrameRateRange", "frames come at the rate of the screen"),
    ("KeyframeAnimateParam.expectedFrameRateRange", "frames come at the rate of the screen"),
    ("CommonMethod.allowForceDark", "colours are never turned dark by force"),
    ("CommonMethod.compositingFilter", "what lies behind is not filtered along"),
    ("CommonMethod.freeze", "nothing is kept of what was drawn"),
    ("CommonMethod.ignoreLayoutSafeArea", "of the content of pages only"),
    ("CommonMethod.motionBlur", "what moves is as sharp as what rests"),
    ("CommonMethod.renderGroup", "nothing is kept of what was drawn"),
    ("CommonMethod.systemBarEffect", "there is no system bar that it would change for"),
    ("SymbolGlyphAttribute.symbolEffect", "symbols are drawn in one piece: layers move together"),
    ("RichEditorAttribute.enableDataDetector", "nothing is marked"),
    ("RichEditorAttribute.dataDetectorConfig", "nothing is marked"),
    ("TextAttribute.enableSelectedDataDetector", "menus of what is selected have no such items"),
    ("CommonMethod.toolbar", "windows have no title bar that tools would be in"),
    ("CommonMethod.visualEffect", "public effects change nothing"),
    ("NavigationTransitionProxy.updateTransition", "a finger cannot lead a transition"),
    ("sharedTransitionOptions.motionPath", "the way is straight"),
    ("sharedTransitionOptions.zIndex", "what is shared lies above both pages"),
];
