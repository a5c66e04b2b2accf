import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { FUNCTION_KEY_HEADER } from '../keys/identity.guard.js';
import { FUNCTION_KEY_SCHEME, ORDER_TOKEN_SCHEME } from '../keys/roles.decorator.js';

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
    .addTag('health', 'Whether it runs, whether it can work, what it is')
    .build();
  return SwaggerModule.createDocument(app, config, {
    autoTagControllers: false,
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
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
