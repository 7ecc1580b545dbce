"""Hypothesis strategies: documents that fit each schema version, and single edits of them.

Texts, orders and foreign keys are as odd as the schemas allow, for migrations must bring all of it
back.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from hypothesis import strategies as st

Document = dict[str, Any]
Path = tuple[str | int, ...]

KINDS = ("text", "label", "set", "fields", "choices")
METRICS = ("exact_match", "rouge_l", "set_exact_match", "set_f1", "fields_score", "choice_score")

# Names that mean something in another version, or to a migration.
COLLIDING = (
    *("name", "extras", "schema_version", "instances", "definition", "$schema", "languages"),
    *("v1", "v2", "v1_order", "v2_order", "explanation", "answer", "", "a/b~c", "é", "\U0001f600"),
)
V1_KEYS = frozenset({"Title", "Prompt", "Things to Avoid", "Emphasis & Caution"})
V2_KEYS = (
    *("Contributors", "Source", "URL", "Categories", "Reasoning", "Definition"),
    *("Input_language", "Output_language", "Instruction_language", "Domains"),
    *("Positive Examples", "Negative Examples", "Instances", "Instance License"),
)
LANGUAGE_NAMES = (
    *("English", "German", "Swahili (macrolanguage)", "Modern Greek (1453-)", "French"),
    *("Punjabi", "Panjabi", "Haitian Creole", "Mongolian", "Albanian"),  # not canonical, ambiguous
    *("SELFIES", "english", "en", "und", "Undetermined", "", "No Such Language"),
)
LICENSES = ("CC BY 4.0", "Apache 2.0", "MIT", "Unknown", "MSR-LA", "RACE license", "", "cc-by-4.0")
ODD_TEXTS = (
    *("", " ", "-", "a", "A", "0", '"', "\\", "/", "a\nb", "\t", "\r\n", "\x00", "\x1f", "\x7f"),
    *("\x85", "\xa0", "é", "e\u0301", "\u2028", "\u2029", "\ufeff", "\ufffd", "\uffff"),
    *("\U0001f600", "\U0010ffff", '"id": "a"', '{"a": 1}', "{{map}}", "\\ud800", "None"),
)


@cache
def texts() -> st.SearchStrategy[str]:
    """Any string without half surrogate pairs, often an odd one."""
    return st.sampled_from(ODD_TEXTS) | st.text(max_size=6)


def lists_of(
    items: st.SearchStrategy[Any], *, least: int = 0, most: int = 3
) -> st.SearchStrategy[list[Any]]:
    return st.lists(items, min_size=least, max_size=most)


@cache
def integers() -> st.SearchStrategy[int]:
    """What strict JSON allows."""
    limits = (0, -1, 2**53 + 1, 2**63 - 1, 2**63, 2**64 - 1, -(2**63))
    return st.sampled_from(limits) | st.integers(-(2**63), 2**64 - 1)


@cache
def scalars() -> st.SearchStrategy[Any]:
    floats = st.floats(allow_nan=False, allow_infinity=False)
    return st.none() | st.booleans() | integers() | floats | texts()


@cache
def values() -> st.SearchStrategy[Any]:
    """Any value of strict JSON, not deep."""
    return st.recursive(
        scalars(),
        lambda inner: (
            lists_of(inner) | st.dictionaries(texts() | st.sampled_from(COLLIDING), inner)
        ),
        max_leaves=4,
    )


@st.composite
def shuffled(draw: st.DrawFn, mapping: st.SearchStrategy[Document]) -> Document:
    """The same members, in any order as often as in the order given."""
    drawn = draw(mapping)
    if draw(st.booleans()):
        return drawn
    return {key: drawn[key] for key in draw(st.permutations(list(drawn)))}


@st.composite
def with_foreign(
    draw: st.DrawFn, mapping: st.SearchStrategy[Document], known: frozenset[str]
) -> Document:
    """A mapping in any order, seldom with keys that its schema does not know."""
    drawn = draw(mapping)
    if draw(st.integers(0, 3)) == 0:
        names = (st.sampled_from(COLLIDING) | texts()).filter(lambda key: key not in known)
        drawn |= draw(st.dictionaries(names, values(), max_size=3))
    return draw(shuffled(st.just(drawn)))


@cache
def _v1_demonstrations() -> st.SearchStrategy[Any]:
    suggestion = st.sampled_from(("-", "", " ", " - ", "Better so.")) | texts()
    demonstration = st.fixed_dictionaries(
        {"input": texts(), "output": texts(), "reason": texts()},
        optional={"suggestion": suggestion},
    )
    known = frozenset({"input", "output", "reason", "suggestion"})
    return lists_of(with_foreign(demonstration, known)) | lists_of(st.just("-"), least=1)


@cache
def v1_documents() -> st.SearchStrategy[Document]:
    """Natural Instructions, with every part or without, and placeholders for what is absent."""
    rows = st.fixed_dictionaries({"input": texts(), "output": lists_of(texts(), least=1)})
    examples = st.fixed_dictionaries(
        {"Positive Examples": _v1_demonstrations(), "Negative Examples": _v1_demonstrations()}
    )
    parts = st.sampled_from(("-", "", "Mind this.")) | texts()
    document = st.fixed_dictionaries(
        {
            "Definition": parts,
            "Examples": with_foreign(
                examples, frozenset({"Positive Examples", "Negative Examples"})
            ),
            "Instances": lists_of(with_foreign(rows, frozenset({"input", "output"}))),
        },
        optional=dict.fromkeys(sorted(V1_KEYS), parts),
    )
    return with_foreign(document, V1_KEYS | {*V2_KEYS, "Examples"})


@cache
def v2_documents() -> st.SearchStrategy[Document]:
    """Super-NaturalInstructions' final form, in several languages and with whatever it may hold."""
    demonstration = st.fixed_dictionaries(
        {"input": texts(), "output": texts(), "explanation": texts()},
        optional={"suggestion": texts()},
    )
    known = frozenset({"input", "output", "explanation", "suggestion"})
    demonstrations = lists_of(with_foreign(demonstration, known))
    row = st.fixed_dictionaries(
        {
            "id": st.text(min_size=1, max_size=6),
            "input": texts(),
            "output": lists_of(texts(), least=1),
        }
    )
    languages = lists_of(st.sampled_from(LANGUAGE_NAMES) | texts())
    strings = lists_of(texts())
    document = st.fixed_dictionaries(
        {
            "Definition": lists_of(texts(), least=1),
            "Positive Examples": demonstrations,
            "Negative Examples": demonstrations,
            "Instances": lists_of(with_foreign(row, frozenset({"id", "input", "output"}))),
        },
        optional={
            **dict.fromkeys(
                ("Contributors", "Source", "URL", "Categories", "Reasoning", "Domains"), strings
            ),
            **dict.fromkeys(
                ("Input_language", "Output_language", "Instruction_language"), languages
            ),
            "Instance License": lists_of(st.sampled_from(LICENSES) | texts()),
        },
    )
    in_order = document.map(lambda drawn: {key: drawn[key] for key in V2_KEYS if key in drawn})
    return with_foreign(in_order, frozenset({*V2_KEYS, *V1_KEYS, "Examples"}))


@cache
def names() -> st.SearchStrategy[str]:
    usual = st.sampled_from(("a", "0", "task001_a", "a.b-c_d", "x" * 120))
    return usual | st.from_regex(r"[a-z0-9]{1,4}([._-][a-z0-9]{1,3}){0,2}", fullmatch=True)


@cache
def extras() -> st.SearchStrategy[Document]:
    """Free-form, seldom with what looks like the traces of a migration."""
    plain = st.dictionaries(texts(), values(), max_size=2)
    traces = st.fixed_dictionaries(
        {},
        optional={
            "v2": values() | st.dictionaries(st.sampled_from((*V2_KEYS, *COLLIDING)), values()),
            "v2_order": values() | lists_of(st.sampled_from(V2_KEYS)),
        },
    )
    return plain | traces


@cache
def _answers(kind: str) -> st.SearchStrategy[Any]:
    number = st.integers(-3, 3) | st.floats(-1, 1)
    choice = shuffled(st.fixed_dictionaries({"text": texts(), "score": number}))
    shapes: dict[str, st.SearchStrategy[Any]] = {
        "set": lists_of(lists_of(texts()), least=1),
        "fields": st.dictionaries(texts(), lists_of(texts(), least=1), min_size=1, max_size=2),
        "choices": lists_of(choice, least=1),
    }
    return shapes[kind]


@cache
def _answer_formats(kind: str) -> st.SearchStrategy[Document]:
    labels = lists_of(texts(), least=1)
    field = shuffled(
        st.fixed_dictionaries(
            {"type": st.sampled_from(("text", "label", "set", "number"))},
            optional={"metric": st.sampled_from(METRICS), "labels": labels},
        )
    )
    filled = st.text(min_size=1, max_size=3)
    by_kind: dict[str, Document] = {
        "set": {"separator": filled},
        "fields": {"fields": st.dictionaries(filled, field, min_size=1, max_size=2)},
    }
    needed = by_kind.get(kind, {})
    optional = {"labels": labels} if kind == "label" else {}
    return shuffled(
        st.fixed_dictionaries({"kind": st.just(kind), **needed}, optional=optional),
    )


@cache
def _rows(kind: str, *, instances: bool) -> st.SearchStrategy[Any]:
    message = st.fixed_dictionaries(
        {"role": st.sampled_from(("system", "user", "assistant", "tool")), "content": texts()}
    )
    needed: Document = {"input": texts()}
    optional: Document = {
        "context": lists_of(shuffled(message)),
        "attachments": lists_of(names()),
        "extras": extras(),
    }
    if instances:
        needed |= {"id": st.text(min_size=1, max_size=6), "output": lists_of(texts(), least=1)}
        optional["source_id"] = texts()
    else:
        needed |= {"output": texts(), "explanation": texts()}
        optional["suggestion"] = texts()
    if kind not in ("text", "label"):
        (needed if instances else optional)["answer"] = _answers(kind)
    return lists_of(shuffled(st.fixed_dictionaries(needed, optional=optional)))


@cache
def _metadata() -> dict[str, st.SearchStrategy[Any]]:
    """The optional keys of a v3 document that do not depend on its answer kind."""
    text = texts()
    filled = st.text(min_size=1, max_size=6)
    several = lists_of(text)
    contributor = st.fixed_dictionaries(
        {"name": text}, optional={"github": filled, "orcid": st.just("0000-0002-1825-009X")}
    )
    source = st.fixed_dictionaries(
        {"name": text},
        optional={
            **dict.fromkeys(("url", "license", "citation", "revision"), text),
            "extras": extras(),
        },
    )
    license_ = st.fixed_dictionaries(
        {"text": st.sampled_from(LICENSES) | text},
        optional={
            "spdx": filled,
            **dict.fromkeys(("url", "verified_by"), text),
            "verified_on": st.just("2024-05-01"),
        },
    )
    methods = ("human", "programmatic", "converted", "generated", "mixed")
    provenance = st.fixed_dictionaries(
        {"method": st.sampled_from(methods)},
        optional={
            **dict.fromkeys(("from", "generator", "script"), text),
            "seed": st.integers(0, 2**63 - 1),
            "configuration": extras(),
            "conversions": lists_of(
                shuffled(
                    st.fixed_dictionaries(
                        {"format": filled, "by": filled}, optional={"source": text}
                    )
                )
            ),
        },
    )
    described = {"sha256": st.just("0" * 64), "alt": text}
    attachment = st.fixed_dictionaries(
        {"media_type": filled, "path": filled}, optional={"url": filled, **described}
    ) | st.fixed_dictionaries({"media_type": filled, "url": filled}, optional=described)
    tags = lists_of(st.sampled_from(("en", "de", "el", "und", "zh-Hant", "pa")) | text)
    return {
        **dict.fromkeys(("$schema", "summary", "description", "canary"), text),
        **dict.fromkeys(("categories", "domains", "reasoning"), several),
        "aliases": lists_of(names()),
        "revision": st.integers(1, 2**31 - 1),
        "metrics": lists_of(st.sampled_from(METRICS)),
        "languages": shuffled(
            st.fixed_dictionaries(
                {}, optional=dict.fromkeys(("instruction", "input", "output"), tags)
            )
        ),
        "contributors": lists_of(shuffled(contributor)),
        "sources": lists_of(shuffled(source)),
        "licenses": lists_of(shuffled(license_)),
        "provenance": shuffled(provenance),
        "evaluation": st.fixed_dictionaries({"instances": lists_of(filled)}),
        "attachments": st.dictionaries(names(), shuffled(attachment), max_size=2),
        "extras": extras(),
    }


@st.composite
def v3_documents(draw: st.DrawFn) -> Document:
    """The unified schema, with every answer kind and any of its optional keys."""
    kind = draw(st.sampled_from(KINDS))
    needed: Document = {
        "schema_version": st.just(3),
        "name": names(),
        "definition": lists_of(texts(), least=1),
        "instances": _rows(kind, instances=True),
    }
    optional = {
        **_metadata(),
        "positive_demonstrations": _rows(kind, instances=False),
        "negative_demonstrations": _rows(kind, instances=False),
    }
    (optional if kind == "text" else needed)["answer_format"] = _answer_formats(kind)
    chosen = draw(st.sets(st.sampled_from(sorted(optional)), max_size=8))
    members = needed | {key: optional[key] for key in sorted(chosen)}
    return draw(shuffled(st.fixed_dictionaries(members)))


JUNK: tuple[Any, ...] = (
    *(None, True, False, 0, 1, 3, -1, 1.0, 3.0, 2.5, 2**31, 2**63 - 1, 2**63, 2**64 - 1, -(2**63)),
    *("", "a", "A", "a\n", "a_", "x" * 121, "\u0663", "é", "3", "text", "fields", "2024-05-01\n"),
    *([], [""], ["a"], [1], [None], [[]], [["a"]], [["a"], []], [{}]),
    *({}, {"a": 1}, {"a": ["b"]}, {"a": []}, {"": ["b"]}, {"a": {"type": "text"}}),
    *({"kind": "text"}, {"kind": "set"}, {"kind": "set", "separator": ""}, {"name": "a"}),
    *([{"text": "a", "score": 1}], [{"text": "a", "score": "1"}], [{"text": "a"}]),
    *({"A": {"media_type": "a", "path": "b"}}, {"a": {"media_type": "a"}}),
)


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """The path of every value in a document, its own first."""
    yield path
    if isinstance(value, dict):
        for key, part in value.items():
            yield from places(part, (*path, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from places(part, (*path, index))


def at(document: Any, path: Path) -> Any:
    """The value at a path."""
    for token in path:
        document = document[token]
    return document


def replaced(document: Any, path: Path, value: Any) -> Any:
    """The document with another value at one path; it shares all else with the old one."""
    if not path:
        return value
    token, *rest = path
    copy: Any = dict(document) if isinstance(document, dict) else list(document)
    copy[token] = replaced(document[token], tuple(rest), value)
    return copy


def words_of(schema: Any) -> tuple[str, ...]:
    """Every key and every enumerated word that a schema knows."""
    found: dict[str, None] = {}

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            found.update(dict.fromkeys(node.get("properties", {})))
            found.update(dict.fromkeys(node.get("enum", ())))
            for part in node.values():
                walk(part)
        elif isinstance(node, list):
            for part in node:
                walk(part)

    walk(schema)
    return tuple(found)


def edits(value: Any, words: tuple[str, ...], *, is_root: bool = False) -> list[Any]:
    """What may stand in a value's place after one edit."""
    made: list[Any] = [] if is_root else [*JUNK, *words, [value], {"a": value}]
    if isinstance(value, dict):
        for key in value:
            others = {other: part for other, part in value.items() if other != key}
            renamed = (key.upper(), key + "s", f"{key}_", f" {key}", "schema_uri", *words[::7])
            made += [others, *({**others, name: value[key]} for name in renamed)]
        made += [
            {**value, key: junk}
            for key in (*words, "a", "", "__proto__")
            if key not in value
            for junk in ("a", ["a"], [["a"]], None, 1, {}, {"a": ["b"]})
        ]
    elif isinstance(value, list):
        made += [[*value, junk] for junk in JUNK]
        made += [value[:index] + value[index + 1 :] for index in range(len(value))]
        made += [value + value, {"0": value}]
    elif isinstance(value, str):
        digits = value.translate({ord("0") + digit: 0x0660 + digit for digit in range(10)})
        made += [f"{value}\n", f"\n{value}", f"{value} ", f"{value}\u2028", digits]
        made += [value.upper(), value[:-1], value * 130]
    elif type(value) in (int, float):
        made += [float(value), -value, value + 0.5, str(value)]
    return made


def mutants(document: Document, schema: Document) -> st.SearchStrategy[Document]:
    """A document after one single edit, which need not make it worse."""
    words = words_of(schema)

    def at_path(path: Path) -> st.SearchStrategy[Document]:
        several = edits(at(document, path), words, is_root=not path)
        return st.sampled_from(several).map(lambda edit: replaced(document, path, edit))

    return st.sampled_from(list(places(document))).flatmap(at_path)
