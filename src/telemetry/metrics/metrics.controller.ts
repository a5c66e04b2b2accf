import { createHash, timingSafeEqual } from 'node:crypto';
import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request } from 'express';
import { principalOf } from '../../http/auth/principal.js';
import { Roles } from '../../http/auth/roles.decorator.js';
import { keyRequired } from '../../http/problem/request-error.js';
import { MetricsPage } from './metrics-page.js';

/**
 * The metrics in Prometheus' text format: for an operator's function key, or for METRICS_KEY as a bearer token, which opens
 * nothing else. Where no key is asked for at all (development), for everybody.
 */
@ApiExcludeController()
@Roles('anyone')
@Controller('metrics')
export class MetricsController {
  constructor(private readonly page: MetricsPage) {}

  /** @throws RequestError */
  @Get()
  @Header('Cache-Control', 'no-store')
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  read(@Req() request: Request): Promise<string> {
    if (!this.mayRead(request)) throw keyRequired();
    return this.page.render();
  }

  private mayRead(request: Request): boolean {
    const role = principalOf(request)?.role;
    const { key } = this.page;
    if (key === null) return role === 'operator' || role === 'admin';
    const [, given = ''] = /^Bearer ([\x21-\x7e]+)$/i.exec(request.get('authorization') ?? '') ?? [];
    // Where nobody is asked for a key, a key for metrics still is.
    const isStaff = (role === 'operator' || role === 'admin') && principalOf(request)?.id !== 'anonymous';
    return timingSafeEqual(hashOf(given), hashOf(key)) || isStaff;
  }
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
