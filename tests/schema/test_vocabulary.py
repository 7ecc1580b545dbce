import json
from typing import get_args

import pytest
from support.checkout import SHARED

from taskschema.schema.vocabulary import (
    AnswerKind,
    Kind,
    coarse,
    coarse_terms,
    default_metrics,
    metrics,
    terms,
)


@pytest.mark.parametrize(
    ("kind", "fine", "coarse_count", "unmapped"),
    [("categories", 76, 0, 76), ("reasoning", 44, 16, 8), ("domains", 121, 33, 10)],
)
def test_counts(kind: Kind, fine: int, coarse_count: int, unmapped: int) -> None:
    assert len(terms(kind)) == fine
    assert len(coarse_terms(kind)) == coarse_count
    assert sum(not coarse(kind, term) for term in terms(kind)) == unmapped


@pytest.mark.parametrize("kind", get_args(Kind))
def test_terms_are_sorted_and_distinct_and_map_to_coarse_terms(kind: Kind) -> None:
    for names in (terms(kind), coarse_terms(kind)):
        assert list(names) == sorted(set(names))
    reached = {name for term in terms(kind) for name in coarse(kind, term)}
    assert reached == set(coarse_terms(kind))


def test_coarse() -> None:
    assert coarse("domains", "Reviews -> Movies") == ("Reviews", "Movies")
    assert coarse("domains", "Captions -> Video Captions") == ("Transcriptions",)
    assert coarse("reasoning", "Ethics") == ("Social Ethics",)
    assert coarse("reasoning", "Planning") == ()
    assert coarse("reasoning", "Argument Reasoning") == ()
    assert coarse("domains", "no such domain") == ()
    assert coarse("categories", "Mathematics") == ()


def test_metrics_and_defaults_agree() -> None:
    assert list(metrics()) == [
        "exact_match",
        "rouge_l",
        "set_exact_match",
        "set_f1",
        "fields_score",
        "choice_score",
    ]
    for metric in metrics().values():
        assert metric.definition
        assert metric.range == (0, 1)
        assert set(metric.kinds) <= set(get_args(AnswerKind))
    for kind in get_args(AnswerKind):
        assert default_metrics(kind)
        assert all(kind in metrics()[name].kinds for name in default_metrics(kind))


def test_default_metrics() -> None:
    assert default_metrics("text") == ("exact_match", "rouge_l")
    assert default_metrics("label") == ("exact_match",)
    assert default_metrics("set") == ("set_exact_match", "set_f1")
    assert default_metrics("fields") == ("fields_score",)
    assert default_metrics("choices") == ("choice_score",)


@pytest.mark.skipif(
    not (SHARED / "reference" / "taxonomy.json").is_file(), reason="no taxonomy beside the checkout"
)
@pytest.mark.parametrize("kind", get_args(Kind))
def test_the_vocabulary_equals_the_taxonomy(kind: Kind) -> None:
    path = SHARED / "reference" / "taxonomy.json"
    taxonomy = json.loads(path.read_text(encoding="utf-8"))
    assert list(terms(kind)) == sorted(taxonomy[kind])
    upstream = taxonomy.get(f"{kind}_map", {})
    assert {t: list(coarse(kind, t)) for t in terms(kind)} == {
        t: upstream.get(t, []) for t in terms(kind)
    }
