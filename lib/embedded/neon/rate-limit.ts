import { NeonApiError } from "./api-error";

const MINUTE_MS = 60_000;

/** So many requests a minute, and no more; told with the time after which there is room again. */
export class RateLimit {
  private times: number[] = [];

  count(perMinute: number | undefined, nowMs = performance.now()): void {
    if (perMinute === undefined) return;
    this.times = this.times.filter((time) => nowMs - time < MINUTE_MS);
    const [first] = this.times;
    if (first !== undefined && this.times.length >= perMinute) {
      const waitSeconds = Math.ceil((first + MINUTE_MS - nowMs) / 1000);
      throw new NeonApiError(429, "request limit exceeded", "", waitSeconds);
    }
    this.times.push(nowMs);
  }
}
