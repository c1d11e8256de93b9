"""The wheel is plain unless it is asked to be compiled; compiled, the engine says the very same things."""

import json
import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.edition.edition import load

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "tests" / "samples"
MEGABYTE = 1_000_000


def test_wheel_that_is_not_asked_to_be_compiled_runs_on_every_machine(tmp_path):
    built = _wheel(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["pullquote-0.1.0-py3-none-any.whl"], built.stderr


def test_without_a_compiler_one_is_told_what_to_install_and_gets_no_wheel(tmp_path):
    built = _wheel(tmp_path, HATCH_BUILD_HOOK_ENABLE_CUSTOM="true", CC="no-such-compiler")

    assert built.returncode != 0
    assert "no-such-compiler (Debian: apt install gcc)" in built.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.compiled
@pytest.mark.timeout(900)  # it is built on the way
def test_compiled_engine_says_what_the_plain_one_says_value_for_value(tmp_path):
    articles = [*_samples(), *_hostile()]
    built = _wheel(tmp_path / "wheel", HATCH_BUILD_HOOK_ENABLE_CUSTOM="true", MYPYC_OPT_LEVEL="0")
    assert built.returncode == 0, built.stderr[-3000:]
    with ZipFile(next((tmp_path / "wheel").iterdir())) as wheel:
        wheel.extractall(tmp_path / "installed")

    where, *compiled = _answers(tmp_path / "installed", articles)
    _, *plain = _answers(ROOT, articles)

    assert where.count(".so'") == 2
    assert len(plain) == len(articles) + 1  # the stories
    both = zip(articles, compiled, plain, strict=False)
    assert [article["text"][:80] for article, one, other in both if one != other] == []
    assert compiled == plain


def _wheel(folder: Path, **asked: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **asked}, capture_output=True, text=True)


def _answers(home: Path, articles: list[dict]) -> list[str]:
    """Return what the engine in `home` says: where it lies, then of each article, then of all."""
    command = [sys.executable, "-P", str(ROOT / "tests" / "answers.py")]
    given = "\n".join(map(json.dumps, articles))
    ours = {**os.environ, "PYTHONPATH": str(home)}
    done = subprocess.run(command, env=ours, input=given, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def _samples() -> list[dict]:
    """Return all texts of our own: whole articles of the edition, facts, labelled quotes and figures."""
    lines = [
        (path.stem, json.loads(line))
        for path in [*(SAMPLES / "quotes").glob("*.jsonl"), *(SAMPLES / "figures").glob("*.jsonl")]
        for line in path.read_text("utf-8").splitlines()
    ]
    edition = [(piece.title, piece.text) for event in load().events for piece in event.pieces]
    texts = [
        *(("", row["text"], "es" if name == "es" else "en") for name, row in lines),
        *((title, text, "en") for title, text in edition),
        *(("", path.read_text("utf-8"), "en") for path in (SAMPLES / "facts").glob("*.txt")),
    ]
    return [_article(number, *text) for number, text in enumerate(texts)]


def _hostile() -> list[dict]:
    sentence = "“We \x00 can\ud800not,” said \u200fMr Ada Oake, 3\u00a0½ % of 1,2,3,4 \ud83d. "
    texts = [
        "",
        "\x00",
        "\ud800\udc00\udfff",
        sentence,
        "9" * 5000 + "%",
        "“" * 20_000,
        "“a” " * 20_000,
        "İstanbul'da “ŉ ẞ ﬁ”, said Ǆ İ. " * 200,
        "\u202e«»‹›「」„‟" * 2000,
        sentence * 500,
        "a" * MEGABYTE,
        "said he 5 " * (MEGABYTE // 10),
    ]
    return [_article(100_000 + number, text[:60], text, "en") for number, text in enumerate(texts)]


def _article(number: int, title: str, text: str, language: str) -> dict:
    return {
        "id": number,
        "url": f"https://{number}.example",
        "title": title,
        "text": text,
        "language": language,
    }
