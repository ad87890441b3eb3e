"""The nouns of relupc: plain immutable values that know where they were written; no files, no printing."""
