import { Body, Controller, Delete, Get, HttpCode, Put } from '@nestjs/common';
import { ZodPipe } from '../protocol/zod.pipe.js';
import { FaultPlan } from './fault-plan.js';
import { faultPlanSchema } from './fault-schema.js';
import type { Fault } from './fault-schema.js';

/** Reads, replaces and clears the fault plan. `PUT` replaces the whole plan. */
@Controller('faults')
export class FaultController {
  constructor(private readonly plan: FaultPlan) {}

  @Get()
  list() {
    return this.plan.list();
  }

  @Put()
  async replace(@Body(new ZodPipe(faultPlanSchema)) plan: Fault[]) {
    await this.plan.replace(plan);
    return this.plan.list();
  }

  @Delete()
  @HttpCode(204)
  async clear(): Promise<void> {
    await this.plan.replace([]);
  }
}
