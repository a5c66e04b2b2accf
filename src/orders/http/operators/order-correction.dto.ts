import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsEmail,
  IsInt,
  IsObject,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import type { OrderCorrection } from '../../order-correction.js';

/** May be left out, but not be null: in a merge patch null removes, and none of these may be missing. */
const MayBeMissing = () => ValidateIf((_, value: unknown) => value !== undefined);

class AddressCorrection {
  @ApiPropertyOptional({ example: 'Greta Sommer' })
  @MayBeMissing()
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  readonly name?: string;

  @ApiPropertyOptional({ example: 'Kastanienallee 7' })
  @MayBeMissing()
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  readonly street?: string;

  @ApiPropertyOptional({ example: '10435' })
  @MayBeMissing()
  @IsString()
  @MinLength(1)
  @MaxLength(20)
  readonly postalCode?: string;

  @ApiPropertyOptional({ example: 'Berlin' })
  @MayBeMissing()
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  readonly city?: string;

  @ApiPropertyOptional({ example: 'DE', description: 'ISO 3166-1 alpha-2. Not once there is a shipping quote.' })
  @MayBeMissing()
  @Matches(/^[A-Z]{2}$/, { message: 'country must be an ISO 3166-1 alpha-2 code' })
  readonly country?: string;
}

class CustomerCorrection {
  @ApiPropertyOptional({ example: 'greta@example.com' })
  @MayBeMissing()
  @IsEmail()
  @MaxLength(320)
  readonly email?: string;

  @ApiPropertyOptional({ type: AddressCorrection })
  @MayBeMissing()
  @IsObject()
  @ValidateNested()
  @Type(() => AddressCorrection)
  readonly address?: AddressCorrection;
}

class CartLineBody {
  @ApiProperty({ example: 'coffee-beans-1kg' })
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  readonly productId!: string;

  @ApiProperty({ example: 2, minimum: 1, maximum: 10_000 })
  @IsInt()
  @Min(1)
  @Max(10_000)
  readonly count!: number;
}

/** The only parts of an order's context that may be corrected. */
export class CorrectionBody {
  @ApiPropertyOptional({ type: CustomerCorrection, description: 'Once the order has fetched its customer.' })
  @MayBeMissing()
  @IsObject()
  @ValidateNested()
  @Type(() => CustomerCorrection)
  readonly customer?: CustomerCorrection;

  @ApiPropertyOptional({
    type: [CartLineBody],
    description: 'The whole list anew. Once the order has fetched its cart, and until the goods are reserved.',
  })
  @MayBeMissing()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => CartLineBody)
  readonly items?: CartLineBody[];
}

/** Plain JSON of what was sent: a field of the class that was not is undefined, which a merge patch must not hold. */
export function correctionOf(body: CorrectionBody): OrderCorrection {
  return JSON.parse(JSON.stringify(body)) as OrderCorrection; // validated, and JSON has no undefined
}
