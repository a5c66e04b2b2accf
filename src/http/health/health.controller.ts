import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DurableRuntime } from '../../durable/index.js';
import { Roles } from '../keys/roles.decorator.js';

type Obstacle = 'not_running' | 'store_unavailable';

interface Health {
  readonly status: 'ok' | 'unavailable';
  /** Why it is unavailable. */
  readonly reason?: Obstacle;
}

class HealthDto implements Health {
  @ApiProperty({ enum: ['ok', 'unavailable'], example: 'ok' })
  readonly status!: Health['status'];
  @ApiPropertyOptional({ enum: ['not_running', 'store_unavailable'], description: 'Why it is unavailable.' })
  readonly reason?: Obstacle;
}

/** A database that takes longer than this to say hello is no database to take orders with. */
const PING_TIMEOUT_MS = 2_000;

@ApiTags('health')
@Roles('anyone')
@Controller('health')
export class HealthController {
  constructor(private readonly runtime: DurableRuntime) {}

  @Get('live')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The process answers' })
  @ApiOkResponse({ type: HealthDto })
  live(): Health {
    return { status: 'ok' };
  }

  @Get('ready')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Orders can be taken' })
  @ApiOkResponse({ type: HealthDto })
  @ApiResponse({ status: 503, type: HealthDto, description: 'Not now, with the reason.' })
  async ready(@Res({ passthrough: true }) response: Response): Promise<Health> {
    const reason = await this.obstacle();
    if (reason === null) return { status: 'ok' };
    response.status(503);
    return { status: 'unavailable', reason };
  }

  private async obstacle(): Promise<Obstacle | null> {
    if (!this.runtime.ready) return 'not_running';
    let timeout: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timeout = setTimeout(() => reject(new Error('The database does not answer.')), PING_TIMEOUT_MS);
    });
    try {
      await Promise.race([this.runtime.store.ping(), late]);
      return null;
    } catch {
      return 'store_unavailable';
    } finally {
      clearTimeout(timeout);
    }
  }
}
