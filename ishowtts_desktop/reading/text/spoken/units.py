"""Tables of units, money and measure words."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

_UNITS: Final = """
km/h | kilometer per hour | kilometers per hour | 公里每小时
kph | kilometer per hour | kilometers per hour | 公里每小时
mph | mile per hour | miles per hour | 英里每小时
m/s | meter per second | meters per second | 米每秒
km | kilometer | kilometers | 公里
cm | centimeter | centimeters | 厘米
mm | millimeter | millimeters | 毫米
m | meter | meters | 米
kg | kilogram | kilograms | 公斤
mg | milligram | milligrams | 毫克
g | gram | grams | 克
lb | pound | pounds | 磅
lbs | pound | pounds | 磅
oz | ounce | ounces | 盎司
ft | foot | feet | 英尺
ml | milliliter | milliliters | 毫升
mL | milliliter | milliliters | 毫升
L | liter | liters | 升
TB | terabyte | terabytes | T B
GB | gigabyte | gigabytes | G B
gb | gigabyte | gigabytes | G B
MB | megabyte | megabytes | M B
mb | megabyte | megabytes | M B
KB | kilobyte | kilobytes | K B
kb | kilobyte | kilobytes | K B
Gbps | gigabit per second | gigabits per second | G b p s
Mbps | megabit per second | megabits per second | M b p s
mbps | megabit per second | megabits per second | M b p s
kbps | kilobit per second | kilobits per second | K b p s
GHz | gigahertz | gigahertz | 吉赫兹
MHz | megahertz | megahertz | 兆赫兹
kHz | kilohertz | kilohertz | 千赫兹
KHz | kilohertz | kilohertz | 千赫兹
Hz | hertz | hertz | 赫兹
hz | hertz | hertz | 赫兹
HZ | hertz | hertz | 赫兹
°C | degree Celsius | degrees Celsius | 摄氏度
°c | degree Celsius | degrees Celsius | 摄氏度
°F | degree Fahrenheit | degrees Fahrenheit | 华氏度
° | degree | degrees | 度
¢ | cent | cents | 美分
dB | decibel | decibels | 分贝
db | decibel | decibels | 分贝
kW | kilowatt | kilowatts | 千瓦
W | watt | watts | 瓦
V | volt | volts | 伏
mAh | milliamp hour | milliamp hours | 毫安时
GB/s | gigabyte per second | gigabytes per second | G B每秒
MB/s | megabyte per second | megabytes per second | M B每秒
KB/s | kilobyte per second | kilobytes per second | K B每秒
m^2 | square meter | square meters | 平方米
km^2 | square kilometer | square kilometers | 平方公里
cm^2 | square centimeter | square centimeters | 平方厘米
m^3 | cubic meter | cubic meters | 立方米
fps | F P S | F P S | 帧
FPS | F P S | F P S | 帧
ms | millisecond | milliseconds | 毫秒
s | second | seconds | 秒
sec | second | seconds | 秒
secs | second | seconds | 秒
min | minute | minutes | 分钟
mins | minute | minutes | 分钟
h | hour | hours | 小时
hr | hour | hours | 小时
hrs | hour | hours | 小时
wk | week | weeks | 周
wks | week | weeks | 周
px | pixel | pixels | 像素
"""
_ROWS: Final = tuple(
    tuple(cell.strip() for cell in row.split("|")) for row in _UNITS.strip().splitlines()
)
ENGLISH_UNITS: Final = MappingProxyType({row[0]: (row[1], row[2]) for row in _ROWS})
CHINESE_UNITS: Final = MappingProxyType({row[0]: row[3] for row in _ROWS})

CARD: Final = re.compile("[1-5]0[5-9]0|16[56]0")
"""Graphics cards that everybody calls by their number."""

_CENTS: Final = "cent"
ENGLISH_MONEY: Final = MappingProxyType(
    {
        "$": ("dollar", "dollars", _CENTS),
        "US$": ("dollar", "dollars", _CENTS),
        "USD": ("dollar", "dollars", _CENTS),
        "C$": ("Canadian dollar", "Canadian dollars", _CENTS),
        "CA$": ("Canadian dollar", "Canadian dollars", _CENTS),
        "A$": ("Australian dollar", "Australian dollars", _CENTS),
        "AU$": ("Australian dollar", "Australian dollars", _CENTS),
        "S$": ("Singapore dollar", "Singapore dollars", _CENTS),
        "R$": ("real", "reais", "centavo"),
        "HK$": ("Hong Kong dollar", "Hong Kong dollars", _CENTS),
        "NT$": ("Taiwan dollar", "Taiwan dollars", _CENTS),
        "€": ("euro", "euros", _CENTS),
        "EUR": ("euro", "euros", _CENTS),
        "£": ("pound", "pounds", "pence"),
        "GBP": ("pound", "pounds", "pence"),
        "¥": ("yuan", "yuan", ""),
        "RMB": ("yuan", "yuan", ""),
        "CNY": ("yuan", "yuan", ""),
        "元": ("yuan", "yuan", ""),
        "块": ("yuan", "yuan", ""),
        "JPY": ("yen", "yen", ""),
        "₩": ("won", "won", ""),
        "₽": ("ruble", "rubles", ""),
        "₹": ("rupee", "rupees", ""),
    }
)
CHINESE_MONEY: Final = MappingProxyType(
    {
        "$": "美元",
        "US$": "美元",
        "USD": "美元",
        "C$": "加元",
        "CA$": "加元",
        "A$": "澳元",
        "AU$": "澳元",
        "S$": "新币",
        "R$": "雷亚尔",
        "HK$": "港币",
        "NT$": "台币",
        "€": "欧元",
        "EUR": "欧元",
        "£": "英镑",
        "GBP": "英镑",
        "¥": "元",
        "RMB": "元",
        "CNY": "元",
        "JPY": "日元",
        "₩": "韩元",
        "₽": "卢布",
        "₹": "卢比",
    }
)
MEASURES: Final = frozenset(
    "个只条次位件张本把台块元天周分秒点岁种场局盘颗粒枪刀杯瓶碗份包箱套双对人名"
    "辆架艘首篇句段章部抽连单票米里斤克公吨升度倍万亿千百毛角小英美欧遍回趟声眼口头匹群排串根支朵棵滴年"
)
"""Before these 2 is 两."""
COUNTED: Final = MEASURES | frozenset("月日号楼级血代组队集层期届名杀星段线路折键寸伤%")
"""Before these a row of digits counts something and is no slang."""
