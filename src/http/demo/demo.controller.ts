import { Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { OrderError } from '../../orders/order.errors.js';
import { Roles } from '../keys/roles.decorator.js';
import { OrderIdPipe } from '../orders/order-id.pipe.js';
import { DemoFailedError, RouteUnknownError } from '../problem/request.errors.js';
import { DEMO, type DemoPort } from './demo.port.js';

/** The buttons of the page. Without a demo these routes do not exist. */
@ApiExcludeController()
@Roles('client')
@Controller('demo/orders')
export class DemoController {
  constructor(@Inject(DEMO) private readonly demo: DemoPort | null) {}

  @Post()
  @HttpCode(202)
  placeOrder(): Promise<{ readonly id: string }> {
    return this.play(async (demo) => ({ id: await demo.placeOrder() }));
  }

  @Post(':id/pay')
  @HttpCode(202)
  pay(@Param('id', OrderIdPipe) id: string): Promise<{ readonly id: string }> {
    return this.play(async (demo) => {
      await demo.pay(id);
      return { id };
    });
  }

  @Post(':id/reject')
  @HttpCode(202)
  reject(@Param('id', OrderIdPipe) id: string): Promise<{ readonly id: string }> {
    return this.play(async (demo) => {
      await demo.reject(id);
      return { id };
    });
  }

  private async play<T>(act: (demo: DemoPort) => Promise<T>): Promise<T> {
    if (this.demo === null) throw new RouteUnknownError();
    try {
      return await act(this.demo);
    } catch (cause) {
      // What the order service refuses tells more than that the demo failed.
      throw cause instanceof OrderError ? cause : new DemoFailedError({ cause });
    }
  }
}
