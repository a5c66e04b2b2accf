import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsDefined,
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

const DONE = 'reason must say in words why the step is skipped';

export class SkipBody {
  @ApiProperty({ example: 'Reserved by telephone.', maxLength: LONGEST_REASON })
  @MaxLength(LONGEST_REASON)
  @MinLength(1, { message: DONE })
  @IsString({ message: DONE }) // the last one is looked at first
  readonly reason!: string;

  @ApiPropertyOptional({
    type: String,
    example: 'reserveProducts',
    description: 'The activity that failed. Only needed when several did.',
  })
  @IsOptional()
  @Matches(/^[\w/-]{1,200}$/, { message: 'activityId must be the name or path of an activity' })
  readonly activityId?: string | null;

  @ApiProperty({
    oneOf: [
      { type: 'object', additionalProperties: true, nullable: true },
      { type: 'array', items: {} },
    ],
    example: { shipmentId: 's-1', trackingNumber: 'T-1' },
    description: 'What the partner would have answered, as the activity gives it; `null` where it gives nothing.',
  })
  @ValidateIf(({ output }: SkipBody) => output === undefined)
  @IsDefined({ message: 'output must be given; null for a step that answers nothing' })
  readonly output!: unknown;
}

export class RestartBody extends ReasonBody {
  @ApiPropertyOptional({ type: String, example: 'web-7f3a', description: 'Of the new order. Generated when missing.' })
  @IsOptional()
  @Matches(ID, { message: ID_MESSAGE })
  readonly correlationId?: string | null;
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;
