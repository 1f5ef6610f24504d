"""The names of the sample city 临澜市. Places are invented; the departments are called as in each document's year."""

from __future__ import annotations

COUNTIES = ("云汀区", "锦湾区", "望岚县", "澄渚县", "松坞县", "苍泽县", "玉樵县", "鹿浔县", "白芷县", "临漪市")

# By scheme and category code. Collectors that are themselves evaluated stand here under their collector's name.
DEPARTMENTS: dict[str, dict[str, tuple[str, ...]]] = {
    "songyuan": {
        "economy": (
            "市发展和改革委员会",
            "市经济委员会",
            "市财政局",
            "市审计局",
            "市统计局",
            "市商务局",
            "市农业委员会",
            "市交通局",
            "市建设局",
        ),
        "society": (
            "市政府办公室",
            "市监察局",
            "市人事局",
            "市信访局",
            "市法制办",
            "市司法局",
            "市教育局",
            "市民政局",
            "市卫生局",
            "市档案局",
        ),
        "market": ("市安监局", "市工商行政管理局", "市质量技术监督局", "市环境保护局", "市食品药品监督管理局"),
    },
    "yiyang-2018": {
        "party_masses": ("市委组织部", "市委宣传部", "市纪委市监委", "市委巡察办"),
        "justice": ("市委政法委", "市司法局"),
        "economy": (
            "市发展和改革委员会",
            "市财政局",
            "市统计局",
            "市商务局",
            "市经济和信息化委员会",
        ),
        "agriculture": ("市农业委员会", "市扶贫开发办公室"),
        "construction": ("市环境保护局", "市住房和城乡建设局"),
        "society": ("市信访局", "市民政局", "市人力资源和社会保障局"),
        "education": ("市科学技术局", "市教育局", "市档案局"),
        "supervision": ("市安全生产监督管理局", "市食品药品监督管理局", "市审计局"),
    },
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
)
FAULTS = (
    "专项资金长期闲置",
    "环境问题整改不到位",
    "重点项目虚报进度",
    "违规发放津贴补贴",
    "信访积案未按期化解",
    "公共资源交易不规范",
)
DECIDES = "市绩效评估委员会"
PEOPLE = "甲乙丙丁戊己庚辛"
