// Live events: each kind of change makes the queries that show it stale. Changes are
// gathered for a moment, because a busy hour brings many of them at once.
import type { QueryClient } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { path } from './client';
import type { LiveEvent } from './types';

type Key = readonly unknown[];

const lists: Key[] = [['tickets'], ['counts']];

export function staleKeys(event: LiveEvent): Key[] {
  const ticket: Key[] = event.ticket === null ? [] : [['ticket', event.ticket]];
  const [subject] = event.kind.split('.');
  switch (subject) {
    case 'ticket':
    case 'message':
    case 'rating':
    case 'reply':
      return [...lists, ...ticket, ['metrics'], ['history', event.ticket]];
    case 'decision':
      return [...lists, ...ticket, ['reading', event.ticket], ['metrics']];
    case 'policy':
    case 'category':
      return [['categories'], ['guardrail'], ['metrics']];
    case 'review':
      return [['reviews'], ['guardrail'], ['history', event.ticket]];
    case 'guardrail':
      return [['categories'], ['guardrail']];
    case 'experiment':
      return [['experiments']];
    case 'drift':
      return [['drift'], ['categories']];
    case 'model':
    case 'training':
      return [['models'], ...(subject === 'model' ? [['categories'], ['session']] : [])];
    case 'mail':
      return [['mailbox'], ['mail'], ['dead'], ['counts'], ...ticket];
    case 'settings':
      return [['settings'], ['session']];
    case 'answer':
      return [['answers'], ['answer'], ['session']];
    case 'labels':
      return [['learning']];
    case 'user':
      return [['users'], ['invitations']];
    case 'rule':
      return [['rules']];
    default:
      return [];
  }
}

export function gatherer(client: QueryClient, wait = 400) {
  let waiting = new Map<string, Key>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    const keys = [...waiting];
    waiting = new Map();
    for (const [name, queryKey] of keys) {
      // Asking again would cut off what is under way: where changes never cease, nothing would ever arrive.
      if (client.isFetching({ queryKey }) > 0) waiting.set(name, queryKey);
      else client.invalidateQueries({ queryKey });
    }
    timer = waiting.size > 0 ? setTimeout(flush, wait) : undefined;
  };
  return {
    take(event: LiveEvent) {
      for (const key of staleKeys(event)) waiting.set(JSON.stringify(key), key);
      timer ??= setTimeout(flush, wait);
    },
    stop() {
      clearTimeout(timer);
    },
  };
}

export function useLiveEvents() {
  const client = useQueryClient();
  useEffect(() => {
    const gather = gatherer(client);
    const source = new EventSource(path('/events'));
    let wasBroken = false;
    source.addEventListener('change', (message) => {
      gather.take(JSON.parse(message.data) as LiveEvent);
    });
    // Some changes were left out: everything shown is read again.
    source.addEventListener('reset', () => client.invalidateQueries());
    source.addEventListener('error', () => {
      wasBroken = true;
    });
    source.addEventListener('open', () => {
      // What happened while the line was down may not come again.
      if (wasBroken) client.invalidateQueries();
      wasBroken = false;
    });
    return () => {
      gather.stop();
      source.close();
    };
  }, [client]);
}
