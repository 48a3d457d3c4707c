import { buttonClasses } from "@/app/_ui/button";
import { enterThroughGitHub } from "./actions";

export function GitHubButton({ next }: { next: string }) {
  return (
    <form action={enterThroughGitHub} className="mt-4">
      <input type="hidden" name="next" value={next} />
      <button type="submit" className={buttonClasses("plain", "w-full max-sm:h-9")}>
        Continue with GitHub
      </button>
    </form>
  );
}
