"""A text contains an API key.

Programs search published data for keys. Revoke the key at its issuer, since it must be considered
known, and replace it here with a made-up one such as `AKIAIOSFODNN7EXAMPLE`.

The rule finds the kinds of keys whose issuers publish prefix, length and alphabet. It skips keys
that contain a word such as EXAMPLE, and keys of few different characters.
"""

import re
from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.rules.shared.masked_secrets import masked_key
from taskschema.schema.columns import Columns
from taskschema.schema.text_search import Where

KEY = re.compile(
    r"(?<![\w-])(?:"
    r"(?:AKIA|ASIA)[A-Z2-7]{16}"  # Amazon Web Services
    r"|gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}"  # GitHub
    r"|glpat-[A-Za-z0-9_-]{20}"  # GitLab
    r"|xox[abprs]-[0-9]{10,13}-[A-Za-z0-9-]{10,100}"  # Slack
    r"|AIza[A-Za-z0-9_-]{35}"  # Google
    r"|hf_[A-Za-z]{34}"  # Hugging Face
    r"|sk-(?:[a-z]{4,9}-)?[A-Za-z0-9_-]{20,100}T3BlbkFJ[A-Za-z0-9_-]{20,100}"  # OpenAI
    r"|sk-ant-[a-z]{3,5}[0-9]{2}-[A-Za-z0-9_-]{93}AA"  # Anthropic
    r"|[rs]k_live_[A-Za-z0-9]{24,99}"  # Stripe
    r"|npm_[A-Za-z0-9]{36}"  # npm
    r"|eyJ[A-Za-z0-9_-]{17,1000}\.eyJ[A-Za-z0-9_-]{17,2000}\.[A-Za-z0-9_-]{20,1000}"  # RFC 7519
    r")(?![\w-])",
    re.ASCII,
)
SCREENS = (
    Where(b"_", re.compile(rb"_(?:(?<=gh[pousr]_)|(?<=pat_)|(?<=hf_)|(?<=live_)|(?<=npm_))")),
    Where(b"IA", re.compile(rb"IA(?:(?<=AKIA)|(?<=ASIA))")),
    Where(b"sk-", re.compile(rb"sk-[A-Za-z0-9_-]{20}")),
    *(b"glpat-", b"xox", b"AIza", b"eyJ"),
)
EXAMPLE_WORDS = ("EXAMPLE", "XXXX", "123456789", "ABCDEFGH")
# The token in the documentation of every library: its payload starts with {"sub":"1234567890",
EXAMPLE_PAYLOAD = "eyJzdWIiOiIxMjM0NTY3ODkwI"
FEWEST_SIGNS = 8  # different characters among the last twenty; a random key has more


def check(columns: Columns) -> Iterator[Violation]:
    for pointer, match in columns.found(KEY, SCREENS, everywhere=True):
        for key in filter(_is_real, KEY.findall(match.string)):
            message = (
                f"contains the API key {masked_key(key)}. Revoke it at its issuer, and write a "
                "made-up one."
            )
            yield Violation(pointer, message, at=match.string.find(key))
            break


def _is_real(key: str) -> bool:
    is_example = any(word in key.upper() for word in EXAMPLE_WORDS) or EXAMPLE_PAYLOAD in key
    return not is_example and len(set(key[-20:])) >= FEWEST_SIGNS


RULE = TaskRule(
    code="PRI005",
    name="api-key",
    severity=Severity.WARNING,
    since="0.1",
    secret=True,
    check=check,
    good={"instances": [{"id": "a", "input": "AKIAIOSFODNN7EXAMPLE?", "output": ["hf_tokenizer"]}]},
    bad={"instances": [{"id": "a", "input": "AKIAQX7R2LWPZT4KVBN5?", "output": ["one"]}]},
)
