"""The annual report: forms, readers, cells by their labels, checks, comparison, writers.

Import from the modules themselves; this package loads nothing, so that the command line starts at once.
"""
