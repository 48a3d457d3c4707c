/** Long enough for the runner to be there; sooner than that nothing is to be sent again. */
const FIRST_LOOK_MS = 5_000;

/** Next calls this once, when the server starts. A hosted Ferry's processes come and go: there, whoever looks does it. */
export function register(): void {
  if (process.env.NEXT_RUNTIME !== "nodejs" || process.env.FERRY_MODE !== "embedded") return;
  setTimeout(async () => {
    const { keepSendingAgain } = await import("@/lib/imports/send-again");
    keepSendingAgain();
  }, FIRST_LOOK_MS);
}
