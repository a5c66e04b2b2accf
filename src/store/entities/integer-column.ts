/** 64 bits in the database, a number here: PostgreSQL's driver gives bigint as text. */
export const INTEGER = {
  type: 'bigint' as const,
  transformer: {
    from: (value: string | number | null): number | null => (value === null ? null : Number(value)),
    to: (value: unknown): unknown => value,
  },
};
