#!/bin/sh
# The tests compare relupc with a real OTP and Elixir. Install Debian's where this may be done; else say what is missing.
set -eu
if command -v elixirc >/dev/null && command -v escript >/dev/null &&
    [ -d "$(dirname "$(readlink -f "$(command -v erl)")")/../lib" ]; then
    exit 0
fi
packages="erlang-nox erlang-dev elixir"
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $packages >/dev/null
else
    echo "No Erlang or no Elixir on PATH: the comparisons with a real one will be skipped." >&2
    echo "On Debian or Ubuntu: sudo apt-get install --no-install-recommends $packages" >&2
fi
