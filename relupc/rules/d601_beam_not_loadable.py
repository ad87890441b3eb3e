"""D601 beam-not-loadable: a module made for another OTP is refused when it is loaded, and the upgrade with it."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import D601
from relupc.model.diagnostic import Diagnostic, Subject
from relupc.model.product import Products
from relupc.model.spelling import module_name

ON = Products
NOTE = "such a module is refused with `badfile` when it is loaded: after the point of no return, so the node restarts"


def check(products: Products) -> Iterator[Diagnostic]:
    otp = products.otp
    if otp is None:
        return
    for app, beams in sorted(products.beams.items()):
        unfit = [beam for _, beam in sorted(beams.items()) if not beam.fit.first <= otp <= beam.fit.last]
        if not unfit:
            continue
        first = unfit[0]
        fit = first.fit
        needs = f"needs OTP {fit.first}" if otp < fit.first else f"needs an OTP up to {fit.last}"
        more = f", and so do {len(unfit) - 1} more modules of it" if len(unfit) > 1 else ""
        yield D601.at(
            None,
            f"`{module_name(first.module)}` {needs}, but the release runs OTP {otp}: {fit.why}{more}",
            path=first.path,
            help=f"compile it with OTP {otp}" + (f"; this was OTP {fit.by}" if fit.by and fit.by != otp else ""),
            notes=(NOTE,),
            subject=Subject(app, first.module),
        )
