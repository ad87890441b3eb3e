from __future__ import annotations

import pytest

from relupc.model.term import Atom, Str, Tuple, Unknown, tup
from relupc.read.template import filled, is_version


@pytest.mark.parametrize("text", ["{{vsn}}", "{{{vsn}}}", "{{ VSN }}", "%VSN%", "@VERSION@", "${vsn}"])
def test_the_version(text: str) -> None:
    assert filled(tup(Str(text), "up"), Str("1.4.0"), text) == tup(Str("1.4.0"), "up")
    assert filled(Str(text), Unknown("VSN"), text) == Unknown(text)


@pytest.mark.parametrize("text", ["{{dynomite_vsn}}", "1.{{minor}}", "%OLD%"])
def test_something_else(text: str) -> None:
    assert filled(Str(text), Str("1.4.0"), text) == Unknown(text)


@pytest.mark.parametrize("text", ["1.4.0", "100%", "a@b", "{vsn}", "{{}}", "%%", "{{" * 1000])
def test_no_template(text: str) -> None:
    assert filled(Str(text), Str("1.4.0"), text + "{{vsn}}") == Str(text)


def test_a_tuple_that_was_meant_for_mustache() -> None:
    whole = Tuple((tup(tup("vsn")), Atom("a")))
    assert filled(whole, Str("1.4.0"), "{{{vsn}}, a}") == Tuple((Str("1.4.0"), Atom("a")))


def test_versions_of_an_app_src() -> None:
    assert is_version("1.4.0")
    assert not any(map(is_version, ("git", "semver", "{{vsn1}}", "%VSN%", "")))
