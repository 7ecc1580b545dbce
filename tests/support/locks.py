"""Lock files: their lines, and the requirements that they leave unmet in an environment."""

import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

from packaging.markers import Marker, default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

Environment = tuple[tuple[str, str], ...]
Metadata = Callable[[str], Iterable[str]]

PLATFORMS = {
    "Linux x86_64": ("posix", "linux", "Linux", "x86_64"),
    "Linux aarch64": ("posix", "linux", "Linux", "aarch64"),
    "macOS arm64": ("posix", "darwin", "Darwin", "arm64"),
    "Windows AMD64": ("nt", "win32", "Windows", "AMD64"),
}


@dataclass(frozen=True)
class Line:
    """One pinned package, with a marker where only some environments need it."""

    name: str
    version: Version
    marker: str
    hashes: tuple[str, ...]

    def applies(self, environment: Environment) -> bool:
        return _holds(self.marker, environment)


def read_lock(text: str) -> list[Line]:
    """Parse a lock file; raise ValueError for a line that pins no version or has no hash."""
    lines = []
    for entry in text.replace("\\\n", " ").splitlines():
        pinned, *hashes = (part.strip() for part in entry.partition("#")[0].split("--hash="))
        if not pinned:
            continue
        requirement = Requirement(pinned)
        (specifier,) = requirement.specifier
        if specifier.operator != "==" or not hashes:
            raise ValueError(f"{pinned}: pin one version with `==`, with its hashes.")
        name = canonicalize_name(requirement.name)
        marker = str(requirement.marker or "")
        lines.append(Line(name, Version(specifier.version), marker, tuple(hashes)))
    return lines


def environments(pythons: Iterable[str]) -> dict[str, Environment]:
    """The marker values of CPython releases such as `3.12` on each platform, by name."""
    found = {}
    for python in pythons:
        for platform, (os_name, sys_platform, system, machine) in PLATFORMS.items():
            found[f"{python} {platform}"] = tuple(
                {
                    "implementation_name": "cpython",
                    "implementation_version": f"{python}.1",
                    "os_name": os_name,
                    "platform_machine": machine,
                    "platform_python_implementation": "CPython",
                    "platform_release": "",
                    "platform_system": system,
                    "platform_version": "",
                    "python_full_version": f"{python}.1",
                    "python_version": python,
                    "sys_platform": sys_platform,
                }.items()
            )
    return found


@cache
def installed(name: str) -> list[str]:
    """Return the `Requires-Dist` of a package in the running environment."""
    return distribution(name).requires or []


def project(path: Path, *, extras: Iterable[str], groups: Iterable[str]) -> list[str]:
    """Return the requirements in a pyproject.toml, those of its build among them."""
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    lists = [document["project"]["dependencies"], document["build-system"]["requires"]]
    lists += [document["project"]["optional-dependencies"][extra] for extra in extras]
    lists += [document["dependency-groups"][group] for group in groups]
    return [requirement for one in lists for requirement in one]


def unmet(
    lines: Iterable[Line],
    roots: Iterable[str],
    environment: Environment,
    metadata: Metadata = installed,
) -> list[str]:
    """Return a message for each requirement that the lines do not meet in an environment.

    The requirements are the roots, those of every line that applies, and those of the requested
    extras.

    Args:
        lines: The lines of a lock file.
        roots: Requirements from outside the lock, such as those of the project.
        environment: The values of markers.
        metadata: The `Requires-Dist` of a locked package by its name.
    """
    pinned: dict[str, Version] = {}
    problems = []
    for line in lines:
        if line.applies(environment):
            if line.name in pinned:
                problems.append(f"{line.name} is pinned twice")
            pinned[line.name] = line.version
    waiting = [("the project", text, "") for text in roots]
    waiting += [(name, text, "") for name in pinned for text in metadata(name)]
    asked_for = set()
    while waiting:
        asker, text, extra = waiting.pop()
        if not _applies(text, environment, extra):
            continue
        requirement = _parsed(text)
        name = canonicalize_name(requirement.name)
        if name not in pinned:
            problems.append(f"{asker} requires {text}, which is not in the lock")
        elif not _allows(text, pinned[name]):
            problems.append(f"{asker} requires {text}, the lock has {pinned[name]}")
        else:
            for wanted in requirement.extras:
                if (name, wanted) not in asked_for:
                    asked_for.add((name, wanted))
                    label = f"{name}[{wanted}]"
                    waiting += [(label, inner, wanted) for inner in metadata(name)]
    return sorted(set(problems))


def here() -> Environment:
    """Return the marker values of the running environment."""
    return tuple((key, str(value)) for key, value in default_environment().items())


def closure(roots: Iterable[str], environment: Environment) -> Iterator[str]:
    """Yield the names of installed packages that requirements need, directly or through others."""
    waiting = [(text, "") for text in roots]
    seen = set()
    while waiting:
        text, extra = waiting.pop()
        if not _applies(text, environment, extra):
            continue
        requirement = _parsed(text)
        name = canonicalize_name(requirement.name)
        for wanted in ("", *requirement.extras):
            if (name, wanted) not in seen:
                if name not in {one for one, _ in seen}:
                    yield name
                seen.add((name, wanted))
                waiting += [(inner, wanted) for inner in installed(name)]


_parsed = cache(Requirement)
_marker = cache(Marker)


@cache
def _allows(text: str, version: Version) -> bool:
    return _parsed(text).specifier.contains(version, prereleases=True)


@cache
def _applies(text: str, environment: Environment, extra: str) -> bool:
    return _holds(str(_parsed(text).marker or ""), environment, extra)


@cache
def _holds(marker: str, environment: Environment, extra: str = "") -> bool:
    return not marker or _marker(marker).evaluate(dict(environment) | {"extra": extra})
