/** What nobody serves. Next would take it for a page, and its body for a form. */
function answer(): Response {
  return Response.json({ error: "There is nothing at this address." }, { status: 404 });
}

export { answer as DELETE, answer as GET, answer as PATCH, answer as POST, answer as PUT };
