/** The report's style sheet: light, dark, phone and paper. Nothing is loaded from anywhere. */

const LIGHT = '--paper:#fff;--panel:#f5f7f9;--ink:#1b2530;--quiet:#56616d;--rule:#d5dce3;--link:#0b5cad;--critical:#b3261e;--warning:#a85b00;--info:#3d6f9e;--agree:#2f7d4f;--note:#fff6e0';
const DARK = '--paper:#14191f;--panel:#1d242c;--ink:#e8edf2;--quiet:#a6b1bd;--rule:#3a4550;--link:#86bdf5;--critical:#f28b82;--warning:#f0b35a;--info:#8ab8e0;--agree:#7fcf9d;--note:#33290f';

export const STYLE = `
:root{color-scheme:light dark;${LIGHT}}
@media screen and (prefers-color-scheme:dark){:root{${DARK}}}
*{box-sizing:border-box}
body{margin:0 auto;padding:28px 24px 48px;max-width:1160px;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 4px}h2{font-size:1.3rem;margin:40px 0 8px;padding-bottom:6px;border-bottom:2px solid var(--rule)}h3{font-size:1.05rem;margin:24px 0 4px}
p{margin:4px 0}a{color:var(--link)}.quiet{color:var(--quiet)}.verdict{font-size:1.15rem;margin:18px 0}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:18px 0;padding:0;list-style:none}
.facts li{background:var(--panel);border-left:4px solid var(--rule);border-radius:6px;padding:10px 14px}.facts b{display:block;font-size:1.7rem;line-height:1.2;font-variant-numeric:tabular-nums}
.facts [data-colour=critical]{border-color:var(--critical)}.facts [data-colour=warning]{border-color:var(--warning)}.facts [data-colour=info]{border-color:var(--info)}.facts [data-colour=agree]{border-color:var(--agree)}
.note{background:var(--note);border-left:4px solid var(--warning);border-radius:6px;padding:10px 14px;margin:16px 0}.note ul{margin:4px 0;padding-left:20px}
.beside{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:8px 32px;align-items:start}
table{border-collapse:collapse;width:100%;margin:8px 0 4px;font-size:.94rem}caption{text-align:left;font-weight:600;padding:4px 0}
th,td{text-align:left;vertical-align:top;padding:7px 10px 7px 0;border-bottom:1px solid var(--rule)}thead th{color:var(--quiet);font-weight:600;font-size:.85rem;white-space:nowrap}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}.lines .name{overflow-wrap:break-word}.lines .since{white-space:nowrap}.lines .what{min-width:230px}.references{display:block;color:var(--quiet);font-size:.85rem}
bdi{unicode-bidi:isolate}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr));gap:20px}
.chart{margin:0;background:var(--panel);border-radius:8px;padding:14px 16px}.chart figcaption span{display:block;color:var(--quiet);font-size:.88rem}.chart svg{display:block;width:100%;height:auto;margin-top:8px}.chart text{font-family:inherit!important}
.legend{display:flex;flex-wrap:wrap;gap:4px 16px;font-size:.88rem}.swatch{display:inline-block;width:11px;height:11px;border-radius:2px;margin-right:6px}
.swatch[data-colour=critical]{background:var(--critical)}.swatch[data-colour=warning]{background:var(--warning)}.swatch[data-colour=info]{background:var(--info)}.swatch[data-colour=agree]{background:var(--agree)}
.badge{display:inline-block;border:1px solid currentColor;border-radius:999px;padding:0 9px;font-size:.8rem;font-weight:600;vertical-align:2px;margin-right:8px}
.badge[data-colour=critical]{color:var(--critical)}.badge[data-colour=warning]{color:var(--warning)}.badge[data-colour=info]{color:var(--info)}.badge[data-colour=agree]{color:var(--agree)}
.next{border-left:3px solid var(--rule);padding-left:10px}
footer{margin-top:48px;padding-top:12px;border-top:1px solid var(--rule);color:var(--quiet);font-size:.88rem}
@media screen and (max-width:640px){body{padding:18px 14px 36px}h1{font-size:1.4rem}.lines thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.lines,.lines tbody,.lines tr,.lines td{display:block;width:100%}.lines tr{border-bottom:1px solid var(--rule);padding:8px 0}.lines td{display:flex;justify-content:space-between;gap:16px;border:0;padding:2px 0;text-align:right}
.lines td::before{content:attr(data-label);color:var(--quiet);font-size:.85rem;text-align:left;flex:none}.lines .what{display:block;text-align:left;padding:4px 0}.lines .what::before{content:none}.lines td:empty{display:none}}
@page{size:A4;margin:14mm 12mm}
@media print{body{max-width:none;padding:0;font-size:10pt}.facts{grid-template-columns:repeat(4,1fr)}.charts{grid-template-columns:1fr 1fr;gap:10px}.chart,.facts li{border:1px solid var(--rule)}.chart,.note,tr,.totals{break-inside:avoid}
h2,h3,caption{break-after:avoid}thead{display:table-header-group}.owner{break-before:page}.owner h2{margin-top:0}a{color:inherit;text-decoration:none}*{print-color-adjust:exact}}
`;
