type Environment = Readonly<Record<string, string | undefined>>;

/** Whether people sign in here: always where Ferry is hosted, and embedded if it was asked for. Pure. */
export const asksForSignIn = (environment: Environment = process.env): boolean =>
  environment.FERRY_MODE !== "embedded" || environment.FERRY_ACCOUNTS === "on";
