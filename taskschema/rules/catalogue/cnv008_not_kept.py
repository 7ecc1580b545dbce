"""The schema has no field for something in the source.

The conversion drops it and reports it here, so that no loss is silent. Keep the source if you need
it.

Only `convert` reports this.
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
