"""Hypothesis strategies for the text of Erlang terms, and for what is nearly one."""

from __future__ import annotations

from hypothesis import strategies as st

BLANK = st.sampled_from(["", "", "", " ", "\n", "\r\n", "\t", " %c}\n", "%\"'\n", "\x00", "\xa0"])
_ESCAPED = st.sampled_from(
    [r"\n", r"\s", r"\\", r"\"", r"\'", r"\.", r"\0", r"\18", r"\x41", r"\x{263a}", r"\^A", "\\\n"]
)
_PLAIN = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\\\"'\ufffe\uffff", max_codepoint=0x2FFF))
_INSIDE = st.lists(_PLAIN | _ESCAPED, max_size=3).map("".join)
_NAME = st.from_regex("[a-z][a-zA-Z0-9_@]{0,5}", fullmatch=True)
_ATOM = _NAME | _INSIDE.map(lambda s: f"'{s}'") | st.sampled_from(["été", "'end'", "ok", "maybe"])
_INTEGER = st.integers(-(10**20), 10**20).map(str) | st.sampled_from(
    ["1_000", "16#fF", "36#z", "2#1_0", "- 1", "+1", "-$a", "$a", "$\\n", "$ ", "$\\x{263a}", "007", "-16#a"]
)
_FLOAT = st.sampled_from(["1.5", "-1.5e-3", "1_0.5E+1_0", "0.0", "1.0e308"])
_STRING = _INSIDE.map(lambda s: f'"{s}"')
_SEGMENT = st.sampled_from(
    [
        '"abc"',
        '"a"/utf8',
        "1",
        "300:16/little",
        "1:4",
        "-1:3",
        "1.5/float",
        "1:32/float-little",
        "$a",
        '"ab":12',
        "<<1:4>>/bits",
    ]
)
_BINARY = st.lists(_SEGMENT, max_size=3).map(lambda s: f"<<{','.join(s)}>>".replace("<<<<", "<< <<"))
_FUN = st.just("fun m:f/1")
LEAF = st.one_of(_ATOM, _INTEGER, _FLOAT, _STRING, _STRING.map(lambda s: f"<<{s}>>"), _BINARY, _FUN)


@st.composite
def _inside(draw: st.DrawFn, parts: st.SearchStrategy[str]) -> str:
    items = draw(st.lists(parts, max_size=4))
    blank = draw(BLANK)
    text = f"{blank},".join(items) + blank
    opening = draw(st.sampled_from("[{[{(#|"))
    if opening == "(" and len(items) == 1:
        return f"({text})"
    if opening == "#":
        return "#{" + ",".join(f"{k} => {v}" for k, v in zip(items[::2], items[1::2], strict=False)) + "}"
    if opening == "|" and len(items) > 1:
        return f"[{','.join(items[:-1])}{blank}|{items[-1]}]"
    return f"{{{text}}}" if opening == "{" else f"[{text}]"


def _spaced(text: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(BLANK, text).map("".join)


TERM = _spaced(st.recursive(_spaced(LEAF), _inside, max_leaves=12))
REGULAR = st.recursive(
    _spaced(_NAME | _STRING | st.integers(-999, 999).map(str) | _STRING.map(lambda s: f"<<{s}>>")),
    lambda parts: _spaced(
        st.lists(parts, max_size=4).flatmap(lambda i: st.sampled_from([f"[{','.join(i)}]", f"{{{','.join(i)}}}"]))
    ),
    max_leaves=12,
)
_SIGNS = "{ } [ ] ( ) << >> , | . ; : :: / - + -- # #{ => := = == % ? ~ ~s( || ... .. ' \\ $"
_WORDS = '_ X a b1 \'q\' "s" 1 1.5 16#f $a """ fun end begin case catch not div'
_PIECE = st.sampled_from([*f"{_SIGNS} {_WORDS}".split(), ". ", ".\n", "\n", " ", "\ufeff", "\uffff", "é", "☺"])
NEARLY = st.lists(_PIECE | TERM, max_size=12).map("".join) | TERM.map(lambda t: t + ".") | st.text(max_size=20)


@st.composite
def broken(draw: st.DrawFn) -> str:
    """The text of a term with something cut out, or put in."""
    text = draw(TERM) + "."
    start = draw(st.integers(0, len(text)))
    return text[:start] + draw(_PIECE | st.just("")) + text[start + draw(st.integers(0, 2)) :]
