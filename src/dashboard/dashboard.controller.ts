import { Controller, Get, Header, Inject, NotFoundException, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Roles } from '../http/auth/roles.decorator.js';
import { PARTNER_OF } from '../orders/activities/order-activity-options.js';
import { DASHBOARD_OPTIONS, type DashboardOptions } from './dashboard-options.js';
import { PageFiles } from './page-files.js';

/** What the pages need to know of the service before they ask it anything. */
interface DashboardSettings extends DashboardOptions {
  /** The partner each activity of an order calls. */
  readonly partners: Readonly<Record<string, string>>;
}

/**
 * The operators' pages. They hold nothing of any order, so that anybody may load them: what they show they ask the API for,
 * with the key the operator enters.
 */
@ApiExcludeController()
@Roles('anyone')
@Controller('dashboard')
export class DashboardController {
  constructor(
    private readonly files: PageFiles,
    @Inject(DASHBOARD_OPTIONS) private readonly options: DashboardOptions,
  ) {}

  @Get()
  @Header('Cache-Control', 'no-cache')
  list(@Res({ passthrough: true }) response: Response): string {
    return this.send('index.html', response);
  }

  @Get('orders/:id')
  @Header('Cache-Control', 'no-cache')
  order(@Res({ passthrough: true }) response: Response): string {
    return this.send('order.html', response);
  }

  @Get('inspect/:id')
  @Header('Cache-Control', 'no-cache')
  // Stately's window has to be able to answer this one.
  @Header('Cross-Origin-Opener-Policy', 'unsafe-none')
  inspect(@Res({ passthrough: true }) response: Response): string {
    return this.send('inspect.html', response);
  }

  @Get('settings')
  @Header('Cache-Control', 'no-cache')
  settings(): DashboardSettings {
    return { ...this.options, partners: PARTNER_OF };
  }

  @Get('assets/*path')
  @Header('Cache-Control', 'no-cache')
  asset(@Param('path') path: readonly string[], @Res({ passthrough: true }) response: Response): string {
    return this.send(path.join('/'), response);
  }

  private send(name: string, response: Response): string {
    const file = this.files.find(name);
    if (file === null) throw new NotFoundException();
    response.type(file.type);
    return file.content;
  }
}
