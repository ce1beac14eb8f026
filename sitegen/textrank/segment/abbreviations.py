"""The words of each language that decide at a full stop: one row a language and kind.

Language "" is what all have in common. What begins with a small letter is meant with a capital
too. Kinds:

=================  ================================================================
abbreviation       ends a sentence only where a starter follows: Inc., U.S.
clock              ends one unless a word of ``after_clock`` follows: 9 a.m. Monday
closer             ends one, though it looks like an abbreviation: и т. д.
numeric            ends one unless a figure follows: No. 5
prepositive        never ends one: Mr., e.g.
unit               ends one after a figure, elsewhere like an abbreviation: 1990 г.
starter            starts many sentences, and follows an abbreviation hardly ever
before_ordinal     comes before an ordinal: am 3. Mai
after_ordinal      comes after an ordinal: im 20. Jahrhundert
domain             comes after a full stop in names: Node.Js
=================  ================================================================

Initials, letters with full stops (a.D.), figures and what sentencex lists need no row.
"""

ABBREVIATIONS: dict[str, dict[str, str]] = {
    "": {
        "abbreviation": "al approx Bros ca Co Corp Inc Jr Ltd Mill Mio Mrd Mt Sr St Ste",
        "closer": "etc",
        "domain": "Co Com Edu Gov Html Info Io Js Net Org Php Py Uk",
        "numeric": "art ch chap fig figs No no nos nr N° n° nº Op op p pp sec vol §",
        "prepositive": "cf dr e.g i.e Messrs Mlle Mme Mr Mrs Ms prof viz vs",
    },
    "ar": {
        "numeric": "ج ص",
        "prepositive": "أ أ.د د ص.ب ق.م م",
    },
    "bg": {
        "closer": "др т.н",
        "prepositive": "акад бул д-р напр проф св т.е т.нар ул",
        "unit": "г лв млн млрд хил",
    },
    "bn": {
        "numeric": "নং পৃ",
        "prepositive": "ড ডা প্রো মি মো মোঃ লে",
    },
    "cs": {
        "closer": "apod atd",
        "numeric": "odst s str č",
        "prepositive": (
            "Bc doc Ing JUDr Mgr MUDr např nám PhDr popř pozn resp RNDr sv tj tzn tzv tř ul"
        ),
        "unit": "hod Kč mil min mld tis",
    },
    "da": {
        "abbreviation": "tlf",
        "closer": "m.fl m.m mv osv",
        "numeric": "apr aug dec feb jan jul jun kap nov okt s sept side",
        "prepositive": "ang bl.a d.v.s dvs ekskl f.eks fr hr ifm inkl jf kl mht pga s.k",
        "starter": (
            "Af Da De Den Denne Der Deres Det Dette Disse Efter Eller En Et For Fra Han Hans "
            "Hendes Hun Hvad Hvem I Jeg Med Men Nu Når Og Om På Som Så Vi"
        ),
    },
    "de": {
        "abbreviation": "Chr ff Jh Jhd jr Min Sek Std str Tel Tsd",
        "after_ordinal": (
            "April Auflage August Bezirk Bundesliga Dezember Dynastie FC Februar Geburtstag "
            "Jahrestag Jahrhundert Jahrhunderten Jahrhunderts Jahrtausend Januar Jh Jhd Juli Juni "
            "Klasse Lebensjahr Liga Mai Mal Minute März November Oktober Platz Runde September "
            "Spieltag Stock Tag Todestag Weltkrieg Weltkrieges Weltkriegs"
        ),
        "before_ordinal": (
            "ab am beim bis das dem den der des die ein eine einem einen einer ihr ihre ihrem "
            "ihren ihrer im ins jede jeden jeder jedes oder sein seine seinem seinen seiner seit "
            "und vom zum zur"
        ),
        "closer": "art no op u.s.w",
        "numeric": "Abs Apr Art Aufl Aug Bd Dez Feb Jan Jul Jun Kap Nov Nrn Okt S Sep Sept Ziff",
        "prepositive": (
            "Abb bspw bzgl bzw d.h Dipl dt engl evtl exkl Fr Frl frz geb gest ggf griech hl Hr "
            "Hrn i.d.R Ing inkl ital jur lat med nat phil rer sog u.a verh vgl z.B zzgl"
        ),
        "starter": (
            "Aber Als Am An Auch Auf Aus Bei Bis Da Dabei Daher Damit Danach Dann Das Der Die "
            "Diese Dieser Dieses Doch Dort Durch Ein Eine Einer Er Es Für Heute Hier Ich Ihre Im "
            "In Man Mit Nach Nun Oder Seine Seit Sie So Um Und Von Vor Was Weil Wenn Wer Wie Wir "
            "Wo Während Zu Zum"
        ),
    },
    "el": {
        "closer": "κ.ά κ.λπ",
        "numeric": "αρ σελ τηλ",
        "prepositive": "Αγ βλ δηλ Δρ κ καθ κκ π.χ",
    },
    "en": {
        "abbreviation": (
            "Ariz Ark Assn Ave Bldg Blvd Calif Colo Conn Dist Esq est Fla Ga Hwy Ind Kan Ky La "
            "Mass Md Mich Minn Mo Neb Nev Okla Ont Ore Pa Penn Rd Tenn Tex Univ Va Vt Wash Wis "
            "Wyo"
        ),
        "after_clock": (
            "April August BST CDT Central CET CST CT December Eastern EDT EST ET February Fri "
            "Friday GMT Greenwich January July June March May Mon Monday Mountain MT November "
            "October Pacific PDT PST PT Sat Saturday September Sun Sunday Thu Thurs Thursday Tue "
            "Tues Tuesday UTC Wed Wednesday"
        ),
        "clock": "A.M a.m P.M p.m",
        "closer": "art op",
        "numeric": "Apr Aug Dec eq Ex Feb Jan Jul Jun Mar Nov Oct para Ref sect Sep Sept",
        "prepositive": (
            "a.k.a Adm Ald Assoc Asst Atty Brig c.f Capt Cmdr Col Comdr Cpl Dept Det Drs Fr Ft "
            "Gen Gov Govs Hon Insp Lt Maj Mmes Msgr Pfc Ph Pres Profs Pvt Rep Reps Rev Revs Rt "
            "Sen Sens Sgt Supt Surg v"
        ),
        "starter": (
            "A After Also Although An And As At Because Before Both But By Despite During Even "
            "For From He Her Here His How However I If In Instead It Its Many Meanwhile Most My "
            "No Nor Not Now On Once Or Our She Since Some Still That The Their Then There These "
            "They This Those Though To Under We What When Where While Who Why With Yes Yet You"
        ),
    },
    "es": {
        "abbreviation": "AA admón aprox CC Cía EE FF UU",
        "numeric": "arts cap n.º pág págs tel",
        "prepositive": (
            "Arq Av Avda Cap Cnel D Dra Dres Dña ej Excma Excmo Fco Gral Hnos Ing Lic Ma Mons núm "
            "núms p.ej Profa Pza Sr Sra Sras Sres Srta St Sta Sto Tte Ud Uds Vd Vds"
        ),
        "starter": (
            "A Al Ayer Como Con Cuando De Del Después El Ella Ellas Ellos En Entonces Era Es Esa "
            "Ese Eso Esta Este Esto Fue Hoy La Las Lo Los Luego Más No Nosotros O Para Pero Por "
            "Se Según Si Su Sus Sí También Tras Un Una Unas Unos Y Yo Él"
        ),
    },
    "fa": {
        "numeric": "ج ص",
        "prepositive": "آ دکتر ر.ک",
    },
    "fr": {
        "closer": "al sec",
        "numeric": "avr déc févr janv juil nov oct sept tél éd",
        "prepositive": "apr av boul c.-à-d env ex M Me Mgr Mlles MM Mmes p.ex Pr St Ste",
        "starter": (
            "Ainsi Alors Après Au Aux Avant Avec C Ce Ces Cet Cette Comment D Dans De Depuis Des "
            "Du Elle Elles En Et Il Ils Je L La Le Les Leur Mais Nous On Or Ou Par Pour Pourquoi "
            "Puis Quand Que Qui Sa Sans Selon Ses Si Son Sur Un Une Vous À"
        ),
    },
    "hi": {
        "numeric": "पृ सं",
        "prepositive": "कु डा डॉ पं प्रो रु श्री श्रीमती स्व",
    },
    "hu": {
        "abbreviation": "Bt i.e Kft Rt sz Zrt",
        "prepositive": "id ifj ill kb pl Sz Szt u.n vö özv ún",
    },
    "id": {
        "numeric": "hlm",
        "prepositive": "a.n Drs H Hj Ir Jl Ny Sdr Tn",
    },
    "it": {
        "numeric": "artt cap pag pagg tel",
        "prepositive": (
            "arch avv cav dott dott.ssa Egr es gen Gent geom ing mons on p.es prof.ssa rag S sen "
            "sig sig.na sig.ra sigg Spett SS"
        ),
        "starter": (
            "Al Allora Come Con Da Del Della Di Dopo E Era Gli I Ieri Il In Io L La Le Lei Lo "
            "Loro Lui Ma Nel Nella Noi Non O Oggi Per Poi Quando Questa Questo Se Secondo Si Sua "
            "Suo Un Una Uno È"
        ),
    },
    "nl": {
        "abbreviation": "jl n.Chr v.Chr",
        "closer": "e.d",
        "numeric": "afl apr aug blz dec feb hfst jan jul jun mrt nov nrs okt sept tel",
        "prepositive": (
            "a.u.b bijv bv d.w.z dhr drs ds excl i.p.v incl ir jhr m.a.w m.b.t mevr mr mw n.a.v "
            "o.a ong plm resp St t.a.v t.o.v vgl z.g zgn"
        ),
        "starter": (
            "Aan Als Bij Daar Dan Dat De Deze Die Dit Door Een En Er Haar Het Hier Hij Hun Ik In "
            "Maar Met Na Nu Of Om Ook Op Te Toen Uit Van Volgens Voor Wat We Wie Wij Ze Zij Zijn "
            "Zo"
        ),
    },
    "pl": {
        "numeric": "pkt rozdz rys s str t tel ust",
        "prepositive": (
            "al gen godz im inż ks m.in mgr np ok os pl por płk red tj tzn tzw ul wg ws ww zob śp "
            "św"
        ),
        "starter": (
            "A Ale Był Była Co Dla Do Gdzie I Ich Ja Jak Jego Jej Jest Jeśli Kiedy Kto Lub My Na "
            "Nie Od On Ona One Oni Ono Po Potem Przy Ta Tak Tam Te Ten To W We Wtedy Z Za Ze"
        ),
        "unit": "gr kg km mld mln r tys w wiek zł",
    },
    "pt": {
        "abbreviation": "aprox Cia Ltda",
        "closer": "op",
        "numeric": "arts cap n.º núm pág págs tel",
        "prepositive": (
            "Arq Av Cap Cel D Dra Dras Drs Eng ex Exma Exmo Fr Gen p.ex Pe Profa R S Sgt Sr Sra "
            "Sras Srs Srta Sta Sto Ten V.Exa"
        ),
        "starter": (
            "A Ao Após As Com Como Da De Depois Do E Ela Elas Ele Eles Em Então Era Esta Este Eu "
            "Foi Isso Isto Mas Na Nas No Nos Não Nós O Os Ou Para Por Quando Se Segundo Seu Sua "
            "Um Uma É"
        ),
    },
    "ro": {
        "closer": "ș.a",
        "numeric": "cap pag",
        "prepositive": "av bd d-l dl dna dvs ex ing pt Sf str",
    },
    "ru": {
        "closer": "т.д т.п",
        "prepositive": (
            "акад гр им напр о.г обл пер пл просп проф р-н рис св ср ст т.е т.к т.н тов ул"
        ),
        "starter": (
            "А В Во Вы Где Для До Его Если Её За Затем И Из Или Их К Как Когда Кто Мы На Не Но "
            "Однако Он Она Они Оно От По После Потом При С Со Так Также Там Тогда Тут Что Эта Эти "
            "Это Этот Я"
        ),
        "unit": "в вв г гг кг км коп м млн млрд руб сек см тыс ч",
    },
    "sv": {
        "abbreviation": "c:a st tel",
        "closer": "m.fl m.m o.s.v",
        "numeric": "kap s sid",
        "prepositive": "ang bl.a d.v.s dvs exkl f.d inkl jfr kl resp s.k t.ex",
        "starter": (
            "Av De Den Denna Deras Dessa Det Detta Där Då Efter Eller En Ett Från För Han Hans "
            "Hennes Hon I Jag Med Men Ni Nu När Och Också Om På Som Så Vad Vem Vi"
        ),
    },
    "tr": {
        "abbreviation": "Şti",
        "closer": "vs",
        "numeric": "Nu s",
        "prepositive": (
            "Alb Apt Av bkz Bul Cad Doç Gen Gör Hz M.S M.Ö Mah Müh Op Org Sn Sok Uzm Yrd örn Öğr"
        ),
        "starter": "Ama Ancak Ben Bir Biz Bu Daha Fakat Her O Onlar Siz Sonra Ve Çok Şu",
    },
    "uk": {
        "closer": "т.д т.п ін",
        "prepositive": "акад вул гр див напр обл пл просп проф рис св т.з ім",
        "unit": "грн кг км коп м млн млрд р рр ст тис",
    },
    "vi": {
        "abbreviation": "TP Tp ĐH",
        "closer": "u y à ê ý ơ ư ạ ế ồ ở",
        "prepositive": "BS GS NXB PGS Th.S ThS Tr TS",
        "starter": (
            "Anh Bà Chúng Chưa Chị Các Còn Có Cùng Cũng Cả Do Hiện Khi Không Kỳ Mỗi Một Ngoài "
            "Nhưng Những Nếu Sau Theo Trong Trước Tuy Tôi Tại Từ Và Vào Vì Với Ông Đây Đó Đến Để "
            "Đồng Ở"
        ),
    },
}
