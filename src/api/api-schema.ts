/** Made of docs/openapi.json by `npm run openapi`: change the controllers, not this. */
export interface paths {
  '/audit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who of the staff read, changed or purged what
     * @description Newest first, in pages. An entry is written before its request is carried out, and can be neither changed nor deleted.
     */
    get: operations['Audit_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/dashboard/counts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Count open orders
     * @description At most a second old.
     */
    get: operations['Counts_counts'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/build': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What runs here */
    get: operations['Health_build'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/live': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The process answers */
    get: operations['Health_live'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/ready': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Orders can be taken */
    get: operations['Health_ready'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/incidents': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List incidents
     * @description Open and resolved incidents, newest first.
     */
    get: operations['Incident_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/incidents/{incidentId}/resolve': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Resolve an incident that no order waits for
     * @description For `event_untakeable` and `unknown_actor`. Others are resolved by what is done to their order: retry, skip, cancel, terminate. An incident that is resolved stays as it was, and is the answer.
     */
    post: operations['Incident_resolve'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/keys': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The configured keys
     * @description By their fingerprints; the service does not have the keys themselves.
     */
    get: operations['Key_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/keys/{fingerprint}/revoke': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Revoke a key for good
     * @description Requests with it get 401 `key_revoked`, on every node and after every restart; its open streams end within five seconds. Its holder gets a new key in `ACCESS_KEYS`.
     */
    post: operations['Key_revoke'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/late-payments': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List late-payments
     * @description Newest first, in pages of a stable order.
     */
    get: operations['late-payments_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/late-payments/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Where a late-payment stands */
    get: operations['late-payments_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/late-payments/{id}/history': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What happened to a late-payment
     * @description Oldest first, without a gap, redacted.
     */
    get: operations['late-payments_history'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/late-payments/{id}/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Try the failed step of a late-payment again
     * @description For an incident; corrected first, where the step was refused.
     */
    post: operations['late-payments_retry'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/late-payments/{id}/skip': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Complete the failed step of a late-payment with an output of your own
     * @description For what was done by hand, or done although its answer was lost. The partner is **not** asked.
     */
    post: operations['late-payments_skip'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/late-payments/{id}/terminate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * End a late-payment where it stands
     * @description A last resort: nothing is undone, and nothing more is done.
     */
    post: operations['late-payments_terminate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/machines': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List machines
     * @description All versions, and the child machines in them.
     */
    get: operations['Machines_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/machines/{file}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A machine: its definition, or a drawing
     * @description `order` is the definition as JSON, which opens in Stately Studio; `order.svg` the chart with child machines in their places; `order.mmd` the same for Mermaid.
     */
    get: operations['Machines_file'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/machines/{id}/chart': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A machine's chart
     * @description States and transitions, child machines in their places; the ids are those in the SVG.
     */
    get: operations['Machines_chart'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/order/start/{sessionId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Place an order
     * @description The order is stored when this answers; then it runs by itself. A cart has one order at a time that has not ended.
     */
    post: operations['OrderStart_start'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/order/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The whole picture of an order
     * @description Secrets and personal data are hidden.
     */
    get: operations['OrderRead_get'];
    put?: never;
    post?: never;
    /**
     * Purge an order that has ended
     * @description Deletes the order with its history, events, incidents and the answers kept under Idempotency-Keys, in one transaction. Afterwards there is no such order. Who did it and why is in the log.
     */
    delete: operations['OrderPurge_purge'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/order/{id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Cancel the order
     * @description Goods are released, a payment is voided or refunded.
     */
    post: operations['OrderCommand_cancel'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/order/{id}/events/{name}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send an event
     * @description The same as the routes of these names. `If-Match` counts for `order.cancel` and `order.retry`.
     */
    post: operations['OrderCommand_send'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/order/{id}/history': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What happened to an order
     * @description Oldest first, without a gap, redacted.
     */
    get: operations['OrderRead_history'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/order/{id}/payment-accepted': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * The payment was accepted
     * @description An operator vouches for the payment; the provider itself reports by its signed webhook. The provider is asked first; what it has not captured counts as paid by hand, and goes back by hand if it must. A repeat has no further effect.
     */
    post: operations['OrderCommand_acceptPayment'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/order/{id}/payment-rejected': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * The payment was rejected
     * @description A repeat has no further effect and gets the same response.
     */
    post: operations['OrderCommand_rejectPayment'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/order/{id}/restart': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Place the order anew
     * @description Starts a NEW order of the same cart and user, with the settings of today; the old one stays as it is. What the cart holds now is what is ordered.
     */
    post: operations['OrderRestart_restart'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/order/{id}/resume': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Resume a suspended order
     * @description The order takes the events it kept before any deadline fires, so a payment that came in time counts.
     */
    post: operations['OrderOperator_resume'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/order/{id}/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Try the failed step again, corrected if need be
     * @description For an order whose incident waits for a person, or that has failed. With a `patch` the step is a new call to the partner, under a new idempotency key: be sure that the partner did not do the old one.
     */
    post: operations['OrderOperator_retry'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/order/{id}/returns': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Ask to return an order
     * @description A person decides within 14 days, else the request expires.
     */
    post: operations['Return_request'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/order/{id}/skip': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Complete the failed step with an output of your own
     * @description For what was done by hand, or that the partner did although its answer was lost. The partner is **not** asked; the order goes on as if it had answered. Legal while the order waits for a person at that step.
     */
    post: operations['OrderOperator_skip'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/order/{id}/status': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Where an order stands */
    get: operations['OrderRead_status'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/order/{id}/stream': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * An order's history as it is written (server-sent events)
     * @description Every line from the first, or from where the client got to; `id:` is the sequence number. A message `event: end` follows the last line of an order that has ended. Lines that begin with a colon keep the connection open.
     */
    get: operations['OrderStream_stream'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/order/{id}/suspend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Suspend the order
     * @description Nothing moves any more until it is resumed: no step begins, no deadline fires. Events and partners' answers that come meanwhile are kept, and taken then.
     */
    post: operations['OrderOperator_suspend'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/order/{id}/terminate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * End the order where it stands
     * @description A last resort: **nothing is compensated**. Goods stay reserved until they expire, a payment is neither voided nor refunded, calls to partners that are under way may still take effect. What customers want is `cancel`.
     */
    post: operations['OrderOperator_terminate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/order/{id}/token': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Make another token for the customer
     * @description For a customer whose token has expired or was revoked. Tokens made before go on as they are.
     */
    post: operations['OrderToken_make'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/order/{id}/token/revoke': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Revoke the order's tokens
     * @description All that were made until now: requests with one get 401 `token_revoked`, and open streams end within five seconds.
     */
    post: operations['OrderToken_revoke'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/order/{id}/wait': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Wait for an order (long poll)
     * @description Responds as soon as the order is in one of the situations, and after `timeout` seconds at the latest.
     */
    get: operations['OrderStream_wait'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/orders': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List orders
     * @description Newest first, in pages of a stable order.
     */
    get: operations['OrderRead_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/orders/purge': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Purge many orders
     * @description Deletes orders that have completed or were terminated, with all that is stored of them.
     */
    post: operations['OrderBulk_purge'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/orders/stream': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Changes of any order (server-sent events)
     * @description An order as it stands after a change; at least once, and only the last of several quick ones. `id:` is a cursor to resume from. `event: reset`: more happened meanwhile than is replayed; load the list anew.
     */
    get: operations['OrderStream_streamAll'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/orders/{action}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Command many orders
     * @description What the route of this name does to one order, for all that the filter names and that the command is for: `retry` for those that wait for a person, `resume` for suspended ones, the others for open ones.
     */
    post: operations['OrderBulk_command'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/returns': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List returns
     * @description Newest first, in pages of a stable order.
     */
    get: operations['returns_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/returns/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Where a return stands */
    get: operations['returns_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/returns/{id}/history': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What happened to a return
     * @description Oldest first, without a gap, redacted.
     */
    get: operations['returns_history'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/returns/{id}/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Try the failed step of a return again
     * @description For an incident; corrected first, where the step was refused.
     */
    post: operations['returns_retry'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/returns/{id}/skip': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Complete the failed step of a return with an output of your own
     * @description For what was done by hand, or done although its answer was lost. The partner is **not** asked.
     */
    post: operations['returns_skip'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/returns/{id}/terminate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * End a return where it stands
     * @description A last resort: nothing is undone, and nothing more is done.
     */
    post: operations['returns_terminate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/returns/{id}/{command}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Steer a return
     * @description What its chart takes from a person.
     */
    post: operations['returns_command'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/webhook-endpoints': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the endpoints
     * @description All of them, oldest first, without their secrets.
     */
    get: operations['WebhookEndpoint_list'];
    put?: never;
    /**
     * Register an endpoint
     * @description From now on it gets the events of orders: CloudEvents 1.0 in JSON, signed as Standard Webhooks says, at least once each, in no promised order (`data.revision` tells it). The answer shows the secret this once; a repeat under its `Idempotency-Key` does not.
     */
    post: operations['WebhookEndpoint_register'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/webhook-endpoints/{endpointId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** An endpoint */
    get: operations['WebhookEndpoint_get'];
    put?: never;
    post?: never;
    /** Delete an endpoint with its delivery log */
    delete: operations['WebhookEndpoint_remove'];
    options?: never;
    head?: never;
    /** Change the URL, the event types or the description of an endpoint */
    patch: operations['WebhookEndpoint_update'];
    trace?: never;
  };
  '/webhook-endpoints/{endpointId}/deliveries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the deliveries of an endpoint
     * @description Newest first.
     */
    get: operations['WebhookDelivery_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/webhook-endpoints/{endpointId}/deliveries/{deliveryId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A delivery with its event and every attempt */
    get: operations['WebhookDelivery_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/webhook-endpoints/{endpointId}/deliveries/{deliveryId}/replay': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send a delivery again
     * @description The same event under the same `webhook-id`, on a schedule begun anew; whether or not it was delivered.
     */
    post: operations['WebhookDelivery_replay'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/webhook-endpoints/{endpointId}/disable': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Disable an endpoint
     * @description Pending deliveries wait until it is enabled again.
     */
    post: operations['WebhookEndpoint_disable'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/webhook-endpoints/{endpointId}/enable': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Enable an endpoint
     * @description Events from the time when it was disabled are not sent.
     */
    post: operations['WebhookEndpoint_enable'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/webhook-endpoints/{endpointId}/rotate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Rotate the secret of an endpoint
     * @description The new secret signs at once. The old one signs beside it for a day, so that receivers can change over.
     */
    post: operations['WebhookEndpoint_rotate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/webhook-endpoints/{endpointId}/test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send a test event
     * @description Sends an event of the type `webhook.test`, whichever types the endpoint subscribes to.
     */
    post: operations['WebhookDelivery_test'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/webhooks/payments': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * The payment provider's decision
     * @description Signed in the Standard Webhooks form.
     */
    post: operations['PaymentWebhook_receive'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/webhooks/payments/received': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List received payment webhooks
     * @description Verified ones, newest first, in pages.
     */
    get: operations['ReceivedWebhook_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/webhooks/payments/received/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A received payment webhook with its body
     * @description Personal data is hidden.
     */
    get: operations['ReceivedWebhook_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/webhooks/payments/received/{id}/replay': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Deliver a webhook to its order once more
     * @description For one that came before its order was there, or whose process died. An order that took it already does nothing. Who did it and why is kept with the webhook.
     */
    post: operations['ReceivedWebhook_replay'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/webhooks/stripe': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * The payment provider's decision, as Stripe tells it
     * @description Signed as Stripe signs. Acts on `payment_intent.succeeded` and `canceled`, and on `checkout.session.completed`, `async_payment_succeeded`, `async_payment_failed` and `expired`. A declined try, refunds and disputes are noted for a person; what else there is, is ignored and on record. `metadata.orderId` names the order; without it the order that asked for the payment is meant.
     */
    post: operations['StripeWebhook_receive'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    AddressCorrection: {
      city?: string;
      /** @description ISO 3166-1 alpha-2. Not once there is a shipping quote. */
      country?: string;
      name?: string;
      postalCode?: string;
      street?: string;
    };
    AliveDto: {
      /** @enum {string} */
      status: 'ok';
    };
    AuditEntryDto: {
      action: string;
      /** Format: date-time */
      at: string;
      /** @description Id of the key. */
      by: string;
      id: string;
      reason: string | null;
      request: string;
      /** @description As logs name the request. */
      requestId: string | null;
      role: string;
      subject: string | null;
    };
    AuditPageDto: {
      items: components['schemas']['AuditEntryDto'][];
      /** @description `cursor` of the next page; null on the last one. */
      next: string | null;
    };
    AwaitedOrderDto: {
      /** Format: date-time */
      completedAt: string | null;
      correlationId: string | null;
      /** Format: date-time */
      createdAt: string;
      id: string;
      /** @description A person is needed. */
      incident: boolean;
      /** @enum {string|null} */
      outcome: 'fulfilled' | 'payment_failed' | 'payment_timed_out' | 'cancelled' | 'out_of_stock' | 'failed' | null;
      paymentId: string | null;
      /** @description `false`: the time ran out, or the order has ended otherwise. Ask again unless it has ended. */
      reached: boolean;
      /** @enum {string} */
      runtimeStatus: 'Running' | 'Suspended' | 'Completed' | 'Failed' | 'Terminated';
      sessionId: string | null;
      /** @enum {string} */
      status:
        | 'Starting'
        | 'GettingProducts'
        | 'GettingAddress'
        | 'ReservingProducts'
        | 'CalculatingShipping'
        | 'CalculatingFinalPrice'
        | 'AwaitingPayment'
        | 'PaymentSuccess'
        | 'PaymentFailed'
        | 'SendShippingOrder'
        | 'Completed';
      /** Format: date-time */
      updatedAt: string;
      userId: string | null;
      waitingFor: components['schemas']['OrderWaitDto'] | null;
    };
    BuildDto: {
      /** @description Of Git, as GIT_COMMIT says; else "unknown". */
      commit: string;
      /** @description Version of Node.js. */
      node: string;
      /** @description The newest change to the database schema; "unknown" while the database is away. */
      schema: string;
      /**
       * Format: date-time
       * @description When this process started.
       */
      startedAt: string;
      version: string;
    };
    BulkAnswerDto: {
      /** @enum {string} */
      action: 'retry' | 'suspend' | 'resume' | 'terminate' | 'cancel' | 'purge';
      dryRun: boolean;
      /** @description One for each order, newest first. */
      items: components['schemas']['BulkItemDto'][];
      /** @description More orders match than `limit`: repeat the command once these are done. */
      more: boolean;
    };
    BulkBody: {
      /**
       * @description `true`: changes nothing, and lists the orders that would be commanded.
       * @default false
       */
      dryRun: boolean;
      /** @description Selects the orders; at least one field is required. */
      filter: components['schemas']['OrderFilterBody'];
      /**
       * @description At most this many orders, the newest first.
       * @default 1000
       */
      limit: number;
      reason: string;
    };
    BulkItemDto: {
      code?: string;
      id: string;
      /**
       * @description `selected`: would be commanded. `refused` and `failed`: `code` says why; a failed one may be repeated.
       * @enum {string}
       */
      result: 'accepted' | 'selected' | 'refused' | 'failed';
    };
    CartLineBody: {
      count: number;
      productId: string;
    };
    ChangeEndpointBody: {
      description?: string | null;
      /** @description Which to be told of; none means all. `order.status_changed`: The order reached another status. `order.completed`: The order has ended, with this outcome; nothing follows. `order.incident_opened`: The order waits for a person. `order.incident_resolved`: It does not any more. */
      events?: ('order.status_changed' | 'order.completed' | 'order.incident_opened' | 'order.incident_resolved')[];
      /** @description Where events are sent: https, with a public host name. */
      url?: string | null;
    };
    CommandReceiptDto: {
      /** @enum {string} */
      event:
        | 'payment.accepted'
        | 'payment.rejected'
        | 'order.cancel'
        | 'order.retry'
        | 'order.suspend'
        | 'order.resume'
        | 'order.terminate'
        | 'order.skip';
      id: string;
      /**
       * @description Stored: the order took it, or keeps it until it can.
       * @enum {string}
       */
      result: 'accepted';
    };
    CorrectionBody: {
      /** @description Once the order has fetched its customer. */
      customer?: components['schemas']['CustomerCorrection'];
      /** @description The whole list anew. Once the order has fetched its cart, and until the goods are reserved. */
      items?: components['schemas']['CartLineBody'][];
    };
    CustomerCorrection: {
      address?: components['schemas']['AddressCorrection'];
      email?: string;
    };
    FieldErrorDto: {
      field: string;
      message: string;
      rule: string;
    };
    GivenReasonBody: {
      reason: string;
    };
    IncidentCauseDto: {
      /** @description Stable. */
      code: string;
      /** @description Its data, redacted. */
      data: {
        [key: string]: unknown;
      };
      message: string;
      /** @description Type of the history entry that led to it. */
      type: string;
    };
    IncidentDto: {
      /** @description The ways out. `edit-and-retry` is `retry` with a `patch`, `resolve` is of the incident itself; the others are commands of `/order/{id}`, `/returns/{id}` or `/late-payments/{id}`. */
      actions: ('retry' | 'edit-and-retry' | 'skip' | 'terminate' | 'cancel' | 'payment-accepted' | 'resolve')[];
      /** @description What to do, in one sentence. */
      advice: string;
      cause: components['schemas']['IncidentCauseDto'];
      id: string;
      /** @description What it is about: retries_exhausted, activity_refused, activity_poison, machine_waits, machine_failed, turn_refused, snapshot_misfit, machine_unknown, event_untakeable, unknown_actor, or a kind that the order's own states name: payment_mismatch. */
      kind: string;
      /** @description `order`, or what else of ours it is about: `late-payment`, `return`. */
      machine: string;
      /** Format: date-time */
      openedAt: string;
      orderId: string;
      reason: string | null;
      /** @description retried, edited, skipped, terminated, acknowledged, fits_again, order.cancel, … */
      resolution: string | null;
      /** Format: date-time */
      resolvedAt: string | null;
      resolvedBy: string | null;
      status: string;
      /**
       * @description The suggested action.
       * @enum {string}
       */
      suggestedAction: 'retry' | 'edit-and-retry' | 'skip' | 'terminate' | 'deploy-fix' | 'none';
    };
    IncidentPageDto: {
      items: components['schemas']['IncidentDto'][];
      next: string | null;
    };
    KeyDto: {
      /**
       * Format: date-time
       * @description Null: it does not expire.
       */
      expiresAt: string | null;
      /** @description First 16 hexadecimal digits of the SHA-256 of the key. */
      fingerprint: string;
      /** @description Names its holder in audits. */
      id: string;
      reason: string | null;
      /** Format: date-time */
      revokedAt: string | null;
      /** @description Id of the key of who revoked it. */
      revokedBy: string | null;
      /** @enum {string} */
      role: 'client' | 'operator' | 'admin';
      /** @enum {string} */
      state: 'in_force' | 'expired' | 'revoked';
    };
    KeyListDto: {
      /** @description In the order of the configuration. */
      items: components['schemas']['KeyDto'][];
    };
    LiveOrderDto: {
      id: string;
      statusQueryGetUri: string;
    };
    MachineListDto: {
      items: components['schemas']['MachineSummaryDto'][];
    };
    MachineSummaryDto: {
      /** @description The machine whose child it is. */
      childOf: string | null;
      /** @description New actors start on this version. */
      current: boolean;
      id: string;
      version: string;
    };
    MadeTokenDto: {
      /**
       * Format: date-time
       * @description Null: it does not expire.
       */
      expiresAt: string | null;
      /** Format: uuid */
      id: string;
      /** @description Null where no secret is configured: the service makes no tokens. */
      orderToken: string | null;
    };
    MoneyBody: {
      /** @description Integer minor units (cents). */
      amount: number;
      /** @description ISO 4217. */
      currency: string;
    };
    OrderCountsDto: {
      /** @description Open incidents: what waits for a person. */
      attention: number;
      /** @description Open orders by status; one that none is in is left out. */
      byStatus: {
        [key: string]: number;
      };
      /** @description Orders that have not ended. */
      open: number;
      suspended: number;
    };
    OrderDetailsDto: {
      attempts: {
        [key: string]: unknown;
      };
      /** Format: date-time */
      completedAt: string | null;
      /** @description The machine's context; secrets and personal data are hidden. */
      context: {
        [key: string]: unknown;
      };
      correlationId: string | null;
      /** Format: date-time */
      createdAt: string;
      id: string;
      /** @description A person is needed. */
      incident: boolean;
      /** @description Payments reported as accepted when the order wanted none any more: `{id, paymentId, outcome, incident}`. What was captured is given back (`refunded`). `id` has a history of its own at `/late-payments/{id}`. */
      latePayments: {
        [key: string]: unknown;
      }[];
      machineVersion: string;
      /** @enum {string|null} */
      outcome: 'fulfilled' | 'payment_failed' | 'payment_timed_out' | 'cancelled' | 'out_of_stock' | 'failed' | null;
      payment: {
        [key: string]: unknown;
      } | null;
      paymentId: string | null;
      /** @description Why it did not end as fulfilled. */
      reason: string | null;
      revision: number;
      /** @enum {string} */
      runtimeStatus: 'Running' | 'Suspended' | 'Completed' | 'Failed' | 'Terminated';
      sessionId: string | null;
      /** @enum {string} */
      status:
        | 'Starting'
        | 'GettingProducts'
        | 'GettingAddress'
        | 'ReservingProducts'
        | 'CalculatingShipping'
        | 'CalculatingFinalPrice'
        | 'AwaitingPayment'
        | 'PaymentSuccess'
        | 'PaymentFailed'
        | 'SendShippingOrder'
        | 'Completed';
      /** Format: date-time */
      updatedAt: string;
      userId: string | null;
      waitingFor: components['schemas']['OrderWaitDto'] | null;
    };
    OrderFilterBody: {
      /**
       * Format: date-time
       * @description Placed then or later.
       */
      createdFrom?: string;
      /**
       * Format: date-time
       * @description Placed before.
       */
      createdTo?: string;
      /** @description Only orders that do, or do not, wait for a person. */
      incident?: boolean;
      /** @description Any of these. */
      outcome?: ('fulfilled' | 'payment_failed' | 'payment_timed_out' | 'cancelled' | 'out_of_stock' | 'failed')[];
      /** @description What the id of the order, its cart, user, correlation or payment begins with. 3 characters or more. */
      q?: string;
      /** @description Any of these. */
      runtimeStatus?: ('Running' | 'Suspended' | 'Completed' | 'Failed' | 'Terminated')[];
      /** @description The cart. */
      sessionId?: string;
      /** @description Any of these. */
      status?: (
        | 'Starting'
        | 'GettingProducts'
        | 'GettingAddress'
        | 'ReservingProducts'
        | 'CalculatingShipping'
        | 'CalculatingFinalPrice'
        | 'AwaitingPayment'
        | 'PaymentSuccess'
        | 'PaymentFailed'
        | 'SendShippingOrder'
        | 'Completed'
      )[];
      userId?: string;
    };
    OrderHistoryEntryDto: {
      /** Format: date-time */
      at: string;
      data: {
        [key: string]: unknown;
      };
      revision: number;
      /** @description From 1, without a gap. */
      seq: number;
      type: string;
    };
    OrderHistoryPageDto: {
      items: components['schemas']['OrderHistoryEntryDto'][];
      /** @description Ask with `after` for the next page. */
      next: number | null;
    };
    OrderPageDto: {
      items: components['schemas']['OrderSummaryDto'][];
      /** @description Ask with `cursor` for the next page. */
      next: string | null;
    };
    OrderStatusDto: {
      id: string;
      /** @enum {string|null} */
      outcome: 'fulfilled' | 'payment_failed' | 'payment_timed_out' | 'cancelled' | 'out_of_stock' | 'failed' | null;
      /** @enum {string} */
      status:
        | 'Starting'
        | 'GettingProducts'
        | 'GettingAddress'
        | 'ReservingProducts'
        | 'CalculatingShipping'
        | 'CalculatingFinalPrice'
        | 'AwaitingPayment'
        | 'PaymentSuccess'
        | 'PaymentFailed'
        | 'SendShippingOrder'
        | 'Completed';
      /** Format: date-time */
      updatedAt: string;
      waitingFor: components['schemas']['OrderWaitDto'] | null;
    };
    OrderSummaryDto: {
      /** Format: date-time */
      completedAt: string | null;
      correlationId: string | null;
      /** Format: date-time */
      createdAt: string;
      id: string;
      /** @description A person is needed. */
      incident: boolean;
      /** @enum {string|null} */
      outcome: 'fulfilled' | 'payment_failed' | 'payment_timed_out' | 'cancelled' | 'out_of_stock' | 'failed' | null;
      paymentId: string | null;
      /** @enum {string} */
      runtimeStatus: 'Running' | 'Suspended' | 'Completed' | 'Failed' | 'Terminated';
      sessionId: string | null;
      /** @enum {string} */
      status:
        | 'Starting'
        | 'GettingProducts'
        | 'GettingAddress'
        | 'ReservingProducts'
        | 'CalculatingShipping'
        | 'CalculatingFinalPrice'
        | 'AwaitingPayment'
        | 'PaymentSuccess'
        | 'PaymentFailed'
        | 'SendShippingOrder'
        | 'Completed';
      /** Format: date-time */
      updatedAt: string;
      userId: string | null;
      waitingFor: components['schemas']['OrderWaitDto'] | null;
    };
    OrderWaitDto: {
      /** @description The try that is running or comes next, from 1. */
      attempt?: number;
      /** @enum {string} */
      for: 'activity' | 'retry' | 'payment' | 'operator';
      /** @description The activity, or for an operator what happened: `payment_mismatch`, `suspended`, `machine_failed`. */
      name?: string;
      /**
       * Format: date-time
       * @description When the order goes on by itself.
       */
      until?: string;
    };
    PaymentCallback: {
      data: components['schemas']['PaymentCallbackData'];
      /** Format: date-time */
      timestamp: string;
      /**
       * @description What became of the payment. `payment.declined`: one try failed, and the payment stays open. Rejected, canceled and expired: it is over.
       * @enum {string}
       */
      type: 'payment.accepted' | 'payment.declined' | 'payment.rejected' | 'payment.canceled' | 'payment.expired';
    };
    PaymentCallbackData: {
      amount: components['schemas']['MoneyBody'];
      orderId: string;
      paymentId: string;
      reason?: string;
    };
    PaymentDecisionBody: {
      /** @description Missing: the amount of the order is meant. */
      amount?: components['schemas']['MoneyBody'];
      /** @description The provider's id. Missing: this order's payment is meant. */
      paymentId?: string;
      reason?: string;
    };
    PlacedOrderDto: {
      id: string;
      /** @description For the customer: as `Authorization: Bearer …` it lets them follow and cancel this order, and nothing else. */
      orderToken?: string;
      /** @description DELETE it once the order has ended. */
      purgeHistoryDeleteUri: string;
      restartPostUri: string;
      resumePostUri: string;
      /** @description Put the name in place of `{eventName}`. */
      sendEventPostUri: string;
      statusQueryGetUri: string;
      suspendPostUri: string;
      terminatePostUri: string;
    };
    ProblemDto: {
      /** @description Stable. */
      code: string;
      detail: string;
      errors?: components['schemas']['FieldErrorDto'][];
      instance: string;
      /** @description Only of `cart_has_live_order`: the order the cart has. */
      liveOrder?: components['schemas']['LiveOrderDto'];
      status: number;
      title: string;
      /** @description As in the log and in X-Request-Id. */
      traceId: string;
      type: string;
    };
    PurgedDto: {
      id: string;
      /** @enum {string} */
      result: 'purged';
    };
    ReadinessDto: {
      /** @description Tasks that are due and not taken up, counted up to 10000. */
      backlog?: number;
      /** @description How far the machine's clock is ahead of the database's, in milliseconds, when it is too far off. */
      clockOffsetMs?: number;
      /** @description The reason in words. */
      detail?: string;
      /**
       * @description Why it is unavailable.
       * @enum {string}
       */
      reason?:
        | 'draining'
        | 'starting'
        | 'store_unavailable'
        | 'store_not_writable'
        | 'overloaded'
        | 'clock_off'
        | 'timers_late'
        | 'backlog_too_long';
      /** @enum {string} */
      status: 'ok' | 'unavailable';
      /** @description How late the oldest timer is that is due and not taken up, in milliseconds. */
      timerLagMs?: number;
    };
    ReasonBody: {
      reason?: string;
    };
    ReceivedWebhookDetailsDto: {
      /** @description The body, redacted. */
      body: {
        [key: string]: unknown;
      } | null;
      deliveries: number;
      /**
       * @description `received`: under way, or its process died. `refused`: its order has ended. `noted`: for a person. `ignored`: of no use. `invalid`: signed, but not understood.
       * @enum {string}
       */
      disposition: 'received' | 'accepted' | 'refused' | 'unknown_order' | 'noted' | 'ignored' | 'invalid';
      /** @description The sender's, the same in every delivery. */
      eventId: string;
      /** @description Source and event id. */
      id: string;
      /** Format: date-time */
      lastReceivedAt: string;
      orderId: string | null;
      reason: string | null;
      /** Format: date-time */
      receivedAt: string;
      replays: components['schemas']['WebhookReplayDto'][];
      /** @description The report that was read from the body; null when it holds none. */
      report: {
        [key: string]: unknown;
      } | null;
      /** Format: date-time */
      settledAt: string | null;
      /** @enum {string} */
      source: 'payments' | 'stripe';
      /** @description In the sender's words. */
      type: string;
    };
    ReceivedWebhookDto: {
      deliveries: number;
      /**
       * @description `received`: under way, or its process died. `refused`: its order has ended. `noted`: for a person. `ignored`: of no use. `invalid`: signed, but not understood.
       * @enum {string}
       */
      disposition: 'received' | 'accepted' | 'refused' | 'unknown_order' | 'noted' | 'ignored' | 'invalid';
      /** @description The sender's, the same in every delivery. */
      eventId: string;
      /** @description Source and event id. */
      id: string;
      /** Format: date-time */
      lastReceivedAt: string;
      orderId: string | null;
      reason: string | null;
      /** Format: date-time */
      receivedAt: string;
      replays: components['schemas']['WebhookReplayDto'][];
      /** @description The report that was read from the body; null when it holds none. */
      report: {
        [key: string]: unknown;
      } | null;
      /** Format: date-time */
      settledAt: string | null;
      /** @enum {string} */
      source: 'payments' | 'stripe';
      /** @description In the sender's words. */
      type: string;
    };
    ReceivedWebhookPageDto: {
      items: components['schemas']['ReceivedWebhookDto'][];
      next: string | null;
    };
    RegisterEndpointBody: {
      description?: string | null;
      /** @description Which to be told of; none means all. `order.status_changed`: The order reached another status. `order.completed`: The order has ended, with this outcome; nothing follows. `order.incident_opened`: The order waits for a person. `order.incident_resolved`: It does not any more. */
      events?: ('order.status_changed' | 'order.completed' | 'order.incident_opened' | 'order.incident_resolved')[];
      /** @description Where events are sent: https, with a public host name. */
      url: string;
    };
    ResolveBody: {
      reason: string;
    };
    RestartBody: {
      /** @description Of the new order. Generated when missing. */
      correlationId?: string;
      reason?: string;
    };
    ResumeBody: {
      /**
       * @description What becomes of deadlines. `keep`: they ran on; those that passed meanwhile fire at once. `move`: all are put off by as long as the order was suspended.
       * @default keep
       * @enum {string}
       */
      deadlines: 'keep' | 'move';
      reason?: string;
    };
    RetryBody: {
      /** @description JSON merge patch of the order's context, applied before the step is tried again. */
      patch?: components['schemas']['CorrectionBody'];
      /** @description Required with a patch. */
      reason?: string;
    };
    RevokedTokensDto: {
      /** Format: uuid */
      id: string;
      /**
       * Format: date-time
       * @description Tokens that were made until then are refused.
       */
      revokedAt: string;
    };
    SkipBody: {
      /** @description The activity that failed. Only needed when several did. */
      activityId?: string;
      /** @description What the partner would have answered, as the activity gives it; `null` where it gives nothing. */
      output:
        | ({
            [key: string]: unknown;
          } | null)
        | unknown[];
      reason: string;
    };
    StartOrderBody: {
      /** @description Travels in every call to a partner. Generated when missing. */
      correlationId?: string;
      /** @description Generated when missing. */
      userId?: string;
    };
    WebhookAttemptDto: {
      /** Format: date-time */
      at: string;
      /** @description When a number is missing, the process died during that attempt. */
      attempt: number;
      durationMs: number;
      error: string | null;
      statusCode: number | null;
    };
    WebhookDeliveryDetailsDto: {
      attempts: number;
      /** Format: date-time */
      createdAt: string;
      /** @description The event as it is sent: CloudEvents 1.0. */
      event: {
        [key: string]: unknown;
      };
      /** @description The `webhook-id` header, the same in every attempt and replay. */
      eventId: string;
      eventType: string;
      id: string;
      /** @description `http_<status>`, `redirected`, `timeout`, `address_refused`, `stopped`, or a code as `ECONNREFUSED`. */
      lastError: string | null;
      /** @description Of the last answer. */
      lastStatus: number | null;
      log: components['schemas']['WebhookAttemptDto'][];
      /** Format: date-time */
      nextAttemptAt: string | null;
      /** Format: date-time */
      settledAt: string | null;
      /**
       * @description `failed`: the last attempt failed; the delivery can be sent again.
       * @enum {string}
       */
      state: 'pending' | 'delivered' | 'failed';
    };
    WebhookDeliveryDto: {
      attempts: number;
      /** Format: date-time */
      createdAt: string;
      /** @description The `webhook-id` header, the same in every attempt and replay. */
      eventId: string;
      eventType: string;
      id: string;
      /** @description `http_<status>`, `redirected`, `timeout`, `address_refused`, `stopped`, or a code as `ECONNREFUSED`. */
      lastError: string | null;
      /** @description Of the last answer. */
      lastStatus: number | null;
      /** Format: date-time */
      nextAttemptAt: string | null;
      /** Format: date-time */
      settledAt: string | null;
      /**
       * @description `failed`: the last attempt failed; the delivery can be sent again.
       * @enum {string}
       */
      state: 'pending' | 'delivered' | 'failed';
    };
    WebhookDeliveryPageDto: {
      items: components['schemas']['WebhookDeliveryDto'][];
      next: string | null;
    };
    WebhookEndpointDto: {
      /** Format: date-time */
      createdAt: string;
      description: string;
      /** Format: date-time */
      disabledAt: string | null;
      /**
       * @description `gone`: the endpoint answered 410. `failing`: no delivery succeeded for days.
       * @enum {string|null}
       */
      disabledReason: 'by_hand' | 'gone' | 'failing' | null;
      /** @description Event types it subscribes to. Empty: all of them. */
      events: string[];
      /**
       * Format: date-time
       * @description Since when no delivery has succeeded.
       */
      failingSince: string | null;
      id: string;
      /** @description How many secrets sign now. More than one while a secret is being rotated. */
      signingSecrets: number;
      /** @enum {string} */
      state: 'enabled' | 'disabled';
      /** Format: date-time */
      updatedAt: string;
      url: string;
    };
    WebhookEndpointListDto: {
      items: components['schemas']['WebhookEndpointDto'][];
    };
    WebhookEndpointSecretDto: {
      /** Format: date-time */
      createdAt: string;
      description: string;
      /** Format: date-time */
      disabledAt: string | null;
      /**
       * @description `gone`: the endpoint answered 410. `failing`: no delivery succeeded for days.
       * @enum {string|null}
       */
      disabledReason: 'by_hand' | 'gone' | 'failing' | null;
      /** @description Event types it subscribes to. Empty: all of them. */
      events: string[];
      /**
       * Format: date-time
       * @description Since when no delivery has succeeded.
       */
      failingSince: string | null;
      id: string;
      /** @description Verifies the signature of each event (Standard Webhooks). Shown only once: store it. */
      secret: string;
      /** @description How many secrets sign now. More than one while a secret is being rotated. */
      signingSecrets: number;
      /** @enum {string} */
      state: 'enabled' | 'disabled';
      /** Format: date-time */
      updatedAt: string;
      url: string;
    };
    WebhookReceiptDto: {
      /** @description Why it was refused or ignored. */
      reason?: string;
      /**
       * @description `refused`: the order has ended; that is recorded in its history. `unknown_order`, `noted`: kept for the operator. `ignored`: of no use here.
       * @enum {string}
       */
      result: 'accepted' | 'refused' | 'unknown_order' | 'noted' | 'ignored';
    };
    WebhookReplayDto: {
      /** Format: date-time */
      at: string;
      by: string;
      /** @enum {string} */
      disposition: 'received' | 'accepted' | 'refused' | 'unknown_order' | 'noted' | 'ignored' | 'invalid';
      reason: string | null;
    };
    WorkflowDto: {
      /** Format: date-time */
      createdAt: string;
      id: string;
      /** @description A person is needed. */
      incident: boolean;
      outcome: string | null;
      status: string;
      /** @description When it goes on by itself. */
      until: string | null;
      /** Format: date-time */
      updatedAt: string;
    };
    WorkflowPageDto: {
      items: components['schemas']['WorkflowDto'][];
      /** @description Ask with `cursor` for the next page. */
      next: string | null;
    };
    WorkflowRetryBody: {
      /** @description What is corrected before the step is tried again, where the workflow says what may be. */
      patch?: {
        [key: string]: unknown;
      };
      reason?: string;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  Audit_list: {
    parameters: {
      query?: {
        limit?: number;
        /** @description `next` of the page before. */
        cursor?: string;
        /** @description Id of the key. */
        by?: string;
        action?: string;
        /** @description Id of what it was about. */
        subject?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AuditPageDto'];
        };
      };
      /** @description A filter, the limit or the cursor is invalid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role admin. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  Counts_counts: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OrderCountsDto'];
        };
      };
      /** @description The URL is no percent-encoded UTF-8, or has U+0000 in it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  Health_build: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BuildDto'];
        };
      };
      /** @description The URL is no percent-encoded UTF-8, or has U+0000 in it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  Health_live: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AliveDto'];
        };
      };
      /** @description The URL is no percent-encoded UTF-8, or has U+0000 in it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  Health_ready: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReadinessDto'];
        };
      };
      /** @description The URL is no percent-encoded UTF-8, or has U+0000 in it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Not now, with the reason. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReadinessDto'];
        };
      };
    };
  };
  Incident_list: {
    parameters: {
      query?: {
        limit?: number;
        /** @description `next` of the page before. */
        cursor?: string;
        /** @description `true`: open incidents only. `false`: resolved ones only. */
        open?: 'true' | 'false';
        /** @description Incidents of this order, whether it exists or not. */
        orderId?: string;
        /** @description Only these kinds; several are separated by commas or given several times. */
        kind?: string[];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['IncidentPageDto'];
        };
      };
      /** @description A filter, the limit or the cursor is invalid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  Incident_resolve: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats of a request under one key have one effect and one answer, which says `Idempotency-Replayed: true`. Yours alone, kept for 24 hours unless configured otherwise. A refusal changed nothing and is not kept. 1 to 255 visible ASCII characters. */
        'Idempotency-Key'?: string;
      };
      path: {
        incidentId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ResolveBody'];
      };
    };
    responses: {
      /** @description The incident as it is stored now. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['IncidentDto'];
        };
      };
      /** @description The request breaks a rule (`request_invalid`) or is no JSON (`body_malformed`). */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description There is no such incident. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Its order waits for more than words. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is larger than 8 kB; of a retry, a skip or an event than 100 kB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is not `application/json`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The Idempotency-Key was used for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  Key_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['KeyListDto'];
        };
      };
      /** @description The URL is no percent-encoded UTF-8, or has U+0000 in it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role admin. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  Key_revoke: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        fingerprint: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['ReasonBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['KeyDto'];
        };
      };
      /** @description The request breaks a rule (`request_invalid`) or is no JSON (`body_malformed`). */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role admin. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No configured key has this fingerprint. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description It is the last key of an admin that is in force. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is larger than 8 kB; of a retry, a skip or an event than 100 kB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is not `application/json`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'late-payments_list': {
    parameters: {
      query?: {
        limit?: number;
        /** @description `next` of the page before. */
        cursor?: string;
        /** @description Any of these. */
        status?: string[];
        /** @description Any of these. */
        outcome?: string[];
        /** @description Only those that do, or do not, wait for a person. */
        incident?: 'true' | 'false';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WorkflowPageDto'];
        };
      };
      /** @description A filter, the limit or the cursor is invalid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'late-payments_get': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WorkflowDto'];
        };
      };
      /** @description The URL is no percent-encoded UTF-8, or has U+0000 in it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role client. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No late-payment has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'late-payments_history': {
    parameters: {
      query?: {
        /** @description Entries with a greater sequence number. */
        after?: number;
        /** @description Only of these types. */
        type?: string[];
        /** @description What activities were given. */
        showInput?: 'true' | 'false';
        /** @description What activities gave. */
        showOutput?: 'true' | 'false';
        limit?: number;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OrderHistoryPageDto'];
        };
      };
      /** @description A parameter is invalid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role client. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No late-payment has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'late-payments_retry': {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats of a request under one key have one effect and one answer, which says `Idempotency-Replayed: true`. Yours alone, kept for 24 hours unless configured otherwise. A refusal changed nothing and is not kept. 1 to 255 visible ASCII characters. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['WorkflowRetryBody'];
      };
    };
    responses: {
      /** @description Stored. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WorkflowDto'];
        };
      };
      /** @description The request breaks a rule (`request_invalid`) or is no JSON (`body_malformed`). */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No late-payment has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The late-payment has no incident, or cannot be corrected like this (`late_payment_correction_misfit`). */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The late-payment has ended. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is larger than 8 kB; of a retry, a skip or an event than 100 kB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is not `application/json`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The Idempotency-Key was used for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'late-payments_skip': {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats of a request under one key have one effect and one answer, which says `Idempotency-Replayed: true`. Yours alone, kept for 24 hours unless configured otherwise. A refusal changed nothing and is not kept. 1 to 255 visible ASCII characters. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SkipBody'];
      };
    };
    responses: {
      /** @description Stored. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WorkflowDto'];
        };
      };
      /** @description The request breaks a rule (`request_invalid`) or is no JSON (`body_malformed`). */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No late-payment has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The late-payment has no incident, or none at a step that could be skipped (`late_payment_skip_misfit`). */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The late-payment has ended. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is larger than 8 kB; of a retry, a skip or an event than 100 kB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is not `application/json`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The Idempotency-Key was used for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'late-payments_terminate': {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats of a request under one key have one effect and one answer, which says `Idempotency-Replayed: true`. Yours alone, kept for 24 hours unless configured otherwise. A refusal changed nothing and is not kept. 1 to 255 visible ASCII characters. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['ReasonBody'];
      };
    };
    responses: {
      /** @description Stored. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WorkflowDto'];
        };
      };
      /** @description The request breaks a rule (`request_invalid`) or is no JSON (`body_malformed`). */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No late-payment has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The late-payment has failed: it can be retried. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The late-payment has ended. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is larger than 8 kB; of a retry, a skip or an event than 100 kB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is not `application/json`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The Idempotency-Key was used for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  Machines_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MachineListDto'];
        };
      };
      /** @description The URL is no percent-encoded UTF-8, or has U+0000 in it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  Machines_file: {
    parameters: {
      query?: {
        /** @description Default: the current one. */
        version?: string;
      };
      header?: never;
      path: {
        file: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            [key: string]: unknown;
          };
          'image/svg+xml': string;
          'text/plain': string;
        };
      };
      /** @description The URL is no percent-encoded UTF-8, or has U+0000 in it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description There is no such machine, or not in this version. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  Machines_chart: {
    parameters: {
      query?: {
        /** @description Default: the current one. */
        version?: string;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            [key: string]: unknown;
          };
        };
      };
      /** @description The URL is no percent-encoded UTF-8, or has U+0000 in it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description There is no such machine, or not in this version. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  OrderStart_start: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats of a request under one key have one effect and one answer, which says `Idempotency-Replayed: true`. Yours alone, kept for 24 hours unless configured otherwise. A refusal changed nothing and is not kept. 1 to 255 visible ASCII characters. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The shopping cart's GUID. */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['StartOrderBody'];
      };
    };
    responses: {
      /** @description Links of the order. */
      202: {
        headers: {
          /** @description Absolute URL of the status. */
          Location?: string;
          /** @description Seconds to wait before asking for the status. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PlacedOrderDto'];
        };
      };
      /** @description The request breaks a rule (`request_invalid`) or is no JSON (`body_malformed`). */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role client. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The cart has an order that has not ended (`cart_has_live_order`): `liveOrder` names it and the address of its status, or a request with this Idempotency-Key is still being worked on (`idempotency_key_in_progress`) */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is larger than 8 kB; of a retry, a skip or an event than 100 kB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is not `application/json`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The Idempotency-Key was used for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  OrderRead_get: {
    parameters: {
      query?: never;
      header?: {
        /** @description ETag of the answer you have: 304 while the order has not moved since. */
        'If-None-Match'?: string;
      };
      path: {
        /** @description The order's id. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          /** @description The order's revision: one more with every step. For `If-None-Match` here, and `If-Match` of commands. */
          ETag?: string;
          /** @description The same number without quotes. A proxy that compresses weakens the ETag, and leaves this. */
          'Order-Revision'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OrderDetailsDto'];
        };
      };
      /** @description The order has not moved since. */
      304: {
        headers: {
          /** @description The order's revision: one more with every step. For `If-None-Match` here, and `If-Match` of commands. */
          ETag?: string;
          /** @description The same number without quotes. A proxy that compresses weakens the ETag, and leaves this. */
          'Order-Revision'?: number;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The URL is no percent-encoded UTF-8, or has U+0000 in it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key or order token. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role client. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No order has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  OrderPurge_purge: {
    parameters: {
      query?: {
        reason?: string;
      };
      header?: {
        /** @description Repeats of a request under one key have one effect and one answer, which says `Idempotency-Replayed: true`. Yours alone, kept for 24 hours unless configured otherwise. A refusal changed nothing and is not kept. 1 to 255 visible ASCII characters. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The order's id. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The order is deleted. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PurgedDto'];
        };
      };
      /** @description The reason is too long, or the Idempotency-Key is invalid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role admin. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No order has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The order has not completed and was not terminated. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The Idempotency-Key was used for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  OrderCommand_cancel: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats of a request under one key have one effect and one answer, which says `Idempotency-Replayed: true`. Yours alone, kept for 24 hours unless configured otherwise. A refusal changed nothing and is not kept. 1 to 255 visible ASCII characters. */
        'Idempotency-Key'?: string;
        /** @description The ETag of the order as you have seen it, or the number of `Order-Revision` in quotes. It is looked at in the very step that would carry the command out, so nothing comes between. Weak ETags match nothing. */
        'If-Match'?: string;
      };
      path: {
        /** @description The order's id. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['ReasonBody'];
      };
    };
    responses: {
      /** @description Stored. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CommandReceiptDto'];
        };
      };
      /** @description The request breaks a rule (`request_invalid`) or is no JSON (`body_malformed`). */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key or order token. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role client. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No order has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The payment is decided already: the order ships, or is being wound up. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The order has ended. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The order has moved on since; the ETag is the one it has now. `etag_unmatched`: the ETags sent are weak, or none of ours. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is larger than 8 kB; of a retry, a skip or an event than 100 kB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is not `application/json`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The Idempotency-Key was used for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  OrderCommand_send: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats of a request under one key have one effect and one answer, which says `Idempotency-Replayed: true`. Yours alone, kept for 24 hours unless configured otherwise. A refusal changed nothing and is not kept. 1 to 255 visible ASCII characters. */
        'Idempotency-Key'?: string;
        /** @description The ETag of the order as you have seen it, or the number of `Order-Revision` in quotes. It is looked at in the very step that would carry the command out, so nothing comes between. Weak ETags match nothing. */
        'If-Match'?: string;
      };
      path: {
        /** @description The order's id. */
        id: string;
        name: 'payment.accepted' | 'payment.rejected' | 'order.cancel' | 'order.retry';
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          [key: string]: unknown;
        };
      };
    };
    responses: {
      /** @description Stored. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CommandReceiptDto'];
        };
      };
      /** @description The request breaks a rule (`request_invalid`) or is no JSON (`body_malformed`). */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No order has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The order cannot take this where it stands. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The order has ended. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The order has moved on since; the ETag is the one it has now. `etag_unmatched`: the ETags sent are weak, or none of ours. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is larger than 8 kB; of a retry, a skip or an event than 100 kB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is not `application/json`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The Idempotency-Key was used for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  OrderRead_history: {
    parameters: {
      query?: {
        /** @description Entries with a greater sequence number. */
        after?: number;
        /** @description Only of these types. */
        type?: string[];
        /** @description What activities were given. */
        showInput?: 'true' | 'false';
        /** @description What activities gave. */
        showOutput?: 'true' | 'false';
        limit?: number;
      };
      header?: never;
      path: {
        /** @description The order's id. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OrderHistoryPageDto'];
        };
      };
      /** @description A parameter is invalid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key or order token. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role client. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No order has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  OrderCommand_acceptPayment: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats of a request under one key have one effect and one answer, which says `Idempotency-Replayed: true`. Yours alone, kept for 24 hours unless configured otherwise. A refusal changed nothing and is not kept. 1 to 255 visible ASCII characters. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The order's id. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['PaymentDecisionBody'];
      };
    };
    responses: {
      /** @description Stored. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CommandReceiptDto'];
        };
      };
      /** @description The request breaks a rule (`request_invalid`) or is no JSON (`body_malformed`). */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No order has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The first request under this key is not answered yet. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The order has ended. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is larger than 8 kB; of a retry, a skip or an event than 100 kB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is not `application/json`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The Idempotency-Key was used for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  OrderCommand_rejectPayment: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats of a request under one key have one effect and one answer, which says `Idempotency-Replayed: true`. Yours alone, kept for 24 hours unless configured otherwise. A refusal changed nothing and is not kept. 1 to 255 visible ASCII characters. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The order's id. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['PaymentDecisionBody'];
      };
    };
    responses: {
      /** @description Stored. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CommandReceiptDto'];
        };
      };
      /** @description The request breaks a rule (`request_invalid`) or is no JSON (`body_malformed`). */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No order has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The first request under this key is not answered yet. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The order has ended. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is larger than 8 kB; of a retry, a skip or an event than 100 kB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is not `application/json`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The Idempotency-Key was used for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  OrderRestart_restart: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats of a request under one key have one effect and one answer, which says `Idempotency-Replayed: true`. Yours alone, kept for 24 hours unless configured otherwise. A refusal changed nothing and is not kept. 1 to 255 visible ASCII characters. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The order's id. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['RestartBody'];
      };
    };
    responses: {
      /** @description Links of the new order. */
      202: {
        headers: {
          /** @description Absolute URL of the status. */
          Location?: string;
          /** @description Seconds to wait before asking for the status. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PlacedOrderDto'];
        };
      };
      /** @description The request breaks a rule (`request_invalid`) or is no JSON (`body_malformed`). */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No order has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The cart has an order that has not ended (`cart_has_live_order`): `liveOrder` names it and the address of its status, or a request with this Idempotency-Key is still being worked on (`idempotency_key_in_progress`), or the order itself has not ended yet (`not_now`) */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is larger than 8 kB; of a retry, a skip or an event than 100 kB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is not `application/json`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The Idempotency-Key was used for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  OrderOperator_resume: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the order as you have seen it, or the number of `Order-Revision` in quotes. It is looked at in the very step that would carry the command out, so nothing comes between. Weak ETags match nothing. */
        'If-Match'?: string;
        /** @description Repeats of a request under one key have one effect and one answer, which says `Idempotency-Replayed: true`. Yours alone, kept for 24 hours unless configured otherwise. A refusal changed nothing and is not kept. 1 to 255 visible ASCII characters. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The order's id. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['ResumeBody'];
      };
    };
    responses: {
      /** @description Done, and stored. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CommandReceiptDto'];
        };
      };
      /** @description The request breaks a rule (`request_invalid`) or is no JSON (`body_malformed`). */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No order has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The order is not suspended. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The order has ended. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The order has moved on since; the ETag is the one it has now. `etag_unmatched`: the ETags sent are weak, or none of ours. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is larger than 8 kB; of a retry, a skip or an event than 100 kB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is not `application/json`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The Idempotency-Key was used for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The service is configured to ask for `If-Match`, and there is none. */
      428: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  OrderOperator_retry: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the order as you have seen it, or the number of `Order-Revision` in quotes. It is looked at in the very step that would carry the command out, so nothing comes between. Weak ETags match nothing. */
        'If-Match'?: string;
        /** @description Repeats of a request under one key have one effect and one answer, which says `Idempotency-Replayed: true`. Yours alone, kept for 24 hours unless configured otherwise. A refusal changed nothing and is not kept. 1 to 255 visible ASCII characters. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The order's id. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['RetryBody'];
      };
    };
    responses: {
      /** @description Done, and stored. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CommandReceiptDto'];
        };
      };
      /** @description The request breaks a rule (`request_invalid`) or is no JSON (`body_malformed`). */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No order has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The order has no incident that a retry could mend (`not_now`), or cannot be corrected like this where it stands (`correction_misfit`). */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The order has ended. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The order has moved on since; the ETag is the one it has now. `etag_unmatched`: the ETags sent are weak, or none of ours. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is larger than 8 kB; of a retry, a skip or an event than 100 kB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is not `application/json`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The Idempotency-Key was used for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The service is configured to ask for `If-Match`, and there is none. */
      428: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  Return_request: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats of a request under one key have one effect and one answer, which says `Idempotency-Replayed: true`. Yours alone, kept for 24 hours unless configured otherwise. A refusal changed nothing and is not kept. 1 to 255 visible ASCII characters. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The order's id. */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['GivenReasonBody'];
      };
    };
    responses: {
      /** @description Stored. */
      202: {
        headers: {
          /** @description Absolute URL of what was started. */
          Location?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WorkflowDto'];
        };
      };
      /** @description The request breaks a rule (`request_invalid`) or is no JSON (`body_malformed`). */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role client. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No order has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description It was not fulfilled, or has a return already (`return_exists`). */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is larger than 8 kB; of a retry, a skip or an event than 100 kB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is not `application/json`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The Idempotency-Key was used for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  OrderOperator_skip: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the order as you have seen it, or the number of `Order-Revision` in quotes. It is looked at in the very step that would carry the command out, so nothing comes between. Weak ETags match nothing. */
        'If-Match'?: string;
        /** @description Repeats of a request under one key have one effect and one answer, which says `Idempotency-Replayed: true`. Yours alone, kept for 24 hours unless configured otherwise. A refusal changed nothing and is not kept. 1 to 255 visible ASCII characters. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The order's id. */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SkipBody'];
      };
    };
    responses: {
      /** @description Done, and stored. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CommandReceiptDto'];
        };
      };
      /** @description The request breaks a rule (`request_invalid`) or is no JSON (`body_malformed`). */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No order has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The order has no incident (`not_now`), or none at a step that could be skipped like this (`skip_misfit`). */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The order has ended. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The order has moved on since; the ETag is the one it has now. `etag_unmatched`: the ETags sent are weak, or none of ours. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is larger than 8 kB; of a retry, a skip or an event than 100 kB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is not `application/json`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The Idempotency-Key was used for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The service is configured to ask for `If-Match`, and there is none. */
      428: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  OrderRead_status: {
    parameters: {
      query?: never;
      header?: {
        /** @description ETag of the answer you have: 304 while the order has not moved since. */
        'If-None-Match'?: string;
      };
      path: {
        /** @description The order's id. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          /** @description The order's revision: one more with every step. For `If-None-Match` here, and `If-Match` of commands. */
          ETag?: string;
          /** @description The same number without quotes. A proxy that compresses weakens the ETag, and leaves this. */
          'Order-Revision'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OrderStatusDto'];
        };
      };
      /** @description The order has not moved since. */
      304: {
        headers: {
          /** @description The order's revision: one more with every step. For `If-None-Match` here, and `If-Match` of commands. */
          ETag?: string;
          /** @description The same number without quotes. A proxy that compresses weakens the ETag, and leaves this. */
          'Order-Revision'?: number;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The URL is no percent-encoded UTF-8, or has U+0000 in it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key or order token. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role client. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No order has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  OrderStream_stream: {
    parameters: {
      query?: {
        /** @description Entries after this sequence number. The header `Last-Event-ID` takes precedence. */
        after?: number;
      };
      header?: {
        /** @description The `id:` of the last message seen; the stream continues after it. Browsers send it themselves. */
        'Last-Event-ID'?: string;
      };
      path: {
        /** @description The order's id. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': string;
        };
      };
      /** @description The order has ended, and the client has seen its whole history: do not reconnect. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Last-Event-ID or `after` is no sequence number, or beyond the history. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key or order token. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role client. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No order has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  OrderOperator_suspend: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the order as you have seen it, or the number of `Order-Revision` in quotes. It is looked at in the very step that would carry the command out, so nothing comes between. Weak ETags match nothing. */
        'If-Match'?: string;
        /** @description Repeats of a request under one key have one effect and one answer, which says `Idempotency-Replayed: true`. Yours alone, kept for 24 hours unless configured otherwise. A refusal changed nothing and is not kept. 1 to 255 visible ASCII characters. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The order's id. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['ReasonBody'];
      };
    };
    responses: {
      /** @description Done, and stored. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CommandReceiptDto'];
        };
      };
      /** @description The request breaks a rule (`request_invalid`) or is no JSON (`body_malformed`). */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No order has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The order is suspended already, or has failed. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The order has ended. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The order has moved on since; the ETag is the one it has now. `etag_unmatched`: the ETags sent are weak, or none of ours. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is larger than 8 kB; of a retry, a skip or an event than 100 kB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is not `application/json`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The Idempotency-Key was used for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The service is configured to ask for `If-Match`, and there is none. */
      428: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  OrderOperator_terminate: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the order as you have seen it, or the number of `Order-Revision` in quotes. It is looked at in the very step that would carry the command out, so nothing comes between. Weak ETags match nothing. */
        'If-Match'?: string;
        /** @description Repeats of a request under one key have one effect and one answer, which says `Idempotency-Replayed: true`. Yours alone, kept for 24 hours unless configured otherwise. A refusal changed nothing and is not kept. 1 to 255 visible ASCII characters. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The order's id. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['ReasonBody'];
      };
    };
    responses: {
      /** @description Done, and stored. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CommandReceiptDto'];
        };
      };
      /** @description The request breaks a rule (`request_invalid`) or is no JSON (`body_malformed`). */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No order has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The order has failed: it can be retried or restarted. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The order has ended. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The order has moved on since; the ETag is the one it has now. `etag_unmatched`: the ETags sent are weak, or none of ours. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is larger than 8 kB; of a retry, a skip or an event than 100 kB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is not `application/json`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The Idempotency-Key was used for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The service is configured to ask for `If-Match`, and there is none. */
      428: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  OrderToken_make: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The order's id. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MadeTokenDto'];
        };
      };
      /** @description The request breaks a rule (`request_invalid`) or is no JSON (`body_malformed`). */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role client. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No order has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is larger than 8 kB; of a retry, a skip or an event than 100 kB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is not `application/json`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  OrderToken_revoke: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The order's id. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['ReasonBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RevokedTokensDto'];
        };
      };
      /** @description The request breaks a rule (`request_invalid`) or is no JSON (`body_malformed`). */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role client. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No order has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is larger than 8 kB; of a retry, a skip or an event than 100 kB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is not `application/json`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  OrderStream_wait: {
    parameters: {
      query?: {
        /** @description Any of these: a status; `payable`: the customer can pay; `incident`: a person is needed; `ended`. */
        until?: (
          | 'Starting'
          | 'GettingProducts'
          | 'GettingAddress'
          | 'ReservingProducts'
          | 'CalculatingShipping'
          | 'CalculatingFinalPrice'
          | 'AwaitingPayment'
          | 'PaymentSuccess'
          | 'PaymentFailed'
          | 'SendShippingOrder'
          | 'Completed'
          | 'ended'
          | 'payable'
          | 'incident'
        )[];
        /** @description Seconds. */
        timeout?: number;
      };
      header?: never;
      path: {
        /** @description The order's id. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AwaitedOrderDto'];
        };
      };
      /** @description A parameter is invalid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key or order token. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role client. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No order has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  OrderRead_list: {
    parameters: {
      query?: {
        limit?: number;
        /** @description `next` of the page before. */
        cursor?: string;
        /** @description Any of these. */
        status?: (
          | 'Starting'
          | 'GettingProducts'
          | 'GettingAddress'
          | 'ReservingProducts'
          | 'CalculatingShipping'
          | 'CalculatingFinalPrice'
          | 'AwaitingPayment'
          | 'PaymentSuccess'
          | 'PaymentFailed'
          | 'SendShippingOrder'
          | 'Completed'
        )[];
        /** @description Any of these. */
        outcome?: ('fulfilled' | 'payment_failed' | 'payment_timed_out' | 'cancelled' | 'out_of_stock' | 'failed')[];
        /** @description Any of these. */
        runtimeStatus?: ('Running' | 'Suspended' | 'Completed' | 'Failed' | 'Terminated')[];
        /** @description Placed then or later. */
        createdFrom?: string;
        /** @description Placed before. */
        createdTo?: string;
        /** @description The cart. */
        sessionId?: string;
        userId?: string;
        /** @description What the id of the order, its cart, user, correlation or payment begins with. 3 characters or more. */
        q?: string;
        /** @description Only orders that do, or do not, wait for a person. */
        incident?: 'true' | 'false';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OrderPageDto'];
        };
      };
      /** @description A filter, the limit or the cursor is invalid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  OrderBulk_purge: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats of a request under one key have one effect and one answer, which says `Idempotency-Replayed: true`. Yours alone, kept for 24 hours unless configured otherwise. A refusal changed nothing and is not kept. 1 to 255 visible ASCII characters. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['BulkBody'];
      };
    };
    responses: {
      /** @description What became of each order. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BulkAnswerDto'];
        };
      };
      /** @description The request breaks a rule (`request_invalid`) or is no JSON (`body_malformed`). */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role admin. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A request with this Idempotency-Key is still being worked on. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is larger than 8 kB; of a retry, a skip or an event than 100 kB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is not `application/json`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The Idempotency-Key was used for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  OrderStream_streamAll: {
    parameters: {
      query?: {
        /** @description The `id:` of the last message seen. The header `Last-Event-ID` takes precedence. */
        cursor?: string;
      };
      header?: {
        /** @description The `id:` of the last message seen; the stream continues after it. Browsers send it themselves. */
        'Last-Event-ID'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': string;
        };
      };
      /** @description Last-Event-ID or the cursor is not one that this stream gave out. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  OrderBulk_command: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats of a request under one key have one effect and one answer, which says `Idempotency-Replayed: true`. Yours alone, kept for 24 hours unless configured otherwise. A refusal changed nothing and is not kept. 1 to 255 visible ASCII characters. */
        'Idempotency-Key'?: string;
      };
      path: {
        action: 'retry' | 'suspend' | 'resume' | 'terminate' | 'cancel';
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['BulkBody'];
      };
    };
    responses: {
      /** @description What became of each order. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BulkAnswerDto'];
        };
      };
      /** @description The request breaks a rule (`request_invalid`) or is no JSON (`body_malformed`). */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A request with this Idempotency-Key is still being worked on. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is larger than 8 kB; of a retry, a skip or an event than 100 kB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is not `application/json`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The Idempotency-Key was used for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  returns_list: {
    parameters: {
      query?: {
        limit?: number;
        /** @description `next` of the page before. */
        cursor?: string;
        /** @description Any of these. */
        status?: string[];
        /** @description Any of these. */
        outcome?: string[];
        /** @description Only those that do, or do not, wait for a person. */
        incident?: 'true' | 'false';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WorkflowPageDto'];
        };
      };
      /** @description A filter, the limit or the cursor is invalid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  returns_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WorkflowDto'];
        };
      };
      /** @description The URL is no percent-encoded UTF-8, or has U+0000 in it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role client. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No return has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  returns_history: {
    parameters: {
      query?: {
        /** @description Entries with a greater sequence number. */
        after?: number;
        /** @description Only of these types. */
        type?: string[];
        /** @description What activities were given. */
        showInput?: 'true' | 'false';
        /** @description What activities gave. */
        showOutput?: 'true' | 'false';
        limit?: number;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OrderHistoryPageDto'];
        };
      };
      /** @description A parameter is invalid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role client. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No return has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  returns_retry: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats of a request under one key have one effect and one answer, which says `Idempotency-Replayed: true`. Yours alone, kept for 24 hours unless configured otherwise. A refusal changed nothing and is not kept. 1 to 255 visible ASCII characters. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['WorkflowRetryBody'];
      };
    };
    responses: {
      /** @description Stored. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WorkflowDto'];
        };
      };
      /** @description The request breaks a rule (`request_invalid`) or is no JSON (`body_malformed`). */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No return has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The return has no incident, or cannot be corrected like this (`return_correction_misfit`). */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The return has ended. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is larger than 8 kB; of a retry, a skip or an event than 100 kB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is not `application/json`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The Idempotency-Key was used for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  returns_skip: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats of a request under one key have one effect and one answer, which says `Idempotency-Replayed: true`. Yours alone, kept for 24 hours unless configured otherwise. A refusal changed nothing and is not kept. 1 to 255 visible ASCII characters. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SkipBody'];
      };
    };
    responses: {
      /** @description Stored. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WorkflowDto'];
        };
      };
      /** @description The request breaks a rule (`request_invalid`) or is no JSON (`body_malformed`). */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No return has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The return has no incident, or none at a step that could be skipped (`return_skip_misfit`). */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The return has ended. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is larger than 8 kB; of a retry, a skip or an event than 100 kB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is not `application/json`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The Idempotency-Key was used for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  returns_terminate: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats of a request under one key have one effect and one answer, which says `Idempotency-Replayed: true`. Yours alone, kept for 24 hours unless configured otherwise. A refusal changed nothing and is not kept. 1 to 255 visible ASCII characters. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['ReasonBody'];
      };
    };
    responses: {
      /** @description Stored. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WorkflowDto'];
        };
      };
      /** @description The request breaks a rule (`request_invalid`) or is no JSON (`body_malformed`). */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No return has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The return has failed: it can be retried. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The return has ended. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is larger than 8 kB; of a retry, a skip or an event than 100 kB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is not `application/json`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The Idempotency-Key was used for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  returns_command: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats of a request under one key have one effect and one answer, which says `Idempotency-Replayed: true`. Yours alone, kept for 24 hours unless configured otherwise. A refusal changed nothing and is not kept. 1 to 255 visible ASCII characters. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
        command: 'approve' | 'reject' | 'received';
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['ReasonBody'];
      };
    };
    responses: {
      /** @description Stored. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WorkflowDto'];
        };
      };
      /** @description The request breaks a rule (`request_invalid`) or is no JSON (`body_malformed`). */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No return has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The return cannot take this where it stands. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The return has ended. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is larger than 8 kB; of a retry, a skip or an event than 100 kB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is not `application/json`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The Idempotency-Key was used for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  WebhookEndpoint_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookEndpointListDto'];
        };
      };
      /** @description The URL is no percent-encoded UTF-8, or has U+0000 in it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  WebhookEndpoint_register: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats of a request under one key have one effect and one answer, which says `Idempotency-Replayed: true`. Yours alone, kept for 24 hours unless configured otherwise. A refusal changed nothing and is not kept. 1 to 255 visible ASCII characters. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RegisterEndpointBody'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookEndpointSecretDto'];
        };
      };
      /** @description The request breaks a rule (`request_invalid`) or is no JSON (`body_malformed`). */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role admin. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description There are as many as there may be. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is larger than 8 kB; of a retry, a skip or an event than 100 kB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is not `application/json`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The Idempotency-Key was used for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  WebhookEndpoint_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookEndpointDto'];
        };
      };
      /** @description The URL is no percent-encoded UTF-8, or has U+0000 in it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No endpoint has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  WebhookEndpoint_remove: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats of a request under one key have one effect and one answer, which says `Idempotency-Replayed: true`. Yours alone, kept for 24 hours unless configured otherwise. A refusal changed nothing and is not kept. 1 to 255 visible ASCII characters. */
        'Idempotency-Key'?: string;
      };
      path: {
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The Idempotency-Key is not 1 to 255 visible ASCII characters. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No endpoint has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The first request under this key is not answered yet. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The Idempotency-Key was used for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  WebhookEndpoint_update: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats of a request under one key have one effect and one answer, which says `Idempotency-Replayed: true`. Yours alone, kept for 24 hours unless configured otherwise. A refusal changed nothing and is not kept. 1 to 255 visible ASCII characters. */
        'Idempotency-Key'?: string;
      };
      path: {
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ChangeEndpointBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookEndpointDto'];
        };
      };
      /** @description The request breaks a rule (`request_invalid`) or is no JSON (`body_malformed`). */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No endpoint has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Somebody else changed it meanwhile. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is larger than 8 kB; of a retry, a skip or an event than 100 kB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is not `application/json`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The Idempotency-Key was used for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  WebhookDelivery_list: {
    parameters: {
      query?: {
        limit?: number;
        /** @description `next` of the page before. */
        cursor?: string;
        state?: 'pending' | 'delivered' | 'failed';
      };
      header?: never;
      path: {
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookDeliveryPageDto'];
        };
      };
      /** @description A filter, the limit or the cursor is invalid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No endpoint has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  WebhookDelivery_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        endpointId: string;
        deliveryId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookDeliveryDetailsDto'];
        };
      };
      /** @description The URL is no percent-encoded UTF-8, or has U+0000 in it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description No endpoint has this id.
       *
       *     No such endpoint, or it has no such delivery.
       */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  WebhookDelivery_replay: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats of a request under one key have one effect and one answer, which says `Idempotency-Replayed: true`. Yours alone, kept for 24 hours unless configured otherwise. A refusal changed nothing and is not kept. 1 to 255 visible ASCII characters. */
        'Idempotency-Key'?: string;
      };
      path: {
        endpointId: string;
        deliveryId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookDeliveryDto'];
        };
      };
      /** @description The Idempotency-Key is not 1 to 255 visible ASCII characters. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description No endpoint has this id.
       *
       *     No such endpoint, or it has no such delivery.
       */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description It is being sent at this moment, or the endpoint is disabled. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The Idempotency-Key was used for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  WebhookEndpoint_disable: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats of a request under one key have one effect and one answer, which says `Idempotency-Replayed: true`. Yours alone, kept for 24 hours unless configured otherwise. A refusal changed nothing and is not kept. 1 to 255 visible ASCII characters. */
        'Idempotency-Key'?: string;
      };
      path: {
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookEndpointDto'];
        };
      };
      /** @description The Idempotency-Key is not 1 to 255 visible ASCII characters. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No endpoint has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Somebody else changed it meanwhile. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The Idempotency-Key was used for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  WebhookEndpoint_enable: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats of a request under one key have one effect and one answer, which says `Idempotency-Replayed: true`. Yours alone, kept for 24 hours unless configured otherwise. A refusal changed nothing and is not kept. 1 to 255 visible ASCII characters. */
        'Idempotency-Key'?: string;
      };
      path: {
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookEndpointDto'];
        };
      };
      /** @description The Idempotency-Key is not 1 to 255 visible ASCII characters. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No endpoint has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Somebody else changed it meanwhile. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The Idempotency-Key was used for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  WebhookEndpoint_rotate: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats of a request under one key have one effect and one answer, which says `Idempotency-Replayed: true`. Yours alone, kept for 24 hours unless configured otherwise. A refusal changed nothing and is not kept. 1 to 255 visible ASCII characters. */
        'Idempotency-Key'?: string;
      };
      path: {
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookEndpointSecretDto'];
        };
      };
      /** @description The Idempotency-Key is not 1 to 255 visible ASCII characters. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role admin. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No endpoint has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Somebody else changed it meanwhile. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The Idempotency-Key was used for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  WebhookDelivery_test: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats of a request under one key have one effect and one answer, which says `Idempotency-Replayed: true`. Yours alone, kept for 24 hours unless configured otherwise. A refusal changed nothing and is not kept. 1 to 255 visible ASCII characters. */
        'Idempotency-Key'?: string;
      };
      path: {
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The event is being sent; the delivery shows the result. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookDeliveryDto'];
        };
      };
      /** @description The Idempotency-Key is not 1 to 255 visible ASCII characters. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No endpoint has this id. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Enable it first. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The Idempotency-Key was used for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  PaymentWebhook_receive: {
    parameters: {
      query?: never;
      header: {
        'webhook-signature': string;
        /** @description Seconds, ±5 minutes. */
        'webhook-timestamp': string;
        /** @description The same in every delivery. */
        'webhook-id': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PaymentCallback'];
      };
    };
    responses: {
      /** @description Stored, or stored before, or refused for good. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookReceiptDto'];
        };
      };
      /** @description No order has this id; stored for the operator. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookReceiptDto'];
        };
      };
      /** @description Signed, but not what a payment callback looks like. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Nothing was read or stored. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is larger than 100 kB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is compressed. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many webhooks of this sender. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  ReceivedWebhook_list: {
    parameters: {
      query?: {
        limit?: number;
        /** @description `next` of the page before. */
        cursor?: string;
        /** @description Any of these. */
        disposition?: ('received' | 'accepted' | 'refused' | 'unknown_order' | 'noted' | 'ignored' | 'invalid')[];
        source?: 'payments' | 'stripe';
        /** @description Webhooks that name this order. */
        orderId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReceivedWebhookPageDto'];
        };
      };
      /** @description A filter, the limit or the cursor is invalid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  ReceivedWebhook_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Source and event id, URL-encoded. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReceivedWebhookDetailsDto'];
        };
      };
      /** @description The URL is no percent-encoded UTF-8, or has U+0000 in it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No webhook of this id was received. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  ReceivedWebhook_replay: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats of a request under one key have one effect and one answer, which says `Idempotency-Replayed: true`. Yours alone, kept for 24 hours unless configured otherwise. A refusal changed nothing and is not kept. 1 to 255 visible ASCII characters. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description Source and event id, URL-encoded. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['ReasonBody'];
      };
    };
    responses: {
      /** @description Delivered; `disposition` tells what came of it. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReceivedWebhookDto'];
        };
      };
      /** @description The request breaks a rule (`request_invalid`) or is no JSON (`body_malformed`). */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid function key. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The key is valid, and not for this: needs the role operator. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No webhook of this id was received. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description It holds nothing that an order could act on. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is larger than 8 kB; of a retry, a skip or an event than 100 kB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is not `application/json`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The Idempotency-Key was used for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many requests of this key, token or address. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  StripeWebhook_receive: {
    parameters: {
      query?: never;
      header: {
        /** @description ±5 minutes. */
        'stripe-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          [key: string]: unknown;
        };
      };
    };
    responses: {
      /** @description Stored, or stored before, or refused for good, or ignored. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookReceiptDto'];
        };
      };
      /** @description No order has this id; stored for the operator. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookReceiptDto'];
        };
      };
      /** @description Signed, but not what an event of its type looks like. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Nothing was read or stored. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is larger than 100 kB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The body is compressed. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many webhooks of this sender. Wait as Retry-After says. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description A defect; the log has the details under the traceId. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The database is away, or the service is shutting down. Try again. */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
}
