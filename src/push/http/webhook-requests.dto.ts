import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { EVENT_TYPES } from '../delivery/cloud-event.js';
import type { DeliveryState } from '../push-store.port.js';
import { PageQuery } from '../../http/params/page-query.dto.js';

const TYPES = Object.keys(EVENT_TYPES);
const LONGEST_URL = 2_000;
const LONGEST_DESCRIPTION = 200;

const EVENTS_TEXT = `Which to be told of; none means all. ${Object.entries(EVENT_TYPES)
  .map(([type, meaning]) => `\`${type}\`: ${meaning}`)
  .join(' ')}`;

class EndpointBody {
  @ApiPropertyOptional({ enum: TYPES, isArray: true, description: EVENTS_TEXT, example: ['order.completed'] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsIn(TYPES, { each: true })
  readonly events?: string[] | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'The shop', maxLength: LONGEST_DESCRIPTION })
  @IsOptional()
  @MaxLength(LONGEST_DESCRIPTION)
  @IsString()
  readonly description?: string | null;
}

const URL_TEXT = 'Where events are sent: https, with a public host name.';

export class RegisterEndpointBody extends EndpointBody {
  @ApiProperty({ example: 'https://shop.example.com/hooks/orders', description: URL_TEXT })
  @MaxLength(LONGEST_URL)
  @MinLength(1)
  @IsString()
  readonly url!: string;
}

/** An absent field stays unchanged. */
export class ChangeEndpointBody extends EndpointBody {
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'https://shop.example.com/hooks/orders',
    description: URL_TEXT,
  })
  @IsOptional()
  @MaxLength(LONGEST_URL)
  @MinLength(1)
  @IsString()
  readonly url?: string | null;
}

const STATES: readonly DeliveryState[] = ['pending', 'delivered', 'failed'];

export class DeliveryListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: STATES })
  @IsOptional()
  @IsIn(STATES)
  readonly state?: DeliveryState;
}
