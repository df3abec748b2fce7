import type { JsonObject } from '../json/node';
import type { Schema } from '../schema/schema';
import { shapeOf } from '../schema/shape';
import type { Form, Message } from './message';

/** A request over HTTP that belongs to getting in. */
export interface HttpCall {
  readonly method: 'GET' | 'POST';
  /** With `{account}` in it. */
  readonly path: string;
  /** The variable of the tutorial's shell that has the service's host. */
  readonly host: string;
  readonly hasBody: boolean;
}

const text = (description: string): Schema => ({ type: 'string', description, minLength: 1 });

export const httpMessages: readonly Message[] = [
  message('discovery', 'Find the services', 'The hosts of all services of an account.', { method: 'GET', path: '/api/account/{account}/service/baseURI.json?version=1.0', host: '$LP_CSDS' }),
  message('signup', 'Sign up an anonymous consumer', 'Answered with the token (`jwt`) of a new consumer. Each call makes another one.', { method: 'POST', path: '/api/account/{account}/signup', host: '$LP_IDP' }),
  message('authorize', 'Ask for an anonymous identity', 'The current way in: answered with an identity, which is exchanged for a token.', { method: 'POST', path: '/api/account/{account}/anonymous/authorize', host: '$LP_IDP' }),
  message('authenticate', 'Exchange an identity for a token', 'Answered with the token that opens the consumer’s socket.', { method: 'POST', path: '/api/account/{account}/app/ACR0/authenticate?v=3.0', host: '$LP_IDP' }, {
    id_token: text('The identity: from `anonymous/authorize`, or from the brand’s identity provider.'),
  }, { id_token: '__ID_TOKEN__' }),
  message('login', 'Log an agent in', 'Answered with a bearer, which opens the agent’s socket.', { method: 'POST', path: '/api/account/{account}/login?v=1.3', host: '$LP_AGENTVEP' }, {
    username: text('The login name.'),
    password: text('The password. What is typed here is never saved; `$LP_PASS` stands for it in whatever is copied.'),
  }, { username: '$LP_USER', password: '$LP_PASS' }),
  message('logout', 'Log an agent out', 'Ends the session. The browser’s cookie says which.', { method: 'POST', path: '/api/account/{account}/logout?v=1.3', host: '$LP_AGENTVEP' }, {
    csrf: text('As the login’s answer has it.'),
  }, { csrf: '__CSRF__' }),
];

function message(id: string, title: string, description: string, call: Omit<HttpCall, 'hasBody'>, members: Record<string, Schema> = {}, example: JsonObject = {}): Message {
  const schema: Schema = { type: 'object', title, description, properties: members, required: Object.keys(members), examples: [example] };
  const type = `${call.method} ${call.path}`;
  const form = (dialect: 'v3' | 'v2'): Form => ({ type, dialect, file: '', schema, shape: shapeOf(schema), examples: [example] });
  return {
    id: `http.${id}`, direction: 'request', category: 'Over HTTP', title, description, forms: { v3: form('v3'), v2: form('v2') }, names: [type], who: null, answers: {},
    http: { ...call, hasBody: Object.keys(members).length > 0 },
  };
}
