"""The paragraphs of a message become portions that each fit a chat's limits."""

from hypothesis import given
from hypothesis import strategies as st

from bot.chats.cut import cut
from bot.chats.plain import grapheme_ends, literal
from bot.message import Mark, Paragraph, Run

runs = st.builds(Run, text=st.text(max_size=60), bold=st.booleans())
paragraphs = st.builds(
    Paragraph,
    runs=st.lists(runs, max_size=4).map(tuple),
    mark=st.sampled_from(Mark),
    starts_block=st.booleans(),
)


def at_most(limit):
    return lambda portion: sum(len(paragraph.text) for paragraph in portion) <= limit


def line(text, *, starts_block=False):
    return Paragraph((Run(text),), starts_block=starts_block)


def texts(portions):
    return [[paragraph.text for paragraph in portion] for portion in portions]


def letters(text):
    return "".join(text.split())


@given(st.lists(paragraphs, max_size=8), st.integers(1, 40))
def test_every_portion_fits_and_nothing_but_white_space_is_lost(message, limit):
    portions = cut(message, at_most(limit))

    assert all(portion and at_most(limit)(portion) for portion in portions)
    assert letters("".join(p.text for portion in portions for p in portion)) == letters(
        literal("".join(p.text + " " for p in message))
    )


@given(st.text(st.sampled_from("ab .👩‍👧🇺🇦e\u0301\u094d\u0915"), max_size=60), st.integers(8, 20))
def test_no_sign_is_cut_in_two_where_it_fits_whole(text, limit):
    ends = {0, *grapheme_ends(text)}
    longest = max((b - a for a, b in zip(sorted(ends), sorted(ends)[1:], strict=False)), default=0)
    portions = cut([line(text)], at_most(max(limit, longest)))

    at = 0
    for portion in portions:
        head = portion[0].text
        at = text.index(head, at)
        assert at in ends
        at += len(head)
        assert at in ends or text[at:].isspace() or at == len(text)


def test_cut_falls_before_a_story_rather_than_inside():
    message = [line("day"), line("one", starts_block=True), line("more"), line("two", starts_block=True)]

    portions = cut(message, at_most(12))

    assert texts(portions) == [["day", "one", "more"], ["two"]]


def test_story_that_fits_alone_is_not_begun_at_the_end_of_another_message():
    message = [line("one", starts_block=True), line("two", starts_block=True), line("of two, long")]

    portions = cut(message, at_most(16))

    assert texts(portions) == [["one"], ["two", "of two, long"]]


def test_long_paragraph_is_cut_behind_a_sentence():
    portions = cut([line("It rains. We stay at home today.")], at_most(20))

    assert texts(portions) == [["It rains."], ["We stay at home"], ["today."]]


def test_word_longer_than_a_message_is_cut_between_signs():
    portions = cut([line("🇺🇦🇵🇱🇩🇪")], at_most(5))

    assert texts(portions) == [["🇺🇦🇵🇱"], ["🇩🇪"]]


def test_pieces_keep_their_look_and_link():
    run = Run("one two", bold=True, href="https://news.example")

    portions = cut([Paragraph((run,), Mark.QUOTE)], at_most(4))

    assert [portion[0].runs[0] for portion in portions] == [
        Run("one", bold=True, href="https://news.example"),
        Run("two", bold=True, href="https://news.example"),
    ]
    assert all(portion[0].mark is Mark.QUOTE for portion in portions)
