// Starts the binary and waits until it says that it is ready.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const binary = resolve(
  process.env.DESKWISE_BINARY ?? join(import.meta.dirname, '../../target/debug/deskwise'),
);
// A demo trains a model before it serves.
const patience = 300_000;

export type Server = { url: string; output: () => string; stop: () => Promise<void> };

export async function start(command: 'serve' | 'demo', ...options: string[]): Promise<Server> {
  const data = await mkdtemp(join(tmpdir(), 'deskwise-e2e-'));
  const address = `127.0.0.1:${await freePort()}`;
  const child = spawn(binary, [command, '--data', data, '--listen', address, ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: withoutPlace(process.env),
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part) => {
      said += part;
    });
  }
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    await rm(data, { recursive: true, force: true });
  };
  const url = `http://${address}`;
  try {
    await ready(child, url);
  } catch (error) {
    await stop();
    throw new Error(`deskwise ${command}: ${error}\n${said}`);
  }
  return { url, output: () => said, stop };
}

/** In tests DESKWISE_DATA says where the shared data sets are; the binary would take it for its own place. */
function withoutPlace(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const {
    DESKWISE_DATA: _data,
    DESKWISE_DATABASE: _database,
    DESKWISE_CONFIG: _config,
    ...rest
  } = env;
  return rest;
}

async function ready(child: ChildProcess, url: string) {
  const end = Date.now() + patience;
  while (Date.now() < end) {
    if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}`);
    const response = await fetch(`${url}/readyz`).catch(() => null);
    if (response?.ok) return;
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error(`was not ready after ${patience / 1000} s`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
