"""Code that reads and sets the configuration of applications: which key, where, and whether only when they start."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.beam import FA
from relupc.model.code import Call, Module
from relupc.model.reach import led_to
from relupc.model.term import Atom, Term
from relupc.model.value import NamedTuple

_READS = {
    "application": ("get_env",),
    "Elixir.Application": ("get_env", "fetch_env", "fetch_env!"),
}
_READS_ALL = {"application": ("get_all_env", "get_all_key"), "Elixir.Application": ("get_all_env",)}
_SETS = {"application": ("set_env",), "Elixir.Application": ("put_env", "put_all_env")}
AT_START = (FA("init", 1), FA("start", 2), FA("start_phase", 3))
_BESIDE = ("start_link", "child_spec", "module_info", "__info__")  # what starts a process, or describes that


class Setting(NamedTuple):
    """A call that reads or sets the value of a key; the key is None where all of an application's are meant."""

    app: str
    key: str | None
    function: FA
    call: Call


def reads(module: Module) -> Iterator[Setting]:
    """The calls of a module that read configuration. One whose application or key is not known has an empty name."""
    return _settings(module, _READS, _READS_ALL)


def sets(module: Module) -> Iterator[Setting]:
    """The calls of a module that set configuration."""
    return _settings(module, _SETS, {})


def only_at_start(module: Module) -> frozenset[FA]:
    """The functions of a module that run when a process or the application starts, and that nothing else leads to."""
    starts = led_to(module, AT_START)
    others = [fa for fa in sorted(module.exports) if fa not in AT_START and fa.name not in _BESIDE]
    return frozenset(starts.keys() - led_to(module, others).keys())


def _settings(
    module: Module, by_key: dict[str, tuple[str, ...]], by_app: dict[str, tuple[str, ...]]
) -> Iterator[Setting]:
    wanted = {(home, name) for table in (by_key, by_app) for home, names in table.items() for name in names}
    for function in module.calling(wanted):
        fa = function.fa
        for call in function.calls:
            name = call.called.name
            if name in by_key.get(call.called.module, ()):
                app, key = _names(call, module.app)
                yield Setting(app, key, fa, call)
            elif name in by_app.get(call.called.module, ()):
                yield Setting(_atom(call.args[0]) if call.args else module.app, None, fa, call)


def _names(call: Call, own: str) -> tuple[str, str]:
    if call.called.arity == 1:  # of the application that the process belongs to, or a list for many
        return (own, _atom(call.args[0])) if call.called.name == "get_env" else ("", "")
    return _atom(call.args[0]), _atom(call.args[1])


def _atom(value: Term) -> str:
    return value.name if isinstance(value, Atom) else ""
