"""Which papers an applicant can have at the counter, and what they say (Arts. 31, 33, 40, 45). No Django."""

from __future__ import annotations

from gongkai.applications.states import State
from gongkai.core.errors import Refused

_IN_PERSON = "in_person"
_REPLIED = frozenset({State.SERVED, State.ARCHIVED})


def receipt(state: str, *, imported: bool) -> None:
    """Raises Refused: receipt-imported, receipt-split."""
    if imported:
        raise Refused("receipt-imported", "这件申请是从台账导入的，当时的回执以原件为准，没有另出回执")
    if state == State.SPLIT:
        raise Refused("receipt-split", "这件申请已经拆分，请到拆分出的各件出具回执")


def what_comes_next(state: str, *, coded: bool) -> str:
    """The receipt's last words: the confirmation that is still to come, and how to follow it."""
    said = []
    if state == State.RECEIVED:
        said.append("本机关将与申请人联系，双方确认之日为收到申请之日，答复期限从该日起计算（条例第三十一条）")
    if coded:
        said.append("凭申请编号和查询码可以在网上查询办理进度、补正、下载答复；查询码请妥善保管，不要告诉他人")
    return "；".join(said)


def service_receipt(state: str, *, way: str, delivery: str) -> None:
    """`way` is how it was served, "" before; `delivery` what the applicant chose. Post is proved by its own number.

    Raises Refused: service-receipt-early, service-receipt-way.
    """
    if way:
        if way != _IN_PERSON:
            raise Refused(
                "service-receipt-way",
                "答复不是当面送达的，用邮件号或者发送记录证明，不用送达回证；没有出具（第四十五条）",
            )
        return
    if state != State.SIGNED:
        raise Refused("service-receipt-early", "答复签发以后才能出具送达回证；没有出具（第四十五条）")
    if delivery != _IN_PERSON:
        raise Refused(
            "service-receipt-way",
            "申请人没有选择自行领取；当面送达的，先登记送达，再出具送达回证；没有出具（第四十条、第四十五条）",
        )
