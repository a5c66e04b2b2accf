import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { AsList, PageQuery } from '../params/page-query.dto.js';

const TIME = '2026-01-31T12:00:00.000Z';
const WORD = /^\w{1,60}$/;

export class WorkflowListQuery extends PageQuery {
  @ApiPropertyOptional({ type: [String], description: 'Any of these.' })
  @IsOptional()
  @AsList()
  @Matches(WORD, { each: true })
  readonly status?: string[];

  @ApiPropertyOptional({ type: [String], description: 'Any of these.' })
  @IsOptional()
  @AsList()
  @Matches(WORD, { each: true })
  readonly outcome?: string[];

  @ApiPropertyOptional({ enum: ['true', 'false'], description: 'Only those that do, or do not, wait for a person.' })
  @IsOptional()
  @IsIn(['true', 'false'])
  readonly incident?: 'true' | 'false';
}

/** The fields of every workflow. Responses add its attributes, e.g. `orderId`, and outside of lists its details. */
export class WorkflowDto {
  @ApiProperty({ example: 'return-6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001' })
  readonly id!: string;
  @ApiProperty({ example: 'Requested' })
  readonly status!: string;
  @ApiProperty({ type: String, nullable: true, example: null })
  readonly outcome!: string | null;
  @ApiProperty({ example: false, description: 'A person is needed.' })
  readonly incident!: boolean;
  @ApiProperty({ type: String, nullable: true, example: TIME, description: 'When it goes on by itself.' })
  readonly until!: string | null;
  @ApiProperty({ example: TIME, format: 'date-time' })
  readonly createdAt!: string;
  @ApiProperty({ example: TIME, format: 'date-time' })
  readonly updatedAt!: string;
}

export class WorkflowPageDto {
  @ApiProperty({ type: [WorkflowDto] })
  readonly items!: readonly WorkflowDto[];
  @ApiProperty({ type: String, nullable: true, example: null, description: 'Ask with `cursor` for the next page.' })
  readonly next!: string | null;
}

/** The body of a request that a person decides later. */
export class GivenReasonBody {
  @ApiProperty({ example: 'The grinder is dented.' })
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  readonly reason!: string;
}
