"""Words become mentions: names, phrases that stand for somebody, and pronouns."""

from enum import StrEnum
from functools import lru_cache
from itertools import compress, count
from operator import ne, or_
from typing import NamedTuple

from digests.model import Span
from digests.people.lexicon import Lexicon
from digests.text import Words

_LONGEST = 10  # words of a name
_HEADLINE = 30  # words of a headline
_LABEL = 6  # words in brackets that tell a party, and the bracket behind them
_SPREAD = 6  # words of a phrase before its head
_SENTENCE_SIGNS = frozenset('.!?…:;\n"“”‘’«»„(—–-•*[')
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_NOT_A_NAME = ("ing", "ly")


class Gender(StrEnum):
    MALE = "male"
    FEMALE = "female"


class PersonKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"  # whose government may speak: "Moscow said"
    ROLE = "role"  # "a police spokesman": nobody is named


class Form(StrEnum):
    NAME = "name"
    NOUN = "noun"
    PRONOUN = "pronoun"

    __hash__ = str.__hash__  # that of enums is a function in Python


# A member takes eight times as long to look up on its class, and an article asks for them by the thousand.
BY_NAME, BY_NOUN, BY_PRONOUN = Form.NAME, Form.NOUN, Form.PRONOUN
PERSON, ORGANISATION, PLACE, ROLE = (
    PersonKind.PERSON,
    PersonKind.ORGANISATION,
    PersonKind.PLACE,
    PersonKind.ROLE,
)
MALE, FEMALE = Gender.MALE, Gender.FEMALE


class Mention(NamedTuple):
    """A place where somebody is named, described, or meant by a pronoun.

    There are some hundred in an article, and a tuple is made five times as quickly as a dataclass.
    """

    span: Span
    text: str
    first: int  # index of its first word
    end: int  # index of the word behind its last one
    form: Form
    kind: PersonKind
    gender: Gender | None = None
    plural: bool = False
    document: bool = False  # "the report": it speaks for somebody
    titled: int | None = None  # index of the first word of the title before a name
    heading: bool = False  # in a headline
    person: int | None = None  # index into `People.persons`
    role: tuple[int, int] | None = None  # first word of the role given here, and the word behind it
    outer_first: int = -1  # the whole phrase: with title, role and apposition
    outer_end: int = -1

    def of_person(self, person: int, kind: PersonKind) -> "Mention":
        """Return the mention with its person filled in; `_replace` takes three times as long."""
        return Mention(
            self.span,
            self.text,
            self.first,
            self.end,
            self.form,
            kind,
            self.gender,
            self.plural,
            self.document,
            self.titled,
            self.heading,
            person,
            self.role,
            self.outer_first,
            self.outer_end,
        )

    def in_phrase(
        self, outer_first: int, outer_end: int, *, role: tuple[int, int] | None, gender: Gender | None
    ) -> "Mention":
        """Return the mention as part of a phrase that gives a role; see `of_person`."""
        return Mention(
            self.span,
            self.text,
            self.first,
            self.end,
            self.form,
            self.kind,
            gender,
            self.plural,
            self.document,
            self.titled,
            self.heading,
            self.person,
            role,
            outer_first,
            outer_end,
        )


def mentions_of(words: Words, lexicon: Lexicon) -> list[Mention]:
    """Return all mentions in the order of the text."""
    return _Finder(words, lexicon).found()


class _Finder:
    """One walk from left to right; looks a bounded number of words ahead and back."""

    def __init__(self, words: Words, lexicon: Lexicon) -> None:
        self.words, self.texts, self.lower, self.lexicon = words, words.texts, words.lower, lexicon
        self.small = set(self.texts).intersection(self.lower)
        self.nouns, self.marked = _sets(lexicon)
        self.pronouns = lexicon.subject_pronouns
        self.size = len(self.texts)
        self.out: list[Mention] = []
        self.surnames: set[str] = set()  # of full names so far: "Baker" may be a trade or a name
        self.given: set[str] = set()  # first words of full names so far
        self.numbered: set[tuple[str, str]] = set()  # names that begin with a number: "50 Dimes"
        self.works: set[tuple[str, ...]] = set()  # titles of films, books, songs
        self.heading_until = -1
        self.in_heading = False

    def found(self) -> list[Mention]:
        capitals = map(ne, self.texts, self.lower)
        begins = map(or_, capitals, map(self.marked.__contains__, self.lower))
        following = 0
        for index in compress(count(), begins):
            if index >= following:
                following = self._step(index)
        return sorted(self._without_works(), key=lambda mention: mention.span.start)

    def _without_works(self) -> list[Mention]:
        """Leave out names that are the titles of works, unless a person bears the name."""
        if not self.works:
            return self.out
        borne = {
            self.lower[m.end - 1]
            for m in self.out
            if m.form is BY_NAME and (m.titled is not None or m.end - m.first == 1)
        }
        works = {work for work in self.works if work[-1] not in borne}
        return [
            m for m in self.out if m.form is not BY_NAME or tuple(self.lower[m.first : m.end]) not in works
        ]

    def _step(self, index: int) -> int:
        """Take what begins at word `index`; return where to go on."""
        text, low = self.texts[index], self.lower[index]
        if text != low and _is_capital(text):
            if low in self.pronouns:
                self._pronoun(index)
                return index + 1
            if low not in self.lexicon.function:
                return self._name(index)
        elif low in self.pronouns:
            self._pronoun(index)
        elif low in self.nouns:
            self._phrase(index)
        elif index and self.lower[index - 1] in self.lexicon.quoting:
            if low in self.lexicon.male_pronouns or low in self.lexicon.female_pronouns:
                self._pronoun(index)
        elif low in self.lexicon.speech:
            self._unknown_speaker(index)
        return index + 1

    def _unknown_speaker(self, verb: int) -> None:
        """Take "one questioner" in "one questioner said", whatever the noun is."""
        head = verb - 1
        if head < 1 or (self.out and self.out[-1].end >= verb):
            return
        low = self.lower[head]
        if low != self.texts[head] or not low.isalpha() or low in self.lexicon.function or low.endswith("ly"):
            return
        if self.lower[self._phrase_start(head)] in self.lexicon.determiners:
            self._phrase(head)

    # names

    def _name(self, first: int) -> int:
        if self.lower[first] in self.lexicon.months and self._number_follows(first):
            return first + 1
        if self._is_label(first):
            return self._label_end(first)
        end = self._run_end(first)
        start = self._skip_opening(self._behind_place(first, end), end)
        if start < end:
            self._classify(start, end)
        return end

    def _is_label(self, index: int) -> bool:
        """Say whether a word in brackets tells party or state: "(D-Arlen)", "(R)", "(Vt.)"."""
        if index == 0 or self.texts[index - 1] != "(":
            return False
        return self.texts[index][1:2] in ("-", "") or self.texts[index + 1 : index + 3] == [".", ")"]

    def _label_end(self, index: int) -> int:
        label = self.texts[index : index + _LABEL]
        return index + label.index(")") if ")" in label else index + 1

    def _behind_place(self, first: int, end: int) -> int:
        """Return where the name begins in "Eastmoor-based Harbour Watch", "Nine-year-old Jane Roe"."""
        for at in range(first, end - 1):
            if "-" in self.lower[at] and self.lower[at].rpartition("-")[2] in self.lexicon.linked:
                return at + 1
        return first

    def _number_follows(self, index: int) -> bool:
        return index + 1 < self.size and self.texts[index + 1][0].isdigit()

    def _run_end(self, first: int) -> int:
        texts, lower, at = self.texts, self.lower, first + 1
        limit = min(self.size, first + _LONGEST)
        while at < limit:
            text = texts[at]
            if _is_capital(text):
                if lower[at] in self.lexicon.function and len(text) > 1 and not self._titular(at):
                    break
                if lower[at] in self.lexicon.calendar and not self._is_given(at):
                    break
                at += 1
            elif text.isdigit() and len(text) <= 2 and lower[at - 1] in self.lexicon.org_names:
                at += 1  # "Radio 1"
            elif text == "." and at + 1 < self.size and self._dot_inside(at):
                at += 1
            elif (ahead := self._joined(first, at)) > at:
                at = ahead
            else:
                break
        if at < self.size and texts[at] == "." and lower[at - 1] in _SUFFIXES:
            at += 1
        return at

    def _titular(self, at: int) -> bool:
        """Say whether a small word has a capital because it is part of a name: "Sailors Without Harbours"."""
        if self.lower[at] in self.lexicon.org_names:
            return True
        between = (
            self.lower[at] in self.lexicon.prepositions and self.lower[at - 1] not in self.lexicon.function
        )
        return between and at + 1 < self.size and self.texts[at + 1][0].isupper()

    def _dot_inside(self, at: int) -> bool:
        before = self.lower[at - 1]
        short = len(before) == 1 or (before in self.lexicon.titles and len(before) <= 4)
        return short and _is_capital(self.texts[at + 1])

    def _joined(self, first: int, at: int) -> int:
        """Return the index of the next capital word if small words at `at` join it to the name, else `at`."""
        low = self.lower[at]
        if low in self.lexicon.particles:
            ahead = at + 1
            while (
                ahead < self.size
                and ahead < at + 3
                and self.lower[ahead] in self.lexicon.particles
                and not _is_capital(self.texts[ahead])
            ):
                ahead += 1
            if ahead < self.size and _is_capital(self.texts[ahead]):
                return ahead
        if low in self.lexicon.joiners and self._joinable(first, at, low):
            ahead = at + 1
            if ahead < self.size and self.lower[ahead] == "the":
                ahead += 1
            if (
                ahead < self.size
                and _is_capital(self.texts[ahead])
                and self.lower[ahead] not in self.lexicon.function
                and self.lower[ahead] not in self.lexicon.calendar
            ):
                return ahead
        return at

    def _joinable(self, first: int, at: int, joiner: str) -> bool:
        before = self.lower[at - 1]
        if joiner == "and" and first > 0 and self.lower[first - 1] == "the" and self._org_follows(at + 1):
            return True
        if before in self.lexicon.org_names:
            return joiner != "and" or any(low in self.lexicon.joiners for low in self.lower[first:at])
        if joiner in ("and", "for"):
            return (
                any(low in self.lexicon.org_names for low in self.lower[first:at])
                and before not in self.lexicon.org_names
            )
        return joiner == "&" or (joiner == "of" and before in self.lexicon.of_titles)

    def _org_follows(self, first: int) -> bool:
        """Say whether the capital words from `first` end an organisation's name, two at least."""
        at = first
        while at < min(self.size, first + 4) and _is_capital(self.texts[at]):
            at += 1
        return at - first >= 2 and self.lower[at - 1] in self.lexicon.org_names

    def _skip_opening(self, first: int, end: int) -> int:
        """Leave out a common word that has its capital from the sentence it begins."""
        low = self.lower[first]
        if low in self.lexicon.calendar and (end - first == 1 or not self._is_given(first)):
            return self._skip_opening(first + 1, end) if first + 1 < end else end
        if end - first == 2 and self.lower[end - 1] in self.lexicon.calendar and not self._is_given(first):
            return end
        if not self._opens_sentence(first):
            return first
        common = low in self.small or low in self.lexicon.openers or low.endswith(_NOT_A_NAME)
        if end - first == 1:
            common = common or low in self.lexicon.adjectives  # "Senior officials said"
            common = common and low not in self.lexicon.titles and low not in self.nouns
            return end if common and low not in self.given else first
        if (
            common
            and low not in self.lexicon.titles
            and low not in self.lexicon.org_names
            and not self._is_given(first)
            and self._stands_alone(first + 1, end)
        ):
            return first + 1
        return first

    def _stands_alone(self, first: int, end: int) -> bool:
        """Say whether these are a name without the word before: "Jane Roe" is, "Rights" is not."""
        low = self.lower[first]
        if self._is_given(first) or low in self.lexicon.titles or low in self.surnames:
            return True
        return end - first == 1 and low not in self.small

    def _opens_sentence(self, index: int) -> bool:
        return index == 0 or self.texts[index - 1] in _SENTENCE_SIGNS

    def _is_given(self, index: int) -> bool:
        low = self.lower[index]
        return low in self.lexicon.male_names or low in self.lexicon.female_names

    def _classify(self, first: int, end: int) -> None:
        """Decide what a run of capital words is: title and name, organisation, place or title alone."""
        lexicon, lower = self.lexicon, self.lower
        if end - first == 1 and self._single(first):
            return
        if self._is_org(first, end):
            self._add_name(first, first, end, ORGANISATION)
            return
        name = self._behind_titles(first, end)
        if name >= end:
            self._title_alone(first, end)
            return
        if name == first:
            name = first = self._with_number(self._behind_employer(first, end), end)
            if self._is_work(first, end):
                self.works.add(tuple(self.lower[first:end]))
        if name == first and lower[first] in lexicon.demonyms and end - first >= 2:
            name = first + 1
            if lower[name] in self.nouns and end - name == 1:
                self._phrase(name)
                return
        self._add_name(first, name, end, self._kind(name, end))

    def _single(self, index: int) -> bool:
        """Take a lone capital word that is no name; say whether it was one."""
        low = self.lower[index]
        if low in self.lexicon.demonyms:
            return True
        if low.endswith("s") and (low[:-1] in self.lexicon.demonyms or low in self.lexicon.group_nouns):
            self._phrase(index)
            return True
        if low not in self.nouns or low in self.lexicon.org_names or low in self.surnames:
            return False
        behind_determiner = index > 0 and self.lower[index - 1] in self.lexicon.determiners
        if self._opens_sentence(index) or low in self.lexicon.titles or behind_determiner:
            self._phrase(index)
            return True
        return False

    def _is_org(self, first: int, end: int) -> bool:
        lower, lexicon = self.lower, self.lexicon
        size = end - first
        if (
            size == 1
            and len(self.texts[first]) > 1
            and self.texts[first].isupper()
            and lower[first] not in lexicon.places
        ):
            return True
        for index in range(first, end):
            if lower[index] in lexicon.org_names and (size > 1 or self.texts[first].isupper()):
                if (
                    index == first + 1
                    and size == 2
                    and self._is_given(first)
                    and self.lower[first - 1] != "the"
                ):
                    continue
                if index == first and size == 3 and self._is_given(first + 1):
                    continue
                titles = [at for at in range(first, index) if lower[at] in lexicon.titles]
                return not self._named_after(index, end) and (not titles or end - index <= 2)
        if lower[first] == "general" and size > 1 and lower[first + 1] in lexicon.after_general:
            return True
        return (
            first > 0
            and lower[first - 1] == "the"
            and lower[first] not in lexicon.titles
            and not (size > 1 and self._is_given(first))
            and not self._named_after(first, end)
        )

    def _named_after(self, index: int, end: int) -> bool:
        """Say whether a title and a name follow: "Harbour Department Secretary Jane Roe"."""
        return any(
            self.lower[at] in self.lexicon.titles
            and at + 1 < end
            and self.lower[at + 1] not in self.lexicon.org_names
            for at in range(index + 1, end)
        )

    def _behind_titles(self, first: int, end: int) -> int:
        lower, titles, name = self.lower, self.lexicon.titles, first
        if "-" in lower[first] and lower[first].rpartition("-")[2] in titles and first + 1 < end:
            name = first + 1  # "Ex-minister Jane Roe"
        for index in range(first, end):
            if lower[index] in titles and not (
                index == end - 1 and index > first and name < index and not self._all_titles(first, index)
            ):
                name = index + 1
                if name < end and self.texts[name] == ".":
                    name += 1
        if name == first and end - first >= 3 and self._is_given(first + 1):
            name += lower[first] in self.lexicon.person_nouns and not self._is_given(
                first
            )  # "Plumber Jane Roe"
        if name < end and lower[name] == "of":
            name = self._behind_of(name + 1, end)
        if name < end and lower[name] in _SUFFIXES:
            return first
        return name

    def _behind_of(self, first: int, end: int) -> int:
        """Return where the name begins in "State Jane F. Roe", what follows "Secretary of"."""
        given = next((at for at in range(first + 1, end - 1) if self._is_given(at)), None)
        if given is not None:
            return given
        return end - 2 if end - first >= 3 and self.texts[end - 2] != "." else end

    def _all_titles(self, first: int, end: int) -> bool:
        return all(
            self.lower[i] in self.lexicon.titles
            or self.lower[i] in self.lexicon.demonyms
            or (len(self.texts[i]) > 1 and self.texts[i].isupper())  # "NHU MP"
            for i in range(first, end)
        )

    def _behind_employer(self, first: int, end: int) -> int:
        """Return where the name begins in "Mid Vandia Jane Roe", behind "the MP for"."""
        if first < 2 or self.lower[first - 1] not in self.lexicon.of_words:
            return first
        if not self._tells_person(self.lower[first - 2]):
            return first
        return next((at for at in (end - 2, end - 3) if at > first and self._is_given(at)), first)

    def _tells_person(self, low: str) -> bool:
        return low in self.lexicon.person_nouns or low in self.lexicon.titles

    def _with_number(self, first: int, end: int) -> int:
        """Return where the name begins in "rap star 50 Dimes": at its number."""
        if end - first != 1 or first < 2 or not self.texts[first - 1].isdigit():
            return first
        name = self.texts[first - 1], self.lower[first]
        if self._tells_person(self.lower[first - 2]):
            self.numbered.add(name)
        return first - 1 if name in self.numbered else first

    def _is_work(self, first: int, end: int) -> bool:
        """Say whether words around a name say that it is a work's: "the film", ", directed by"."""
        if end - first < 2 or self._is_given(first):
            return False
        if first > 0 and self.lower[first - 1] in self.lexicon.work_nouns:
            return True
        low = self.lower[end : end + 3]
        return len(low) == 3 and low[0] == "," and low[1] in self.lexicon.making and low[2] == "by"

    def _title_alone(self, first: int, end: int) -> None:
        heads = (at for at in range(first, end) if self.lower[at] in self.lexicon.titles)
        head = max(heads, default=first)  # "Ex-minister Of the Harbour": only its end is a title
        self._phrase(head, end=end)

    def _kind(self, first: int, end: int) -> PersonKind:
        low = self.lower
        if end - first == 1 and low[first] in self.lexicon.places:
            return PLACE
        if end - first == 2 and low[first] in self.lexicon.place_openings:
            return PLACE
        if not self._is_given(first) and (self._called_thing(first) or self._treated_as_thing(end)):
            return ORGANISATION
        return PERSON

    def _called_thing(self, first: int) -> bool:
        """Say whether a noun before a name says that it is an organisation's: "rights group Open Door"."""
        return first > 0 and self.texts[first - 1] == self.lower[first - 1] in self.lexicon.org_nouns

    def _treated_as_thing(self, end: int) -> bool:
        """Say whether what follows a name does: ", which", ", a group that"."""
        if end + 2 >= self.size or self.texts[end] not in (",", "–", "—"):
            return False
        low = self.lower[end : end + 8]
        if low[1] in self.lexicon.which:
            return True
        return low[1] in self.lexicon.articles and self._ends_in_thing(low[2:])

    def _ends_in_thing(self, low: list[str]) -> bool:
        """Say whether the head of a phrase is an organisation: "rights group based in"."""
        head = ""
        for word in low:
            if not word.isalpha() or word in self.lexicon.prepositions or word in self.lexicon.role_ends:
                break
            head = word
        return head in self.lexicon.org_nouns

    def _add_name(self, first: int, name: int, end: int, kind: PersonKind) -> None:
        start = self.words.starts[name]
        stop = self.words.end(end - 1)
        if end - name >= 2 and kind is PERSON:
            self.surnames.add(self.lower[end - 1])
            self.given.add(self.lower[name])
        gender = self._gender_of(first, name, end) if kind is PERSON else None
        self.out.append(
            Mention(
                span=Span(start, stop),
                text=" ".join(self.texts[name:end]).replace(" .", "."),
                first=name,
                end=end,
                outer_first=first,
                outer_end=end,
                form=BY_NAME,
                kind=kind,
                gender=gender,
                titled=first if name > first else None,
                heading=self._in_heading(first),
            )
        )

    def _gender_of(self, first: int, name: int, end: int) -> Gender | None:
        far = 0 if first and self.lower[first - 1] in self.lexicon.prepositions else 2
        for low in self.lower[max(0, first - far) : name]:
            if gender := self._gender_by_word(low):
                return gender
        if end - name >= 2:
            given = self.lower[name].split("-")[0]
            if given in self.lexicon.male_names:
                return MALE
            if given in self.lexicon.female_names:
                return FEMALE
        return None

    # headlines

    def _in_heading(self, index: int) -> bool:
        """Say whether the line of word `index` is a headline: no full stop, capitals throughout."""
        if index >= self.heading_until:
            self._look_at_line(index)
        return self.in_heading

    def _look_at_line(self, index: int) -> None:
        texts = self.texts
        first = index
        while first > 0 and texts[first - 1] != "\n" and first > self.heading_until:
            first -= 1
        last = self._line_end(index)
        self.heading_until = last
        if last - first > _HEADLINE:
            self.in_heading = False
            return
        long = [t for t in texts[first : min(last, first + 40)] if len(t) > 3 and t[0].isalpha()]
        capitals = sum(t[0].isupper() for t in long)
        ended = last > first and texts[last - 1] in '"”’:'
        self.in_heading = last < self.size and not ended and len(long) >= 4 and capitals >= 0.75 * len(long)

    def _line_end(self, index: int) -> int:
        try:
            return self.texts.index("\n", index)
        except ValueError:
            return self.size

    # phrases and pronouns

    def _phrase(self, head: int, *, end: int | None = None) -> None:
        """Take the phrase with the noun `head`, up to `end`, unless a noun or a name follows."""
        low, lexicon = self.lower[head], self.lexicon
        if end is None and self._goes_on(head):
            return
        end = head + 1 if end is None else end
        first = self._phrase_start(head)
        plural = low in lexicon.group_nouns or (low.endswith("s") and low[:-1] in lexicon.demonyms)
        bare = first == head and not _is_capital(self.texts[head])
        if bare and not plural and low not in lexicon.bare_nouns:
            return
        self._drop_overlapping(first)
        self.out.append(
            Mention(
                span=Span(self.words.starts[first], self.words.end(end - 1)),
                text=_phrase_text(self.texts[first:end]),
                first=first,
                end=end,
                outer_first=first,
                outer_end=end,
                form=BY_NOUN,
                kind=ORGANISATION if low in lexicon.org_nouns else ROLE,
                gender=self._gender_by_word(low),
                plural=plural,
                document=low in lexicon.document_nouns,
                heading=self._in_heading(first),
            )
        )

    def _goes_on(self, head: int) -> bool:
        """Say whether a further noun or a name follows, so that this word is no head."""
        if head + 1 >= self.size:
            return False
        after, low = self.texts[head + 1], self.lower[head + 1]
        if low in self.nouns and after == low:
            return True
        named = _is_capital(after) and low not in self.lexicon.function and low not in self.lexicon.calendar
        return named and self.lower[head] in self.lexicon.person_nouns

    def _gender_by_word(self, low: str) -> Gender | None:
        if low in self.lexicon.male_words:
            return MALE
        return FEMALE if low in self.lexicon.female_words else None

    def _drop_overlapping(self, first: int) -> None:
        """A name inside a phrase ("the Trump campaign") stays; a phrase inside one does not."""
        while self.out and self.out[-1].form is BY_NOUN and self.out[-1].end > first:
            self.out.pop()

    def _phrase_start(self, head: int) -> int:
        """Return where the phrase with this head begins: its article or possessor, or what may stand bare."""
        texts, lower, lexicon = self.texts, self.lower, self.lexicon
        first = bare = head
        while first > 0 and head - first < _SPREAD:
            before = lower[first - 1]
            if before in lexicon.determiners:
                return first - 1
            if before in ("'s", "’s") and first > 1:
                return self._possessor_start(first - 2, head)
            if not before[0].isalnum() or before in lexicon.function or before in lexicon.prepositions:
                break
            first -= 1
            plain = before in lexicon.adjectives or before in lexicon.demonyms
            if bare == first + 1 and (
                plain or (_is_capital(texts[first]) and not self._opens_sentence(first))
            ):
                bare = first
        return bare

    def _possessor_start(self, first: int, head: int) -> int:
        texts, lower, lexicon = self.texts, self.lower, self.lexicon
        while (
            first > 0
            and _is_capital(texts[first - 1])
            and lower[first - 1] not in lexicon.function
            and head - first < _SPREAD + 3
        ):
            first -= 1
        if first > 0 and lower[first - 1] in lexicon.determiners:
            first -= 1
        return first

    def _pronoun(self, index: int) -> None:
        low, lexicon = self.lower[index], self.lexicon
        start = self.words.starts[index]
        gender = MALE if low in lexicon.male_pronouns else FEMALE if low in lexicon.female_pronouns else None
        self.out.append(
            Mention(
                span=Span(start, start + len(low)),
                text=self.texts[index],
                first=index,
                end=index + 1,
                outer_first=index,
                outer_end=index + 1,
                form=BY_PRONOUN,
                kind=ORGANISATION if low in lexicon.thing_pronouns else PERSON,
                gender=gender,
                plural=low in lexicon.plural_pronouns,
            )
        )


@lru_cache(maxsize=8)
def _sets(lexicon: Lexicon) -> tuple[frozenset[str], frozenset[str]]:
    """Return all nouns that stand for somebody, and all small words at which something may begin."""
    nouns = lexicon.person_nouns | lexicon.group_nouns | lexicon.org_nouns | lexicon.document_nouns
    return (
        nouns,
        nouns | lexicon.subject_pronouns | lexicon.male_pronouns | lexicon.female_pronouns | lexicon.speech,
    )


def _is_capital(text: str) -> bool:
    """Say whether a word is written like a name: "Masri", "al-Masri", "iPhone"."""
    return text[0].isupper() or (
        len(text) > 2
        and text[0].islower()
        and (
            text[1].isupper()
            or ("-" in text[:4] and text[text.index("-") + 1 : text.index("-") + 2].isupper())
        )
    )


def _phrase_text(texts: list[str]) -> str:
    return " ".join(texts).replace(" 's", "'s").replace(" ’s", "’s")
