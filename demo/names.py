"""The names of the sample city 临澜市: all invented, as is the city."""

from __future__ import annotations

from typing import NamedTuple


class Office(NamedTuple):
    """A municipal unit: its name today, the nature of its work, and parts of names that it has had at other times.

    A scheme's collector with such a part in its name is this office: the scheme calls it as its own year did.
    """

    name: str
    nature: str
    stems: tuple[str, ...]


class SecondTier(NamedTuple):
    """A unit under a municipal office."""

    name: str
    parent: str


COUNTIES = (
    "云汀区",
    "锦湾区",
    "望岚县",
    "澄渚县",
    "松坞县",
    "苍泽县",
    "玉樵县",
    "鹿浔县",
    "白芷县",
    "霁川县",
    "屏澜县",
    "临漪市",
)
TOWNSHIPS = ("柳塘镇", "石桥镇", "青坪镇", "双溪镇", "竹园乡", "枫岭乡", "沙湾乡", "云台乡")
OFFICES = (
    Office("市委办公室", "party_masses", ("市委办",)),
    Office("市纪委市监委", "party_masses", ("纪委", "监察")),
    Office("市委组织部", "party_masses", ("组织部",)),
    Office("市委宣传部", "party_masses", ("宣传部",)),
    Office("市委统战部", "party_masses", ("统战部",)),
    Office("市委巡察办", "party_masses", ("巡察",)),
    Office("市直机关工委", "party_masses", ("机关工委",)),
    Office("市委党校", "party_masses", ("党校",)),
    Office("市总工会", "party_masses", ("总工会",)),
    Office("共青团市委", "party_masses", ("共青团",)),
    Office("市妇女联合会", "party_masses", ("妇女联合会", "妇联")),
    Office("市残疾人联合会", "party_masses", ("残疾人",)),
    Office("市工商业联合会", "party_masses", ("工商业联合会",)),
    Office("市委政法委", "justice", ("政法委",)),
    Office("市司法局", "justice", ("司法",)),
    Office("市政府办公室", "economy", ("政府办",)),
    Office("市发展和改革委员会", "economy", ("发展和改革", "发展改革", "发改")),
    Office("市工业和信息化局", "economy", ("工业和信息化", "经济和信息化", "经济委员会")),
    Office("市财政局", "economy", ("财政",)),
    Office("市统计局", "economy", ("统计",)),
    Office("市商务局", "economy", ("商务",)),
    Office("市国有资产监督管理委员会", "economy", ("国有资产",)),
    Office("市金融工作办公室", "economy", ("金融",)),
    Office("市大数据管理局", "economy", ("大数据",)),
    Office("市招商促进中心", "economy", ("招商",)),
    Office("市农业农村局", "agriculture", ("农业",)),
    Office("市乡村振兴局", "agriculture", ("乡村振兴", "扶贫")),
    Office("市水利局", "agriculture", ("水利",)),
    Office("市林业局", "agriculture", ("林业",)),
    Office("市粮食和物资储备局", "agriculture", ("粮食",)),
    Office("市供销合作社", "agriculture", ("供销",)),
    Office("市自然资源和规划局", "construction", ("自然资源", "国土")),
    Office("市生态环境局", "construction", ("环境",)),
    Office("市住房和城乡建设局", "construction", ("住房", "建设局")),
    Office("市城市管理局", "construction", ("城市管理",)),
    Office("市交通运输局", "construction", ("交通",)),
    Office("市人民防空办公室", "construction", ("人民防空",)),
    Office("市机关事务服务中心", "construction", ("机关事务",)),
    Office("市园林绿化中心", "construction", ("园林",)),
    Office("市信访局", "society", ("信访",)),
    Office("市民政局", "society", ("民政",)),
    Office("市人力资源和社会保障局", "society", ("人力资源", "人事")),
    Office("市退役军人事务局", "society", ("退役军人",)),
    Office("市医疗保障局", "society", ("医疗保障",)),
    Office("市民族宗教事务局", "society", ("民族宗教",)),
    Office("市外事办公室", "society", ("外事",)),
    Office("市行政审批服务局", "society", ("行政审批", "法制")),
    Office("市科学技术局", "education", ("科学技术局", "科技局")),
    Office("市教育局", "education", ("教育",)),
    Office("市卫生健康委员会", "education", ("卫生",)),
    Office("市文化旅游广电体育局", "education", ("文化",)),
    Office("市科学技术协会", "education", ("科学技术协会",)),
    Office("市文学艺术界联合会", "education", ("文学艺术",)),
    Office("市档案局", "education", ("档案",)),
    Office("市应急管理局", "supervision", ("应急", "安监", "安全生产")),
    Office("市市场监督管理局", "supervision", ("市场监督", "食品药品")),
    Office("市审计局", "supervision", ("审计",)),
    Office("市公安局", "supervision", ("公安",)),
    Office("市消防救援支队", "supervision", ("消防",)),
    Office("市综合行政执法支队", "supervision", ("综合行政执法",)),
)
SECOND_TIERS = (
    SecondTier("市不动产登记中心", "市自然资源和规划局"),
    SecondTier("市土地储备中心", "市自然资源和规划局"),
    SecondTier("市环境监测中心", "市生态环境局"),
    SecondTier("市房产交易中心", "市住房和城乡建设局"),
    SecondTier("市政设施维护中心", "市城市管理局"),
    SecondTier("市公路养护中心", "市交通运输局"),
    SecondTier("市道路运输服务中心", "市交通运输局"),
    SecondTier("市水文服务中心", "市水利局"),
    SecondTier("市农业技术推广中心", "市农业农村局"),
    SecondTier("市动物疫病预防控制中心", "市农业农村局"),
    SecondTier("市国有林场管理站", "市林业局"),
    SecondTier("市劳动就业服务中心", "市人力资源和社会保障局"),
    SecondTier("市社会保险服务中心", "市人力资源和社会保障局"),
    SecondTier("市社会福利院", "市民政局"),
    SecondTier("市疾病预防控制中心", "市卫生健康委员会"),
    SecondTier("市中心血站", "市卫生健康委员会"),
    SecondTier("市教育考试院", "市教育局"),
    SecondTier("市图书馆", "市文化旅游广电体育局"),
    SecondTier("市博物馆", "市文化旅游广电体育局"),
    SecondTier("市检验检测中心", "市市场监督管理局"),
)
ENTERPRISES = (
    "市城市建设投资集团", "市交通建设集团", "市文化旅游集团", "市水务集团", "市产业发展集团", "市公共交通集团",
)  # fmt: skip
STATIONED = ("国家税务总局临澜市税务局", "人民银行临澜市分行", "临澜市气象局", "临澜海关", "国网临澜供电公司")

# Which of them a scheme's categories hold: a group below, or municipal offices by the nature of their work.
_BY_NATURE = (
    "party_masses", "justice", "economy", "agriculture", "construction", "society", "education", "supervision",
)  # fmt: skip
MEMBERS: dict[str, dict[str, tuple[str, ...]]] = {
    "songyuan": {
        "county": ("counties",),
        "economy": ("economy", "agriculture", "construction"),
        "society": ("party_masses", "justice", "society", "education"),
        "market": ("supervision",),
    },
    "yiyang-2018": {"county": ("counties",), **{nature: (nature,) for nature in _BY_NATURE}},
    "zhangjiajie-2021": {
        "municipal": _BY_NATURE,
        "second_tier": ("second_tiers",),
        "stationed": ("stationed",),
        "enterprise": ("enterprises",),
        "supervised": ("supervised",),
    },
    "hongjiang-2010": {"township": ("townships",), "organ": _BY_NATURE, "stationed": ("stationed",)},
    "district-2022-1plus5": {"district": ("counties",)},
}

# Key work and its measure unit; work without one is either done or not.
KEY_WORK = (
    ("重大项目年度投资", "万元"),
    ("争取上级资金", "万元"),
    ("为民办实事任务", "项"),
    ("政府工作报告分解任务", "项"),
    ("市委全会部署任务", "项"),
    ("历史遗留问题化解", "个"),
    ("数据共享接口建设", "个"),
    ("基层服务站点达标", "个"),
    ("业务培训覆盖", "人次"),
    ("深化“放管服”改革方案落地", ""),
    ("优化营商环境措施出台", ""),
    ("专项整治行动验收", ""),
    ("创新性工作结题", ""),
)
IDLE = "市档案局"  # has none of the work that a unit may lack

LOSSES = ("工作进度偏慢", "台账资料不齐", "与主管部门衔接不及时", "措施不够有力", "对政策研究不透")
MERITS = (
    "全省重点工作现场推进",
    "信用体系建设试点",
    "农村人居环境整治",
    "政务服务标准化",
    "老旧小区改造",
    "就业服务提升",
    "河湖长制落实",
    "营商环境创新",
    "数字政府建设",
    "义务教育均衡发展",
    "公立医院改革",
    "工业园区提质",
    "基层治理试点",
    "文旅融合示范",
)
FAULTS = (
    "专项资金长期闲置",
    "环境问题整改不到位",
    "重点项目虚报进度",
    "违规发放津贴补贴",
    "信访积案未按期化解",
    "公共资源交易不规范",
)
# What is claimed under a kind with this in its name; under any other kind, what stands above.
MATTERS = {
    "数据采集": (
        "漏采两家单位的数据",
        "采集口径与评估文件不一致",
        "采集数据未经报审即报送",
        "公示复核查出数据差错",
        "采集表填错被评估单位",
        "未留存采集底稿",
    ),
    "资料报送要求": (
        "临时要求各单位加报纸质台账",
        "中途更换自评材料模板",
        "额外索要印证照片",
        "要求重复报送已公示数据",
        "口头提前报送期限",
        "要求报送文件以外的佐证材料",
    ),
    "时间节点": ("自查自评材料迟报", "核心佐证材料迟报", "加分项目申报材料迟报"),
    "迟": ("季度报表", "年度总结", "整改情况报告"),
    "责任事故": (
        "建筑工地一般事故",
        "道路运输事故",
        "燃气泄漏事故",
        "危险化学品仓库火情",
        "矿山透水险情",
        "校车超员被查",
    ),
}
ABOUT_COLLECTING = ("数据采集", "资料报送要求")  # what only those can do wrong who collect from others

# Growth in per cent in the country and in the west: above both is 两个高于. Invented, as is the city.
BOTH_HIGHER = "两个高于"
GROWTH_ELSEWHERE = {
    "地区生产总值增速": ("6.8", "7.6"),
    "第一产业增加值增速": ("7.8", "8.4"),
    "第三产业增加值增速": ("8.2", "7.8"),
    "固定资产投资增速": ("8.6", "8.0"),
    "社会消费品零售总额增速": ("7.4", "8.2"),
}
DECIDES = "市绩效评估委员会"
PEOPLE = "甲乙丙丁戊己庚辛"
