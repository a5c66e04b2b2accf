/** Where clients and partners reach this service. With port 0 it is known only once the server listens. */
export class AppAddress {
  private bound: string | null;

  constructor(publicUrl: string | null) {
    this.bound = publicUrl;
  }

  /** Base URL without a trailing slash. @throws Error before the server listens, unless PUBLIC_URL is configured. */
  get(): string {
    if (this.bound === null) throw new Error('The service does not listen yet.');
    return this.bound;
  }

  /** A configured public URL stands. */
  listensAt(url: string): void {
    this.bound ??= url;
  }
}
