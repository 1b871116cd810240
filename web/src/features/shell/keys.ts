// Keyboard shortcuts: one listener for the window, maps that pages add and take away. The
// last map added is asked first. "g" opens a sequence ("g a"). Nothing fires while typing.
import { useEffect, useRef } from 'react';

export type KeyMap = Record<string, (event: KeyboardEvent) => void>;

const maps: { current: KeyMap }[] = [];
let opened = 0;
const patience = 1200;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.closest('input, textarea, select, [role="dialog"], [role="menu"]') !== null)
  );
}

export function handleKey(event: KeyboardEvent, now = Date.now()) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target)) return;
  const sequence = now - opened < patience;
  opened = 0;
  if (!sequence && event.key === 'g') {
    opened = now;
    return;
  }
  const key = event.key.length > 1 ? event.key.toLowerCase() : event.key;
  const name = sequence ? `g ${key}` : key;
  for (let index = maps.length - 1; index >= 0; index--) {
    const action = maps[index]?.current[name];
    if (action) {
      event.preventDefault();
      action(event);
      return;
    }
  }
}

export function useKeys(map: KeyMap) {
  const latest = useRef(map);
  useEffect(() => {
    latest.current = map;
  });
  useEffect(() => {
    if (maps.length === 0) window.addEventListener('keydown', listen);
    maps.push(latest);
    return () => {
      maps.splice(maps.indexOf(latest), 1);
      if (maps.length === 0) window.removeEventListener('keydown', listen);
    };
  }, []);
}

const listen = (event: KeyboardEvent) => handleKey(event);
