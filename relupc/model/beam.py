"""A compiled module: what its file says of it, and its code as instructions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from typing import TypeAlias, cast

from relupc.model.diagnostic import Diagnostic
from relupc.model.term import Term
from relupc.model.value import NamedTuple, dataclass, field


class FA(NamedTuple):
    """A function of a module."""

    name: str
    arity: int


class MFA(NamedTuple):
    """A function of any module."""

    module: str
    name: str
    arity: int

    @property
    def local(self) -> FA:
        return FA(self.name, self.arity)


@lru_cache(1 << 14)
def names_in(imports: frozenset[MFA]) -> frozenset[tuple[str, str]]:
    """The functions of a table of imports, whatever their arity: asked of each module by each rule about calls."""
    return frozenset((one.module, one.name) for one in imports)


@lru_cache(1 << 14)
def modules_in(imports: frozenset[MFA]) -> frozenset[str]:
    """The modules of a table of imports."""
    return frozenset(one.module for one in imports)


class Place(NamedTuple):
    """A line of a source file as the compiler was given it."""

    file: str
    line: int


class Lines(NamedTuple):
    """The places that `line` instructions name: a row is the number of a file, and a line. Row 0 is no place."""

    files: tuple[str, ...]
    rows: tuple[tuple[int, int], ...]

    def place(self, row: object) -> Place | None:
        """The place that a row names; None where there is none."""
        if isinstance(row, int) and 0 < row < len(self.rows):
            file, line = self.rows[row]
            return Place(self.files[file], line)
        return None


class Lambda(NamedTuple):
    """A row of the table of funs: the function that a fun runs, and how many values it brings along."""

    function: FA  # its arity counts the values brought along
    free: int


@dataclass(frozen=True, slots=True)
class Beam:
    """A .beam file without its code decoded. `md5` is what `beam_lib:md5/1` gives; `chunks` are as in the file.

    `attributes` and `compile_info` are the lists of the chunks Attr and CInf; empty where a chunk is missing.
    The functions that are not exported are in LocT, which `beam_lib:strip/1` takes out; see beam.locals_of.
    """

    path: str
    module: str
    md5: bytes
    atoms: tuple[str, ...]
    exports: frozenset[FA]
    imports: tuple[MFA, ...]
    lambdas: tuple[Lambda, ...]
    attributes: tuple[tuple[str, Term], ...]
    compile_info: tuple[tuple[str, Term], ...]
    chunks: dict[str, bytes] = field(repr=False)

    def attribute(self, name: str) -> tuple[Term, ...]:
        """The values of all attributes of a name, in their order."""
        return tuple(value for key, value in self.attributes if key == name)


class Names(NamedTuple):
    """What a module may name as data: its atoms, its literals as they are encoded, which modules and functions are
    together in these."""

    atoms: frozenset[str]
    literals: bytes
    pairs: frozenset[tuple[str, str]]


# By the names of what is called, a module's and its own: the functions that may call it, with their places in the code.
Callers: TypeAlias = Mapping[tuple[str, str], Collection[tuple[int, FA]]]


class Operand(NamedTuple):
    """An argument of an instruction.

    By kind: `u` a number that belongs to the instruction, `i` an integer, `a` an atom (the empty list is `nil`), `x`
    and `y` registers, `fr` a float register, `f` a label (0 is none), `h` a character, `literal` a term, `list` a
    tuple of operands, `alloc` a tuple of numbers. The type that newer compilers add to a register is left out.
    """

    kind: str
    value: int | str | Term | tuple[Operand, ...] | tuple[tuple[int, int], ...] | None

    @property
    def listed(self) -> tuple[Operand, ...]:
        """The operands of a `list`; none of another kind."""
        return cast("tuple[Operand, ...]", self.value) if self.kind == "list" else ()


class Instruction(NamedTuple):
    """An instruction by its name in OTP's `beam_opcodes`."""

    op: str
    args: tuple[Operand, ...]


class Body(NamedTuple):
    """A function as compiled, from its first label to the instruction before the next function."""

    name: str
    arity: int
    entry: int  # the label after func_info, which calls of it name
    instructions: tuple[Instruction, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """The code of a module."""

    functions: tuple[Body, ...]
    lines: Lines
    literals: tuple[Term, ...]


class Outline(NamedTuple):
    """A function: its place in the code, the label that calls name, and what its instructions name.

    `calls` are the functions that it calls, `marks` are the names of some of its other instructions: what sends, waits,
    makes a fun, tells that it is the `-on_load`.
    """

    name: str
    arity: int
    entry: int
    start: int
    end: int
    calls: frozenset[MFA]
    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class OpenCode:
    """The code of a module of which only the outlines were read.

    `body` decodes a function, if that can be done, `picked` those of its instructions that have one of some names, none
    where it cannot; `naming` are the functions that may name an atom, `literals` those
    that may hold one. `holding` are the functions that may name an atom, or a literal that may hold it.
    """

    outlines: tuple[Outline, ...]
    lines: Lines
    body: Callable[[Outline], Body | Diagnostic]
    picked: Callable[[Outline, frozenset[str]], tuple[Instruction, ...]]
    naming: Callable[[str], tuple[Outline, ...]]
    literals: Callable[[str], tuple[Term, ...]]
    holding: Callable[[str], frozenset[FA]]


Operands: TypeAlias = tuple[Operand, ...]
