"""The command line: a shell over the library and the rooms. It starts in under 0.3 s and loads what a command needs."""
