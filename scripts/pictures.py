"""Draw simple pictures, pixel by pixel, and write them as PNG files."""

import struct
import zlib

INK = 1  # the colour of letters: a number in the palette
Colour = tuple[int, int, int]

# Our own letters: seven rows of five pixels each; a row is a digit in base 32.
CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789() "
PIXELS = (
    "EHHVHHHUHHUHHUEHGGGHEUHHHHHUVGGUGGVVGGUGGGEHGNHHEHHHVHHHE44444E72222ICHIKOKIHGGGGGGVHRLLHHH"
    "HPLJHHHEHHHHHEUHHUGGGEHHHLIDUHHUKIHFGGE11UV444444HHHHHHEHHHHHA4HHHLLRHHHA4AHHHHA4444V1248GV"
    "EHJLPHE4C4444EEH168GVEH161HE26AIV22VGU11HE68GUHHEV124888EHHEHHEEHHF12C248884284222480000000"
)
FONT = {
    key: [int(row, 32) for row in PIXELS[7 * place : 7 * place + 7]]
    for place, key in enumerate(CHARACTERS)
}


# The fixed codes of DEFLATE (RFC 1951, 3.2.6): bytes, the end, lengths of copies.
CODES = [f"{symbol + 48:08b}" for symbol in range(144)]
CODES += [f"{symbol + 256:09b}" for symbol in range(144, 256)]
CODES += [f"{symbol - 256:07b}" for symbol in range(256, 280)]
CODES += [f"{symbol - 88:08b}" for symbol in range(280, 286)]
END, LENGTHS = 256, 257
SHORTEST, LONGEST = 3, 258  # copies


def extended(value: int, same: int) -> tuple[int, str]:
    """Return code and extra bits of `value`, where each number of extra bits has `same` codes."""
    code, base, extra = 0, 0, 0
    while value >= base + (1 << extra):
        base += 1 << extra
        code += 1
        extra = max(code // same - 1, 0)
    return code, f"{value - base:0{extra}b}"[::-1] if extra else ""


def packed(data: bytes, back: int) -> bytes:
    """Return `data` as a zlib stream that copies from 1 or `back` bytes before, and nowhere else.

    It is longer than what `zlib.compress` returns, but the same with every version of zlib.
    """
    bits = ["110"]  # the last block, with fixed codes
    place = 0
    while place < len(data):
        longest, distance = 0, 0
        for step in (back, 1):
            size, limit = 0, min(LONGEST, len(data) - place) if step <= place else 0
            while size < limit and data[place + size] == data[place + size - step]:
                size += 1
            if size > longest:
                longest, distance = size, step
        if longest < SHORTEST:
            bits.append(CODES[data[place]])
            place += 1
            continue
        code, extra = (28, "") if longest == LONGEST else extended(longest - SHORTEST, 4)
        far, more = extended(distance - 1, 2)
        bits.append(CODES[LENGTHS + code] + extra + f"{far:05b}" + more)
        place += longest
    stream = "".join([*bits, CODES[END]])
    octets = (stream[at : at + 8][::-1] for at in range(0, len(stream), 8))
    return (
        b"\x78\x01"
        + bytes(int(octet, 2) for octet in octets)
        + struct.pack(">I", zlib.adler32(data))
    )


class Picture:
    """A white picture, and how to draw on it; x counts from the left and y from the top."""

    def __init__(self, width: int, height: int) -> None:
        self.rows = [bytearray(width) for _ in range(height)]

    def box(self, left: int, top: int, right: int, bottom: int, colour: int) -> None:
        """Fill a rectangle; the edges belong to it."""
        for row in self.rows[top : bottom + 1]:
            row[left : right + 1] = bytes([colour]) * (right + 1 - left)

    def text(self, text: str, x: int, y: int, anchor: float = 0) -> None:
        """Write in letters of 10 by 14 pixels; `anchor` is the part of the text left of `x`."""
        x -= round(anchor * (12 * len(text) - 2))
        for place, key in enumerate(text):
            for down, bits in enumerate(FONT[key]):
                for across in range(5):
                    if bits >> 4 - across & 1:
                        left, top = x + 12 * place + 2 * across, y + 2 * down
                        self.box(left, top, left + 1, top + 1, INK)

    def png(self, palette: list[Colour]) -> bytes:
        """Return the picture as a file."""

        def chunk(kind: bytes, data: bytes) -> bytes:
            check = zlib.crc32(kind + data)
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

        size = struct.pack(">IIBBBBB", len(self.rows[0]), len(self.rows), 8, 3, 0, 0, 0)
        pixels = packed(b"".join(b"\0" + row for row in self.rows), len(self.rows[0]) + 1)
        colours = bytes(part for colour in palette for part in colour)
        parts = [(b"IHDR", size), (b"PLTE", colours), (b"IDAT", pixels), (b"IEND", b"")]
        return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)
