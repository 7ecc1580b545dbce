"""Templates that are not trusted: what they may do, and what ends in an error in good time."""

import pytest

from taskschema.formats._plain_sandbox import Sandbox, SandboxError

VALUES = {"text": "a b", "row": {"key": "value", "items": 3}, "words": ["x", "y"], "number": 7}
GOOD = {
    "{{ text }}, {{ row.key }}, {{ row['items'] }}\n": "a b, value, 3\n",
    "{{ words | join(', ') }} {{ '-'.join(words) }} {{ words | length }}": "x, y x-y 2",
    "{{ [row] | join('', attribute='key') }}": "value",
    "{% for word in words %}{{ loop.index }}{{ word }}{% if not loop.last %},{% endif %}"
    "{% endfor %}": "1x,2y",
    "{% set one = words[0] ~ '!' %}{{ one * 2 }}": "x!x!",
    "{{ text.replace('a', 'c') }} {{ text | replace('b', 'd', 1) }} {{ text.split(' ')[1] }}": (
        "c b a d b"
    ),
    "{{ number % 4 }} {{ number + 1 }} {{ number * 2 }} {{ text + '.' }}": "3 8 14 a b.",
    "{% for at in range(2) %}{{ words[at] | upper }}{% endfor %}": "XY",
}
BAD = (
    *(
        "{{ text.__class__ }}",
        "{{ '{:>999999999}'.format(1) }}",
        "{{ words.append(1) }}",
        "{{ absent }}",
    ),
    *("{{ text | attr('x') }}", "{{ text", "{{ lipsum() }}", "{{ '%9d' % 1 }}", "{{ 9 ** 9 }}"),
    *("{{ text.upper }}", "{{ self }}", "{% include 'a' %}", "{% macro a() %}{% endmacro %}"),
    *("{{ 'a' * 1000000000 }}", "{{ [1] * 1000000000 }}", "{{ range(1000000000) | list }}"),
    "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
    "{% set a = 'aaaaaaaa' %}" + "{% set a = a ~ a %}" * 60 + "{{ a }}",
    "{{ text | replace('', text * 9999) | replace('', text * 9999) }}",
    "{% for word in words recursive %}{{ loop(words) }}{% endfor %}",
    "{{ " + "(" * 9_999 + "text" + ")" * 9_999 + " }}",
    "{# #}" * 99_999,
)


@pytest.mark.parametrize("text", GOOD)
def test_a_plain_template_gives_its_text(text: str) -> None:
    sandbox = Sandbox()
    assert sandbox.render(sandbox.template(text), VALUES) == GOOD[text]


@pytest.mark.parametrize("text", BAD, ids=lambda text: text[:40])
def test_what_is_unsafe_or_endless_is_an_error(text: str) -> None:
    sandbox = Sandbox()
    with pytest.raises(SandboxError):
        sandbox.render(sandbox.template(text), VALUES)


def test_a_filter_can_be_added() -> None:
    sandbox = Sandbox({"doubled": lambda value: value * 2})
    assert sandbox.render(sandbox.template("{{ text | doubled }}"), VALUES) == "a ba b"
