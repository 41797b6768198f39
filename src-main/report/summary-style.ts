/** The looks of summary.html: one page on paper, light and dark on a screen, no outside file. Colours as in the app. */
export const SUMMARY_STYLE = `
:root { color-scheme: light dark;
  --ground: #f4f6f8; --paper: #fff; --line: #dde2e8; --text: #17212b; --quiet: #52606d;
  --good: #15704e; --warning: #8a5a00; --error: #b3361f;
  --copied: #1d8a63; --present: #4c7fb5; --left-out: #7b8794; --failed: #c9452e; --accepted: #b17a12; --planned: #8560c0; --left: #d3dae1;
  --identical: #1d8a63; --rewritten: #1b8a8f; --size-equal: #4c7fb5; --grade-present: #7b8794; --differs: #c9452e; --missing: #8f2d5a; }
@media (prefers-color-scheme: dark) { :root {
  --ground: #0f151b; --paper: #172029; --line: #2b3743; --text: #e7ecf1; --quiet: #a3b1be;
  --good: #5ccb9c; --warning: #e0b25c; --error: #ff8f78; --left: #3a4753;
  --copied: #46b98a; --present: #7aa7da; --left-out: #8794a1; --failed: #f07b66; --accepted: #e0a94a; --planned: #b394e6;
  --identical: #46b98a; --rewritten: #4fbcc0; --size-equal: #7aa7da; --grade-present: #8794a1; --differs: #f07b66; --missing: #e07fae; } }
@media print { :root { --ground: #fff; } body { padding: 0 !important; } section { break-inside: avoid; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 32px 16px; background: var(--ground); color: var(--text);
  font: 15px/1.5 system-ui, 'Segoe UI', Roboto, sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 900px; margin: 0 auto; }
section, header { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 20px 24px; margin-bottom: 16px; }
h1 { font-size: 24px; line-height: 1.25; margin: 0 0 4px; overflow-wrap: anywhere; }
h2 { font-size: 13px; text-transform: uppercase; letter-spacing: .06em; color: var(--quiet); margin: 0 0 12px; font-weight: 600; }
p { margin: 8px 0 0; }
.quiet { color: var(--quiet); }
.path { overflow-wrap: anywhere; }
.state { display: inline-block; padding: 2px 10px; border-radius: 99px; border: 1.5px solid currentColor; font-weight: 600; font-size: 13px; }
.good { color: var(--good); } .warning { color: var(--warning); } .error { color: var(--error); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 14px 0 0; }
dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
.equation { display: flex; flex-wrap: wrap; align-items: stretch; gap: 8px; }
.term { flex: 1 1 104px; border-left: 4px solid var(--line); padding: 2px 0 2px 10px; }
.term b { display: block; font-size: 22px; line-height: 1.2; }
.sign { align-self: center; color: var(--quiet); font-size: 20px; }
.bar { display: flex; gap: 2px; height: 16px; border-radius: 5px; overflow: hidden; margin: 4px 0 14px; background: var(--line); }
.bar i { display: block; min-width: 3px; }
.key { display: inline-block; width: 11px; height: 11px; border-radius: 3px; margin-right: 8px; }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; font-weight: 600; color: var(--quiet); font-size: 13px; }
th, td { padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child td { border-bottom: 0; }
.number { text-align: right; white-space: nowrap; }
footer { color: var(--quiet); font-size: 13px; text-align: center; padding: 8px; }
`;
