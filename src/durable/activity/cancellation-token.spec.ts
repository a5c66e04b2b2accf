import { CancellationToken } from './cancellation-token.js';

describe('a cancellation', () => {
  it('reaches each listener that is still there once, with its reason', () => {
    const cancellation = new CancellationToken();
    const heard: unknown[] = [];
    cancellation.onCancel((reason) => heard.push(['kept', reason]));
    const forget = cancellation.onCancel((reason) => heard.push(['forgot', reason]));
    forget();
    cancellation.cancel('left');
    cancellation.cancel('again');
    expect(heard).toEqual([['kept', 'left']]);
    expect(cancellation.isCancelled()).toBe(true);
  });

  it('aborts its signal, asked for before', () => {
    const cancellation = new CancellationToken();
    const { signal } = cancellation;
    expect(signal.aborted).toBe(false);
    cancellation.cancel('left');
    expect([signal.aborted, signal.reason, cancellation.signal === signal]).toEqual([true, 'left', true]);
  });

  it('has an aborted signal, asked for afterwards', () => {
    const cancellation = new CancellationToken();
    cancellation.cancel('left');
    expect([cancellation.signal.aborted, cancellation.signal.reason]).toEqual([true, 'left']);
  });
});
