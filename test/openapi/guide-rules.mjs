/** The part of docs/API.md that holds for many calls at once; what one call does is in its controller's description. */
export const RULES = `
## Rules for all calls

**Keys and tokens.** In development no key is asked for. With \`ACCESS_KEYS\` every route asks: a \`client\` places orders, an
\`operator\` sees and steers all orders, an \`admin\` may do everything. A key goes into \`x-functions-key\`. The customer of one order
follows and cancels it with the token that placing it returned, as \`Authorization: Bearer\` ([SECURITY.md](SECURITY.md)). A key or
token that has expired or was revoked is told so: \`key_expired\`, \`key_revoked\`, \`token_expired\`, \`token_revoked\`; streams end then.

**Errors** are \`application/problem+json\` (RFC 9457). \`code\` is stable; \`traceId\` is in the log. A field that a body does not have
is refused by name.

**\`Idempotency-Key\`.** Every call that creates or commands takes one. Under a key a request has one effect, and a repeat gets the
first response, with \`Idempotency-Replayed: true\`, also when the service died in between. A key belongs to its caller and is kept
for \`IDEMPOTENCY_TTL_MS\` (24 h). The same key on another request is refused (\`idempotency_key_reused\`). A refusal changed nothing
and is not kept: send the same request again under its key.

**\`ETag\`.** The \`ETag\` of an order is its revision. \`If-None-Match\` saves a response that you have (304). A command with \`If-Match\`
takes effect only if the order has not moved on (412).

**One order for one cart.** A cart has one order that has not ended; a second one is refused with the address of the first
(\`cart_has_live_order\`). The body of \`POST /order/start\` is optional: without it the service makes up a user and a correlation id.

**Waiting.** \`GET /order/{id}/wait\` responds as soon as the order is there, at most after \`timeout\` seconds (30, up to 60). \`until\` takes
statuses, \`payable\`, \`incident\` and \`ended\`; \`reached: false\` says that it was not in time, or cannot come any more. A stream of
server-sent events sends every line of the history, from the first or after \`Last-Event-ID\` or \`?after=\`. A client that comes back
after the end gets 204. Streams show what is committed, whichever node committed it.

**Early and late events.** A payment that is reported before the order waits for it is kept, and taken when the order can take it.
After the order has ended an event is refused with 410. \`GET\` on \`payment-accepted\` and \`payment-rejected\` is 405, because link
previews must not pay orders. Money that is captured late, twice, or for an order that has ended is looked up at the provider and
given back: \`latePayments\` of the order, and \`/late-payments\`.

**Operators' commands** are on record with who and why: \`key:\` and the first 8 hexadecimal digits of the key's SHA-256, or \`anonymous\`.
While an order is suspended its deadlines run on. On resuming, deadlines that passed fire at once (\`"deadlines": "keep"\`, the
default), or all are put off by as long as the order was suspended (\`"move"\`). \`restart\` under one \`Idempotency-Key\` makes one new
order.

**Corrections.** \`retry\` takes a JSON merge patch of \`customer.email\`, \`customer.address\` and, until the goods are reserved, \`items\`.
The reason is mandatory then. A patch that does not fit where the order stands is 409 \`correction_misfit\`: a customer or a cart that
the order has not fetched yet, goods that are reserved, the country once there is a shipping quote. A corrected step is a new call
to the partner under a new idempotency key. Make sure that the partner did not carry out the old one, above all a shipment whose
answer was lost: the order would ship twice or, if the partner refuses the new call, refund what was shipped.

**Lists** are newest first. \`next\` is the cursor of the next page. \`q\` finds what the id of an order, its cart, user, correlation or
payment begins with. A bulk command acts on up to 1,000 orders a call; \`dryRun\` shows which ones.

**Payment webhooks** are stored before their order is told, also when nobody knows the order. A second delivery gets the same
response and has no second effect.

**Outbound webhooks** are [CloudEvents 1.0](https://cloudevents.io) in JSON, signed as
[Standard Webhooks](https://www.standardwebhooks.com) says: \`order.status_changed\`, \`order.completed\`, \`order.incident_opened\` and
\`order.incident_resolved\`. A receiver verifies the raw body, responds 2xx within 15 s, and keeps the ids it has seen: an event
comes at least once. The order of events is not promised; \`data.revision\` shows it. An event that is not taken is sent again for
three days (5 s, 5 min, 30 min, 2, 5, 10, 14, 20, 24 h later). 410 disables the endpoint at once; so does a delivery that is given up
when nothing has arrived for three days. An address of your own network is refused unless \`WEBHOOK_ALLOW_PRIVATE=true\`.

**Purge.** Only an order that has completed or was terminated can be deleted. \`RETENTION_DAYS\` does it periodically.
`;
