"""English: marks, cues, and the small words between them."""

from digests.facts.quotes.language import Language, words

ENGLISH = Language(
    pairs={
        '"': '"”“', "“": '”"', "”": '”"', "„": "“”", "«": "»", "»": "«", "‹": "›", "「": "」", "『": "』",
        "‘": "’", "'": "'", "’": "’", "``": "''",
    },
    says=words("""
say says said state states stated add adds added explain explains explained argue argues argued
claim claims claimed note notes noted insist insists insisted declare declares declared announce
announces announced warn warns warned admit admits admitted acknowledge acknowledges acknowledged
concede concedes conceded conclude concludes concluded continue continues continued reply replies
replied respond responds responded answer answers answered write writes wrote written tweet tweets
tweeted retweeted post posts posted recall recalls recalled remember remembers remembered joke jokes
joked quip quips quipped observe observes observed remark remarks remarked comment comments
commented complain complains complained confess confesses confessed confirm confirms confirmed deny
denies denied suggest suggests suggested report reports reported reveal reveals revealed predict
predicts predicted promise promises promised pledge pledges pledged vow vows vowed shout shouts
shouted yell yells yelled cry cries cried exclaim exclaims exclaimed whisper whispers whispered
mutter muttered chant chants chanted scream screams screamed ask asks asked wonder wonders wondered
think thinks thought believe believes believed hope hopes hoped testify testifies testified tell
counter counters countered retort retorted lament laments lamented boast boasts boasted brag bragged
opine opined assert asserts asserted contend contends contended maintain maintains maintained
reiterate reiterates reiterated repeat repeats repeated stress stresses stressed emphasize
emphasizes emphasized emphasise emphasised underline underlined urge urges urged begin begins began
go goes went quote quotes recount recounts recounted relate relates related muse muses mused sigh
sighed laugh laughs laughed smile smiled snap snapped shoot shot interject interjected elaborate
elaborated clarify clarified summarize summed summarised point points pointed caution cautions
cautioned read reads recommend recommends recommended affirm affirms affirmed disclose disclosed
advise advises advised proclaim proclaims proclaimed pronounced implies implied bemoans bemoaned fumed
groused barked questioned pressed echoed surmised pondered demurred bristled railed chimed scoffs
scoffed gushed fretted speculated reasoned roared growled blurted enthused deadpanned posited reckons
reckoned inquired marveled marvelled ranted protested objected volunteered ventured confided recited
theorized exhorted thundered sniped interjects opines quips demanded
""") - words("""
tell shoot shot go goes went begin begins began smile smiled read reads point points hope hopes
report reports state states note post comment promise cry answer
"""),
    tells=words("""
tell tells told inform informs informed remind reminds reminded assure assures assured asks ask
asked thank thanked thanks reassured scold scolded lectured taunted teased
"""),
    calls=words("""
call calls called describe describes described dismiss dismisses dismissed accuse accuses accused
criticize criticizes criticized criticise criticises criticised blast blasts blasted slam slams
slammed praise praises praised hail hails hailed denounce denounces denounced condemn condemns
condemned brand brands branded label labels labeled labelled dub refer refers referred characterize
characterized characterise characterised deride derided mock mocks mocked attack attacked blame
blamed decry decried find finds found rule ruled cite cites cited speak speaks spoke talk talks
talked express expresses expressed offer offered go goes went begin begins began start started use
uses used promise point points pointed read reads show shows showed order ordered accept accepted
agree agrees agreed welcome welcomed defend defended reject rejects rejected compare compared
consider considered issue issued release released publish published sign signed give gave make made
see saw want wants wanted need needs needed feel feels felt vow hope hopes demand demands
propose proposed plead pleaded pledge regard regarded report reports state states note notes comment
post answer cry know knows knew decide decided share shares shared send sent sing sang blog blogged
allege alleges alleged estimate estimated convey conveyed voice voiced deliver delivered open opened
close closed fear feared like thank thanked dubs dubbed
terms termed deems deemed put puts likens likened lauds lauded applauds applauded touts touted ripped
assails assailed bashed lambasted characterizes ridiculed hammered framed heralded referenced indicates
indicated
"""),
    saying=words("""
declaring labelling labeling dubbing branding hailing praising slamming blasting mocking dismissing
condemning confirming revealing observing remarking shouting chanting yelling concluding continuing
lamenting pleading thanking saying adding telling asking writing arguing claiming noting insisting
announcing warning explaining admitting acknowledging conceding calling describing accusing stating
tweeting suggesting quoting responding replying promising vowing citing stressing joking predicting
referring urging quoted speaking commenting complaining recalling pointing criticizing denouncing
demanding posting lambasting touting characterizing deriding ripping assailing reminding assuring
wondering proclaiming pronouncing questioning alleging pledging expressing applauding lauding reiterating
"""),
    according=words("according per"),
    adverbs=words("""
also later then further has have had once again already just simply never always often only even
still however reportedly recently earlier ever now is was been be would could will did does flatly
quickly publicly repeatedly today yesterday monday tuesday wednesday thursday friday saturday sunday
"""),
    articles=words("a an the"),
    prepositions=words("""
of for from in on at by with to about against between into over under near after before during since
as like including than via within among amid despite without
"""),
    by=words("by"),
    along=words("with"),
    clauses=words("after as before since than until"),
    quoting=words("quoted quotes quoting"),
    auxiliaries=words("""
is are was were am be been being has have had do does did will would can could should shall may might
must cannot isn aren wasn weren don doesn didn won wouldn couldn shouldn hasn haven m re ve ll gonna let
"""),
    conjunctions=words("and but or while whereas so because although though if when"),
    relatives=words("who which whom whose where"),
    subject_relatives=words("who which"),
    that=words("that"),
    spoken=words("""
accusation accusations admission advice allegation allegations announcement answer apology appeal argument
arguments assertion assertions assessment assurance assurances boast call calls campaign caution challenge
charge claim claims comment comments complaint complaints conclusion confession criticism declaration
defence defense demand demands denial denunciation description email essay explanation insistence
invitation joke jokes letter line message objection observation opinion plea pledge plan post prediction
promise promises proposal question quote quip refusal remark remarks reply report request response
retort rhetoric slogan speech statement statements suggestion talk testimony threat threats tweet tweets
verdict view views vow warning warnings wish word words
"""),
    so_called=words("""
so-called dubbed nicknamed titled entitled known called named nickname slogan word words phrase term
terms label labelled labeled aka reading reads read spelled
"""),
    titles_of_works=words("""
film movie song album book novel show series play single track magazine documentary poem episode
video game hit musical painting ballad sitcom drama memoir programme program article essay
"""),
    further=words("added adds adding continued continues concluded"),
    common=words("""
that this with from have been were will would could should their there they them what when which
about into than then more most over such some only also just like very your because after before
said says year years people
"""),
)  # fmt: skip
