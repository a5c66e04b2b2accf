import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsDefined, IsObject, IsOptional, IsString, Matches, MaxLength, MinLength, ValidateIf } from 'class-validator';
import { LONGEST_REASON, ReasonBody } from '../params/reason.dto.js';

const DONE = 'reason must say in words why the step is skipped';

export class SkipBody {
  @ApiProperty({ example: 'Reserved by telephone.', maxLength: LONGEST_REASON })
  @MaxLength(LONGEST_REASON)
  @MinLength(1, { message: DONE })
  @IsString({ message: DONE }) // class-validator checks the last decorator first
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

export class WorkflowRetryBody extends ReasonBody {
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'What is corrected before the step is tried again, where the workflow says what may be.',
    example: { refundReason: 'Goods returned.' },
  })
  @IsOptional()
  @IsObject()
  readonly patch?: Readonly<Record<string, unknown>> | null;
}
