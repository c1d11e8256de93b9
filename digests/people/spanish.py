"""Spanish words by which persons, organisations and roles are known."""

from dataclasses import replace

from digests.people.english import ENGLISH
from digests.people.lexicon import words

_TITLES = words("""
presidente presidenta vicepresidente vicepresidenta ministro ministra alcalde alcaldesa gobernador
gobernadora senador senadora diputado diputada juez jueza fiscal general coronel capitán capitana
teniente rey reina príncipe princesa papa obispo arzobispo cardenal padre profesor profesora doctor
doctora señor señora don doña sr sra dr dra director directora entrenador entrenadora abogado
abogada portavoz secretario secretaria consejero consejera concejal líder candidato candidata
economista escritor escritora actor actriz cantante periodista médico médica delantero defensa
portero jugador jugadora agricultor agricultora embajador embajadora canciller jefe jefa empresario
empresaria
""")
_FEMALE = words("""
presidenta vicepresidenta ministra alcaldesa gobernadora senadora diputada jueza coronela capitana
reina princesa profesora doctora señora doña sra dra directora entrenadora abogada consejera
candidata escritora actriz médica jugadora agricultora embajadora jefa empresaria mujer madre hija
hermana niña vecina
""")

_SPEECH = words("""
dijo dice afirmó aseguró señaló explicó declaró añadió agregó indicó respondió preguntó contó
""")

SPANISH = replace(
    ENGLISH,  # names of persons and places are much the same
    male_names=ENGLISH.male_names | words("""
andrés tomás josé jesús iván raúl joaquín germán adrián julián sebastián nicolás óscar rubén ramón
césar ángel álvaro víctor martín agustín
"""),
    female_names=ENGLISH.female_names | words("""
lucía maría sofía pilar carmen rosa inés belén concepción dolores mercedes ángela mónica verónica
raquel noelia rocío
"""),
    titles=_TITLES,
    honorifics=words("señor señora don doña sr sra dr dra doctor doctora padre"),
    male_words=words("""
señor don sr rey príncipe padre hombre hijo hermano niño vecino
""") | (_TITLES - _FEMALE),
    female_words=_FEMALE,
    person_nouns=_TITLES | words("""
hombre mujer testigo vecino vecina funcionario funcionaria experto experta analista investigador
investigadora agente policía víctima padre madre hijo hija hermano hermana trabajador trabajadora
estudiante
""") - words("don doña sr sra dr dra general"),
    group_nouns=words("""
funcionarios vecinos testigos expertos analistas fuentes autoridades investigadores trabajadores
familiares manifestantes científicos médicos agricultores padres
"""),
    org_nouns=words("""
empresa compañía gobierno ministerio banco partido sindicato organización policía ejército
asociación universidad ayuntamiento tribunal comisión consejo
"""),
    document_nouns=words("""
informe comunicado carta documento sentencia estudio nota texto encuesta mensaje
"""),
    org_names=ENGLISH.org_names | words("""
ministerio banco universidad partido consejo comisión asociación federación tribunal ayuntamiento
gobierno policía club unión instituto fundación
"""),
    work_nouns=words("película novela canción álbum disco serie obra"),
    making=words("dirigida dirigido escrita escrito compuesta compuesto"),
    demonyms=frozenset(),
    months=frozenset(),
    calendar=words("""
lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio
agosto septiembre octubre noviembre diciembre
"""),
    function=words("""
el la los las un una unos unas y e o u pero que de del en con a al para por sobre entre desde hasta
sin contra ante tras durante como según cuando mientras aunque porque si no se su sus este esta
estos estas ese esa esto eso lo le les me nos mi mis tu yo nosotros ellos ellas él ella todo todos
toda todas muy más menos ya también además así entonces hoy ayer mañana fue es era son ha han había
hay esperamos dijo
"""),
    openers=words("nuevo nueva gran primer primera san santa"),
    adjectives=frozenset(),
    determiners=words("""
el la los las un una unos unas su sus este esta estos estas otro otra varios varias dos tres
"""),
    inside=frozenset(),
    adjective_endings=(),
    somebody=words("otro otra otros otras algunos algunas muchos muchas varios varias alguien"),
    several=words("dos tres"),
    negatives=frozenset(),
    nobody=frozenset(),
    shares=frozenset(),
    prepositions=words("""
de del en con a al para por sobre entre desde hasta sin contra ante tras durante como que quien
"""),
    particles=words("de del la las los y e"),
    joiners=words("de del y"),
    of_titles=words("""
ministro ministra secretario secretaria presidente presidenta jefe jefa director directora
"""),
    after_general=frozenset(),
    place_openings=words("nueva san santa buenos puerto costa el"),
    speech=_SPEECH,
    uttering=_SPEECH,
    doing=words("por"),
    having=words("también"),
    articles=words("el la los las un una"),
    of_words=words("de del para en"),
    belonging=words("de del"),
    who=words("que quien"),
    which=frozenset(),
    holding=words("dirige dirigió preside encabeza representa trabaja"),
    is_words=words("es era fue"),
    role_ends=words("y"),
    role_suffixes=("ólogo", "óloga", "ista"),
    auxiliaries=words("es era fue son fueron ha han había será serían está estaba"),
    before_verbs=frozenset(),
    also_verbs=frozenset(),
    pasts=frozenset(),
    past_endings=("aron", "ieron"),
    linked=frozenset(),
    participles=frozenset(),
    still=words("también ahora todavía actualmente"),
    praise=words("hombre mujer hijo hija padre madre hermano hermana víctima testigo vecino vecina"),
    leading=words("el la los las un una su sus otro otra"),
    once=frozenset(),
    borne=frozenset(),
    below=words("vice vicepresidente vicepresidenta adjunto adjunta exministro"),
    abbreviated=words("sr sra dr dra"),
    quoting=frozenset(),
    male_pronouns=words("él"),
    female_pronouns=words("ella"),
    plural_pronouns=words("ellos ellas"),
    thing_pronouns=words("ello"),
    subject_pronouns=words("él ella ellos ellas"),
)  # fmt: skip
