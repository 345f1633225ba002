"""Pages of letters: the public check of a code, the register, the templates."""
