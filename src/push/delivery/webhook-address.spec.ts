import { PushError } from '../push-errors.js';
import { webhookAddress } from './webhook-address.js';

const STRICT = { allowPrivate: false, httpsOnly: true, ports: [80, 443, 8_080, 8_443] };

function ruleBrokenBy(url: string): string | undefined {
  try {
    webhookAddress(url, STRICT);
  } catch (error) {
    if (error instanceof PushError) return error.field?.rule;
  }
  return undefined;
}

describe('the address of a webhook endpoint', () => {
  it.each(['https://shop.example.com/hooks?tenant=1', 'https://shop.example.com:8443/'])('may be %s', (url) => {
    expect(webhookAddress(url, STRICT)).toBe(url);
  });

  it.each([
    ['nowhere', 'isUrl'],
    [`https://shop.example.com/${'x'.repeat(2_000)}`, 'isUrl'],
    ['http://shop.example.com/', 'isHttps'],
    ['ftp://shop.example.com/', 'isHttps'],
    ['javascript:alert(1)', 'isHttps'],
    ['https://user:secret@shop.example.com/', 'hasNoCredentials'],
    ['https://shop.example.com/#part', 'hasNoFragment'],
    ['https://shop.example.com:22/', 'isAllowedPort'],
    ['https://shop.example.com:6379/', 'isAllowedPort'],
    ['https://localhost/', 'isPublic'],
    ['https://app.localhost/', 'isPublic'],
    ['https://printer/', 'isPublic'],
    ['https://printer.', 'isPublic'],
    ['https://metadata.google.internal/', 'isPublic'],
    ['https://127.0.0.1/', 'isPublic'],
    ['https://2130706433/', 'isPublic'],
    ['https://0x7f.1/', 'isPublic'],
    ['https://169.254.169.254/latest/meta-data', 'isPublic'],
    ['https://8.8.8.8/', 'isPublic'],
    ['https://[::1]/', 'isPublic'],
    ['https://[::ffff:10.0.0.1]/', 'isPublic'],
  ])('may not be %s, by the rule %s', (url, rule) => {
    expect(ruleBrokenBy(url)).toBe(rule);
  });

  it('may be plain http to this machine where that is allowed, but never another scheme than http or https', () => {
    const loose = { allowPrivate: true, httpsOnly: false, ports: [] };
    expect(webhookAddress('http://127.0.0.1:9000/hook', loose)).toBe('http://127.0.0.1:9000/hook');
    expect(() => webhookAddress('file:///etc/passwd', loose)).toThrow('http or https');
  });
});
