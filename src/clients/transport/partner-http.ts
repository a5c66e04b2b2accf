import { HttpService } from '@nestjs/axios';
import { Inject, Injectable } from '@nestjs/common';
import { firstValueFrom } from 'rxjs';
import { findIllFormedText } from '../../contracts/ill-formed-text.js';
import type { PartnerCall } from '../../orders/ports/partner-call.js';
import type { PartnerName } from '../../orders/ports/partner-error.js';
import { PartnerError } from '../../orders/ports/partner-error.js';
import { responseError } from './response-error.js';
import { CallDeadline } from './call-deadline.js';
import type { ClientsOptions } from '../clients-options.js';
import { CLIENTS_OPTIONS } from '../clients-token.js';
import { PartnerConnections } from './partner-connections.js';
import type { PartnerQuestion, PartnerRequest } from './partner-request.js';
import { headerValue, pathSegment } from './wire-encoding.js';

interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  readonly retryAfter: unknown;
}

/**
 * Calls a partner and reads the response. It throws only PartnerErrors without a cause, because an error of the HTTP library
 * carries the request with its key.
 */
@Injectable()
export class PartnerHttp {
  constructor(
    private readonly http: HttpService,
    private readonly connections: PartnerConnections,
    @Inject(CLIENTS_OPTIONS) private readonly options: ClientsOptions,
  ) {}

  async send<Answer>(request: PartnerRequest<Answer>, call: PartnerCall): Promise<Answer> {
    const { partner, refusals = {} } = request;
    const { status, text, retryAfter } = await this.exchange(request, call);
    const json = parseJson(text);
    const failure = responseError(partner, { status, retryAfter, code: codeOf(json) }, refusals, Date.now());
    if (failure !== null) throw failure;

    const illFormed = findIllFormedText(json);
    if (illFormed !== null) throw invalid(partner, status, `${illFormed || 'it'} is no well-formed Unicode`);
    const answer = request.answer.safeParse(json);
    if (!answer.success) throw invalid(partner, status, `at ${pathOf(answer.error.issues[0]?.path)}`);
    const broken = request.validate?.(answer.data) ?? null;
    if (broken !== null) throw invalid(partner, status, broken);
    return answer.data;
  }

  private async exchange(question: PartnerQuestion, call: PartnerCall): Promise<HttpAnswer> {
    const { partner, method } = question;
    const url = `${this.baseUrl(partner)}/${encodedPath(question)}`;
    const data = contentOf(question);
    const deadline = new CallDeadline(call.signal, this.options.partners[partner].timeoutMs);
    const trace = this.options.tracer?.begin(question, call);
    try {
      const response = await firstValueFrom(
        this.http.request<unknown>({
          method,
          url,
          data,
          headers: { ...this.headers(partner, call), ...trace?.headers },
          signal: deadline.signal,
          ...this.connections.transport,
        }),
      );
      const { status, headers } = response;
      trace?.answered(status);
      return {
        status,
        text: typeof response.data === 'string' ? response.data : '',
        retryAfter: headers['retry-after'],
      };
    } catch (error) {
      const failure = call.signal.aborted
        ? new PartnerError(partner, 'partner_call_aborted', `${partner}: given up`, true)
        : deadline.expired
          ? new PartnerError(partner, 'partner_timeout', `${partner} took too long`, true)
          : transportFailure(partner, error);
      trace?.failed(failure.code);
      throw failure;
    } finally {
      deadline.clear();
    }
  }

  private baseUrl(partner: PartnerName): string {
    try {
      return this.options.urlOf(partner);
    } catch {
      throw new PartnerError(partner, 'partner_unavailable', `${partner} has no address yet`, true);
    }
  }

  private headers(partner: PartnerName, call: PartnerCall): Record<string, string> {
    const { key } = this.options.partners[partner];
    return {
      accept: 'application/json',
      'user-agent': 'durable-orders',
      'x-correlation-id': headerValue(call.correlationId),
      'idempotency-key': headerValue(call.idempotencyKey),
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
    };
  }
}

function encodedPath({ partner, path }: PartnerQuestion): string {
  return path
    .map((part) => {
      const segment = pathSegment(part);
      if (segment === null) throw unfit(partner, 'an id cannot be part of a path');
      return segment;
    })
    .join('/');
}

function contentOf({ partner, body }: PartnerQuestion): unknown {
  if (body === undefined) return undefined;
  let content: unknown;
  try {
    content = body.content();
  } catch {
    throw new PartnerError(partner, 'partner_unavailable', `${partner}: the request cannot be made yet`, true);
  }
  const checked = body.schema.safeParse(content);
  if (!checked.success) throw unfit(partner, `wrong at ${pathOf(checked.error.issues[0]?.path)}`);
  return checked.data;
}

/** Our own request breaks the contract, so a retry cannot help. */
function unfit(partner: PartnerName, rule: string): PartnerError {
  return new PartnerError(
    partner,
    'partner_request_invalid',
    `${partner}: the request breaks the contract, ${rule}`,
    false,
  );
}

function invalid(partner: PartnerName, status: number, rule: string): PartnerError {
  const message = `${partner} answered ${status} with a body that breaks the contract: ${rule}`;
  return new PartnerError(partner, 'partner_answer_invalid', message, true, status);
}

function transportFailure(partner: PartnerName, error: unknown): PartnerError {
  const { code, message } = error instanceof Error ? { code: errorCode(error), message: error.message } : UNKNOWN;
  if (message.startsWith('maxContentLength')) {
    return new PartnerError(partner, 'partner_answer_invalid', `${partner} sent more than 1 MB`, true);
  }
  if (message.includes('maxBodyLength')) return unfit(partner, 'it is larger than 1 MB');
  return new PartnerError(partner, 'partner_unavailable', `${partner} cannot be reached (${code})`, true);
}

const UNKNOWN = { code: 'unknown', message: '' };

/** Copies only a code like ECONNREFUSED from a foreign error, because its other fields may hold secrets. */
function errorCode(error: Error): string {
  return 'code' in error && typeof error.code === 'string' && /^[A-Z0-9_]{1,60}$/.test(error.code)
    ? error.code
    : UNKNOWN.code;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function codeOf(json: unknown): string | null {
  return typeof json === 'object' && json !== null && 'code' in json && typeof json.code === 'string'
    ? json.code
    : null;
}

function pathOf(path: readonly PropertyKey[] | undefined): string {
  return path === undefined || path.length === 0 ? 'its top' : path.map(String).join('.');
}
