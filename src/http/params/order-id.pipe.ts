import { Injectable, type PipeTransform } from '@nestjs/common';
import { orderUnknown } from '../problem/request-error.js';
import { readGuid } from '../validation/guid.js';

/** A malformed id is an unknown order: both answer alike, and the database is not asked. @throws RequestError */
@Injectable()
export class OrderIdPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    const guid = readGuid(value);
    if (guid === null) throw orderUnknown();
    return guid;
  }
}
