import { Injectable } from '@nestjs/common';
import { userSchema } from '../contracts/users-contract.js';
import type { Customer } from '../orders/machine/order/order-model.js';
import type { PartnerCall } from '../orders/ports/partner-call.js';
import { UserClient } from '../orders/ports/partner-ports.js';
import { PartnerHttp } from './transport/partner-http.js';

@Injectable()
export class HttpUserClient extends UserClient {
  constructor(private readonly http: PartnerHttp) {
    super();
  }

  override getUser(userId: string, call: PartnerCall): Promise<Customer> {
    return this.http.send(
      {
        partner: 'users',
        method: 'GET',
        path: ['users', userId],
        answer: userSchema,
        // The partner may change the case of the GUID. It must not return another customer.
        validate: ({ id }) => (id.toLowerCase() === userId.toLowerCase() ? null : 'it is about another user'),
        refusals: { 404: 'user_not_found' },
      },
      call,
    );
  }
}
