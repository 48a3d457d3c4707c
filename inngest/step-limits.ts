/**
 * Steps of one run of a lane; then the import starts the lane's next leg. Engines allow a thousand in a run, and each
 * that is done costs every later call a little. So no run shall have more than 200: the more a leg has, the fewer legs
 * the import's own run has to invoke. `e2e/steps` goes through the largest imports that are likely.
 */
export const STEPS_PER_LEG = 180;

/** Snapshots that one run may lose: a source that loses them again and again needs a person. */
export const MAX_ROUNDS = 8;

/** Steps of an import's own run: one for each leg of each lane, beside a few in every round, and at both ends. */
export function importSteps(lanes: number, legsOfRounds: number[]): number {
  const begin = 1;
  const verifyAndFinish = 2;
  const epochs = legsOfRounds.length - 1;
  const plansAndLegs = legsOfRounds.reduce((sum, legs) => sum + 1 + legs * lanes, 0);
  return begin + epochs + plansAndLegs + verifyAndFinish;
}
