"""`gongkai accounts …`: the first people of an installation, from the machine's own console."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(help="账号与岗位", no_args_is_help=True)


@app.callback()
def accounts() -> None:
    """账号与岗位。"""


@app.command("add")
def add(
    username: Annotated[str, typer.Argument(help="用户名")],
    name: Annotated[str, typer.Option(help="姓名")],
    agency: Annotated[str, typer.Option(help="机关全称")],
    role: Annotated[str, typer.Option(
        help="clerk contributor reviewer signatory head supervisor system_admin security_admin audit_admin",
    )],
    password: Annotated[str, typer.Option(
        prompt="密码", confirmation_prompt="再输一次", hide_input=True, help="不写则询问",
        envvar="GONGKAI_NEW_PASSWORD",
    )],
) -> None:
    """开设账号并任命岗位；用户名已有则只任命。"""
    from gongkai.infra.start import prepare

    prepare()
    from django.utils import timezone

    from gongkai.accounts import actions
    from gongkai.accounts.actor import machine
    from gongkai.accounts.models import Post, User
    from gongkai.core.errors import Refused

    console, now = machine("命令行"), timezone.now()
    where = Post._meta.get_field("agency").related_model.objects.filter(name=agency, valid_to__isnull=True).first()
    try:
        if where is None:
            raise Refused("unknown-agency", f"没有名为“{agency}”的现行机关，请先用 gongkai agencies add 登记")
        user = User.objects.filter(username=username).first() or actions.create_user(
            by=console, username=username, name=name, password=password, at=now,
        )
        actions.appoint(by=console, user=user, agency=where, role=role, on=timezone.localdate(now), at=now)
    except Refused as refused:
        typer.echo(refused.message, err=True)
        raise typer.Exit(1) from None
    typer.echo(f"已任命：{user.name}，{agency}，{role}")
