"""English words that the figures engine knows, by what they do in a sentence."""

from decimal import Decimal

SMALL = {
    word: Decimal(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split()
    )
}
TENS = {
    word: Decimal(10 * value)
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
} | {"fourty": Decimal(40)}
MAGNITUDES = {
    "hundred": Decimal(100),
    "thousand": Decimal(1_000),
    "lakh": Decimal(100_000),
    "lakhs": Decimal(100_000),
    "million": Decimal(10**6),
    "mln": Decimal(10**6),
    "crore": Decimal(10**7),
    "crores": Decimal(10**7),
    "billion": Decimal(10**9),
    "bln": Decimal(10**9),
    "trillion": Decimal(10**12),
    "trln": Decimal(10**12),
    "quadrillion": Decimal(10**15),
}
# Written after digits without a space ("1.3bn"); `m`, `b` and `t` are units as well, see `numbers.py`.
SUFFIXES = {
    "k": Decimal(1_000),
    "m": Decimal(10**6),
    "mn": Decimal(10**6),
    "mil": Decimal(10**6),
    "mio": Decimal(10**6),
    "mm": Decimal(10**6),
    "b": Decimal(10**9),
    "bn": Decimal(10**9),
    "bil": Decimal(10**9),
    "tn": Decimal(10**12),
    "trn": Decimal(10**12),
    "t": Decimal(10**12),
    "cr": Decimal(10**7),
}
# "thousands of people" says from one to ten of them.
VAGUE = {
    "hundreds": Decimal(100),
    "thousands": Decimal(1_000),
    "millions": Decimal(10**6),
    "billions": Decimal(10**9),
    "trillions": Decimal(10**12),
}
PARTS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "thirds": 3,
    "quarter": 4,
    "quarters": 4,
    "fourth": 4,
    "fourths": 4,
    "fifth": 5,
    "fifths": 5,
    "sixth": 6,
    "sixths": 6,
    "seventh": 7,
    "sevenths": 7,
    "eighth": 8,
    "eighths": 8,
    "ninth": 9,
    "ninths": 9,
    "tenth": 10,
    "tenths": 10,
    "hundredth": 100,
    "hundredths": 100,
}
FRACTION_SIGNS = {
    "½": "1/2",
    "⅓": "1/3",
    "⅔": "2/3",
    "¼": "1/4",
    "¾": "3/4",
    "⅕": "1/5",
    "⅖": "2/5",
    "⅗": "3/5",
    "⅘": "4/5",
    "⅙": "1/6",
    "⅚": "5/6",
    "⅛": "1/8",
    "⅜": "3/8",
    "⅝": "5/8",
    "⅞": "7/8",
}

MONTHS = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
WEEKDAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat "
    "sun".split()
)
# A bare number behind one of these names a thing, a place or a part of a work.
NUMBERED = frozenset(
    "marker exits expedition act annex apartment appendix article bay block book box boxes building "
    "bus bureau camp category cell channel chapter clause class depot district division draft episode "
    "exhibit exit figure flight floor formula gate grade highway hwy interstate issue item junction "
    "lane lap level lot map match model motorway no nos number numbers opus page pages paragraph part "
    "phase pier platform plot position proposal proposition psalm question rank resolution road room "
    "round route row rule schedule season seat section seed series sector session slide stage step "
    "street studio suite table terminal tier title track type unit verse version vol volume ward "
    "windows zip zone area top sp nasdaq dax ftse dow cac nikkei stoxx fortune russell topix".split()
)

SCREENS = frozenset(  # behind "4K"
    "screen screens video videos tv tvs resolution content display displays footage camera".split()
)

DETERMINERS = frozenset(
    "the a an this that these those its his her their our your my every each another any some no either "
    "neither both all such what whose many much several few".split()
)
PREPOSITIONS = frozenset(
    "of in on at by for from to with without into onto over under above below between among amid across "
    "against along around about after before behind beside besides beyond despite down during except inside "
    "like near off out outside past per since than through throughout toward towards until till up upon via "
    "within as versus vs including worth following".split()
)
CONJUNCTIONS = frozenset(
    "and or but nor so yet while whereas although though because if unless when where".split()
)
PRONOUNS = frozenset(
    "i you he she it we they me him us them who whom which that there here himself herself itself themselves "
    "someone anyone everyone nobody everybody something anything everything nothing others".split()
)
AUXILIARIES = frozenset(
    "is are was were be been being am has have had having do does did will would can could may might "
    "must shall should isn't aren't wasn't weren't won't wouldn't can't couldn't hasn't haven't hadn't "
    "doesn't didn't don't it's they're we're he's she's that's there's i'm i've we've they've you're "
    "it'll they'll".split()
)
ADVERBS = frozenset(
    "not also still already just only even ever never now then too very quite rather again once soon later "
    "earlier ago yesterday today tomorrow tonight here there abroad however meanwhile moreover instead "
    "otherwise perhaps maybe almost nearly about well far much more less most least further together apart "
    "respectively worldwide overall nationwide year-on-year alone away back ahead up down aboard".split()
)
# Base, past and participle where they are not regular, with `-s` and `-ing` made by rule.
_IRREGULAR = (
    "rise rose risen|fall fell fallen|grow grew grown|sink sank sunk|lose lost lost|cut cut cut|spend "
    "spent spent|pay paid paid|buy bought bought|sell sold sold|make made made|take took taken|give "
    "gave given|get got gotten|go went gone|come came come|see saw seen|say said said|tell told told|"
    "hold held held|win won won|leave left left|lead led led|hit hit hit|set set set|put put put|beat "
    "beat beaten|break broke broken|send sent sent|lend lent lent|build built built|bring brought "
    "brought|become became become|begin began begun|run ran run|find found found|keep kept kept|meet "
    "met met|stand stood stood|shoot shot shot|steal stole stolen|write wrote written|drive drove "
    "driven|speak spoke spoken|choose chose chosen|draw drew drawn|fly flew flown|shrink shrank shrunk|"
    "slide slid slid|swing swung swung|feel felt felt|think thought thought|know knew known|show "
    "showed shown|shed shed shed|cost cost cost|spread spread spread|burn burnt burnt|catch caught "
    "caught|fight fought fought|flee fled fled|strike struck struck|tear tore torn|bear bore borne|"
    "wear wore worn|teach taught taught|seek sought sought|sit sat sat|lie lay lain|lay laid laid|eat "
    "ate eaten|drink drank drunk|hear heard heard|mean meant meant|read read read|ride rode ridden|"
    "throw threw thrown|understand understood understood|forecast forecast forecast|bet bet bet|quit "
    "quit quit|shake shook shaken|freeze froze frozen|swim swam swum|dig dug dug|hang hung hung|"
    "hide hid hidden|bite bit bitten|blow blew blown|deal dealt dealt|feed fed fed|shut shut shut|"
    "spin spun spun|stick stuck stuck|swear swore sworn|sweep swept swept|split split split|"
    "sing sang sung|speed sped sped|overtake overtook overtaken|withdraw withdrew withdrawn|"
    "undergo underwent undergone|arise arose arisen|forget forgot forgotten"
)
_REGULAR = (
    "oppose favour favor abandon add agree aim allege allow announce appear approve argue arrest ask "
    "attack attempt average award back bomb boost borrow call cancel capture carry cause charge claim "
    "clear climb close collapse collect comprise confirm consider contain continue contract contribute "
    "convict cover crash create cross deal decide decline decrease deliver demand deploy destroy "
    "detain determine develop die dip donate double drop drown earn ease employ enable end enter "
    "estimate evacuate exceed expand expect expire export extend face fail fine finish fire follow "
    "force free fund gain generate happen help hire host house hurt impose improve include increase "
    "infect inject injure invest invite issue jail join jump kidnap kill land last launch lift list "
    "live lower manage measure migrate miss move murder need net notch number occur offer open operate "
    "order own pass peak perform place plan play plead pledge plummet plunge poll post predict present "
    "produce project promise propose protest provide publish purchase raise rally range reach rebound "
    "receive record recover recruit reduce register reject release remain remove rent replace report "
    "represent require rescue resign result retreat return reveal sack save score seize sentence serve "
    "settle ship sign slash slip slow soar spike stake stalk start stay stop stretch suffer supply "
    "support surge surpass survive suspend target tally tend test top total trade trail train travel "
    "treat triple trim try tumble turn urge use value visit vote wait walk want warn weigh weaken "
    "strengthen work wound yield accelerate accept accuse achieve acquire admit advance affect attract "
    "ban believe belong benefit blame block burn buoy compare complete consist control convert cool "
    "cost cope count damage debut defeat defend deny describe discover displace divide dominate edge "
    "elect emerge emit encounter escape establish examine exist explain express fetch flatten gather "
    "guarantee handle identify imagine injure insist introduce involve kick lack learn leap link look "
    "love mark mention mount name note obtain overturn oversee participate persuade pick prevent pull "
    "push question quote rank realise realize regain relate rely remember respond rest restore retire "
    "ruin rush search secure separate share slide sound spot staff stem store struggle study submit "
    "succeed suggest sue swell switch threaten touch transfer translate transport trigger undergo "
    "unveil upgrade wager welcome wipe witness worry wreck claw climb clock pocket attend advise lay "
    "hover"
)
_NOUN_OR_VERB_S = frozenset(
    "aims attacks awards backs calls charges claims contracts costs covers cuts deals demands drops "
    "ends estimates exports falls fines fires forces funds gains groups helps hits hosts houses "
    "increases injures issues jumps lands launches leads lifts lists lives losses measures moves needs "
    "numbers offers orders passes peaks places plans plays points polls posts presents projects "
    "promises protests purchases raises rallies ranges records releases reports results returns rises "
    "runs scores sentences shares ships signs slips sounds spikes spots stakes starts stays stops "
    "stores strikes supplies supports targets tests tops totals trades trains turns uses values visits "
    "votes walks wants warns wins works wounds yields deaths sales bans blocks burns counts controls "
    "edges links looks marks names notes picks pulls questions quotes ranks searches studies transfers "
    "wrecks shots hires bets rents draws sets shows flies drives rides".split()
)


def _third_person(verb: str) -> str:
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        return verb + "es"
    return verb[:-1] + "ies" if verb.endswith("y") and verb[-2] not in "aeou" else verb + "s"


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in "aeou":
        return verb[:-1] + "ied"
    short = len(verb) > 2 and verb[-1] in "bdgmnprt" and verb[-2] in "aeiou" and verb[-3] not in "aeiou"
    return verb + (verb[-1] if short and verb in _DOUBLING else "") + "ed"


_DOUBLING = frozenset(
    "ban bet drop edit emit jam net plan quit rip rob rub ship skip slip spot stem step stop submit "
    "swap tip top transfer trap trim admit commit cut clap dip step".split()
)
_STRONG = [entry.split() for entry in _IRREGULAR.split("|")]
PAST = frozenset(form[1] for form in _STRONG) | frozenset(_past(verb) for verb in _REGULAR.split())
PARTICIPLES = frozenset(form[2] for form in _STRONG) | frozenset(_past(verb) for verb in _REGULAR.split())
BASE = frozenset(form[0] for form in _STRONG) | frozenset(_REGULAR.split())
# Of the third persons, those that are plurals as well: behind a number a noun, behind a name a verb.
_NOUNS_TOO = frozenset(
    "attempts averages beats benefits bites blows bombs boosts breaks captures catches causes clocks "
    "crashes crosses damages decreases defeats dips doubles drinks encounters escapes exhibits "
    "extremes fights finds finishes guarantees heads holds invites jails joins keepers kicks kisses "
    "loans matches mentions misses mounts murders nets notches pledges pockets pushes reaches rebounds "
    "rescues retreats rushes slides spins splits spreads staffs stalks stands steps sticks stretches "
    "struggles surges sweeps swings switches threats throws touches trails transports travels treats "
    "triggers trims triples tries upgrades waits wipes witnesses worries".split()
)
PRESENT = frozenset(_third_person(verb) for verb in BASE) - _NOUN_OR_VERB_S - _NOUNS_TOO
AMBIGUOUS = _NOUN_OR_VERB_S | _NOUNS_TOO  # "costs", "claims": a noun behind a number, a verb behind a name

IRREGULAR_PLURALS = frozenset(
    "people men women children police staff personnel cattle sheep fish deer aircraft feet teeth mice geese "
    "species series offspring policemen firefighters fishermen servicemen servicewomen gunmen spokesmen "
    "crew troops bacteria data criteria media alumni cacti fungi stimuli dead injured wounded hurt missing "
    "lawmen clergymen congressmen businessmen salmon shrimp livestock poultry youth spacecraft watercraft "
    "craft hovercraft infantry cavalry others more men-at-arms grandchildren schoolchildren oxen lives wives "
    "knives halves leaves wolves thieves euros percent".split()
) - {"more", "percent", "euros"}
CASUALTIES = frozenset("dead injured wounded hurt missing unaccounted homeless".split())
