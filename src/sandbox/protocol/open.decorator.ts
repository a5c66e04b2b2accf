import { SetMetadata } from '@nestjs/common';

export const OPEN_ROUTE = 'sandbox:open';
/** Opens a route to callers without an API key: customers' browsers and probes. */
export const Open = () => SetMetadata(OPEN_ROUTE, true);
