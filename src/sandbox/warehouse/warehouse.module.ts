import { Module } from '@nestjs/common';
import { ExpirySweeper } from './expiry-sweeper.js';
import { WarehouseService } from './warehouse.service.js';
import { WarehouseController } from './warehouse.controller.js';

@Module({ controllers: [WarehouseController], providers: [WarehouseService, ExpirySweeper] })
export class WarehouseModule {}
