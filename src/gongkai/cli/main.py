"""`gongkai`: finds the command, runs it, and turns every failure into one line that a person can act on."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

from gongkai import __version__
from gongkai.cli.commands import COMMANDS

INTERRUPTED, FAILED, MISUSED = 130, 3, 2


def main(args: list[str] | None = None) -> None:
    """Run a command line and leave with its exit code."""
    args = sys.argv[1:] if args is None else args
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # not the stand-ins of tests
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(_run(args))


def _run(args: list[str]) -> int:
    if args == ["--version"]:  # answered before anything is imported
        print(f"gongkai {__version__}")
        return 0
    os.environ.setdefault("TYPER_USE_RICH", "0")  # its boxes know no Chinese, and loading it costs as much as a report
    import typer

    from gongkai.cli import words
    from gongkai.core.errors import ReadError, Refused, WriteError

    words.speak_chinese()
    try:
        code = _app()(args or ["--help"], prog_name="gongkai", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except typer.Abort:
        return INTERRUPTED
    except typer.TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":  # its message is the help page
            print(error.ctx.get_help(), file=sys.stderr)
            return MISUSED
        return _say(words.sentence(error), MISUSED)
    except (ReadError, Refused, WriteError) as error:
        return _say(error.message, MISUSED)
    except BrokenPipeError:
        # Whoever read us has enough (`| head`): nothing more can be said, not even by the interpreter at its exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return INTERRUPTED
    except OSError as error:
        name = f" {error.filename}" if error.filename else ""
        return _say(f"无法读写文件{name}：{words.os_reason(error)}", MISUSED)
    except Exception as error:
        if os.environ.get("GONGKAI_DEBUG"):
            raise
        name = type(error).__name__
        return _say(f"程序内部出错（{name}: {error}）；设 GONGKAI_DEBUG=1 再运行可看到详情。", FAILED)


def _say(sentence: str, code: int) -> int:
    print("gongkai: " + " ".join(sentence.split()), file=sys.stderr)
    return code


def _app() -> Any:
    """The group of all commands. Built in here, since Typer itself takes a third of the time of a start."""
    import typer
    from typer.core import TyperGroup

    from gongkai.cli.plain import Plain

    class Commands(Plain, TyperGroup):
        """Knows the commands by name and imports the one that is asked for."""

        def list_commands(self, _ctx: typer.Context) -> list[str]:  # type: ignore[override]
            return list(COMMANDS)

        def get_command(self, _ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]
            entry = COMMANDS.get(cmd_name)
            if entry is None:
                return None
            module, attribute = entry.place.split(":")
            alone = typer.Typer(add_completion=False)
            alone.add_typer(getattr(import_module(module), attribute), name=cmd_name)
            command: Any = typer.main.get_command(alone)
            found = command.commands[cmd_name]
            return found.commands.get(cmd_name, found)

        def format_commands(self, _ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]
            with formatter.section("Commands"):
                formatter.write_dl([(name, entry.help) for name, entry in COMMANDS.items()])

    app = typer.Typer(cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

    @app.callback()
    def gongkai(
        version: bool = typer.Option(False, "--version", help="显示版本后退出", callback=_version, is_eager=True),
    ) -> None:
        """公开：读取、核对、汇总政府信息公开工作年度报告。"""

    return typer.main.get_command(app)


def _version(asked: bool) -> None:
    if asked:
        import typer

        print(f"gongkai {__version__}")
        raise typer.Exit
