"""Refusals that a person can act on."""

from __future__ import annotations


class ReadError(Exception):
    """A file that cannot be read as a report.

    `code` is stable (kebab-case, documented in docs/checks/unreadable.md); `message` is one Chinese
    sentence that says what was found, what was kept and what to do. Never carries a traceback to the user.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Refused(Exception):
    """A rule says no. `code` is stable (kebab-case); `message` is one Chinese sentence: why, and what to do.

    What differs from case to case stands in `values`, named in the `sentence` as %(name)s, so that a page can put the
    sentence into another language before filling it in.
    """

    def __init__(self, code: str, sentence: str, **values: object) -> None:
        message = sentence % values if values else sentence
        super().__init__(message)
        self.code = code
        self.message = message
        self.sentence, self.values = sentence, values


class WriteError(Exception):
    """A report that cannot be written in the format asked for. Same fields as ReadError; nothing was written."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
