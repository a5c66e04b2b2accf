import type { PipeTransform } from '@nestjs/common';
import { z } from 'zod';
import { PartnerRefusal } from './partner-refusal.js';

/** Checks a body or query against its contract and drops unknown members. Refusal: 400 `body_invalid`. */
export class ZodPipe<T> implements PipeTransform<unknown, T> {
  constructor(private readonly schema: z.ZodType<T>) {}

  transform(value: unknown): T {
    const parsed = this.schema.safeParse(value);
    if (parsed.success) return parsed.data;
    throw new PartnerRefusal(400, 'body_invalid', z.prettifyError(parsed.error));
  }
}
