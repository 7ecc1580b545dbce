import pytest

from taskschema.schema.source_names import canonical_name, canonical_url


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://github.com/allenai/zest", "http://github.com/allenai/zest"),
        ("https://github.com/allenai/zest", "https://github.com/allenai/zest.git"),
        ("https://github.com/allenai/zest", "git://github.com/allenai/zest.git/"),
        ("https://github.com/allenai/zest", "github.com/allenai/zest"),
        ("https://www.example.org/", "http://Example.org"),
        ("https://www.example.org:443/a", "http://EXAMPLE.org:80/a/"),
        ("https://example.org/a/?b=c", "https://example.org/a?b=c"),
        ("https://example.org/a#", " https://example.org/a\n"),
        ("https://doi.org/10.1000/182", "doi:10.1000/182"),
        ("https://doi.org/10.1000/182", "http://dx.doi.org/10.1000/182"),
        ("", "  "),
    ],
)
def test_spellings_of_one_url(one: str, other: str) -> None:
    assert canonical_url(one) == canonical_url(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "https://example.org/b"),
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/a?b=1", "https://example.org/a?b=2"),
        ("https://example.org/a#train", "https://example.org/a#test"),
        ("https://data.example.org", "https://example.org"),
        ("https://example.org:8080", "https://example.org"),
        ("https://example.org/a.github", "https://example.org/ahub"),
    ],
)
def test_different_urls(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


@pytest.mark.parametrize("text", ["http://[", "://", "http//x", "?", "#", "doi:", "a b", "é"])
def test_a_text_that_is_not_a_url_does_not_fail(text: str) -> None:
    assert canonical_url(canonical_url(text)) == canonical_url(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("country_capitals", "Country Capitals"),
        ("country_capitals", "  country--capitals "),
        ("SQuAD 1.1", "squad_1.1"),
        ("Straße", "STRASSE"),
        ("\N{FULLWIDTH DIGIT ONE}", "1"),
        ("हिन्दी_समाचार", "हिन्दी समाचार"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert canonical_name(one) == canonical_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("squad1", "squad2"),
        ("codenet C", "codenet C++"),
        ("???", "!!!"),
        ("कि", "का"),
        ("ab", "a b"),
    ],
)
def test_different_names(one: str, other: str) -> None:
    assert canonical_name(one) != canonical_name(other)
