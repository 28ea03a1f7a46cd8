//! Which of two locales suits a device better: language, script and region with their fallbacks.
//!
//! The data is from Unicode CLDR (likely subtags, parent locales), reduced to the languages that have a two-letter code
//! and the larger ones that do not.

use std::cmp::Ordering;
use std::fmt;

/// A language, script or region subtag, packed big-endian as the index packs it (`zh` is `0x7a68`). Zero is no tag.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(pub u32);

impl Tag {
    /// The absent tag.
    pub const NONE: Tag = Tag(0);

    /// A tag of up to four ASCII letters or digits; anything else gives the absent tag.
    pub const fn new(text: &str) -> Tag {
        let bytes = text.as_bytes();
        if bytes.len() > 4 {
            return Tag::NONE;
        }
        let (mut value, mut i) = (0, 0);
        while i < bytes.len() {
            if !bytes[i].is_ascii_alphanumeric() {
                return Tag::NONE;
            }
            value = value << 8 | bytes[i] as u32;
            i += 1;
        }
        Tag(value)
    }

    /// Whether there is a tag.
    pub fn is_some(self) -> bool {
        self.0 != 0
    }

    /// World regions (`001`, `419`) are numbers.
    fn is_numeric(self) -> bool {
        self.0.to_be_bytes().iter().find(|byte| **byte != 0).is_some_and(u8::is_ascii_digit)
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in self.0.to_be_bytes().into_iter().filter(|byte| *byte != 0) {
            write!(f, "{}", if byte.is_ascii_graphic() { byte as char } else { '?' })?;
        }
        Ok(())
    }
}

/// Language, script and region; script and region may be absent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Locale {
    /// Language, never absent in a meaningful locale.
    pub language: Tag,
    /// Script, e.g. `Hans`.
    pub script: Tag,
    /// Region, e.g. `CN` or `419`.
    pub region: Tag,
}

impl Locale {
    /// Parses `zh-Hans-CN`, `zh_CN`, `en`; `None` when there is no language in it.
    pub fn parse(text: &str) -> Option<Locale> {
        let mut parts = text.split(['-', '_']);
        let language = parts.next().filter(|part| (2..=3).contains(&part.len()) && is_alphabetic(part))?;
        let mut locale = Locale { language: Tag::new(&language.to_ascii_lowercase()), ..Locale::default() };
        for part in parts {
            if part.len() == 4 && is_alphabetic(part) {
                let (first, rest) = part.split_at(1);
                locale.script = Tag::new(&(first.to_ascii_uppercase() + &rest.to_ascii_lowercase()));
            } else if (part.len() == 2 && is_alphabetic(part))
                || (part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit()))
            {
                locale.region = Tag::new(&part.to_ascii_uppercase());
            } else {
                break;
            }
        }
        Some(locale)
    }

    /// The script that is written, or the one that the language is usually written in there.
    fn full_script(&self) -> Tag {
        if self.script.is_some() { self.script } else { likely_script(self.language, self.region) }
    }

    /// Whether a resource for `candidate` may be used by a device of this locale: same language, same script.
    pub fn accepts(&self, candidate: &Locale) -> bool {
        if !same_language(self.language, candidate.language) {
            return false;
        }
        let (mine, theirs) = (self.full_script(), candidate.full_script());
        if mine.is_some() && theirs.is_some() {
            return mine == theirs;
        }
        !candidate.region.is_some() || candidate.region == self.region
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.language)?;
        for tag in [self.script, self.region].into_iter().filter(|tag| tag.is_some()) {
            write!(f, "_{tag}")?;
        }
        Ok(())
    }
}

fn is_alphabetic(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Which of two acceptable locales suits a device better; `Greater` means `a`. No locale is the `base` folder.
pub(super) fn compare(a: Option<Locale>, b: Option<Locale>, device: Option<Locale>) -> Ordering {
    let Some(device) = device else {
        // A device without a locale wants resources without one.
        return b.is_some().cmp(&a.is_some());
    };
    let (a, b) = match (a, b) {
        (None, None) => return Ordering::Equal,
        (Some(a), Some(b)) if same_language(a.language, b.language) => (a, b),
        (Some(a), _) => return if beats_base(a, device) { Ordering::Greater } else { Ordering::Less },
        (None, Some(b)) => return if beats_base(b, device) { Ordering::Less } else { Ordering::Greater },
    };
    if a.region == b.region {
        return spelling(a, b, device);
    }
    if a.region == device.region || b.region == device.region {
        return (a.region == device.region).cmp(&(b.region == device.region));
    }
    region(a, b, device).then_with(|| spelling(a, b, device))
}

/// A resource of the right language is better than one of no language, except that English of another kind
/// than the device's American English is not: `base` is taken to be American English then.
fn beats_base(candidate: Locale, device: Locale) -> bool {
    if device.language != Tag::new("en") {
        true
    } else if device.region == Tag::new("US") {
        !candidate.region.is_some() || candidate.region == Tag::new("US")
    } else if is_american(device.region) {
        is_american(candidate.region)
    } else {
        true
    }
}

/// Whether English of a region does not descend from world English.
fn is_american(region: Tag) -> bool {
    !ancestors(Tag::new("en"), region, false).contains(&Tag::new("001"))
}

/// `he` and `iw` are one language; the one that the device says is better.
fn spelling(a: Locale, b: Locale, device: Locale) -> Ordering {
    (a.language == device.language).cmp(&(b.language == device.language))
}

fn region(a: Locale, b: Locale, device: Locale) -> Ordering {
    let usual = likely_region(device.language, device.script);
    let usual_region = |x: Locale| usual.is_some() && x.region == usual;
    if !device.region.is_some() {
        return (!a.region.is_some())
            .cmp(&!b.region.is_some())
            .then_with(|| usual_region(a).cmp(&usual_region(b)))
            .then_with(|| alphabetical(a, b));
    }
    let hant = device.full_script() == Tag::new("Hant");
    let path = ancestors(device.language, device.region, hant);
    // Distance from the device's locale up to the candidate, if the candidate is an ancestor of it.
    let up = |x: Tag| path.iter().position(|step| *step == x).unwrap_or(path.len());
    // Distance to the nearest common ancestor, up from both sides.
    let around = |x: Tag| {
        let theirs = ancestors(device.language, x, hant);
        let meets = |(i, step): (usize, &Tag)| path.iter().position(|mine| mine == step).map(|j| i + j);
        theirs.iter().enumerate().find_map(meets).unwrap_or(usize::MAX)
    };
    // Latin American Spanish is written `es_US` or `es_MX` by some.
    let adjust = |x: Locale| {
        let latin = [Tag::new("US"), Tag::new("MX")].contains(&x.region) && device.language == Tag::new("es");
        if latin { Tag::new("419") } else { x.region }
    };
    let (ra, rb) = (adjust(a), adjust(b));
    up(rb)
        .cmp(&up(ra))
        .then_with(|| around(rb).cmp(&around(ra)))
        .then_with(|| usual_region(a).cmp(&usual_region(b)))
        .then_with(|| alphabetical(a, b))
}

/// Countries before world regions, then the first of the alphabet.
fn alphabetical(a: Locale, b: Locale) -> Ordering {
    b.region.is_numeric().cmp(&a.region.is_numeric()).then_with(|| b.region.cmp(&a.region))
}

/// Pairs of codes for the same language.
const RENAMED: [(&str, &str); 5] = [("iw", "he"), ("tl", "fil"), ("ji", "yi"), ("jw", "jv"), ("in", "id")];

fn same_language(a: Tag, b: Tag) -> bool {
    let pair = |(old, new): &(&str, &str)| {
        let (old, new) = (Tag::new(old), Tag::new(new));
        (a == old && b == new) || (a == new && b == old)
    };
    a == b || RENAMED.iter().any(pair)
}

/// CLDR parent locales that are not just the language: language, parent region, child regions.
const PARENTS: [(&str, &str, &str); 5] = [
    (
        "en",
        "001",
        "150 AG AI AU BB BM BS BW BZ CC CK CM CX CY DG DM ER FJ FK FM GB GD GG GH GI GM GY HK IE IL IM IN IO JE JM KE \
         KI KN KY LC LR LS MG MO MS MT MU MW MY NA NF NG NR NU NZ PG PH PK PN PW RW SB SC SD SG SH SL SS SX SZ TC TK \
         TO TT TV TZ UG VC VG VU WS ZA ZM ZW",
    ),
    ("en", "150", "AT BE CH DE DK FI NL SE SI"),
    ("es", "419", "AR BO BR BZ CL CO CR CU DO EC GT HN MX NI PA PE PR PY SV US UY VE"),
    ("pt", "PT", "AO CH CV FR GQ GW LU MO MZ ST TL"),
    ("ar", "015", "DZ EH LY MA TN"),
];

/// A region and its parents, ending with the absent tag for the language itself.
fn ancestors(language: Tag, region: Tag, hant: bool) -> Vec<Tag> {
    let mut path = vec![region];
    let mut current = region;
    // At most AT → 150 → 001 → the language.
    while current.is_some() && path.len() < 5 {
        current = if hant && language == Tag::new("zh") && current == Tag::new("MO") {
            Tag::new("HK")
        } else {
            PARENTS
                .iter()
                .find(|(lang, _, children)| {
                    Tag::new(lang) == language && children.split(' ').any(|child| Tag::new(child) == current)
                })
                .map_or(Tag::NONE, |(_, parent, _)| Tag::new(parent))
        };
        path.push(current);
    }
    path
}

/// CLDR likely subtags: script, then `language-REGION` for the languages that are usually written in it.
const LIKELY: &[(&str, &str)] = &[
    (
        "Latn",
        "aa-ET af-ZA ak-GH an-ES ay-BO az-AZ bi-VU bm-ML br-FR bs-BA ca-ES ch-GU co-FR cs-CZ cy-GB da-DK de-DE ee-GH \
         en-US eo-001 es-ES et-EE eu-ES ff-SN fi-FI fj-FJ fo-FO fr-FR fy-NL ga-IE gd-GB gl-ES gn-PY gv-IM ha-NG ho-PG \
         hr-HR ht-HT hu-HU hz-NA ia-001 id-ID ig-NG ik-US in-ID io-001 is-IS it-IT jv-ID jw-ID kg-CD ki-KE kj-NA \
         kl-GL ku-TR kw-GB la-VA lb-LU lg-UG li-NL ln-CD lt-LT lu-CD lv-LV mg-MG mh-MH mi-NZ mo-RO ms-MY mt-MT na-NR \
         nb-NO nd-ZW ng-NA nl-NL nn-NO no-NO nr-ZA nv-US ny-MW oc-FR om-ET pl-PL pt-BR qu-PE rm-CH rn-BI ro-RO rw-RW \
         sc-IT se-NO sg-CF sk-SK sl-SI sm-WS sn-ZW so-SO sq-AL ss-ZA st-ZA su-ID sv-SE sw-TZ tk-TM tl-PH tn-ZA to-TO \
         tr-TR ts-ZA ty-PF uz-UZ ve-ZA vi-VN vo-001 wa-BE wo-SN xh-ZA yo-NG za-CN zu-ZA ast-ES ban-ID bem-ZM ceb-PH \
         dsb-DE fil-PH gsw-CH haw-US hil-PH hsb-DE ilo-PH kab-DZ min-ID mos-BF nso-ZA pap-AW pcm-NG szl-PL tet-TL \
         tpi-PG war-PH",
    ),
    (
        "Cyrl",
        "ab-GE av-RU ba-RU be-BY bg-BG ce-RU cu-RU cv-RU kk-KZ kv-RU ky-KG mk-MK mn-MN os-GE ru-RU sr-RS tg-TJ tt-RU uk-UA",
    ),
    ("Deva", "hi-IN mr-IN ne-NP sa-IN bho-IN brx-IN doi-IN kok-IN mai-IN"),
    ("Arab", "ar-EG fa-IR ks-IN ps-AF sd-PK ug-CN ur-PK ckb-IQ"),
    ("Hebr", "he-IL iw-IL ji-UA yi-001"),
    ("Beng", "as-IN bn-BD mni-IN"),
    ("Ethi", "am-ET ti-ET"),
    ("Tibt", "bo-CN dz-BT"),
    ("Cans", "cr-CA iu-CA"),
    ("Mymr", "my-MM shn-MM"),
    ("Hans", "zh-CN nan-CN"),
    ("Hant", "yue-HK"),
    ("Avst", "ae-IR"),
    ("Thaa", "dv-MV"),
    ("Grek", "el-GR"),
    ("Gujr", "gu-IN"),
    ("Armn", "hy-AM"),
    ("Yiii", "ii-CN"),
    ("Jpan", "ja-JP"),
    ("Geor", "ka-GE"),
    ("Khmr", "km-KH"),
    ("Knda", "kn-IN"),
    ("Kore", "ko-KR"),
    ("Laoo", "lo-LA"),
    ("Mlym", "ml-IN"),
    ("Orya", "or-IN"),
    ("Guru", "pa-IN"),
    ("Sinh", "si-LK"),
    ("Taml", "ta-IN"),
    ("Telu", "te-IN"),
    ("Thai", "th-TH"),
    ("Cher", "chr-US"),
    ("Olck", "sat-IN"),
    ("Syrc", "syr-IQ"),
];

/// Regions where a language is written in another script than usual: language, script, regions.
const REGIONAL_SCRIPTS: &[(&str, &str, &str)] = &[
    ("zh", "Hant", "AU BN GB GF HK ID MO PA PF PH SR TH TW US VN"),
    ("yue", "Hans", "CN"),
    ("az", "Arab", "IQ IR"),
    ("az", "Cyrl", "RU"),
    ("ha", "Arab", "CM SD"),
    ("kk", "Arab", "AF CN IR MN"),
    ("ku", "Arab", "LB"),
    ("ky", "Arab", "CN"),
    ("ky", "Latn", "TR"),
    ("mn", "Mong", "CN"),
    ("ms", "Arab", "CC"),
    ("pa", "Arab", "PK"),
    ("sr", "Latn", "ME RO RU TR"),
    ("tg", "Arab", "PK"),
    ("ug", "Cyrl", "KZ MN"),
    ("uz", "Arab", "AF"),
    ("uz", "Cyrl", "CN"),
];

/// Regions of a language in another script than usual.
const SCRIPT_REGIONS: &[(&str, &str, &str)] = &[
    ("zh", "Hant", "TW"),
    ("az", "Arab", "IR"),
    ("kk", "Arab", "CN"),
    ("ku", "Arab", "IQ"),
    ("ky", "Arab", "CN"),
    ("ky", "Latn", "TR"),
    ("mn", "Mong", "CN"),
    ("pa", "Arab", "PK"),
    ("sd", "Deva", "IN"),
    ("tg", "Arab", "PK"),
    ("ug", "Cyrl", "KZ"),
    ("uz", "Arab", "AF"),
];

/// Script and region that a language is most likely of.
fn likely(language: Tag) -> Option<(Tag, Tag)> {
    LIKELY.iter().find_map(|(script, languages)| {
        let mut entries = languages.split(' ').filter_map(|entry| entry.split_once('-'));
        let (_, region) = entries.find(|(lang, _)| Tag::new(lang) == language)?;
        Some((Tag::new(script), Tag::new(region)))
    })
}

fn likely_script(language: Tag, region: Tag) -> Tag {
    let regional = REGIONAL_SCRIPTS.iter().find(|(lang, _, regions)| {
        region.is_some() && Tag::new(lang) == language && regions.split(' ').any(|r| Tag::new(r) == region)
    });
    match regional {
        Some((_, script, _)) => Tag::new(script),
        None => likely(language).map_or(Tag::NONE, |(script, _)| script),
    }
}

fn likely_region(language: Tag, script: Tag) -> Tag {
    let scripted = SCRIPT_REGIONS.iter().find(|(l, s, _)| Tag::new(l) == language && Tag::new(s) == script);
    match scripted {
        Some((_, _, region)) => Tag::new(region),
        None => likely(language).map_or(Tag::NONE, |(_, region)| region),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locale(text: &str) -> Option<Locale> {
        if text == "base" { None } else { Some(Locale::parse(text).unwrap()) }
    }

    /// The best of several candidates by repeated comparison.
    fn best<'a>(device: &str, candidates: &[&'a str]) -> &'a str {
        let device = locale(device).unwrap();
        let fits = |c: &&&str| locale(c).is_none_or(|l| device.accepts(&l));
        let order = |a: &&&str, b: &&&str| compare(locale(a), locale(b), Some(device));
        candidates.iter().filter(fits).max_by(order).unwrap()
    }

    #[test]
    fn tags_pack_as_the_index_does() {
        assert_eq!(Tag::new("zh"), Tag(31336));
        assert_eq!(Tag::new("Hans").to_string(), "Hans");
        assert_eq!(Tag::new("toolong"), Tag::NONE);
        assert_eq!(Locale::parse("ZH-hans_cn").unwrap().to_string(), "zh_Hans_CN");
        assert_eq!(Locale::parse("x"), None);
    }

    #[test]
    fn chinese_by_script() {
        assert_eq!(best("zh-CN", &["base", "zh_TW", "zh"]), "zh");
        assert_eq!(best("zh-TW", &["base", "zh_CN", "zh_HK"]), "zh_HK");
        assert_eq!(best("zh-Hant-MO", &["zh_TW", "zh_HK", "base"]), "zh_HK");
        assert_eq!(best("zh-HK", &["base", "zh_Hans"]), "base");
        assert_eq!(best("zh-Hans-SG", &["base", "zh_CN", "zh_TW"]), "zh_CN");
    }

    #[test]
    fn english_of_the_same_family() {
        assert_eq!(best("en-AU", &["base", "en_US", "en_GB", "en_001"]), "en_001");
        assert_eq!(best("en-AU", &["base", "en_US", "en_GB"]), "en_GB");
        assert_eq!(best("en-AT", &["en_GB", "en_150", "en"]), "en_150");
        assert_eq!(best("en-US", &["base", "en_GB"]), "base");
        assert_eq!(best("en-US", &["base", "en"]), "en");
        assert_eq!(best("en", &["en_GB", "en_US", "en_CA"]), "en_US");
    }

    #[test]
    fn other_families_and_old_codes() {
        assert_eq!(best("es-AR", &["es", "es_ES", "es_MX"]), "es_MX");
        assert_eq!(best("pt-AO", &["pt", "pt_BR", "pt_PT"]), "pt_PT");
        assert_eq!(best("id-ID", &["base", "in_ID"]), "in_ID");
        assert_eq!(best("he", &["iw", "he"]), "he");
        assert_eq!(best("fr-CA", &["base", "fr_FR", "fr_BE"]), "fr_FR");
        assert_eq!(best("sr-ME", &["base", "sr", "sr_Latn"]), "sr_Latn");
        assert_eq!(best("xx-ZZ", &["base", "xx", "xx_YY"]), "xx", "no known script: the region must not differ");
    }
}
