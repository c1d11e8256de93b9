"""Our templates have markup; foreign values never become any."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserMistake
from bot.message import Message, Run
from bot.phrase import phrase, say, spelled

FOREIGN = st.text() | st.sampled_from(["`/pause`", "*bold*", "{other}", "{", "}}", "`", "*", "\\", "\n"])


def test_template_marks_what_to_type_and_what_stands_out() -> None:
    runs = phrase("Type `/help` or *read* it.").runs

    assert runs == (
        Run("Type "),
        Run("/help", code=True),
        Run(" or "),
        Run("read", bold=True),
        Run(" it."),
    )


@given(FOREIGN)
def test_foreign_value_stays_one_plain_literal_run(value: str) -> None:
    runs = phrase("You follow {value}.", value=value).runs

    assert runs == tuple(run for run in (Run("You follow "), Run(value), Run(".")) if run.text)


@given(FOREIGN, FOREIGN)
def test_values_inside_marks_are_literal_too(one: str, other: str) -> None:
    runs = phrase("*{one}* and `/unsubscribe {other}`", one=one, other=other).runs

    assert [run for run in runs if run.bold] == ([Run(one, bold=True)] if one else [])
    assert [run for run in runs if run.code] == [Run(f"/unsubscribe {other}", code=True)]


@given(FOREIGN, FOREIGN)
def test_value_that_looks_like_a_name_is_not_filled_in(one: str, other: str) -> None:
    assert phrase("{one}{other}", one=one, other=other).text == one + other


@given(FOREIGN)
def test_foreign_value_never_adds_a_paragraph(value: str) -> None:
    assert len(say("First {value}\nSecond", value=value).paragraphs) == 2


@given(FOREIGN)
def test_only_requests_of_ours_are_spelled_in_a_chats_own_way(value: str) -> None:
    said = say("{value} — `/sources`", value=value)

    told = spelled(said, lambda request: f"/digest {request.removeprefix('/')}")

    assert told.paragraphs[0].text == f"{value} — /digest sources"


@pytest.mark.parametrize("value", ["{x}", "`", "*", "{", "%s"])
def test_mistake_reads_as_plain_words_in_logs(value: str) -> None:
    assert str(UserMistake("No “{typed}”. Try `/help`.", typed=value)) == f"No “{value}”. Try /help."


def test_run_given_as_a_value_keeps_its_look() -> None:
    link = Run("Harbour Post", href="https://harbour.example")

    assert link in phrase("From {outlet}", outlet=link).runs


def test_message_without_buttons_has_none() -> None:
    assert say("Hello") == Message(phrase("Hello") and (phrase("Hello"),), ())
