"""Which stories a reader gets, and why not the others."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.compose import Fate, filter_of, selected
from digests.compose.quotes import best_quotes
from digests.model import Article, Quote, Span, Story
from tests.fakes import NOON

TEXT = "The ferry from Lowmouth sails again after nine long years of waiting on the quay."


def article(number, *, outlet="", text=TEXT, title="Ferry sails again from Lowmouth", facts=()):
    outlet = outlet or f"Outlet {number}"
    return Article(
        f"https://a.example/{number}", title, text, outlet=outlet, published=NOON, facts=tuple(facts)
    )


def stories(*outlets):
    return [Story((article(n, outlet=outlet),), id=n) for n, outlet in enumerate(outlets)]


def chosen(given_stories, **how):
    return selected(given_stories, **how)


def test_no_outlet_takes_more_than_its_share_while_others_have_stories():
    selection = chosen([*stories(*["Loud"] * 8), Story((article(9, outlet="Quiet"),), id=9)], most=5)

    assert "Quiet" in [story.outlet for story in selection.stories]
    assert len(selection.stories) == 5


def test_no_topic_takes_more_than_half_while_others_have_stories():
    sport = [Story((replace(article(n), feed_id=1),), id=n) for n in range(8)]
    news = [Story((replace(article(n), feed_id=2),), id=n) for n in range(-3, 0)]

    selection = chosen([*sport, *news], most=4, topics={1: "sport", 2: "news"})

    assert sorted(story.articles[0].feed_id for story in selection.stories) == [1, 1, 2, 2]
    assert Fate.CROWDED in [fate for _, fate in selection.fates]


def test_only_outlet_of_a_reader_fills_the_digest():
    assert len(chosen(stories(*["Only"] * 8), most=5).stories) == 5


def test_fate_of_every_article_is_told():
    few = stories("A", "B", "C", "D")

    selection = chosen(few, most=2, shown={0: NOON}, wanted=filter_of("ferry"))

    assert selection.fate_of("https://a.example/0") is Fate.KNOWN
    assert sorted(fate for _, fate in selection.fates) == sorted(
        [Fate.KNOWN, Fate.SHOWN, Fate.SHOWN, Fate.LESS_IMPORTANT]
    )
    assert chosen(few, wanted=filter_of("-ferry")).fate_of("https://a.example/1") is Fate.FILTERED
    assert selection.fate_of("https://elsewhere.example/") is None


def test_long_digest_has_headlines_only_behind_the_first_eight():
    selection = chosen(stories(*(f"Outlet {n}" for n in range(20))), most=20)

    assert [story.lead is not None for story in selection.stories] == [True] * 8 + [False] * 12


def rich(number):
    """Return a story with long words of two people, which needs more room than its share."""
    words = "We have waited nine long years for this day " * 3
    text = f"{TEXT} “{words}” Ida Brand said. “{words}” Tom Reed said."
    spans = [text.index("“") + 1, text.rindex("“") + 1]
    quotes = [
        Quote(Span(start, start + len(words)), words, name, rank=rank)
        for rank, (start, name) in enumerate(zip(spans, ("Ida Brand", "Tom Reed"), strict=True), start=1)
    ]
    return Story((article(number, text=text, facts=quotes),), id=number)


@pytest.mark.parametrize(("most", "words"), [(5, 250), (10, 450), (20, 600)])
def test_digest_is_read_in_its_time_and_its_first_stories_keep_most(most, words):
    selection = chosen([rich(number) for number in range(30)], most=most)

    kept = [len(story.quotes) for story in selection.stories]
    shown = sum(len(line.split()) for story in selection.stories for line in _lines(story))
    assert len(selection.stories) == most
    assert shown <= words
    assert kept[0] >= 1
    assert sum(kept[: most - most // 2]) >= sum(kept[most - most // 2 :])


def test_long_quotes_are_cut_to_their_opening_before_a_story_loses_its_lead():
    words = "We have waited for this ferry here. " + "And so did all of our neighbours on the island. " * 4
    long = Quote(Span(len(TEXT) + 2, len(TEXT) + 2 + len(words)), words, "Ida Brand", rank=1)
    told = f"{TEXT} “{words}” Ida Brand said."

    selection = chosen([Story((article(n, text=told, facts=[long]),), id=n) for n in range(5)], most=5)

    ((piece,),) = [excerpt.pieces for excerpt in selection.stories[-1].quotes[0].shown]
    assert all(story.lead for story in selection.stories)
    assert piece.of(told) == "We have waited for this ferry here."
    assert selection.stories[-1].quotes[0].shown[0].goes_on


def _lines(story):
    return [story.headline, story.outlet, story.lead or "", *(cited.quote.text for cited in story.quotes)]


@pytest.mark.parametrize(
    ("typed", "passes"),
    [
        ("ferry", True),
        ("FERRY plane", True),
        ("plane", False),
        ("-quay", False),
        ("ferry -quay", False),
        ('"sails again"', True),
        ('"again sails"', False),
        ('-"sails again"', False),
        ("fer", False),
        (".* [a-z]+ (", False),
        ('- "" \'', True),
        ("", True),
    ],
)
def test_filter_reads_words_minus_words_and_phrases(typed, passes):
    assert filter_of(typed).passes(article(1)) is passes


def story_of(*texts, title="Ferry sails again from Lowmouth"):
    """Return the fate of a story whose articles have these texts, for a reader who wants no football."""
    articles = tuple(article(number, text=text) for number, text in enumerate(texts))
    return Story((*articles, article(99, title=title)), id=1)


WITH, WITHOUT = f"{TEXT} Its football ground is closed.", TEXT


@pytest.mark.parametrize(
    ("story", "fate"),
    [
        (story_of(WITH, WITHOUT), Fate.SHOWN),  # one outlet of three mentions it
        (story_of(WITHOUT, WITHOUT), Fate.SHOWN),
        (story_of(WITH), Fate.FILTERED),  # one of two
        (story_of(WITH, WITH, WITHOUT), Fate.FILTERED),  # two of four
        (story_of(WITHOUT, WITHOUT, title="Football returns to Lowmouth"), Fate.FILTERED),
    ],
)
def test_story_about_an_unwanted_word_is_left_out_and_one_that_mentions_it_is_not(story, fate):
    selection = chosen([story], wanted=filter_of("-football"))

    assert [told for _, told in selection.fates] == [fate]


def test_story_that_would_show_an_unwanted_word_is_left_out():
    said_of_it = said("Bell", "This is the best day that our football has ever seen")

    selection = chosen([story_of(WITHOUT, WITHOUT)], wanted=filter_of("-football"))
    with_quote = chosen(
        [Story((*story_of(WITHOUT, WITHOUT).articles, said_of_it), id=1)], wanted=filter_of("-football")
    )

    assert [fate for _, fate in selection.fates] == [Fate.SHOWN]
    assert [fate for _, fate in with_quote.fates] == [Fate.FILTERED]


def test_wanted_word_may_stand_in_one_article_alone():
    selection = chosen([story_of(WITH, WITHOUT, WITHOUT)], wanted=filter_of("football -plane"))

    assert [fate for _, fate in selection.fates] == [Fate.SHOWN]


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_a_filter(typed, text):
    filter_of(typed).passes(article(1, text=text))


def said(outlet, words, speaker="Ida Brand"):
    text = f"“{words}” {speaker} said at the quay."
    quote = Quote(Span(1, 1 + len(words)), words, speaker, rank=1)
    return article(outlet, outlet=outlet, text=text, facts=[quote])


def test_longest_form_of_a_quote_is_shown_with_all_outlets():
    whole = "We waited nine years for this day, and now it is here."
    cut = "We waited nine years [...] and now it is here"

    (shown,) = best_quotes([said("Wire", cut), said("Bell", whole), said("Post", "We waited nine years")])

    assert (shown.quote.text, shown.outlets) == (whole, ("Wire", "Bell", "Post"))
    assert shown.cut_differently


def test_marks_alone_cut_no_quote_differently():
    (shown,) = best_quotes([said("Wire", "We don't sail at dawn."), said("Bell", "We don’t sail at dawn,")])

    assert not shown.cut_differently
    assert len(shown.outlets) == 2


def test_same_short_words_of_two_speakers_are_two_quotes():
    assert (
        len(best_quotes([said("Wire", "It is true", "Ida Brand"), said("Bell", "It is true", "Tom Reed")]))
        == 2
    )
