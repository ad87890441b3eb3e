"""The text of an Erlang module -> the module as relupc.analyse would find it compiled, or less of it.

Each file is read by itself: headers are not, and what depends on them is unknown. What cannot be read is left out.
"""

from __future__ import annotations

from collections.abc import Collection

from relupc.analyse.erl.blocks import function
from relupc.analyse.erl.branches import BRANCHES
from relupc.analyse.erl.facts import Scope, function_of
from relupc.analyse.erl.kept import kept
from relupc.analyse.erl.macros import closing, expanded, split
from relupc.analyse.erl.syntax import Clause, NotReadError
from relupc.analyse.erl.tokens import Token, forms
from relupc.model.beam import FA, MFA
from relupc.model.code import Function, Module
from relupc.model.source import Source
from relupc.model.term import Atom, Term


def module_from(source: Source) -> Module | None:
    """The module of an .erl file; None if it says no name of one. Raises TooLongError."""
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
    all_read = len({FA(name, len(clauses[0].patterns)) for name, clauses in read}) == len(scope.defined)
    is_closed = all_read and exports and not every  # what was not read may call any, and a header may export some
    functions = _known(scope, read, exports if is_closed else None)
    known = frozenset(functions) if every else frozenset(exports)
    imports = frozenset(c.called for f in functions.values() for c in f.calls if c.kind == "remote")
    if not name:
        return None
    return Module(name, "", source.path, b"", known, imports, tuple(attributes), functions, source=lambda: source)


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


def _known(scope: Scope, read: list[tuple[str, list[Clause]]], exports: Collection[FA] | None) -> dict[FA, Function]:
    """The functions as compiled; without `exports` any may be called."""
    functions = {}
    whole = kept({FA(name, len(clauses[0].patterns)): clauses for name, clauses in read}, exports)
    for name, clauses in read:
        if FA(name, len(clauses[0].patterns)) not in whole:
            continue
        try:
            found = function_of(scope, name, clauses)
        except NotReadError:
            continue
        functions[found.fa] = found
    return functions | scope.made


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
