/** What the command line ends with. Scripts depend on these: they do not change. */
export const EXIT = {
  done: 0,
  /** Something unforeseen, or `doctor` found a fault. */
  failed: 1,
  /** The command line itself is wrong, or the service says that a value is. */
  usage: 2,
  /** There is no such order, incident, machine. */
  notFound: 3,
  /** The order does not take that where it stands, or not any more. */
  refused: 4,
  /** No key, or one that may not do that. */
  denied: 5,
  /** The service does not answer, or cannot now: try again. */
  unavailable: 6,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** @param status of an HTTP answer that is no 2xx. */
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
