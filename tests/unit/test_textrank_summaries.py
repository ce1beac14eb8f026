"""The public functions: any text, in any language, gives a sensible summary."""

import doctest
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

import sitegen.textrank
from sitegen.textrank import Block, Budget, Document, Summary, summarize, summarize_many

STORY = (
    "The council of Vessby will rebuild the lighthouse. The lighthouse burned down in March."
    " Rebuilding the lighthouse of Vessby will cost 2 million crowns. Gulls sat on the fence."
    " Without the lighthouse, ships pass Vessby at night in fear. My aunt likes cake."
    " The council hopes that the lighthouse will shine again by winter."
)


def texts(done: Summary) -> list[str]:
    return [each.text for each in done.sentences]


def check(done: Summary, blocks: list[str]) -> None:
    """Fail unless every sentence is where it says it is, and all are in order."""
    places = [(each.paragraph, each.span) for each in done.sentences]
    assert places == sorted(set(places))
    for each in done.sentences:
        assert each.text == blocks[each.paragraph][slice(*each.span)]
        assert each.text.strip() == each.text
    assert len(done.sentences) <= done.available
    assert done.available == 0 or done.sentences


def test_examples_in_the_docstring_work() -> None:
    failed, tried = doctest.testmod(sitegen.textrank)
    assert tried
    assert not failed


def test_three_sentences_are_taken_unless_another_budget_is_given() -> None:
    done = summarize(STORY)
    assert len(done.sentences) == 3
    assert done.available == 7
    assert done == summarize(STORY, sentences=3)


def test_asides_are_left() -> None:
    assert not {"Gulls sat on the fence.", "My aunt likes cake."} & set(texts(summarize(STORY)))


def test_words_of_the_summary_are_counted() -> None:
    done = summarize(STORY, sentences=1)
    assert done.words == len(done.sentences[0].text.split())


def test_a_string_a_list_of_strings_and_blocks_are_the_same_text() -> None:
    one, other = "The lighthouse burned down.", "Nobody was hurt. It will be rebuilt."
    done = summarize(f"{one}\n\n{other}")
    assert done == summarize([one, other]) == summarize(iter([Block(text=one), Block(text=other)]))


@pytest.mark.parametrize("gap", ["\n\n", "\n \t\n", "\n\n\n\n", "\r\n\r\n"])
def test_blank_lines_part_paragraphs(gap: str) -> None:
    done = summarize(f"Ships came in.{gap}Nets were mended.", sentences=2)
    assert [each.paragraph for each in done.sentences] == [0, 1]


def test_the_title_lifts_the_sentences_that_answer_it() -> None:
    aside = "Gulls sat on the fence."
    plain = summarize(STORY, sentences=3)
    titled = summarize(STORY, sentences=3, title="Gulls on a fence")
    assert aside not in texts(plain)
    assert aside in texts(titled)
    assert summarize(STORY, title=None) == summarize(STORY, title="")


@pytest.mark.parametrize(
    "options",
    [
        {"sentences": 0},
        {"sentences": -1},
        {"words": 0},
        {"words": -5},
        {"ratio": 0},
        {"ratio": 0.0},
        {"ratio": -0.1},
        {"ratio": 1.01},
        {"ratio": float("nan")},
        {"sentences": 1, "words": 1},
        {"sentences": 1, "ratio": 0.5},
        {"words": 1, "ratio": 0.5},
        {"sentences": 3, "words": 3, "ratio": 0.3},
        {"sentences": 0, "words": 10},
    ],
)
def test_a_budget_that_makes_no_sense_is_refused(options: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="sentences"):
        Budget(**options)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="sentences"):
        summarize(STORY, **options)  # type: ignore[arg-type]


def test_a_budget_without_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="one of"):
        Budget()


def test_no_documents_have_no_summaries() -> None:
    assert summarize_many([]) == []


def test_documents_of_many_languages_come_back_in_their_order() -> None:
    codes = ["en", "fr", "en", "zh", "cy", "fr"]
    documents = [
        Document(blocks=[Block(text=f"Boat {number} came. Rain fell.")], language=code)
        for number, code in enumerate(codes)
    ]
    done = summarize_many(iter(documents))
    assert [f"Boat {number} came." for number in range(6)] == [texts(each)[0] for each in done]
    assert [bool(each.notes) for each in done] == [code == "cy" for code in codes]


def test_explanations_are_of_all_sentences_and_only_when_asked_for() -> None:
    assert not summarize(STORY).explained
    done = summarize(STORY, explain=True)
    assert len(done.explained) == 7
    assert tuple(each.sentence for each in done.explained if each.taken) == done.sentences
    assert done.sentences == summarize(STORY).sentences


def test_threads_find_what_one_thread_finds() -> None:
    documents = [
        Document(blocks=[Block(text=f"{STORY} Ship {number} was {word}.")], language=code)
        for number, word in enumerate(("late", "early", "lost", "found"))
        for code in ("en", "de", "ru", "ko")
    ]
    expected = summarize_many(documents, explain=True)
    with ThreadPoolExecutor(8) as threads:
        jobs = [threads.submit(summarize_many, documents, explain=True) for _ in range(16)]
        assert all(job.result() == expected for job in jobs)


HARD = {
    "nothing": "",
    "spaces": " \t\r\n \u3000\u00a0 ",
    "one letter": "x",
    "one word": "Lighthouse",
    "one sentence": "The lighthouse burned down.",
    "equal sentences": "The lighthouse burned down. " * 1000,
    "stop words": "It is. And so it was. They were the ones.",
    "emoji": "😀 👩‍👩‍👧‍👦 🇫🇷! 😀😀. 👍🏽?",
    "marks": "... !!! ??? — “” «» () [] *** ---",
    "NULs": "\x00\x00 The ship\x00came. \x00 It\x00sank.\x00",
    "only NULs": "\x00" * 50,
    "lone surrogates": "The \ud800 ship came. \udfff It sank \ud83d. \ude00",
    "only surrogates": "\ud800\ud801\udc00\udfff",
    "zero width": "The\u200bship\u200bcame. \ufeffIt\u200d sank\u2060. \u200b\u200c\u200d",
    "combining": "Z\u0351\u036b\u0343a\u0329\u034el\u0301g\u0310o came. \u0301. e\u0301\u0301.",
    "mixed scripts": "Корабль came 港に. السفينة left הנמל. जहाज़ sank ที่ท่า 항구에서.",
    "right to left": "احترقت المنارة في آذار. تنتظر السفن خارج الميناء. ستبنى المنارة من جديد.",
    "bidi marks": "\u202eThe ship came.\u202c \u200fIt sank.\u200e \u2067Rain\u2069 fell.",
    "line breaks": "The ship\ncame. It\r\nsank. Rain\rfell.\n",
    "separators": "The ship\u2028came. It\u0085sank.\x1eRain\x1cfell.\x0bWind\x0crose.\u2029End.",
    "long word": "x" * 100_000,
    "long sentence": "ship " * 20_000,
    "numbers": "1. 2. 3.14 1,000 99%. 7/8. 1998-2001.",
    "markup": "<b>The ship</b> &amp; came. {{ it }} {% sank %}. \\n \\u0000 %s %(x)s {0}",
    "addresses": "https://example.org/a.b?c=d. mail@example.org. C:\\ships\\boat.txt.",
    "no spaces": "The.ship.came.It.sank.",
    "capitals": "THE SHIP CAME. THE SHIP SANK. RAIN FELL.",
    "Chinese in English": "船来了。船沉了。下雨了。",
    "special casing": "İIiı ßẞ ǅungla ﬁn ŉ Σας ΣΑΣ. İstanbul ﬀ. ǅ.",
}  # fmt: skip


@pytest.mark.parametrize("name", HARD)
@pytest.mark.parametrize("code", ["en", "zh", "tr", "el", "fa", "cy"])
def test_no_text_is_too_hard(name: str, code: str) -> None:
    text = HARD[name]
    for options in ({"sentences": 2}, {"words": 7}, {"ratio": 0.4}):
        done = summarize([text, "", text], title=text[:50], language=code, explain=True, **options)
        check(done, [text, "", text])
        assert all(each.reason for each in done.explained)
        assert len(done.keywords) <= 10
    check(summarize([text], language=code, sentences=2), [text])


@pytest.mark.parametrize("name", ["nothing", "spaces", "only NULs", "marks", "only surrogates"])
def test_a_text_without_a_sentence_has_no_summary(name: str) -> None:
    done = summarize(HARD[name], explain=True)
    assert (done.sentences, done.keywords, done.words, done.available) == ((), (), 0, 0)
    assert done.explained == ()
    assert done.converged


def test_all_hard_texts_in_one_batch_give_what_each_gives_alone() -> None:
    documents = [Document(blocks=[Block(text=each)], title=each[:20]) for each in HARD.values()]
    alone = [summarize_many([each], explain=True)[0] for each in documents]
    for name, one, other in zip(HARD, summarize_many(documents, explain=True), alone, strict=True):
        assert one == other, name


def test_a_thousand_equal_sentences_give_the_first() -> None:
    done = summarize(HARD["equal sentences"], sentences=1)
    assert done.available == 1000
    assert done.sentences[0].span[0] == 0


@pytest.mark.parametrize("text", ["It rained hard. " * 10, "It is so. " * 10])
def test_a_summary_does_not_say_the_same_sentence_twice(text: str) -> None:
    done = summarize(text + "Then the lighthouse burned.", sentences=2)
    assert len(set(texts(done))) == 2


def test_one_sentence_is_its_own_summary() -> None:
    done = summarize("The lighthouse burned down.", ratio=0.1)
    assert texts(done) == ["The lighthouse burned down."]
    assert done.sentences[0].score == 0


def test_stop_words_alone_are_summarised_by_place() -> None:
    done = summarize(HARD["stop words"], sentences=1)
    assert len(done.sentences) == 1
    assert done.keywords == ()


@pytest.mark.parametrize(
    "title",
    ["The lighthouse burned down " * 100, "The\nlighthouse\r\nburned\u2028down", "\n", "\x00"],
)
def test_any_title_will_do(title: str) -> None:
    assert len(summarize(STORY, title=title).sentences) == 3
    documents = [
        Document(blocks=[Block(text=STORY)], title=each) for each in (title, "", "Lighthouse")
    ]
    together = summarize_many(documents)
    assert together == [summarize_many([each])[0] for each in documents]


def test_a_title_in_lines_is_the_title_in_one_line() -> None:
    lines = summarize(STORY, title="The lighthouse\nof Vessby", explain=True)
    assert lines == summarize(STORY, title="The lighthouse of Vessby", explain=True)


def test_a_long_line_without_an_end_is_one_sentence() -> None:
    done = summarize("ships and boats " * 20_000)
    assert done.available == 1
    assert done.words == 60_000


def test_a_text_of_very_many_short_sentences() -> None:
    done = summarize(
        " ".join(f"Ship{number % 977} met boat{number % 1013}." for number in range(20_000))
    )
    assert done.available == 20_000
    assert len(done.sentences) == 3


ARTICLES = {
    "zh": (
        "海港市议会决定重建古老的灯塔。今年三月，一场大火烧毁了海港的灯塔。重建灯塔预计需要两千万元。"
        "昨天的午饭有汤。没有灯塔，夜里进港的渔船非常危险。市议会说，灯塔的重建将在五月开始。"
        "渔民们欢迎重建灯塔的决定。有人养了一只猫。海港的灯塔将在冬天重新点亮。天气晴朗。",
        ["昨天的午饭有汤。", "有人养了一只猫。", "天气晴朗。"],
    ),
    "ja": (
        "港町の議会は古い灯台を再建すると決めた。灯台は三月の火事で焼けた。灯台の再建には二億円かかる。"
        "昨日の昼食はカレーだった。灯台がないと、夜の漁船は港に入れない。議会は灯台の再建を五月に始める。"
        "漁師たちは灯台の再建を喜んでいる。猫が眠っている。港町の灯台は冬に再び光る。空は青い。",
        ["昨日の昼食はカレーだった。", "猫が眠っている。", "空は青い。"],
    ),
    "th": (
        "สภาเมืองท่าตัดสินใจสร้างประภาคารเก่าขึ้นใหม่\nไฟไหม้ประภาคารของเมืองท่าเมื่อเดือนมีนาคม\n"
        "การสร้างประภาคารใหม่ใช้เงินยี่สิบล้านบาท\nเมื่อวานมีแกงเป็นอาหารกลางวัน\n"
        "หากไม่มีประภาคารเรือประมงเข้าท่าตอนกลางคืนไม่ได้\nสภาเมืองจะเริ่มสร้างประภาคารในเดือนพฤษภาคม\n"
        "ชาวประมงดีใจที่จะสร้างประภาคารใหม่\nแมวนอนหลับ\nประภาคารของเมืองท่าจะส่องแสงอีกครั้งในฤดูหนาว",
        ["เมื่อวานมีแกงเป็นอาหารกลางวัน", "แมวนอนหลับ"],
    ),
    "ko": (
        "항구 도시 의회가 낡은 등대를 다시 짓기로 했다. 등대는 지난 3월 화재로 타 버렸다."
        " 등대를 다시 짓는 데 20억 원이 든다. 어제 점심은 국수였다."
        " 등대가 없으면 밤에 어선이 항구로 들어오지 못한다. 의회는 등대 공사를 5월에 시작한다."
        " 어민들은 등대를 다시 짓는다는 소식을 반겼다. 고양이가 잔다."
        " 항구의 등대는 겨울에 다시 빛난다. 하늘이 맑다.",
        ["어제 점심은 국수였다.", "고양이가 잔다.", "하늘이 맑다."],
    ),
    "ar": (
        "قرر مجلس المدينة إعادة بناء المنارة القديمة. احترقت المنارة في آذار."
        " تكلف إعادة بناء المنارة عشرين مليونا. كان الغداء حساء. لا تدخل السفن الميناء بلا منارة."
        " يبدأ المجلس بناء المنارة في أيار. رحب الصيادون ببناء المنارة. تنام القطة."
        " تضيء منارة الميناء من جديد في الشتاء.",
        ["كان الغداء حساء.", "تنام القطة."],
    ),
    "he": (
        "מועצת העיר החליטה לבנות מחדש את המגדלור הישן. המגדלור נשרף במרץ."
        " בניית המגדלור תעלה עשרים מיליון. אתמול אכלו מרק. בלי המגדלור ספינות אינן באות לנמל."
        " המועצה תתחיל בבניית המגדלור במאי. הדייגים שמחו על בניית המגדלור. החתול ישן."
        " המגדלור של הנמל יאיר שוב בחורף.",
        ["אתמול אכלו מרק.", "החתול ישן."],
    ),
    "fa": (
        "شورای شهر تصمیم گرفت فانوس دریایی قدیمی را دوباره بسازد. فانوس دریایی در اسفند سوخت."
        " بازسازی فانوس دریایی بیست میلیون هزینه دارد. ناهار دیروز آش بود."
        " بدون فانوس دریایی کشتی‌ها به بندر نمی‌آیند. شورا ساخت فانوس دریایی را در بهار آغاز می‌کند."
        " ماهیگیران از بازسازی فانوس دریایی خوشحال‌اند. گربه خوابیده است."
        " فانوس دریایی بندر زمستان دوباره روشن می‌شود.",
        ["ناهار دیروز آش بود.", "گربه خوابیده است."],
    ),
    "hi": (
        "नगर परिषद पुराने प्रकाशस्तंभ को फिर से बनाएगी। प्रकाशस्तंभ मार्च में जल गया था।"
        " प्रकाशस्तंभ बनाने में दो करोड़ रुपये लगेंगे। कल खाने में दाल थी।"
        " प्रकाशस्तंभ के बिना जहाज़ रात में बंदरगाह नहीं आते। परिषद मई में प्रकाशस्तंभ बनाना शुरू करेगी।"
        " मछुआरे प्रकाशस्तंभ की खबर से खुश हैं। बिल्ली सो रही है। बंदरगाह का प्रकाशस्तंभ सर्दियों में फिर चमकेगा।",
        ["कल खाने में दाल थी।", "बिल्ली सो रही है।"],
    ),
}


@pytest.mark.parametrize("code", ARTICLES)
def test_asides_are_left_in_every_script(code: str) -> None:
    text, asides = ARTICLES[code]
    blocks = text.split("\n")
    done = summarize(blocks, language=code, sentences=3, explain=True)
    check(done, blocks)
    assert done.available >= 8
    assert len(done.sentences) == 3
    assert done.keywords
    assert not done.notes
    assert not set(asides) & set(texts(done))
    scores = {each.sentence.text: each.sentence.score for each in done.explained}
    best = sorted(scores, key=lambda each: -scores[each])[:3]
    assert not set(asides) & set(best)


@pytest.mark.parametrize("code", ["zh", "ja", "th"])
def test_a_budget_in_words_counts_characters_where_no_spaces_are_written(code: str) -> None:
    blocks = ARTICLES[code][0].split("\n")
    for limit in (30, 60, 90):
        done = summarize(blocks, language=code, words=limit)
        letters = sum(len(each.text) for each in done.sentences)
        if len(done.sentences) > 1:
            assert done.words <= limit
        assert done.words <= letters <= done.words * 1.4
    assert len(summarize(blocks, language=code, words=120).sentences) > 1


def test_a_budget_in_words_counts_words_in_korean() -> None:
    done = summarize(ARTICLES["ko"][0], language="ko", words=20)
    assert len(done.sentences) > 1
    assert done.words == sum(len(each.text.split()) for each in done.sentences) <= 20


def test_importing_the_package_reads_no_word_list_and_no_numpy() -> None:
    program = (
        "import sys\n"
        "opened = []\n"
        "sys.addaudithook(lambda name, a: opened.append(str(a[0])) if name == 'open' else None)\n"
        "import sitegen.textrank\n"
        "print('numpy' in sys.modules)\n"
        "from sitegen.textrank import summarize\n"
        "import numpy\n"
        "print([each for each in opened if not each.endswith(('.py', '.pyc'))])\n"
        "heavy = {'stopwordsiso', 'sentencex', 'email', 'asyncio', 'unittest', 'babel', 'http'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert done.stdout.split("\n")[:3] == ["False", "[]", "[]"]


def test_importing_brings_little_that_numpy_does_not() -> None:
    program = (
        "import sys, numpy\n"
        "before = set(sys.modules)\n"
        "from sitegen.textrank import summarize\n"
        "print(*{each for each in set(sys.modules) - before if not each.startswith('sitegen')})\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert len(done.stdout.split()) < 20, done.stdout
    assert "numpy.typing" not in done.stdout
    assert not {"json", "inspect", "logging", "importlib.metadata"} & set(done.stdout.split())


@pytest.mark.parametrize("keywords", [0, 10])
def test_summarising_brings_in_no_masked_arrays(keywords: int) -> None:
    program = (
        "import sys\n"
        "from sitegen.textrank import summarize\n"
        f"summarize('The mill is sold. It will open in May.', title='Mill', keywords={keywords})\n"
        "print('numpy' in sys.modules, 'numpy.ma' in sys.modules, 'sentencex' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert done.stdout.split() == ["True", "False", "False"]


def test_a_name_that_is_not_there_is_missed_as_usual() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        sitegen.textrank.nonsense  # noqa: B018
    assert all(hasattr(sitegen.textrank, name) for name in sitegen.textrank.__all__)
