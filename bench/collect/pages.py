"""Real pages become the share of their true text that we find, and how many a core reads a second."""

import asyncio
import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from trafilatura import extract

from bench.collect.table import Line
from digests.articles import article_of
from digests.errors import NoArticle
from digests.model import Document, Entry
from digests.sandbox import ProcessSandbox

_WORD = re.compile(r"\w+")
_ENTRY = Entry(guid=None, url="", title="")
_ROUNDS = 2


def measure(data: Path | None) -> Iterable[Line]:
    """Yield truth and speed on the pages of `data`; without it, on the repo's samples."""
    pages, truth = _labelled(data) if data else _samples()
    found = {name: _ours(page) for name, page in pages.items()}
    theirs = {name: extract(page) or "" for name, page in pages.items()}
    ours_f1, their_f1 = _mean_f1(found, truth), _mean_f1(theirs, truth)
    value = f"{ours_f1:.4f} (trafilatura {their_f1:.4f})"
    yield Line(
        f"token F1 of the text of {len(pages)} pages",
        value,
        ">= its default - .005",
        ours_f1 >= their_f1 - 0.005,
    )
    yield from _speeds(pages)


def _speeds(pages: Mapping[str, bytes]) -> Iterable[Line]:
    here = min(_seconds(_ours, pages) for _ in range(_ROUNDS))
    theirs = _seconds(lambda page: extract(page), pages)
    there = asyncio.run(_seconds_in_sandbox(pages))
    rate = len(pages) / there
    value = f"{rate:.1f} ({len(pages) / theirs:.1f} trafilatura's default)"
    yield Line("pages a second, on one core, in the sandbox", value, ">= 60", rate >= 60)
    yield Line(
        "throughput in the sandbox against without", f"{here / there:.2f}", ">= .9", there * 0.9 <= here
    )


def _labelled(data: Path) -> tuple[dict[str, bytes], dict[str, str]]:
    truth = json.loads((data / "pages/ground-truth.json").read_text())
    pages = {name: gzip.decompress((data / f"pages/{name}.html.gz").read_bytes()) for name in truth}
    return pages, {name: said["articleBody"] for name, said in truth.items()}


def _samples() -> tuple[dict[str, bytes], dict[str, str]]:
    paths = sorted(Path("tests/samples/pages").glob("*.html"))
    truth = {path.name: path.with_suffix(".expected.txt").read_text() for path in paths}
    return {path.name: path.read_bytes() for path in paths}, truth


def _document(page: bytes) -> Document:
    return Document(url="https://example.org/page", body=page)


def _ours(page: bytes) -> str:
    try:
        return article_of(_document(page), _ENTRY, outlet="").text
    except NoArticle:
        return ""


def _mean_f1(found: Mapping[str, str], truth: Mapping[str, str]) -> float:
    return sum(_f1(found[name], text) for name, text in truth.items()) / len(truth)


def _f1(found: str, true: str) -> float:
    ours, theirs = Counter(_WORD.findall(found)), Counter(_WORD.findall(true))
    return 2 * (ours & theirs).total() / max(1, ours.total() + theirs.total())


def _seconds(read: Callable[[bytes], object], pages: Mapping[str, bytes]) -> float:
    """Return the CPU seconds of one round: others may be using the machine."""
    began = time.process_time()
    for page in pages.values():
        read(page)
    return time.process_time() - began


async def _seconds_in_sandbox(pages: Mapping[str, bytes]) -> float:
    async with ProcessSandbox(workers=1, preload=(__name__,)) as sandbox:  # `timed` is no parser of ours
        return min([await _round_in_sandbox(sandbox, pages) for _ in range(_ROUNDS + 1)][1:])


async def _round_in_sandbox(sandbox: ProcessSandbox, pages: Mapping[str, bytes]) -> float:
    """Return the CPU seconds of one round, on both sides of the wall."""
    began = time.process_time()
    there = [await sandbox(timed, page) for page in pages.values()]
    return time.process_time() - began + sum(seconds for _, seconds in there)


def timed(page: bytes) -> tuple[str, float]:
    """Return a page's text, and the CPU seconds that it took. Runs in the child."""
    began = time.process_time()
    return _ours(page), time.process_time() - began
