"""Something of the source has no place in a task.

It is no fault, but it is not lost in silence either: whoever needs it has to keep the source. Only
`convert` tells of this.
"""

from taskschema.core.findings import Severity
from taskschema.rules.rule import ConversionRule

RULE = ConversionRule(
    code="CNV008",
    name="not-kept",
    severity=Severity.WARNING,
    since="0.1",
    format="big_bench",
    good=(
        '{"name": "sums", "description": "Add the numbers.", "keywords": ["sums"], '
        '"canary": "", "metrics": ["exact_str_match"], '
        '"examples": [{"input": "1 1", "target": "2"}]}\n'
    ),
    bad=(
        '{"name": "sums", "description": "Add the numbers.", "keywords": "sums", '
        '"canary": "", "metrics": ["exact_str_match"], '
        '"examples": [{"input": "1 1", "target": "2"}]}\n'
    ),
)
