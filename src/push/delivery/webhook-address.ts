import { isIP } from 'node:net';
import { fieldInvalid } from '../push-errors.js';
import type { WebhookOptions } from '../push-options.js';

const LONGEST = 2_000;

/**
 * Checks a URL by its text. webhook-sender.ts checks the address that its name resolves to, at every connection.
 * @returns the normalised URL. @throws PushError
 */
export function webhookAddress(
  text: string,
  rules: Pick<WebhookOptions, 'allowPrivate' | 'httpsOnly' | 'ports'>,
): string {
  const refuse = (rule: string, message: string) => fieldInvalid('url', rule, message);
  if (text.length > LONGEST || !URL.canParse(text))
    throw refuse('isUrl', `url must be a URL of at most ${LONGEST} characters`);
  const url = new URL(text);
  const isHttps = url.protocol === 'https:';
  if (!isHttps && (rules.httpsOnly || url.protocol !== 'http:')) {
    throw refuse('isHttps', rules.httpsOnly ? 'url must be https' : 'url must be http or https');
  }
  if (url.username !== '' || url.password !== '') throw refuse('hasNoCredentials', 'url must not hold credentials');
  if (url.hash !== '') throw refuse('hasNoFragment', 'url must not have a fragment');
  if (!rules.allowPrivate && !isPublicName(url.hostname)) {
    throw refuse('isPublic', 'url must have a public host name, not an address or a name of a private network');
  }
  if (!mayCall(url, rules)) throw refuse('isAllowedPort', `url must have one of the ports ${rules.ports.join(', ')}`);
  return url.href;
}

/** Whether the service calls this port. A server of another protocol might read a webhook as a command. */
export function mayCall(
  { protocol, port }: URL,
  { allowPrivate, ports }: Pick<WebhookOptions, 'allowPrivate' | 'ports'>,
): boolean {
  return allowPrivate || ports.includes(port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port));
}

const PRIVATE_NAMES = /(^|\.)(localhost|local|internal|home\.arpa|lan)\.?$/;

function isPublicName(hostname: string): boolean {
  const isAddress = hostname.startsWith('[') || isIP(hostname) !== 0;
  return !isAddress && hostname.replace(/\.$/, '').includes('.') && !PRIVATE_NAMES.test(hostname);
}
