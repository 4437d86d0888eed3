// What an application does with node-redis and its default settings; prints every answer.
import { createClient } from 'redis';
import { fail, say } from './common.js';

const client = createClient({ url: process.argv[2] });
client.on('error', fail);
await client.connect();

say('ping', await client.ping());
say('flush', await client.flushDb());

say('set', await client.set('greeting', 'hello'));
say('get', await client.get('greeting'));
say('get missing', await client.get('missing'));
say('set nx', await client.set('greeting', 'other', { condition: 'NX' }));
say('set get', await client.set('greeting', 'bye', { GET: true }));
say('append', await client.append('greeting', ' now'));
say('range', await client.getRange('greeting', 0, 2));
say('strlen', await client.strLen('greeting'));
say('mset', await client.mSet({ a: '1', b: '2', c: '3' }));
say('mget', await client.mGet(['a', 'missing', 'c']));
say('umlaut', [await client.set('ü', 'größer €'), await client.get('ü')]);
say('long', (await client.set('long', 'x'.repeat(300000)), (await client.get('long')).length));

say('incr', await client.incr('counter'));
say('incrby', await client.incrBy('counter', 41));
say('decr', await client.decr('counter'));
say('incrbyfloat', await client.incrByFloat('counter', 0.5));

say('setex', await client.setEx('session', 100, 'data'));
say('ttl', await client.ttl('session'));
say('persist', await client.persist('session'));
say('expire', await client.expire('session', 200));
say('getex', await client.getEx('session', { type: 'EX', value: 50 }));
say('ttl', await client.ttl('session'));
say('exists', await client.exists(['session', 'missing', 'a']));
say('type', await client.type('a'));
say('del', await client.del(['session', 'missing']));

const keys = [];
for await (const batch of client.scanIterator({ MATCH: '[abc]', COUNT: 2 })) {
  keys.push(...batch);
}
say('scan', keys.sort());
say('keys', (await client.keys('*')).sort());
say('dbsize', await client.dbSize());

say('pipeline', await Promise.all([...Array(1000).keys()].map((i) => client.incrBy('many', i))).then((all) => all.at(-1)));
say('multi', await client.multi().set('m', '1').incr('m').get('m').mGet(['m', 'missing']).exec());
say('multi pipeline', await client.multi().incr('m').incr('m').execAsPipeline());
await client.watch('m');
await client.set('m', 'changed');
say('watch', await client.multi().set('m', '9').exec().catch((error) => error.constructor.name));

say('bits', [await client.setBit('bits', 7, 1), await client.getBit('bits', 7), await client.bitCount('bits')]);
say('error', await client.incr('greeting').catch((error) => error.message));
say('unknown', await client.sendCommand(['NOSUCHCOMMAND', 'x']).catch((error) => error.message));
say('config', await client.configGet('databases'));
say('setname', await client.clientSetName('me'));
say('getname', await client.clientGetName());
const info = await client.clientInfo();
say('client', [info.name, info.db, info.user, info.resp]);
say('info', /redis_version:\d+\.\d+\.\d+/.test(await client.info('server')));
say('time', (await client.time()) !== null);
say('select', [await client.select(3), await client.get('a'), await client.dbSize()]);
say('rename', [await client.select(0), await client.rename('a', 'z'), await client.get('z')]);

const other = await client.duplicate().connect();
say('second', await other.get('b'));
await other.close();
await client.close();
console.log('closed');
