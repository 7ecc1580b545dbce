r"""Choose the one of four regular expressions that matches some strings and not some others.

The patterns of a family differ in what people get wrong: an optional part, a bound, a missing
anchor of an alternative, `.` for `\w`. A selection of strings is kept only if `re.fullmatch`
says that one pattern alone fits them all; of several, that on which the wrong ones err least.
"""

import re
from random import Random
from typing import Any

from authoring import demonstration, document, instance, paragraphs

NAME = "regex_for_strings"
SEED = 20_502
INSTANCES = 100
TRIES = 60
FEW, MANY = 3, 4  # strings of either kind
DRAWN = {"#": "0123456789", "@": "ABCDEGHKMNPRSTVXZ", "&": "abcdefghiklmnoprstuvy"}

# Strings (# stands for a digit, @ and & for a capital and a small letter), then patterns.
FAMILIES = [
    [[item for item in re.split(r"\s\s+", part.strip()) if item] for part in block.split("~ ")]
    for block in r"""
0#:1#  23:59  24:00  25:3#  7:45  19:05  1#:60  12:5  1#:30:15  9:75  00:00  2:#0  08:1#:77
~ ([01]\d|2[0-3]):[0-5]\d  [0-2]\d:[0-5]\d  ([01]?\d|2[0-3]):[0-5]\d  \d{1,2}:\d{2}
  ([01]\d|2[0-4]):[0-5]\d  ([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?

19##-04-1#  2024-12-31  2023/07/0#  20##-13-01  2025-6-1#  199#-11-30  2021-10/2#  2019-00-12
  20##/1/5  2022-02-3#  201#-08-00
~ \d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])  \d{4}-\d{2}-\d{2}
  \d{4}-(0?[1-9]|1[0-2])-(0?[1-9]|[12]\d|3[01])  \d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|30)
  \d{4}[-/](0[1-9]|1[0-2])[-/](0[1-9]|[12]\d|3[01])
  \d{4}([-/])(0[1-9]|1[0-2])\1(0[1-9]|[12]\d|3[01])

##  -#.#5  .#5  +#  #.  00#  1#.3#5  -0.#  0  #.2.3  --4  6#0.0  -.5  +#.##
~ -?\d+(\.\d+)?  -?\d*\.?\d+  [+-]?\d+(\.\d+)?  -?\d+\.\d+  -?\d+(\.\d{1,2})?
  -?(0|[1-9]\d*)(\.\d+)?

total  _temp  rowCount  x#  #x  max_row  Max  a__b  user_  item_#  two words  height2_cm
  mean-&
~ [a-z_]\w*  [A-Za-z_]\w*  \w+  [a-z]+(_[a-z]+)*  [a-z][a-z0-9]*(_[a-z0-9]+)*
  [a-z][A-Za-z0-9]*

@@-##5-@@  @@##1@@  @@-7##@@  @@ ##4 @@  @-#3-@@  @@-####-@@  @@ 12#-@@  @@@-0##-@@
  &&-#11-&&  @@-20#-@  @@_4##_@@
~ [A-Z]{2}-\d{3}-[A-Z]{2}  [A-Z]{2}-?\d{3}-?[A-Z]{2}  [A-Z]{1,2}-\d{1,4}-[A-Z]{2}
  [A-Z]+-\d+-[A-Z]+  [A-Z]{2}([- ])\d{3}\1[A-Z]{2}  [A-Z]{2}[- ]\d{3}[- ][A-Z]{2}

v1.#.0  2.##  #.4.12  v3.#  7  1.#.2-beta  v2  4.#.1.9  3..#  1.0.#-rc1  v#.1.  10.2.3-
~ v?\d+\.\d+\.\d+  \d+(\.\d+)*  \d+(\.\d+){1,2}  v\d+\.\d+(\.\d+)?  \d+\.\d+\.\d+(-[a-z]+)?
  \d+(\.\d+){2,}

#,#50  1#  ###,000  3#00  1,#0,000  12,34#,678  9#,5  4,#00.50  ,#00  #75.20  50##,000
  1##4,250
~ \d{1,3}(,\d{3})*  \d+(,\d{3})*  \d{1,3}(,\d{3})+  \d{1,3}(,?\d{3})*  [\d,]+
  \d{1,3}(,\d{3})*(\.\d{2})?

$#.50  $1#  €#.99  7.2#  $.7#  $0.9#  $4.#  $0#.15  $3##.00  €1#  $12,#0  $$#.00
~ \$\d+\.\d{2}  \$?\d+(\.\d{2})?  [$€]\d+(\.\d{2})?  \$\d+(\.\d\d?)?  \$[1-9]\d*\.\d{2}
  \$\d*\.\d{2}

beach#.jpg  dog.png  my photo.jpg  cat.jpeg  plan_#.gif  2#a.png  png  map.jpgx  .jpg
  tree-#.png  lake.PNG  fox##.jpg  jpg.jpg
~ \w+\.(jpg|png)  \w+\.(jpe?g|png)  \w+\.\w{3}  .+\.(jpg|png)  [a-z]+\d*\.(jpg|png)
  \w+\.jpg|png

a#b#c#  #f#  FFa0#1  00ff#  c0ffee  #e#e  ABC#12  12#45g  dead  beef12#0  1#a  &9#0
~ [0-9a-f]{6}  [0-9a-f]{3}|[0-9a-f]{6}  [0-9a-fA-F]{6}  ([0-9a-f]{2})+  [0-9a-f]{3,6}
  [0-9A-F]{3}[0-9a-f]{3}

balloon  kettle  level  banana  trout  sheep  onion  radar  queue  apple  needle  papaya
  stats  melon  seed  buzz  drum  cocoa
~ .*(.)\1.*  .*([aeiou])\1.*  (.).*\1  .*(.).\1.*  .*[aeiou]{2}.*  [^aeiou].*[^aeiou]

sun#ny  Garden#  rainbow  Ocean7#5  123#5#  ab#  Castle  tea pot#  blue_sky#  Long-Bridge##1
  RIVER##  Wind mill
~ (?=.*\d).{6,}  (?=.*\d)(?=.*[A-Z]).{6,}  (?=.*\d)(?=.*[a-z])\w{6,}  (?!.*\d).{6,}
  [a-zA-Z]+\d+  (?=.*[A-Z])\S{6,10}

IX  XIV  IIII  XXVII  VX  XXXX  IVI  VIII  XI  IIX  XXXIX  V  VV  XVI  IV
~ X{0,3}(IX|IV|V?I{1,3}|V)  [XVI]+  X*V?I*  X{0,3}V?I{0,4}  (X|V|I){1,4}
  X{1,3}(IX|IV|V?I{0,3})

0  1  10  01  0101  1100  111  1001  0010  110  011  1010  10010  000  1101
~ [01]*0  1[01]*  (01|10)+  [01]*11[01]*  (0|10)*1?  1*0*  ([01]{2})+

a  ab  abc  aabc  abab  bc  ababc  acb  abca  cab  aab  bbcc  abcbc  abcaca  aa
~ a+b*c?  (ab)+c?  a(b|c)*  [abc]{2,4}  a?b+c*  (a|bc)+  ab*(ca)*

kofi##  mei_lin  #ana  ada.king  jo  ibrahim_the_2nd  Omar#  liu  zoe.  sam#2#4  a.b.c
  yuki_#
~ [a-z]\w{2,9}  [a-z][a-z0-9]{2,9}  \w{3,10}  [a-z][a-z0-9.]{2,9}  [a-z]+\d{0,3}
  [a-z]+[._]?[a-z]+

4#%  100%  #%  0#%  1#0%  2.#%  50 %  %  #7.25%  0%  99.#%  1000%
~ \d{1,2}%|100%  \d+%  \d{1,3}%  \d+(\.\d)?%  [1-9]?\d%  (100|[1-9]?\d)%

BIO1##  MAT2##B  PH3##  ART 4##  CHEM#0#  HIS9##  GEO1##A  law2##  MUS#1  ENG3##C  ECO70##
  LIN2## A
~ [A-Z]{3}\d{3}[AB]?  [A-Z]{2,4}\d{3}  [A-Z]{3}[1-4]\d{2}[A-Z]?  [A-Z]{3} ?\d{3}
  [A-Z]+\d+[A-Z]?  [A-Z]{3}\d{3}[^A]?

#, 1#  #  4,#,7  8, #,  1#,  2#, 5, #  3 4#  #,  5  ,#  6, #,9  1#;2
~ \d+(, \d+)*  \d+(,\s*\d+)*  (\d+,)*\d+  \d+(, ?\d+)+  (\d+, ?)+  [\d, ]+

"rye"  ""  "two oaks"  'fig'  "a"b"  "mint'  'p' or 'q'  "x" "y"  tea  "#"  "  ''  "don't"
~ "[^"]*"  ".*"  "[^"]+"  ("|').*\1  ["'].*["']  "\w+"

[note]  []  [two words]  (note)  [a][b]  [a]]  n  +  note  [#)  [x#]  [+]  (a b)
~ \[\w+\]  \[.*\]  [\w+]  \[[^\]]*\]  [\[(]\w+[\])]  \[\w*\]

Aiko Mori  Ana B. Cruz  Omar  Li Wei Chen  Zoe Smith-Kaur  Jean-Paul  J. Okoye
  Ravi K. L. Rao  O Henry  mary Jones  Ivan  Petrov  Noor Ali
~ [A-Z][a-z]+ [A-Z][a-z]+  [A-Z][a-z]+( [A-Z][a-z]+)+  [A-Z]\w+ [A-Z]\. [A-Z]\w+
  [A-Z][a-z]+ ([A-Z]\. )?[A-Z][a-z]+  [A-Z][a-z]+[ -][A-Z][a-z]+  [A-Z][a-z]*\.? [A-Z][a-z]+

#h  2h3#m  #m  1h 4#m  9#m  1h 7#m  #0m2h  3h#  h  4h 5m 6h  2h  #m
~ (\d+h)?(\d+m)?  \d+h\d+m  \d+h( ?\d+m)?  \d+[hm]  (\d+[hm] ?)+  \d+h [0-5]?\dm

/home  /var/log  usr/bin  /  /srv/  //tmp  /etc/x#/y  opt  lib/  /a b  /mnt//d#  /home/&&/
~ (/\w+)+  (/\w+)*/  /\w+(/\w+)*/?  /?\w+(/\w+)*  (/\w*)+  [/\w]+

color  colour  colors  coloured  colouur  colr  colours  colorful  collar  recolor  colour.
  colouring
~ colou?rs?  colou?r(ed|s)?  colou?r\w*  colour.?  col.+r  (re)?colo.*r\w*
""".strip().split("\n\n")
]


def fits(pattern: str, strings: list[str]) -> list[bool]:
    return [re.fullmatch(pattern, string) is not None for string in strings]


def text_of(match: list[str], refuse: list[str], patterns: list[str]) -> str:
    heads = ["Must match:", "\nMust not match:", "\nPatterns:"]
    parts = zip(heads, [match, refuse, patterns], strict=True)
    return "\n".join("\n".join([head, *lines]) for head, lines in parts)


def ask(rng: Random, family: list[list[str]], right: str) -> tuple[str, list[str]] | None:
    """Draw strings and patterns; None if the strings never single out the right pattern."""
    shapes, patterns = family
    offered = [right, *rng.sample([each for each in patterns if each != right], 3)]
    best: tuple[int, list[str], list[str]] | None = None
    for _ in range(TRIES):
        drawn = rng.sample(shapes, rng.randint(2 * FEW, 2 * MANY))
        strings = ["".join(rng.choice(DRAWN.get(x, x)) for x in shape) for shape in drawn]
        verdict, *wrong = (fits(pattern, strings) for pattern in offered)
        if verdict in wrong or not FEW <= sum(verdict) <= MANY:
            continue
        if not FEW <= len(verdict) - sum(verdict) <= MANY:
            continue
        slips = sum(a != b for other in wrong for a, b in zip(verdict, other, strict=True))
        if best is None or slips < best[0]:
            paired = list(zip(strings, verdict, strict=True))
            best = slips, [s for s, fit in paired if fit], [s for s, fit in paired if not fit]
    shuffled = rng.sample(offered, len(offered))
    return best and (text_of(best[1], best[2], shuffled), shuffled)


ABOUT = {
    "summary": "Choose the regular expression that tells two groups of strings apart.",
    "definition": paragraphs(r"""
        You are given strings that a regular expression must match, strings that it must not match
        (one per line), and four patterns in the syntax of Python's re module, one per line. A
        pattern matches a string only if it matches the whole string, as re.fullmatch does, without
        flags. Exactly one of the patterns matches all strings of the first group and none of the
        second. Answer with that pattern, copied exactly, and nothing else.

        Read the two lists of strings and the four Python regular expressions below them, one to a
        line. Find the single expression that fully matches (from the first character to the last,
        case-sensitively) every string under "Must match" and no string under "Must not match".
        Write out that expression unchanged, without quotation marks, slashes or comment.

        Which of the four patterns does what is asked: accept each string of the upper list and
        reject each string of the lower one? Accepting means re.fullmatch in Python: the pattern has
        to cover the complete string; no flags are set. Only one pattern does so. Your answer is
        the text of that pattern, character for character.
    """),
    "answer_format": {"kind": "choices"},
    "categories": ["Text to Code"],
    "domains": ["Code"],
    "reasoning": ["Reasoning on Strings", "Textual Entailment -> Inductive Reasoning"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["en"]},
}

# Strings to match, strings to refuse, patterns (the first is right), which is shown, lesson.
TAUGHT = [
    (
        "A1 B22 C333",
        "a1 D4444 7E",
        r"[A-Z]\d{1,3} [A-Z]\d+ [A-Za-z]\d{1,3} \w{2,4}",
        0,
        r"""One capital letter and one to three digits. \d+ would let D4444 pass, [A-Za-z] would let
        a1 pass, and \w{2,4} lets a1 and 7E pass, because \w covers digits and small letters.""",
    ),
    (
        "ha haha hahaha",
        "hah haa ahah",
        r"(ha)+ ha+ [ha]+ h(ah)*a?",
        0,
        """The + must repeat the group "ha" and not only its last letter: ha+ misses haha and
        matches haa. The class [ha] takes any order of the letters, and h(ah)*a? also matches
        hah.""",
    ),
    (
        "tel:12 12 345",
        "tel: tel12 fax:9",
        r"(tel:)?\d+ tel:?\d+ (tel:)?\d* tel:|\d+",
        0,
        r"""The prefix is optional as a whole, and digits are required. tel:?\d+ makes only the
        colon optional, \d* lets a bare "tel:" pass, and tel:|\d+ means either "tel:" or
        digits.""",
    ),
    (
        "x.py run.py a1.py",
        "xpy run-py run.pyc",
        r"\w+\.py \w+.py \w*py \w+\.pyc?",
        1,
        r"""An unescaped dot stands for any character, so this pattern matches run-py as well.

        Escape the dot, so that only a real dot is matched: \w+\.py""",
    ),
    (
        "cat dog cats dogs",
        "catdog catss s",
        r"(cat|dog)s? cat|dogs? (cats|dogs)? [catdogs]+",
        1,
        """Alternation binds loosest: this means "cat" alone, or "dog" with an optional s, so "cats"
        is not matched.

        Put the two animals in brackets, so that s? belongs to both: (cat|dog)s?""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)
    orders = [rng.sample(patterns, len(patterns)) for _, patterns in FAMILIES]
    clear = [
        [each for each in order if any(ask(rng, family, each) for _ in range(3))]
        for family, order in zip(FAMILIES, orders, strict=True)
    ]

    def draw(done: int) -> dict[str, Any] | None:
        number = done % len(FAMILIES)
        rights = clear[number]
        right = rights[done // len(FAMILIES) % len(rights)]
        asked = ask(rng, FAMILIES[number], right)
        if asked is None:
            return None
        text, patterns = asked
        answer = [{"text": each, "score": int(each == right)} for each in patterns]
        return instance(NAME, text, [right], answer=answer)

    shown = []
    for match, refuse, listed, output, lesson in TAUGHT:
        patterns = listed.split()
        text = text_of(match.split(), refuse.split(), rng.sample(patterns, len(patterns)))
        shown.append(demonstration(text, patterns[output], lesson))
    return document(NAME, SEED, ABOUT, shown, draw, count=INSTANCES)
