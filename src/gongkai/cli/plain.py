"""Commands whose parameters are texts, flags and choices: nothing that needs Typer's validation library.

Typer loads pydantic for the first parameter it converts, which costs a third of a start; texts need no converting.
"""

from __future__ import annotations

from enum import Enum
from typing import Any

import typer
from typer.core import TyperCommand


class Plain:
    """Mixed into a Typer command or group: parameters are taken as typed, choices as members of their enum."""

    def get_params(self, ctx: typer.Context) -> list[Any]:
        """All parameters, --help included, each with our converter in place of Typer's."""
        parameters: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for parameter in parameters:
            # Where Typer keeps the converter once it has made one; tests see to it that it stays so.
            parameter._runtime_param = _AsTyped(parameter.type_descriptor.annotation)
        return parameters


class PlainCommand(Plain, TyperCommand):
    """A command of that kind."""


class _AsTyped:
    """A converter that only knows choices."""

    def __init__(self, annotation: Any) -> None:
        self._choices = annotation if isinstance(annotation, type) and issubclass(annotation, Enum) else None

    def coerce(self, value: Any, *, param: Any, ctx: Any) -> Any:
        """The value, or the member of the choices that it names. Raises BadParameter for any other name."""
        if self._choices is None or value is None or isinstance(value, self._choices):
            return value
        try:
            return self._choices(value)
        except ValueError:
            known = ", ".join(repr(str(choice.value)) for choice in self._choices)
            raise typer.BadParameter(f"{value!r} is not one of {known}.", ctx=ctx, param=param) from None
