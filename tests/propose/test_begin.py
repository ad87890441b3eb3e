"""relupc.propose.begin: when a new child is started."""

from __future__ import annotations

from tests.propose.ways import SERVER, supervisor, written

START = "{apply, {supervisor, restart_child, [shop_sup, shop_audit]}}"
AUDIT = SERVER + "note() -> ok.\n"
CALLS = "f() -> shop_audit:note().\n"
IDLE = "f() -> ok.\n"
OLD = {"shop_sup": supervisor("shop_till"), "shop_till": SERVER}
NEW = {**OLD, "shop_sup": supervisor("shop_till", "shop_audit"), "shop_audit": AUDIT}


def loads(*names: str) -> list[str]:
    return [f"{{load_module, {name}}}" for name in names]


def between(old: dict[str, str], new: dict[str, str]) -> list[str]:
    """What comes behind the added modules."""
    return [one for one in written({**OLD, **old}, {**NEW, **new}) if not one.startswith("{add_module")]


def test_before_the_code_that_calls_it() -> None:
    """Its supervisor comes first, whatever the names say."""
    sup = "{update, shop_sup, supervisor}"
    assert between({"shop_a": IDLE}, {"shop_a": CALLS}) == [sup, START, *loads("shop_a")]
    helper = {"shop_a": "f() -> shop_help:f().\n", "shop_help": CALLS}
    assert between({"shop_a": IDLE}, helper) == [sup, START, *loads("shop_a")]


def test_behind_the_code_that_it_calls() -> None:
    audit = {"shop_audit": AUDIT + "g() -> shop_words:f().\n", "shop_words": IDLE + "g() -> 1.\n"}
    found = between({"shop_a": IDLE, "shop_words": IDLE}, {"shop_a": CALLS, **audit})
    assert found[1:] == [*loads("shop_words"), START, *loads("shop_a")]


def test_last_where_nothing_new_calls_it() -> None:
    assert between({"shop_z": IDLE}, {"shop_z": "f() -> no.\n"})[-1] == START
    assert between({"shop_z": CALLS}, {"shop_z": CALLS + "g() -> 1.\n"})[-1] == START


def test_last_where_it_needs_its_callers() -> None:
    audit = {"shop_audit": AUDIT + "g() -> shop_z:f().\n"}
    assert between({"shop_z": IDLE}, {"shop_z": CALLS, **audit})[-2:] == [*loads("shop_z"), START]


def test_children_keep_the_order_of_their_supervisor() -> None:
    """The one before it is started as early as it can be, too."""
    both = {"shop_sup": supervisor("shop_till", "shop_log", "shop_audit"), "shop_log": SERVER}
    found = between({"shop_z": IDLE}, {"shop_z": CALLS, **both})
    assert found[1:] == [START.replace("shop_audit", "shop_log"), START, *loads("shop_z")]
    words = {"shop_log": SERVER + "f() -> shop_z:f().\n"}
    late = between({"shop_z": IDLE}, {"shop_z": CALLS, **both, **words})
    assert late[1:] == [*loads("shop_z"), START.replace("shop_audit", "shop_log"), START]


def test_the_processes_below_a_new_supervisor() -> None:
    below = supervisor("shop_audit").replace("shop_sup", "shop_new_sup")
    new = {"shop_a": CALLS, "shop_sup": supervisor("shop_till", "shop_new_sup"), "shop_new_sup": below}
    assert between({"shop_a": IDLE}, new)[1:] == [START.replace("shop_audit", "shop_new_sup"), *loads("shop_a")]


def test_a_child_that_goes_is_stopped_behind_the_code_that_calls_it() -> None:
    """What it calls itself stays until then."""
    words = {"shop_audit": AUDIT + "g() -> shop_help:f().\n", "shop_help": IDLE}
    old = {**NEW, **words, "shop_z": CALLS}
    found = written(old, {**OLD, "shop_z": IDLE, "shop_help": "f() -> no.\n"})
    stops = [START.replace("restart", verb) for verb in ("terminate", "delete")]
    assert found == [
        *loads("shop_z"),
        *stops,
        "{update, shop_sup, supervisor}",
        *loads("shop_help"),
        "{delete_module, shop_audit}",
    ]
