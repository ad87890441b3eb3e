"""An .app or .app.src file by itself -> what is wrong with it."""

from __future__ import annotations

import os

from relupc.api.asked import asked_otp
from relupc.api.found import Found
from relupc.model.codes import R105
from relupc.model.diagnostic import Subject
from relupc.model.otp import OLDEST_OTP, otp_says
from relupc.model.outcome import Options
from relupc.model.source import Source
from relupc.model.term import tup
from relupc.read.app import faults_before_build, read_app
from relupc.read.file import Unreadable, read_source
from relupc.read.text import read_first


def app_values(path: str, options: Options, found: Found) -> None:
    """Read an .app or .app.src file and report what is wrong with it."""
    otp = asked_otp(options, found.problems) or OLDEST_OTP
    found.files.append(path)
    source = read_source(path, texts=options.texts)
    term = read_first(source, otp) if isinstance(source, Source) else source
    if isinstance(term, Unreadable):
        found.problems.add(term.diagnostic)
        return
    name, from_build = os.path.basename(path).removesuffix(".src").removesuffix(".app"), path.endswith(".app")
    faults = read_app(term, otp) if from_build else faults_before_build(term, otp)
    for fault in faults if isinstance(faults, list) else ():
        reason = otp_says("systools_make", tup("error_reading", tup(name, fault.reason))) if from_build else None
        label, advice, about = fault.label, fault.help, Subject(name)
        found.problems.add(R105.at(fault.span, label, path=path, help=advice, subject=about, otp=reason))
