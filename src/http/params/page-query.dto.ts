import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

/** `?status=A&status=B` and `?status=A,B` mean the same. */
export const AsList = () =>
  Transform(({ value }: { value: unknown }) =>
    [value].flat().flatMap((each) => (typeof each === 'string' ? each.split(',') : [each])),
  );

/** Query parameters of every list. */
export class PageQuery {
  @ApiPropertyOptional({ example: 50, minimum: 1, maximum: 200, default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  readonly limit?: number;

  @ApiPropertyOptional({ description: '`next` of the page before.' })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  readonly cursor?: string;
}
