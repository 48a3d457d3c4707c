/** An answer that is not what was asked for, in the form in which Neon gives it. */
export class NeonApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly code: string = "",
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
    this.name = "NeonApiError";
  }
}

export const notFound = (what: string) => new NeonApiError(404, `${what} not found`);

export const badRequest = (message: string) => new NeonApiError(400, message);

/** 409: there is one by that name. */
export const exists = (what: string, name: string) => new NeonApiError(409, `${what} "${name}" already exists`);

/** 422: the request is well-formed, and refused for what it would do. */
export const refused = (message: string, code?: string) => new NeonApiError(422, message, code);

/** 423: safe to try again when what is under way is done. */
export const locked = () =>
  new NeonApiError(423, "project already has running conflicting operations, scheduling of new ones is prohibited");

export const outsideProject = () =>
  new NeonApiError(404, "not allowed to perform actions outside the project this key is scoped to");
