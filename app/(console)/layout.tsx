import { cookies } from "next/headers";
import Link from "next/link";
import type { ReactNode } from "react";
import { may } from "@/lib/accounts/may";
import { abilities } from "../_server/abilities";
import { currentViewer } from "../_server/access";
import { Mark } from "../_ui/mark";
import { Nav } from "../_ui/nav";
import { PhoneMenu } from "../_ui/phone-menu";
import { Shortcuts } from "../_ui/shortcuts";
import { readTheme, THEME_COOKIE } from "../_ui/theme";
import { ThemeSwitch } from "../_ui/theme-switch";

/** The console's frame: sidebar from 1024 px, a rail of marks below, a sheet on a phone. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const theme = readTheme((await cookies()).get(THEME_COOKIE)?.value);
  // What is shown here is no secret: each page asks for itself whether it may be seen.
  const hasRuns = abilities().hasRuns && may(await currentViewer(), "runs.read");
  return (
    <div className="flex min-h-dvh flex-col sm:flex-row">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-20 focus:rounded-md focus:bg-inverse focus:px-3 focus:py-2 focus:text-on-inverse"
      >
        Skip to content
      </a>
      <header className="sticky top-0 z-10 flex h-12 items-center gap-2 border-b bg-page px-3 sm:hidden">
        <PhoneMenu theme={theme} hasRuns={hasRuns} />
        <Home />
      </header>
      <header className="sticky top-0 hidden h-dvh w-14 shrink-0 flex-col gap-4 border-r p-3 sm:flex lg:w-60">
        <div className="flex h-8 items-center max-lg:justify-center lg:px-1">
          <Home folds />
        </div>
        <Nav hasRuns={hasRuns} folds />
        <div className="mt-auto">
          <ThemeSwitch theme={theme} folds />
        </div>
      </header>
      <main id="content" className="min-w-0 flex-1 px-4 py-6 sm:px-6 lg:px-8">
        <div className="mx-auto w-full max-w-[1280px]">{children}</div>
      </main>
      <Shortcuts />
    </div>
  );
}

function Home({ folds = false }: { folds?: boolean }) {
  return (
    <Link href="/" className="flex items-center gap-2.5" aria-label="Ferry, all imports">
      <Mark />
      <span className={folds ? "font-semibold tracking-tight max-lg:hidden" : "font-semibold tracking-tight"}>
        Ferry
      </span>
    </Link>
  );
}
