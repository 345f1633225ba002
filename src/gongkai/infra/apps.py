from __future__ import annotations

from django.apps import AppConfig


class InfraConfig(AppConfig):
    name = "gongkai.infra"
    label = "infra"
