"""The forms of the registers; each calls one action with what was typed."""
