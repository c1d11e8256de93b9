"""`pullquote facts` as a person and a program use it: the whole process."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

SAMPLE = Path(__file__).parents[2] / "samples" / "facts" / "harbour.txt"
TEXT = "“The bridge is safe,” said Ada Korhal, the mayor. The repair cost $3.2 million."


def facts(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "bot", "facts", *arguments]
    return subprocess.run(command, input=given, capture_output=True, check=False, timeout=60)


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


def test_an_unknown_format_is_a_misuse() -> None:
    assert facts(str(SAMPLE), "--format", "xml").returncode == 2


def test_articles_of_one_event_share_a_story() -> None:
    event = "A ferry caught fire off the island of Brenna; the coastguard took 212 passengers off the ship."
    other = (
        "The central bank lowered its main rate to three per cent and said that inflation had slowed at last."
    )
    given = lines(
        {"id": "a", "title": "Ferry burns off Brenna", "text": event},
        {"id": "b", "title": "Bank lowers rate", "text": other},
        {"id": "c", "title": "Passengers saved from burning ferry", "text": event.replace("caught", "took")},
    )

    done = subprocess.run(
        [sys.executable, "-m", "bot", "stories"], input=given, capture_output=True, check=True, timeout=60
    )

    story = {answer["id"]: answer["story"] for answer in answers(done)}
    assert story["a"] == story["c"] != story["b"]
