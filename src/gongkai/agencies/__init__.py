"""The tree of agencies, with kinds, levels, validity dates and successors."""
