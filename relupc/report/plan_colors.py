"""How the pictures of a plan look, in light and in dark: one style for the SVG and for the page around it."""

from __future__ import annotations

STYLE = """\
.plan{--bg:#fff;--fg:#1f2328;--dim:#59636e;--rule:#d1d9e0;--band:#f6f8fa;--read:#6e7781;--still:#f5c84c;\
--stop:#9a6700;--load:#0969da;--code:#cf222e;--call:#1a7f37;--gone:#59636e;--point:#8250df;--link:#0969da;--in:#fff;--on:#1f2328}
@media (prefers-color-scheme:dark){.plan{--bg:#0d1117;--fg:#e6edf3;--dim:#9198a1;--rule:#3d444d;--band:#151b23;\
--read:#9198a1;--still:#bb8009;--stop:#f2cc60;--load:#58a6ff;--code:#ff7b72;--call:#56d364;--gone:#9198a1;\
--point:#bc8cff;--link:#58a6ff;--in:#0d1117;--on:#0d1117}}
.plan text{fill:var(--fg);font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
.plan .bg{fill:var(--bg)}.plan .band{fill:var(--band)}
.plan text.h{font-size:14px;font-weight:bold}.plan text.app{font-weight:bold}
.plan text.dim{fill:var(--dim);font-size:11px}
.plan text.n{fill:var(--dim);font-size:10px;text-anchor:middle}
.plan text.m{fill:var(--in);font-size:11px;font-weight:bold;text-anchor:middle}
.plan .still{fill:var(--still)}.plan .read{fill:var(--read)}.plan .load{fill:var(--load)}
.plan .code_change{fill:var(--code)}
.plan .apply{fill:var(--call)}.plan .suspend,.plan .resume{fill:var(--stop)}
.plan .remove,.plan .purge{fill:var(--gone)}
.plan .point{stroke:var(--point);stroke-width:2;stroke-dasharray:4 3}.plan text.pt{fill:var(--point);font-size:11px}
.plan .row:focus{outline:none}.plan .row:focus .band{stroke:var(--link);stroke-width:2}
"""

PAGE = """\
:root{color-scheme:light dark}
body{margin:0;background:var(--bg);color:var(--fg);font:15px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
main{max-width:1200px;margin:0 auto;padding:1rem 1.25rem 3rem}
h1{font-size:1.5rem;margin:.5rem 0}h2{font-size:1.2rem;margin:2rem 0 .5rem}h3{font-size:1rem;margin:1.5rem 0 .5rem}
a{color:var(--link)}
a:focus-visible,[tabindex]:focus-visible{outline:2px solid var(--link);outline-offset:2px}
code,pre,td,.mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:13px}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:.5rem 0}dt{color:var(--dim)}
dd{margin:0}dd,li,h2,h3{overflow-wrap:anywhere}
.scroll{overflow-x:auto;border:1px solid var(--rule);border-radius:6px}
table{border-collapse:collapse;width:100%}caption{text-align:left;color:var(--dim);padding:.5rem}
th,td{text-align:left;vertical-align:top;padding:.25rem .6rem;border-top:1px solid var(--rule)}
th[scope=row]{text-align:right}
thead th{color:var(--dim);font-weight:600;background:var(--band)}
tr.still th[scope=row]{box-shadow:inset 4px 0 var(--still)}
tr.pnr td,tr.pnr th{border-top:2px dashed var(--point);color:var(--point)}
.verdict{display:inline-block;padding:.1rem .6rem;border-radius:1rem;border:2px solid var(--dim);font-weight:600}
.hot{border-color:var(--call)}.risk{border-color:var(--stop)}.restart{border-color:var(--code)}
.blocked{border-color:var(--code);border-style:double}
pre{margin:0;padding:.5rem 0;line-height:1.45}.line{display:block;padding:0 .75rem}
.line:target{background:var(--still);color:var(--on)}
.no{display:inline-block;min-width:3ch;margin-right:1.5ch;color:var(--dim);text-align:right;user-select:none}
.line:target .no{color:inherit}
@media print{.scroll{overflow:visible}}
"""
