/** Long enough for the runner to be there; sooner than that nothing is to be sent again. */
const FIRST_LOOK_MS = 5_000;

/**
 * Next calls this once, when the server starts, and does not start it when this throws. A hosted Ferry's processes come
 * and go: what an embedded one does by itself again and again is done there by whoever looks.
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { listeningHost, refuseUnsigned } = await import("@/lib/security/signed-engine");
  refuseUnsigned(process.env, listeningHost(process.env));
  const { asksForSignIn } = await import("@/lib/security/sign-in-mode");
  if (asksForSignIn()) {
    const { sayHowToSetUp } = await import("@/lib/accounts/say-set-up");
    void sayHowToSetUp();
  }
  if (process.env.FERRY_MODE !== "embedded") return;
  setTimeout(async () => {
    const { keepSendingAgain } = await import("@/lib/imports/send-again");
    const { keepWiping } = await import("@/lib/imports/wipe-passwords");
    const { keepFiles } = await import("@/lib/files/clean-files");
    keepSendingAgain();
    keepWiping();
    await keepFiles();
  }, FIRST_LOOK_MS);
}
