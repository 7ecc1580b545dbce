"""Masks secrets in messages, so that the owner of the file still recognises them."""

__all__ = ["masked_address", "masked_key", "masked_number"]

SHOWN = 4  # characters, as a receipt shows of a card number


def masked_address(address: str) -> str:
    """Return an e-mail address by its first letters: `j...@e...`."""
    name, _, host = address.partition("@")
    return f"{name[:1]}...@{host[:1]}..."


def masked_number(number: str) -> str:
    """Return the last four digits of a card, account or telephone number."""
    return "..." + "".join(filter(str.isalnum, number))[-SHOWN:]


def masked_key(key: str) -> str:
    """Return the prefix of a key, which identifies its kind."""
    return key[:SHOWN] + "..."
