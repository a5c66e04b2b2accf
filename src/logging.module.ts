import { Module, type DynamicModule } from '@nestjs/common';
import { Logger, LoggerModule, PinoLogger } from 'nestjs-pino';
import { pino, type DestinationStream, type Logger as Pino } from 'pino';
import pretty from 'pino-pretty';
import type { AppConfig } from './config/app-config.js';
import { DURABLE_LOGGER, type DurableLogger } from './durable/index.js';
import type { LogContext } from './telemetry/logs/log-context.js';
import { HIDDEN, loggedError, SECRET_PATHS, withLoggedErrors, withoutSecrets } from './telemetry/logs/log-redaction.js';

/**
 * The process's one log: JSON in production, one readable line elsewhere. No line holds a secret, however it got there, and
 * each that is written within an activity says whose it is.
 */
export function openLog(
  { nodeEnv, logLevel }: Pick<AppConfig, 'nodeEnv' | 'logLevel'>,
  context: LogContext,
  destination: DestinationStream,
): Pino {
  return pino(
    {
      level: logLevel,
      redact: { paths: [...SECRET_PATHS], censor: HIDDEN },
      mixin: () => context.ofActivity(),
      // A line's own fields go before those of the activity it is written in.
      mixinMergeStrategy: (own, ofActivity) => ({ ...ofActivity, ...own }),
      formatters: { log: withLoggedErrors },
      serializers: { err: loggedError },
      hooks: {
        logMethod(inputs, method) {
          const [first, ...rest]: unknown[] = inputs;
          // Of an error alone pino takes the message as it is.
          const line =
            first instanceof Error ? [{ err: first }, ...(rest.length > 0 ? rest : [first.message])] : inputs;
          const cleaned = line.map((input: unknown) => (typeof input === 'string' ? withoutSecrets(input) : input));
          // pino's own argument list, with the same kinds of values in the same places.
          method.apply(this, cleaned as typeof inputs);
        },
      },
    },
    nodeEnv === 'production' ? destination : readable(destination),
  );
}

/** One readable line for each. */
function readable(destination: DestinationStream): DestinationStream {
  const toText = pretty.prettyFactory({ singleLine: true, ignore: 'pid,hostname', colorize: pretty.isColorSupported });
  return { write: (line) => destination.write(toText(line)) };
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
  static forRoot(log: Pino, context: LogContext): DynamicModule {
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
            customProps: (request) => orderInPath(request.url),
            customSuccessObject: (request, response, value: object) => ({
              ...value,
              ...orderOf(context, request.url, response.getHeader('location')),
            }),
            customErrorObject: (request, response, _error, value: object) => ({
              ...value,
              ...orderOf(context, request.url, response.getHeader('location')),
            }),
            serializers: {
              err: loggedError,
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
      providers: [
        { provide: DURABLE_LOGGER, inject: [PinoLogger], useFactory: (pino: PinoLogger) => told(pino, context) },
      ],
      exports: [DURABLE_LOGGER],
    };
  }
}

/** The runtime's lines, with the ids of the order they are about. */
function told(log: DurableLogger, context: LogContext): DurableLogger {
  return {
    debug: (fields, message) => log.debug(context.enrich(fields), message),
    info: (fields, message) => log.info(context.enrich(fields), message),
    warn: (fields, message) => log.warn(context.enrich(fields), message),
    error: (fields, message) => log.error(context.enrich(fields), message),
  };
}

const ORDER_PATH = /\/orders?\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?:[/?]|$)/i;

/** The order that a request's path names. */
function orderInPath(path: string | undefined): { readonly orderId?: string } {
  const [, orderId] = ORDER_PATH.exec(path ?? '') ?? [];
  return orderId === undefined ? {} : { orderId };
}

/** What a finished request adds to that: the order it placed, and the order's correlation. */
function orderOf(context: LogContext, path: string | undefined, location: unknown): object {
  const named = orderInPath(path).orderId;
  const orderId = named ?? orderInPath(typeof location === 'string' ? location : undefined).orderId;
  if (orderId === undefined) return {};
  const { correlationId } = context.of(orderId);
  return {
    ...(named === undefined ? { orderId } : {}),
    ...(correlationId === undefined ? {} : { correlationId }),
  };
}

/** Query strings can hold what nobody should read in a log. */
function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? url;
}
