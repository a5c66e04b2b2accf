import { Module } from '@nestjs/common';
import { ExpirySweeper } from './expiry-sweeper.js';
import { StockKeeper } from './warehouse.service.js';
import { WarehouseController } from './warehouse.controller.js';

@Module({ controllers: [WarehouseController], providers: [StockKeeper, ExpirySweeper] })
export class WarehouseModule {}
