"""Tokenizers count words unless a `tokenizer.json` is given."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taskschema.core.errors import ConfigError
from taskschema.views import tokenizers
from taskschema.views.shapes.tk_instruct import VIEW
from taskschema.views.tokenizers import WORDS, count, tokenizer_of
from taskschema.views.view import ViewOptions


@given(st.text())
def test_words_are_decoded_with_single_spaces(text: str) -> None:
    assert WORDS.decode(WORDS.encode(text)) == " ".join(text.split())


@given(st.text())
def test_words_are_counted(text: str) -> None:
    assert count(WORDS, text) == len(WORDS.encode(text))


def test_equal_words_have_equal_tokens() -> None:
    assert WORDS.encode("a b\n\x00a a") == [
        *WORDS.encode("a"),
        *WORDS.encode("b"),
        *WORDS.encode("\x00a"),
        *WORDS.encode("a"),
    ]


def saved(folder: Path) -> Path:
    """A tokenizer that adds a token at each end, and that would cut and pad."""
    library: Any = pytest.importorskip("tokenizers")
    words = {"[UNK]": 0, "<s>": 1, "</s>": 2, "one": 3, "two": 4}
    model = library.models.WordLevel(words, unk_token="[UNK]")  # noqa: S106
    tokenizer = library.Tokenizer(model)
    tokenizer.pre_tokenizer = library.pre_tokenizers.Whitespace()
    tokenizer.post_processor = library.processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 1), ("</s>", 2)]
    )
    tokenizer.add_special_tokens(["<s>", "</s>"])
    tokenizer.enable_truncation(3)
    tokenizer.enable_padding(length=9)
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder / "tokenizer.json"


def test_a_saved_tokenizer_adds_special_tokens_without_truncation_or_padding(
    tmp_path: Path,
) -> None:
    tokenizer = tokenizer_of(saved(tmp_path))
    assert tokenizer.encode("one two one") == [1, 3, 4, 3, 2]
    assert tokenizer.decode([1, 3, 4, 2]) == "one two"


def test_a_view_counts_with_a_saved_tokenizer(tmp_path: Path) -> None:
    task = {
        "name": "say",
        "definition": ["one"],
        "instances": [{"id": "1", "input": "", "output": ["two two two"]}],
    }
    settings = {"cut_labels": True, "max_target_length": 3}
    options = ViewOptions(tokenizer=tokenizer_of(saved(tmp_path)), settings=settings)
    assert [record["labels"] for record in VIEW.records(task, [0], options)] == ["two two"]


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff", b'{"model": null}', b"[" * 9999])
def test_a_file_that_is_not_a_tokenizer_is_refused(tmp_path: Path, content: bytes) -> None:
    pytest.importorskip("tokenizers")
    path = tmp_path / "tokenizer.json"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=r"tokenizer\.json: is not a tokenizer"):
        tokenizer_of(path)


def described(folder: Path, **parts: Any) -> Path:
    """A file that describes a tokenizer, as given or with the least there can be."""
    model = {"type": "WordLevel", "vocab": {"a": 0, "?": 1}, "unk_token": "?"}
    path = folder / "tokenizer.json"
    path.write_text(json.dumps({"version": "1.0", "added_tokens": [], "model": model} | parts))
    return path


@pytest.mark.parametrize(
    "parts",
    [
        {"normalizer": {"type": "Precompiled", "precompiled_charsmap": "AAAA"}},
        {"model": {"type": "WordLevel", "vocab": {"a": 0}, "unk_token": "?"}},
        {"model": {"type": "Unigram", "vocab": [["a", -1.0]], "unk_id": None}},
        {"pre_tokenizer": {"type": "FixedLength", "length": 0}},
        {"decoder": {"type": "Strip", "content": "a", "start": 9, "stop": 9}},
    ],
)
def test_a_failing_tokenizer_gives_a_one_line_error(tmp_path: Path, parts: Any) -> None:
    pytest.importorskip("tokenizers")
    path = described(tmp_path, **parts)
    with pytest.raises(
        ConfigError, match=r"tokenizer\.json: (is not a tokenizer|cannot (en|de)code )"
    ) as told:
        tokenizer_of(path).decode([*tokenizer_of(path).encode("b"), 0])
    assert "\n" not in str(told.value)


def test_a_tokenizer_with_dropout_is_deterministic(tmp_path: Path) -> None:
    pytest.importorskip("tokenizers")
    words = {"a": 0, "aa": 1}
    model = {"type": "BPE", "vocab": words, "merges": [["a", "a"]], "dropout": 0.5}
    tokenizer = tokenizer_of(described(tmp_path, model=model))
    assert {len(tokenizer.encode("aaaa")) for _ in range(40)} == {2}


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.json"):
        with pytest.raises(ConfigError, match="no such file"):
            tokenizer_of(path)


def test_a_missing_library_is_reported_with_the_install_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "tokenizer.json"
    path.write_bytes(b"{}")
    monkeypatch.setattr(tokenizers, "find_spec", lambda _: None)
    with pytest.raises(ConfigError, match=r"pip install .taskschema.tokenizers."):
        tokenizer_of(path)
