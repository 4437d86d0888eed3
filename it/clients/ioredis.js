// What an application does with ioredis and its default settings; prints every answer.
import { Redis } from 'ioredis';
import { fail, say } from './common.js';

const redis = new Redis(process.argv[2]);
redis.on('error', fail);

say('ping', await redis.ping());
say('flush', await redis.flushdb());

say('set', await redis.set('greeting', 'hello'));
say('get', await redis.get('greeting'));
say('get missing', await redis.get('missing'));
say('set nx', await redis.set('greeting', 'other', 'NX'));
say('set ex', await redis.set('timed', 'x', 'EX', 100));
say('getset', await redis.getset('greeting', 'bye'));
say('append', await redis.append('greeting', ' now'));
say('mset', await redis.mset('a', '1', 'b', '2', 'c', '3'));
say('mset object', await redis.mset({ d: '4', e: '5' }));
say('mget', await redis.mget('a', 'missing', 'c'));
say('buffer', [await redis.set('raw', Buffer.from([0, 255, 13, 10])), [...(await redis.getBuffer('raw'))]]);
say('umlaut', [await redis.set('ü', 'größer €'), await redis.get('ü')]);

say('incr', await redis.incr('counter'));
say('incrby', await redis.incrby('counter', 41));
say('incrbyfloat', await redis.incrbyfloat('counter', 0.5));
say('big', [await redis.set('big', '9007199254740993'), await redis.incr('big')].length);

say('ttl', await redis.ttl('timed'));
say('pexpire', await redis.pexpire('timed', 50000));
say('persist', await redis.persist('timed'));
say('exists', await redis.exists('timed', 'missing'));
say('unlink', await redis.unlink('timed', 'missing'));

const keys = [];
for await (const batch of redis.scanStream({ match: '?', count: 2 })) {
  keys.push(...batch);
}
say('scan', keys.sort());
say('keys', (await redis.keys('[a-c]')).sort());

const pipeline = redis.pipeline();
for (let i = 0; i < 1000; i++) {
  pipeline.incrby('many', i);
}
say('pipeline', (await pipeline.exec()).at(-1));
say('pipeline error', (await redis.pipeline().incr('greeting').get('b').exec()).map(([error, value]) => error?.message ?? value));
say('multi', await redis.multi().set('m', '1').incr('m').get('m').exec());
say('multi without pipeline', [
  await redis.multi({ pipeline: false }),
  await redis.incr('m'),
  await redis.exec(),
]);
await redis.watch('m');
await redis.set('m', 'changed');
say('watch', await redis.multi().set('m', '9').exec());

say('bitfield', await redis.bitfield('bits', 'SET', 'u8', 0, 200, 'GET', 'u4', 0));
say('error', await redis.incr('greeting').catch((error) => error.message));
say('unknown', await redis.call('NOSUCHCOMMAND', 'x').catch((error) => error.message));
say('config', await redis.config('GET', 'databases'));
say('setname', [await redis.client('SETNAME', 'me'), await redis.client('GETNAME')]);
say('client', / name=me .* db=0 /.test(await redis.client('INFO')));
say('info', /redis_version:\d+\.\d+\.\d+/.test(await redis.info()));
say('select', [await redis.select(3), await redis.get('a'), await redis.dbsize()]);
say('swap', [await redis.swapdb(0, 3), await redis.get('b'), await redis.swapdb(3, 0)]);
say('quit', await redis.quit());

const inThree = new Redis(process.argv[2] + '/3', { connectionName: 'three' });
say('url with database', [/ name=three .* db=3 /.test(await inThree.client('INFO')), await inThree.dbsize()]);
inThree.disconnect();
console.log('closed');
