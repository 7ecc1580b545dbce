"""Answer Japanese questions about years, ages and periods given in Japanese eras.

Eras are found from the date on which they began, so that a date near a change of era gets the right
one; ages, anniversaries and payments are computed with `datetime` and counts of months.
"""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from authoring import demonstration, document, instance, paragraphs

NAME = "japanese_era_years"
SEED = 20_512
SIZE = 90

ERAS = {
    "大正": date(1912, 7, 30),
    "昭和": date(1926, 12, 25),
    "平成": date(1989, 1, 8),
    "令和": date(2019, 5, 1),
}
LAST = date(2025, 12, 31)
RECENT, CLOSE, APRIL = 1990, 10, 4
KANJI = "〇一二三四五六七八九"
SURNAMES = ["佐藤", "鈴木", "高橋", "田中", "渡辺", "伊藤", "山本", "中村", "小林", "加藤", "吉田"]
SURNAMES += ["山田", "松本", "井上", "木村", "斎藤", "清水", "森", "池田", "石川"]

# What began or happened when, and how many years later its anniversaries are.
MILESTONES = [
    (
        "この高校は{}に創立されました。創立{}周年にあたる年は元号で何年ですか。",
        {"70": 70, "100": 100},
    ),
    ("駅前の和菓子屋は{}に創業しました。創業{}周年は元号で何年ですか。", {"30": 30, "80": 80}),
    ("両親は{}に結婚しました。結婚{}周年を迎える年は元号で何年ですか。", {"25": 25, "50": 50}),
]
RULE = "年忌は亡くなった年を1年目と数えるので、三回忌は亡くなった年の2年後です。"
MILESTONES += [
    (
        RULE + f"{who}は{{}}に亡くなりました。{{}}回忌の年は元号で何年ですか。",
        {"七": 6, "十三": 12, "十七": 16, "二十三": 22, "三十三": 32},
    )
    for who in ("祖父", "祖母", "伯父", "恩師")
]

Asked = tuple[str, str] | None


def era_year(day: date) -> str:
    era = next(era for era in reversed(ERAS) if ERAS[era] <= day)
    number = day.year - ERAS[era].year + 1
    return f"{era}{'元' if number == 1 else number}年"


def era_month(day: date) -> str:
    return f"{era_year(day)}{day.month}月"


def era_date(day: date) -> str:
    return f"{era_month(day)}{day.day}日"


def whole_year(year: int) -> str | None:
    """Return a year in its era, or None if the era changed within the year."""
    first, last = era_year(date(year, 1, 1)), era_year(date(year, 12, 31))
    return first if first == last else None


def in_kanji(era_text: str) -> str:
    """Write the number of an era's year, from 2 to 99, in kanji."""
    era, number = era_text[:2], era_text[2:-1]
    tens, units = divmod(int(number), 10)
    many = KANJI[tens] if tens > 1 else ""
    return f"{era}{many}{'十' * (tens > 0)}{KANJI[units] if units else ''}年"


def a_day(rng: Random, first: int, last: int) -> date:
    return date(rng.randint(first, last), rng.randint(1, 12), rng.randint(1, 28))


def near_change(rng: Random, days: int) -> date:
    """Return a day that is at most so many days from the beginning of an era."""
    start = rng.choice([ERAS["昭和"], ERAS["平成"], ERAS["令和"]])
    return start + timedelta(days=rng.randint(-days, days))


def months_later(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 15)


def age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def to_western(rng: Random) -> Asked:
    text = rng.choice(
        [
            "祖母は{}に生まれました。生まれた年は西暦で何年ですか。",
            "この町の駅は{}に開業しました。西暦に直すと何年ですか。",
            "石碑に「{kanji}建立」と刻まれています。西暦では何年ですか。",
            "古い写真の裏に「{kanji}夏」と書いてあります。写真は西暦何年に撮られましたか。",
        ]
    )
    era = era_year(day := a_day(rng, *rng.choice([(1913, 1925), (1927, 1988)])))
    return text.format(era, kanji=in_kanji(era)), f"{day.year}年"


def to_era(rng: Random) -> Asked:
    day = near_change(rng, 200)
    what = rng.choice(["この新聞の日付", "ある契約書の日付", "日記の最初のページの日付"])
    asked = rng.choice(["元号では何年ですか。", "その年は、その日の元号で何年ですか。"])
    return f"{what}は西暦{day.year}年{day.month}月{day.day}日です。{asked}", era_year(day)


def age_on(rng: Random) -> Asked:
    born, day = a_day(rng, 1935, 2005), a_day(rng, 2012, 2025)
    text = rng.choice(
        [
            "{name}さんは{}生まれです。{}の時点で満何歳ですか。",
            "{name}さんの生年月日は{}です。{}には満何歳でしたか。",
        ]
    )
    if abs((day.month - born.month) * 30 + day.day - born.day) < CLOSE:
        return None
    years = f"{age(born, day)}歳"
    return text.format(era_date(born), era_date(day), name=rng.choice(SURNAMES)), years


def by_count(rng: Random) -> Asked:
    born, year = rng.randint(1930, 2010), rng.randint(2015, 2025)
    if not (whole_year(born) and whole_year(year)):
        return None
    text = "数え年では、生まれた年を1歳とし、元日を迎えるたびに1歳を加えます。"
    text += "{name}さんは{}生まれです。"
    text += rng.choice(
        ["{}には数え年で何歳になりますか。", "{}の秋祭りの日には、数え年で何歳ですか。"]
    )
    named = text.format(whole_year(born), whole_year(year), name=rng.choice(SURNAMES))
    return named, f"{year - born + 1}歳"


def milestone(rng: Random) -> Asked:
    text, steps = rng.choice(MILESTONES)
    name, begun = rng.choice(list(steps)), rng.randint(1914, 2022)
    then = begun + steps[name]
    if not (RECENT < then <= LAST.year and whole_year(begun) and whole_year(then)):
        return None
    return text.format(whole_year(begun), name), str(whole_year(then))


def outdated(rng: Random) -> Asked:
    number, month = rng.randint(31, 40), rng.randint(5, 12)
    text = rng.choice(
        [
            "改元の前に発行された証明書に「平成{}年{}月30日まで有効」と書いてあります。",
            "古い契約書には、契約は平成{}年{}月30日に終了するとあります。",
            "平成の時代に立てた計画では、工事は平成{}年{}月30日に完了する予定でした。",
        ]
    )
    text = text.format(number, month) + "これは令和では何年にあたりますか。"
    return text, era_year(date(1988 + number, month, 30))


def months_between(rng: Random) -> Asked:
    begun, months = near_change(rng, 300), rng.randint(6, 30)
    end = months_later(begun, months - 1)
    what = rng.choice(["トンネルの工事", "この雑誌の連載", "町の歴史の展示", "お寺の修理"])
    if {(begun.year, begun.month), (end.year, end.month)} & {(1926, 12), (1989, 1)}:
        return None
    if era_year(begun)[:2] == era_year(end)[:2]:
        return None
    text = f"{what}は{era_month(begun)}に始まり、{era_month(end)}に終わりました。"
    return text + "最初の月と最後の月も数えると、全部で何か月ですか。", f"{months}か月"


def last_payment(rng: Random) -> Asked:
    begun, count = a_day(rng, 2008, 2019), rng.choice([24, 36, 48, 60, 84, 90, 100, 120])
    end = months_later(begun, count - 1)
    what = rng.choice(["車の代金", "家の改修費", "ピアノの代金", "歯の治療費"])
    if not ERAS["令和"] <= end <= LAST:
        return None
    text = f"{rng.choice(SURNAMES)}さんは{what}を{era_month(begun)}から毎月1回、全部で{count}回に"
    return text + "分けて支払いました。最後の支払いは元号で何年何月でしたか。", era_month(end)


def by_age(rng: Random) -> Asked:
    names, middle = rng.sample(SURNAMES, 3), near_change(rng, 20)
    days = [middle + timedelta(days=offset) for offset in rng.sample(range(-300, 300), 3)]
    listed = "、".join(
        f"{name}さんは{era_date(day)}生まれ" for name, day in zip(names, days, strict=True)
    )
    wanted, chosen = rng.choice([("年上", min(days)), ("年下", max(days))])
    if len({era_year(day) for day in days}) == 1:
        return None
    return f"{listed}です。3人のうち一番{wanted}の人はだれですか。", names[days.index(chosen)]


def school(rng: Random) -> Asked:
    born = a_day(rng, 1978, 2019)
    if born.month == APRIL and born.day < CLOSE:
        return None
    start = date(born.year + 6 + (born.month >= APRIL), 4, 5)
    text = (
        "小学校には、満6歳の誕生日のあと、最初に来る4月に入学します。{name}さんは{day}生まれです。"
    )
    text += "小学校に入学する年は元号で何年ですか。"
    return text.format(name=rng.choice(SURNAMES), day=era_date(born)), era_year(start)


FORMS: list[Callable[[Random], Asked]] = [to_western, to_era, age_on, by_count, milestone, outdated]
FORMS += [months_between, last_payment, by_age, school]

ABOUT = {
    "summary": "Answer Japanese questions about years, ages and periods given in Japanese eras.",
    "definition": paragraphs("""
        You are given a short text in Japanese that ends with a question about Japanese eras: Taisho
        (began 30 July 1912), Showa (25 December 1926), Heisei (8 January 1989) and Reiwa (1 May
        2019). The first year of an era is 元年 and lasts until 31 December; a day belongs to the
        era that had begun by then. Answer with what takes the place of 何 and its counter, numbers
        in Arabic digits: a year as 1952年 (if 西暦 is asked) or with its era as 昭和27年 (first
        years as 平成元年), a month as 令和3年4月, an age as 35歳, a period as 8か月. If the
        question is who (だれ), give the family name without さん. Nothing else.

        Read the Japanese text and answer its last sentence in the shortest form. Years are counted
        in the eras 大正 (from 1912-07-30), 昭和 (from 1926-12-25), 平成 (from 1989-01-08) and 令和
        (from 2019-05-01), and each era's year 1, written 元年, ends with the calendar year. Write
        western years as 2004年, years of an era as 平成16年 or 令和元年, years with a month as
        平成16年9月, ages as 7歳, lengths of time as 15か月, always in Arabic digits without
        spaces; name a person by family name only, without さん.

        The text, in Japanese, counts years by era. Work out the answer to the question at its end
        and write only that: for 西暦何年 the year of the common era with 年 (1989年); for 元号で
        何年 or 令和では何年 the era and year (昭和64年; an era's first year is 元年, not 1年), with
        the month if it is asked (令和元年5月); for 何歳 a number with 歳; for 何か月 a number with
        か月; for だれ a surname without さん. Digits are Arabic. 大正 began on 30 July 1912, 昭和
        on 25 December 1926, 平成 on 8 January 1989, 令和 on 1 May 2019.
    """),
    "metrics": ["exact_match"],
    "categories": ["Question Answering"],
    "domains": ["History"],
    "reasoning": ["Temporal Reasoning", "Mathematics -> Arithmetic"],
    "languages": {"instruction": ["en"], "input": ["ja"], "output": ["ja"]},
}

# Input, output, lesson.
TAUGHT = [
    (
        "弟は西暦1989年1月2日に生まれました。その年は、その日の元号で何年ですか。",
        "昭和64年",
        """Heisei began on 8 January 1989, so 2 January still belongs to Showa. Year 1 of Showa is
        1926, and 1989 - 1926 + 1 = 64.""",
    ),
    (
        (
            "岡田さんは平成元年3月5日生まれ、村上さんは昭和63年11月20日生まれ、"
            "原さんは昭和64年1月6日生まれです。3人のうち一番年下の人はだれですか。"
        ),
        "岡田",
        """昭和64年 and 平成元年 are the same year, 1989: January before the change, March after it.
        The latest birthday makes the youngest, and the name stands without さん.""",
    ),
    (
        (
            "古い会員証に「平成33年9月30日まで有効」と書いてあります。"
            "これは令和では何年にあたりますか。"
        ),
        "令和3年",
        """Heisei 33 would be 1988 + 33 = 2021, which is Reiwa 2021 - 2018 = 3.""",
    ),
    (
        "藤田さんは昭和60年12月10日生まれです。令和4年5月20日の時点で満何歳ですか。",
        "37歳",
        """This is the difference of the years, 2022 - 1985. In May the birthday of that year, in
        December, is still to come.

        Take one off, because the birthday has not been reached: 36歳.""",
    ),
    (
        "ある会社の創立記念日の案内に西暦2019年6月1日の日付があります。元号では何年ですか。",
        "令和1年",
        """The era is right, since Reiwa began a month earlier, but its first year is not written
        with the digit 1.

        Write the first year of an era as 元年: 令和元年.""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any] | None:
        asked = FORMS[done % len(FORMS)](rng)
        return asked and instance(NAME, asked[0], [asked[1]])

    shown = [demonstration(*each) for each in TAUGHT]
    return document(NAME, SEED, ABOUT, shown, draw, count=SIZE)
