"""F4: every way in which a sheet of facts can be wrong is said once, at its cell, with what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.facts import Source
from tests.indicators.facts.workshop import (
    BALLOTS,
    CLAIMS,
    MOVES,
    OWN,
    READINGS,
    SUBJECTS,
    TALLIES,
    UNITS,
    Bad,
    blames,
    folder,
    load,
    problems,
    problems_of,
)

LIST = "vice_mayors,副市长甲,,"
BONUS = "自主创新性突出贡献"
YIYANG = "yiyang-2018"

CELLS = [
    # units
    Bad("单位", UNITS["songyuan"] + "\nC01,白芷县,县（区）,,", "A7", "“C01”重复，第 2 行已有"),
    Bad("单位", UNITS["songyuan"] + "\nC03,云汀区,县（区）,,", "B7", "单位名称“云汀区”重复"),
    Bad("单位", UNITS["songyuan"] + "\n,白芷县,县（区）,,", "A7", "“单位代码”没有填"),
    Bad("单位", UNITS["songyuan"] + "\nC03,,县（区）,,", "B7", "“单位名称”没有填"),
    Bad("单位", UNITS["songyuan"] + "\nC03,白芷县,,,", "C7", "“类别”没有填"),
    Bad("单位", UNITS["songyuan"] + "\nC03,白芷县,乡镇,,", "C7", "方案里没有类别“乡镇”；有：县（区）、经济调节"),
    Bad("单位", UNITS["songyuan"] + "\nC03,白芷县,县(区),,", "C7", "方案里没有类别“县(区)”"),
    Bad("单位", UNITS["songyuan"] + "\nＣ03,白芷县,县（区）,,", "A7", "“Ｃ03”含全角字符，应写作 C03"),
    Bad("单位", UNITS["songyuan"] + "\nC03,白芷县 ,县（区）,,", "B7", "“白芷县”前后有空格或换行，请删去"),
    Bad("单位", UNITS["songyuan"] + '\nC03,"白芷县\n",县（区）,,', "B7", "“白芷县”前后有空格或换行"),
    Bad("单位", UNITS["songyuan"] + "\nC03,白芷县,县（区）,,1", "E7", "“1”应填 是 或 否"),
    Bad("单位", UNITS["songyuan"] + "\nC03,白芷县,县（区）,,对", "E7", "“对”应填 是 或 否"),
    Bad("单位", "单位代码,单位名称,类别,Unit\nC01,云汀区,县（区）,C01", "D1", "列“Unit”重复"),
    # targets
    Bad("目标与基数", "C09,capacity,actual,1,", "A2", "单位表里没有代码“C09”"),
    Bad("目标与基数", "C01,capacity,target,1,", "C2", "指标“capacity”的数据项应是 actual 之一"),
    Bad("目标与基数", "C01,capacity,,1,\nC01,capacity,,2,", "A3", "“C01、capacity”重复，第 2 行已有"),
    Bad("目标与基数", "C01,capacity,,1,\nC01,capacity,actual,2,", "D3", "第 2 行已有这个数据项"),
    Bad("目标与基数", "C01,capacity,,1,2", "E2", "这个指标不用上年值，请删去"),
    Bad("目标与基数", "C01,organised,,1,", "D2", "这个指标不用目标值，请删去"),
    # readings
    Bad("采集数据", "云汀区,self,,90,,\n云汀区,law,,1,,", "A2", "“云汀区”是单位名称，这里应写代码 C01（另有 1 行）"),
    Bad("采集数据", "C01,依法行政,,1,,\nC02,依法行政,,1,,", "B2", "“依法行政”是名称，这里应写代码 law（另有 1 行）"),
    Bad("采集数据", "C01,discipline,受警告、记过处分人次,1,,", "C2", "这里应写代码 warned"),
    Bad("采集数据", "C09,self,,90,,\nC09,law,,1,,\nC09,funds,,1,,", "A2", "单位表里没有代码“C09”（另有 2 行）"),
    Bad("采集数据", "C01,visits,,未抽,,", "D2", "“未抽”不是数；是不是“未抽中”？"),
    Bad("采集数据", "C01,discipline,warned,没有,,", "D2", "“没有”不是数；是不是“无”？"),
    Bad("采集数据", "C09,organised,actual,1,,", "A2", "单位表里没有代码“C09”"),
    Bad("采集数据", "Ｃ01,organised,actual,1,,", "A2", "“Ｃ01”含全角字符，应写作 C01"),
    Bad("采集数据", "C01 ,organised,actual,1,,", "A2", "“C01”前后有空格"),
    Bad("采集数据", ",organised,actual,1,,", "A2", "“单位代码”没有填"),
    Bad("采集数据", "C01,,actual,1,,", "B2", "“指标代码”没有填"),
    Bad("采集数据", "C01,organized,actual,1,,", "B2", "“云汀区”所在的指标集没有要采集的指标“organized”"),
    Bad("采集数据", "C01,ｏrganised,actual,1,,", "B2", "应写作 organised"),
    Bad("采集数据", "D01,safety,accident,1,,", "B2", "“市财政局”所在的指标集没有要采集的指标“safety”"),
    Bad("采集数据", "C01,basic,actual,1,,", "B2", "没有要采集的指标“basic”"),
    Bad("采集数据", "C01,organs,actual,1,,", "B2", "没有要采集的指标“organs”"),
    Bad("采集数据", "C01,key,actual,1,,", "B2", "没有要采集的指标“key”"),
    Bad("采集数据", "C01,organised/1,actual,1,,", "B2", "没有要采集的指标“organised/1”"),
    Bad("采集数据", "C01,key/1,actual,1,,", "B2", "“云汀区”的自定指标里没有“key/1”"),
    Bad("采集数据", "C01,discipline,fined,1,,", "C2", "指标“discipline”的数据项应是 warned、dismissed 之一"),
    Bad("采集数据", "C01,discipline,,1,,", "C2", "指标“discipline”的数据项应是 warned、dismissed 之一"),
    Bad("采集数据", "C01,self,,1,慢,\nC01,self,,2,慢,", "A3", "“C01、self”重复，第 2 行已有"),
    Bad("采集数据", "C01,self,actual,1,慢,\nC02,self,,1,慢,\nC01,self,,2,慢,", "D4", "第 2 行已有这个数据项"),
    Bad("采集数据", "C01,self,actual,1, 慢,", "E2", "“慢”前后有空格"),
    Bad("采集数据", "D02,discipline,warned,0,,", "D2", "采集单位“市监察局”不能给自己报数；请填 不涉及"),
    Bad("采集数据", "C01,petitions,settled,不涉及,,\nC01,petitions,received,5,,", "D2", "“信访”的其他数据项报了数"),
    # own indicators
    Bad("自定指标", "C09,key,1,放管服,5,", "A2", "单位表里没有代码“C09”"),
    Bad("自定指标", "C01,keys,1,放管服,5,", "B2", "“云汀区”所在的指标集没有自定指标“keys”"),
    Bad("自定指标", "C01,basic,1,放管服,5,", "B2", "“云汀区”所在的指标集没有自定指标“basic”"),
    Bad("自定指标", "C01,key,,放管服,5,", "C2", "“代码”没有填"),
    Bad("自定指标", "C01,key,1,,5,", "D2", "“名称”没有填"),
    Bad("自定指标", "C01,key,1,放管服,,", "E2", "“分值”没有填"),
    Bad("自定指标", "C01,key,1,放管服,5,完成率", "F2", "计分方法“完成率”应是 评估组赋分 之一"),
    Bad("自定指标", "D01,development,1,放管服,5,", "F2", "计分方法“”应是 完成率、办结 之一", YIYANG),
    Bad("自定指标", "D01,development,1,放管服,5,定额", "F2", "计分方法“定额”应是 完成率、办结 之一", YIYANG),
    Bad("自定指标", "C01,key,1,放管服,5,\nC01,key,1,营商,5,", "A3", "“C01、key、1”重复，第 2 行已有"),
    # subjects
    Bad("投票对象", "vice_mayors,副市长甲,D09", "C2", "单位表里没有代码“D09”"),
    Bad("投票对象", "vice_mayor,副市长甲,D01", "A2", "“市财政局”所在的指标集没有投票“vice_mayor”"),
    Bad("投票对象", "mayor,市长,D01", "A2", "投票“mayor”评全部单位，不用列投票对象"),
    Bad("投票对象", "vice_mayors,,D01", "B2", "“投票人”没有填"),
    Bad("投票对象", "vice_mayors,甲,D01\nvice_mayors,甲,D01", "A3", "“vice_mayors、甲、D01”重复，第 2 行已有"),
    # ballots
    Bad("测评票", "mayor,市长,,C09,第一等次", "D2", "单位表里没有代码“C09”"),
    Bad("测评票", "major,市长,,C01,第一等次", "A2", "“云汀区”所在的指标集没有投票“major”"),
    Bad("测评票", "organised,市长,,C01,第一等次", "A2", "“云汀区”所在的指标集没有投票“organised”"),
    Bad("测评票", "organs,张三,,C01,满意", "B2", "“organs”是不记名投票，不能写投票人；请把票数写在“测评汇总”"),
    Bad("测评票", "mayor,市长,,C01,", "E2", "“评价”没有填"),
    # tallies
    Bad("测评汇总", "organs,C09,满意,3", "B2", "单位表里没有代码“C09”"),
    Bad("测评汇总", "organ,C01,满意,3", "A2", "“云汀区”所在的指标集没有投票“organ”"),
    Bad("测评汇总", "organs,C01,很满意,3", "C2", "投票“organs”没有“很满意”；有：满意、基本满意、不满意、不了解、无效"),
    Bad("测评汇总", "organs,C01,满意,3\norgans,C01,满意,3", "A3", "“organs、C01、满意”重复，第 2 行已有"),
    Bad(
        "测评汇总",
        "机关评议,C01,满意,3\n机关评议,C02,满意,3",
        "A2",
        "“机关评议”是名称，这里应写代码 organs（另有 1 行）",
    ),
    # bonuses and deductions
    Bad("加分", f"C09,{BONUS},省级,创新,1号", "A2", "单位表里没有代码“C09”"),
    Bad("加分", "C01,创新,省级,创新,1号", "B2", "方案里没有“创新”；有：自主创新性突出贡献、命名表彰"),
    Bad("加分", f"C01,{BONUS},县级,创新,1号", "C2", f"“{BONUS}”没有级别“县级”；有：国家级、省级、市级"),
    Bad("加分", f"C01,{BONUS},省级,,1号", "D2", "“事项”没有填"),
    Bad("加分", f"C01,{BONUS},省级,创新,", "E2", "“依据”没有填"),
    Bad("加分", f"C01,{BONUS},省级,创新,1号\nC01,{BONUS},省级,创新,2号", "A3", "重复，第 2 行已有"),
    Bad("加分", f"C01,{BONUS},省级,创新,1号\nC01,innovation,省级,创新,2号", "B3", "第 2 行已有这一项"),
    Bad("加分", "C01,督查通报,省级,通报,1号", "", "本方案没有加分", YIYANG),
    Bad("扣分", "C01,督查,省级,通报,1号", "B2", "方案里没有“督查”；有：督查通报、", YIYANG),
    Bad("扣分", "C01,督查通报,县级,通报,1号", "C2", "“督查通报”没有级别“县级”；有：中央和国家级、省级、市级", YIYANG),
    # moves
    Bad("等次调整", "C09,其他“一票否决”项目,委员会,1号", "A2", "单位表里没有代码“C09”"),
    Bad("等次调整", "C01,其他,委员会,1号", "B2", "方案里没有事由“其他”；有：班子成员"),
    Bad("等次调整", "C01,其他“一票否决”项目,,1号", "C2", "有决定文号就要写决定机构"),
    Bad("等次调整", "C01,其他,委员会,1号", "", "本方案没有等次调整", YIYANG),
    # outside series and last year's results
    Bad("外部数据", "gdp,1", "", "本方案没有外部数据"),
    Bad("外部数据", "national,1\ngdp,1", "A3", "方案没有登记外部数据“gdp”；有：national", "series"),
    Bad("外部数据", "national,1\nnational,2", "A3", "“national”重复，第 2 行已有", "series"),
    Bad("上年结果", "C09,90,1", "A2", "单位表里没有代码“C09”", YIYANG),
    Bad("上年结果", "C01,90,1\nC01,91,1", "A3", "“C01”重复，第 2 行已有", YIYANG),
]


@pytest.mark.parametrize("bad", CELLS, ids=[f"{bad.sheet}-{bad.cell}-{bad.said[:16]}" for bad in CELLS])
def test_f4_a_wrong_cell_is_named_with_what_would_be_right(tmp_path: Path, bad: Bad):
    [found] = problems_of(tmp_path, bad)
    assert blames(found, bad), found.to("zh")


def test_f4_every_message_is_there_in_english_too(tmp_path: Path):
    for number, bad in enumerate(CELLS):
        (tmp_path / str(number)).mkdir()
        for found in problems_of(tmp_path / str(number), bad):
            english, chinese = found.what.en, found.what.zh
            assert english != chinese
            assert "{" not in english + chinese


def said(path: Path, sheets: dict[str, str], scheme: str = "songyuan") -> list[str]:
    return [problem.to("zh") for problem in problems(folder(path / "facts", sheets, scheme), scheme)]


@pytest.mark.parametrize(
    ("sheets", "expected"),
    [
        ({"单位表": "代码\n1"}, "facts/单位表.csv[单位表]: 不认识的表“单位表”，是不是“单位”？"),
        ({"附表": "代码\n1"}, "facts/附表.csv[附表]: 不认识的表“附表”；可以有：单位、目标与基数、采集数据、"),
        ({"Units": UNITS["songyuan"]}, "[单位]: “单位”有两张表"),
        (
            {"采集数据": "单位代码,指标代码,实际值\nC01,self,1"},
            "[采集数据]!C1: 不认识的列“实际值”；这张表可以有：单位代码、",
        ),
        ({"采集数据": "单位代码,指标代码,数值 \nC01,self,1"}, "[采集数据]!C1: 不认识的列“数值 ”"),
        ({"采集数据": "单位代码,指标代码,实际值"}, "[采集数据]!C1: 不认识的列“实际值”"),
        ({"采集数据": "单位代码,数值\nC01,1\nC01,2"}, "[采集数据]: 缺少列“指标代码”"),
        ({"采集数据": "单位代码,指标代码\nC01,self\nC02,self"}, "[采集数据]: 缺少列“数值”"),
        ({"采集数据": "单位代码,指标代码,Indicator,数值\nC01,self,self,100"}, "[采集数据]!C1: 列“Indicator”重复"),
        ({"外部数据": "代码,数值\n"}, "facts: 缺少外部数据“national”"),
    ],
    ids=[
        "sheet-like-another",
        "sheet",
        "sheet-twice",
        "column",
        "column-blank",
        "column-no-rows",
        "no-column",
        "no-values",
        "column-twice",
        "no-series",
    ],
)
def test_f4_a_wrong_sheet_or_column_is_named(tmp_path: Path, sheets: dict[str, str], expected: str):
    [found] = said(tmp_path, sheets, "series" if "外部数据" in sheets else "songyuan")
    assert expected in found


@pytest.mark.parametrize("units", ["单位代码,单位名称,类别", ""])
def test_f4_without_units_there_is_nothing_to_score(tmp_path: Path, units: str):
    sheets = {"单位": units, "采集数据": "单位代码,指标代码,值\nC01,self,1"}
    assert said(tmp_path, sheets) == [
        "facts: 没有“单位”表，或表里没有单位",
        "facts/采集数据.csv[采集数据]!C1: 不认识的列“值”；这张表可以有：单位代码、单位名称、指标代码、指标名称、"
        "数据项、数据项名称、期次、评分单位、计量单位、满分、数值、失分原因、依据、采集单位；现在还缺：数值",
    ]


def test_f4_a_column_without_title_and_content_is_no_matter(tmp_path: Path):
    load(folder(tmp_path / "facts", {"采集数据": "单位代码,,指标代码,数值\nC01,,self,100"}))


def ballots(*rows: str) -> dict[str, str]:
    return {
        "投票对象": f"{SUBJECTS}\nvice_mayors,甲,D01\nvice_mayors,甲,D02\nvice_mayors,甲,D03",
        "测评票": "\n".join([BALLOTS, *rows]),
    }


BAD_BALLOTS = [
    (
        ["甲,,D01,1", "甲,,D02,1", "甲,,D03,2"],
        ["E2: …甲，市财政局：同一张票上名次 1 用了两次", "E3: …甲，市监察局：同一张票上名次 1 用了两次"],
    ),
    (["甲,,D01,1", "甲,,D02,2", "甲,,D03,4"], ["E4: …甲，市审计局：只有 3 个对象，没有第 4 名"]),
    (["甲,,D01,1", "甲,,D02,2", "甲,,D03,11"], ["E4: …名次分值表只有 10 个名次，没有第 11 名"]),
    (["甲,,D01,1", "甲,,D02,2", "甲,,D03,０"], ["E4: …没有“０”这种评价"]),
    (["甲,,D01,1", "甲,,D02,2"], ["E2: …甲，市审计局："]),
    (["乙,,D01,1"], ["E2: …乙，市财政局：不在这位投票人的对象名单里"]),
    (
        ["甲,D03,D01,1", "甲,,D02,2", "甲,,D03,3"],
        ["D4: “甲”不能评自己所在的单位"],
    ),
    (["甲,D03,D01,1", "甲,D04,D02,2"], ["C3: “甲”前面写的所在单位是 D03"]),
]


@pytest.mark.parametrize(("rows", "expected"), BAD_BALLOTS, ids=[" ".join(rows) for rows, _ in BAD_BALLOTS])
def test_f4_a_wrong_ballot_is_named_by_voter_and_unit(tmp_path: Path, rows: list[str], expected: list[str]):
    found = said(tmp_path, ballots(*(f"vice_mayors,{row}" for row in rows)))
    assert len(found) == len(expected)
    for line, part in zip(found, expected, strict=True):
        cell, _, words = part.partition(": ")
        assert line.startswith(f"facts/测评票.csv[测评票]!{cell}: ")
        assert words.removeprefix("…") in line


def test_f4_a_voter_has_no_vote_on_his_own_unit_and_needs_none(tmp_path: Path):
    facts = load(folder(tmp_path / "facts", ballots("vice_mayors,甲,D03,D01,1", "vice_mayors,甲,,D02,2")))
    tally = facts.sets["departments"].tallies["vice_mayors"]
    assert tally.counts.sum(axis=1).tolist() == [1, 1, 0]


def test_f4_ballots_and_counts_of_one_panel_are_refused_once(tmp_path: Path):
    sheets = {
        "测评票": f"{BALLOTS}\nmayor,市长,,C01,第一等次\nmayor,市长,,C02,第一等次",
        "测评汇总": f"{TALLIES}\nmayor,C01,第一等次,1\nmayor,C02,第一等次,1",
    }
    assert said(tmp_path, sheets) == ["facts/测评汇总.csv[测评汇总]!A2: “mayor”已有测评票，不能再写汇总（另有 1 行）"]


def test_f4_counts_of_units_in_charge_list_the_units_that_are_counted(tmp_path: Path):
    rows = f"{TALLIES}\nvice_mayors,D02,1,3\nvice_mayors,D02,2,1\norgans,D01,满意,5"
    tallies = load(folder(tmp_path / "facts", {"测评汇总": rows})).sets["departments"].tallies
    assert tallies["vice_mayors"].listed.tolist() == [False, True, False]
    assert tallies["vice_mayors"].counts.sum(axis=1).tolist() == [0, 4, 0]
    assert tallies["organs"].listed.tolist() == [True, True, True]


def test_f4_claims_and_moves_stand_in_one_order(tmp_path: Path):
    ground = "其他“一票否决”项目"
    claims = [f"C0{unit},{BONUS},{level},创新,1号" for unit in (2, 1) for level in ("省级", "市级")]
    moves = [f"C0{unit},{ground},委员会,1号" for unit in (2, 1)]
    sheets = {"加分": "\n".join([CLAIMS["加分"], *claims]), "等次调整": "\n".join([MOVES, *moves])}
    facts = load(folder(tmp_path / "facts", sheets))
    assert [(claim.unit, claim.level) for claim in facts.bonuses] == [
        ("C01", "市级"),
        ("C01", "省级"),
        ("C02", "市级"),
        ("C02", "省级"),
    ]
    assert [move.unit for move in facts.moves] == ["C01", "C02"]


def test_f4_an_own_indicator_has_one_fact(tmp_path: Path):
    sheets = {
        "自定指标": f"{OWN}\nC01,key,1,放管服,90,",
        "采集数据": f"{READINGS}\nC01,key/1,x,80,慢,\nC01,key/1,,80,慢,\nC01,key/1,actual,80,慢,",
    }
    assert said(tmp_path, sheets) == [
        "facts/采集数据.csv[采集数据]!C2: 指标“key/1”的数据项应是 actual 之一",
        "facts/采集数据.csv[采集数据]!D4: 第 3 行已有这个数据项",
    ]


def test_f4_a_unit_that_is_wrong_itself_is_not_complained_about_twice(tmp_path: Path):
    sheets = {"单位": UNITS["songyuan"] + "\nC03,白芷县,乡,,", "采集数据": f"{READINGS}\nC03,self,,90,,"}
    [found] = said(tmp_path, sheets)
    assert "[单位]!C7" in found


@pytest.mark.parametrize("code", ["9" * 6000, "007", "1a", "一"])
def test_f4_an_own_indicator_may_have_any_code(tmp_path: Path, code: str):
    sheets = {
        "自定指标": f"{OWN}\nC01,key,{code},放管服,40,\nC01,key,2,营商,50,",
        "采集数据": f"{READINGS}\nC01,key/{code},,30,慢,1号",
    }
    facts = load(folder(tmp_path / "facts", sheets))
    assert set(facts.sets["counties"].own["key"].code) == {code, "2"}
    assert facts.sources["C01", f"key/{code}", "actual"] == Source("1号", "慢")


def test_f4_own_indicators_stand_in_the_order_of_their_numbers(tmp_path: Path):
    rows = [f"C0{unit},key,{code},名称{code},9," for unit in (2, 1) for code in (10, "乙", 9, 1, "甲")]
    facts = load(folder(tmp_path / "facts", {"自定指标": "\n".join([OWN, *rows])}))
    assert facts.sets["counties"].own["key"].code == ("1", "9", "10", "乙", "甲") * 2


def test_f4_a_collector_may_say_that_it_does_not_apply_to_itself(tmp_path: Path):
    load(folder(tmp_path / "facts", {"采集数据": f"{READINGS}\nD02,discipline,warned,不涉及,,"}))


def test_f4_a_collector_with_a_substitute_and_one_that_scores_itself_are_reported_on(tmp_path: Path):
    load(folder(tmp_path / "facts", {"采集数据": f"{READINGS}\nD03,funds,,2,慢,\nD02,self,,90,慢,"}))


TEN = {
    "单位": UNITS["songyuan"] + "\nC03,白芷县,乡镇,,",
    "目标与基数": "单位代码,指标代码,数据项,目标值\nC01,capacity,actual,１２",
    "采集数据": f"{READINGS}\nC01,self,,NaN,,\nC09,self,,1,,\nC01,discipline,fined,1,,",
    "自定指标": f"{OWN}\nC01,key,1,放管服,0,",
    "测评汇总": f"{TALLIES}\norgans,C01,好,3",
    "加分": "单位代码,加分项,级别,事项,依据\nC01,创新,省级,创新,1号",
    "等次调整": "单位代码,事由,决定机构,决定文号\nC01,其他“一票否决”项目,,1号",
    "附表": "甲,乙\n1,2",
}


def test_f4_ten_mistakes_are_ten_problems_in_order(tmp_path: Path):
    found = problems(folder(tmp_path / "facts", TEN))
    assert [str(problem.place).removeprefix("facts/") for problem in found] == [
        "单位.csv[单位]!C7",
        "目标与基数.csv[目标与基数]!D2",
        "采集数据.csv[采集数据]!D2",
        "采集数据.csv[采集数据]!A3",
        "采集数据.csv[采集数据]!C4",
        "自定指标.csv[自定指标]!E2",
        "测评汇总.csv[测评汇总]!C2",
        "加分.csv[加分]!B2",
        "等次调整.csv[等次调整]!C2",
        "附表.csv[附表]",
    ]
