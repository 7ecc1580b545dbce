"""Rules on personal data and secrets: matches, non-matches, and masking in messages."""

from pathlib import Path

import pytest

from taskschema import check
from taskschema.rules.shared.masked_secrets import masked_address, masked_key, masked_number
from taskschema.rules.smallest_task import write_task

RANDOM = "x7Qp2LmZ9vKc4RtY8wBn"  # twenty random characters
PEM = "-----BEGIN RSA PRIVATE KEY-----"


def found(text: str, folder: Path, output: str = "one") -> list[tuple[str, str]]:
    instances = [{"id": "a", "input": text, "output": [output]}]
    write_task(folder, "task", {"instances": instances})
    return [(finding.code, finding.message) for finding in check(folder).findings]


@pytest.mark.parametrize(
    ("code", "text", "secret"),
    [
        ("PRI001", "write to jane.doe+x@uni-town.ac.uk, or call", "jane.doe"),
        ("PRI001", "<jd@mail.town.de>", "town"),
        ("PRI001", "me@example.com and jd@town.de", "town"),
        ("PRI001", "jd@town.de.", "town"),
        ("PRI002", "+44 (0)20 7946 0958", "7946"),
        ("PRI002", "+1-212-736-5000", "736"),
        ("PRI002", "+12127365000", "736"),
        ("PRI002", "at +49 30 901820!", "9018"),
        ("PRI002", "(212) 736-5000, please", "736"),
        ("PRI002", "212.736.5000", "736"),
        ("PRI002", "call 212-736-5000.", "736"),
        ("PRI003", "4539 1488 0343 6467", "1488"),
        ("PRI003", "4539-1488-0343-6467.", "1488"),
        ("PRI003", "3742 938475 61023", "938475"),
        ("PRI003", "my visa is 4539148803436467", "1488"),
        ("PRI004", "NL20INGB0001234567", "INGB"),
        ("PRI004", "pay NL20 INGB 0001 2345 67 EUR 20", "INGB"),
        ("PRI005", "AKIAQX7R2LWPZT4KVBN5", "QX7R"),
        ("PRI005", f"token ghp_{RANDOM}{RANDOM[:16]}", RANDOM),
        ("PRI005", f"hf_{''.join(filter(str.isalpha, RANDOM * 3))[:34]}", "QpLmZ"),
        ("PRI005", f"glpat-{RANDOM}", RANDOM),
        ("PRI005", f"xoxb-123412341234-{RANDOM}", RANDOM),
        ("PRI005", f"key=AIza{RANDOM}{RANDOM[:15]}", RANDOM),
        ("PRI005", f"eyJ{RANDOM}.eyJ{RANDOM}.{RANDOM}", RANDOM),
        ("PRI005", f"\nsk_live_{RANDOM}abcd", RANDOM),
        ("PRI006", f"{PEM}\nProc-Type: 4,ENCRYPTED\n\n{RANDOM * 3}", RANDOM),
    ],
)
def test_a_reported_secret_is_not_shown(code: str, text: str, secret: str, tmp_path: Path) -> None:
    for sides in ({"text": f"see {text}"}, {"text": "which?", "output": f"see {text}"}):
        ((hit, message),) = found(folder=tmp_path, **sides)
        assert hit == code
        assert secret not in message


@pytest.mark.parametrize(
    "text",
    [
        "someone@example.com, a@b.example, root@localhost, x@host.test",
        "you@yourdomain.com or info@town.de or permissions@town.org",
        "foo@bar.com, user@host.com, someone@town.de, username@gmail.com, John.Doe@gmail.com",
        "git@github.com:a/b.git, icon@2x.png, @name, a@b, 3@4.5",
        "matrix@operator..com and a @b.com and %@town.de and -@town.de",
        "(212) 555-0123, 212-555-7654, 1-800-736-5000, (800) 736-5000",
        "2+44123456789, x +44123456789, +12 345 678 = y, +44 20 7946 0958 + 2",
        "123-456-7890 and 212-736-50001 and 9212-736-5000 and 2012-736-5000-1",
        "pages 212-736, 2020-10-15, +1.4142135623, +3.14159265358979",
        "4242 4242 4242 4242, 4111-1111-1111-1111, 3782 822463 10005",
        "4539 1488 0343 6468 has a wrong check digit",
        "add 4539148803436467 to 1; 0.4539148803436467; 14539 1488 0343 6467",
        "4539 1488 0343 6467 1234 and 1234 4539 1488 0343 6467",
        "4539 1488 0343 6467",  # possibly four separate numbers
        "GB82 WEST 1234 5698 7654 32 and NL20INGB0001234568 and XX20INGB0001234567",
        "AKIAIOSFODNN7EXAMPLE, AKIAXXXXXXXXXXXXXXXX, hf_tokenizer, sk-learn, task-1",
        "ghp_abcdefghijklmnopqrstuvwxyz0123456789, eyJhbGciOiJIUzI1NiJ9",
        "-----BEGIN PUBLIC KEY-----\n" + RANDOM * 3,
        f"{PEM} is the first line",
    ],
)
def test_texts_that_are_not_reported(text: str, tmp_path: Path) -> None:
    assert found(text, tmp_path) == []


def test_masks_identify_a_secret_without_showing_it() -> None:
    assert masked_address("jane@town.de") == "j...@t..."
    assert masked_number("4539 1488 0343 6467") == "...6467"
    assert masked_key("AKIAQX7R2LWPZT4KVBN5") == "AKIA..."
