"""What a language must tell before the persons of its articles can be found."""

from dataclasses import dataclass


def words(text: str) -> frozenset[str]:
    """Return the words of `text` as a set."""
    return frozenset(text.split())


@dataclass(frozen=True, slots=True, eq=False)  # one object a language
class Lexicon:
    """Sets of words in lower case, without full stops."""

    male_names: frozenset[str]  # given names
    female_names: frozenset[str]
    titles: frozenset[str]  # stand right before a name: "Minister", "farmer"
    honorifics: frozenset[str]  # those of them that are no role: "Mr"
    male_words: frozenset[str]  # titles and nouns that tell a person's gender
    female_words: frozenset[str]
    person_nouns: frozenset[str]  # heads of phrases that stand for one person
    group_nouns: frozenset[str]  # and for several
    org_nouns: frozenset[str]  # and for an organisation
    document_nouns: frozenset[str]  # and for what is written or broadcast
    org_names: frozenset[str]  # words that make a name an organisation's
    work_nouns: frozenset[str]  # before the title of a work: "film"
    making: frozenset[str]  # behind it, before "by": "directed"
    places: frozenset[str]
    demonyms: frozenset[str]  # adjectives with a capital: "French"
    months: frozenset[str]  # those of the calendar that a name may be as well: no name before a number
    calendar: frozenset[str]
    function: frozenset[str]  # may begin a sentence, never a name
    bare_nouns: frozenset[str]  # stand for somebody without an article: "police"
    openers: frozenset[str]  # common words that may begin a sentence as well as a name: "New"
    adjectives: frozenset[str]  # before a noun without an article: "senior officials"
    determiners: frozenset[str]
    inside: frozenset[str]  # those of `function` that may stand in a phrase: "the former official"
    adjective_endings: tuple[str, ...]
    somebody: frozenset[str]  # stand for nobody in particular, without a noun: "another"
    several: frozenset[str]  # do so behind an article: "the two"
    negatives: frozenset[str]  # before one of them they make it nobody: "no one"
    nobody: frozenset[str]  # words of `function` that are never a surname
    shares: frozenset[str]  # behind a number they stand for so many: "percent"
    prepositions: frozenset[str]  # end a noun phrase
    particles: frozenset[str]  # inside a person's name: "de"
    joiners: frozenset[str]  # inside an organisation's: "of"
    of_titles: frozenset[str]  # titles that "of" may follow: "Secretary of State"
    after_general: frozenset[str]  # words that make "General" part of a name: "Motors"
    place_openings: frozenset[str]  # first words of places of two: "New"
    speech: frozenset[str]  # verbs that end a phrase beside a name
    uttering: frozenset[str]  # they and others whose subject is somebody, whatever its noun
    doing: frozenset[str]  # behind a verb they tell by whom, or where: "described by"
    having: frozenset[str]  # between a subject and such a verb: "has also"
    articles: frozenset[str]
    of_words: frozenset[str]  # join a noun and the name of those it belongs to: "a spokesman for"
    degrees: frozenset[str]  # stand behind a name: "PhD"
    belonging: frozenset[str]  # join a name and where somebody belongs: "Roe of Eastmoor"
    who: frozenset[str]  # relative pronouns
    which: frozenset[str]  # those of them that no person has
    holding: frozenset[str]  # verbs that tell an office: "who runs the port"
    is_words: frozenset[str]
    role_ends: frozenset[str]  # words beside prepositions that end the head of a role: "representing"
    role_suffixes: tuple[str, ...]  # of nouns for persons
    auxiliaries: frozenset[str]  # words that make a clause of a phrase: "was"
    before_verbs: frozenset[str]  # a verb follows them: "to"
    also_verbs: frozenset[str]  # nouns for somebody that are verbs as well: "host"
    pasts: frozenset[str]  # verbs of the past that have no ending in common: "met"
    past_endings: tuple[str, ...]  # of the others
    linked: frozenset[str]  # behind a hyphen, before a name: "Eastmoor-based"
    participles: frozenset[str]  # words with such an ending that say what somebody is: "retired"
    still: frozenset[str]  # between "is" and what somebody is: "currently"
    praise: frozenset[str]  # words for what is thought of somebody, or for anybody: "hero", "great", "man"
    leading: frozenset[str]  # before a role, and no part of it: "the", "her"
    once: frozenset[str]  # small words that a role may begin with: "former"
    borne: frozenset[str]  # titles that are last names as well: "Mr King"
    below: frozenset[str]  # words that make another role of one: "vice president"
    abbreviated: frozenset[str]  # titles that are written with a full stop
    quoting: frozenset[str]  # verbs whose object speaks: "quoted him as saying"
    male_pronouns: frozenset[str]
    female_pronouns: frozenset[str]
    plural_pronouns: frozenset[str]
    thing_pronouns: frozenset[str]
    subject_pronouns: frozenset[str]
