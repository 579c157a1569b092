/** What a user agent says of its device, in the words of its owner. The first that fits: a telephone also says what it is made of. */
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
