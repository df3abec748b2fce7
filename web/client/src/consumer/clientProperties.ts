const FEATURES = ['AUTO_MESSAGES', 'RICH_CONTENT', 'QUICK_REPLIES', 'MULTI_DIALOG', 'FILE_SHARING', 'PHOTO_SHARING'];
// The first that is in the browser's name for itself: many pretend to be others as well.
const SYSTEMS = { Android: 'ANDROID', iP: 'IOS', Windows: 'WINDOWS', 'Mac OS': 'OSX', Linux: 'LINUX', '': 'OTHER' };
const DEVICES = { iPad: 'TABLET', Tablet: 'TABLET', Mobi: 'MOBILE', '': 'DESKTOP' };
const BROWSERS = { 'Edg/': 'Edge', 'OPR/': 'Opera', 'Firefox/': 'Firefox', 'Chrome/': 'Chrome', 'Safari/': 'Safari', '': '' };

/** What a consumer's client says of itself (protocol 6.5). */
export function clientProperties(beyond: Readonly<Record<string, unknown>> | undefined): Record<string, unknown> {
  const agent = globalThis.navigator?.userAgent ?? '';
  const first = (names: Record<string, string>) => Object.entries(names).find(([part]) => agent.includes(part))![1];
  return {
    type: '.ams.headers.ClientProperties',
    appId: 'parley',
    integration: 'WEB_SDK',
    deviceFamily: first(DEVICES),
    os: first(SYSTEMS),
    browser: first(BROWSERS),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    features: FEATURES,
    ...beyond,
  };
}
