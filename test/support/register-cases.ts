/**
 * Prints how many cases an enumerating test ran, and fails when that is not the registered number. docs/PROOFS.md takes the
 * number from the call without running the test: write it as a number.
 *
 * @param registered how many cases there are when nobody asks for another number.
 * @param variable of the environment that asks for another number; while it is set, the number is only printed.
 */
export function registerCases(registered: number, ran: number, variable?: string): void {
  const isAskedFor = variable !== undefined && process.env[variable] !== undefined;
  process.stdout.write(`${expect.getState().currentTestName ?? 'cases'}: ${ran} cases\n`);
  if (!isAskedFor) expect({ cases: ran }).toEqual({ cases: registered });
}
