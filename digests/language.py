"""A text becomes the name of its language, by its script and its commonest words.

Written because a feed's own word is often wrong (a blog program's "en-US") and decides which words introduce
speech. Chosen over py3langid (85 MB and 0.6 s a process) and lingua (larger): news texts are long, and for
long texts the commonest words are enough.
"""

import re
from collections import defaultdict

_LOOKED_AT = 4_000  # signs
_LEAST_WORDS = 20
_LEAST_WORTH = 0.06  # a word: in running text a third or more are among a language's commonest
_LEAD = 1.1  # times the worth of the next language

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = (  # the language that alone, or nearly, writes so
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("fa", re.compile(r"[\u067e\u0686\u0698\u06af\u06cc]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("bn", re.compile(r"[\u0980-\u09ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("ka", re.compile(r"[\u10a0-\u10ff]")),
    ("hy", re.compile(r"[\u0530-\u058f]")),
)
_SCRIPT_SHARE = 0.2  # of the letters
_KANA_SHARE = 0.05  # Japanese is mostly kanji

_COMMON = {
    "en": (
        "the of and to in a is that for it as was with be by on not he his but at are this have from or had "
        "an they which you were her all she there would their we him been has when who will more no if out "
        "so said what up its about into than them can only other new some could time these two may then do "
        "first any my now such like our over"
    ),
    "de": (
        "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden "
        "aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur "
        "oder aber vor zur bis mehr durch man sein wurde sei kann gegen vom können schon wenn habe seine "
        "ihre dann unter wir soll"
    ),
    "fr": (
        "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec "
        "son aux cette mais comme ou ont été elle sa leur ses fait être nous y même aussi deux entre après "
        "où sans tout ces dont lui vous était avait bien si contre encore leurs"
    ),
    "es": (
        "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me "
        "si sin sobre este ya entre cuando todo esta ser son dos también fue había era muy años hasta desde "
        "está mi porque qué sólo han yo hay vez puede todos así nos ni parte tiene él uno donde"
    ),
    "it": (
        "di e il la che in a per un è del non una i della con si le da al dei sono come nel alla ha lo gli "
        "delle più su anche ma dal se ad nella o dalla degli questo essere suo ed stato due ai loro questa "
        "cui tra sul hanno anni dopo era quando molto ancora così chi ci tutti contro"
    ),
    "pt": (
        "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das "
        "tem à seu sua ou ser quando muito há nos já está eu também só pelo pela até isso ela entre era "
        "depois sem mesmo aos ter seus quem nas me esse eles estão você tinha foram"
    ),
    "nl": (
        "de van het een en in is dat op te zijn met voor niet aan er die om ook als maar door bij of uit "
        "naar dan nog wordt hij heeft werd ze over tot worden was meer had hun deze wel geen zich wat al we "
        "kan jaar zo onder hebben tegen na veel moet zou haar omdat dit"
    ),
    "sv": (
        "och i att det som en på är av för med till den har de inte om ett han men var sig från vi så kan "
        "man när år säger hon under också efter eller nu sin där vid mot ska skulle kommer ut får finns "
        "vara hade alla andra mycket än över"
    ),
    "da": (
        "og i at det er en til på som for med af de den der har ikke om et han var men sig fra vi så kan "
        "man når år siger hun også efter eller nu sin hvor ved mod skal ville kommer ud får være havde alle "
        "andre meget end over bliver blev"
    ),
    "no": (
        "og i det er på som en til å for at med av har de den ikke om et han var men seg fra vi så kan man "
        "når år sier hun også etter eller nå sin hvor ved mot skal ville kommer ut får være hadde alle "
        "andre mye enn over blir ble"
    ),
    "fi": (
        "ja on ei että se oli hän mutta ovat kun myös joka mukaan sen niin kuin tai jo vain ole siitä ollut "
        "voi jos mitä hänen olisi nyt sitä vielä ne enemmän he tämä kuitenkin jälkeen kanssa"
    ),
    "pl": (
        "w i na z się do nie że to jest o jak a po co tak za od jego ale przez dla czy już by był są tym "
        "może być który tylko oraz także przed jej które więcej ich roku ze została pod jako było między"
    ),
    "cs": (
        "a v se na je že z s o do to i ve za jako by jsou pro po ale který které tak od si podle jeho však "
        "byl už jen také při před mezi bude této může nebo jejich více"
    ),
    "sk": (
        "a v sa na je že z s o do to aj vo za ako by sú pre po ale ktorý ktoré tak od si podľa jeho však "
        "bol už len tiež pri pred medzi bude môže alebo ich viac"
    ),
    "hu": (
        "a az és hogy nem is egy ez volt meg de csak már ha mint még azt el vagy lehet ki kell sem most "
        "után aki több fel minden van szerint lesz pedig"
    ),
    "ro": (
        "de și în a la cu pe că nu din o este un să mai pentru care se ce al au fost sau lui prin după dar "
        "fi ca ale sunt cei între până ar cum era acest această"
    ),
    "tr": (
        "ve bir bu için de da ile olarak çok daha en olan gibi kadar sonra ne ise ya var ama o her göre "
        "olduğu oldu ancak tarafından büyük yeni değil üzerinde dedi"
    ),
    "hr": (
        "i u je se na da su za od s a o kako što ne koji koja koje bi ali iz do će nije bio kao više po "
        "samo već ili još nakon prema između"
    ),
    "ca": (
        "de la i el que a en els les un una per amb és del no es al com més seva dels ha han però pel entre "
        "també sobre aquest aquesta van tot fins"
    ),
    "id": (
        "yang dan di ini untuk dengan dari pada tidak dalam itu akan juga ke oleh ada karena mereka telah "
        "bisa sebagai saat kata adalah sudah lebih tersebut para"
    ),
    "vi": (
        "và của là các trong có được cho không một người những với này đã từ khi đến cũng về ra năm để tại "
        "nhiều sẽ vào"
    ),
    "ru": (
        "и в не на что с он как это по но из у за от то все так его же для о бы был она мы они к до вы или "
        "если уже когда после при году также который которые были будет где"
    ),
    "uk": (
        "і в не на що з він як це по але із у за від то все так його ж для про би був вона ми вони до та чи "
        "якщо вже коли після при року також який які були буде де й зі"
    ),
    "bg": (
        "и в не на че с той как това по но от за то всички така му като се да са е беше тя ние те до или "
        "ако вече когато след през също който които бяха ще"
    ),
    "be": (
        "і ў не на што з ён як гэта па але у за ад то ўсе так яго ж для пра быў яна мы яны да ці калі ўжо "
        "пасля таксама які якія былі будзе дзе"
    ),
    "sr": (
        "и у је се на да су за од с а о како што не који која које би али из до ће није био као више по "
        "само већ или још након"
    ),
}


def _worth() -> dict[str, tuple[tuple[str, float], ...]]:
    """Return for each word the languages that have it, and its worth to each: less, the more they are."""
    languages: dict[str, list[str]] = {}
    for code, words in _COMMON.items():
        for word in words.split():
            languages.setdefault(word, []).append(code)
    return {word: tuple((code, 1 / len(codes)) for code in codes) for word, codes in languages.items()}


_WORTH = _worth()


def language_of(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of `text`, or None where that is not clear."""
    looked_at = text[:_LOOKED_AT].lower()
    words = _WORD.findall(looked_at)
    letters = sum(map(len, words))
    by_script = _by_script(looked_at, letters)
    return by_script or _by_words(words)


def _by_script(text: str, letters: int) -> str | None:
    for code, script in _SCRIPTS:
        share = _KANA_SHARE if code in ("ja", "fa") else _SCRIPT_SHARE
        if letters and len(script.findall(text)) > share * letters:
            return code
    return None


def _by_words(words: list[str]) -> str | None:
    if len(words) < _LEAST_WORDS:
        return None
    found: dict[str, float] = defaultdict(float)
    for word in words:
        for code, worth in _WORTH.get(word, ()):
            found[code] += worth
    ranked = sorted(found.items(), key=lambda pair: -pair[1])
    (first, worth), (_, next_worth) = [*ranked[:2], ("", 0.0), ("", 0.0)][:2]
    return first if worth >= _LEAST_WORTH * len(words) and worth >= _LEAD * next_worth else None
