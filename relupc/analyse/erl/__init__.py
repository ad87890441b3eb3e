"""The text of an Erlang module -> the module as relupc.analyse would find it compiled, or less of it.

Each file is read by itself: headers are not, and what depends on them is unknown. What cannot be read is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from relupc.analyse.erl.blocks import function
from relupc.analyse.erl.branches import BRANCHES
from relupc.analyse.erl.endless import endless_of
from relupc.analyse.erl.facts import Scope, function_of
from relupc.analyse.erl.least import least_of
from relupc.analyse.erl.lowered import Lowering
from relupc.analyse.erl.macros import closing, expanded, split
from relupc.analyse.erl.syntax import Clause, NotReadError
from relupc.analyse.erl.tokens import Token, forms
from relupc.analyse.erl.whole import reached
from relupc.analyse.values import UNKNOWN
from relupc.model.beam import FA, MFA
from relupc.model.code import Function, Module
from relupc.model.source import Source
from relupc.model.term import Atom, Term
from relupc.model.value import NamedTuple, replace


class Bounds(NamedTuple):
    """A module as its text tells: with what may be compiled of it at `most`, and what surely is.

    `never` are functions that surely do not return: what calls one may be compiled so that it does nothing after that.
    """

    most: Module
    least: Module
    never: frozenset[FA]


def module_from(source: Source) -> Module | None:
    """The module of an .erl file as its text has it; None if it says no name of one. Raises TooLongError."""
    found = bounds_from(source)
    return found.most if found else None


def bounds_from(source: Source) -> Bounds | None:
    """The same with what is surely compiled of it."""
    name, exports, every = "", set[FA](), False
    attributes: list[tuple[str, Term]] = []
    scope = Scope(BRANCHES, "", source.path.replace("\\", "/").rpartition("/")[2], set(), {}, {})
    read: list[tuple[str, list[Clause]]] = []
    for form in expanded(forms(source.text)):
        if form[:1] and form[0].text == "-" and len(form) > 3:
            word, rest = form[1].text, form[3:-1]
            if word == "module" and rest and rest[0].kind in ("atom", "quoted"):
                name = scope.module = rest[0].text.strip("'")
            elif word == "export":
                exports |= set(_functions(rest))
            elif word == "compile":
                every |= any(token.text == "export_all" for token in rest)
            else:
                _attribute(word, rest, scope, attributes)
        elif form:
            read += _read(form, scope)
    if not name:
        return None

    def module(made: Mapping[FA, Function]) -> Module:
        known = frozenset(made) if every else frozenset(exports)
        imports = frozenset(c.called for f in made.values() for c in f.calls if c.kind == "remote")
        return Module(name, "", source.path, b"", known, imports, tuple(attributes), made, source=lambda: source)

    functions = {FA(found, len(clauses[0].patterns)): clauses for found, clauses in read}
    least, never = _sure(scope, functions, scope.defined if every else exports)
    return Bounds(module(_known(scope, functions)), module(least), never)


def _read(form: list[Token], scope: Scope) -> list[tuple[str, list[Clause]]]:
    """The function of a form. What cannot be read is only known to be there."""
    try:
        name, clauses = function(form)
    except NotReadError:
        if len(form) > 2 and form[1].text == "(":
            scope.defined.add(FA(form[0].text.strip("'"), len(split(form[2 : closing(form, 1)]))))
        return []
    scope.defined.add(FA(name, len(clauses[0].patterns)))
    return [(name, clauses)]


def _known(scope: Scope, read: Mapping[FA, Sequence[Clause]]) -> dict[FA, Function]:
    """The functions with all that may be compiled of them; of those that cannot be read nothing is known."""
    functions = {}
    for fa, clauses in read.items():
        try:
            functions[fa] = function_of(scope, fa.name, clauses)
        except NotReadError:
            continue
    unread = {fa: Function(*fa, None, (), (UNKNOWN,)) for fa in sorted(scope.defined - functions.keys())}
    return functions | unread | scope.made


def _sure(
    scope: Scope, read: Mapping[FA, Sequence[Clause]], public: Collection[FA]
) -> tuple[dict[FA, Function], frozenset[FA]]:
    """The functions with what is surely compiled of them, and those that do not return."""
    lowering, lowered = Lowering(scope.defined, scope.imported), dict[FA, tuple[Clause, ...]]()
    for fa, clauses in read.items():
        try:
            lowered[fa] = lowering.clauses(clauses)
        except NotReadError:
            lowered.pop(fa, None)
    there, never = reached(scope.module, lowered, public, endless=endless_of(lowered))
    least = {fa: clauses for fa, whole in lowered.items() if (clauses := least_of(whole, there))}
    scope = replace(scope, made={}, funs={}, never=never)
    return {fa: each for fa, each in _known(scope, least).items() if each.place}, never


def _attribute(word: str, rest: list[Token], scope: Scope, attributes: list[tuple[str, Term]]) -> None:
    """What the other attributes say that matters here."""
    if word in ("behaviour", "behavior") and rest:
        attributes.append(("behaviour", Atom(rest[0].text.strip("'"))))
    elif word == "import" and len(rest) > 2:
        module = rest[0].text.strip("'")
        scope.imported |= {fa: MFA(module, *fa) for fa in _functions(rest[2:])}
    elif word == "record" and len(rest) > 3:
        fields = split(rest[3:-1])
        scope.records[rest[0].text.strip("'")] = tuple(field[0].text.strip("'") for field in fields if field)


def _functions(tokens: list[Token]) -> list[FA]:
    """`[name/arity, ...]`."""
    found = []
    for at in range(len(tokens) - 2):
        name, slash, arity = tokens[at : at + 3]
        if slash.text == "/" and arity.kind == "int" and name.kind in ("atom", "quoted"):
            found.append(FA(name.text.strip("'"), int(arity.text[:3].replace("_", "").partition("#")[0] or 0)))
    return found
