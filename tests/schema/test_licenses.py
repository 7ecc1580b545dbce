import json

import pytest
from packaging.licenses import canonicalize_license_expression
from support.checkout import SHARED

from taskschema.schema import published_files
from taskschema.schema.licenses import (
    CLASSES,
    LicenseClass,
    class_of,
    license_class,
    spdx_of,
    strictest,
)

DOCUMENT = json.loads(published_files.read("vocabulary/licenses.json"))


@pytest.mark.parametrize(
    ("text", "spdx"),
    [
        ("Apache 2.0", "Apache-2.0"),
        ("CC BY-SA 4.0", "CC-BY-SA-4.0"),
        ("CC BY 4.0", "CC-BY-4.0"),
        ("cc-by-nc-sa 3.0", "CC-BY-NC-SA-3.0"),
        ("MIT", "MIT"),
        ("AFL 3.0", "AFL-3.0"),
        ("CC0", "CC0-1.0"),
        ("GPL-3.0", "GPL-3.0-only"),
        ("GPL-3.0+", "GPL-3.0-or-later"),
        ("ODC-BY", "ODC-By-1.0"),
        ("BSD 3-Clause", "BSD-3-Clause"),
        ("  apache   2.0\n", "Apache-2.0"),
        ("zlib", "Zlib"),
        ("mit or apache-2.0", "MIT OR Apache-2.0"),
        ("LicenseRef-ours", "LicenseRef-ours"),
    ],
)
def test_spdx_of_known_spellings_and_expressions(text: str, spdx: str) -> None:
    assert spdx_of(text) == spdx


@pytest.mark.parametrize(
    "text",
    [
        *DOCUMENT["without_spdx"],
        "",
        "NONE",
        "NOASSERTION",
        "LicenseRef-a_b",
        "MIT or",
        "© European Union, reuse is authorised. " * 40,
        "(" * 290,
        "(" * 10_000,
    ],
)
def test_spdx_of_is_none_rather_than_a_guess(text: str) -> None:
    assert spdx_of(text) is None


def test_every_identifier_of_the_table_is_canonical_spdx() -> None:
    listed = {*DOCUMENT["spdx"].values(), *(i for ids in DOCUMENT["classes"].values() for i in ids)}
    assert [i for i in sorted(listed) if canonicalize_license_expression(i) != i] == []


def test_spellings_ignore_case_and_hyphens() -> None:
    for text, spdx in DOCUMENT["spdx"].items():
        assert {spdx_of(text), spdx_of(text.upper()), spdx_of(text.replace(" ", "-"))} == {spdx}


def test_every_spelling_has_a_known_class() -> None:
    assert [t for t in DOCUMENT["spdx"] if class_of(t) == "unspecified"] == []


@pytest.mark.parametrize(
    ("spdx", "expected"),
    [
        ("MIT", "commercial"),
        ("mit", "commercial"),
        ("CC-BY-SA-4.0", "commercial"),
        ("CC-BY-NC-4.0", "non-commercial"),
        ("CC-BY-NC-SA-3.0", "non-commercial"),
        ("GPL-2.0+", "commercial"),
        ("MIT AND CC-BY-NC-4.0", "non-commercial"),
        ("(MIT OR CC-BY-NC-4.0) AND Apache-2.0", "non-commercial"),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "commercial"),
        ("MIT AND LicenseRef-ours", "unspecified"),
        ("", "unspecified"),
        (None, "unspecified"),
    ],
)
def test_license_class(spdx: str | None, expected: LicenseClass) -> None:
    assert license_class(spdx) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Public Domain", "commercial"),
        ("Unknown", "unspecified"),
        ("never heard of", "unspecified"),
        ("OpenAI", "non-commercial"),
        ("MSR-LA", "academic-only"),
        ("CC BY-NC 4.0", "non-commercial"),
    ],
)
def test_class_of(text: str, expected: LicenseClass) -> None:
    assert class_of(text) == expected


def test_the_strictest_class_wins() -> None:
    assert " < ".join(CLASSES) == "commercial < unspecified < non-commercial < academic-only"
    for end in range(1, len(CLASSES) + 1):
        assert strictest(reversed(CLASSES[:end])) == CLASSES[end - 1]
    several = ["CC BY-SA 4.0", "MSR-LA", "RACE license", "Apache"]
    assert strictest(map(class_of, several)) == "academic-only"
    assert strictest([]) == "unspecified"


@pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="no corpus beside the checkout")
def test_every_licence_of_the_corpus_is_known() -> None:
    texts = {
        text
        for path in (SHARED / "corpus").glob("*.json")
        for text in json.loads(path.read_text(encoding="utf-8")).get("Instance License", [])
    }
    assert texts
    assert [t for t in sorted(texts) if not spdx_of(t) and t not in DOCUMENT["without_spdx"]] == []
