"""`pullquote facts` as a person and a program use it: the whole process."""

import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.lines import BadLine, fields_of, name_of

SAMPLE = Path(__file__).parents[2] / "samples" / "facts" / "harbour.txt"
TEXT = "“The bridge is safe,” said Ada Korhal, the mayor. The repair cost $3.2 million."


def facts(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return typed("facts", *arguments, given=given)


def typed(*words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "bot", *words]
    return subprocess.run(command, input=given, capture_output=True, check=False, timeout=60)


def _json(data: Any) -> bytes:
    return json.dumps({"id": data}).encode()


def lines(*given: Any) -> bytes:
    return b"\n".join(one if isinstance(one, bytes) else json.dumps(one).encode() for one in given) + b"\n"


def answers(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_every_line_is_answered_by_one_line_in_order_and_a_bad_one_by_its_error() -> None:
    given = lines(
        {"id": "a", "text": TEXT},
        b"{not json",
        {"id": "b"},
        {"id": "c", "text": 5},
        b'["a", "list"]',
        b"\xff\xfe",
        {"id": "d", "text": TEXT, "lang": "en", "title": "Bridge"},
    )

    found = answers(facts("--format", "jsonl", given=given))

    assert [answer.get("id") for answer in found] == ["a", None, "b", "c", None, None, "d"]
    assert ["error" in answer for answer in found] == [False, True, True, True, True, True, False]


WRONG = [
    (b'{"id":NaN}', "NaN is no number in JSON"),
    (b'{"id":1e999,"text":"a"}', "a number in it is too large"),
    (b'{"id":-Infinity,"text":"a"}', "-Infinity is no number in JSON"),
    (b'{"id":' + b"1" * 5000 + b"}", "a number in it is too long"),
    (b"[" * 100_000, "it is nested too deeply"),
    (b'{"id":' + b"[" * 900 + b"]" * 900 + b"}", "neither text nor html"),
    (b"{not json", "something is wrong at character 2"),
    (b"\xff\xfe", "it is not UTF-8"),
    (b"", "the line is empty"),
    (b" \t", "the line is empty"),
    (b'["a"]', "not a JSON object"),
    (b'{"id":1,"html":5}', "html is not a string"),
    (b'{"id":1,"text":"a","lang":["en"]}', "lang is not a string"),
]


@pytest.mark.parametrize("command", [("facts", "--format", "jsonl"), ("stories",)])
def test_whatever_is_wrong_with_a_line_is_said_in_our_words(command: tuple[str, ...]) -> None:
    done = typed(*command, given=lines(*(line for line, _ in WRONG), {"id": "last", "text": TEXT}))

    *found, last = (json.loads(line, parse_constant=pytest.fail) for line in done.stdout.splitlines())
    assert (done.returncode, done.stderr) == (0, b"")
    for answer, (_, hint) in zip(found, WRONG, strict=True):
        assert hint in answer["error"]
        assert not {"facts", "story", "quotes"} & set(answer)
    assert last["id"] == "last"
    assert "error" not in last


@given(st.binary(max_size=60) | st.recursive(st.none() | st.floats() | st.text(), st.lists).map(_json))
def test_what_a_line_is_called_can_be_said_again_or_is_refused(line: bytes) -> None:
    name = {}
    with suppress(BadLine):
        name = name_of(fields_of(line))

    assert json.loads(json.dumps(name, allow_nan=False)) == name


def test_offsets_lie_in_the_text_that_was_given() -> None:
    (answer,) = answers(facts("--format", "jsonl", given=lines({"id": 1, "text": TEXT})))

    (quote,), (figure,) = answer["quotes"], answer["figures"]
    assert TEXT[quote["start"] : quote["end"]] == quote["text"] == "The bridge is safe,"
    assert (quote["speaker"], quote["speaker_kind"], quote["cue"]) == ("Ada Korhal", "named", "said")
    assert TEXT[figure["start"] : figure["end"]] == figure["surface"]
    assert (figure["value"], figure["unit"], figure["kind"]) == (3200000, "USD", "money")
    assert "text" not in answer


def test_html_is_read_as_a_page_and_its_text_is_returned() -> None:
    words = f"<h1>Bridge</h1><p>{TEXT}</p><p>{'More words. ' * 40}</p>"
    page = f"<html><body><article>{words}</article></body></html>"

    (answer,) = answers(facts("--format", "jsonl", given=lines({"id": 1, "html": page})))

    (quote,) = answer["quotes"]
    assert answer["text"][quote["start"] : quote["end"]] == quote["text"]


def test_any_text_is_answered() -> None:
    texts = ["", " ", "\ud800 half", "\x00" * 50, "“" * 2000, "a" * 20_000]

    found = answers(facts("--format", "jsonl", given=lines(*({"id": 1, "text": text} for text in texts))))

    assert ["error" in answer for answer in found] == [False] * len(texts)


def test_a_file_is_shown_in_words_and_as_data() -> None:
    shown = facts(str(SAMPLE)).stdout.decode()
    (data,) = json.loads(facts(str(SAMPLE), "--format", "json").stdout)

    assert "Tomas Veresky" in shown
    assert "$180 million" in shown
    assert data["text"] == SAMPLE.read_text(encoding="utf-8")


def test_a_file_that_is_not_there_is_named_and_does_not_stop_the_rest() -> None:
    done = facts("missing.txt", str(SAMPLE), "--format", "json")

    assert done.returncode == 1
    assert b"missing.txt" in done.stderr
    assert len(json.loads(done.stdout)) == 1


def test_a_private_address_is_refused() -> None:
    done = facts("http://127.0.0.1:1/x")

    assert done.returncode == 1
    assert b"http://127.0.0.1:1/x" in done.stderr


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("missing.txt", "no such file"),
        (str(SAMPLE.parent), "a folder"),
        ("ftp://a.example/b", "only http:// and https://"),
    ],
)
def test_what_is_wrong_with_a_source_is_one_line_in_our_words(source: str, hint: str) -> None:
    done = facts(source)

    (said,) = done.stderr.decode().splitlines()
    assert done.returncode == 1
    assert said.startswith(f"{source}: ")
    assert hint in said
    assert "Errno" not in said


@pytest.mark.parametrize("language", ["xx", ""])
def test_a_language_that_nobody_knows_is_said_once_and_quotes_are_read(language: str) -> None:
    done = facts("--format", "jsonl", "--lang", language, given=lines({"id": 1, "text": TEXT}))

    (answer,) = answers(done)
    (said,) = done.stderr.decode().splitlines()
    assert (done.returncode, len(answer["quotes"]), answer["figures"]) == (0, 1, [])
    assert "figures are not read" in said


def test_an_unknown_format_is_a_misuse() -> None:
    assert facts(str(SAMPLE), "--format", "xml").returncode == 2


def test_articles_of_one_event_share_a_story() -> None:
    event = "A ferry caught fire off the island of Brenna; the coastguard took 212 passengers off the ship."
    other = (
        "The central bank lowered its main rate to three per cent and said that inflation had slowed at last."
    )
    page = f"<html><body><article><h1>Ferry burns</h1><p>{event}</p></article></body></html>"
    given = lines(
        {"id": "a", "title": "Ferry burns off Brenna", "text": event},
        {"id": "b", "title": "Bank lowers rate", "text": other},
        {"id": "c", "title": "Passengers saved from burning ferry", "text": event.replace("caught", "took")},
        {"id": "d", "title": "Ferry burns off Brenna", "html": page},
        b"{not json",
        {"title": "Bank lowers rate", "text": other},
    )

    done = typed("stories", given=given)

    a, b, c, d, bad, nameless = answers(done)
    assert a["story"] == c["story"] == d["story"] != b["story"]
    assert set(bad) == {"error"}
    assert nameless == {"id": None, "story": b["story"]}
