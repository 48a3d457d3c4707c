/**
 * Next and the engine's SDK answer a body that they cannot take apart as if something had failed here. It is looked at
 * before.
 */
const parsed = (text: string): { value: unknown } | null => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
};

/** What a page's action is called with: a list, or a form where a file or a form is among it. */
export async function isActionBody(contentType: string | null, body: ArrayBuffer): Promise<boolean> {
  if (!contentType?.startsWith("multipart/")) return Array.isArray(parsed(new TextDecoder().decode(body))?.value);
  return new Response(body, { headers: { "content-type": contentType } }).formData().then(
    () => true,
    () => false,
  );
}

type Handler<Asked extends Request, Rest extends unknown[]> = (request: Asked, ...rest: Rest) => Promise<Response>;

/** For a handler that reads JSON by itself, or nothing. */
export const jsonOnly =
  <Asked extends Request, Rest extends unknown[]>(handler: Handler<Asked, Rest>): Handler<Asked, Rest> =>
  async (request, ...rest) => {
    const text = await request.clone().text();
    if (text === "" || parsed(text)) return handler(request, ...rest);
    return Response.json({ error: "This is not JSON." }, { status: 400 });
  };
