import { readFile } from 'node:fs/promises';
import { give, png } from './support/files.ts';
import { expect, test } from './support/test.ts';

test('files go both ways: dropped by the consumer, pasted by the agent', async ({ brand, openWindow, openWorkspace }) => {
  const agent = await openWorkspace(await brand.agent('Ada'));
  await agent.state('Online');
  const consumer = await (await openWindow()).open();
  await consumer.say('They look like this:');
  await agent.takeRing();
  await expect(agent.message('They look like this:')).toBeVisible();

  const shoe = png('shoe.png', 80, 60);
  await give(consumer.composer, 'drop', shoe);
  await expect(consumer.panel.getByRole('button', { name: 'Remove shoe.png' }), 'one may think better of it').toBeVisible();
  await consumer.composer.fill('the left one');
  await consumer.composer.press('Enter');
  const shown = agent.messages.getByRole('img', { name: /the left one|shoe/ });
  await expect(shown).toBeVisible();
  await expect.poll(() => shown.evaluate(image => (image as HTMLImageElement).naturalWidth)).toBe(80);
  await expect(consumer.panel.getByRole('img', { name: /the left one|shoe/ })).toBeVisible();
  await expect(agent.messages.getByText('the left one')).toBeVisible();

  const label = png('label.png', 120, 40, [200, 40, 40]);
  await give(agent.composer, 'paste', label);
  await expect(agent.page.getByRole('list', { name: 'Attached files' }).getByText('label.png')).toBeVisible();
  await agent.composer.press('Enter');
  const received = consumer.panel.getByRole('img').last();
  await expect.poll(() => received.evaluate(image => (image as HTMLImageElement).naturalWidth)).toBe(120);

  const saved = consumer.page.context().waitForEvent('page').then(page => page.waitForEvent('download'), () => null);
  const download = consumer.page.waitForEvent('download').catch(() => null);
  await consumer.panel.getByRole('button', { name: /^Save/ }).last().click();
  const file = await Promise.race([download, saved]);
  expect(await readFile((await file!.path())!)).toEqual(label.bytes);
});

test('what is no picture is a document with its name', async ({ brand, openWindow, openWorkspace }) => {
  const agent = await openWorkspace(await brand.agent('Ada'));
  await agent.state('Online');
  const consumer = await (await openWindow()).open();
  await consumer.say('hello');
  await agent.takeRing();
  await give(agent.composer, 'drop', { name: 'prices.txt', type: 'text/plain', bytes: Buffer.from('42\n') });
  await agent.composer.press('Enter');
  await expect(consumer.panel.getByRole('button', { name: /^Save/ })).toBeVisible();
  await expect(agent.messages.getByRole('button', { name: /prices/ })).toBeVisible();
});

const active = '<svg xmlns="http://www.w3.org/2000/svg" onload="pwned()"><script>pwned()</script></svg>';

test('files that could run are refused with a word, and no file is served as a page', async ({ server, brand, openWindow }) => {
  const agent = await brand.agentSocket(await brand.agent('Ada'));
  await agent.state('ONLINE');
  const consumer = await (await openWindow()).open();
  await consumer.say('hello');
  const { convId } = await agent.anyRing();
  await agent.accept(convId);
  for (const file of [{ name: 'a.svg', type: 'image/svg+xml' }, { name: 'a.html', type: 'text/html' }]) {
    await give(consumer.composer, 'drop', { ...file, bytes: Buffer.from(active) });
    await expect(consumer.panel.getByRole('alert')).toContainText(file.name);
    await expect(consumer.panel.getByRole('button', { name: `Remove ${file.name}` })).toHaveCount(0);
  }

  // The server does not believe what clients say of a file: neither by these kinds, nor under the name of another.
  for (const fileType of ['SVG', 'HTML']) {
    await expect(agent.frames.request('.ams.ms.GenerateURLForUploadFile', { fileSize: active.length, fileType })).rejects.toThrow(/ 400 /);
  }
  const upload = await agent.frames.request('.ams.ms.GenerateURLForUploadFile', { fileSize: active.length, fileType: 'PNG' });
  const put = await fetch(`${server.url}${upload.relativePath}?${new URLSearchParams(upload.queryParams)}`, { method: 'PUT', body: active });
  expect(put.status).toBeGreaterThanOrEqual(400);

  const text = await agent.frames.request('.ams.ms.GenerateURLForUploadFile', { fileSize: active.length, fileType: 'TXT' });
  expect((await fetch(`${server.url}${text.relativePath}?${new URLSearchParams(text.queryParams)}`, { method: 'PUT', body: active })).status).toBe(201);
  await agent.publish(convId, { type: 'ContentEvent', contentType: 'hosted/file', message: { caption: 'a.html', relativePath: text.relativePath, fileType: 'TXT' } });
  const address = await agent.frames.request('.ams.ms.GenerateURLForDownloadFile', { relativePath: text.relativePath });
  const served = await fetch(`${server.url}${address.relativePath}?${new URLSearchParams(address.queryParams)}`);
  expect(served.headers.get('content-type')).not.toMatch(/html|svg|xml/);
  expect(served.headers.get('content-disposition')).toMatch(/^attachment/);
  expect(served.headers.get('x-content-type-options')).toBe('nosniff');
});
