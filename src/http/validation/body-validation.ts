import { ValidationPipe, type ValidationPipeOptions } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import type { FieldError } from '../../durable/index.js';
import { invalidRequest } from '../problem/request-error.js';

const RULES = {
  whitelist: true,
  transform: true,
  stopAtFirstError: true,
  exceptionFactory: (errors: ValidationError[]) => invalidRequest(fieldErrors(errors)),
} as const satisfies ValidationPipeOptions;

/** What clients send: a field we do not know is a mistake that they want to hear of. */
export const strictValidation = (): ValidationPipe => new ValidationPipe({ ...RULES, forbidNonWhitelisted: true });

/** What partners send: they may add fields at any time. */
export const tolerantValidation = (): ValidationPipe => new ValidationPipe(RULES);

function fieldErrors(errors: readonly ValidationError[], path = ''): FieldError[] {
  return errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const field = path === '' ? property : `${path}.${property}`;
    const own = Object.entries(constraints).map(([rule, message]) => ({ field, rule, message }));
    return [...own, ...fieldErrors(children, field)];
  });
}
