// Starts one demo for all files; each gets its address and its people from here.
import type { TestProject } from 'vitest/node';
import type { Person } from './browser';
import { start } from './server';

declare module 'vitest' {
  interface ProvidedContext {
    url: string;
    admin: Person;
    agent: Person;
  }
}

export default async function setup(project: TestProject) {
  const demo = await start('demo', '--tickets', process.env.DESKWISE_DEMO_TICKETS ?? '8000');
  project.provide('url', demo.url);
  project.provide('admin', personIn(demo.output(), 'admin'));
  project.provide('agent', personIn(demo.output(), 'agent'));
  return demo.stop;
}

/** A line of what the demo prints: role, address, password. */
export function personIn(output: string, role: string): Person {
  const line = new RegExp(`^\\s*${role}\\s+(\\S+@\\S+)\\s+(\\S+)`, 'm').exec(output);
  if (!line?.[1] || !line[2]) throw new Error(`the demo printed no ${role}:\n${output}`);
  return { email: line[1], password: line[2] };
}
