/** What a connection is for: the side it speaks for, and the generation of the protocol. */
export type Side = 'consumer' | 'agent';
export type Version = '3' | '2' | '2.1';

export const versions: Readonly<Record<Side, readonly Version[]>> = { consumer: ['3', '2'], agent: ['2.1', '2'] };

/**
 * The path of a socket. Browsers set no headers at the upgrade: a consumer of the third generation says who he is in his first frame, everybody
 * else puts the token into the path.
 */
export function socketPath(account: string, side: Side, version: Version, token: string): string {
  const base = `/ws_api/account/${encodeURIComponent(account)}/messaging`;
  if (side === 'agent') return `${base}/brand/${encodeURIComponent(token)}?v=${version}`;
  return version === '3' ? `${base}/consumer?v=3` : `${base}/consumer/${encodeURIComponent(token)}?v=2`;
}

/** The same for wscat, which sets headers, in the words of the tutorial. */
export function wscatCommand(side: Side, version: Version): string {
  const [token, end] = side === 'agent' ? ['$LP_BEARER', 'brand'] : ['$LP_JWT', 'consumer'];
  // Only the path form of the second generation lets a consumer in.
  const path = side === 'consumer' && version === '2' ? 'consumer/$LP_JWT' : end;
  const header = path === end ? ` -H "Authorization:jwt ${token}"` : '';
  return `wscat -k 60${header} -c "wss://$LP_ASYNCMESSAGINGENT/ws_api/account/$LP_ACCOUNT/messaging/${path}?v=${version}"`;
}
