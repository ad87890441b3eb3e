"""Steps become events: names, applications, modules, causes."""

from __future__ import annotations

from relupc.model.term import Atom, tup
from relupc.view.events import called_by, started_or_stopped
from tests.timelines import entry, read, way


def test_numbers_and_names() -> None:
    events = way().events
    assert [event.n for event in events] == list(range(1, 22))
    assert [event.name for event in events if "code" in event.name][-1] == "code_change up"
    assert events[3].name == "point_of_no_return"


def test_causes_are_lines_of_appups_or_words() -> None:
    events = way().events
    assert [cause.words for cause in events[0].because] == ["new application"]
    [suspend] = [event for event in events if event.name == "suspend" and "store_db" in event.modules]
    places = [(cause.source.path.rpartition("/")[2], cause.line) for cause in suspend.because if cause.source]
    assert places == [("shop.appup", 6), ("store.appup", 4)]


def test_applications() -> None:
    apps = {event.name: event.app for event in way().events}
    assert apps["remove"] == "shop"
    assert apps["apply"] == "audit"
    script = '{load_object_code, {shop, "2", [cart]}}, point_of_no_return, {load, {cart, soft_purge, brutal_purge}}'
    assert [event.app for event in entry(f"{script}, {{remove, {{gone, a, b}}}}").events] == ["shop", "", "shop", ""]


def test_what_stands_still() -> None:
    script = "point_of_no_return, {suspend, [a, {b, 100}]}, {resume, [a]}, {suspend, [a]}, {resume, [b, a]}"
    assert [event.still for event in entry(script).events] == [False, True, True, True, False]


def test_calls() -> None:
    assert called_by(read("{apply, {m, f, [1, 2]}}")) == ("m", "f", (read("1"), read("2")))
    assert called_by(read("{apply, {m, f, [1 | 2]}}")) == ("m", "f", None)
    assert called_by(read("{load, {m, a, b}}")) is None
    assert started_or_stopped(read("{apply, {application, start, [shop, permanent]}}")) == ("shop", "start")
    assert started_or_stopped(read("{apply, {application, set_env, [shop, a, b]}}")) is None
    assert started_or_stopped(tup("apply", Atom("x"))) is None
