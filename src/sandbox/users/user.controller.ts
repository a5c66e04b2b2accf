import { Controller, Get, Param } from '@nestjs/common';
import type { UserDto } from '../../contracts/users-contract.js';
import { Operation } from '../faults/operation.decorator.js';
import { GuidPipe } from '../protocol/guid.pipe.js';
import { UsersService } from './users.service.js';

@Controller('users')
export class UserController {
  constructor(private readonly users: UsersService) {}

  @Get(':userId')
  @Operation('users.get')
  get(@Param('userId', GuidPipe) userId: string): Promise<UserDto> {
    return this.users.get(userId);
  }
}
