"""Functions of law and report. No Django, no I/O beyond the file that is given."""
