"""For tests: a seed in, random version patterns and versions out."""

from __future__ import annotations

from random import Random

LITERALS = ["a", "b", "1", "2", ".", "-", "A", "é", " ", "\n", "_", "k"]
ESCAPES = [
    *(rf"\{c}" for c in ".dDwWsShHvVtnrfea0-+*[]()|\\/iy_é"),
    *(r"\x61", r"\x{e9}", r"\x{61}", r"\061", r"\x1", r"\Qa.\E", r"\Q1*b\E"),
]
PLACES = ["^", "$", r"\A", r"\z", r"\Z", r"\G", r"\b", r"\B"]
COUNTS = ["*", "+", "?", "{2}", "{0}", "{1,}", "{0,2}", "{1,3}", "{2,2}", "{0,}", "{,2}", "*?", "+?", "??", "{1,2}?"]
MEMBERS = [
    *"ab12.-A_ éz[^",
    "a-c",
    "0-9",
    "A-Z",
    "!-/",
    r"\d",
    r"\W",
    r"\s",
    r"\]",
    r"\-",
    r"\b",
    "[:alpha:]",
    "[:^digit:]",
]
OPENINGS = ["(", "(", "(?:", "(?:", "(?i:", "(?s:", "(?m:", "(?-i:", "(?<n{}>", "(?P<m{}>", "(?'o{}'"]
GARBAGE = [*r"()[]{}*+?|^$\.,-:=<>!'&#Rx019aEQ", "(?", "[:", ":]", "(*", r"\x{", "{2", "{,", "\x00", "é", "(?<", r"\E"]


def random_pattern(random: Random, depth: int = 3) -> str:
    """A pattern of the constructs that relupc knows."""
    branches = ["".join(_piece(random, depth) for _ in range(random.randrange(4))) for _ in range(_few(random))]
    return "|".join(branches)


def mutated(random: Random, pattern: bytes) -> bytes:
    """A pattern with a few bytes lost, doubled or strange."""
    for _ in range(random.randrange(1, 4)):
        at = random.randrange(len(pattern) + 1)
        put = random.choice(GARBAGE).encode() if random.random() < 0.95 else random.randbytes(1)
        pattern = pattern[:at] + put + pattern[at + random.randrange(2) :]
    return pattern


def random_version(random: Random, *, plain: bool = False) -> str:
    """A short text, of few characters so that patterns often match; without `plain` sometimes beyond ASCII."""
    letters = "aab112.-" if plain or random.random() < 0.7 else "aAbB12._- \n\té\x85k\u2028Kª"
    return "".join(random.choice(letters) for _ in range(random.randrange(7)))


def _few(random: Random) -> int:
    return random.choice((1, 1, 1, 1, 2, 3))


def _piece(random: Random, depth: int) -> str:
    count = random.choice(COUNTS) if random.random() < 0.35 else ""
    kind = random.random()
    if kind < 0.3 and depth > 0:
        opening = random.choice(OPENINGS).format(random.randrange(10**9))
        return f"{opening}{random_pattern(random, depth - 1)}){count}"
    if kind < 0.4:
        members = "".join(random.choice(MEMBERS) for _ in range(random.randrange(1, 5)))
        return f"[{random.choice(('', '', '^'))}{members}]{count}"
    if kind < 0.5:
        return random.choice(PLACES)
    if kind < 0.6:
        return random.choice(ESCAPES) + count
    if kind < 0.62:
        return random.choice(("(?i)", "(?s)", "(?m)", "(?-i)", "(?im-s)"))
    if kind < 0.7:
        return "." + count
    return random.choice(LITERALS) + count
