/** Patterns of user agents, with the name of the device. The first match counts, because a phone's user agent also names its platform. */
const kinds: readonly (readonly [sign: RegExp, name: string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/CrOS/, 'Chromebook'],
  [/Windows/, 'Windows'],
  [/Macintosh/, 'Mac'],
  [/Linux/, 'Linux'],
]

/** The name of a passkey to which its owner gives none. */
export const deviceName = (userAgent: string | null): string =>
  kinds.find(([sign]) => sign.test(userAgent ?? ''))?.[1] ?? 'Passkey'
