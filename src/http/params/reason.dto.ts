import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';

/** In characters. */
export const LONGEST_REASON = 200;

/** The body of a command. */
export class ReasonBody {
  @ApiPropertyOptional({ type: String, example: 'The customer changed their mind.' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_REASON)
  readonly reason?: string | null;
}
