"""What must not be spread, shown so that whoever has the file can still tell what is meant."""

__all__ = ["masked_address", "masked_key", "masked_number"]

SHOWN = 4  # as many as a receipt shows of a card


def masked_address(address: str) -> str:
    """An e-mail address by its first letters: `j...@e...`."""
    name, _, host = address.partition("@")
    return f"{name[:1]}...@{host[:1]}..."


def masked_number(number: str) -> str:
    """A card, account or telephone number by its last four digits."""
    return "..." + "".join(filter(str.isalnum, number))[-SHOWN:]


def masked_key(key: str) -> str:
    """A key by the prefix that says what kind it is."""
    return key[:SHOWN] + "..."
