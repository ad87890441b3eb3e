"""Two steps of an upgrade, A to B and B to C -> the one from A to C, or why there is none."""
