# ruff: noqa: RUF001  (Chinese has punctuation of its own)
"""Read amounts written in Chinese characters and answer the question about them in digits.

Numbers are spelled by the rules of Chinese (零 for a gap, 两 before 千, 万 and 亿), in the capital
characters of cheques, in colloquial short forms (三万五 is 35,000) and with a decimal before 万 or
亿; sums, differences and products are computed.
"""

from collections.abc import Callable
from random import Random
from typing import Any

from authoring import demonstration, document, instance, paragraphs

NAME = "chinese_amounts_to_digits"
SEED = 20_511
SIZE = 100

DIGITS = "零一二三四五六七八九"
TWO, TEN, TWENTY, HUNDRED, THOUSAND = 2, 10, 20, 100, 1000
CAPITALS = str.maketrans("零一二三四五六七八九十百千两", "零壹贰叁肆伍陆柒捌玖拾佰仟贰")
FOLKS = ["王芳", "李强", "张敏", "陈静", "刘洋", "赵磊", "孙丽", "周涛", "吴倩", "林浩", "何佳"]
STEPS = {"m": 1, "e": 2, "r": 10}

# Text, how its numbers are written and their ranges, and the answer.
# Ways of writing: f in full, c in capitals, s short, w decimal and 万, y decimal and 亿,
# h in full and even; m, e and r of any size, even and round, without further zeros.
Form = tuple[str, list[tuple[str, int, int]], Callable[..., int]]
FORMS: list[Form] = [
    ("据统计，全省去年共接待游客{0}人次。一共是多少人次？", [("f", 10**8, 9 * 10**8)], int),
    ("支票上写着：人民币{0}元整。支票的金额是多少元？", [("c", 10**4, 9 * 10**5)], int),
    (
        "{who}花{0}买了一台电脑，又花{1}买了一部手机。两样东西一共花了多少元？",
        [("s", 4000, 9900), ("s", 1100, 3900)],
        lambda a, b: a + b,
    ),
    (
        "公司今年的营业额是{0}元，去年是{1}元。今年比去年多多少元？",
        [("f", 5 * 10**6, 9 * 10**7), ("f", 10**6, 4 * 10**6)],
        lambda a, b: a - b,
    ),
    (
        "果园今年装了{0}箱苹果，每箱{1}个。一共装了多少个苹果？",
        [("f", 101, 2000), ("m", 12, 48)],
        lambda a, b: a * b,
    ),
    ("这座大桥的总造价是{0}元。造价是多少元？", [("y", 11, 99)], int),
    (
        "{who}买了{0}斤半排骨和半斤虾。一斤等于五百克，两样一共是多少克？",
        [("m", 1, 9)],
        lambda a: 500 * a + 250 + 250,
    ),
    (
        "从市区坐车到景区，路上用了{0}个半小时，中途又休息了{1}分钟。全程一共用了多少分钟？",
        [("m", 1, 9), ("m", 11, 45)],
        lambda a, b: 60 * a + 30 + b,
    ),
    (
        "豆浆{0}块五一杯，{who}买了{1}杯。一共要付多少元？",
        [("m", 2, 6), ("e", 2, 8)],
        lambda a, b: a * b + b // 2,
    ),
    (
        "三位邻居为修路捐款：老张捐了{0}元，老李捐了{1}元，老马捐了{2}元。三人一共捐了多少元？",
        [("f", 1001, 20_000), ("f", 101, 3000), ("f", 101, 3000)],
        lambda a, b, c: a + b + c,
    ),
    (
        "{who}开店向银行借了{0}元，已经还了{1}元。不计利息，还欠银行多少元？",
        [("f", 4 * 10**5, 2 * 10**6), ("f", 10**5, 4 * 10**5)],
        lambda a, b: a - b,
    ),
    (
        "仓库里原有{0}吨大米，昨天运走了一半。仓库里还剩多少吨？",
        [("h", 200, 9000)],
        lambda a: a // 2,
    ),
    (
        "这家工厂去年生产了{0}辆自行车，今年的产量翻了一番。今年生产了多少辆？",
        [("f", 10**4, 4 * 10**5)],
        lambda a: 2 * a,
    ),
    (
        "一件大衣原价{0}元，现在打{1}折出售。现价是多少元？",
        [("r", 700, 2900), ("m", 6, 9)],
        lambda a, b: a * b // 10,
    ),
    (
        "{who}的月薪是{0}，一年发十二个月。一年的工资一共是多少元？",
        [("s", 6100, 29_000)],
        lambda a: 12 * a,
    ),
    ("这部长篇小说共有{0}字。这是多少字？", [("f", 10**5, 3 * 10**6)], int),
    ("该市的常住人口已经达到{0}人。人口是多少？", [("f", 10**6, 3 * 10**7)], int),
    ("这段视频发布一周，播放量就达到了{0}次。播放量是多少次？", [("w", 11, 990)], int),
    (
        "{who}家的旧车卖了{0}，买新车花了{1}。新车比卖掉旧车的钱多多少元？",
        [("s", 31_000, 98_000), ("s", 120_000, 390_000)],
        lambda a, b: b - a,
    ),
    (
        "收据上写着：今收到房租人民币{0}元整，押金人民币{1}元整。两项一共是多少元？",
        [("c", 2000, 9900), ("c", 2000, 9900)],
        lambda a, b: a + b,
    ),
    (
        "甲公司的注册资本是{0}元，乙公司的注册资本是{1}元。两家公司的注册资本相差多少元？",
        [("y", 11, 40), ("w", 110, 990)],
        lambda a, b: a - b,
    ),
    (
        "学校礼堂有{0}排座位，每排{1}个，其中{2}个座位坏了。还有多少个座位可以用？",
        [("m", 21, 60), ("m", 12, 40), ("m", 2, 9)],
        lambda a, b, c: a * b - c,
    ),
    (
        "两座城市之间的铁路长{0}公里，{who}坐火车往返了一次。往返一共是多少公里？",
        [("f", 301, 2600)],
        lambda a: 2 * a,
    ),
    (
        "网店“双十一”当天收到{0}个订单，其中{1}个后来取消了。没有取消的订单有多少个？",
        [("f", 2 * 10**5, 10**6), ("f", 1001, 3 * 10**4)],
        lambda a, b: a - b,
    ),
    (
        "{who}先存了{0}，后来取出{1}，年底又存了{2}。账户里现在有多少元？",
        [("s", 31_000, 98_000), ("s", 1100, 9900), ("s", 11_000, 29_000)],
        lambda a, b, c: a - b + c,
    ),
]


def spell(number: int) -> str:
    """Spell a number below 10**12 in full, as one reads it aloud."""
    text, gap = "", False
    for unit, size in (("亿", 10**8), ("万", 10**4), ("", 1)):
        part = number // size % 10**4
        if not part:
            gap = bool(text)
            continue
        gap = bool(text) and (gap or part < THOUSAND)
        text += "零" * gap + section(part, first=not text) + unit
        gap = False
    return text


def section(number: int, *, first: bool) -> str:
    """Spell a number from 1 to 9,999; a ten opens it only where it is the `first`."""
    text, gap = "", False
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // size % 10
        if not digit:
            gap = bool(text)
            continue
        text += "零" * gap
        gap = False
        text += DIGITS[digit] if not (unit == "千" and digit == TWO) else "两"
        text += unit
    if first and number == TWO:
        return "两"
    if first and TEN <= number < TWENTY:
        return text.removeprefix("一")
    if first and text.startswith("二百"):
        return text.replace("二百", "两百", 1)
    return text


def capital(number: int) -> str:
    """Spell a number as cheques do: capitals, and 壹拾 for a ten that opens it."""
    text = spell(number)
    return f"{'一' if text.startswith('十') else ''}{text}".translate(CAPITALS)


def short(number: int) -> str:
    """Leave out the last unit: 三万五 for 35,000; `number` has two parts, and no gap."""
    unit, size = next(
        (unit, size) for unit, size in (("万", 10**4), ("千", 1000), ("百", 100)) if number >= size
    )
    return spell(number // size) + unit + DIGITS[number % size * 10 // size]


def with_point(number: int, size: int) -> str:
    whole, tenths = divmod(number, 10)
    unit = "亿" if size == 10**8 else "万"
    return f"{spell(whole) if whole != TWO else '二'}点{DIGITS[tenths]}{unit}"


def number(rng: Random, way: str, low: int, high: int) -> tuple[str, int]:
    """Draw a number, and write it in this way."""
    drawn = rng.randint(low, high)
    if way == "s":
        size = next(size for size in (10**4, 1000, 100) if drawn >= size)
        drawn = drawn // size * size + rng.randint(1, 9) * size // 10
        return short(drawn), drawn
    if way in "wy":
        drawn += drawn % 10 == 0
        size = 10**4 if way == "w" else 10**8
        return with_point(drawn, size), drawn * size // 10
    if way in STEPS:
        drawn -= drawn % STEPS[way]
        return spell(drawn), drawn
    digits = [int(digit) for digit in str(drawn)]
    for place in range(1, len(digits)):
        if rng.random() < 2 / 5:
            digits[place] = 0
    drawn = max(int("".join(map(str, digits))), low)
    drawn += drawn % 2 if way == "h" else 0
    return (capital if way == "c" else spell)(drawn), drawn


def ask(rng: Random, form: Form) -> tuple[str, int]:
    template, slots, answer = form
    drawn = [number(rng, *slot) for slot in slots]
    text = template.format(*(text for text, _ in drawn), who=rng.choice(FOLKS))
    return text, answer(*(value for _, value in drawn))


ABOUT = {
    "summary": "Work out amounts written in Chinese characters and give them in digits.",
    "definition": paragraphs("""
        You are given a short text in Chinese in which all amounts are written in Chinese
        characters: in full (三千零五), in the capital characters of cheques (叁仟零伍), in the
        short form that leaves out the last unit (三万五 is 35000), or with 点 or 半. It ends with a
        question. Answer it with a whole number in Arabic digits only, in the unit that the
        question names: no unit, no thousands separator, no 万 or 亿.

        Read the Chinese text and answer the question at its end. You may have to add, subtract or
        multiply the amounts, which are spelled out in characters; where the last unit is left out,
        as in 八千五, the final digit counts the next lower unit (8500). Write one whole number in
        the digits 0 to 9, such as 1204000, with nothing before, after or between the digits.

        The numbers of this Chinese text are written in characters, on cheques and receipts in
        capital ones such as 贰 and 柒. Work out what the last sentence asks for. The answer is an
        integer in plain Arabic digits, written out to the last zero (so 35000000 and not 3500万),
        without commas, spaces or a unit.
    """),
    "metrics": ["exact_match"],
    "categories": ["Number Conversion"],
    "domains": ["Mathematics"],
    "reasoning": ["Reasoning on Numbers", "Mathematics -> Arithmetic"],
    "languages": {"instruction": ["en"], "input": ["zh-Hans"], "output": ["zxx"]},
}

# Input, output, lesson.
TAUGHT = [
    (
        "这家公司去年卖出手机两百零三万零四十部。一共卖出多少部手机？",
        "2030040",
        """两百零三万 is 203 times 10000, 2030000. The 零 before 四十 says that the thousands and
        hundreds are empty, so 40 is added: 2030040.""",
    ),
    (
        "老周花三万六买了一辆旧车，修车又花了一千二。他一共花了多少元？",
        "37200",
        """The last unit is left out in both amounts: after 万 the 六 counts thousands (36000),
        after 千 the 二 counts hundreds (1200). 36000 + 1200 = 37200.""",
    ),
    (
        "发票上写着：货款人民币柒万零捌佰伍拾元整。货款是多少元？",
        "70850",
        """柒, 捌 and 伍 are the capital forms of 七, 八 and 五. 柒万 is 70000, 零 stands for the
        missing thousands, 捌佰伍拾 is 850: 70850.""",
    ),
    (
        "修建体育馆的预算是二点四亿元，目前已经用去九千万元。预算还剩多少元？",
        "150000000",
        """二点四亿 is 2.4 times 100000000, or 240000000. 九千万 is 90000000, and what is left is
        the difference.""",
    ),
    (
        "小区上个月用水四万零三百吨，这个月用水四万三千吨。这个月比上个月多用了多少吨？",
        "0",
        """This answer reads both amounts as 43000. In 四万零三百 the 三 stands before 百, and 零
        marks the empty place of the thousands: the amount is 40300.

        Subtract 40300 from 43000: 2700.""",
    ),
    (
        "奶奶的存折上原来有两万三，上周又存了五百。现在一共有多少元？",
        "20503",
        """两万三 is taken for 20003 here. Without 零 the digit after 万 counts the next lower unit,
        thousands: 两万三 is 23000, while 20003 is 两万零三.

        Add 500 to 23000: 23500.""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any]:
        text, answer = ask(rng, FORMS[done % len(FORMS)])
        return instance(NAME, text, [str(answer)])

    shown = [demonstration(*each) for each in TAUGHT]
    return document(NAME, SEED, ABOUT, shown, draw, count=SIZE)
