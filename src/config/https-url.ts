import { isLoopback, isPublicHostName } from '#kernel/host'

/** Whether a URL leads to the public Internet, by TLS. */
export function isPublicHttpsUrl(text: string): boolean {
  const url = URL.parse(text)
  return url?.protocol === 'https:' && isPublicHostName(url.hostname)
}

/** Whether nobody between here and a site can read or change what it answers: by TLS, or because it is on this machine. */
export function isHttpsOrLoopbackUrl(text: string): boolean {
  const url = URL.parse(text)
  return url?.protocol === 'https:' || isLoopback(url?.hostname ?? '')
}

export const HTTPS_OR_LOCALHOST_FAULT = 'must be https, or at localhost'
