import { isUtf8 } from 'node:buffer';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { json, raw, type NextFunction, type Request, type Response } from 'express';
import { bodyMalformed } from '../problem/request-error.js';
import { COMMAND_LIMIT, DATA_LIMIT, isWebhook, takesData } from './body-parsing.js';
import { refuseUnfitBody } from './body-shape.js';

type Parser = (request: Request, response: Response, next: NextFunction) => void;

const refuseNoUtf8 = (_: unknown, __: unknown, bytes: Buffer): void => {
  if (!isUtf8(bytes)) throw bodyMalformed();
};

// Compressed webhooks are refused, because the signature covers the bytes as sent.
const rawBody: Parser = raw({ type: () => true, limit: DATA_LIMIT, inflate: false });
const command: Parser = json({ limit: COMMAND_LIMIT, verify: refuseNoUtf8 });
const data: Parser = json({ limit: DATA_LIMIT, verify: refuseNoUtf8 });

/**
 * Reads and checks the body. It runs after all other guards, so that a request they refuse costs no parsing.
 * It refuses a body that is too large for its route, is no JSON, or is too deep, too big or ill-formed to validate.
 */
@Injectable()
export class BodyGuard implements CanActivate {
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const parser = isWebhook(request) ? rawBody : takesData(request) ? data : command;
    await read(parser, request, http.getResponse<Response>());
    if (!isWebhook(request)) refuseUnfitBody(request.body);
    return true;
  }
}

function read(parser: Parser, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    parser(request, response, (error?: unknown) => {
      if (error === undefined) resolve();
      else reject(error instanceof Error ? error : new Error('The body could not be read.'));
    });
  });
}
