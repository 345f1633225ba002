"""The evidence bundle of a case (举证材料包): one .zip with a list, for the reconsideration organ or the court.

The organ that answered bears the burden of proof (行政复议法 第四十四条; 行政诉讼法 第三十四条、第六十七条). The
bundle holds this case's records and nothing else. What lies encrypted is decrypted one file at a time; only what the
person may open in its own room is enclosed, and what is not enclosed stands in the list with the reason.
"""

from gongkai.disputes.bundle.packing import Bundle, pack
from gongkai.disputes.bundle.pieces import PART_NAMES, Part
from gongkai.disputes.bundle.reasons import reason_for

__all__ = ["PART_NAMES", "Bundle", "Part", "pack", "reason_for"]
