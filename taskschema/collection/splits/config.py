"""Parses the table `[splits]` of `taskschema.toml` into a policy."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from taskschema.collection.splits.policy import POLICIES, Dev, Policy, SameSource, TrackPolicy

__all__ = ["policy_of"]

TABLES = ("test_tasks", "excluded_tasks", "excluded_sources")


def policy_of(settings: Mapping[str, Any]) -> Policy:
    """Return the policy of a table that fits its schema.

    Tables of reasons add to those of the policy begun with; all else takes the place of what is
    there.
    """
    base = POLICIES[settings.get("policy", "superni")]
    changes: dict[str, Any] = {
        key: {**getattr(base, key), **settings[key]} for key in TABLES if key in settings
    }
    if "test_categories" in settings:
        changes["test_categories"] = tuple(settings["test_categories"])
    if "same_source" in settings:
        changes["same_source"] = SameSource(settings["same_source"])
    if "tracks" in settings:
        changes["tracks"] = {
            name: TrackPolicy(**{key: tuple(tags) for key, tags in track.items()})
            for name, track in settings["tracks"].items()
        }
    if "dev" in settings:
        dev = settings["dev"]
        changes["dev"] = Dev(
            categories=tuple(dev.get("categories", ())),
            share=float(dev.get("share", 0)),
            # The schema accepts 1.0 as an integer.
            seed=int(dev.get("seed", 0)),
        )
    return replace(base, **changes)
