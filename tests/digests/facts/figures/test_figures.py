"""What is read from articles, what is left alone, and that any text at all gets an answer in time."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.figures import sample_scores
from digests.facts.figures import figures_of
from digests.model import Article, Figure, FigureKind, Modifier, Quote, Span, Trend
from digests.people import People, people_of
from tests.timing import cpu_seconds

NOBODY = People(())


def read(text: str, *, title: str = "", quotes: tuple[Quote, ...] = ()) -> tuple[Figure, ...]:
    article = Article(url="", title=title, text=text)
    return figures_of(article, people_of(article), quotes)


def one(text: str) -> Figure:
    (figure,) = read(text)
    return figure


# Values and units -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("It cost $2.9bn.", "2900000000", "USD"),
        ("It cost 250 million US dollars.", "250000000", "USD"),
        ("It cost A$24.10.", "24.10", "AUD"),
        ("It cost RM79.", "79", "MYR"),
        ("It cost 630 billion rupees.", "630000000000", "INR"),
        ("It cost 5 lakh rupees.", "500000", "INR"),
        ("It cost 50 €.", "50", "EUR"),
        ("It cost half a million pounds.", "500000", "GBP"),
        ("It fell by 18 pence.", "18", "penny"),
        ("It fell by 6.2 %.", "6.2", "%"),
        ("It fell by 12 basis points.", "12", "bp"),
        ("It fell by half a percentage point.", "0.5", "pp"),
        ("It grew sixfold.", "6", "time"),
        ("Three dozen firefighters came.", "36", "firefighters"),
        ("A couple of hundred visitors came.", "200", "visitors"),
        ("Twenty-eight thousand six hundred and forty-two students came.", "28642", "students"),
        ("They waited two-and-a-half hours.", "2.5", "hour"),
        ("They waited 5 1/2 hours.", "5.5", "hour"),
        ("They own 500 km2 of land.", "500", "sqkm"),
        ("They drove at 87 mph.", "87", "mph"),
        ("They use 21 million barrels a day.", "21000000", "bpd"),
        ("They pay $84.60 a barrel.", "84.60", "USD/barrel"),
        ("They pay 52,000 tonnes of copper a year.", "52000", "tonne/year"),
        ("It was 45C.", "45", "celsius"),
        ("It was minus 5 degrees Celsius.", "-5", "celsius"),
        ("One in five shops closed.", "0.2", "fraction"),
        ("Nine out of 10 shops closed.", "0.9", "fraction"),
        ("A quarter of the shops closed.", "0.25", "fraction"),
        ("She was sentenced to 12 years in prison.", "12", "year"),
        ("The 45-year-old was arrested.", "45", "year_old"),
        ("Eighteen former and current deputies resigned.", "18", "former and current deputies"),
        ("The storm left 15 dead.", "15", "dead"),
        ("It hired 15 Boeing 737-800 planes.", "15", "Boeing 737-800 planes"),
    ],
)
def test_value_and_unit_are_read(words: str, value: str, unit: str) -> None:
    figure = one(words)

    assert figure.value == Decimal(value)
    assert figure.unit == unit


@pytest.mark.parametrize(
    ("words", "low", "high", "unit"),
    [
        ("It costs between 10 and 12 billion yen.", 10 * 10**9, 12 * 10**9, "JPY"),
        ("It costs from $500,000 to $1 million.", 500_000, 1_000_000, "USD"),
        ("It will cut 5-7% of jobs.", 5, 7, "%"),
        ("It hires 10 to 20 people.", 10, 20, "people"),
        ("Winds of 65- to 70-mph were measured.", 65, 70, "mph"),
        ("Hundreds of thousands of people marched.", 100_000, 1_000_000, "people"),
    ],
)
def test_range_keeps_both_ends(words: str, low: int, high: int, unit: str) -> None:
    figure = one(words)

    assert (figure.value, figure.value_max, figure.unit) == (low, high, unit)


def test_rise_to_a_level_from_another_is_no_range() -> None:
    now, before = read("Profit dropped to £640m from £712m.")

    assert (now.value, now.value_max) == (640_000_000, None)
    assert before.value == 712_000_000


@pytest.mark.parametrize(
    ("words", "modifier"),
    [
        ("At least 51 people died.", Modifier.OVER),
        ("More than 51 people died.", Modifier.OVER),
        ("Up to 51 people died.", Modifier.UNDER),
        ("As many as 51 people died.", Modifier.UNDER),
        ("Just under 51 people died.", Modifier.UNDER),
        ("Nearly 51 people died.", Modifier.ABOUT),
        ("An estimated 51 people died.", Modifier.ABOUT),
        ("Some 51 people died.", Modifier.ABOUT),
        ("A record 51 people died.", Modifier.EXACT),
        ("They sold 1,000+ patents.", Modifier.OVER),
        ("The wage will go up to $15.", Modifier.EXACT),
        ("They talked about 51 people.", Modifier.EXACT),
        ("The mayor quit over a £14million deal.", Modifier.EXACT),
        ("She was sued over 3 million euros.", Modifier.EXACT),
        ("The row with the council over 40 homes went on.", Modifier.EXACT),
        ("The protest drew over 51 people.", Modifier.OVER),
        ("They paid over 3 million euros.", Modifier.OVER),
    ],
)
def test_hedge_is_read(words: str, modifier: Modifier) -> None:
    assert one(words).modifier is modifier


@pytest.mark.parametrize(
    ("words", "trend"),
    [
        ("Prices rose by 3%.", Trend.UP),
        ("Prices were up 3%.", Trend.UP),
        ("Prices are 3% lower than before.", Trend.DOWN),
        ("The bank cut its key rate by 3%.", Trend.DOWN),
        ("Prices rose to 3%.", None),
        ("The charity raised $3 million.", None),
        ("They gave up 3%.", None),
        ("She keeps 900 ewes above Mellin.", None),
        ("The drone flew 120 metres above the town.", None),
        ("Prices were 3% above the average.", Trend.UP),
        ("Prices were 3% up on last year.", Trend.UP),
    ],
)
def test_trend_is_read(words: str, trend: Trend | None) -> None:
    assert one(words).trend is trend


def test_conversion_in_brackets_inherits_a_bound() -> None:
    yen, dollars = read("Savers who hold more than 6 million yen ($40,000) pay.")

    assert yen.modifier is dollars.modifier is Modifier.OVER


def test_unit_is_carried_over_from_an_earlier_figure() -> None:
    assert [figure.unit for figure in read("It paid 280 million of the 1.5 billion shekels.")] == ["ILS"] * 2
    assert [figure.unit for figure in read("It saw 22 thefts, compared with 20 in May.")] == ["thefts"] * 2
    assert [figure.unit for figure in read("The index added 11 points, or 0.4%, to close at 2,640.")] == [
        "point",
        "%",
        "point",
    ]


# What is no figure ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "The strike is in its third week.",
        "It happened on 12 March 2023 and on Sept. 20-24.",
        "It was found in 1998 and sold in the 2019 season.",
        "The 1990s boom ended between 2001 and 2003.",
        "The meeting starts at 10:30 a.m. or at 9 pm.",
        "Marsh Town beat Port Vale 3-1 and the panel voted 7-2.",
        "Call 020 7946 0958 or visit Room 214.",
        "The S-300, an F-16 and a MH370 flew.",
        "The Covid-19 wave hit the G20 and Channel 4.",
        "The iPhone 15 and Windows 11 were shown.",
        "Version 1.2.3 of Silk Road 2.0 came out.",
        "She lives at 205 W. Kestrel St. in the 3200 block of Main Street.",
        "No. 2 seed Dahl won on Lap 41 of Game 6.",
        "This one is the one that no one wanted.",
        "One of the things that they made clear is this.",
        "Four years ago it was a ruin.",
        "It was built in 10,000 BC.",
        "Order 24703L202 or 12/03/2019 or 192.168.0.1.",
        "In the second half they earned a six-figure sum.",
        "It rests on (1) the law and (2) the practice.",
        "1 of 3. A view of the fair.",
        "The 5G network carries 1080p video to 4K screens.",
        "She carried a 12 Pro and flew a 737 Max at 6 p.m.",
    ],
)
def test_what_only_looks_like_a_figure_is_left_alone(words: str) -> None:
    assert read(words) == ()


def test_age_is_kept_apart() -> None:
    figure = one("Maria Ferro, 34, said she would appeal.")

    assert (figure.kind, figure.unit) == (FigureKind.AGE, "year_old")


def test_ages_of_a_list_are_ages() -> None:
    assert [figure.kind for figure in read("The fall injured three walkers aged 31, 44 and 70.")] == [
        FigureKind.COUNT,
        FigureKind.AGE,
        FigureKind.AGE,
        FigureKind.AGE,
    ]


def test_other_languages_are_not_guessed_at() -> None:
    article = Article(url="", title="", text="Die Preise stiegen um 3,2 %.", language="de")

    assert figures_of(article, NOBODY, (), language="de") == ()


# Who gave it, and what comes first --------------------------------------------------------------

DAM = (
    "The board met in Tarn on Monday.\n\n"
    "During the meeting, Holt announced that the river authority would give Tarn another $90 million worth "
    "of pumps. The pumps replace the old D-200 model, Energy Minister Petra Holt said.\n\n"
    "Last year, floods hit 12 villages."
)


def test_speaker_is_whom_the_sentence_names() -> None:
    figures = read(DAM)

    assert figures[0].surface == "$90 million"
    assert figures[0].speaker == "Petra Holt"
    assert figures[0].concept == "pumps for Tarn"
    assert figures[0].rank == 1
    assert figures[-1].speaker is None


def test_what_was_is_never_key_beside_what_is() -> None:
    now, before = read("Mortgage rates have come down to 4.1% from 4.4%.")

    assert (now.rank, before.rank) == (1, None)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Dora Kern leads the council. The hall cost $5 million, she said.", "Dora Kern"),
        ("Dora Kern leads the council, Ines Vale the party. The hall cost $5 million, she said.", None),
        ("Dora Kern leads the council. The hall cost $5 million, he said.", None),
        ('Dora Kern opened the hall. "It cost $5 million, she said."', "Dora Kern"),
    ],
)
def test_she_is_the_only_one_it_can_be_or_nobody(text: str, speaker: str | None) -> None:
    article = Article(url="", title="", text=text)

    (figure,) = figures_of(article, people_of(article), ())

    assert figure.speaker == speaker


def test_speaker_may_follow_or_be_a_role() -> None:
    assert one("Fares will rise by 5%, the transport authority said.").speaker == "transport authority"
    assert one("According to the health ministry, 310 patients are ill.").speaker == "health ministry"


def test_figure_in_a_quote_has_the_speaker_of_the_quote() -> None:
    text = "“We lost $12 million,” said the treasurer, while Ann Noor said that 3 clubs closed."
    quote = Quote(Span(1, 20), text[1:20], speaker="Ines Calder")

    inside, outside = read(text, quotes=(quote,))

    assert inside.speaker == "Ines Calder"
    assert outside.speaker == "Ann Noor"


def test_number_of_the_title_comes_first() -> None:
    text = (
        "The town held its fair for 3 days. Some 400 stalls were there.\n\n"
        "The mayor spent 20 minutes at the gate. In the end, 7,300 visitors came, which pleased 12 bakers."
    )

    ranked = {figure.surface: figure.rank for figure in read(text, title="7,300 visitors at the town fair")}

    assert ranked["7,300 visitors"] == 1


# Any text ---------------------------------------------------------------------------------------

SCRAPS = (
    "1 2,000 3.5 1/2 ½ $ € % - – . , ( ) ' ’ / x × \x00 \ud800 one two half a third million dozen of to from "
    "between and or per percent people km US was rose said PS 10 2019 March \n\n 45-year-old"
)
NOISE = st.lists(st.one_of(st.text(max_size=8), st.sampled_from(SCRAPS.split(" "))), max_size=40).map(
    " ".join
)


@given(NOISE)
@settings(max_examples=300, deadline=None)
def test_figures_lie_in_the_text_and_in_its_order(text: str) -> None:
    figures = figures_of(Article(url="", title=text[:50], text=text), NOBODY, ())

    assert all(figure.surface == figure.span.of(text) != "" for figure in figures)
    ends = [figure.span.end for figure in figures]
    assert all(end <= figure.span.start for end, figure in zip(ends, figures[1:], strict=False))
    assert all(figure.value_max is None or figure.value <= figure.value_max for figure in figures)
    ranks = sorted(figure.rank for figure in figures if figure.rank is not None)
    assert ranks == list(range(1, len(ranks) + 1))
    assert all(len((figure.concept or "").split()) <= 8 for figure in figures)


@pytest.mark.parametrize(
    "unit",
    [
        "7",
        "1-",
        "5 ",
        ".5",
        "from 1 to 2 ",
        "(5 ",
        "one hundred hundred ",
        "$",
        "\x00",
        "\ud800",
        "3 of the ",
        "5 per ",
    ],
)
def test_time_grows_with_the_length_and_no_faster(unit: str) -> None:
    short, long = _seconds(unit * (5_000 // len(unit))), _seconds(unit * (20_000 // len(unit)))

    assert long < 12 * short + 0.1  # four times the text; squared it would be sixteen


def _seconds(text: str, *, tries: int = 2) -> float:
    article = Article(url="", title="", text=text + "x")
    return cpu_seconds(lambda: figures_of(article, NOBODY, ()), tries=tries)


@pytest.mark.parametrize("unit", ["7", "5 ", "from 1 to 2 ", "\x00", "\ud800"])
def test_a_megabyte_is_soon_done(unit: str) -> None:
    assert _seconds(unit * (1_000_000 // len(unit)), tries=1) < 20  # a slow machine's seconds; squared: days


# Floors -----------------------------------------------------------------------------------------


def test_quality_on_the_samples_does_not_fall() -> None:
    scores = sample_scores()

    assert scores["value"] >= 1
    assert scores["value+unit"] >= 1
    assert scores["value+unit+modifier"] >= 1


def test_a_number_in_a_name_is_no_figure():
    article = Article(url="", title="", text="We met rap star 50 Dimes. 50 Dimes sold 90 records.")

    assert [figure.surface for figure in figures_of(article, people_of(article), ())] == ["90 records"]
