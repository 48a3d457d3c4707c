/**
 * Safari allows the clipboard only within the click itself, so text that is still being fetched is handed
 * over as a promise where the browser takes one.
 */
export async function writeClipboard(text: string | (() => Promise<string>)): Promise<void> {
  if (!navigator.clipboard) throw new Error("The browser offers the clipboard on secure addresses only.");
  if (typeof text === "string") return navigator.clipboard.writeText(text);
  if (typeof ClipboardItem === "undefined") return navigator.clipboard.writeText(await text());
  const blob = text().then((value) => new Blob([value], { type: "text/plain" }));
  return navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
}
