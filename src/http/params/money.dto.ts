import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Matches, Max, Min } from 'class-validator';

export class MoneyBody {
  @ApiProperty({ example: 16_680, description: 'Integer minor units (cents).' })
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  readonly amount!: number;

  @ApiProperty({ example: 'EUR', description: 'ISO 4217.' })
  @Matches(/^[A-Z]{3}$/, { message: 'currency must be an ISO 4217 code' })
  readonly currency!: string;
}
