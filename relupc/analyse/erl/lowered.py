"""The functions of an Erlang module -> the same in the words of running.py, which has fewer.

Each `_` gets a name of its own, calls by name of what the module does not define go to a module, and `andalso` and
`orelse` have branches.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from relupc.analyse.erl.syntax import Clause, Expr
from relupc.model.beam import FA, MFA
from relupc.model.term import Atom
from relupc.model.value import dataclass


@dataclass(slots=True)
class Lowering:
    """What the module defines and imports, and how many `_` were met."""

    defined: Collection[FA]
    imported: Mapping[FA, MFA]
    made: int = 0

    def clauses(self, clauses: Sequence[Clause]) -> tuple[Clause, ...]:
        """The clauses of a function."""
        return tuple(self._any(clause) for clause in clauses)

    def _any(self, part: Any) -> Any:
        if isinstance(part, Clause):
            return part._replace(patterns=self._any(part.patterns), body=self._any(part.body))
        if isinstance(part, Expr):
            return self._expr(part)
        return tuple(map(self._any, part)) if type(part) is tuple else part

    def _expr(self, expr: Expr) -> Expr:
        kind, line, parts = expr
        if kind == "var" and parts == ("_",):
            self.made += 1
            return Expr("var", line, (f"_{self.made}",))
        if kind == "op" and parts[0] in ("andalso", "orelse"):
            left, right = self._any(parts[1]), self._any(parts[2])
            known = Expr("value", line, (Atom("false" if parts[0] == "andalso" else "true"),))
            ways = (right, known) if parts[0] == "andalso" else (known, right)
            return Expr(
                "case", line, (left, tuple(Clause((Expr("var", line, ("_",)),), (), (way,), line) for way in ways))
            )
        if kind == "case" and parts[0].kind == "var":  # `case X of X -> ...` takes whatever there is
            parts = (parts[0], tuple(_free(clause, parts[0]) for clause in parts[1]))
        if kind == "call" and (elsewhere := self._elsewhere(*parts)):
            callee = Expr("remote", line, tuple(Expr("value", line, (Atom(name),)) for name in elsewhere[:2]))
            return Expr("call", line, (callee, self._any(parts[1])))
        return Expr(kind, line, self._any(parts))

    def _elsewhere(self, callee: Expr, args: Sequence[Expr]) -> MFA | None:
        """The function of another module that a call by name alone goes to."""
        if callee.kind != "value" or not isinstance(callee.parts[0], Atom):
            return None
        fa = FA(callee.parts[0].name, len(args))
        return None if fa in self.defined else self.imported.get(fa, MFA("erlang", *fa))


def _free(clause: Clause, asked: Expr) -> Clause:
    """A clause for the variable that is asked, as one for anything."""
    is_same = [one.kind == "var" and one.parts == asked.parts for one in clause.patterns] == [True]
    return clause._replace(patterns=(Expr("var", clause.line, ("_",)),)) if is_same else clause
