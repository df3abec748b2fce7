/** The admin API did not do what was asked. */
export class AdminError extends Error {
  /** As in HTTP; 0 when the server was not reached. */
  readonly status: number;
  /** How long to wait before asking again, when the server says so (429, 503). */
  readonly retryAfterSeconds: number | null;

  constructor(status: number, message: string, retryAfterSeconds: number | null) {
    super(message);
    this.name = 'AdminError';
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
