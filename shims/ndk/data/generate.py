#!/usr/bin/env python3
"""Writes ndk.tsv: which native libraries the platform has, what each exports, and what a stub of it answers.

    python3 generate.py CHECKOUT > ndk.tsv

CHECKOUT is a working copy of OpenHarmony's interface_sdk_c. Taken from it are facts only: names of libraries (BUILD.gn), names
of symbols and the API version that brought them (*.ndk.json), and what kind of value a function returns (headers).
"""
import json
import pathlib
import re
import sys

# Have tables of their own: shims/libc, shims/napi.
ELSEWHERE = {"libc.so", "libc_lite.so", "libace_napi.z.so"}
# Libraries whose return types say nothing of what failure is.
FAILURE = {
    "libuv.so": -38,  # UV_ENOSYS
    "libvulkan.so": -3,  # VK_ERROR_INITIALIZATION_FAILED
    "libOpenSLES.so": 12,  # SL_RESULT_FEATURE_UNSUPPORTED
    "libteec.so": 0xFFFF000A,  # TEEC_ERROR_NOT_SUPPORTED
    "libz.so": -2,  # Z_STREAM_ERROR
}
UNSUPPORTED = 801
SCALAR = re.compile(
    r"^(void|bool|_?Bool|char|short|int|long|float|double|size_t|ssize_t|u?int(8|16|32|64|ptr|max)?_t|unsigned|signed|"
    r"GL\w+|EGL\w+|khronos_\w+|U(Char|Bool|Char32|Date|ErrorCode)|uInt|uLong|Byte|z_off_t|z_off64_t|uLongf|z_crc_t|off_t|pid_t|wchar_t|time_t|SL\w+)$"
)
GOOD = re.compile(r"(SUCCESS|SUCCEED|_OK$|^OK$|NO_?ERR(OR)?$|ERR_NONE|ERROR_NONE|RESULT_NONE|_ERROR_CODE_NONE)", re.I)


def uncommented(text):
    """Source without comments, directives and string contents; positions are kept."""
    blank = lambda m: re.sub(r"[^\n]", " ", m.group(0))
    text = re.sub(r"/\*.*?\*/|//[^\n]*", blank, text, flags=re.S)
    text = re.sub(r"^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", blank, text, flags=re.S | re.M)
    return text


class Headers:
    """What the headers say of types and functions."""

    def __init__(self, root):
        self.kinds = {}  # typedef name -> "pointer" | "status" | "scalar" | "struct" | name of another type
        self.functions = {}  # function -> (return type, text after @return)
        self.data = set()  # names of objects
        for path in sorted(root.rglob("*.h")):
            if {"musl", "zh-cn"} & set(path.parts):
                continue
            raw = path.read_text(errors="replace")
            text = uncommented(raw)
            self.read_types(text)
            self.read_functions(raw, text)
            self.data.update(re.findall(r"\bextern\b[^;(){}]*?\b(\w+)\s*(?:\[[^\]]*\])?\s*;", text))

    def read_types(self, text):
        for m in re.finditer(r"\benum\b(?:\s+class)?\s*(\w*)\s*(?::\s*\w+\s*)?\{([^{}]*)\}\s*(\w*)", text):
            members = [x.split("=")[0].strip() for x in m.group(2).split(",") if x.strip()]
            kind = "status" if any(GOOD.search(x) for x in members) else "scalar"
            for name in (m.group(1), m.group(3)):
                if name:
                    self.kinds[name] = kind
        for m in re.finditer(r"\btypedef\b([^;{}]*?)(\**)\s*(\w+)\s*;", text):
            base, stars, name = m.group(1).strip(), m.group(2), m.group(3)
            if stars or base.endswith("*"):
                self.kinds[name] = "pointer"
            elif "(" in base:
                self.kinds.setdefault(name, "pointer")
            elif base.startswith(("struct", "union")):
                self.kinds.setdefault(name, "struct")
            elif base.startswith("enum"):
                self.kinds.setdefault(name, base.split()[-1])
            elif base:
                self.kinds.setdefault(name, base.split()[-1])
        for m in re.finditer(r"\btypedef\b[^;{}()]*\(\s*\w*\s*\*\s*(?:\w+\s+)?(\w+)\s*\)\s*\(", text):
            self.kinds[m.group(1)] = "pointer"
        for m in re.finditer(r"\b(?:struct|union)\s+(?:\w+\s*)?\{", text):
            end = matching(text, m.end() - 1)
            name = re.match(r"\s*(\w+)\s*;", text[end + 1 :])
            if name:
                self.kinds.setdefault(name.group(1), "struct")

    def read_functions(self, raw, text):
        for m in re.finditer(r"(?:^|[;{}])\s*((?:[\w]+[\s*]+(?:\([^()]*\)\s*)?)+?)\s*(\w+)\s*\(", text):
            returned, name = m.group(1), m.group(2)
            if returned.split()[0] in ("return", "typedef", "else", "case"):
                continue
            doc = raw[: m.start(1)].rsplit("/**", 1)
            doc = doc[1] if len(doc) == 2 and "*/" in doc[1] and ";" not in doc[1].split("*/", 1)[1] else ""
            said = re.search(r"@(?:return|retval)s?\b(.*?)(?:@since|@version|\*/)", doc, re.S)
            self.functions.setdefault(name, (returned, said.group(1) if said else ""))

    def answer(self, library, name):
        """What a stub returns; None when nothing sensible can be returned."""
        if name not in self.functions:
            return 0
        returned, said = self.functions[name]
        failure = FAILURE.get(library, UNSUPPORTED)
        if "*" in returned:
            return 0
        words = [
            x
            for x in re.findall(r"\w+", re.sub(r"\([^()]*\)", " ", returned))
            if x not in ("const", "extern", "static", "inline", "struct", "enum", "unsigned", "signed", "register")
            and not re.search(r"(_API|_EXPORT|APIENTRY|_ATTRIBUTE|APICALL|VKAPI\w*|_CALL|EXTERN|ZEXPORT|INTERFACE|CAPI|VISIBILITY|_APIENTRY|__attribute__|__declspec|SLAPIENTRY|U_\w+)$", x)
        ]
        kind = words[-1] if words else "int"
        for _ in range(8):
            if kind in ("pointer", "scalar"):
                return 0
            if kind == "status" or kind in ("VkResult", "SLresult", "TEEC_Result"):
                return failure
            if kind == "struct":
                return None
            if kind in ("int", "int32_t", "long", "int64_t", "short", "int16_t"):
                if library in ("libuv.so", "libz.so"):
                    return failure
                code = re.search(r"error code|err(or)?code|fail|0 (if|on|for|indicates)|success|_ERR|_OK\b|errno", said, re.I)
                return failure if code and not re.search(r"bool|-1\b", said) else (-1 if re.search(r"-1\b", said) else 0)
            if kind in ("uint32_t", "unsigned") and re.search(r"error code|errcode|_ERR_|_OK\b|OH_\w*ErrCode|_SUCCESS", said, re.I):
                return failure
            if SCALAR.match(kind) or kind not in self.kinds:
                return 0
            kind = self.kinds[kind]
        return 0


def matching(text, start):
    depth = 0
    for i in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[i], 0)
        if depth == 0:
            return i
    return len(text) - 1


def libraries(root):
    """(file name of the library, path of its list of symbols), by name."""
    found = []
    for gn in root.rglob("BUILD.gn"):
        text = re.sub(r"#[^\n]*", "", gn.read_text())
        for m in re.finditer(r'ohos_ndk_library\("(\w+)"\)\s*\{', text):
            body = text[m.end() : matching(text, m.end() - 1)]
            value = lambda key: (re.search(key + r'\s*=\s*"([^"]*)"', body) or [None, None])[1]
            name = value("output_name") or m.group(1)
            listed = value("ndk_description_file")
            file = (name if name.startswith("lib") else "lib" + name) + "." + (value("output_extension") or "z.so")
            path = root / listed[2:] if listed.startswith("//") else gn.parent / listed
            found.append((file, path))
    return sorted(set(found))


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    headers = Headers(root)
    lists = libraries(root)
    unlisted = {p.resolve() for p in root.rglob("*.ndk.json")} - {p.resolve() for _, p in lists}
    for path in sorted(unlisted):
        print("no library builds from", path.relative_to(root), file=sys.stderr)
    rows = {}
    for library, path in lists:
        if library in ELSEWHERE:
            continue
        if not path.exists():
            print("missing", path, file=sys.stderr)
            continue
        for entry in json.loads(re.sub(r",(\s*[\]}])", r"\1", path.read_text())):
            name = entry["name"]
            if entry.get("type") == "variable" or (name in headers.data and name not in headers.functions):
                answer = "data"
            else:
                answer = headers.answer(library, name)
                answer = "abort" if answer is None else str(answer)
                if name not in headers.functions:
                    # Not in a header: a name that nobody can use.
                    print("not declared:", library, name, file=sys.stderr)
            since = str(entry.get("first_introduced") or "-")
            rows.setdefault((library, since, answer), set()).add(name)
    print("# library\tsince (API version)\tanswer of a stub\tsymbols; made by generate.py")
    for (library, since, answer), names in sorted(rows.items()):
        print(library, since, answer, " ".join(sorted(names)), sep="\t")


main()
