export type * from './model/connectionState';
export type * from './model/contract';
export type * from './model/conversation';
export type * from './model/entry';
export type * from './model/profile';
export type * from './model/ring';
export { RequestError } from './connection/requestError';
export { createConsumerClient } from './consumer/consumerClient';
export { createAgentClient } from './agent/agentClient';
