import { parseArgs } from 'node:util';
import { crashDemo } from './crash-demo.js';
import { OrderApi } from './order-api.js';
import { awaitsPayment, isCompleted, pay, showLedgers, watch } from './order-walk.js';
import { paint, say, Story } from './terminal.js';

const HELP = `Walks one order through the running service (npm start).

  npm run demo                 fill a cart, order, pay
  npm run demo -- --reject     the customer's payment is rejected
  npm run demo -- --timeout    the customer never pays
  npm run demo -- --crash      a service of its own is killed with -9 and started again, three times

  --url <url>       where the service is (http://127.0.0.1:3000)
  --sandbox <url>   where the sandbox partners are (http://127.0.0.1:3001)
  --key <key>       function key, if the service wants one`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      reject: { type: 'boolean', default: false },
      timeout: { type: 'boolean', default: false },
      crash: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      url: { type: 'string', default: 'http://127.0.0.1:3000' },
      sandbox: { type: 'string', default: 'http://127.0.0.1:3001' },
      key: { type: 'string' },
    },
  });
  if (values.help) {
    say(HELP);
    return;
  }
  const story = new Story();
  if (values.crash) {
    await crashDemo(story);
    return;
  }
  const api = new OrderApi({ service: values.url, sandbox: values.sandbox, key: values.key ?? null });
  const cartId = await api.fillCart();
  story.tell(`Cart ${cartId} is filled.`);
  const orderId = await api.startOrder(cartId);
  story.tell(`Order ${orderId} is accepted: ${values.url}/order/${orderId}/status`);
  await watch(api, orderId, story, awaitsPayment);
  if (values.timeout) story.tell('The customer does nothing.');
  else await pay(api, orderId, story, values.reject ? 'reject' : 'accept');
  const end = await watch(api, orderId, story, isCompleted);
  await showLedgers(api, orderId);
  say(`\nOutcome: ${paint('bold', end.outcome ?? 'none')}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
