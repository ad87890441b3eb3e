"""Bytes and text in, nouns out: everything that opens what a user names."""
