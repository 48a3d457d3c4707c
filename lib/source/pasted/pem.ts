import type { Parts } from "./parts";

const BLOCK = /^[ \t]*-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----[ \t]*$/gm;

/** What providers hand out beside the connection string, pasted below it. The text stays as long as it was. */
export function takeCertificates(text: string): { rest: string; known: Parts["known"] } {
  const certificates: Block[] = [];
  let key: Block | null = null;
  const rest = text.replace(BLOCK, (pem: string, kind: string, offset: number) => {
    const block = { value: tidy(pem), place: { from: offset, to: offset + pem.length } };
    if (kind.endsWith("PRIVATE KEY")) key = block;
    else if (kind.endsWith("CERTIFICATE")) certificates.push(block);
    return pem.replace(/[^\n]/g, " ");
  });
  return { rest, known: sorted(certificates, key) };
}

interface Block {
  value: string;
  place: { from: number; to: number };
}

/** With a key, the certificate next to it is the client's; all others are authorities. */
function sorted(certificates: Block[], key: Block | null): Parts["known"] {
  const near = key && nearest(certificates, key);
  const authorities = certificates.filter((block) => block !== near);
  const [first] = authorities;
  return {
    ...(key ? { sslkey: key } : {}),
    ...(near ? { sslcert: near } : {}),
    ...(first ? { sslrootcert: { ...first, value: authorities.map(({ value }) => value).join("\n") } } : {}),
  };
}

function nearest(blocks: Block[], { place }: Block): Block | undefined {
  const before = blocks.filter((block) => block.place.to <= place.from).at(-1);
  return before ?? blocks[0];
}

const tidy = (pem: string) =>
  pem
    .split("\n")
    .map((line) => line.trim())
    .join("\n");

export const isPem = (value: string): boolean => value.trimStart().startsWith("-----BEGIN ");
