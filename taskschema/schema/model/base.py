"""The base class and the common types of all models."""

from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

__all__ = [
    "Extras",
    "Model",
    "NonEmpty",
    "Slug",
]

Slug = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]+(?:[._-][a-z0-9]+)*$", min_length=1, max_length=120),
]
NonEmpty = Annotated[str, StringConstraints(min_length=1)]
Extras = dict[str, Any]


class Model(BaseModel):
    """The base of all models: strict, frozen, without unknown keys and without `null`."""

    model_config = ConfigDict(
        strict=True,
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
        serialize_by_alias=True,
        allow_inf_nan=False,
    )

    @model_validator(mode="after")
    def _refuse_null(self) -> Self:
        for name in self.model_fields_set:
            if getattr(self, name) is None:
                raise ValueError(f"`{name}` is null; remove the key instead")
        return self
