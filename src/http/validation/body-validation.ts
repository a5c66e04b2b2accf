import { ValidationPipe, type ValidationPipeOptions } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import type { FieldError } from '../../durable/index.js';
import { invalidRequest } from '../problem/request-error.js';

const RULES = {
  whitelist: true,
  transform: true,
  stopAtFirstError: true,
  exceptionFactory: (errors: ValidationError[]) => invalidRequest(reported(fieldErrors(errors))),
} as const satisfies ValidationPipeOptions;

/** For bodies of clients. An unknown field is refused, because it is a mistake of the client. */
export const strictValidation = (): ValidationPipe => new ValidationPipe({ ...RULES, forbidNonWhitelisted: true });

/** For bodies of partners. Unknown fields are dropped, because partners may add fields at any time. */
export const tolerantValidation = (): ValidationPipe => new ValidationPipe(RULES);

/** These limits keep the response small when many fields are invalid or their names are long. */
const MOST_ERRORS = 20;
const LONGEST_FIELD = 100;

function reported(errors: readonly FieldError[]): FieldError[] {
  const first = errors.slice(0, MOST_ERRORS).map(({ field, rule, message }) => ({
    field: shortened(field),
    rule,
    message: field.length > LONGEST_FIELD ? message.replaceAll(lastOf(field), shortened(lastOf(field))) : message,
  }));
  const more = errors.length - first.length;
  return more === 0
    ? first
    : [...first, { field: 'body', rule: 'maxErrors', message: `${more} more fields are wrong` }];
}

const shortened = (text: string): string => (text.length > LONGEST_FIELD ? `${text.slice(0, LONGEST_FIELD)}…` : text);
const lastOf = (field: string): string => field.slice(field.lastIndexOf('.') + 1);

function fieldErrors(errors: readonly ValidationError[], path = ''): FieldError[] {
  return errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const field = path === '' ? property : `${path}.${property}`;
    const own = Object.entries(constraints).map(([rule, message]) => ({ field, rule, message }));
    return [...own, ...fieldErrors(children, field)];
  });
}
