import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { PageQuery } from '../http/params/page-query.dto.js';

export class AuditQuery extends PageQuery {
  @ApiPropertyOptional({ example: 'anna', description: 'Id of the key.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  readonly by?: string;

  @ApiPropertyOptional({ example: 'order.purged' })
  @IsOptional()
  @Matches(/^[a-z_.]{1,60}$/, { message: 'action must be a word of the log, e.g. order.purged' })
  readonly action?: string;

  @ApiPropertyOptional({ example: '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001', description: 'Id of what it was about.' })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  readonly subject?: string;
}

/** An entry as the API shows it. */
export interface AuditView {
  readonly id: string;
  readonly at: string;
  readonly by: string;
  readonly role: string;
  readonly action: string;
  readonly request: string;
  readonly subject: string | null;
  readonly reason: string | null;
  readonly requestId: string | null;
}

export class AuditEntryDto implements AuditView {
  @ApiProperty({ example: '001767268800000-0b7c8a4c-7f5e-4c55-9a38-6a1f0f3e4001' })
  readonly id!: string;

  @ApiProperty({ format: 'date-time' })
  readonly at!: string;

  @ApiProperty({ example: 'anna', description: 'Id of the key.' })
  readonly by!: string;

  @ApiProperty({ example: 'operator' })
  readonly role!: string;

  @ApiProperty({ example: 'order.purged' })
  readonly action!: string;

  @ApiProperty({ example: 'DELETE /order/6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001' })
  readonly request!: string;

  @ApiProperty({ type: String, nullable: true, example: '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001' })
  readonly subject!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'asked by the customer' })
  readonly reason!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'As logs name the request.' })
  readonly requestId!: string | null;
}

export class AuditPageDto {
  @ApiProperty({ type: [AuditEntryDto] })
  readonly items!: readonly AuditEntryDto[];

  @ApiProperty({ type: String, nullable: true, description: '`cursor` of the next page; null on the last one.' })
  readonly next!: string | null;
}
