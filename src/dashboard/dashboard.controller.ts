import { Controller, Get, Header, Inject, NotFoundException, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Roles } from '../http/auth/roles.decorator.js';
import { PARTNER_OF } from '../orders/activities/order-activity-options.js';
import { DASHBOARD_OPTIONS, type DashboardOptions } from './dashboard-options.js';
import { PageFiles } from './page-files.js';

/** Settings that the pages load first. */
interface DashboardSettings extends DashboardOptions {
  /** Names of partners by the activity that calls them. */
  readonly partners: Readonly<Record<string, string>>;
}

/**
 * Serves the operators' pages. Anybody may load them, because they hold no data of orders. They ask the API for it with
 * the key that the operator enters.
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
  // Lets Stately's window send messages to this page.
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
