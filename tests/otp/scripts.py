"""A world in, the appups of its changed applications out: which entry serves which base, and its instructions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from random import Random

from tests.otp.spelling import Atom, Raw, Value, atoms
from tests.otp.world import CORE, World

BRUTAL = Atom("brutal_purge")
PURGES = (BRUTAL, Atom("soft_purge"))
TERMS: list[Value] = [
    [], Atom("x"), "text", "näive ☂", b"bytes", "ключ".encode(), b"\xff\x00", 42, -1, 0.1, 1.0e20, 1.5e-7,
    (Atom("a"), [1, 2, (Atom("b"), "c")]), {Atom("k"): 1, "s": [Atom("v")]}, Raw("[a|b]"), Raw("<<5:3>>"),
    Raw("fun m:f/2"), Raw("$a"), list(range(200, 300)), [("pair", n, Atom("quite_a_long_atom")) for n in range(9)],
    Atom("Elixir.Mod"), Atom("λ"), {}, (), [[[[]]]], 12345678901234567890, Raw('<<"ab":16, 1:4>>'),
]  # fmt: skip


@dataclass(slots=True)
class Item:
    """A module instruction whose spelling is not chosen yet."""

    kind: str
    module: str
    deps: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Entry:
    """An entry of an appup: its key, the bases it serves, its script of terms and Items."""

    app: str
    key: Value
    serves: list[int]
    script: list[Value | Item] = field(default_factory=list)

    @property
    def items(self) -> list[Item]:
        return [part for part in self.script if isinstance(part, Item)]


def write_appups(world: World, rnd: Random) -> None:
    """Give the top version of every changed application an appup with an entry for each base that is asked for."""
    changed = world.changed()
    loans = _loans(world, changed, rnd)
    both: dict[str, list[Entry]] = {}
    for direction, bases in (("up", world.up), ("down", world.down)):
        both[direction] = [e for name in changed for e in _entries(world, name, sorted(set(bases)), rnd)]
        for entry in both[direction]:
            _fill(world, entry, direction, loans, rnd)
        _link(both[direction], rnd)
    for name in changed:
        app = world.app(0, name)
        assert app is not None
        top = app.vsn if rnd.random() < 0.95 else rnd.choice(["0", Atom("any"), 7])
        app.appup = [top, *([_entry_term(e, rnd) for e in both[d] if e.app == name] for d in ("up", "down"))]


def _loans(world: World, changed: list[str], rnd: Random) -> dict[str, list[str]]:
    """Modules of other applications, always there, that an application's appup is to speak of."""
    loans: dict[str, list[str]] = {}
    for name in sorted({name for name, _ in world.apps} - world.restarted - set(CORE)):
        rows = [world.app(number, name) for number in range(len(world.releases))]
        if None not in rows and changed and rnd.random() < 0.3:
            shared = set.intersection(*(set(app.modules) for app in rows if app))
            borrower = rnd.choice(changed)
            if borrower != name and borrower not in CORE:
                loans.setdefault(borrower, []).extend(sorted(shared)[:2])
    return loans


def _entries(world: World, name: str, bases: list[int], rnd: Random) -> list[Entry]:
    """Entries such that every base finds one; some serve none."""
    vsns = {
        b: v for b in bases if (v := world.releases[b].app_vsn(name)) not in {None, world.releases[0].app_vsn(name)}
    }
    left = {base: str(vsn) for base, vsn in vsns.items()}
    entries: list[Entry] = []
    while left or rnd.random() < 0.15:
        wanted = rnd.choice(list(left.values())) if left else "0.0"
        key, pattern = _key(wanted, rnd)
        served = [base for base, vsn in left.items() if pattern is not None and _matches(pattern, vsn)]
        left = {base: vsn for base, vsn in left.items() if base not in served}
        entries.append(Entry(name, key, served))
    return entries


def _matches(pattern: str, vsn: str) -> bool:
    found = re.search(pattern, vsn, re.ASCII)
    return found is not None and found.group() == vsn


def _key(vsn: str, rnd: Random) -> tuple[Value, str | None]:
    """A version key, and the Python pattern that says what it matches; None for a key that matches nothing."""
    exact = re.escape(vsn)
    if rnd.random() < 0.7:
        return vsn, exact + r"\Z"
    start = exact[0]
    patterns: list[tuple[str, str | None]] = [
        (vsn.replace(".", "\\."), None), (vsn, None), (".*", None), ("[0-9.]+", None), (f"{start}.*?", None),
        (f"{start}|{exact}", None), (f"{exact}|{start}", None), (f"(?:{start}|{exact})$", None), (f"^{exact}$", None),
        (f"\\Q{vsn}\\E", exact), ("[[:digit:]].*", "[0-9].*"), ("\\d+(\\.\\d+)*", None), ("(?<a>.)(?s:.*)", "..*"),
        ("\\w.*\\z", "\\w.*\\Z"), (f"(?i){exact}", None), ("0", None), ("", None),
    ]  # fmt: skip
    if rnd.random() < 0.2:
        return rnd.choice([Atom(vsn), (vsn, []), "[0-9].*", 1, [], ["1.0"]]), None
    pcre, python = rnd.choice(patterns)
    return pcre.encode(), pcre if python is None else python


def _fill(world: World, entry: Entry, direction: str, loans: dict[str, list[str]], rnd: Random) -> None:
    """Write the script of an entry, so that it suits all bases it serves."""
    if not entry.serves:
        entry.script = rnd.choice([[], [(Atom("nonsense"),)], [(Atom("load_module"), Atom("never"))]])
        return
    if entry.app in CORE:
        entry.script = rnd.choice([[Atom("restart_new_emulator")], [Atom("restart_new_emulator")], []])
        return
    new, old = world.app(0, entry.app), [world.app(base, entry.app) for base in entry.serves]
    assert new is not None
    tops, bases = set(new.modules), set.intersection(*(set(app.modules) for app in old if app))
    post, pre = (tops, bases) if direction == "up" else (bases, tops)
    if entry.app in world.restarted:
        entry.script = [(Atom("restart_application"), Atom(entry.app))]
    else:
        lent = {module for modules in loans.values() for module in modules}
        entry.script = [*_module_items(post - lent, pre - lent, loans.get(entry.app, []), rnd)]
        _shape([item.module for item in entry.items], entry.items, rnd)
    vsns = {new.vsn} if direction == "up" else {app.vsn for app in old if app}
    for _ in range(rnd.choice([0, 0, 0, 1, 2])):
        chunk = _chunk(entry.app, vsns, sorted(post), rnd)
        for part in chunk:
            entry.script.insert(rnd.randint(0, len(entry.script)), part)
    if rnd.random() < 0.12:
        entry.script[:0] = _before(entry.app, vsns, sorted(post), rnd)


def _module_items(post: set[str], pre: set[str], loans: list[str], rnd: Random) -> list[Item]:
    items = [Item(rnd.choice(["load_module", "update", "update"]), m) for m in sorted(post & pre) if rnd.random() < 0.7]
    items += [Item(rnd.choice(["add_module", "add_module", "load_module"]), m) for m in sorted(post - pre)]
    items += [Item("delete_module", m) for m in sorted(pre - post) if rnd.random() < 0.8]
    items += [Item(rnd.choice(["load_module", "update"]), m) for m in loans]
    rnd.shuffle(items)
    return items


def _shape(names: list[str], items: list[Item], rnd: Random) -> None:
    """Give the items dependencies on `names`, which are theirs: a chain, a star, a cycle …"""
    n = len(names)
    if n < 2 or rnd.random() < 0.35:
        return
    half = n // 2
    edges = {
        "chain": [(i, i + 1) for i in range(n - 1)],
        "back": [(i + 1, i) for i in range(n - 1)],
        "star": [(i, 0) for i in range(1, n)],
        "fan": [(0, i) for i in range(1, n)],
        "cycle": [(i, (i + 1) % n) for i in range(n)],
        "cycles": [(i, (i + 1) % half) for i in range(half)]
        + [(i, i + 1) for i in range(half, n - 1)]
        + [(n - 1, half)],
        "random": [(rnd.randrange(n), rnd.randrange(n)) for _ in range(n)],
        "self": [(i, i) for i in range(n)],
    }[rnd.choice(["chain", "back", "star", "fan", "cycle", "cycles", "random", "random", "self"])]
    for start, end in edges:
        items[start].deps.append(names[end])
    if rnd.random() < 0.2:
        items[0].deps.append(names[half])


def _link(entries: list[Entry], rnd: Random) -> None:
    """Let some instructions depend on modules of other applications' scripts."""
    for entry in entries:
        if not entry.serves or not entry.items or rnd.random() > 0.25:
            continue
        there = [{i.module for e in entries if base in e.serves for i in e.items} for base in entry.serves]
        others = sorted(set.intersection(*there))
        if others:
            rnd.choice(entry.items).deps.append(rnd.choice(others))


def _chunk(app: str, vsns: set[str], post: list[str], rnd: Random) -> list[Value]:
    """Low-level instructions that belong together, wherever they stand."""
    some = rnd.sample(post, min(len(post), 2))
    apply = (Atom("apply"), (Atom("m"), Atom("f"), [rnd.choice(TERMS)]))
    choices: list[list[Value]] = [
        [apply], [apply], [apply],
        [(Atom("suspend"), [*atoms(some), (Atom("far"), rnd.choice([Atom("default"), 5, Atom("infinity")]))]),
         (Atom("resume"), atoms([*some, "far"]))],
        [(Atom("stop"), atoms(some)), (Atom("start"), atoms(some))],
        [(Atom("code_change"), [(Atom("far"), rnd.choice(TERMS))])],
        [(Atom("code_change"), Atom(rnd.choice(["up", "down"])), [(Atom("far"), rnd.choice(TERMS))])],
        [(Atom("sync_nodes"), rnd.choice(TERMS), rnd.choice([atoms(["a@b"]), (Atom("m"), Atom("f"), [])]))],
        [(Atom("purge"), atoms(some)), (Atom("remove"), (Atom("gone"), *rnd.choices(PURGES, k=2)))],
        [[apply, apply, (Atom("purge"), [])]],
        [Atom(rnd.choice(["restart_emulator", "restart_new_emulator", "restart", "reboot"]))],
        [(Atom("add_application"), Atom("kernel"), Atom("none"))] * (rnd.random() < 0.1),
    ]  # fmt: skip
    if len(vsns) == 1:
        code = (Atom("load_object_code"), (Atom(app), min(vsns), atoms([*some, "by_hand"])))
        choices += [[code], [code, (Atom("load"), (Atom("by_hand"), *rnd.choices(PURGES, k=2)))]]
    return rnd.choice(choices)


def _before(app: str, vsns: set[str], post: list[str], rnd: Random) -> list[Value]:
    """What may stand before a point of no return, and that."""
    before: list[Value] = [(Atom("apply"), (Atom("m"), Atom("early"), [rnd.choice(TERMS)]))] * rnd.randint(0, 1)
    if len(vsns) == 1 and rnd.random() < 0.5:
        before.append((Atom("load_object_code"), (Atom(app), min(vsns), atoms(post[:2]))))
    return [*before, Atom("point_of_no_return")]


def _entry_term(entry: Entry, rnd: Random) -> Value:
    return (entry.key, [_item_term(part, rnd) if isinstance(part, Item) else part for part in entry.script])


def _item_term(item: Item, rnd: Random) -> Value:
    """One of the spellings of a module instruction that have room for its dependencies."""
    kind, module, deps = Atom(item.kind), Atom(item.module), atoms(item.deps)
    purges = rnd.choices(PURGES, k=2)
    change = rnd.choice([Atom("soft"), (Atom("advanced"), rnd.choice(TERMS))])
    timeout = rnd.choice([Atom("default"), Atom("infinity"), 1, 30_000])
    forms: list[tuple[Value, ...]] = [(kind, module, deps)]
    if item.kind == "load_module":
        forms.append((kind, module, *purges, deps))
    if item.kind == "update":
        mode = Atom(rnd.choice(["static", "dynamic"]))
        forms += [(kind, module, change, deps), (kind, module, change, *purges, deps)]
        forms += [(kind, module, timeout, change, *purges, deps), (kind, module, mode, timeout, change, *purges, deps)]
    if not deps:
        forms.append((kind, module))
        forms += [(kind, module, change), (kind, module, Atom("supervisor"))] if item.kind == "update" else []
    return rnd.choice(forms)
