// Two web servers with socket.io and its Redis adapters: what one of them sends reaches the clients of the other.
import { createServer } from 'node:http';
import { createAdapter, createShardedAdapter } from '@socket.io/redis-adapter';
import { createClient } from 'redis';
import { Redis } from 'ioredis';
import { Server } from 'socket.io';
import { io } from 'socket.io-client';
import { fail, say, until } from './common.js';

const url = process.argv[2];
const nodeRedis = () => createClient({ url }).on('error', fail).connect();
const ioRedis = async () => new Redis(url).on('error', fail);

async function startServer(newAdapter, newRedis) {
  const redis = [await newRedis(), await newRedis()];
  const http = createServer();
  const server = new Server(http, { adapter: newAdapter(...redis) });
  server.on('connection', (socket) => {
    socket.on('join', async (room, joined) => joined(await socket.join(room)));
    socket.on('chat', (room, text) => socket.to(room).emit('chat', text));
  });
  await new Promise((resolve) => http.listen(0, '127.0.0.1', resolve));
  return { server, redis, url: `http://127.0.0.1:${http.address().port}` };
}

async function connect(name, { url }, got) {
  const socket = io(url, { forceNew: true, transports: ['websocket'] });
  await new Promise((resolve) => socket.on('connect', resolve));
  socket.on('chat', (text) => got.push([name, text]));
  socket.on('question', (text, answer) => answer(`${name} says yes to ${text}`));
  return socket;
}

async function tell(what, newAdapter, newRedis) {
  const one = await startServer(newAdapter, newRedis);
  const two = await startServer(newAdapter, newRedis);
  const got = [];
  const anna = await connect('anna', one, got);
  const ben = await connect('ben', two, got);
  const clara = await connect('clara', two, got);
  const read = async (count) => {
    await until(`${what}: ${count} messages, not ${JSON.stringify(got)}`, () => got.length >= count);
    return got.splice(0).sort();
  };

  await until('two servers', async () => (await one.server.of('/').adapter.serverCount()) === 2);
  one.server.emit('chat', 'to all');
  say(what + ': to all', await read(3));
  one.server.emit('chat', Buffer.from([0, 255]));
  say(what + ': bytes', (await read(3)).map(([name, bytes]) => [name, ...bytes]));
  for (const socket of [anna, ben]) {
    await socket.emitWithAck('join', 'room');
  }
  await until('two in the room', async () => (await one.server.in('room').fetchSockets()).length === 2);
  two.server.to('room').emit('chat', 'to the room');
  say(what + ': to the room', await read(2));
  anna.emit('chat', 'room', 'größer €');
  say(what + ': to the others', await read(1));
  say(what + ': answers', (await one.server.timeout(5000).emitWithAck('question', 'tea')).sort());
  say(what + ': sockets', (await two.server.fetchSockets()).length);
  two.server.on('between', (text, answer) => answer(`heard ${text}`));
  say(what + ': between servers', await one.server.serverSideEmitWithAck('between', 'hello'));
  one.server.in(ben.id).socketsJoin('late');
  await until('one in the other room', async () => (await one.server.in('late').fetchSockets()).length === 1);
  one.server.in('late').disconnectSockets();
  await until('ben has gone', () => ben.disconnected);
  say(what + ': left', (await one.server.fetchSockets()).length);
  say(what + ': nothing else', got);

  for (const client of [anna, ben, clara]) {
    client.disconnect();
  }
  for (const { server, redis } of [one, two]) {
    await server.close();
    await Promise.all(redis.map((client) => client.quit()));
  }
}

await tell('node-redis', createAdapter, nodeRedis);
await tell('ioredis', createAdapter, ioRedis);
await tell('node-redis, sharded', createShardedAdapter, nodeRedis);
await tell('ioredis, sharded', createShardedAdapter, ioRedis);
console.log('closed');
