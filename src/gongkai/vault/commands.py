"""`gongkai vault …`: keys of the identities, from the machine's own console."""

from __future__ import annotations

import base64
import secrets
from typing import Annotated

import typer

app = typer.Typer(help="申请人身份的密钥", no_args_is_help=True)


@app.callback()
def vault() -> None:
    """申请人身份的密钥。"""


@app.command("new-key")
def new_key() -> None:
    """生成一把新密钥，显示在屏幕上；不保存。"""
    typer.echo(base64.b64encode(secrets.token_bytes(16)).decode("ascii"))


@app.command("rotate")
def rotate(dry_run: Annotated[bool, typer.Option("--dry-run", help="只数，不改")] = False) -> None:
    """用 GONGKAI_VAULT_KEY 里的第一把密钥重新加密全部身份信息和两步验证；中断后可以再次运行。"""
    from gongkai.infra.start import prepare

    prepare()
    from django.core.exceptions import PermissionDenied
    from django.utils import timezone

    from gongkai.accounts.actions import seal_second_factors_again
    from gongkai.accounts.actor import machine
    from gongkai.core.errors import Refused
    from gongkai.infra.keys import keyring
    from gongkai.vault import rotation

    if dry_run:
        rows, files = (sum(1 for _ in found) for found in rotation.stale())
        typer.echo(f"当前密钥 {keyring().first.id}；待重新加密：身份 {rows} 份，附件 {files} 个")
        return
    try:
        rows, files = rotation.rotate(
            by=machine("命令行"), at=timezone.now(),
            told=lambda done: typer.echo(f"已完成 {done}", err=True) if done % 1000 == 0 else None,
        )
        factors = seal_second_factors_again(by=machine("命令行"), at=timezone.now())
    except (Refused, PermissionDenied) as refused:
        typer.echo(str(refused), err=True)
        raise typer.Exit(1) from None
    typer.echo(
        f"已用密钥 {keyring().first.id} 重新加密：身份 {rows} 份，附件 {files} 个，两步验证 {factors} 份。"
        "确认 gongkai doctor 正常、旧备份不再需要之后，才可以去掉旧密钥"
    )
