"""`create_administrator`: the first account, and the link by which its password is chosen."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse

from engine.text import Text
from evaluation import command as base
from evaluation.actor import Actor
from evaluation.address import address_of
from evaluation.services.access import GOOD_FOR, open_administrator
from evaluation.verdict import Refused

_MADE = Text(
    "系统管理员 {username} 已建立。一次性链接（只显示这一次，{hours} 小时内有效，用它设定密码）：",
    "The account of the system administrator {username} is open. One-time link to choose its password "
    "(shown this once, good for {hours} hours):",
)


class Command(base.Command):
    """Opens the account of a system administrator, without a password."""

    help = "Open the account of the first system administrator; prints once a link by which the password is chosen."
    example = "create_administrator --username admin --name 王工"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--username", required=True, help="how the administrator signs in")
        parser.add_argument("--name", required=True, help="full name")
        parser.add_argument("--url", default=address_of(), help="where people reach the product (default: %(default)s)")
        parser.add_argument(
            "--again", action="store_true", help="though there is one: another account, or a new link for this one"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            key = open_administrator(
                username=options["username"], name=options["name"], again=options["again"],
                actor=Actor.at_command_line("create_administrator"),
            )  # fmt: skip
        except Refused as refused:
            self.refuse([refused.reason])
        except ValidationError as wrong:
            self.refuse(Text(said, said) for said in wrong.messages)
        hours = GOOD_FOR.total_seconds() // 3600
        self.stdout.write(self.say(_MADE.format(username=options["username"], hours=int(hours))))
        self.stdout.write(f"{options['url'].rstrip('/')}{reverse('choose_password')}?key={key}")
