"""The table of persons: one for each, with the fullest name, its role and all its mentions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.model import Article, Span
from digests.people import Gender, PersonKind, people_of
from digests.people.mentions import Form


def people(text, language="en"):
    return people_of(Article(url="", title="", text=text, language=language))


def test_spellings_of_one_name_are_one_person():
    found = people("Ostap Velychenko spoke. Velychenkо praised him. Mr Velychenko and Velychenka agreed.")

    assert [p.name for p in found.persons if p.name.startswith("Ostap")] == ["Ostap Velychenko"]
    assert found.named("Velychenko").mentions[0] == Span(0, 16)


@pytest.mark.parametrize("label", ["D-Arlen", "R-N.H.", "I", "Vd."])
def test_the_party_in_brackets_is_nobody(label):
    assert [p.name for p in people(f"Sen. Ida Roth ({label}) left.").persons] == ["Ida Roth"]


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("US Defense Secretary Walter Brandt arrived.", "Walter Brandt", "US Defense Secretary"),
        ("Nadia Brennan, the transport minister, left.", "Nadia Brennan", "transport minister"),
        ("Kenji Mori, 54, the plant’s safety manager, said so.", "Kenji Mori", "plant’s safety manager"),
        ("The president of Vandia, Ilmar Kesk, spoke.", "Ilmar Kesk", "president of Vandia"),
        ("said opposition leader Rana Haddad.", "Rana Haddad", "opposition leader"),
        ("Mr Tolland left.", "Tolland", None),
        ("Rana Haddad, who runs the port, spoke.", "Rana Haddad", "who runs the port"),
        ("Lawyer Ida Roth, who represents Mr Kesk, spoke.", "Ida Roth", "Lawyer"),
        ("Ida Roth, from the Harbour Forum, spoke.", "Ida Roth", "from the Harbour Forum"),
        ("Former Eastmoor mayor Ida Roth spoke.", "Ida Roth", "Former Eastmoor mayor"),
        ("Eastmoor Sen. Ida Roth spoke.", "Ida Roth", "Eastmoor Sen."),
        ("Ida Roth, an aide to Gov. Kesk, spoke.", "Ida Roth", "aide to Gov. Kesk"),
        ("Its president, Ida Roth, spoke.", "Ida Roth", "president"),
        ("The shot that world No. 1 Roth made won it.", "Roth", "world No. 1"),
        ("The parish priest in Eastmoor Fr Roth spoke.", "Roth", "parish priest in Eastmoor"),
        ("Ida Roth, one of some 40 farmers marching, spoke.", "Ida Roth", "one of some 40 farmers marching"),
        ("A vote to unseat incumbent Ida Roth failed.", "Ida Roth", "incumbent"),
        ("Kesk mocked candidate Ida Roth.", "Ida Roth", "candidate"),
        ("Ida Roth, but also the mayor, left.", "Ida Roth", None),
        ("In a row whilst mayor, Ida Roth, left.", "Ida Roth", None),
        ("Ida Roth, met the mayor of the town, left.", "Ida Roth", None),
        ("Ida Roth, Mayor Tom Kesk and others left.", "Ida Roth", None),
        ("Rep. Ida Roth (R-EM), chair of the panel, spoke.", "Ida Roth", "chair of the panel"),
        (
            "The Council of Vandia's envoy for trade, Ida Roth, spoke.",
            "Ida Roth",
            "Council of Vandia's envoy for trade",
        ),
    ],
)
def test_a_role_is_read_before_and_behind_a_name(text, name, role):
    person = people(text).named(name)

    assert (person.name, person.role) == (name, role)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Ida Roth is a harbour pilot from Vandia. She left.", "harbour pilot from Vandia"),
        ("Ida Roth is still the harbour pilot.", "harbour pilot"),
        ("Ida Roth is chief counsel for the port.", "chief counsel for the port"),
        ("Mary Roth came late. She's also a harbour pilot.", "harbour pilot"),
        ("Ida Roth came late. The Vandian pilot spoke.", "Vandian pilot"),
        ("Ida Roth came late. On Monday, the Vandian pilot spoke.", "Vandian pilot"),
    ],
)
def test_a_role_is_read_in_a_sentence_of_its_own(text, role):
    assert people(text).named("Roth").role == role


@pytest.mark.parametrize(
    "text",
    [
        "Mary Roth came late. He's also a harbour pilot.",
        "Ida Roth is a hero.",
        "Ida Roth is a great pilot.",
        "Ida Roth is due at the port.",
        "Ida Roth was president in Vandia.",
        "He said: “We all know that Ida Roth is a harbour pilot.”",
        "Ida Roth met Jane Cole. The Vandian pilot spoke.",
        "Ida Roth's plan failed. The Vandian pilot spoke.",
        "Ida Roth came late, said the Vandian pilot.",
        "Ida Roth came late. The Vandian pilot, Jane Cole, spoke.",
        "Ida Roth came late. The Vandian pilot's wife spoke.",
        "Lisbon is the pilot. Ida Roth came late. The Vandian pilots spoke.",
    ],
)
def test_no_role_is_taken_from_a_sentence_about_somebody_else(text):
    assert people(text).named("Roth").role is None


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The Ministry of Fisheries said so.", "Ministry of Fisheries", PersonKind.ORGANISATION),
        ("The VNB said so.", "VNB", PersonKind.ORGANISATION),
        ("Rights group Open Gate said so.", "Open Gate", PersonKind.ORGANISATION),
        ("Lumen, which makes lamps, said so.", "Lumen", PersonKind.ORGANISATION),
        ("He lives in Lisbon.", "Lisbon", PersonKind.PLACE),
        ("We met Jane Cole.", "Jane Cole", PersonKind.PERSON),
    ],
)
def test_organisations_and_places_are_told_from_persons(text, name, kind):
    assert people(text).named(name).kind is kind


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Plumber Danny Osk said so.", "Danny Osk", "Plumber"),
        ("NHU MP for Mid Vandia Jane Osk said so.", "Jane Osk", "NHU MP for Mid Vandia"),
        ("We met rap star 50 Dimes. 50 Dimes waved.", "50 Dimes", "rap star"),
        ("We met the baker, Osk. Baker Osk waved.", "Osk", "baker"),
        ("Nine-year-old Jane Osk waved.", "Jane Osk", None),
        ("Ex-minister Jane Osk waved.", "Jane Osk", "Ex-minister"),
        ("Senior nurse Jane Osk waved.", "Jane Osk", "Senior nurse"),
    ],
)
def test_a_trade_a_place_and_a_number_are_told_from_a_name(text, name, role):
    (person,) = people(text).persons

    assert (person.name, person.role) == (name, role)


def test_the_title_of_a_work_is_nobody():
    found = people(
        "The film Silver Harbour is out. Silver Harbour was dear. Iron Gate, directed by Mara Quill, too."
    )

    assert [person.name for person in found.persons] == ["Mara Quill"]


def test_who_bears_the_name_of_a_work_is_somebody():
    found = people("In the film Mara Quill dives. Quill is a star.")

    assert [person.name for person in found.persons] == ["Mara Quill"]


def test_a_short_form_of_an_organisation_is_the_organisation():
    found = people(text := "The Coastal Fisheries Council met. Later the CFC left.")

    assert found.at(Span(text.index("CFC"), text.index("CFC") + 3)).name == "Coastal Fisheries Council"


def test_who_employs_a_woman_is_no_woman():
    found = people("A spokeswoman for Lumenal, Ida Roth, said so. Lumenal makes lamps.")

    assert found.named("Lumenal").gender is None
    assert found.named("Roth").gender is Gender.FEMALE


def test_gender_comes_from_title_or_given_name():
    found = people("Mrs Okafor met Thomas Lind.")

    assert found.named("Okafor").gender is Gender.FEMALE
    assert found.named("Lind").gender is Gender.MALE


def test_married_namesakes_are_two_persons():
    found = people("Bill Harrow and Mary Harrow came. Mrs Harrow spoke.")

    assert found.at(Span(34, 44)).name == "Mary Harrow"


def test_somebody_known_by_a_role_alone_is_found_by_place():
    found = people("A police spokesman said nothing.")

    person = found.at(Span(0, 18))

    assert (person.name, person.kind) == ("A police spokesman", PersonKind.ROLE)


def test_an_unknown_name_is_nobody():
    assert people("Nothing here.").named("Roe") is None
    assert people("").at(Span(0, 5)) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He met George Will today. It is late, Will said.", "George Will"),
        ("Will Roe left. The mayor praised Will Roe.", "Will Roe"),
        ("The columnist Li Jun wrote it.", "Li Jun"),
        ("So it was told by USA Today.", "USA Today"),
        ("South Korea said no.", "South Korea"),
        ("Senators Jane Roth and Tom Kesk left.", "Jane Roth"),
        ("She rose. Mr. King left early.", "King"),
        ('On "Jane Roth Harbour Day" the harbour rests. A day for all.', "Jane Roth"),
        ("Sunny Jane Roth waved. Jane Roth left.", "Jane Roth"),
        ("The EWTO Insights group said so.", "EWTO Insights"),
        ("Nour al-Masri left. Dr Nour Hani al Masri said so.", "Nour al-Masri"),
    ],
)
def test_a_name_begins_and_ends_where_it_does(text, name):
    assert name in [person.name for person in people(text).persons]


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        ("Corporate officials said no.", "Corporate"),
        ("It is late. I’m here.", "I’m"),
        ("They carved a K there.", "K"),
    ],
)
def test_a_capital_alone_is_nobody(text, nobody):
    assert nobody not in [person.name for person in people(text).persons]


def test_two_joined_by_and_are_two():
    found = people("The EHA and Harbour Department agreed.")

    assert [person.name for person in found.persons] == ["EHA", "Harbour Department"]


@pytest.mark.parametrize("slip", ["Tollend", "Tolladn", "Toland", "Tollland", "Volland"])
def test_a_last_name_with_a_slip_is_the_one_person_who_has_it(slip):
    found = people(f"Ida Tolland left. {slip} said so.")

    assert (len(found.persons) == 1) == (slip != "Volland")


def test_a_slip_that_may_be_of_two_is_of_neither():
    found = people("Ida Tolland and Tom Tollund left. Tollend said so.")

    assert [person.name for person in found.persons] == ["Ida Tolland", "Tom Tollund", "Tollend"]


def test_a_title_tells_whose_last_name_it_is():
    found = people("President Tom Roth left. Jane Roth came. Jane Roth sat. Later President Roth spoke.")

    assert [len(person.mentions) for person in found.persons] == [2, 2]


def test_who_is_called_mr_is_met_by_a_last_name_before():
    found = people("Roth will speak. Jane Roth sat. Mr Roth came. Tom Roth sat. Mr Roth left.")

    assert found.at(Span(0, 4)).name == "Tom Roth"


def test_a_given_name_of_both_tells_nothing():
    assert people("Robin Roth left.").persons[0].gender is None


@pytest.mark.parametrize(
    ("role", "phrase"),
    [
        ("Vice President", "The president"),
        ("Liberal candidate", "The Conservative candidate"),
        ("Former Governor", "The governor"),
    ],
)
def test_a_phrase_for_another_office_is_somebody_else(role, phrase):
    text = f"{role} Ida Roth left. {phrase} stayed."

    assert people(text).at(Span(text.index(phrase), len(text))).name == phrase


def test_a_former_official_is_somebody():
    text = "A former harbour official said so."

    assert people(text).at(Span(0, len(text))).name == "A former harbour official"


@given(st.text())
def test_mentions_lie_in_any_text_and_in_its_order(text):
    found = people(text)

    assert all(0 <= m.span.start < m.span.end <= len(text) for m in found.mentions)
    assert [m.span.start for m in found.mentions] == sorted(m.span.start for m in found.mentions)
    assert all(p.mentions and 0 <= p.salience <= 1 for p in found.persons)


@given(st.text(alphabet="ABab. ,'’s\nMrThe", max_size=120))
def test_no_mix_of_capitals_and_signs_is_too_odd(text):
    found = people(text)

    assert all(found.at(m.span) is not None for m in found.mentions if m.person is not None)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("text", ["Ex-minister Of Vandia Harbour said no.", "Of Vandia they knew little."])
def test_name_that_begins_like_a_title_is_read_in_any_language(text, language):
    found = people(text, language)

    assert all(mention.text for mention in found.mentions)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("“Enough,” wrote one whittler.", "one whittler"),
        ("“Enough,” shouted another.", "another"),
        ("“Enough,” said one Republican involved in the plan.", "one Republican"),
        ("“Enough,” said the 43-year-old.", "the 43-year-old"),
        ("Others, reacting to the delay, shouted.", "Others"),
        ("Another said he was tired.", "Another"),
        ("To which 21 percent said no.", "21 percent"),
        ("They met, and the two have also said so.", "the two"),
        ("The cheerful, bespectacled diplomat said so.", "The cheerful, bespectacled diplomat"),
        ("One former senior agency official left.", "One former senior agency official"),
        ("A recent report says so.", "A recent report"),
    ],
)
def test_who_speaks_without_a_name_is_a_phrase(text, phrase):
    found = people(text).mentions

    assert [m.span.of(text) for m in found if m.form is Form.NOUN] == [phrase]


@pytest.mark.parametrize(
    "text",
    [
        "No one said so.",
        "All told, it was late.",
        "It was a plan described by ships.",
        "Some of it sank.",
    ],
)
def test_nobody_speaks_where_nobody_is_told(text):
    assert [m for m in people(text).mentions if m.form is Form.NOUN] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Peter Will wrote a column. Will said no more.", "Peter Will"),
        ("Anna Cuban came. “Good,” Cuban said.", "Anna Cuban"),
        ("Ida Black came. A black ship sank. Black said so.", "Ida Black"),
        ("Zora Fiely came. Fiely said so.", "Zora Fiely"),
    ],
)
def test_a_word_of_the_language_may_be_a_surname(text, name):
    (found,) = people(text).persons

    assert (found.name, len(found.mentions)) == (name, 2)


def test_a_word_of_the_language_is_no_name_where_it_is_none():
    found = people("Peter Will spoke. Will it rain? The Cuban coast is dry. Cuban officials left.")

    assert [(p.name, len(p.mentions)) for p in found.persons] == [("Peter Will", 1)]
