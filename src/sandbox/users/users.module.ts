import { Module } from '@nestjs/common';
import { UserController } from './user.controller.js';
import { UserRegistry } from './users.service.js';

@Module({ controllers: [UserController], providers: [UserRegistry] })
export class UsersModule {}
