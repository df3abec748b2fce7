import type { AgentSocket } from '../support/AgentSocket.ts';
import type { Brand, Login } from '../support/Brand.ts';
import type { ConsumerSocket } from '../support/ConsumerSocket.ts';

export interface House {
  readonly sales: string;
  readonly returns: string;
  readonly ada: Login;
  readonly marta: Login;
}

/** The staff, skills and answers of a shop. */
export async function furnish(brand: Brand): Promise<House> {
  await brand.set({
    brandName: 'Fell & Fjord', brandDescription: 'Running shoes for every ground', brandCategory: 'Retail',
    workingHours: { timeZone: 'Europe/Berlin', days: Object.fromEntries(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map(day => [day, ['00:00-24:00']])), holidays: { '2026-12-25': [] } },
    welcomeMessage: 'Welcome to Fell & Fjord! Somebody will be with you in a moment.',
  });
  const sales = await brand.skill('Sales', { description: 'Questions before an order', waitTargetSeconds: 120 });
  const returns = await brand.skill('Returns', { description: 'Exchange and refund', waitTargetSeconds: 300 });
  await brand.skill('Club', { description: 'Members and events' });
  for (const [title, text, shortcut, category] of [
    ['Opening hours', 'Hello {firstName}, our shops are open from 10:00 to 19:00, Monday to Saturday.', 'hours', 'General'],
    ['Ask for the order number', 'Could you tell me your order number? It begins with FF and stands in the mail that confirmed your order.', 'number', 'Orders'],
    ['Return label', 'I have sent you a label. Stick it on the box and bring it to any parcel shop within 30 days.', 'label', 'Returns'],
    ['Size advice', 'Our trail shoes run half a size small: with 42 in other shoes, take 42.5.', 'size', 'Sales'],
    ['Goodbye', 'Thank you for writing to {brand}, {firstName}. Have a good run! {agent}', 'bye', 'General'],
  ] as const) await brand.admin('POST', 'canned-answers', { title, text, shortcut, category, language: 'en' });
  const ada = await brand.agent('Ada Lindqvist', { fullName: 'Ada Lindqvist', login: 'ada', maxSlots: 8, skills: [{ id: sales }, { id: returns, priority: 2 }] });
  for (const [nickname, login, skills, maxSlots] of [['Tomás Vega', 'tomas', [sales], 4], ['Mei Tanaka', 'mei', [returns], 5], ['Jonas Weber', 'jonas', [sales, returns], 6], ['Priya Nair', 'priya', [returns], 4]] as const) {
    await brand.agent(nickname, { fullName: nickname, login, maxSlots, skills: skills.map(id => ({ id })) });
  }
  const marta = await brand.agent('Marta Kowalska', { fullName: 'Marta Kowalska', login: 'marta', role: 'admin', maxSlots: 3 });
  return { sales, returns, ada, marta };
}

export const customers = [
  { firstName: 'Hannah', lastName: 'Okafor', mail: 'hannah.okafor@mail.example', text: 'Hi! Do the Ridge 2 run small? I am between 41 and 42.' },
  { firstName: 'Luca', lastName: 'Moretti', mail: 'luca@moretti.example', text: 'My parcel FF-20817 should have been here on Friday. Where is it?' },
  { firstName: 'Sofie', lastName: 'Andersen', mail: 'sofie.a@post.example', text: 'I would like to change the colour of my order, is it still possible?' },
  { firstName: 'Daniel', lastName: 'Kim', mail: 'daniel.kim@mail.example', text: 'The sole came off after two weeks. Photo attached.' },
  { firstName: 'Amélie', lastName: 'Rousseau', mail: 'amelie.r@courriel.example', text: 'Bonjour, livrez-vous en Suisse ?' },
  { firstName: '美咲', lastName: '佐藤', mail: 'misaki@mail.example', text: 'レディースの24cmはありますか？' },
  { firstName: 'Omar', lastName: 'Haddad', mail: 'omar.haddad@mail.example', text: 'Can I pay on invoice as a club?' },
  { firstName: 'Greta', lastName: 'Nowak', mail: 'greta@nowak.example', text: 'Thanks, that was quick. See you at the spring run!' },
] as const;

/** Somebody with a name who has written. */
export async function visitor(brand: Brand, index: number, skillId: string): Promise<{ socket: ConsumerSocket; id: string }> {
  const { firstName, lastName, mail, text } = customers[index % customers.length]!;
  const socket = await brand.consumer(undefined, { deviceFamily: index % 2 ? 'MOBILE' : 'DESKTOP', os: index % 2 ? 'IOS' : 'WINDOWS', browser: index % 2 ? 'Safari' : 'Firefox', browserVersion: '128', timeZone: 'Europe/Berlin' });
  await socket.profile({ firstName, lastName, privateData: { mail, mobileNum: '+49 30 5550142' } });
  const id = await socket.converse(text, { skillId, conversationContext: { type: 'SharkContext', lang: 'en-GB', visitorId: `V-${4100 + index}`, sessionId: 'S-1' } });
  return { socket, id };
}

export const sampler = {
  type: 'vertical',
  elements: [
    { type: 'text', text: 'Night Shift', style: { bold: true, size: 'large' } },
    { type: 'text', text: 'Brazil, dark roast: hazelnut, molasses. € 9.90 for 250 g, roasted today.' },
    { type: 'button', title: 'Put 250 g into the basket', click: { actions: [{ type: 'publishText', text: '250 g, please' }] } },
    { type: 'button', title: 'How to brew it', click: { actions: [{ type: 'link', uri: 'https://morrow.example/brewing' }] } },
  ],
};

export const grinds = {
  type: 'quickReplies', itemsPerRow: 3,
  replies: ['Whole', 'Filter', 'Moka pot'].map(title => ({ type: 'button', title, click: { actions: [{ type: 'publishText', text: title }] } })),
};

/** A working day behind them: conversations that came, were answered and are over. */
export async function pastDay(brand: Brand, agent: AgentSocket, skillId: string, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const { socket, id } = await visitor(brand, i, skillId);
    await agent.accept(id);
    await agent.say(id, 'Hello, let me have a look.');
    await socket.say(id, 'Thank you!');
    await agent.say(id, 'Gladly.');
    await agent.end(id);
    await socket.update(id, { field: 'CSATRate', csatRate: i % 4 === 3 ? 3 : 5, csatResolutionConfirmation: i % 4 !== 3, status: 'FILLED' });
    socket.close();
  }
}
