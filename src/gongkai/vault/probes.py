"""The vault's part of `gongkai doctor`."""

from __future__ import annotations

from gongkai.core.errors import Refused
from gongkai.infra.health import THOROUGH, Probe
from gongkai.infra.keys import keyring
from gongkai.vault import cipher
from gongkai.vault.models import Sealed, SealedFile

SAMPLE = 1000  # identities opened at each look; every one is asked for its key


def vault() -> Probe:
    """Every identity names a key that is at hand, and the newest and a spread of the others open."""
    keys, ids, total, unopened = keyring(), {key.id for key in keyring().keys}, 0, 0
    first = ""
    step = max(1, Sealed.objects.count() // SAMPLE)
    for row in Sealed.objects.order_by("-pk").iterator(chunk_size=500):
        try:
            for name, token in row.fields.items():
                if total % step == 0:
                    cipher.unseal(row.uuid, name, token, keys)
                else:
                    keys.find(token.partition(":")[0])
        except Refused as refused:
            unopened, first = unopened + 1, first or refused.message
        total += 1
    lost = sum(key.partition(":")[0] not in ids for key in SealedFile.objects.exclude(key="").values_list(
        "key", flat=True).iterator(chunk_size=500))
    if unopened or lost:
        return Probe("vault", False, f"{unopened} 份申请人身份、{lost} 个附件打不开。{first}".rstrip())
    looked = -(-total // step)
    return Probe("vault", True, f"申请人身份 {total} 份，抽查 {looked} 份都能打开，当前密钥 {keys.first.id}")


THOROUGH.append(vault)
