"""Terms of this schema translated to those of the Hugging Face Hub, which accepts no others.

Sources: https://huggingface.co/docs/hub/repositories-licenses for licences, and for tasks the
pipelines of https://github.com/huggingface/huggingface.js (`packages/tasks`).
"""

import re
from collections.abc import Iterable

from taskschema.schema import licenses

__all__ = ["license_identifier", "size_category", "task_categories"]

SIZES = (
    *((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M")),
    *((10_000_000, "1M<n<10M"), (100_000_000, "10M<n<100M"), (1_000_000_000, "100M<n<1B")),
)
LARGEST = "1B<n<10B"

LICENSES = frozenset(
    {
        *("afl-3.0", "agpl-3.0", "apache-2.0", "artistic-2.0", "bsd-2-clause", "bsd-3-clause"),
        *("bsd-3-clause-clear", "bsl-1.0", "c-uda", "cc-by-2.0", "cc-by-2.5", "cc-by-3.0"),
        *("cc-by-4.0", "cc-by-nc-2.0", "cc-by-nc-3.0", "cc-by-nc-4.0", "cc-by-nc-nd-3.0"),
        *("cc-by-nc-nd-4.0", "cc-by-nc-sa-2.0", "cc-by-nc-sa-3.0", "cc-by-nc-sa-4.0"),
        *("cc-by-nd-4.0", "cc-by-sa-3.0", "cc-by-sa-4.0", "cc0-1.0", "cdla-permissive-1.0"),
        *("cdla-permissive-2.0", "cdla-sharing-1.0", "ecl-2.0", "epl-1.0", "epl-2.0"),
        *("etalab-2.0", "eupl-1.1", "gfdl", "gpl-2.0", "gpl-3.0", "isc", "lgpl-2.1", "lgpl-3.0"),
        *("lppl-1.3c", "mit", "mpl-2.0", "ms-pl", "ncsa", "odbl", "odc-by", "ofl-1.1", "osl-3.0"),
        *("pddl", "postgresql", "unlicense", "wtfpl", "zlib"),
        *("bsd", "cc", "gpl", "lgpl"),  # families, without a version
    }
)
# Licences that the Hub lists without a version.
WITHOUT_VERSION = re.compile(r"(c-uda|gfdl|odbl|odc-by|pddl)-[\d.]+")

TASK_CATEGORIES = {
    "fill-mask": ("Fill in The Blank", "Preposition Prediction"),
    "question-answering": ("Mathematics", "Number Conversion", "Question Answering"),
    "summarization": ("Summarization", "Title Generation"),
    "table-to-text": ("Data to Text",),
    "text-classification": (
        *("Answer Verification", "Answerability Classification", "Cause Effect Classification"),
        *("Coherence Classification", "Commonsense Classification", "Dialogue Act Recognition"),
        *("Discourse Connective Identification", "Discourse Relation Classification"),
        *("Entity Relation Classification", "Ethics Classification", "Fact Verification"),
        *("Gender Classification", "Grammar Error Detection", "Intent Identification"),
        *("Irony Detection", "Language Identification", "Linguistic Probing"),
        *("Negotiation Strategy Detection", "Punctuation Error Detection"),
        *("Question Understanding", "Section Classification", "Sentiment Analysis"),
        *("Spam Classification", "Speaker Identification", "Speaker Relation Classification"),
        *("Spelling Error Detection", "Stance Detection", "Stereotype Detection"),
        *("Text Categorization", "Text Matching", "Text Quality Evaluation", "Textual Entailment"),
        *("Toxic Language Detection", "Word Relation Classification", "Word Semantics"),
    ),
    "token-classification": (
        *("Coreference Resolution", "Information Extraction", "Keyword Tagging"),
        *("Named Entity Recognition", "Overlap Extraction", "Pos Tagging"),
    ),
    "translation": ("Translation",),
}
"""The categories of each task category of the Hub; all other categories are text generation."""
DEFAULT = "text-generation"


def size_category(instances: int) -> str:
    """Return the size category of a number of instances."""
    return next((name for size, name in SIZES if instances < size), LARGEST)


def license_identifier(name: str) -> str:
    """Return the identifier of a licence: `other` if not listed, `unknown` if not stated."""
    identifier = (licenses.spdx_of(name) or name).lower()
    identifier = identifier.removesuffix("-only").removesuffix("-or-later")
    if match := WITHOUT_VERSION.fullmatch(identifier):
        identifier = match[1]
    if identifier in ("", "unknown"):
        return "unknown"
    return identifier if identifier in LICENSES else "other"


def task_categories(categories: Iterable[str]) -> list[str]:
    """Return the task categories of some categories; text generation is always one."""
    given = set(categories)
    return sorted({DEFAULT, *(name for name, own in TASK_CATEGORIES.items() if given & set(own))})
