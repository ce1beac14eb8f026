"""Text to sentences: verbatim spans of a block, never joined, never trimmed of their words.

Whether a mark ends a sentence is decided where it stands, from the word before it, the word after
it and the brackets and quotation marks around it. One pattern finds the marks; the rest is done
only there and looks only so far, so the time is linear in the text, whatever is in it.

Which words are abbreviations is told by the tables below, then by sentencex, which is asked about
single words: over whole texts it takes quadratic time where quotation marks stay open, refuses
lone surrogates, and cannot be told why it cut.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache, partial

import sentencex

QUOTE_LIMIT = 300
"""Characters up to which a quotation or bracket of several sentences is kept in one piece."""

PHRASE = 60
"""Characters after which a space ends a sentence in a script that has no full stop."""

WORD_LIMIT = 8
"""Letters of the longest abbreviation without a full stop in it."""

TOKEN_LIMIT = 24
"""Characters that are looked at for the word before a mark."""


class Kind(IntEnum):
    """What the word before a full stop is; ``WORD`` is false."""

    WORD = 0
    NEVER = 1
    """Something must follow it: Mr., e.g., vs."""
    ABBREVIATION = 2
    """It ends a sentence only where a word follows that starts many: U.S., Inc., an initial."""
    NUMBERED = 3
    """An abbreviation before a figure, a word or the end elsewhere: No. 5, Jan. 5."""
    CLOSER = 4
    """It stands at the end of what it belongs to: etc., usw."""
    UNIT = 5
    """As ``CLOSER`` after a figure, as ``ABBREVIATION`` elsewhere: 1990 г., г. Москва."""
    CLOCK = 6
    """It ends a sentence unless a day or a time zone follows: 9 a.m. Monday."""
    NUMBER = 7
    """Arabic or Roman figures."""


STOPS = ".!?…‥．‼⁇⁈⁉‽"
WIDE = "。！？｡։؟۔܀܁܂।॥།።፧፨။៕។᠃᠉߹꓿꘎꘏꛳꛷꧉꯫᱾᱿"
"""Marks that end a sentence with no space after them."""
MORE_MARKS = {"hy": ":", "el": ";\u037e"}
INVISIBLE = "".join(map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF)))
CLOSING = "\"'”’»›‹)]}」』）】》〉¹²³⁴⁵⁶⁷⁸⁹⁰*_" + INVISIBLE
OPENING = "\"'“”‘«„‚»‹›([{（［「『《〈【¿¡•‣▪●◦·*#_—–-" + INVISIBLE
COMMAS = ",;:،؛，、；："
BULLETS = "•‣▪●◦"
PAIRS = (
    ('"', '"'), ("“", "”"), ("„", "“"), ("„", "”"), ("”", "”"), ("«", "»"), ("»", "«"),
    ("(", ")"), ("[", "]"), ("「", "」"), ("『", "』"), ("（", "）"),
)  # fmt: skip
EITHER_WAY = '"»”'
"""Marks that open or close; which it is shows in the characters beside them."""
BEFORE_QUOTES = "([{—–-:‘“"

_MARKS = re.escape(STOPS + WIDE)
_TAIL = re.compile(
    rf"((?:[{re.escape(CLOSING)}]|[“«](?![^\W_])|\[\d{{1,3}}\]|[ \xa0\u202f]»(?!\w))*+)"
    rf"(?![{_MARKS}])\s*+([{re.escape(OPENING)}\s]*+)"
)
"""What belongs to the sentence after its mark, and what opens the next one."""
_LETTER = re.compile(r"[^\W_]")
_WORD_AT = re.compile(r"[^\W_]+")
_HARD_BULLET = re.compile(r"\n[ \t]*+(?=[•‣▪●◦*-][ \t])")
_BARE_WORD = re.compile(r"[^\s\d/@_.:,;()%]{2,8}")
_ONE_WORD = re.compile(r"(?:[^/@_.:\\=#<>]|(?<=\d)[.:](?=\d))++")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+-?[^\W\d_]{1,2}")
_ELIDED = re.compile(r"(?i:[cdjlmnst]|qu|un|dell|nell|all|sull)['’](?=\w{2})")
_SPELT = re.compile(r"(?<!\w)(?:[^\W\d_]{1,3}\. ){1,2}[^\W\d_]{1,3}$")
"""An abbreviation with spaces in it: z. B., и т. д."""
_FIGURES = re.compile(r"\d{1,3}|\d{1,2}(?:\.\d{1,2})++|[IVX]{2,5}")
_ROMAN = re.compile(r"[IVX]+")
_MEASURE = re.compile(r"\d\s?\w+$")
_ITEM = re.compile(r"[:\n]\W*$")
_BRACKETED = re.compile(r"[(\[{（][.!?…]*+$")
_MIXED_CASE = re.compile(r"[a-z]{1,2}[A-Z]")
_PHRASE_END = re.compile(
    r"(?<=[\u0e01-\u0eff]) ++(?=[\u0e01-\u0e2e\u0e40-\u0e45\u0e81-\u0eae\u0ec0-\u0ec4])"
)
_SPEAKER = re.compile(
    r"(?:[A-Z][\w.’'-]*+ ){1,3}(?:said|says|asked|asks|told|added|replied|wrote|writes|shouted|"
    r"cried|yelled|tweeted|explained|continued|warned|joked|recalled|insisted|exclaimed)\b"
)
_REPORTED = re.compile(r"[^，。！？“”\s]{0,5}[说說道问問喊叫]|と|って|[をの]|が(?!、)")
"""What carries on a sentence after a quotation: Chinese verbs of saying, Japanese particles."""


def _words(row: str) -> frozenset[str]:
    return frozenset(row.split())


def _table(**rows: str) -> dict[str, Kind]:
    return {word: Kind[kind.upper()] for kind, row in rows.items() for word in row.split()}


EXCLAIMING = ("Yahoo!", "Yum!", "Jeopardy!")
DOMAINS = _words("Com Net Org Edu Gov Js Io Co Uk Info Html Php Py")
AFTER_CLOCK = _words(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thurs Fri Sat "
    "Sun January February March April May June July August September October November December "
    "Eastern Central Pacific Mountain Greenwich ET EST EDT PT PST PDT CT CST CDT MT GMT BST UTC "
    "CET"
)
ORDINALS = _words("de da nb nn no fi is et lv cs sk sl hr sr bs hu tr pl")
STOPLESS = _words("th lo hy")
"""Languages that use the full stop only in abbreviations; in Armenian it is a colon."""
SPACED_PHRASES = _words("th lo")
TRUSTED = _words("en de lb fr pt gl ru uk bg kk pl sk cs da fi hi bn gu")
"""Languages whose list in sentencex has few plain words; its Spanish, Italian and Dutch lists have
many (bien, via, app), and a language that it does not know gets its English one."""

COMMON = _table(
    never="Mr Mrs Ms Dr dr Prof prof Messrs vs e.g i.e cf viz Mme Mlle",
    abbreviation="St Ste Mt Inc Ltd Co Corp Bros Jr Sr al approx ca Mio Mrd Mill",
    numbered="No Nos no nos Nr nr Nº nº N° n° p pp vol Vol fig figs art § sec ch chap op Op",
    closer="etc",
)

TABLES: dict[str, dict[str, Kind]] = {
    "en": _table(
        never=(
            "Gen Sen Sens Rep Reps Gov Govs Lt Col Capt Cmdr Maj Sgt Cpl Pvt Adm Brig Rev Hon "
            "Pres Supt Det Insp Msgr Fr Ald Atty Asst Assoc Dept Ft Rt Revs Drs Profs Mmes Pfc v "
            "c.f a.k.a Ph"
        ),
        numbered="Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec sect para Ex eq Eq Ref",
        clock="a.m p.m A.M P.M",
        abbreviation=(
            "Ave Blvd Rd Univ est Bldg Calif Conn Ariz Ark Colo Fla Ga Ind Kan Ky La Mass Md "
            "Mich Minn Mo Neb Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo Ont"
        ),
        word=(
            "me ill art miss may May mar gen se re Re Me mo med ark ore pa la ok OK id in ida "
            "ind ing int kan ken con cal cit del det dist exec exp ext fed fr fla ga hon hr hosp "
            "ia inc min mont mex nem ord op pd pl pres que ref reg res rev rs sc sen sens sep st "
            "surg tex ver univ ut wis yuk alta col conn dak dec jan jun jul aug apr oct nov feb "
            "cl Miss Mont Que Ala Min Ill Alta Ken Bart ad adj adm adv"
        ),
    ),
    "de": _table(
        never=(
            "z.B d.h u.a i.d.R bzw sog bspw inkl exkl zzgl vgl ggf evtl bzgl dt engl frz lat "
            "griech ital Hr Hrn Fr Frl Ing Mag Dipl hl Hl geb gest verh Abb med phil jur rer nat"
        ),
        abbreviation="Chr Jh Jhd Std Min Sek Tel Str str St Tsd Jr jr ff f k.k a.D o.ä o.Ä u.ä",
        numbered="Abs Bd Kap Nrn S Jan Feb Apr Jun Jul Aug Sep Sept Okt Nov Dez Ziff Art Aufl",
        closer="usw usf u.s.w",
        word="mag Mag art ab no hon op std ord rep res con ass sa di",
    ),
    "fr": _table(
        never="M MM Mmes Mlles Me Mgr Pr Dr p.ex c.-à-d av apr env cf St Ste boul",
        abbreviation="J.-C",
        numbered="art vol chap fig éd tél janv févr avr juil sept oct nov déc",
        word="fr sup sing sec ss hab ms co dir ann inf id al lib",
    ),
    "es": _table(
        never=(
            "Sr Sra Sres Sras Srta Dr Dra Dres D Dña Ud Uds Vd Vds Lic Ing Arq Prof Profa Gral "
            "Cnel Cap Tte Mons Excmo Excma p.ej ej Avda Av Pza Hnos Sto Sta St Fco Ma núm "
            "núms"
        ),
        abbreviation="EE UU EE.UU JJ.OO FF AA CC a.C d.C a.m p.m S.A aprox Cía admón",
        numbered="pág págs art arts cap fig tel vol n.º",
    ),
    "it": _table(
        never=(
            "sig Sig sigg sig.ra Sig.ra sig.na dott Dott dott.ssa Dott.ssa prof Prof prof.ssa "
            "ing avv Avv arch geom rag on On sen Sen gen Gen cav mons Mons Gent Egr Spett S SS "
            "p.es es"
        ),
        abbreviation="a.C d.C S.p.A s.r.l c.a",
        numbered="pag pagg art artt cap fig tel vol",
        closer="ecc",
    ),
    "nl": _table(
        never=(
            "dhr Dhr mevr Mevr mw Mw drs Drs ir mr ds Ds jhr bijv bv d.w.z m.a.w o.a i.p.v t.a.v "
            "t.o.v m.b.t n.a.v z.g zgn resp incl excl vgl ong plm a.u.b St"
        ),
        abbreviation="v.Chr n.Chr jl a.s B.V N.V",
        numbered="blz art afl hfst nr nrs tel jan feb mrt apr jun jul aug sept okt nov dec",
        closer="enz e.d",
    ),
    "pt": _table(
        never=(
            "Sr Sra Srs Sras Srta Dr Dra Drs Dras D Exmo Exma Prof Profa Eng Arq Av R Pe Fr Cel "
            "Gen Cap Ten Sgt p.ex ex Ex Sto Sta S V.Exa"
        ),
        abbreviation="a.C d.C S.A Ltda Cia aprox",
        numbered="pág págs art arts cap fig tel vol n.º núm",
        word="con adj adv cit op rev",
    ),
    "ru": _table(
        never="т.е т.н т.к напр ул просп пл пер им проф акад см ср рис гр св ст о.г обл р-н тов",
        abbreviation="н.э э д.н к.н",
        unit="г гг в вв руб коп тыс млн млрд км м кг см мин сек ч",
        closer="т.д т.п др пр",
        word="мин нед же на не он по жен муж",
    ),
    "uk": _table(
        never="т.з напр вул просп пл ім проф акад див рис гр св ст обл",
        unit="м р рр ст грн коп тис млн млрд км кг",
        closer="т.д т.п ін",
    ),
    "bg": _table(
        never="напр ул бул проф акад св т.е т.нар д-р",
        unit="г лв млн млрд хил",
        closer="т.н др",
    ),
    "pl": _table(
        never=(
            "np m.in tj tzn tzw ul al pl prof dr mgr inż ks gen płk św im ww ok godz ws wg "
            "red por zob śp os"
        ),
        unit="r w wiek zł gr tys mln mld km kg",
        abbreviation="n.e p.n.e",
        numbered="nr str s t rozdz art ust pkt rys tel",
        closer="itd itp",
        word="pol ros per lip port nord mar rom rus tur gal lit",
    ),
    "cs": _table(
        never="např tj tzv tzn Ing Mgr Bc JUDr MUDr PhDr RNDr prof doc sv ul nám resp popř pozn tř",
        abbreviation="př.n.l n.l",
        unit="tis mil mld Kč hod min",
        numbered="č str s odst",
        closer="atd apod aj",
    ),
    "tr": _table(
        never=(
            "Dr Prof Doç Yrd Öğr Gör Av Sn Alb Gen Org Uzm Op Müh Mah Cad Sok Bul Apt Hz M.Ö "
            "M.S örn bkz"
        ),
        abbreviation="A.Ş Ltd Şti",
        numbered="s Nu no No",
        closer="vb vs",
    ),
    "sv": _table(
        never="t.ex bl.a d.v.s dvs s.k resp inkl exkl ang jfr kl prof f.d dr",
        abbreviation="f.Kr e.Kr ca c:a st tel",
        numbered="nr sid s kap",
        closer="osv m.m m.fl o.s.v",
    ),
    "da": _table(
        never="f.eks bl.a dvs d.v.s s.k inkl ekskl ang jf kl hr fr prof dr pga ifm mht",
        abbreviation="f.Kr e.Kr ca tlf",
        numbered="nr s side kap jan feb apr jun jul aug sept okt nov dec",
        closer="osv m.m m.fl mv",
    ),
    "hu": _table(
        never="pl dr Dr prof ifj id özv ún ill kb vö Szt Sz u.n",
        abbreviation="Kft Rt Zrt Bt i.e i.sz sz",
        closer="stb",
    ),
    "ro": _table(
        never="dl d-l dna Dl Dna dr Dr ing prof av dvs ex str bd Sf pt",
        numbered="nr art pag vol cap",
        closer="ș.a",
    ),
    "el": _table(
        never="κ κκ π.χ δηλ Δρ καθ Αγ βλ",
        abbreviation="π.Χ μ.Χ π.μ μ.μ",
        numbered="αρ σελ τηλ",
        closer="κ.λπ κ.ά κτλ κλπ",
    ),
    "vi": _table(
        never="PGS GS TS ThS BS Th.S Tr NXB",
        abbreviation="TP Tp Q P H ĐH",
        word="ý y ở ạ à ơ ư ê u ồ ế ấy",
    ),
    "id": _table(
        never="Dr dr Ir H Hj Prof Jl Tn Ny Sdr Drs a.n",
        numbered="hlm no",
        closer="dll dsb dst",
    ),
    "ar": _table(
        never="د أ م ص.ب أ.د ق.م",
        numbered="ص ج",
    ),
    "fa": _table(
        never="دکتر آ ر.ک",
        abbreviation="ق.م ه.ش ه.ق",
        numbered="ص ج",
    ),
    "hi": _table(
        never="डॉ डा श्री श्रीमती प्रो पं रु कु स्व",
        numbered="सं पृ",
    ),
    "bn": _table(
        never="ডা ড মো মোঃ মি প্রো লে",
        numbered="পৃ নং",
    ),
}  # fmt: skip
ALIASES = {"nb": "da", "no": "da", "nn": "da", "sk": "cs", "gl": "pt", "be": "ru"}
"""Languages that abbreviate like another."""

STARTERS: dict[str, frozenset[str]] = {
    code: _words(words)
    for code, words in {
        "en": (
            "The He She It They We I You But And In On At This That These Those There His Her "
            "Their Its Our My A An As If When While After Before However Meanwhile For With By "
            "From To What Who Why How Where Now Then Some Many Most Not No Yes Although Though "
            "Since Because Both Despite During Under Even Still Instead Also Yet Or Nor Once "
            "Here"
        ),
        "de": (
            "Der Die Das Er Sie Es Wir Ich Ein Eine Einer Im In Am An Auf Bei Mit Nach Von Vor "
            "Zu Zum Dann Da Dort Hier Dabei Damit Danach Daher Aber Und Oder Doch Auch Als Wenn "
            "Weil Wie Was Wer Wo Man Diese Dieser Dieses So Nun Seit Heute Seine Ihre Für Durch "
            "Um Aus Bis Während"
        ),
        "fr": (
            "Le La Les L Il Elle Ils Elles On Nous Vous Je Ce Cet Cette Ces C Un Une Des Du De "
            "Dans En Et Mais Ou Or Puis Pour Par Avec Sans Sur Selon Après Avant Quand Si Son Sa "
            "Ses Leur Alors Ainsi Depuis À Au Aux D Qui Que Comment Pourquoi"
        ),
        "es": (
            "El La Los Las Lo Un Una Unos Unas Él Ella Ellos Ellas Yo Nosotros Es Era Fue En De "
            "Del Y Pero O No Sí Se Su Sus Este Esta Esto Ese Esa Eso Con Por Para Según Cuando "
            "Si Como Después Entonces Luego Tras Al A Ayer Hoy También Más"
        ),
        "it": (
            "Il Lo La I Gli Le L Un Una Uno È Era In Di Del Della Da E Ma O Non Si Suo Sua "
            "Questo Questa Con Per Secondo Quando Se Come Dopo Poi Allora Nel Nella Al Lui Lei "
            "Loro Noi Io Ieri Oggi"
        ),
        "pt": (
            "O A Os As Um Uma Ele Ela Eles Elas Eu Nós É Era Foi Em No Na Nos Nas De Do Da E Mas "
            "Ou Não Se Seu Sua Este Esta Isso Isto Com Por Para Segundo Quando Como Depois Então "
            "Após Ao"
        ),
        "nl": (
            "De Het Een Hij Zij Ze Wij We Ik Er Dit Dat Deze Die In Op Aan Bij Met Na Van Voor "
            "Om Te En Maar Of Ook Als Toen Dan Daar Hier Zo Nu Zijn Haar Hun Volgens Door Uit "
            "Wie Wat"
        ),
        "ru": (
            "Он Она Оно Они Мы Я Вы Это Этот Эта Эти В Во На По С Со К От До Из За И А Но Или "
            "Если Когда Как Что Кто Где Там Тут Затем Потом Тогда После Так Также Однако Не Его "
            "Её Их При Для"
        ),
        "pl": (
            "On Ona Ono Oni One My Ja To Ten Ta Te W We Na Po Z Ze Do Od Za I A Ale Lub Jeśli "
            "Kiedy Jak Co Kto Gdzie Tam Potem Wtedy Tak Nie Jego Jej Ich Przy Dla Jest Był Była"
        ),
        "sv": (
            "Den Det De Han Hon Vi Jag Ni En Ett I På Av Med Efter Från För Om Och Men Eller "
            "Också När Där Då Så Nu Hans Hennes Deras Som Vad Vem Detta Denna Dessa"
        ),
        "da": (
            "Den Det De Han Hun Vi Jeg I En Et På Af Med Efter Fra For Om Og Men Eller Når Der "
            "Da Så Nu Hans Hendes Deres Som Hvad Hvem Dette Denne Disse"
        ),
        "vi": (
            "Tuy Các Những Kỳ Trong Ông Bà Anh Chị Theo Đây Đó Khi Nếu Sau Trước Hiện Ngoài Đến "
            "Tại Với Và Nhưng Do Vì Để Có Không Tôi Chúng Một Mỗi Cả Đồng Chưa Còn Cũng Từ Cùng "
            "Vào Ở"
        ),
        "tr": ("Bu Şu O Bir Ve Ama Ancak Fakat Biz Ben Siz Onlar Daha Sonra Her Çok"),
    }.items()
}
"""Words that open many sentences and follow an abbreviation within one hardly ever."""

GERMAN_BEFORE = _words(
    "der die das dem den des am im vom zum zur ab bis seit ins beim und oder sein seine seinen "
    "seinem seiner ihr ihre ihren ihrem ihrer ein eine einen einem einer jeder jede jedes jeden"
)
GERMAN_AFTER = _words(
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember "
    "Jahrhundert Jahrhunderts Jahrhunderten Jh Jhd Jahrtausend Weltkrieg Weltkriegs Weltkrieges "
    "Platz Klasse Dynastie Auflage Liga Bundesliga Stock Bezirk Minute Spieltag Runde Geburtstag "
    "Lebensjahr Todestag Jahrestag FC Tag Mal"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How a language ends its sentences.

    ``kind`` tells what a word before a full stop is, ``starters`` open many sentences,
    ``pattern`` finds the marks, ``phrases``: there is no full stop, and spaces part phrases.
    """

    code: str
    kind: Callable[[str], Kind]
    starters: frozenset[str]
    pattern: re.Pattern[str]
    phrases: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A block under the knife; ``lower``: it has no capitals."""

    text: str
    rules: Rules
    lower: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A span ``text[start:end]`` of block ``block``; ``quoted``: it lies in a block quote."""

    block: int
    start: int
    end: int
    text: str


def sentences(text: str, code: str, block: int = 0) -> list[Sentence]:
    """Split one block into its sentences; white space around each belongs to none."""
    return [
        Sentence(block=block, start=start, end=end, text=text[start:end])
        for start, end in sentence_spans(text, code)
    ]


def sentence_spans(text: str, language: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each sentence of a block, in characters, in order.

    ``language`` is a BCP 47 tag; of an unknown one only what is common to all is used. Spans begin
    and end with a character that is not blank and leave out nothing but blanks. What has no letter
    or digit ("* * *", an emoji) belongs to the sentence before it, at the beginning of the block
    to the one after it; a block of nothing else has no sentence.
    """
    rules = _rules(language)
    start = first = len(text) - len(text.lstrip())
    spans: list[tuple[int, int]] = []
    for cut, follow in _cuts(text, start, len(text.rstrip()), rules):
        if text[start : start + 1].isalnum() or _LETTER.search(text, start, cut):
            spans.append((start if spans else first, cut))
        elif spans:
            spans[-1] = (spans[-1][0], cut)
        start = follow
    return _phrases(text, spans) if rules.phrases else spans


def _cuts(text: str, start: int, end: int, rules: Rules) -> list[tuple[int, int]]:
    """Return where each sentence ends and the next one starts; for the last one that is ``end``."""
    scene = Scene(text=text, rules=rules, lower=text.islower())
    found = []
    if "\n" in text:
        for edge in _HARD_BULLET.finditer(text, start, end):
            stop = edge.start()
            while stop > start and text[stop - 1].isspace():
                stop -= 1
            found += _marks(scene, start, stop)
            start = edge.end()
            found.append((stop, start))
    found += _marks(scene, start, end)
    whole = _whole(text)
    if whole:
        found = _outside(found, whole)
    found.append((end, end))
    return found


def _whole(text: str) -> list[tuple[int, int]]:
    """Return where the quotations and brackets begin and end that are kept in one piece."""
    found = []
    for left, right in PAIRS:
        at = text.find(left)
        while at >= 0:
            stop = text.find(right, at + 1, at + QUOTE_LIMIT)
            if stop < 0 or (left in EITHER_WAY and not _quotes(text, at, stop)):
                stop = at
            else:
                found.append((at, stop))
            at = text.find(left, stop + 1)
    found.sort()
    return found


def _quotes(text: str, left: int, right: int) -> bool:
    """Tell from their neighbours whether two quotation marks open and close a quotation."""
    return _opens(text, left) and not text[right - 1].isspace()


def _opens(text: str, quote: int) -> bool:
    if text[quote + 1 : quote + 2].isspace():
        return False
    return quote == 0 or text[quote - 1].isspace() or text[quote - 1] in BEFORE_QUOTES


def _outside(cuts: list[tuple[int, int]], whole: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Leave out the cuts that lie between a beginning and its end."""
    found = []
    reach = at = 0
    for cut in cuts:
        end = cut[0]
        while at < len(whole) and whole[at][0] < end:
            reach = max(reach, whole[at][1])
            at += 1
        if end > reach:
            found.append(cut)
    return found


def _marks(scene: Scene, start: int, end: int) -> list[tuple[int, int]]:
    """Return where the marks from ``start`` to ``end`` part sentences, ``end`` left out."""
    text, kind_of = scene.text, scene.rules.kind
    found = []
    for match in scene.rules.pattern.finditer(text, start, end - 1):
        mark = match.start()
        cut = mark + 1
        # Nearly all marks are a full stop, a space and a capital; the rest may take longer.
        if text[cut] == " " and text[cut + 1].isupper() and text[mark] == ".":
            follow = cut + 1
            low = mark - TOKEN_LIMIT if mark - start > TOKEN_LIMIT else start
            kind = kind_of(text[text.rfind(" ", low, mark) + 1 or low : mark])
            if kind and not _abbreviated(scene, start, mark, follow, kind):
                continue
        else:
            cut, follow = _unusual(scene, start, mark, end)
            if not cut:
                continue
        found.append((cut, follow))
        start = follow
    return found


def _unusual(scene: Scene, start: int, mark: int, end: int) -> tuple[int, int]:
    """Return where the sentence ends and the next one starts; zeros if it goes on."""
    text = scene.text
    first = text[mark + 1]
    if (first.islower() or first.isdigit()) and text[mark] not in WIDE:
        return 0, 0
    tail = _TAIL.match(text, mark + 1, end)
    if not tail or tail.end() == end:
        return 0, 0
    cut, (follow, after) = tail.end(1), tail.span(2)
    if cut == follow:
        cut = follow = _glued(scene, start, mark, cut, after)
    elif not _spaced(scene, start, mark, cut, after):
        return 0, 0
    return cut, follow


def _spaced(scene: Scene, start: int, mark: int, cut: int, after: int) -> bool:
    """Tell whether a mark with white space after it ends a sentence."""
    text = scene.text
    first = text[after]
    if not first.isupper():
        if first in COMMAS and text[after + 1 : after + 2].isspace():
            return False
        if first.islower() and not scene.lower and not _odd_start(text, cut, after):
            return False
    if text[mark] != "." or text[mark - 1 : mark] == ".":
        return _exclaimed(scene, start, mark, cut, after)
    kind = scene.rules.kind(_token(text, start, mark))
    return not kind or _abbreviated(scene, start, mark, after, kind)


def _token(text: str, start: int, mark: int) -> str:
    """Return what stands before a mark, back to a space; of a long one the last characters."""
    low = max(start, mark - TOKEN_LIMIT)
    return text[text.rfind(" ", low, mark) + 1 or low : mark]


def _odd_start(text: str, cut: int, after: int) -> bool:
    """Tell whether a small letter may start a sentence: iPhone, Georgian, the item of a list."""
    if "ა" <= text[after] <= "ჿ" or _MIXED_CASE.match(text, after):
        return True
    return after - cut > 1 and any(bullet in text[cut:after] for bullet in BULLETS)


def _exclaimed(scene: Scene, start: int, mark: int, cut: int, after: int) -> bool:
    """Tell whether "!", "?" or an ellipsis ends a sentence: not in "Yahoo! News", nor "[...]"."""
    text = scene.text
    if _BRACKETED.search(text, max(start, mark - 4), mark):
        return False
    if text[mark] == "!" and text.endswith(EXCLAIMING, start, mark + 1):
        return False
    quoted = cut > mark + 1 and text[cut - 1] in "\"'”’"
    if quoted and scene.rules.code == "en" and _SPEAKER.match(text, after):
        return _word(text, after) in scene.rules.starters
    return True


def _abbreviated(scene: Scene, start: int, mark: int, after: int, kind: Kind) -> bool:
    """Tell whether the full stop of an abbreviation or of figures ends the sentence too."""
    text = scene.text
    spelt = _SPELT.search(text, max(start, mark - 12), mark)
    if spelt:
        kind = scene.rules.kind(spelt.group().replace(" ", ""))
    if kind is Kind.NEVER:
        return False
    if kind is Kind.NUMBER:
        return not _ordinal(scene, start, mark, after)
    if kind is Kind.CLOSER or (kind is Kind.UNIT and _measures(text, start, mark)):
        return True
    if text[after].isdigit():
        return False
    word = _word(text, after)
    if kind is Kind.NUMBERED:
        return not _ROMAN.fullmatch(word)
    if kind is Kind.CLOCK:
        return word not in AFTER_CLOCK
    # An initial looks like a starter: J. A. Smith.
    return word in scene.rules.starters and text[after + len(word) : after + len(word) + 1] != "."


def _measures(text: str, start: int, mark: int) -> bool:
    """Tell whether a unit follows figures, not so soon as in "В 1990 г. Москва росла"."""
    return mark - start > 10 and _MEASURE.search(text, mark - 9, mark) is not None


def _ordinal(scene: Scene, start: int, mark: int, after: int) -> bool:
    """Tell whether figures with a full stop number an item or are an ordinal."""
    text, code = scene.text, scene.rules.code
    begin = mark - len(_core(_token(text, start, mark)))
    low = max(start, begin - 4)
    if not text[low:begin].strip(OPENING) or _ITEM.search(text, low, begin):
        return True
    if code not in ORDINALS or text[begin - 1] in "-–,.$€£":
        return False
    if text[after].isdigit() or code in ("tr", "hu"):
        return True
    word = _word(text, after)
    if code != "de" or word in GERMAN_AFTER:
        return code == "de"
    before = text[max(start, begin - TOKEN_LIMIT) : begin].split()
    return bool(before) and before[-1].lower() in GERMAN_BEFORE and word not in scene.rules.starters


def _glued(scene: Scene, start: int, mark: int, cut: int, after: int) -> int:
    """Return where a sentence ends whose mark has no white space after it; 0 if it goes on."""
    text = scene.text
    if text[mark] in WIDE:
        return cut if _wide(text, start, mark, cut, after) else 0
    first, before = text[after], text[mark - 1] if mark > start else " "
    if first.isupper():
        if not (before.islower() or before.isdigit() or before in CLOSING):
            return 0
        second = text[after + 1 : after + 2]
        if not (second.islower() or second in (" ", "'", "’")):
            return 0
    elif cut > mark + 1 or not (_caseless(first) and _caseless(before)):
        return 0
    return _unglued(scene, start, mark, cut, after)


def _unglued(scene: Scene, start: int, mark: int, cut: int, after: int) -> int:
    """Return where to cut "left.But", 0 for "Node.Js", "Dr.Smith", "so...Well" and addresses."""
    text = scene.text
    token = _token(text, start, mark)
    if not 1 < len(token) < TOKEN_LIMIT or not _ONE_WORD.fullmatch(token):
        return 0
    if text[mark] in "…‥" or text[mark - 1] in STOPS or _word(text, after) in DOMAINS:
        return 0
    kind = scene.rules.kind(token)
    if kind and kind is not Kind.CLOSER and (kind is not Kind.NUMBER or start + len(token) == mark):
        return 0
    return cut - 1 if _starts_quote(text, cut - 1) else cut


def _starts_quote(text: str, at: int) -> bool:
    """Tell whether the quotation mark between two sentences with no space opens the second."""
    if text[at] != '"':
        return text[at] == "“"
    last = text.rfind('"', max(0, at - QUOTE_LIMIT), at)
    return last < 0 or not _opens(text, last)


def _wide(text: str, start: int, mark: int, cut: int, after: int) -> bool:
    """Tell whether an ideographic stop, a danda or their like ends a sentence."""
    if text[after] in COMMAS or (mark - start < 4 and text[start:mark].isdigit()):
        return False
    last = text[cut - 1]
    if last in "》〉" or (last in "）)" and text[start] not in "（("):
        return False
    return last not in '」』”’"' or not _REPORTED.match(text, after)


def _phrases(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Cut long spans at spaces between letters."""
    found = []
    for start, end in spans:
        while end - start > 2 * PHRASE:
            space = _PHRASE_END.search(text, start + PHRASE, end)
            if not space:
                break
            found.append((start, space.start()))
            start = space.end()
        found.append((start, end))
    return found


def _word(text: str, at: int) -> str:
    """Return the letters and digits from there on."""
    found = _WORD_AT.match(text, at)
    return found.group() if found else ""


def _caseless(letter: str) -> bool:
    return letter.isalpha() and not letter.isupper() and not letter.islower()


@lru_cache(maxsize=64)
def _rules(language: str) -> Rules:
    code = language.replace("_", "-").partition("-")[0].lower()
    like = ALIASES.get(code, code)
    table = {**COMMON, **TABLES.get(like, {})}
    marks = _MARKS + MORE_MARKS.get(code, "")
    kind: Callable[[str], Kind] = lru_cache(maxsize=8192)(partial(_kind, table, code))
    return Rules(
        code=code,
        kind=_never if code in STOPLESS else kind,
        starters=STARTERS.get(like, frozenset()),
        # The last mark of a run: millions of full stops in a row cost nothing.
        pattern=re.compile(f"[{marks}](?![{marks}])"),
        phrases=code in SPACED_PHRASES,
    )


def _never(token: str) -> Kind:
    return Kind.NEVER


def _kind(table: dict[str, Kind], code: str, token: str) -> Kind:
    if len(token) > WORD_LIMIT and token.isalpha():
        return Kind.WORD
    core = token if token.isalpha() else _core(token)
    known = table.get(core)
    if known is None and core[1:].islower():
        known = table.get(core.lower())
    return _shape(table, code, core) if known is None else known


def _shape(table: dict[str, Kind], code: str, word: str) -> Kind:
    """Tell of a word in no table what it is, from its letters and from sentencex."""
    if _FIGURES.fullmatch(word):
        return Kind.NUMBER
    if _DOTTED.fullmatch(word) or (len(word) == 1 and word.isalpha() and word < "⺀"):
        return Kind.ABBREVIATION
    if "." in word:
        return table.get(word.rpartition(".")[2], Kind.WORD)
    return Kind.ABBREVIATION if _listed(code, word) else Kind.WORD


def _core(token: str) -> str:
    """Strip a word of what precedes it: brackets, quotation marks, the rest of a compound."""
    words = token.split()
    core = words[-1].lstrip(OPENING) if words else ""
    elided = _ELIDED.match(core)
    return core[max(elided.end() - 1 if elided else -1, *map(core.rfind, '–—/()"“')) + 1 :]


def _listed(code: str, word: str) -> bool:
    """Tell whether sentencex has the word in its list; all capitals are no abbreviation there."""
    if code not in TRUSTED or word.isupper() or not _BARE_WORD.fullmatch(word):
        return False
    return word.isprintable() and len(sentencex.segment(code, f"Xx {word}. Xxx")) == 1
