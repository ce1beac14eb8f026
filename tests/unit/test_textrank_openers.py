"""Which first words point back at the sentence before."""

import pytest

from sitegen.textrank import is_dangling
from sitegen.textrank.openers import (
    CONNECTIVES,
    PRONOUNS,
    UNSPACED_CONNECTIVES,
    UNSPACED_PRONOUNS,
    Pointing,
    pointing,
)

DANGLING_OR_NOT = {
    "ar": ("هذا القرار يسري غدا.", "القرار يسري غدا."),
    "bg": ("Тя отвори пекарната рано.", "Пекарната отвори рано."),
    "bn": ("তিনি সকালে দোকান খোলেন।", "দোকান সকালে খোলে।"),
    "ca": ("Aquesta farina és cara.", "Farina nova arriba avui."),
    "cs": ("Ona otevřela pekárnu.", "Pekárna otevřela brzy."),
    "da": ("Hun åbnede bageriet.", "Bageriet åbnede tidligt."),
    "de": ("Sie öffnete die Bäckerei.", "Das Dorf öffnete die Bäckerei."),
    "el": ("Αυτή άνοιξε τον φούρνο.", "Ο φούρνος άνοιξε νωρίς."),
    "en": ("She opened the bakery.", "The bakery opened early."),
    "es": ("Ella abrió la panadería.", "La panadería abrió pronto."),
    "fa": ("او نانوایی را باز کرد.", "نانوایی زود باز شد."),
    "fi": ("Hän avasi leipomon.", "Leipomo avattiin aikaisin."),
    "fr": ("Elle a ouvert la boulangerie.", "La boulangerie a ouvert tôt."),
    "he": ("היא פתחה את המאפייה.", "המאפייה נפתחה מוקדם."),
    "hi": ("उसके पास एक दुकान है।", "दुकान सुबह खुली।"),
    "hu": ("Ő nyitotta a pékséget.", "A pékség korán nyitott."),
    "id": ("Mereka membuka toko roti.", "Toko roti buka pagi."),
    "it": ("Questa farina costa molto.", "La farina costa molto."),
    "ja": ("彼女は店を開いた。", "店は早く開いた。"),
    "nl": ("Zij opende de bakkerij.", "De bakkerij ging vroeg open."),
    "no": ("Hun åpnet bakeriet.", "Bakeriet åpnet tidlig."),
    "pl": ("Ona otworzyła piekarnię.", "Piekarnia otworzyła się wcześnie."),
    "pt": ("Ela abriu a padaria.", "A padaria abriu cedo."),
    "ro": ("Ea a deschis brutăria.", "Brutăria s-a deschis devreme."),
    "ru": ("Она открыла пекарню.", "Пекарня открылась рано."),
    "sv": ("Hon öppnade bageriet.", "Bageriet öppnade tidigt."),
    "th": ("เธอเปิดร้านตอนเช้า", "ร้านเปิดตอนเช้า"),
    "tr": ("Bunlar fırında pişer.", "Ekmekler fırında pişer."),
    "uk": ("Вона відкрила пекарню.", "Пекарня відкрилася рано."),
    "vi": ("Họ mở tiệm bánh.", "Tiệm bánh mở sớm."),
    "zh": ("她早上开店。", "店早上开门。"),
}


@pytest.mark.parametrize("code", sorted({*PRONOUNS, *UNSPACED_PRONOUNS}))
def test_a_pronoun_dangles_and_a_noun_does_not(code: str) -> None:
    dangling, standing = DANGLING_OR_NOT[code]
    assert pointing(dangling, code) is Pointing.PRONOUN
    assert is_dangling(dangling, code)
    assert not is_dangling(standing, code)


@pytest.mark.parametrize("code", sorted(CONNECTIVES))
def test_each_connective_is_told_from_a_pronoun(code: str) -> None:
    words = CONNECTIVES[code].split()
    found = {word: pointing(f"{word.capitalize()} x y.", code) for word in words}
    assert set(found.values()) == {Pointing.CONNECTIVE}, found
    assert not set(words) & set(PRONOUNS.get(code, "").split())


@pytest.mark.parametrize("code", sorted(UNSPACED_CONNECTIVES))
def test_each_connective_is_found_where_no_space_follows_it(code: str) -> None:
    for word in UNSPACED_CONNECTIVES[code].split():
        assert pointing(f"{word}店", code) is Pointing.CONNECTIVE, word


@pytest.mark.parametrize(
    "sentence",
    [
        "HE LEFT.",
        "he left.",
        "“He left,” she said.",
        '"He left."',
        "(He left.)",
        "[He left.]",
        "— He left.",
        "- He left.",
        "‘This’ is it.",
        "This, he said, is it.",
        "These: bread and salt.",
        "However, it rained.",
        "  He left.",
        "He",
        "It.",
    ],
)
def test_case_quotes_brackets_and_marks_do_not_hide_the_word(sentence: str) -> None:
    assert is_dangling(sentence, "en")


@pytest.mark.parametrize(
    "sentence", ["It's a start.", "It’s a start.", "They’ve left.", "That's all.", "He'd know."]
)
def test_a_pronoun_with_its_verb_drawn_together_dangles(sentence: str) -> None:
    assert is_dangling(sentence, "en")


@pytest.mark.parametrize(
    ("sentence", "tag"),
    [
        ("« Elle est partie. »", "fr"),
        ("«\u00a0Elle est partie.\u00a0»", "fr"),
        ("„Sie ging“, sagte er.", "de"),
        ("「彼女は行った」", "ja"),
        ("「她走了」", "zh"),
        ("ELLE EST PARTIE.", "fr-CA"),
        ("Αυτό άνοιξε.", "el"),
        ("Él salió.", "es-MX"),
        ("Şu ev eski.", "tr"),
    ],
)
def test_quotes_of_other_languages_and_regions_do_not_hide_the_word(
    sentence: str, tag: str
) -> None:
    assert is_dangling(sentence, tag)


@pytest.mark.parametrize("sentence", ["¡Esto es pan!", "¿Ella vino?", "—¿Eso?, dijo."])
def test_spanish_opening_marks_do_not_hide_the_word(sentence: str) -> None:
    assert is_dangling(sentence, "es")


@pytest.mark.parametrize("sentence", ["Celui-ci part.", "Celle-là reste.", "Lui-même part."])
def test_a_french_pronoun_with_a_particle_dangles(sentence: str) -> None:
    assert is_dangling(sentence, "fr")


@pytest.mark.parametrize(
    "sentence", ["Hebrides lie north.", "Item one.", "Butter melts.", "Sofia won.", "", "   ", "“”"]
)
def test_a_word_that_only_begins_like_one_does_not_dangle(sentence: str) -> None:
    assert not is_dangling(sentence, "en")


@pytest.mark.parametrize("tag", ["cy", "tlh", "", "xx-Latn"])
def test_nothing_dangles_in_a_language_without_a_row(tag: str) -> None:
    assert not is_dangling("He left.", tag)
