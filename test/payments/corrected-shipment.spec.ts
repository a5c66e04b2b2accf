/** A shipment whose answer was lost, and whose address was corrected before it was asked for again. */
import { DurableHarness, type FakeActivity } from '../../src/durable/testing.js';
import { RetryableError, TerminalError } from '../../src/durable/index.js';
import { orderRegistration } from '../../src/orders/order-registration.js';
import { ANSWERS, HOUR, SETTINGS, START, TOTAL } from '../model/order-fixture.js';
import { OWN, PaymentProvider } from './payment-provider.js';

const ID = 'order-1';
const lost = new RetryableError('partner_unavailable', 'The answer was lost.');
const refused = new TerminalError('shipment_refused', 'The goods are on their way.');
const clerk = { by: 'clerk', reason: 'told so' };
const street = (name: string) => ({ ...clerk, patch: { customer: { address: { street: name } } } });

/** @param answers of fulfilment, one a call. */
async function paidOrder(answers: readonly (Error | 'shipped')[]) {
  const provider = new PaymentProvider();
  const ship: FakeActivity = (_, { nth }) => {
    const answer = answers[Math.min(nth, answers.length) - 1];
    if (answer instanceof Error) throw answer;
    return ANSWERS.sendShippingOrder;
  };
  const harness = await DurableHarness.start({
    register: (node) => node.register(orderRegistration(provider.activities)),
    activities: { sendShippingOrder: ship },
  });
  const retry = { ...SETTINGS.retry, maxAttempts: 1 };
  await harness.handles.start({ ...START, orderId: ID, settings: { ...SETTINGS, retry } }, { id: ID });
  await harness.settle();
  provider.capture(OWN);
  await harness.handles.send(ID, { type: 'payment.accepted', paymentId: OWN, amount: TOTAL });
  await harness.settle();
  const position = async () => {
    const { status, incident, outcome } = (await harness.store.loadActor(ID))!;
    return { status, incident, outcome, refunds: provider.refunds };
  };
  return { harness, position };
}

const WAITS = { status: 'SendShippingOrder', incident: true, outcome: null, refunds: [] };

describe('A corrected shipment (G4)', () => {
  it.each([
    ['once', ['Side 1']],
    ['twice', ['Side 1', 'Side 2']],
  ])(
    'that is refused after the first answer was lost waits for a person, corrected %s: nothing is refunded',
    async (_, streets) => {
      const { harness, position } = await paidOrder([lost, ...streets.map(() => refused), refused]);
      expect(await position()).toEqual(WAITS);
      for (const name of streets) {
        await harness.handles.retry(ID, street(name));
        await harness.settle();
        expect(await position()).toEqual(WAITS);
      }
      await harness.advance(48 * HOUR);
      expect(await position()).toEqual(WAITS);
      await harness.handles.skip(ID, { ...clerk, output: ANSWERS.sendShippingOrder });
      await harness.settle();
      expect(await position()).toMatchObject({ status: 'Completed', outcome: 'fulfilled', refunds: [] });
      await harness.stop();
    },
  );

  it('that is taken ends the order', async () => {
    const { harness, position } = await paidOrder([lost, 'shipped']);
    await harness.handles.retry(ID, street('Side 1'));
    await harness.settle();
    expect(await position()).toMatchObject({ status: 'Completed', outcome: 'fulfilled', refunds: [] });
    await harness.stop();
  });

  it('that is repeated unchanged and refused was never executed: the money goes back', async () => {
    const { harness, position } = await paidOrder([lost, refused]);
    await harness.handles.retry(ID, clerk);
    await harness.settle();
    expect(await position()).toMatchObject({ status: 'Completed', outcome: 'failed', refunds: [OWN] });
    await harness.stop();
  });
});
