"""A digest becomes a message."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bot.message import Button, Mark
from bot.render import digest_message
from digests.model import (
    Article,
    CitedFigure,
    CitedQuote,
    Digest,
    DigestStory,
    Excerpt,
    Figure,
    FigureKind,
    Modifier,
    Quote,
    Span,
    SpeakerKind,
)

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


def quotes_shown(said, *excerpts, **look):
    """Return the lines of one quote with its attribution."""
    told = story(article(said))
    told = replace(told, quotes=(CitedQuote(said, told.articles[0], excerpts=excerpts),))
    return lines(digest_message(digest(told), **look), Mark.QUOTE)


def excerpt(*pieces, goes_on=False):
    return Excerpt(tuple(Span(TEXT.index(p), TEXT.index(p) + len(p)) for p in pieces), goes_on=goes_on)


WAITED = quote("We waited ten years,", speaker="Ines Calloway", role="mayor of Elmsworth", rank=1)
SAFE = excerpt("We waited ten years,", "Nobody crosses before it is safe. That I promise.")


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
    assert shown.text == "“We waited ten years,”\n— Ines Calloway, mayor of Elmsworth · Harbour Post"
    assert shown.runs[-1].href.startswith("https://harbour.example/1#:~:text=We%20waited")


def test_words_left_out_between_two_pieces_are_marked():
    (shown,) = quotes_shown(WAITED, SAFE)

    assert shown.startswith(
        "“We waited ten years, [...] Nobody crosses before it is safe. That I promise.”\n"
    )


def test_each_excerpt_has_marks_of_its_own_and_the_last_one_the_speaker():
    shown = quotes_shown(WAITED, SAFE, excerpt("And I will be the first to walk over."))

    assert [line.partition("\n")[0] for line in shown] == [
        "“We waited ten years, [...] Nobody crosses before it is safe. That I promise.”",
        "“And I will be the first to walk over.”",
    ]
    assert ["— Ines Calloway" in line for line in shown] == [False, True]


def test_speech_that_goes_on_says_so():
    (shown,) = quotes_shown(WAITED, excerpt("We waited ten years", goes_on=True))

    assert shown.startswith("“We waited ten years [...]”\n")


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


def test_figure_that_its_article_tells_stands_in_these_words():
    known = figure("$12.4 million", 12_400_000, unit="USD", concept="bridge will cost")
    source = article(known)
    told = Span(TEXT.index("the Elmsworth"), known.span.end)
    (only,) = [replace(one, told=(told,)) for one in story(source, figures=[known]).figures]

    message = digest_message(digest(replace(story(source), figures=(only,))))

    assert lines(message, Mark.ITEM) == ["the Elmsworth bridge will cost $12.4 million"]


def test_number_in_words_beside_digits_is_written_in_digits():
    five = figure("ten", 5, kind=FigureKind.OTHER, concept="death toll")
    four = CitedFigure(figure("300", 300, kind=FigureKind.OTHER), article(), outlets=("Bell",))
    cited = CitedFigure(five, article(), outlets=("Harbour Post",), disagreeing=(four,))

    message = digest_message(digest(replace(story(article()), figures=(cited,))))

    assert lines(message, Mark.ITEM) == ["5 (Harbour Post), 300 (Bell) — death toll"]


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


def test_digest_without_news_says_that_it_is_late_too():
    message = digest_message(digest(), late=True)

    assert "This digest comes late. Sorry for the wait." in message.text
    assert "late" not in digest_message(digest()).text


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
