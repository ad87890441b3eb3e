from __future__ import annotations

from relupc.model.beam import FA, MFA
from relupc.model.fun import KeptFun


def test_the_same_fun_is_kept_once() -> None:
    kept = KeptFun("store", FA("init", 0), FA("tax", 1), 1, MFA("ets", "insert", 2), None, None)
    assert not kept.brief
    assert len({kept, kept._replace(helper=None), kept._replace(brief=True)}) == 2
