"""What is written in numbers and signs, as Chinese people say it, and mixed lines."""

from __future__ import annotations

import pytest

from ishowtts_desktop.core.reading_config import WordsConfig
from ishowtts_desktop.reading.text.spoken.speller import Speller


def spoken(text: str, *, slang: bool = True) -> tuple[str, tuple[str, ...]]:
    return Speller(WordsConfig(slang=slang)).speak(text, "zh")


def says(text: str) -> str:
    return spoken(text)[0]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("0", "零"),
        ("10", "十"),
        ("12", "十二"),
        ("101", "一百零一"),
        ("110", "一百一十"),
        ("200", "两百"),
        ("1001", "一千零一"),
        ("1010", "一千零一十"),
        ("2000", "两千"),
        ("10010", "幺零零幺零"),
        ("10011", "一万零一十一"),
        ("20000", "两万"),
        ("120000", "十二万"),
        ("10000001", "一千万零一"),
        ("100000000", "一亿"),
        ("100010000", "一亿零一万"),
        ("3.14", "三点一四"),
        ("0.5", "零点五"),
        ("1,234", "一千两百三十四"),
        ("008", "零零八"),
        ("13800138000", "幺三八零零幺三八零零零"),
        ("987654321", "九八七六五四三二一"),
    ],
)
def test_numbers(number: str, said: str) -> None:
    assert says(f"好 {number} 好") == f"好 {said} 好"


@pytest.mark.parametrize(
    ("text", "said", "step"),
    [
        ("¥99.90", "九十九点九元", "money"),
        ("$100", "一百美元", "money"),
        ("€2", "两欧元", "money"),
        ("9.9块", "九块九", "money"),
        ("2.5块", "两块五", "money"),
        ("¥10-20", "十到二十元", "money"),
        ("100%", "百分之百", "percent"),
        ("0.6%", "百分之零点六", "percent"),
        ("5k", "五千", "number"),
        ("1.5k", "一千五百", "number"),
        ("3w粉", "三万粉", "number"),
        ("10w+", "十万加", "number"),
        ("50+岁", "五十多岁", "number"),
        ("1.5万", "一点五万", "number"),
        ("2亿", "两亿", "number"),
        ("14:30", "十四点三十分", "time"),
        ("2:05", "两点零五分", "time"),
        ("20:15:30", "二十点十五分三十秒", "time"),
        ("8:00", "八点", "time"),
        ("3pm", "下午三点", "time"),
        ("18:30-20:00", "十八点三十分到二十点", "range"),
        ("2024-05-20", "二零二四年五月二十日", "date"),
        ("2024年", "二零二四年", "digits"),
        ("98年", "九八年", "number"),
        ("00后", "零零后", "number"),
        ("2年", "两年", "number"),
        ("100km/h", "一百公里每小时", "unit"),
        ("2kg", "两公斤", "unit"),
        ("60fps", "六十帧", "unit"),
        ("-5°C", "零下五摄氏度", "unit"),
        ("零下-5度", "零下五度", "sign"),
        ("450W电源", "四百五十瓦电源", "unit"),
        ("4k画质", "四K画质", "unit"),
        ("1080p", "一零八零P", "unit"),
        ("5级 lv5", "五级 五级", "unit"),
        ("v1.2.3", "v一点二点三", "version"),
        ("第2个", "第二个", "number"),
        ("2个", "两个", "number"),
        ("2月2号", "二月二号", "number"),
        ("2-3个", "两到三个", "range"),
        ("1-2个", "一到两个", "range"),
        ("2-0", "二比零", "ratio"),
        ("3:1", "三比一", "ratio"),
        ("2-2", "二比二", "ratio"),
        ("20~10", "二十到十", "range"),
        ("10~20", "十到二十", "range"),
        ("1/2", "二分之一", "fraction"),
        ("300/800", "三百比八百", "fraction"),
        ("1+1=2", "一加一等于二", "math"),
        ("3x", "三倍", "math"),
        ("10^2", "十的平方", "math"),
        ("100M宽带 2B", "一百兆宽带 二B", "number"),
        ("单挑1v1", "单挑一v一", "number"),
        ("50%-60%", "百分之五十到百分之六十", "range"),
        ("100元/月", "一百元每月", "unit"),
        ("1h30m", "一小时三十分钟", "unit"),
        ("20m^2", "二十平方米", "unit"),
        ("3 1/2", "三又二分之一", "fraction"),
        ("12/31见", "十二月三十一日见", "date"),
        ("3/15见", "三月十五日见", "date"),
        ("手机尾号1234", "手机尾号一二三四", "digits"),
        ("扣111", "扣一一一", "digits"),
        ("身高6'2", "身高六英尺二", "unit"),
        ("1920x1080", "一九二零乘一零八零", "math"),
        ("+1", "加一", "sign"),
        ("温度 -5", "温度 负五", "sign"),
        ("人数-1", "人数减一", "sign"),
        ("#1", "第一", "sign"),
        ("@小明", "艾特小明", "sign"),
        ("猫&狗", "猫和狗", "sign"),
        ("#话题#", "话题", "sign"),
        ("RTX4090", "R T X四零九零", "digits"),
        ("打110", "打幺幺零", "digits"),
        ("加群12345678", "加群一二三四五六七八", "digits"),
        ("PS5", "P S五", "number"),
    ],
)
def test_what_is_written_short_is_said_in_full(text: str, said: str, step: str) -> None:
    assert (says(text), step in spoken(text)[1]) == (said, True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("打了 3 kills", "打了 三 kills"),
        ("打了3kills", "打了三kills"),
        ("I have 3 cats 哈哈", "I have three cats 哈哈"),
        ("太强了 PS5", "太强了 P S五"),
        ("显卡 60fps 4K 144Hz 真好", "显卡 六十帧 四K 一百四十四赫兹 真好"),
        ("a 1 " + "!" * 60 + " 好", "a 一 " + "!" * 60 + " 好"),
    ],
)
def test_a_number_is_english_only_between_english_words(text: str, said: str) -> None:
    assert says(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("666", "六六六"),
        ("66666主播", "六六六主播"),
        ("233333", "二三三三"),
        ("88了", "拜拜了"),
        ("666块", "六百六十六块"),
        ("第88名", "第八十八名"),
        ("88级", "八十八级"),
        ("985大学", "九八五大学"),
        ("404块", "四百零四块"),
        ("$88", "八十八美元"),
        ("R88", "R八十八"),
    ],
)
def test_numbers_that_mean_something_else_unless_they_count(text: str, said: str) -> None:
    assert says(text) == said


def test_without_slang_a_number_is_a_number() -> None:
    assert spoken("666 yyds", slang=False)[0] == "六百六十六 yyds"


def test_grass_stays_grass() -> None:
    assert spoken("草草") == ("草草", ())
