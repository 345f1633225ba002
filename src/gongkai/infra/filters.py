"""What narrows a list. The filter stands in the address, so that it can be kept and sent to a colleague."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

ALL = ("", _("全部"))


class FilterForm(forms.Form):
    """A value that does not parse filters nothing: an old address must still open.

    `q` is the field for words. `FIRST` are always in sight, `MORE` stand below 更多条件; of both, a field that offers
    nothing to choose between is left out. Choosing applies at once where scripts run (`data-apply`).
    """

    FIRST: ClassVar[tuple[str, ...]] = ()
    MORE: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self, data: Any, *, words: Mapping[str, Mapping[Any, Any] | Iterable[Any]] | None = None,
        rows: Mapping[str, Any] | None = None, **more: Any,
    ) -> None:
        """`words`: for a field of choices, its values with their names, or bare values; 全部 comes first.
        `rows`: for a field of rows, the rows that this person may choose from."""
        super().__init__(data, **more)
        for name, offered in (words or {}).items():
            pairs = offered.items() if isinstance(offered, Mapping) else ((one, one) for one in offered)
            choices = [ALL, *((str(key), _now(str(word))) for key, word in pairs)]
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        for name, queryset in (rows or {}).items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]
        for name, field in self.fields.items():
            if name != "q" and not field.widget.is_hidden:
                field.widget.attrs["data-apply"] = ""
        self.is_valid()

    def said(self, name: str) -> Any:
        """What was chosen; nothing where it did not parse."""
        return self.cleaned_data.get(name) or ""

    @property
    def narrowed(self) -> bool:
        """Whether anything but the order was chosen."""
        return any(value for name, value in self.cleaned_data.items() if name != "sort")

    @cached_property
    def first(self) -> list[forms.BoundField]:
        """The filters that are always in sight."""
        return self._offering(self.FIRST)

    @cached_property
    def more(self) -> list[forms.BoundField]:
        """The others. Kept: whether rows offer a choice is a question to the database."""
        return self._offering(self.MORE)

    @property
    def more_used(self) -> bool:
        """Whether one of the others narrows the list now."""
        return any(self.cleaned_data.get(name) for name in self.MORE)

    def _offering(self, names: Iterable[str]) -> list[forms.BoundField]:
        """The fields that offer more than 全部 and one other, or are in use."""
        return [self[name] for name in names
                if self.cleaned_data.get(name) or len(self.fields[name].choices) > 2]  # type: ignore[attr-defined]
