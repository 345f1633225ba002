"""Typer's own words in Chinese: help pages and refusals of what was typed."""

from __future__ import annotations

import errno
import re
from collections.abc import Sequence

import typer

_HEADINGS = {"Options": "选项", "Arguments": "参数", "Commands": "命令"}
_PHRASES = (
    ("Show this message and exit.", "显示帮助后退出"), ("[default: ", "[默认："), ("[required]", "[必填]"),
    ("; required]", "；必填]"),
)
_METAVARS = (("[OPTIONS]", "[选项]"), ("COMMAND [ARGS]...", "命令 [参数]…"), ("{文件}...", "文件…"))
_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹", errno.EACCES: "没有权限", errno.EPERM: "没有权限", errno.ENOSPC: "磁盘已满",
    errno.EISDIR: "这是文件夹", errno.ENOTDIR: "路径中有一段不是文件夹", errno.EROFS: "磁盘是只读的",
    errno.ENAMETOOLONG: "文件名太长",
}

_HelpFormatter: type = typer.Context.formatter_class


class ChineseHelp(_HelpFormatter):  # type: ignore[misc]
    """Help pages with Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """用法：gongkai check …"""
        for english, chinese in _METAVARS:
            args = args.replace(english, chinese)
        super().write_usage(prog, args, prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        """选项："""
        self.write(f"{'':>{self.current_indent}}{_HEADINGS.get(heading, heading)}：\n")

    def write_dl(self, rows: Sequence[tuple[str, str]], *args: int, **kwargs: int) -> None:
        """The two columns of options and what they do."""
        super().write_dl([(_chinese(name), _chinese(text)) for name, text in rows], *args, **kwargs)


def speak_chinese() -> None:
    """Make every command of this process print Chinese help, those of other rooms included."""
    # The attribute is looked up on the context's base class, which all commands share.
    typer.Context.__mro__[1].formatter_class = ChineseHelp


def sentence(error: Exception) -> str:
    """What was wrong with what was typed, in one line."""
    kind, option = type(error).__name__, getattr(error, "option_name", "")
    parameter = getattr(error, "param", None)
    name = parameter.get_error_hint().strip("'") if parameter is not None else ""
    if kind in {"NoSuchOption", "BadOptionUsage"}:
        said = f"没有选项 {option}" if kind == "NoSuchOption" else f"选项 {option} 后面缺少内容"
    elif kind == "MissingParameter":
        said = f"缺少 {name}"
    elif kind == "BadParameter":
        said = f"{name or '参数'} {_unfit(str(getattr(error, 'message', '')))}"
    else:
        said = _usage(str(getattr(error, "message", error)))
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "gongkai"
    return f"{said}；用法见 {command} --help"


def os_reason(error: OSError) -> str:
    """Why the system refused, in Chinese where the reason is a usual one."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


def _unfit(message: str) -> str:
    """Why a value does not fit; the choices where there are some."""
    choices = re.search(r"is not one of (.+?)\.?$", message)
    if choices:
        return f"只能是 {choices[1].replace(chr(39), '').replace(', ', '、')}"
    return f"的内容不合要求（{message}）"


def _usage(message: str) -> str:
    """Typer's other refusals, recognised by their first words."""
    for english, chinese in (
        ("No such command", "没有这个命令"), ("Missing command", "缺少命令"),
        ("Got unexpected extra argument", "多余的参数"),
    ):
        if message.startswith(english):
            rest = message[len(english):].strip(" .s()")
            return f"{chinese} {rest}".strip()
    return message


def _chinese(text: str) -> str:
    for english, chinese in _PHRASES:
        text = text.replace(english, chinese)
    return text
