"""`seed_demo FACTS`: the sample city in an empty database."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings

from demo.__main__ import SHOWN
from demo.database import open_accounts, seed
from demo.this_year import YEAR, begin, file_naming
from engine.text import Place, Problem, Text
from evaluation.actor import Actor
from evaluation.models import Cycle, Unit, User
from indicators.command import SchemeCommand
from scoring.models import Run

_NOT_EMPTY = Text(
    "数据库里已有数据；示例城市只装入空数据库", "the database is not empty; the sample city goes into an empty one only"
)
_NO_FACTS = Text(
    "这里没有示例城市的数据；请先运行 python -m demo {facts}", "no sample city here; run python -m demo {facts} first"
)
_ACCOUNTS = Text("账号（口令只显示这一次）", "Accounts (passwords are shown this once)")
_ACCOUNT = Text("  {username}  {password}  {name}，{unit}，{role}", "  {username}  {password}  {name}, {unit}, {role}")
_MOST = 3  # shown of each category


class Command(SchemeCommand):
    """Fills an empty database for a demonstration."""

    help = "Two years of the sample city, scored under every scheme; a third under way; an account for each role."
    example = "seed_demo var/demo"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("facts", metavar="FACTS", help="the folder that python -m demo wrote")

    def handle(self, *args: Any, **options: Any) -> None:
        facts = Path(options["facts"])
        if any(model.objects.exists() for model in (Cycle, Unit, User)):
            self.refuse([Problem(Place(), _NOT_EMPTY)])
        if not facts.is_dir():
            self.refuse([Problem(Place(str(facts)), _NO_FACTS.format(facts=facts))])
        actor = Actor.at_command_line("seed_demo")
        schemes = [settings.BASE_DIR / "schemes" / f"{name}.yaml" for name in SHOWN]
        seed(schemes, facts, actor, self._tell)
        under_way = begin(schemes[0], f"{schemes[0].stem}-{YEAR - 1}", actor)
        self.stdout.write(self.say(_ACCOUNTS))
        for account in open_accounts(actor):
            self.stdout.write(self.say(_ACCOUNT.format(**account._asdict())))
        file_naming(under_way, "county")

    def _tell(self, run: Run) -> None:
        """The first places of each category."""
        self.stdout.write(f"■ {run.cycle}（{run.cycle.code}）")
        for category in run.cycle.categories.all():
            best = run.sheets.filter(category=category.code, place__isnull=False).order_by("place", "unit_code")[:_MOST]
            said = "　".join(f"{one.place} {one.unit_name} {one.total}" for one in best)
            if said:
                self.stdout.write(f"  {category.name}：{said}")
