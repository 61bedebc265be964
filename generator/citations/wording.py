"""The words around citations: what leads to one, what follows one, what is only noise.

All patterns are made for texts in half width, and none looks further than a bounded way.
"""

from __future__ import annotations

import re

from generator.citations import marks, titles
from generator.citations.numerals import NUMBER

TOKEN = re.compile(
    rf"[{marks.TITLES}]|第\s{{0,4}}+\(?{NUMBER}|同上|[该同]条(?=\s{{0,4}}+第)"
    rf"|(?<![0-9第]){NUMBER}(?:\s{{0,4}}+[、,]\s{{0,4}}+{NUMBER}){{0,8}}+\s{{0,4}}+条"
)
"""Where a title or an article may begin."""

_LEADING = "依据|根据|按照|依照|遵照|违反|参照|适用|执行|结合|符合|参见|详见|见"
_KINDS = "实施条例|实施细则|实施办法|条例|办法|规定|细则|决定|规则|通知|意见|法"
BACK_ALONE = re.compile(rf"(?:{_LEADING})?(?:该|本|同|上述|前述|此)(?:部|项|个)?(?:{_KINDS})")
BACK = re.compile(rf"(?:该|本|同|上述|前述|此)(?:部|项|个)?({_KINDS})$")
"""“该条例”: the instrument of that sort before."""
ITS = re.compile(rf"\s{{0,4}}(?:及|和|以及|与)其({_KINDS})")
"""“及其实施条例”, after a title."""

ALIAS = re.compile(r"(?:简称|下称)[为:]?[《〈“\"]?([^》〉”\"()]{1,40}+)")
YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
AMENDED = re.compile(r"(?:19|20)[0-9]{2}.{0,40}?(?:修正|修订|修改|版|本)|^(?:19|20)[0-9]{2}年?$")
DOCUMENT = re.compile(
    r"[一-龥]{1,19}令\s?(?:[\[(](?:19|20)[0-9]{2}[\])])?\s?第?\s?[0-9]{1,4}\s?号"
    r"|[一-龥]{2,10}\s?[\[(](?:19|20)[0-9]{2}[\])]\s?第?\s?[0-9]{1,4}\s?号"
)
DOCUMENT_ALONE = re.compile(
    rf"(?:(?<=[;,、。\n\s])|^)(?:{DOCUMENT.pattern})(?=\s{{0,4}}(?:[;,、。\n]|$|和|及|以及))"
)
"""A number that stands between separators, so that it can only be a citation."""

LEADING = re.compile(f"(?:{_LEADING})")
LEADS = re.compile(
    rf"(?:{_LEADING}|以及|和|及|与|或者|或|并|同时|其中|设定|实施|法律|处罚|主要|依据|法规|规章|行政|部门|地方性"
    "|地方|政府|规范性文件|国家|的|之|规定|等|中|条款|有关|相关|现行|我国|由|对|名称|条文|内容|具体|如下|为)+"
)
"""Words between citations that say nothing of their own."""
LEADS_ALONE = re.compile(f"{LEADS.pattern}|[依据按本]?(?:[一-龥]{{0,5}}[省市区县])?")
BOUNDARY = re.compile(
    rf"{_LEADING}|以及|和|及|与|或者|或|由|依|按|将|对|[;,、。:|/\s()①-⑳㈠-㈩]|[0-9][.]|】|\]"
)
JOINING = frozenset({"以及", "和", "及", "与", "或者", "或"})
AFTERWARDS = re.compile("(?:的|之|等)?(?:有关|相关|法律|法规|条款)*(?:规定|要求|精神|办理|执行)*$")

NOISE = re.compile(
    rf"[\s;,、。.:|/+*#)\]】》>”\"●■◆▲·•①-⑳㈠-㈩—–-]|\({NUMBER}\)|(?<![0-9])[0-9]{{1,2}}[.、)]"
    rf"|【[^】《]{{0,20}}】|\[[^\]《]{{0,20}}\]|第{NUMBER}[章节编篇]"
    "|(?:(?<=[\\s;。(])|^)[一二三四五六七八九十]{1,3}[、.)]"
)
SPLIT = re.compile(r"[;,。、\n|/:()\[\]【】\s]+")
SPLIT_FURTHER = re.compile("以及|或者|[和及与或]")
BARE_TITLE = re.compile(
    "[一-龥]{4,50}(?:条例|实施办法|管理办法|暂行办法|实施细则|管理规定|暂行规定|若干规定)"
)
"""A title without book marks and article that is hardly anything else."""
VAGUE = re.compile(
    "有关|相关|法律|法规|规章|上述|国家规定|按照|依照|根据|规定的|应当|符合|违反|制定|依据|我|其他"
)

RULED = re.compile(
    r"\s{0,4}(?:的|之|中|所|等)?(?:规定|要求|条款|所列|精神|授权|设定|授予|办理|执行|给予|进行|处理|处罚|实施|予以|为依据|作为)"
)
"""What follows an article in a sentence that cites it."""
COLON = re.compile(r"\s{0,4}(?:的|之)?(?:规定|要求|内容)?\s{0,4}(?::\s{0,4}|[,]?\s{0,4}(?=[“\"]))")
"""What follows an article whose words come next."""
SEPARATOR = re.compile(
    r"\s{0,4}(?:$|[;、,。.\n|/《<〈)\]】》【①-⑳])"
    r"|\s{1,4}(?:法律|行政法规|部门规章|地方性法规|政府规章|规章|规范性文件):"
)
CLAUSE_START = re.compile(
    r"(?:^|[\n。;”\"』」】)]|\[[^\[\]\n]{2,8}\])\s{0,8}(?:\(?[0-9一二三四五六七八九十]{1,3}[.、)]\s{0,4})?$"
)
QUOTED_NEXT = re.compile(r"\s{0,4}(?:$|[:“\"、,;。(第《]|[至到和及])|\s")
REFERS = re.compile(r"\s{0,4}(?:(?:的|之)?(?:规定|所列|情形|行为|所称)|的)")
NEXT_OF_TITLE = re.compile(r"[\s:,、的中》>”\"]{0,6}+")
CHAPTER = re.compile(rf"[\s,、]{{0,4}}第{NUMBER}[章节编篇][\s,、]{{0,4}}")
TITLE_STANDS = re.compile(r"\s{0,4}(?:$|[;、,。|/《和及与\n])")
UNCLOSED = re.compile(rf"[^\n。;》《]{{1,80}}?(?=第\s?{NUMBER}\s?条|\n|$)")
ENDS_LIKE_A_TITLE = re.compile(rf"(?:{titles.ENDINGS})(?:[(\[][^()\[\]]{{0,60}}[)\]])?$")
