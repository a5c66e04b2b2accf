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
 * Sets up how every request is handled. Call it once, before `app.init()` or `app.listen()`.
 *
 * 1. Middleware gives the request an id, sets security headers, and checks the media type and the text of the URL.
 * 2. The guards of `HttpModule` find out who sends it, count it, check the sender's role and read the body.
 * 3. The controller answers. A filter turns errors into problems (RFC 9457).
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

/**
 * Pages load nothing from other sites and contain no inline scripts. No header upgrades requests to https, except in
 * production, so that plain http on localhost works.
 */
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
