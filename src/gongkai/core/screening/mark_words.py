"""The words of marks, as patterns for lines in compare form (`core/text/fold`): no white space, one kind of bracket."""

from __future__ import annotations

import re

from gongkai.core.text.patterns import lazy

WORTH = re.compile(
    "密|内\n?部|公\n?开|外\n?[传泄发借]|保\n?[存管]|份号|[0-9０-９]份|收回|复[印制]|翻印|转发|泄露|扩散|对外|限.{2,12}阅|供.{0,8}领导|参阅|内[参刊]|上网|登报|[Nn№Ｎ]|发至|阅后|用后|限阅|知悉范围|机要|^[密机秘绝]$"
    "|^[0０]|[第号][:：]?[0０]|SECRET|CONFIDENTIAL|INTERNAL|[Ss]ecret|[Cc]onfidential|[Ii]nternal", re.M
)
CORE = re.compile(  # on a line that is looked at in parts
    "密|公开|发至|内部|外[传泄借]|收回|阅后|用后|保[存管]|翻印|复[印制]|转发|泄露|扩散|对外|上网|[0-9０-９]份|份号"
    "|[仅只专]?[供限].{1,10}[阅用考]"
)
BLANK = re.compile(r"[^\S\n]+")
SPECIAL = re.compile("页眉|页脚|文本框|水印|艺术字|图形|形状|批注|印章")
LEVEL = "(?:绝密|机密|秘密)"
STARS = "[★☆✩✪⭐✭✰✮*●]"
TERM = (
    "(?:至[0-9]{4}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?|[0-9一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]+(?:年|个月|月)"
    "|长期|永久|启用前|开标前|公布前|考试结束前)"
)
TAG = re.compile(r"<[^<>]{1,200}>")
NUMBERED = re.compile(  # [机密]第012号
    rf"[\[(<《]?{LEVEL}(?:级|件)?[\])>》]?{STARS}?(?:{TERM})?[,;]?"
    r"(?:第|No[.:：]?|编号[:：]?|份号[:：]?)[0-9]{1,6}号?(?:文件|件|份)?", re.I,
)
URGENT = re.compile("特急|加急|特提|平急|急件")

STARRED = re.compile(
    rf"(?:工作秘密|商业秘密|商密|内部|{LEVEL})(?:级|件)?(?:[\[(][^\])]{{1,4}}[\])])?{STARS}{{1,3}}{TERM}?"
)
# Ticks and boxes that symbol fonts keep in the private area, when a file holds only the character.
PRIVATE = str.maketrans({0xF052: "☑", 0xF0FE: "☑", 0xF050: "✓", 0xF0FC: "✓", 0xF0A3: "□", 0xF0A8: "□", 0xF06F: "□"})
TALKS = re.compile("标注|字样|标志|格式|例如|标识|应当|样式|如[:\"]")
LEVEL_LABEL = (
    "(?:密级(?:[和及与、](?:保密)?期限)?|密别|秘密等级|保密等级|保密级别|涉密等级|涉密级别|定密(?:等级|级别|密级)?)"
)
WHOLE = re.compile(
    rf"(?P<open>[\[(<《*★☆]{{0,2}})(?P<label>{LEVEL_LABEL}[:：]?)?[\[(]?(?P<level>{LEVEL}|工作秘密)"
    rf"(?P<what>级|件|文件|材料|资料)?(?P<close>[\])>》*★☆]{{0,2}})(?P<term>(?:{STARS}|[·.\-—:]|\()?{TERM})?[\])>》]{{0,2}}[。.!]?"
)
LABELLED = re.compile(
    rf"{LEVEL_LABEL}(?:标志|标识)?[:：][\[(]?(?:{LEVEL}|工作秘密|内部(?!公开))(?!級|或|、|/|□|,{LEVEL}|;{LEVEL})"
)
CHECKED_LEVEL = re.compile(rf"[☑√■✓✔☒◉](?:{LEVEL}|工作秘密)")
TERMED = re.compile(rf"{LEVEL}级?(?:,|;)?(?:保密期限)?[:：]?{TERM}")
PERIOD = re.compile(rf"(?:保密期限|解密时间|解密日期)[:：]?(?:{TERM}|[0-9]{{4}}[年./-].*)")
KNOWN_BY = re.compile(r"(?:知悉|知密|限阅)范围[:：].{2,30}")
_THIS_PAPER = (
    "(?:(?:此|本)(?:件|文件|公文|文|资料|材料|页|部分|稿|表|附件|通知|报告|方案|纪要|内容)|以下(?:内容|材料|资料)|[此本]页内容)(?:内容|的?密级)?"
)
DECLARED = re.compile(
    rf"{_THIS_PAPER}(?:(?:属于?|为|系|是|含有?|按照?|定为|列为)(?:国家秘密|工作秘密|内部(?:资料|文件|材料|事项)|{LEVEL}(?!技术|投票|监察|武器))"
    rf"|涉及(?:国家|工作)秘密(?=[,;。!]|$)|涉密(?=[,;。!]|$))"
)
TITLED = re.compile(rf"(?:{LEVEL}|内部资料|内部文件|工作秘密)[:：★☆]")
VALUE = re.compile(r"[\w-]{1,30}[:=]\"[^\"]*\",?$", re.A)  # owner: "机密★10年"
FIELD = 60  # characters of a hidden line that holds one value
QUOTED = re.compile(r"[\"'=?]([^\"'=?&]{2,40})(?:[\"'&]|$)")
REMARKS = frozenset({"备注", "说明", "标识", "标记", "附注"})  # beside such a cell a level is a remark on the document
SECRET_STUFF = re.compile(
    r"[\[(]?(?:[\[(][保加]?密(?=[\])])|涉密(?:文件|资料|载体|材料|件)?|保密(?:文件|资料|材料|件)|密件|密电|密码电报|机要件|限阅件?)[\])]?"
)
ENGLISH = re.compile(
    r"[\[(*]?(?:topsecret|secret|(?:strictly|highly)?confidential|(?:for)?internal(?:use)?only|internaluse)[\])*]?",
    re.I,
)

_PAPER = (
    "(?:(?:工作|学习|培训|会议|业务|讨论|研究|参考|交流)?(?:资料|文件|材料|刊物|文稿|稿件|讨论稿|传阅件)|参考|参阅|使用|掌握|传阅|通讯"
    "|情况(?:通报|反映)?|事项|明电|发行|交流|资讯|简报)"
)
INTERNAL = (
    f"(?:内部{_PAPER}"
    "|仅[供限]于?(?:内部|领导|工作|本单位|系统内)(?:人员|同志)?(?:使用|参考|参阅|传阅|掌握|交流|学习|讨论|查阅)?"
    "|限(?:于)?内部(?:使用|参阅|传阅)?|工作秘密|内[参刊])"
)
_DO_NOT = (
    "(?:不得|请勿|严禁|禁止|切勿|不准|不可|勿|不)(?:对外|擅自|随意)?"
    "(?:外传|外泄|外借|对外|转发|复制|翻印|传播|扩散|提供|泄露|泄密|公开|上网|引用|摘抄|复印|拍照)"
)
NOTICE = (
    f"(?:请?(?:注意(?:保存|保管|保密)|(?:严格|做好)保密)|妥善保[管存]|(?:未经(?:许可|批准|同意|授权|允许),?)?{_DO_NOT}"
    "(?:[、及和或]?(?:外传|复制|转发|翻印|传播|拍照|复印|摘抄|引用|扩散|上网))*"
    "|阅后(?:即焚|收回|退回|销毁|归档)|用后(?:收回|销毁)|会后(?:收回|退回)|不对外(?:公开|发布)?)"
)
_WEAK = "(?:仅供参考|不宜公开|不予公开|请勿对外|注意保护)"  # only beside another
_SUBJECT = "(?:此件|本件|本资料|本文件|本材料|此文件|此材料|此资料|本文稿|本讲义|本课件|本手册)(?:内容)?"
_TITLE = "(?:商业秘密|敏感信息|会议(?:文件|资料|材料)|讨论稿|征求意见稿|送审稿|学习资料|培训资料|工作资料)"
_BETWEEN = r"[,、;·.:!*★☆\-—|/]{0,3}"
_REMARK = "(?:(?:另|注|备注|附注|说明|提示|提醒)[:：])"
INTERNAL_LINE = lazy(
    rf"[\[(<《*★☆]{{0,2}}{_REMARK}?(?:{_SUBJECT})?(?:为|系|属于?)?(?:{INTERNAL}|{NOTICE}|{_TITLE}{_BETWEEN}{NOTICE})"
    rf"(?:{_BETWEEN}(?:{INTERNAL}|{NOTICE}|{_WEAK}|{TERM}|第?[0-9]+期?|[0-9]{{4}}年))*[\])>》*★☆!。.]{{0,2}}"
)
INTERNAL_BARE = re.compile(
    r"[\[(*★☆]{1,2}内部[\])*★☆]{0,2}"
    rf"|(?:工作秘密|{LEVEL})(?:级|件)?[\[(]内部(?:使用|掌握|资料|文件)?[\])]"
)
NOTE_NUMBER = re.compile(r"(?:[0-9]{1,2}|[①-⑳¹²³⁴-⁹*※])(?=[内仅限工绝机秘])")  # of a footnote, glued to its text
INTERNAL_BEHIND = re.compile(r"[\[(]内部[\])]$")
INTERNAL_AT_END = lazy(rf"[\[(](?:{INTERNAL}|{LEVEL})(?:[,、;:]?(?:{NOTICE}|{INTERNAL}|{_WEAK}))*[\])]")
INTERNAL_START = lazy(rf"{INTERNAL}.{{0,4}}{NOTICE}")
INTERNAL_WITHIN = lazy(rf"{INTERNAL}{_BETWEEN}{NOTICE}")

COPY = re.compile(
    r"份号[:：]?(?:No\.?[:：]?)?[0-9]{3,8}"
    r"|(?:共印?|印(?:数|份|制份数|发份数)[:：]?)[0-9]{1,4}份[,;、()]{0,2}(?:[此本][件份]?)?[为是系]?第[0-9]{1,4}份"
    r"|第[0-9]{1,4}份[,;、()]{0,2}共印?[0-9]{1,4}份|[此本][件份][为是系]第[0-9]{1,4}份", re.I
)
COPY_NUMBER = re.compile(r"No[.:：]?0[0-9]{4,6}号?", re.I)
COPY_DOUBTFUL = re.compile(r"(?:编号[:：]|第)0[0-9]{4,6}号?")
COPY_BARE = re.compile(r"0[0-9]{5}")

NOT_OPEN = (
    "(?:依申请公开|依申请|不予(?:主动)?公开|不公开(?!审理|审判|开庭|征求|招标|听证|选拔)|不宜公开|暂不公开|不得公开|不对外公开|免[予于]公开"
    "|限制公开|内部公开|非公开|秘密)"
)
_INNER = "(?:(?:仅?限)?(?:本单位|本系统|系统|机关)?内部|系统内)"
ATTRIBUTE = (
    "(?:政府信息|政务信息|政务|信息|文件|公文|拟|建议)?公开"
    "(?:属性|方式|类别|选项|形式|类型|范围|性质|程度|情况|与否|意见|审查意见|标识|分类|级别|等级)"
)
_ANY_ATTRIBUTE = f"(?:{ATTRIBUTE}|(?:文件|公文|发布|信息|政府信息)?属性)"
_ON = r"(?![、/或□☐○]|\([ √✓✔vV]?\)|[,;]?(?:主动公开|不予|依申请))"  # one of several choices is none yet
ATTRIBUTE_LINE = re.compile(
    rf"(?:{ATTRIBUTE}[\[(\"]?(?:此件|拟|建议)?{NOT_OPEN}|{_ANY_ATTRIBUTE}[:：][☑√■✓✔☒◉\[(\"]?(?:此件|拟|建议)?(?:{NOT_OPEN}|{_INNER}(?=$|[)\].。;,]))){_ON}"
)
ATTRIBUTE_SAID = re.compile(
    rf"(?:(?:本|此|该)(?:件|文件|公文|文|通知)(?:的)?|^){ATTRIBUTE}(?:确定|定|明确)?(?:为|是|系)\"?(?:{NOT_OPEN})\"?[。.]?$"
)
WHETHER = re.compile(
    r"(?:(?:是否|可否|能否|宜否)上网|(?:是否|可否|能否|宜否)(?:同意)?(?:主动|对外|上网|网上)?公开|(?:主动|对外|上网)?公开与否|主动公开)"
    r"[:：][\[(]?(?:否|不(?:可|能|予|宜|公开|同意)|依申请(?:公开)?)"
    r"(?:[,;:]?[\[(]?(?:不予公开|不公开|依申请公开|不宜公开)[\])]?)?[\])。]?"
)
OPTIONS = re.compile("主动公开")
CHECKED = re.compile(
    r"(?:[☑√■✓✔☒◉]|\([√✓✔vV●■]\)|\[[√✓✔vV●■]\])(?:依申请公开|不予公开|不公开)"
    r"|(?:依申请公开|不予公开|不公开)(?:\[[√✓✔vV]\]|\([√✓✔vV]\)|[√✓✔☑])"
)
# Boxes behind their words: the tick before 依申请公开 is that of the word before it.
BEHIND = re.compile(r"[^□○◇☑√■✓✔☒◉]*公开[□○◇☑√■✓✔☒◉].*[□○◇☑√■✓✔☒◉]")
CHECKED_BEHIND = re.compile(r"(?:依申请公开|不予公开|不公开)[☑√■✓✔☒◉]")
FILLED = re.compile("[●◆▣](?:依申请公开|不予公开|不公开)")
EMPTY = re.compile("[○◇□]")
THIS = re.compile(
    "(?:(?:此|本|该)(?:件|文件|公文)|此文)(?:应|拟|建议)?(?:为|属于?|系|按照?|作|列为|定为)?"
    "(?:依申请公开|不予(?:主动)?公开|不公开(?!审理|审判|开庭|征求|招标|听证|选拔)|不宜公开|暂不公开|不得公开"
    "|不[对向](?:外|社会)(?:公开|发布|公布)|免[予于]公开|限制公开|(?:仅?限?)?内部公开|不得?上网|不登报|不予公布)(?!的|出版)"
    "|[此本]件[^。:]{0,14}[,;、](?:不公开|依申请公开|不上网|不登报)(?=[\\]).。;,]|$)"
    "|(?:^|[\\[(。])本(?:文|通知|意见|方案|函|批复|报告|请示|纪要|通报|答复|资料|材料|信息|办法|规定|决定)"
    "(?:依申请公开|不予公开|不公开(?:发布)?|不[对向](?:外|社会)公开|不宜公开|不上网)(?=[\\]).。;,]|$)"
)
BARE_NOT_OPEN = re.compile(
    r"(?P<open>[\[(]?)\*?(?P<what>(?P<plan>拟|建议)?(?:依申请公开|不予公开|不公开|不宜公开|暂不公开|不得公开|不对外公开|内部公开"
    r"|不[对向]社会公开|(?:仅?限)?(?:本?单位|本?机关|系统)?内部公开|不得?(?:上网|登报|见报|广播)(?:[、,;及和]?不得?(?:上网|登报|见报|广播|公开))*))(?P<close>[\])]?)[。.]?"
)
HEADING = re.compile("依申请公开|不予公开|不公开")  # what chapters and columns are called, too
SENT_TO = re.compile(r"(?:[\[(](?:此件|本件)?|此件|本件|(?=[仅只]))(?:公开)?[仅只]?发至.{1,12}级?[\])]?")
PARTLY = re.compile(
    rf"(?:{ATTRIBUTE}[:：]?|(?:此件|本件))(?:删减后公开|部分公开|摘要公开|延期公开|区分处理)"
)
LABEL_ALONE = re.compile(
    rf"(?:{LEVEL_LABEL}|份号|保密期限|{_ANY_ATTRIBUTE}|(?:是否|可否|能否)(?:主动|对外|上网)?公开)[:：]?"
)
IMPRINT = re.compile("印发|抄送|[0-9一二〇○零]{4}年[0-9一二三四五六七八九十]{1,3}月")
