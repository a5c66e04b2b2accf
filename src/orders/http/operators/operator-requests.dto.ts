import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  MinLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { CorrectionBody } from './order-correction.dto.js';
import { ID, ID_MESSAGE } from '../../../http/params/id-rule.js';
import { LONGEST_REASON, ReasonBody } from '../../../http/params/reason.dto.js';

export class ResumeBody extends ReasonBody {
  @ApiPropertyOptional({
    enum: ['keep', 'move'],
    default: 'keep',
    description:
      'What becomes of deadlines. `keep`: they ran on; those that passed meanwhile fire at once. `move`: all are put off by as long as the order was suspended.',
  })
  @IsOptional()
  @IsIn(['keep', 'move'])
  readonly deadlines?: 'keep' | 'move' | null;
}

const WHY = 'reason must say in words why the order is corrected';

export class RetryBody {
  @ApiPropertyOptional({
    type: String,
    example: 'The street was misspelt.',
    maxLength: LONGEST_REASON,
    description: 'Required with a patch.',
  })
  @ValidateIf(({ patch, reason }: RetryBody) => isGiven(patch) || (isGiven(reason) && reason !== ''))
  @MaxLength(LONGEST_REASON)
  @MinLength(1, { message: WHY })
  @IsString({ message: WHY }) // the last one is looked at first
  readonly reason?: string | null;

  @ApiPropertyOptional({
    type: CorrectionBody,
    description: "JSON merge patch of the order's context, applied before the step is tried again.",
  })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => CorrectionBody)
  readonly patch?: CorrectionBody | null;
}

export class RestartBody extends ReasonBody {
  @ApiPropertyOptional({ type: String, example: 'web-7f3a', description: 'Of the new order. Generated when missing.' })
  @IsOptional()
  @Matches(ID, { message: ID_MESSAGE })
  readonly correlationId?: string | null;
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;
