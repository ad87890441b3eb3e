"""For tests: appups and the like, broken in ways that people and machines break them; and lint of such a text."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from relupc.api.appups import appup_values
from relupc.api.fixing import mend, patch_of
from relupc.api.found import Found
from relupc.api.lint import examine
from relupc.model.config import Config
from relupc.model.lint import EntryPlan
from relupc.model.outcome import Options
from relupc.model.term import Term
from relupc.report import FORMATS, Report, Style

# Under which names the text of a file is looked at, by the end of its own name.
NAMES = {
    ".appup": ("shop.appup", "shop.appup", "shop.appup", "src/shop.appup.src"),
    ".src": ("src/shop.appup.src", "src/shop.appup.src", "shop.appup"),
    "relup": ("relup", "relup", "5.0-to-5.1.relup", "shop.appup"),
    ".app": ("other.app", "other.app.src", "shop.appup"),
}
MAX_BYTES = 400_000
CONFIG = Config(select=("all",), exclude=())
# An .app file beside the appup, so that the rules that need one run too.
APP = """{application, shop, [{description, "A shop"}, {vsn, "1.4.0"}, {registered, []},
 {modules, [shop_app, shop_sup, shop_cart, shop_price, 'Elixir.Shop.Cart']}, {applications, [kernel, stdlib]}]}.
"""
_TOKEN = re.compile(
    rb"[a-z][A-Za-z0-9_@]*|[A-Z_][A-Za-z0-9_@]*|\"(?:[^\"\\]|\\.)*\"|[0-9]+|<<|>>|\+\+|\|\||[^\s]", re.DOTALL
)
_WORDS = b"""
update load_module add_module delete_module add_application remove_application restart_application load_object_code
load remove purge suspend resume code_change stop start sync_nodes apply point_of_no_return restart_new_emulator
restart_emulator supervisor advanced soft soft_purge brutal_purge static dynamic default infinity permanent none up down
[] {} "" <<>> <<"">> <<".*">> <<"1\\\\.[0-9]+(">> <<"(a*)*b">> "1.4.0" 0 -1 1.5e300 99999999999999999999999 $a $\\\\ '
'' 'Elixir.Shop.Cart' shop_cart VSN fun maybe end #{} #{a=>1} | || ++ -- = <- , . : % \x00 \xff \xc3 \xef\xbf\xbf
\xe2\x80\xa8 {{vsn}} %VSN% relupc: ignore[A101] %% %\trelupc: ignore-file[ lists:map foreach case of begin -> ;
catch 16#FF 1_000 ~ @
""".split()


_TUPLE = re.compile(rb"\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")
_PARTS = [word for word in _WORDS if word[:1].isalpha() or word[:1] in b"[{\"<'0-#"]


class Mutant(NamedTuple):
    """A broken text, and the name of the file that it stands for."""

    number: int
    name: str
    text: bytes


def seeds(folders: Sequence[Path]) -> dict[bytes, str]:
    """What to break: the appups, relups and .app files below some folders, each content once, and their kinds."""
    wanted = re.compile(r".*(\.appup|relup|\.app|\.src)")
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    return {path.read_bytes(): found[1] for path in files if (found := wanted.fullmatch(path.name))}


def mutants(kinds: Mapping[bytes, str], count: int, seed: int) -> Iterator[Mutant]:
    """Broken texts, the same for the same seed; each can be made without the ones before."""
    texts = list(kinds)
    for number in range(seed, seed + count):
        chance = random.Random(number)
        text = chance.choice(texts)
        name = chance.choice(NAMES[kinds[text]])
        for _ in range(chance.choice((1, 1, 1, 1, 2, 5))):
            text = chance.choice(_WAYS)(text, texts, chance)
        yield Mutant(number, name, text[:MAX_BYTES])


def _flip(text: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    data = bytearray(text)
    for _n in range(chance.choice((1, 1, 2, 5, 20))):
        if data:
            data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def _cut(text: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = _stretch(text, chance)
    return text[:start] + text[end:]


def _shorten(text: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    return text[: chance.randint(0, len(text))]


def _repeat(text: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = _stretch(text, chance)
    times = chance.choice((1, 1, 2, 10, 100))
    return text[:end] + text[start:end][: 50_000 // times] * times + text[end:]


def _insert(text: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    at = chance.randint(0, len(text))
    return text[:at] + b" ".join(chance.choices(_WORDS, k=chance.choice((1, 1, 2, 5)))) + text[at:]


def _nest(text: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = _stretch(text, chance)
    depth = chance.choice((10, 100, 127, 128, 129, 1000, 10_000, 100_000))
    opening, closing = chance.choice(
        ((b"[", b"]"), (b"{", b"}"), (b"[{", b"}]"), (b"<<", b">>"), (b"(", b")"), (b"#{a=>", b"}"))
    )
    return (
        text[:start]
        + opening * depth
        + text[start:end]
        + closing * chance.choice((depth, depth, 0, depth - 1))
        + text[end:]
    )


def _splice(text: bytes, texts: Sequence[bytes], chance: random.Random) -> bytes:
    other = chance.choice(texts)
    start, end = _stretch(other, chance)
    return text[: chance.randint(0, len(text))] + other[start:end] + text[chance.randint(0, len(text)) :]


def _swap(text: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    """Two tokens change places."""
    found = list(_TOKEN.finditer(text))
    if len(found) < 2:
        return text
    one, other = sorted(chance.sample(found, 2), key=lambda token: token.start())
    return b"".join((text[: one.start()], other[0], text[one.end() : other.start()], one[0], text[other.end() :]))


def _replace(text: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    """A token, or all that are like it, becomes another one."""
    found = list(_TOKEN.finditer(text))
    if not found:
        return text
    token, word = chance.choice(found), chance.choice((*_WORDS, chance.choice(found)[0]))
    if chance.random() < 0.2 and len(token[0]) > 2:
        return text.replace(token[0], word)
    return text[: token.start()] + word + text[token.end() :]


def _alike(text: bytes, texts: Sequence[bytes], chance: random.Random) -> bytes:
    """Some words become other words, so that the text can still be read."""
    for _n in range(chance.choice((1, 2, 5))):
        found = [token for token in _TOKEN.finditer(text) if token[0][:1].isalnum() or token[0][:1] == b'"']
        if not found:
            break
        token, word = chance.choice(found), chance.choice(_PARTS if chance.random() < 0.5 else [t[0] for t in found])
        text = text[: token.start()] + word + text[token.end() :]
    return text


def _double(text: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    """A tuple of a list once more, or without it."""
    found = list(_TUPLE.finditer(text))
    if not found:
        return text
    one = chance.choice(found)
    times = chance.choice((0, 2, 3, 100))
    return text[: one.start()] + b",".join([one[0]] * times) + text[one.end() :]


def _stretch(text: bytes, chance: random.Random) -> tuple[int, int]:
    """Some characters; often from one token to another."""
    if chance.random() < 0.5 and (found := list(_TOKEN.finditer(text))):
        first = chance.randrange(len(found))
        last = min(first + chance.choice((0, 1, 2, 5, 20)), len(found) - 1)
        return found[first].start(), found[last].end()
    start = chance.randint(0, len(text))
    return start, min(start + chance.choice((1, 2, 10, 100, 1000)), len(text))


Way = Callable[[bytes, Sequence[bytes], random.Random], bytes]
_WAYS: tuple[Way, ...] = (
    *(_flip, _cut, _shorten, _repeat, _insert, _nest, _splice),
    *(_swap, _swap, _replace, _replace, _alike, _alike, _alike, _alike, _alike, _alike, _double, _double),
)


def look(mutant: Mutant, *, fully: bool) -> str:
    """What lint says of a broken text, one line each; `fully`: also in every format, and with all fixes made."""
    options = Options(texts={os.path.realpath(mutant.name): mutant.text}, stdin_filename=mutant.name)
    linted = examine(["-"], [], options, CONFIG)
    report = Report("lint", linted.diagnostics, linted.files, skipped=linted.skipped)
    said = FORMATS["concise"](report, Style())
    if fully:
        for render in FORMATS.values():
            render(report, Style()).encode()
        _mend(options, unsafe=True)
        safely = _mend(options, unsafe=False)
        if not any(d.severity == "error" for d in linted.diagnostics):
            before, after = _plans(mutant.name, options), _plans(mutant.name, safely)
            changed = [key for key, plan in before.items() if after.get(key, plan) != plan]
            assert not changed, f"safe fixes change the plan of {changed}"
    return said


def _mend(options: Options, *, unsafe: bool) -> Options:
    """Make the fixes, which must leave a text that can be read and has no more to fix."""
    mended = mend(["-"], [], options, CONFIG, unsafe=unsafe)
    assert mended.broken is None, f"a fix broke the file: {mended.broken}"
    patch_of(mended)
    texts = {**options.texts} | {os.path.realpath(change.path): change.new for change in mended.changes}
    return replace(options, texts=texts)


def _plans(name: str, options: Options) -> dict[tuple[str, Term], tuple[Term, ...]]:
    """What each entry of an appup comes to, by direction and version; the first entry counts."""
    found = Found()
    if name.startswith(("shop", "src")):
        appup_values(name, options, found)
    entries = [value for value in found.values if isinstance(value, EntryPlan) and value.plan is not None]
    return {(e.direction, e.entry.key): tuple(s.instruction for s in e.plan or ()) for e in reversed(entries)}
