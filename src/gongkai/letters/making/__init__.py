"""The built-in templates are made here: words in `procedure` and `replies`, look in `sheet`, files by `build`."""
