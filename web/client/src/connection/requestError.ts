/** A request that the server refused, or that could not be made (`code` 0: the connection was lost before the answer). */
export class RequestError extends Error {
  /** The server's code as in HTTP; 0 when there was no answer. */
  readonly code: number;
  /** Why, in words. */
  readonly text: string;

  constructor(code: number, text: string) {
    super(text || `Code ${code}`);
    this.name = 'RequestError';
    this.code = code;
    this.text = text;
  }
}

/** Whether the same request may succeed later. */
export const isTemporary = (error: unknown): boolean =>
  error instanceof RequestError && (error.code === 0 || error.code === 408 || error.code === 424 || error.code === 429 || error.code >= 500);

/** What is shown of an error. */
export const described = (error: unknown): { code: number; text: string } => {
  const { code = 0, message } = error as { code?: number; message: string };
  return { code, text: message };
};

export const lost = () => new RequestError(0, 'Not connected');
