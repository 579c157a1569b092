import { isPublicHostName } from '#kernel/host'

/** Whether a URL leads to the public Internet, by TLS. */
export function isPublicHttpsUrl(text: string): boolean {
  const url = URL.parse(text)
  return url?.protocol === 'https:' && isPublicHostName(url.hostname)
}
