import { Injectable, type PipeTransform } from '@nestjs/common';
import { OrderNotFoundError } from '../../order-errors.js';
import { readGuid } from '../../../http/validation/guid.js';

/** A malformed id is an unknown order: both answer alike, and the database is not asked. @throws OrderNotFoundError */
@Injectable()
export class OrderIdPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    const guid = readGuid(value);
    if (guid === null) throw new OrderNotFoundError(value);
    return guid;
  }
}
