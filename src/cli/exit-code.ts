/** Exit codes of the command line. They never change, because scripts depend on them. */
export const EXIT = {
  done: 0,
  /** An unexpected error, or `doctor` found a fault. */
  failed: 1,
  /** The arguments are wrong, or the service refuses a value as invalid. */
  usage: 2,
  /** The order, incident or machine does not exist. */
  notFound: 3,
  /** The current state of the order does not allow the command, or the order has ended. */
  refused: 4,
  /** The key is missing, invalid, or has no right to this. */
  denied: 5,
  /** The service does not answer or is overloaded. A later try can succeed. */
  unavailable: 6,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** @param status of an HTTP answer, other than 2xx. */
export function exitCodeOf(status: number): ExitCode {
  switch (status) {
    case 400:
    case 413:
    case 415:
    case 422:
      return EXIT.usage;
    case 401:
    case 403:
      return EXIT.denied;
    case 404:
      return EXIT.notFound;
    case 409:
    case 410:
    case 412:
    case 428:
      return EXIT.refused;
    case 429:
    case 502:
    case 503:
    case 504:
      return EXIT.unavailable;
    default:
      return EXIT.failed;
  }
}
