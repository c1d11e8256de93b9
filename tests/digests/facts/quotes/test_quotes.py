"""Who said what: an article of traps, properties of any text, and floors of quality."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.quotes import FLOORS, SAMPLES, scores_of
from digests.facts.quotes import quotes_of, witness_of
from digests.model import Article, QuoteKind, SpeakerKind
from digests.people import people_of
from tests.timing import cpu_seconds

ARTICLE = """The President of Vandia, Ilmar Kesk, called on allies at a meeting in Port Hallam on Friday.
"We need to have this possibility (of a ferry), not only in summer, so that the islands are not cut off. We \
need to make the owners think about what they want : work or pride," said Kesk to the harbour council.
However, Lowland Transport Minister Bart Quill said that Keske convinced him to support the plan.
"One of the things that President Kesk has made very clear is that they are losing people," Quill said.
"We support their request, but it is still the decision of our partners," he added.
"While (the storm) has put the north on the defensive, we know that winter runs deep," US Trade Secretary \
Orson Tate said.
Kesk also said that the promised boats "are not arriving fast enough" and that the number of boats that have \
not yet been delivered is "substantial", he said."""
MARKS = "\"'“”‘’„«»‹›「」``"


def quotes(text, language="en"):
    article = Article(url="", title="", text=text, language=language)
    return quotes_of(article, people_of(article), language=language)


def test_an_article_full_of_traps_is_read_rightly():
    found = quotes(ARTICLE)

    assert [(q.text[:12], q.speaker) for q in found] == [
        ("We need to h", "Ilmar Kesk"),
        ("One of the t", "Bart Quill"),
        ("We support t", "Bart Quill"),
        ("While (the s", "Orson Tate"),
        ("are not arri", "Ilmar Kesk"),
        ("substantial", "Ilmar Kesk"),
    ]
    assert found[3].role == "US Trade Secretary"
    assert found[1].role == "Lowland Transport Minister"
    assert [q.kind for q in found[-2:]] == [QuoteKind.PARTIAL, QuoteKind.PARTIAL]
    assert all(q.speaker_kind is SpeakerKind.NAMED and q.cue for q in found)


def test_a_split_quote_is_two_and_the_second_continues():
    first, second = quotes('"We have a plan," minister Jonas Berg said. "But it needs money."')

    assert (first.continues, second.continues) == (False, True)
    assert (first.text, second.text) == ("We have a plan,", "But it needs money.")


def test_titles_scare_quotes_and_signs_are_nobodys_words():
    text = (
        'Her novel "The Long Winter" won the prize. The so-called "dragon tax" will be scrapped. '
        'The film "Night Train" opens on Friday.'
    )

    assert quotes(text) == ()


def test_apostrophes_open_no_quote():
    assert quotes("The boys' mother didn't know of the '90s or of 'em, and the workers' union left.") == ()


def test_a_group_without_a_name_is_unnamed():
    (quote,) = quotes('"There was no warning at all," residents said.')

    assert (quote.speaker, quote.speaker_kind) == ("residents", SpeakerKind.UNNAMED)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            'Ida Roth left early. "Too late," one of the farmers said.\n\n"Far too late," tweeted another.',
            "another",
        ),
        ('Ida Roth spoke on the quay. Others shouted, "Go home!"', "Others"),
        ('Polls were kind to Ida Roth, but 21 percent said "never again".', "21 percent"),
        ('Ida Roth left. "There is no plan at all," people familiar with the matter said.', "people"),
    ],
)
def test_words_of_somebody_else_are_not_laid_in_the_mouth_of_who_was_named(text, speaker):
    last = quotes(text)[-1]

    assert (last.speaker, last.speaker_kind) == (speaker, SpeakerKind.UNNAMED)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ('They compared Tom Kesk with Ida Roth, who has called the ferry "a tub".', "Ida Roth"),
        ('They turned to the Harbour Board, which reported "no gain".', "Harbour Board"),
        ('Tom Kesk, who once met Ida Roth, called the ferry "a tub".', "Tom Kesk"),
        ('Tom Kesk, whom Ida Roth called "a tub".', "Ida Roth"),
        ('"We wait for the spring," Tom Kesk was quoted as saying by the Harbour Board.', "Tom Kesk"),
        ('"We wait for the spring," Tom Kesk was quoted by the Harbour Board as saying.', "Tom Kesk"),
        ('"We wait for the spring," the Harbour Board quoted Tom Kesk as saying.', "Tom Kesk"),
    ],
)
def test_who_speaks_is_told_from_who_is_named_beside(text, subject):
    witness = witness_of(text, people_of(Article(url="", title="", text=text)), "en")

    said = list(witness.cues.subjects.values())[-1]

    assert said in witness.cues.of_subject
    assert witness.scene.mentions[witness.scene.refs[said]].text == subject


def test_an_order_speaks_for_who_issued_it():
    (found,) = quotes(
        '"All boats stay in port," according to an order issued by Ida Roth and read by Tom Kesk.'
    )

    assert found.speaker == "Ida Roth"


def test_ranks_count_from_one_without_gap():
    ranks = sorted(q.rank for q in quotes(ARTICLE) if q.rank is not None)

    assert ranks == list(range(1, len(ranks) + 1))


def test_a_language_without_words_of_its_own_is_read_by_its_marks():
    (quote,) = quotes("„Wir bleiben hier“, said Jürgen Weber.", language="de")

    assert quote.text == "Wir bleiben hier"


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from(MARKS + " \n.,AaJsaid"))))
def test_a_quote_is_the_text_between_its_offsets(text):
    found = quotes(text)

    assert all(q.text == text[q.span.start : q.span.end] and q.text for q in found)
    assert [q.span for q in found] == sorted(q.span for q in found)
    assert all(0 <= q.confidence <= 1 for q in found)


@pytest.mark.parametrize(
    "piece",
    [
        "x",
        "“",
        '" ',
        "'a ",
        '"A b," said Jo. ',
        "He said “",
        "Jo Roe ",
        "the minister said ",
        "\x00\ud800\u200f",
        "A. ",
    ],
)
def test_time_grows_no_faster_than_the_text(piece):
    def seconds(size):
        text = piece * (size // len(piece))
        return cpu_seconds(lambda: quotes(text), tries=2)

    seconds(4_000)

    assert seconds(32_000) < 30 * max(seconds(4_000), 0.004)


def test_time_grows_no_faster_than_the_number_of_names():
    def seconds(many):
        text = " ".join(
            f"Zuvelka{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}{i // 676}x said it." for i in range(many)
        )
        return cpu_seconds(lambda: quotes('"A b c d," said ' + text), tries=2)

    seconds(200)

    assert seconds(2_000) < 9 * max(seconds(500), 0.01)  # four times the names; squared it would be sixteen


@pytest.mark.parametrize("name", FLOORS)
def test_quality_stays_above_its_floor(name):
    scores = scores_of(SAMPLES / name, language="es" if name.startswith("es") else "en")

    assert {m: getattr(scores, m) for m in FLOORS[name] if getattr(scores, m) < FLOORS[name][m]} == {}
