import { dinero, EUR, toDecimal } from 'dinero.js';
import type { PaymentStatusDto } from '../../contracts/payments-contract.js';
import { escapeHtml } from '../protocol/html-escape.js';
import type { Payment } from './payment.entity.js';

/** The page loads no resource and runs no script. Its buttons submit a form. */
export const CHECKOUT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const STYLE = `
  :root { color-scheme: light dark; --ink: #1c2430; --dim: #66707f; --card: #fff; --ground: #eef1f6; --line: #dfe4ec; --pay: #1f7a4d; --no: #b3261e; }
  @media (prefers-color-scheme: dark) {
    :root { --ink: #eef1f6; --dim: #9aa5b5; --card: #1b222c; --ground: #11161d; --line: #2c3643; --pay: #2e9e67; --no: #e0655d; }
  }
  * { box-sizing: border-box; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--ground); color: var(--ink);
    font: 16px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
  main { width: 100%; max-width: 26rem; background: var(--card); border: 1px solid var(--line); border-radius: 16px; padding: 2rem;
    box-shadow: 0 12px 40px rgb(0 0 0 / 8%); }
  h1 { font-size: 1rem; font-weight: 600; margin: 0; color: var(--dim); }
  .amount { font-size: 2.6rem; font-weight: 700; letter-spacing: -0.02em; margin: 0.4rem 0 1.2rem; }
  dl { margin: 0 0 1.6rem; border-top: 1px solid var(--line); }
  dl div { display: flex; justify-content: space-between; gap: 1rem; padding: 0.6rem 0; border-bottom: 1px solid var(--line); }
  dt { color: var(--dim); } dd { margin: 0; text-align: right; overflow-wrap: anywhere; }
  form { display: grid; gap: 0.7rem; }
  button { font: inherit; font-weight: 600; padding: 0.85rem; border-radius: 10px; border: 1px solid transparent; cursor: pointer; }
  .pay { background: var(--pay); color: #fff; } .reject { background: none; color: var(--no); border-color: var(--line); }
  button:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
  .state { margin: 0; padding: 0.85rem; border-radius: 10px; background: var(--ground); font-weight: 600; text-align: center; }
  footer { margin-top: 1.4rem; font-size: 0.82rem; color: var(--dim); text-align: center; }`;

const SAYS: Readonly<Record<Exclude<PaymentStatusDto, 'pending'>, string>> = {
  captured: 'Paid. Thank you!',
  rejected: 'You called this payment off.',
  voided: 'The shop has withdrawn this payment; nothing was charged.',
  refunded: 'Paid, and refunded.',
};

/** Renders the checkout page: three buttons for a pending payment, the result for a decided one. */
export function checkoutPage(row: Payment): string {
  const amount = toDecimal(dinero({ amount: row.amount, currency: EUR }));
  const action =
    row.status === 'pending'
      ? `<form method="post">
        <button class="pay" type="submit" name="decision" value="accept">Pay € ${amount}</button>
        <button class="reject" type="submit" name="decision" value="decline">Try a card that is refused</button>
        <button class="reject" type="submit" name="decision" value="reject">Call the payment off</button>
      </form>`
      : `<p class="state" role="status">${SAYS[row.status]}</p>`;
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Checkout</title>
    <style>${STYLE}</style>
  </head>
  <body>
    <main>
      <h1>Amount due</h1>
      <p class="amount">€ ${amount}</p>
      <dl>
        <div><dt>Order</dt><dd>${escapeHtml(row.orderId)}</dd></div>
        <div><dt>Payment</dt><dd>${escapeHtml(row.id)}</dd></div>
        <div><dt>Status</dt><dd>${row.status}</dd></div>
      </dl>
      ${action}
      <footer>Sandbox payments: no real money moves here.</footer>
    </main>
  </body>
</html>
`;
}
