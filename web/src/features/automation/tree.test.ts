import { categories } from '@mock/company';
import { describe, expect, it } from 'vitest';
import { choices, inTree } from './tree';

const named = (name: string) => categories.find((one) => one.name.startsWith(name));

describe('categories in a tree', () => {
  it('stand below their parent, and none is lost', () => {
    const tree = inTree(categories);
    expect(tree).toHaveLength(categories.length);
    const parent = tree.findIndex((one) => one.id === named('Ads')?.id);
    expect(tree[parent + 1]?.id).toBe(named('App crashes')?.id);
  });

  it('are chosen from groups that their parents head', () => {
    const group = choices(categories).find((one) => 'group' in one);
    expect(group).toMatchObject({
      group: 'Ads and billing',
      items: [{ label: 'Ads and billing' }, { label: named('App crashes')?.name }],
    });
  });
});
