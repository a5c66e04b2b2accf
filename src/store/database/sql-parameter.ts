/**
 * Parameters are `$1…$n` in both dialects. They must appear in order, because SQLite numbers them by first appearance.
 */
export type SqlParameter = string | number | null;
