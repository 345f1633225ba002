from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "gongkai.ledger"
    label = "ledger"

    def ready(self) -> None:
        from gongkai.ledger import probes  # noqa: F401
