import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DEMO, type DemoPort } from '../../dashboard/demo/demo.port.js';
import { HTTP_OPTIONS, type HttpOptions } from '../http-options.js';
import { Roles } from '../auth/roles.decorator.js';
import { routeUnknown } from '../problem/request-error.js';
import { PAGE_ICON, pageHtml } from './page-html.js';
import { PAGE_SCRIPT } from './page-script.js';
import { PAGE_STYLE } from './page-style.js';

/** The operator's page at `/`. Not in production: it would show every order to whoever asks. */
@ApiExcludeController()
@Roles('anyone')
@Controller()
export class PageController {
  constructor(
    @Inject(HTTP_OPTIONS) private readonly options: HttpOptions,
    @Inject(DEMO) private readonly demo: DemoPort | null,
  ) {}

  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Cache-Control', 'no-cache')
  page(): string {
    return this.shown(pageHtml({ demo: this.demo !== null }));
  }

  @Get('assets/page.js')
  @Header('Content-Type', 'text/javascript; charset=utf-8')
  @Header('Cache-Control', 'no-cache')
  script(): string {
    return this.shown(PAGE_SCRIPT);
  }

  @Get('assets/page.css')
  @Header('Content-Type', 'text/css; charset=utf-8')
  @Header('Cache-Control', 'no-cache')
  style(): string {
    return this.shown(PAGE_STYLE);
  }

  @Get('assets/page.svg')
  @Header('Content-Type', 'image/svg+xml')
  @Header('Cache-Control', 'no-cache')
  icon(): string {
    return this.shown(PAGE_ICON);
  }

  private shown(content: string): string {
    if (this.options.production) throw routeUnknown();
    return content;
  }
}
