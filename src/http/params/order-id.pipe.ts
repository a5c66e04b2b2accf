import { Injectable, type PipeTransform } from '@nestjs/common';
import { orderUnknown } from '../problem/request-error.js';
import { readGuid } from '../validation/guid.js';

/** Treats a malformed id like an unknown order, without a query of the database. @throws RequestError */
@Injectable()
export class OrderIdPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    const guid = readGuid(value);
    if (guid === null) throw orderUnknown();
    return guid;
  }
}
