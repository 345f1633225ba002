"""A password for the first sign-in, to be read out once."""

from __future__ import annotations

import secrets

# Without the letters and digits that are taken for one another when read aloud or copied by hand.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def one_time_password() -> str:
    """Twelve characters in three groups: about 59 bits."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))
