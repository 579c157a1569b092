import { isPublicName } from '#kernel/host'

/** Whether a URL leads to the public Internet, by TLS. */
export function isPublicSite(text: string): boolean {
  const url = URL.parse(text)
  return url?.protocol === 'https:' && isPublicName(url.hostname)
}
