import { toStoredError } from '../model/stored-error.js';
import { RetryableError, TerminalError } from './activity-errors.js';

const FIELDS = ['name', 'code', 'message', 'retryable', 'retryAfterMs'];

describe('what is stored of an error', () => {
  it('says what the activity said: whether trying again can help, under which code, and when', () => {
    expect(toStoredError(new RetryableError('mailbox_full', 'Full.', { retryAfterMs: 1_500.5 }))).toEqual({
      name: 'RetryableError',
      code: 'mailbox_full',
      message: 'Full.',
      retryable: true,
      retryAfterMs: 1_501,
    });
    expect(toStoredError(new TerminalError('no_such_address', 'Unknown.'))).toEqual({
      name: 'TerminalError',
      code: 'no_such_address',
      message: 'Unknown.',
      retryable: false,
    });
  });

  it('takes an error that says nothing for one that may pass', () => {
    expect(toStoredError(new TypeError('x is undefined'))).toEqual({
      name: 'TypeError',
      code: 'unknown',
      message: 'x is undefined',
      retryable: true,
    });
  });

  it('never holds a stack, a cause, or a field of its own (G15)', () => {
    const error = Object.assign(new TerminalError('refused', 'No.', { cause: new Error('password=hunter2') }), {
      config: { headers: { authorization: 'Bearer hunter2' } },
      errors: ['hunter2'],
      toJSON: () => 'hunter2',
    });
    const stored = toStoredError(error);
    expect(FIELDS).toEqual(expect.arrayContaining(Object.keys(stored)));
    expect(JSON.stringify(stored)).not.toMatch(/hunter2|activity\.spec/);
  });

  it.each([
    ['a string', 'out of paper', 'out of paper'],
    ['a number', 42, '42'],
    ['nothing', undefined, 'undefined'],
    ['null', null, 'null'],
    ['a symbol', Symbol('s'), 'Symbol(s)'],
    ['an object without a message', { secret: 'hunter2' }, 'Something that is no error was thrown.'],
    ['an object without a prototype', Object.create(null), 'Something that is no error was thrown.'],
    ['a list', ['hunter2'], 'Something that is no error was thrown.'],
    ['a function', () => 'hunter2', 'Something that is no error was thrown.'],
  ])('makes an error of %s', (_, thrown: unknown, message) => {
    expect(toStoredError(thrown)).toEqual({ name: 'Error', code: 'unknown', message, retryable: true });
  });

  it('reads an object that has the fields of an error, whatever made it', () => {
    const thrown = { name: 'Refusal', code: 'refused', message: 'No.', retryable: false, secret: 'hunter2' };
    expect(toStoredError(thrown)).toEqual({ name: 'Refusal', code: 'refused', message: 'No.', retryable: false });
  });

  it('survives an object whose fields throw or have the wrong type', () => {
    const trap = {
      name: 7,
      code: 404,
      get message(): string {
        throw new Error('trap');
      },
      retryable: 'no',
      retryAfterMs: 'soon',
    };
    expect(toStoredError(trap)).toMatchObject({ name: 'Error', code: 'unknown', retryable: true });
    expect(toStoredError(trap)).not.toHaveProperty('retryAfterMs');
  });

  it('is bounded: in length, and in how long it asks to wait (G15)', () => {
    const long = 'x'.repeat(5_000);
    const stored = toStoredError(Object.assign(new RetryableError(long, long), { retryAfterMs: Infinity }));
    expect([stored.code.length, stored.message.length, stored.retryAfterMs]).toEqual([100, 1_000, 34_560_000_000]);
    for (const retryAfterMs of [-1, NaN]) {
      expect(toStoredError(Object.assign(new Error('x'), { retryAfterMs }))).not.toHaveProperty('retryAfterMs');
    }
  });
});
