import type { Unit } from "./unit";

type Ranked = Pick<Unit, "id" | "cost" | "dependsOn">;

/**
 * Pure. What is left to do from the beginning of a unit to the end of the longest chain that waits for it. Lanes that
 * always take the unit of highest rank end together; by cost alone, a short unit that much waits for comes last.
 */
export function ranksOf(units: readonly Ranked[]): Map<string, number> {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const waiting = new Map(units.map(({ id }) => [id, 0]));
  const known = (unit: Ranked) => unit.dependsOn.filter((id) => byId.has(id));
  for (const unit of units) for (const id of known(unit)) waiting.set(id, (waiting.get(id) ?? 0) + 1);

  const tails = new Map<string, number>();
  const ranks = new Map<string, number>();
  // From the end: a unit's rank is known when those of all that wait for it are.
  const ready = units.filter(({ id }) => waiting.get(id) === 0);
  for (let unit = ready.pop(); unit; unit = ready.pop()) {
    const rank = unit.cost + (tails.get(unit.id) ?? 0);
    ranks.set(unit.id, rank);
    for (const id of known(unit)) {
      tails.set(id, Math.max(tails.get(id) ?? 0, rank));
      const left = (waiting.get(id) ?? 0) - 1;
      waiting.set(id, left);
      const before = byId.get(id);
      if (left === 0 && before) ready.push(before);
    }
  }
  return ranks;
}
