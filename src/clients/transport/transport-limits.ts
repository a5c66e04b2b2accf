import type { AxiosRequestConfig } from 'axios';

const MEGABYTE = 1_048_576;

/** What holds for every call, whoever the partner is. */
export const TRANSPORT_LIMITS = {
  // Counted after decompression, so a small bomb cannot become a large answer.
  maxContentLength: MEGABYTE,
  maxBodyLength: MEGABYTE,
  // A redirect would carry the key to wherever the answer points.
  maxRedirects: 0,
  // HTTP_PROXY of the environment must not decide where keys and addresses go.
  proxy: false,
  // Statuses are judged in one place, by `answerFailure`; the text is parsed there, too.
  validateStatus: () => true,
  responseType: 'text',
  transformResponse: (text: unknown) => text,
} as const satisfies AxiosRequestConfig;
