/**
 * A PostgreSQL server between a client and a real one, which fails when a message is about to pass. It understands as much
 * of the protocol as it takes to do that: https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
import { once } from 'node:events';
import { type AddressInfo, createServer, connect, type Server, type Socket } from 'node:net';

/**
 * Where a statement fails:
 * - `refused`: the server answers with an error instead of carrying it out.
 * - `unsent`: the connection ends before the server has the statement.
 * - `unanswered`: the server carries it out, and the connection ends before its answer.
 * - `cut`: the connection ends in the middle of the answer.
 */
export type FaultPoint = 'refused' | 'unsent' | 'unanswered' | 'cut';

export interface ProxyRules {
  /** Of the connection's first message: an SQLSTATE refuses it, an empty text ends the connection. */
  onConnect(): string | null;
  /** @param sql of the statement that is about to pass. */
  onStatement(sql: string): { readonly point: FaultPoint; readonly code: string } | null;
  /** Milliseconds for which a statement is held back, as by a slow disk. Absent: none is. */
  delayOf?(sql: string): number;
}

export class PostgresProxy {
  rules: ProxyRules = { onConnect: () => null, onStatement: () => null };
  private readonly sockets = new Set<Socket>();
  private readonly sessions = new Set<Session>();

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {}

  static async start(targetUrl: string): Promise<PostgresProxy> {
    const server = createServer();
    const proxy = new PostgresProxy(server, new URL(targetUrl));
    server.on('connection', (client) => proxy.serve(client));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get url(): string {
    const url = new URL(this.target);
    url.host = `127.0.0.1:${(this.server.address() as AddressInfo).port}`; // it listens on a port
    return url.toString();
  }

  /** Ends every connection. */
  cutAll(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** No byte passes on the connections of now, and none of them ends: as a network that has dropped them without a word. */
  muteAll(): void {
    for (const session of this.sessions) session.isMute = true;
  }

  async stop(): Promise<void> {
    this.cutAll();
    this.server.close();
    await once(this.server, 'close');
  }

  private serve(client: Socket): void {
    const server = connect(Number(this.target.port), this.target.hostname);
    const session = new Session(this, client, server);
    this.sessions.add(session);
    for (const socket of [client, server]) {
      this.sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.sockets.delete(socket);
        // A mute network tells neither side that the other has gone.
        if (!session.isMute) for (const each of [client, server]) each.destroy();
      });
    }
    session.start();
  }
}

/** How a session goes on with what the server answers next. */
type Answering = 'pass' | 'drop' | 'cut';

class Session {
  isMute = false;
  private buffer = Buffer.alloc(0);
  private hasStarted = false;
  private inTransaction = false;
  private answering: Answering = 'pass';
  private readonly named = new Map<string, string>();
  /** Names since the last Sync. */
  private readonly parsed = new Set<string>();
  /** What came after a statement that is held back; null: none is. */
  private held: Buffer[] | null = null;
  /** Messages of a statement that is refused are dropped up to the Sync at its end. */
  private refusing: string | null = null;

  constructor(
    private readonly proxy: PostgresProxy,
    private readonly client: Socket,
    private readonly server: Socket,
  ) {}

  start(): void {
    this.client.on('data', (bytes) => {
      if (this.isMute) return;
      this.buffer = Buffer.concat([this.buffer, bytes]);
      this.read();
    });
    this.server.on('data', (bytes) => {
      if (this.isMute) return;
      if (this.answering === 'pass') {
        this.client.write(bytes);
        return;
      }
      if (this.answering === 'cut') this.client.write(bytes.subarray(0, Math.floor(bytes.length / 2)));
      this.client.destroy();
    });
  }

  private read(): void {
    while (this.buffer.length >= (this.hasStarted ? 5 : 4)) {
      const length = this.buffer.readInt32BE(this.hasStarted ? 1 : 0) + (this.hasStarted ? 1 : 0);
      if (this.buffer.length < length) return;
      const message = this.buffer.subarray(0, length);
      this.buffer = this.buffer.subarray(length);
      if (this.hasStarted) this.pass(message);
      else this.connect(message);
    }
  }

  private connect(message: Buffer): void {
    this.hasStarted = true;
    const fault = this.proxy.rules.onConnect();
    if (fault === null) this.server.write(message);
    else if (fault === '') this.client.destroy();
    else this.client.end(errorResponse(fault, 'FATAL'));
  }

  /** A named statement is parsed once for each connection, and then carried out by every Bind. */
  private sqlOf(type: string, message: Buffer): string | null {
    if (type === 'S') this.parsed.clear();
    if (type !== 'B') return sqlOf(type, message);
    const name = text(message, message.indexOf(0, 5) + 1);
    return this.parsed.has(name) ? null : (this.named.get(name) ?? null);
  }

  /** The server has it from now on. */
  private noteParsed(type: string, message: Buffer): void {
    const name = type === 'P' ? text(message, 5) : '';
    if (name === '') return;
    this.named.set(name, sqlOf(type, message) ?? '');
    this.parsed.add(name);
  }

  private pass(message: Buffer): void {
    if (this.held !== null) {
      this.held.push(message);
      return;
    }
    const type = String.fromCharCode(message[0]!);
    const sql = this.sqlOf(type, message);
    if (sql !== null && this.refusing === null && this.answering === 'pass') {
      const fault = this.proxy.rules.onStatement(sql);
      if (fault !== null) this.begin(fault);
      else this.noteTransaction(sql);
      const delayMs = fault === null ? (this.proxy.rules.delayOf?.(sql) ?? 0) : 0;
      if (delayMs > 0) {
        this.hold(message, delayMs);
        return;
      }
    }
    if (this.client.destroyed) return;
    if (this.refusing === null) {
      this.noteParsed(type, message);
      this.server.write(message);
      return;
    }
    // A simple query is its own end.
    if (type === 'Q' || type === 'S') this.refuse(this.refusing);
  }

  private hold(message: Buffer, delayMs: number): void {
    const held: Buffer[] = [];
    this.held = held;
    setTimeout(() => {
      this.held = null;
      if (this.client.destroyed) return;
      this.noteParsed(String.fromCharCode(message[0]!), message);
      this.server.write(message);
      for (const each of held) this.pass(each);
    }, delayMs);
  }

  private begin({ point, code }: { readonly point: FaultPoint; readonly code: string }): void {
    if (point === 'refused') this.refusing = code;
    else if (point === 'unsent') this.client.destroy();
    else this.answering = point === 'cut' ? 'cut' : 'drop';
  }

  private refuse(code: string): void {
    this.refusing = null;
    // A class 57P ends the session, as the server does.
    if (/^(57P|08)/.test(code)) {
      this.client.end(errorResponse(code, 'FATAL'));
      return;
    }
    this.client.write(Buffer.concat([errorResponse(code, 'ERROR'), readyForQuery(this.inTransaction ? 'E' : 'I')]));
  }

  private noteTransaction(sql: string): void {
    if (/^(BEGIN|START TRANSACTION)/.test(sql)) this.inTransaction = true;
    if (/^(COMMIT|ROLLBACK)/.test(sql)) this.inTransaction = false;
  }
}

/** Of a simple query or of a Parse; null for every other message. */
function sqlOf(type: string, message: Buffer): string | null {
  if (type === 'Q') return text(message, 5);
  if (type !== 'P') return null;
  return text(message, message.indexOf(0, 5) + 1);
}

function text(message: Buffer, from: number): string {
  return message.toString('utf8', from, message.indexOf(0, from));
}

function errorResponse(code: string, severity: 'ERROR' | 'FATAL'): Buffer {
  const fields = Buffer.from(`S${severity}\0V${severity}\0C${code}\0Minjected ${code}\0\0`);
  return framed('E', fields);
}

function readyForQuery(state: 'I' | 'E'): Buffer {
  return framed('Z', Buffer.from(state));
}

function framed(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 0);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
