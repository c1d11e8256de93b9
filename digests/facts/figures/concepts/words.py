"""Words by what they do around a figure: open, link, break, tell, ask."""

from digests.facts.figures import lexicon

REACH = 30  # tokens looked at on either side: what is farther away does not govern the figure
LINKS = frozenset(
    "of for in to with on from against between by at into over under among on about behind inside "
    "across".split()
)
OPENERS = frozenset(
    "the a an this that these those its his her their our your my another some any each every".split()
)
WHO = frozenset("who which that whom whose".split())
PRONOUNS = lexicon.PRONOUNS | {"this", "these", "those", "one"}
BREAKS = frozenset(', ; : ( ) [ ] ! ? " “ ” — – ...'.split()) | {"--"}
TIMES = (
    lexicon.WEEKDAYS
    | lexicon.MONTHS
    | frozenset(
        "yesterday today tomorrow tonight year years month months week weeks quarter day days night season "
        "morning evening afternoon weekend decade decades annually yearly monthly weekly daily time".split()
    )
)
NEAR_TIMES = frozenset(
    "last next this past previous coming first second third fourth same end early late".split()
)
DIMENSIONS = frozenset(
    "wide long tall high deep thick away across apart old north south east west below above higher "
    "lower more less fewer up down off faster slower cheaper longer shorter larger smaller bigger "
    "better stronger weaker so now ago earlier later effective".split()
)
ASKS = frozenset(
    "ask asks asked asking call calls called calling hope hopes hoped hoping appealed applied "
    "search searches searching searched looking waiting".split()
)
