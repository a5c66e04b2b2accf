import { getHeapStatistics } from 'node:v8';

/** Bytes: a part of what the process may use for its heap (`--max-old-space-size`). */
export const shareOfHeap = (part: number): number => Math.floor(getHeapStatistics().heap_size_limit * part);
