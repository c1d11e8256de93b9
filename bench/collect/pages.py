"""Real pages become the share of their true text that we find, and how many a core reads a second."""

import asyncio
import gzip
import json
import os
import re
import statistics
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
_ROUNDS = 7


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
    theirs = min(_seconds(lambda page: extract(page), pages) for _ in range(2))
    here, there = asyncio.run(_in_turn(pages))
    rate = len(pages) / min(there)
    value = f"{rate:.1f} ({len(pages) / theirs:.1f} trafilatura's default)"
    yield Line("pages a second, on one core, in the sandbox", value, ">= 60", rate >= 60)
    share = statistics.median(one / other for one, other in zip(here, there, strict=True))
    yield Line("throughput in the sandbox against without", f"{share:.2f}", ">= .9", share >= 0.9)


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


async def _in_turn(pages: Mapping[str, bytes]) -> tuple[list[float], list[float]]:
    """Return the CPU seconds of rounds without the sandbox and in it, in turn: others use the machine."""
    here, there = [], []
    async with ProcessSandbox(workers=1, preload=(__name__,)) as sandbox:  # `timed` is no parser of ours
        await _round_in_sandbox(sandbox, pages, {})
        spent: dict[int, float] = {}
        await _round_in_sandbox(sandbox, pages, spent)
        for _ in range(_ROUNDS):
            here.append(_seconds(_ours, pages))
            there.append(await _round_in_sandbox(sandbox, pages, spent))
    return here, there


async def _round_in_sandbox(
    sandbox: ProcessSandbox, pages: Mapping[str, bytes], spent: dict[int, float]
) -> float:
    """Return the CPU seconds of a round on both sides of the wall; keep what each child has `spent`."""
    before, began = sum(spent.values()), time.process_time()
    for page in pages.values():
        _, child, seconds = await sandbox(timed, _document(page))
        spent[child] = seconds
    return time.process_time() - began + sum(spent.values()) - before


def timed(document: Document) -> tuple[str, int, float]:
    """Return a page's text, who read it, and all the CPU seconds it has taken by then. Runs in the child."""
    return _ours(document.body), os.getpid(), time.process_time()
