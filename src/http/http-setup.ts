import type { Server } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import helmet, { type HelmetOptions } from 'helmet';
import { requireJson } from './validation/body-parsing.js';
import { refuseIllFormedUrl } from './validation/url-text.js';
import { strictValidation } from './validation/body-validation.js';
import { setupOpenApi } from './openapi/openapi.js';
import { HTTP_OPTIONS, type HttpOptions } from './http-options.js';
import { ProblemFilter } from './problem/problem.filter.js';
import { assignRequestId } from './request-id.js';
import { limitServer } from './rate-limit/server-limits.js';

/**
 * What every request meets, in this order: its id, security headers, the media type, the text of its URL, then the guards
 * (who sends it, how often, whether they may, and its body) and a controller, whose errors leave as problems. Call it once, before `app.init()` or `app.listen()`.
 */
export function configureHttp(app: NestExpressApplication): void {
  const { production, trustedProxies = 0 } = app.get<HttpOptions>(HTTP_OPTIONS, { strict: false });
  app.set('trust proxy', trustedProxies);
  const server: Server = app.getHttpServer();
  limitServer(server);
  app.disable('x-powered-by');
  app.use(assignRequestId);
  app.use(securityHeaders(production));
  app.use(requireJson);
  app.use(refuseIllFormedUrl);
  app.useGlobalPipes(strictValidation());
  app.useGlobalFilters(new ProblemFilter());
  if (!production) setupOpenApi(app);
}

type Handler = (request: Request, response: Response, next: NextFunction) => void;

/** Nothing is loaded from elsewhere and no script is inline. Plain http on localhost works: nothing is upgraded. */
function securityHeaders(production: boolean): Handler {
  const withStyles = (styleSrc: string[]): HelmetOptions => ({
    strictTransportSecurity: production,
    referrerPolicy: { policy: 'no-referrer' },
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        styleSrc,
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
  });
  const strict = helmet(withStyles(["'self'"]));
  const docs = helmet(withStyles(["'self'", "'unsafe-inline'"])); // Swagger UI writes style attributes
  return (request, response, next) => (request.path.startsWith('/docs') ? docs : strict)(request, response, next);
}
