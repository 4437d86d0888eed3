// Sessions of a web application in Redis: express-session with connect-redis.
import { createServer } from 'node:http';
import { promisify } from 'node:util';
import { RedisStore } from 'connect-redis';
import session from 'express-session';
import { createClient } from 'redis';
import { fail, say } from './common.js';

const client = await createClient({ url: process.argv[2] }).on('error', fail).connect();
await client.flushDb();
const store = new RedisStore({ client, prefix: 'app:', ttl: 600, scanCount: 2 });
const withSession = session({ store, secret: 'not secret', resave: false, saveUninitialized: false });

// A web server that counts what each visitor has seen.
const server = createServer((request, response) => {
  request.originalUrl = request.url;
  withSession(request, response, () => {
    if (request.url === '/logout') {
      request.session.destroy(() => response.end('bye'));
    } else {
      request.session.views = (request.session.views ?? 0) + 1;
      response.end(`seen ${request.session.views}`);
    }
  });
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

const visitor = () => {
  let cookie = '';
  return async (path) => {
    const response = await fetch(`http://127.0.0.1:${server.address().port}${path}`, { headers: { cookie } });
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    return response.text();
  };
};
const anna = visitor();
const ben = visitor();
say('anna', [await anna('/'), await anna('/'), await anna('/')]);
say('ben', await ben('/'));
const keys = await client.keys('*');
say('keys', keys.map((key) => key.slice(0, 4)));
say('ttl', (await Promise.all(keys.map((key) => client.ttl(key)))).map((ttl) => ttl > 590 && ttl <= 600));
say('bye', [await anna('/logout'), (await client.keys('*')).length, await anna('/'), await ben('/')]);

// The store itself.
const call = Object.fromEntries(
  ['set', 'get', 'touch', 'destroy', 'all', 'length', 'ids', 'clear'].map((name) => [name, promisify(store[name].bind(store))]),
);
await call.clear();
say('clear', [await call.length(), await call.all()]);
for (let i = 0; i < 20; i++) {
  await call.set(`s${i}`, { cookie: {}, user: i });
}
say('set', [await call.length(), (await call.ids()).sort().slice(0, 3)]);
say('get', [await call.get('s7'), await call.get('missing')]);
say('raw', await client.get('app:s7'));
say('all', (await call.all()).map(({ id, user }) => `${id}=${user}`).sort());
await client.expire('app:s7', 10);
await call.touch('s7', { cookie: {} });
say('touch', (await client.ttl('app:s7')) > 590);
await call.set('s8', { cookie: { expires: new Date(Date.now() + 30000) } });
say('expires', (await client.ttl('app:s8')) <= 30);
await call.set('s8', { cookie: { expires: new Date(0) } });
say('expired', await call.get('s8'));
await call.destroy('s7');
say('destroy', [await call.get('s7'), await call.length()]);
await client.set('other', 'stays');
await call.clear();
say('clear', [await call.length(), await client.get('other')]);

server.close();
await client.close();
console.log('closed');
