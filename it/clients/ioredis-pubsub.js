// Publishing and subscribing with ioredis: channels, patterns, shard channels, a broken connection;
// in RESP3, its default, and in RESP2.
import { Redis } from 'ioredis';
import { fail, say, until } from './common.js';

for (const protocol of [3, 2]) {
  say('RESP', protocol);
  const connect = () => new Redis(process.argv[2], { protocol }).on('error', fail);
  const publisher = connect();
  const first = connect();
  const second = connect();

  const got = [];
  for (const [who, client] of Object.entries({ first, second })) {
    client.on('message', (channel, message) => got.push([who, channel, message]));
    client.on('pmessage', (pattern, channel, message) => got.push([who, pattern, channel, message]));
    client.on('smessage', (channel, message) => got.push([who, 'shard', channel, message]));
  }
  const read = async (count) => {
    await until(`${count} messages, not ${JSON.stringify(got)}`, () => got.length >= count);
    return got.splice(0).sort();
  };

  say('subscribe', await first.subscribe('news', 'weather'));
  say('psubscribe', [await second.subscribe('news'), await second.psubscribe('n?ws', 'w*')]);
  say('news', [await publisher.publish('news', 'größer €'), await read(3)]);
  say('weather', [await publisher.publish('weather', 'rain'), await read(2)]);
  say('nobody', await publisher.publish('nobody', 'listens'));
  say('ssubscribe', await first.ssubscribe('shard'));
  say('shard', [await publisher.spublish('shard', 'one'), await publisher.publish('shard', 'other'), await read(1)]);

  say('channels', (await publisher.pubsub('CHANNELS')).sort());
  say('numsub', await publisher.pubsub('NUMSUB', 'news', 'weather', 'missing'));
  say('numpat', await publisher.pubsub('NUMPAT'));
  say('shard channels', [await publisher.pubsub('SHARDCHANNELS'), await publisher.pubsub('SHARDNUMSUB', 'shard')]);
  say('ping', await first.ping());
  say('get', await first.get('missing').catch((error) => error.message));

  const bytes = [];
  second.once('messageBuffer', (channel, message) => bytes.push(channel.toString(), ...message));
  await publisher.publish('news', Buffer.from([0, 255, 13, 10]));
  await read(3);
  say('bytes', bytes);

  await first.subscribe('many');
  const pipeline = publisher.pipeline();
  for (let i = 0; i < 5000; i++) {
    pipeline.publish('many', i);
  }
  await pipeline.exec();
  await until('many messages', () => got.length === 5000);
  say('in order', got.splice(0).every(([, , message], i) => message === String(i)));

  say('unsubscribe', [await first.unsubscribe('many'), await first.unsubscribe(), await first.sunsubscribe()]);
  say('punsubscribe', [await second.punsubscribe('w*'), await second.unsubscribe('news'), await second.punsubscribe()]);
  say('none', [await publisher.publish('news', 'x'), await publisher.pubsub('CHANNELS'), await publisher.pubsub('NUMPAT')]);
  say('usable afterwards', [await second.set('k', 'v'), await second.get('k'), got]);

  await first.subscribe('news', 'weather');
  await first.psubscribe('n*');
  await second.ssubscribe('shard');
  say('killed', await publisher.client('KILL', 'TYPE', 'pubsub'));
  await until('new subscriptions', async () => (await publisher.pubsub('NUMSUB', 'weather'))[1] === 1);
  await until('new patterns', async () => (await publisher.pubsub('NUMPAT')) === 1);
  await until('new shard subscriptions', async () => (await publisher.pubsub('SHARDNUMSUB', 'shard'))[1] === 1);
  say('after reconnecting', [await publisher.publish('news', 'again'), await read(2)]);
  say('shard after reconnecting', [await publisher.spublish('shard', 'again'), await read(1)]);

  for (const client of [publisher, first, second]) {
    client.disconnect();
  }
}
console.log('closed');
