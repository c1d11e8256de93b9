"""A document's bytes become text: the charset that fits them, whatever each side says it is."""

import codecs
import re

from charset_normalizer import from_bytes

from digests.model import Document

REPLACEMENT = "\ufffd"

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEAD = 4096  # bytes in which a declaration stands
_DECLARED = (
    re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{2,40})"),
    re.compile(rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{2,40})", re.IGNORECASE),
)
# What these labels mean on the web: encoding.spec.whatwg.org/#names-and-labels
_MEANT = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_OF_THE_WEB = frozenset(  # without the wide ones, which show by themselves
    "utf-8 cp866 cp874 cp932 cp949 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 "
    "iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10 iso8859-13 "
    "iso8859-14 iso8859-15 iso8859-16 koi8-r koi8-u mac-roman mac-cyrillic gb18030 hz big5hkscs "
    "euc_jp iso2022_jp iso2022_kr".split()
)
_STATEFUL = re.compile(rb"\x1b[$(]")  # ISO 2022: seven bits, so that it passes for UTF-8
_GUESSED_FROM = 60_000  # bytes
_SURROGATE = re.compile("[\ud800-\udfff]")
_SMART = {  # the marks that slip into UTF-8 pages as single bytes of Windows-1252
    0x85: "…", 0x91: "‘", 0x92: "’", 0x93: "“", 0x94: "”", 0x95: "•", 0x96: "–", 0x97: "—", 0xA0: "\xa0",
}  # fmt: skip


def text_of(document: Document) -> str:
    """Return the document's bytes as text, NULs and lone surrogates replaced.

    Bytes that fit no charset become U+FFFD: who quotes must look for it.
    """
    return _decoded(document.body, said=document.charset).replace("\0", " ")


def clean(text: str) -> str:
    """Return `text` as a database takes it: NULs become spaces, lone surrogates U+FFFD."""
    text = text.replace("\0", " ")
    return text if text.isascii() else _SURROGATE.sub(REPLACEMENT, text)


def _decoded(body: bytes, *, said: str | None) -> str:
    for mark, charset in _BOMS:
        if body.startswith(mark):
            return body.decode(charset, "replace").removeprefix("\ufeff")
    wide = _wide(body)
    if wide:
        return body.decode(wide, "replace")
    candidates = [name for name in (_known(said), *_declared(body)) if name]
    if not _STATEFUL.search(body[:_GUESSED_FROM]):
        candidates.insert(0, "utf-8")  # what decodes as UTF-8 is UTF-8, whatever the header says
    for charset in candidates:
        try:
            return body.decode(charset)
        except UnicodeDecodeError:
            continue
    return _guessed(body, candidates)


def _wide(body: bytes) -> str | None:
    """Return UTF-16's name where it shows without a mark: markup with a NUL beside each sign."""
    head = body[:64].lstrip()
    if head[:4] in (b"<\0?\0", b"<\0!\0", b"<\0h\0", b"<\0r\0", b"<\0f\0"):
        return "utf-16-le"
    return "utf-16-be" if head[:2] == b"\0<" else None


def _declared(body: bytes) -> list[str | None]:
    found = (pattern.search(body[:_HEAD]) for pattern in _DECLARED)
    return [_known(match.group(1).decode("ascii")) for match in found if match]


def _known(label: str | None) -> str | None:
    try:
        name = codecs.lookup((label or "").strip()).name
    except (LookupError, ValueError):
        return None
    meant = _MEANT.get(name, name)
    return meant if meant in _OF_THE_WEB else None


def _guessed(body: bytes, candidates: list[str]) -> str:
    """Return `body` decoded as well as can be, where nobody told the truth."""
    nearly = _nearly_utf8(body)
    if nearly is not None:
        return nearly
    declared = [name for name in candidates if name != "utf-8"]
    if declared:
        return body.decode(declared[0], "replace")
    best = from_bytes(body[:_GUESSED_FROM]).best()
    return body.decode(best.encoding if best else "cp1252", "replace")


def _nearly_utf8(body: bytes) -> str | None:
    """Return `body` where it is UTF-8 but for some stray bytes."""
    text = body.decode("utf-8", "pullquote.smart")
    beyond_ascii = sum(1 for char in text if char > "\x7f")
    return text if text.count(REPLACEMENT) * 20 <= beyond_ascii else None


def _smart(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    stray = error.object[error.start : error.end]
    return "".join(_SMART.get(byte, REPLACEMENT) for byte in stray), error.end


codecs.register_error("pullquote.smart", _smart)
