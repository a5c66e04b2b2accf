import { Injectable } from '@nestjs/common';
import type { PipeTransform } from '@nestjs/common';
import { PartnerRefusal } from './partner-refusal.js';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const EMPTY_GUID = '00000000-0000-0000-0000-000000000000';

/** Accepts a GUID of any version and returns it in lower case. Refusals: 400 `guid_malformed`, 400 `guid_empty`. */
@Injectable()
export class GuidPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    const guid = value.toLowerCase();
    if (!GUID.test(guid)) throw new PartnerRefusal(400, 'guid_malformed', 'The id must be a GUID.');
    if (guid === EMPTY_GUID) throw new PartnerRefusal(400, 'guid_empty', 'The id must not be the all-zero GUID.');
    return guid;
  }
}
