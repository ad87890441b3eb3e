"""Modules that people call and forget the application of: of OTP, and of what Elixir brings along for development."""

from __future__ import annotations

# Application: its modules, those of OTP 25 that other code calls.
_MODULES = """
asn1: asn1ct
common_test: ct ct_run
compiler: compile
crypto: crypto
debugger: debugger int
dialyzer: dialyzer
edoc: edoc
eldap: eldap
eunit: eunit
ftp: ftp
inets: httpc httpd inets
mnesia: mnesia
observer: etop observer ttb
os_mon: cpu_sup disksup memsup os_sup
parsetools: leex yecc
public_key: public_key
reltool: reltool
runtime_tools: dbg msacc scheduler system_information
sasl: rb release_handler systools
snmp: snmp snmpa snmpm
ssh: ssh ssh_sftp
ssl: ssl
syntax_tools: erl_syntax merl
tftp: tftp
tools: cover cprof eprof fprof lcnt make xref
wx: wx
xmerl: xmerl xmerl_sax_parser xmerl_scan xmerl_xpath
"""
_OF_OTP = {
    module: app
    for app, _, modules in (line.partition(":") for line in _MODULES.split("\n"))
    for module in modules.split()
}
_OF_ELIXIR = {"Mix": "mix", "ExUnit": "ex_unit", "IEx": "iex", "EEx": "eex", "Logger": "logger"}


def application_of(module: str) -> str | None:
    """The application that a module belongs to, if that is known for certain."""
    if module.startswith("Elixir."):
        return _OF_ELIXIR.get(module.split(".", 2)[1])
    return _OF_OTP.get(module)
