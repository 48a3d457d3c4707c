import * as z from "zod";
import { badRequest, refused } from "../api-error";
import type { Desk } from "../call";
import type { ComputeSize } from "../new-records";

const MOST_DAYS = 30;
const DAY_MS = 86_400_000;
/** Postgres cuts what is longer. */
const NAME_BYTES = 63;

export const entityName = z.string().min(1).max(256);

/** Of a role or a database. */
export const catalogueName = z
  .string()
  .min(1)
  .refine((name) => Buffer.byteLength(name) <= NAME_BYTES, { message: `is longer than ${NAME_BYTES} bytes` })
  .refine((name) => !/^(pg_|neon_superuser$|cloud_admin$|postgres$|template[01]$)/.test(name), {
    message: "is reserved",
  })
  .refine((name) => !name.includes("\0"), { message: "has a null character" });

export const annotationValue = z.record(z.string(), z.string());

export const sizeSettings = {
  autoscaling_limit_min_cu: z.number().min(0.25).optional(),
  autoscaling_limit_max_cu: z.number().min(0.25).optional(),
  suspend_timeout_seconds: z.number().int().min(-1).max(604_800).optional(),
};

export interface SizeWish {
  autoscaling_limit_min_cu?: number;
  autoscaling_limit_max_cu?: number;
  suspend_timeout_seconds?: number;
}

const MOST_CU = 8;

export function computeUnits(desk: Desk, wish: SizeWish, usual: ComputeSize): ComputeSize {
  const maxCu = wish.autoscaling_limit_max_cu ?? Math.max(usual.maxCu, wish.autoscaling_limit_min_cu ?? 0);
  const minCu = wish.autoscaling_limit_min_cu ?? Math.min(usual.minCu, maxCu);
  if (minCu > maxCu) throw badRequest("autoscaling_limit_min_cu is greater than autoscaling_limit_max_cu");
  const limit = desk.misbehaviour.limits.maxCu ?? MOST_CU;
  if (maxCu > limit) throw refused(`autoscaling_limit_max_cu must be at most ${limit}`);
  return { minCu, maxCu, suspendTimeoutSeconds: wish.suspend_timeout_seconds ?? usual.suspendTimeoutSeconds };
}

export const expiry = z.iso.datetime({ offset: true });

/** As Neon has it: in the future, and within thirty days. */
export function checkExpiry(expiresAt: string): string {
  const leftMs = Date.parse(expiresAt) - Date.now();
  if (leftMs <= 0) throw badRequest("expires_at must be in the future");
  if (leftMs > MOST_DAYS * DAY_MS) throw badRequest(`expires_at must be within ${MOST_DAYS} days`);
  return new Date(expiresAt).toISOString();
}
