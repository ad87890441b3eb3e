"""An answer and what it depends on -> a file in the user's cache; a command as before -> the same answer from there.

docs/decisions/018-kept-answers.md says why it is made so.
"""

from __future__ import annotations

from relupc.remember.entry import Entry, entry_of, text_of, unchanged
from relupc.remember.key import key_of
from relupc.remember.shelf import drop_oldest, folder_for, load, opened, store, touch

__all__ = [
    "Entry",
    "drop_oldest",
    "entry_of",
    "folder_for",
    "key_of",
    "load",
    "opened",
    "store",
    "text_of",
    "touch",
    "unchanged",
]
