import { Injectable, type PipeTransform } from '@nestjs/common';
import { invalidRequest } from '../problem/request-error.js';
import { readGuid } from '../validation/guid.js';

/** Returns the shopping cart's GUID in lower case. @throws RequestError when it is malformed or all zero. */
@Injectable()
export class SessionIdPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    const guid = readGuid(value);
    if (guid !== null) return guid;
    const message = "sessionId must be the shopping cart's GUID, and not the all-zero one";
    throw invalidRequest([{ field: 'sessionId', rule: 'isGuid', message }]);
  }
}
