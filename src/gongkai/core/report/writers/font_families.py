"""The families that stand for the faces of an official document, by the names that machines give them.

What GB/T 9704 asks for first, then what offices have in its place; SONG, SERIF and SANS are what most systems have.
"""

from __future__ import annotations

SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "思源宋体", "AR PL UMing CN")
SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "思源黑体", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei")
SONG = ("宋体", "SimSun", "华文宋体", "STSong", "Songti SC")
TITLE = ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "华文中宋", "STZhongsong")
FANGSONG = ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "华文仿宋", "STFangsong")
KAITI = ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "华文楷体", "STKaiti")
HEI = ("黑体", "SimHei", "华文黑体", "STHeiti", "Heiti SC")
