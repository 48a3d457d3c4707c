import localFont from "next/font/local";

// Geist's own package would have each font take its place whenever it comes, and a line of text then breaks elsewhere
// and moves what is below it. These come with the page's head; a page for which they come too late keeps the system's
// font, and the next page has them.
export const sans = localFont({
  src: "../../node_modules/geist/dist/fonts/geist-sans/Geist-Variable.woff2",
  variable: "--font-geist-sans",
  weight: "100 900",
  display: "optional",
});

export const mono = localFont({
  src: "../../node_modules/geist/dist/fonts/geist-mono/GeistMono-Variable.woff2",
  variable: "--font-geist-mono",
  weight: "100 900",
  display: "optional",
  adjustFontFallback: false,
});
