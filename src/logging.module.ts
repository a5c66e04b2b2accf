import { Module, type DynamicModule } from '@nestjs/common';
import { Logger, LoggerModule, PinoLogger } from 'nestjs-pino';
import { pino, type Logger as Pino } from 'pino';
import pretty from 'pino-pretty';
import type { AppConfig } from './config/app.config.js';
import { DURABLE_LOGGER } from './durable/durable.tokens.js';

const SECRET_HEADERS = ['req.headers.authorization', 'req.headers["x-functions-key"]', 'req.headers.cookie'];

/** The process's one log: JSON in production, one readable line elsewhere. */
export function openLog({ nodeEnv, logLevel }: Pick<AppConfig, 'nodeEnv' | 'logLevel'>): Pino {
  return pino(
    { level: logLevel, redact: { paths: SECRET_HEADERS, censor: '[redacted]' } },
    nodeEnv === 'production' ? process.stdout : pretty({ sync: true, singleLine: true, ignore: 'pid,hostname' }),
  );
}

/** The framework's account of its own start-up, which tells an operator nothing. */
const CHATTER = new Set(['InstanceLoader', 'NestFactory', 'NestApplication', 'RouterExplorer', 'RoutesResolver']);

/** Nest's logger on our log. */
export class FrameworkLogger extends Logger {
  constructor(log: Pino) {
    super(new PinoLogger({ pinoHttp: { logger: log } }), {});
  }

  override log(message: unknown, ...parameters: unknown[]): void {
    const context = parameters.at(-1);
    if (typeof context === 'string' && CHATTER.has(context)) this.debug(message, ...parameters);
    else super.log(message, ...parameters);
  }

  override error(message: unknown, ...parameters: unknown[]): void {
    // Nest logs what stops a start and throws it too; whoever started us says it, once.
    if (parameters.at(-1) === 'ExceptionHandler') this.debug(message, ...parameters);
    else super.error(message, ...parameters);
  }
}

/** Structured logs for whoever injects a logger; every request has a line with its id, without its query string. */
@Module({})
export class LoggingModule {
  static forRoot(log: Pino): DynamicModule {
    return {
      module: LoggingModule,
      global: true,
      imports: [
        LoggerModule.forRoot({
          pinoHttp: {
            logger: log,
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

/** Query strings can hold what nobody should read in a log. */
function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? url;
}
