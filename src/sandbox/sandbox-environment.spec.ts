import { readSandboxEnvironment } from './sandbox-environment.js';

const SANDBOX_WEBHOOK_SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;

describe('the environment of the sandbox', () => {
  it('requires only the webhook secret', () => {
    expect(readSandboxEnvironment({ SANDBOX_WEBHOOK_SECRET, SANDBOX_PORT: '' })).toEqual({
      port: 3001,
      host: '127.0.0.1',
      databasePath: './data/sandbox.db',
      webhookSecret: SANDBOX_WEBHOOK_SECRET,
      latencyMs: 0,
      autoPay: 'manual',
      silent: true,
    });
  });

  it.each([24, 25, 32, 33, 64])('accepts a secret of %i bytes', (bytes) => {
    const secret = `whsec_${Buffer.alloc(bytes, 255).toString('base64')}`;
    expect(readSandboxEnvironment({ SANDBOX_WEBHOOK_SECRET: secret }).webhookSecret).toBe(secret);
  });

  it.each([
    ['SANDBOX_PORT', '70000'],
    ['SANDBOX_PORT', '80x'],
    ['SANDBOX_LATENCY_MS', '-1'],
    ['SANDBOX_AUTO_PAY', 'always'],
    ['SANDBOX_PUBLIC_URL', 'ftp://example.com'],
    ['SANDBOX_WEBHOOK_SECRET', 'whsec_c2hvcnQ='],
    ['SANDBOX_WEBHOOK_SECRET', 'a plain text'],
  ])('names %s in one line when it is %s, without repeating it', (name, value) => {
    const read = () => readSandboxEnvironment({ SANDBOX_WEBHOOK_SECRET, [name]: value });
    expect(read).toThrow(new RegExp(`^[^\\n]*${name}: [^\\n]*$`));
    expect(read).not.toThrow(value);
  });
});
