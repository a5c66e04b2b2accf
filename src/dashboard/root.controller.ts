import { Controller, Get, Redirect } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Roles } from '../http/auth/roles.decorator.js';

/** Redirects the root path to the operators' pages. */
@ApiExcludeController()
@Roles('anyone')
@Controller()
export class RootController {
  @Get()
  @Redirect('/dashboard', 302)
  root(): void {
    // The decorator redirects.
  }
}
