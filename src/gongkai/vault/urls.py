"""The desk's addresses of the vault."""

from __future__ import annotations

from django.urls import path

from gongkai.vault import views

app_name = "vault"
urlpatterns = [path("", views.looks, name="looks")]
