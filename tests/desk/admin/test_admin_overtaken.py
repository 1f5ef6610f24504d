"""Two persons change one row: the second is told what the first has changed, loses nothing, and decides."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from html import unescape

import pytest
from django.contrib import admin
from django.test import Client

from desk.admin import registers
from desk.admin.base import Kept
from evaluation.actor import Actor
from evaluation.models import Acting, AuditEntry, Category, Cycle, Decision, EvaluatedUnit, Membership, Unit
from evaluation.services.registry import Overtaken, keep_evaluated_unit, keep_unit, values_of
from evaluation.verdict import Refused
from indicators.models import Series
from tests.desk.admin.forms import changed, fields_in, opened, sent
from tests.desk.admin.test_admin_access import MODELS

HEAD = Actor("主任", "test")


@pytest.fixture
def head(sign_in) -> Client:
    return sign_in("office_head")


BOTH = "别人已改为“{}”，您填的是“{}”。"
THEIRS = "别人已把“{1}”改为“{0}”，您没有改动，现已照此填入。"


def cases(city) -> dict:
    """For each register: a row, a field, what the first sends, what the second sends, and what the second is told."""
    held = Membership.objects.get(role="liaison")
    return {
        city.unit: ("name", "审计一局", "审计二局", BOTH.format("审计一局", "审计二局")),
        city.people["liaison"]: ("name", "李华", "李花", BOTH.format("李华", "李花")),
        held: ("active", "", "on", THEIRS.format("否", "是")),  # of a yes and a no one of the two leaves it as it was
        city.cycle: ("title", "甲", "乙", BOTH.format("甲", "乙")),
        city.evaluated: ("groups", "甲、乙", "丙", BOTH.format("乙、甲", "丙")),
        city.decision: ("document", "", "b.pdf", BOTH.format("（空）", "b.pdf")),
        city.day: ("works", "on", "", THEIRS.format("是", "否")),
        city.series: ("value", "6.10", "7", BOTH.format("6.1", "7")),
        city.last: ("place", "2", "3", BOTH.format("2", "3")),
        city.factor: ("value", "1.10", "1.2", BOTH.format("1.1", "1.2")),
    }


def errors(response) -> str:
    """What the page says is wrong."""
    return unescape(" ".join(re.findall(r'<ul class="errorlist.*?</ul>', response.content.decode(), re.DOTALL)))


def stored(row) -> dict:
    return values_of(type(row).objects.get(pk=row.pk), [one.name for one in row._meta.concrete_fields])


def test_in_every_register_the_second_of_two_is_told_both_values_and_decides(city, office, head):
    Decision.objects.update(document="a.pdf")
    rows = cases(city)
    kept = {m for m in MODELS if isinstance(registers._registry[m], Kept)}
    assert {type(row) for row in rows} == kept - {Acting}  # which only ever ends sooner, whoever says so
    for row, (name, first, second, told) in rows.items():
        mine, theirs = opened(office, row), opened(head, row)
        assert sent(head, row, theirs | {name: first}).status_code == 302
        after = stored(row)
        refused = sent(office, row, mine | {name: second})
        assert (refused.status_code, stored(row)) == (200, after), row
        assert "还没有保存您的内容" in errors(refused)
        assert told in errors(refused), row
        assert sent(office, row, fields_in(refused)).status_code == 302, (row, errors(refused))
        assert (stored(row) == after) is told.startswith("别人已把"), "who had not touched it leaves it as it is now"
    assert EvaluatedUnit.objects.get(pk=city.evaluated.pk).groups == ["丙"]
    assert Series.objects.get(pk=city.series.pk).value == Decimal(7)


def test_what_the_second_has_not_touched_stands_as_the_first_left_it_and_what_he_has_is_kept(city, office, head):
    other = Category.objects.create(cycle=city.cycle, set_code="s", code="b", name="乙类", position=1)
    mine, theirs = opened(office, city.evaluated), opened(head, city.evaluated)
    sent(head, city.evaluated, theirs | {"category": other.pk, "leader": "王", "listed_separately": "on"})
    refused = sent(office, city.evaluated, mine | {"headcount": "7", "leader": "李"})
    assert "别人已把“甲类”改为“乙类”，您没有改动，现已照此填入。" in errors(refused)
    assert "别人已把“否”改为“是”" in errors(refused)
    assert "别人已改为“王”，您填的是“李”。" in errors(refused)
    assert "headcount" not in errors(refused)
    again = fields_in(refused)
    assert (again["category"], again["listed_separately"], again["leader"]) == (str(other.pk), "on", "李")
    assert sent(office, city.evaluated, again).status_code == 302
    row = EvaluatedUnit.objects.get(pk=city.evaluated.pk)
    assert (row.category, row.listed_separately, row.leader, row.headcount) == (other, True, "李", 7)


def test_a_choice_an_object_and_several_are_called_by_their_names(city, office, head):
    more = Unit.objects.create(code="X1", name="老局")
    mine, theirs = opened(office, city.unit), opened(head, city.unit)
    sent(head, city.unit, theirs | {"kind": "park", "parent": city.office.pk, "predecessors": [more.pk]})
    refused = sent(office, city.unit, mine | {"kind": "county", "predecessors": [more.pk, city.office.pk]})
    for told in (
        BOTH.format("园区", "县（市、区）"),
        THEIRS.format("市绩效办", "（空）"),
        BOTH.format("老局", "市绩效办、老局"),
    ):
        assert told in errors(refused), errors(refused)
    assert fields_in(refused)["parent"] == str(city.office.pk)
    assert sent(office, city.unit, fields_in(refused)).status_code == 302
    assert (Unit.objects.get(pk=city.unit.pk).kind, city.unit.predecessors.count()) == ("county", 2)


def test_connections_that_the_second_has_not_touched_are_taken_over_too(city, office, head):
    mine, theirs = opened(office, city.unit), opened(head, city.unit)
    sent(head, city.unit, theirs | {"predecessors": [city.office.pk]})
    refused = sent(office, city.unit, mine | {"name": "新名"})
    assert fields_in(refused)["predecessors"] == [str(city.office.pk)]
    assert sent(office, city.unit, fields_in(refused)).status_code == 302
    assert (Unit.objects.get(pk=city.unit.pk).name, city.unit.predecessors.count()) == ("新名", 1)


def test_a_clash_is_told_in_english_too(city, office, head):
    office.post("/language/", {"language": "en"})
    mine, theirs = opened(office, city.unit), opened(head, city.unit)
    sent(head, city.unit, theirs | {"name": "A", "kind": "park"})
    said = errors(sent(office, city.unit, mine | {"name": "B"}))
    assert "nothing of yours is saved yet" in said
    assert "Somebody else wrote “A”, you wrote “B”." in said
    assert "Somebody else changed “not said” into “park”; you had not touched it" in said


def test_d1_a_clash_is_a_refusal_with_both_values(city, office, head):
    mine, theirs = opened(office, city.cycle), opened(head, city.cycle)
    sent(head, city.cycle, theirs | {"title": "甲"})
    sent(office, city.cycle, mine | {"title": "乙"})
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.object_kind, entry.object_key) == ("refuse", "evaluation.cycle", "c-2025")
    assert entry.actor == city.people["office_clerk"]
    assert json.loads(entry.detail) == {"reason": "您打开之后，别人已改动这一项：标题现为“甲”，您填的是“乙”"}


def test_a_third_who_is_quicker_than_the_second_thought_is_told_as_well(city, office, head):
    mine = opened(office, city.series)
    changed(head, city.series, {"value": "1"})
    again = fields_in(sent(office, city.series, mine | {"value": "9"}))
    changed(head, city.series, {"value": "2"})
    assert BOTH.format("2", "9") in errors(sent(office, city.series, again))
    assert Series.objects.get(pk=city.series.pk).value == 2


def test_a_form_that_comes_back_for_a_mistake_still_remembers_what_was_seen(city, office, head):
    mine = opened(office, city.unit)
    changed(head, city.unit, {"name": "甲", "kind": "unsaid"})
    wrong = sent(office, city.unit, mine | {"name": ""})
    assert "别人" not in errors(wrong)
    assert "别人已改为“甲”" in errors(sent(office, city.unit, fields_in(wrong) | {"name": "乙"}))


def test_two_who_write_the_same_do_not_clash(city, office, head):
    mine = opened(office, city.series)
    changed(head, city.series, {"value": "6"})
    assert sent(office, city.series, mine | {"value": "6.0"}).status_code == 302


@pytest.mark.parametrize("remembered", ["none", "nonsense", "of another row", "of another kind"])
def test_a_form_that_does_not_remember_its_row_changes_nothing(city, office, remembered):
    fields = opened(office, city.unit)
    seen = {
        "none": "", "nonsense": fields["seen"][:-1] + "~", "of another row": opened(office, city.office)["seen"],
        "of another kind": opened(office, city.cycle)["seen"],
    }  # fmt: skip
    page = sent(office, city.unit, fields | {"name": "新名", "seen": seen[remembered]})
    assert "表单已过期，请重新打开" in errors(page)
    assert Unit.objects.get(pk=city.unit.pk).name == "市审计局"


def test_what_comes_between_the_question_and_the_writing_stands_in_the_form_and_nothing_is_lost(
    city, office, monkeypatch
):
    """The first writes when the second has been asked; his transaction is over when the second is asked again."""
    ask, save, asked = admin.ModelAdmin.changeform_view, Kept.save_model, []

    def asks(*args, **kwargs):
        asked.append(Unit.objects.filter(pk=city.unit.pk, name="市审计局").update(name="甲") if asked else 0)
        return ask(*args, **kwargs)

    def saves(*args):
        Unit.objects.filter(pk=city.unit.pk).update(name="甲")
        save(*args)

    fields = opened(office, city.unit)
    monkeypatch.setattr(admin.ModelAdmin, "changeform_view", asks)
    monkeypatch.setattr(Kept, "save_model", saves)
    page = sent(office, city.unit, fields | {"name": "乙"})
    assert asked == [0, 1]
    assert BOTH.format("甲", "乙") in errors(page)
    assert fields_in(page)["name"] == "乙"
    assert Unit.objects.get(pk=city.unit.pk).name == "甲"


def test_what_is_frozen_is_told_before_what_has_changed(city):
    before = values_of(city.evaluated, ["name"])
    EvaluatedUnit.objects.update(name="甲")
    Cycle.objects.update(state="proposed")
    row = EvaluatedUnit.objects.get(pk=city.evaluated.pk)
    row.name = "乙"
    with pytest.raises(Refused, match="数据已冻结"):
        keep_evaluated_unit(row, ["name"], actor=HEAD, seen=before)


def test_the_service_writes_nothing_over_what_was_not_seen_and_everything_where_nobody_looked(city):
    before = values_of(city.unit, ["name", "predecessors"])
    assert before == {"name": "市审计局", "predecessors": []}
    Unit.objects.update(name="甲")
    row = Unit.objects.get(pk=city.unit.pk)
    row.name = "乙"
    with pytest.raises(Overtaken) as raised:
        keep_unit(row, ["name"], predecessors=[], actor=HEAD, seen=before)
    [clash] = raised.value.clashes
    assert (clash.name, clash.now.zh, clash.wanted.zh, clash.touched) == ("name", "甲", "乙", True)
    assert raised.value.reason.en.endswith("name is now “甲”, you wrote “乙”")
    assert (Unit.objects.get(pk=city.unit.pk).name, AuditEntry.objects.exists()) == ("甲", False)
    assert keep_unit(row, ["name"], actor=HEAD)
    assert Unit.objects.get(pk=city.unit.pk).name == "乙"
