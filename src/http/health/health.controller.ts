import { Controller, Get, Header, Inject, Optional, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import type { Response } from 'express';
import { Roles } from '../auth/roles.decorator.js';
import { AliveDto, BuildDto, ReadinessDto, type Alive, type Build } from './health.dto.js';
import { HEALTH_OPTIONS, type HealthOptions } from './health-options.js';
import { ReadinessCheck, type Readiness } from './readiness-check.js';

const UNKNOWN = 'unknown';

@ApiTags('health')
@Roles('anyone')
@SkipThrottle()
@Controller('health')
export class HealthController {
  private readonly startedAt = new Date().toISOString();

  constructor(
    private readonly readiness: ReadinessCheck,
    @Optional() @Inject(HEALTH_OPTIONS) private readonly options: HealthOptions | null,
  ) {}

  @Get('live')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The process answers' })
  @ApiOkResponse({ type: AliveDto })
  live(): Alive {
    return { status: 'ok' };
  }

  @Get('ready')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Orders can be taken' })
  @ApiOkResponse({ type: ReadinessDto })
  @ApiResponse({ status: 503, type: ReadinessDto, description: 'Not now, with the reason.' })
  async ready(@Res({ passthrough: true }) response: Response): Promise<Readiness> {
    const readiness = await this.readiness.check();
    if (readiness.status !== 'ok') response.status(503);
    return readiness;
  }

  @Get('build')
  @Roles('operator')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'What runs here' })
  @ApiOkResponse({ type: BuildDto })
  async build(): Promise<Build> {
    const { build, stats } = this.options ?? {};
    const schema = (await stats?.schemaVersion().catch(() => UNKNOWN)) ?? UNKNOWN;
    return {
      version: build?.version ?? UNKNOWN,
      commit: build?.commit ?? UNKNOWN,
      node: process.versions.node,
      schema,
      startedAt: this.startedAt,
    };
  }
}
