import { Inject } from '@nestjs/common';
import { handleOf } from './durable-tokens.js';

/** Injects the handle of a machine, by the machine's id: `@InjectHandle('order') orders: DurableHandle<OrderMachine>`. */
export const InjectHandle = (machineId: string): ParameterDecorator & PropertyDecorator => Inject(handleOf(machineId));
