"""What surrounds the rows: people, sources, licences, languages, attachments."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from taskschema.schema.model.base import Extras, Model, NonEmpty

__all__ = [
    "Attachment",
    "Contributor",
    "Conversion",
    "Evaluation",
    "Languages",
    "License",
    "Provenance",
    "Source",
]

MAX_SEED = 2**63 - 1  # a seed fits the signed 64-bit column that exports give it


class Attachment(Model):
    """An image, a recording, a table or a long passage that instances share."""

    media_type: NonEmpty = Field(examples=["image/png"])
    """The IANA media type."""
    path: NonEmpty | None = Field(None, examples=["attachments/map.png"])
    """The file, relative to the task file; it stays inside the collection. Needed without `url`."""
    url: NonEmpty | None = Field(None, examples=["https://example.org/map.png"])
    """Where the file can be had. Needed without `path`."""
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = Field(
        None, examples=["0" * 64]
    )
    """The digest of its bytes, in lower-case hexadecimal digits."""
    alt: str | None = Field(None, examples=["A map of the upper Rhine."])
    """What a reader who cannot open it needs to know."""

    @model_validator(mode="after")
    def _has_place(self) -> Self:
        if "path" not in self.model_fields_set and "url" not in self.model_fields_set:
            raise ValueError("an attachment needs a `path` or a `url`")
        return self


class Languages(Model):
    """BCP 47 tags; `und` where a language is not known."""

    instruction: tuple[str, ...] = Field((), examples=[["en"]])
    """Of the definition, the demonstrations' explanations and suggestions."""
    input: tuple[str, ...] = Field((), examples=[["de"]])
    """Of the inputs."""
    output: tuple[str, ...] = Field((), examples=[["de"]])
    """Of the outputs."""


class Contributor(Model):
    """Someone who wrote the task."""

    name: str = Field(examples=["Ada Lovelace"])
    """As they wish to be credited."""
    github: NonEmpty | None = Field(None, examples=["ada"])
    """Account name, without the at sign."""
    orcid: (
        Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$")]
        | None
    ) = Field(None, examples=["0000-0002-1825-0097"])
    """ORCID identifier, without the address before it."""


class Source(Model):
    """A dataset or text that the instances were taken from."""

    name: str = Field(examples=["country_capitals"])
    """What it is called; one spelling throughout the collection."""
    url: str | None = Field(None, examples=["https://example.org/capitals"])
    """Where it can be had."""
    license: str | None = Field(None, examples=["CC-BY-4.0"])
    """Its licence, as an SPDX expression where there is one."""
    citation: str | None = Field(None, examples=["@misc{capitals, title = {Capitals}}"])
    """How to cite it, as BibTeX or in words."""
    revision: str | None = Field(None, examples=["2024-05-01"])
    """Which version of it was used."""
    extras: Extras = Field({}, examples=[{"pages": "3-17"}])
    """Anything else; kept, never interpreted."""


class License(Model):
    """A licence of the instances; several are possible, and the strictest one wins."""

    text: str = Field(examples=["CC BY 4.0"])
    """The raw words, kept as they were given."""
    spdx: NonEmpty | None = Field(None, examples=["CC-BY-4.0"])
    """The SPDX expression, where one is known."""
    url: str | None = Field(None, examples=["https://creativecommons.org/licenses/by/4.0/"])
    """Where its text stands."""
    verified_by: str | None = Field(None, examples=["Ada Lovelace"])
    """Who looked it up."""
    verified_on: (
        Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")] | None
    ) = Field(None, examples=["2024-05-01"])
    """When, as an ISO 8601 date."""


class Conversion(Model):
    """One step from one format to another."""

    format: NonEmpty = Field(examples=["alpaca"])
    """The format it was converted from."""
    source: str | None = Field(None, examples=["alpaca_data.json"])
    """The file or dataset that was read, without the folders before it."""
    by: NonEmpty = Field(examples=["taskschema 0.1.0"])
    """The program that converted it, with its version."""


class Provenance(Model):
    """How the instances came to be."""

    method: Literal["human", "programmatic", "converted", "generated", "mixed"] = Field(
        examples=["programmatic"]
    )
    """Written by people, computed by a script, converted from a dataset, or written by a model."""
    from_: str | None = Field(None, alias="from", examples=["promptsource"])
    """What a converted task was converted from."""
    generator: str | None = Field(None, examples=["a language model and its version"])
    """What generated the text, where a model did."""
    script: str | None = Field(None, examples=["scripts/generators/roman_numerals.py"])
    """The script that computes the task, relative to the repository."""
    seed: int | None = Field(None, ge=0, le=MAX_SEED, examples=[20240501])
    """The seed that the script or generator was given."""
    configuration: Extras = Field({}, examples=[{"min_digits": 2}])
    """What else the script or generator was given."""
    conversions: tuple[Conversion, ...] = Field(
        (), examples=[[{"format": "alpaca", "by": "taskschema 0.1.0"}]]
    )
    """Every conversion since, the earliest first."""


class Evaluation(Model):
    """The declared subset for evaluations, so that the order of instances carries no meaning."""

    instances: tuple[NonEmpty, ...] = Field(examples=[["country_capital-3fe61b7cd205"]])
    """Ids of the instances to evaluate on."""
