/**
 * Refuses requests that a page of another site sends through a developer's browser. This protects a service without
 * keys, because such a service trusts every request that reaches the machine.
 * Sources: https://owasp.org/www-community/attacks/csrf and https://en.wikipedia.org/wiki/DNS_rebinding
 */
import { isIP } from 'node:net';
import type { Request } from 'express';
import { siteForeign } from '../problem/request-error.js';

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** @throws RequestError when the page belongs to another site, or when the host name is not the service's own. */
export function refuseForeignSite(request: Request, publicUrl: string): void {
  const host = request.get('host') ?? '';
  if (!isOwnName(nameOf(host), publicUrl))
    throw siteForeign(`The name ${nameOf(host).slice(0, 100)} is not this service's.`);
  if (READS.has(request.method)) return;
  const site = request.get('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    throw siteForeign('A page of another site sent it.');
  const origin = request.get('origin');
  if (origin === undefined) return;
  const isOwn = URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
  if (!isOwn) throw siteForeign('A page of another origin sent it.');
}

const nameOf = (host: string): string => host.replace(/:\d{0,5}$/, '').toLowerCase();

/** DNS rebinding needs a public domain name, so an IP address or a name without a dot is safe. */
function isOwnName(name: string, publicUrl: string): boolean {
  const bare = name.replace(/^\[|\]$/g, '');
  if (isIP(bare) !== 0 || name === '' || !name.includes('.') || name.endsWith('.localhost')) return true;
  return URL.canParse(publicUrl) && new URL(publicUrl).hostname === name;
}
