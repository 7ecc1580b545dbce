"""Turn a Korean message about an event into its start, its end and its length in minutes.

Times are told with native numerals for hours and Sino-Korean ones for minutes; two of start, end
and length are given, perhaps with a change, a break or a time to gather, and the rest is computed.
"""

import json
from random import Random
from typing import Any

from authoring import demonstration, document, instance, paragraphs

NAME = "korean_schedule"
SEED = 20_514
SIZE = 96

HOURS = ["한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열", "열한", "열두"]
SINO = ["", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"]
HOUR, HALF, NOON = 60, 30, 720
FIRST_SYLLABLE, FINALS = ord("가"), 28
PARTS = {"오전": range(7, 12), "아침": range(7, 10), "낮": range(12, 13), "오후": range(12, 24)}
PARTS |= {"저녁": range(18, 21), "밤": range(21, 24)}

EVENTS = {
    "독서 모임": "시립 도서관 세미나실",
    "바이올린 연주회": "구민 회관 대강당",
    "졸업 작품 발표회": "예술관 소극장",
    "사진전 개막식": "시립 미술관 로비",
    "환경 강연회": "과학관 제일 강의실",
    "학부모 설명회": "한빛중학교 시청각실",
    "청소년 토론회": "시청 대회의실",
    "글짓기 대회 시상식": "교육 문화 회관",
    "전통 요리 교실": "한옥 마을 안채",
    "어린이 바둑 대회": "청소년 수련관 강당",
    "독립 영화 상영회": "시민 영상관",
    "시 낭독회": "서점 지하 카페",
    "뮤지컬 공연": "시민 극장",
    "외국인 노래 대회": "대학교 학생 회관",
    "한국어 공개 수업": "문화 센터 강의실",
    "마을 음악회": "느티나무 광장",
    "신입 회원 환영회": "동아리 연합 사무실",
    "도자기 체험 교실": "이천 도예 공방",
}
IN_TWO = ["바이올린 연주회", "환경 강연회", "청소년 토론회", "뮤지컬 공연", "마을 음악회"]
IN_TWO += ["외국인 노래 대회", "졸업 작품 발표회"]

ASIDES = {
    "formal": [
        "",
        "",
        "주차장이 좁으니 대중교통을 이용해 주시기 바랍니다.",
        "신청은 전날 오후 다섯 시까지 받습니다.",
        "입장은 시작 이십 분 전부터 하실 수 있습니다.",
        "자세한 내용은 게시판을 참고하시기 바랍니다.",
    ],
    "friendly": [
        "",
        "",
        "끝나고 같이 저녁 먹어요.",
        "지하철역에서 걸어서 십오 분쯤 걸려요.",
        "도착하면 저한테 전화해 주세요.",
        "저는 그 전에 한 시간 정도 다른 일이 있어요.",
    ],
    "past": [
        "",
        "",
        "참가자는 모두 서른두 명이었습니다.",
        "다음에는 십 분쯤 일찍 문을 열겠습니다.",
        "행사 사진은 다음 주에 누리집에 올리겠습니다.",
    ],
}


# Messages, each with its style, which decides what may be added, and the kind of its times.
LETTERS = paragraphs("""
    formal plain {place}에서 {ev_sub} 열립니다. {start}에 시작해서 {long} 동안 진행될 예정입니다.

    formal plain {ev_top} {place}에서 {start}에 시작합니다. 예상 소요 시간은 {long}입니다.

    friendly plain 이번 토요일 {start}부터 {long} 동안 {place}에서 {ev_obj} 해요. 꼭 오세요!

    formal plain {ev} 안내입니다. {start}부터 {end}까지 {place}에서 진행합니다.

    friendly plain {place}에서 하는 {ev_top} {start}에 시작해서 {end}에 끝나요.

    friendly plain 내일 {place}에서 {ev_sub} 있는 거 잊지 마세요. {start}에 시작하고 {end}에
    마쳐요.

    formal plain {ev_top} {place}에서 열리며 {end}에 끝납니다. 전체 진행 시간은 {long}입니다.

    past plain 어제 {place}에서 {long} 동안 이어진 {ev_top} {end}에 끝났습니다.

    past plain 어제 {place}에서 {ev_obj} 했습니다. {end}에 끝났는데, {long}이 금방 지나갔습니다.

    formal later {place}에서 {start}에 시작할 예정이던 {ev_sub} {change} 늦춰졌습니다. 진행 시간은
    그대로 {long}입니다.

    friendly earlier {ev} 시간이 바뀌었어요. {place}에서 {start}에 시작하기로 했는데, {change}
    앞당기기로 했어요. 길이는 원래대로 {long}이에요.

    formal earlier {ev} 일정이 변경되었습니다. 원래 {start}부터 {end}까지였으나, 시작과 끝을 모두
    {change} 앞당깁니다. 장소는 {place}입니다.

    past overrun 지난주 {place}에서 {ev_obj} 했습니다. {start}에 시작해서 {end}에 끝날
    예정이었는데, 예정보다 {change} 늦게 끝났습니다.

    formal break {place}에서 {start}에 {ev_sub} 시작됩니다. 전반부와 후반부는 각각 {long}이며, 그
    사이에 {change} 동안 쉽니다.

    friendly break {ev_top} {place}에서 {start}에 시작해요. {long} 동안 하고 {change} 쉰 다음, 다시
    {long} 더 해요.

    formal gather {start}까지 {place}에 모여 주시기 바랍니다. 그 시각부터 {change} 동안 준비한 뒤
    바로 {ev_obj} 시작하며, {long} 동안 진행합니다.
""")


def sino(number: int) -> str:
    tens, units = divmod(number, 10)
    return f"{SINO[tens] if tens > 1 else ''}{'십' * (tens > 0)}{SINO[units]}"


def minutes_text(minutes: int, unit: str) -> list[str]:
    """Return the words for minutes after an hour, `unit` being that of the hour."""
    if minutes == HALF:
        return ["반" if unit else "삼십 분"]
    return [f"{sino(minutes)} 분"] * (minutes > 0)


def clock_text(rng: Random, at: int, *, part: bool = True) -> str:
    """Tell a time of day; without its `part` only if an earlier time in the text has it."""
    if at == NOON and rng.random() < 1 / 2:
        return "정오"
    hour, minutes = divmod(at, HOUR)
    named = rng.choice([name for name, hours in PARTS.items() if hour in hours])
    words = [named] * part + [f"{HOURS[(hour - 1) % 12]} 시"]
    if minutes == HALF and rng.random() < 1 / 2:
        return " ".join([*words, "삼십 분"])
    return " ".join([*words, *minutes_text(minutes, "시")])


def length_text(minutes: int) -> str:
    hours, rest = divmod(minutes, HOUR)
    hour_words = [f"{HOURS[hours - 1]} 시간"] * (hours > 0)
    return " ".join(hour_words + minutes_text(rest, "시간" if hours else ""))


def particle(word: str, after_consonant: str, after_vowel: str) -> str:
    closed = (ord(word[-1]) - FIRST_SYLLABLE) % FINALS
    return word + (after_consonant if closed else after_vowel)


def clock(at: int) -> str:
    return f"{at // HOUR:02}:{at % HOUR:02}"


def write(rng: Random, letter: str) -> tuple[str, dict[str, str]]:
    style, kind, template = letter.split(" ", 2)
    event = rng.choice(IN_TWO if kind == "break" else list(EVENTS))
    told = rng.randrange(8 * HOUR, 19 * HOUR, 5 if rng.random() < 1 / 2 else HALF)
    long = rng.randrange(45, 100 if kind == "break" else 200, 5)
    change = rng.randrange(10, 30 if kind in {"break", "gather"} else 60, 5)
    told_end = told + long
    move = {"later": change, "gather": change, "earlier": -change}.get(kind, 0)
    start, end = told + move, told_end + move
    end += {"break": change + long, "overrun": change}.get(kind, 0)
    halves_differ = (told < NOON) != (told_end < NOON) or "{start}" not in template
    aside = rng.choice(ASIDES[style])
    text = template.format(
        ev=event,
        ev_top=particle(event, "은", "는"),
        ev_sub=particle(event, "이", "가"),
        ev_obj=particle(event, "을", "를"),
        place=EVENTS[event],
        start=clock_text(rng, told),
        end=clock_text(rng, told_end, part=halves_differ or rng.random() < 1 / 2),
        long=length_text(long),
        change=length_text(change),
    )
    record = {"event": event, "place": EVENTS[event], "start": clock(start), "end": clock(end)}
    return f"{text} {aside}".strip(), record | {"minutes": str(end - start)}


def rendered(record: dict[str, str]) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


ABOUT = {
    "summary": "Extract event, place, start, end and length from a Korean message.",
    "definition": paragraphs("""
        You are given a message in Korean about an event. Extract a JSON object on one line, without
        spaces outside the values, with these five keys in this order, all values being strings:
        "event" and "place" (in Korean as they are written, without the particle that follows),
        "start" and "end" (of the event itself, 24-hour HH:MM, after any change that the message
        reports; the time to gather or to be let in is not the start), "minutes" (from start to
        end, breaks included, in digits). Work out whichever of the times and the length is not
        stated. A later time without 오전 or 오후 is in the same half of the day as the one before.

        Read the Korean message and reply with compact JSON on a single line of the form
        {"event":...,"place":...,"start":...,"end":...,"minutes":...}, with string values only. Copy
        the name of the event and the place from the message, leaving off particles such as 은, 가
        or 에서. Give the actual start and end of the event, with postponements and overruns taken
        into account and preparation left out, as HH:MM on the 24-hour clock, and its full length,
        including breaks, as a number of minutes. If the second of two times lacks 오전 or 오후, it
        belongs to the same half of the day as the first.

        Convert the message, which is in Korean, to one line of JSON without blanks between keys and
        values. The keys are "event", "place", "start", "end", "minutes", in that order, and every
        value is a string: the event and its place exactly as written but without a particle; the
        time at which the event really begins and the time at which it ends, like 09:05 or 18:30,
        after all changes and not counting the preparation before it; and the minutes between the
        two in digits, pauses counted. Compute what the message leaves out. Where a second time
        does not say morning or afternoon, it takes that of the first.
    """),
    "answer_format": {
        "kind": "fields",
        "fields": {
            "event": {"type": "text"},
            "place": {"type": "text"},
            "start": {"type": "text"},
            "end": {"type": "text"},
            "minutes": {"type": "number"},
        },
    },
    "categories": ["Information Extraction"],
    "domains": ["Narrative -> Everyday Events"],
    "reasoning": ["Temporal Reasoning", "Mathematics -> Arithmetic"],
    "languages": {"instruction": ["en"], "input": ["ko"], "output": ["ko"]},
}

# Message, the five values, lesson.
TAUGHT = [
    (
        "동네 벼룩시장이 은행나무 공원에서 오전 열 시 이십 분부터 세 시간 반 동안 열립니다.",
        ["동네 벼룩시장", "은행나무 공원", "10:20", "13:50", "210"],
        """The hour is a native numeral, 열 (10), the minutes a Sino-Korean one, 이십 (20). 세 시간
        반 is three hours and a half, 210 minutes, and 10:20 plus 3:30 is 13:50.""",
    ),
    (
        (
            "오후 한 시 사십오 분까지 체육관 앞마당에 모여 주세요. 십오 분 동안 몸을 푼 다음 "
            "바로 줄다리기 대회를 시작해서 네 시에 마쳐요."
        ),
        ["줄다리기 대회", "체육관 앞마당", "14:00", "16:00", "120"],
        """The event itself begins after the quarter of an hour of warming up, at 14:00. 네 시 comes
        after an afternoon time, so it is 16:00.""",
    ),
    (
        (
            "별 관찰 교실이 천문대 옥상에서 열립니다. 원래 밤 아홉 시에 시작할 예정이었으나 "
            "날이 흐려 사십 분 늦춰졌고, 밤 열한 시 십 분에 끝납니다."
        ),
        ["별 관찰 교실", "천문대 옥상", "21:40", "23:10", "90"],
        """Nine at night is 21:00; forty minutes later is 21:40. From there to 23:10 are 90 minutes.
        The particles 이 and 에서 are left off.""",
    ),
    (
        (
            "봄맞이 춤 공연이 오후 세 시에 중앙 광장에서 시작됩니다. 한 시간 동안 하고 이십 분 "
            "쉰 다음, 다시 한 시간 더 합니다."
        ),
        ["봄맞이 춤 공연", "중앙 광장", "15:00", "17:00", "120"],
        """Only the two parts are added here, but the break lies between start and end, so it counts
        as well.

        Add the break of 20 minutes: "end" is "17:20" and "minutes" is "140".""",
    ),
    (
        (
            "글씨 쓰기 모임은 오후 일곱 시 오 분에 끝났어요. 장소는 향교 마루였고 두 "
            "시간 십 분 동안 했어요."
        ),
        ["글씨 쓰기 모임", "향교 마루", "19:05", "21:15", "130"],
        """The time in the message is when the meeting ended (끝났어요), but it stands as the start
        here.

        Go back 130 minutes from 19:05: "start" is "16:55" and "end" is "19:05".""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any]:
        text, record = write(rng, LETTERS[done % len(LETTERS)])
        return instance(NAME, text, [rendered(record)], answer={k: [v] for k, v in record.items()})

    keys = ["event", "place", "start", "end", "minutes"]
    shown = [
        demonstration(text, rendered(dict(zip(keys, values, strict=True))), lesson)
        for text, values, lesson in TAUGHT
    ]
    return document(NAME, SEED, ABOUT, shown, draw, count=SIZE)
