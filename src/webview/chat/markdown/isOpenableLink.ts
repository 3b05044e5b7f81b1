/**
 * True for an absolute http or https address that may become a link. An address with a user name in it is refused: it
 * is the classic way to make `https://your-bank.example@evil.example` look like another place.
 */
export function isOpenableLink(href: string): boolean {
  if (!/^https?:\/\//iu.test(href)) return false;
  const url = URL.parse(href);
  return url !== null && url.username === "" && url.password === "";
}
