import { applyDecorators, UseGuards } from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';
import { ApiProblem } from '../docs/api-problem.decorator.js';
import { FunctionKeyGuard } from './function-key.guard.js';

/** Name of the scheme in the OpenAPI document. */
export const FUNCTION_KEY_SCHEME = 'functionKey';

/** The route creates or commands: it needs a key when keys are configured. */
export const NeedsFunctionKey = () =>
  applyDecorators(UseGuards(FunctionKeyGuard), ApiSecurity(FUNCTION_KEY_SCHEME), ApiProblem(401, 'key_required'));
