"""What a figure measures becomes a phrase of at most eight of the article's own words, to stand behind it.

$250 million - weapons for Ukraine        3.2 % - consumer prices        51 people - killed when a bus plunged
"""

from collections.abc import Mapping, Sequence

from digests.facts.figures import lexicon
from digests.facts.figures.drafts import Draft
from digests.facts.figures.grammar import is_finite, is_plural, is_stop
from digests.facts.figures.hedges import is_movement, is_topic
from digests.facts.figures.kinds import AGE, COUNT, DURATION, MEASURE, MONEY, PERCENT, RATIO
from digests.facts.figures.numbers import SHARE
from digests.facts.figures.tokens import Sentence
from digests.people.english import ENGLISH

LONGEST = 8  # words

Range = tuple[int, int]  # tokens [first, end)

_REACH = 30  # tokens looked at on either side: what is farther away does not govern the figure
_DASHES = frozenset("-‐‑–—")
_LINKS = frozenset(
    "of for in to with on from against between by at into over under among on about behind inside "
    "across".split()
)
_OPENERS = frozenset(
    "the a an this that these those its his her their our your my another some any each every".split()
)
_WHO = frozenset("who which that whom whose".split())
_OWNERS = frozenset("its their his her our my".split())
_PRONOUNS = lexicon.PRONOUNS | {"this", "these", "those", "one"}
_BREAKS = frozenset(', ; : ( ) [ ] ! ? " “ ” — – ...'.split()) | {"--"}
_ABBREVIATED = frozenset("inc corp co ltd st dr mr mrs ms jr sr gen sen rep gov no u.s u.k".split())
_TIMES = (
    lexicon.WEEKDAYS
    | lexicon.MONTHS
    | frozenset(
        "yesterday today tomorrow tonight year years month months week weeks quarter day days night season "
        "morning evening afternoon weekend decade decades annually yearly monthly weekly daily time".split()
    )
)
_NEAR_TIMES = frozenset(
    "last next this past previous coming first second third fourth same end early late".split()
)
_DIMENSIONS = frozenset(
    "wide long tall high deep thick away across apart old north south east west below above higher "
    "lower more less fewer up down off faster slower cheaper longer shorter larger smaller bigger "
    "better stronger weaker so now ago earlier later effective".split()
)
_TALLIES = frozenset(
    "total average sum maximum minimum equivalent record number combined mean median".split()
)
_BOUNDS = frozenset(
    "over under above below past beyond exceeding lower higher greater less more topping".split()
)
_COMPASS = frozenset("north south east west northeast northwest southeast southwest away off".split())
_STATES = lexicon.AUXILIARIES | frozenset(
    "cost costs costing reach reached reaches total totaled totalled stand stands stood remain remains "
    "remained range ranges ranged include includes included say says said report reports reported "
    "settle settled close closed open opened become became weigh weighs weighed measure measures "
    "measured last lasted average averaged leave leaves left hit hits post posted posts trade traded "
    "estimate estimated expect expected forecast".split()
)
_HOLLOW = _NEAR_TIMES | frozenset(
    "many most fact part well both all such other one likely little much more".split()
)
_DONE_TO = (COUNT, MONEY, MEASURE)
_AGAINST = (["short", "of"], ["instead", "of"], ["rather", "than"], ["compared", "with"], ["compared", "to"])
_ASKS = frozenset(
    "ask asks asked asking call calls called calling hope hopes hoped hoping appealed applied "
    "search searches searching searched looking waiting".split()
)
_WANTS = frozenset(
    "sought requested wanted needed demanded expected predicted forecast promised pledged required".split()
)
_SAYS = frozenset("said says say told tells tell".split())
_TELLING = _SAYS | frozenset(
    "reported reports showed shows found finds estimated estimates expects "
    "expected warned warns believes believed announced predicted forecast".split()
)
_OPENING_MARKS, _CLOSING_MARKS = frozenset(('"', "“", "‘", "(")), frozenset(('"', "”", "’", ")"))
_GIVEN_NAMES = ENGLISH.male_names | ENGLISH.female_names
_TITLES = ENGLISH.titles | ENGLISH.person_nouns | ENGLISH.group_nouns | ENGLISH.org_nouns
_GIVING = frozenset(
    "give gives gave given giving send sends sent sending grant grants granted granting offer offers "
    "offered offering lend lends lent lending provide provides provided hand hands handed award awards "
    "awarded".split()
)


def concepts(drafts: Sequence[Draft]) -> list[str | None]:
    """Return what each of the figures of one sentence measures; None where the sentence does not say."""
    taken = {at: draft for draft in drafts for at in range(draft.first, draft.last)}
    found: list[str | None] = []
    for number, draft in enumerate(drafts):
        previous = drafts[number - 1] if number else None
        finder = _Finder(draft, taken)
        if previous is not None and found[-1] is not None and _repeats(previous, draft):
            found.append(finder.own_phrase() or found[-1])
        elif previous is not None and found[-1] is not None and _compares(previous, draft):
            counted = previous.unit if previous.kind is COUNT else None
            found.append(" ".join(f"{counted}, {found[-1]}".split()[:LONGEST]) if counted else found[-1])
        else:
            found.append(finder.phrase())
    return found


def _repeats(previous: Draft, draft: Draft) -> bool:
    """Does the figure say the same thing again: "$5 (£4)", "or 8 %", "3 % to 5,321", "to 5 from 4"?"""
    between = draft.sentence.lower[previous.last : draft.hedge]
    if not between or len(between) > 6:
        return False
    if between[0] == "(":
        return len(between) < 3 and not draft.attributive
    if draft.kind is COUNT and draft.noun is not None and previous.unit != draft.unit:
        return False
    if between[0] in ("from", "to") and len(between) == 1:
        return True
    if between[-1] == "than" or between[-2:] == ["than", "the"]:  # "a loss of 5, narrower than the 8"
        return draft.kind is previous.kind
    words = [word for word in between if word not in (",", ")", "the")]
    return words in (
        ["or"],
        ["and"],
        ["up", "from"],
        ["down", "from"],
        ["compared", "with"],
        ["compared", "to"],
        ["at"],
    )


def _compares(previous: Draft, draft: Draft) -> bool:
    """Does the share say how the amount before has changed: "84,000 tickets, 11 % more than"?"""
    return (
        draft.kind is PERCENT
        and previous.kind in (COUNT, MONEY, MEASURE)
        and draft.sentence.lower[previous.last : draft.hedge] == [","]
        and draft.sentence.word(draft.last) in ("more", "fewer", "less", "up", "down", "higher", "lower")
    )


class _Finder:
    """Looks for the words around one figure that say what it measures."""

    def __init__(self, draft: Draft, taken: Mapping[int, Draft]) -> None:
        self.draft = draft
        self.sentence = draft.sentence
        self.taken = taken

    def own_phrase(self) -> str | None:
        """Return the phrase right behind the figure, or None."""
        return self._worded(
            self._of_what() or self._in_what() or self._modified(), owned=not self._is_held_against()
        )

    def phrase(self) -> str | None:
        """Return the phrase, or None."""
        if self._is_held_against():
            return self.own_phrase() or self._worded(self._wanted())
        return (
            self.own_phrase()
            or self._asked()
            or self._passive()
            or self._worded(self._bounded() or self._linked() or self._spent() or self._beside())
            or self._worded(self._predicate() or self._deed())
            or self._name_and_deed()
            or self._worded(self._told(self._subject(self.draft.hedge)) or self._right_link())
        )

    def _is_held_against(self) -> bool:
        """Is it only what something else is compared with: "short of the 5", "below the 5", "a row over 5"?

        Then the subject of the sentence is the other thing.
        """
        sentence, at = self.sentence, self.draft.hedge
        while sentence.word(at - 1) in _OPENERS:
            at -= 1
        if sentence.lower[max(0, at - 3) : at] == ["in", "front", "of"]:
            return True
        if at < self.draft.hedge and sentence.word(at - 1) in ("below", "above", "than"):
            return True
        return sentence.lower[max(0, at - 2) : at] in _AGAINST or is_topic(sentence, at - 1)

    def _worded(self, found: Range | None, *, owned: bool = False) -> str | None:
        if found is None:
            return None
        words = _trimmed(self.sentence, *found)
        recipient = self._recipient(len(words))
        if recipient:
            return " ".join((*words, "for", recipient))
        owner = self._owner(found, len(words)) if owned else None
        return (" ".join(words) + (f", {owner}" if owner else "")) or None

    def _name_and_deed(self) -> str | None:
        """Read "Roe Ltd, a maker of pumps, has raised 5": a name alone would not say what was done."""
        end = self.draft.hedge
        while self.sentence.word(end - 1) in _OPENERS:
            end -= 1
        verb = self._verb_before(end) if self.draft.kind in _DONE_TO else None
        if verb is None or not self._is_clear(verb, end) or self._main_verb(verb, end) in _STATES:
            return None
        found = self._subject(self.draft.hedge)
        if found is None or not all(word[:1].isupper() for word in self.sentence.words[found[0] : found[1]]):
            return None
        words = [*_trimmed(self.sentence, *found), *_trimmed(self.sentence, self._verb_start(verb), end)]
        return " ".join(words) if len(words) <= LONGEST else None

    def _told(self, found: Range | None) -> Range | None:
        """Add the verb to a subject of one word: "squad cost 5", where "squad" would say too little."""
        end = self.draft.hedge
        while self.sentence.word(end - 1) in _OPENERS:
            end -= 1
        if found is None or self.draft.kind is not MONEY or len(_trimmed(self.sentence, *found)) != 1:
            return found
        verb = self._verb_before(end)
        if verb != end - 1 or self.sentence.lower[verb] in lexicon.AUXILIARIES:
            return found
        return (found[0], end) if self._verb_start(verb) == found[1] else found

    def _asked(self) -> str | None:
        """Read "the union had asked for 5 %": who asked, and that it was only asked for."""
        sentence, end = self.sentence, self.draft.hedge
        while sentence.word(end - 1) in _OPENERS:
            end -= 1
        if sentence.word(end - 1) != "for" or sentence.word(end - 2) not in _ASKS:
            return None
        start = self._verb_start(end - 2)
        found = self._ending(start)
        if found is None or found[1] != start:
            return None
        return " ".join([*_trimmed(sentence, found[0], end - 1)[: LONGEST - 1], "for"])

    def _wanted(self) -> Range | None:
        """Read "the 5 % that the union had asked for" behind the figure."""
        sentence, at = self.sentence, self.draft.last
        if sentence.word(at) in ("that", "which"):
            at += 1
        while sentence.word(at) in _OPENERS:
            at += 1
        for verb in range(at + 1, min(at + LONGEST - 1, sentence.size)):
            word = sentence.lower[verb]
            if word in _ASKS and sentence.word(verb + 1) == "for":
                return at, verb + 2
            if word in _WANTS:
                return at, verb + 1
            if word in _BREAKS or word in _PRONOUNS or word in _LINKS - {"of"}:
                return None
        return None

    def _passive(self) -> str | None:
        """Read "at which $5 million was collected": what was done with the money, and where."""
        sentence, at = self.sentence, self.draft.last
        before = sentence.word(self.draft.hedge - 1)
        if self.draft.kind is not MONEY or self.draft.attributive:
            return None
        if not (self._opens_clause() or before == "which") or sentence.word(at) not in lexicon.AUXILIARIES:
            return None
        verb = self._past_auxiliaries(at)
        if sentence.word(verb) not in lexicon.PARTICIPLES and not sentence.word(verb).endswith("ed"):
            return None
        words = _trimmed(sentence, *self._clause(verb))
        place = None
        if before == "which" and sentence.word(self.draft.hedge - 2) in _LINKS:
            place = self._ending(self._without_link(self.draft.hedge - 2))
        where = _trimmed(sentence, *place) if place else []
        if where and len(where) + len(words) <= LONGEST:
            return f"{' '.join(words)}, {' '.join(where)}"
        return " ".join(words) or None

    # Behind the figure

    def _of_what(self) -> Range | None:
        """Read "60 % of its market cap", "$250 million worth of weapons"."""
        sentence, at = self.sentence, self.draft.last
        if sentence.word(at) in _DASHES and sentence.word(at + 1) == "worth":
            at += 1
        if sentence.word(at) == "worth":
            at += 1
        if sentence.word(at) != "of" or sentence.word(at + 1) in _PRONOUNS - _OPENERS:
            return None
        if self.draft.kind is DURATION and sentence.word(at + 1) in ("the", "this"):
            return None
        found = self._noun_phrase(at + 1)
        if found is None or self.draft.kind not in (PERCENT, RATIO):
            return found
        if self.draft.number.form is SHARE or not self._opens_clause() or not self._is_verb_behind(found[1]):
            return found
        return self._clause(found[0])  # "two-thirds of residents oppose the dam"

    def _is_verb_behind(self, at: int) -> bool:
        word = self.sentence.word(at)
        return is_finite(word) or (word in lexicon.BASE and is_plural(self.sentence.word(at - 1)))

    def _in_what(self) -> Range | None:
        """Read "$8.9 million in damages": what the money is, not where."""
        sentence, at = self.sentence, self.draft.last
        if self.draft.kind is not MONEY or sentence.word(at) != "in":
            return None
        word = sentence.word(at + 1)
        if is_stop(word) or sentence.raw(at + 1)[:1].isupper() or word in _TIMES or word in _NEAR_TIMES:
            return None
        return self._noun_phrase(at + 1) if word[:1].isalpha() and self._link_holds(at) else None

    def _modified(self) -> Range | None:
        """Read "a $150,000 contract with a broadcaster", "a 75 percent increase in usage"."""
        sentence, at = self.sentence, self.draft.last
        if self.draft.kind is COUNT and not self.draft.attributive:
            return None
        if sentence.word(at) == "(" and sentence.word(at + 3) == ")":  # "$168m (£89m) settlement"
            at += 4
        while sentence.word(at) in _DASHES and sentence.tight(at):
            at += 1
        word = sentence.word(at)
        if (
            is_stop(word)
            or word in lexicon.PRESENT
            or word[:1].isdecimal()
            or word.endswith("ly")
            or at in self.taken
        ):
            return None
        if word in _TIMES or word in _NEAR_TIMES or word in _DIMENSIONS or word in lexicon.AMBIGUOUS:
            return None
        if word in lexicon.PAST or word in lexicon.PARTICIPLES or word.endswith("ed"):
            return (
                None
                if self.draft.number.form.value != "digits" or is_stop(sentence.word(at + 1))
                else self._noun_phrase(at)
            )
        return self._noun_phrase(at)

    def _noun_phrase(self, start: int) -> Range | None:
        """Return the noun phrase from `start`, with what hangs on it by of, for, in and the like."""
        sentence, at = self.sentence, start
        while sentence.word(at) in _OPENERS:
            at += 1
        first, end, words = at, at, 0
        limit = min(at + _REACH, sentence.size)
        while at < limit and words < LONGEST:
            word = sentence.lower[at]
            if at in self.taken:
                break
            if self._is_inner(at):
                at += 1
                continue
            if word in _LINKS and end > first:
                if not self._link_holds(at):
                    break
                at, words = at + 1, words + 1
                while sentence.word(at) in _OPENERS:
                    at += 1
                continue
            if word == "and" and end > first and self._joins_nouns(at):
                at, words = at + 1, words + 1
                continue
            if is_stop(word) or (at > first and (self._ends_phrase(at) or self._opens_name(at))):
                break
            at, words = at + 1, words + 1
            end = at
        return (first, end) if end > first else None

    def _is_inner(self, at: int) -> bool:
        """Is it a sign inside a name or compound: "e-cigarette", "S&P", "Inc."?"""
        sentence, word = self.sentence, self.sentence.lower[at]
        if word == "." and sentence.word(at - 1) in _ABBREVIATED:
            return at < sentence.size - 1
        return (
            word in ("-", "‐", "‑", "&", "/")
            and 0 < at < sentence.size - 1
            and (sentence.tight(at) or word == "&")
        )

    def _opens_name(self, at: int) -> bool:
        """Does a person's name begin at `at` that is no part of the phrase before: "sentence Ann Roe"?"""
        sentence, before = self.sentence, self.sentence.raw(at - 1)
        if not before.islower() or before in _LINKS or before in _OPENERS or is_stop(before):
            return False
        if not sentence.raw(at).istitle() or not sentence.raw(at + 1)[:1].isupper():
            return False
        if sentence.lower[at] not in _GIVEN_NAMES:
            return False
        return before not in _TITLES and not before.endswith(ENGLISH.role_suffixes)

    def _joins_nouns(self, at: int) -> bool:
        following = self.sentence.word(at + 1)
        if is_stop(following) or is_finite(following) or at + 1 in self.taken or self._before_taken(at + 1):
            return False
        return not any(is_finite(self.sentence.word(near)) for near in (at + 2, at + 3))

    def _before_taken(self, at: int) -> bool:
        return at + 1 in self.taken or self.sentence.word(at) in (
            "about",
            "around",
            "nearly",
            "almost",
            "some",
        )

    def _link_holds(self, at: int) -> bool:
        sentence = self.sentence
        following = sentence.word(at + 1)
        if following[:1].isdecimal() or following in _TIMES or at + 1 in self.taken or at + 2 in self.taken:
            return False
        if following in _PRONOUNS and following not in _OPENERS:
            return False
        if sentence.lower[at] == "to" and (following in lexicon.BASE or following == "be"):
            return False
        after = sentence.word(at + 2) if following in _OPENERS else following
        last = sentence.word(at + 3) if following in _OPENERS else sentence.word(at + 2)
        if after in _TIMES or (after in _NEAR_TIMES and (last in _TIMES or last == "of")):
            return False
        return following in _OPENERS or not is_stop(following)

    def _ends_phrase(self, at: int) -> bool:
        word = self.sentence.lower[at]
        if (
            self._is_verb_behind(at)
            or word in lexicon.PARTICIPLES
            or (word in _NEAR_TIMES and self.sentence.word(at + 1) in _TIMES)
        ):
            return True
        if word in lexicon.AMBIGUOUS:
            return is_plural(self.sentence.lower[at - 1])
        return word in _TIMES and word not in ("time", "day", "season", "night")

    # Before the figure

    def _bounded(self) -> Range | None:
        """Read "earnings below 12,000", "took crude prices past 50": a noun right before a bound."""
        at, kind = self.draft.hedge, self.draft.kind
        if kind not in (MONEY, PERCENT, MEASURE):
            return None
        if self.sentence.word(at) not in _BOUNDS or at == self.draft.first or at - 1 in self.taken:
            return None
        return (
            self._ending(at)
            if self._is_nounish(at - 1) and self.sentence.word(at - 1) not in _TIMES
            else None
        )

    def _linked(self) -> Range | None:
        """Read "a net profit of 5", "boost its output to 5", "sold the house for 5", "a stake worth 5"."""
        sentence, at, kind = self.sentence, self.draft.hedge - 1, self.draft.kind
        while sentence.word(at) in ("a", "an", "another", "some", "only", "just", "as"):
            at -= 1
        link = sentence.word(at)
        if kind in (DURATION, AGE):
            return None
        if link not in ("of", "worth") and (
            kind is COUNT or link not in ("to", "by", "at", "for", "from", "with")
        ):
            return None
        before = sentence.word(at - 1)
        if before == "sale":  # "will go on sale for"
            return self._subject(at - 2)
        if at - 1 in self.taken or before in _TALLIES or before in _TIMES or not self._is_nounish(at - 1):
            return self._subject(at - 1) if before in _TALLIES else None
        return self._ending(at)

    def _is_nounish(self, at: int) -> bool:
        word = self.sentence.word(at)
        if word == ")":
            return False
        if is_stop(word) or _is_adverb(word) or self._is_verb_behind(at) or word in lexicon.PARTICIPLES:
            return False
        if word in lexicon.BASE and self.sentence.word(at - 1) in ("to", *lexicon.AUXILIARIES):
            return False
        return not (word.endswith(("ing", "ed")) or word in _DIMENSIONS)

    def _ending(self, end: int) -> Range | None:
        """Return the noun phrase that ends before the token `end`, with those it hangs on by of, in, for."""
        sentence = self.sentence
        at, start, low = end - 1, end, max(0, end - 16)
        while at >= low and at not in self.taken:
            word = sentence.lower[at]
            if self._is_inner(at):
                at -= 1
                continue
            if word in _OPENERS:
                if start < end and sentence.word(at - 1) not in _LINKS and sentence.word(at - 1) != "and":
                    break
                at -= 1
                continue
            if start < end and (
                word in ("of", "in", "for", "on", "from", "and", "between", "by", "with", "to", "at")
            ):
                if word == "and" and (at - 1 in self.taken or is_stop(sentence.word(at - 1))):
                    break
                at -= 1
                continue
            if self._stops_back(at):
                break
            start = at
            at -= 1
        return self._with_figure(start, end) or self._cut(start, end)

    def _with_figure(self, start: int, end: int) -> Range | None:
        """Return all of "Ten former directors at WorldCom", where the directors are a figure themselves."""
        at = start
        while at < end and self.sentence.lower[at] in _OPENERS:
            at += 1
        link = start - 1 if self.sentence.word(start - 1) in _LINKS else start - 2
        if start == end or self.sentence.word(link) not in ("at", "in", "from") or link - 1 not in self.taken:
            return None
        if self.taken[link - 1].kind is not COUNT:  # "$6 million at a valuation"
            return None
        found = self._figure_before(link)
        whole = (found[0], end) if found else None
        return whole if whole and end - whole[0] <= LONGEST and whole[1] <= self.draft.first else None

    def _stops_back(self, at: int) -> bool:
        sentence, word = self.sentence, self.sentence.lower[at]
        if self._opens_name(at + 1):
            return True
        if word[0].isdecimal() and (sentence.word(at - 1) == ":" or sentence.word(at + 1) == ":"):
            return True
        if is_stop(word) or word in _BREAKS or _is_adverb(word) or word == "according":
            return True
        if word in _DIMENSIONS and sentence.words[at].islower():
            return True
        if is_finite(word):
            return not sentence.words[at][:1].isupper() or at == 0
        return word in lexicon.BASE and sentence.word(at - 1) in (
            "to",
            "will",
            "would",
            "could",
            "may",
            "can",
            "should",
        )

    def _cut(self, start: int, end: int) -> Range | None:
        """Drop links at the start, times at the end, and a time that runs into a name at the start."""
        sentence = self.sentence
        for at in range(start + 1, end):
            if sentence.lower[at] in ("in", "on", "for", "at", "by", "from") and not self._link_holds(at):
                if at > start:
                    end = at
                break
        while end > start and sentence.lower[end - 1] in _TIMES:
            end -= 1
            if sentence.word(end - 1) in _NEAR_TIMES | {"on", "the"}:
                end -= 1
        while start < end and (
            sentence.lower[start] in _LINKS
            or sentence.lower[start] in _OPENERS
            or sentence.lower[start] in ("and", "or")
        ):
            start += 1
        name = end
        while name > start and (sentence.words[name - 1][:1].isupper() or self._is_inner(name - 1)):
            name -= 1
        if start < name < end and (
            sentence.lower[name - 1] in _TIMES or sentence.lower[name - 1].isdecimal()
        ):
            start = name
        if end - start == 1 and (sentence.lower[start] in _HOLLOW or sentence.lower[start].endswith("ing")):
            return None
        return (start, end) if start < end else None

    def _subject(self, before: int) -> Range | None:
        """Return whose clause the figure stands in: "Nvidia" of "Nvidia advanced 8 %"."""
        verb = self._verb_before(before)
        for turn in range(4):
            if verb is None:
                return self._ending(self._without_link(before))
            if self.sentence.lower[verb] in _SAYS:
                return None  # who says it is not what it measures
            end = self._verb_start(verb)
            if self.sentence.word(end - 1) in _PRONOUNS - _WHO or end == 0:
                verb = self._verb_before(end - 1)
                if verb is None:
                    return None
                continue
            found = self._ending(self._past_relative(end)) or (
                self._figure_before(end) if turn == 0 else None
            )
            if found is not None and turn > 0 and self.sentence.word(found[0] - 1) in ("that", "which"):
                found = self._ending(found[0] - 1) or found  # "the surge that the storm drove ashore"
            if found is not None:
                return self._head(found)
            verb = self._verb_before(end - 1)
            if verb is None:
                return None
        return None

    def _head(self, found: Range) -> Range:
        """Return "death toll" of "the death toll from a fire off the isle": not the last thing hung on it."""
        for _ in range(4):
            at = found[0]
            while at > 0 and self.sentence.lower[at - 1] in _OPENERS:
                at -= 1
            outer = self._outer(at)
            if outer is None:
                return found
            found = outer
        return found

    def _outer(self, start: int) -> Range | None:
        """Return the phrase that the one at `start` hangs on by a preposition or a relative clause."""
        sentence, at = self.sentence, start - 1
        if sentence.word(at) in lexicon.PREPOSITIONS:
            if sentence.word(at - 1) in _CLOSING_MARKS:
                opening = self._opening_mark(at - 1)
                return self._ending(opening) if opening is not None else None
            if self._is_nounish(at - 1) and at - 1 not in self.taken and sentence.word(at - 1) not in _TIMES:
                return self._ending(at)
            at -= 1
        return self._antecedent(at) if is_finite(sentence.word(at)) else None

    def _opening_mark(self, closing: int) -> int | None:
        for at in range(closing - 1, max(closing - LONGEST, -1), -1):
            if self.sentence.lower[at] in _OPENING_MARKS:
                return at
        return None

    def _antecedent(self, verb: int) -> Range | None:
        """Return "surge" of "the surge that the storm pushed", where `verb` is "pushed"."""
        sentence = self.sentence
        if sentence.lower[verb] in _TELLING:
            return None
        for at in range(verb - 1, max(verb - LONGEST, 0), -1):
            word = sentence.lower[at]
            if word in ("that", "which", "who"):
                known = self._is_nounish(at - 1) and at - 1 not in self.taken
                return self._ending(at) if known else None
            if word in _BREAKS or is_finite(word):
                return None
        return None

    def _figure_before(self, end: int) -> Range | None:
        """Return another figure that is the subject itself: "16 to 19 year olds earn 7.10"."""
        start = end
        while start > 0 and start - 1 in self.taken and end - start < LONGEST:
            start -= 1
        return (start, end) if start < end else None

    def _verb_start(self, verb: int) -> int:
        sentence, end = self.sentence, verb
        while (
            end > 0
            and (
                is_finite(sentence.lower[end - 1])
                or sentence.lower[end - 1] in lexicon.ADVERBS
                or sentence.lower[end - 1] == "to"
                or _is_adverb(sentence.lower[end - 1])
                or (sentence.lower[end - 1] == "than" and sentence.word(end - 2) in ("more", "less"))
                or (end < verb and sentence.lower[end - 1] in lexicon.PARTICIPLES)
            )
            and not (sentence.words[end - 1][:1].isupper() and end > 1)
        ):
            end -= 1
        return end

    def _past_relative(self, end: int) -> int:
        sentence = self.sentence
        if sentence.word(end - 1) in _WHO:
            end -= 1
            if sentence.word(end - 1) == ",":
                end -= 1
            return end
        if sentence.word(end - 1) in (",", ")"):
            opening = "," if sentence.word(end - 1) == "," else "("
            for at in range(end - 2, max(end - 16, 0), -1):
                if sentence.lower[at] == opening:
                    return at
            return end - 1
        return end

    def _without_link(self, at: int) -> int:
        while at > 0 and (
            self.sentence.lower[at - 1] in _LINKS
            or self.sentence.lower[at - 1] in (":", ",", "(", "a", "an", "the", "and")
        ):
            at -= 1
        return at

    def _verb_before(self, index: int) -> int | None:
        sentence = self.sentence
        for at in range(index - 1, max(index - _REACH, -1), -1):
            if at in self.taken:
                continue
            word = sentence.lower[at]
            if word in (";", ":", "—", "“"):
                return None
            if is_finite(word) and not (at > 0 and sentence.words[at][:1].isupper()):
                return at
            if word in lexicon.AMBIGUOUS and self._is_verb_by_place(at):
                return at
            if (
                word in lexicon.BASE
                and is_plural(sentence.word(at - 1))
                and (is_stop(sentence.word(at + 1)) or at + 1 in self.taken)
            ):
                return at
            if (
                word.endswith("ed")
                and len(word) > 4
                and (is_stop(sentence.word(at + 1)) or at + 1 in self.taken)
                and (not is_stop(sentence.word(at - 1)) or sentence.word(at - 1) in _WHO)
            ):
                return at
        return None

    def _is_verb_by_place(self, at: int) -> bool:
        sentence = self.sentence
        if sentence.word(at - 1) in _WHO and (at + 1 == self.draft.hedge or at + 1 in self.taken):
            return True  # "a sensor that costs $11"
        if at == 0 or is_stop(sentence.lower[at - 1]):
            return False
        return (
            is_stop(sentence.word(at + 1)) and sentence.word(at + 1) not in ("of", "and", ",", ".")
        ) or at + 1 in self.taken

    # What was done to the counted

    def _predicate(self) -> Range | None:
        """Read "killed when a bus plunged", "arrested at the border" behind what is counted."""
        sentence, at = self.sentence, self.draft.last
        if self.draft.kind in (PERCENT, RATIO):
            return self._clause(at) if self._opens_clause() and is_finite(sentence.word(at)) else None
        if self.draft.kind is not COUNT or self.draft.attributive:
            return None
        if self.draft.noun is not None:  # "three of the 40 hostages"
            at = max(at, self.draft.noun[1])
        verb = self._past_auxiliaries(at)
        return self._complement(verb) if verb > at else self._bare_verb(at)

    def _past_auxiliaries(self, at: int) -> int:
        start, lower = at, self.sentence.lower
        while at < len(lower) and (
            lower[at] in lexicon.AUXILIARIES
            or lower[at] in _WHO
            or lower[at] in lexicon.ADVERBS
            or (at > start and _is_adverb(lower[at]))
        ):
            at += 1
        return at

    def _complement(self, at: int) -> Range | None:
        """Return what stands behind "were", "have", "who are": a verb, a place, a thing."""
        sentence, word = self.sentence, self.sentence.word(at)
        if word in _LINKS and self._link_holds(at):
            found = self._noun_phrase(at + 1)
            return None if found is None else (at, found[1])
        if word in ("no", "a", "an", "the") and sentence.word(at - 1) in ("have", "has", "had"):
            return self._clause(at - 1)
        if is_stop(word) or word[:1].isdecimal():
            return None
        return self._clause(at)

    def _bare_verb(self, at: int) -> Range | None:
        word = self.sentence.word(at)
        if word in lexicon.BASE and self._opens_clause():
            return self._clause(at)
        if word in lexicon.PAST or word in lexicon.PARTICIPLES or word.endswith("ed"):
            return self._clause(at)
        return self._clause(at) if word.endswith("ing") and len(word) > 5 else None

    def _beside(self) -> Range | None:
        """Read "15 kilometres north of the border"."""
        sentence, at = self.sentence, self.draft.last
        if self.draft.kind is not MEASURE or sentence.word(at) not in _COMPASS:
            return None
        found = self._noun_phrase(at + 2) if sentence.word(at + 1) in ("of", "from") else None
        return None if found is None else (at, found[1])

    def _deed(self) -> Range | None:
        """Read "police seized", "the court fined the brewery": who did what, right up to the figure."""
        sentence, end = self.sentence, self.draft.hedge
        if self.draft.kind not in _DONE_TO or self.draft.attributive:
            return None
        while sentence.word(end - 1) in _OPENERS or sentence.word(end - 1) in ("record", "only", "just"):
            end -= 1
        verb = self._verb_before(end)
        if verb is None:
            return None
        start, main = self._verb_start(verb), self._main_verb(verb, end)
        found = self._ending(start)
        if found is None or found[1] != start or end - found[0] > LONGEST:
            return None
        if main in _STATES or not self._is_clear(verb, end):
            return None
        if self.draft.kind is MEASURE and not is_movement(main):
            return None
        return found[0], end

    def _is_clear(self, first: int, end: int) -> bool:
        """Is there no other figure, break or link between a verb and the figure?"""
        lower = self.sentence.lower
        return not any(
            at in self.taken or lower[at] in _BREAKS or lower[at] in _LINKS for at in range(first, end)
        )

    def _main_verb(self, verb: int, end: int) -> str:
        """Return "cut" of "will cut", "scored" of "has scored" and "recalling" of "is recalling"."""
        lower = self.sentence.lower
        if lower[verb] in lexicon.AUXILIARIES:
            for at in range(verb + 1, end):
                if lower[at] in lexicon.BASE or lower[at] in lexicon.PARTICIPLES or lower[at].endswith("ing"):
                    return lower[at]
        return lower[verb]

    def _opens_clause(self) -> bool:
        before = self.sentence.word(self.draft.hedge - 1)
        return self.draft.hedge == 0 or before in (
            "that",
            "while",
            "but",
            "said",
            "when",
            "because",
            ";",
            "found",
        )

    def _clause(self, start: int) -> Range:
        sentence, at = self.sentence, start
        while at < min(start + LONGEST + 2, sentence.size):
            word = sentence.lower[at]
            if (
                word in _BREAKS
                or word in (".", "but", "while")
                or (word == "and" and (at + 1 in self.taken or is_finite(sentence.word(at + 1))))
            ):
                break
            at += 1
        return start, at

    def _right_link(self) -> Range | None:
        if self.sentence.word(self.draft.last) in _LINKS and self._link_holds(self.draft.last):
            return self._noun_phrase(self.draft.last + 1)
        return None

    def _spent(self) -> Range | None:
        """Read "eight months in jail for smuggling" with its link, "for nine years the mayor"."""
        sentence, at = self.sentence, self.draft.last
        if self.draft.kind is DURATION and sentence.word(at) in ("the", "a", "an"):
            return self._noun_phrase(at + 1) if sentence.word(self.draft.hedge - 1) == "for" else None
        if self.draft.kind is not DURATION or sentence.word(at) not in (
            "in",
            "of",
            "behind",
            "on",
        ):
            return None
        found = self._noun_phrase(at + 1) if self._link_holds(at) else None
        return None if found is None else (at, found[1])

    # Additions

    def _recipient(self, length: int) -> str | None:
        """Return Ukraine of "would give Ukraine another $250 million worth of weapons"."""
        sentence, draft = self.sentence, self.draft
        if draft.kind is not MONEY or length > LONGEST - 2:
            return None
        if "of" not in sentence.lower[draft.last : draft.last + 2]:
            return None
        end = draft.hedge
        while sentence.word(end - 1) in ("another", "a", "an", "some", "additional", "further", "extra"):
            end -= 1
        first = end
        while first > 0 and sentence.words[first - 1][:1].isupper() and end - first < 4:
            first -= 1
        if first == end or sentence.word(first - 1 - (sentence.word(first - 1) == "the")) not in _GIVING:
            return None
        return " ".join(sentence.words[first:end])

    def _owner(self, found: Range, length: int) -> str | None:
        """Return whose market cap it is in "Adani lost 60 % of its market cap"."""
        if found[0] < self.draft.last or length > LONGEST - 3:
            return None
        if self.sentence.word(found[0] - 1) not in _OWNERS and length > 3:
            return None
        if self.draft.kind is DURATION:
            return None
        owner = self._subject(self.draft.hedge)
        if owner is None or owner[1] - owner[0] > LONGEST - length or owner[1] > self.draft.first:
            return None
        return " ".join(_trimmed(self.sentence, *owner))


_LY_NOUNS = frozenset(
    "quarterly monthly weekly daily yearly hourly early family supply assembly only elderly likely "
    "rally ally july italy reply monopoly anomaly butterfly costly deadly friendly".split()
)


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") and word not in _LY_NOUNS


def _trimmed(sentence: Sentence, first: int, end: int) -> list[str]:
    words: list[str] = []
    for at in range(first, end):
        if words and sentence.tight(at):
            words[-1] += sentence.words[at]
        else:
            words.append(sentence.words[at])
    if words and words[-1].endswith("-") and end < sentence.size and sentence.tight(end):
        words[-1] += sentence.words[end]  # the range ended inside "start-up"
    words = words if len(words) <= LONGEST else _shortened(words)
    while (
        words
        and not _asks_for(words)
        and words[-1].lower()
        in _LINKS
        | _OPENERS
        | {
            "and",
            "or",
            "when",
            "as",
            "-",
            "while",
            "after",
            "who",
        }
    ):
        words.pop()
    while words and words[0].lower() in _OPENERS:
        words.pop(0)
    return words


def _shortened(words: list[str]) -> list[str]:
    """Cut a phrase that is too long, before a link rather than inside what hangs on it."""
    links = [at for at, word in enumerate(words[: LONGEST + 1]) if word in _LINKS]
    return words[: links[-1]] if links and links[-1] >= _SHORTEST else words[:LONGEST]


_SHORTEST = 3  # words that a phrase keeps


def _asks_for(words: list[str]) -> bool:
    return len(words) > 2 and words[-1] == "for" and words[-2] in _ASKS
