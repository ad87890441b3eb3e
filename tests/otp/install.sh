#!/bin/sh
# The tests compare relupc with a real OTP. Install Debian's where this may be done; else say what is missing.
set -eu
if command -v escript >/dev/null && [ -d "$(dirname "$(readlink -f "$(command -v erl)")")/../lib" ]; then
    exit 0
fi
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends erlang-nox erlang-dev >/dev/null
else
    echo "No Erlang on PATH: the comparisons with a real OTP will be skipped." >&2
    echo "On Debian or Ubuntu: sudo apt-get install --no-install-recommends erlang-nox erlang-dev" >&2
fi
