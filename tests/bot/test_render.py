"""A digest becomes a message."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.message import Button, Mark
from bot.render import LONG, digest_message
from digests.model import (
    Article,
    CitedFigure,
    CitedQuote,
    Digest,
    DigestStory,
    Figure,
    Modifier,
    Quote,
    Span,
    SpeakerKind,
)
from digests.text import squeeze

TEXT = (
    "Repairs to the Elmsworth bridge will cost $12.4 million, the town said. “We waited ten years,” Mayor "
    "Ines Calloway said at the quay. “Nobody crosses before it is safe. That I promise.”\n\n"
    "“And I will be the first to walk over.”\n\n"
    "Engineers call the deck “beyond saving”. More than 300 boats wait."
)
UNTIL = datetime(2026, 11, 26, 7, tzinfo=UTC)


def quote(words, text=TEXT, **known):
    at = text.index(words)
    return Quote(Span(at, at + len(words)), words, **known)


def figure(surface, value, **known):
    at = TEXT.index(surface)
    return Figure(Span(at, at + len(surface)), surface, Decimal(value), **known)


def article(*facts, text=TEXT, outlet="Harbour Post", url="https://harbour.example/1"):
    return Article(url, "Bridge to be rebuilt", text, outlet=outlet, facts=facts)


def story(source, *, quotes=(), figures=(), lead=None, others=()):
    return DigestStory(
        story_id=1,
        headline=source.title,
        outlet=source.outlet,
        url=source.url,
        lead=lead,
        quotes=tuple(CitedQuote(one, source) for one in quotes),
        figures=tuple(CitedFigure(one, source) for one in figures),
        articles=(source, *others),
    )


def digest(*stories, more=0):
    return Digest(stories, since=datetime(2026, 11, 25, 7, tzinfo=UTC), until=UNTIL, more=more)


def lines(message, mark):
    return [paragraph.text for paragraph in message.paragraphs if paragraph.mark is mark]


def quotes_shown(*facts, show=0, text=TEXT, **look):
    source = article(*facts, text=text)
    return lines(digest_message(digest(story(source, quotes=[facts[show]])), **look), Mark.QUOTE)


WAITED = quote("We waited ten years,", speaker="Ines Calloway", role="mayor of Elmsworth", rank=1)
SAFE = quote("Nobody crosses before it is safe. That I promise.", speaker="Ines Calloway", continues=True)
FIRST = quote("And I will be the first to walk over.", speaker="Ines Calloway", continues=True)


def test_heading_is_the_day_where_the_reader_is():
    message = digest_message(digest(story(article())), zone=ZoneInfo("Pacific/Auckland"))

    assert lines(message, Mark.HEADING) == ["Thursday, November 26, 2026"]
    assert lines(
        digest_message(digest(story(article())), zone=ZoneInfo("Pacific/Honolulu")), Mark.HEADING
    ) == ["Wednesday, November 25, 2026"]
    assert lines(digest_message(digest(story(article())), locale="de"), Mark.HEADING) == [
        "Donnerstag, 26. November 2026"
    ]


def test_headline_leads_to_the_article_and_names_the_outlet():
    message = digest_message(digest(story(article())))

    headline = next(paragraph for paragraph in message.paragraphs if paragraph.starts_block)
    assert headline.text == "Bridge to be rebuilt · Harbour Post"
    assert headline.runs[0].href == "https://harbour.example/1"


def test_quote_stands_in_marks_with_its_speaker_and_a_link_to_its_sentence():
    source = article(WAITED)
    message = digest_message(digest(story(source, quotes=[WAITED])))

    (shown,) = [paragraph for paragraph in message.paragraphs if paragraph.mark is Mark.QUOTE]
    assert shown.text == "“We waited ten years”\n— Ines Calloway, mayor of Elmsworth · Harbour Post"
    assert shown.runs[-1].href.startswith("https://harbour.example/1#:~:text=We%20waited")


def test_split_quote_is_rejoined_with_the_gap_shown():
    shown = quotes_shown(WAITED, SAFE)

    assert shown[0].startswith(
        "“We waited ten years, [...] Nobody crosses before it is safe. That I promise.”"
    )


def test_quote_over_paragraphs_has_marks_in_each():
    shown = quotes_shown(WAITED, SAFE, FIRST)

    assert [line.partition("\n")[0] for line in shown] == [
        "“We waited ten years, [...] Nobody crosses before it is safe. That I promise.”",
        "“And I will be the first to walk over.”",
    ]


def test_later_part_of_another_speech_is_not_joined():
    other = replace(SAFE, continues=False)

    shown = quotes_shown(WAITED, other)

    assert shown[0].startswith("“We waited ten years”")


def test_long_quote_is_cut_at_a_sentence_and_says_so():
    words = " ".join(f"Sentence number {n} is said here." for n in range(30))
    text = f"“{words}” Ann said."

    (shown,) = quotes_shown(quote(words, text, speaker="Ann"), text=text)

    passage = shown.partition("\n")[0]
    assert passage.endswith("is said here. [...]”")
    assert len(passage) <= LONG + 10


def test_long_sentence_is_never_cut_inside():
    words = "word " * 100 + "end."
    text = f"“{words}” Ann said."

    (shown,) = quotes_shown(quote(words, text, speaker="Ann"), text=text)

    assert shown.startswith(f"“{words}”")


def test_later_part_without_room_leaves_a_mark():
    first, later = "a" * 300 + ".", "b" * 300 + "."
    text = f"“{first}” she said. “{later}”"
    facts = (quote(first, text, speaker="Ann"), quote(later, text, continues=True))

    (shown,) = quotes_shown(*facts, text=text)

    assert shown.startswith(f"“{first} [...]”")


@pytest.mark.parametrize(
    ("known", "who"),
    [
        ({"speaker": "Ann Lee"}, "Ann Lee"),
        ({"speaker": "Ann Lee", "role": "judge"}, "Ann Lee, judge"),
        ({"speaker": "the judge", "speaker_kind": SpeakerKind.ROLE, "role": "judge"}, "the judge"),
        ({"speaker": "Judge Ann Lee", "role": "judge"}, "Judge Ann Lee"),
        ({}, "speaker not named"),
    ],
)
def test_who_spoke_is_said_once(known, who):
    (shown,) = quotes_shown(quote("beyond saving", **known))

    assert shown == f"“beyond saving”\n— {who} · Harbour Post"


def test_marks_are_those_of_the_language():
    (shown,) = quotes_shown(quote("beyond saving", speaker="Ann"), locale="de")

    assert shown.startswith("„beyond saving“")


def test_figure_is_shown_with_its_hedge_what_it_measures_and_who_gave_it():
    cost = figure("$12.4 million", 12400000, concept="repairs", speaker="Elmsworth")
    boats = figure("300", 300, modifier=Modifier.OVER, concept="boats waiting")

    message = digest_message(digest(story(article(cost, boats), figures=[cost, boats])))

    assert lines(message, Mark.ITEM) == [
        "$12.4 million — repairs (Elmsworth)",
        "at least 300 — boats waiting",
    ]


def test_outlets_that_give_the_same_figure_are_counted():
    cost = figure("$12.4 million", 12400000)
    told = story(article(cost))
    told = replace(told, figures=(CitedFigure(cost, told.articles[0], ("Harbour Post", "Coast Daily")),))

    assert lines(digest_message(digest(told)), Mark.ITEM) == ["$12.4 million · in 2 outlets"]


def test_other_outlets_are_named_once_with_links():
    others = [article(outlet=name, url=f"https://{name}.example/") for name in "abcdefa"]

    message = digest_message(digest(story(article(), others=others)))

    (note,) = [paragraph for paragraph in message.paragraphs if paragraph.mark is Mark.NOTE]
    assert note.text == "Also in: a, b, c, d +2"
    assert [run.href for run in note.runs if run.href] == [f"https://{name}.example/" for name in "abcd"]


def test_lateness_and_what_was_left_out_are_said():
    message = digest_message(digest(story(article()), more=3), late=True)

    assert lines(message, Mark.NOTE) == [
        "This digest comes late. Sorry for the wait.",
        "3 more stories, left out to keep this short.",
    ]
    assert "1 more story," in digest_message(digest(story(article()), more=1)).text


def test_empty_digest_is_one_friendly_line():
    message = digest_message(digest())

    assert len(message.paragraphs) == 1
    assert "Nothing new" in message.text
    assert message.digest


def test_buttons_go_with_the_digest():
    message = digest_message(digest(story(article())), buttons=[[Button("Pause", request="pause")]])

    assert message.buttons == ((Button("Pause", request="pause"),),)


pieces = st.lists(
    st.text(st.sampled_from("ab .!?,\n“”'A"), min_size=1, max_size=150).filter(str.strip),
    min_size=1,
    max_size=4,
)


@given(pieces, pieces)
def test_every_passage_in_our_marks_is_the_articles_own(passages, gaps):
    text, facts = "", []
    for number, words in enumerate(passages):
        text += f"“{words}” {gaps[number % len(gaps)]} "
        start = text.index("“" + words, len(text) - len(words) - len(gaps[number % len(gaps)]) - 4) + 1
        facts.append(Quote(Span(start, start + len(words)), words, speaker="Ann", continues=number > 0))
    source = article(*facts, text=text)

    message = digest_message(digest(story(source, quotes=[facts[0]])))

    for shown in lines(message, Mark.QUOTE):
        words = shown.rpartition("\n— ")[0] or shown
        assert words[0] + words[-1] == "“”"
        for passage in words[1:-1].split("[...]"):
            assert squeeze(passage) in squeeze(text)
