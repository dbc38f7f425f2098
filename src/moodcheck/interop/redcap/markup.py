"""Labels of REDCap are HTML: the text that they show, and text written so that it is shown."""

from __future__ import annotations

import html
import re

from moodcheck.safe_text import safe_text

_TAGS = (
    "a|abbr|b|blockquote|br|button|caption|center|code|col|colgroup|dd|div|dl|dt|em|font|h[1-6]|hr|"
    "i|iframe|img|input|label|li|ol|option|p|pre|s|select|small|source|span|strike|strong|sub|sup|"
    "table|tbody|td|tfoot|th|thead|tr|u|ul|video"
)
_HIDDEN = re.compile(r"<!--.*?-->|<(script|style)\b[^<>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
"""What a browser shows nothing of."""

_TAG = re.compile(rf"</?(?:{_TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_WITHIN_A_WORD = re.compile(
    r"</?(?:a|abbr|b|em|font|i|s|small|span|strike|strong|sub|sup|u)(?:\s[^<>]*)?>", re.IGNORECASE
)
"""Tags that do not part what stands before them from what follows."""

_SPECIAL = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "[": "&#91;"}
"""What is markup in a label: of HTML, of a list of choices, and of answers to be filled in."""

_FORMULA = ("=", "+", "-", "@")

_PIPED = re.compile(r"\[[a-z][a-z0-9_-]*(?::[^\[\]]*)?\]")


def text_of(label: str) -> str:
    """Return what a label shows, on one line that is fit to show.

    Tags are taken out and entities resolved; a `<` that begins no tag stays.
    """
    without = _TAG.sub(" ", _WITHIN_A_WORD.sub("", _HIDDEN.sub(" ", label)))
    return safe_text(" ".join(html.unescape(without).split()))


def label_of(text: str) -> str:
    """Return a label that shows this text, and which no spreadsheet runs as a formula.

    `text_of` gives back the same text, where that is one line that is fit to show.
    """
    label = "".join(_SPECIAL.get(char, char) for char in text)
    return f"&#{ord(label[0])};{label[1:]}" if label.startswith(_FORMULA) else label


def is_piped(label: str) -> bool:
    """Return whether REDCap fills in somebody's answers in a label."""
    return _PIPED.search(label) is not None
