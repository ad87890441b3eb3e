"""The operators of Elixir, by how tightly they bind."""

from __future__ import annotations

from relupc.analyse.ex.tokens import OTHERS

# Of each its own level and the least of what may stand at its right (Elixir: operators.html).
LEVELS = {
    **dict.fromkeys(OTHERS, (12, 13)),  # not all of them; where they stand nothing is read
    **dict.fromkeys(("<-", "\\\\"), (1, 2)),
    "when": (2, 2),
    "::": (3, 4),
    "|": (4, 4),
    "=>": (5, 5),
    "=": (7, 7),
    **dict.fromkeys(("||", "or"), (8, 9)),
    **dict.fromkeys(("&&", "and"), (9, 10)),
    **dict.fromkeys(("==", "!=", "=~", "===", "!=="), (10, 11)),
    **dict.fromkeys(("<", ">", "<=", ">="), (11, 12)),
    "|>": (12, 13),
    "in": (13, 14),
    **dict.fromkeys(("++", "--", "<>", "..", "//"), (14, 14)),
    **dict.fromkeys(("+", "-"), (15, 16)),
    **dict.fromkeys(("*", "/"), (16, 17)),
    "**": (17, 18),
}
UNARY = {"+", "-", "!", "^", "not", "~~~"}
