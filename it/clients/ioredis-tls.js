// ioredis over TLS: the port, the authority, and the certificate and key of the client if it has to show one.
import { readFileSync as read } from 'fs';
import { Redis } from 'ioredis';
import { fail, say } from './common.js';

const [port, ca, cert, key] = process.argv.slice(2);
const tls = { ca: read(ca) };
if (cert) Object.assign(tls, { cert: read(cert), key: read(key) });
const redis = new Redis(+port, '127.0.0.1', { tls });
redis.on('error', fail);

const large = 'x'.repeat(3000000);
say('set', await redis.set('k', large));
say('get', (await redis.get('k')) === large);
say('pipeline', (await redis.pipeline().incr('n').incr('n').exec()).map(([, answer]) => answer));
await redis.quit();
