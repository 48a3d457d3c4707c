import { NeonApiError } from "./api-error";
import type { OperationAction } from "./records";

/** How the stand-in is to behave: what tests of its clients set. In the product nothing is set. */
export interface Behaviour {
  /** How long each operation takes at least. */
  operationMs?: number;
  /** How long each answer is held back. */
  answerMs?: number;
  calls?: CallFault[];
  operations?: OperationFault[];
  limits?: Limits;
}

/** What a plan allows. */
export interface Limits {
  projects?: number;
  branches?: number;
  maxCu?: number;
  branchSizeMb?: number;
  rolesPerBranch?: number;
  databasesPerBranch?: number;
  requestsPerMinute?: number;
}

export interface CallFault {
  /** By its `operationId` in the OpenAPI document, e.g. `createProjectBranch`; without it, any call counts. */
  call?: string;
  /** The how manieth of these calls is the first to be struck, from 1. Default 1. */
  nth?: number;
  /** How many in a row. Default 1. */
  times?: number;
  effect: CallEffect;
}

/** An error in place of the answer; or the connection is dropped `before` or `after` the call has had its effect. */
export type CallEffect =
  | { status: number; code?: string; message?: string; retryAfterSeconds?: number }
  | { drop: "before" | "after" };

export interface OperationFault {
  action?: OperationAction;
  nth?: number;
  times?: number;
  /** It fails for good, fails once and then works, or never ends: as long as it is told to behave so. */
  effect: "fail" | "fail-once" | "hang";
}

/** Counts calls and operations, and says which are to be struck. */
export class Misbehaviour {
  private seen = new Map<object, number>();

  constructor(private behaviour: Behaviour) {}

  get limits(): Limits {
    return this.behaviour.limits ?? {};
  }

  get operationMs(): number {
    return this.behaviour.operationMs ?? 0;
  }

  get answerMs(): number {
    return this.behaviour.answerMs ?? 0;
  }

  /** From now on; counts begin anew. */
  change(behaviour: Behaviour): void {
    this.behaviour = behaviour;
    this.seen = new Map();
  }

  ofCall(call: string): CallEffect | null {
    const faults = this.behaviour.calls ?? [];
    const struck = faults.filter((fault) => (!fault.call || fault.call === call) && this.isTurn(fault));
    return struck[0]?.effect ?? null;
  }

  /** To be asked once for each operation that begins; what it answers is asked again to learn of an end. */
  ofOperation(action: OperationAction): OperationFault | null {
    const faults = this.behaviour.operations ?? [];
    const struck = faults.filter((fault) => (!fault.action || fault.action === action) && this.isTurn(fault));
    return struck[0] ?? null;
  }

  isStill(fault: OperationFault): boolean {
    return this.behaviour.operations?.includes(fault) ?? false;
  }

  private isTurn(fault: { nth?: number; times?: number }): boolean {
    const count = (this.seen.get(fault) ?? 0) + 1;
    this.seen.set(fault, count);
    const first = fault.nth ?? 1;
    return count >= first && count < first + (fault.times ?? 1);
  }
}

const USUAL_MESSAGES: Record<number, string> = {
  401: "supplied credentials do not pass authentication",
  403: "this action is not allowed",
  429: "request limit exceeded",
  500: "internal server error",
  502: "bad gateway",
  503: "service unavailable",
};

export function errorOf(effect: Exclude<CallEffect, { drop: string }>): NeonApiError {
  const { status, code, retryAfterSeconds } = effect;
  const message = effect.message ?? USUAL_MESSAGES[status] ?? "the request failed";
  return new NeonApiError(status, message, code, retryAfterSeconds ?? (status === 429 ? 1 : undefined));
}
