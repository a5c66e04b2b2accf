/** The page's style sheet: light and dark, from a phone to a wide screen. Colours never carry meaning alone. */
export const PAGE_STYLE = `
:root {
  --ground: #f5f6f8; --card: #fff; --line: #dfe3e8; --ink: #16202c; --soft: #55616f;
  --blue: #1d5fc4; --blue-soft: #e6effc; --green: #146c3a; --green-soft: #dff3e6;
  --amber: #8a5300; --amber-soft: #fdf0d5; --red: #b3261e; --red-soft: #fde7e5; --grey-soft: #eceff2;
  --radius: 10px;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #10151b; --card: #19212a; --line: #2d3844; --ink: #e8edf3; --soft: #a3b0be;
    --blue: #8ab8ff; --blue-soft: #1b3050; --green: #7fd9a2; --green-soft: #153524;
    --amber: #f5c56b; --amber-soft: #3d2e10; --red: #ff9c94; --red-soft: #46201d; --grey-soft: #27313c;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
h1, h2, p, ul, ol { margin: 0; padding: 0; }
ul, ol { list-style: none; }
a { color: var(--blue); }
[hidden] { display: none !important; }
:focus-visible { outline: 3px solid var(--blue); outline-offset: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; z-index: 1; }
.wide { max-width: 72rem; margin: 0 auto; padding: 0 1rem; }
header { background: var(--card); border-bottom: 1px solid var(--line); padding: 1rem 0; }
header .wide { display: flex; flex-wrap: wrap; gap: .5rem 2rem; align-items: center; justify-content: space-between; }
h1 { font-size: 1.25rem; line-height: 1.3; }
header p { color: var(--soft); font-size: .9375rem; }
nav { display: flex; gap: 1.25rem; }
main { padding-bottom: 4rem; }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; padding: 1.25rem 0 .75rem; }
h2 { font-size: 1.125rem; }
.counts { display: flex; flex-wrap: wrap; gap: .375rem; flex: 1 1 auto; font-size: .875rem; }
.counts li { padding: 0 .625rem; border-radius: 1rem; }
.live { display: flex; align-items: center; gap: .5rem; color: var(--soft); font-size: .875rem; }
.live b { font-weight: 500; }
.live span { width: .625rem; height: .625rem; border-radius: 50%; background: var(--soft); }
.live[data-state=on] span { background: #21a35c; }
.live[data-state=off] { color: var(--red); }
.live[data-state=off] span { background: currentColor; }
button { font: inherit; font-size: .9375rem; color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: 7px; padding: .375rem .875rem; min-height: 2.5rem; cursor: pointer; }
button:hover { border-color: var(--blue); }
button:disabled { opacity: .55; cursor: progress; }
button.primary { background: #1d5fc4; border-color: #1d5fc4; color: #fff; }
button.primary:hover { background: #174ea3; }
.key { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; padding: .75rem 1rem; margin-bottom: .75rem; background: var(--amber-soft); border-radius: var(--radius); }
.key input { font: inherit; padding: .375rem .625rem; border: 1px solid var(--line); border-radius: 7px; background: var(--card); color: var(--ink); min-height: 2.5rem; flex: 1 1 12rem; }
.message { min-height: 1.5rem; color: var(--soft); font-size: .9375rem; padding-bottom: .5rem; }
.message[data-tone=red] { color: var(--red); }
.empty { padding: 3rem 1rem; text-align: center; color: var(--soft); background: var(--card); border: 1px dashed var(--line); border-radius: var(--radius); }
.list { display: grid; gap: .625rem; }
.order { background: var(--card); border: 1px solid var(--line); border-left: 5px solid var(--line); border-radius: var(--radius); padding: .75rem 1rem; display: grid; gap: .375rem 1.25rem; grid-template-columns: 18rem minmax(0, 1fr) auto; align-items: center; }
.order[data-tone=blue] { border-left-color: var(--blue); }
.order[data-tone=green] { border-left-color: var(--green); }
.order[data-tone=amber] { border-left-color: var(--amber); }
.order[data-tone=red] { border-color: var(--red); border-left-color: var(--red); background: var(--red-soft); }
.state { display: flex; flex-direction: column; gap: .125rem; align-items: flex-start; }
.badge { font-weight: 600; padding: .0625rem .625rem; border-radius: 1rem; }
[data-tone=blue] > .badge, .counts [data-tone=blue] { background: var(--blue-soft); color: var(--blue); }
[data-tone=green] > .badge, .counts [data-tone=green] { background: var(--green-soft); color: var(--green); }
[data-tone=amber] > .badge, .counts [data-tone=amber] { background: var(--amber-soft); color: var(--amber); }
[data-tone=red] > .badge { background: var(--red); color: var(--card); }
.counts [data-tone=red] { background: var(--red-soft); color: var(--red); font-weight: 600; }
[data-tone=grey] > .badge, .counts [data-tone=grey] { background: var(--grey-soft); color: var(--soft); }
.id { font: .75rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; color: var(--soft); overflow-wrap: anywhere; }
.wait { overflow-wrap: anywhere; }
.since { color: var(--soft); font-size: .875rem; }
.track { display: flex; gap: 3px; margin: .375rem 0 .125rem; max-width: 26rem; }
.track li { flex: 1; height: 6px; border-radius: 3px; background: var(--line); }
.track .done { background: var(--blue); }
.track .here { background: var(--amber); }
[data-tone=blue] .track .here { background: var(--blue); opacity: .55; }
[data-tone=green] .track li { background: var(--green); }
[data-tone=red] .track .here { background: var(--red); }
[data-tone=grey] .track .done, [data-tone=grey] .track .here { background: var(--soft); }
.actions { display: flex; flex-wrap: wrap; gap: .5rem; justify-content: flex-end; }
.history { grid-column: 1 / -1; border-top: 1px solid var(--line); padding-top: .5rem; }
.history > p { color: var(--soft); font-size: .875rem; }
.history li { display: grid; grid-template-columns: 6.5rem 12rem minmax(0, 1fr); gap: 0 .75rem; font-size: .875rem; padding: .1875rem 0; border-bottom: 1px solid var(--grey-soft); }
.history time { color: var(--soft); font-variant-numeric: tabular-nums; }
.history .bad { color: var(--red); }
.history summary { cursor: pointer; overflow-wrap: anywhere; }
.history pre { margin: .25rem 0; padding: .5rem; max-height: 20rem; overflow: auto; background: var(--ground); border-radius: 6px; font-size: .8125rem; white-space: pre-wrap; overflow-wrap: anywhere; }
@media (max-width: 46rem) {
  .order { grid-template-columns: minmax(0, 1fr); }
  .actions { justify-content: flex-start; }
  .bar .primary { flex: 1 1 100%; }
  .history li { grid-template-columns: 6.5rem minmax(0, 1fr); }
  .history details { grid-column: 1 / -1; }
}
@media (prefers-reduced-motion: no-preference) {
  .track li, .order { transition: background-color .3s, border-color .3s; }
}
`;
