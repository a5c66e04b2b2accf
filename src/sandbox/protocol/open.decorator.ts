import { SetMetadata } from '@nestjs/common';

export const OPEN_ROUTE = 'sandbox:open';
/** For customers' browsers and probes: no key is asked for. */
export const Open = () => SetMetadata(OPEN_ROUTE, true);
