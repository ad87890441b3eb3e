"""D605 beam-missing: an .app file lists a module that was not built."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import D605
from relupc.model.diagnostic import Diagnostic, Subject
from relupc.model.product import Products
from relupc.model.spelling import module_name

ON = Products
NOTE = "a node that loads all code at its start stops with `load_failed`, and systools:make_tar makes no archive"


def check(products: Products) -> Iterator[Diagnostic]:
    for app in products.release.apps:
        for module in products.missing.get(app.name, ()):
            yield D605.at(
                module.span,
                f"`{module_name(module.name)}` is listed here, but has no file {module.name}.beam",
                path=app.directory,
                help="build again, or delete it here",
                notes=(NOTE,),
                subject=Subject(app.name, module.name),
            )
