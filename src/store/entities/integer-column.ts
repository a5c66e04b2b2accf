/** A column of 64 bits, read as a number. PostgreSQL's driver returns bigint as text. */
export const INTEGER = {
  type: 'bigint' as const,
  transformer: {
    from: (value: string | number | null): number | null => (value === null ? null : Number(value)),
    to: (value: unknown): unknown => value,
  },
};
