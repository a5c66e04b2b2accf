/** Where what is found differs from what was recorded, in a sentence each. What is new beside it is no difference. */
export function differences(recorded: unknown, found: unknown, at = ''): string[] {
  if (Array.isArray(recorded)) {
    const there: readonly unknown[] = Array.isArray(found) ? found : [];
    const count =
      recorded.length === there.length ? [] : [`${at}: ${recorded.length} were recorded, ${there.length} are there`];
    return [
      ...count,
      ...there
        .slice(0, recorded.length)
        .flatMap((each, index) => differences(recorded[index], each, `${at}[${index}]`)),
    ];
  }
  if (typeof recorded === 'object' && recorded !== null) {
    const there = typeof found === 'object' && found !== null ? (found as Readonly<Record<string, unknown>>) : {};
    return Object.entries(recorded).flatMap(([key, value]) =>
      differences(value, there[key], at === '' ? key : `${at}.${key}`),
    );
  }
  if (recorded === found) return [];
  return [`${at}: ${JSON.stringify(recorded)} was recorded, ${JSON.stringify(found)} is there`];
}
