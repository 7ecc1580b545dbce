import json
import subprocess
import sys

import langcodes
import pytest
from support.checkout import ROOT

from taskschema.schema import published_files
from taskschema.schema.languages import name_of, tag_of

TABLE: dict[str, list[str]] = json.loads(published_files.read("vocabulary/languages.json"))[
    "languages"
]


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("English", "en"),
        ("Spanish", "es"),
        ("Chinese", "zh"),
        ("Japanese", "ja"),
        ("Persian", "fa"),
        ("Panjabi", "pa"),
        ("Bengali", "bn"),
        ("Oriya", "ory"),
        ("Haitian", "ht"),
        ("Pushto", "ps"),
        ("Tagalog", "tl"),
        ("Filipino", "fil"),
        ("Central Khmer", "km"),
        ("Modern Greek (1453-)", "el"),
        ("Nepali (macrolanguage)", "ne"),
        ("Swahili (macrolanguage)", "sw"),
        ("Swahili", "swh"),
        ("Undetermined", "und"),
    ],
)
def test_names_of_superni_round_trip(name: str, tag: str) -> None:
    assert tag_of(name) == tag
    assert name_of(tag) == name


@pytest.mark.parametrize(
    ("language", "tag", "collective"),
    [
        ("Mongolian", "mn", "xgn"),
        ("Albanian", "sq", "sqj"),
        ("Batak", "bya", "btk"),
        ("Tai", "taw", "tai"),
        ("Munda", "unx", "mun"),
        ("Zande", "zne", "znd"),
    ],
)
def test_a_shared_name_belongs_to_the_language(language: str, tag: str, collective: str) -> None:
    assert tag_of(language) == tag
    assert name_of(tag) == language
    assert tag_of(f"{language} languages") == collective
    assert name_of(collective) == f"{language} languages"


@pytest.mark.parametrize(
    ("name", "tag"),
    [("Dan", "dnj"), ("Fala", "fax"), ("Banda", "bad"), ("Baltic", "bat"), ("Dari", "prs")],
)
def test_look_up_is_not_fuzzy(name: str, tag: str) -> None:
    assert tag_of(name) == tag


@pytest.mark.parametrize("name", ["SELFIES", "english", "English ", "", "en", "Bangla (India)"])
def test_other_words_have_no_tag(name: str) -> None:
    assert tag_of(name) is None


@pytest.mark.parametrize("tag", ["EN", "zh-Hant", "eng", "", "English"])
def test_other_tags_have_no_name(tag: str) -> None:
    assert name_of(tag) is None


def test_an_alternative_name_has_a_tag_but_is_not_canonical() -> None:
    assert tag_of("Punjabi") == "pa"
    assert name_of("pa") == "Panjabi"


def test_a_name_has_one_tag() -> None:
    for tag, names in TABLE.items():
        assert name_of(tag) == names[0]
        assert [tag_of(name) for name in names] == [tag] * len(names)


def test_every_tag_is_valid_and_in_order() -> None:
    assert [tag for tag in TABLE if not langcodes.tag_is_valid(tag)] == []
    assert list(TABLE) == sorted(TABLE)
    assert len(TABLE) > 7900


def test_no_name_has_a_suffix_that_superni_strips_except_six_collectives() -> None:
    long = [name for names in TABLE.values() for name in names if name.endswith(" languages")]
    assert len(long) == 6
    assert not any("(individual language)" in name for names in TABLE.values() for name in names)


def test_the_table_equals_the_output_of_the_script() -> None:
    pytest.importorskip("iso639")
    script = ROOT / "scripts" / "build_languages.py"
    run = subprocess.run(
        [sys.executable, script, "--check"], capture_output=True, text=True, check=False
    )
    if run.returncode == 2:
        pytest.skip(run.stderr.strip())
    assert run.returncode == 0, run.stderr
