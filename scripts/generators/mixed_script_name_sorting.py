# ruff: noqa: RUF001  (names are written in Latin, Greek and Cyrillic letters)
"""Sort names by an alphabet that is written out: Polish, Welsh, Greek, a keyboard's and others.

A name becomes the places of its letters in the alphabet, some of which have two characters. Lists
that a plain sort would solve are thrown away.
"""

from random import Random
from typing import Any, NamedTuple
from unicodedata import normalize

from authoring import demonstration, document, instance, paragraphs

NAME = "mixed_script_name_sorting"
SEED, SIZE = 20_516, 105
SEPARATOR, TOGETHER = ", ", 4  # at most so many names begin alike, or stand in two lists

# Two settings, the alphabet with what is replaced before letters are sought, a remark, names.
BLOCKS = """\
A library in Kraków files its readers by family name.
The teachers of a school in Gdynia are listed by family name.
a ą b c ć d e ę f g h i j k l ł m n ń o ó p q r s ś t u v w x y z ź ż
Every letter with a mark is a letter of its own.
Baran Bąk Borowy Cichy Ciszek Czarny Ćwik Gąska Góral Górka Lach Lipa Lis Łapa Łoś Łuczak Mazur
Mądry Mrozek Mróz Sikora Słowik Sowa Szulc Śliwa Świątek Wąs Wolny Wójcik Zając Zięba Zych Żak Żuk

The members of a choir in Uppsala are listed by family name.
A dentist in Malmö keeps cards of the patients by family name.
a b c d e f g h i j k l m n o p q r s t u v w x y z å ä ö
å, ä and ö are the last letters of the alphabet.
Ahlin Alm Asp Åberg Ågren Åkesson Bäck Berg Björk Blom Hansson Hägg Håkansson Hedlund Holm Höglund
Lagerlöf Lång Lindh Lööf Lund Olin Ohlsson Öberg Öhman Sjöberg Sjögren Sten Strand Ström Stål

A rowing club in Aarhus lists its rowers by family name.
The tenants of a house in Odense are listed by family name.
a b c d e f g h i j k l m n o p q r s t u v w x y z æ ø å aa=å
aa counts as the letter å.
Aagaard Abel Andersen Aske Bach Bæk Berg Bjerre Bøgh Haahr Hald Hansen Holm Høeg Kaas Kjær Kofod
Krogh Kruse Madsen Munk Møller Nielsen Nørgaard Nygaard Skaarup Skjødt Skov Olsen Ørsted Østergaard

A telephone list in Vienna is ordered by family name.
The parents of a nursery school in Ulm are listed by family name.
a b c d e f g h i j k l m n o p q r s t u v w x y z ä=ae ö=oe ü=ue ß=ss
ä counts as ae, ö as oe, ü as ue, ß as ss.
Bartsch Bäcker Bohl Bosch Böhm Bruch Brunner Brück Gossen Götz Grabe Gräf Groß Grosser Grube Grün
Kaiser Kant Kästner Kohl Konrad Köhler König Kruse Krüger Schade Schall Schäfer Schoch Scholz Schön

A publisher in Madrid still files its authors in the old order.
An old parish register in Murcia lists the families by name.
a b c ch d e f g h i j k l ll m n ñ o p q r s t u v w x y z á=a é=e í=i ó=o ú=u
ch, ll and ñ are letters of their own; accents on vowels are ignored.
Acosta Acuña Acha Castillo Cobos Coll Cruz Cuesta Chacón Chávez Lara López Lugo Luna Llanos Llorente
Munera Muñiz Muñoz Ocampo Ocón Ochoa Pena Penagos Peña Peñalver Pérez Vilar Vilches Villa Villar

An orchestra in Bogotá lists its players by family name.
The winners of a raffle in Quito are listed by family name.
a b c d e f g h i j k l m n ñ o p q r s t u v w x y z á=a é=e í=i ó=o ú=u
ñ is a letter of its own; ch and ll are not; accents on vowels are ignored.
Acevedo Achával Acosta Cañas Castaño Chacón Ibáñez Ibarra Inga Íñiguez Muñiz Muñoz Munévar Murillo
Nieto Niño Núñez Nuño Ordóñez Ordorica Ordoqui Peña Penagos Peñaranda Pérez Quintero Quiñones Quinto

A theatre in Brno lists its actors by family name.
The pupils of a class in Pilsen are listed by family name.
a b c č d e f g h ch i j k l m n o p q r ř s š t u v w x y z ž á=a í=i ý=y ů=u ť=t
č, ř, š, ž and ch are letters of their own; all other marks are ignored.
Čapek Černý Havel Hájek Horák Hrubý Chalupa Chmel Chvátal Kubát Kučera Kuchař Kužel Mach Macek Mahel
Marek Růžička Ryba Řezáč Říha Soukup Svoboda Sýkora Šimek Šťastný Zajíc Zelenka Zeman Žák Žižka

The children of a kindergarten in Izmir are listed by first name.
A swimming course in Bursa lists those who take part by first name.
a b c ç d e f g ğ h ı i j k l m n o ö p r s ş t u ü v y z
The dotless ı (capital I) comes before the dotted i (capital İ).
Can Cem Ceyda Çağla Çetin Doğan Doruk Dudu Gonca Göktuğ Gül Gümüş Ilgaz Irmak Işıl İdil İnci İpek
Onur Orhan Oya Ömer Özge Selin Sevgi Sibel Şirin Şule Ufuk Uğur Umut Ülkü Ümit Yağmur Yavuz Yiğit

A chess club in Tula lists its players by family name.
A library in Perm files its readers by family name.
а б в г д е ё ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я
ё is a letter of its own after е.
Алексин Алфёров Алёхин Берёзин Бердин Ежов Елисеев Ершов Ёлкин Ёршин Заикин Зайцев Зимин Коровин
Корольков Королёв Семенихин Семёнов Серов Сёмин Федотов Фетисов Фёдоров Филин Шилов Щукин

The voters of a village near Lviv are listed by family name.
A clinic in Poltava files its patients by family name.
а б в г ґ д е є ж з и і ї й к л м н о п р с т у ф х ц ч ш щ ь ю я
ґ, є, і and ї are letters of their own.
Гай Гончар Грицай Ґалаґан Ґудзь Єрмак Євтушенко Ємець Зима Зінченко Зозуля Івасюк Ільченко
Їжакевич Кириленко Кінах Кравець Лисенко Ліщук Лозовий Мельник Мирний Мороз Титаренко Ткач Трачук

A bank in Patras files its customers by family name.
The doctors of a hospital in Volos are listed by family name.
α β γ δ ε ζ η θ ι κ λ μ ν ξ ο π ρ σ τ υ φ χ ψ ω ά=α έ=ε ή=η ί=ι ό=ο ύ=υ ώ=ω ς=σ
Accents are ignored, and ς is the letter σ.
Ζαχαρίου Ζερβός Ζήσης Ζώης Ηλιάδης Ηλιού Θάνος Θεοδώρου Θωμάς Κάκος Κατσαρός Κοντός Κυριακού Κωστής
Ξανθός Ξένος Ξυδάκης Φιλίππου Φωκάς Φωτίου Χατζής Χρήστου Χωματάς Ψάλτης Ψαρράς Ωρολογάς

A drama group in Bangor lists its members by first name.
The babies born in a hospital in Cardigan are listed by first name.
a b c ch d dd e f ff g ng h i j l ll m n o p ph r rh s t th u w y
ch, dd, ff, ng, ll, ph, rh and th always count as one letter.
Aled Alun Alys Aneirin Angharad Arwel Carys Ceri Cledwyn Eleri Elin Elliw Eluned Emrys Geraint
Gethin Gwyn Iddon Idris Idwal Ifan Lili Lowri Luned Llew Llinos Rebeca Robat Rhian Rhodri Rhys

The sailors of a club in Split are listed by family name.
A museum in Osijek files its donors by family name.
a b c č ć d dž đ e f g h i j k l lj m n nj o p r s š t u v z ž
dž, lj and nj count as one letter each.
Bančić Banić Cindrić Crnković Čačić Čolić Ćosić Ćurić Divić Džaja Đaković Đurić Kulić Kulušić Kuljiš
Lovrić Lukić Ljubić Nikolić Novak Njirić Sertić Soldo Sučić Šarić Šimić Zec Zorić Zubčić Žanić Žuvić

A singing school in Tartu lists its pupils by family name.
A garden club in Pärnu lists its members by family name.
a b d e f g h i j k l m n o p r s š z ž t u v õ ä ö ü
š, z and ž stand between s and t, and the vowels with marks come last.
Kask Kivi Kõiv Käär Kuusk Kütt Mets Must Mägi Mölder Mõttus Müür Oja Ots Õispuu Õun Paju Puusepp
Põld Pärn Saar Sepp Soo Zobel Tamm Toom Tuul Tõnisson Tänav Uibo Ülem

In a puzzle book, first names are ordered by where their letters stand on a keyboard.
A secret club sorts the first names of its members by the rows of a keyboard.
q w e r t y u i o p a s d f g h j k l z x c v b n m
These are the three rows of the keyboard, from top to bottom and from left to right.
Aya Akira Bruno Bilal Chen Ciro Clara Dmitri Diego Dana Emil Edda Eiko Farid Fatou Freya Hana Hugo
Hilda Ines Imran Isla Kofi Karim Kyra Lena Luca Lotte Maya Malik Mei Noor Nadia Nils Omar Oona Olga
"""


class Order(NamedTuple):
    """An alphabet with where it is used, a remark, replacements and names."""

    settings: list[str]
    alphabet: list[str]
    remark: str
    replaced: dict[str, str]
    names: list[str]


def order(block: str) -> Order:
    first, second, alphabet, remark, *names = block.splitlines()
    letters = [letter for letter in alphabet.split() if "=" not in letter]
    replaced = dict(pair.split("=") for pair in alphabet.split() if "=" in pair)
    return Order([first, second], letters, remark, replaced, " ".join(names).split())


ORDERS = [order(block) for block in BLOCKS.strip().split("\n\n")]


def places(name: str, rule: Order) -> list[int]:
    """Return the places of a name's letters, some of which have two characters."""
    turkish = {"I": "ı", "İ": "i"} if "ı" in rule.alphabet else {}
    text = "".join(turkish.get(letter, letter.lower()) for letter in name)
    for old, new in rule.replaced.items():
        text = text.replace(old, new)
    found, at = [], 0
    while at < len(text):
        letter = text[at : at + 2] if text[at : at + 2] in rule.alphabet else text[at]
        found.append(rule.alphabet.index(letter))
        at += len(letter)
    return found


def plain(name: str) -> str:
    """Return the name without its marks, in lower case: what a careless sort compares."""
    return "".join(letter for letter in normalize("NFD", name.lower()) if letter.isalpha())


def chosen(rng: Random, rule: Order) -> list[str]:
    """Draw names of which several begin alike."""
    mixed = rng.sample(rule.names, len(rule.names))
    heads = dict.fromkeys(plain(name)[0] for name in mixed)
    alike = ([name for name in mixed if plain(name)[0] == head][:TOGETHER] for head in heads)
    names = [name for group in alike for name in group][: rng.randint(6, 9)]
    return rng.sample(names, len(names))


def is_easy(names: list[str], right: list[str], rule: Order) -> bool:
    careless = [sorted(names), sorted(names, key=str.lower), sorted(names, key=plain)]
    # in Greek the third of them is right, because there the marks are ignored
    return right in careless[: 2 if "α" in rule.alphabet else 3]


ASKED = {
    "forwards": [
        "Write the names in the order of this alphabet.",
        "In which order do the names stand in the list?",
        "Sort the names, the first of the list first.",
    ],
    "backwards": [
        "Write the names in reverse order: the last of the list first.",
        "Sort the names backwards, from the end of this alphabet to its beginning.",
    ],
}


def ask(setting: str, rule: Order, names: list[str], asked: str) -> str:
    head = f"{setting} {rule.remark}\nAlphabet: {' '.join(rule.alphabet)}"
    return f"{head}\nNames: {SEPARATOR.join(names)}\n{asked}"


def answer(rule: Order, names: list[str], asked: str) -> list[str]:
    return sorted(names, key=lambda name: places(name, rule), reverse=asked in ASKED["backwards"])


ABOUT = {
    "summary": "Sort names by an alphabet that is written out, Latin, Greek or Cyrillic.",
    "definition": paragraphs("""
        You are given the letters of an alphabet in their order, a remark on it, and names. Sort the
        names by this alphabet and no other: compare the first letters, where they are equal the
        second ones, and so on; a name that is the beginning of a longer one comes before it.
        Capital and small letters count as equal. Two characters that the alphabet lists as one
        letter (such as ch) are always one letter. The last line says whether the names are wanted
        forwards or backwards. Write all the names, spelled as given, with ", " between them.

        Sort the listed names according to the alphabet shown, which may differ from the usual one,
        and to the remark before it. The earliest letter in which two names differ decides; failing
        that, the shorter name is first. Case does not matter, and two characters that stand in the
        alphabet as one item count as one letter wherever they occur. The last line asks for the
        list from its beginning or in reverse. Write the unchanged names with ", " between them.

        Put names in order. The input tells who uses the list and what is special about it, gives
        the alphabet from its first letter to its last (letters of two characters included, which
        are never split), then the names, and says in which direction to list them. Names are
        compared letter by letter, capitals like small letters, and what ends first comes first.
        Output: every name once, spelled as given, joined by a comma and one space.
    """),
    "metrics": ["exact_match"],
    "categories": ["Misc."],
    "domains": ["Linguistics"],
    "reasoning": ["Reasoning on Strings", "Logical Reasoning -> Reasoning with Symbols"],
    "languages": {"instruction": ["en"], "input": ["en", "mul"], "output": ["mul"]},
}

# Number of the alphabet, names, what is asked and which wording, wrong output or "", lesson.
TAUGHT = [
    (
        0,
        "Świt Szary Śnieg Sosna Cygan Ćmiel Ciura",
        ("forwards", 0),
        "",
        """The alphabet has c, then ć, and s, then ś. So Ciura and Cygan, which differ in the second
        letter, come before Ćmiel, and Sosna and Szary before Śnieg and Świt.""",
    ),
    (
        8,
        "Ёжиков Егоров Жуков Ежиков Дёмин Демьянов",
        ("backwards", 0),
        "",
        """Forwards, Демьянов stands before Дёмин and Ежиков before Ёжиков, since ё follows е;
        then the whole list is turned round.""",
    ),
    (
        11,
        "Llio Lois Lisa Rhun Rosa Ruth",
        ("forwards", 2),
        "",
        "Here ll is a letter after l, and rh after r: Lisa and Lois before Llio, Rosa before Rhun.",
    ),
    (
        4,
        "Chueca Cuevas Correa Llamas Lobo",
        ("forwards", 0),
        "Chueca, Correa, Cuevas, Llamas, Lobo",
        """Here ch and ll are sorted as c with h and l with l. In this alphabet they are letters of
        their own, after all other names with c and l.

        Move both back: Correa, Cuevas, Chueca, Lobo, Llamas.""",
    ),
    (
        14,
        "Aaron Zoe Quinn Peter Art Wanda",
        ("forwards", 1),
        "Quinn, Wanda, Peter, Aaron, Art, Zoe",
        """The first letters follow the keyboard, but the second ones are compared in the usual
        alphabet here: r is in the first row of keys, a only in the second.

        Put Art before Aaron: Quinn, Wanda, Peter, Art, Aaron, Zoe.""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)
    used: list[set[str]] = []

    def draw(done: int) -> dict[str, Any] | None:
        rule = ORDERS[done % len(ORDERS)]
        names = chosen(rng, rule)
        asked = rng.choice(ASKED[rng.choice(["forwards", "forwards", "backwards"])])
        right = answer(rule, names, ASKED["forwards"][0])
        if is_easy(names, right, rule) or any(len(old & {*names}) > TOGETHER for old in used):
            return None
        used.append(set(names))
        text = ask(rng.choice(rule.settings), rule, names, asked)
        return instance(NAME, text, [SEPARATOR.join(answer(rule, names, asked))])

    shown = []
    for number, listed, (way, wording), wrong, lesson in TAUGHT:
        rule, names, asked = ORDERS[number], listed.split(), ASKED[way][wording]
        output = wrong or SEPARATOR.join(answer(rule, names, asked))
        shown.append(demonstration(ask(rule.settings[0], rule, names, asked), output, lesson))
    return document(NAME, SEED, ABOUT, shown, draw, count=SIZE)
