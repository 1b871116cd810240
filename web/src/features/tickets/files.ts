// Files about to be sent: read when they are chosen, so that sending needs no waiting.
import { t } from '@/text/t';

export type OutgoingFile = { name: string; media_type: string; size: number; content: string };

/** Bytes of all files of a reply together; the server takes no more. */
export const mostBytes = 10 * 1024 * 1024;
export const mostFiles = 20;

const sum = (files: { size: number }[]) => files.reduce((total, one) => total + one.size, 0);

/** What is wrong with adding these, in words; nothing when they fit. */
export function tooMuch(known: OutgoingFile[], added: { size: number }[]): string | null {
  if (known.length + added.length > mostFiles) return t('compose.tooMany', { n: mostFiles });
  if (sum(known) + sum(added) > mostBytes) {
    return t('compose.tooLarge', { n: mostBytes / 1024 / 1024 });
  }
  return null;
}

export async function readFile(file: File): Promise<OutgoingFile> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
  return {
    name: file.name,
    media_type: file.type || 'application/octet-stream',
    size: file.size,
    content: url.slice(url.indexOf(',') + 1),
  };
}
