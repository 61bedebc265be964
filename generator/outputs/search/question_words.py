"""The words that make a question of what is asked about: "how", "I want to", 怎么, 多少钱.

No text of a power holds them, so the full text is searched without them. Words that also stand
in names (的, 和, "of") are no such words: they may be part of a phrase that is looked for.
"""

from __future__ import annotations

_CHINESE = """
我 我们 我家 你 你们 您 他 他们 她 它 别人 人家 这 这个 那 那个 想 想要 要 需要 要不要 用不用 需不需要 得
怎么 怎样 怎么办 怎么样 怎么罚 如何 什么 什么样 啥 哪 哪里 哪儿 哪些 哪个 谁 几 几个 几天 多少 多少钱 多久
多长 多长时间 为什么 为啥 吗 呢 吧 啊 呀 了 个 一个 些 能 能不能 可以 可不可以 会不会 是 是不是 有 有没有
被 把 给 让 来 去 找 问 请问 请教 归 管 办 我想 我要 我能 想开 开个 办个 想办 有个 换个
"""
_ENGLISH = """
am are can could do does get has have how i is long many may me much must my need our should want
was we what when where which who whom whose why will would you your
"""


def words(language: str) -> list[str]:
    """Return the question words of a language (BCP 47), in a steady order; none if unknown."""
    of_language = _CHINESE if language.startswith("zh") else _ENGLISH
    return list(dict.fromkeys(of_language.split()))
