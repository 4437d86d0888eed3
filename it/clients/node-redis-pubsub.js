// Publishing and subscribing with node-redis: channels, patterns, shard channels, a broken connection;
// in RESP3, its default, and in RESP2.
import { createClient } from 'redis';
import { fail, say, until } from './common.js';

for (const RESP of [3, 2]) {
  say('RESP', RESP);
  const publisher = await createClient({ url: process.argv[2], RESP }).on('error', fail).connect();
  const broken = [];
  const subscriber = await publisher.duplicate().on('error', (error) => broken.push(error.constructor.name)).connect();
  const second = await publisher.duplicate().on('error', fail).connect();

  const got = [];
  const take = (who) => (message, channel) => got.push([who, channel, message]);
  const read = async (count) => {
    await until(`${count} messages, not ${JSON.stringify(got)}`, () => got.length >= count);
    return got.splice(0).sort();
  };

  await subscriber.subscribe('news', take('first'));
  await subscriber.subscribe(['news', 'weather'], take('first again'));
  await second.subscribe('news', take('second'));
  await second.pSubscribe(['n?ws', 'w*'], take('pattern'));
  say('news', [await publisher.publish('news', 'größer €'), await read(4)]);
  say('weather', [await publisher.publish('weather', 'rain'), await read(2)]);
  say('nobody', await publisher.publish('nobody', 'listens'));

  await subscriber.subscribe('bytes', (message, channel) => got.push([[...message], channel.toString()]), true);
  say('bytes', [await publisher.publish('bytes', Buffer.from([0, 255, 13, 10])), await read(1)]);

  await subscriber.sSubscribe('shard', take('shard'));
  say('shard', [await publisher.sPublish('shard', 'one'), await publisher.publish('shard', 'other'), await read(1)]);

  say('channels', (await publisher.pubSubChannels()).sort());
  say('channels like', await publisher.pubSubChannels('n*'));
  say('numsub', { ...(await publisher.pubSubNumSub(['news', 'weather', 'missing'])) });
  say('numpat', await publisher.pubSubNumPat());
  say('shard channels', [await publisher.pubSubShardChannels(), { ...(await publisher.pubSubShardNumSub(['shard'])) }]);

  const expected = [];
  await subscriber.subscribe('many', (message) => got.push(message));
  for (let i = 0; i < 5000; i++) {
    publisher.publish('many', String(i));
    expected.push(String(i));
  }
  await until('many messages', () => got.length === 5000);
  say('in order', got.splice(0).every((message, i) => message === expected[i]));

  say('requests of a subscriber', [await second.ping(), await second.get('missing').catch((error) => error.message)]);

  const id = (await publisher.sendCommand(['CLIENT', 'LIST', 'TYPE', 'pubsub'])).match(/id=(\d+)/)[1];
  say('killed', await publisher.sendCommand(['CLIENT', 'KILL', 'ID', id]));
  await until('a new subscription', async () => broken.length && (await publisher.pubSubNumSub('news')).news == 2);
  await until('a new shard subscription', async () => (await publisher.pubSubShardNumSub('shard')).shard == 1);
  say('after reconnecting', [await publisher.publish('news', 'again'), await read(4)]);
  say('shard after reconnecting', [await publisher.sPublish('shard', 'again'), await read(1)]);

  await second.pUnsubscribe('w*');
  await subscriber.unsubscribe('weather');
  say('fewer', [await publisher.publish('weather', 'sun'), await publisher.pubSubNumPat()]);
  await second.pUnsubscribe();
  await second.unsubscribe();
  await subscriber.unsubscribe();
  await subscriber.sUnsubscribe();
  say('none', [await publisher.publish('news', 'x'), await publisher.pubSubChannels(), await publisher.pubSubShardChannels()]);
  say('usable afterwards', [String(await second.set('k', 'v')), String(await second.get('k')), got]);

  for (const client of [publisher, subscriber, second]) {
    await client.close();
  }
}
console.log('closed');
