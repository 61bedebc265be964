"""The style of a chart that stands alone.

`theme/assets/css/pages/charts/10-drawing.css` is its twin for pages.
"""

_LIGHT = (
    "--fc-paper:#fff;--fc-accent:#1f4e8c;--fc-on-accent:#fff;--fc-text:#1b2430;--fc-soft:#46525f;"
    "--fc-line:#66727f;--fc-box:#f4f7fb;--fc-edge:#6b86ab;--fc-choice:#fff4d9;"
    "--fc-choice-edge:#a97a12;--fc-choice-text:#6b4a00;--fc-pause:#f3f1f8;--fc-pause-edge:#7b6ca3;"
    "--fc-sheet:#fff;--fc-sheet-edge:#7d8894"
)
_DARK = (
    "--fc-paper:#14181f;--fc-accent:#8fb4e6;--fc-on-accent:#10131a;--fc-text:#eef1f5;"
    "--fc-soft:#c3cad3;--fc-line:#97a3b0;--fc-box:#222a36;--fc-edge:#7890b0;--fc-choice:#3a3018;"
    "--fc-choice-edge:#d3a545;--fc-choice-text:#f2d595;--fc-pause:#2c2938;--fc-pause-edge:#a99bd0;"
    "--fc-sheet:#14181f;--fc-sheet-edge:#8a96a3"
)
_FONTS = (
    '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",system-ui,sans-serif'
)

RULES = (
    "text{fill:var(--fc-text);stroke:none;font-size:12px}"
    ".fc-n{font-size:14px;font-weight:700}"
    ".fc-p,.fc-t,.fc-u{fill:var(--fc-soft)}"
    ".fc-ways{stroke:var(--fc-line);stroke-width:1.5}"
    ".fc-heads{fill:var(--fc-line);stroke:none}"
    ".fc-s{stroke-width:1.5;stroke-linejoin:round}"
    ".fc-task .fc-s{fill:var(--fc-box);stroke:var(--fc-edge)}"
    ".fc-wait .fc-s{fill:var(--fc-pause);stroke:var(--fc-pause-edge);stroke-dasharray:5 3}"
    ".fc-decision .fc-s{fill:var(--fc-choice);stroke:var(--fc-choice-edge)}"
    ".fc-start .fc-s{fill:var(--fc-accent);stroke:var(--fc-accent)}"
    ".fc-end .fc-s{fill:var(--fc-box);stroke:var(--fc-accent);stroke-width:2.5}"
    ".fc-start .fc-n,.fc-start .fc-p,.fc-start .fc-t,.fc-start .fc-u{fill:var(--fc-on-accent)}"
    ".fc-sheet{fill:var(--fc-sheet);stroke:var(--fc-sheet-edge);stroke-linejoin:round}"
    ".fc-m{stroke:var(--fc-soft);stroke-linecap:round;stroke-linejoin:round}"
    ".fc-start .fc-m{stroke:var(--fc-on-accent)}"
    ".fc-if rect{fill:var(--fc-paper);stroke:none}"
    ".fc-if text{fill:var(--fc-choice-text)}"
)
STYLE = (
    f":root{{{_LIGHT};font-family:{_FONTS}}}"
    f"@media(prefers-color-scheme:dark){{:root{{{_DARK}}}}}"
    f"@media print{{:root{{{_LIGHT};--fc-on-accent:#000;--fc-accent:#000}}}}"
    f"{RULES}.fc-paper{{fill:var(--fc-paper);stroke:none}}"
    ".fc-title{font-size:16px;font-weight:700}.fc-credit{font-size:11px;fill:var(--fc-soft)}"
)
