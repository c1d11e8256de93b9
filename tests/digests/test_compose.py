"""Stories become a digest: which, in what order, and what each says."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.compose import compose, told
from digests.model import Article, Figure, Quote, Span, SpeakerKind, Story
from tests.fakes import NOON

LEAD = "The new bridge across the Low Sound opened to traffic on Thursday morning."


def article(number, *, title="Bridge across the sound opens", text=LEAD, outlet="", facts=(), age=0):
    return Article(
        url=f"https://a.example/{number}",
        title=title,
        text=text,
        outlet=outlet or f"Outlet {number}",
        published=NOON - timedelta(hours=age),
        facts=tuple(facts),
    )


def quote(text, words, *, speaker="Ida Brand", rank=1):
    start = text.index(words)
    return Quote(Span(start, start + len(words)), words, speaker, rank=rank)


def digest_of(*stories, most=10):
    return compose(stories, since=NOON - timedelta(days=1), until=NOON, most=most)


def test_story_of_more_outlets_comes_first_and_of_equal_ones_the_newer():
    small, old, wide = (
        Story((article(1, age=0),), id=1),
        Story((article(2, age=5),), id=2),
        Story((article(3, age=9), article(4, age=9)), id=3),
    )

    assert [story.story_id for story in digest_of(old, small, wide).stories] == [3, 1, 2]


def test_stories_beyond_the_length_are_counted():
    stories = [Story((article(number),), id=number) for number in range(12)]

    digest = digest_of(*stories, most=10)

    assert (len(digest.stories), digest.more) == (10, 2)
    assert digest_of(*stories, most=20).more == 0


def test_headline_is_the_title_that_says_most_clearly_what_happened():
    story = Story(
        (article(1, title="Opened?"), article(2), article(3, title="Is the bridge across the sound open?"))
    )

    said = told(story)

    assert (said.headline, said.outlet, said.url) == (
        "Bridge across the sound opens",
        "Outlet 2",
        "https://a.example/2",
    )
    assert said.articles[0].url == said.url


def test_same_words_in_two_outlets_are_quoted_once():
    one = f'{LEAD} "We waited nine years for this day," said Ida Brand.'
    other = f'{LEAD} Ms Brand said: "We waited nine years for this day, and it came."'
    first = article(1, text=one, facts=[quote(one, "We waited nine years for this day,")])
    second = article(2, text=other, facts=[quote(other, "We waited nine years for this day, and it came.")])

    assert len(told(Story((first, second))).quotes) == 1


def test_part_of_a_speech_is_not_shown_again_as_one_of_its_own():
    one = f"{LEAD} “We waited nine years,” said Ida Brand. “Nobody believed that it would ever come.”"
    other = f"{LEAD} “Nobody believed that it would ever come,” Ida Brand said."
    believed = "Nobody believed that it would ever come"
    waited = quote(one, "We waited nine years,")
    parts = [waited, replace(quote(one, f"{believed}."), continues=True, rank=None)]
    first, second = (
        article(1, text=one, facts=parts),
        article(2, text=other, facts=[quote(other, f"{believed},")]),
    )

    assert [cited.article.url for cited in told(Story((first, second))).quotes] == [first.url]


def said_by(number, speaker, *, confidence, role=None):
    text = f"{LEAD} “We waited nine years for this day,” {speaker} said."
    known = {"speaker_kind": SpeakerKind.NAMED, "confidence": confidence, "role": role}
    return article(
        number,
        text=text,
        facts=[replace(quote(text, "We waited nine years for this day,", speaker=speaker), **known)],
    )


def test_words_that_outlets_put_in_several_mouths_are_of_the_one_most_are_sure_of():
    story = Story(
        (
            said_by(1, "Tom Reed", confidence=0.6),
            said_by(2, "Ida Brand", confidence=0.9),
            said_by(3, "Ida Brand", confidence=0.5, role="mayor"),
        )
    )

    (shown,) = told(story).quotes

    assert (shown.quote.speaker, shown.quote.role, shown.outlets) == (
        "Ida Brand",
        "mayor",
        ("Outlet 2", "Outlet 3"),
    )


def test_what_several_outlets_quote_comes_first():
    alone, shared = "It is open now, and it is the last bridge.", "We waited nine years for this day."
    one, other = f"{LEAD} “{alone}” “{shared}”", f"{LEAD} “{shared}”"
    facts = [quote(one, alone, speaker="Tom Reed", rank=1), quote(one, shared, rank=2)]
    story = Story((article(1, text=one, facts=facts), article(2, text=other, facts=[quote(other, shared)])))

    assert [cited.quote.speaker for cited in told(story).quotes] == ["Ida Brand", "Tom Reed"]


def test_two_speakers_are_preferred_to_one_who_speaks_twice():
    text = f"{LEAD} It is open now. It was worth it. We will see about that."
    facts = [
        quote(text, "It is open now.", rank=1),
        quote(text, "It was worth it.", rank=2),
        quote(text, "We will see about that.", speaker="Tom Reed", rank=3),
    ]

    said = told(Story((article(1, text=text, facts=facts),)))

    assert [cited.quote.speaker for cited in said.quotes] == ["Ida Brand", "Tom Reed"]


def test_words_of_nobody_in_particular_are_not_quoted():
    text = f"{LEAD} It is open now."
    facts = [replace(quote(text, "It is open now."), speaker=None)]

    assert told(Story((article(1, text=text, facts=facts),))).quotes == ()


def test_equal_figures_are_shown_once_with_their_outlets():
    figure = Figure(Span(4, 7), "new", Decimal(9), unit="ferries", concept="ferries laid up", rank=1)
    story = Story((article(1, facts=[figure]), article(2, facts=[figure]), article(3)))

    (shown,) = told(story).figures

    assert shown.outlets == ("Outlet 1", "Outlet 2")


@pytest.mark.parametrize(
    ("older", "newer", "headline"),
    [
        ("Quake shakes the Orrin hills, killing four people", "Orrin quake toll rises to five", 1),
        ("Rescuers find four dead in Orrin hills after quake", "Five dead after quake in Orrin hills", 1),
        ("Orrin quake kills 5 people", "Five people dead as Orrin quake strikes by night", 0),
        ("Quake in the Orrin hills kills 5 people, army says", "Is the Orrin toll 6 by now, or 7?", 0),
    ],
)
def test_headline_holds_no_number_that_a_newer_title_knows_better(older, newer, headline):
    titles = (older, newer)
    story = Story((article(1, title=older, text=LEAD * 3, age=3), article(2, title=newer, age=1)))

    assert told(story).headline == titles[headline]


def test_lead_never_begins_or_ends_inside_somebodys_words():
    text = "“We waited nine long years for this bright day. Nobody believed it would come,” she said."
    words = text[1 : text.index("”")]
    facts = [replace(quote(text, words), rank=None)]

    assert told(Story((article(1, text=text, facts=facts),))).lead is None


def test_lead_is_not_what_a_quote_says_anyway():
    first = "“We waited nine years for this bright day,” said Ida Brand on Thursday."
    text = f"{first} {LEAD}"
    facts = [quote(text, "We waited nine years for this bright day,")]

    assert told(Story((article(1, text=text, facts=facts),))).lead == LEAD


def test_no_stories_make_an_empty_digest():
    digest = digest_of()

    assert (digest.stories, digest.more) == ((), 0)


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_article_can_be_told(text, title):
    said = told(Story((article(1, title=title, text=text),), id=1))

    assert said.lead is None or said.lead in " ".join(text.split())


@given(st.permutations(range(6)))
def test_order_of_a_digest_does_not_hang_on_the_order_in_the_store(order):
    stories = [Story((article(number, age=number),), id=number) for number in order]

    assert [story.story_id for story in digest_of(*stories).stories] == list(range(6))


@pytest.mark.parametrize(
    "dateline",
    ["LUNDBY (Meridian) - ", "PORTO SERRA, May 3 (Wire) — ", "KELMOUTH – "],
)
def test_lead_leaves_out_where_an_agency_wrote_it(dateline: str) -> None:
    sentence = "The harbour was closed for a third day while divers looked for the anchor."
    story = Story((Article(url="https://example.org/a", title="Harbour closed", text=dateline + sentence),))

    assert told(story).lead == sentence


def test_lead_keeps_a_dash_of_its_own() -> None:
    sentence = "NATO – for years without a plan – has one now, and it costs more than was said."
    story = Story((Article(url="https://example.org/a", title="NATO plan", text=sentence),))

    assert told(story).lead == sentence
