"""Faults of instructions -> what to tell people: a label at the place, and what to write instead."""

from __future__ import annotations

from relupc.model.instruction import name_of
from relupc.model.term import Term, Tuple

FAULT_LABELS = {
    "bad_instruction": "no instruction has this form",
    "not_yet_implemented": "OTP never implemented `{}`",
    "bad_module": "`{}` should be a module, an atom",
    "bad_change": "`{}` should be `soft` or `{{advanced, Extra}}`",
    "bad_mod_type": "`{}` should be `static` or `dynamic`",
    "bad_timeout": "`{}` should be `default`, `infinity` or a number of milliseconds above 0",
    "bad_purge_method": "`{}` should be `soft_purge` or `brutal_purge`",
    "bad_list": "`{}` should be a list",
    "bad_args_list": "`{}` should be a list of arguments",
    "bad_node": "`{}` should be a node, an atom",
    "bad_application": "`{}` should be an application, an atom",
    "bad_start_type": "`{}` should be `permanent`, `transient`, `temporary`, `load` or `none`",
    "bad_func": "`{}` should be a function, an atom",
    "bad_lib": "`{}` should be an application, an atom",
    "bad_lib_vsn": "`{}` should be a version, a string",
    "bad_mode": "`{}` should be `up` or `down`",
    "bad_code_change": "`{}` should be `{{Module, Extra}}`",
    "function_clause": "`{}` ends a list that should end with `]`",
}

NAME_FAULTS = ("bad_module", "bad_application", "bad_node", "bad_func", "bad_lib")

# How people write each instruction, short forms first (OTP's appup(4) and relup(4)).
FORMS = {
    "update": (
        "{update, Module}",
        "{update, Module, supervisor}",
        "{update, Module, Change}",
        "{update, Module, DepMods}",
        "{update, Module, Change, DepMods}",
        "{update, Module, Change, PrePurge, PostPurge, DepMods}",
        "{update, Module, Timeout, Change, PrePurge, PostPurge, DepMods}",
        "{update, Module, ModType, Timeout, Change, PrePurge, PostPurge, DepMods}",
    ),
    "load_module": (
        "{load_module, Module}",
        "{load_module, Module, DepMods}",
        "{load_module, Module, PrePurge, PostPurge, DepMods}",
    ),
    "add_module": ("{add_module, Module}", "{add_module, Module, DepMods}"),
    "delete_module": ("{delete_module, Module}", "{delete_module, Module, DepMods}"),
    "add_application": ("{add_application, Application}", "{add_application, Application, Type}"),
    "remove_application": ("{remove_application, Application}",),
    "restart_application": ("{restart_application, Application}",),
    "load_object_code": ("{load_object_code, {Application, Vsn, [Module]}}",),
    "load": ("{load, {Module, PrePurge, PostPurge}}",),
    "remove": ("{remove, {Module, PrePurge, PostPurge}}",),
    "purge": ("{purge, [Module]}",),
    "suspend": ("{suspend, [Module | {Module, Timeout}]}",),
    "resume": ("{resume, [Module]}",),
    "code_change": ("{code_change, [{Module, Extra}]}", "{code_change, Mode, [{Module, Extra}]}"),
    "stop": ("{stop, [Module]}",),
    "start": ("{start, [Module]}",),
    "sync_nodes": ("{sync_nodes, Id, [Node]}", "{sync_nodes, Id, {M, F, A}}"),
    "apply": ("{apply, {M, F, A}}",),
}


def bad_instruction_help(instruction: Term, fault: str) -> str:
    """The forms that an instruction with this fault may have."""
    name = name_of(instruction)
    if fault == "not_yet_implemented":
        return "delete it"
    if name not in FORMS:
        return "write an instruction of OTP's appup or relup manual"
    fitting = [form for form in FORMS[name] if isinstance(instruction, Tuple) and _size(form) == len(instruction.items)]
    return "write " + " or ".join(f"`{form}`" for form in (fitting or FORMS[name])[:3])


def _size(form: str) -> int:
    depth, size = 0, 1
    for char in form:
        depth += (char in "{[") - (char in "}]")
        size += char == "," and depth == 1
    return size
