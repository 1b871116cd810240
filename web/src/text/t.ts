// Texts by key, with typed places to fill and plural forms: t('inbox.shown', { n: 3 }).
// A language is one catalogue; English is the source that the others must match.
import { en } from './en';

type Forms = { readonly one?: string; readonly other: string };
type Catalogue = typeof en;
export type TextKey = keyof Catalogue;

type Places<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Places<Rest> : never;
type Text<K extends TextKey> = Catalogue[K] extends Forms ? Catalogue[K]['other'] : Catalogue[K];
type Values<K extends TextKey> = Catalogue[K] extends Forms
  ? Record<Places<Text<K>> | 'n', string | number>
  : Record<Places<Text<K>>, string | number>;
type Args<K extends TextKey> = [keyof Values<K>] extends [never] ? [] : [Values<K>];

const locale = 'en';
const plural = new Intl.PluralRules(locale);
const whole = new Intl.NumberFormat(locale);

export function t<K extends TextKey>(key: K, ...args: Args<K>): string {
  const values = (args[0] ?? {}) as Record<string, string | number>;
  // The server may know a word that this console does not yet: show it as it is.
  const entry: string | Forms = en[key] ?? key.slice(key.lastIndexOf('.') + 1);
  let text: string;
  if (typeof entry === 'string') {
    text = entry;
  } else {
    const one = entry.one !== undefined && plural.select(Number(values.n)) === 'one';
    text = one && entry.one ? entry.one : entry.other;
  }
  return text.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name];
    if (value === undefined) return place;
    return typeof value === 'number' ? whole.format(value) : value;
  });
}
