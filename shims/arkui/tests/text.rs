//! The app's side of text: styled strings.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

/// What `body` returns; its strings are described by `show`: the text, then each style as `key@start+length`.
#[track_caller]
fn gives(body: &str, expected: &str) {
    const TOOLS: &str = "
        const { StyledString, MutableStyledString, TextStyle, DecorationStyle, GestureStyle, piecesOf }
          = require('@concord:arkui/components/styled-string');
        const styled = (text, ...styles) => new MutableStyledString(text, styles);
        const font = (start, length, fontSize = 20) => ({ start, length, styledKey: 0, styledValue: new TextStyle({ fontSize }) });
        const line = (start, length) => ({ start, length, styledKey: 1, styledValue: new DecorationStyle({ type: 1 }) });
        const show = (string) => [string.getString(), ...string.getStyles(0, string.length)
          .map(({ styledKey, start, length }) => `${styledKey}@${start}+${length}`)].join(' ');
        const code = (work) => { try { work(); return 'nothing'; } catch (error) { return error.code; } };";
    let home = tempfile::tempdir().unwrap();
    let script = format!("{TOOLS}{body}");
    if let Some(result) = common::script_in("ui/gallery/entry.hap", home.path(), &script) {
        assert_eq!(result, expected, "{body}");
    }
}

#[test]
fn styles_follow_the_text_that_they_belong_to() {
    gives(
        "const s = styled('abcdef', font(1, 2), line(3, 3)); s.insertString(0, 'XY'); const first = show(s);
         s.removeString(3, 1); return `${first}; ${show(s)}`;",
        "XYabcdef 0@3+2 1@5+3; XYacdef 0@3+1 1@4+3",
    );
    gives(
        "const s = styled('abcdef', font(1, 4)); s.replaceString(2, 2, 'longer'); return show(s);",
        "ablongeref 0@1+8",
    );
    gives(
        "const s = styled('abcdef', font(0, 6)); s.replaceStyledString(2, 2, styled('XY', line(0, 1))); return show(s);",
        "abXYef 0@0+2 0@4+2 1@2+1",
    );
}

#[test]
fn styles_are_set_taken_away_and_cut_out() {
    gives(
        "const s = styled('abcdef', font(0, 6)); s.setStyle(font(2, 2, 30)); return show(s);",
        "abcdef 0@0+2 0@4+2 0@2+2",
    );
    gives(
        "const s = styled('abcdef', font(0, 6), line(0, 6)); s.removeStyle(0, 3, 0); return show(s);",
        "abcdef 0@3+3 1@0+6",
    );
    gives("return show(styled('abcdef', font(1, 3), line(4, 2)).subStyledString(2, 3));", "cde 0@0+2 1@2+1");
    gives(
        "return `${styled('ab').equals(styled('ab'))} ${styled('ab').equals(styled('ab', font(0, 1)))}`;",
        "true false",
    );
}

#[test]
fn ranges_outside_of_the_text_are_refused() {
    gives(
        "const s = styled('ab'); return [() => s.subStyledString(1, 2), () => s.getStyles(-1, 1), () => s.removeString(0, 0),
           () => s.insertString(3, 'x'), () => s.insertString(2, 'x')].map(code).join(' ');",
        "401 401 401 401 nothing",
    );
}

#[test]
fn a_text_is_told_parts_with_one_style_each() {
    gives(
        "const s = styled('abcd', font(0, 3), line(2, 2));
         return piecesOf(s).map(({ text, style }) => `${text}:${style.fontSize ?? '-'}:${style.decoration?.type ?? '-'}`).join(' ');",
        "ab:20:- c:20:1 d:-:1",
    );
}
