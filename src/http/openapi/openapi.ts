import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { problemResponse } from './api-problem.decorator.js';
import { FUNCTION_KEY_HEADER } from '../auth/authentication.guard.js';
import { FUNCTION_KEY_SCHEME, ORDER_TOKEN_SCHEME } from '../auth/roles.decorator.js';

type ProblemResponse = ReturnType<typeof problemResponse>;
type OperationObject = NonNullable<OpenAPIObject['paths'][string]['post']>;

/** The API as an OpenAPI document. */
function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Durable orders')
    .setDescription('Place orders, follow them, steer them. Errors are problem+json (RFC 9457) with stable codes.')
    .setVersion('1')
    .addApiKey({ type: 'apiKey', in: 'header', name: FUNCTION_KEY_HEADER }, FUNCTION_KEY_SCHEME)
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'order_…' }, ORDER_TOKEN_SCHEME)
    .addTag('orders', 'Place and follow')
    .addTag('commands', 'Steer')
    .addTag('operators', 'Manage, past what the order itself takes; on record')
    .addTag('returns', 'Fulfilled orders that come back')
    .addTag('outbound webhooks', 'Tell others what happens to orders')
    .addTag('webhooks', 'From the payment provider')
    .addTag('audit', 'Who of the staff did what')
    .addTag('health', 'Whether it runs, whether it can work, what it is')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    autoTagControllers: false,
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  for (const path of Object.values(document.paths)) {
    for (const operation of [path.get, path.post, path.put, path.patch, path.delete]) {
      addKeyProblems(operation);
      addProblems(operation, URL_PROBLEM);
    }
  }
  return document;
}

/** Errors of every route that accepts an `Idempotency-Key`. A route's own text about one of these statuses wins. */
const KEY_PROBLEMS = {
  400: problemResponse(400, 'request_invalid', 'The Idempotency-Key is not 1 to 255 visible ASCII characters.', {}),
  409: problemResponse(409, 'idempotency_key_in_progress', 'The first request under this key is not answered yet.', {}),
};

function addKeyProblems(operation: OperationObject | undefined): void {
  const takesKey = operation?.parameters?.some((each) => 'name' in each && each.name === 'Idempotency-Key');
  if (takesKey === true) addProblems(operation, KEY_PROBLEMS);
}

/** The error of every route for a URL that is malformed. */
const URL_PROBLEM = {
  400: problemResponse(400, 'request_invalid', 'The URL is no percent-encoded UTF-8, or has U+0000 in it.', {}),
};

function addProblems(operation: OperationObject | undefined, told: Readonly<Record<string, ProblemResponse>>): void {
  if (operation === undefined) return;
  const problems = Object.entries(told).map(([status, { description, content }]) => [status, { description, content }]);
  // A response of the route itself wins. JavaScript sorts integer keys, so the order of the spread does not matter.
  // The type is safe, because `problemResponse` makes responses like the decorator's.
  operation.responses = { ...Object.fromEntries(problems), ...operation.responses } as typeof operation.responses;
}

/** Swagger UI at `/docs`, the document at `/docs-json`. */
export function setupOpenApi(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'docs-json',
    yamlDocumentUrl: 'docs-yaml',
    customSiteTitle: 'Durable orders: API',
    swaggerOptions: { persistAuthorization: true, displayRequestDuration: true, validatorUrl: null },
  });
}
