/**
 * Axios' adapter on undici. Axios stays the interface: its settings, limits, signals and errors are the same as with its own
 * adapter, which takes several times the processor time for a call.
 *
 * It follows no redirect and uses no proxy of the environment.
 */
import { pipeline, type Readable } from 'node:stream';
import { types } from 'node:util';
import { createBrotliDecompress, createUnzip } from 'node:zlib';
import { type AxiosAdapter, AxiosError, AxiosHeaders, type InternalAxiosRequestConfig } from 'axios';
import { type Dispatcher, request } from 'undici';

const ACCEPTED_ENCODINGS = 'gzip, deflate, br';

export function undiciAdapter(dispatcher: Dispatcher): AxiosAdapter {
  return async (config) => {
    try {
      const { statusCode, headers, body } = await request(config.url ?? '', {
        dispatcher,
        method: methodOf(config),
        headers: headersOf(config),
        body: bodyOf(config),
        signal: config.signal as AbortSignal | undefined, // Axios types only what it uses of it
      });
      const encoding = headers['content-encoding'];
      const data = await textOf(decoded(body, encoding), config);
      return { data, status: statusCode, statusText: '', headers: AxiosHeaders.from(stringsOf(headers)), config };
    } catch (error) {
      throw axiosErrorOf(error, config);
    }
  };
}

const methodOf = ({ method = 'get' }: InternalAxiosRequestConfig) => method.toUpperCase() as Dispatcher.HttpMethod;

function headersOf({ headers }: InternalAxiosRequestConfig): Record<string, string> {
  const given = Object.entries(headers.toJSON()).map(([name, value]) => [name, String(value)] as const);
  return { ...Object.fromEntries(given), 'accept-encoding': ACCEPTED_ENCODINGS };
}

/** Axios has made text of it. @throws AxiosError when it is larger than `maxBodyLength`. */
function bodyOf(config: InternalAxiosRequestConfig): string | null {
  const { data, maxBodyLength = Infinity } = config as { data?: unknown; maxBodyLength?: number };
  if (data === undefined || data === null) return null;
  if (typeof data !== 'string') throw new AxiosError('The body is no text.', AxiosError.ERR_BAD_REQUEST, config);
  if (maxBodyLength >= 0 && Buffer.byteLength(data) > maxBodyLength) {
    throw new AxiosError('The body is larger than maxBodyLength.', AxiosError.ERR_BAD_REQUEST, config);
  }
  return data;
}

function decoded(body: Readable, encoding: string | string[] | undefined): Readable {
  const decoder = encoding === 'br' ? createBrotliDecompress() : isZipped(encoding) ? createUnzip() : null;
  // The decoder ends with the error of the body.
  return decoder === null ? body : pipeline(body, decoder, () => undefined);
}

const isZipped = (encoding: string | string[] | undefined): boolean =>
  typeof encoding === 'string' && /^(x-)?(gzip|deflate|compress)$/.test(encoding);

/** @throws AxiosError when it is larger than `maxContentLength`, once it is decoded. */
async function textOf(body: Readable, config: InternalAxiosRequestConfig): Promise<string> {
  const { maxContentLength = Infinity } = config;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (maxContentLength >= 0 && bytes > maxContentLength) {
      const message = `maxContentLength size of ${maxContentLength} exceeded`;
      throw new AxiosError(message, AxiosError.ERR_BAD_RESPONSE, config);
    }
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function stringsOf(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const given = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as const],
  );
  return Object.fromEntries(given);
}

/** Undici's codes by the names that axios' own adapter gives them. */
const CODES: Readonly<Record<string, string>> = {
  UND_ERR_SOCKET: 'ECONNRESET',
  UND_ERR_CONNECT_TIMEOUT: 'ETIMEDOUT',
  UND_ERR_HEADERS_TIMEOUT: 'ETIMEDOUT',
  UND_ERR_BODY_TIMEOUT: 'ETIMEDOUT',
  UND_ERR_ABORTED: 'ERR_CANCELED',
  UND_ERR_INVALID_ARG: 'ERR_INVALID_URL',
};

function axiosErrorOf(error: unknown, config: InternalAxiosRequestConfig): AxiosError {
  if (error instanceof AxiosError) return error;
  // Native errors of another realm are no `Error` of this one.
  if (!types.isNativeError(error)) return new AxiosError('unknown', undefined, config);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return new AxiosError(error.message, code === undefined ? undefined : (CODES[code] ?? code), config);
}
