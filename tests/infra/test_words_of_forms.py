"""What a form says where something was left out: what to do."""

from __future__ import annotations

import pytest
from django import forms


@pytest.mark.parametrize(("field", "words"), [
    (forms.CharField(), "请填写这一项"), (forms.DateField(), "请填写这一项"), (forms.IntegerField(), "请填写这一项"),
    (forms.ChoiceField(choices=[("a", "甲")]), "请选择一项"),
    (forms.MultipleChoiceField(choices=[("a", "甲")]), "请选择一项"),
    (forms.BooleanField(), "请勾选这一项"), (forms.FileField(), "请选择文件"),
    (forms.CharField(error_messages={"required": "请填写标题"}), "请填写标题"),
])
def test_what_was_left_out(field: forms.Field, words: str) -> None:
    with pytest.raises(forms.ValidationError) as said:
        field.clean(None)
    assert said.value.messages == [words]
