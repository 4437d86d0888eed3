// A cache with keyv and its Redis adapter: namespaces, times to live, iteration.
import { createKeyv } from '@keyv/redis';
import { createClient } from 'redis';
import { fail, say, sleep } from './common.js';

const uri = process.argv[2];
const client = await createClient({ url: uri }).on('error', fail).connect();
await client.flushDb();

const users = createKeyv(uri, { namespace: 'users' }).on('error', fail);
const pages = createKeyv(uri, { namespace: 'pages', keyPrefixSeparator: '/' }).on('error', fail);
const plain = createKeyv(uri).on('error', fail);

say('set', [await users.set('1', { name: 'Anna', tags: ['ä', '€'] }), await users.set('2', 'Ben'), await pages.set('1', 'text')]);
say('get', [await users.get('1'), await users.get('2'), await pages.get('1'), await pages.get('2')]);
say('keys', (await client.keys('*')).sort());
say('raw', await client.get('users::1'));
say('has', [await users.has('1'), await users.has('9'), await users.has(['1', '9', '2'])]);
say('getMany', await users.get(['1', '9', '2']));
say('setMany', await users.setMany([{ key: '3', value: 3 }, { key: '4', value: 4, ttl: 60000 }]));
const ttl = await client.pTTL('users::4');
say('ttl', [ttl > 50000 && ttl <= 60000, await client.pTTL('users::3')]);
say('raw get', await users.get('3', { raw: true }));

await users.set('brief', 'x', 1000);
say('before', await users.get('brief'));
await sleep(1500);
say('after', [await users.get('brief'), await users.has('brief'), await client.exists('users::brief')]);

for (let i = 0; i < 300; i++) {
  await plain.set(`k${i}`, i);
}
const found = async (cache) => {
  const entries = [];
  for await (const [key, value] of cache.iterator()) {
    entries.push([key, value]);
  }
  return entries.sort();
};
say('iterate users', await found(users));
say('iterate pages', await found(pages));
say('iterate plain', (await found(plain)).length);

say('delete', [await users.delete('2'), await users.delete('2'), await users.delete(['3', '9'])]);
await users.clear();
say('clear', [await users.get('1'), await pages.get('1'), await plain.get('k7'), await client.dbSize()]);
await pages.clear();
say('clear pages', await client.dbSize());

for (const cache of [users, pages, plain]) {
  await cache.disconnect();
}
await client.close();
console.log('closed');
