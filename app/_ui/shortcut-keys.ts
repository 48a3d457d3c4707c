export type ShortcutAct = { show: true } | { search: true } | { href: string };

export interface Shortcut {
  keys: readonly [string, ...string[]];
  word: string;
  act: ShortcutAct;
}

export const shortcuts: readonly Shortcut[] = [
  { keys: ["g", "i"], word: "Go to imports", act: { href: "/" } },
  { keys: ["g", "n"], word: "New import", act: { href: "/new" } },
  { keys: ["/"], word: "Search in the list of this page", act: { search: true } },
  { keys: ["?"], word: "Show the shortcuts", act: { show: true } },
];

/** What a key means after the one before it, which came soon enough; null where it means nothing. Pure. */
export function shortcutFor(key: string, before: string | null): ShortcutAct | null {
  const found = shortcuts.find(({ keys: [first, second] }) =>
    second === undefined ? first === key : first === before && second === key,
  );
  return found?.act ?? null;
}
