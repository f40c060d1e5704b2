/** JSON, with bigints as strings and dates as ISO 8601. */
export function json(value: unknown, status = 200): Response {
  const text = JSON.stringify(value, (_key, v: unknown) => (typeof v === 'bigint' ? v.toString() : v));
  return new Response(text, {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  });
}

/** Adds what sets or takes away cookies to an answer. */
export function withCookies(answer: Response, from: Headers): Response {
  for (const cookie of from.getSetCookie()) answer.headers.append('set-cookie', cookie);
  return answer;
}
