"""Spanish: marks, cues, and the small words between them."""

from dataclasses import replace

from digests.facts.quotes.english import ENGLISH
from digests.facts.quotes.language import words

SPANISH = replace(
    ENGLISH,  # the same marks
    says=words("""
dijo dice dicho afirmó afirma aseguró asegura señaló señala explicó explica declaró declara añadió
añade agregó agrega indicó indica manifestó sostuvo sostiene comentó comenta respondió responde
contestó preguntó pregunta reconoció reconoce admitió admite advirtió advierte insistió insiste
subrayó subraya recordó recuerda contó cuenta relató escribió escribe anunció anuncia confirmó
confirma negó niega concluyó lamentó lamenta reiteró replicó exclamó gritó precisó destacó expresó
apuntó
"""),
    tells=words("informó avisó pidió"),
    calls=words("""
calificó califica llamó llama describió describe acusó acusa criticó critica tachó tildó consideró
considera habló habla defendió denunció denuncia celebró rechazó
"""),
    saying=words("""
diciendo afirmando asegurando añadiendo explicando señalando declarando advirtiendo recordando
preguntando respondiendo
"""),
    according=words("según"),
    adverbs=words("""
también después luego ayer hoy ha han había además entonces ya no sí solo aún todavía
"""),
    articles=words("el la los las un una unos unas"),
    prepositions=words("""
de del en con a al para por sobre entre desde hasta sin contra ante tras durante como
"""),
    by=words("por"),
    along=words("con"),
    clauses=words("desde hasta según tras"),
    quoting=frozenset(),
    auxiliaries=words("""
es son era eran fue fueron ser está están ha han hay he hemos vamos voy puede pueden debe
"""),
    conjunctions=words("y e o u pero mientras aunque porque cuando si sino"),
    relatives=words("quien quienes cual"),
    subject_relatives=words("quien quienes"),
    that=words("que"),
    spoken=words("promesa advertencia declaración respuesta acusación afirmación amenaza discurso mensaje"),
    so_called=words("""
llamado llamada llamados llamadas denominado denominada titulado titulada apodado apodada conocido
conocida palabra palabras lema
"""),
    titles_of_works=words("""
película libro canción novela disco obra serie álbum revista documental poema cuadro programa
videojuego
"""),
    further=words("añadió añade agregó agrega añadiendo concluyó"),
    common=words("""
para como pero este esta estos estas desde hasta sobre entre cuando donde porque también según dijo
años personas todo toda todos todas están sido será sería había tiene tienen puede pueden muy más
"""),
)  # fmt: skip
