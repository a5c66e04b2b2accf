/** The page's frame; the script fills the list. `demo` shows the buttons that play the customer. */
export function pageHtml({ demo }: { readonly demo: boolean }): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Durable orders</title>
<link rel="icon" href="/assets/page.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/page.css">
<script src="/assets/page.js" defer></script>
</head>
<body data-demo="${demo ? 'on' : 'off'}">
<a class="skip" href="#orders">Skip to the orders</a>
<header>
<div class="wide">
<div class="brand">
<h1>Durable orders</h1>
<p>Every order is a state machine that finishes, whatever crashes. This page follows them live.</p>
</div>
<nav aria-label="Elsewhere"><a href="/dashboard">Dashboard</a> <a href="/docs">API (Swagger)</a> <a href="/health/ready">Health</a></nav>
</div>
</header>
<main class="wide">
<div class="bar">
<h2 id="orders" tabindex="-1">Recent orders</h2>
<ul id="counts" class="counts" aria-label="Orders shown, by state"></ul>
<p id="live" class="live" data-state="waiting"><span aria-hidden="true"></span><b>Connecting</b></p>
${demo ? '<button id="place" class="primary" type="button">Place a demo order</button>' : ''}
</div>
<form id="key-form" class="key" hidden>
<label for="key">Function key <small>(kept in this tab only)</small></label>
<input id="key" type="password" autocomplete="off" spellcheck="false">
<button type="submit">Use it</button>
</form>
<p id="message" class="message" role="status"></p>
<ul id="list" class="list" aria-labelledby="orders"></ul>
<p id="empty" class="empty" hidden>No orders yet.${
    demo ? ' Place one with the button above.' : ' Place one with <code>POST /order/start/{cart}</code>.'
  }</p>
<noscript><p class="empty">This page needs JavaScript. The same is at <a href="/orders">/orders</a>.</p></noscript>
</main>
</body>
</html>
`;
}

/** The page's icon. */
export const PAGE_ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="#2563c9"/><path d="M4 8.5l2.7 2.7L12 5.6" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
