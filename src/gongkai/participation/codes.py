"""Secret codes of messages: the same kind of code as an application's, made from the form's token."""

from __future__ import annotations

from gongkai.applications import codes
from gongkai.core.errors import Refused
from gongkai.infra.keys import keyring
from gongkai.participation.models import Message
from gongkai.vault.models import Sealed
from gongkai.vault.rotation import KEEPERS


def code_for(message: Message) -> str:
    """The code of a message. Raises Refused "code-lost" when its key is no longer at hand."""
    for key in keyring().keys:
        code = codes.made(message.token, key)
        if message.code_digest in codes.digests(code):
            return code
    raise Refused("code-lost", "查询码是用已经停用的密钥生成的，无法再次显示；您手中的查询码仍然有效")


def found(number: str, code: str) -> Message | None:
    """The message with this number and code, however they were typed; None for any mistake, which is not told apart."""
    typed = "".join(number.split()).upper()
    rows = Message.objects.filter(code_digest__in=codes.digests(code)).select_related("agency", "publication")
    return next((one for one in rows if one.number.upper() == typed), None)


def rekey(row: Sealed, values: dict[str, str]) -> None:  # noqa: ARG001 - a keeper is given the values
    """After a change of the installation's key: the digests of the codes under the new one."""
    for message in Message.objects.filter(identity=row):
        try:
            digest = codes.digest(code_for(message))
        except Refused:
            continue
        Message.objects.filter(pk=message.pk).update(code_digest=digest)


KEEPERS.append(rekey)
