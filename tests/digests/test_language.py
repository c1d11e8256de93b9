"""A text's language shows in its script and its commonest words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.language import language_of

# ruff: noqa: E501
TEXTS = {
    "en": "The council said on Monday that the bridge over the river will not be built before next year, and that it has the money for it.",
    "de": "Der Rat hat am Montag beschlossen, dass die Brücke über den Fluss erst im nächsten Jahr gebaut wird, sagte eine Sprecherin der Stadt.",
    "fr": "Le conseil a décidé lundi que le pont sur la rivière ne sera pas construit avant l’année prochaine, a dit une porte-parole de la ville.",
    "es": "El consejo decidió el lunes que el puente sobre el río no se construirá hasta el año que viene, dijo una portavoz de la ciudad.",
    "it": "Il consiglio ha deciso lunedì che il ponte sul fiume non sarà costruito prima del prossimo anno, ha detto una portavoce della città.",
    "pt": "O conselho decidiu na segunda-feira que a ponte sobre o rio não será construída antes do próximo ano, disse uma porta-voz da cidade.",
    "nl": "De raad heeft maandag besloten dat de brug over de rivier pas volgend jaar wordt gebouwd, zei een woordvoerster van de stad.",
    "pl": "Rada zdecydowała w poniedziałek, że most przez rzekę zostanie zbudowany dopiero w przyszłym roku, powiedziała rzeczniczka, ale nie tylko ona.",
    "uk": "Рада вирішила в понеділок, що міст через річку збудують лише наступного року, сказала речниця міста, яка також додала, що гроші вже є і їх досить.",
    "ru": "Совет решил в понедельник, что мост через реку построят только в следующем году, сказала представительница города, и это уже не первый раз, когда так было.",
    "el": "Το συμβούλιο αποφάσισε τη Δευτέρα ότι η γέφυρα δεν θα χτιστεί πριν από το επόμενο έτος.",
    "ja": "市議会は月曜日、川に架かる橋は来年まで建設しないと決めた。",
    "zh": "市议会周一决定，河上的桥要到明年才会建造。",
    "ko": "시의회는 월요일에 다리를 내년까지 짓지 않기로 결정했다.",
    "ar": "قرر المجلس يوم الاثنين أن الجسر لن يبنى قبل العام المقبل.",
    "he": "המועצה החליטה ביום שני שהגשר לא ייבנה לפני השנה הבאה.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_language_is_told(language):
    assert language_of(TEXTS[language]) == language


@pytest.mark.parametrize("text", ["", "Oslo", "12 345 678", "la la la la", "Lorem ipsum"])
def test_language_that_does_not_show_is_none(text):
    assert language_of(text) is None


@given(st.text(max_size=300))
def test_any_text_has_a_language_or_none(text):
    language = language_of(text)

    assert language is None or len(language) == 2
