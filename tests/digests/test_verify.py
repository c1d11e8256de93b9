"""Whatever facts claim, a passage that its article does not hold never gets through."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render import digest_message
from digests.compose import compose
from digests.model import (
    Article,
    CitedFigure,
    CitedQuote,
    Digest,
    DigestStory,
    Excerpt,
    Figure,
    Quote,
    Span,
    SpeakerKind,
    Story,
)
from digests.text import squeeze
from digests.verify import verify
from tests.fakes import NOON

TEXT = "“We sail at dawn,” said Ida Brand. The ferry carries\n\n2,500 people across the sound each day."
ARTICLE = Article("https://harbour.example/1", "Ferry leaves", TEXT, outlet="Harbour Post", published=NOON)
QUOTE = Quote(Span(1, 17), "We sail at dawn,", "Ida Brand", SpeakerKind.NAMED, rank=1)
FIGURE = Figure(Span(TEXT.index("2,500"), TEXT.index("2,500") + 5), "2,500", Decimal(2500), rank=1)
WORDS = st.text(alphabet='ab “”"\n\u00a0\ufffd.', max_size=30)


def digest_of(*, quotes=(), figures=(), lead=None, article=ARTICLE):
    story = DigestStory(
        1, article.title, article.outlet, article.url, lead, tuple(quotes), tuple(figures), (article,)
    )
    return Digest((story,), NOON, NOON)


def passed(digest):
    return verify(digest).digest.stories[0]


def test_digest_of_the_articles_own_words_gets_through_whole():
    digest = digest_of(
        quotes=[CitedQuote(QUOTE, ARTICLE)],
        figures=[CitedFigure(FIGURE, ARTICLE)],
        lead="The ferry carries 2,500 people across the sound each day.",
    )

    verified = verify(digest)

    assert verified.digest == digest
    assert verified.dropped == 0


@pytest.mark.parametrize(
    "quote",
    [
        replace(QUOTE, text="We sail at dusk,"),  # another word
        replace(QUOTE, text="we sail at dawn,"),  # another letter
        replace(QUOTE, text="We sail at dawn"),  # a sign less
        replace(QUOTE, span=Span(2, 18)),  # elsewhere
        replace(QUOTE, span=Span(500, 516)),  # nowhere
        replace(QUOTE, span=Span(1, 1), text=""),  # nothing
        replace(QUOTE, text="We sail at dawn, said Ida Brand."),  # a bit more
    ],
)
def test_quote_that_is_not_the_articles_own_is_dropped_and_counted(quote):
    verified = verify(digest_of(quotes=[CitedQuote(quote, ARTICLE), CitedQuote(QUOTE, ARTICLE)]))

    assert verified.digest.stories[0].quotes == (CitedQuote(QUOTE, ARTICLE),)
    assert verified.dropped == 1


SPEECH = (
    "“We sail at dawn, come what may. Nobody stays,” said Ida Brand. “Bring a coat, and bread.”\n\n"
    "“And no songs. Please,” she said.\n\n“Why not?” asked Tom Reed."
)


def part(words, *, continues=True):
    at = SPEECH.index(words)
    return Quote(Span(at, at + len(words)), words, "Ida Brand", continues=continues)


SPOKEN = replace(
    ARTICLE,
    text=SPEECH,
    facts=(
        part("We sail at dawn, come what may. Nobody stays,", continues=False),
        part("Bring a coat, and bread."),
        part("And no songs. Please,"),
        part("Why not?", continues=False),
    ),
)


def lets_through(*excerpts):
    """Say whether the speech gets through in these excerpts, each pieces and at its end "…" if it goes on."""
    made = [
        Excerpt(tuple(part(words).span for words in pieces if words != "…"), goes_on="…" in pieces)
        for pieces in excerpts
    ]
    cited = CitedQuote(SPOKEN.quotes[0], SPOKEN, excerpts=tuple(made))
    return bool(passed(digest_of(quotes=[cited], article=SPOKEN)).quotes)


WHOLE = "We sail at dawn, come what may. Nobody stays"


@pytest.mark.parametrize(
    "excerpts",
    [
        [[WHOLE]],
        [[WHOLE + ","]],
        [["We sail at dawn, come what may.", "…"]],
        [["We sail at dawn, come what may.", "Bring a coat, and bread."]],
        [[WHOLE, "Bring a coat, and bread."], ["And no songs. Please"]],
        [[WHOLE, "Bring a coat, and bread."], ["And no songs.", "…"]],
        [[WHOLE, "And no songs. Please"]],
    ],
)
def test_excerpts_that_mark_what_they_leave_out_get_through(excerpts):
    assert lets_through(*excerpts)


@pytest.mark.parametrize(
    "excerpts",
    [
        [["We sail at dawn, come what may."]],  # cut, and does not say so
        [["We sail at dawn,", "…"]],  # cut inside a sentence
        [["Nobody stays,", "…"]],  # begins inside
        [["sail at dawn, come what may. Nobody stays,"]],
        [[WHOLE, "Bring a coat,", "…"]],
        [[WHOLE + ",” said Ida Brand. “Bring a coat, and bread."]],  # the reporter's words as hers
        [[WHOLE], ["Bring a coat, and bread."]],  # left out between, and does not say so
        [[WHOLE], ["And no songs. Please"]],
        [["Bring a coat, and bread."]],  # not the quote that it claims to be
        [[WHOLE, "Why not?"]],  # another's words
        [["Bring a coat, and bread.", WHOLE]],  # in another order
        [[WHOLE, WHOLE]],
        [[WHOLE], []],
        [[]],
    ],
)
def test_excerpts_that_leave_out_or_add_silently_are_dropped(excerpts):
    assert not lets_through(*excerpts)


def test_speaker_whom_no_article_of_the_story_names_is_dropped_with_the_words():
    stranger = replace(QUOTE, speaker="Tom Reed")
    other = replace(ARTICLE, url="https://b.example/", text="Tom\nReed was there.")
    alone = digest_of(quotes=[CitedQuote(stranger, ARTICLE)])
    together = replace(alone, stories=(replace(alone.stories[0], articles=(ARTICLE, other)),))

    assert (passed(alone).quotes, verify(alone).dropped) == ((), 1)
    assert passed(together).quotes


def test_white_space_alone_is_no_difference():
    quote = replace(QUOTE, text=" We  sail\nat dawn, ")

    assert passed(digest_of(quotes=[CitedQuote(quote, ARTICLE)])).quotes


def test_words_read_in_the_wrong_charset_are_dropped():
    article = replace(ARTICLE, text=TEXT.replace("dawn", "d\ufffdwn"))
    quote = replace(QUOTE, text="We sail at d\ufffdwn,")

    assert passed(digest_of(quotes=[CitedQuote(quote, article)], article=article)).quotes == ()


@pytest.mark.parametrize("surface", ["2,501", "2,50", "", " 2,500"])
def test_figure_that_does_not_stand_there_is_dropped(surface):
    figure = CitedFigure(replace(FIGURE, surface=surface), ARTICLE)

    assert passed(digest_of(figures=[figure])).figures == ()


@pytest.mark.parametrize(
    "told",
    [
        [Span(0, 10)],  # without the figure
        [Span(38, len(TEXT) + 1)],  # more than the article has
        [Span(38, len(TEXT)), Span(0, 10)],  # in another order
    ],
)
def test_words_around_a_figure_that_do_not_tell_it_are_left_out(told):
    digest = digest_of(figures=[CitedFigure(FIGURE, ARTICLE, told=tuple(told))])

    assert passed(digest).figures == (CitedFigure(FIGURE, ARTICLE),)


def test_lead_that_nobody_wrote_is_dropped():
    assert passed(digest_of(lead="The ferry carries 2,500 people, and more.")).lead is None


@given(
    text=WORDS,
    claims=st.lists(st.tuples(WORDS, st.integers(-5, 40), st.integers(-5, 40)), max_size=6),
    lead=st.none() | WORDS,
)
def test_whatever_facts_claim_only_the_articles_own_words_get_through(text, claims, lead):
    article = replace(ARTICLE, text=text)
    quotes = [CitedQuote(Quote(Span(a, b), words, "Ida"), article) for words, a, b in claims]
    figures = [CitedFigure(Figure(Span(a, b), words, Decimal(1)), article) for words, a, b in claims]

    story = passed(digest_of(quotes=quotes, figures=figures, lead=lead, article=article))

    whole = squeeze(text)
    assert all(squeeze(cited.quote.text) in whole for cited in story.quotes)
    assert all(cited.figure.surface in text for cited in story.figures)
    assert story.lead is None or squeeze(story.lead) in whole


@given(
    text=WORDS,
    claims=st.lists(st.tuples(WORDS, st.integers(0, 40), st.integers(0, 40), st.booleans()), max_size=5),
)
def test_whatever_facts_claim_no_digest_shows_words_in_marks_that_the_article_lacks(text, claims):
    facts = tuple(
        Quote(Span(min(a, b), max(a, b)), words, "Ida", continues=later, rank=None if later else number)
        for number, (words, a, b, later) in enumerate(claims, start=1)
    )
    story = Story((replace(ARTICLE, text=text, facts=facts),), id=1)

    message = digest_message(verify(compose([story], since=NOON, until=NOON)).digest)

    whole = squeeze(text)
    shown = [
        run.text for paragraph in message.paragraphs for run in paragraph.runs if run.text.startswith("“")
    ]
    pieces = [piece.strip(" ,") for words in shown for piece in words[1:-1].split("[...]")]
    assert all(piece in whole for piece in pieces)
