/** Where what is found differs from what was recorded, in a sentence each. What is new beside it is no difference. */
export function differences(recorded: unknown, found: unknown, at = ''): string[] {
  if (Array.isArray(recorded)) return ofLists(recorded, Array.isArray(found) ? found : [], at);
  if (typeof recorded === 'object' && recorded !== null) {
    const there = typeof found === 'object' && found !== null ? (found as Readonly<Record<string, unknown>>) : {};
    return Object.entries(recorded).flatMap(([key, value]) =>
      differences(value, there[key], at === '' ? key : `${at}.${key}`),
    );
  }
  if (recorded === found) return [];
  return [`${at}: ${JSON.stringify(recorded)} was recorded, ${JSON.stringify(found)} is there`];
}

/** Of a list that is longer or shorter, all that follows the first difference has only moved. */
function ofLists(recorded: readonly unknown[], found: readonly unknown[], at: string): string[] {
  const each = found
    .slice(0, recorded.length)
    .flatMap((there, index) => differences(recorded[index], there, `${at}[${index}]`));
  if (recorded.length === found.length) return each;
  return [`${at}: ${recorded.length} were recorded, ${found.length} are there`, ...each.slice(0, 1)];
}
