"""The models of metadata: people, sources, licences, languages, attachments, provenance."""

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
    """An image, audio file, table or long text that instances use."""

    media_type: NonEmpty = Field(examples=["image/png"])
    """The IANA media type."""
    path: NonEmpty | None = Field(None, examples=["attachments/map.png"])
    """The path relative to the task file, inside the collection. Required without `url`."""
    url: NonEmpty | None = Field(None, examples=["https://example.org/map.png"])
    """The URL of the file. Required without `path`."""
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = Field(
        None, examples=["0" * 64]
    )
    """The SHA-256 digest of the file, in lower-case hexadecimal digits."""
    alt: str | None = Field(None, examples=["A map of the upper Rhine."])
    """A text alternative for readers that cannot open the file."""

    @model_validator(mode="after")
    def _has_place(self) -> Self:
        if "path" not in self.model_fields_set and "url" not in self.model_fields_set:
            raise ValueError("an attachment needs a `path` or a `url`")
        return self


class Languages(Model):
    """The languages as BCP 47 tags; `und` for an unknown language."""

    instruction: tuple[str, ...] = Field((), examples=[["en"]])
    """The languages of the definition, explanations and suggestions."""
    input: tuple[str, ...] = Field((), examples=[["de"]])
    """The languages of the inputs."""
    output: tuple[str, ...] = Field((), examples=[["de"]])
    """The languages of the outputs."""


class Contributor(Model):
    """An author of the task."""

    name: str = Field(examples=["Ada Lovelace"])
    """The name for credits."""
    github: NonEmpty | None = Field(None, examples=["ada"])
    """The GitHub account, without `@`."""
    orcid: (
        Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$")]
        | None
    ) = Field(None, examples=["0000-0002-1825-0097"])
    """The ORCID identifier, without `https://orcid.org/`."""


class Source(Model):
    """A dataset or text from which the instances were taken."""

    name: str = Field(examples=["country_capitals"])
    """The name of the source, spelled the same in all tasks."""
    url: str | None = Field(None, examples=["https://example.org/capitals"])
    """The URL of the source."""
    license: str | None = Field(None, examples=["CC-BY-4.0"])
    """The licence of the source, as an SPDX expression if possible."""
    citation: str | None = Field(None, examples=["@misc{capitals, title = {Capitals}}"])
    """The citation, as BibTeX or in words."""
    revision: str | None = Field(None, examples=["2024-05-01"])
    """The version of the source that was used."""
    extras: Extras = Field({}, examples=[{"pages": "3-17"}])
    """Any other data; kept but not interpreted."""


class License(Model):
    """A licence of the instances; if there are several, the strictest applies."""

    text: str = Field(examples=["CC BY 4.0"])
    """The name of the licence, as the source writes it."""
    spdx: NonEmpty | None = Field(None, examples=["CC-BY-4.0"])
    """The SPDX expression, if there is one."""
    url: str | None = Field(None, examples=["https://creativecommons.org/licenses/by/4.0/"])
    """The URL of the licence text."""
    verified_by: str | None = Field(None, examples=["Ada Lovelace"])
    """The person who verified the licence."""
    verified_on: (
        Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")] | None
    ) = Field(None, examples=["2024-05-01"])
    """The date of the verification (ISO 8601)."""


class Conversion(Model):
    """One conversion from one format to another."""

    format: NonEmpty = Field(examples=["alpaca"])
    """The format of the source."""
    source: str | None = Field(None, examples=["alpaca_data.json"])
    """The name of the file or dataset that was read, without folders."""
    by: NonEmpty = Field(examples=["taskschema 0.1.0"])
    """The converting program and its version."""


class Provenance(Model):
    """How the instances were made."""

    method: Literal["human", "programmatic", "converted", "generated", "mixed"] = Field(
        examples=["programmatic"]
    )
    """Written by people, computed by a script, converted from a dataset, or written by a model."""
    from_: str | None = Field(None, alias="from", examples=["promptsource"])
    """The format or dataset that a converted task comes from."""
    generator: str | None = Field(None, examples=["a language model and its version"])
    """The model that generated the text."""
    script: str | None = Field(None, examples=["scripts/generators/roman_numerals.py"])
    """The script that computes the task, relative to the repository."""
    seed: int | None = Field(None, ge=0, le=MAX_SEED, examples=[20240501])
    """The random seed of the script or generator."""
    configuration: Extras = Field({}, examples=[{"min_digits": 2}])
    """The other parameters of the script or generator."""
    conversions: tuple[Conversion, ...] = Field(
        (), examples=[[{"format": "alpaca", "by": "taskschema 0.1.0"}]]
    )
    """All conversions, earliest first."""


class Evaluation(Model):
    """The instances for evaluations; their order in the task has no meaning."""

    instances: tuple[NonEmpty, ...] = Field(examples=[["country_capital-3fe61b7cd205"]])
    """The ids of the instances to evaluate on."""
