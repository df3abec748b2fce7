/** What is known of a person (protocol ch. 13). Members that nobody told are null. */
export interface Profile {
  readonly id: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly nickname: string | null;
  readonly avatarUrl: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  /** SDEs vouched for by the brand's identity provider, then those the consumer told of himself. */
  readonly claims: readonly { readonly type: string; readonly [member: string]: unknown }[];
  readonly data: readonly { readonly type: string; readonly [member: string]: unknown }[];
}

/** An agent as anybody may see him. */
export interface AgentCard {
  readonly id: string;
  readonly nickname: string | null;
  readonly fullName: string | null;
  readonly pictureUrl: string | null;
}
