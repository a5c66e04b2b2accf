import { Body, Controller, Get, HttpCode, Inject, Param, ParseEnumPipe, Post, Put } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { OrderError } from '../../orders/order-errors.js';
import { Roles } from '../../http/auth/roles.decorator.js';
import { OrderIdPipe } from '../../http/params/order-id.pipe.js';
import { demoFailed, routeUnknown } from '../../http/problem/request-error.js';
import {
  DEMO,
  DEMO_MOODS,
  DEMO_PARTNERS,
  DEMO_SCENES,
  type DemoMood,
  type DemoPartner,
  type DemoPort,
  type DemoScene,
} from './demo.port.js';

class PlaceBody {
  @IsOptional()
  @IsIn(DEMO_SCENES)
  readonly scene?: DemoScene;
}

class MoodBody {
  @IsIn(DEMO_MOODS)
  readonly mood!: DemoMood;
}

const PARTNERS = Object.fromEntries(DEMO_PARTNERS.map((partner) => [partner, partner]));

/** Serves the buttons of the dashboard's demo panel. Without a demo these routes do not exist. */
@ApiExcludeController()
@Roles('client')
@Controller('demo')
export class DemoController {
  constructor(@Inject(DEMO) private readonly demo: DemoPort | null) {}

  @Post('orders')
  @HttpCode(202)
  placeOrder(@Body() { scene }: PlaceBody): Promise<{ readonly id: string }> {
    return this.play(async (demo) => ({ id: await demo.placeOrder(scene) }));
  }

  @Get('partners')
  partners(): Promise<Readonly<Record<DemoPartner, DemoMood>>> {
    return this.play((demo) => demo.moods());
  }

  @Put('partners/:partner')
  @HttpCode(204)
  setMood(
    @Param('partner', new ParseEnumPipe(PARTNERS)) partner: DemoPartner,
    @Body() { mood }: MoodBody,
  ): Promise<void> {
    return this.play((demo) => demo.setMood(partner, mood));
  }

  @Post('orders/:id/pay')
  @HttpCode(202)
  pay(@Param('id', OrderIdPipe) id: string): Promise<{ readonly id: string }> {
    return this.play(async (demo) => {
      await demo.pay(id);
      return { id };
    });
  }

  @Post('orders/:id/reject')
  @HttpCode(202)
  reject(@Param('id', OrderIdPipe) id: string): Promise<{ readonly id: string }> {
    return this.play(async (demo) => {
      await demo.reject(id);
      return { id };
    });
  }

  private async play<T>(act: (demo: DemoPort) => Promise<T>): Promise<T> {
    if (this.demo === null) throw routeUnknown();
    try {
      return await act(this.demo);
    } catch (cause) {
      // A refusal of the order service says more than `demo_failed`.
      throw cause instanceof OrderError ? cause : demoFailed(cause);
    }
  }
}
