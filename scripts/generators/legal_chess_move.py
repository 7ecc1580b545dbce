"""Decide whether a chess move is legal in a position with few pieces.

Both labels get the same pieces to move, the same wordings, and the same share of checks and of
moves to occupied squares. Half of the illegal moves break the rule that one's own king must not be
left in check; the others do not fit the piece, are blocked or land on a piece of one's own.
"""

from collections.abc import Iterator
from random import Random
from typing import Any

from authoring import demonstration, document, instance, paragraphs

NAME = "legal_chess_move"
SEED = 20_556
COUNT = 120
FILES = "abcdefgh"
NAMES = {"K": "king", "Q": "queen", "R": "rook", "B": "bishop", "N": "knight", "P": "pawn"}
SIDES = {"w": "White", "b": "Black"}
STRAIGHT = [(1, 0), (-1, 0), (0, 1), (0, -1)]
SLANTING = [(1, 1), (1, -1), (-1, 1), (-1, -1)]
JUMPS = [(1, 2), (2, 1), (2, -1), (1, -2), (-1, -2), (-2, -1), (-2, 1), (-1, 2)]
RAYS = {"R": STRAIGHT, "B": SLANTING, "Q": STRAIGHT + SLANTING}
STEPS = {"K": STRAIGHT + SLANTING, "N": JUMPS}

Square = tuple[int, int]  # file and rank, from 0
Board = dict[Square, str]  # pieces as in FEN: upper case is white
Move = tuple[Square, Square]
SQUARES = [(file, rank) for file in range(8) for rank in range(8)]
BOARD = frozenset(SQUARES)


def side(piece: str) -> str:
    return "w" if piece.isupper() else "b"


def hits(board: Board, origin: Square) -> Iterator[Square]:
    """Yield the squares that the piece on `origin` attacks or guards."""
    piece, (file, rank) = board[origin], origin
    kind = piece.upper()
    if kind == "P":
        steps = [(1, 1), (-1, 1)] if piece == "P" else [(1, -1), (-1, -1)]
    else:
        steps = STEPS.get(kind, RAYS.get(kind, []))
    for across, up in steps:
        for far in range(1, 8 if kind in RAYS else 2):
            target = file + across * far, rank + up * far
            if target not in BOARD:
                break
            yield target
            if target in board:
                break


# For each piece and square, what it hits on an empty board.
EMPTY = {
    piece: {at: frozenset(hits({at: piece}, at)) for at in SQUARES} for piece in "KQRBNPkqrbnp"
}


def reach(board: Board, origin: Square) -> Iterator[Square]:
    """Yield where the piece on `origin` can go if its king's safety does not matter."""
    piece, (file, rank) = board[origin], origin
    for target in hits(board, origin):
        enemy = target in board and side(board[target]) != side(piece)
        if enemy or (target not in board and piece.upper() != "P"):
            yield target
    if piece.upper() == "P":
        up, home = (1, 1) if piece == "P" else (-1, 6)
        for far in (1, 2) if rank == home else (1,):
            if (file, rank + up * far) in board:
                break
            yield file, rank + up * far


def checks(board: Board, player: str) -> int:
    """Return how many pieces attack the player's king."""
    king = next(at for at, piece in board.items() if piece == ("K" if player == "w" else "k"))
    return sum(
        king in hits(board, at)
        for at, piece in board.items()
        if king in EMPTY[piece][at] and side(piece) != player
    )


def safe(board: Board, move: Move) -> bool:
    """Say whether the player's king is not in check after `move`."""
    after = {at: piece for at, piece in board.items() if at != move[0]}
    after[move[1]] = board[move[0]]
    return not checks(after, side(board[move[0]]))


def position(rng: Random) -> Board:
    pieces = "Kk" + "".join(rng.choices("QRRBBNNPPPqrrbbnnppp", k=rng.randint(4, 8)))
    while True:
        places = rng.sample(SQUARES, len(pieces))
        pawns = [at[1] for at, piece in zip(places, pieces, strict=True) if piece in "Pp"]
        if 0 not in pawns and len(FILES) - 1 not in pawns:
            return dict(zip(places, pieces, strict=True))


def tempting(board: Board, origin: Square) -> list[Square]:
    """Return targets that look possible: along lines past other pieces, or near misses."""
    piece, (file, rank) = board[origin], origin
    kind, up = piece.upper(), 1 if piece == "P" else -1
    if kind in RAYS:
        found = [(file + a * n, rank + b * n) for a, b in RAYS[kind] for n in range(1, 8)]
    elif kind == "P":
        found = [(file + a, rank + up * b) for a, b in [(0, 1), (0, 2), (1, 1), (-1, 1)]]
    else:
        found = [(file + a, rank + b) for a, b in STEPS[kind]]
        found += [(file + a * 2, rank + b * 2) for a, b in STRAIGHT + SLANTING]
    last = (0, 7) if kind == "P" else ()
    return [at for at in found if at in BOARD and at[1] not in last]


def draw_move(
    rng: Random, kind: str, *, good: bool, checked: bool, exposed: bool, taken: bool
) -> Any:
    """Return a board and a move that is as wanted, or None where the draw has none.

    Nobody is in check from more than one piece, so that every position could have come about.
    """
    board = position(rng)
    player = rng.choice("wb")
    if (kind if player == "w" else kind.lower()) not in board.values():
        return None
    if checks(board, player) != checked or checks(board, "b" if player == "w" else "w"):
        return None
    moves = [
        (origin, target)
        for origin, piece in board.items()
        if side(piece) == player and piece.upper() == kind
        for goals in [set(reach(board, origin))]
        for target in tempting(board, origin)
        if board.get(target, "").upper() != "K"
        and (target in board) == taken
        # Illegal moves are exposed if only the king's safety forbids them, legal ones if another
        # move of the same piece would leave the king in check.
        and (target in goals) == (good or exposed)
        and (target not in goals or safe(board, (origin, target)) == good)
    ]
    if good and exposed:
        ties = {
            origin: any(not safe(board, (origin, other)) for other in reach(board, origin))
            for origin in dict(moves)
        }
        moves = [move for move in moves if ties[move[0]]]
    if not moves:
        return None
    return board, rng.choice(moves)


def called(at: Square) -> str:
    return f"{FILES[at[0]]}{at[1] + 1}"


def fen(board: Board, player: str) -> str:
    rows = []
    for rank in range(7, -1, -1):
        row = "".join(board.get((file, rank), ".") for file in range(8))
        for gap in range(8, 0, -1):
            row = row.replace("." * gap, str(gap))
        rows.append(row)
    return f"{'/'.join(rows)} {player} - - 0 1"


def in_words(board: Board, player: str) -> str:
    lines = []
    for key, name in SIDES.items():
        parts = []
        for kind, noun in NAMES.items():
            places = sorted(
                called(at)
                for at, piece in board.items()
                if piece.upper() == kind and side(piece) == key
            )
            listed = " and ".join(filter(None, [", ".join(places[:-1]), *places[-1:]]))
            if places:
                parts.append(f"{noun}{'s' * (len(places) > 1)} {listed}")
        lines.append(f"{name}: {', '.join(parts)}.")
    return "\n".join([*lines, f"{SIDES[player]} is to move."])


MOVES = [
    "Move: {kind} from {a} to {b}",
    "Is it legal to play the {kind} on {a} to {b}?",
    "{side} wants to move the {kind} from {a} to {b}.",
    "Proposed move: {a} to {b} with the {kind}",
    "{side}'s next move shall be {letter}{a}-{b}.",
]


def shown_text(board: Board, move: Move, pair: int) -> str:
    piece = board[move[0]]
    player = side(piece)
    where = in_words(board, player) if pair % 4 > 1 else f"FEN: {fen(board, player)}"
    kind = piece.upper()
    words = {"kind": NAMES[kind], "a": called(move[0]), "b": called(move[1])}
    words |= {"side": SIDES[player], "letter": "" if kind == "P" else kind}
    return f"{where}\n{MOVES[pair % len(MOVES)].format(**words)}"


ABOUT = {
    "summary": "Decide whether a chess move is legal in a position with few pieces.",
    "definition": paragraphs("""
        You are given a chess position, either as a FEN string or as a list of the pieces of both
        sides with their squares, who is to move, and a move. Decide by the rules of chess whether
        the player may make this move: the piece must be able to go to that square (or capture
        there), nothing may stand in its way, and the player's own king must not be in check
        afterwards. There is no castling and no capture en passant. Answer "legal" or "illegal".

        Is the proposed chess move allowed in the position that is described (in FEN, or in words,
        with the side to move)? Reply with one word: "legal" if it obeys all rules, "illegal" if
        the piece does not move like that, is blocked, would land on a piece of its own side, or if
        the mover's king would be or remain in check. A move onto a square that the enemy occupies
        is a capture. Castling and en passant do not occur.

        Check a chess move against the rules. The input shows where the few pieces stand, whose
        turn it is, and which piece is to go from which square to which other one. Output "legal"
        or "illegal", in lower case. Think of pins and of checks that have to be answered as well
        as of how the pieces move and capture; whether a move is good does not matter. Rights to
        castle or to capture en passant do not exist.
    """),
    "answer_format": {"kind": "label", "labels": ["legal", "illegal"]},
    "metrics": ["exact_match"],
    "categories": ["Misc."],
    "domains": ["Game"],
    "reasoning": ["Commonsense Reasoning -> Spatial Reasoning", "Deductive Reasoning"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["en"]},
}

# Input, output, lesson.
TAUGHT = [
    (
        """FEN: 4r2k/8/8/8/8/4N3/8/4K3 w - - 0 1\nMove: knight from e3 to f5""",
        "illegal",
        """The knight stands between its king on e1 and the black rook on e8. It is pinned, and
        whatever square it jumps to, the king is in check.""",
    ),
    (
        (
            """White: king g1, rook a4, pawn h2.\nBlack: king h8, bishop d4.\nWhite is to move.\n"""
            """Is it legal to play the rook on a4 to d4?"""
        ),
        "legal",
        """The bishop on d4 gives check to the king on g1 over f2 and e3, so the check has to be
        answered. Nothing stands on b4 and c4, and the rook captures the bishop.""",
    ),
    (
        """FEN: 7k/8/8/3p4/8/8/3P4/K7 b - - 0 1\nBlack wants to move the pawn from d5 to d3.""",
        "illegal",
        """A black pawn may go two squares only from the seventh rank, and this one stands on the
        fifth.""",
    ),
    (
        (
            """White: king e4.\nBlack: king b7, queen e7, rook d8.\nWhite is to move.\n"""
            """White's next move shall be Ke4-f4."""
        ),
        "illegal",
        """The king is in check on e4, but that does not forbid a move that ends the check. This
        answer overlooks that the king steps out of the queen's line.

        The queen on e7 attacks along the e-file, and neither she nor the rook on d8 attacks f4:
        the answer is legal.""",
    ),
    (
        """FEN: 3r2k1/8/8/8/3B4/8/8/3K4 w - - 0 1\nProposed move: d4 to f6 with the bishop""",
        "legal",
        """Bishops do move like that and the way is free, but the rook on d8 attacks the king on d1
        as soon as the bishop leaves the d-file, even though it could capture that rook next.

        Look at what is behind the piece that moves: the answer is illegal.""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any] | None:
        pair, good = done // 2, done % 2 == 0
        kind = "KRBNQP"[pair % 6]
        checked, exposed = pair // 6 % 5 in (1, 3), pair // 6 % 2 == 0 or kind == "K"
        exposed = exposed and not (good and kind == "N" and not checked)  # there is none such
        made = draw_move(
            rng, kind, good=good, checked=checked, exposed=exposed, taken=pair % 7 in (0, 3)
        )
        if made is None:
            return None
        text = shown_text(*made, pair)
        return instance(NAME, text, ["legal" if good else "illegal"])

    shown = [demonstration(*each) for each in TAUGHT]
    return document(NAME, SEED, ABOUT, shown, draw, count=COUNT)
