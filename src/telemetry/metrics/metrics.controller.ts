import { createHash, timingSafeEqual } from 'node:crypto';
import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request } from 'express';
import { lapseOf, principalOf } from '../../http/auth/principal.js';
import { Roles } from '../../http/auth/roles.decorator.js';
import { keyRequired } from '../../http/problem/request-error.js';
import { MetricsPage } from './metrics-page.js';

/**
 * Serves the metrics in Prometheus' text format.
 * An operator's key opens it, and so does METRICS_KEY as a bearer token. METRICS_KEY opens no other route.
 * In development without any key, everybody may read it.
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
    if (!this.mayRead(request)) throw lapseOf(request) ?? keyRequired();
    return this.page.render();
  }

  private mayRead(request: Request): boolean {
    const role = principalOf(request)?.role;
    const { key } = this.page;
    if (key === null) return role === 'operator' || role === 'admin';
    const [, given = ''] = /^Bearer ([\x21-\x7e]+)$/i.exec(request.get('authorization') ?? '') ?? [];
    // An anonymous operator exists where the service asks for no key. METRICS_KEY still protects the metrics there.
    const isStaff = (role === 'operator' || role === 'admin') && principalOf(request)?.id !== 'anonymous';
    return timingSafeEqual(hashOf(given), hashOf(key)) || isStaff;
  }
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
