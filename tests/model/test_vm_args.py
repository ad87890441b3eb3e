from __future__ import annotations

from relupc.model.source import Source
from relupc.model.vm_args import differing, flags

OLD = """## -name of the node
-sname shop   # not +P
+P 1000000
-kernel inet_dist_listen_min 9000
-kernel inet_dist_listen_max 9010
-env ERL_MAX_PORTS 4096 -heart
"""


def test_flags() -> None:
    found = flags(Source("vm.args", OLD))
    assert [(flag.name, flag.args) for flag in found] == [
        ("-sname", ("shop",)),
        ("+P", ("1000000",)),
        ("-kernel", ("inet_dist_listen_min", "9000")),
        ("-kernel", ("inet_dist_listen_max", "9010")),
        ("-env", ("ERL_MAX_PORTS", "4096")),
        ("-heart", ()),
    ]
    assert [flag.span.text for flag in found][:2] == ["-sname", "+P"]
    assert flags(Source("vm.args", "words -1 before\n#")) == ()


def test_differing() -> None:
    old = flags(Source("vm.args", OLD))
    turned = flags(Source("vm.args", "\n".join(reversed(OLD.splitlines()[1:])).replace("# not +P", "")))
    assert differing(old, turned) == ()
    assert differing(old, flags(Source("vm.args", OLD.replace("9010", "9020") + "+sbwt none\n"))) == (
        "-kernel",
        "+sbwt",
    )
    assert differing(old, ()) == ("-sname", "+P", "-kernel", "-env", "-heart")
