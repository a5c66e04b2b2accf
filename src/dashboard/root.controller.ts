import { Controller, Get, Redirect } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Roles } from '../http/auth/roles.decorator.js';

/** Sends whoever opens the service's address to the operators' pages. */
@ApiExcludeController()
@Roles('anyone')
@Controller()
export class RootController {
  @Get()
  @Redirect('/dashboard', 302)
  root(): void {
    // The redirect is all.
  }
}
