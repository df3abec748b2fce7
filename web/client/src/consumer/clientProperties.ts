const FEATURES = ['AUTO_MESSAGES', 'RICH_CONTENT', 'QUICK_REPLIES', 'MULTI_DIALOG', 'FILE_SHARING', 'PHOTO_SHARING'];

/** What a consumer's client says of itself (protocol 6.5). */
export function clientProperties(beyond: Readonly<Record<string, unknown>> | undefined): Record<string, unknown> {
  const agent = globalThis.navigator?.userAgent ?? '';
  const browser = /(Edg|OPR|Firefox|Chrome|Version)\/([\d.]+)/.exec(agent);
  const names: Record<string, string> = { Edg: 'Edge', OPR: 'Opera', Version: 'Safari' };
  return {
    type: '.ams.headers.ClientProperties',
    appId: 'parley',
    integration: 'WEB_SDK',
    deviceFamily: /iPad|Tablet/.test(agent) ? 'TABLET' : /Mobi/.test(agent) ? 'MOBILE' : 'DESKTOP',
    os: /Android/.test(agent) ? 'ANDROID' : /iPhone|iPad/.test(agent) ? 'IOS' : /Windows/.test(agent) ? 'WINDOWS' : /Mac OS/.test(agent) ? 'OSX' : /Linux/.test(agent) ? 'LINUX' : 'OTHER',
    ...(browser ? { browser: names[browser[1]!] ?? browser[1], browserVersion: browser[2] } : {}),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    features: FEATURES,
    ...beyond,
  };
}
