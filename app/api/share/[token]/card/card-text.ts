const LONGEST = 26;

/** What the font that Next brings has glyphs for: for any other character Next would ask a service on the internet. */
const DRAWN = /^[\u0020-\u007e\u00a1-\u00ff]+$/;

/** An import's name as a picture can show it. Pure. */
export function cardText(name: string): string {
  if (!DRAWN.test(name)) return "A database";
  return name.length > LONGEST ? `${name.slice(0, LONGEST - 3)}...` : name;
}
