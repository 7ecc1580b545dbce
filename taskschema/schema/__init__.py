"""The task schema: models, published versions, migrations, canonical form, vocabularies, columns.

`model` holds the pydantic models of the newest version, `columns` the lazy view that rules read.
To add a field, edit `model/` and run `scripts/regen.py`. To add a version, add a migration.
"""

FACE = (
    "answer_text",
    "canonical",
    "columns",
    "fields",
    "instance_ids",
    "label_space",
    "languages",
    "licenses",
    "migrate",
    "model",
    "placeholders",
    "plain_rows",
    "profiles",
    "published_files",
    "row_instructions",
    "source_names",
    "text_search",
    "versions",
    "vocabulary",
)
