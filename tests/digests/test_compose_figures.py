"""Figures of several outlets: equal ones once, others never side by side without a word."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def test_second_number_of_the_same_thing_in_one_article_is_left_out():
    text = "The fire killed 17 people on Monday; 21 people died in all."
    source = article("Wire", text, figure(text, "17", 17), figure(text, "21", 21, rank=2))

    assert [(shown.figure.value, shown.disagreeing) for shown in best_figures([source])] == [(17, ())]


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
        {"concept": "crew"},
        {"concept": "and 98 others"},
        {"concept": "ferry crew", "unit": "time", "kind": FigureKind.RATIO},
        {"concept": "harbour trust", "speaker": "the harbour trust"},
        {"concept": "club in the valley", "unit": "year", "kind": FigureKind.DURATION},
    ],
)
def test_figure_that_says_nothing_by_itself_is_not_shown(known):
    text = "It was 71 all the same in Lowmouth on the Isle of Brenna."

    assert best_figures([article("Wire", text, figure(text, "71", 71, **known))]) == ()


@pytest.mark.parametrize(
    ("concept", "shown"),
    [
        ("died in May and more than 90,000 lost", "died in May"),
        ("ferry tickets are to be", "ferry tickets"),
        ("lost at Lowmouth's ferry pier since sailors shut", "lost at Lowmouth's ferry pier"),
        ("dead off Lowmouth since 2014", "dead off Lowmouth since 2014"),
    ],
)
def test_concept_is_shown_without_other_numbers_and_what_hangs_at_its_end(concept, shown):
    text = "It was 71 all the same."

    (cited,) = best_figures([article("Wire", text, figure(text, "71", 71, concept=concept))])

    assert cited.figure.concept == shown


def test_figure_of_another_matter_is_not_shown():
    text = "The yard was once sold for $71 million, for its spring onions."
    aside = figure(
        text, "$71 million", 71_000_000, concept="spring onions", unit="USD", kind=FigureKind.MONEY
    )
    other = article("Bell", "A ferry burnt off Lowmouth.")

    assert best_figures([article("Wire", text, aside), other]) == ()
    assert len(best_figures([article("Wire", text, aside), replace(other, facts=(aside,))])) == 1


def test_headlines_own_form_of_a_figure_is_the_one_shown():
    exact, round_ = "It cost $248.6 million to repair.", "Repairs cost $250 million."
    money = {"unit": "USD", "kind": FigureKind.MONEY, "concept": "repair of the ferry"}
    one = article("Bell", exact, figure(exact, "$248.6 million", 248_600_000, **money))
    other = article("Wire", round_, figure(round_, "$250 million", 250_000_000, **money))

    (plain,) = best_figures([other, one], agree=_agree)
    (told_so,) = best_figures([replace(other, title="Ferry repairs cost $250 million"), one], agree=_agree)

    assert (plain.figure.value, told_so.figure.value) == (248_600_000, 250_000_000)


def test_countries_apart_do_not_disagree():
    one_text, other_text = "Unemployment in Norvia is 7%.", "Unemployment in Estavia is 3%."
    rate = {"unit": "%", "kind": FigureKind.PERCENT}
    one = article("Wire", one_text, figure(one_text, "7%", 7, concept="unemployment rate in Norvia", **rate))
    other = article(
        "Bell", other_text, figure(other_text, "3%", 3, concept="unemployment rate in Estavia", **rate)
    )

    assert [shown.disagreeing for shown in best_figures([one, other])] == [(), ()]


def test_quarter_point_and_25_basis_points_are_said_once():
    text = "The rate fell by 25 basis points, a quarter of a percentage point."
    cut = {"kind": FigureKind.PERCENT, "concept": "ferry loan rate"}
    source = article(
        "Wire",
        text,
        figure(text, "25 basis points", 25, unit="bp", **cut),
        figure(text, "a quarter of a percentage point", "0.25", unit="pp", rank=2, **cut),
    )

    assert len(best_figures([source])) == 1


def test_time_is_shown_where_the_headline_tells_it():
    text = "The mayor was jailed for nine years for fraud."
    years = figure(text, "nine years", 9, concept="jailed for fraud", unit="year", kind=FigureKind.DURATION)
    source = replace(article("Wire", text, years), title="Mayor of Lowmouth jailed for nine years")

    assert len(best_figures([source])) == 1
    assert best_figures([replace(source, title="Mayor of Lowmouth jailed")]) == ()


def test_second_figure_of_an_article_joins_no_others():
    text = "The fire killed 17 people; a fire in the same yard had killed 40 people."
    one = article("Bell", TWENTY_ONE, figure(TWENTY_ONE, "21", 21))
    other = article("Wire", text, figure(text, "17", 17), figure(text, "40", 40, rank=2))

    (shown,) = best_figures([one, other])

    assert [beside.figure.value for beside in shown.disagreeing] == [17]


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

    assert "21 people (Bell), 17 (Wire) — died in the ferry fire · before: 12 (Wednesday)" in lines


def test_children_among_the_dead_do_not_contradict_the_number_of_the_dead():
    text = "Eight children were killed, 8 of the dead."
    children = figure(text, "8", 8, concept="killed", unit="children")
    one, other = article("Bell", TWENTY_ONE, figure(TWENTY_ONE, "21", 21)), article("Wire", text, children)

    assert [shown.disagreeing for shown in best_figures([one, other])] == [(), ()]


def test_known_story_comes_again_only_where_a_figure_moved():
    old = article("Post", "It killed 12 people.", figure("It killed 12 people.", "12", 12), hours=-30)
    new = article("Wire", SEVENTEEN, figure(SEVENTEEN, "17", 17), hours=-1)
    known = {"since": NOON - timedelta(hours=20), "until": NOON, "shown": {1: NOON - timedelta(hours=20)}}

    (update,) = compose([Story((old, new), id=1)], **known).stories
    same = compose([Story((old, replace(new, facts=old.facts[:0])), id=1)], **known).stories

    assert (update.is_update, update.quotes, update.lead) == (True, (), None)
    assert same == ()


tolls = st.tuples(
    st.sampled_from(
        ["dead", "died in the ferry fire", "crew of the ferry", "ferry crew", "cost of the ferry fire"]
    ),
    st.sampled_from(["people", None, "USD"]),
    st.integers(3, 40),
    st.integers(1, 4),
)


@given(st.lists(st.tuples(st.lists(tolls, max_size=4), st.integers(-40, 40)), min_size=1, max_size=5))
def test_two_amounts_of_one_thing_never_stand_there_unsaid(papers):
    articles = []
    for number, (facts, hours) in enumerate(papers):
        text = "Ferry fire: " + ", ".join(str(value) for _, _, value, _ in facts)
        stated = [figure(text, str(value), value, concept=c, unit=u, rank=r) for c, u, value, r in facts]
        articles.append(
            replace(article(f"Paper{number}", text, *stated, hours=hours), url=f"https://{number}.example")
        )

    shown = best_figures(articles)

    alike = [(cited.figure.concept, cited.figure.unit) for cited in shown]
    assert len(set(alike)) == len(alike)
    dead = [
        cited for cited in shown if "d" in (cited.figure.concept or "")[:4] and cited.figure.unit != "USD"
    ]
    assert len(dead) <= 1
    for cited in shown:
        outlets = [*cited.outlets, *(outlet for other in cited.disagreeing for outlet in other.outlets)]
        assert len(set(outlets)) == len(outlets) or not cited.disagreeing
        values = [one.figure.value for one in (cited, *cited.disagreeing, *cited.history)]
        assert len(set(values)) == len(values)
