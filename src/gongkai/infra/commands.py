"""`gongkai serve` and `gongkai doctor`."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

app = typer.Typer(help="运行与自检", no_args_is_help=True)


@app.command("serve")
def serve(
    host: Annotated[str, typer.Option(help="监听地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="监听端口", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="网页进程数", min=1, max=64)] = 1,
) -> None:
    """启动网站和后台读取程序；按 Ctrl-C 停止。"""
    from gongkai.core.errors import Refused
    from gongkai.infra import serve as serving
    from gongkai.infra.start import prepare

    try:
        port = serving.free_port(host, port)
    except Refused as refused:
        typer.echo(refused.message, err=True)
        raise typer.Exit(1) from None
    prepare()
    raise typer.Exit(serving.serve(
        host=host, port=port, workers=workers,
        ready=lambda: typer.echo(f"已启动：http://{host}:{port}/（按 Ctrl-C 停止）"),
    ))


@app.command("doctor")
def doctor(as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出")] = False) -> None:
    """自检：数据库、结构、文件夹、台账和各项登记是否一致；有问题则退出码为 1。"""
    from gongkai.infra.start import prepare

    prepare(migrate=False)
    from gongkai.infra import health

    found = health.examine(thorough=True)
    if as_json:
        typer.echo(json.dumps([asdict(probe) for probe in found], ensure_ascii=False))
    else:
        for probe in found:
            typer.echo(f"{'正常' if probe.well else '异常'}  {probe.sentence}")
    if not all(probe.well for probe in found):
        raise typer.Exit(1)
