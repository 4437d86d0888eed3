// Client-side caching of node-redis: it keeps what it has read and is told by the server what has changed.
import { BasicClientSideCache, createClient } from 'redis';
import { fail, say, sleep } from './common.js';

const url = process.argv[2];
const other = await createClient({ url }).on('error', fail).connect();
await other.flushDb();
const cache = new BasicClientSideCache({ maxEntries: 100, evictPolicy: 'LRU' });
const client = await createClient({ url, RESP: 3, clientSideCache: cache }).on('error', fail).connect();

// Reads when the news of earlier writes must have come, and tells whether the server was asked.
const read = async (what, call) => {
  await sleep(100);
  const before = cache.stats().missCount;
  say(what, [await call(), cache.stats().missCount > before ? 'asked' : 'kept']);
};

await other.set('k', '1');
await read('first', () => client.get('k'));
await read('second', () => client.get('k'));
await other.set('k', 'größer €');
await read('after a write', () => client.get('k'));
await read('again', () => client.get('k'));
await client.set('k', 'its own');
await read('after its own write', () => client.get('k'));
await other.mSet({ a: '1', b: '2' });
await read('mget', () => client.mGet(['a', 'b', 'missing']));
await read('mget again', () => client.mGet(['a', 'b', 'missing']));
await other.set('missing', 'there');
await read('mget after a new key', () => client.mGet(['a', 'b', 'missing']));
await other.hSet('h', { name: 'Anna', age: 7 });
await read('hgetall', () => client.hGetAll('h'));
await read('hgetall again', () => client.hGetAll('h'));
await other.hIncrBy('h', 'age', 1);
await read('hgetall after hincrby', () => client.hGetAll('h'));
await other.set('brief', 'x', { expiration: { type: 'PX', value: 1000 } });
await read('brief', () => client.get('brief'));
await sleep(1500);
await read('expired', () => client.get('brief'));
await other.rename('b', 'c');
await read('renamed', () => client.mGet(['b', 'c']));
await other.flushDb();
await read('after flushdb', () => client.get('k'));
for (let i = 0; i < 300; i++) {
  await client.get(`key:${i}`);
}
say('bounded', cache.size());

await client.close();
await other.close();
console.log('closed');
