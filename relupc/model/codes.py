"""The table of everything relupc can say: code, name, default severity, title.

A code is never used for anything else later. The letter is the artefact that has to be changed: T the text,
A the appup, R the release. R1xx is what only `compile` can refuse.
"""

from relupc.model.diagnostic import Code

T001 = Code("T001", "syntax-error", "error", "not an Erlang term")
T002 = Code("T002", "encoding", "error", "text in another encoding")
T003 = Code("T003", "unreadable-file", "error", "cannot read a file")
T007 = Code("T007", "too-big-to-read", "error", "too big or too deep to read")
T008 = Code("T008", "bad-argument", "error", "bad argument")

A001 = Code("A001", "appup-unreadable", "error", "not an appup")
A002 = Code("A002", "appup-version-mismatch", "error", "appup for another version")
A003 = Code("A003", "upgrade-entry-missing", "error", "no upgrade from this version")
A004 = Code("A004", "downgrade-entry-missing", "warning", "no downgrade")
A008 = Code("A008", "version-key-bad-type", "error", "bad version pattern")
A009 = Code("A009", "version-pattern-not-portable", "error", "version pattern that relupc does not read")
A101 = Code("A101", "unknown-instruction", "error", "bad instruction")
A102 = Code("A102", "module-not-in-app", "error", "module in no application")
A103 = Code("A103", "module-listed-twice", "error", "two instructions for one module")
A104 = Code("A104", "depmod-without-instruction", "error", "unknown module in a dependency list")
A107 = Code("A107", "low-level-sequence-broken", "error", "broken sequence of low-level instructions")
A112 = Code("A112", "object-code-version-conflict", "error", "two versions of one application's code")
A113 = Code("A113", "application-not-in-release", "error", "instruction for an application that is not there")
A114 = Code("A114", "removed-application-stays", "error", "application removed, but still in the release")

R002 = Code("R002", "appup-missing-for-changed-app", "error", "no appup for a changed application")
R004 = Code("R004", "sasl-not-in-release", "error", "release without sasl")
R018 = Code("R018", "module-in-two-apps", "error", "module listed twice")
R101 = Code("R101", "release-malformed", "error", "not a release file")
R102 = Code("R102", "mandatory-application", "error", "kernel and stdlib must be permanent")
R103 = Code("R103", "application-not-found", "error", "application not found")
R104 = Code("R104", "application-version-not-found", "error", "application not found in this version")
R105 = Code("R105", "app-file-malformed", "error", "bad .app file")
R106 = Code("R106", "application-name-mismatch", "error", ".app file of another application")
R107 = Code("R107", "include-not-declared", "error", "included application not declared")
R108 = Code("R108", "undefined-application", "error", "application not in the release")
R109 = Code("R109", "registered-name-twice", "error", "name registered twice")
R110 = Code("R110", "application-included-twice", "error", "application included twice")
R111 = Code("R111", "circular-applications", "error", "circular dependency among applications")
R112 = Code("R112", "circular-includes", "error", "applications that include each other")
R113 = Code("R113", "emulator-version-changed", "warning", "the emulator version changes")
R114 = Code("R114", "pre-r15-sasl", "warning", "old sasl decides the restart")
R115 = Code("R115", "warnings-as-errors", "error", "warnings count as errors")
R116 = Code("R116", "file-not-written", "error", "cannot write a file")
R117 = Code("R117", "relup-out-of-date", "error", "relup is not up to date")
R118 = Code("R118", "application-found-twice", "note", "application in two places")
R119 = Code("R119", "unsafe-application-name", "error", "application name that is no file name")
R120 = Code("R120", "relup-unreadable", "error", "relup that OTP could not read")
R121 = Code("R121", "no-old-release", "warning", "relup that leads nowhere")
