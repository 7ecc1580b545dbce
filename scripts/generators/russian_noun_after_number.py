# ruff: noqa: RUF001  (Russian is written in Cyrillic)
"""Choose the form of a Russian noun that follows a number.

In the nominative один takes the nominative singular, два to четыре and fractions the genitive
singular, other numbers the genitive plural; elsewhere the noun takes the case of the number. The
options are always the same six forms.
"""

from random import Random
from typing import Any

from authoring import demonstration, document, instance, paragraphs

NAME = "russian_noun_after_number"
SEED = 20_513
SIZE = 80  # a sentence is used once
BLANK = "___"

NOMINATIVE, GENITIVE, MANY = range(3)  # the first columns of a noun
CASES = {"D": 3, "I": 4, "P": 5}
FEW, TEN, TWENTY = (2, 3, 4), 10, 20

UNITS = "- - - три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать "
UNITS += "четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
TENS = "- - двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто"
HUNDREDS = "- сто двести триста четыреста пятьсот шестьсот"
ONE_TWO = {"m": ("один", "два"), "f": ("одна", "две"), "n": ("одно", "два")}
OF_ONE = {"m": "одного", "f": "одной", "n": "одного"}
OF = {2: "двух", 3: "трёх", 4: "четырёх", 5: "пяти", 6: "шести", 7: "семи", 8: "восьми"}
OF |= {9: "девяти", 10: "десяти", 12: "двенадцати", 15: "пятнадцати", 20: "двадцати"}
OF |= {30: "тридцати", 40: "сорока", 50: "пятидесяти", 60: "шестидесяти"}
OBLIQUE = {
    "D": OF | {2: "двум", 3: "трём", 4: "четырём"},
    "I": {2: "двумя", 3: "тремя", 4: "четырьмя", 5: "пятью", 6: "шестью", 7: "семью"},
    "P": OF,
}

# A noun in six forms with its gender; then sentences, each with the smallest and the largest number
# and the case of the number: N nominative, A accusative, X accusative of living beings, G genitive,
# D dative, I instrumental, P prepositional, F fractions and несколько.
NOUNS = """\
час часа часов часам часами часах m
A 2 24 Из-за снегопада поезд стоял на станции {}.
F 0 0 Мы ждали автобуса {}.
G 2 5 Экзамен длится около {}.
D 2 10 Гости обещали прийти к {}.
день дня дней дням днями днях m
N 3 45 До отпуска ещё {}.
A 2 34 Экспедиция шла через горы {}.
G 2 21 После {} сплошных дождей наконец выглянуло солнце.
год года лет годам годами годах m
N 61 94 Моему дедушке {}, но он всё ещё водит машину.
N 101 342 Учёные считают, что этому дубу {}.
A 2 34 Она прожила в Казани {}.
F 0 0 После школы он учился в Праге {}.
G 2 6 Ремонт моста длился больше {}.
рубль рубля рублей рублям рублями рублях m
N 21 684 У меня в кошельке только {}.
A 51 684 Билет в музей стоит {}.
G 20 60 Эта тетрадь стоит меньше {}.
этаж этажа этажей этажам этажами этажах m
N 3 44 В новом доме на нашей улице {}.
P 2 5 Офисы компании находятся на {}.
студент студента студентов студентам студентами студентах m
N 11 34 В нашей группе {}.
X 2 9 На лекции преподаватель похвалил {}.
D 2 20 Стипендию дали {}.
I 2 7 После лекции профессор беседовал с {}.
билет билета билетов билетам билетами билетах m
A 2 34 Мы заказали на субботний концерт {}.
N 11 84 В кассе театра ещё {}.
I 2 7 Папа вернулся с вокзала с {} в руке.
километр километра километров километрам километрами километрах m
N 11 342 До ближайшего города {}.
A 11 34 За день туристы прошли {}.
G 2 21 До озера отсюда около {}.
F 0 0 До станции ещё {}.
город города городов городам городами городах m
P 2 12 За лето наш театр выступил в {}.
N 5 33 На карте этой области {}.
врач врача врачей врачам врачами врачах m
N 11 44 В нашей поликлинике {}.
X 2 9 Весной больница приняла на работу {}.
I 2 5 Перед операцией больной поговорил с {}.
друг друга друзей друзьям друзьями друзьях m
X 2 9 На день рождения Саша пригласил {}.
I 2 6 В поход Кирилл ходил с {}.
D 2 5 Об этом письме он рассказал только {}.
книга книги книг книгам книгами книгах f
N 11 64 На верхней полке {}.
A 22 340 В прошлом году библиотека купила {}.
P 2 5 Об этом путешествии рассказано в {}.
I 2 6 Аня вышла из библиотеки с {}.
минута минуты минут минутам минутами минутах f
N 3 44 До начала спектакля ещё {}.
A 2 12 Варите макароны {}.
F 0 0 Подождите, пожалуйста, ещё {}.
G 2 21 Перерыв длится не больше {}.
страница страницы страниц страницам страницами страницах f
N 121 644 В этом романе {}.
A 12 64 За вечер Лена прочитала {}.
P 2 4 Весь план путешествия уместился на {}.
песня песни песен песням песнями песнях f
N 8 32 В программе концерта {}.
A 2 14 К празднику хор выучил {}.
I 2 5 На школьном вечере ребята выступили с {}.
сестра сестры сестёр сёстрам сёстрами сёстрах f
N 2 6 У Максима {}.
X 2 4 На праздник Олег привёл {}.
I 2 4 Вера живёт с родителями и {}.
D 2 4 Бабушка связала тёплые шапки {}.
неделя недели недель неделям неделями неделях f
N 3 34 До Нового года ещё {}.
A 2 9 Корабль шёл до порта {}.
F 0 0 По плану ремонт кухни займёт {}.
G 2 6 Посылка шла больше {}.
комната комнаты комнат комнатам комнатами комнатах f
N 11 154 В этой гостинице {}.
P 2 5 Обои поменяли пока только в {}.
I 2 4 Они сняли квартиру с {}.
окно окна окон окнам окнами окнах n
N 12 154 В здании школы {}.
A 2 64 За неделю рабочие заменили {}.
P 2 5 Поздно вечером свет горел только в {}.
письмо письма писем письмам письмами письмах n
N 2 34 В нижнем ящике стола {}.
A 2 34 За эти годы сестра прислала мне {}.
P 2 5 О своей поездке дедушка рассказал в {}.
яблоко яблока яблок яблокам яблоками яблоках n
N 5 34 В корзине под столом {}.
A 5 34 Дети собрали в саду {}.
дерево дерева деревьев деревьям деревьями деревьях n
N 6 44 Во дворе нашего дома {}.
A 5 64 Весной школьники посадили {}.
P 2 5 Птицы свили гнёзда на {}.
место места мест местам местами местах n
N 81 434 В зале нового кинотеатра {}.
G 20 60 В автобусе меньше {}.
озеро озера озёр озёрам озёрами озёрах n
N 3 44 В этом заповеднике {}.
P 2 5 Рыбу здесь ловят только на {}.
слово слова слов словам словами словах n
N 4 24 В последнем предложении {}.
A 5 34 За урок ученики выписали {}.
P 2 5 В диктанте Митя ошибся в {}.
I 2 3 Ответьте на вопрос {}.
"""


def in_words(number: int, gender: str) -> str:
    """Spell a number below 700 in the nominative."""
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10) if rest >= TWENTY else (0, rest)
    words = [HUNDREDS.split()[hundreds]] * (hundreds > 0) + [TENS.split()[tens]] * (tens > 0)
    if units:
        words.append([*ONE_TWO[gender], *UNITS.split()[3:]][units - 1])
    return " ".join(words)


def counted(number: int) -> int:
    """Return which form follows this number in the nominative."""
    if number // TEN % TEN == 1:
        return MANY
    return NOMINATIVE if number % TEN == 1 else GENITIVE if number % TEN in FEW else MANY


def fraction(rng: Random, gender: str) -> tuple[str, int]:
    half = "полторы" if gender == "f" else "полтора"
    texts = [half, f"{ONE_TWO[gender][1]} с половиной", f"{rng.randint(1, 4)},5"]
    return rng.choice([(text, GENITIVE) for text in texts] + [("несколько", MANY)])


def number(rng: Random, case: str, numbers: range, gender: str) -> tuple[str, int]:
    """Draw a number for this case; return its text and the form of the noun after it."""
    if case == "F":
        return fraction(rng, gender)
    in_digits = rng.random() < 1 / 3
    if case in "NA":
        # одну книгу would need a form that is not among the six
        possible = [GENITIVE, MANY] if case + gender == "Af" else [NOMINATIVE, GENITIVE, MANY]
        wanted = rng.choice(possible)
        drawn = rng.choice([each for each in numbers if counted(each) == wanted] or numbers)
        return str(drawn) if in_digits else in_words(drawn, gender), counted(drawn)
    if case == "X":
        drawn = rng.choice(numbers)
        return OF[drawn] if drawn in FEW else in_words(drawn, gender), MANY
    if case == "G":
        if TWENTY + 1 in numbers and rng.random() < 1 / 3:
            return "21" if in_digits else f"двадцати {OF_ONE[gender]}", GENITIVE
        drawn = rng.choice([each for each in numbers if each in OF])
        return str(drawn) if in_digits else OF[drawn], MANY
    drawn = rng.choice([each for each in numbers if each in OBLIQUE[case]])
    return OBLIQUE[case][drawn], CASES[case]


def shown_as(sentence: str, number_text: str, options: list[str]) -> str:
    return f"{sentence.format(f'{number_text} {BLANK}')}\n\n" + "\n".join(options)


def items() -> list[tuple[list[str], str, str]]:
    """Return the forms, the gender and the line of every sentence."""
    found, forms, gender = [], [""], ""
    for line in NOUNS.splitlines():
        if line[0].islower():
            *forms, gender = line.split()
        else:
            found.append((forms, gender, line))
    return found


ABOUT = {
    "summary": "Choose the form of a Russian noun that fits after a number.",
    "definition": paragraphs("""
        You are given a Russian sentence in which the noun after a number is replaced by ___, and
        six forms of that noun, one per line. Choose the form that fills the blank in correct
        standard Russian. It depends on the number, on whole numbers and fractions alike, and on the
        case that the sentence asks for. Answer with that form only, exactly as in the list.

        Read the sentence in Russian and the six noun forms below it, each on a line of its own.
        Exactly one of them can stand in place of ___ after the number or quantity before it.
        Write this one word in the spelling of the list, without the rest of the sentence.

        Which of the six listed forms of the noun belongs in the gap (___) of the Russian sentence?
        Mind how the last word or digit of the number, and any verb or preposition that governs the
        phrase, decides between singular and plural and between the cases. Reply with the one form,
        copied from the list, and nothing more.
    """),
    "answer_format": {"kind": "choices"},
    "categories": ["Fill in The Blank"],
    "domains": ["Linguistics"],
    "reasoning": ["Grammatical Reasoning"],
    "languages": {"instruction": ["en"], "input": ["ru"], "output": ["ru"]},
}

# Sentence, number, forms in the order of the options, output, lesson.
TAUGHT = [
    (
        "У нашего соседа {}.",
        "тридцать одна",
        "кошкам кошек кошками кошка кошках кошки",
        "кошка",
        """The number ends in одна, and after a compound of один the noun is in the nominative
        singular, although it means many cats: тридцать одна кошка.""",
    ),
    (
        "На стоянке перед театром {}.",
        "112",
        "автобуса автобус автобусов автобусах автобусам автобусами",
        "автобусов",
        """112 is read сто двенадцать. Numbers from 11 to 14 take the genitive plural, so the final
        digit 2 does not ask for the genitive singular here.""",
    ),
    (
        "Письмо принесли вместе с {}.",
        "тремя",
        "газеты газет газета газетами газетам газетах",
        "газетами",
        """The preposition с (together with) governs the instrumental, as тремя shows; outside the
        nominative and accusative the noun takes the plural of the same case.""",
    ),
    (
        "На этот рисунок у Лены ушло не меньше {}.",
        "двух",
        "вечерам вечера вечерах вечеров вечер вечерами",
        "вечера",
        """This is the form after два in the nominative. Here меньше asks for the genitive, двух,
        and then the noun is in the genitive plural.

        Choose the genitive plural: двух вечеров.""",
    ),
    (
        "В этой книге {}.",
        "сорок четыре",
        "рассказам рассказа рассказов рассказ рассказах рассказами",
        "рассказов",
        """The genitive plural follows сорок, but the last word of the number decides, and четыре
        takes the genitive singular.

        Choose сорок четыре рассказа.""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)
    everything = rng.sample(sentences := items(), len(sentences))

    def draw(done: int) -> dict[str, Any]:
        forms, gender, line = everything[done % len(everything)]
        case, low, high, sentence = line.split(" ", 3)
        text, right = number(rng, case, range(int(low), int(high) + 1), gender)
        options = rng.sample(forms, len(forms))
        answer = [{"text": each, "score": int(each == forms[right])} for each in options]
        return instance(NAME, shown_as(sentence, text, options), [forms[right]], answer=answer)

    shown = [
        demonstration(shown_as(sentence, text, options.split()), output, lesson)
        for sentence, text, options, output, lesson in TAUGHT
    ]
    return document(NAME, SEED, ABOUT, shown, draw, count=SIZE)
