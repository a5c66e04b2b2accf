import type { AxiosRequestConfig } from 'axios';

const MEGABYTE = 1_048_576;

/** Limits and settings of every call to any partner. */
export const TRANSPORT_LIMITS = {
  // axios counts after decompression, so a small compressed response cannot exceed the limit.
  maxContentLength: MEGABYTE,
  maxBodyLength: MEGABYTE,
  // A redirect would send the key to another address.
  maxRedirects: 0,
  // HTTP_PROXY of the environment would send keys and addresses elsewhere.
  proxy: false,
  // `responseError` judges every status, and `PartnerHttp` parses the text.
  validateStatus: () => true,
  responseType: 'text',
  transformResponse: (text: unknown) => text,
} as const satisfies AxiosRequestConfig;
