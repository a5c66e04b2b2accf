import { Controller, Get } from '@nestjs/common';
import { OPERATIONS } from '../faults/operation.decorator.js';
import { Open } from '../protocol/open.decorator.js';
import { SEED_CARTS, SEED_PRODUCTS, SEED_USERS } from '../store/sandbox-seed.js';

/** Lists the routes and the seed data for a browser, and answers health probes. */
@Open()
@Controller()
export class IndexController {
  @Get()
  index() {
    return {
      name: 'Partner sandbox',
      services: {
        cart: ['GET /cart/{id}', 'POST /cart/{id}/add', 'POST /cart/{id}/remove'],
        users: ['GET /users/{id}'],
        warehouse: [
          'GET /warehouse/products',
          'POST /warehouse/reservations',
          'GET /warehouse/reservations/{id}',
          'POST /warehouse/reservations/{id}/consume',
          'POST /warehouse/reservations/{id}/release',
        ],
        shipping: ['POST /shipping/quotes'],
        pricing: ['POST /pricing/quotes'],
        payments: [
          'POST /payments',
          'GET /payments/{id}',
          'GET, POST /payments/{id}/checkout',
          'POST /payments/{id}/void',
          'POST /payments/{id}/refunds',
          'GET /payments/callbacks?orderId=',
          'POST /payments/callbacks/{webhookId}/resend',
          'GET, PUT /payments/settings',
        ],
        fulfilment: ['POST /fulfilment/shipments'],
      },
      ledgers: ['/payments/ledger', '/warehouse/ledger', '/fulfilment/ledger'].map((path) => `GET ${path}?orderId=`),
      faults: { routes: ['GET /faults', 'PUT /faults', 'DELETE /faults'], operations: OPERATIONS },
      seeds: {
        carts: SEED_CARTS,
        users: SEED_USERS.map(({ id, address }) => ({ id, name: address.name, country: address.country })),
        products: SEED_PRODUCTS.map(({ id, name, unitPrice, available }) => ({ id, name, unitPrice, available })),
      },
    };
  }

  @Get('health')
  health() {
    return { status: 'ok' };
  }
}
