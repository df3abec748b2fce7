/** What an agent has begun and the server does not have. */
export interface Unfinished {
  /** Conversations that go on, with words or files that were not sent. */
  readonly begun: number;
  /** Messages on their way. */
  readonly messages: number;
  /** Whether some of it are files, which go with the page. */
  readonly files: boolean;
}
