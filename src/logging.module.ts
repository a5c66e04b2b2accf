import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Module, type DynamicModule } from '@nestjs/common';
import { LoggerModule, PinoLogger } from 'nestjs-pino';
import { pino } from 'pino';
import pretty from 'pino-pretty';
import type { AppConfig } from './config/app.config.js';
import { DURABLE_LOGGER } from './durable/durable.tokens.js';

/** Structured logs: JSON in production, one readable line elsewhere; every request carries its correlation id. */
@Module({})
export class LoggingModule {
  static forRoot({ nodeEnv, logLevel }: Pick<AppConfig, 'nodeEnv' | 'logLevel'>): DynamicModule {
    return {
      module: LoggingModule,
      global: true,
      imports: [
        LoggerModule.forRoot({
          pinoHttp: {
            logger: pino(
              { level: logLevel, redact: { paths: SECRET_HEADERS, censor: '[redacted]' } },
              nodeEnv === 'production'
                ? process.stdout
                : pretty({ sync: true, singleLine: true, ignore: 'pid,hostname' }),
            ),
            genReqId: requestId,
            // Pages poll; what only reads and went well would bury what matters.
            customLogLevel: (request, response, error) => {
              if (error !== undefined || response.statusCode >= 500) return 'error';
              return request.method === 'GET' && response.statusCode < 400 ? 'debug' : 'info';
            },
            serializers: {
              req: ({ id, method, url }: { id: string; method: string; url: string }) => ({
                id,
                method,
                url: pathOf(url),
              }),
              res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
            },
          },
        }),
      ],
      providers: [{ provide: DURABLE_LOGGER, useExisting: PinoLogger }],
      exports: [DURABLE_LOGGER],
    };
  }
}

const SECRET_HEADERS = ['req.headers.authorization', 'req.headers["x-functions-key"]', 'req.headers.cookie'];
const LONGEST_ID = 100;

/** The caller's correlation id if it is harmless, else one of our own. */
function requestId(request: IncomingMessage): string {
  const given = request.headers['x-correlation-id'];
  return typeof given === 'string' && /^[\w.:-]+$/.test(given) && given.length <= LONGEST_ID ? given : randomUUID();
}

/** Query strings can hold what nobody should read in a log. */
function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? url;
}
