/** What this process has of a kind, once: pages and routes have modules of their own, and meet here. */
export function inProcess<T>(name: string): Map<string, T> {
  const held = globalThis as unknown as Record<symbol, Map<string, T> | undefined>;
  const key = Symbol.for(`ferry.files.${name}`);
  const map = held[key] ?? new Map<string, T>();
  held[key] = map;
  return map;
}
