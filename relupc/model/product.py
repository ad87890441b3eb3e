"""What is built beside code: the files of a build, as far as rules ask about them."""

from __future__ import annotations

from collections.abc import Mapping

from relupc.model.build import Release
from relupc.model.term import Atom
from relupc.model.value import NamedTuple, dataclass, field


class Fit(NamedTuple):
    """Which OTP releases load a compiled module: `first` to `last`, as far as relupc knows OTP; why no other does.

    `by` is the OTP of the compiler, where it is known.
    """

    first: int
    last: int
    why: str
    by: int | None = None


class BeamFile(NamedTuple):
    """The file of a module, apart from what its code does. `has_attributes`: it has the chunk Attr."""

    path: str
    module: str
    md5: bytes
    has_attributes: bool
    fit: Fit


class Native(NamedTuple):
    """A native library below `priv`: its path, and the MD5 of its content."""

    path: str
    md5: bytes


class NativeCode(NamedTuple):
    """Of an application that loads native code: the `libraries` in its `priv` by name.

    `upgrades` says of modules whether their library has an upgrade callback, where the C source was found.
    """

    libraries: Mapping[str, Native]
    upgrades: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Products:
    """The files of a build, by application: the modules by name, those that the .app file lists and are `missing`.

    `natives` is there for applications that load native code only. `consolidated` are the protocols of Elixir in
    `releases/VSN`, by module. `elsewhere` are modules that code calls and no application of the release has, with the
    application that is known to have them. `otp` is the OTP that the build is made for; None if nothing says so.
    """

    release: Release
    beams: Mapping[str, Mapping[str, BeamFile]]
    missing: Mapping[str, tuple[Atom, ...]] = field(default_factory=dict)
    natives: Mapping[str, NativeCode] = field(default_factory=dict)
    consolidated: Mapping[str, BeamFile] = field(default_factory=dict)
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    otp: int | None = None

    @property
    def is_release(self) -> bool:
        """Whether this is a whole release; else it is one application, and nobody knows what else there will be."""
        return bool(self.release.erts)
