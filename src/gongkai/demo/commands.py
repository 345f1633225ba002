"""`gongkai demo [FOLDER]`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="示范县")
FIRST_PORT = 8000


@app.command("demo")
def demo(
    folder: Annotated[Path | None, typer.Argument(help="另外导入这个文件夹里的年报文件")] = None,
    host: Annotated[str, typer.Option(help="监听地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="监听端口；被占用则用下一个", min=1, max=65000)] = FIRST_PORT,
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="建好后启动网站")] = True,
) -> None:
    """启动示范县：约三十个虚构机关、三年年报，数据在 .var/demo；再次启动不丢失任何内容。"""
    if folder is not None and not folder.is_dir():
        typer.echo(f"没有文件夹 {folder}", err=True)
        raise typer.Exit(2)
    # The demonstration never touches the office's own database or folder.
    for name in ("GONGKAI_DATABASE_URL", "GONGKAI_DATABASE_URL_FILE", "GONGKAI_PRODUCTION"):
        os.environ.pop(name, None)
    os.environ.setdefault("GONGKAI_DATA", str(Path.cwd() / ".var" / "demo"))
    os.environ.setdefault("GONGKAI_LOG_LEVEL", "WARNING")
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.settings.demo"
    from gongkai.core.errors import Refused
    from gongkai.infra.start import prepare

    prepare()
    try:
        _make(folder, read_now=not serve)
        if serve:
            _serve(host, port)
    except Refused as refused:
        typer.echo(refused.message, err=True)
        raise typer.Exit(1) from None


def _make(folder: Path | None, *, read_now: bool) -> None:
    from django.utils import timezone

    from gongkai.demo import build

    build.build(at=timezone.now(), say=_say)
    if folder is None:
        return
    batch = build.import_folder(folder, at=timezone.now(), say=_say)
    if batch is not None and read_now:
        build.read_waiting(batch, at=timezone.now())


def _serve(host: str, port: int) -> None:
    from gongkai.demo.build import PASSWORD
    from gongkai.infra import serve

    chosen = serve.free_port(host, port, tries=50)
    if chosen != port:
        _say(f"端口 {port} 已被占用，改用 {chosen}")
    address = f"http://{host}:{chosen}/"

    def ready() -> None:
        typer.echo(
            f"\n示范县已就绪（数据在 {os.environ['GONGKAI_DATA']}，全为虚构）\n\n"
            f"  网址    {address}\n"
            f"  公众    无需登录\n"
            f"  经办人  用户名 clerk       密码 {PASSWORD}\n"
            f"  监督员  用户名 supervisor  密码 {PASSWORD}\n"
            f"  审核人 reviewer、签发人 leader、负责人 head、科室 section，密码相同\n\n"
            f"按 Ctrl-C 停止；再次运行 ./run 数据都在。"
        )

    raise typer.Exit(serve.serve(host=host, port=chosen, ready=ready))


def _say(words: str) -> None:
    typer.echo(words, err=True)
