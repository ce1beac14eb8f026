"""Sentences end where a reader ends them, in every language; no text breaks the splitter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.textrank.segment import sentence_spans
from sitegen.textrank.segment.abbreviations import ABBREVIATIONS
from sitegen.textrank.segment.language import language_of
from sitegen.textrank.segment.words import Kind

ENGLISH = [
    # Plain ends.
    ["The train left.", "Nobody waved."],
    ["Was it late?", "It was!", "We ran."],
    ["You did what?!", "Stop it!!!", "Fine."],
    ["The shop shut in 1998.", "It never opened again."],
    ["Snow fell all night.", "17 roads were closed."],
    ["The fee was $5.", "$3 came back."],
    ["He uses one.", "iPhone owners know."],
    # Titles, also after a quotation mark or bracket.
    ["Mr. Hale met Mrs. Orr and Dr. Lund.", "They had tea."],
    ['"Dr. Lund said so," he wrote.', "It was true."],
    ["“Mr. Hale is out.”", "She rang off."],
    ["He asked (Prof. Ames knew) for more.", "None came."],
    ["Sen. Ada Cole and Gov. Ben Rusk agreed.", "Lt. Kim did not."],
    ["Gen. Orr, Capt. Fox and Sgt. Lee went.", "Rev. Moss stayed."],
    ["We drove to St. Louis.", "It rained."],
    # Abbreviations inside a sentence.
    ["Some fruit (e.g. this) keeps.", "Some does not."],
    ["It is new, i.e. Unused.", "Good."],
    ["It was Orr vs. Lund again.", "Orr won."],
    ["It weighs approx. 4 kg.", "Lift it."],
    ["See No. 5 on the list.", "It is short."],
    ["He said no.", "They left."],
    ["See Fig. 3 and pp. 3-4 for more.", "Then stop."],
    ["So found Lund et al. (2004) in spring.", "Others agreed."],
    ["She holds a Ph.D. in law.", "He has none."],
    ["On Jan. 5 the ice broke.", "On Feb. 6 it froze."],
    ["Acme Inc. said so.", "Bolt Ltd. denied it."],
    ["He works for Acme Inc.", "The firm is old."],
    ["They sell pens, ink, etc.", "Paper is extra."],
    # Letters with stops.
    ["The U.S. officials came.", "Talks began."],
    ["The U.S. Army left.", "Peace came."],
    ["He left the U.S.", "He never came back."],
    ["They moved to Washington, D.C.", "It was hot."],
    ["J. K. Ames and George W. Lund met.", "J.R.R. Moss came too."],
    ["We met at 9 a.m. on Monday.", "He slept."],
    ["It shut at 6 p.m.", "The guard went home."],
    ["It shut at 6 p.m. Friday.", "Guards went home."],
    ["It shut at 6 p.m.", "Guards went home."],
    ["Take vitamin C.", "It may help."],
    ["That book is for me.", "Yours is there."],
    ["He felt ill.", "Doctors came."],
    # Ellipses.
    ["Well... maybe it works.", "Who knows?"],
    ["He waited…", "Then she came."],
    ["He waited...", "Then she came."],
    ["The report [...] Was long.", "Nobody read it."],
    ["He read on.", "[...] Then he slept."],
    # Figures, addresses, names.
    ["It rose 3.5 percent to 1,000.50 dollars.", "It fell again."],
    ["Read example.org or write to foo.bar@example.org now.", "Open index.html first."],
    ["Go to https://example.org/a.b?c=D.E and wait.", "It loads."],
    ["Yahoo! said so.", "Yahoo! News printed it."],
    ["Node.js is a runtime.", "Node.Js is a typo."],
    ["Section 3.2 is short.", "So is 3.3.", "Read both."],
    ["1. Wash it.", "2. Dry it."],
    ["Do this: 1. Wash it.", "Then rest."],
    ["a) is right, b) is wrong.", "Take a)."],
    ["World War II.", "It ended in 1945."],
    # Quotations and brackets.
    ['He said "Go."', "Then he left."],
    ["He said “Go.”", "Then he left."],
    ["He said 'Go.'", "Then he left."],
    ['"Go!" he said.', "She went."],
    ['"Is it true?" asked Tom.', "It was."],
    ['"Is it true?" Tom Lund asked.', "It was."],
    ['"Is it true?"', "Tom did not know."],
    ['He left.', '"Wait," she said.'],
    ['"I saw it. It was red," he said.', "She nodded."],
    ["“I saw it. It was red,” he said.", "She nodded."],
    ['She said: "Wait. I am not done."', "He waited."],
    ["(He left.)", "Then it rained."],
    ["He left (see p. 3).", "Then it rained."],
    ["He left (it was late. Very late) and slept.", "Then it rained."],
    ["It is so.[3]", "It was so.[4][5]", "Fine."],
    ["The pipe is 6\" wide.", "The wall is not."],
    # News.
    ["(CNN)Give, and it comes back.", "So they say."],
    ["PARIS, France (CNN) -- A dog won.", "It barked."],
    ["The price fell.", "- It rose again.", "• It fell."],
    ["It ended.", "— Ann Lund, London"],
]  # fmt: skip

LANGUAGES = """
[ar]
ذهب الولد إلى المدرسة.
هل عاد؟
نعم، عاد؛ وكان سعيدا.
نام د. سامي باكرا.

[fa]
او به خانه رفت.
آیا برگشت؟
بله، برگشت!

[ur]
وہ گھر گیا۔
کیا وہ واپس آیا؟
جی ہاں۔

[he]
הילד הלך הביתה.
האם הוא חזר?
כן!

[hi]
वह घर गया।
क्या वह लौटा?
डॉ. राम आए।
श्लोक समाप्त॥

[bn]
সে বাড়ি গেল।
সে কি ফিরল?
মো. করিম ও ডা. রহিম এলেন।
বৃষ্টি হলো।

[hy]
Նա գնաց տուն։
Անձրև էր։
Նա ասաց. արի՛։

[am]
ልጁ ወደ ቤት ሄደ።
ተመለሰ፧
አዎ።

[my]
သူအိမ်ပြန်သည်။
မိုးရွာသည်။

[km]
គាត់ទៅផ្ទះ។
មេឃភ្លៀង។

[bo]
ཁོ་ནང་ལ་ཕྱིན།
ཆར་པ་བབས།

[ka]
ის სახლში წავიდა.
წვიმდა?
დიახ.

[el]
Πήγε σπίτι.
Γύρισε;
Ναι, π.χ. χθες.

[zh]
他回家了。
下雨了吗？
“走吧。”他说。
他说：“我累了。走吧。”
好！

[zh]
他来了（终于！）然后坐下。
（他走了。）
《早安！》是一本书。
涨了3.5％。

[ja]
彼は帰った。
雨ですか？
「行こう。」と彼は言った。
「疲れた。帰る。」
はい！

[ja]
『待て！』
彼は止まった。
（彼は去った。）
夜だった。

[ko]
그는 집에 갔다.
비가 왔나?
"가자."라고 말했다.
끝났다!

[th]
เมื่อวานนี้นายกรัฐมนตรีเดินทางไปเปิดงานแสดงสินค้าที่จังหวัดเชียงใหม่พร้อมคณะรัฐมนตรีหลายคน
ประชาชนจำนวนมากมารอต้อนรับตั้งแต่เช้าและอากาศในวันนั้นก็เย็นสบายตลอดทั้งวันจนถึงเวลาค่ำ

[vi]
Anh ấy về nhà.
Trời mưa à?
TP. Huế rất đẹp.
Ông P. Nam vắng mặt.
Đó là bà ba.
Xong.

[de]
Er kam z. B. Am Montag.
Sie ging.

[de]
Wir nehmen z. B. Brot, d. h. Nahrung, u. a. Käse bzw. Wurst.
Das reicht ca. Drei Tage.

[de]
Dr. med. Kern kam am 3. Mai um 10.30 Uhr.
Der 2. Weltkrieg war aus.
Er war 23.
Dann ging er.

[de]
Ludwig XIV. war König.
Im 20. Jahrhundert gab es 3,5 Mio. Menschen.
Nr. 5 lebt.
Es kostet 1.000.000 Euro.

[de]
„Geh!“, sagte er.
Er rief: „Komm.“
Dann ging er.
»Nein.«
Sie blieb usw.
Ende.

[fr]
M. Dupont et Mme. Roy sont là.
C'est p. ex. Demain.
Il vécut en 50 av. J.-C. à Rome.
Voir n° 5.

[fr]
Vraiment ?
Oui !
« Viens. »
Il partit.
« Viens ! » dit-il.
Fin.

[fr]
Il a dit : « Non. Je reste. »
Puis il dormit.
— Bonjour.
— Salut.

[es]
El Sr. López vino.
¿Viene Ud. mañana?
¡Sí!
Vive en EE. UU. desde ayer.
Todo va bien.
Adiós.

[fr]
Selon l'art. 5 de la loi, c'est non.
Il parle d'art.
Qu'en dire ?

[ru]
В 1999 г. Борис ушёл.
Все ждали.

[nl]
Prof. dr. De Boer woont aan zee.
Mooi.

[ru]
Он живёт в г. Москва.
Это, т. е. Дом, мал.
А. С. Пушкин писал стихи, прозу и т. д.
Он умер в 1837 г.
Все плакали.

[ru]
— Иди! — сказал он.
«Нет.»
Она осталась.
Цена 3,5 млн.
Рост велик.

[uk]
Він жив у м. Київ.
Це було 1990 р.
Так.

[it]
Il sig. Rossi e la dott.ssa Neri sono qui.
Vive in via Roma.
Va al bar.
Sì!

[nl]
Dhr. Jansen eet bijv. Brood.
Dat is niet o.a. duur.
Het water is op.
Hij ging d.w.z. liep.

[pt]
O Sr. Silva e a Dra. Reis vieram.
Custa 3,5 reais.
É o n.º 5.
Fim.

[pl]
Lubi np. Owoce i m.in. Ser.
Mieszka przy ul. Długiej.
To było w 1990 r.
Tak.

[cs]
Má rád např. Sýr.
Narodil se 3. května.
Ano.

[tr]
Dr. Kaya geldi.
Bu 3. Sınıf bir iştir.
19. Yüzyıl bitti.
Evet.

[sv]
Han äter t.ex. Bröd.
”Gå!” sade hon.
Han gick.

[da]
Hun kom den 3. maj kl. 9.
Han spiser f.eks. Brød.
Ja.

[fi]
Hän syntyi 3. toukokuuta.
Sitten satoi.
Niin.

[hu]
Dr. Kiss a 3. Osztályba jár.
Esik.
Igen.

[ro]
Dl. Pop a plecat.
Plouă?
Da.

[id]
Dr. Budi pulang.
Hujan?
Ya.

[xx]
Dr. Foo bar.
Baz qux!
Quux?
"""
"""One sentence a line; the tag of the language above each text."""


def split(text: str, language: str = "en") -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, language)]


def texts() -> list[tuple[str, list[str]]]:
    groups = [group.split("\n") for group in LANGUAGES.strip().split("\n\n")]
    return [(tag.strip("[]"), golden) for tag, *golden in groups]


@pytest.mark.parametrize("golden", ENGLISH, ids=lambda golden: golden[0][:40])
def test_english_sentences_end_where_a_reader_ends_them(golden: list[str]) -> None:
    assert split(" ".join(golden)) == golden


@pytest.mark.parametrize(("language", "golden"), texts())
def test_each_language_ends_its_sentences_its_own_way(language: str, golden: list[str]) -> None:
    glue = "" if language in ("zh", "ja") else " "
    assert split(glue.join(golden), language) == golden


@pytest.mark.parametrize(
    "golden",
    [
        ["She smiled.", "But he had gone."],
        ["It shut in 2010.", "The end came soon."],
        ['He said: "It is over."', "The crowd went home."],
        ["He told the paper.", '"I will stay on."'],
        ["They asked (in vain).", "Nobody came."],
        ["What now?", "Nobody knew."],
        ["I saw it.", "I'm sure."],
        ["It went on...", "The end came soon."],
        ["It went on…", "The end came soon."],
        ["قال الرجل كلمته.", "ثم مضى وحده."],
    ],
)
def test_a_missing_space_does_not_join_two_sentences(golden: list[str]) -> None:
    assert split("".join(golden)) == golden


@pytest.mark.parametrize(
    "text",
    [
        "He writes Node.Js and Asp.Net code daily.",
        "He asked Dr.Smith and St.John to come.",
        "The U.S.Army and the No.Ten row.",
        "Read www.example.Org/Some.Page or a_b.Cd or x@y.Com now.",
        "Well...Maybe not.",
        "Version 1.2.3 costs 1,000.50 at 10.30.",
        "See p. 3, pp. 3-4, vol. 2, ch. 5 and sec. 6.",
        "It was 9 a.m. ET when J. Edgar Lund rose.",
    ],
)
def test_no_sentence_ends_inside(text: str) -> None:
    assert split(text) == [text]


def test_line_breaks_are_blanks_but_a_bullet_after_one_starts_a_sentence() -> None:
    assert split("One line\ngoes on. Then\nit ends.") == ["One line\ngoes on.", "Then\nit ends."]
    assert split("To buy:\n- red pens\n  - ink") == ["To buy:", "- red pens", "- ink"]
    assert split("To buy:\n• red pens  \n• ink") == ["To buy:", "• red pens", "• ink"]


def test_a_long_quotation_is_cut_and_a_short_one_is_not() -> None:
    short = '"Rain fell. It was cold," she said.'
    assert split(short) == [short]
    long = '"' + "Rain fell all day long. " * 20 + 'It was cold," she said.'
    assert len(split(long)) == 21


def test_marks_and_emoji_alone_belong_to_a_neighbour() -> None:
    assert split("It is over. * * *. Then we slept.") == ["It is over. * * *.", "Then we slept."]
    assert split("It is over! 🎉") == ["It is over! 🎉"]
    assert split("* * * It is over. * * *") == ["* * * It is over. * * *"]
    assert split("Nice! :) Then we slept. 🎉🎉") == ["Nice!", ":) Then we slept. 🎉🎉"]


@pytest.mark.parametrize("text", ["", " ", "\n\t ", "🎉", "* * *", "...", "?! …", "\ud800", "\x00"])
def test_a_text_without_a_letter_or_digit_has_no_sentence(text: str) -> None:
    assert sentence_spans(text, "en") == []


@pytest.mark.parametrize(
    "language", ["", "xx", "EN", "pt-BR", "zh_Hant", "\ud800", "x" * 999, "th"]
)
def test_any_tag_will_do(language: str) -> None:
    assert split("Hello there.", language) == ["Hello there."]


def test_tags_with_a_region_are_read() -> None:
    assert split("Dhr. Jansen is er. Mooi.", "nl-BE") == ["Dhr. Jansen is er.", "Mooi."]


def test_strange_characters_do_not_move_a_span() -> None:
    text = (
        "\ufeffIt\x00is \ud800so. De\u0301ja\u200b vu.\u200f "
        "Line\u2028two. \U0001f600 On\r\nit goes."
    )
    assert split(text) == [
        "\ufeffIt\x00is \ud800so.",
        "De\u0301ja\u200b vu.\u200f",
        "Line\u2028two.",
        "\U0001f600 On\r\nit goes.",
    ]


@pytest.mark.parametrize(
    ("language", "golden"),
    [
        ("de", ["„Es war spät. Es war kalt“, sagte er."]),
        ("hu", ["Azt mondta: „Menj. Siess.”", "Elment."]),
        ("sv", ["”Det var sent. Det var kallt”, sade hon."]),
        ("da", ["»Det var sent. Det var koldt«, sagde hun."]),
        ("en", ["It grew [it was May. June was near] fast."]),
        ("ja", ["『疲れた。帰る。』と彼は言った。"]),
        ("zh", ["他来了（很晚。很冷。）然后坐下。"]),
    ],
)
def test_each_language_has_its_quotation_marks(language: str, golden: list[str]) -> None:
    assert split(" ".join(golden), language) == golden


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "«هل عاد؟»، قال الرجل."),
        ("zh", "“好！”，他说。"),
        ("ja", "「行く。」、と彼は言った。"),
    ],
)
def test_a_comma_after_a_quotation_carries_on_the_sentence(language: str, text: str) -> None:
    assert split(text, language) == [text]


def test_georgian_has_no_capitals_to_tell_a_sentence_by() -> None:
    golden = ["ის NATO-ში წავიდა.", "წვიმდა BBC-ზე.", "დიახ."]
    assert split(" ".join(golden), "ka") == golden


@pytest.mark.parametrize(
    ("language", "abbreviation", "word"),
    [("fi", "esim", "talo"), ("bg", "проф", "дом"), ("sk", "napr", "dom")],
)
def test_abbreviations_are_told_from_words_without_an_own_table(
    language: str, abbreviation: str, word: str
) -> None:
    kind = language_of(language).kind
    assert kind(abbreviation) is not Kind.WORD
    assert kind(word) is Kind.WORD


def test_what_was_asked_before_makes_no_difference() -> None:
    words = ["esim", "talo", "Dr", "No", "\ud800", "x" * 999, "ks", ""]
    first = [language_of("fi").kind(word) for word in words]
    language_of.cache_clear()
    assert [language_of("fi").kind(word) for word in reversed(words)] == first[::-1]


def test_tables_are_sorted_and_name_a_word_once() -> None:
    kinds = {kind.name.lower() for kind in Kind}
    for rows in ABBREVIATIONS.values():
        assert list(rows) == sorted(rows)
        assert all(
            row.split() == sorted(row.split(), key=lambda word: (word.lower(), word))
            for row in rows.values()
        )
        words = [word for name in rows.keys() & kinds for word in rows[name].split()]
        assert len(words) == len(set(words))


def test_a_small_text_has_small_beginnings() -> None:
    assert split("we came late. nobody was there.") == ["we came late.", "nobody was there."]


def test_blanks_around_a_sentence_belong_to_none() -> None:
    assert sentence_spans(" Hi. Yes. ", "en") == [(1, 4), (5, 9)]


PIECES = st.sampled_from(
    [
        *".!?…。！？؟۔।;:,\"'“”„«»‘’()[]「」『』-–—•* \n\t\r\xa0\u2028\x00\ud800\u200b\u0301",
        *(
            "...",
            ". ",
            '." ',
            ' "',
            "A",
            "b",
            "Ab",
            "the",
            "He",
            "U.S",
            "Dr",
            "No",
            "5",
            "12",
            "e.g",
        ),
        *(
            "a.m",
            "z. B",
            "г",
            "走",
            "「行",
            "ไทย",
            "ა",
            "II",
            "said",
            "Yahoo!",
            "[1]",
            "🎉",
            "\n- ",
        ),
    ]
)
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=80),
    st.lists(PIECES, max_size=60).map("".join),
)
TAGS = st.sampled_from(["en", "de", "fr", "ru", "tr", "th", "zh", "ja", "hy", "el", "vi", "xx"])


@given(TEXTS, TAGS)
def test_spans_are_in_order_bare_and_leave_out_no_letter(text: str, language: str) -> None:
    spans = sentence_spans(text, language)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    for start, end in spans:
        assert text[start:end] == text[start:end].strip() != ""
        assert any(character.isalnum() for character in text[start:end])
    kept = [False] * len(text)
    for start, end in spans:
        kept[start:end] = [True] * (end - start)
    assert all(keep for keep, character in zip(kept, text, strict=True) if character.isalnum())
    if spans:
        assert all(keep or character.isspace() for keep, character in zip(kept, text, strict=True))


@given(TEXTS, TAGS)
def test_no_word_is_cut(text: str, language: str) -> None:
    for _, end in sentence_spans(text, language):
        assert not text[end - 1 : end + 1].isalnum() or end == len(text)


@given(TEXTS, TAGS)
def test_splitting_twice_gives_the_same(text: str, language: str) -> None:
    assert sentence_spans(text, language) == sentence_spans(text, language)


@pytest.mark.parametrize(
    "unit",
    [
        "word ",
        "x",
        ". ",
        "! ",
        "“",
        "“a. ",
        '"',
        '"A. ',
        "(",
        "(A. ",
        "[1]",
        "1. ",
        "\n- ",
        "z. B. ",
    ],
)
def test_time_is_linear_in_whatever_is_repeated(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    spans = sentence_spans(text, "en")
    assert all(start < end for start, end in spans)


@pytest.mark.parametrize(("unit", "count"), [("no stop ", 1), (".", 0)])
def test_a_line_of_ten_megabytes_is_split(unit: str, count: int) -> None:
    assert len(sentence_spans(unit * (10_000_000 // len(unit)), "en")) == count
