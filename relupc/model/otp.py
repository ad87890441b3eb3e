"""What OTP says of a fault: its error term, and the class by which people find it."""

from __future__ import annotations

from relupc.model.diagnostic import Otp
from relupc.model.layout import flat
from relupc.model.term import Atom, List, Term, Tuple, as_string, is_tagged, tup

CRASH = "crash"
OLDEST_OTP, NEWEST_OTP = 25, 28  # whose rules are known

# The applications of OTP 25 to 28.
_APPLICATIONS = """
asn1 common_test compiler crypto debugger dialyzer diameter edoc eldap erl_docgen erl_interface erts et eunit
ftp inets jinterface kernel megaco mnesia observer odbc os_mon parsetools public_key reltool runtime_tools
sasl snmp ssh ssl stdlib syntax_tools tftp tools wx xmerl
"""
OTP_APPLICATIONS = frozenset(_APPLICATIONS.split())
# The modules that are part of the emulator, in no application.
_PRELOADED = """
atomics counters erl_init erl_prim_loader erl_tracer erlang erts_code_purger erts_dirty_process_signal_handler
erts_internal erts_literal_area_collector erts_trace_cleaner init persistent_term prim_buffer prim_eval prim_file
prim_inet prim_net prim_socket prim_zip socket_registry zlib
"""
PRELOADED = frozenset(_PRELOADED.split())


def otp_says(module: str, reason: Term) -> Otp:
    """What `{error, module, reason}` of systools comes to; `module` is `crash` for an exception.

    The term of an exception is `{Class, Reason}`; `timeout` stands for a call that never ends.
    """
    if module == CRASH and isinstance(reason, Atom):
        return Otp(f"{CRASH}/{reason.name}", tup("exit" if reason.name == "timeout" else "error", reason))
    return Otp("/".join([module, *fault_tags(reason)]), reason)


def fault_tags(reason: Term) -> list[str]:
    """The atoms that name a fault, outermost first: `["file_problem", "open"]`."""
    match reason:
        case Atom(name):
            return [name]
        case List(items) if items:
            return fault_tags(items[0])
        case Tuple((Atom("file_problem"), Tuple((_, what)))):
            return ["file_problem", *_file_fault(what)]
        case Tuple((Atom("error_reading"), Tuple((_, what)))):
            return ["error_reading", *fault_tags(what)]
        case Tuple((Atom("apps"), faults)):
            return ["apps", *fault_tags(faults)]
        case Tuple((Atom(name), *_)):
            return [name]
        case Tuple((Tuple() as inner, *_)):
            return fault_tags(inner)
    return ["other"]


def _file_fault(what: Term) -> list[str]:
    if is_tagged(what, "ok", 2):
        return ["bad_shape"]
    if is_tagged(what, "error", 2) and isinstance(what, Tuple):
        what = what.items[1]
    return fault_tags(what)


# What systools_rc prints for its reasons, where that is not just the term.
_TEXTS = {
    "bad_op_before_point_of_no_return": "Bad instruction {} before point_of_no_return",
    "too_many_point_of_no_return": "Too many point_of_no_return",
    "no_object_code": "No load_object_code found for module: {}",
    "suspended_not_resumed": "Suspended but not resumed: {}",
    "resumed_not_suspended": "Resumed but not suspended: {}",
    "start_not_stop": "Started but not stopped: {}",
    "stop_not_start": "Stopped but not started: {}",
    "no_such_application": "Started undefined application: {}",
    "removed_application_present": "Removed application present: {}",
    "conflicting_versions": "Conflicting versions for {}, {} and {}",
    "no_such_module": "No such module: {}",
    "undef_module": "Undefined module: {}",
    "muldef_module": "Multiply defined module: {}",
    "bad_instruction": "Bad instruction: {}",
    "bad_module": "Bad module: {}(should be atom())",
    "bad_code_change": "Bad code_change: {}(should be {{Mod, Extra}})",
    "bad_change": "Bad change spec: {}(should be soft | {{advanced, E}})",
    "bad_mod_type": "Bad module type: {}(should be static | dynamic)",
    "bad_purge_method": "Bad purge method: {}(should be soft_purge | brutal_purge)",
    "bad_list": "Bad list: {}",
    "bad_args_list": "Bad argument list: {}",
    "bad_node": "Bad node: {}(should be atom())",
    "bad_application": "Bad application: {}(should be atom())",
    "bad_func": "Bad function: {}(should be atom())",
    "bad_lib": "Bad library: {}(should be atom())",
    "bad_lib_vsn": "Bad library version: {}(should be string())",
    "bad_timeout": "Bad timeout: {}(should be infinity | int() > 0)",
}


def otp_note(reason: Term) -> tuple[str, ...]:
    """The note that quotes what systools_rc prints, on one line, so that people can search for it."""
    name = fault_tags(reason)[0]
    parts = reason.items[1:] if isinstance(reason, Tuple) else ()
    versions_bare = name == "conflicting_versions"
    words = [(versions_bare and as_string(part)) or flat(part) for part in parts]
    return (f"OTP says `{_TEXTS[name].format(*words)}`",) if name in _TEXTS else ()
