"""Values against the dataclasses of the standard library, made of the same class."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import typing
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relupc.model import value
from relupc.model.beam import MFA
from relupc.model.source import Source
from relupc.model.term import Atom, Int, List, Str


def item(module: Any) -> Any:
    """A class with all kinds of fields, made by `module`."""

    @module.dataclass(frozen=True, slots=True)
    class Item:
        name: str
        price: float = 0.0
        tags: list[str] = module.field(default_factory=list, hash=False)
        new: int | None = module.field(default=None, compare=False, repr=False)

        @property
        def label(self) -> str:
            return f"{self.name} {self.price}"

    return Item


def basket(module: Any) -> Any:
    """A class that can be changed, and compares in its own way."""

    @module.dataclass(slots=True)
    class Basket:  # noqa: PLW1641 - what can change has no hash
        items: list[str] = module.field(default_factory=list)
        owner: str | None = None

        def __eq__(self, other: object) -> bool:
            return isinstance(other, type(self)) and sorted(self.items) == sorted(other.items)

    return Basket


def token(module: Any) -> Any:
    """A class whose instances are never equal."""

    @module.dataclass(frozen=True, slots=True, eq=False)
    class Token:
        text: str

    return Token


def nothing(module: Any) -> Any:
    @module.dataclass(frozen=True, slots=True)
    class Nothing:
        pass

    return Nothing


MAKERS = [item, basket, token, nothing]
both = pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
Maker = Callable[[Any], Any]

PARTS = st.tuples(
    st.sampled_from("ab"), st.sampled_from([0.0, -0.0, 1.5, float("nan")]), st.lists(st.just("t"), max_size=1)
)


@given(PARTS, PARTS, st.integers(0, 1), st.integers(0, 1))
def test_compared_hashed_and_shown_as_by_the_standard_library(one: Any, two: Any, near: int, far: int) -> None:
    mine, theirs = ([made(*one, near), made(*two, far)] for made in map(item, (value, dataclasses)))
    assert (mine[0] == mine[1]) == (theirs[0] == theirs[1])
    assert mine[0] == mine[0]
    assert list(map(hash, mine)) == list(map(hash, theirs))
    assert list(map(repr, mine)) == list(map(repr, theirs))
    assert mine[0] != theirs[0]


@both
def test_the_same_class_to_all_who_ask(make: Maker) -> None:
    mine, theirs = make(value), make(dataclasses)
    for name in ("__name__", "__qualname__", "__module__", "__doc__", "__slots__", "__match_args__", "__annotations__"):
        if name != "__doc__" or mine.__doc__:  # dataclasses writes one where there is none
            assert getattr(mine, name) == getattr(theirs, name)
    assert (mine.__hash__ is None) == (theirs.__hash__ is None)


@both
def test_the_functions_of_dataclasses_take_values(make: Maker) -> None:
    mine, theirs = make(value), make(dataclasses)
    args = ["x"] if mine.__slots__ else []
    made, other_made = mine(*args), theirs(*args)
    assert dataclasses.is_dataclass(mine)
    for one, other in zip(dataclasses.fields(mine), dataclasses.fields(theirs), strict=True):
        assert repr(one) == repr(other)
    assert dataclasses.asdict(made) == dataclasses.asdict(other_made)


@pytest.mark.parametrize(
    ("args", "named"), [((), {}), (("a", 1, [], 2, 3), {}), (("a",), {"name": "b"}), (("a",), {"x": 1})]
)
def test_wrong_arguments_are_refused(args: tuple[Any, ...], named: dict[str, Any]) -> None:
    for module in (value, dataclasses):
        with pytest.raises(TypeError):
            item(module)(*args, **named)


def test_each_instance_has_a_list_of_its_own() -> None:
    made = basket(value)
    one, two = made(), made()
    one.items.append("tea")
    one.owner = "me"
    assert (two.items, two.owner) == ([], None)
    assert made(["a", "b"]) == made(["b", "a"])
    with pytest.raises(TypeError):
        hash(one)


def test_values_cannot_be_changed() -> None:
    made = item(value)
    for thing in (made("a"), made("a")):  # the first is made by another function than the next
        assert not hasattr(thing, "__dict__")
        for name in ("name", "other"):
            with pytest.raises(dataclasses.FrozenInstanceError, match=name):
                setattr(thing, name, "c")
        with pytest.raises(dataclasses.FrozenInstanceError):
            del thing.name


def test_a_maker_makes_what_its_class_makes() -> None:
    for made in (item(value), basket(value)):
        make = value.maker(made)
        one, two = make("a"), made("a")
        assert type(one) is made
        assert one == two
        assert repr(one) == repr(two)
    one, two = value.maker(item(value))("a", new=3), value.maker(item(value))("b")
    assert (one.name, one.price, one.tags, one.new) == ("a", 0.0, [], 3)
    assert one.tags is not two.tags
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.name = "c"
    with pytest.raises(TypeError):
        value.maker(item(value))()


def test_replaced_copied_and_matched() -> None:
    one = item(value)("a", 1.5, ["t"], 7)
    other = value.replace(one, price=2.0)
    assert (other.name, other.price, other.tags, other.new, one.price) == ("a", 2.0, ["t"], 7, 1.5)
    assert other.label == "a 2.0"
    assert copy.deepcopy(one) == one == copy.copy(one)
    with pytest.raises(TypeError):
        value.replace(one, cost=1)
    match Atom("shop"):
        case Atom(name):
            assert name == "shop"


def test_terms_go_through_a_pickle() -> None:
    term = List((Atom("a"), Int(1), Str("b")))
    assert pickle.loads(pickle.dumps(term)) == term


def test_a_source_is_only_equal_to_itself() -> None:
    one, two = Source("a", ""), Source("a", "")
    assert len({one, two, one}) == 2


def test_arguments_have_their_names() -> None:
    made = item(value)
    made("a")
    assert list(inspect.signature(made).parameters) == ["name", "price", "tags", "new"]


def place(named_tuple: Any) -> Any:
    """A named tuple with a default and a property, made by `named_tuple`."""

    class Place(named_tuple):  # type: ignore[misc]  # the same class, made by one and by the other
        file: str
        line: int = 1

        @property
        def label(self) -> str:
            return f"{self.file}:{self.line}"

    return Place


OURS, THEIRS = place(value.NamedTuple), place(typing.NamedTuple)


@given(st.text(), st.integers())
def test_a_named_tuple_is_that_of_the_standard_library(file: str, line: int) -> None:
    for ours, theirs in ((OURS(file), THEIRS(file)), (OURS(line=line, file=file), THEIRS(line=line, file=file))):
        assert (tuple(ours), repr(ours), hash(ours)) == (tuple(theirs), repr(theirs), hash(theirs))
        assert (ours.file, ours.line, ours.label) == (theirs.file, theirs.line, theirs.label)
        assert ours == theirs
        assert ours._replace(line=7) == theirs._replace(line=7)
        assert ours._asdict() == theirs._asdict()
        assert type(ours)._make([file, line]) == (file, line)
        assert type(type(ours)._make([file, line])) is OURS
        assert copy.copy(ours) == ours


def test_what_is_known_of_a_named_tuple() -> None:
    for name in ("_fields", "_field_defaults", "__match_args__", "__slots__"):
        assert getattr(OURS, name) == getattr(THEIRS, name)
    assert pickle.loads(pickle.dumps(MFA("shop", "open", 0))) == MFA("shop", "open", 0)
    match OURS("shop", 3):
        case OURS(file, line=3):
            assert file == "shop"
    with pytest.raises(TypeError):
        OURS()
    with pytest.raises(TypeError):
        OURS("shop", 1, 2)
    with pytest.raises(AttributeError):
        OURS("shop").line = 2
