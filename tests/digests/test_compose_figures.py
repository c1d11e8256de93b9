"""Figures of several outlets: equal ones once, others never side by side without a word."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.render import digest_message
from digests.build import _agree
from digests.compose import compose, told
from digests.compose.figures import best_figures
from digests.model import Article, Digest, Figure, FigureKind, Modifier, Span, Story
from tests.fakes import NOON


def article(outlet, text, *figures, hours=0):
    return Article(
        f"https://{outlet.lower()}.example/1",
        "Ferry burns off Lowmouth, many dead",
        text,
        outlet=outlet,
        published=NOON + timedelta(hours=hours),
        facts=figures,
    )


def figure(text, surface, value, *, concept="died in the ferry fire", unit="people", rank=1, **known):
    at = text.index(surface)
    return Figure(
        Span(at, at + len(surface)),
        surface,
        Decimal(value),
        unit=unit,
        kind=known.pop("kind", FigureKind.COUNT),
        concept=concept,
        rank=rank,
        **known,
    )


SEVENTEEN = "A fire on the Lowmouth ferry killed 17 people, police said."
TWENTY_ONE = "Some 21 people died in the ferry fire, rescuers said."


def test_outlets_that_disagree_stand_side_by_side_the_newest_first():
    one = article("Wire", SEVENTEEN, figure(SEVENTEEN, "17", 17, concept="killed by a fire on the ferry"))
    other = article("Bell", TWENTY_ONE, figure(TWENTY_ONE, "21", 21), hours=1)

    (shown,) = best_figures([one, other])

    assert (shown.figure.value, [beside.figure.value for beside in shown.disagreeing]) == (21, [17])
    assert shown.history == ()


def test_figure_that_moved_is_shown_with_what_it_was():
    one = article("Wire", SEVENTEEN, figure(SEVENTEEN, "17", 17))
    later = article("Bell", TWENTY_ONE, figure(TWENTY_ONE, "21", 21), hours=24)

    (shown,) = best_figures([one, later])

    assert (shown.figure.value, [older.figure.value for older in shown.history]) == (21, [17])
    assert shown.disagreeing == ()


def test_rounded_amounts_of_one_story_are_one_figure():
    exact, rounded = "A deal worth £14.2 million was signed.", "A deal worth at least £14 million."
    money = {"unit": "GBP", "kind": FigureKind.MONEY}
    one = article("Wire", exact, figure(exact, "£14.2 million", 14_200_000, concept="contract", **money))
    other = article(
        "Bell",
        rounded,
        figure(rounded, "£14 million", 14_000_000, concept="deal", modifier=Modifier.OVER, **money),
    )

    assert len(best_figures([one, other], agree=_agree)) == 1


def test_two_figures_of_one_article_are_two_things():
    text = "The fire killed 17 people on Monday; 21 people died in all."
    source = article("Wire", text, figure(text, "17", 17), figure(text, "21", 21, rank=2))

    assert [shown.disagreeing for shown in best_figures([source])] == [(), ()]


def test_a_name_in_common_makes_no_two_figures_one():
    one_text, other_text = "Lowmouth sold 143 boats.", "The yard in Lowmouth built 71 boats."
    boats = {"unit": "boats"}
    one = article("Wire", one_text, figure(one_text, "143", 143, concept="Lowmouth sold", **boats))
    other = article("Bell", other_text, figure(other_text, "71", 71, concept="Lowmouth yard", **boats))

    assert len(best_figures([one, other])) == 2


@pytest.mark.parametrize(
    "known",
    [
        {"concept": None},
        {"concept": "Lowmouth"},
        {"concept": "Isle of Brenna"},
        {"concept": "company"},
        {"concept": "harbour trust", "speaker": "the harbour trust"},
        {"concept": "club in the valley", "unit": "year", "kind": FigureKind.DURATION},
    ],
)
def test_figure_that_says_nothing_by_itself_is_not_shown(known):
    text = "It was 71 all the same in Lowmouth on the Isle of Brenna."

    assert best_figures([article("Wire", text, figure(text, "71", 71, **known))]) == ()


def test_time_is_shown_where_the_headline_tells_it():
    text = "The mayor was jailed for nine years for fraud."
    years = figure(text, "nine years", 9, concept="jailed for fraud", unit="year", kind=FigureKind.DURATION)
    source = replace(article("Wire", text, years), title="Mayor of Lowmouth jailed for nine years")

    assert len(best_figures([source])) == 1
    assert best_figures([replace(source, title="Mayor of Lowmouth jailed")]) == ()


def test_third_figure_of_an_article_joins_no_others():
    text = "The fire killed 17 people; a fire in the same yard had killed 40 people."
    one = article("Bell", TWENTY_ONE, figure(TWENTY_ONE, "21", 21))
    other = article("Wire", text, figure(text, "17", 17), figure(text, "40", 40, rank=2))

    first, second = best_figures([one, other])

    assert [beside.figure.value for beside in first.disagreeing] == [17]
    assert (second.figure.value, second.disagreeing) == (40, ())


def test_dead_of_an_earlier_event_are_not_shown():
    text = "A fire in the same yard killed 40 people in 1998."
    dead = replace(figure(text, "40", 40), sentence=Span(0, len(text)))

    assert best_figures([article("Wire", text, dead)]) == ()


def test_death_toll_is_the_number_of_dead():
    toll = "The death toll has risen to 21."
    one = article("Bell", TWENTY_ONE, figure(TWENTY_ONE, "21", 21))
    other = article(
        "Post", toll, figure(toll, "21", 21, concept="death toll", unit=None, kind=FigureKind.OTHER)
    )

    (shown,) = best_figures([one, other])

    assert (shown.outlets, shown.disagreeing) == (("Bell", "Post"), ())


def test_message_names_who_gives_which_figure_and_what_it_was():
    one = article("Wire", SEVENTEEN, figure(SEVENTEEN, "17", 17))
    other = article("Bell", TWENTY_ONE, figure(TWENTY_ONE, "21", 21), hours=1)
    earlier = article("Post", "It killed 12 people.", figure("It killed 12 people.", "12", 12), hours=-24)
    story = told(Story((earlier, one, other), id=1))

    lines = [part.text for part in digest_message(Digest((story,), NOON, NOON)).paragraphs]

    assert any("(Bell), " in line and "(Wire)" in line and "before: 12" in line for line in lines)


def test_known_story_comes_again_only_where_a_figure_moved():
    old = article("Post", "It killed 12 people.", figure("It killed 12 people.", "12", 12), hours=-30)
    new = article("Wire", SEVENTEEN, figure(SEVENTEEN, "17", 17), hours=-1)
    known = {"since": NOON - timedelta(hours=20), "until": NOON, "shown": {1: NOON - timedelta(hours=20)}}

    (update,) = compose([Story((old, new), id=1)], **known).stories
    same = compose([Story((old, replace(new, facts=old.facts[:0])), id=1)], **known).stories

    assert (update.is_update, update.quotes, update.lead) == (True, (), None)
    assert same == ()
