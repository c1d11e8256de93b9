"""English words by which persons, organisations and roles are known."""

from digests.people.lexicon import Lexicon, words

_MALE_NAMES = words("""
aaron abdel abdul abdullah abdulrahman abraham abu adam adrian ahmad ahmed aidan akira alan albert
alberto aldo alec aleksandr alejandro alessandro alexander alexei alexey alfonso alfred alfredo ali
alistair allan allen alvaro amir amit anders andre andrea andreas andrei andres andrew andrey andriy
andy angelo angus anthony antoine anton antonio antony anwar archie ariel armando arnold arthur
arturo arun ashok ashraf asif augusto austin avigdor axel ayman barack barry bart bashar ben
benedict benjamin benny bernard bernie bertrand bill billy bjorn bob bobby boris brad bradley
brendan brent brett brian bruce bruno bryan byron callum calvin cameron carl carlos casey cesar chad
charles charlie chen chris christian christoph christophe christopher chuck clarence claude claudio
clive clyde cole colin connor conor corey craig curt curtis cyril cyrus daniel daniele danny darren
dave david dean declan denis dennis derek desmond diego dieter dietmar dimitri dirk dmitri dmitry
dmytro dominic dominique don donald doug douglas drew duncan dustin dwayne dylan eamon earl eddie
edgar eduardo edward edwin ehud elias elijah elliott emile emilio emmanuel enrico enrique eric erik
ernest ernesto esteban ethan eugene evan evgeny fabio faisal farid farouk felipe felix ferdinand
fernando fidel florian francesco francis francisco franco francois frank frankie franz fred freddie
frederick fritz gabriel gareth gary gavin gene geoff geoffrey george georges gerald gerard gerhard
gerry giorgio giovanni giulio giuseppe glen glenn gordon graeme graham grant greg gregory guillermo
gunther gus gustavo guy hamid hamish hans harald harold harrison harry harvey hasan hassan hector
helmut henri henrik henry herbert herman hiroshi hossein howard hu hugh hugo hussein ian ibrahim
idris ignacio igor imran isaac ismail israel ivan ivo jack jacob jacques jaime jake jakob jamal
james jamie jan jared jason javier jay jean jeff jeffrey jens jeremy jerome jerry jesper jesse jesus
jim jimmy joachim joao joaquin joe joel johan johann john johnny jon jonas jonathan jordan jorge
jose josef joseph josh joshua juan juergen julian julio jurgen justin kamal karim karl keith kelvin
ken kenji kenneth kenny kevin khaled khalid kim klaus kofi konstantin krishna kurt kwame kyle lance
lars larry laurent lawrence lee len leo leon leonard leonardo leopold leroy leslie lewis liam linus
lloyd lorenzo louis luca lucas luciano luigi luis luka lukas luke mahmoud malcolm malik manfred
manmohan manoj manuel marc marcel marcelo marco marcos marcus mario mariano marius mark marko markus
martin marvin masood mateo matt matteo matthew matthias maurice mauricio max maxim maximilian mehmet
michael michel miguel mike mikhail milan miles milos mitch mitchell mitt mohamed mohammad mohammed
moritz morris mostafa moussa muhammad murray mustafa mykola narendra nasser nathan nathaniel neil
nelson nicholas nick nicolas nicolae niels nigel nikita nikolai nikolas nils noah noel norman oleg
oleksandr oliver olivier omar oscar osama osman otto owen pablo paolo pascal patrick paul paulo
pavel pavlo pedro pep pete peter petr petro phil philip philippe phillip pierre pieter piotr prakash
pranab rafael rafiq rahul raj rajesh ralph ramesh ramon ramzan randy raphael rashid raul ravi ray
raymond recep reinhard rene reuven reza ricardo riccardo richard rick ricky rishi rob robert roberto
robin rodney rodrigo roger roland rolf roman romano ron ronald ronnie rory ross roy ruben rudolf
rudy rupert russell ryan said salim salman salvatore sam sami samir samuel sandro sanjay saul scott
sean sebastian serge sergei sergey sergio seth shane shaun shinzo silvio simon slobodan stanley
stefan stefano stephane stephen sergi steve steven stewart stuart sunil suresh sven syed taylor ted
terrence terry thabo theo theodore thierry thomas tim timothy tobias todd tom tomas tommy tony
travis trevor tyler tyrone ulrich umar usama vaclav valentin vernon victor vijay viktor vincent
vincenzo vishal vitali vladimir volker volodymyr walter warren wayne wei werner wesley wilhelm will
william willie wolfgang xavier xi yair yang yasser yitzhak yoav yuri yusuf yves zac zach zachary
zhang zoran binyamin didier sung kazuo takeshi shigeru kenta haruto naoki tariq walid waleed ziad
yahya younis tamer sherif
""")
_FEMALE_NAMES = words("""
abigail ada adaeze adele agnes aisha alexandra alexis alice alicia alina alison allison alyssa amal
amanda amber amelia amina amy ana anastasia angela angelina angie anita ann anna anne annette annie
antonia april ariana ashley astrid audrey aung barbara beatrice beatriz becky belinda benazir
bernadette beth bethany betsy betty beverly blanca bonnie brenda bridget brigitte brittany camila
camilla candice cara carla carly carmen carol carole caroline carolina carolyn carrie cassandra
catherine cathy cecilia celia charlene charlotte chelsea cherie cheryl chiara chloe christina
christine cindy claire clara clare claudia colleen condoleezza connie constance cora corinne
courtney cristina crystal cynthia daisy dana daniela danielle daphne dawn deborah debbie deirdre
delia denise diana diane dina dolores donna dora doris dorothy edith eileen elaine eleanor elena
elisa elisabeth elise eliza elizabeth ella ellen elsa emily emma erica erin esther eva eve evelyn
fatima fatma felicity fiona florence frances francesca frida gabriela gabriella gabrielle gail gemma
georgia georgina geraldine gina giorgia giulia gloria grace greta gwen hana hanan hannah harriet
heather hedwig heidi helen helena helene hilary hillary holly ilse imogen ines ingrid irene irina
iris irma isabel isabella isabelle ivana jacinda jackie jacqueline jane janet janice jasmine jean
jeanette jenna jennifer jenny jessica jill joan joanna joanne jodie johanna josephine joy joyce
juanita judith judy julia juliana julie juliet june kamala karen karin kate katarina katherine
kathleen kathryn kathy katie katrina katya kay kayla keiko kelly kerstin kimberly kirsten kirsty
kristen kristin kristina lara larissa laura lauren laurie leah leila lena leslie lesley leticia
lidia lily linda lindsay lindsey lisa liz lorraine louise lucia lucy luisa luz lydia lynn madeleine
madeline madonna maggie malala mandy manuela marcia margaret margarita maria mariam marianne marie
marina marion marjorie marlene marta martha martina mary maureen maya megan meghan melania melanie
melinda melissa mercedes meredith michaela michelle mila mildred mina miranda miriam mona monica
monique muriel myra nadia nancy naomi natalia natalie natasha nicola nicole nina nora norma olena
olga olivia paige pamela patricia paula pauline peggy penelope penny petra phoebe phyllis pippa
polly priscilla priya rachel ramona rania rebecca regina renata renee rhonda rita roberta rosa
rosalind rose rosemary roxanne ruth sabina sabrina sally samantha sandra sara sarah sasha selma
serena shannon sharon sheila shelly sherry shirley sian silvia simone sofia sonia sonja sophia
sophie stacey stella stephanie sue susan susana susanne suzanne svetlana sylvia tamara tania tanya
tara tatiana teresa terri tessa thandi theresa therese tiffany tina toni tracey tracy trudy ursula
valentina valerie vanessa vera veronica victoria violet virginia vivian wanda wendy whitney winnie
wislawa xiomara yasmin yoko yolanda yulia yvette yvonne zahra zainab zara zoe zuzana aminata
chiamaka ngozi folake wanjiku mei ayesha indira sonali sushma nirmala pooja deepa lakshmi anjali
kavita seema nargis shirin leyla elif
andrea ariel casey dana kim robin taylor
""")
# Words before a name that say what somebody is; some stand for the person alone ("the Minister").
_TITLES = words("""
del dj president vice vice-president prime minister premier chancellor secretary senator sen sens
representative rep reps congressman congresswoman governor gov mayor judge justice general gen
colonel col lieutenant lt major maj captain capt sergeant sgt corporal cpl private admiral commander
brigadier brigadier-general marshal officer detective inspector det superintendent constable chief
sheriff deputy ambassador envoy king queen prince princess emperor pope bishop archbishop cardinal
father fr sister reverend rev pastor rabbi imam sheikh sheik ayatollah mullah grand professor prof
doctor dr mr mrs ms miss mister messrs sir lord lady dame baroness baron count countess duke duchess
earl director chairman chairwoman chairperson chair ceo cfo spokesman spokeswoman spokesperson
manager coach attorney lawyer prosecutor solicitor commissioner speaker leader councillor councilman
councilwoman mp mla msp mep mk td candidate nominee analyst economist author actor actress singer
farmer scientist researcher executive treasurer counsel counselor strategist adviser advisor aide
democrat organizer moderator host anchor correspondent reporter columnist journalist editor
publisher producer filmmaker photographer musician rapper drummer guitarist frontman artist painter
poet novelist historian biologist astronomer astrophysicist physicist chemist engineer architect
surgeon nurse psychologist psychiatrist sociologist meteorologist conservationist activist
campaigner blogger entrepreneur businessman businesswoman billionaire developer investor trader
broker banker teammate midfielder striker defender goalkeeper forward winger skipper quarterback
pitcher golfer cyclist boxer driver rider jockey sprinter swimmer champion lawmaker legislator
delegate opposition student teacher headteacher principal pensioner resident neighbour neighbor
witness survivor passenger pilot astronaut veteran soldier fellow co-author co-founder founder owner
chef comedian comedienne supporter protester dad mum mom undersecretary under-secretary comptroller
ombudsman registrar provost dean lecturer specialist expert
""")
_HONORIFICS = words("""
mr mrs ms miss mister messrs sir dame lady lord dr doctor prof professor fr rev reverend
""")
# Others by which one may be known who is not named.
_PERSON_NOUNS = _TITLES - words("""
vice prime sen sens rep reps gov gen lt col capt sgt cpl maj det fr rev prof dr mr mrs ms messrs
miss mister sir grand private forward opposition
""") | words("""
official man woman boy girl person people child daughter son mother father brother sister husband
wife uncle aunt cousin nephew niece grandfather grandmother parent friend colleague partner boss
employee worker customer client patient victim suspect defendant plaintiff inmate prisoner detainee
immigrant migrant refugee voter citizen user reader viewer fan critic opponent rival ally insider
source guest caller commentator observer scholar academic theologian priest monk nun cleric preacher
fisherman fisher miner shopkeeper vendor merchant trader cook waiter guard sailor paramedic
firefighter policeman policewoman cop trooper ranger biographer translator secretary-general
director-general attorney-general consul-general postmaster-general
secretary general-secretary representative member head face chief leader co-chair co-leader whip
speechwriter pollster lobbyist donor fundraiser operative staffer consultant contractor auditor
accountant actuary statistician mathematician geologist seismologist climatologist ecologist
zoologist botanist paleontologist palaeontologist archaeologist anthropologist linguist
epidemiologist virologist immunologist cardiologist oncologist neurologist paediatrician
pediatrician physician clinician doctor medic midwife carer therapist counsellor negotiator mediator
diplomat statesman politician premier monarch heir commander-in-chief warlord rebel militant fighter
insurgent gunman attacker hacker programmer designer inventor innovator composer conductor pianist
violinist cellist dancer choreographer playwright screenwriter sculptor curator collector auctioneer
librarian archivist bishop vicar evangelist missionary believer worshipper pilgrim tourist traveller
traveler visitor climber hiker runner athlete player footballer cricketer batsman bowler winner
loser finalist medallist medalist referee umpire physio scout agent star legend hero veteran
narrator voice-over interviewer interviewee respondent eyewitness bystander onlooker petitioner
complainant claimant landlord tenant homeowner householder buyer seller shopper commuter motorist
trucker cyclist pedestrian operator supremo guru mogul tycoon magnate heiress socialite celebrity
presenter broadcaster personality dj disc-jockey classmate schoolmate roommate teammate housemate
flatmate co-worker counterpart predecessor successor sibling twin teen teenager toddler pensioner
widow widower fiance fiancee boyfriend girlfriend bride groom mother-of-two mother-of-three
father-of-two father-of-three grandparent relative newcomer graduate undergraduate technician
mechanic electrician plumber carpenter builder butcher baker grocer florist hairdresser barber
tailor hotelier restaurateur publican bartender novelist essayist satirist cartoonist illustrator
animator photojournalist watchman guardian trustee governor peer peeress backbencher
frontbencher loyalist hardliner moderate bureaucrat commissioner planner surveyor inspector
regulator watchdog-chief officeholder incumbent challenger frontrunner front-runner hopeful
contender running-mate surrogate spinner handler aide-de-camp attache consul protege prodigy genius
visionary pioneer explorer adventurer oceanographer glaciologist volcanologist hydrologist half
co-pilot crew crewman steward stewardess attendant dispatcher controller supervisor foreman
general-manager administrator coordinator co-ordinator organiser convener secretariat marketer
salesman saleswoman pundit
surgeon neurosurgeon impostor imposter commenter poster questioner heckler bidder backer supporter
skeptic sceptic detractor dissident defector whistle-blower whistleblower lookalike look-alike
heavyweight strongman newsman radioman anchorman showman ombudsman marksman nominee retiree
appointee attendee escapee evacuee returnee interpreter informant participant applicant
""")
_GROUP_NOUNS = words("""
operatives questioners onlookers bystanders contacts commanders survivors suspects peers rivals
presidents governors mayors owners parents officials men women people children daughters sons
friends colleagues workers employees customers clients patients victims defendants plaintiffs
prisoners migrants refugees voters citizens users readers viewers fans critics opponents allies
insiders sources observers scholars academics clerics farmers fishermen miners residents locals
villagers neighbours neighbors witnesses passengers tourists visitors protesters protestors
demonstrators activists campaigners supporters lawmakers legislators politicians leaders ministers
senators diplomats ambassadors negotiators lawyers attorneys prosecutors judges investigators
detectives officers police experts analysts economists scientists researchers doctors physicians
nurses teachers students pupils journalists reporters editors authors writers commentators
columnists historians traders investors bankers executives managers directors shareholders unions
soldiers troops fighters rebels militants generals aides advisers advisors strategists staffers
spokesmen spokespeople relatives families family members organizers organisers republicans democrats
conservatives liberals tories islamists separatists nationalists others authorities jurors
respondents players coaches musicians astronomers engineers mps commissioners regulators councillors
conservationists environmentalists
donors backers commenters bloggers pundits presenters drivers retirees veterans surgeons pollsters
bureaucrats consultants contractors hackers programmers designers technicians actors artists singers
dancers novelists poets philosophers psychologists biologists physicists chemists sociologists
pastors priests rabbis imams bishops evangelicals heavyweights loyalists boosters detractors
skeptics sceptics advocates proponents delegates nominees candidates contenders challengers
organizers volunteers commuters shoppers listeners attendees participants panelists moderators
interviewers taxpayers dissidents defectors
""")
_ORG_NOUNS = words("""
firms companies ministries groups organisations organizations campaigns newspapers outlets agencies
company firm bank government ministry agency party group union organisation organization council
court commission committee team club office department administration campaign army military
newspaper magazine website network embassy association university board paper hospital school
charity watchdog regulator authority airline station federation league institute foundation
parliament congress senate assembly panel tribunal force navy crowd audience corporation
manufacturer retailer supermarket chain operator carrier automaker carmaker bureau consulate
publisher broadcaster channel outlet daily journal tabloid think-tank tank coalition alliance
movement militia church mosque diocese kremlin pentagon band family couple pair trio side franchise
foreign-ministry jury service unit brigade taskforce syndicate secretariat directorate mission
delegation presidency palace household society trust fund exchange developer maker provider supplier
startup start-up giant body
publication
""")
_DOCUMENT_NOUNS = words("""
clip complaint bylaws complaints lawsuits reports statements signs banners tweets letters polls
ordinance account feed notice announcement report statement study letter document documents email
emails e-mail e-mails memo article editorial lawsuit survey poll indictment filing ruling post tweet
book ad advert advertisement sign resolution law bill note message headline banner poster placard
slogan transcript communique declaration charter constitution treaty manifesto petition affidavit
judgment judgement verdict brief review paper release bulletin advisory warning guidelines guidance
text caption column op-ed blog story piece passage dispatch cable log diary biography obituary song
lyrics video footage tape recording voice narrator website page site press-release motto inscription
plaque order orders photo photograph photos ads articles editorials updates
label leaflet flyer pamphlet dossier audit suit
""")
_ORG_NAMES = words("""
ministry bank university party council corp corporation inc ltd plc llc company co group union
organisation organization association commission committee court department agency institute
institution foundation federation league club fc united city-council congress parliament senate
assembly office bureau center centre college school hospital airlines airways motors electric times
post journal tribune herald guardian telegraph gazette chronicle observer independent mail globe
press news radio television tv network media police force army navy corps fund society trust board
authority administration service services church coalition alliance movement front front-line
brigade brigades team laboratory laboratories labs lab observatory museum exchange partners holdings
industries systems technologies technology software pharmaceuticals energy petroleum oil gas steel
securities capital insurance campaign house embassy nations watch international cross crescent
reserve watch treasury chamber today
chambers secretariat tribunal directorate forum initiative project programme program
""")
_PLACES = words("""
afghanistan africa albania algeria america angola argentina armenia asia athens atlanta auckland
australia austria azerbaijan baghdad bahrain baltimore bangkok bangladesh barcelona beijing beirut
belarus belfast belgium belgrade benghazi berlin birmingham bolivia bosnia boston botswana brazil
brisbane bristol britain brooklyn brussels bucharest budapest bulgaria burma cairo california
cambodia cameroon canada cardiff caracas chad chechnya chicago chile china colombia colorado congo
copenhagen crimea croatia cuba cyprus damascus darfur delaware delhi denmark donbas donbass dubai
dublin ecuador edinburgh egypt england eritrea estonia ethiopia eurasia europe fallujah
finland florida france gaza geneva georgia germany ghana glasgow greece guantanamo guatemala guinea
haiti hamburg hanoi havana hawaii helsinki hiroshima holland honduras houston hungary iceland idaho
illinois india indiana indonesia iowa iran iraq ireland israel istanbul italy jakarta jamaica japan
jerusalem johannesburg jordan kabul kansas karachi kashmir kazakhstan kentucky kenya kiev korea kosovo
kuwait kyiv kyrgyzstan laos latvia lebanon leeds liberia libya lisbon lithuania liverpool london
louisiana luxembourg lyon macedonia madrid maine malawi malaysia mali malta manchester manhattan
manila maryland massachusetts mecca melbourne mexico miami michigan milan minneapolis minnesota
mississippi missouri moldova monaco mongolia montana montreal morocco moscow mosul mozambique mumbai
munich myanmar nairobi namibia nebraska nepal netherlands nevada newcastle nicaragua niger nigeria
norway ohio oklahoma oman ontario oregon orlando osaka oslo ottawa pakistan palestine panama
paraguay paris pennsylvania perth peru philadelphia philippines phoenix pittsburgh poland portugal
prague pyongyang qatar quebec ramallah rio romania rome russia rwanda sarajevo scotland seattle
seoul serbia shanghai sheffield siberia sicily singapore slovakia slovenia somalia spain stockholm
sudan sweden switzerland sydney syria taiwan tanzania tehran tennessee texas thailand tibet tokyo
toronto tripoli tunisia turin turkey turkmenistan uganda ukraine uruguay utah uzbekistan vancouver
venezuela venice vermont vienna vietnam wales warsaw washington westminster wisconsin wyoming yemen
zagreb zambia zimbabwe zurich us usa uk u.s u.k uae eu
abuja accra alabama alaska aleppo algiers ankara antwerp arizona arkansas bahamas baku bamako barbados
basra bengaluru benin bhutan bogota bonn brasilia bratislava brunei burundi calcutta canberra cannes
chennai cologne connecticut dakar denver detroit dhaka djibouti dominica donetsk dortmund dresden durban
fiji frankfurt freetown gabon gambia gdansk gibraltar greenland guangzhou hanover harare homs hyderabad
idlib islamabad izmir jeddah juba kampala kandahar kathmandu kharkiv khartoum kherson kigali kinshasa
kolkata krakow lagos lahore lausanne lesotho liechtenstein luanda luhansk lusaka lviv maldives managua
maputo mariupol marseille mauritania mauritius mogadishu monrovia montenegro montevideo nagasaki naples
nicosia odesa odessa palermo peshawar pretoria quito rangoon reykjavik riga riyadh rotterdam samoa sanaa
santiago senegal seville seychelles skopje stuttgart suriname tajikistan tallinn tashkent tbilisi tirana
togo tonga ulaanbaatar utrecht vilnius winnipeg wuhan yerevan yokohama zaporizhzhia
""")
_DEMONYMS = words("""
afghan african albanian algerian american arab argentine armenian asian australian austrian
azerbaijani bangladeshi belgian bolivian bosnian brazilian british bulgarian burmese cambodian
canadian catalan chilean chinese christian colombian congolese croatian cuban czech danish
democratic dutch egyptian english estonian ethiopian european filipino finnish french georgian
german ghanaian greek hindu hungarian icelandic indian indonesian iranian iraqi irish islamic
israeli italian jamaican japanese jewish jordanian kashmiri kazakh kenyan korean kosovan kurdish
kuwaiti latin latvian lebanese liberian libyan lithuanian malaysian mexican moldovan mongolian
moroccan muslim nepalese nigerian norwegian pakistani palestinian peruvian polish portuguese
protestant republican romanian russian rwandan saudi scottish serbian shia shiite sikh singaporean
slovak slovenian somali spanish sudanese sunni swedish swiss syrian taiwanese tanzanian thai tibetan
tunisian turkish ugandan ukrainian uruguayan venezuelan vietnamese welsh western yemeni zimbabwean
catholic conservative liberal labour southern northern eastern south-western north-eastern soviet
tory socialist communist olympic federal
angolan azeri bahamian bahraini barbadian belarusian beninese bhutanese burundian cameroonian crimean
croat cypriot djiboutian dominican ecuadorean ecuadorian emirati fijian flemish gambian gazan guatemalan
guinean haitian hispanic honduran ivorian kosovar kyrgyz laotian macedonian malawian malian maltese
mauritanian mongol montenegrin mozambican namibian nepali nicaraguan nordic omani panamanian paraguayan
qatari salvadoran samoan scandinavian senegalese serb tajik timorese togolese turkmen uighur uyghur
uzbek zambian
""")
_CALENDAR = words("""
monday tuesday wednesday thursday friday saturday sunday january february april june july september
october november december jan feb mar apr jun jul aug sep sept oct nov dec christmas easter ramadan
thanksgiving halloween gmt bst est edt am pm
""")
# Words that begin a sentence with a capital and are no part of a name.
_FUNCTION = words("""
a about above according across actually add added adding additionally after afterwards again against
ago all almost alongside already also although always amid among an and another any anyone anything
apart are as aside ask asked asking at away back based be because been before behind being believe
below beneath beside besides between beyond both but by call called calling can citing clearly come
commenting compared concerning could critics despite did do does doing don't down due during each
earlier either else elsewhere especially even eventually every everybody everyone everything except
few finally following for former formerly from further furthermore generally get give given go had
half has have having he her here hers herself him himself his how however i i'm i've i'd i'll if in
including indeed inside instead into is it it's its itself just later let like likewise make many
maybe me meanwhile might more moreover most much must my myself near nearly neither never
nevertheless no nobody none nonetheless nor not nothing now of off often ok on once only or other
others otherwise our out outside over overall per perhaps please previously quite quoting rather
really recent recently responding same says several she should similarly since six so some somebody
someone something sometimes soon speaking still such suddenly surely ten than thank thanks that
that's the their them themselves then there there's therefore these they they're this those though
three through throughout thus till to today together tomorrow tonight too toward towards under
unless unlike until up upon us using usually very via want was we we're we've well were what what's
whatever when whenever whilst where whereas wherever whether which while who who's whoever whom whose why
will with within without would yes yesterday yet you you're your said told wrote saying writing four
five eight nine dozens hundreds thousands millions dear hello hi read related photo image video
bonus advertisement watch share updated published editor's see source continue click pressed
addressing referring turning born founded located opened released no. yeah oh sure right okay nope
""")

_SPEECH = words("""
found concluded called described accused criticised criticized praised read reads chanted shouted
yelled confirmed said says say told tells tell added adds asked asks wrote writes warned explained
explains tweeted argued argues noted notes insisted claimed claims replied stated announced declared
recalled joked quipped according
""")


ENGLISH = Lexicon(
    male_names=_MALE_NAMES,
    female_names=_FEMALE_NAMES,
    titles=_TITLES,
    honorifics=_HONORIFICS,
    male_words=words("""
mr sir lord king prince mister fr father duke earl baron congressman chairman spokesman businessman
councilman actor husband son brother uncle nephew grandfather boy man dad widower policeman salesman
fisherman boyfriend groom cameraman statesman frontman batsman pope bishop imam rabbi monk priest
messrs
"""),
    female_words=words("""
mrs ms miss lady dame queen princess baroness countess duchess congresswoman chairwoman spokeswoman
businesswoman councilwoman actress wife daughter sister aunt niece grandmother girl woman mum mom
mother widow policewoman heiress girlfriend bride nun comedienne midwife stewardess saleswoman
waitress
"""),
    person_nouns=_PERSON_NOUNS,
    group_nouns=_GROUP_NOUNS,
    org_nouns=_ORG_NOUNS,
    document_nouns=_DOCUMENT_NOUNS,
    org_names=_ORG_NAMES,
    work_nouns=words("""
film movie album song novel musical sitcom drama comedy documentary thriller blockbuster sequel single
track bestseller memoir opera ballet painting sculpture videogame soap western biopic
"""),
    making=words("directed written composed produced painted sung penned recorded"),
    places=_PLACES,
    demonyms=_DEMONYMS,
    months=words("march may august"),
    calendar=_CALENDAR,
    function=_FUNCTION | {word.replace("'", "’") for word in _FUNCTION},
    bare_nouns=words("police parliament congress"),
    openers=words("""
new next first second third people own great good long one two seven best free open big human
national young real green red black white blue early late public made part last final private local
social general small high special common full old west east north south global world
"""),
    adjectives=words("""
senior former local top military medical federal police family school government industry security
law-enforcement intelligence state city city-state county university company union army court
white-house foreign defence defense health campaign party trade opposition independent young other
government-run rescue aid legal financial political religious environmental civil rights anti-war
pro-democracy western national provincial regional municipal election emergency hospital prison
border airport railway
"""),
    determiners=words("""
the a an one another some his her their its our my this that these those two three four five several
many most both no any each every few other
"""),
    inside=words("""
former outside same recent earlier most more very further ten four five six eight nine once other own
"""),
    adjective_endings=("ed", "al", "ous", "ic", "ive", "ful", "less", "-old", "ing", "able", "ish"),
    somebody=words("another others some one most many both several someone somebody everyone everybody"),
    several=words("two three four five other pair duo former latter"),
    negatives=words("no this that every which any each last first only"),
    nobody=words("""
he she they it i i'm you we who what when where and or but the a an in on at by with to as is was are
were be been had has have did does says said told wrote asked that this his her its their my our your
if so not all then also there here
"""),
    shares=words("percent % per-cent pct"),
    prepositions=words("""
of for from in on at by with to about against between into over under near after before during since
as like including than via without within among behind who whose which that where when
"""),
    particles=words("""
de da di du dos das des van von der den del della la le al el ul ad bin ibn abu ben bint y e zu zur
ter ten af av
"""),
    joiners=words("of for and on &"),
    of_titles=words("""
secretary minister chief director speaker president prince duke attorney archbishop bishop governor
head chair leader under-secretary undersecretary earl duchess princess king queen mayor
"""),
    after_general=words("assembly election hospital"),
    place_openings=words("""
new south north east west saint st san los las saudi great northern hong el sri puerto united costa
cape fort mount lake
"""),
    speech=_SPEECH,
    uttering=_SPEECH
    | words("""
answered continued continues responded responds wondered concluded concludes acknowledged acknowledges
admitted admits conceded concedes complained complains suggested suggests predicted predicts urged
urges remarked observed countered testified lamented cried exclaimed posted retweeted commented
boasted asserted asserts contended contends maintained maintains reiterated stressed emphasized
emphasised cautioned recommended advised affirmed alleged alleges write tweet argue think thinks
thought believe believes believed wants feel feels felt hinted vowed pledged promised demanded mused
sighed screamed opined whispered warn insist complain responding interjected cautions describes
dubbed gushed denied denies blasted slammed mocked joking
"""),
    doing=words("by as"),
    having=words("has have had also then later"),
    articles=words("the a an now then"),
    of_words=words("of for from at with in"),
    degrees=words("phd md qc kc mp msp mbe obe"),
    belonging=words("of from at"),
    who=words("who which whose that"),
    which=words("which"),
    holding=words("""
runs run heads headed leads led chairs chaired directs manages managed coordinates coordinated
oversees oversaw represents represented teaches studies studied edits founded owns owned works worked
coaches coached commands commanded follows plays played advises advised serves served
"""),
    is_words=words("is was"),
    role_ends=words("representing leading based working and while whilst though but"),
    role_suffixes=("ologist", "woman", "person", "keeper", "maker", "grower"),
    auxiliaries=words("""
is are was were be been being am has have had will would could can cannot may might must shall should
do does did isn't wasn't aren't weren't hasn't haven't hadn't won't wouldn't couldn't can't doesn't
don't didn't isn’t wasn’t aren’t weren’t hasn’t haven’t hadn’t won’t wouldn’t couldn’t can’t doesn’t
don’t didn’t
"""),
    before_verbs=words("""
to will would could can cannot may might must shall should not didn't don't doesn't won't couldn't
wouldn't didn’t don’t doesn’t won’t couldn’t wouldn’t did does do helped help let
"""),
    also_verbs=words("""
count star guard force trust cook coach head pilot host judge guide nurse partner champion rival face
voice doctor minister police man fund counsel broker trade
"""),
    pasts=words("""
led set took made gave won lost ran saw held became began spoke kept told went came got left met put
sent sold spent stood thought wrote beat bought brought built caught chose drew drove fell felt
fought found grew heard knew laid lay paid rose sat shot showed shown shows struck swept threw wore
taken given seen
"""),
    past_endings=("ed",),
    linked=words("based born old led backed run owned funded educated trained raised bred"),
    participles=words("""
retired convicted disgraced suspended indicted embattled appointed elected deposed ousted exiled
detained jailed accused acclaimed renowned celebrated noted respected distinguished decorated
undecided unelected undefeated seasoned experienced skilled trained qualified registered certified
chartered licensed united unidentified unnamed named alleged supposed reputed beloved bereaved
divorced married engaged adopted displaced disabled injured wounded wanted expelled defeated
sacked fired red need seed shed bed speed breed feed creed armed unarmed masked hooded
veiled bearded talented gifted dedicated devoted committed devolved reformed infamous fabled storied
proposed nominated designated incoming outgoing unopposed connected disgruntled
"""),
    still=words("also now currently still already himself herself today once then"),
    praise=words("""
hero legend star genius visionary man woman boy girl person people child son daughter mother father
parent brother sister friend fan critic opponent ally rival loser winner favourite favorite face voice
half victim suspect celebrity believer supporter user reader viewer visitor guest stranger member one
head figure name character successor predecessor counterpart teenager teen toddler youngster
contender challenger frontrunner front-runner hopeful underdog candidate nominee partner survivor
witness source insider leader chief boss personality great good bad nice proud stiff true real total strong
terrible brilliant wonderful poor big lovely
"""),
    leading=words("the a an now then another one some his her their its our my this that these those"),
    once=words("former outside"),
    borne=words("""
king bishop judge prince dean duke earl marshal major pope cardinal sheriff constable father singer
painter driver rider farmer fellow champion winger forward pitcher nurse skipper coach broker banker
boxer author priest lord provost
"""),
    below=words("vice vice-president deputy assistant acting associate former ex"),
    abbreviated=words("""
sen sens rep reps gov gen col lt maj capt sgt cpl det prof dr fr rev st jr sr mr mrs ms hon
"""),
    quoting=words("quoted quotes quoting"),
    male_pronouns=words("he him his himself"),
    female_pronouns=words("she her hers herself"),
    plural_pronouns=words("they them their themselves"),
    thing_pronouns=words("it its itself"),
    subject_pronouns=words("he she they it"),
)  # fmt: skip
