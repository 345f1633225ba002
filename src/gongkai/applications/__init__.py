"""Disclosure on application (依申请公开): register, review, process, reply, archive (Art. 45)."""
